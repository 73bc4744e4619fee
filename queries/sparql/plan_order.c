#include "queries/sparql/plan.h"

#include <math.h>

/// What has been joined so far.
typedef struct {
  double rows, cost;
  uint32_t last;   ///< item joined last
  uint32_t sorted; ///< the variable in whose order the solutions come, or UINT32_MAX
  yutu_join_method method;
} state;

/// How many different values an item has for each of its variables, and out of how many.
typedef struct {
  uint32_t n;
  uint32_t *vars;
  double *values, *domains;
} distinct_values;

typedef struct {
  yutu_planner *p;
  const yutu_plan_group *group;
  const uint64_t *outer; ///< bound from outside
  uint32_t n;
  double *rows;           ///< per item, by itself
  distinct_values *known; ///< per item
  state *states;          ///< per set of items
} search;

static const uint64_t *variables_of(const yutu_plan_item *item) {
  return item->node->possible;
}

static double at_least_one(double d) {
  return d > 1 ? d : 1;
}

/// 0: the item does not have the variable.
static double distinct_of(const search *s, uint32_t item, uint32_t var) {
  const distinct_values *d = &s->known[item];
  for (uint32_t i = 0; i < d->n; i++) {
    if (d->vars[i] == var)
      return d->values[i];
  }
  return 0;
}

static double domain_of(const search *s, uint32_t item, uint32_t var) {
  const distinct_values *d = &s->known[item];
  for (uint32_t i = 0; i < d->n; i++) {
    if (d->vars[i] == var)
      return d->domains[i];
  }
  return 1;
}

static void add_bound(const search *s, uint32_t item, uint64_t *bound) {
  const yutu_plan_item *i = &s->group->items.at[item];
  if (i->bind)
    yutu_varset_add(bound, i->node->var);
  else
    yutu_varset_unite(bound, variables_of(i), s->p->words);
}

/// Different values of a variable among what is joined so far.
static double distinct_before(const search *s, const bool *joined, uint32_t var, double rows) {
  if (yutu_varset_has(s->outer, var))
    return 1;
  double least = rows > 1 ? rows : 1;
  for (uint32_t i = 0; i < s->n; i++) {
    const double here = joined[i] ? distinct_of(s, i, var) : 0;
    if (here > 0 && here < least)
      least = here;
  }
  return least;
}

/// How many different pairs of a value and a graph an item has. What is said of a thing stands in few graphs, so the
/// two are far from independent.
static double pairs_of(const search *s, uint32_t item, uint32_t var, uint32_t graph) {
  const yutu_algebra *node = s->group->items.at[item].node;
  const double all = node->kind == YUTU_ALGEBRA_TRIPLE ? yutu_plan_base_rows(s->p, node) : s->rows[item];
  const double product = domain_of(s, item, var) * domain_of(s, item, graph);
  return all < product ? all : product;
}

/// Rows after joining an item, per row before.
static double partners(const search *s, const state *before, const bool *joined, const uint64_t *bound, uint32_t item) {
  double rows = s->rows[item];
  const uint64_t *vars = variables_of(&s->group->items.at[item]);
  uint32_t graph = UINT32_MAX, other = UINT32_MAX;
  for (uint32_t v = UINT32_MAX; yutu_varset_next(vars, s->p->words, &v);) {
    if (!yutu_varset_has(bound, v))
      continue;
    if (s->p->query->variables.at[v].is_graph)
      graph = v;
    else if (other == UINT32_MAX)
      other = v;
  }
  for (uint32_t v = UINT32_MAX; yutu_varset_next(vars, s->p->words, &v);) {
    if (!yutu_varset_has(bound, v) || (v == graph && other != UINT32_MAX))
      continue;
    if (v == other && graph != UINT32_MAX) {
      rows /= at_least_one(pairs_of(s, item, other, graph));
      continue;
    }
    const double here = domain_of(s, item, v), there = distinct_before(s, joined, v, before->rows);
    rows /= here > there ? here : there;
  }
  return rows;
}

static bool binds_for_certain(const search *s, const bool *joined, uint32_t var) {
  bool certain = yutu_varset_has(s->outer, var);
  for (uint32_t i = 0; i < s->n && !certain; i++) {
    const yutu_plan_item *item = &s->group->items.at[i];
    certain = joined[i] && !item->bind && yutu_varset_has(item->node->certain, var);
  }
  return certain;
}

static bool is_ready(const search *s, const bool *joined, uint32_t item) {
  const yutu_plan_item *i = &s->group->items.at[item];
  if (!i->bind)
    return true;
  for (uint32_t v = UINT32_MAX; yutu_varset_next(i->needs, s->p->words, &v);) {
    if (!binds_for_certain(s, joined, v))
      return false;
  }
  return true;
}

static uint32_t sorted_by(const search *s, const yutu_plan_item *item) {
  if (item->node->kind != YUTU_ALGEBRA_TRIPLE || yutu_varset_meets(item->node->possible, s->outer, s->p->words))
    return UINT32_MAX;
  return yutu_plan_sorted_by(s->p, item->node);
}

/// Both sides come in the order of one variable, and it is all that they share.
static bool can_merge(const search *s, const state *before, const uint64_t *bound, const yutu_plan_item *item) {
  if (before->sorted == UINT32_MAX || sorted_by(s, item) != before->sorted)
    return false;
  for (uint32_t v = UINT32_MAX; yutu_varset_next(item->node->possible, s->p->words, &v);) {
    if (v != before->sorted && yutu_varset_has(bound, v))
      return false;
  }
  return true;
}

/// The pattern is read through, or searched once for each solution, whichever is less.
static double merge_cost(double left, double right, double out) {
  const double through = right * yutu_cost_row, search_each = left * yutu_cost_probe;
  return (through < search_each ? through : search_each) + left * yutu_cost_row / 2 + out * yutu_cost_row / 2;
}

/// The state after joining `item` to `before`.
static state join(const search *s, const state *before, const bool *joined, const uint64_t *bound, bool first,
                  uint32_t item) {
  const yutu_plan_item *i = &s->group->items.at[item];
  if (i->bind)
    return (state){before->rows, before->cost + before->rows * yutu_cost_expression, item, before->sorted,
                   YUTU_METHOD_LOOP};
  const double per_row = partners(s, before, joined, bound, item);
  state after = {before->rows * per_row, 0, item, first ? sorted_by(s, i) : before->sorted, YUTU_METHOD_LOOP};
  const double loop = before->rows * yutu_plan_apply_cost(s->p, i->node, bound, per_row);
  const double hash = yutu_plan_hash_cost(s->p, i->node, before->rows) + after.rows * yutu_cost_row;
  const double merge = can_merge(s, before, bound, i) ? merge_cost(before->rows, s->rows[item], after.rows) : INFINITY;
  double cost = loop;
  if (i->alone || (!first && hash < loop)) {
    after.method = YUTU_METHOD_HASH;
    cost = hash;
  }
  if (!first && merge < cost) {
    after.method = YUTU_METHOD_MERGE;
    cost = merge;
  }
  after.cost = before->cost + cost;
  return after;
}

static void bound_by(const search *s, const bool *joined, uint64_t *bound) {
  memcpy(bound, s->outer, s->p->words * sizeof *bound);
  for (uint32_t i = 0; i < s->n; i++) {
    if (joined[i])
      add_bound(s, i, bound);
  }
}

/// Try all orders: the best way to each set of items comes from the best ways to the sets that lack one.
static void search_all(search *s, uint32_t *order) {
  const uint32_t n_sets = UINT32_C(1) << s->n;
  s->states = YUTU_NEW_ARRAY(s->p->arena, state, n_sets);
  for (uint32_t set = 1; set < n_sets; set++)
    s->states[set].cost = INFINITY;
  s->states[0] = (state){.rows = 1, .sorted = UINT32_MAX};
  uint64_t *bound = yutu_varset_new(s->p->arena, s->p->words);
  bool joined[YUTU_PLAN_EXACT_ITEMS];
  for (uint32_t set = 0; set + 1 < n_sets; set++) {
    if (isinf(s->states[set].cost))
      continue;
    for (uint32_t i = 0; i < s->n; i++)
      joined[i] = set >> i & 1;
    bound_by(s, joined, bound);
    for (uint32_t i = 0; i < s->n; i++) {
      if (joined[i] || !is_ready(s, joined, i))
        continue;
      const state after = join(s, &s->states[set], joined, bound, set == 0, i);
      if (after.cost < s->states[set | UINT32_C(1) << i].cost)
        s->states[set | UINT32_C(1) << i] = after;
    }
  }
  uint32_t set = n_sets - 1;
  for (uint32_t k = s->n; k-- > 0;) {
    order[k] = s->states[set].last;
    set &= ~(UINT32_C(1) << order[k]);
  }
}

/// Take the cheapest next item each time; one that shares no variable only when none does.
static void search_greedily(search *s, uint32_t *order) {
  bool *joined = YUTU_NEW_ARRAY(s->p->arena, bool, s->n);
  uint64_t *bound = yutu_varset_new(s->p->arena, s->p->words);
  state now = {.rows = 1, .sorted = UINT32_MAX};
  for (uint32_t k = 0; k < s->n; k++) {
    bound_by(s, joined, bound);
    double best = INFINITY;
    bool best_connected = false;
    state next = now;
    for (uint32_t i = 0; i < s->n; i++) {
      if (joined[i] || !is_ready(s, joined, i))
        continue;
      const state after = join(s, &now, joined, bound, k == 0, i);
      const double score = after.cost + after.rows * yutu_cost_probe;
      const bool connected = yutu_varset_meets(variables_of(&s->group->items.at[i]), bound, s->p->words);
      if (isinf(best) || (connected && !best_connected) || (connected == best_connected && score < best)) {
        best = score;
        best_connected = connected;
        next = after;
      }
    }
    now = next;
    order[k] = now.last;
    joined[order[k]] = true;
  }
}

/// A query of very many patterns is joined in the order of the text.
static void keep_order(const search *s, uint32_t *order) {
  bool *joined = YUTU_NEW_ARRAY(s->p->arena, bool, s->n);
  for (uint32_t k = 0; k < s->n; k++) {
    uint32_t i = 0;
    while (joined[i] || !is_ready(s, joined, i))
      i++;
    order[k] = i;
    joined[i] = true;
  }
}

static void prepare(search *s) {
  s->rows = YUTU_NEW_ARRAY(s->p->arena, double, s->n + 1);
  s->known = YUTU_NEW_ARRAY(s->p->arena, distinct_values, s->n + 1);
  for (uint32_t i = 0; i < s->n; i++) {
    const yutu_plan_item *item = &s->group->items.at[i];
    if (item->bind)
      continue;
    s->rows[i] = yutu_plan_estimate(s->p, item->node).rows;
    distinct_values *d = &s->known[i];
    const uint32_t n = yutu_varset_count(variables_of(item), s->p->words);
    d->vars = YUTU_NEW_ARRAY(s->p->arena, uint32_t, n + 1);
    d->values = YUTU_NEW_ARRAY(s->p->arena, double, n + 1);
    d->domains = YUTU_NEW_ARRAY(s->p->arena, double, n + 1);
    for (uint32_t v = UINT32_MAX; yutu_varset_next(variables_of(item), s->p->words, &v); d->n++) {
      d->vars[d->n] = v;
      d->values[d->n] = yutu_plan_distinct(s->p, item->node, v);
      d->domains[d->n] = yutu_plan_domain(s->p, item->node, v);
    }
  }
}

void yutu_plan_order(yutu_planner *p, const yutu_plan_group *group, const uint64_t *certain, yutu_plan_sequence *ret) {
  search s = {.p = p, .group = group, .outer = certain, .n = group->items.n};
  uint32_t *order = YUTU_NEW_ARRAY(p->arena, uint32_t, s.n + 1);
  prepare(&s);
  if (s.n && s.n <= YUTU_PLAN_EXACT_ITEMS)
    search_all(&s, order);
  else if (s.n <= YUTU_PLAN_GREEDY_ITEMS)
    search_greedily(&s, order);
  else
    keep_order(&s, order);
  // Walk through the order once more, for what each step comes to.
  bool *joined = YUTU_NEW_ARRAY(p->arena, bool, s.n + 1);
  uint64_t *bound = yutu_varset_new(p->arena, p->words);
  state now = {.rows = 1, .sorted = UINT32_MAX};
  ret->steps = YUTU_NEW_ARRAY(p->arena, yutu_plan_step, s.n + 1);
  memcpy(bound, certain, p->words * sizeof *bound);
  for (uint32_t k = 0; k < s.n; k++) {
    now = join(&s, &now, joined, bound, k == 0, order[k]);
    joined[order[k]] = true;
    add_bound(&s, order[k], bound);
    ret->steps[k] = (yutu_plan_step){order[k], now.method, now.sorted, now.rows};
  }
  ret->rows = now.rows;
  ret->cost = now.cost;
}
