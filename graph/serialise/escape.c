#include "graph/serialise/escape.h"

#include "base/utf8.h"

#include <ctype.h>

static const char hex[] = "0123456789ABCDEF";

static const yutu_slice xsd_string = {"http://www.w3.org/2001/XMLSchema#string", 39};

/// What to do at a byte: nothing, or look closer.
enum { STRING = 1, IRI = 2, JSON = 4, XML = 8 };

static const unsigned char special[256] = {
    [0x00 ... 0x08] = STRING | IRI | JSON | XML,
    ['\t'] = STRING | IRI | JSON | XML,
    ['\n'] = STRING | IRI | JSON | XML,
    [0x0B ... 0x0C] = STRING | IRI | JSON | XML,
    ['\r'] = STRING | IRI | JSON | XML,
    [0x0E ... 0x1F] = STRING | IRI | JSON | XML,
    [' '] = IRI,
    ['"'] = STRING | IRI | JSON | XML,
    ['&'] = XML,
    ['<'] = IRI | XML,
    ['>'] = IRI | XML,
    ['\\'] = STRING | IRI | JSON,
    ['^'] = IRI,
    ['`'] = IRI,
    ['{'] = IRI,
    ['|'] = IRI,
    ['}'] = IRI,
    [0x7F] = STRING | IRI,
    [0xC2] = STRING | IRI, // U+0085
    [0xE2] = STRING | IRI, // U+2028, U+2029
    [0xEF] = XML,          // U+FFFE, U+FFFF
};

/// Write up to the next special byte. @return where it is, or `end`.
static const char *put_run(yutu_output *out, const char *p, const char *end, int mask) {
  const char *const from = p;
  while (p < end && !(special[(unsigned char)*p] & mask))
    p++;
  yutu_put(out, from, (size_t)(p - from));
  return p;
}

static void put_u4(yutu_output *out, unsigned code_point) {
  const char escape[6] = {'\\',
                          'u',
                          hex[code_point >> 12 & 15],
                          hex[code_point >> 8 & 15],
                          hex[code_point >> 4 & 15],
                          hex[code_point & 15]};
  yutu_put(out, escape, sizeof escape);
}

/// The character at p when programs take it for a line's end: its code point and, by `ret_n`, its bytes. Else 0.
static unsigned wide_break(const char *p, const char *end, size_t *ret_n) {
  const unsigned char *u = (const unsigned char *)p;
  if (end - p >= 2 && u[0] == 0xC2 && u[1] == 0x85) {
    *ret_n = 2;
    return 0x85;
  }
  if (end - p >= 3 && u[0] == 0xE2 && u[1] == 0x80 && (u[2] == 0xA8 || u[2] == 0xA9)) {
    *ret_n = 3;
    return 0x2000u | (u[2] & 0x3Fu);
  }
  return 0;
}

/// One special byte that is not plain ASCII: an escape, or itself.
static const char *put_wide(yutu_output *out, const char *p, const char *end) {
  size_t n = 1;
  const unsigned code_point = wide_break(p, end, &n);
  if (code_point)
    put_u4(out, code_point);
  else
    yutu_put_char(out, *p);
  return p + n;
}

/// The letter of a control character's short escape, or 0.
static char short_escape(char c) {
  switch (c) {
  case '\b':
    return 'b';
  case '\t':
    return 't';
  case '\n':
    return 'n';
  case '\f':
    return 'f';
  case '\r':
    return 'r';
  case '"':
  case '\\':
    return c;
  default:
    return 0;
  }
}

static void put_control(yutu_output *out, char c) {
  const char letter = short_escape(c);
  if (letter)
    yutu_put(out, (const char[2]){'\\', letter}, 2);
  else
    put_u4(out, (unsigned char)c);
}

void yutu_put_string(yutu_output *out, yutu_slice text) {
  const char *p = text.data, *const end = p + text.len;
  yutu_put_char(out, '"');
  while ((p = put_run(out, p, end, STRING)) < end) {
    if ((unsigned char)*p >= 0x80)
      p = put_wide(out, p, end);
    else
      put_control(out, *p++);
  }
  yutu_put_char(out, '"');
}

void yutu_put_iriref(yutu_output *out, yutu_slice iri) {
  const char *p = iri.data, *const end = p + iri.len;
  yutu_put_char(out, '<');
  while ((p = put_run(out, p, end, IRI)) < end) {
    if ((unsigned char)*p >= 0x80)
      p = put_wide(out, p, end);
    else
      put_u4(out, (unsigned char)*p++);
  }
  yutu_put_char(out, '>');
}

void yutu_put_json_text(yutu_output *out, yutu_slice text) {
  const char *p = text.data, *const end = p + text.len;
  while ((p = put_run(out, p, end, JSON)) < end)
    put_control(out, *p++);
}

void yutu_put_json(yutu_output *out, yutu_slice text) {
  yutu_put_char(out, '"');
  yutu_put_json_text(out, text);
  yutu_put_char(out, '"');
}

static bool label_char(unsigned char c) {
  return isalnum(c) || c == '_' || c == '-';
}

/// Labels that begin so are written in hexadecimal, whatever they contain: the mark must not be met by chance.
static const yutu_slice hex_mark = {"x-", 2};

static bool plain_label(yutu_slice label) {
  if (label.len == 0 || label.data[0] == '-' || yutu_slice_starts(label, hex_mark))
    return false;
  for (size_t i = 0; i < label.len; i++) {
    if (!label_char((unsigned char)label.data[i]))
      return false;
  }
  return true;
}

void yutu_put_blank(yutu_output *out, yutu_slice label) {
  yutu_put_text(out, "_:");
  if (plain_label(label)) {
    yutu_put_slice(out, label);
    return;
  }
  yutu_put_slice(out, hex_mark);
  for (size_t i = 0; i < label.len; i++) {
    const unsigned char c = (unsigned char)label.data[i];
    yutu_put(out, (const char[2]){hex[c >> 4], hex[c & 15]}, 2);
  }
}

void yutu_put_language(yutu_output *out, yutu_slice language) {
  yutu_slice rest = language;
  bool first = true, after_singleton = false;
  for (yutu_slice tag; yutu_slice_split(&rest, '-', &tag); first = false) {
    if (!first)
      yutu_put_char(out, '-');
    const bool cased = !first && !after_singleton;
    for (size_t i = 0; i < tag.len; i++) {
      const bool upper = cased && (tag.len == 2 || (tag.len == 4 && i == 0));
      const unsigned char c = (unsigned char)tag.data[i];
      yutu_put_char(out, (char)(upper ? toupper(c) : tolower(c)));
    }
    after_singleton = after_singleton || tag.len == 1;
  }
}

bool yutu_is_plain_datatype(yutu_slice datatype) {
  return datatype.len == 0 || yutu_slice_eq(datatype, xsd_string);
}

static void put_literal(yutu_output *out, const yutu_term *term) {
  yutu_put_string(out, term->value);
  if (term->language.len) {
    yutu_put_char(out, '@');
    yutu_put_language(out, term->language);
  } else if (!yutu_is_plain_datatype(term->datatype)) {
    yutu_put(out, "^^", 2);
    yutu_put_iriref(out, term->datatype);
  }
}

void yutu_put_term(yutu_output *out, const yutu_term *term) {
  switch (term->kind) {
  case YUTU_TERM_IRI:
    yutu_put_iriref(out, term->value);
    break;
  case YUTU_TERM_LITERAL:
    put_literal(out, term);
    break;
  case YUTU_TERM_BLANK:
    yutu_put_blank(out, term->value);
    break;
  case YUTU_TERM_NONE:
    break;
  }
}

/// XML's reference for a special byte, "" when XML 1.0 has none, NULL when the byte may stand for itself.
static const char *xml_reference(const char *p, const char *end) {
  switch (*p) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '"':
    return "&quot;";
  case '\t':
    return "&#9;";
  case '\n':
    return "&#10;";
  case '\r':
    return "&#13;";
  case '\xEF':
    return end - p >= 3 && p[1] == '\xBF' && (p[2] == '\xBE' || p[2] == '\xBF') ? "" : NULL;
  default:
    return "";
  }
}

static bool put_xml(yutu_output *out, yutu_slice text, bool lossy) {
  const char *p = text.data, *const end = p + text.len;
  while ((p = put_run(out, p, end, XML)) < end) {
    const char *reference = xml_reference(p, end);
    const size_t n = *p == '\xEF' && reference ? 3 : 1;
    if (!reference)
      yutu_put_char(out, *p);
    else if (*reference)
      yutu_put_text(out, reference);
    else if (lossy)
      yutu_put_text(out, "\uFFFD");
    else
      return false;
    p += n;
  }
  return true;
}

bool yutu_put_xml(yutu_output *out, yutu_slice text) {
  return put_xml(out, text, false);
}

void yutu_put_xml_lossy(yutu_output *out, yutu_slice text) {
  put_xml(out, text, true);
}

/// May the code point be in a local name, and may a local name begin with it?
static bool local_char(uint32_t c, bool *ret_start) {
  const bool letter = (c < 0x80 && (isalpha((int)c) || c == '_')) || (c >= 0x4E00 && c <= 0x9FA5);
  *ret_start = letter;
  return letter || (c < 0x80 && (isdigit((int)c) || c == '-'));
}

size_t yutu_split_iri(yutu_slice iri) {
  const char *const begin = iri.data, *const end = begin + iri.len;
  const char *p = end, *cut = end;
  while (p > begin) {
    const char *q = p - 1;
    while (q > begin && ((unsigned char)*q & 0xC0) == 0x80)
      q--;
    const char *next = q;
    bool start = false;
    if (!local_char(yutu_utf8_next(&next, end), &start))
      break;
    if (start)
      cut = q;
    p = q;
  }
  return (size_t)(cut - begin);
}
