#include "queries/sparql/calendar.h"

typedef struct {
  const char *at, *end;
} reader;

static bool take(reader *r, char c) {
  if (r->at == r->end || *r->at != c)
    return false;
  r->at++;
  return true;
}

static bool digits(reader *r, size_t n, unsigned *ret) {
  if ((size_t)(r->end - r->at) < n)
    return false;
  unsigned v = 0;
  for (size_t i = 0; i < n; i++) {
    if (r->at[i] < '0' || r->at[i] > '9')
      return false;
    v = v * 10 + (unsigned)(r->at[i] - '0');
  }
  r->at += n;
  *ret = v;
  return true;
}

/// Four digits or more, the first of more than four not 0; 14 at most.
static bool take_year(reader *r, int64_t *ret) {
  const bool negative = take(r, '-');
  const char *start = r->at;
  int64_t v = 0;
  while (r->at < r->end && *r->at >= '0' && *r->at <= '9' && r->at - start < 14)
    v = v * 10 + (*r->at++ - '0');
  const size_t n = (size_t)(r->at - start);
  if (n < 4 || (n > 4 && *start == '0'))
    return false;
  *ret = negative ? -v : v;
  return true;
}

static bool is_leap(int64_t year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static unsigned days_in(int64_t year, unsigned month) {
  static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

int64_t yutu_days_of_date(int64_t year, unsigned month, unsigned day) {
  // Years that begin in March, in eras of 400 years of 146097 days: then the leap day is the last one.
  const int64_t y = month <= 2 ? year - 1 : year;
  const int64_t era = (y >= 0 ? y : y - 399) / 400;
  const int64_t of_era = y - era * 400;
  const int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + (int64_t)day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void date_of_days(int64_t days, yutu_calendar *c) {
  days += 719468;
  const int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const int64_t of_era = days - era * 146097;
  const int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
  const int64_t m = (5 * of_year + 2) / 153;
  c->day = (uint8_t)(of_year - (153 * m + 2) / 5 + 1);
  c->month = (uint8_t)(m < 10 ? m + 3 : m - 9);
  c->year = year + era * 400 + (c->month <= 2);
}

static void set_seconds(yutu_calendar *c) {
  c->seconds = yutu_days_of_date(c->year, c->month, c->day) * 86400 + c->hour * 3600 + c->minute * 60 + c->second -
               (c->has_zone ? c->zone * 60 : 0);
}

static bool take_month(reader *r, yutu_calendar *c) {
  unsigned v;
  if (!digits(r, 2, &v) || v < 1 || v > 12)
    return false;
  c->month = (uint8_t)v;
  return true;
}

static bool take_day(reader *r, yutu_calendar *c, int64_t year_of_length) {
  unsigned v;
  if (!digits(r, 2, &v) || v < 1 || v > days_in(year_of_length, c->month))
    return false;
  c->day = (uint8_t)v;
  return true;
}

static bool take_fraction(reader *r, yutu_calendar *c) {
  if (!take(r, '.'))
    return true;
  uint64_t unit = YUTU_SECOND_FRACTION / 10;
  const char *start = r->at;
  for (; r->at < r->end && *r->at >= '0' && *r->at <= '9'; r->at++, unit /= 10)
    c->fraction += (uint64_t)(*r->at - '0') * unit;
  return r->at > start;
}

static bool take_time(reader *r, yutu_calendar *c) {
  unsigned h, m, s;
  if (!digits(r, 2, &h) || !take(r, ':') || !digits(r, 2, &m) || !take(r, ':') || !digits(r, 2, &s) ||
      !take_fraction(r, c))
    return false;
  if (h > 24 || m > 59 || s > 59 || (h == 24 && (m || s || c->fraction)))
    return false;
  c->hour = (uint8_t)h;
  c->minute = (uint8_t)m;
  c->second = (uint8_t)s;
  return true;
}

static bool take_zone(reader *r, yutu_calendar *c) {
  if (r->at == r->end)
    return true;
  c->has_zone = true;
  if (take(r, 'Z'))
    return true;
  const bool west = *r->at == '-';
  unsigned h, m;
  if ((!take(r, '+') && !take(r, '-')) || !digits(r, 2, &h) || !take(r, ':') || !digits(r, 2, &m))
    return false;
  if (m > 59 || h > 14 || (h == 14 && m))
    return false;
  c->zone = (int16_t)(h * 60 + m);
  if (west)
    c->zone = (int16_t)-c->zone;
  return true;
}

static bool take_date(reader *r, yutu_calendar *c) {
  return take_year(r, &c->year) && take(r, '-') && take_month(r, c) && take(r, '-') && take_day(r, c, c->year);
}

static bool take_kind(reader *r, yutu_calendar_kind kind, yutu_calendar *c) {
  switch (kind) {
  case YUTU_CALENDAR_DATE_TIME:
    return take_date(r, c) && take(r, 'T') && take_time(r, c);
  case YUTU_CALENDAR_DATE:
    return take_date(r, c);
  case YUTU_CALENDAR_TIME:
    return take_time(r, c);
  case YUTU_CALENDAR_YEAR:
    return take_year(r, &c->year);
  case YUTU_CALENDAR_YEAR_MONTH:
    return take_year(r, &c->year) && take(r, '-') && take_month(r, c);
  case YUTU_CALENDAR_MONTH:
    return take(r, '-') && take(r, '-') && take_month(r, c);
  case YUTU_CALENDAR_MONTH_DAY:
    return take(r, '-') && take(r, '-') && take_month(r, c) && take(r, '-') && take_day(r, c, 2000);
  case YUTU_CALENDAR_DAY:
    return take(r, '-') && take(r, '-') && take(r, '-') && take_day(r, c, 2000);
  }
  return false;
}

bool yutu_calendar_parse(yutu_slice text, yutu_calendar_kind kind, yutu_calendar *ret) {
  // What a kind leaves open is filled so that values of one kind can be put in order (XSD 1.1, E.3.1).
  yutu_calendar c = {.year = 1972, .month = 12, .day = 31};
  if (kind == YUTU_CALENDAR_YEAR || kind == YUTU_CALENDAR_YEAR_MONTH)
    c.day = c.month = 1;
  reader r = {text.data, text.data + text.len};
  if (!take_kind(&r, kind, &c) || !take_zone(&r, &c) || r.at != r.end)
    return false;
  set_seconds(&c);
  if (c.hour == 24) { // the first instant of the next day
    c.hour = 0;
    if (kind == YUTU_CALENDAR_DATE_TIME)
      date_of_days(yutu_days_of_date(c.year, c.month, c.day) + 1, &c);
    set_seconds(&c);
  }
  *ret = c;
  return true;
}

yutu_calendar yutu_calendar_of_days(int64_t days) {
  yutu_calendar c = {.seconds = days * 86400};
  date_of_days(days, &c);
  return c;
}

yutu_calendar yutu_calendar_of_year(int64_t year) {
  yutu_calendar c = {.year = year, .month = 1, .day = 1};
  set_seconds(&c);
  return c;
}

static int compare(int64_t a, uint64_t a_fraction, int64_t b, uint64_t b_fraction) {
  if (a != b)
    return a < b ? -1 : 1;
  return (a_fraction > b_fraction) - (a_fraction < b_fraction);
}

int yutu_calendar_compare(const yutu_calendar *a, const yutu_calendar *b) {
  if (a->has_zone == b->has_zone)
    return compare(a->seconds, a->fraction, b->seconds, b->fraction);
  const int64_t widest = 14 * 3600;
  if (a->has_zone) {
    const int swapped = yutu_calendar_compare(b, a);
    return swapped == YUTU_INCOMPARABLE ? swapped : -swapped;
  }
  if (compare(a->seconds + widest, a->fraction, b->seconds, b->fraction) < 0)
    return -1;
  if (compare(a->seconds - widest, a->fraction, b->seconds, b->fraction) > 0)
    return 1;
  return YUTU_INCOMPARABLE;
}

int yutu_calendar_order(const yutu_calendar *a, const yutu_calendar *b) {
  const int c = compare(a->seconds, a->fraction, b->seconds, b->fraction);
  return c ? c : (int)a->has_zone - (int)b->has_zone;
}

/// Write a number with at least `width` digits.
static size_t put_digits(char *out, uint64_t number, unsigned width) {
  char reversed[24];
  unsigned n = 0;
  for (; number || n < width; number /= 10)
    reversed[n++] = (char)('0' + number % 10);
  for (unsigned i = 0; i < n; i++)
    out[i] = reversed[n - 1 - i];
  return n;
}

static size_t put_part(char *out, char before, unsigned number) {
  out[0] = before;
  return 1 + put_digits(out + 1, number, 2);
}

static size_t put_zone(char *out, const yutu_calendar *c) {
  if (!c->has_zone)
    return 0;
  if (!c->zone) {
    out[0] = 'Z';
    return 1;
  }
  const unsigned minutes = (unsigned)(c->zone < 0 ? -c->zone : c->zone);
  const size_t n = put_part(out, c->zone < 0 ? '-' : '+', minutes / 60);
  return n + put_part(out + n, ':', minutes % 60);
}

size_t yutu_calendar_format(const yutu_calendar *c, yutu_calendar_kind kind, char out[YUTU_CALENDAR_TEXT_MAX]) {
  size_t n = 0;
  if (c->year < 0)
    out[n++] = '-';
  n += put_digits(out + n, (uint64_t)(c->year < 0 ? -c->year : c->year), 4);
  if (kind != YUTU_CALENDAR_YEAR) {
    n += put_part(out + n, '-', c->month);
    n += put_part(out + n, '-', c->day);
  }
  if (kind == YUTU_CALENDAR_DATE_TIME) {
    n += put_part(out + n, 'T', c->hour);
    n += put_part(out + n, ':', c->minute);
    n += put_part(out + n, ':', c->second);
    if (c->fraction) {
      out[n++] = '.';
      n += put_digits(out + n, c->fraction, 18);
      while (out[n - 1] == '0')
        n--;
    }
  }
  n += put_zone(out + n, c);
  out[n] = '\0';
  return n;
}
