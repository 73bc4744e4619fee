#include "tests/unit/graph_quads.h"

#include "graph/iri.h"
#include "graph/iri_resolve.h"
#include "graph/number.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static yutu_slice text(const char *s) {
  return yutu_slice_of(s);
}

static void assert_slice(yutu_slice got, const char *want) {
  assert_non_null(got.data);
  assert_int_equal(got.len, strlen(want));
  assert_memory_equal(got.data, want, got.len);
}

static void test_entity(void **state) {
  (void)state;
  static const struct {
    yutu_class cls;
    const char *name, *id, *want;
  } rows[] = {
      {YUTU_CLASS_CITY, "深圳市", "region/440300", "http://b/id/region/440300"},
      {YUTU_CLASS_UNIVERSITY, "香港理工大学", "", "http://b/id/org/香港理工大学"},
      {YUTU_CLASS_COMPANY, "A B", "", "http://b/id/org/A%20B"},
      {YUTU_CLASS_PRODUCT, "<x>\"{|}\\^`", "", "http://b/id/product/%3Cx%3E%22%7B%7C%7D%5C%5E%60"},
      {YUTU_CLASS_PROGRAM, "a/b?c#d%e", "", "http://b/id/initiative/a%2Fb%3Fc%23d%25e"},
      {YUTU_CLASS_PERSON, "𠮷野·家", "", "http://b/id/person/𠮷野·家"},
      {YUTU_CLASS_PERSON, "a\x01\x7F", "", "http://b/id/person/a%01%7F"},
      {YUTU_CLASS_PERSON, "a\xC2\x85", "", "http://b/id/person/a%C2%85"},
      {YUTU_CLASS_PERSON, "\uE000", "", "http://b/id/person/%EE%80%80"},
      {YUTU_CLASS_PERSON, "a\xFF", "", "http://b/id/person/a%EF%BF%BD"},
      {YUTU_CLASS_ZONE, "", "zone/a b", "http://b/id/zone/a%20b"},
  };
  yutu_arena *arena = yutu_arena_new(0);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const yutu_slice iri = yutu_iri_entity(arena, text("http://b/"), rows[i].cls, text(rows[i].name), text(rows[i].id));
    assert_slice(iri, rows[i].want);
    assert_true(yutu_iri_is_absolute(iri));
  }
  yutu_arena_free(arena);
}

static void test_article(void **state) {
  (void)state;
  yutu_arena *arena = yutu_arena_new(0);
  const yutu_slice article = yutu_iri_article(arena, yutu_iri_default_base, text("0123456789abcdef"));
  assert_slice(article, "https://w3id.org/yutu/article/0123456789abcdef");
  assert_slice(yutu_iri_sentence(arena, article, 120, 168),
               "https://w3id.org/yutu/article/0123456789abcdef#char=120,168");
  assert_slice(yutu_iri_claim(arena, article, 7), "https://w3id.org/yutu/article/0123456789abcdef#claim-7");
  assert_slice(yutu_iri_gazetteer(arena, yutu_iri_default_base), "https://w3id.org/yutu/graph/gazetteer");
  yutu_arena_free(arena);
}

static void test_base(void **state) {
  (void)state;
  assert_true(yutu_iri_is_base(yutu_iri_default_base));
  assert_true(yutu_iri_is_base(text("http://例子.cn/#")));
  assert_false(yutu_iri_is_base(text("http://a")));
  assert_false(yutu_iri_is_base(text("a/")));
  assert_false(yutu_iri_is_base(text("http://a b/")));
  assert_false(yutu_iri_is_base(text("")));
}

static void test_exhausted_arena(void **state) {
  (void)state;
  yutu_arena *arena = yutu_arena_new(16);
  assert_null(yutu_iri_article(arena, yutu_iri_default_base, text("0123456789abcdef")).data);
  assert_null(yutu_iri_entity(arena, yutu_iri_default_base, YUTU_CLASS_CITY, text("深圳市"), text("")).data);
  assert_null(yutu_text_repair(arena, text("a\xFFlonger than sixteen")).data);
  yutu_arena_free(arena);
}

static void test_repair(void **state) {
  (void)state;
  static const struct {
    const char *text, *want;
  } rows[] = {
      {"", ""},
      {"深圳\t𠮷\n\r", "深圳\t𠮷\n\r"},
      {"a\xFF\xFE", "a\uFFFD\uFFFD"},
      {"a\xE6\xB7", "a\uFFFD\uFFFD"},
      {"\x01\x1F\x7F", "\uFFFD\uFFFD\x7F"},
      {"\xEF\xBF\xBE\xEF\xBF\xBF\uFFFD", "\uFFFD\uFFFD\uFFFD"},
      {"，。！", "，。！"},
  };
  yutu_arena *arena = yutu_arena_new(0);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    assert_slice(yutu_text_repair(arena, text(rows[i].text)), rows[i].want);
  yutu_arena_free(arena);
}

/// The examples of RFC 3986, section 5.4, and some of our own.
static void test_resolve(void **state) {
  (void)state;
  static const struct {
    const char *reference, *want;
  } rows[] = {
      {"g:h", "g:h"},
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q#s"},
      {"g#s", "http://a/b/c/g#s"},
      {"g?y#s", "http://a/b/c/g?y#s"},
      {";x", "http://a/b/c/;x"},
      {"g;x", "http://a/b/c/g;x"},
      {"g;x?y#s", "http://a/b/c/g;x?y#s"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"./", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../", "http://a/"},
      {"../../g", "http://a/g"},
      {"../../../g", "http://a/g"},
      {"../../../../g", "http://a/g"},
      {"/./g", "http://a/g"},
      {"/../g", "http://a/g"},
      {"g.", "http://a/b/c/g."},
      {".g", "http://a/b/c/.g"},
      {"g..", "http://a/b/c/g.."},
      {"..g", "http://a/b/c/..g"},
      {"./../g", "http://a/b/g"},
      {"./g/.", "http://a/b/c/g/"},
      {"g/./h", "http://a/b/c/g/h"},
      {"g/../h", "http://a/b/c/h"},
      {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
      {"g;x=1/../y", "http://a/b/c/y"},
      {"g?y/./x", "http://a/b/c/g?y/./x"},
      {"g#s/../x", "http://a/b/c/g#s/../x"},
      {"城市", "http://a/b/c/城市"},
      {"http://x/a/../b", "http://x/a/../b"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    yutu_buffer out = YUTU_BUFFER_INIT;
    yutu_iri_resolve(text("http://a/b/c/d;p?q"), text(rows[i].reference), &out);
    assert_string_equal(out.data, rows[i].want);
    yutu_buffer_free(&out);
  }
  yutu_buffer out = YUTU_BUFFER_INIT;
  yutu_iri_resolve(text("http://a"), text("g"), &out);
  assert_string_equal(out.data, "http://a/g");
  yutu_buffer_free(&out);
}

static void test_file(void **state) {
  (void)state;
  static const struct {
    const char *path, *want;
  } rows[] = {
      {"/a/b.ttl", "file:///a/b.ttl"},
      {"/a/./b/../c d.ttl", "file:///a/c%20d.ttl"},
      {"/数据/100%.nq", "file:///数据/100%25.nq"},
      {"/a\xFF", "file:///a%FF"},
  };
  yutu_error err = {0};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    yutu_buffer out = YUTU_BUFFER_INIT;
    assert_int_equal(yutu_iri_of_file(rows[i].path, &out, &err), YUTU_OK);
    assert_string_equal(out.data, rows[i].want);
    yutu_buffer_free(&out);
  }
  yutu_buffer out = YUTU_BUFFER_INIT;
  assert_int_equal(chdir("/"), 0);
  assert_int_equal(yutu_iri_of_file("./x.ttl", &out, &err), YUTU_OK);
  assert_string_equal(out.data, "file:///x.ttl");
  yutu_buffer_free(&out);
}

#define XSD "http://www.w3.org/2001/XMLSchema#"

static void test_numbers(void **state) {
  (void)state;
  static const struct {
    const char *text, *want, *datatype;
  } rows[] = {
      {"930", "930", XSD "integer"},
      {"-3", "-3", XSD "integer"},
      {"4.20", "4.2", XSD "decimal"},
      {"4.0", "4", XSD "integer"},
      {"007", "7", XSD "integer"},
      {"+5", "5", XSD "integer"},
      {"-0", "0", XSD "integer"},
      {"-0.0", "0", XSD "integer"},
      {".5", "0.5", XSD "decimal"},
      {"5.", "5", XSD "integer"},
      {"0.05", "0.05", XSD "decimal"},
      {"-0.5", "-0.5", XSD "decimal"},
      {"123456789012345678901234567890", "123456789012345678901234567890", XSD "integer"},
      {"1e5", "1e5", ""},
      {"三", "三", ""},
      {"-", "-", ""},
      {".", ".", ""},
      {"1.2.3", "1.2.3", ""},
  };
  yutu_arena *arena = yutu_arena_new(0);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const yutu_term term = yutu_number_term(arena, text(rows[i].text));
    assert_slice(term.value, rows[i].want);
    assert_true(yutu_slice_eq(term.datatype, text(rows[i].datatype)));
  }
  static const struct {
    double value;
    const char *want;
  } decimals[] = {{0.9, "0.9"},   {1, "1.0"},     {0, "0.0"},      {0.855, "0.86"},   {0.8501, "0.85"},
                  {0.999, "1.0"}, {0.004, "0.0"}, {-0.004, "0.0"}, {116.40, "116.4"}, {-1.005e3, "-1005.0"}};
  for (size_t i = 0; i < sizeof decimals / sizeof *decimals; i++) {
    const yutu_term term = yutu_decimal_term(arena, decimals[i].value, 2);
    assert_slice(term.value, decimals[i].want);
    assert_slice(term.datatype, XSD "decimal");
  }
  yutu_arena_free(arena);
}

static void test_dates(void **state) {
  (void)state;
  static const struct {
    const char *text, *datatype;
  } rows[] = {
      {"2020-11-17", XSD "date"},
      {"2020-11", XSD "gYearMonth"},
      {"2018", XSD "gYear"},
      {"2020-02-29", XSD "date"},
      {"2019-02-29", ""},
      {"2000-02-29", XSD "date"},
      {"1900-02-29", ""},
      {"2020-13", ""},
      {"2020-00-01", ""},
      {"2020-1-1", ""},
      {"0000", ""},
      {"去年", ""},
      {"2020-11-1", ""},
      {"2020-11-31", ""},
      {"20201117", ""},
      {"", ""},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    assert_true(yutu_slice_eq(yutu_date_term(text(rows[i].text)).datatype, text(rows[i].datatype)));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_entity),  cmocka_unit_test(test_article),         cmocka_unit_test(test_base),
      cmocka_unit_test(test_repair),  cmocka_unit_test(test_exhausted_arena), cmocka_unit_test(test_resolve),
      cmocka_unit_test(test_numbers), cmocka_unit_test(test_dates),           cmocka_unit_test(test_file),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
