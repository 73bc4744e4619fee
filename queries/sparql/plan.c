#include "queries/sparql/plan.h"

static uint64_t *together(const yutu_planner *p, const uint64_t *a, const uint64_t *b) {
  uint64_t *set = yutu_varset_copy(p->arena, a, p->words);
  yutu_varset_unite(set, b, p->words);
  return set;
}

/// Plan the child of a modifier that reads `read` besides what is needed above.
static yutu_op *plan_child(yutu_planner *p, const yutu_algebra *node, const yutu_plan_scope *scope,
                           const uint64_t *needed) {
  yutu_plan_scope inner = *scope;
  inner.needed = needed;
  return yutu_plan(p, node->children[0], &inner);
}

static void plan_expr(yutu_planner *p, const yutu_expr *expr, const yutu_algebra *child, const yutu_plan_scope *scope) {
  yutu_plan_expr(p, expr, together(p, child->possible, scope->input), together(p, child->certain, scope->certain));
}

static yutu_op *plan_group(yutu_planner *p, const yutu_algebra *node, const yutu_plan_scope *scope) {
  const yutu_algebra *child = node->children[0];
  uint64_t *needed = yutu_varset_new(p->arena, p->words);
  for (uint32_t i = 0; i < node->n_keys; i++) {
    if (node->keys[i].expr) {
      yutu_expr_variables(p->query, node->keys[i].expr, needed);
      plan_expr(p, node->keys[i].expr, child, scope);
    } else {
      yutu_varset_add(needed, node->keys[i].var);
    }
  }
  for (uint32_t i = 0; i < node->n_aggregates; i++) {
    const yutu_aggregate *a = &node->aggregates[i];
    if (a->argument) {
      yutu_expr_variables(p->query, a->argument, needed);
      plan_expr(p, a->argument, child, scope);
    } else if (a->distinct) {
      yutu_varset_unite(needed, child->possible, p->words);
    }
  }
  yutu_op *input = plan_child(p, node, scope, needed);
  uint32_t *keys = YUTU_NEW_ARRAY(p->arena, uint32_t, node->n_keys + 1);
  for (uint32_t i = 0; i < node->n_keys; i++)
    keys[i] = node->keys[i].var;
  return yutu_op_group(p->x, input, node, yutu_plan_vars_label(p, "group by", keys, node->n_keys));
}

/// @param limit  only so many of the first solutions are wanted
static yutu_op *plan_order(yutu_planner *p, const yutu_algebra *node, const yutu_plan_scope *scope, uint64_t limit) {
  const yutu_algebra *child = node->children[0];
  uint64_t *needed = yutu_varset_copy(p->arena, scope->needed, p->words);
  for (uint32_t i = 0; i < node->n_orders; i++) {
    yutu_expr_variables(p->query, node->orders[i].expr, needed);
    plan_expr(p, node->orders[i].expr, child, scope);
  }
  yutu_op *input = plan_child(p, node, scope, needed);
  uint32_t *vars = YUTU_NEW_ARRAY(p->arena, uint32_t, yutu_varset_count(child->possible, p->words) + 1), n = 0;
  for (uint32_t v = UINT32_MAX; yutu_varset_next(child->possible, p->words, &v);) {
    if (yutu_varset_has(scope->needed, v))
      vars[n++] = v;
  }
  return yutu_op_order(p->x, input, node, vars, n, limit, limit == UINT64_MAX ? "order" : "order, first rows only");
}

static yutu_op *plan_distinct(yutu_planner *p, const yutu_algebra *node, const yutu_plan_scope *scope) {
  uint64_t *needed = yutu_varset_copy(p->arena, scope->needed, p->words);
  for (uint32_t i = 0; i < node->n_vars; i++)
    yutu_varset_add(needed, node->vars[i]);
  yutu_op *input = plan_child(p, node, scope, needed);
  if (node->kind == YUTU_ALGEBRA_REDUCED)
    return input;
  return yutu_op_distinct(p->x, input, node->vars, node->n_vars,
                          yutu_plan_vars_label(p, "distinct", node->vars, node->n_vars));
}

static yutu_op *plan_slice(yutu_planner *p, const yutu_algebra *node, const yutu_plan_scope *scope) {
  const yutu_algebra *below = node->children[0];
  while (below->kind == YUTU_ALGEBRA_PROJECT || below->kind == YUTU_ALGEBRA_REDUCED)
    below = below->children[0];
  yutu_op *input;
  if (below->kind == YUTU_ALGEBRA_ORDER && node->limit < UINT64_MAX - node->offset)
    input = plan_order(p, below, scope, node->offset + node->limit);
  else
    input = plan_child(p, node, scope, scope->needed);
  return yutu_op_slice(p->x, input, node->offset, node->limit, yutu_plan_label(p, "slice", node));
}

yutu_op *yutu_plan_root(yutu_planner *p, const yutu_algebra *node, const yutu_plan_scope *scope) {
  const uint64_t limit = p->x->options.row_limit;
  const yutu_algebra *below = node;
  while (below->kind == YUTU_ALGEBRA_PROJECT || below->kind == YUTU_ALGEBRA_REDUCED)
    below = below->children[0];
  if (p->query->form == YUTU_QUERY_SELECT && limit && below->kind == YUTU_ALGEBRA_ORDER)
    return plan_order(p, below, scope, limit + 1); // one more, to know whether anything was cut
  return yutu_plan(p, node, scope);
}

yutu_op *yutu_plan(yutu_planner *p, const yutu_algebra *node, const yutu_plan_scope *scope) {
  yutu_op *op;
  switch (node->kind) {
  case YUTU_ALGEBRA_PROJECT:
    if (node->children[0]->kind < YUTU_ALGEBRA_GROUP)
      return yutu_plan_build(p, node, NULL, scope);
    return yutu_plan(p, node->children[0], scope);
  case YUTU_ALGEBRA_GROUP:
    op = plan_group(p, node, scope);
    break;
  case YUTU_ALGEBRA_ORDER:
    op = plan_order(p, node, scope, UINT64_MAX);
    break;
  case YUTU_ALGEBRA_DISTINCT:
  case YUTU_ALGEBRA_REDUCED:
    op = plan_distinct(p, node, scope);
    break;
  case YUTU_ALGEBRA_SLICE:
    op = plan_slice(p, node, scope);
    break;
  default:
    return yutu_plan_build(p, node, NULL, scope);
  }
  op->estimate = yutu_plan_estimate(p, node).rows;
  return op;
}
