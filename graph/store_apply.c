#include "graph/store_batch.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

// ---- from the collected changes into one index ----

/// Changes on their way: from memory, or merged from runs.
typedef struct {
  yutu_batch *batch;
  yutu_index index;
  yutu_op *ops;
  size_t n, i;
  size_t n_kept; ///< changes that made a difference, moved to the front of `ops`
  yutu_bulk_merge *merge;
} feed;

static bool feed_op(void *context, yutu_tuple *ret, bool *ret_remove) {
  feed *f = context;
  if (f->i == f->n)
    return false;
  const yutu_op *op = &f->ops[f->i++];
  const yutu_quad_ids quad = {op->v[0], op->v[1], op->v[2], op->v[3] & ~YUTU_OP_REMOVE};
  *ret = yutu_index_tuple(f->index, &quad);
  *ret_remove = op->v[3] & YUTU_OP_REMOVE;
  return true;
}

static bool feed_merged(void *context, yutu_tuple *ret, bool *ret_remove) {
  feed *f = context;
  return yutu_bulk_merge_next(f->merge, ret, ret_remove);
}

static void note(void *context, const yutu_tuple *tuple, bool remove, unsigned common) {
  feed *f = context;
  yutu_stats_note(&f->batch->stats, &f->batch->counters, f->index, tuple, remove, common);
}

static void note_and_keep(void *context, const yutu_tuple *tuple, bool remove, unsigned common) {
  feed *f = context;
  note(context, tuple, remove, common);
  const yutu_quad_ids quad = yutu_index_quad(f->index, tuple);
  f->ops[f->n_kept++] = (yutu_op){{quad.s, quad.p, quad.o, quad.g | (remove ? YUTU_OP_REMOVE : 0)}}; // behind f->i
}

static yutu_status apply(yutu_batch *b, const yutu_index_changes *changes, yutu_index index, yutu_error *err) {
  const int rc = yutu_index_apply(b->txn, b->store->index[index], changes);
  return rc == MDB_SUCCESS ? YUTU_OK : yutu_store_fail(b->store, rc, "write to the store", err);
}

/// Apply sorted changes to an index. After the first one those are left that made a difference.
static yutu_status apply_ops(yutu_batch *b, yutu_index index, yutu_op *ops, size_t *n, yutu_error *err) {
  const bool first = index == YUTU_INDEX_SPOG;
  feed f = {.batch = b, .index = index, .ops = ops, .n = *n};
  const yutu_index_changes changes = {feed_op, first ? note_and_keep : note, &f};
  YUTU_TRY(apply(b, &changes, index, err));
  if (first)
    *n = f.n_kept;
  return YUTU_OK;
}

static yutu_status apply_runs(yutu_batch *b, yutu_index index, yutu_error *err) {
  feed f = {.batch = b, .index = index};
  YUTU_TRY(yutu_bulk_merge_new(b->bulk, index, &f.merge, err));
  const yutu_index_changes changes = {feed_merged, note, &f};
  yutu_status status = apply(b, &changes, index, err);
  const int failure = yutu_bulk_merge_failed(f.merge);
  yutu_bulk_merge_free(f.merge);
  if (status == YUTU_OK && failure)
    status = yutu_store_fail(b->store, failure, "read a temporary file of", err);
  return status;
}

static yutu_status spill_ops(yutu_batch *b, yutu_index index, yutu_op *ops, size_t *n, yutu_error *err) {
  return yutu_bulk_add_run(b->bulk, index, ops, *n, err);
}

// ---- in every order ----

/// Of several changes of one quad only the last counts.
static size_t last_of_each(yutu_op *ops, size_t n) {
  size_t kept = 0;
  for (size_t i = 0; i < n; i++) {
    const uint64_t *a = ops[i].v, *b = i + 1 < n ? ops[i + 1].v : NULL;
    if (!b || a[0] != b[0] || a[1] != b[1] || a[2] != b[2] || ((a[3] ^ b[3]) & ~YUTU_OP_REMOVE))
      ops[kept++] = ops[i];
  }
  return kept;
}

/// Take the collected changes through the orders of all indexes. From an order whose graph comes last the next one
/// follows by sorting by one place, and the one whose graph comes first by sorting by that.
static yutu_status in_every_order(yutu_batch *b,
                                  yutu_status (*visit)(yutu_batch *, yutu_index, yutu_op *, size_t *, yutu_error *),
                                  yutu_error *err) {
  static const struct {
    yutu_index last, first; ///< the same order with the graph last and first
    unsigned place;         ///< by which the order before must be sorted to get this one
  } steps[] = {{YUTU_INDEX_SPOG, YUTU_INDEX_GSPO, YUTU_PLACE_S},
               {YUTU_INDEX_OSPG, YUTU_INDEX_GOSP, YUTU_PLACE_O},
               {YUTU_INDEX_POSG, YUTU_INDEX_GPOS, YUTU_PLACE_P}};
  size_t n = b->n_ops;
  assert(b->ops && n > 0);
  yutu_op *scratch = malloc(2 * n * sizeof *scratch);
  if (!scratch)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  yutu_op *by_graph = scratch + n;
  yutu_sort(b->ops, scratch, n, YUTU_INDEX_SPOG);
  n = last_of_each(b->ops, n);
  yutu_status status = YUTU_OK;
  for (int i = 0; i < 3 && status == YUTU_OK && n > 0; i++) {
    if (i > 0)
      yutu_sort_by(b->ops, scratch, n, steps[i].place);
    status = visit(b, steps[i].last, b->ops, &n, err);
    if (status != YUTU_OK || n == 0)
      break;
    memcpy(by_graph, b->ops, n * sizeof *by_graph);
    yutu_sort_by(by_graph, scratch, n, YUTU_PLACE_G);
    status = visit(b, steps[i].first, by_graph, &n, err);
  }
  free(scratch);
  b->n_ops = 0;
  b->n_effective += n;
  return status;
}

/// Note the terms of quads that are to be removed, there or not: they may be without any quad afterwards.
static yutu_status note_orphans(yutu_batch *b, yutu_error *err) {
  for (size_t i = 0; i < b->n_ops; i++) {
    const yutu_quad_ids *q = &b->ops[i].quad;
    if ((q->g & YUTU_OP_REMOVE) &&
        !yutu_batch_note_orphans(b, &(yutu_quad_ids){q->s, q->p, q->o, q->g & ~YUTU_OP_REMOVE}))
      return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  }
  return YUTU_OK;
}

yutu_status yutu_batch_spill(yutu_batch *b, yutu_error *err) {
  if (b->n_ops == 0)
    return YUTU_OK;
  if (!b->bulk)
    YUTU_TRY(yutu_bulk_new(b->store, &b->bulk, err));
  YUTU_TRY(note_orphans(b, err));
  return in_every_order(b, spill_ops, err);
}

yutu_status yutu_batch_flush(yutu_batch *b, yutu_error *err) {
  if (b->n_ops == 0 && !b->bulk)
    return YUTU_OK;
  b->generation++;
  yutu_batch_forget_graphs(b);
  if (b->bulk) {
    YUTU_TRY(yutu_batch_spill(b, err));
    for (int i = 0; i < YUTU_INDEXES; i++)
      YUTU_TRY(apply_runs(b, (yutu_index)i, err));
    yutu_bulk_free(b->bulk);
    b->bulk = NULL;
  } else {
    YUTU_TRY(note_orphans(b, err));
    YUTU_TRY(in_every_order(b, apply_ops, err));
  }
  return yutu_batch_sweep(b, err);
}
