/// What the planner guesses, from the store's exact counts per predicate and these assumptions: values are spread
/// evenly; the values found so far all occur among those of the next pattern's predicate; a constant in a pattern says
/// nothing about which of them.

#include "queries/sparql/plan.h"

#include <math.h>

// Microseconds, measured roughly on a store of a million quads; only their proportions matter.
const double yutu_cost_row = 0.03;        // one more row of a scan
const double yutu_cost_probe = 0.5;       // pointing a cursor somewhere else
const double yutu_cost_build = 0.05;      // one more row of a hash table
const double yutu_cost_look_up = 0.03;    // one search in a hash table
const double yutu_cost_expression = 0.15; // one evaluation

static double at_least(double d, double least) {
  return d > least ? d : least;
}

static double smaller(double a, double b) {
  return a < b ? a : b;
}

/// The id that a place of a pattern is known to have; YUTU_ID_NONE: not known before the run.
static yutu_id known(const yutu_planner *p, yutu_node node) {
  if (!node.is_var)
    return p->x->constant_ids[node.index];
  return yutu_varset_has(p->x->preset, node.index) ? p->x->reg[node.index] : YUTU_ID_NONE;
}

static yutu_predicate_stats predicate_of(const yutu_planner *p, const yutu_algebra *triple) {
  const yutu_id id = known(p, triple->p);
  yutu_predicate_stats stats = {p->stats.quads, p->stats.triples, p->stats.subjects, p->stats.objects};
  if (id && yutu_id_is_local(id))
    return (yutu_predicate_stats){0};
  if (id)
    yutu_snapshot_predicate(p->x->snapshot, id, &stats);
  return stats;
}

static yutu_estimate estimate_triple(const yutu_planner *p, const yutu_algebra *node) {
  yutu_pattern pattern = {.s = known(p, node->s), .p = known(p, node->p), .o = known(p, node->o)};
  if (node->graph) {
    pattern.g = known(p, node->graph->node);
    pattern.each_graph = true;
  } else if (p->x->dataset.mode == YUTU_DEFAULT_PLAIN) {
    pattern.g = YUTU_ID_DEFAULT_GRAPH;
  }
  if (yutu_id_is_local(pattern.s | pattern.p | pattern.o | pattern.g))
    return (yutu_estimate){true, 0, yutu_cost_probe};
  const double rows = (double)yutu_snapshot_estimate(p->x->snapshot, &pattern);
  return (yutu_estimate){true, rows, yutu_cost_probe + rows * yutu_cost_row};
}

/// Different values of a variable among all triples with the pattern's predicate.
static double domain_of_triple(const yutu_planner *p, const yutu_algebra *node, uint32_t var) {
  const yutu_predicate_stats stats = predicate_of(p, node);
  double d = (double)p->stats.quads;
  if (node->s.is_var && node->s.index == var)
    d = smaller(d, (double)stats.distinct_subjects);
  if (node->p.is_var && node->p.index == var)
    d = smaller(d, (double)p->stats.predicates);
  if (node->o.is_var && node->o.index == var)
    d = smaller(d, (double)stats.distinct_objects);
  if (node->graph && node->graph->node.is_var && node->graph->node.index == var)
    d = smaller(d, (double)p->stats.graphs);
  return d;
}

/// How far one step of a path leads, on average.
static double fan_out(const yutu_planner *p, const yutu_path *path) {
  double sum = 0;
  switch (path->kind) {
  case YUTU_PATH_IRI: {
    yutu_predicate_stats stats = {0};
    const yutu_id id = p->x->constant_ids[path->constant];
    if (!yutu_id_is_local(id))
      yutu_snapshot_predicate(p->x->snapshot, id, &stats);
    return (double)stats.triples / at_least((double)stats.distinct_subjects, 1);
  }
  case YUTU_PATH_NEGATED:
    return (double)p->stats.triples / at_least((double)p->stats.subjects, 1);
  case YUTU_PATH_SEQUENCE:
    sum = 1;
    for (uint32_t i = 0; i < path->n; i++)
      sum *= fan_out(p, path->parts[i]);
    return sum;
  default:
    for (uint32_t i = 0; i < path->n; i++)
      sum += fan_out(p, path->parts[i]);
    return sum;
  }
}

/// Nodes that a walk from one node finds.
static double reach(const yutu_planner *p, const yutu_path *path) {
  const double step = fan_out(p, path->parts[0]);
  if (path->kind == YUTU_PATH_ZERO_OR_ONE)
    return 1 + step;
  return smaller(1 + step * 8 * (1 + step), at_least((double)p->stats.objects, 1));
}

static yutu_estimate estimate_path(const yutu_planner *p, const yutu_algebra *node) {
  const double from_one = reach(p, node->path);
  const yutu_id s = known(p, node->s), o = known(p, node->o);
  const double starts = s || o ? 1 : at_least((double)p->stats.subjects, 1);
  const double rows = s && o ? 0.5 : starts * from_one;
  return (yutu_estimate){true, rows, starts * from_one * yutu_cost_probe};
}

/// How many of the rows a condition lets through.
static double selectivity(const yutu_expr *e) {
  switch (e->op) {
  case YUTU_EXPR_EQ:
  case YUTU_EXPR_IN:
    return 0.1;
  case YUTU_EXPR_NE:
  case YUTU_EXPR_NOT_IN:
  case YUTU_EXPR_NOT:
    return 0.9;
  default:
    return 0.3;
  }
}

static yutu_estimate estimate_group(yutu_planner *p, const yutu_algebra *node) {
  yutu_plan_group group;
  yutu_plan_sequence sequence;
  yutu_plan_flatten(p, node, p->nothing, &group);
  yutu_plan_order(p, &group, p->nothing, &sequence);
  yutu_estimate e = {true, sequence.rows, sequence.cost};
  for (uint32_t i = 0; i < group.filters.n; i++) {
    e.cost += e.rows * yutu_cost_expression;
    e.rows *= selectivity(group.filters.at[i].expr);
  }
  for (uint32_t i = 0; i < group.tails.n; i++) {
    const yutu_algebra *tail = group.tails.at[i].node;
    e.cost += tail->kind == YUTU_ALGEBRA_EXTEND ? e.rows * yutu_cost_expression
                                                : yutu_plan_estimate(p, tail->children[1]).cost;
  }
  return e;
}

static yutu_estimate estimate_union(yutu_planner *p, const yutu_algebra *node) {
  yutu_estimate sum = {.known = true};
  for (uint32_t i = 0; i < node->n_children; i++) {
    const yutu_estimate e = yutu_plan_estimate(p, node->children[i]);
    sum.rows += e.rows;
    sum.cost += e.cost;
  }
  return sum;
}

static yutu_estimate estimate(yutu_planner *p, const yutu_algebra *node) {
  yutu_estimate e;
  switch (node->kind) {
  case YUTU_ALGEBRA_UNIT:
    return (yutu_estimate){true, 1, 0};
  case YUTU_ALGEBRA_TRIPLE:
    return estimate_triple(p, node);
  case YUTU_ALGEBRA_PATH:
    return estimate_path(p, node);
  case YUTU_ALGEBRA_VALUES:
    return (yutu_estimate){true, node->n_rows, node->n_rows * yutu_cost_row};
  case YUTU_ALGEBRA_UNION:
    return estimate_union(p, node);
  case YUTU_ALGEBRA_GRAPH:
    e = yutu_plan_estimate(p, node->children[0]);
    e.cost += node->graph->node.is_var ? (double)p->stats.graphs * yutu_cost_probe : yutu_cost_probe;
    return e;
  case YUTU_ALGEBRA_GROUP:
    e = yutu_plan_estimate(p, node->children[0]);
    e.cost += e.rows * (yutu_cost_build + node->n_aggregates * yutu_cost_expression);
    e.rows = node->n_keys ? at_least(sqrt(e.rows), 1) : 1;
    return e;
  case YUTU_ALGEBRA_ORDER:
    e = yutu_plan_estimate(p, node->children[0]);
    e.cost += e.rows * yutu_cost_expression * 4;
    return e;
  case YUTU_ALGEBRA_PROJECT:
  case YUTU_ALGEBRA_REDUCED:
    return yutu_plan_estimate(p, node->children[0]);
  case YUTU_ALGEBRA_DISTINCT:
    e = yutu_plan_estimate(p, node->children[0]);
    e.cost += e.rows * yutu_cost_build;
    return e;
  case YUTU_ALGEBRA_SLICE:
    e = yutu_plan_estimate(p, node->children[0]);
    e.rows = smaller(e.rows, (double)node->limit);
    return e;
  default:
    return estimate_group(p, node);
  }
}

yutu_estimate yutu_plan_estimate(yutu_planner *p, const yutu_algebra *node) {
  if (node->serial == UINT32_MAX) // made while planning
    return estimate(p, node);
  if (!p->estimates[node->serial].known) {
    const yutu_estimate e = estimate(p, node);
    p->estimates[node->serial] = e;
  }
  return p->estimates[node->serial];
}

double yutu_plan_domain(yutu_planner *p, const yutu_algebra *node, uint32_t var) {
  return node->kind == YUTU_ALGEBRA_TRIPLE ? at_least(domain_of_triple(p, node, var), 1)
                                           : yutu_plan_distinct(p, node, var);
}

double yutu_plan_base_rows(yutu_planner *p, const yutu_algebra *triple) {
  return (double)predicate_of(p, triple).quads;
}

double yutu_plan_hash_cost(yutu_planner *p, const yutu_algebra *node, double rows) {
  const yutu_estimate alone = yutu_plan_estimate(p, node);
  const double bytes = alone.rows * 8 * (1 + yutu_varset_count(node->possible, p->words)) * 2;
  if (p->x->options.memory_limit && bytes > (double)p->x->options.memory_limit / 2)
    return INFINITY;
  const double slower = bytes > YUTU_PLAN_CACHED_BYTES ? 3 : 1; // then the processor waits for memory
  return alone.cost + slower * (alone.rows * yutu_cost_build + rows * yutu_cost_look_up);
}

double yutu_plan_distinct(yutu_planner *p, const yutu_algebra *node, uint32_t var) {
  const double rows = at_least(yutu_plan_estimate(p, node).rows, 1);
  double d = rows;
  if (node->kind == YUTU_ALGEBRA_TRIPLE) {
    d = domain_of_triple(p, node, var);
  } else if (node->kind == YUTU_ALGEBRA_UNION) {
    d = 0;
    for (uint32_t i = 0; i < node->n_children; i++)
      d += yutu_plan_distinct(p, node->children[i], var);
  } else {
    for (uint32_t i = 0; i < node->n_children; i++) {
      if (yutu_varset_has(node->children[i]->certain, var))
        d = smaller(d, yutu_plan_distinct(p, node->children[i], var));
    }
  }
  return at_least(smaller(d, rows), 1);
}

double yutu_plan_apply_cost(yutu_planner *p, const yutu_algebra *node, const uint64_t *bound, double rows) {
  const yutu_estimate alone = yutu_plan_estimate(p, node);
  if (!yutu_varset_meets(node->possible, bound, p->words))
    return alone.cost;
  double sum = 0;
  switch (node->kind) {
  case YUTU_ALGEBRA_TRIPLE:
    return yutu_cost_probe + rows * yutu_cost_row;
  case YUTU_ALGEBRA_PATH:
    return smaller(alone.cost, reach(p, node->path) * yutu_cost_probe);
  case YUTU_ALGEBRA_GROUP:
  case YUTU_ALGEBRA_SLICE:
  case YUTU_ALGEBRA_ORDER:
    return alone.cost;
  default:
    for (uint32_t i = 0; i < node->n_children; i++)
      sum += yutu_varset_meets(node->children[i]->possible, bound, p->words)
                 ? yutu_plan_apply_cost(p, node->children[i], bound, rows)
                 : smaller(yutu_plan_estimate(p, node->children[i]).cost, at_least(rows, 1) * yutu_cost_probe);
    return sum;
  }
}

uint32_t yutu_plan_sorted_by(const yutu_planner *p, const yutu_algebra *triple) {
  const yutu_dataset *d = &p->x->dataset;
  if (triple->graph || (d->mode == YUTU_DEFAULT_GIVEN && d->graphs.n != 1))
    return UINT32_MAX;
  // The place behind the known ones in the index that serves them: SPO, POS or OSP.
  static const int first_free[8] = {0, 1, 2, 2, 0, 1, 0, -1}; // by s + 2p + 4o known
  const yutu_node places[3] = {triple->s, triple->p, triple->o};
  int known_places = 0;
  for (int i = 0; i < 3; i++)
    known_places |= known(p, places[i]) ? 1 << i : 0;
  const int first = first_free[known_places];
  if (first < 0)
    return UINT32_MAX;
  for (int i = 0; i < 3; i++) {
    const yutu_node other = places[(i + 1) % 3];
    if (places[i].is_var && other.is_var && places[i].index == other.index)
      return UINT32_MAX; // ?x ?p ?x: merging looks at one variable only
  }
  return places[first].index;
}
