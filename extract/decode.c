// From bytes to code points: UTF-8, or UTF-16 with a byte order mark.
#include "extract/text.h"

#include "base/utf8.h"

#include <string.h>

static yutu_status decode_utf16(yutu_arena *arena, const char *name, const unsigned char *p, size_t n, bool big,
                                yutu_source *ret, yutu_error *err) {
  uint32_t *cp = YUTU_NEW_ARRAY(arena, uint32_t, n / 2 + 1);
  uint32_t count = 0;
  unsigned line = 1;
  for (size_t i = 0; i + 1 < n; i += 2) {
    uint32_t c = big ? (uint32_t)p[i] << 8 | p[i + 1] : (uint32_t)p[i + 1] << 8 | p[i];
    if (c >= 0xD800 && c < 0xDC00 && i + 3 < n) {
      const uint32_t low = big ? (uint32_t)p[i + 2] << 8 | p[i + 3] : (uint32_t)p[i + 3] << 8 | p[i + 2];
      if (low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        i += 2;
      }
    }
    if (c >= 0xD800 && c < 0xE000)
      return yutu_fail_at(err, YUTU_ERR_INPUT, name, line, "is not valid UTF-16; convert the file to UTF-8");
    line += c == '\n';
    cp[count++] = c;
  }
  *ret = (yutu_source){cp, count};
  return YUTU_OK;
}

// A page that lost a byte at a cut is still readable: ill-formed bytes become U+FFFD as long as they are rare.
enum { BAD_PER_MILLE_MAX = 5 };

yutu_status yutu_decode(yutu_arena *arena, const char *name, const void *bytes, size_t n_bytes, yutu_source *ret,
                        yutu_error *err) {
  const unsigned char *b = bytes;
  if (n_bytes >= 2 && ((b[0] == 0xFF && b[1] == 0xFE) || (b[0] == 0xFE && b[1] == 0xFF)))
    return decode_utf16(arena, name, b + 2, n_bytes - 2, b[0] == 0xFE, ret, err);
  uint32_t *cp = YUTU_NEW_ARRAY(arena, uint32_t, n_bytes + 1);
  uint32_t n = 0, bad = 0;
  unsigned line = 1, first_bad = 0;
  const char *p = bytes, *end = p + n_bytes;
  if (n_bytes >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0)
    cp[n++] = 0xFEFF, p += 3;
  while (p < end) {
    uint32_t c = yutu_utf8_next(&p, end);
    if (c == YUTU_UTF8_BAD || c == 0) {
      first_bad = first_bad ? first_bad : line;
      bad++;
      c = 0xFFFD;
    }
    line += c == '\n';
    cp[n++] = c;
  }
  if (bad > 3 && (uint64_t)bad * 1000 > (uint64_t)n * BAD_PER_MILLE_MAX)
    return yutu_fail_at(err, YUTU_ERR_INPUT, name, first_bad, "is not UTF-8 text; convert the file to UTF-8");
  *ret = (yutu_source){cp, n};
  return YUTU_OK;
}
