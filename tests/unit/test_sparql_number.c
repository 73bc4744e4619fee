#include "queries/sparql/number.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static yutu_decimal decimal(const char *text) {
  yutu_decimal d = {0, 0};
  if (!yutu_decimal_parse(yutu_slice_of(text), &d))
    fail_msg("no decimal: %s", text);
  return d;
}

static void check_decimal(yutu_decimal d, const char *text) {
  char out[YUTU_NUMBER_TEXT_MAX];
  const size_t n = yutu_decimal_format(d, out);
  assert_string_equal(out, text);
  assert_int_equal(n, strlen(text));
}

static void test_read_and_write(void **state) {
  (void)state;
  static const struct {
    const char *text, *canonical; ///< NULL: no decimal
  } rows[] = {
      {"0", "0"},
      {"-0", "0"},
      {"+12", "12"},
      {"007", "7"},
      {"1.50", "1.5"},
      {"-0.5", "-0.5"},
      {".5", "0.5"},
      {"5.", "5"},
      {"0.000", "0"},
      {"100", "100"},
      {"", NULL},
      {".", NULL},
      {"-", NULL},
      {"1e5", NULL},
      {"1 ", NULL},
      {"１", NULL},
      {"0x10", NULL},
      {"1.2.3", NULL},
      {"99999999999999999999999999999999999999", "99999999999999999999999999999999999999"},
      {"170141183460469231731687303715884105727", "170141183460469231731687303715884105727"},
      {"170141183460469231731687303715884105728", NULL},
      {"0.00000000000000000000000000000000000001", "0.00000000000000000000000000000000000001"},
      {"0.000000000000000000000000000000000000001", NULL},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    yutu_decimal d;
    const bool ok = yutu_decimal_parse(yutu_slice_of(rows[i].text), &d);
    if (ok != (rows[i].canonical != NULL))
      fail_msg("%s", rows[i].text);
    if (ok)
      check_decimal(d, rows[i].canonical);
  }
  yutu_decimal d;
  assert_false(yutu_integer_parse(YUTU_SLICE("1.0"), &d));
  assert_true(yutu_integer_parse(YUTU_SLICE("-17"), &d));
}

static void test_arithmetic(void **state) {
  (void)state;
  static const struct {
    const char *a, *b, *sum, *difference, *product, *quotient; ///< NULL: none
  } rows[] = {
      {"0.1", "0.2", "0.3", "-0.1", "0.02", "0.5"},
      {"1", "3", "4", "-2", "3", "0.333333333333333333"},
      {"-2", "3", "1", "-5", "-6", "-0.666666666666666666"},
      {"10", "4", "14", "6", "40", "2.5"},
      {"1", "0", "1", "1", "0", NULL},
      {"99999999999999999999", "99999999999999999999", "199999999999999999998", "0", NULL, "1"},
      {"170141183460469231731687303715884105727", "1", NULL, "170141183460469231731687303715884105726",
       "170141183460469231731687303715884105727", "170141183460469231731687303715884105727"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const yutu_decimal a = decimal(rows[i].a), b = decimal(rows[i].b);
    const struct {
      bool (*operation)(yutu_decimal, yutu_decimal, yutu_decimal *);
      const char *expected;
    } operations[] = {{yutu_decimal_add, rows[i].sum},
                      {yutu_decimal_subtract, rows[i].difference},
                      {yutu_decimal_multiply, rows[i].product},
                      {yutu_decimal_divide, rows[i].quotient}};
    for (size_t k = 0; k < 4; k++) {
      yutu_decimal r;
      const bool ok = operations[k].operation(a, b, &r);
      if (ok != (operations[k].expected != NULL))
        fail_msg("operation %zu on %s and %s", k, rows[i].a, rows[i].b);
      if (ok)
        check_decimal(r, operations[k].expected);
    }
  }
}

static void test_rounding(void **state) {
  (void)state;
  static const struct {
    const char *number, *half_up, *floor, *ceiling, *truncated;
  } rows[] = {
      {"2.5", "3", "2", "3", "2"},      {"-2.5", "-2", "-3", "-2", "-2"}, {"2.4", "2", "2", "3", "2"},
      {"-2.6", "-3", "-3", "-2", "-2"}, {"7", "7", "7", "7", "7"},        {"0.5", "1", "0", "1", "0"},
      {"-0.5", "0", "-1", "0", "0"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const yutu_decimal d = decimal(rows[i].number);
    check_decimal(yutu_decimal_round(d, YUTU_ROUND_HALF_UP), rows[i].half_up);
    check_decimal(yutu_decimal_round(d, YUTU_ROUND_FLOOR), rows[i].floor);
    check_decimal(yutu_decimal_round(d, YUTU_ROUND_CEILING), rows[i].ceiling);
    check_decimal(yutu_decimal_round(d, YUTU_ROUND_TRUNCATE), rows[i].truncated);
  }
}

static void test_compare(void **state) {
  (void)state;
  static const char *const ascending[] = {"-100000000000000000000000000000000000000", "-1",  "-0.5",       "0",
                                          "0.00000000000000000000000000000000000001", "0.3", "0.30000001", "1",
                                          "99999999999999999999999999999999999999"};
  const size_t n = sizeof ascending / sizeof *ascending;
  for (size_t i = 0; i < n; i++) {
    for (size_t k = 0; k < n; k++) {
      const int c = yutu_decimal_compare(decimal(ascending[i]), decimal(ascending[k]));
      assert_int_equal(c, (i > k) - (i < k));
    }
  }
  assert_int_equal(yutu_decimal_compare(decimal("1.50"), decimal("1.5")), 0);
}

static void test_doubles(void **state) {
  (void)state;
  static const struct {
    const char *text;
    double value;
    const char *canonical, *plain;
  } rows[] = {
      {"1.5e0", 1.5, "1.5E0", "1.5"},
      {"100", 100, "1.0E2", "100"},
      {"-0.3", -0.3, "-3.0E-1", "-0.3"},
      {"1e6", 1e6, "1.0E6", "1.0E6"},
      {"999999", 999999, "9.99999E5", "999999"},
      {"1e-7", 1e-7, "1.0E-7", "1.0E-7"},
      {"0.1", 0.1, "1.0E-1", "0.1"},
      {"0", 0, "0.0E0", "0"},
      {"INF", INFINITY, "INF", "INF"},
      {"-INF", -INFINITY, "-INF", "-INF"},
  };
  char out[YUTU_NUMBER_TEXT_MAX];
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    double d;
    assert_true(yutu_double_parse(yutu_slice_of(rows[i].text), &d));
    assert_true(d == rows[i].value);
    yutu_double_format(d, false, out);
    assert_string_equal(out, rows[i].canonical);
    yutu_double_format_plain(d, false, out);
    assert_string_equal(out, rows[i].plain);
  }
  static const char *const bad[] = {"", "infinity", "nan", "0x1p3", "1e", "e5", "1.5 ", "--1"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    double d;
    if (yutu_double_parse(yutu_slice_of(bad[i]), &d))
      fail_msg("taken as a double: \"%s\"", bad[i]);
  }
}

static void test_double_to_decimal(void **state) {
  (void)state;
  static const struct {
    double d;
    const char *text; ///< NULL: none
  } rows[] = {{0.1, "0.1"},
              {1e3, "1000"},
              {-2.5, "-2.5"},
              {1e-10, "0.0000000001"},
              {123456789.125, "123456789.125"},
              {INFINITY, NULL},
              {NAN, NULL},
              {1e38, NULL},
              {0, "0"}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    yutu_decimal d;
    assert_int_equal(yutu_decimal_of_double(rows[i].d, &d), rows[i].text != NULL);
    if (rows[i].text)
      check_decimal(d, rows[i].text);
  }
  assert_true(yutu_decimal_to_double(decimal("0.1")) == 0.1);
  assert_true(yutu_decimal_to_double(decimal("12345678901234567890.5")) == 12345678901234567890.5);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_read_and_write), cmocka_unit_test(test_arithmetic),
      cmocka_unit_test(test_rounding),       cmocka_unit_test(test_compare),
      cmocka_unit_test(test_doubles),        cmocka_unit_test(test_double_to_decimal),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
