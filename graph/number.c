#include "graph/number.h"

#include "ontology/vocabulary.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static yutu_term typed(yutu_slice text, const char *datatype) {
  return yutu_typed(text, yutu_slice_of(datatype));
}

/// A decimal's pieces: sign, digits before and behind the point without superfluous zeros.
typedef struct {
  bool minus;
  yutu_slice whole, fraction;
} decimal;

static yutu_slice take_digits(const char **p, const char *end) {
  const char *const from = *p;
  while (*p < end && isdigit((unsigned char)**p))
    ++*p;
  return (yutu_slice){from, (size_t)(*p - from)};
}

static bool parse(yutu_slice text, decimal *ret) {
  const char *p = text.data, *const end = p + text.len;
  ret->minus = p < end && *p == '-';
  if (p < end && (*p == '-' || *p == '+'))
    p++;
  ret->whole = take_digits(&p, end);
  ret->fraction = (yutu_slice){end, 0};
  if (p < end && *p == '.') {
    p++;
    ret->fraction = take_digits(&p, end);
  }
  if (p != end || ret->whole.len + ret->fraction.len == 0)
    return false;
  while (ret->whole.len && ret->whole.data[0] == '0')
    ret->whole = (yutu_slice){ret->whole.data + 1, ret->whole.len - 1};
  while (ret->fraction.len && ret->fraction.data[ret->fraction.len - 1] == '0')
    ret->fraction.len--;
  ret->minus = ret->minus && ret->whole.len + ret->fraction.len;
  return true;
}

yutu_term yutu_number_term(yutu_arena *arena, yutu_slice text) {
  decimal d;
  if (!parse(text, &d))
    return yutu_text(text, (yutu_slice){NULL, 0});
  char *out = yutu_arena_alloc(arena, text.len + 3);
  if (!out)
    return (yutu_term){.kind = YUTU_TERM_LITERAL};
  const int n =
      sprintf(out, "%s%.*s%s%.*s", d.minus ? "-" : "", (int)(d.whole.len ? d.whole.len : 1),
              d.whole.len ? d.whole.data : "0", d.fraction.len ? "." : "", (int)d.fraction.len, d.fraction.data);
  return typed((yutu_slice){out, (size_t)n}, d.fraction.len ? YUTU_NS_XSD "decimal" : YUTU_NS_XSD "integer");
}

yutu_term yutu_decimal_term(yutu_arena *arena, double value, unsigned digits) {
  enum { LONGEST = 340 };
  char *out = yutu_arena_alloc(arena, LONGEST);
  if (!out)
    return (yutu_term){.kind = YUTU_TERM_LITERAL};
  double scale = 1;
  for (unsigned i = 0; i < digits; i++)
    scale *= 10;
  const double rounded = isfinite(value) ? round(value * scale) / scale : 0;
  int n = snprintf(out, LONGEST, "%.*f", (int)(digits ? digits : 1), rounded == 0 ? 0.0 : rounded);
  while (n > 2 && out[n - 1] == '0' && out[n - 2] != '.')
    n--;
  return typed((yutu_slice){out, (size_t)n}, YUTU_NS_XSD "decimal");
}

static bool is_number_in(yutu_slice text, size_t at, size_t n, unsigned low, unsigned high) {
  unsigned value = 0;
  for (size_t i = at; i < at + n; i++) {
    if (!isdigit((unsigned char)text.data[i]))
      return false;
    value = value * 10 + (unsigned)(text.data[i] - '0');
  }
  return value >= low && value <= high;
}

static unsigned days_of(yutu_slice text) {
  static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const unsigned year = (unsigned)strtoul(text.data, NULL, 10);
  const unsigned month = (unsigned)(text.data[5] - '0') * 10 + (unsigned)(text.data[6] - '0');
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[month - 1] + (month == 2 && leap);
}

yutu_term yutu_date_term(yutu_slice text) {
  const bool year = text.len >= 4 && is_number_in(text, 0, 4, 1, 9999);
  const bool month = year && text.len >= 7 && text.data[4] == '-' && is_number_in(text, 5, 2, 1, 12);
  if (year && text.len == 4)
    return typed(text, YUTU_NS_XSD "gYear");
  if (month && text.len == 7)
    return typed(text, YUTU_NS_XSD "gYearMonth");
  if (month && text.len == 10 && text.data[7] == '-' && is_number_in(text, 8, 2, 1, days_of(text)))
    return typed(text, YUTU_NS_XSD "date");
  return yutu_text(text, (yutu_slice){NULL, 0});
}
