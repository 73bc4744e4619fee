#include "graph/store_id.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define XSD "http://www.w3.org/2001/XMLSchema#"

enum { DECIMAL_DIGITS = 6, WRITTEN_BITS = 3 };

static const int64_t powers_of_ten[DECIMAL_DIGITS + 1] = {1, 10, 100, 1000, 10000, 100000, 1000000};

static const int64_t integer_max = INT64_C(1) << YUTU_PAYLOAD_BITS;
static const int64_t decimal_max = INT64_C(1) << (YUTU_PAYLOAD_BITS - WRITTEN_BITS); // in units of 10^-6

static yutu_id zone(yutu_tag tag, int64_t value) {
  return (yutu_id)(((int64_t)tag << YUTU_PAYLOAD_BITS) + value);
}

static int64_t zone_value(yutu_id id, yutu_tag tag) {
  return (int64_t)id - ((int64_t)tag << YUTU_PAYLOAD_BITS);
}

static bool digit(char c) {
  return c >= '0' && c <= '9';
}

/// Digits as they are printed: no leading zero but "0" itself. False when there are none or too many.
static bool read_digits(yutu_slice s, int64_t *ret) {
  if (s.len == 0 || s.len > 16 || (s.len > 1 && s.data[0] == '0'))
    return false;
  int64_t value = 0;
  for (size_t i = 0; i < s.len; i++) {
    if (!digit(s.data[i]))
      return false;
    value = value * 10 + (s.data[i] - '0');
  }
  *ret = value;
  return true;
}

/// Cut a minus sign off.
static bool read_sign(yutu_slice *s) {
  if (s->len == 0 || s->data[0] != '-')
    return false;
  s->data++;
  s->len--;
  return true;
}

static yutu_id read_integer(yutu_slice s) {
  const bool negative = read_sign(&s);
  int64_t value;
  if (!read_digits(s, &value) || value >= integer_max || (negative && value == 0))
    return YUTU_ID_NONE;
  return zone(YUTU_TAG_INTEGER, negative ? -value : value);
}

static yutu_id read_decimal(yutu_slice s) {
  const bool negative = read_sign(&s);
  const char *point = s.len ? memchr(s.data, '.', s.len) : NULL;
  const yutu_slice whole = {s.data, point ? (size_t)(point - s.data) : s.len};
  const size_t n_fraction = point ? s.len - whole.len - 1 : 0;
  int64_t value;
  if (!read_digits(whole, &value) || n_fraction > DECIMAL_DIGITS || (point && n_fraction == 0))
    return YUTU_ID_NONE;
  if (value >= decimal_max / powers_of_ten[DECIMAL_DIGITS])
    return YUTU_ID_NONE;
  for (size_t i = 0; i < n_fraction; i++) {
    if (!digit(point[1 + i]))
      return YUTU_ID_NONE;
    value = value * 10 + (point[1 + i] - '0');
  }
  if (negative && value == 0)
    return YUTU_ID_NONE;
  value *= powers_of_ten[DECIMAL_DIGITS - n_fraction];
  return zone(YUTU_TAG_DECIMAL, (negative ? -value : value) * (1 << WRITTEN_BITS) + (int64_t)n_fraction);
}

static yutu_id read_boolean(yutu_slice s) {
  if (yutu_slice_eq(s, YUTU_SLICE("true")))
    return zone(YUTU_TAG_BOOLEAN, 1);
  if (yutu_slice_eq(s, YUTU_SLICE("false")))
    return zone(YUTU_TAG_BOOLEAN, 0);
  return YUTU_ID_NONE;
}

static const int days_before_month[13] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

static bool leap(int64_t year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/// Days from 0001-01-01 to the first of January of a year ≥ 1.
static int64_t days_before_year(int64_t year) {
  const int64_t y = year - 1;
  return y * 365 + y / 4 - y / 100 + y / 400;
}

static const int64_t days_before_1970 = 719162;

/// Fixed width decimal digits.
static bool read_fixed(const char *s, size_t n, int *ret) {
  int value = 0;
  for (size_t i = 0; i < n; i++) {
    if (!digit(s[i]))
      return false;
    value = value * 10 + (s[i] - '0');
  }
  *ret = value;
  return true;
}

static yutu_id read_date(yutu_slice s) {
  int year, month, day;
  if (s.len != 10 || s.data[4] != '-' || s.data[7] != '-' || !read_fixed(s.data, 4, &year) ||
      !read_fixed(s.data + 5, 2, &month) || !read_fixed(s.data + 8, 2, &day))
    return YUTU_ID_NONE;
  if (year < 1 || month < 1 || month > 12 || day < 1)
    return YUTU_ID_NONE;
  const int length = days_before_month[month] - days_before_month[month - 1] + (month == 2 && leap(year));
  if (day > length)
    return YUTU_ID_NONE;
  const int64_t days = days_before_year(year) + days_before_month[month - 1] + (month > 2 && leap(year)) + day - 1;
  return zone(YUTU_TAG_DATE, days - days_before_1970);
}

static yutu_id read_year(yutu_slice s) {
  int year;
  if (s.len != 4 || !read_fixed(s.data, 4, &year) || year < 1)
    return YUTU_ID_NONE;
  return zone(YUTU_TAG_YEAR, year);
}

static const struct {
  yutu_inline_kind kind;
  yutu_slice datatype;
  yutu_id (*read)(yutu_slice);
} inline_types[] = {
    {YUTU_INLINE_INTEGER, {XSD "integer", sizeof XSD "integer" - 1}, read_integer},
    {YUTU_INLINE_DECIMAL, {XSD "decimal", sizeof XSD "decimal" - 1}, read_decimal},
    {YUTU_INLINE_BOOLEAN, {XSD "boolean", sizeof XSD "boolean" - 1}, read_boolean},
    {YUTU_INLINE_DATE, {XSD "date", sizeof XSD "date" - 1}, read_date},
    {YUTU_INLINE_YEAR, {XSD "gYear", sizeof XSD "gYear" - 1}, read_year},
};

enum { INLINE_TYPES = sizeof inline_types / sizeof *inline_types };

yutu_id yutu_id_of_literal(yutu_slice text, yutu_slice datatype) {
  if (datatype.len < sizeof XSD + 3 || datatype.len > sizeof XSD + 6)
    return YUTU_ID_NONE;
  for (size_t i = 0; i < INLINE_TYPES; i++)
    if (yutu_slice_eq(datatype, inline_types[i].datatype))
      return inline_types[i].read(text);
  return YUTU_ID_NONE;
}

yutu_inline_kind yutu_id_inline(yutu_id id, yutu_inline_value *ret) {
  yutu_inline_value value = {0, 0};
  yutu_inline_kind kind;
  switch (yutu_id_tag(id)) {
  case YUTU_TAG_INTEGER_BELOW:
  case YUTU_TAG_INTEGER:
    kind = YUTU_INLINE_INTEGER;
    value.integer = zone_value(id, YUTU_TAG_INTEGER);
    break;
  case YUTU_TAG_DECIMAL_BELOW:
  case YUTU_TAG_DECIMAL: {
    kind = YUTU_INLINE_DECIMAL;
    const int64_t packed = zone_value(id, YUTU_TAG_DECIMAL);
    value.scale = (unsigned)(packed & ((1 << WRITTEN_BITS) - 1));
    if (value.scale > DECIMAL_DIGITS) // only a damaged or a made-up id has it
      value.scale = DECIMAL_DIGITS;
    value.integer = (packed >> WRITTEN_BITS) / powers_of_ten[DECIMAL_DIGITS - value.scale];
    break;
  }
  case YUTU_TAG_BOOLEAN:
    kind = YUTU_INLINE_BOOLEAN;
    value.integer = zone_value(id, YUTU_TAG_BOOLEAN);
    break;
  case YUTU_TAG_DATE_BELOW:
  case YUTU_TAG_DATE:
    kind = YUTU_INLINE_DATE;
    value.integer = zone_value(id, YUTU_TAG_DATE);
    break;
  case YUTU_TAG_YEAR:
    kind = YUTU_INLINE_YEAR;
    value.integer = zone_value(id, YUTU_TAG_YEAR);
    break;
  default:
    return YUTU_INLINE_NONE;
  }
  if (ret)
    *ret = value;
  return kind;
}

yutu_term_kind yutu_id_kind(yutu_id id) {
  switch (yutu_id_tag(id)) {
  case YUTU_TAG_IRI:
    return YUTU_TERM_IRI;
  case YUTU_TAG_BLANK:
    return YUTU_TERM_BLANK;
  case YUTU_TAG_SPECIAL:
  case YUTU_TAG_AUX:
    return YUTU_TERM_NONE;
  default:
    return YUTU_TERM_LITERAL;
  }
}

static int64_t clamp(int64_t value, int64_t least, int64_t most) {
  return value < least ? least : value > most ? most : value;
}

/// value / 10^scale in units of 10^-DECIMAL_DIGITS, rounded up, as far as ids go.
static int64_t decimal_units(yutu_inline_value value) {
  int64_t units = value.integer;
  for (unsigned scale = value.scale; scale < DECIMAL_DIGITS; scale++)
    if (__builtin_mul_overflow(units, 10, &units))
      return value.integer < 0 ? -decimal_max : decimal_max;
  for (unsigned scale = value.scale; scale > DECIMAL_DIGITS; scale--)
    units = units / 10 + (units > 0 && units % 10 != 0);
  return clamp(units, -decimal_max, decimal_max);
}

yutu_id yutu_id_at_least(yutu_inline_kind kind, yutu_inline_value value) {
  switch (kind) {
  case YUTU_INLINE_INTEGER:
    return zone(YUTU_TAG_INTEGER, clamp(value.integer, -integer_max, integer_max));
  case YUTU_INLINE_DECIMAL:
    return zone(YUTU_TAG_DECIMAL, decimal_units(value) * (1 << WRITTEN_BITS));
  case YUTU_INLINE_BOOLEAN:
    return zone(YUTU_TAG_BOOLEAN, clamp(value.integer, 0, 2));
  case YUTU_INLINE_DATE:
    return zone(YUTU_TAG_DATE, clamp(value.integer, -days_before_1970, days_before_year(10000) - days_before_1970));
  case YUTU_INLINE_YEAR:
    return zone(YUTU_TAG_YEAR, clamp(value.integer, 0, 10000));
  case YUTU_INLINE_NONE:
    break;
  }
  return YUTU_ID_NONE;
}

static int print_decimal(char *out, const yutu_inline_value *value) {
  const uint64_t magnitude = value->integer < 0 ? (uint64_t)-value->integer : (uint64_t)value->integer;
  const uint64_t unit = (uint64_t)powers_of_ten[value->scale];
  const char *sign = value->integer < 0 ? "-" : "";
  if (value->scale == 0)
    return snprintf(out, YUTU_INLINE_TEXT_MAX, "%s%" PRIu64, sign, magnitude);
  return snprintf(out, YUTU_INLINE_TEXT_MAX, "%s%" PRIu64 ".%0*" PRIu64, sign, magnitude / unit, (int)value->scale,
                  magnitude % unit);
}

static int print_date(char *out, int64_t days) {
  days += days_before_1970;
  if (days < 0 || days > days_before_year(10000)) // only a made-up id
    days = 0;
  int64_t year = days / 366 + 1;
  while (days_before_year(year + 1) <= days)
    year++;
  int rest = (int)(days - days_before_year(year));
  int month = 1;
  while (month < 12 && rest >= days_before_month[month] + (month >= 2 && leap(year)))
    month++;
  rest -= days_before_month[month - 1] + (month > 2 && leap(year));
  return snprintf(out, YUTU_INLINE_TEXT_MAX, "%04d-%02d-%02d", (int)year, month, rest + 1);
}

size_t yutu_id_print(yutu_id id, char ret_text[YUTU_INLINE_TEXT_MAX], yutu_slice *ret_datatype) {
  yutu_inline_value value = {0, 0};
  const yutu_inline_kind kind = yutu_id_inline(id, &value);
  int n = 0;
  switch (kind) {
  case YUTU_INLINE_INTEGER:
    n = snprintf(ret_text, YUTU_INLINE_TEXT_MAX, "%" PRId64, value.integer);
    break;
  case YUTU_INLINE_DECIMAL:
    n = print_decimal(ret_text, &value);
    break;
  case YUTU_INLINE_BOOLEAN:
    n = snprintf(ret_text, YUTU_INLINE_TEXT_MAX, "%s", value.integer ? "true" : "false");
    break;
  case YUTU_INLINE_DATE:
    n = print_date(ret_text, value.integer);
    break;
  case YUTU_INLINE_YEAR:
    n = snprintf(ret_text, YUTU_INLINE_TEXT_MAX, "%04d", (int)value.integer);
    break;
  case YUTU_INLINE_NONE:
    break;
  }
  for (size_t i = 0; i < INLINE_TYPES; i++)
    if (inline_types[i].kind == kind)
      *ret_datatype = inline_types[i].datatype;
  return n > 0 ? (size_t)n : 0;
}
