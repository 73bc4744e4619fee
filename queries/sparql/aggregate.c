#include "queries/sparql/aggregate.h"

#include <string.h>

static void add_number(yutu_accumulator *a, const yutu_value *v) {
  if (a->failed)
    return;
  if (!yutu_value_is_number(v)) {
    a->failed = true;
    return;
  }
  if (a->count == 0) {
    const yutu_value zero = yutu_value_integer(0);
    a->failed = !yutu_value_arithmetic(YUTU_EXPR_ADD, &zero, v, &a->sum);
  } else {
    a->failed = !yutu_value_arithmetic(YUTU_EXPR_ADD, &a->sum, v, &a->sum);
  }
  a->count++;
}

static void add_extreme(yutu_exec *x, yutu_accumulator *a, yutu_id id, const yutu_value *v, int wanted) {
  if (a->id) {
    yutu_value best;
    yutu_exec_value(x, a->id, &best);
    if (yutu_value_order(v, &best) * wanted <= 0)
      return;
  }
  a->id = id;
}

static void append(yutu_exec *x, yutu_accumulator *a, yutu_slice s) {
  if (a->room - a->len < s.len) {
    size_t room = a->room ? a->room * 2 : 64;
    while (room - a->len < s.len)
      room *= 2;
    a->text = yutu_exec_resize(x, a->text, a->room, room);
    a->room = room;
  }
  if (s.len)
    memcpy(a->text + a->len, s.data, s.len);
  a->len += s.len;
}

static void add_text(yutu_exec *x, const yutu_aggregate *aggregate, yutu_accumulator *a, yutu_value *v) {
  if (v->kind == YUTU_VALUE_BLANK)
    return; // has no text
  yutu_value_need_text(v, x->scratch);
  if (a->count++)
    append(x, a, aggregate->separator);
  append(x, a, v->text);
}

void yutu_taken_init(yutu_taken *t, yutu_exec *x, const yutu_aggregate *aggregate, const yutu_algebra *pattern) {
  const yutu_query *q = x->query;
  uint32_t n = 1;
  if (!aggregate->argument) { // what the text does not name is no part of a solution
    uint32_t *vars = YUTU_NEW_ARRAY(x->arena, uint32_t, yutu_varset_count(pattern->possible, q->set_words) + 1);
    n = 0;
    for (uint32_t v = UINT32_MAX; yutu_varset_next(pattern->possible, q->set_words, &v);) {
      if (q->variables.at[v].name.len)
        vars[n++] = v;
    }
    t->vars = vars;
  }
  t->key = YUTU_NEW_ARRAY(x->arena, yutu_id, n + 1);
  yutu_table_init(&t->table, x, n + 1, n + 1);
}

static bool is_new(yutu_exec *x, yutu_taken *t, uint64_t group, yutu_id id) {
  t->key[0] = group;
  if (!t->vars)
    t->key[1] = id;
  for (uint32_t i = 1; t->vars && i < t->table.n_keys; i++)
    t->key[i] = x->reg[t->vars[i - 1]];
  bool added;
  yutu_table_add(&t->table, t->key, &added);
  return added;
}

static void accumulate_value(yutu_exec *x, const yutu_aggregate *aggregate, yutu_accumulator *a, yutu_id id) {
  yutu_value v;
  yutu_exec_value(x, id, &v);
  switch (aggregate->kind) {
  case YUTU_AGGREGATE_SUM:
  case YUTU_AGGREGATE_AVG:
    add_number(a, &v);
    break;
  case YUTU_AGGREGATE_MIN:
    add_extreme(x, a, id, &v, -1);
    break;
  case YUTU_AGGREGATE_MAX:
    add_extreme(x, a, id, &v, 1);
    break;
  case YUTU_AGGREGATE_GROUP_CONCAT:
    add_text(x, aggregate, a, &v);
    break;
  default:
    break;
  }
}

void yutu_accumulate(yutu_exec *x, const yutu_aggregate *aggregate, yutu_accumulator *a, yutu_taken *taken,
                     uint64_t group) {
  if (!aggregate->argument) {
    a->count += !taken || is_new(x, taken, group, YUTU_ID_NONE);
    return;
  }
  yutu_evaluation_begin(x);
  const yutu_id id = yutu_evaluate_id(x, aggregate->argument);
  if (!id)
    a->failed = true; // SUM and AVG have no value then; the others pass over it
  else if (taken && !is_new(x, taken, group, id))
    ; // taken already
  else if (aggregate->kind == YUTU_AGGREGATE_COUNT)
    a->count++;
  else if (aggregate->kind == YUTU_AGGREGATE_SAMPLE)
    a->id = a->id ? a->id : id;
  else
    accumulate_value(x, aggregate, a, id);
  yutu_evaluation_end(x);
}

static bool mean(yutu_accumulator *a, yutu_value *ret) {
  const yutu_value n = yutu_value_integer((int64_t)a->count);
  return yutu_value_arithmetic(YUTU_EXPR_DIVIDE, &a->sum, &n, ret);
}

yutu_id yutu_accumulator_value(yutu_exec *x, const yutu_aggregate *aggregate, yutu_accumulator *a) {
  yutu_value v = yutu_value_integer(0);
  switch (aggregate->kind) {
  case YUTU_AGGREGATE_COUNT:
    v = yutu_value_integer((int64_t)a->count);
    break;
  case YUTU_AGGREGATE_SUM:
  case YUTU_AGGREGATE_AVG:
    if (a->failed || (a->count && aggregate->kind == YUTU_AGGREGATE_AVG && !mean(a, &v)))
      return YUTU_ID_NONE;
    if (aggregate->kind == YUTU_AGGREGATE_SUM && a->count)
      v = a->sum;
    break;
  case YUTU_AGGREGATE_GROUP_CONCAT:
    v = yutu_value_string((yutu_slice){a->text, a->len});
    break;
  default:
    return a->id;
  }
  yutu_evaluation_begin(x);
  v.id = YUTU_ID_NONE;
  const yutu_id id = yutu_exec_intern(x, &v);
  yutu_evaluation_end(x);
  return id;
}

void yutu_accumulator_free(yutu_exec *x, yutu_accumulator *a) {
  if (a->text)
    yutu_exec_release(x, a->text, a->room);
  a->text = NULL;
  a->room = a->len = 0;
}
