#include "queries/sparql/aggregate.h"
#include "queries/sparql/ops.h"

#include <string.h>

typedef struct {
  yutu_op op;
  const yutu_algebra *group;
  yutu_id *key;
  yutu_table groups;              ///< one row per group: the keys
  yutu_accumulator *accumulators; ///< n_aggregates per group
  uint32_t room;                  ///< groups that there is room for
  uint32_t n_made;                ///< groups whose accumulators are in use
  yutu_taken *taken;              ///< per aggregate; for DISTINCT
  yutu_binder binder;             ///< of the keys, then the aggregates
  yutu_id *row;
  uint32_t at;
} group_op;

static void forget(group_op *g) {
  for (uint32_t i = 0; i < g->n_made * g->group->n_aggregates; i++)
    yutu_accumulator_free(g->op.x, &g->accumulators[i]);
  g->n_made = 0;
  yutu_table_clear(&g->groups);
  for (uint32_t i = 0; i < g->group->n_aggregates; i++)
    yutu_table_clear(&g->taken[i].table);
}

static void make_room(group_op *g) {
  const uint32_t room = g->room ? g->room * 2 : 16;
  const size_t size = g->group->n_aggregates * sizeof *g->accumulators;
  g->accumulators = yutu_exec_resize(g->op.x, g->accumulators, g->room * size, room * size);
  g->room = room;
}

static uint32_t group_of_key(group_op *g) {
  bool added;
  const uint32_t number = yutu_table_add(&g->groups, g->key, &added);
  if (!added)
    return number;
  if (number >= g->room)
    make_room(g);
  const uint32_t n = g->group->n_aggregates;
  if (n)
    memset(&g->accumulators[(size_t)number * n], 0, n * sizeof *g->accumulators);
  g->n_made = number + 1;
  return number;
}

static void take_solution(group_op *g) {
  yutu_exec *x = g->op.x;
  const yutu_algebra *a = g->group;
  for (uint32_t i = 0; i < a->n_keys; i++)
    g->key[i] = a->keys[i].expr ? yutu_evaluate_id(x, a->keys[i].expr) : x->reg[a->keys[i].var];
  const uint32_t number = group_of_key(g);
  for (uint32_t i = 0; i < a->n_aggregates; i++) {
    yutu_accumulate(x, &a->aggregates[i], &g->accumulators[(size_t)number * a->n_aggregates + i],
                    a->aggregates[i].distinct ? &g->taken[i] : NULL, number);
  }
}

static void group_open(yutu_op *op) {
  group_op *g = (group_op *)op;
  yutu_op *input = op->children[0];
  forget(g);
  yutu_op_open(input);
  while (yutu_op_next(input))
    take_solution(g);
  if (!g->group->n_keys && !g->groups.n)
    group_of_key(g); // without GROUP BY there is one group even of nothing
  g->at = 0;
}

static bool group_next(yutu_op *op) {
  group_op *g = (group_op *)op;
  yutu_exec *x = op->x;
  const yutu_algebra *a = g->group;
  yutu_binder_unbind(x, &g->binder);
  while (g->at < g->groups.n) {
    const uint32_t number = g->at++;
    if (a->n_keys)
      memcpy(g->row, yutu_table_row(&g->groups, number), a->n_keys * sizeof *g->row);
    for (uint32_t i = 0; i < a->n_aggregates; i++)
      g->row[a->n_keys + i] =
          yutu_accumulator_value(x, &a->aggregates[i], &g->accumulators[(size_t)number * a->n_aggregates + i]);
    if (yutu_binder_bind(x, &g->binder, g->row))
      return true;
  }
  return false;
}

static void group_rewind(yutu_op *op) {
  yutu_binder_unbind(op->x, &((group_op *)op)->binder);
  yutu_op_rewind(op->children[0]);
}

static void group_release(yutu_op *op) {
  group_op *g = (group_op *)op;
  forget(g);
  yutu_table_free(&g->groups);
  for (uint32_t i = 0; i < g->group->n_aggregates; i++)
    yutu_table_free(&g->taken[i].table);
  yutu_exec_release(op->x, g->accumulators, (size_t)g->room * g->group->n_aggregates * sizeof *g->accumulators);
  g->accumulators = NULL;
  g->room = 0;
}

yutu_op *yutu_op_group(yutu_exec *x, yutu_op *input, const yutu_algebra *group, const char *label) {
  static const yutu_op_class class = {group_open, group_next, group_rewind, group_release};
  group_op *g = yutu_op_new(x, sizeof *g, &class, label);
  const uint32_t width = group->n_keys + group->n_aggregates;
  g->group = group;
  g->key = YUTU_NEW_ARRAY(x->arena, yutu_id, group->n_keys + 1);
  g->row = YUTU_NEW_ARRAY(x->arena, yutu_id, width + 1);
  g->taken = YUTU_NEW_ARRAY(x->arena, yutu_taken, group->n_aggregates + 1);
  yutu_table_init(&g->groups, x, group->n_keys, group->n_keys);
  uint32_t *vars = YUTU_NEW_ARRAY(x->arena, uint32_t, width + 1);
  for (uint32_t i = 0; i < group->n_keys; i++)
    vars[i] = group->keys[i].var;
  for (uint32_t i = 0; i < group->n_aggregates; i++) {
    vars[group->n_keys + i] = group->aggregates[i].var;
    yutu_taken_init(&g->taken[i], x, &group->aggregates[i], group->children[0]);
  }
  g->binder = yutu_binder_new(x, vars, width);
  g->op.children[0] = input;
  g->op.n_children = 1;
  return &g->op;
}
