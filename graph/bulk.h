/// @file graph/bulk.h  Loading more quads than memory holds: sorted runs in a temporary file, merged into empty
/// indexes.
///
/// A run holds the changes that were collected at one time, in the order of one index, packed like the index itself.
/// Merging gives all changes of an index in order, of several changes of one quad the latest.
#ifndef YUTU_GRAPH_BULK_H
#define YUTU_GRAPH_BULK_H

#include "graph/store_internal.h"
#include "graph/store_sort.h"

typedef struct yutu_bulk yutu_bulk;

/// @param[out] ret  Owned; free with yutu_bulk_free().
YUTU_NODISCARD yutu_status yutu_bulk_new(const yutu_store *store, yutu_bulk **ret, yutu_error *err);
void yutu_bulk_free(yutu_bulk *bulk); ///< NULL-safe.

/// Write a run. @param ops  in the order of the index, each quad once
YUTU_NODISCARD yutu_status yutu_bulk_add_run(yutu_bulk *bulk, yutu_index index, const yutu_op *ops, size_t n,
                                             yutu_error *err);

typedef struct yutu_bulk_merge yutu_bulk_merge;

/// Begin to merge the runs of an index. The bulk must outlive it.
YUTU_NODISCARD yutu_status yutu_bulk_merge_new(yutu_bulk *bulk, yutu_index index, yutu_bulk_merge **ret,
                                               yutu_error *err);
void yutu_bulk_merge_free(yutu_bulk_merge *merge); ///< NULL-safe.

/// The next change. @return false at the end, and when a run could not be read: see yutu_bulk_merge_failed()
bool yutu_bulk_merge_next(yutu_bulk_merge *merge, yutu_tuple *ret, bool *ret_remove);

/// 0, or why the runs could not be read to their end.
int yutu_bulk_merge_failed(const yutu_bulk_merge *merge);

#endif
