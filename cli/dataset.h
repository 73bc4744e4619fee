/// @file cli/dataset.h  What a query is asked of: a store, files, or the files that the query itself names by FROM.
#ifndef YUTU_CLI_DATASET_H
#define YUTU_CLI_DATASET_H

#include "cli/options.h"
#include "graph/store.h"
#include "queries/sparql/sparql.h"

typedef struct {
  yutu_store *store;
  yutu_snapshot *snapshot;
  bool files;      ///< of files: patterns outside GRAPH are asked of the default graph alone
  size_t n_faults; ///< files or lines that could not be read; each was reported
} yutu_dataset;

/// Open what the options --store, --data and --named-graph say. Files are read into a store in memory.
/// @param query     may name files by FROM, which are read when the options name nothing; one that reads no data needs no
///                  store either; may be NULL
/// @param[out] ret  Close with yutu_dataset_close(), also on failure.
YUTU_NODISCARD yutu_status yutu_dataset_open(const yutu_arguments *a, const yutu_query *query, yutu_dataset *ret,
                                             yutu_error *err);
void yutu_dataset_close(yutu_dataset *dataset); ///< Closing twice does nothing.

#endif
