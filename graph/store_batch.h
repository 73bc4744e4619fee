/// @file graph/store_batch.h  A batch from inside.
///
/// Changes are collected as ids and brought into the indexes together: at commit, when the batch is read, or when there
/// are many of them. As long as the indexes are empty, many of them go into sorted runs instead (graph/bulk.h). Terms
/// go into the dictionary at once.
#ifndef YUTU_GRAPH_STORE_BATCH_H
#define YUTU_GRAPH_STORE_BATCH_H

#include "graph/bulk.h"
#include "graph/dictionary.h"
#include "graph/stats.h"
#include "graph/store_sort.h"

enum {
  YUTU_BATCH_OPS = 1 << 20,     ///< changes that are collected at most
  YUTU_BATCH_ORPHANS = 1 << 24, ///< ids of removed quads that are looked after at most
};

struct yutu_batch {
  yutu_store *store;
  MDB_txn *txn;
  yutu_dictionary_writer *dictionary;
  yutu_snapshot *snapshot; ///< on what is written so far; NULL until asked for
  uint64_t generation;     ///< counts the times the indexes were written
  yutu_store_counters counters;
  yutu_store_counters counters_before;  ///< at the beginning
  yutu_store_counters counters_written; ///< as the transaction has them
  yutu_stats_delta stats;

  yutu_op *ops;
  size_t n_ops, room;
  size_t most_ops; ///< YUTU_BATCH_OPS; tests make it smaller
  yutu_bulk *bulk; ///< more of them, in a file; the indexes are empty then
  yutu_id *graphs; ///< hash table, 2^n places, of the graphs that collected changes touch
  size_t n_graphs, graphs_room;

  yutu_id *orphans; ///< terms of quads removed since the last look
  size_t n_orphans, orphans_room;
  uint64_t n_effective; ///< changes that made a difference

  yutu_error failure; ///< the first one: the batch cannot go on
  yutu_error scratch;
};

/// Put the collected changes into a sorted run: the indexes are empty and stay so for now.
YUTU_NODISCARD yutu_status yutu_batch_spill(yutu_batch *batch, yutu_error *err);

/// Bring the collected changes into the indexes.
YUTU_NODISCARD yutu_status yutu_batch_flush(yutu_batch *batch, yutu_error *err);

/// Refuse after a failure; bring the changes in when there are many. To be called before ids are looked up: bringing
/// removals in may take terms out of the dictionary.
YUTU_NODISCARD yutu_status yutu_batch_ready(yutu_batch *batch, yutu_error *err);

/// Note the terms of a quad that is removed. @return false when out of memory
bool yutu_batch_note_orphans(yutu_batch *batch, const yutu_quad_ids *quad);

/// Take out of the dictionary the noted terms that no quad has.
YUTU_NODISCARD yutu_status yutu_batch_sweep(yutu_batch *batch, yutu_error *err);

/// The collected changes are in the indexes now: forget which graphs they touch.
void yutu_batch_forget_graphs(yutu_batch *batch);

/// Collect a change.
YUTU_NODISCARD yutu_status yutu_batch_push(yutu_batch *batch, const yutu_quad_ids *quad, bool remove, yutu_error *err);

/// Do the collected changes touch this graph?
bool yutu_batch_graph_waits(const yutu_batch *batch, yutu_id g);

/// The ids of the terms; without `create`, YUTU_ID_NONE for a graph, or for o, when one of them has none.
YUTU_NODISCARD yutu_status yutu_batch_graph_id(yutu_batch *batch, const yutu_term *graph, bool create, yutu_id *ret,
                                               yutu_error *err);
YUTU_NODISCARD yutu_status yutu_batch_triple_ids(yutu_batch *batch, const yutu_quad *quad, bool create,
                                                 yutu_quad_ids *ret, yutu_error *err);

/// Remember a failure: nothing of the batch will be committed. @return the failure's code
yutu_status yutu_batch_break(yutu_batch *batch, const yutu_error *why, yutu_error *err);

#endif
