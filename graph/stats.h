/// @file graph/stats.h  Counts per predicate and over the store, kept exact with every commit.
///
/// They fall out of writing the indexes: whether a change brings up or takes away a prefix of an index order is seen
/// from its neighbours. SPOG tells quads, triples, subjects and a predicate's subjects, POSG predicates and their
/// objects, OSPG objects, GSPO graphs.
#ifndef YUTU_GRAPH_STATS_H
#define YUTU_GRAPH_STATS_H

#include "graph/store_internal.h"

/// Stored by predicate.
typedef struct {
  uint64_t quads, triples, subjects, objects;
} yutu_predicate_record;

typedef struct {
  yutu_id predicate;
  int64_t quads, triples, subjects, objects;
} yutu_stats_row;

/// Differences that a batch has made. Zero-initialise.
typedef struct {
  yutu_stats_row *rows; ///< hash table, 2^n places
  size_t n, room;
  yutu_stats_row *recent; ///< the row used last
  bool failed;            ///< out of memory
} yutu_stats_delta;

void yutu_stats_free(yutu_stats_delta *delta);

/// Note one change of an index: see yutu_index_changes.
void yutu_stats_note(yutu_stats_delta *delta, yutu_store_counters *counters, yutu_index index, const yutu_tuple *tuple,
                     bool remove, unsigned common);

/// Write the differences and forget them. @return an LMDB code or ENOMEM
int yutu_stats_write(yutu_stats_delta *delta, const yutu_store *store, MDB_txn *txn);

/// Zeroes when the predicate is in no quad.
yutu_predicate_record yutu_stats_read(const yutu_store *store, MDB_txn *txn, yutu_id predicate);

#endif
