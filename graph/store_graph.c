#include "graph/store_batch.h"

#include <errno.h>
#include <stdlib.h>

/// The batch's own snapshot, on what was written so far.
static yutu_status own_snapshot(yutu_batch *b, yutu_error *err) {
  if (b->snapshot)
    return YUTU_OK;
  return yutu_snapshot_begin(b->store, b->txn, &b->generation, &b->snapshot, err);
}

/// The same after the collected changes were written.
static yutu_status written_snapshot(yutu_batch *b, yutu_error *err) {
  yutu_error why = {0};
  if (yutu_batch_flush(b, &why) != YUTU_OK)
    return yutu_batch_break(b, &why, err);
  return own_snapshot(b, err);
}

yutu_status yutu_batch_snapshot(yutu_batch *b, yutu_snapshot **ret, yutu_error *err) {
  yutu_error why = b->failure;
  if (why.code != YUTU_OK || yutu_dictionary_flush(b->dictionary, &why) != YUTU_OK)
    return yutu_batch_break(b, &why, err);
  YUTU_TRY(written_snapshot(b, err));
  if (memcmp(&b->counters, &b->counters_written, sizeof b->counters) != 0) {
    int rc = yutu_stats_write(&b->stats, b->store, b->txn);
    if (rc == MDB_SUCCESS)
      rc = yutu_store_write_counters(b->store, b->txn, &b->counters);
    b->counters_written = b->counters;
    if (rc != MDB_SUCCESS) {
      yutu_store_fail(b->store, rc, "write to the store", &why);
      return yutu_batch_break(b, &why, err);
    }
  }
  *ret = b->snapshot;
  return YUTU_OK;
}

yutu_status yutu_batch_remove_graph(yutu_batch *b, const yutu_term *graph, uint64_t *ret_removed, yutu_error *err) {
  yutu_pattern pattern = {.each_graph = true, .order = YUTU_ORDER_GSPO};
  yutu_cursor *cursor;
  uint64_t removed = 0;
  yutu_quad_ids quad;
  YUTU_TRY(yutu_batch_ready(b, err));
  YUTU_TRY(yutu_batch_graph_id(b, graph, false, &pattern.g, err));
  if (pattern.g != YUTU_ID_NONE) {
    if (yutu_batch_graph_waits(b, pattern.g))
      YUTU_TRY(written_snapshot(b, err));
    YUTU_TRY(own_snapshot(b, err));
    YUTU_TRY(yutu_cursor_open(b->snapshot, &pattern, &cursor, err));
    yutu_status status = YUTU_OK;
    while (status == YUTU_OK && yutu_cursor_next(cursor, &quad)) {
      status = yutu_batch_ready(b, err);
      if (status == YUTU_OK)
        status = yutu_batch_push(b, &quad, true, err);
      removed++;
    }
    yutu_cursor_close(cursor);
    YUTU_TRY(status);
  }
  if (ret_removed)
    *ret_removed = removed;
  return YUTU_OK;
}

yutu_status yutu_batch_clear(yutu_batch *b, yutu_error *err) {
  yutu_store *store = b->store;
  yutu_error why = {0};
  yutu_snapshot_end(b->snapshot);
  b->snapshot = NULL;
  yutu_dictionary_free(b->dictionary);
  b->dictionary = NULL;
  int rc = mdb_drop(b->txn, store->entries, 0);
  if (rc == MDB_SUCCESS)
    rc = mdb_drop(b->txn, store->hashes, 0);
  if (rc == MDB_SUCCESS)
    rc = mdb_drop(b->txn, store->stats, 0);
  for (int i = 0; i < YUTU_INDEXES && rc == MDB_SUCCESS; i++)
    rc = mdb_drop(b->txn, store->index[i], 0);
  if (rc == MDB_SUCCESS) {
    b->n_effective += b->counters.quads;
    b->n_ops = b->n_orphans = 0;
    yutu_bulk_free(b->bulk);
    b->bulk = NULL;
    yutu_batch_forget_graphs(b);
    yutu_stats_free(&b->stats);
    b->counters = (yutu_store_counters){.next_entry = b->counters.next_entry}; // numbers are never given again
    b->dictionary = yutu_dictionary_new(store, b->txn, &b->counters);
    rc = b->dictionary ? MDB_SUCCESS : ENOMEM;
  }
  if (rc == MDB_SUCCESS)
    return YUTU_OK;
  yutu_store_fail(store, rc, "clear the store", &why);
  return yutu_batch_break(b, &why, err);
}

enum { LOOK_BACK = 64 }; ///< changes that a question looks through before they are written

typedef enum { WAITS_NOT, WAITS_TO_COME, WAITS_TO_GO } waiting;

/// What the collected changes will do to a quad, or to a triple in any graph when g is 0: the last one counts.
static waiting find_waiting(const yutu_batch *b, const yutu_quad_ids *quad) {
  for (size_t i = b->n_ops; i-- > 0;) {
    const yutu_quad_ids *q = &b->ops[i].quad;
    if (q->s == quad->s && q->p == quad->p && q->o == quad->o && (!quad->g || (q->g & ~YUTU_OP_REMOVE) == quad->g))
      return q->g & YUTU_OP_REMOVE ? WAITS_TO_GO : WAITS_TO_COME;
  }
  return WAITS_NOT;
}

yutu_status yutu_batch_has(yutu_batch *b, const yutu_quad *quad, bool any_graph, bool *ret, yutu_error *err) {
  yutu_quad_ids ids = {0, 0, 0, 0};
  *ret = false;
  YUTU_TRY(yutu_batch_ready(b, err));
  YUTU_TRY(yutu_batch_triple_ids(b, quad, false, &ids, err));
  if (ids.o == YUTU_ID_NONE)
    return YUTU_OK;
  if (!any_graph) {
    YUTU_TRY(yutu_batch_graph_id(b, &quad->g, false, &ids.g, err));
    if (ids.g == YUTU_ID_NONE)
      return YUTU_OK;
  }
  const bool look = b->n_ops <= LOOK_BACK && !b->bulk;
  const waiting change = look ? find_waiting(b, &ids) : WAITS_NOT;
  if (change == WAITS_TO_COME || (change == WAITS_TO_GO && !any_graph)) {
    *ret = change == WAITS_TO_COME;
    return YUTU_OK;
  }
  // A triple that goes from one graph may be in another; what nobody looked for must be written to be seen.
  YUTU_TRY(change == WAITS_TO_GO || !look ? written_snapshot(b, err) : own_snapshot(b, err));
  *ret = yutu_snapshot_has(b->snapshot, &ids);
  return YUTU_OK;
}

// ---- replacing ----

static int compare(const yutu_quad_ids *a, const yutu_quad_ids *b) {
  const yutu_tuple x = yutu_index_tuple(YUTU_INDEX_SPOG, a), y = yutu_index_tuple(YUTU_INDEX_SPOG, b);
  return yutu_tuple_cmp(&x, &y);
}

/// Collect the difference between what the graph holds and what it should, which is sorted.
static yutu_status push_difference(yutu_batch *b, yutu_id g, const yutu_op *wanted, size_t n, uint64_t *ret_changed,
                                   yutu_error *err) {
  const yutu_pattern pattern = {.g = g, .order = YUTU_ORDER_GSPO};
  yutu_cursor *cursor;
  yutu_quad_ids there;
  uint64_t changed = 0;
  size_t i = 0;
  yutu_status status = YUTU_OK;
  YUTU_TRY(yutu_cursor_open(b->snapshot, &pattern, &cursor, err));
  bool more = yutu_cursor_next(cursor, &there);
  while (status == YUTU_OK && (more || i < n)) {
    const int order = !more ? 1 : i == n ? -1 : compare(&there, &wanted[i].quad);
    if (order < 0)
      status = yutu_batch_push(b, &there, true, err);
    else if (order > 0)
      status = yutu_batch_push(b, &wanted[i].quad, false, err);
    changed += order != 0;
    if (order <= 0)
      more = yutu_cursor_next(cursor, &there);
    if (order >= 0)
      i++;
  }
  yutu_cursor_close(cursor);
  *ret_changed = changed;
  return status;
}

static size_t unique(yutu_op *quads, size_t n) {
  size_t kept = 0;
  for (size_t i = 0; i < n; i++)
    if (kept == 0 || compare(&quads[kept - 1].quad, &quads[i].quad) != 0)
      quads[kept++] = quads[i];
  return kept;
}

static yutu_status look_up_all(yutu_batch *b, yutu_id g, const yutu_quad *quads, size_t n, yutu_op *ret,
                               yutu_error *err) {
  for (size_t i = 0; i < n; i++) {
    YUTU_TRY(yutu_batch_triple_ids(b, &quads[i], true, &ret[i].quad, err));
    ret[i].quad.g = g;
  }
  return YUTU_OK;
}

yutu_status yutu_batch_replace_graph(yutu_batch *b, const yutu_term *graph, const yutu_quad *quads, size_t n_quads,
                                     uint64_t *ret_changed, yutu_error *err) {
  uint64_t changed = 0;
  yutu_id g;
  YUTU_TRY(yutu_batch_ready(b, err));
  YUTU_TRY(yutu_batch_graph_id(b, graph, n_quads > 0, &g, err));
  if (g != YUTU_ID_NONE) {
    if (yutu_batch_graph_waits(b, g)) {
      YUTU_TRY(written_snapshot(b, err));
      YUTU_TRY(yutu_batch_graph_id(b, graph, n_quads > 0, &g,
                                   err)); // writing may have taken it out
    }
    YUTU_TRY(own_snapshot(b, err));
    yutu_op *wanted = malloc((2 * n_quads + 1) * sizeof *wanted);
    if (!wanted)
      return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
    yutu_status status = look_up_all(b, g, quads, n_quads, wanted, err);
    if (status == YUTU_OK) {
      yutu_sort(wanted, wanted + n_quads, n_quads, YUTU_INDEX_SPOG);
      status = push_difference(b, g, wanted, unique(wanted, n_quads), &changed, err);
    }
    free(wanted);
    YUTU_TRY(status);
  }
  if (ret_changed)
    *ret_changed = changed;
  return YUTU_OK;
}
