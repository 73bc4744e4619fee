/// Merge join: the left solutions come in ascending order of a variable, and so do the triples of a pattern whose other
/// places are constants or free. Both are read once, forwards; gaps are jumped over.

#include "queries/sparql/exec_scan.h"
#include "queries/sparql/ops.h"
#include "queries/sparql/table.h"

enum { PATIENCE = 16 }; ///< triples that are stepped over before the index is searched

typedef struct {
  yutu_op op;
  yutu_places places;
  uint32_t var;
  int place; ///< of `var` in the pattern
  yutu_cursor *cursor;
  yutu_quad_ids ahead; ///< the next triple
  bool has_ahead, started;
  yutu_id key;      ///< the value whose triples are in `group`
  yutu_table group; ///< their other places
  uint32_t n_others;
  int others[2];
  yutu_binder binder;
  uint32_t at;
  bool inside;
} merge_op;

static yutu_id at_place(const yutu_quad_ids *quad, int place) {
  return place == 0 ? quad->s : place == 1 ? quad->p : quad->o;
}

static void merge_open(yutu_op *op) {
  merge_op *m = (merge_op *)op;
  yutu_exec *x = op->x;
  yutu_pattern pattern;
  m->has_ahead = m->started = m->inside = false;
  m->key = YUTU_ID_NONE;
  yutu_table_clear(&m->group);
  yutu_cursor_close(m->cursor);
  m->cursor = NULL;
  if (yutu_places_pattern(x, &m->places, &pattern))
    yutu_exec_try(x, yutu_cursor_open(x->snapshot, &pattern, &m->cursor, &x->error));
  yutu_op_open(op->children[0]);
}

/// Go to the first triple whose value is `id` or more.
static void advance(merge_op *m, yutu_id id) {
  for (int i = 0; m->has_ahead && at_place(&m->ahead, m->place) < id; i++) {
    m->has_ahead = i < PATIENCE ? yutu_cursor_next(m->cursor, &m->ahead) : yutu_cursor_seek(m->cursor, id, &m->ahead);
  }
  if (!m->started)
    m->has_ahead = yutu_cursor_seek(m->cursor, id, &m->ahead);
  m->started = true;
}

static void load_group(merge_op *m, yutu_id id) {
  m->key = id;
  yutu_table_clear(&m->group);
  if (!m->cursor)
    return;
  advance(m, id);
  while (m->has_ahead && at_place(&m->ahead, m->place) == id) {
    yutu_exec_tick(m->op.x);
    yutu_id *row = yutu_table_push(&m->group);
    for (uint32_t i = 0; i < m->n_others; i++)
      row[i] = at_place(&m->ahead, m->others[i]);
    m->has_ahead = yutu_cursor_next(m->cursor, &m->ahead);
  }
}

static bool merge_next(yutu_op *op) {
  merge_op *m = (merge_op *)op;
  for (;;) {
    yutu_binder_unbind(op->x, &m->binder);
    while (m->inside && m->at < m->group.n) {
      if (yutu_binder_bind(op->x, &m->binder, yutu_table_row(&m->group, m->at++)))
        return true;
    }
    m->inside = false;
    if (!yutu_op_next(op->children[0]))
      return false;
    const yutu_id id = op->x->reg[m->var];
    if (id != m->key)
      load_group(m, id);
    m->at = 0;
    m->inside = true;
  }
}

static void merge_rewind(yutu_op *op) {
  yutu_binder_unbind(op->x, &((merge_op *)op)->binder);
  yutu_op_rewind(op->children[0]);
}

static void merge_release(yutu_op *op) {
  merge_op *m = (merge_op *)op;
  yutu_cursor_close(m->cursor);
  m->cursor = NULL;
  yutu_table_free(&m->group);
}

yutu_op *yutu_op_merge(yutu_exec *x, yutu_op *input, const yutu_algebra *triple, uint32_t var, const char *label) {
  static const yutu_op_class class = {merge_open, merge_next, merge_rewind, merge_release};
  merge_op *m = yutu_op_new(x, sizeof *m, &class, label);
  uint32_t *vars = YUTU_NEW_ARRAY(x->arena, uint32_t, 2);
  yutu_places_of(x, triple, &m->places);
  m->var = var;
  for (int i = 0; i < 3; i++) {
    yutu_place_of *place = &m->places.at[i];
    if (!place->is_var || yutu_varset_has(x->preset, place->index))
      continue;
    if (place->index == var) {
      m->place = i;
    } else {
      vars[m->n_others] = place->index;
      m->others[m->n_others++] = i;
    }
    *place = (yutu_place_of){.id = YUTU_ID_NONE}; // open for the cursor, whatever the register holds
  }
  m->binder = yutu_binder_new(x, vars, m->n_others);
  yutu_table_init(&m->group, x, m->n_others, 0);
  m->op.children[0] = input;
  m->op.n_children = 1;
  return &m->op;
}
