#include "queries/sparql/exists.h"
#include "queries/sparql/plan.h"

/// A group while it is built: the operators so far, and what is bound by them.
typedef struct {
  yutu_planner *p;
  const yutu_plan_scope *scope;
  yutu_plan_group group;
  yutu_op *op; ///< NULL: nothing yet, one solution that binds nothing
  uint64_t *possible, *certain;
  uint64_t *all; ///< every variable that may ever be bound in the group
  double rows;
} builder;

static uint64_t *copy(const builder *b, const uint64_t *set) {
  return yutu_varset_copy(b->p->arena, set, b->p->words);
}

static yutu_op *input_of(builder *b) {
  return b->op ? b->op : yutu_op_unit(b->p->x);
}

static void set_op(builder *b, yutu_op *op, double rows) {
  op->estimate = rows;
  b->op = op;
  b->rows = rows;
}

static void add_bound(builder *b, const yutu_algebra *node) {
  yutu_varset_unite(b->possible, node->possible, b->p->words);
  yutu_varset_unite(b->certain, node->certain, b->p->words);
}

static bool has_exists(const yutu_expr *expr) {
  bool has = expr->pattern != NULL;
  for (uint32_t i = 0; i < expr->n_args && !has; i++)
    has = has_exists(expr->args[i]);
  return has;
}

// ---- what is needed of an item by the rest ----

static void need_expr(const builder *b, const yutu_expr *expr, uint64_t *needed) {
  if (expr)
    yutu_expr_variables(b->p->query, expr, needed);
}

/// Variables that anything but the item itself reads.
static uint64_t *needed_beside(const builder *b, const yutu_algebra *item) {
  uint64_t *needed = copy(b, b->scope->needed);
  for (uint32_t i = 0; i < b->group.items.n; i++) {
    const yutu_plan_item *other = &b->group.items.at[i];
    if (other->bind) {
      need_expr(b, other->bind, needed);
      yutu_varset_add(needed, other->node->var);
    } else if (other->node != item) {
      yutu_varset_unite(needed, other->node->mentioned, b->p->words);
    }
  }
  for (uint32_t i = 0; i < b->group.filters.n; i++)
    yutu_varset_unite(needed, b->group.filters.at[i].vars, b->p->words);
  for (uint32_t i = 0; i < b->group.tails.n; i++) {
    const yutu_algebra *tail = b->group.tails.at[i].node;
    need_expr(b, tail->expr, needed);
    if (tail->kind == YUTU_ALGEBRA_EXTEND)
      yutu_varset_add(needed, tail->var);
    else if (tail->children[1] != item)
      yutu_varset_unite(needed, tail->children[1]->mentioned, b->p->words);
  }
  return needed;
}

/// Whoever evaluates expressions in a plan has their EXISTS planned: with everything there as constants.
void yutu_plan_expr(yutu_planner *p, const yutu_expr *expr, const uint64_t *possible, const uint64_t *certain) {
  if (expr->pattern && !p->x->exists[expr->serial]) {
    const yutu_plan_scope scope = {.input = possible, .certain = certain, .context = certain, .needed = p->nothing};
    uint64_t *seen = yutu_varset_copy(p->arena, expr->pattern->mentioned, p->words);
    yutu_varset_intersect(seen, possible, p->words);
    p->x->exists[expr->serial] = yutu_exists_new(p->x, expr->pattern, yutu_plan(p, expr->pattern, &scope), seen);
  }
  for (uint32_t i = 0; i < expr->n_args; i++)
    yutu_plan_expr(p, expr->args[i], possible, certain);
}

static void plan_expr(const builder *b, const yutu_expr *expr) {
  if (expr)
    yutu_plan_expr(b->p, expr, copy(b, b->possible), copy(b, b->certain));
}

// ---- hash joins ----

/// The variables of a set that are part of solutions: those that the text names.
static uint64_t *named_of(const builder *b, const uint64_t *set) {
  uint64_t *named = yutu_varset_new(b->p->arena, b->p->words);
  for (uint32_t v = UINT32_MAX; yutu_varset_next(set, b->p->words, &v);) {
    if (b->p->query->variables.at[v].name.len)
      yutu_varset_add(named, v);
  }
  return named;
}

/// A hash join of what there is with a pattern that is evaluated by itself.
static yutu_op *hash_join(builder *b, yutu_join_kind kind, const yutu_algebra *right, const yutu_expr *condition,
                          const char *label) {
  yutu_planner *p = b->p;
  const uint64_t *context = b->scope->context;
  uint64_t *needed = needed_beside(b, right);
  yutu_varset_unite(needed, b->possible, p->words); // what both sides have must agree
  const yutu_plan_scope alone = {.input = context, .certain = context, .context = context, .needed = needed};
  yutu_hash_join join = {.kind = kind,
                         .left = b->op,
                         .right = yutu_plan(p, right, &alone),
                         .keep = context,
                         .reuse = !yutu_varset_meets(context, right->mentioned, p->words),
                         .condition = condition};
  uint32_t *vars = YUTU_NEW_ARRAY(p->arena, uint32_t, yutu_varset_count(right->possible, p->words) + 1);
  for (uint32_t v = UINT32_MAX; yutu_varset_next(right->certain, p->words, &v);) {
    if (yutu_varset_has(b->certain, v))
      vars[join.n_vars++] = v;
  }
  join.n_keys = join.n_vars;
  for (uint32_t v = UINT32_MAX; yutu_varset_next(right->possible, p->words, &v);) {
    const bool is_key = yutu_varset_has(right->certain, v) && yutu_varset_has(b->certain, v);
    if (!is_key && yutu_varset_has(needed, v))
      vars[join.n_vars++] = v;
  }
  join.vars = vars;
  if (kind == YUTU_JOIN_MINUS)
    join.domain = named_of(b, b->possible);
  return yutu_op_hash_join(p->x, &join, yutu_plan_vars_label(p, b->op ? label : "evaluated once", vars, join.n_keys));
}

// ---- items ----

static yutu_plan_scope inside_of(const builder *b, const yutu_algebra *node) {
  return (yutu_plan_scope){.input = copy(b, b->possible),
                           .certain = copy(b, b->certain),
                           .context = b->scope->context,
                           .needed = needed_beside(b, node)};
}

/// A pattern that is evaluated anew for each solution so far.
static yutu_op *plan_inside(builder *b, const yutu_algebra *node, const yutu_expr *condition) {
  const yutu_plan_scope scope = inside_of(b, node);
  return condition ? yutu_plan_build(b->p, node, condition, &scope) : yutu_plan(b->p, node, &scope);
}

/// Filters that every branch of a union can evaluate by itself: they are taken into the branches.
/// @return their conjunction, or NULL
static yutu_expr *take_filters(builder *b, const yutu_algebra *node) {
  yutu_arena *arena = b->p->arena;
  uint64_t *certain = copy(b, b->certain);
  yutu_varset_unite(certain, node->certain, b->p->words);
  YUTU_VEC(yutu_expr *) taken = {0};
  for (uint32_t i = 0; i < b->group.filters.n; i++) {
    yutu_plan_filter *f = &b->group.filters.at[i];
    if (f->done || !f->movable || has_exists(f->expr) || !yutu_varset_within(f->vars, b->all, certain, b->p->words))
      continue;
    f->done = true;
    *YUTU_PUSH(arena, &taken) = (yutu_expr *)f->expr;
  }
  if (!taken.n)
    return NULL;
  yutu_expr *all = YUTU_NEW(arena, yutu_expr);
  *all = (yutu_expr){.op = YUTU_EXPR_AND, .args = taken.at, .n_args = taken.n};
  return all;
}

static yutu_op *plan_union(builder *b, const yutu_algebra *node) {
  const yutu_plan_scope scope = inside_of(b, node);
  const yutu_expr *condition = take_filters(b, node);
  yutu_op **branches = YUTU_NEW_ARRAY(b->p->arena, yutu_op *, node->n_children);
  for (uint32_t i = 0; i < node->n_children; i++)
    branches[i] = condition ? yutu_plan_build(b->p, node->children[i], condition, &scope)
                            : yutu_plan(b->p, node->children[i], &scope);
  return yutu_op_union(b->p->x, branches, node->n_children, "union");
}

/// GRAPH whose pattern has to be evaluated graph by graph.
static yutu_op *plan_graph(builder *b, const yutu_algebra *node) {
  yutu_planner *p = b->p;
  yutu_op *graphs = yutu_op_graphs(p->x, node->graph->node, yutu_plan_label(p, "graphs", node));
  graphs->estimate = (double)p->stats.graphs;
  yutu_plan_scope scope = inside_of(b, node);
  if (node->graph->node.is_var) {
    const uint64_t *const sets[] = {scope.input, scope.certain, scope.context};
    uint64_t *wider[3];
    for (int i = 0; i < 3; i++) {
      wider[i] = copy(b, sets[i]);
      yutu_varset_add(wider[i], node->graph->node.index);
    }
    scope.input = wider[0];
    scope.certain = wider[1];
    scope.context = wider[2];
  }
  yutu_op *inner = yutu_plan(p, node->children[0], &scope);
  return yutu_op_apply(p->x, YUTU_JOIN_INNER, graphs, inner, NULL, "for each graph");
}

/// The operator of an item, to be opened for each solution so far.
static yutu_op *plan_item(builder *b, const yutu_algebra *node) {
  yutu_exec *x = b->p->x;
  switch (node->kind) {
  case YUTU_ALGEBRA_PATH:
    return yutu_op_path(x, node, yutu_plan_label(b->p, "path", node));
  case YUTU_ALGEBRA_VALUES:
    return yutu_op_values(x, node, yutu_plan_vars_label(b->p, "values", node->vars, node->n_vars));
  case YUTU_ALGEBRA_UNION:
    return plan_union(b, node);
  case YUTU_ALGEBRA_GRAPH:
    return plan_graph(b, node);
  default:
    return plan_inside(b, node, NULL);
  }
}

static void place_item(builder *b, const yutu_plan_item *item, const yutu_plan_step *step) {
  yutu_planner *p = b->p;
  const yutu_algebra *node = item->node;
  yutu_op *op;
  if (item->bind) {
    plan_expr(b, item->bind);
    op = yutu_op_extend(p->x, input_of(b), node->var, item->bind, yutu_plan_label(p, "bind", node));
    yutu_varset_add(b->possible, node->var);
    set_op(b, op, step->rows);
    return;
  }
  if (step->method == YUTU_METHOD_HASH || item->alone)
    op = hash_join(b, YUTU_JOIN_INNER, node, NULL, "hash join");
  else if (step->method == YUTU_METHOD_MERGE)
    op = yutu_op_merge(p->x, b->op, node, step->sorted, yutu_plan_label(p, "merge join", node));
  else if (node->kind == YUTU_ALGEBRA_TRIPLE)
    op = yutu_op_scan(p->x, b->op, node, YUTU_ORDER_ANY, yutu_plan_label(p, "scan", node));
  else if (b->op)
    op = yutu_op_apply(p->x, YUTU_JOIN_INNER, b->op, plan_item(b, node), NULL, "for each");
  else
    op = plan_item(b, node);
  add_bound(b, node);
  set_op(b, op, step->rows);
}

/// Put in the filters that belong here, and those that may already be evaluated here.
/// @param fewest  no later step has fewer solutions: the place for conditions that are dear
static void place_filters(builder *b, bool items_done, uint32_t tails_done, bool fewest) {
  for (uint32_t i = 0; i < b->group.filters.n; i++) {
    yutu_plan_filter *f = &b->group.filters.at[i];
    if (f->done)
      continue;
    const bool due = items_done && f->after <= tails_done;
    if (!due && (!f->movable || !yutu_varset_within(f->vars, b->all, b->certain, b->p->words) ||
                 (!fewest && has_exists(f->expr))))
      continue;
    f->done = true;
    plan_expr(b, f->expr);
    yutu_op *op = yutu_op_filter(b->p->x, input_of(b), f->expr, yutu_plan_expr_label(b->p, "filter", f->expr));
    set_op(b, op, b->rows * 0.5);
  }
}

// ---- tails ----

static bool loop_is_cheaper(const builder *b, const yutu_algebra *right) {
  const yutu_estimate alone = yutu_plan_estimate(b->p, right);
  double partners = alone.rows;
  for (uint32_t v = UINT32_MAX; yutu_varset_next(right->certain, b->p->words, &v);) {
    if (yutu_varset_has(b->certain, v))
      partners /= yutu_plan_distinct(b->p, right, v);
  }
  const double loop = b->rows * yutu_plan_apply_cost(b->p, right, b->certain, partners);
  const double hash = yutu_plan_hash_cost(b->p, right, b->rows);
  return loop <= hash;
}

static void place_optional(builder *b, const yutu_algebra *node) {
  yutu_planner *p = b->p;
  const yutu_algebra *right = node->children[1];
  uint64_t *outside = copy(b, b->possible);
  yutu_varset_subtract(outside, b->scope->context, p->words);
  yutu_op *op;
  if (yutu_correlatable(p->query, right, outside) && loop_is_cheaper(b, right)) {
    yutu_op *inner = plan_inside(b, right, node->expr);
    op = yutu_op_apply(p->x, YUTU_JOIN_LEFT, input_of(b), inner, NULL, "optional, for each");
  } else {
    const uint64_t *certain = copy(b, b->certain);
    if (node->expr) { // evaluated on both sides together
      uint64_t *both = copy(b, b->possible);
      yutu_varset_unite(both, right->possible, p->words);
      yutu_plan_expr(p, node->expr, both, certain);
    }
    b->op = input_of(b);
    op = hash_join(b, YUTU_JOIN_LEFT, right, node->expr, "optional, hash join");
  }
  yutu_varset_unite(b->possible, right->possible, p->words);
  set_op(b, op, b->rows);
}

/// Can the right side of MINUS be looked up for each left solution? Only if what the two share is always bound.
static bool can_look_up(const builder *b, const yutu_algebra *node) {
  const yutu_planner *p = b->p;
  const yutu_algebra *left = node->children[0], *right = node->children[1];
  uint64_t *shared = copy(b, right->mentioned);
  yutu_varset_intersect(shared, b->possible, p->words);
  uint64_t *domain = named_of(b, left->certain);
  yutu_varset_intersect(domain, right->certain, p->words);
  return yutu_varset_within(shared, shared, b->certain, p->words) &&
         yutu_varset_within(shared, shared, right->certain, p->words) && yutu_varset_count(domain, p->words) > 0 &&
         yutu_correlatable(p->query, right, shared);
}

static void place_minus(builder *b, const yutu_algebra *node) {
  yutu_planner *p = b->p;
  const yutu_algebra *left = node->children[0], *right = node->children[1];
  yutu_op *op;
  if (!yutu_varset_meets(named_of(b, left->possible), right->possible, p->words))
    return; // nothing in common: nothing is taken away
  if (can_look_up(b, node) && loop_is_cheaper(b, right)) {
    op = yutu_op_apply(p->x, YUTU_JOIN_MINUS, input_of(b), plan_inside(b, right, NULL), NULL, "minus, for each");
  } else {
    uint64_t *possible = b->possible;
    b->possible = copy(b, left->possible); // the domain that counts
    b->op = input_of(b);
    op = hash_join(b, YUTU_JOIN_MINUS, right, NULL, "minus, hash join");
    b->possible = possible;
  }
  set_op(b, op, b->rows * 0.8);
}

static void place_tail(builder *b, const yutu_algebra *node) {
  if (node->kind == YUTU_ALGEBRA_LEFT_JOIN) {
    place_optional(b, node);
  } else if (node->kind == YUTU_ALGEBRA_MINUS) {
    place_minus(b, node);
  } else {
    plan_expr(b, node->expr);
    set_op(b, yutu_op_extend(b->p->x, input_of(b), node->var, node->expr, yutu_plan_label(b->p, "bind", node)),
           b->rows);
    yutu_varset_add(b->possible, node->var);
  }
}

// ---- filters that say what a variable is ----

static bool is_constant_term(const yutu_planner *p, const yutu_expr *e, bool same_term) {
  if (e->op != YUTU_EXPR_CONSTANT)
    return false;
  const yutu_value_kind kind = p->x->constant_values[e->index].kind;
  // Only for these does = mean the same term.
  return same_term || kind == YUTU_VALUE_IRI || kind == YUTU_VALUE_STRING || kind == YUTU_VALUE_LANGUAGE;
}

static bool is_same_term(const yutu_expr *e) {
  static const char name[] = "sameTerm";
  return e->op == YUTU_EXPR_CALL && yutu_slice_eq(yutu_slice_of(yutu_function_at(e->index)->name), yutu_slice_of(name));
}

/// ?x = constant, ?x IN (constants), sameTerm(?x, constant) as a block of values; NULL when it is none of these.
static yutu_algebra *values_of(const builder *b, const yutu_expr *e) {
  const bool same_term = is_same_term(e);
  if (e->op != YUTU_EXPR_EQ && e->op != YUTU_EXPR_IN && !same_term)
    return NULL;
  const yutu_expr *variable = e->args[0];
  uint32_t first = 1, n = e->n_args - 1;
  if (e->op != YUTU_EXPR_IN && variable->op != YUTU_EXPR_VAR) {
    variable = e->args[1];
    first = 0;
  }
  if (variable->op != YUTU_EXPR_VAR || n == 0 || yutu_varset_has(b->p->x->preset, variable->index))
    return NULL;
  for (uint32_t i = 0; i < n; i++) {
    if (!is_constant_term(b->p, e->args[first + i], same_term))
      return NULL;
    for (uint32_t k = 0; k < i; k++) { // a value given twice must not give solutions twice
      if (b->p->x->constant_ids[e->args[first + k]->index] == b->p->x->constant_ids[e->args[first + i]->index])
        return NULL;
    }
  }
  yutu_algebra *values = YUTU_NEW(b->p->arena, yutu_algebra);
  values->kind = YUTU_ALGEBRA_VALUES;
  values->serial = UINT32_MAX;
  values->n_vars = 1;
  values->vars = YUTU_NEW_ARRAY(b->p->arena, uint32_t, 1);
  values->vars[0] = variable->index;
  values->n_rows = n;
  values->rows = YUTU_NEW_ARRAY(b->p->arena, uint32_t, n);
  for (uint32_t i = 0; i < n; i++)
    values->rows[i] = e->args[first + i]->index;
  values->possible = values->certain = values->mentioned = yutu_varset_new(b->p->arena, b->p->words);
  yutu_varset_add(values->possible, variable->index);
  return values;
}

/// Filters that give a variable's value become items: then the value can be looked up instead of looked for.
static void take_values(builder *b) {
  uint64_t *certain = yutu_varset_new(b->p->arena, b->p->words);
  for (uint32_t i = 0; i < b->group.items.n; i++) {
    if (!b->group.items.at[i].bind)
      yutu_varset_unite(certain, b->group.items.at[i].node->certain, b->p->words);
  }
  for (uint32_t i = 0; i < b->group.filters.n; i++) {
    yutu_plan_filter *f = &b->group.filters.at[i];
    const yutu_algebra *values = f->movable && !f->done ? values_of(b, f->expr) : NULL;
    if (!values || !yutu_varset_within(f->vars, f->vars, certain, b->p->words))
      continue;
    f->done = true;
    *YUTU_PUSH(b->p->arena, &b->group.items) = (yutu_plan_item){.node = values};
  }
}

yutu_op *yutu_plan_build(yutu_planner *p, const yutu_algebra *node, const yutu_expr *condition,
                         const yutu_plan_scope *scope) {
  builder b = {.p = p, .scope = scope, .rows = 1};
  b.possible = copy(&b, scope->input);
  b.certain = copy(&b, scope->certain);
  uint64_t *outside = copy(&b, scope->input);
  yutu_varset_subtract(outside, scope->context, p->words);
  yutu_plan_flatten(p, node, outside, &b.group);
  if (condition)
    yutu_plan_add_filter(p, &b.group, condition);
  b.all = copy(&b, b.group.possible);
  yutu_varset_unite(b.all, scope->input, p->words);
  yutu_plan_simplify(p, &b.group, b.all);
  take_values(&b);
  yutu_plan_sequence sequence;
  yutu_plan_order(p, &b.group, scope->certain, &sequence);
  place_filters(&b, false, 0, false);
  for (uint32_t i = 0; i < b.group.items.n; i++) {
    place_item(&b, &b.group.items.at[sequence.steps[i].item], &sequence.steps[i]);
    bool fewest = true;
    for (uint32_t k = i + 1; k < b.group.items.n && fewest; k++)
      fewest = sequence.steps[k].rows >= sequence.steps[i].rows;
    place_filters(&b, false, 0, fewest);
  }
  place_filters(&b, true, 0, true);
  for (uint32_t i = 0; i < b.group.tails.n; i++) {
    place_tail(&b, b.group.tails.at[i].node);
    place_filters(&b, true, i + 1, true);
  }
  return input_of(&b);
}
