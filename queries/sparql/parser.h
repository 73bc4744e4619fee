/// @file queries/sparql/parser.h  What the files of the parser share.
///
/// Recursive descent over the token array. Everything is made in the query's arena, so a failure anywhere jumps out to
/// yutu_sparql_parse() and nothing has to be released on the way.
#ifndef YUTU_QUERIES_SPARQL_PARSER_H
#define YUTU_QUERIES_SPARQL_PARSER_H

#include "queries/sparql/algebra.h"
#include "queries/sparql/lexer.h"

#include <setjmp.h>

/// A SELECT's own variables. Names that it projects belong to the scope around it.
typedef struct yutu_scope {
  struct yutu_scope *parent;
  bool all; ///< SELECT *: every name belongs to the scope around it
  YUTU_VEC(yutu_slice) projected;
  YUTU_VEC(uint32_t) vars;
} yutu_scope;

typedef struct {
  yutu_slice label;
  uint32_t var;
  uint32_t block; ///< the basic graph pattern that it stands in: labels may not be shared between two
} yutu_blank_label;

typedef struct {
  yutu_slice prefix, iri;
} yutu_declared_prefix;

typedef YUTU_VEC(yutu_aggregate) yutu_aggregates;
typedef YUTU_VEC(yutu_algebra *) yutu_patterns;
typedef YUTU_VEC(yutu_expr *) yutu_expressions;

typedef struct {
  yutu_query *query;
  yutu_arena *arena;
  yutu_error *err;
  yutu_status status;
  jmp_buf trap;
  yutu_slice text;
  const yutu_token *tokens;
  uint32_t at;
  unsigned depth;
  yutu_slice base;
  YUTU_VEC(yutu_declared_prefix) prefixes;
  YUTU_VEC(yutu_blank_label) labels;
  uint32_t block;
  yutu_scope *scope;
  yutu_graph_ref *graph;       ///< of the GRAPH clause around, or NULL
  yutu_aggregates *aggregates; ///< of the SELECT around; NULL where none may stand
  bool in_template;            ///< triples go to query->templates
} yutu_parser;

/// A group's pattern, its filters kept apart because OPTIONAL takes them as its condition.
typedef struct {
  yutu_algebra *pattern;
  yutu_expr *filter; ///< NULL: none
} yutu_group_parts;

// ---- parser.c ----
_Noreturn void yutu_parse_fail(yutu_parser *p, yutu_status status, const yutu_token *where, const char *format, ...)
    YUTU_PRINTF(4, 5);
const yutu_token *yutu_parse_peek(const yutu_parser *p);
const yutu_token *yutu_parse_take(yutu_parser *p);
bool yutu_parse_is(const yutu_parser *p, const char *punctuation);
bool yutu_parse_accept(yutu_parser *p, const char *punctuation);
void yutu_parse_expect(yutu_parser *p, const char *punctuation);
bool yutu_token_is_word(const yutu_token *t, const char *word); ///< letter case does not matter
bool yutu_parse_is_word(const yutu_parser *p, const char *word);
bool yutu_parse_accept_word(yutu_parser *p, const char *word);
void yutu_parse_expect_word(yutu_parser *p, const char *word);
void yutu_parse_enter(yutu_parser *p); ///< one level deeper
void yutu_parse_leave(yutu_parser *p);

// ---- parser_term.c ----
uint32_t yutu_parse_constant(yutu_parser *p, yutu_term term);
uint32_t yutu_parse_fresh_var(yutu_parser *p);
uint32_t yutu_parse_var_of(yutu_parser *p, yutu_slice name);
uint32_t yutu_parse_var(yutu_parser *p); ///< takes a VAR token
bool yutu_parse_is_iri(const yutu_parser *p);
yutu_slice yutu_parse_iri(yutu_parser *p);
bool yutu_parse_is_literal(const yutu_parser *p);
yutu_term yutu_parse_literal(yutu_parser *p);
void yutu_parse_from(yutu_parser *p); ///< FROM and FROM NAMED clauses
yutu_node yutu_parse_var_or_iri(yutu_parser *p);
yutu_node yutu_node_var(uint32_t var);
yutu_node yutu_node_iri(yutu_parser *p, const char *iri);

// ---- parser_triples.c ----
bool yutu_parse_starts_triples(const yutu_parser *p);
/// Triples up to what cannot continue them; each becomes a pattern, or a template.
void yutu_parse_triples(yutu_parser *p, yutu_patterns *ret);
yutu_algebra *yutu_make_triple(yutu_parser *p, yutu_node s, yutu_node predicate, yutu_node o);

// ---- parser_path.c ----
yutu_path *yutu_parse_path(yutu_parser *p);
/// The patterns that a path between two nodes stands for.
void yutu_make_path(yutu_parser *p, yutu_node s, yutu_path *path, yutu_node o, yutu_patterns *ret);

// ---- parser_pattern.c ----
yutu_group_parts yutu_parse_group(yutu_parser *p);
yutu_algebra *yutu_parse_group_pattern(yutu_parser *p); ///< with its filters applied
yutu_algebra *yutu_parse_values(yutu_parser *p);        ///< after the word VALUES

// ---- parser_expression.c ----
yutu_expr *yutu_parse_expression(yutu_parser *p);
yutu_expr *yutu_parse_constraint(yutu_parser *p); ///< bracketed expression, call, or EXISTS
bool yutu_parse_starts_call(const yutu_parser *p);
yutu_expr *yutu_make_expr(yutu_parser *p, yutu_expr_op op, uint32_t n_args);
yutu_expr *yutu_make_expr_var(yutu_parser *p, uint32_t var);
/// One expression of all: AND or OR of them, or the only one.
yutu_expr *yutu_make_all(yutu_parser *p, yutu_expr_op op, const yutu_expressions *list);

// ---- parser_select.c ----
/// A whole SELECT, after the word; also a subselect.
yutu_algebra *yutu_parse_select(yutu_parser *p, bool top);
/// GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET of the forms other than SELECT.
yutu_algebra *yutu_parse_modifiers(yutu_parser *p, yutu_algebra *pattern);

// ---- scope.c ----
yutu_algebra *yutu_make_algebra(yutu_parser *p, yutu_algebra_kind kind, uint32_t n_children);
/// Work out the sets of variables of a node whose children are complete. Returns the node.
yutu_algebra *yutu_scope_of(yutu_parser *p, yutu_algebra *node);
/// The same for everything below, anew.
void yutu_rescope(yutu_parser *p, yutu_algebra *node);

#endif
