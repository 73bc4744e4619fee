#include "queries/sparql/exec.h"
#include "queries/sparql/ops.h"
#include "queries/sparql/unicode.h"

#include <string.h>

/// What a row is put in order by, for one key. The first members decide most comparisons without a look at the term.
typedef struct {
  int rank;        ///< of the kind of value
  bool is_text;    ///< `text` decides
  double number;   ///< nearly the value
  yutu_slice text; ///< borrowed from the store or from the run's terms
  yutu_id id;
} sort_key;

typedef struct {
  yutu_op op;
  const yutu_algebra *order;
  uint32_t n_vars;
  uint64_t limit;
  size_t row_bytes;    ///< keys, then ids, then the number of the row
  unsigned char *rows; ///< not in order; `sorted` is
  uint64_t n, room;
  unsigned char **sorted;
  uint64_t n_sorted_room, at, n_seen;
  yutu_binder binder;
  sort_key *key; ///< of the solution at hand
} order_op;

static sort_key *keys_of(unsigned char *row) {
  return (sort_key *)row;
}

static yutu_id *ids_of(const order_op *o, unsigned char *row) {
  return (yutu_id *)(row + o->order->n_orders * sizeof(sort_key));
}

static uint64_t *number_of(const order_op *o, unsigned char *row) {
  return ids_of(o, row) + o->n_vars;
}

/// Kinds in the order of yutu_value_order().
static int rank_of(const yutu_value *v) {
  switch (v->kind) {
  case YUTU_VALUE_UNBOUND:
    return 0;
  case YUTU_VALUE_BLANK:
    return 1;
  case YUTU_VALUE_IRI:
    return 2;
  case YUTU_VALUE_BOOLEAN:
    return 3;
  case YUTU_VALUE_INTEGER:
  case YUTU_VALUE_DECIMAL:
  case YUTU_VALUE_FLOAT:
  case YUTU_VALUE_DOUBLE:
    return 4;
  case YUTU_VALUE_CALENDAR:
    return 5 + (int)v->calendar_kind;
  case YUTU_VALUE_STRING:
  case YUTU_VALUE_LANGUAGE:
    return 20;
  default:
    return 21;
  }
}

static void make_key(yutu_exec *x, const yutu_expr *expr, sort_key *ret) {
  yutu_value v = {.kind = YUTU_VALUE_UNBOUND};
  yutu_evaluation_begin(x);
  const yutu_id id = yutu_evaluate_id(x, expr);
  if (id)
    yutu_exec_value(x, id, &v);
  *ret = (sort_key){.rank = rank_of(&v), .id = id};
  ret->is_text = ret->rank >= 20 || ret->rank == 1 || ret->rank == 2;
  if (ret->is_text && !(id & YUTU_ID_FRESH_BLANK))
    ret->text = v.text;
  else if (v.kind == YUTU_VALUE_BOOLEAN)
    ret->number = v.boolean;
  else if (yutu_value_is_number(&v))
    ret->number = yutu_value_double(&v);
  else if (v.kind == YUTU_VALUE_CALENDAR)
    ret->number = (double)v.calendar.seconds;
  yutu_evaluation_end(x);
}

static int compare_keys(const order_op *o, const sort_key *a, const sort_key *b) {
  if (a->rank != b->rank)
    return a->rank < b->rank ? -1 : 1;
  if (a->id == b->id)
    return 0;
  yutu_exec *x = o->op.x;
  if (a->is_text) {
    const int c = x->collation && a->rank == 20 ? yutu_collation_compare(x->collation, a->text, b->text)
                                                : yutu_slice_cmp(a->text, b->text);
    if (c)
      return c;
  } else if (a->number < b->number) {
    return -1;
  } else if (a->number > b->number) {
    return 1;
  }
  yutu_value p, q; // nearly the same: the values themselves decide
  yutu_evaluation_begin(x);
  yutu_exec_value(x, a->id, &p);
  yutu_exec_value(x, b->id, &q);
  const int c = yutu_value_order(&p, &q);
  yutu_evaluation_end(x);
  return c;
}

static int compare_rows(const order_op *o, unsigned char *a, unsigned char *b) {
  for (uint32_t i = 0; i < o->order->n_orders; i++) {
    const int c = compare_keys(o, &keys_of(a)[i], &keys_of(b)[i]);
    if (c)
      return o->order->orders[i].descending ? -c : c;
  }
  const uint64_t p = *number_of(o, a), q = *number_of(o, b); // stable
  return (p > q) - (p < q);
}

// ---- the rows ----

static unsigned char *row_at(const order_op *o, uint64_t i) {
  return o->rows + i * o->row_bytes;
}

static void fill(order_op *o, unsigned char *row) {
  memcpy(row, o->key, o->order->n_orders * sizeof *o->key);
  yutu_id *ids = ids_of(o, row);
  for (uint32_t i = 0; i < o->n_vars; i++)
    ids[i] = o->op.x->reg[o->binder.vars[i]];
  *number_of(o, row) = o->n_seen;
}

static void add_row(order_op *o) {
  if (o->n == o->room) {
    const uint64_t room = o->room ? o->room * 2 : 64;
    o->rows = yutu_exec_resize(o->op.x, o->rows, o->room * o->row_bytes, room * o->row_bytes);
    o->room = room;
  }
  fill(o, row_at(o, o->n++));
}

static void make_pointers(order_op *o) {
  if (2 * o->n > o->n_sorted_room) { // the second half is for sorting
    o->sorted =
        yutu_exec_resize(o->op.x, o->sorted, o->n_sorted_room * sizeof *o->sorted, 2 * o->n * sizeof *o->sorted);
    o->n_sorted_room = 2 * o->n;
  }
  for (uint64_t i = 0; i < o->n; i++)
    o->sorted[i] = row_at(o, i);
}

/// Let the row at `i` sink in the heap of `sorted` whose top is the last of the rows kept.
static void sink(order_op *o, uint64_t i) {
  for (;;) {
    uint64_t child = 2 * i + 1;
    if (child >= o->n)
      return;
    if (child + 1 < o->n && compare_rows(o, o->sorted[child], o->sorted[child + 1]) < 0)
      child++;
    if (compare_rows(o, o->sorted[i], o->sorted[child]) >= 0)
      return;
    unsigned char *swap = o->sorted[i];
    o->sorted[i] = o->sorted[child];
    o->sorted[child] = swap;
    i = child;
  }
}

/// Does the solution at hand come before the last row kept? Rows kept are earlier, so equal is no.
static bool comes_before_last(const order_op *o) {
  const sort_key *last = keys_of(o->sorted[0]);
  for (uint32_t i = 0; i < o->order->n_orders; i++) {
    const int c = compare_keys(o, &o->key[i], &last[i]);
    if (c)
      return (c < 0) != o->order->orders[i].descending;
  }
  return false;
}

static void take_solution(order_op *o) {
  for (uint32_t i = 0; i < o->order->n_orders; i++)
    make_key(o->op.x, o->order->orders[i].expr, &o->key[i]);
  o->n_seen++;
  if (o->n < o->limit) {
    add_row(o);
    if (o->n == o->limit) { // full: from now on only the first `limit` are kept
      make_pointers(o);
      for (uint64_t i = o->n / 2; i-- > 0;)
        sink(o, i);
    }
  } else if (comes_before_last(o)) {
    fill(o, o->sorted[0]);
    sink(o, 0);
  }
}

/// Merge two sorted runs of `from` that lie behind each other into `to`.
static void merge(const order_op *o, unsigned char **from, uint64_t middle, uint64_t end, unsigned char **to) {
  uint64_t a = 0, b = middle;
  for (uint64_t i = 0; i < end; i++) {
    const bool take_a = a < middle && (b == end || compare_rows(o, from[a], from[b]) <= 0);
    to[i] = from[take_a ? a++ : b++];
    yutu_exec_tick(o->op.x);
  }
}

/// Sort by merging, in the two halves of `sorted`: the library's qsort cannot be left in the middle of its work.
static void sort(order_op *o) {
  unsigned char **from = o->sorted, **to = o->sorted + o->n;
  for (uint64_t width = 1; width < o->n; width *= 2) {
    for (uint64_t at = 0; at < o->n; at += 2 * width) {
      const uint64_t left = o->n - at, middle = width < left ? width : left, end = 2 * width < left ? 2 * width : left;
      merge(o, from + at, middle, end, to + at);
    }
    unsigned char **swap = from;
    from = to;
    to = swap;
  }
  if (from != o->sorted)
    memcpy(o->sorted, from, o->n * sizeof *from);
}

static void order_open(yutu_op *op) {
  order_op *o = (order_op *)op;
  yutu_op *input = op->children[0];
  o->n = o->at = o->n_seen = 0;
  if (o->limit == 0)
    return;
  yutu_op_open(input);
  while (yutu_op_next(input))
    take_solution(o);
  if (o->n < o->limit)
    make_pointers(o);
  if (o->n > 1)
    sort(o);
}

static bool order_next(yutu_op *op) {
  order_op *o = (order_op *)op;
  yutu_binder_unbind(op->x, &o->binder);
  while (o->at < o->n) {
    if (yutu_binder_bind(op->x, &o->binder, ids_of(o, o->sorted[o->at++])))
      return true;
  }
  return false;
}

static void order_rewind(yutu_op *op) {
  yutu_binder_unbind(op->x, &((order_op *)op)->binder);
  yutu_op_rewind(op->children[0]);
}

static void order_release(yutu_op *op) {
  order_op *o = (order_op *)op;
  yutu_exec_release(op->x, o->rows, o->room * o->row_bytes);
  yutu_exec_release(op->x, o->sorted, o->n_sorted_room * sizeof *o->sorted);
  o->rows = NULL;
  o->sorted = NULL;
  o->room = o->n_sorted_room = 0;
}

yutu_op *yutu_op_order(yutu_exec *x, yutu_op *input, const yutu_algebra *order, const uint32_t *vars, uint32_t n_vars,
                       uint64_t limit, const char *label) {
  static const yutu_op_class class = {order_open, order_next, order_rewind, order_release};
  order_op *o = yutu_op_new(x, sizeof *o, &class, label);
  o->order = order;
  o->n_vars = n_vars;
  o->limit = limit;
  o->row_bytes = order->n_orders * sizeof(sort_key) + (n_vars + 1) * sizeof(yutu_id);
  o->binder = yutu_binder_new(x, vars, n_vars);
  o->key = YUTU_NEW_ARRAY(x->arena, sort_key, order->n_orders);
  o->op.children[0] = input;
  o->op.n_children = 1;
  return &o->op;
}
