/// @file queries/sparql/algebra.h  What a query text means: SPARQL's algebra, as the parser leaves it.
///
/// Internal to queries/sparql. Everything lives in the query's arena and is not changed after parsing: the planner
/// (plan.h) makes operators of it anew for each run.
///
/// Variables are numbers. A name inside a subselect that is not projected out of it has a number of its own, so that
/// one register per number is enough while the query runs and no name has to be looked up again.
#ifndef YUTU_QUERIES_SPARQL_ALGEBRA_H
#define YUTU_QUERIES_SPARQL_ALGEBRA_H

#include "base/arena.h"
#include "graph/term.h"
#include "queries/sparql/sparql.h"
#include "queries/sparql/varset.h"

typedef struct yutu_algebra yutu_algebra;
typedef struct yutu_expr yutu_expr;
typedef struct yutu_path yutu_path;

/// A place in a pattern: a variable or a constant, by number.
typedef struct {
  bool is_var;
  uint32_t index; ///< into yutu_query.variables or .constants
} yutu_node;

/// The graph of a GRAPH clause, shared by all patterns inside it.
typedef struct {
  yutu_node node;
} yutu_graph_ref;

// ---- expressions ----

typedef enum {
  YUTU_EXPR_VAR,      ///< index: variable
  YUTU_EXPR_CONSTANT, ///< index: constant
  YUTU_EXPR_OR,       ///< of all args
  YUTU_EXPR_AND,      ///< of all args
  YUTU_EXPR_NOT,
  YUTU_EXPR_EQ,
  YUTU_EXPR_NE,
  YUTU_EXPR_LT,
  YUTU_EXPR_GT,
  YUTU_EXPR_LE,
  YUTU_EXPR_GE,
  YUTU_EXPR_IN, ///< args[0] among args[1…]
  YUTU_EXPR_NOT_IN,
  YUTU_EXPR_ADD,
  YUTU_EXPR_SUBTRACT,
  YUTU_EXPR_MULTIPLY,
  YUTU_EXPR_DIVIDE,
  YUTU_EXPR_NEGATE,
  YUTU_EXPR_PLUS,
  YUTU_EXPR_EXISTS, ///< pattern
  YUTU_EXPR_NOT_EXISTS,
  YUTU_EXPR_CALL,             ///< index: into the table of functions (functions.h)
  YUTU_EXPR_UNKNOWN_FUNCTION, ///< an IRI that names no function: always an error when evaluated
} yutu_expr_op;

struct yutu_expr {
  yutu_expr_op op;
  uint32_t index;
  uint32_t serial; ///< its number within the query, for what a run remembers about it
  uint32_t n_args;
  yutu_expr **args;
  yutu_algebra *pattern;
};

typedef enum {
  YUTU_AGGREGATE_COUNT,
  YUTU_AGGREGATE_SUM,
  YUTU_AGGREGATE_MIN,
  YUTU_AGGREGATE_MAX,
  YUTU_AGGREGATE_AVG,
  YUTU_AGGREGATE_SAMPLE,
  YUTU_AGGREGATE_GROUP_CONCAT,
} yutu_aggregate_kind;

typedef struct {
  yutu_aggregate_kind kind;
  bool distinct;
  yutu_expr *argument; ///< NULL: COUNT(*)
  yutu_slice separator;
  uint32_t var; ///< receives the value
} yutu_aggregate;

// ---- property paths ----

typedef enum {
  YUTU_PATH_IRI,
  YUTU_PATH_INVERSE,
  YUTU_PATH_SEQUENCE,
  YUTU_PATH_ALTERNATIVE,
  YUTU_PATH_ZERO_OR_MORE,
  YUTU_PATH_ONE_OR_MORE,
  YUTU_PATH_ZERO_OR_ONE,
  YUTU_PATH_NEGATED, ///< any predicate but those of `forward` and, backwards, those of `backward`
} yutu_path_kind;

struct yutu_path {
  yutu_path_kind kind;
  uint32_t constant; ///< IRI
  uint32_t n;
  yutu_path **parts;
  const uint32_t *forward, *backward; ///< NEGATED: constants
  uint32_t n_forward, n_backward;
  bool has_forward, has_backward; ///< NEGATED: which directions are asked at all
};

// ---- patterns ----

typedef enum {
  YUTU_ALGEBRA_UNIT,      ///< one solution that binds nothing
  YUTU_ALGEBRA_TRIPLE,    ///< s p o in graph
  YUTU_ALGEBRA_PATH,      ///< s path o in graph
  YUTU_ALGEBRA_JOIN,      ///< of all children
  YUTU_ALGEBRA_LEFT_JOIN, ///< children 0 and 1, expr: condition or NULL
  YUTU_ALGEBRA_FILTER,    ///< child 0, expr
  YUTU_ALGEBRA_UNION,     ///< of all children
  YUTU_ALGEBRA_MINUS,     ///< children 0 and 1
  YUTU_ALGEBRA_EXTEND,    ///< child 0, var := expr
  YUTU_ALGEBRA_VALUES,    ///< rows of constants
  YUTU_ALGEBRA_GRAPH,     ///< child 0 in graph
  YUTU_ALGEBRA_GROUP,     ///< child 0 by keys, with aggregates
  YUTU_ALGEBRA_ORDER,     ///< child 0 by order keys
  YUTU_ALGEBRA_PROJECT,   ///< child 0, vars
  YUTU_ALGEBRA_DISTINCT,  ///< child 0 on vars
  YUTU_ALGEBRA_REDUCED,   ///< child 0 on vars
  YUTU_ALGEBRA_SLICE,     ///< child 0, offset, limit
} yutu_algebra_kind;

typedef struct {
  yutu_expr *expr;
  bool descending;
} yutu_order_key;

typedef struct {
  uint32_t var;
  yutu_expr *expr; ///< NULL: the variable itself
} yutu_group_key;

enum { YUTU_NO_CONSTANT = UINT32_MAX }; ///< UNDEF in VALUES

struct yutu_algebra {
  yutu_algebra_kind kind;
  uint32_t serial; ///< its number within the query
  uint32_t depth;  ///< nodes below each other, itself included
  uint32_t n_children;
  yutu_algebra **children;
  yutu_node s, p, o;
  yutu_path *path;
  yutu_graph_ref *graph; ///< NULL: the default graph of the dataset
  yutu_expr *expr;
  uint32_t var;
  uint32_t n_vars; ///< VALUES, PROJECT, DISTINCT, REDUCED
  uint32_t *vars;
  uint32_t n_rows;
  uint32_t *rows; ///< VALUES: n_rows × n_vars constants
  uint32_t n_keys;
  yutu_group_key *keys;
  uint32_t n_aggregates;
  yutu_aggregate *aggregates;
  uint32_t n_orders;
  yutu_order_key *orders;
  uint64_t offset, limit; ///< SLICE; limit UINT64_MAX: none
  // Known after parsing (scope.c). Sets are over the query's variables.
  uint64_t *possible;  ///< in scope: a solution may bind them
  uint64_t *certain;   ///< every solution binds them
  uint64_t *mentioned; ///< anywhere below, in patterns and expressions
};

/// May bindings of the variables `outer` be handed into the pattern while it is evaluated, instead of being joined to
/// its solutions afterwards? No, when something inside reads a variable that it does not bind itself.
bool yutu_correlatable(const yutu_query *query, const yutu_algebra *node, const uint64_t *outer);

/// Add the variables of an expression, those inside EXISTS too.
void yutu_expr_variables(const yutu_query *query, const yutu_expr *expr, uint64_t *set);

typedef struct {
  yutu_node s, p, o;
} yutu_template;

typedef struct {
  yutu_slice name;     ///< empty for what the text does not name
  bool blank;          ///< stands for a blank node of the text
  bool is_graph;       ///< is the graph of a GRAPH clause
  bool bound;          ///< by yutu_query_bind()
  uint32_t name_index; ///< into yutu_query.names, or UINT32_MAX
} yutu_variable;

struct yutu_query {
  yutu_arena *arena;
  yutu_query_form form;
  yutu_algebra *root;
  uint32_t set_words; ///< size of every set of variables
  YUTU_VEC(yutu_variable) variables;
  YUTU_VEC(yutu_term) constants;
  uint32_t true_constant, false_constant;
  YUTU_VEC(yutu_slice) names;        ///< as yutu_query_variables()
  YUTU_VEC(yutu_query_graph) graphs; ///< FROM, FROM NAMED
  YUTU_VEC(yutu_template) templates; ///< CONSTRUCT
  YUTU_VEC(yutu_node) described;     ///< DESCRIBE
  YUTU_VEC(uint32_t) columns;        ///< projected variables
  yutu_slice *column_names;
  uint32_t n_exprs, n_nodes;
  bool reads_data;       ///< as yutu_query_reads_data()
  yutu_slice base;       ///< for IRI(); empty: none
  yutu_term *parameters; ///< per name; kind NONE: not bound
};

#endif
