#include "extract/text.h"

#include "base/utf8.h"

#include <string.h>

bool yutu_is_han(uint32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3007 || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x3FFFF);
}

bool yutu_is_latin(uint32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) ||
         (c >= 0x370 && c <= 0x52F);
}

bool yutu_is_digit(uint32_t c) {
  return c >= '0' && c <= '9';
}

bool yutu_is_terminal(uint32_t c) {
  return c == 0x3002 || c == 0xFF01 || c == 0xFF1F;
}

static const uint32_t pairs[][2] = {{0x201C, 0x201D}, {0x2018, 0x2019}, {0xFF08, 0xFF09}, {0x300A, 0x300B},
                                    {0x3008, 0x3009}, {0x3010, 0x3011}, {'(', ')'},       {'[', ']'},
                                    {0x300C, 0x300D}, {0x300E, 0x300F}};

bool yutu_is_opening(uint32_t c) {
  return yutu_closing_of(c) != 0;
}

bool yutu_is_closing(uint32_t c) {
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    if (pairs[i][1] == c)
      return true;
  }
  return false;
}

uint32_t yutu_closing_of(uint32_t opening) {
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    if (pairs[i][0] == opening)
      return pairs[i][1];
  }
  return 0;
}

yutu_slice yutu_text_utf8(yutu_arena *arena, const uint32_t *cp, uint32_t n) {
  char *utf8 = yutu_arena_alloc(arena, (size_t)n * 4 + 1);
  size_t len = 0;
  for (uint32_t i = 0; i < n; i++)
    len += yutu_utf8_encode(cp[i], utf8 + len);
  utf8[len] = '\0';
  return (yutu_slice){utf8, len};
}

uint32_t yutu_text_starts(const uint32_t *cp, uint32_t n, const char *literal) {
  const char *p = literal, *end = literal + strlen(literal);
  uint32_t i = 0;
  for (; p < end; i++) {
    if (i >= n || cp[i] != yutu_utf8_next(&p, end))
      return 0;
  }
  return i;
}
