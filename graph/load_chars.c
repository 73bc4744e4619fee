#include "graph/load_chars.h"

typedef struct {
  uint32_t first, last;
} range;

static bool in_ranges(uint32_t c, const range *ranges, size_t n) {
  for (size_t i = 0; i < n && c >= ranges[i].first; i++) {
    if (c <= ranges[i].last)
      return true;
  }
  return false;
}

bool yutu_is_name_letter(uint32_t c) {
  if (c < 0x80)
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  static const range letters[] = {{0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},
                                  {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
                                  {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
  return in_ranges(c, letters, sizeof letters / sizeof *letters);
}

bool yutu_is_name_char(uint32_t c) {
  static const range others[] = {{'-', '-'}, {'0', '9'}, {'_', '_'}, {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}};
  return yutu_is_name_letter(c) || in_ranges(c, others, sizeof others / sizeof *others);
}

bool yutu_is_iri_char(uint32_t c) {
  static const bool forbidden[0x80] = {[0x00 ... 0x20] = true, ['<'] = true, ['>'] = true,  ['"'] = true, ['{'] = true,
                                       ['}'] = true,           ['|'] = true, ['\\'] = true, ['^'] = true, ['`'] = true};
  return c >= 0x80 || !forbidden[c];
}

static int hex_value(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  return -1;
}

size_t yutu_numeric_escape(const char *p, const char *end, uint32_t *ret) {
  const size_t digits = end - p < 2 ? 0 : p[1] == 'u' ? 4 : p[1] == 'U' ? 8 : 0;
  if (digits == 0 || (size_t)(end - p) < 2 + digits)
    return 0;
  uint32_t c = 0;
  for (size_t i = 0; i < digits; i++) {
    const int value = hex_value(p[2 + i]);
    if (value < 0 || c > 0x10FFFF)
      return 0;
    c = c << 4 | (uint32_t)value;
  }
  if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
    return 0;
  *ret = c;
  return 2 + digits;
}

char yutu_letter_escape(char letter) {
  switch (letter) {
  case 't':
    return '\t';
  case 'b':
    return '\b';
  case 'n':
    return '\n';
  case 'r':
    return '\r';
  case 'f':
    return '\f';
  case '"':
  case '\'':
  case '\\':
    return letter;
  default:
    return 0;
  }
}
