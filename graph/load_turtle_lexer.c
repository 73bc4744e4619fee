#include "graph/load_turtle_lexer.h"

#include "base/utf8.h"
#include "graph/load_chars.h"

#include <ctype.h>
#include <string.h>

/// What a scan of a token came to. A token that touches the end of the window may go on behind it: then the window is
/// moved on and the token is scanned again from its beginning.
typedef enum { FOUND, MORE, WRONG } scan;

typedef struct {
  yutu_turtle_lexer *lexer;
  const char *p, *end;
  bool ended;        ///< nothing behind `end`
  const char *wrong; ///< message
} scanner;

static scan refuse(scanner *s, const char *message) {
  s->wrong = message;
  return WRONG;
}

/// At the end of the window: more to come, or the end of the file in the middle of something.
static scan exhausted(scanner *s, const char *message) {
  return s->ended ? refuse(s, message) : MORE;
}

static bool at(const scanner *s, char c) {
  return s->p < s->end && *s->p == c;
}

/// Decode the character at p. @return its bytes; 0 at the end of the window or in the middle of a character there
static size_t peek(const scanner *s, const char *p, uint32_t *ret) {
  if (p == s->end)
    return 0;
  const char *next = p;
  *ret = yutu_utf8_next(&next, s->end);
  if (*ret == YUTU_UTF8_BAD && !s->ended && s->end - p < 4)
    return 0;
  return (size_t)(next - p);
}

// ---- IRIs and strings ----

/// Characters of an IRI that stand for themselves.
static scan scan_iri_run(scanner *s, yutu_buffer *text) {
  const char *const from = s->p;
  while (s->p < s->end && ((unsigned char)*s->p >= 0x80 || yutu_is_iri_char((unsigned char)*s->p)))
    s->p++;
  const size_t n = (size_t)(s->p - from);
  if (s->p == s->end)
    return exhausted(s, "an IRI without its closing >");
  if (yutu_utf8_check(from, n) != n)
    return refuse(s, "an IRI that is not UTF-8");
  yutu_buffer_append(text, from, n);
  return FOUND;
}

static scan scan_iri(scanner *s, yutu_buffer *text) {
  s->p++;
  if (at(s, '<'))
    return refuse(s, "quoted triples (RDF-star) are not supported");
  for (;;) {
    const scan run = scan_iri_run(s, text);
    if (run != FOUND)
      return run;
    if (*s->p == '>') {
      s->p++;
      return FOUND;
    }
    if (s->end - s->p < 10 && !s->ended)
      return MORE;
    uint32_t c = 0;
    const size_t n = yutu_numeric_escape(s->p, s->end, &c);
    if (n == 0 || !yutu_is_iri_char(c))
      return refuse(s, "an IRI with a character or escape that no IRI may have");
    yutu_buffer_put_utf8(text, c);
    s->p += n;
  }
}

/// One escape in a string.
static scan scan_escape(scanner *s, yutu_buffer *text) {
  if (s->end - s->p < 10 && !s->ended)
    return MORE;
  uint32_t c = 0;
  size_t n = yutu_numeric_escape(s->p, s->end, &c);
  if (n == 0 && s->end - s->p >= 2 && (c = (unsigned char)yutu_letter_escape(s->p[1])) != 0)
    n = 2;
  if (n == 0)
    return refuse(s, "an escape that does not exist; write \\\\ for a backslash");
  yutu_buffer_put_utf8(text, c);
  s->p += n;
  return FOUND;
}

/// How many of the quote stand at p, at most three. -1: more may follow behind the window.
static int count_quotes(const scanner *s, char quote) {
  int n = 0;
  while (n < 3 && s->p + n < s->end && s->p[n] == quote)
    n++;
  return n < 3 && s->p + n == s->end && !s->ended ? -1 : n;
}

/// Plain characters up to a quote, a backslash or a line end.
static scan scan_run(scanner *s, char quote, bool is_long, yutu_buffer *text) {
  const char *const from = s->p;
  while (s->p < s->end && *s->p != quote && *s->p != '\\' && (is_long || (*s->p != '\n' && *s->p != '\r')))
    s->p++;
  const size_t n = (size_t)(s->p - from);
  if (s->p == s->end)
    return exhausted(s, "a string without its closing quote");
  if (yutu_utf8_check(from, n) != n)
    return refuse(s, "a string that is not UTF-8");
  yutu_buffer_append(text, from, n);
  return FOUND;
}

static scan scan_string(scanner *s, yutu_buffer *text) {
  const char quote = *s->p;
  const int opening = count_quotes(s, quote);
  if (opening < 0)
    return MORE;
  if (opening == 2) {
    s->p += 2;
    return FOUND;
  }
  const bool is_long = opening == 3;
  s->p += opening;
  for (;;) {
    const scan run = scan_run(s, quote, is_long, text);
    if (run != FOUND)
      return run;
    if (*s->p == '\\') {
      const scan escape = scan_escape(s, text);
      if (escape != FOUND)
        return escape;
      continue;
    }
    if (*s->p != quote)
      return refuse(s, "a line break in a string; use three quotes or \\n");
    const int closing = is_long ? count_quotes(s, quote) : 1;
    if (closing < 0)
      return MORE;
    if (!is_long || closing == 3) {
      s->p += closing;
      return FOUND;
    }
    yutu_buffer_append(text, s->p, (size_t)closing);
    s->p += closing;
  }
}

// ---- names ----

static bool starts_local(uint32_t c) {
  return yutu_is_label_start(c) || c == ':';
}

/// The escaped piece of a local name at p: %41 stays as it is, \~ becomes ~.
static scan scan_local_escape(scanner *s, yutu_buffer *text) {
  const bool percent = *s->p == '%';
  if (s->end - s->p < 3 && !s->ended)
    return MORE;
  if (percent && s->end - s->p >= 3 && isxdigit((unsigned char)s->p[1]) && isxdigit((unsigned char)s->p[2])) {
    yutu_buffer_append(text, s->p, 3);
    s->p += 3;
    return FOUND;
  }
  if (percent || s->end - s->p < 2 || s->p[1] == '\0' || !strchr("_~.-!$&'()*+,;=/?#@%", s->p[1]))
    return refuse(s, "an escape that no local name may have");
  yutu_buffer_putc(text, s->p[1]);
  s->p += 2;
  return FOUND;
}

/// A local name. Dots belong to it only when more of it follows.
static scan scan_local(scanner *s, yutu_buffer *text) {
  const char *solid = s->p; // behind the last character that is no dot
  size_t solid_len = text->len;
  for (bool first = true;; first = false) {
    uint32_t c = 0;
    const size_t n = peek(s, s->p, &c);
    if (n == 0 && !s->ended)
      return MORE;
    if (n && (c == '%' || c == '\\')) {
      const scan escape = scan_local_escape(s, text);
      if (escape != FOUND)
        return escape;
    } else if (n && (first ? starts_local(c) : yutu_is_name_char(c) || c == ':' || c == '.')) {
      yutu_buffer_append(text, s->p, n);
      s->p += n;
      if (c == '.')
        continue;
    } else {
      break;
    }
    solid = s->p;
    solid_len = text->len;
  }
  s->p = solid;
  text->len = solid_len;
  return FOUND;
}

static scan scan_blank(scanner *s, yutu_buffer *text) {
  if (s->end - s->p < 3 && !s->ended)
    return MORE;
  s->p += 2;
  uint32_t c = 0;
  const size_t n = s->p < s->end ? peek(s, s->p, &c) : 0;
  if (n == 0 || !yutu_is_label_start(c))
    return refuse(s, "a blank node without a label");
  const char *solid = s->p;
  for (;;) {
    const size_t m = peek(s, s->p, &c);
    if (m == 0 && !s->ended)
      return MORE;
    if (m == 0 || !(yutu_is_name_char(c) || c == '.'))
      break;
    s->p += m;
    if (c != '.') {
      yutu_buffer_append(text, solid, (size_t)(s->p - solid));
      solid = s->p;
    }
  }
  s->p = solid;
  return FOUND;
}

/// A word, or with a colon a prefixed name.
static scan scan_name(scanner *s, yutu_turtle_lexer *lexer) {
  const char *solid = s->p;
  for (bool first = true;; first = false) {
    uint32_t c = 0;
    const size_t n = peek(s, s->p, &c);
    if (n == 0 && !s->ended)
      return MORE;
    if (n == 0 || !(first ? yutu_is_name_letter(c) : yutu_is_name_char(c) || c == '.'))
      break;
    s->p += n;
    if (c != '.') {
      yutu_buffer_append(&lexer->text, solid, (size_t)(s->p - solid));
      solid = s->p;
    }
  }
  const bool prefixed = at(s, ':') && solid == s->p;
  s->p = solid;
  lexer->kind = prefixed ? YUTU_TOKEN_PREFIXED : YUTU_TOKEN_WORD;
  if (!prefixed)
    return lexer->text.len ? FOUND : refuse(s, "a character that has no meaning here");
  lexer->prefix_len = lexer->text.len;
  s->p++;
  return scan_local(s, &lexer->text);
}

static scan scan_at(scanner *s, yutu_buffer *text) {
  const char *const from = ++s->p;
  bool letters_only = true;
  while (s->p < s->end && (isalpha((unsigned char)*s->p) || (!letters_only && isdigit((unsigned char)*s->p)) ||
                           (*s->p == '-' && s->p > from && s->p[-1] != '-'))) {
    letters_only = letters_only && *s->p != '-';
    yutu_buffer_putc(text, *s->p);
    s->p++;
  }
  if (s->p == s->end && !s->ended)
    return MORE;
  return s->p > from && s->p[-1] != '-' ? FOUND : refuse(s, "a language tag is missing or wrong");
}

// ---- numbers and marks ----

static size_t skip_digits(scanner *s) {
  const char *const from = s->p;
  while (s->p < s->end && isdigit((unsigned char)*s->p))
    s->p++;
  return (size_t)(s->p - from);
}

/// An exponent, if there is a whole one at p.
static bool skip_exponent(scanner *s) {
  const char *const from = s->p;
  if (!at(s, 'e') && !at(s, 'E'))
    return false;
  s->p++;
  if (at(s, '+') || at(s, '-'))
    s->p++;
  if (skip_digits(s))
    return true;
  s->p = from;
  return false;
}

static scan scan_number(scanner *s, yutu_turtle_lexer *lexer) {
  const char *const from = s->p;
  if (at(s, '+') || at(s, '-'))
    s->p++;
  const size_t whole = skip_digits(s);
  const char *const before_dot = s->p;
  size_t fraction = 0;
  lexer->kind = YUTU_TOKEN_INTEGER;
  if (at(s, '.')) {
    s->p++;
    fraction = skip_digits(s);
    lexer->kind = YUTU_TOKEN_DECIMAL;
  }
  if (whole + fraction && skip_exponent(s))
    lexer->kind = YUTU_TOKEN_DOUBLE;
  if (s->end - s->p < 4 && !s->ended) // an exponent may be cut off
    return MORE;
  if (lexer->kind == YUTU_TOKEN_DECIMAL && fraction == 0) { // the dot ends the statement
    s->p = before_dot;
    lexer->kind = YUTU_TOKEN_INTEGER;
  }
  if (whole + fraction == 0)
    return refuse(s, "a sign without a number");
  yutu_buffer_append(&lexer->text, from, (size_t)(s->p - from));
  return FOUND;
}

static scan scan_mark(scanner *s, yutu_turtle_lexer *lexer) {
  lexer->kind = YUTU_TOKEN_MARK;
  lexer->mark = *s->p++;
  return FOUND;
}

static scan scan_typed(scanner *s, yutu_turtle_lexer *lexer) {
  if (s->end - s->p < 2 && !s->ended)
    return MORE;
  lexer->kind = YUTU_TOKEN_TYPED;
  s->p += 2;
  return s->p <= s->end && s->p[-1] == '^' ? FOUND : refuse(s, "a single ^; a datatype comes behind ^^");
}

static scan scan_token(scanner *s) {
  yutu_turtle_lexer *lexer = s->lexer;
  const char c = *s->p;
  switch (c) {
  case '<':
    lexer->kind = YUTU_TOKEN_IRI;
    return scan_iri(s, &lexer->text);
  case '"':
  case '\'':
    lexer->kind = YUTU_TOKEN_STRING;
    return scan_string(s, &lexer->text);
  case '@':
    lexer->kind = YUTU_TOKEN_AT;
    return scan_at(s, &lexer->text);
  case '_':
    if (s->end - s->p < 2 && !s->ended)
      return MORE;
    lexer->kind = YUTU_TOKEN_BLANK;
    return s->end - s->p >= 2 && s->p[1] == ':'
               ? scan_blank(s, &lexer->text)
               : refuse(s, "a name that begins with _; blank nodes are written _:label");
  case '^':
    return scan_typed(s, lexer);
  case ';':
  case ',':
  case '[':
  case ']':
  case '(':
  case ')':
  case '{':
  case '}':
    return scan_mark(s, lexer);
  case '.':
    if (s->end - s->p < 2 && !s->ended)
      return MORE;
    return s->end - s->p >= 2 && isdigit((unsigned char)s->p[1]) ? scan_number(s, lexer) : scan_mark(s, lexer);
  default:
    return isdigit((unsigned char)c) || c == '+' || c == '-' ? scan_number(s, lexer) : scan_name(s, lexer);
  }
}

// ---- the stream ----

/// Count lines and columns up to p and go on from there.
static void advance(yutu_turtle_lexer *lexer, const char *p) {
  for (const char *q = lexer->source->at; q < p; q++) {
    if (*q == '\n') {
      lexer->next_line++;
      lexer->next_column = 1;
    } else if (((unsigned char)*q & 0xC0) != 0x80) {
      lexer->next_column++;
    }
  }
  lexer->source->at = p;
}

/// More of the file into the window; a token that does not fit is blamed on its line.
static yutu_status fill(yutu_turtle_lexer *lexer, yutu_error *err) {
  const yutu_status status = yutu_load_fill(lexer->source, err);
  if (status == YUTU_ERR_LIMIT && err)
    err->line = lexer->line;
  return status;
}

/// White space and comments. `ret_more` is false at the end of the file.
static yutu_status skip_space(yutu_turtle_lexer *lexer, bool *ret_more, yutu_error *err) {
  yutu_load_source *source = lexer->source;
  bool comment = false;
  for (;;) {
    const char *p = source->at;
    for (; p < source->end; p++) {
      if (comment)
        comment = *p != '\n' && *p != '\r';
      else if (*p == '#')
        comment = true;
      else if (*p != ' ' && *p != '\t' && *p != '\n' && *p != '\r')
        break;
    }
    advance(lexer, p);
    *ret_more = p < source->end;
    if (*ret_more || source->ended)
      return YUTU_OK;
    YUTU_TRY(fill(lexer, err));
  }
}

yutu_status yutu_turtle_fail(const yutu_turtle_lexer *lexer, yutu_error *err, const char *message) {
  const yutu_load_source *source = lexer->source;
  yutu_fail_at(err, YUTU_ERR_INPUT, source->name, lexer->line, "%s", message);
  if (err) {
    err->column = lexer->column;
    err->offset = source->offset + (size_t)(source->at - source->from);
  }
  return YUTU_ERR_INPUT;
}

yutu_status yutu_turtle_next(yutu_turtle_lexer *lexer, yutu_error *err) {
  yutu_load_source *source = lexer->source;
  bool more = false;
  YUTU_TRY(skip_space(lexer, &more, err));
  lexer->line = lexer->next_line;
  lexer->column = lexer->next_column;
  yutu_buffer_clear(&lexer->text);
  lexer->kind = YUTU_TOKEN_END;
  if (!more)
    return YUTU_OK;
  for (;;) {
    scanner s = {lexer, source->at, source->end, source->ended, NULL};
    const scan result = scan_token(&s);
    if (result == WRONG)
      return yutu_turtle_fail(lexer, err, s.wrong);
    if (result == FOUND) {
      advance(lexer, s.p);
      return yutu_buffer_check(&lexer->text, err);
    }
    YUTU_TRY(fill(lexer, err));
    yutu_buffer_clear(&lexer->text);
  }
}
