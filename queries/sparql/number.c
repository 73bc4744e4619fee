#include "queries/sparql/number.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static yutu_decimal normal(yutu_decimal a) {
  while (a.scale && a.mantissa % 10 == 0) {
    a.mantissa /= 10;
    a.scale--;
  }
  return a;
}

static bool parse(yutu_slice s, bool allow_point, yutu_decimal *ret) {
  size_t i = 0;
  const bool negative = s.len && s.data[0] == '-';
  if (s.len && (s.data[0] == '-' || s.data[0] == '+'))
    i++;
  __int128 m = 0;
  unsigned scale = 0, digits = 0;
  bool point = false;
  for (; i < s.len; i++) {
    if (allow_point && !point && s.data[i] == '.') {
      point = true;
      continue;
    }
    if (!is_digit(s.data[i]))
      return false;
    digits++;
    if (point && s.data[i] == '0') { // zeros at the end are no digits that matter
      size_t k = i;
      while (k < s.len && s.data[k] == '0')
        k++;
      if (k == s.len)
        break;
    }
    if (__builtin_mul_overflow(m, (__int128)10, &m) || __builtin_add_overflow(m, (__int128)(s.data[i] - '0'), &m))
      return false;
    scale += point;
  }
  if (!digits || scale > YUTU_DECIMAL_SCALE_MAX)
    return false;
  *ret = (yutu_decimal){negative ? -m : m, (uint8_t)scale};
  return true;
}

bool yutu_integer_parse(yutu_slice text, yutu_decimal *ret) {
  return parse(text, false, ret);
}

bool yutu_decimal_parse(yutu_slice text, yutu_decimal *ret) {
  return parse(text, true, ret);
}

bool yutu_double_parse(yutu_slice text, double *ret) {
  if (yutu_slice_eq(text, YUTU_SLICE("INF")) || yutu_slice_eq(text, YUTU_SLICE("+INF"))) {
    *ret = INFINITY;
    return true;
  }
  if (yutu_slice_eq(text, YUTU_SLICE("-INF"))) {
    *ret = -INFINITY;
    return true;
  }
  if (yutu_slice_eq(text, YUTU_SLICE("NaN"))) {
    *ret = NAN;
    return true;
  }
  char copy[400];
  if (!text.len || text.len >= sizeof copy)
    return false;
  for (size_t i = 0; i < text.len; i++) { // strtod would also take hexadecimal and "infinity"
    if (!is_digit(text.data[i]) && !strchr("+-.eE", text.data[i]))
      return false;
  }
  memcpy(copy, text.data, text.len);
  copy[text.len] = '\0';
  char *end;
  *ret = strtod(copy, &end);
  return *end == '\0' && end != copy && (is_digit(end[-1]) || end[-1] == '.');
}

// ---- arithmetic ----

/// Give more digits behind the point. On overflow the number stays as it is.
static bool scale_to(yutu_decimal *a, uint8_t scale) {
  yutu_decimal r = *a;
  for (; r.scale < scale; r.scale++) {
    if (__builtin_mul_overflow(r.mantissa, (__int128)10, &r.mantissa))
      return false;
  }
  *a = r;
  return true;
}

static bool align(yutu_decimal *a, yutu_decimal *b) {
  return scale_to(a, b->scale) && scale_to(b, a->scale);
}

bool yutu_decimal_add(yutu_decimal a, yutu_decimal b, yutu_decimal *ret) {
  if (!align(&a, &b) || __builtin_add_overflow(a.mantissa, b.mantissa, &a.mantissa))
    return false;
  *ret = normal(a);
  return true;
}

bool yutu_decimal_subtract(yutu_decimal a, yutu_decimal b, yutu_decimal *ret) {
  if (!align(&a, &b) || __builtin_sub_overflow(a.mantissa, b.mantissa, &a.mantissa))
    return false;
  *ret = normal(a);
  return true;
}

bool yutu_decimal_multiply(yutu_decimal a, yutu_decimal b, yutu_decimal *ret) {
  a = normal(a);
  b = normal(b);
  yutu_decimal r;
  if (__builtin_mul_overflow(a.mantissa, b.mantissa, &r.mantissa))
    return false;
  unsigned scale = (unsigned)a.scale + b.scale;
  for (; scale > YUTU_DECIMAL_SCALE_MAX; scale--)
    r.mantissa /= 10;
  r.scale = (uint8_t)scale;
  *ret = normal(r);
  return true;
}

bool yutu_decimal_divide(yutu_decimal a, yutu_decimal b, yutu_decimal *ret) {
  if (b.mantissa == 0 || !align(&a, &b))
    return false;
  yutu_decimal q = {a.mantissa / b.mantissa, 0};
  __int128 rest = a.mantissa % b.mantissa;
  while (rest != 0 && q.scale < YUTU_DECIMAL_QUOTIENT_DIGITS) {
    __int128 next;
    if (__builtin_mul_overflow(rest, (__int128)10, &rest) || __builtin_mul_overflow(q.mantissa, (__int128)10, &next) ||
        __builtin_add_overflow(next, rest / b.mantissa, &next))
      break;
    q.mantissa = next;
    q.scale++;
    rest %= b.mantissa;
  }
  *ret = normal(q);
  return true;
}

int yutu_decimal_compare(yutu_decimal a, yutu_decimal b) {
  if (!align(&a, &b)) { // so different in size that doubles tell them apart
    const double x = yutu_decimal_to_double(a), y = yutu_decimal_to_double(b);
    return (x > y) - (x < y);
  }
  return (a.mantissa > b.mantissa) - (a.mantissa < b.mantissa);
}

double yutu_decimal_to_double(yutu_decimal a) {
  if (a.scale == 0)
    return (double)a.mantissa;
  if (a.mantissa < INT64_C(1) << 53 && a.mantissa > -(INT64_C(1) << 53) && a.scale <= 22) {
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    return (double)a.mantissa / powers[a.scale]; // both exact, so the quotient is rounded once
  }
  char text[YUTU_NUMBER_TEXT_MAX];
  yutu_decimal_format(a, text);
  return strtod(text, NULL);
}

bool yutu_decimal_of_double(double d, yutu_decimal *ret) {
  if (!isfinite(d) || fabs(d) >= 1e37)
    return false;
  char text[400];
  snprintf(text, sizeof text, "%.*f", fabs(d) < 1e18 ? 18 : 0, d);
  // 17 digits say all that a double knows: what is behind them is no value of its own.
  char shortest[YUTU_NUMBER_TEXT_MAX];
  for (int precision = 1; precision <= 17; precision++) {
    snprintf(shortest, sizeof shortest, "%.*e", precision - 1, d);
    if (strtod(shortest, NULL) == d)
      break;
  }
  const char *e = strchr(shortest, 'e');
  const int exponent = atoi(e + 1);
  yutu_decimal r;
  if (!yutu_decimal_parse((yutu_slice){shortest, (size_t)(e - shortest)}, &r))
    return yutu_decimal_parse(yutu_slice_of(text), ret);
  int scale = (int)r.scale - exponent;
  for (; scale < 0; scale++) {
    if (__builtin_mul_overflow(r.mantissa, (__int128)10, &r.mantissa))
      return false;
  }
  for (; scale > YUTU_DECIMAL_SCALE_MAX; scale--)
    r.mantissa /= 10;
  r.scale = (uint8_t)scale;
  *ret = normal(r);
  return true;
}

yutu_decimal yutu_decimal_round(yutu_decimal a, yutu_rounding rounding) {
  if (a.scale == 0)
    return a;
  __int128 unit = 1;
  for (uint8_t i = 0; i < a.scale; i++)
    unit *= 10; // the scale is at most 38, and 10^38 fits
  __int128 whole = a.mantissa / unit, rest = a.mantissa % unit;
  if (rest < 0) { // now whole is the floor and 0 <= rest < unit
    rest += unit;
    whole--;
  }
  const bool up = (rounding == YUTU_ROUND_CEILING && rest > 0) ||
                  (rounding == YUTU_ROUND_HALF_UP && rest >= unit - rest) ||
                  (rounding == YUTU_ROUND_TRUNCATE && a.mantissa < 0 && rest > 0);
  return (yutu_decimal){whole + up, 0};
}

// ---- text ----

size_t yutu_decimal_format(yutu_decimal a, char out[YUTU_NUMBER_TEXT_MAX]) {
  a = normal(a);
  char digits[48];
  size_t n = 0, len = 0;
  unsigned __int128 m = a.mantissa < 0 ? -(unsigned __int128)a.mantissa : (unsigned __int128)a.mantissa;
  do {
    digits[n++] = (char)('0' + (int)(m % 10));
    m /= 10;
  } while (m || n <= a.scale);
  if (a.mantissa < 0)
    out[len++] = '-';
  while (n > 0) {
    if (n == a.scale)
      out[len++] = '.';
    out[len++] = digits[--n];
  }
  out[len] = '\0';
  return len;
}

/// The shortest digits that read back to the same number: "d.ddd" and an exponent.
static int shortest(double d, bool is_float, char out[40]) {
  const int most = is_float ? 9 : 17;
  for (int precision = 1; precision <= most; precision++) {
    snprintf(out, 40, "%.*e", precision - 1, d);
    if (is_float ? strtof(out, NULL) == (float)d : strtod(out, NULL) == d)
      break;
  }
  char *e = strchr(out, 'e');
  const int exponent = atoi(e + 1);
  *e = '\0';
  return exponent;
}

static size_t special(double d, char *out) {
  strcpy(out, isnan(d) ? "NaN" : d > 0 ? "INF" : "-INF");
  return strlen(out);
}

size_t yutu_double_format(double d, bool is_float, char out[YUTU_NUMBER_TEXT_MAX]) {
  if (!isfinite(d))
    return special(d, out);
  char mantissa[40];
  const int exponent = shortest(d, is_float, mantissa);
  return (size_t)snprintf(out, YUTU_NUMBER_TEXT_MAX, "%s%sE%d", mantissa, strchr(mantissa, '.') ? "" : ".0", exponent);
}

size_t yutu_double_format_plain(double d, bool is_float, char out[YUTU_NUMBER_TEXT_MAX]) {
  if (!isfinite(d))
    return special(d, out);
  if (d == 0)
    return (size_t)snprintf(out, YUTU_NUMBER_TEXT_MAX, "%s", signbit(d) ? "-0" : "0");
  if (fabs(d) < 1e-6 || fabs(d) >= 1e6)
    return yutu_double_format(d, is_float, out);
  char mantissa[40];
  const int exponent = shortest(d, is_float, mantissa);
  const int behind = (int)strlen(mantissa) - 1 - (mantissa[0] == '-') - (strchr(mantissa, '.') != NULL) - exponent;
  return (size_t)snprintf(out, YUTU_NUMBER_TEXT_MAX, "%.*f", behind > 0 ? behind : 0, d);
}
