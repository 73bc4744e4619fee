#include "base/utf8.h"
#include "queries/sparql/functions_table.h"
#include "queries/sparql/unicode.h"

#include <math.h>
#include <string.h>

yutu_slice yutu_exec_copy(yutu_exec *x, yutu_slice s) {
  return (yutu_slice){yutu_arena_strndup(x->scratch, s.data, s.len), s.len};
}

static bool is_string(const yutu_value *v) {
  return v->kind == YUTU_VALUE_STRING || v->kind == YUTU_VALUE_LANGUAGE;
}

/// SPARQL 1.1, 17.4.3.1.2: the second has no language, or that of the first.
static bool are_compatible(const yutu_value *a, const yutu_value *b) {
  return is_string(a) && is_string(b) && (b->kind == YUTU_VALUE_STRING || yutu_slice_eq(a->extra, b->extra));
}

/// A string with the language of another.
static yutu_value like(const yutu_value *model, yutu_slice text) {
  return (yutu_value){.kind = model->kind, .text = {text.data ? text.data : "", text.len}, .extra = model->extra};
}

static const char *find(yutu_slice text, yutu_slice what) {
  return what.len ? memmem(text.data, text.len, what.data, what.len) : text.data;
}

YUTU_EAGER(strlen) {
  (void)x, (void)n;
  if (!is_string(args))
    return false;
  *ret = yutu_value_integer((int64_t)yutu_utf8_length(args->text.data, args->text.len));
  return true;
}

/// Positions count code points from 1; they are rounded, and what lies outside the string is left out (fn:substring).
YUTU_EAGER(substr) {
  (void)x;
  if (!is_string(&args[0]) || !yutu_value_is_number(&args[1]) || (n == 3 && !yutu_value_is_number(&args[2])))
    return false;
  const double from = floor(yutu_value_double(&args[1]) + 0.5);
  const double to = n == 3 ? from + floor(yutu_value_double(&args[2]) + 0.5) : INFINITY;
  const char *p = args[0].text.data, *end = p + args[0].text.len, *first = NULL, *last = end;
  for (double at = 1; p < end; at++) {
    if (!first && at >= from)
      first = p;
    if (!(at < to)) {
      last = p;
      break;
    }
    yutu_utf8_next(&p, end);
  }
  if (!first || first > last || isnan(from) || isnan(to))
    first = last = end;
  *ret = like(args, (yutu_slice){first, (size_t)(last - first)});
  return true;
}

YUTU_EAGER(ucase) {
  (void)n;
  if (!is_string(args))
    return false;
  *ret = like(args, yutu_unicode_upper(x->scratch, args->text));
  return true;
}

YUTU_EAGER(lcase) {
  (void)n;
  if (!is_string(args))
    return false;
  *ret = like(args, yutu_unicode_lower(x->scratch, args->text));
  return true;
}

YUTU_EAGER(strstarts) {
  (void)x, (void)n;
  if (!are_compatible(&args[0], &args[1]))
    return false;
  *ret = yutu_value_boolean(yutu_slice_starts(args[0].text, args[1].text));
  return true;
}

YUTU_EAGER(strends) {
  (void)x, (void)n;
  if (!are_compatible(&args[0], &args[1]))
    return false;
  *ret = yutu_value_boolean(yutu_slice_ends(args[0].text, args[1].text));
  return true;
}

YUTU_EAGER(contains) {
  (void)x, (void)n;
  if (!are_compatible(&args[0], &args[1]))
    return false;
  *ret = yutu_value_boolean(find(args[0].text, args[1].text) != NULL);
  return true;
}

YUTU_EAGER(strbefore) {
  (void)x, (void)n;
  if (!are_compatible(&args[0], &args[1]))
    return false;
  const yutu_slice text = args[0].text;
  const char *at = find(text, args[1].text);
  *ret = at ? like(args, (yutu_slice){text.data, (size_t)(at - text.data)}) : yutu_value_string((yutu_slice){"", 0});
  return true;
}

YUTU_EAGER(strafter) {
  (void)x, (void)n;
  if (!are_compatible(&args[0], &args[1]))
    return false;
  const yutu_slice text = args[0].text;
  const char *at = find(text, args[1].text);
  if (!at) {
    *ret = yutu_value_string((yutu_slice){"", 0});
    return true;
  }
  at += args[1].text.len;
  *ret = like(args, (yutu_slice){at, (size_t)(text.data + text.len - at)});
  return true;
}

YUTU_EAGER(encode_for_uri) {
  (void)n;
  if (!is_string(args))
    return false;
  char *out = yutu_arena_alloc(x->scratch, args->text.len * 3 + 1);
  size_t len = 0;
  for (size_t i = 0; i < args->text.len; i++) {
    const unsigned char c = (unsigned char)args->text.data[i];
    if ((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c && strchr("-_.~", c))) {
      out[len++] = (char)c;
    } else {
      out[len++] = '%';
      out[len++] = "0123456789ABCDEF"[c >> 4];
      out[len++] = "0123456789ABCDEF"[c & 15];
    }
  }
  *ret = yutu_value_string((yutu_slice){out, len});
  return true;
}

/// Keeps the language when all arguments have the same.
YUTU_EAGER(concat) {
  size_t len = 0;
  bool same = n > 0;
  for (uint32_t i = 0; i < n; i++) {
    if (!is_string(&args[i]))
      return false;
    len += args[i].text.len;
    same = same && args[i].kind == args[0].kind && yutu_slice_eq(args[i].extra, args[0].extra);
  }
  char *out = yutu_arena_alloc(x->scratch, len + 1);
  size_t at = 0;
  for (uint32_t i = 0; i < n; i++) {
    if (args[i].text.len)
      memcpy(out + at, args[i].text.data, args[i].text.len);
    at += args[i].text.len;
  }
  const yutu_slice text = {out, len};
  *ret = same ? like(args, text) : yutu_value_string(text);
  return true;
}
