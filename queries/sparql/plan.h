/// @file queries/sparql/plan.h  From algebra to operators.
///
/// A group of patterns is taken apart (plan_flatten.c) into items that are joined in any order, filters, and what
/// follows in the order of the text (OPTIONAL, MINUS, BIND); put in order by estimated cost (plan_order.c,
/// plan_estimate.c) and built (plan_build.c). What would change the meaning when moved or fed with bindings from
/// outside stays whole and is evaluated by itself, as the standard says, bottom-up.
#ifndef YUTU_QUERIES_SPARQL_PLAN_H
#define YUTU_QUERIES_SPARQL_PLAN_H

#include "queries/sparql/ops.h"

enum {
  YUTU_PLAN_EXACT_ITEMS = 10,   ///< so many items are put in order by looking at all orders; more: greedily;
  YUTU_PLAN_GREEDY_ITEMS = 200, ///< and still more: as they stand in the text
  YUTU_PLAN_CACHED_BYTES = 4 * 1024 * 1024, ///< hash tables up to this size mostly stay in the processor's cache
};

/// What it costs to evaluate a pattern by itself.
typedef struct {
  bool known;
  double rows, cost; ///< cost in microseconds, roughly
} yutu_estimate;

typedef struct {
  yutu_exec *x;
  const yutu_query *query;
  yutu_arena *arena;
  uint32_t words; ///< of the sets of variables
  yutu_store_stats stats;
  yutu_estimate *estimates; ///< by serial of the node
  uint64_t *nothing;        ///< the empty set
} yutu_planner;

/// What an operator finds in the registers when it is opened, and what is read of it afterwards.
typedef struct {
  const uint64_t *input;   ///< variables that may be bound
  const uint64_t *certain; ///< of these, variables that are bound
  const uint64_t *context; ///< of the certain ones, those that stand for constants: everything inside may see them
  const uint64_t *needed;  ///< read by whoever uses the solutions
} yutu_plan_scope;

/// The operator for a pattern. It is correct for any bindings in scope->input.
yutu_op *yutu_plan(yutu_planner *p, const yutu_algebra *node, const yutu_plan_scope *scope);

/// The operator for the whole query, of which no more rows are asked than the run's options say.
yutu_op *yutu_plan_root(yutu_planner *p, const yutu_algebra *node, const yutu_plan_scope *scope);

// ---- plan_flatten.c ----

typedef struct {
  const yutu_algebra *node;
  bool alone;            ///< must not be fed with bindings
  const yutu_expr *bind; ///< not NULL: this is BIND(expr AS ?var), node is its EXTEND
  const uint64_t *needs; ///< BIND: variables that must be bound before
} yutu_plan_item;

typedef struct {
  const yutu_expr *expr;
  uint64_t *vars;
  uint32_t after; ///< it stands behind so many of the group's tails
  bool movable;   ///< may be evaluated earlier, once its variables are bound
  bool done;
} yutu_plan_filter;

typedef struct {
  const yutu_algebra *node; ///< LEFT_JOIN, MINUS or EXTEND; its first child is what comes before
} yutu_plan_tail;

typedef struct {
  YUTU_VEC(yutu_plan_item) items;
  YUTU_VEC(yutu_plan_filter) filters;
  YUTU_VEC(yutu_plan_tail) tails;
  uint64_t *possible; ///< variables of the whole group
} yutu_plan_group;

/// @param outside  variables bound from outside that are no constants
void yutu_plan_flatten(yutu_planner *p, const yutu_algebra *node, const uint64_t *outside, yutu_plan_group *ret);

/// Add a condition that must hold for the solutions of the whole group.
void yutu_plan_add_filter(yutu_planner *p, yutu_plan_group *group, const yutu_expr *expr);

bool yutu_expr_is_volatile(const yutu_expr *expr);

// ---- plan_simplify.c ----

/// Shorten the group's filters by what is known before the run. Those that always hold are marked as done.
/// @param possible  every variable that may be bound where they are evaluated
void yutu_plan_simplify(yutu_planner *p, yutu_plan_group *group, const uint64_t *possible);

// ---- plan_estimate.c ----

/// Rows and cost of evaluating a pattern with nothing bound.
yutu_estimate yutu_plan_estimate(yutu_planner *p, const yutu_algebra *node);

/// How many different values of a variable a pattern has.
double yutu_plan_distinct(yutu_planner *p, const yutu_algebra *node, uint32_t var);

/// The same for the pattern without its constants but the predicate: what the values are taken from.
double yutu_plan_domain(yutu_planner *p, const yutu_algebra *node, uint32_t var);

/// Triples with the pattern's predicate.
double yutu_plan_base_rows(yutu_planner *p, const yutu_algebra *triple);

/// Cost of evaluating a pattern by itself into a table and looking it up for `rows` solutions; INFINITY when the table
/// would take too much of the run's memory.
double yutu_plan_hash_cost(yutu_planner *p, const yutu_algebra *node, double rows);

/// Cost of evaluating a pattern once for a solution that binds some variables and has `rows` partners.
double yutu_plan_apply_cost(yutu_planner *p, const yutu_algebra *node, const uint64_t *bound, double rows);

/// The variable in whose ascending order the triples of a pattern come, or UINT32_MAX.
uint32_t yutu_plan_sorted_by(const yutu_planner *p, const yutu_algebra *triple);

extern const double yutu_cost_row, yutu_cost_probe, yutu_cost_build, yutu_cost_look_up, yutu_cost_expression;

// ---- plan_order.c ----

typedef enum { YUTU_METHOD_LOOP, YUTU_METHOD_HASH, YUTU_METHOD_MERGE } yutu_join_method;

typedef struct {
  uint32_t item;
  yutu_join_method method;
  uint32_t sorted; ///< MERGE: the variable
  double rows;     ///< after this step
} yutu_plan_step;

typedef struct {
  yutu_plan_step *steps; ///< one per item
  double rows, cost;
} yutu_plan_sequence;

/// The order in which the items of a group are joined, with `certain` bound from outside.
void yutu_plan_order(yutu_planner *p, const yutu_plan_group *group, const uint64_t *certain, yutu_plan_sequence *ret);

// ---- plan_build.c ----

yutu_op *yutu_plan_build(yutu_planner *p, const yutu_algebra *node, const yutu_expr *condition,
                         const yutu_plan_scope *scope);

/// Plan the patterns of EXISTS in an expression, which is evaluated where `possible` may and `certain` are bound.
void yutu_plan_expr(yutu_planner *p, const yutu_expr *expr, const uint64_t *possible, const uint64_t *certain);

// ---- plan_label.c ----

const char *yutu_plan_label(yutu_planner *p, const char *what, const yutu_algebra *node);
const char *yutu_plan_expr_label(yutu_planner *p, const char *what, const yutu_expr *expr);
const char *yutu_plan_vars_label(yutu_planner *p, const char *what, const uint32_t *vars, uint32_t n);

/// Write the tree of operators with estimates and counts.
void yutu_plan_explain(const yutu_op *root, FILE *out);

#endif
