#include "queries/sparql/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void test_lexical_forms(void **state) {
  (void)state;
  static const struct {
    yutu_calendar_kind kind;
    const char *text;
    bool ok;
  } rows[] = {
      {YUTU_CALENDAR_DATE_TIME, "2020-02-29T23:59:59Z", true},
      {YUTU_CALENDAR_DATE_TIME, "2020-02-29T23:59:59.123+08:00", true},
      {YUTU_CALENDAR_DATE_TIME, "2020-02-29T24:00:00", true},
      {YUTU_CALENDAR_DATE_TIME, "2020-02-29T24:00:01", false},
      {YUTU_CALENDAR_DATE_TIME, "2019-02-29T00:00:00", false},
      {YUTU_CALENDAR_DATE_TIME, "2020-02-29 23:59:59", false},
      {YUTU_CALENDAR_DATE_TIME, "2020-02-29T23:59:60", false},
      {YUTU_CALENDAR_DATE_TIME, "2020-02-29T23:59:59.", false},
      {YUTU_CALENDAR_DATE_TIME, "2020-02-29T23:59:59+14:01", false},
      {YUTU_CALENDAR_DATE, "2020-12-31", true},
      {YUTU_CALENDAR_DATE, "-0044-03-15", true},
      {YUTU_CALENDAR_DATE, "12020-01-01", true},
      {YUTU_CALENDAR_DATE, "02020-01-01", false},
      {YUTU_CALENDAR_DATE, "2020-13-01", false},
      {YUTU_CALENDAR_DATE, "2020-1-1", false},
      {YUTU_CALENDAR_DATE, "2020-01-01x", false},
      {YUTU_CALENDAR_DATE, "", false},
      {YUTU_CALENDAR_TIME, "08:30:00", true},
      {YUTU_CALENDAR_TIME, "8:30:00", false},
      {YUTU_CALENDAR_YEAR, "2018", true},
      {YUTU_CALENDAR_YEAR, "218", false},
      {YUTU_CALENDAR_YEAR_MONTH, "2018-05+08:00", true},
      {YUTU_CALENDAR_MONTH, "--05", true},
      {YUTU_CALENDAR_MONTH_DAY, "--02-29", true},
      {YUTU_CALENDAR_MONTH_DAY, "--02-30", false},
      {YUTU_CALENDAR_DAY, "---31", true},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    yutu_calendar c;
    if (yutu_calendar_parse(yutu_slice_of(rows[i].text), rows[i].kind, &c) != rows[i].ok)
      fail_msg("%s", rows[i].text);
  }
}

static yutu_calendar date_time(const char *text) {
  yutu_calendar c = {0};
  if (!yutu_calendar_parse(yutu_slice_of(text), YUTU_CALENDAR_DATE_TIME, &c))
    fail_msg("%s", text);
  return c;
}

static void test_order(void **state) {
  (void)state;
  static const struct {
    const char *a, *b;
    int order;
  } rows[] = {
      {"2020-01-01T00:00:00Z", "2020-01-01T08:00:00+08:00", 0},
      {"2020-01-01T00:00:00Z", "2020-01-01T00:00:00.001Z", -1},
      {"2019-12-31T24:00:00", "2020-01-01T00:00:00", 0},
      {"2020-01-01T00:00:00", "2020-01-01T00:00:00Z", YUTU_INCOMPARABLE},
      {"2020-01-01T00:00:00", "2020-01-01T14:00:01Z", -1},
      {"2020-01-01T14:00:01Z", "2020-01-01T00:00:00", 1},
      {"-0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", -1},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const yutu_calendar a = date_time(rows[i].a), b = date_time(rows[i].b);
    assert_int_equal(yutu_calendar_compare(&a, &b), rows[i].order);
    const int total = yutu_calendar_order(&a, &b);
    if (rows[i].order != YUTU_INCOMPARABLE)
      assert_int_equal((total > 0) - (total < 0), rows[i].order);
    else
      assert_int_not_equal(total, 0);
  }
}

static void test_days_there_and_back(void **state) {
  (void)state;
  for (int64_t days = -800000; days < 800000; days += 37) {
    const yutu_calendar c = yutu_calendar_of_days(days);
    assert_true(yutu_days_of_date(c.year, c.month, c.day) == days);
  }
  assert_true(yutu_days_of_date(1970, 1, 1) == 0);
  assert_true(yutu_days_of_date(2000, 3, 1) == 11017);
}

static void test_texts(void **state) {
  (void)state;
  static const char *const rows[] = {"2020-02-29T23:59:59Z", "2020-02-29T23:59:59.125+08:00", "-0044-03-15T00:00:00",
                                     "12020-01-01T01:02:03-05:30"};
  char out[YUTU_CALENDAR_TEXT_MAX];
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const yutu_calendar c = date_time(rows[i]);
    assert_int_equal(yutu_calendar_format(&c, YUTU_CALENDAR_DATE_TIME, out), strlen(rows[i]));
    assert_string_equal(out, rows[i]);
  }
  const yutu_calendar year = yutu_calendar_of_year(987);
  yutu_calendar_format(&year, YUTU_CALENDAR_YEAR, out);
  assert_string_equal(out, "0987");
  const yutu_calendar day = yutu_calendar_of_days(18583);
  yutu_calendar_format(&day, YUTU_CALENDAR_DATE, out);
  assert_string_equal(out, "2020-11-17");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_lexical_forms),
      cmocka_unit_test(test_order),
      cmocka_unit_test(test_days_there_and_back),
      cmocka_unit_test(test_texts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
