#include "graph/iri.h"

#include "base/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

const yutu_slice yutu_iri_default_base = {YUTU_DEFAULT_BASE, sizeof YUTU_DEFAULT_BASE - 1};

/// By the grammars of RDF's syntaxes. (U+007F is no character of an IRI either, but they let it pass.)
static bool forbidden(unsigned char c) {
  return c <= 0x20 || strchr("<>\"{}|\\^`", c) != NULL;
}

size_t yutu_iri_scheme(yutu_slice iri) {
  if (iri.len == 0 || !isalpha((unsigned char)iri.data[0]))
    return 0;
  for (size_t i = 1; i < iri.len; i++) {
    const unsigned char c = (unsigned char)iri.data[i];
    if (c == ':')
      return i + 1;
    if (!isalnum(c) && c != '+' && c != '-' && c != '.')
      return 0;
  }
  return 0;
}

bool yutu_iri_is_absolute(yutu_slice iri) {
  if (yutu_iri_scheme(iri) == 0)
    return false;
  for (size_t i = 0; i < iri.len; i++) {
    if (forbidden((unsigned char)iri.data[i]))
      return false;
  }
  return true;
}

bool yutu_iri_is_base(yutu_slice base) {
  return yutu_iri_is_absolute(base) &&
         (yutu_slice_ends(base, YUTU_SLICE("/")) || yutu_slice_ends(base, YUTU_SLICE("#")));
}

/// RFC 3987's characters beyond ASCII that may stand in a path (ucschar).
static bool is_ucschar(uint32_t c) {
  if (c < 0x10000)
    return (c >= 0xA0 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFDCF) || (c >= 0xFDF0 && c <= 0xFFEF);
  return c < 0xF0000 && (c & 0xFFFF) <= 0xFFFD && !(c >= 0xE0000 && c < 0xE1000);
}

/// May the character stand in a path as it is? A gazetteer id brings its own slashes.
static bool stands(uint32_t c, bool slashes) {
  if (c >= 0x80)
    return c != YUTU_UTF8_BAD && is_ucschar(c);
  if (c == '/')
    return slashes;
  return !forbidden((unsigned char)c) && !strchr("?#%[]\x7F", (int)c);
}

enum { ENCODED_MAX = 3 }; ///< bytes out for a byte in

/// Append a path piece to *to, encoded where it must be. An ill-formed byte stands for U+FFFD.
static char *put_path(char *to, yutu_slice text, bool slashes) {
  static const char hex[] = "0123456789ABCDEF";
  const char *p = text.data, *const end = p + text.len;
  while (p < end) {
    const char *const from = p;
    const uint32_t c = yutu_utf8_next(&p, end);
    if (stands(c, slashes)) {
      memcpy(to, from, (size_t)(p - from));
      to += p - from;
      continue;
    }
    char bytes[4];
    const size_t n = yutu_utf8_encode(c, bytes);
    for (size_t i = 0; i < n; i++) {
      const unsigned char byte = (unsigned char)bytes[i];
      *to++ = '%';
      *to++ = hex[byte >> 4];
      *to++ = hex[byte & 15];
    }
  }
  return to;
}

enum { BAD_BYTE_MAX = 9 }; ///< bytes out for an ill-formed byte: %EF%BF%BD

static char *put(char *to, yutu_slice text) {
  if (text.len)
    memcpy(to, text.data, text.len);
  return to + text.len;
}

yutu_slice yutu_iri_entity(yutu_arena *arena, yutu_slice base, yutu_class cls, yutu_slice name, yutu_slice id) {
  const yutu_slice group = yutu_slice_of(yutu_class_group(cls));
  const yutu_slice key = id.len ? id : name;
  const bool sound = yutu_utf8_check(key.data, key.len) == key.len;
  const size_t key_max = key.len * (sound ? ENCODED_MAX : BAD_BYTE_MAX);
  char *text = yutu_arena_alloc(arena, base.len + sizeof "id//" + group.len + key_max);
  if (!text)
    return (yutu_slice){NULL, 0};
  char *to = put(put(text, base), YUTU_SLICE("id/"));
  if (!id.len)
    to = put(put(to, group), YUTU_SLICE("/"));
  to = put_path(to, key, id.len != 0);
  return (yutu_slice){text, (size_t)(to - text)};
}

static yutu_slice join(yutu_arena *arena, yutu_slice a, yutu_slice b, yutu_slice c) {
  char *text = yutu_arena_alloc(arena, a.len + b.len + c.len + 1);
  if (!text)
    return (yutu_slice){NULL, 0};
  put(put(put(text, a), b), c);
  return (yutu_slice){text, a.len + b.len + c.len};
}

yutu_slice yutu_iri_article(yutu_arena *arena, yutu_slice base, yutu_slice digest) {
  return join(arena, base, YUTU_SLICE("article/"), digest);
}

yutu_slice yutu_iri_sentence(yutu_arena *arena, yutu_slice article, uint32_t begin, uint32_t end) {
  char numbers[32];
  const int n = snprintf(numbers, sizeof numbers, "%u,%u", begin, end);
  return join(arena, article, YUTU_SLICE("#char="), (yutu_slice){numbers, (size_t)n});
}

yutu_slice yutu_iri_claim(yutu_arena *arena, yutu_slice article, uint32_t number) {
  char digits[16];
  const int n = snprintf(digits, sizeof digits, "%u", number);
  return join(arena, article, YUTU_SLICE("#claim-"), (yutu_slice){digits, (size_t)n});
}

yutu_slice yutu_iri_gazetteer(yutu_arena *arena, yutu_slice base) {
  return join(arena, base, YUTU_SLICE("graph/gazetteer"), (yutu_slice){NULL, 0});
}

static bool fits_xml(uint32_t c) {
  return c >= 0x20 ? c != 0xFFFE && c != 0xFFFF && c != YUTU_UTF8_BAD : c == '\t' || c == '\n' || c == '\r';
}

/// Is there nothing to replace?
static bool is_sound(yutu_slice text) {
  if (yutu_utf8_check(text.data, text.len) != text.len)
    return false;
  for (size_t i = 0; i < text.len; i++) {
    const unsigned char c = (unsigned char)text.data[i];
    if (c < 0x20 ? !fits_xml(c) : c == 0xEF && memcmp(text.data + i, "\xEF\xBF\xBE", 3) >= 0)
      return false;
  }
  return true;
}

yutu_slice yutu_text_repair(yutu_arena *arena, yutu_slice text) {
  if (is_sound(text))
    return text;
  char *repaired = yutu_arena_alloc(arena, text.len * 3 + 1);
  if (!repaired)
    return (yutu_slice){NULL, 0};
  char *to = repaired;
  for (const char *p = text.data, *end = p + text.len; p < end;) {
    const uint32_t c = yutu_utf8_next(&p, end);
    to += yutu_utf8_encode(fits_xml(c) ? c : 0xFFFD, to);
  }
  return (yutu_slice){repaired, (size_t)(to - repaired)};
}
