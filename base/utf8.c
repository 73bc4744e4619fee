#include "base/utf8.h"

#include <string.h>

uint32_t yutu_utf8_next(const char **p, const char *end) {
  const unsigned char *s = (const unsigned char *)*p;
  const size_t n = (size_t)(end - *p);
  const unsigned b = s[0];
  unsigned length = 1;
  uint32_t c = b;
  if (b >= 0x80) {
    length = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
    if (b < 0xC2 || b > 0xF4 || n < length) {
      *p += 1;
      return YUTU_UTF8_BAD;
    }
    c = b & (0x7Fu >> length);
    for (unsigned i = 1; i < length; i++) {
      if ((s[i] & 0xC0) != 0x80) {
        *p += 1;
        return YUTU_UTF8_BAD;
      }
      c = c << 6 | (s[i] & 0x3F);
    }
    if ((length == 3 && (c < 0x800 || (c >= 0xD800 && c < 0xE000))) || (length == 4 && (c < 0x10000 || c > 0x10FFFF))) {
      *p += 1;
      return YUTU_UTF8_BAD;
    }
  }
  *p += length;
  return c;
}

size_t yutu_utf8_encode(uint32_t c, char out[4]) {
  if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
    c = 0xFFFD;
  if (c < 0x80) {
    out[0] = (char)c;
    return 1;
  }
  if (c < 0x800) {
    out[0] = (char)(0xC0 | c >> 6);
    out[1] = (char)(0x80 | (c & 0x3F));
    return 2;
  }
  if (c < 0x10000) {
    out[0] = (char)(0xE0 | c >> 12);
    out[1] = (char)(0x80 | (c >> 6 & 0x3F));
    out[2] = (char)(0x80 | (c & 0x3F));
    return 3;
  }
  out[0] = (char)(0xF0 | c >> 18);
  out[1] = (char)(0x80 | (c >> 12 & 0x3F));
  out[2] = (char)(0x80 | (c >> 6 & 0x3F));
  out[3] = (char)(0x80 | (c & 0x3F));
  return 4;
}

/// Bytes of plain ASCII, or of well-formed characters of three bytes (Chinese), at p: what texts mostly are.
static size_t common_run(const char *p, const char *end) {
  const char *const from = p;
  uint64_t eight;
  while (end - p >= 8 && (memcpy(&eight, p, 8), !(eight & UINT64_C(0x8080808080808080))))
    p += 8;
  for (const unsigned char *s = (const unsigned char *)p; end - p >= 3; p += 3, s += 3) {
    // E1–EC and EE–EF: no overlong forms and no surrogates among them
    if (s[0] < 0xE1 || s[0] > 0xEF || s[0] == 0xED || (s[1] & 0xC0) != 0x80 || (s[2] & 0xC0) != 0x80)
      break;
  }
  return (size_t)(p - from);
}

size_t yutu_utf8_check(const char *s, size_t n) {
  const char *p = s, *end = s + n;
  while (p < end) {
    p += common_run(p, end);
    const char *start = p;
    if (p < end && yutu_utf8_next(&p, end) == YUTU_UTF8_BAD)
      return (size_t)(start - s);
  }
  return n;
}

size_t yutu_utf8_length(const char *s, size_t n) {
  size_t count = 0;
  for (const char *p = s; p < s + n; count++)
    yutu_utf8_next(&p, s + n);
  return count;
}

// Blocks whose East_Asian_Width is W or F (Unicode 15, EastAsianWidth.txt), coarsely; and combining marks.
static size_t columns(uint32_t c) {
  static const struct {
    uint32_t first, last;
  } wide[] = {{0x1100, 0x115F}, {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xA960, 0xA97F},
              {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
              {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
  if (c < 0x20 || (c >= 0x300 && c <= 0x36F) || c == 0x200B || c == 0xFEFF)
    return 0;
  for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
    if (c < wide[i].first)
      return 1;
    if (c <= wide[i].last)
      return 2;
  }
  return 1;
}

size_t yutu_utf8_columns(const char *s, size_t n) {
  size_t sum = 0;
  for (const char *p = s; p < s + n;) {
    const uint32_t c = yutu_utf8_next(&p, s + n);
    sum += c == YUTU_UTF8_BAD ? 1 : columns(c);
  }
  return sum;
}
