#include "queries/sparql/plan.h"

bool yutu_expr_is_volatile(const yutu_expr *expr) {
  if (expr->op == YUTU_EXPR_CALL && yutu_function_at(expr->index)->is_volatile)
    return true;
  for (uint32_t i = 0; i < expr->n_args; i++) {
    if (yutu_expr_is_volatile(expr->args[i]))
      return true;
  }
  return false;
}

static bool is_empty(const yutu_planner *p, const uint64_t *set) {
  return yutu_varset_count(set, p->words) == 0;
}

static uint64_t *variables_of(yutu_planner *p, const yutu_expr *expr) {
  uint64_t *vars = yutu_varset_new(p->arena, p->words);
  if (expr)
    yutu_expr_variables(p->query, expr, vars);
  return vars;
}

static void add_item(yutu_planner *p, yutu_plan_group *g, const yutu_algebra *node, bool alone) {
  *YUTU_PUSH(p->arena, &g->items) = (yutu_plan_item){.node = node, .alone = alone};
}

/// One filter per condition of a conjunction: each is placed by itself.
static void add_filter(yutu_planner *p, yutu_plan_group *g, const yutu_expr *expr, bool movable) {
  if (expr->op == YUTU_EXPR_AND) {
    for (uint32_t i = 0; i < expr->n_args; i++)
      add_filter(p, g, expr->args[i], movable);
    return;
  }
  *YUTU_PUSH(p->arena, &g->filters) = (yutu_plan_filter){.expr = expr,
                                                         .vars = variables_of(p, expr),
                                                         .after = g->tails.n,
                                                         .movable = movable && !yutu_expr_is_volatile(expr)};
}

void yutu_plan_add_filter(yutu_planner *p, yutu_plan_group *group, const yutu_expr *expr) {
  add_filter(p, group, expr, true);
}

/// May something that reads `read` behind `left` also be evaluated when patterns that bind `around` are joined before?
static bool may_wait(const yutu_planner *p, const uint64_t *read, const yutu_algebra *left, const uint64_t *around) {
  return yutu_varset_within(read, around, left->certain, p->words);
}

/// Where a node stands.
typedef struct {
  const uint64_t *around; ///< variables that may be bound beside it
  bool joined;            ///< there is something beside it
} place;

static void flatten(yutu_planner *p, const yutu_algebra *node, place at, yutu_plan_group *g);

static void flatten_join(yutu_planner *p, const yutu_algebra *node, place at, yutu_plan_group *g) {
  const uint32_t n = node->n_children, words = p->words;
  // Variables of what stands behind each child, then, going forward, of what stands before it.
  uint64_t *behind = YUTU_NEW_ARRAY(p->arena, uint64_t, (size_t)(n + 1) * words);
  for (uint32_t i = n; i-- > 0;) {
    memcpy(behind + i * words, behind + (i + 1) * words, words * sizeof *behind);
    yutu_varset_unite(behind + i * words, node->children[i]->possible, words);
  }
  uint64_t *before = yutu_varset_copy(p->arena, at.around, words);
  for (uint32_t i = 0; i < n; i++) {
    uint64_t *others = behind + (i + 1) * words;
    yutu_varset_unite(others, before, words);
    flatten(p, node->children[i], (place){others, at.joined || n > 1}, g);
    yutu_varset_unite(before, node->children[i]->possible, words);
  }
}

static void flatten_extend(yutu_planner *p, const yutu_algebra *node, place at, yutu_plan_group *g) {
  const uint64_t *read = variables_of(p, node->expr);
  const yutu_algebra *left = node->children[0];
  if (!may_wait(p, read, left, at.around) || (yutu_expr_is_volatile(node->expr) && at.joined)) {
    add_item(p, g, node, true);
    return;
  }
  uint64_t *with_var = yutu_varset_copy(p->arena, at.around, p->words); // a filter inside must not come to see it
  yutu_varset_add(with_var, node->var);
  flatten(p, left, (place){with_var, at.joined}, g);
  uint64_t *needs = yutu_varset_copy(p->arena, read, p->words);
  yutu_varset_intersect(needs, left->possible, p->words);
  const bool early =
      !g->tails.n && yutu_varset_within(needs, needs, left->certain, p->words) && !yutu_expr_is_volatile(node->expr);
  if (early) // what is bound by it may help to find the rest
    *YUTU_PUSH(p->arena, &g->items) = (yutu_plan_item){.node = node, .bind = node->expr, .needs = needs};
  else
    *YUTU_PUSH(p->arena, &g->tails) = (yutu_plan_tail){node};
}

/// Does every solution of the pattern come from a triple of the graph?
static bool has_triple(const yutu_algebra *node, const yutu_graph_ref *graph) {
  bool any = false, all = node->n_children > 0;
  switch (node->kind) {
  case YUTU_ALGEBRA_TRIPLE:
    return node->graph == graph;
  case YUTU_ALGEBRA_FILTER:
  case YUTU_ALGEBRA_LEFT_JOIN:
  case YUTU_ALGEBRA_EXTEND:
    return has_triple(node->children[0], graph);
  case YUTU_ALGEBRA_JOIN:
  case YUTU_ALGEBRA_UNION:
    for (uint32_t i = 0; i < node->n_children; i++) {
      const bool has = has_triple(node->children[i], graph);
      any = any || has;
      all = all && has;
    }
    return node->kind == YUTU_ALGEBRA_JOIN ? any : all;
  default:
    return false;
  }
}

/// Can the graph's variable be a fourth place of the triples inside, with nothing else to be known about the graph?
static bool is_plain(const yutu_algebra *node) {
  switch (node->kind) {
  case YUTU_ALGEBRA_TRIPLE:
  case YUTU_ALGEBRA_UNIT:
  case YUTU_ALGEBRA_VALUES:
  case YUTU_ALGEBRA_JOIN:
  case YUTU_ALGEBRA_FILTER:
  case YUTU_ALGEBRA_EXTEND:
  case YUTU_ALGEBRA_LEFT_JOIN:
  case YUTU_ALGEBRA_UNION:
    break;
  default:
    return false;
  }
  for (uint32_t i = 0; i < node->n_children; i++) {
    if (!is_plain(node->children[i]))
      return false;
  }
  return true;
}

static void flatten(yutu_planner *p, const yutu_algebra *node, place at, yutu_plan_group *g) {
  const uint64_t *read = NULL;
  switch (node->kind) {
  case YUTU_ALGEBRA_UNIT:
    return;
  case YUTU_ALGEBRA_JOIN:
    flatten_join(p, node, at, g);
    return;
  case YUTU_ALGEBRA_FILTER:
    read = variables_of(p, node->expr);
    if (!may_wait(p, read, node->children[0], at.around) || (yutu_expr_is_volatile(node->expr) && at.joined)) {
      add_item(p, g, node, true);
      return;
    }
    flatten(p, node->children[0], at, g);
    add_filter(p, g, node->expr, true);
    return;
  case YUTU_ALGEBRA_LEFT_JOIN:
  case YUTU_ALGEBRA_MINUS: {
    uint64_t *right = variables_of(p, node->expr);
    yutu_varset_unite(right, node->children[1]->mentioned, p->words);
    if (!may_wait(p, right, node->children[0], at.around)) {
      add_item(p, g, node, true);
      return;
    }
    flatten(p, node->children[0], at, g);
    *YUTU_PUSH(p->arena, &g->tails) = (yutu_plan_tail){node};
    return;
  }
  case YUTU_ALGEBRA_EXTEND:
    flatten_extend(p, node, at, g);
    return;
  case YUTU_ALGEBRA_GRAPH:
    if (!has_triple(node->children[0], node->graph) || (node->graph->node.is_var && !is_plain(node->children[0])))
      break;
    flatten(p, node->children[0], at, g);
    return;
  case YUTU_ALGEBRA_PROJECT:
    if (node->children[0]->kind >= YUTU_ALGEBRA_GROUP)
      break;
    flatten(p, node->children[0], at, g);
    return;
  default:
    break;
  }
  add_item(p, g, node, !yutu_correlatable(p->query, node, at.around));
}

/// Variables that a node binds, or that it binds besides those of its first child.
static void note_bound(const yutu_planner *p, const yutu_algebra *node, bool without_first, uint64_t *set) {
  if (!without_first)
    yutu_varset_unite(set, node->possible, p->words);
  else if (node->kind == YUTU_ALGEBRA_EXTEND)
    yutu_varset_add(set, node->var);
  else if (node->kind == YUTU_ALGEBRA_LEFT_JOIN)
    yutu_varset_unite(set, node->children[1]->possible, p->words);
}

void yutu_plan_flatten(yutu_planner *p, const yutu_algebra *node, const uint64_t *outside, yutu_plan_group *ret) {
  *ret = (yutu_plan_group){.possible = yutu_varset_new(p->arena, p->words)};
  flatten(p, node, (place){outside, !is_empty(p, outside)}, ret);
  for (uint32_t i = 0; i < ret->items.n; i++)
    note_bound(p, ret->items.at[i].node, ret->items.at[i].bind != NULL, ret->possible);
  for (uint32_t i = 0; i < ret->tails.n; i++)
    note_bound(p, ret->tails.at[i].node, true, ret->possible);
}
