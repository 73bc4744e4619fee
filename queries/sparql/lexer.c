#include "queries/sparql/lexer.h"

#include "base/utf8.h"

#include <string.h>

typedef struct {
  const char *start, *at, *end;
  yutu_arena *arena;
  yutu_error *err;
  YUTU_VEC(yutu_token) tokens;
} lexer;

bool yutu_is_pn_chars_base(uint32_t c) {
  static const struct {
    uint32_t from, to;
  } ranges[] = {{'A', 'Z'},       {'a', 'z'},       {0x00C0, 0x00D6}, {0x00D8, 0x00F6},  {0x00F8, 0x02FF},
                {0x0370, 0x037D}, {0x037F, 0x1FFF}, {0x200C, 0x200D}, {0x2070, 0x218F},  {0x2C00, 0x2FEF},
                {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
  for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
    if (c >= ranges[i].from && c <= ranges[i].to)
      return true;
  }
  return false;
}

bool yutu_is_pn_chars_u(uint32_t c) {
  return c == '_' || yutu_is_pn_chars_base(c);
}

static bool is_digit(uint32_t c) {
  return c >= '0' && c <= '9';
}

static bool is_hex(uint32_t c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool yutu_is_pn_chars(uint32_t c) {
  return c == '-' || is_digit(c) || c == 0xB7 || (c >= 0x0300 && c <= 0x036F) || c == 0x203F || c == 0x2040 ||
         yutu_is_pn_chars_u(c);
}

static bool is_varname(uint32_t c, bool first) {
  return is_digit(c) || yutu_is_pn_chars_u(c) ||
         (!first && (c == 0xB7 || (c >= 0x0300 && c <= 0x036F) || c == 0x203F || c == 0x2040));
}

void yutu_sparql_locate(yutu_slice text, size_t offset, yutu_error *err) {
  if (!err)
    return;
  if (offset > text.len)
    offset = text.len;
  unsigned line = 1;
  const char *line_start = text.data;
  for (const char *c = text.data; c < text.data + offset; c++) {
    if (*c == '\n') {
      line++;
      line_start = c + 1;
    }
  }
  err->line = line;
  err->column = 1 + (unsigned)yutu_utf8_length(line_start, (size_t)(text.data + offset - line_start));
  err->offset = offset;
}

static yutu_status fail(lexer *l, const char *at, const char *message) {
  const yutu_status status = yutu_fail(l->err, YUTU_ERR_QUERY, "%s", message);
  yutu_sparql_locate((yutu_slice){l->start, (size_t)(l->end - l->start)}, (size_t)(at - l->start), l->err);
  return status;
}

static unsigned hex_digit(char c) {
  return (unsigned)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

yutu_status yutu_sparql_unescape(yutu_slice text, yutu_arena *arena, yutu_slice *ret, yutu_error *err) {
  if (!memmem(text.data, text.len, "\\u", 2) && !memmem(text.data, text.len, "\\U", 2)) {
    *ret = text;
    return YUTU_OK;
  }
  char *out = yutu_arena_alloc(arena, text.len + 1);
  size_t n = 0;
  for (size_t i = 0; i < text.len;) {
    if (text.data[i] != '\\' || i + 1 == text.len) {
      out[n++] = text.data[i++];
      continue;
    }
    const size_t digits = text.data[i + 1] == 'u' ? 4 : text.data[i + 1] == 'U' ? 8 : 0;
    if (!digits) {
      out[n++] = text.data[i++];
      out[n++] = text.data[i++];
      continue;
    }
    uint32_t c = 0;
    size_t k = 0;
    while (k < digits && i + 2 + k < text.len && is_hex((unsigned char)text.data[i + 2 + k]))
      c = c << 4 | hex_digit(text.data[i + 2 + k++]);
    if (k < digits || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
      const yutu_status status = yutu_fail(err, YUTU_ERR_QUERY, "\\%c needs %zu hexadecimal digits of a character",
                                           digits == 4 ? 'u' : 'U', digits);
      yutu_sparql_locate(text, i, err);
      return status;
    }
    // A quote or a backslash stays a character of the string that it is in; the result is never longer.
    if (c == '"' || c == '\'' || c == '\\') {
      out[n++] = '\\';
      out[n++] = (char)c;
    } else if (c == '\n' || c == '\r') {
      out[n++] = '\\';
      out[n++] = c == '\n' ? 'n' : 'r';
    } else {
      n += yutu_utf8_encode(c, out + n);
    }
    i += 2 + digits;
  }
  *ret = (yutu_slice){out, n};
  return YUTU_OK;
}

static uint32_t peek(const lexer *l, const char *at, const char **ret_next) {
  if (at >= l->end)
    return 0;
  const char *p = at;
  const uint32_t c = yutu_utf8_next(&p, l->end);
  if (ret_next)
    *ret_next = p;
  return c;
}

static void push(lexer *l, yutu_token_kind kind, const char *from, const char *to, const char *token_start,
                 bool space) {
  yutu_token *t = YUTU_PUSH(l->arena, &l->tokens);
  *t = (yutu_token){kind, {from, (size_t)(to - from)}, (size_t)(token_start - l->start), space};
}

static const char *skip_space(lexer *l) {
  const char *p = l->at;
  while (p < l->end) {
    if (*p == '#') {
      while (p < l->end && *p != '\n' && *p != '\r')
        p++;
    } else if (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r') {
      p++;
    } else {
      break;
    }
  }
  return p;
}

/// The end of an IRIREF that starts at `p` ('<'), or NULL when it is a comparison.
static const char *iri_end(const lexer *l, const char *p) {
  for (p++; p < l->end; p++) {
    const unsigned char c = (unsigned char)*p;
    if (c == '>')
      return p;
    if (c <= 0x20 || strchr("<\"{}|^`\\", c))
      return NULL;
  }
  return NULL;
}

static yutu_status lex_string(lexer *l, bool space) {
  const char *start = l->at;
  const char quote = *start;
  const bool is_long = l->end - start >= 3 && start[1] == quote && start[2] == quote;
  const char *p = start + (is_long ? 3 : 1), *from = p;
  for (; p < l->end; p++) {
    if (*p == '\\') {
      if (p + 1 == l->end || !memchr("tbnrf\\\"'", p[1], 8))
        return fail(l, p, "unknown escape in a string; known are \\t \\b \\n \\r \\f \\\\ \\\" \\' and \\u");
      p++;
    } else if (!is_long && (*p == '\n' || *p == '\r')) {
      return fail(l, start, "the string does not end on its line; close it, or use three quotes");
    } else if (*p == quote && (!is_long || (l->end - p >= 3 && p[1] == quote && p[2] == quote))) {
      push(l, YUTU_TOKEN_STRING, from, p, start, space);
      l->at = p + (is_long ? 3 : 1);
      return YUTU_OK;
    }
  }
  return fail(l, start, "the string has no end");
}

static void lex_number(lexer *l, bool space) {
  const char *start = l->at, *p = start;
  yutu_token_kind kind = YUTU_TOKEN_INTEGER;
  while (p < l->end && is_digit((unsigned char)*p))
    p++;
  const char *after_integer = p;
  if (p < l->end && *p == '.') {
    p++;
    while (p < l->end && is_digit((unsigned char)*p))
      p++;
    if (p > after_integer + 1)
      kind = YUTU_TOKEN_DECIMAL;
  }
  const char *e = p;
  if (e < l->end && (*e == 'e' || *e == 'E')) {
    e++;
    if (e < l->end && (*e == '+' || *e == '-'))
      e++;
    if (e < l->end && is_digit((unsigned char)*e)) {
      while (e < l->end && is_digit((unsigned char)*e))
        e++;
      kind = YUTU_TOKEN_DOUBLE;
      p = e;
    }
  }
  if (kind == YUTU_TOKEN_INTEGER)
    p = after_integer; // "1." is an integer and the end of a triple
  push(l, kind, start, p, start, space);
  l->at = p;
}

/// The end of a local name that starts at `p`: names may hold dots and colons but not end with a dot.
static const char *local_end(const lexer *l, const char *p) {
  const char *last = p;
  bool first = true;
  while (p < l->end) {
    const char *next = p + 1;
    const uint32_t c = peek(l, p, &next);
    if (c == '%') {
      if (l->end - p < 3 || !is_hex((unsigned char)p[1]) || !is_hex((unsigned char)p[2]))
        break;
      p += 3;
      last = p;
    } else if (c == '\\') {
      if (l->end - p < 2 || !p[1] || !strchr("_~.-!$&'()*+,;=/?#@%", p[1]))
        break;
      p += 2;
      last = p;
    } else if (c == '.' && !first) {
      p = next;
    } else if (c == ':' || is_digit(c) || (first ? yutu_is_pn_chars_u(c) : yutu_is_pn_chars(c))) {
      p = next;
      last = p;
    } else {
      break;
    }
    first = false;
  }
  return last;
}

/// The end of a run of PN_CHARS and dots that does not end with a dot.
static const char *dotted_end(const lexer *l, const char *p) {
  const char *last = p;
  while (p < l->end) {
    const char *next = p + 1;
    const uint32_t c = peek(l, p, &next);
    if (c != '.' && !yutu_is_pn_chars(c))
      break;
    p = next;
    if (c != '.')
      last = p;
  }
  return last;
}

/// A keyword, or a name with a prefix.
static yutu_status lex_name(lexer *l, bool space) {
  const char *start = l->at;
  const char *prefix_end = yutu_is_pn_chars_base(peek(l, start, NULL)) ? dotted_end(l, start) : start;
  if (prefix_end < l->end && *prefix_end == ':') {
    const char *end = local_end(l, prefix_end + 1);
    push(l, YUTU_TOKEN_PNAME, start, end, start, space);
    l->at = end;
    return YUTU_OK;
  }
  const char *p = start;
  while (p < l->end && ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || *p == '_' ||
                        (p > start && is_digit((unsigned char)*p))))
    p++;
  if (p == start)
    return fail(l, start, "unexpected character; a name needs its prefix and a colon, a string needs quotes");
  push(l, YUTU_TOKEN_WORD, start, p, start, space);
  l->at = p;
  return YUTU_OK;
}

static yutu_status lex_blank(lexer *l, bool space) {
  const char *start = l->at, *p = start + 2;
  const uint32_t c = peek(l, p, NULL);
  if (!is_digit(c) && !yutu_is_pn_chars_u(c))
    return fail(l, start, "a blank node needs a label after \"_:\"");
  const char *end = dotted_end(l, p);
  push(l, YUTU_TOKEN_BLANK, p, end, start, space);
  l->at = end;
  return YUTU_OK;
}

/// ?name and $name; a lone ? is an operator of paths.
static bool lex_variable(lexer *l, bool space) {
  const char *p = l->at + 1, *next = p;
  bool first = true;
  while (p < l->end && is_varname(peek(l, p, &next), first)) {
    p = next;
    first = false;
  }
  if (first)
    return false;
  push(l, YUTU_TOKEN_VAR, l->at + 1, p, l->at, space);
  l->at = p;
  return true;
}

static yutu_status lex_language(lexer *l, bool space) {
  const char *start = l->at, *p = start + 1;
  while (p < l->end && ((*p | 0x20) >= 'a' && (*p | 0x20) <= 'z'))
    p++;
  if (p == start + 1)
    return fail(l, start, "a language tag needs letters after @");
  while (p + 1 < l->end && *p == '-' &&
         (is_digit((unsigned char)p[1]) || ((p[1] | 0x20) >= 'a' && (p[1] | 0x20) <= 'z'))) {
    p++;
    while (p < l->end && (is_digit((unsigned char)*p) || ((*p | 0x20) >= 'a' && (*p | 0x20) <= 'z')))
      p++;
  }
  push(l, YUTU_TOKEN_LANG, start + 1, p, start, space);
  l->at = p;
  return YUTU_OK;
}

static yutu_status lex_punctuation(lexer *l, bool space) {
  static const char *const two[] = {"^^", "||", "&&", "!=", "<=", ">="};
  const char *p = l->at;
  size_t n = strchr("{}()[];,.|/^*+?!=<>-", *p) ? 1 : 0;
  for (size_t i = 0; i < sizeof two / sizeof *two; i++) {
    if (l->end - p >= 2 && memcmp(p, two[i], 2) == 0)
      n = 2;
  }
  if (!n)
    return lex_name(l, space);
  push(l, YUTU_TOKEN_PUNCTUATION, p, p + n, p, space);
  l->at = p + n;
  return YUTU_OK;
}

static yutu_status lex_one(lexer *l, bool space) {
  const char *p = l->at;
  const unsigned char c = (unsigned char)*p;
  if (c == '<') {
    const char *end = iri_end(l, p);
    if (end) {
      push(l, YUTU_TOKEN_IRI, p + 1, end, p, space);
      l->at = end + 1;
      return YUTU_OK;
    }
  }
  if (c == '"' || c == '\'')
    return lex_string(l, space);
  if (is_digit(c) || (c == '.' && p + 1 < l->end && is_digit((unsigned char)p[1]))) {
    lex_number(l, space);
    return YUTU_OK;
  }
  if ((c == '?' || c == '$') && lex_variable(l, space))
    return YUTU_OK;
  if (c == '@')
    return lex_language(l, space);
  if (c == '_' && p + 1 < l->end && p[1] == ':')
    return lex_blank(l, space);
  if (c && c < 0x80)
    return lex_punctuation(l, space);
  return lex_name(l, space);
}

yutu_status yutu_sparql_tokens(yutu_slice text, yutu_arena *arena, const yutu_token **ret, uint32_t *ret_n,
                               yutu_error *err) {
  lexer l = {.start = text.data, .at = text.data, .end = text.data + text.len, .arena = arena, .err = err};
  const size_t bad = yutu_utf8_check(text.data, text.len);
  if (bad < text.len)
    return fail(&l, text.data + bad, "the query is not UTF-8");
  for (;;) {
    const char *p = skip_space(&l);
    const bool space = p > l.at;
    l.at = p;
    if (p == l.end)
      break;
    YUTU_TRY(lex_one(&l, space));
  }
  push(&l, YUTU_TOKEN_END, l.end, l.end, l.end, true);
  *ret = l.tokens.at;
  *ret_n = l.tokens.n;
  return YUTU_OK;
}
