#include "queries/sparql/join_table.h"
#include "queries/sparql/ops.h"

// ---- nested loops: the right side is opened for each left solution ----

typedef struct {
  yutu_op op;
  yutu_join_kind kind;
  const yutu_expr *condition;
  bool inside; ///< the right side is open
  bool matched;
} apply_op;

static void apply_open(yutu_op *op) {
  ((apply_op *)op)->inside = false;
  yutu_op_open(op->children[0]);
}

static bool apply_next(yutu_op *op) {
  apply_op *a = (apply_op *)op;
  yutu_op *right = op->children[1];
  for (;;) {
    if (a->inside) {
      while (yutu_op_next(right)) {
        if (a->condition && !yutu_test(op->x, a->condition))
          continue;
        a->matched = true;
        return true;
      }
      a->inside = false;
      if (a->kind == YUTU_JOIN_LEFT && !a->matched)
        return true;
    }
    if (!yutu_op_next(op->children[0]))
      return false;
    a->inside = true;
    a->matched = false;
    yutu_op_open(right);
  }
}

static bool exclude_next(yutu_op *op) {
  while (yutu_op_next(op->children[0])) {
    yutu_op_open(op->children[1]);
    const bool excluded = yutu_op_next(op->children[1]);
    yutu_op_rewind(op->children[1]);
    if (!excluded)
      return true;
  }
  return false;
}

static void apply_rewind(yutu_op *op) {
  yutu_op_rewind(op->children[1]);
  yutu_op_rewind(op->children[0]);
}

yutu_op *yutu_op_apply(yutu_exec *x, yutu_join_kind kind, yutu_op *left, yutu_op *right, const yutu_expr *condition,
                       const char *label) {
  static const yutu_op_class joining = {apply_open, apply_next, apply_rewind, NULL},
                             excluding = {apply_open, exclude_next, apply_rewind, NULL};
  apply_op *a = yutu_op_new(x, sizeof *a, kind == YUTU_JOIN_MINUS ? &excluding : &joining, label);
  a->kind = kind;
  a->condition = condition;
  a->op.children[0] = left;
  a->op.children[1] = right;
  a->op.n_children = 2;
  return &a->op;
}

// ---- hash joins: the right side is put into a table once ----

typedef struct {
  yutu_op op;
  yutu_hash_join join;
  yutu_join_table table;
  bool built, given;
  yutu_binder binder; ///< of all needed variables, keys included
  yutu_id *saved;     ///< registers while the table is built
  yutu_id *key;
  uint32_t row, end; ///< to be looked at next
  bool inside, matched;
} hash_op;

static void build(hash_op *h) {
  yutu_exec *x = h->op.x;
  yutu_op *right = h->join.right;
  yutu_join_table_clear(&h->table);
  yutu_exec_hide(x, h->join.keep, h->saved);
  yutu_op_open(right);
  while (yutu_op_next(right)) {
    yutu_id *row = yutu_join_table_push(&h->table);
    for (uint32_t i = 0; i < h->join.n_vars; i++)
      row[i] = x->reg[h->join.vars[i]];
  }
  yutu_exec_restore(x, h->saved);
  yutu_join_table_index(&h->table);
  h->built = true;
}

static void hash_open(yutu_op *op) {
  hash_op *h = (hash_op *)op;
  h->inside = h->given = false;
  if (!h->built || !h->join.reuse)
    build(h);
  if (h->join.left)
    yutu_op_open(h->join.left);
}

static bool next_left(hash_op *h) {
  if (h->join.left)
    return yutu_op_next(h->join.left);
  const bool first = !h->given;
  h->given = true;
  return first;
}

static void look_up(hash_op *h) {
  for (uint32_t i = 0; i < h->join.n_keys; i++)
    h->key[i] = h->op.x->reg[h->join.vars[i]];
  yutu_join_table_find(&h->table, h->key, &h->row, &h->end);
}

/// The next row with the key; NULL: there is none.
static const yutu_id *next_row(hash_op *h) {
  while (h->row < h->end) {
    yutu_exec_tick(h->op.x);
    const yutu_id *row = yutu_join_table_row(&h->table, h->row++);
    if (yutu_same_ids(row, h->key, h->join.n_keys))
      return row;
  }
  return NULL;
}

/// The next row that fits the registers, which are then bound.
static bool next_partner(hash_op *h) {
  for (const yutu_id *row; (row = next_row(h));) {
    if (!yutu_binder_bind(h->op.x, &h->binder, row))
      continue;
    if (!h->join.condition || yutu_test(h->op.x, h->join.condition))
      return true;
    yutu_binder_unbind(h->op.x, &h->binder);
  }
  return false;
}

static bool hash_next(yutu_op *op) {
  hash_op *h = (hash_op *)op;
  for (;;) {
    if (h->inside) {
      yutu_binder_unbind(op->x, &h->binder);
      if (next_partner(h)) {
        h->matched = true;
        return true;
      }
      h->inside = false;
      if (h->join.kind == YUTU_JOIN_LEFT && !h->matched)
        return true;
    }
    if (!h->join.left && h->given)
      return false;
    if (!next_left(h))
      return false;
    h->inside = true;
    h->matched = false;
    look_up(h);
  }
}

/// Is a row compatible with the left solution, and do the two share a variable?
static bool excludes(const hash_op *h, const yutu_id *row) {
  bool shares = false;
  for (uint32_t i = 0; i < h->join.n_vars; i++) {
    const uint32_t var = h->join.vars[i];
    const yutu_id here = h->op.x->reg[var];
    if (!here || !row[i])
      continue;
    if (here != row[i])
      return false;
    shares = shares || yutu_varset_has(h->join.domain, var);
  }
  return shares;
}

static bool minus_next(yutu_op *op) {
  hash_op *h = (hash_op *)op;
  while (next_left(h)) {
    look_up(h);
    bool excluded = false;
    for (const yutu_id *row; !excluded && (row = next_row(h));)
      excluded = excludes(h, row);
    if (!excluded)
      return true;
  }
  return false;
}

static void hash_rewind(yutu_op *op) {
  hash_op *h = (hash_op *)op;
  yutu_binder_unbind(op->x, &h->binder);
  if (h->join.left)
    yutu_op_rewind(h->join.left);
}

static void hash_release(yutu_op *op) {
  yutu_join_table_free(&((hash_op *)op)->table);
}

yutu_op *yutu_op_hash_join(yutu_exec *x, const yutu_hash_join *join, const char *label) {
  static const yutu_op_class joining = {hash_open, hash_next, hash_rewind, hash_release},
                             subtracting = {hash_open, minus_next, hash_rewind, hash_release};
  hash_op *h = yutu_op_new(x, sizeof *h, join->kind == YUTU_JOIN_MINUS ? &subtracting : &joining, label);
  h->join = *join;
  h->binder = yutu_binder_new(x, join->vars, join->n_vars);
  h->saved = YUTU_NEW_ARRAY(x->arena, yutu_id, x->n_regs + 1);
  h->key = YUTU_NEW_ARRAY(x->arena, yutu_id, join->n_keys + 1);
  yutu_join_table_init(&h->table, x, join->n_vars, join->n_keys);
  if (join->left)
    h->op.children[h->op.n_children++] = join->left;
  h->op.children[h->op.n_children++] = join->right;
  return &h->op;
}
