#include "queries/sparql/functions_table.h"
#include "queries/sparql/vocabulary.h"

#include <stdio.h>
#include <stdlib.h>

YUTU_EAGER(now) {
  (void)args, (void)n;
  const int64_t seconds = x->now.tv_sec;
  int64_t of_day = seconds % 86400;
  yutu_calendar c = yutu_calendar_of_days((seconds - of_day) / 86400);
  c.seconds = seconds;
  c.fraction = (uint64_t)(x->now.tv_nsec / 1000000) * (YUTU_SECOND_FRACTION / 1000);
  c.hour = (uint8_t)(of_day / 3600);
  of_day %= 3600;
  c.minute = (uint8_t)(of_day / 60);
  c.second = (uint8_t)(of_day % 60);
  c.has_zone = true;
  *ret = (yutu_value){.kind = YUTU_VALUE_CALENDAR,
                      .calendar_kind = YUTU_CALENDAR_DATE_TIME,
                      .calendar = c,
                      .extra = YUTU_SLICE(YUTU_XSD "dateTime")};
  return true;
}

enum { HAS_YEAR = 1, HAS_MONTH = 2, HAS_DAY = 4, HAS_TIME = 8 };

static bool has(const yutu_value *v, int part) {
  static const int parts[] = {[YUTU_CALENDAR_DATE_TIME] = HAS_YEAR | HAS_MONTH | HAS_DAY | HAS_TIME,
                              [YUTU_CALENDAR_DATE] = HAS_YEAR | HAS_MONTH | HAS_DAY,
                              [YUTU_CALENDAR_TIME] = HAS_TIME,
                              [YUTU_CALENDAR_YEAR] = HAS_YEAR,
                              [YUTU_CALENDAR_YEAR_MONTH] = HAS_YEAR | HAS_MONTH,
                              [YUTU_CALENDAR_MONTH] = HAS_MONTH,
                              [YUTU_CALENDAR_MONTH_DAY] = HAS_MONTH | HAS_DAY,
                              [YUTU_CALENDAR_DAY] = HAS_DAY};
  return v->kind == YUTU_VALUE_CALENDAR && (parts[v->calendar_kind] & part);
}

static bool part(const yutu_value *v, int which, int64_t number, yutu_value *ret) {
  if (!has(v, which))
    return false;
  *ret = yutu_value_integer(number);
  return true;
}

YUTU_EAGER(year) {
  (void)x, (void)n;
  return part(args, HAS_YEAR, args->calendar.year, ret);
}

YUTU_EAGER(month) {
  (void)x, (void)n;
  return part(args, HAS_MONTH, args->calendar.month, ret);
}

YUTU_EAGER(day) {
  (void)x, (void)n;
  return part(args, HAS_DAY, args->calendar.day, ret);
}

YUTU_EAGER(hours) {
  (void)x, (void)n;
  return part(args, HAS_TIME, args->calendar.hour, ret);
}

YUTU_EAGER(minutes) {
  (void)x, (void)n;
  return part(args, HAS_TIME, args->calendar.minute, ret);
}

YUTU_EAGER(seconds) {
  (void)x, (void)n;
  if (!has(args, HAS_TIME))
    return false;
  const yutu_decimal whole = {args->calendar.second, 0}, fraction = {args->calendar.fraction, 18};
  yutu_decimal sum;
  if (!yutu_decimal_add(whole, fraction, &sum))
    return false;
  *ret = yutu_value_exact(YUTU_VALUE_DECIMAL, sum);
  return true;
}

/// As an xsd:dayTimeDuration in canonical form.
YUTU_EAGER(timezone) {
  (void)n;
  if (args->kind != YUTU_VALUE_CALENDAR || !args->calendar.has_zone)
    return false;
  const int zone = args->calendar.zone, hours = abs(zone) / 60, minutes = abs(zone) % 60;
  char text[32];
  int len = snprintf(text, sizeof text, "%sPT", zone < 0 ? "-" : "");
  if (hours)
    len += snprintf(text + len, sizeof text - (size_t)len, "%dH", hours);
  if (minutes)
    len += snprintf(text + len, sizeof text - (size_t)len, "%dM", minutes);
  if (!zone)
    len += snprintf(text + len, sizeof text - (size_t)len, "0S");
  const yutu_term term =
      yutu_typed(yutu_exec_copy(x, (yutu_slice){text, (size_t)len}), YUTU_SLICE(YUTU_XSD "dayTimeDuration"));
  yutu_value_of_term(&term, ret);
  return true;
}

YUTU_EAGER(tz) {
  (void)n;
  if (args->kind != YUTU_VALUE_CALENDAR)
    return false;
  char text[16] = "";
  const int zone = args->calendar.zone;
  if (args->calendar.has_zone && zone == 0)
    snprintf(text, sizeof text, "Z");
  else if (args->calendar.has_zone)
    snprintf(text, sizeof text, "%c%02d:%02d", zone < 0 ? '-' : '+', abs(zone) / 60 % 100, abs(zone) % 60);
  *ret = yutu_value_string(yutu_exec_copy(x, yutu_slice_of(text)));
  return true;
}
