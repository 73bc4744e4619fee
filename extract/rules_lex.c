#include "extract/rules_lex.h"

#include <string.h>

static bool word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '/' || c == '-';
}

static bool digit(char c) {
  return c >= '0' && c <= '9';
}

static void skip_blanks(yutu_rule_lexer *l) {
  for (; l->at < l->end; l->at++) {
    if (*l->at == '\n') {
      l->line++;
      l->fresh = true;
    } else if (*l->at == '#') {
      while (l->at + 1 < l->end && l->at[1] != '\n')
        l->at++;
    } else if (*l->at != ' ' && *l->at != '\t' && *l->at != '\r') {
      return;
    }
  }
}

// Text up to the closing byte on the same line.
static yutu_status enclosed(yutu_rule_lexer *l, char close, yutu_lex_kind kind, yutu_error *err) {
  const char *begin = ++l->at;
  while (l->at < l->end && *l->at != close && *l->at != '\n')
    l->at++;
  if (l->at == l->end || *l->at != close)
    return yutu_fail_at(err, YUTU_ERR_INPUT, l->path, l->line, "no closing %c on this line", close);
  l->current.kind = kind;
  l->current.text = (yutu_slice){begin, (size_t)(l->at - begin)};
  l->at++;
  return YUTU_OK;
}

static void word(yutu_rule_lexer *l, yutu_lex_kind kind) {
  const char *begin = l->at;
  while (l->at < l->end && (word_byte(*l->at) || (*l->at == '.' && l->at > begin && digit(l->at[-1]) &&
                                                  l->at + 1 < l->end && digit(l->at[1]))))
    l->at++;
  l->current.kind = kind;
  l->current.text = (yutu_slice){begin, (size_t)(l->at - begin)};
}

static yutu_status gap(yutu_rule_lexer *l, yutu_error *err) {
  const char *begin = l->at;
  while (l->at < l->end && *l->at == '.')
    l->at++;
  const size_t dots = (size_t)(l->at - begin);
  if (dots != 2 && dots != 3)
    return yutu_fail_at(err, YUTU_ERR_INPUT, l->path, l->line, "a gap is .. (within a clause) or ... (across commas)");
  l->current.kind = YUTU_LEX_GAP;
  l->current.across = dots == 3;
  while (l->at < l->end && digit(*l->at) && l->current.number < 100000)
    l->current.number = l->current.number * 10 + (uint32_t)(*l->at++ - '0');
  return YUTU_OK;
}

static yutu_status name_after(yutu_rule_lexer *l, yutu_lex_kind kind, yutu_error *err) {
  const char sign = *l->at++;
  word(l, kind);
  if (!l->current.text.len)
    return yutu_fail_at(err, YUTU_ERR_INPUT, l->path, l->line, "a name must follow %c", sign);
  return YUTU_OK;
}

yutu_status yutu_rule_lex(yutu_rule_lexer *l, yutu_error *err) {
  skip_blanks(l);
  l->current = (yutu_lexeme){.kind = YUTU_LEX_END, .line = l->line, .first = l->fresh};
  if (l->at == l->end)
    return YUTU_OK;
  l->fresh = false;
  const char c = *l->at;
  switch (c) {
  case '"':
    return enclosed(l, '"', YUTU_LEX_STRING, err);
  case '[':
    return enclosed(l, ']', YUTU_LEX_CHARS, err);
  case '{':
    return enclosed(l, '}', YUTU_LEX_BRACE, err);
  case '@':
    return name_after(l, YUTU_LEX_SET, err);
  case '&':
    return name_after(l, YUTU_LEX_PART, err);
  case '.':
    return gap(l, err);
  default:
    break;
  }
  if (word_byte(c)) {
    word(l, YUTU_LEX_WORD);
    return YUTU_OK;
  }
  if (c == '=' && l->at + 1 < l->end && l->at[1] == '>') {
    const char *begin = l->at + 2;
    while (l->at < l->end && *l->at != '\n')
      l->at++;
    l->current.kind = YUTU_LEX_ARROW;
    l->current.text = yutu_slice_trim((yutu_slice){begin, (size_t)(l->at - begin)});
    return YUTU_OK;
  }
  if (!strchr("()|?*+:!^$=,;", c))
    return yutu_fail_at(err, YUTU_ERR_INPUT, l->path, l->line,
                        "\"%.*s\" has no meaning here; Chinese text must stand in quotes", c < 0 ? 3 : 1, l->at);
  l->current.kind = YUTU_LEX_MARK;
  l->current.mark = c;
  l->at++;
  return YUTU_OK;
}
