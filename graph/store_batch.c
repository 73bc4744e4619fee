#include "graph/store_batch.h"

#include <stdlib.h>

enum { FIRST_OPS = 256 };

yutu_status yutu_batch_begin(yutu_store *store, yutu_batch **ret, yutu_error *err) {
  yutu_batch *b = calloc(1, sizeof *b);
  if (!b)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  b->store = store;
  b->most_ops = YUTU_BATCH_OPS;
  yutu_status status = yutu_store_write(store, &b->txn, err);
  if (status != YUTU_OK) {
    free(b);
    return status;
  }
  status = yutu_store_read_counters(store, b->txn, &b->counters, err);
  if (status == YUTU_OK) {
    b->counters_before = b->counters_written = b->counters;
    b->dictionary = yutu_dictionary_new(store, b->txn, &b->counters);
    if (!b->dictionary)
      status = yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  }
  if (status != YUTU_OK) {
    yutu_batch_abort(b);
    return status;
  }
  *ret = b;
  return YUTU_OK;
}

/// Release everything but the transaction.
static void release(yutu_batch *b) {
  yutu_snapshot_end(b->snapshot);
  yutu_dictionary_free(b->dictionary);
  yutu_stats_free(&b->stats);
  yutu_bulk_free(b->bulk);
  free(b->ops);
  free(b->graphs);
  free(b->orphans);
  b->snapshot = NULL;
  b->dictionary = NULL;
  b->bulk = NULL;
}

void yutu_batch_abort(yutu_batch *b) {
  if (!b)
    return;
  if (b->failure.code == YUTU_ERR_STORE)
    b->store->map_was_full = true;
  release(b);
  mdb_txn_abort(b->txn);
  yutu_store_write_done(b->store);
  free(b);
}

yutu_status yutu_batch_break(yutu_batch *b, const yutu_error *why, yutu_error *err) {
  if (b->failure.code == YUTU_OK)
    b->failure = *why;
  if (err)
    *err = *why;
  return why->code;
}

/// After a call that reports to b->scratch: a failure of the store breaks the batch, one of the caller's does not.
static yutu_status settle(yutu_batch *b, yutu_status status, yutu_error *err) {
  if (status == YUTU_OK)
    return YUTU_OK;
  if (status != YUTU_ERR_USAGE && status != YUTU_ERR_LIMIT)
    return yutu_batch_break(b, &b->scratch, err);
  if (err)
    *err = b->scratch;
  return status;
}

yutu_status yutu_batch_commit(yutu_batch *b, yutu_error *err) {
  yutu_error why = b->failure;
  yutu_status status = why.code;
  if (status == YUTU_OK)
    status = yutu_batch_flush(b, &why);
  if (status == YUTU_OK)
    status = yutu_dictionary_flush(b->dictionary, &why);
  int rc = MDB_SUCCESS;
  if (status == YUTU_OK && memcmp(&b->counters, &b->counters_before, sizeof b->counters) == 0 && b->n_effective == 0) {
    yutu_batch_abort(b); // nothing to write
    return YUTU_OK;
  }
  if (status == YUTU_OK)
    rc = yutu_stats_write(&b->stats, b->store, b->txn);
  if (status == YUTU_OK && rc == MDB_SUCCESS)
    rc = yutu_store_write_counters(b->store, b->txn, &b->counters);
  release(b);
  if (status == YUTU_OK && rc == MDB_SUCCESS)
    rc = mdb_txn_commit(b->txn);
  else
    mdb_txn_abort(b->txn);
  if (status == YUTU_OK && rc != MDB_SUCCESS)
    status = yutu_store_fail(b->store, rc, "write to the store", &why);
  if (status == YUTU_ERR_STORE) // of what can befall a batch only the full map has this code
    b->store->map_was_full = true;
  yutu_store_write_done(b->store);
  free(b);
  if (status != YUTU_OK && err)
    *err = why;
  return status;
}

// ---- collecting changes ----

static yutu_id *graph_place(yutu_id *table, size_t room, yutu_id g) {
  size_t i = (size_t)(g * UINT64_C(0x9e3779b97f4a7c15) >> 24) & (room - 1);
  while (table[i] != YUTU_ID_NONE && table[i] != g)
    i = (i + 1) & (room - 1);
  return &table[i];
}

static bool add_graph(yutu_batch *b, yutu_id g) {
  if (b->n_ops > 0 && (b->ops[b->n_ops - 1].v[3] & ~YUTU_OP_REMOVE) == g)
    return true; // as the change before it
  if (2 * (b->n_graphs + 1) > b->graphs_room) {
    const size_t room = b->graphs_room ? 2 * b->graphs_room : 64;
    yutu_id *table = calloc(room, sizeof *table);
    if (!table)
      return false;
    for (size_t i = 0; i < b->graphs_room; i++)
      if (b->graphs[i])
        *graph_place(table, room, b->graphs[i]) = b->graphs[i];
    free(b->graphs);
    b->graphs = table;
    b->graphs_room = room;
  }
  yutu_id *place = graph_place(b->graphs, b->graphs_room, g);
  b->n_graphs += *place == YUTU_ID_NONE;
  *place = g;
  return true;
}

bool yutu_batch_graph_waits(const yutu_batch *b, yutu_id g) {
  return b->n_graphs > 0 && *graph_place(b->graphs, b->graphs_room, g) == g;
}

void yutu_batch_forget_graphs(yutu_batch *b) {
  if (b->n_graphs > 0)
    memset(b->graphs, 0, b->graphs_room * sizeof *b->graphs);
  b->n_graphs = 0;
}

yutu_status yutu_batch_ready(yutu_batch *b, yutu_error *err) {
  if (b->failure.code == YUTU_OK && b->n_ops < b->most_ops)
    return YUTU_OK;
  yutu_error why = b->failure;
  if (why.code == YUTU_OK) {
    const bool empty = b->counters.quads == 0;
    if ((empty ? yutu_batch_spill(b, &why) : yutu_batch_flush(b, &why)) == YUTU_OK)
      return YUTU_OK;
  }
  return yutu_batch_break(b, &why, err);
}

yutu_status yutu_batch_push(yutu_batch *b, const yutu_quad_ids *quad, bool remove, yutu_error *err) {
  if (b->n_ops == b->room) {
    const size_t room = b->room ? b->room * 2 : FIRST_OPS;
    yutu_op *grown = realloc(b->ops, room * sizeof *grown);
    if (!grown)
      return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
    b->ops = grown;
    b->room = room;
  }
  if (!add_graph(b, quad->g))
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  b->ops[b->n_ops++] = (yutu_op){{quad->s, quad->p, quad->o, quad->g | (remove ? YUTU_OP_REMOVE : 0)}};
  return YUTU_OK;
}

/// Is it a quad at all?
static yutu_status check_quad(const yutu_quad *quad, yutu_error *err) {
  if (quad->s.kind != YUTU_TERM_IRI && quad->s.kind != YUTU_TERM_BLANK)
    return yutu_fail(err, YUTU_ERR_USAGE, "the subject of a quad must be an IRI or a blank node");
  if (quad->p.kind != YUTU_TERM_IRI)
    return yutu_fail(err, YUTU_ERR_USAGE, "the predicate of a quad must be an IRI");
  if (quad->o.kind == YUTU_TERM_NONE)
    return yutu_fail(err, YUTU_ERR_USAGE, "a quad has no object");
  if (quad->g.kind == YUTU_TERM_LITERAL)
    return yutu_fail(err, YUTU_ERR_USAGE, "a graph's name must be an IRI or a blank node");
  return YUTU_OK;
}

yutu_status yutu_batch_graph_id(yutu_batch *b, const yutu_term *graph, bool create, yutu_id *ret, yutu_error *err) {
  if (graph->kind == YUTU_TERM_NONE) {
    *ret = YUTU_ID_DEFAULT_GRAPH;
    return YUTU_OK;
  }
  return settle(b, yutu_dictionary_id(b->dictionary, graph, create, ret, &b->scratch), err);
}

yutu_status yutu_batch_triple_ids(yutu_batch *b, const yutu_quad *quad, bool create, yutu_quad_ids *ret,
                                  yutu_error *err) {
  const yutu_term *terms[3] = {&quad->s, &quad->p, &quad->o};
  yutu_id ids[3] = {YUTU_ID_NONE, YUTU_ID_NONE, YUTU_ID_NONE};
  YUTU_TRY(check_quad(quad, err));
  for (int i = 0; i < 3; i++) {
    YUTU_TRY(settle(b, yutu_dictionary_id(b->dictionary, terms[i], create, &ids[i], &b->scratch), err));
    if (ids[i] == YUTU_ID_NONE)
      break;
  }
  ret->s = ids[0];
  ret->p = ids[1];
  ret->o = ids[2];
  return YUTU_OK;
}

yutu_status yutu_batch_add(yutu_batch *b, const yutu_quad *quad, yutu_error *err) {
  yutu_quad_ids ids;
  YUTU_TRY(yutu_batch_ready(b, err));
  YUTU_TRY(yutu_batch_triple_ids(b, quad, true, &ids, err));
  YUTU_TRY(yutu_batch_graph_id(b, &quad->g, true, &ids.g, err));
  return yutu_batch_push(b, &ids, false, err);
}

yutu_status yutu_batch_remove(yutu_batch *b, const yutu_quad *quad, yutu_error *err) {
  yutu_quad_ids ids;
  YUTU_TRY(yutu_batch_ready(b, err));
  YUTU_TRY(yutu_batch_triple_ids(b, quad, false, &ids, err));
  if (ids.o == YUTU_ID_NONE)
    return YUTU_OK; // one of its terms is in no quad
  YUTU_TRY(yutu_batch_graph_id(b, &quad->g, false, &ids.g, err));
  return ids.g != YUTU_ID_NONE ? yutu_batch_push(b, &ids, true, err) : YUTU_OK;
}
