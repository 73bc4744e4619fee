#include "queries/sparql/value.h"

#include <stdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define XSD "http://www.w3.org/2001/XMLSchema#"

/// "text^^type" (type of XSD, or an IRI), "text@language", "<iri>", "_:label", or plain text.
static yutu_value value(const char *s) {
  const char *type = strstr(s, "^^"), *language = strchr(s, '@');
  static char room[8][80];
  static unsigned next;
  yutu_term term = yutu_text(yutu_slice_of(s), (yutu_slice){NULL, 0});
  if (*s == '<')
    term = yutu_iri((yutu_slice){s + 1, strlen(s) - 2});
  else if (s[0] == '_' && s[1] == ':')
    term = (yutu_term){.kind = YUTU_TERM_BLANK, .value = yutu_slice_of(s + 2)};
  else if (language)
    term = yutu_text((yutu_slice){s, (size_t)(language - s)}, yutu_slice_of(language + 1));
  else if (type) {
    char *iri = room[next++ % 8];
    snprintf(iri, sizeof room[0], "%s%s", strchr(type + 2, ':') ? "" : XSD, type + 2);
    term = yutu_typed((yutu_slice){s, (size_t)(type - s)}, yutu_slice_of(iri));
  }
  yutu_value v;
  yutu_value_of_term(&term, &v);
  return v;
}

static void test_kinds(void **state) {
  (void)state;
  static const struct {
    const char *text;
    yutu_value_kind kind;
  } rows[] = {
      {"<http://a>", YUTU_VALUE_IRI},      {"_:b", YUTU_VALUE_BLANK},
      {"上海", YUTU_VALUE_STRING},         {"上海@zh", YUTU_VALUE_LANGUAGE},
      {"1^^integer", YUTU_VALUE_INTEGER},  {"1^^byte", YUTU_VALUE_INTEGER},
      {"128^^byte", YUTU_VALUE_OTHER},     {"-1^^nonNegativeInteger", YUTU_VALUE_OTHER},
      {"1.5^^integer", YUTU_VALUE_OTHER},  {"1.5^^decimal", YUTU_VALUE_DECIMAL},
      {"1e5^^decimal", YUTU_VALUE_OTHER},  {"1e5^^double", YUTU_VALUE_DOUBLE},
      {"NaN^^float", YUTU_VALUE_FLOAT},    {"true^^boolean", YUTU_VALUE_BOOLEAN},
      {"yes^^boolean", YUTU_VALUE_OTHER},  {"2020-01-01^^date", YUTU_VALUE_CALENDAR},
      {"x^^http://a/t", YUTU_VALUE_OTHER},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const yutu_value v = value(rows[i].text);
    if (v.kind != rows[i].kind)
      fail_msg("%s is of kind %d", rows[i].text, (int)v.kind);
  }
}

static void test_truth(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int truth;
  } rows[] = {
      {"true^^boolean", 1},
      {"0^^boolean", 0},
      {"yes^^boolean", 0},
      {"0^^integer", 0},
      {"x^^integer", 0},
      {"0.1^^decimal", 1},
      {"NaN^^double", 0},
      {"0.0^^float", 0},
      {"", 0},
      {"0", 1},
      {"a@zh", YUTU_ERROR},
      {"<http://a>", YUTU_ERROR},
      {"2020-01-01^^date", YUTU_ERROR},
      {"x^^http://a/t", YUTU_ERROR},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const yutu_value v = value(rows[i].text);
    if (yutu_value_truth(&v) != rows[i].truth)
      fail_msg("%s", rows[i].text);
  }
}

static void test_equal_and_compare(void **state) {
  (void)state;
  enum { BAD = YUTU_INCOMPARABLE };
  static const struct {
    const char *a, *b;
    int equal, order;
  } rows[] = {
      {"1^^integer", "01^^int", 1, 0},
      {"1^^integer", "1.0^^decimal", 1, 0},
      {"1^^integer", "1e0^^double", 1, 0},
      {"1^^integer", "2^^decimal", 0, -1},
      {"NaN^^double", "NaN^^double", 0, BAD},
      {"a", "b", 0, -1},
      {"a", "a@zh", 0, BAD},
      {"a@zh", "a@zh", 1, 0},
      {"a@zh", "b@zh", 0, -1},
      {"a@zh", "b@en", 0, BAD},
      {"a", "1^^integer", 0, BAD},
      {"<http://a>", "<http://a>", 1, BAD},
      {"<http://a>", "<http://b>", 0, BAD},
      {"<http://a>", "http://a", 0, BAD},
      {"x^^http://a/t", "x^^http://a/t", 1, BAD},
      {"x^^http://a/t", "y^^http://a/t", YUTU_ERROR, BAD},
      {"x^^integer", "x", YUTU_ERROR, BAD},
      {"x^^http://a/t", "x@zh", 0, BAD},
      {"true^^boolean", "1^^boolean", 1, 0},
      {"false^^boolean", "true^^boolean", 0, -1},
      {"2020-01-01^^date", "2020-01-02^^date", 0, -1},
      {"2020-01-01^^date", "2020^^gYear", 0, BAD},
      {"2020-01-01T00:00:00^^dateTime", "2020-01-01T00:00:00Z^^dateTime", YUTU_ERROR, BAD},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const yutu_value a = value(rows[i].a), b = value(rows[i].b);
    if (yutu_value_equal(&a, &b) != rows[i].equal || yutu_value_equal(&b, &a) != rows[i].equal)
      fail_msg("%s = %s", rows[i].a, rows[i].b);
    if (yutu_value_compare(&a, &b) != rows[i].order)
      fail_msg("%s < %s gives %d", rows[i].a, rows[i].b, yutu_value_compare(&a, &b));
  }
}

/// Each comes before all that follow it.
static void test_total_order(void **state) {
  (void)state;
  static const char *const ascending[] = {"_:a",
                                          "<http://a>",
                                          "<http://b>",
                                          "false^^boolean",
                                          "true^^boolean",
                                          "NaN^^double",
                                          "-INF^^double",
                                          "-1^^integer",
                                          "0.5^^decimal",
                                          "1e0^^double",
                                          "INF^^float",
                                          "2020-01-01T00:00:00Z^^dateTime",
                                          "2020-01-01^^date",
                                          "2020^^gYear",
                                          "",
                                          "a",
                                          "a@en",
                                          "a@zh",
                                          "b",
                                          "上海",
                                          "𠮷",
                                          "x^^http://a/t"};
  const size_t n = sizeof ascending / sizeof *ascending;
  for (size_t i = 0; i < n; i++) {
    for (size_t k = 0; k < n; k++) {
      const yutu_value a = value(ascending[i]), b = value(ascending[k]);
      const int c = yutu_value_order(&a, &b);
      if ((c > 0) - (c < 0) != (i > k) - (i < k))
        fail_msg("%s and %s: %d", ascending[i], ascending[k], c);
    }
  }
}

static void test_computed_terms(void **state) {
  (void)state;
  yutu_arena *arena = yutu_arena_new(0);
  yutu_value rows[] = {yutu_value_integer(-5), yutu_value_boolean(true), yutu_value_real(YUTU_VALUE_DOUBLE, 0.5),
                       yutu_value_exact(YUTU_VALUE_DECIMAL, (yutu_decimal){150, 2})};
  static const char *const texts[] = {"-5", "true", "5.0E-1", "1.5"};
  for (size_t i = 0; i < 4; i++) {
    const yutu_term t = yutu_value_term(&rows[i], arena);
    assert_true(yutu_slice_eq(t.value, yutu_slice_of(texts[i])));
    assert_int_equal(t.kind, YUTU_TERM_LITERAL);
    assert_true(t.datatype.len > 0);
  }
  const yutu_value computed = yutu_value_integer(7), read = value("7^^integer"), other = value("07^^integer");
  assert_true(yutu_value_same(&computed, &read));
  assert_false(yutu_value_same(&computed, &other));
  yutu_arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_kinds),
      cmocka_unit_test(test_truth),
      cmocka_unit_test(test_equal_and_compare),
      cmocka_unit_test(test_total_order),
      cmocka_unit_test(test_computed_terms),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
