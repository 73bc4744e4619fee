#include "graph/dictionary.h"
#include "graph/stats.h"
#include "graph/store_cursor.h"

#include <assert.h>
#include <stdlib.h>
#include <sys/stat.h>

yutu_status yutu_snapshot_begin(yutu_store *store, MDB_txn *txn, const uint64_t *generation, yutu_snapshot **ret,
                                yutu_error *err) {
  yutu_snapshot *s = calloc(1, sizeof *s);
  if (s)
    s->view = yutu_dictionary_view_new(store, txn, generation == NULL);
  if (!s || !s->view) {
    free(s);
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  }
  s->store = store;
  s->txn = txn;
  s->generation = generation;
  *ret = s;
  return YUTU_OK;
}

void yutu_snapshot_end(yutu_snapshot *s) {
  if (!s)
    return;
  assert(s->n_open == 0);
  yutu_cursors_free(s);
  yutu_dictionary_view_free(s->view);
  free(s);
}

yutu_status yutu_snapshot_open(yutu_store *store, yutu_snapshot **ret, yutu_error *err) {
  MDB_txn *txn;
  YUTU_TRY(yutu_store_read(store, &txn, err));
  const yutu_status status = yutu_snapshot_begin(store, txn, NULL, ret, err);
  if (status != YUTU_OK)
    yutu_store_read_done(store, txn, false);
  return status;
}

void yutu_snapshot_close(yutu_snapshot *s) {
  if (!s)
    return;
  yutu_store *store = s->store;
  MDB_txn *txn = s->txn;
  const bool paused = s->paused;
  assert(s->generation == NULL); // a batch closes its own
  yutu_snapshot_end(s);
  yutu_store_read_done(store, txn, paused);
}

/// Texts that a view has put together are kept over a pause, up to so many bytes.
enum { VIEW_BYTES_KEPT = 16 << 20 };

void yutu_snapshot_pause(yutu_snapshot *s) {
  assert(s->n_open == 0 && s->generation == NULL);
  if (yutu_dictionary_view_bytes(s->view) > VIEW_BYTES_KEPT)
    yutu_dictionary_view_clear(s->view);
  yutu_store_read_pause(s->store, s->txn);
  s->paused = true;
}

yutu_status yutu_snapshot_resume(yutu_snapshot *s, yutu_error *err) {
  YUTU_TRY(yutu_store_read_again(s->store, s->txn, err));
  s->renewals++;
  s->paused = false;
  return YUTU_OK;
}

uint64_t yutu_snapshot_state(const yutu_snapshot *s) {
  return mdb_txn_id(s->txn);
}

bool yutu_snapshot_outdated(const yutu_snapshot *s) {
  MDB_envinfo info;
  return mdb_env_info(s->store->env, &info) != MDB_SUCCESS || info.me_last_txnid != mdb_txn_id(s->txn);
}

yutu_status yutu_term_find(yutu_snapshot *s, const yutu_term *term, yutu_id *ret, yutu_error *err) {
  if (term->kind == YUTU_TERM_NONE) {
    *ret = YUTU_ID_DEFAULT_GRAPH;
    return YUTU_OK;
  }
  return yutu_dictionary_view_find(s->view, term, ret, err);
}

yutu_status yutu_term_get(yutu_snapshot *s, yutu_id id, yutu_term *ret, yutu_error *err) {
  return yutu_dictionary_view_get(s->view, id, ret, err);
}

void yutu_snapshot_predicate(yutu_snapshot *s, yutu_id predicate, yutu_predicate_stats *ret) {
  const yutu_predicate_record record = yutu_stats_read(s->store, s->txn, predicate);
  *ret = (yutu_predicate_stats){.quads = record.quads,
                                .triples = record.triples,
                                .distinct_subjects = record.subjects,
                                .distinct_objects = record.objects};
}

yutu_status yutu_snapshot_stats(yutu_snapshot *s, yutu_store_stats *ret, yutu_error *err) {
  yutu_store_counters counters;
  YUTU_TRY(yutu_store_read_counters(s->store, s->txn, &counters, err));
  mdb_filehandle_t file;
  struct stat st = {0};
  if (mdb_env_get_fd(s->store->env, &file) != MDB_SUCCESS || fstat(file, &st) != 0)
    return yutu_fail(err, YUTU_ERR_IO, "cannot see the size of the store");
  *ret = (yutu_store_stats){.quads = counters.quads,
                            .triples = counters.triples,
                            .terms = counters.terms,
                            .graphs = counters.graphs,
                            .subjects = counters.subjects,
                            .predicates = counters.predicates,
                            .objects = counters.objects,
                            .bytes_on_disk = (uint64_t)st.st_blocks * 512};
  return YUTU_OK;
}
