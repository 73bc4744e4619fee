#include "graph/stats.h"

#include <errno.h>
#include <stdlib.h>

void yutu_stats_free(yutu_stats_delta *d) {
  free(d->rows);
  *d = (yutu_stats_delta){0};
}

static yutu_stats_row *place(yutu_stats_row *rows, size_t room, yutu_id predicate) {
  size_t i = (size_t)(predicate * UINT64_C(0x9e3779b97f4a7c15) >> 20);
  while (rows[i & (room - 1)].predicate != 0 && rows[i & (room - 1)].predicate != predicate)
    i++;
  return &rows[i & (room - 1)];
}

static bool grow(yutu_stats_delta *d) {
  const size_t room = d->room ? d->room * 2 : 64;
  yutu_stats_row *rows = calloc(room, sizeof *rows);
  if (!rows)
    return false;
  for (size_t i = 0; i < d->room; i++)
    if (d->rows[i].predicate)
      *place(rows, room, d->rows[i].predicate) = d->rows[i];
  free(d->rows);
  d->rows = rows;
  d->room = room;
  return true;
}

static yutu_stats_row *row_of(yutu_stats_delta *d, yutu_id predicate) {
  if (d->recent && d->recent->predicate == predicate)
    return d->recent;
  if (d->n * 2 >= d->room && !grow(d)) {
    d->failed = true;
    return NULL;
  }
  yutu_stats_row *row = place(d->rows, d->room, predicate);
  if (row->predicate == 0) {
    row->predicate = predicate;
    d->n++;
  }
  return d->recent = row;
}

void yutu_stats_note(yutu_stats_delta *d, yutu_store_counters *counters, yutu_index index, const yutu_tuple *tuple,
                     bool remove, unsigned common) {
  const int64_t step = remove ? -1 : 1;
  const uint64_t count = (uint64_t)step;
  yutu_stats_row *row;
  switch (index) {
  case YUTU_INDEX_SPOG:
    counters->quads += count;
    counters->triples += common < 3 ? count : 0;
    counters->subjects += common < 1 ? count : 0;
    if (!(row = row_of(d, tuple->v[1])))
      return;
    row->quads += step;
    row->triples += common < 3 ? step : 0;
    row->subjects += common < 2 ? step : 0;
    break;
  case YUTU_INDEX_POSG:
    counters->predicates += common < 1 ? count : 0;
    if (common < 2 && (row = row_of(d, tuple->v[0])))
      row->objects += step;
    break;
  case YUTU_INDEX_OSPG:
    counters->objects += common < 1 ? count : 0;
    break;
  case YUTU_INDEX_GSPO:
    counters->graphs += common < 1 && tuple->v[0] != YUTU_ID_DEFAULT_GRAPH ? count : 0;
    break;
  default:
    break;
  }
}

yutu_predicate_record yutu_stats_read(const yutu_store *store, MDB_txn *txn, yutu_id predicate) {
  yutu_predicate_record record = {0, 0, 0, 0};
  MDB_val key = {sizeof predicate, &predicate}, data;
  if (mdb_get(txn, store->stats, &key, &data) == MDB_SUCCESS && data.mv_size == sizeof record)
    memcpy(&record, data.mv_data, sizeof record);
  return record;
}

static int write_row(const yutu_store *store, MDB_txn *txn, const yutu_stats_row *row) {
  yutu_predicate_record record = yutu_stats_read(store, txn, row->predicate);
  record.quads += (uint64_t)row->quads;
  record.triples += (uint64_t)row->triples;
  record.subjects += (uint64_t)row->subjects;
  record.objects += (uint64_t)row->objects;
  yutu_id predicate = row->predicate;
  MDB_val key = {sizeof predicate, &predicate}, data = {sizeof record, &record};
  if (record.quads > 0)
    return mdb_put(txn, store->stats, &key, &data, 0);
  const int rc = mdb_del(txn, store->stats, &key, NULL);
  return rc == MDB_NOTFOUND ? MDB_SUCCESS : rc;
}

int yutu_stats_write(yutu_stats_delta *d, const yutu_store *store, MDB_txn *txn) {
  int rc = d->failed ? ENOMEM : MDB_SUCCESS;
  for (size_t i = 0; i < d->room && rc == MDB_SUCCESS; i++)
    if (d->rows[i].predicate)
      rc = write_row(store, txn, &d->rows[i]);
  yutu_stats_free(d);
  return rc;
}
