/// Conditions made shorter by what is known before the run: parameters are constants, and a variable that nothing binds
/// is unbound. So `FILTER(!BOUND(?since) || ?date >= ?since)` is either nothing or a comparison with a constant.

#include "queries/sparql/plan.h"

typedef enum { OPEN, ALWAYS_TRUE, ALWAYS_FALSE } verdict;

static bool is_call_of(const yutu_expr *e, const char *name) {
  return e->op == YUTU_EXPR_CALL && yutu_slice_eq(yutu_slice_of(yutu_function_at(e->index)->name), yutu_slice_of(name));
}

static verdict verdict_of(const yutu_planner *p, const yutu_expr *e) {
  if (e->op != YUTU_EXPR_CONSTANT)
    return OPEN;
  const int truth = yutu_value_truth(&p->x->constant_values[e->index]);
  return truth == YUTU_ERROR ? OPEN : truth ? ALWAYS_TRUE : ALWAYS_FALSE;
}

static const yutu_expr *constant(yutu_planner *p, const yutu_expr *like, uint32_t index) {
  yutu_expr *e = YUTU_NEW(p->arena, yutu_expr);
  *e = (yutu_expr){.op = YUTU_EXPR_CONSTANT, .index = index, .serial = like->serial};
  return e;
}

static const yutu_expr *boolean(yutu_planner *p, const yutu_expr *like, bool b) {
  return constant(p, like, b ? p->query->true_constant : p->query->false_constant);
}

static const yutu_expr *simplify_variable(yutu_planner *p, const yutu_expr *e) {
  if (!yutu_varset_has(p->x->preset, e->index))
    return e;
  return constant(p, e, p->query->constants.n + p->query->variables.at[e->index].name_index);
}

static const yutu_expr *simplify_bound(yutu_planner *p, const yutu_expr *e, const uint64_t *possible) {
  const uint32_t var = e->args[0]->index;
  if (yutu_varset_has(p->x->preset, var))
    return boolean(p, e, true);
  return yutu_varset_has(possible, var) ? e : boolean(p, e, false);
}

/// AND and OR without the parts that are decided; one that decides the whole is the whole.
static const yutu_expr *simplify_logic(yutu_planner *p, const yutu_expr *e) {
  const verdict decisive = e->op == YUTU_EXPR_OR ? ALWAYS_TRUE : ALWAYS_FALSE;
  yutu_expr *shorter = YUTU_NEW(p->arena, yutu_expr);
  *shorter = *e;
  shorter->args = YUTU_NEW_ARRAY(p->arena, yutu_expr *, e->n_args);
  shorter->n_args = 0;
  for (uint32_t i = 0; i < e->n_args; i++) {
    const verdict v = verdict_of(p, e->args[i]);
    if (v == decisive)
      return boolean(p, e, v == ALWAYS_TRUE);
    if (v == OPEN)
      shorter->args[shorter->n_args++] = e->args[i];
  }
  if (!shorter->n_args)
    return boolean(p, e, decisive == ALWAYS_FALSE);
  return shorter;
}

static const yutu_expr *simplify(yutu_planner *p, const yutu_expr *e, const uint64_t *possible) {
  if (e->op == YUTU_EXPR_VAR)
    return simplify_variable(p, e);
  if (is_call_of(e, "BOUND"))
    return simplify_bound(p, e, possible);
  if (!e->n_args)
    return e;
  yutu_expr *copy = YUTU_NEW(p->arena, yutu_expr);
  *copy = *e;
  copy->args = YUTU_NEW_ARRAY(p->arena, yutu_expr *, e->n_args);
  for (uint32_t i = 0; i < e->n_args; i++)
    copy->args[i] = (yutu_expr *)simplify(p, e->args[i], possible);
  if (e->op == YUTU_EXPR_AND || e->op == YUTU_EXPR_OR)
    return simplify_logic(p, copy);
  if (e->op == YUTU_EXPR_NOT) {
    const verdict v = verdict_of(p, copy->args[0]);
    return v == OPEN ? copy : boolean(p, e, v == ALWAYS_FALSE);
  }
  return copy;
}

void yutu_plan_simplify(yutu_planner *p, yutu_plan_group *group, const uint64_t *possible) {
  const uint32_t n = group->filters.n;
  for (uint32_t i = 0; i < n; i++) {
    yutu_plan_filter *f = &group->filters.at[i];
    f->expr = simplify(p, f->expr, possible);
    memset(f->vars, 0, p->words * sizeof *f->vars);
    yutu_expr_variables(p->query, f->expr, f->vars);
    // A single condition that is left of AND or OR counts by its truth, as the filter itself does.
    while ((f->expr->op == YUTU_EXPR_AND || f->expr->op == YUTU_EXPR_OR) && f->expr->n_args == 1)
      f->expr = f->expr->args[0];
    f->done = verdict_of(p, f->expr) == ALWAYS_TRUE;
  }
}
