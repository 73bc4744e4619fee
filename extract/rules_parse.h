/// @file extract/rules_parse.h  Inside of the rule parser: what its two files share.
#ifndef YUTU_EXTRACT_RULES_PARSE_H
#define YUTU_EXTRACT_RULES_PARSE_H

#include "extract/rules_lex.h"
#include "extract/rules_model.h"

typedef struct {
  yutu_rule_book *book;
  yutu_rule_lexer lexer;
  yutu_rule_source *rule; ///< the rule being read, NULL in a part
  unsigned depth;
  yutu_error *err;
} yutu_rule_parser;

/// A failure at the current line.
#define YUTU_RULE_FAIL(p, ...)                                                                                         \
  yutu_fail_at((p)->err, YUTU_ERR_INPUT, (p)->lexer.path, (p)->lexer.current.line, __VA_ARGS__)

YUTU_NODISCARD yutu_status yutu_rule_next(yutu_rule_parser *p);             ///< to the next token
bool yutu_rule_mark(const yutu_rule_parser *p, char mark);                  ///< is the current token this mark?
bool yutu_rule_keyword(const yutu_rule_parser *p);                          ///< does a statement or clause begin here?
uint32_t yutu_rule_variable_of(const yutu_rule_parser *p, yutu_slice name); ///< slot or YUTU_RULES_NONE
uint32_t yutu_rule_set_of(const yutu_rule_book *book, yutu_slice name);     ///< number or YUTU_RULES_NONE

/// A set of literals without a name, or an equal one that is there already.
uint32_t yutu_rule_anonymous_set(yutu_rule_parser *p, const yutu_slice *literals, uint32_t n);

/// A pattern up to a closing bracket, a bar or the next keyword.
YUTU_NODISCARD yutu_status yutu_rule_pattern(yutu_rule_parser *p, yutu_node **ret);

/// `(Org|Region)` from its opening bracket on.
YUTU_NODISCARD yutu_status yutu_rule_classes(yutu_rule_parser *p, uint64_t *ret);

#endif
