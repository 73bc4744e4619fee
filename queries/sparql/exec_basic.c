#include "queries/sparql/ops.h"
#include "queries/sparql/table.h"

void *yutu_op_new(yutu_exec *x, size_t size, const yutu_op_class *class, const char *label) {
  yutu_op *op = yutu_arena_alloc(x->arena, size);
  op->class = class;
  op->x = x;
  op->label = label;
  op->all = x->all_ops;
  x->all_ops = op;
  return op;
}

// ---- one solution, no solution ----

typedef struct {
  yutu_op op;
  bool given;
} unit_op;

static void unit_open(yutu_op *op) {
  ((unit_op *)op)->given = false;
}

static bool unit_next(yutu_op *op) {
  unit_op *u = (unit_op *)op;
  const bool first = !u->given;
  u->given = true;
  return first;
}

static void nothing(yutu_op *op) {
  (void)op;
}

static bool none(yutu_op *op) {
  (void)op;
  return false;
}

yutu_op *yutu_op_unit(yutu_exec *x) {
  static const yutu_op_class class = {unit_open, unit_next, nothing, NULL};
  return yutu_op_new(x, sizeof(unit_op), &class, "one solution");
}

yutu_op *yutu_op_empty(yutu_exec *x, const char *why) {
  static const yutu_op_class class = {nothing, none, nothing, NULL};
  return yutu_op_new(x, sizeof(yutu_op), &class, why);
}

// ---- operators with one input ----

static void open_input(yutu_op *op) {
  yutu_op_open(op->children[0]);
}

static void rewind_input(yutu_op *op) {
  yutu_op_rewind(op->children[0]);
}

static yutu_op *over(yutu_op *op, yutu_op *input) {
  op->children[0] = input;
  op->n_children = 1;
  return op;
}

typedef struct {
  yutu_op op;
  const yutu_expr *expr;
} filter_op;

static bool filter_next(yutu_op *op) {
  filter_op *f = (filter_op *)op;
  while (yutu_op_next(op->children[0])) {
    if (yutu_test(op->x, f->expr))
      return true;
  }
  return false;
}

yutu_op *yutu_op_filter(yutu_exec *x, yutu_op *input, const yutu_expr *expr, const char *label) {
  static const yutu_op_class class = {open_input, filter_next, rewind_input, NULL};
  filter_op *f = yutu_op_new(x, sizeof *f, &class, label);
  f->expr = expr;
  return over(&f->op, input);
}

// ---- BIND and (expression AS ?variable) ----

typedef struct {
  yutu_op op;
  const yutu_expr *expr;
  uint32_t var;
  bool own;
  bool first; ///< the lowest of a chain: each solution that it takes is a new one for BNODE(label)
} extend_op;

static void extend_unbind(extend_op *e) {
  if (e->own)
    e->op.x->reg[e->var] = YUTU_ID_NONE;
  e->own = false;
}

static bool extend_next(yutu_op *op) {
  extend_op *e = (extend_op *)op;
  yutu_exec *x = op->x;
  extend_unbind(e);
  while (yutu_op_next(op->children[0])) {
    x->row += e->first;
    const yutu_id id = yutu_evaluate_id(x, e->expr);
    if (!x->reg[e->var]) {
      x->reg[e->var] = id;
      e->own = id != YUTU_ID_NONE;
      return true;
    }
    if (!id || id == x->reg[e->var]) // bound from outside: the two must agree
      return true;
  }
  return false;
}

static void extend_rewind(yutu_op *op) {
  extend_unbind((extend_op *)op);
  rewind_input(op);
}

yutu_op *yutu_op_extend(yutu_exec *x, yutu_op *input, uint32_t var, const yutu_expr *expr, const char *label) {
  static const yutu_op_class class = {open_input, extend_next, extend_rewind, NULL};
  extend_op *e = yutu_op_new(x, sizeof *e, &class, label);
  e->expr = expr;
  e->var = var;
  e->first = input->class != &class;
  return over(&e->op, input);
}

// ---- VALUES ----

typedef struct {
  yutu_op op;
  const yutu_algebra *values;
  yutu_binder binder;
  yutu_id *row;
  uint32_t at;
} values_op;

static void values_open(yutu_op *op) {
  ((values_op *)op)->at = 0;
}

static bool values_next(yutu_op *op) {
  values_op *v = (values_op *)op;
  yutu_binder_unbind(op->x, &v->binder);
  while (v->at < v->values->n_rows) {
    const uint32_t *constants = &v->values->rows[(size_t)v->at++ * v->binder.n];
    for (uint32_t i = 0; i < v->binder.n; i++)
      v->row[i] = constants[i] == YUTU_NO_CONSTANT ? YUTU_ID_NONE : op->x->constant_ids[constants[i]];
    if (yutu_binder_bind(op->x, &v->binder, v->row))
      return true;
  }
  return false;
}

static void values_rewind(yutu_op *op) {
  yutu_binder_unbind(op->x, &((values_op *)op)->binder);
}

yutu_op *yutu_op_values(yutu_exec *x, const yutu_algebra *values, const char *label) {
  static const yutu_op_class class = {values_open, values_next, values_rewind, NULL};
  values_op *v = yutu_op_new(x, sizeof *v, &class, label);
  v->values = values;
  v->binder = yutu_binder_new(x, values->vars, values->n_vars);
  v->row = YUTU_NEW_ARRAY(x->arena, yutu_id, values->n_vars + 1);
  return &v->op;
}

// ---- UNION ----

typedef struct {
  yutu_op op;
  uint32_t at;
} union_op;

static void union_open(yutu_op *op) {
  ((union_op *)op)->at = 0;
  yutu_op_open(op->more[0]);
}

static bool union_next(yutu_op *op) {
  union_op *u = (union_op *)op;
  while (!yutu_op_next(op->more[u->at])) {
    if (++u->at == op->n_children)
      return false;
    yutu_op_open(op->more[u->at]);
  }
  return true;
}

static void union_rewind(yutu_op *op) {
  yutu_op_rewind(op->more[((union_op *)op)->at]);
}

yutu_op *yutu_op_union(yutu_exec *x, yutu_op **branches, uint32_t n, const char *label) {
  static const yutu_op_class class = {union_open, union_next, union_rewind, NULL};
  union_op *u = yutu_op_new(x, sizeof *u, &class, label);
  u->op.more = branches;
  u->op.n_children = n;
  return &u->op;
}

// ---- DISTINCT ----

typedef struct {
  yutu_op op;
  const uint32_t *vars;
  yutu_id *key;
  yutu_table seen;
} distinct_op;

static void distinct_open(yutu_op *op) {
  yutu_table_clear(&((distinct_op *)op)->seen);
  open_input(op);
}

static bool distinct_next(yutu_op *op) {
  distinct_op *d = (distinct_op *)op;
  while (yutu_op_next(op->children[0])) {
    for (uint32_t i = 0; i < d->seen.n_keys; i++)
      d->key[i] = op->x->reg[d->vars[i]];
    bool added;
    yutu_table_add(&d->seen, d->key, &added);
    if (added)
      return true;
  }
  return false;
}

static void distinct_release(yutu_op *op) {
  yutu_table_free(&((distinct_op *)op)->seen);
}

yutu_op *yutu_op_distinct(yutu_exec *x, yutu_op *input, const uint32_t *vars, uint32_t n, const char *label) {
  static const yutu_op_class class = {distinct_open, distinct_next, rewind_input, distinct_release};
  distinct_op *d = yutu_op_new(x, sizeof *d, &class, label);
  d->vars = vars;
  d->key = YUTU_NEW_ARRAY(x->arena, yutu_id, n + 1);
  yutu_table_init(&d->seen, x, n, n);
  return over(&d->op, input);
}

// ---- LIMIT and OFFSET ----

typedef struct {
  yutu_op op;
  uint64_t offset, limit, at;
} slice_op;

static void slice_open(yutu_op *op) {
  ((slice_op *)op)->at = 0;
  open_input(op);
}

static bool slice_next(yutu_op *op) {
  slice_op *s = (slice_op *)op;
  while (s->limit == UINT64_MAX || s->at < s->offset + s->limit) {
    if (!yutu_op_next(op->children[0]))
      return false;
    if (s->at++ >= s->offset)
      return true;
  }
  rewind_input(op);
  return false;
}

yutu_op *yutu_op_slice(yutu_exec *x, yutu_op *input, uint64_t offset, uint64_t limit, const char *label) {
  static const yutu_op_class class = {slice_open, slice_next, rewind_input, NULL};
  slice_op *s = yutu_op_new(x, sizeof *s, &class, label);
  s->offset = offset;
  s->limit = limit > UINT64_MAX - 1 - offset && limit != UINT64_MAX ? UINT64_MAX - 1 - offset : limit;
  return over(&s->op, input);
}
