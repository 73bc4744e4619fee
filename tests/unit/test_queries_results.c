#include "queries/results/results.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define XSD "http://www.w3.org/2001/XMLSchema#"

enum { COLUMNS = 3 };

typedef struct {
  const yutu_term (*rows)[COLUMNS];
  size_t n, at;
  yutu_status end; ///< what comes after the last row
} source;

static yutu_status next(void *context, const yutu_term **ret_row, yutu_error *err) {
  source *s = context;
  if (s->at == s->n && s->end != YUTU_OK)
    return yutu_fail(err, s->end, "broken off");
  *ret_row = s->at == s->n ? NULL : s->rows[s->at++];
  return YUTU_OK;
}

#define BYTES(s)                                                                                                       \
  { s, sizeof(s) - 1 }
#define IRI(s)                                                                                                         \
  {                                                                                                                    \
    .kind = YUTU_TERM_IRI, .value = { s, sizeof(s) - 1 }                                                               \
  }

static const yutu_slice columns[COLUMNS] = {{"城市", 6}, {"n", 1}, {"x", 1}};
static const yutu_term rows[][COLUMNS] = {
    {IRI("https://w3id.org/yutu/id/region/310000"),
     {YUTU_TERM_LITERAL, {"25", 2}, {XSD "integer", sizeof XSD "integer" - 1}, {NULL, 0}},
     {YUTU_TERM_LITERAL, BYTES("上海,\"沪\""), {NULL, 0}, {"zh-hans", 7}}},
    {IRI("http://a/𠮷"),
     {YUTU_TERM_LITERAL, {"7", 1}, {XSD "integer", sizeof XSD "integer" - 1}, {NULL, 0}},
     {.kind = YUTU_TERM_NONE}},
    {{YUTU_TERM_BLANK, {"b0", 2}, {NULL, 0}, {NULL, 0}},
     {.kind = YUTU_TERM_NONE},
     {YUTU_TERM_LITERAL, BYTES("a\n<b>\t&"), {NULL, 0}, {NULL, 0}}},
};

static char *write_some(size_t n_columns, size_t n_rows, yutu_query_form form, yutu_results_format format,
                        yutu_status end, yutu_status expected) {
  source s = {rows, n_rows, 0, end};
  const yutu_rows answers = {form, columns, n_columns, true, next, &s};
  char *text = NULL;
  size_t n = 0;
  yutu_error err = {0};
  FILE *out = open_memstream(&text, &n);
  assert_int_equal(yutu_rows_write(&answers, format, out, &err), expected);
  fclose(out);
  return text;
}

static void check(yutu_results_format format, const char *expected) {
  char *text = write_some(COLUMNS, 3, YUTU_QUERY_SELECT, format, YUTU_OK, YUTU_OK);
  assert_string_equal(text, expected);
  free(text);
}

static void test_select(void **state) {
  (void)state;
  check(YUTU_RESULTS_TABLE, "城市             │  n │ x\n"
                            "─────────────────┼────┼──────────\n"
                            "id-region:310000 │ 25 │ 上海,\"沪\"\n"
                            "http://a/𠮷      │  7 │ \n"
                            "_:b0             │    │ a <b> &\n");
  check(YUTU_RESULTS_CSV, "城市,n,x\r\n"
                          "https://w3id.org/yutu/id/region/310000,25,\"上海,\"\"沪\"\"\"\r\n"
                          "http://a/𠮷,7,\r\n"
                          "_:b0,,\"a\n<b>\t&\"\r\n");
  check(YUTU_RESULTS_TSV,
        "?城市\t?n\t?x\n"
        "<https://w3id.org/yutu/id/region/310000>\t\"25\"^^<" XSD "integer>\t\"上海,\\\"沪\\\"\"@zh-Hans\n"
        "<http://a/𠮷>\t\"7\"^^<" XSD "integer>\t\n"
        "_:b0\t\t\"a\\n<b>\\t&\"\n");
  check(YUTU_RESULTS_JSON,
        "{\"head\":{\"vars\":[\"城市\",\"n\",\"x\"]},\"results\":{\"bindings\":[\n"
        "{\"城市\":{\"type\":\"uri\",\"value\":\"https://w3id.org/yutu/id/region/310000\"},"
        "\"n\":{\"type\":\"literal\",\"value\":\"25\",\"datatype\":\"" XSD "integer\"},"
        "\"x\":{\"type\":\"literal\",\"value\":\"上海,\\\"沪\\\"\",\"xml:lang\":\"zh-hans\"}},\n"
        "{\"城市\":{\"type\":\"uri\",\"value\":\"http://a/𠮷\"},"
        "\"n\":{\"type\":\"literal\",\"value\":\"7\",\"datatype\":\"" XSD "integer\"}},\n"
        "{\"城市\":{\"type\":\"bnode\",\"value\":\"b0\"},\"x\":{\"type\":\"literal\",\"value\":\"a\\n<b>\\t&\"}}\n"
        "]}}\n");
  char *xml = write_some(COLUMNS, 3, YUTU_QUERY_SELECT, YUTU_RESULTS_XML, YUTU_OK, YUTU_OK);
  static const char *const parts[] = {
      "<variable name=\"城市\"/><variable name=\"n\"/>",
      "<result><binding name=\"城市\"><uri>http://a/𠮷</uri></binding><binding name=\"n\"><literal datatype=\"" XSD
      "integer\">7</literal></binding></result>",
      "<literal xml:lang=\"zh-Hans\">",
      "<bnode>b0</bnode>",
      "&lt;b>",
      "</results>\n</sparql>\n",
  };
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    if (!strstr(xml, parts[i]) && !(i == 4 && strstr(xml, "&lt;b&gt;")))
      fail_msg("no %s in\n%s", parts[i], xml);
  }
  free(xml);
}

static void test_nothing(void **state) {
  (void)state;
  static const char *const expected[] = {
      [YUTU_RESULTS_TABLE] = "城市 │ n │ x\n─────┼───┼──\n",
      [YUTU_RESULTS_CSV] = "城市,n,x\r\n",
      [YUTU_RESULTS_TSV] = "?城市\t?n\t?x\n",
      [YUTU_RESULTS_JSON] = "{\"head\":{\"vars\":[\"城市\",\"n\",\"x\"]},\"results\":{\"bindings\":[\n]}}\n"};
  for (int format = YUTU_RESULTS_TABLE; format <= YUTU_RESULTS_JSON; format++) {
    char *text = write_some(COLUMNS, 0, YUTU_QUERY_SELECT, (yutu_results_format)format, YUTU_OK, YUTU_OK);
    if (format != YUTU_RESULTS_TABLE) // the width of the last line's dashes is no promise
      assert_string_equal(text, expected[format]);
    assert_int_equal(strncmp(text, expected[format], strlen("城市")), 0);
    free(text);
  }
}

static void test_ask(void **state) {
  (void)state;
  static const char *const expected[] = {[YUTU_RESULTS_TABLE] = "true\n",
                                         [YUTU_RESULTS_CSV] = "true\n",
                                         [YUTU_RESULTS_TSV] = "true\n",
                                         [YUTU_RESULTS_JSON] = "{\"head\":{},\"boolean\":true}\n",
                                         [YUTU_RESULTS_XML] = NULL};
  for (int format = YUTU_RESULTS_TABLE; format <= YUTU_RESULTS_XML; format++) {
    char *text = write_some(0, 0, YUTU_QUERY_ASK, (yutu_results_format)format, YUTU_OK, YUTU_OK);
    if (expected[format])
      assert_string_equal(text, expected[format]);
    else
      assert_non_null(strstr(text, "<boolean>true</boolean>"));
    free(text);
  }
}

static void test_graphs(void **state) {
  (void)state;
  static const yutu_term triples[][COLUMNS] = {{IRI("http://a/s"), IRI("http://a/p"), IRI("http://a/o")}};
  static const char *const expected[] = {[YUTU_RESULTS_NTRIPLES] = "<http://a/s> <http://a/p> <http://a/o> .\n",
                                         [YUTU_RESULTS_TURTLE] = "<http://a/p> <http://a/o>"};
  for (int format = YUTU_RESULTS_NTRIPLES; format <= YUTU_RESULTS_TURTLE; format++) {
    source s = {triples, 1, 0, YUTU_OK};
    const yutu_rows answers = {YUTU_QUERY_CONSTRUCT, columns, COLUMNS, false, next, &s};
    char *text = NULL;
    size_t n = 0;
    yutu_error err = {0};
    FILE *out = open_memstream(&text, &n);
    assert_int_equal(yutu_rows_write(&answers, (yutu_results_format)format, out, &err), YUTU_OK);
    fclose(out);
    assert_non_null(strstr(text, expected[format]));
    free(text);
  }
}

static void test_formats_that_do_not_fit(void **state) {
  (void)state;
  free(write_some(COLUMNS, 1, YUTU_QUERY_CONSTRUCT, YUTU_RESULTS_JSON, YUTU_OK, YUTU_ERR_USAGE));
  free(write_some(COLUMNS, 1, YUTU_QUERY_SELECT, YUTU_RESULTS_TURTLE, YUTU_OK, YUTU_ERR_USAGE));
  free(write_some(COLUMNS, 1, YUTU_QUERY_ASK, YUTU_RESULTS_NTRIPLES, YUTU_OK, YUTU_ERR_USAGE));
  yutu_results_format format;
  assert_true(yutu_results_format_of("json", &format));
  assert_int_equal(format, YUTU_RESULTS_JSON);
  assert_false(yutu_results_format_of("pdf", &format));
  assert_null(yutu_results_media_type(YUTU_RESULTS_XML, YUTU_QUERY_DESCRIBE));
  assert_string_equal(yutu_results_media_type(YUTU_RESULTS_JSON, YUTU_QUERY_ASK), "application/sparql-results+json");
}

/// What came before a failure has been written.
static void test_broken_off(void **state) {
  (void)state;
  for (int format = YUTU_RESULTS_TABLE; format <= YUTU_RESULTS_XML; format++) {
    char *text = write_some(COLUMNS, 2, YUTU_QUERY_SELECT, (yutu_results_format)format, YUTU_ERR_LIMIT, YUTU_ERR_LIMIT);
    assert_non_null(strstr(text, "𠮷"));
    free(text);
  }
}

static void test_characters_that_xml_lacks(void **state) {
  (void)state;
  static const yutu_term bad[][COLUMNS] = {
      {{YUTU_TERM_LITERAL, {"a\x01", 2}, {NULL, 0}, {NULL, 0}}, {.kind = YUTU_TERM_NONE}, {.kind = YUTU_TERM_NONE}}};
  source s = {bad, 1, 0, YUTU_OK};
  const yutu_rows answers = {YUTU_QUERY_SELECT, columns, COLUMNS, false, next, &s};
  yutu_error err = {0};
  FILE *out = fopen("/dev/null", "w");
  assert_int_equal(yutu_rows_write(&answers, YUTU_RESULTS_XML, out, &err), YUTU_ERR_UNSUPPORTED);
  assert_non_null(strstr(err.message, "json"));
  fclose(out);
}

static void test_full_disk(void **state) {
  (void)state;
  for (int format = YUTU_RESULTS_TABLE; format <= YUTU_RESULTS_XML; format++) {
    source s = {rows, 3, 0, YUTU_OK};
    const yutu_rows answers = {YUTU_QUERY_SELECT, columns, COLUMNS, false, next, &s};
    yutu_error err = {0};
    FILE *out = fopen("/dev/full", "w");
    assert_non_null(out);
    assert_int_equal(yutu_rows_write(&answers, (yutu_results_format)format, out, &err), YUTU_ERR_IO);
    fclose(out);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_select),     cmocka_unit_test(test_nothing),
      cmocka_unit_test(test_ask),        cmocka_unit_test(test_graphs),
      cmocka_unit_test(test_broken_off), cmocka_unit_test(test_formats_that_do_not_fit),
      cmocka_unit_test(test_full_disk),  cmocka_unit_test(test_characters_that_xml_lacks),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
