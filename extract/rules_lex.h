/// @file extract/rules_lex.h  Tokens of a rule file.
#ifndef YUTU_EXTRACT_RULES_LEX_H
#define YUTU_EXTRACT_RULES_LEX_H

#include "base/slice.h"
#include "base/status.h"

typedef enum {
  YUTU_LEX_END,
  YUTU_LEX_WORD,   ///< rule, establishes/jointly, 0.9
  YUTU_LEX_STRING, ///< "…": text without the quotes
  YUTU_LEX_SET,    ///< @name
  YUTU_LEX_PART,   ///< &name
  YUTU_LEX_CHARS,  ///< […]: what is inside
  YUTU_LEX_BRACE,  ///< {…}: what is inside
  YUTU_LEX_GAP,    ///< .. or ..., with a number right after
  YUTU_LEX_ARROW,  ///< =>: text is the rest of the line
  YUTU_LEX_MARK,   ///< one character of punctuation, in `mark`
} yutu_lex_kind;

typedef struct {
  yutu_lex_kind kind;
  yutu_slice text;
  char mark;
  uint32_t number; ///< GAP: characters, 0 when not given
  bool across;     ///< GAP: three dots
  bool first;      ///< first on its line
  unsigned line;
} yutu_lexeme;

typedef struct {
  const char *path;
  const char *at, *end;
  unsigned line;
  bool fresh;          ///< nothing read on this line yet
  yutu_lexeme current; ///< the token to look at
} yutu_rule_lexer;

/// Read the next token into `current`. `#` begins a comment.
/// @retval YUTU_ERR_INPUT  an open quote or bracket, or a character that has no meaning
YUTU_NODISCARD yutu_status yutu_rule_lex(yutu_rule_lexer *lexer, yutu_error *err);

#endif
