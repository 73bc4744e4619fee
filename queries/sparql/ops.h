/// @file queries/sparql/ops.h  The operators that a plan is made of.
///
/// All are made in the plan's arena (exec.h) and chained to the run, which releases them. `label` says for --explain
/// what the operator is about.
#ifndef YUTU_QUERIES_SPARQL_OPS_H
#define YUTU_QUERIES_SPARQL_OPS_H

#include "queries/sparql/exec.h"

/// Make an operator of `size` bytes, the first of which are a yutu_op.
void *yutu_op_new(yutu_exec *x, size_t size, const yutu_op_class *class, const char *label);

/// One solution that binds nothing; and none.
yutu_op *yutu_op_unit(yutu_exec *x);
yutu_op *yutu_op_empty(yutu_exec *x, const char *why);

// ---- exec_scan.c ----

/// Triples of a pattern, for each solution of `input` (NULL: for one that binds nothing).
/// @param order  the order in which they are read; ANY: whichever is best
yutu_op *yutu_op_scan(yutu_exec *x, yutu_op *input, const yutu_algebra *triple, yutu_order order, const char *label);

/// The named graphs of the dataset, bound to a variable; or, with a constant, one solution if there is such a graph.
yutu_op *yutu_op_graphs(yutu_exec *x, yutu_node graph, const char *label);

// ---- exec_merge.c ----

/// Merge join of `input`, whose solutions come in ascending order of `var`, with a pattern of the default graph whose
/// triples come in that order too. Its other variables must not be bound by the input.
yutu_op *yutu_op_merge(yutu_exec *x, yutu_op *input, const yutu_algebra *triple, uint32_t var, const char *label);

// ---- exec_basic.c ----

yutu_op *yutu_op_filter(yutu_exec *x, yutu_op *input, const yutu_expr *expr, const char *label);
yutu_op *yutu_op_extend(yutu_exec *x, yutu_op *input, uint32_t var, const yutu_expr *expr, const char *label);
yutu_op *yutu_op_values(yutu_exec *x, const yutu_algebra *values, const char *label);
yutu_op *yutu_op_union(yutu_exec *x, yutu_op **branches, uint32_t n, const char *label);
yutu_op *yutu_op_distinct(yutu_exec *x, yutu_op *input, const uint32_t *vars, uint32_t n, const char *label);
yutu_op *yutu_op_slice(yutu_exec *x, yutu_op *input, uint64_t offset, uint64_t limit, const char *label);

// ---- exec_join.c ----

typedef enum {
  YUTU_JOIN_INNER,
  YUTU_JOIN_LEFT,  ///< a left solution without a partner comes alone
  YUTU_JOIN_MINUS, ///< a left solution comes when no right one is compatible and shares a variable with it;
                   ///< with yutu_op_apply(): when the right side gives nothing
} yutu_join_kind;

/// For each solution of `left`, those of `right` opened with it.
/// @param condition  with YUTU_JOIN_LEFT: what a partner must pass; may be NULL
yutu_op *yutu_op_apply(yutu_exec *x, yutu_join_kind kind, yutu_op *left, yutu_op *right, const yutu_expr *condition,
                       const char *label);

typedef struct {
  yutu_join_kind kind;
  yutu_op *left;        ///< NULL: one solution that binds nothing
  yutu_op *right;       ///< put into a table; sees no bindings but `keep`
  const uint32_t *vars; ///< of the right side that are needed; the first `n_keys` are bound for certain on both sides
  uint32_t n_vars, n_keys;
  const uint64_t *keep;       ///< variables bound from outside that the right side may see
  bool reuse;                 ///< the table may be kept when the operator is opened again
  const yutu_expr *condition; ///< as for yutu_op_apply()
  const uint64_t *domain;     ///< MINUS: variables that the left side itself may bind
} yutu_hash_join;

yutu_op *yutu_op_hash_join(yutu_exec *x, const yutu_hash_join *join, const char *label);

// ---- exec_group.c, exec_order.c ----

yutu_op *yutu_op_group(yutu_exec *x, yutu_op *input, const yutu_algebra *group, const char *label);

/// @param vars   what has to be kept of each solution
/// @param limit  only so many of the first are wanted; UINT64_MAX: all
yutu_op *yutu_op_order(yutu_exec *x, yutu_op *input, const yutu_algebra *order, const uint32_t *vars, uint32_t n_vars,
                       uint64_t limit, const char *label);

// ---- path.c ----

yutu_op *yutu_op_path(yutu_exec *x, const yutu_algebra *path, const char *label);

#endif
