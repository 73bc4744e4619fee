/// @file graph/load_turtle_lexer.h  The tokens of Turtle and TriG. Between the two files of the reader; not for others.
#ifndef YUTU_GRAPH_LOAD_TURTLE_LEXER_H
#define YUTU_GRAPH_LOAD_TURTLE_LEXER_H

#include "graph/load_source.h"

typedef enum {
  YUTU_TOKEN_END,
  YUTU_TOKEN_IRI,      ///< text: unescaped, perhaps relative
  YUTU_TOKEN_PREFIXED, ///< text: prefix and local name, unescaped, without the colon; `prefix_len` divides them
  YUTU_TOKEN_BLANK,    ///< text: label
  YUTU_TOKEN_STRING,   ///< text: unescaped
  YUTU_TOKEN_AT,       ///< text: language tag, or "prefix", "base"
  YUTU_TOKEN_INTEGER,
  YUTU_TOKEN_DECIMAL,
  YUTU_TOKEN_DOUBLE,
  YUTU_TOKEN_WORD,  ///< a, true, false, PREFIX, BASE, GRAPH, or something wrong
  YUTU_TOKEN_TYPED, ///< ^^
  YUTU_TOKEN_MARK,  ///< `mark` is one of . ; , [ ] ( ) { }
} yutu_token_kind;

typedef struct {
  yutu_load_source *source;
  yutu_token_kind kind;
  char mark;
  yutu_buffer text;                ///< of the current token; valid until the next
  size_t prefix_len;               ///< of YUTU_TOKEN_PREFIXED
  unsigned line;                   ///< where the token begins
  unsigned column;                 ///< in code points
  unsigned next_line, next_column; ///< where reading goes on
} yutu_turtle_lexer;

/// Read the next token.
/// @retval YUTU_ERR_INPUT  no token of Turtle; `err` has the place
YUTU_NODISCARD yutu_status yutu_turtle_next(yutu_turtle_lexer *lexer, yutu_error *err);

/// Fail at the current token.
yutu_status yutu_turtle_fail(const yutu_turtle_lexer *lexer, yutu_error *err, const char *message);

#endif
