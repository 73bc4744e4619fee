/// @file queries/sparql/lexer.h  A query text cut into tokens.
#ifndef YUTU_QUERIES_SPARQL_LEXER_H
#define YUTU_QUERIES_SPARQL_LEXER_H

#include "base/arena.h"
#include "base/slice.h"
#include "base/status.h"

typedef enum {
  YUTU_TOKEN_END,
  YUTU_TOKEN_IRI,     ///< text without the angle brackets
  YUTU_TOKEN_PNAME,   ///< prefix:local as written
  YUTU_TOKEN_BLANK,   ///< label without "_:"
  YUTU_TOKEN_VAR,     ///< name without ? or $
  YUTU_TOKEN_STRING,  ///< text between the quotes, escapes not yet undone
  YUTU_TOKEN_LANG,    ///< tag without @
  YUTU_TOKEN_INTEGER, ///< no sign
  YUTU_TOKEN_DECIMAL,
  YUTU_TOKEN_DOUBLE,
  YUTU_TOKEN_WORD,        ///< keyword, function name, or `a`
  YUTU_TOKEN_PUNCTUATION, ///< one or two characters
} yutu_token_kind;

typedef struct {
  yutu_token_kind kind;
  yutu_slice text;
  size_t offset;     ///< of the first byte in the text
  bool space_before; ///< white space or a comment stands before it
} yutu_token;

/// Cut a text into tokens; the last one is YUTU_TOKEN_END.
/// @param text  Borrowed: the tokens point into it.
/// @param arena With a trap set: exhaustion does not return.
YUTU_NODISCARD yutu_status yutu_sparql_tokens(yutu_slice text, yutu_arena *arena, const yutu_token **ret,
                                              uint32_t *ret_n, yutu_error *err);

/// Undo \uXXXX and \UXXXXXXXX throughout (SPARQL 1.1, section 19.2). Returns `text` itself when it has none.
YUTU_NODISCARD yutu_status yutu_sparql_unescape(yutu_slice text, yutu_arena *arena, yutu_slice *ret, yutu_error *err);

/// Fill line, column and offset of an error for a place in the text.
void yutu_sparql_locate(yutu_slice text, size_t offset, yutu_error *err);

/// Characters of names, by the grammar's PN_CHARS_BASE … PN_CHARS.
bool yutu_is_pn_chars_base(uint32_t c);
bool yutu_is_pn_chars_u(uint32_t c);
bool yutu_is_pn_chars(uint32_t c);

#endif
