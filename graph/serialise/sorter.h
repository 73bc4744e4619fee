/// @file graph/serialise/sorter.h  Quads in any order in, in one order out, each once, in bounded memory.
///
/// A store gives its quads in the order of their ids, and those depend on what was stored first. Between a store and a
/// writer, a sorter makes an export depend on nothing but the quads, and groups the statements of a subject.
/// Order: by graph (the default graph first), subject, predicate (rdf:type first), object; each by bytes.
#ifndef YUTU_GRAPH_SERIALISE_SORTER_H
#define YUTU_GRAPH_SERIALISE_SORTER_H

#include "graph/sink.h"

enum {
  YUTU_SORTER_MEMORY = 256 * 1024 * 1024, ///< default; more goes through a temporary file
  YUTU_SORTER_MEMORY_LEAST = 64 * 1024,
  YUTU_SORTER_RUNS_MAX = 4096, ///< parts of the temporary file, each as large as the memory
};

typedef struct yutu_sorter yutu_sorter;

/// @param graphs    false: graphs are dropped, and what remains is the union of the graphs as a set of triples
/// @param memory    bytes to keep; 0: the default. A quad larger than that is kept all the same.
/// @param[out] ret  Owned; free with yutu_sorter_free().
YUTU_NODISCARD yutu_status yutu_sorter_new(bool graphs, size_t memory, yutu_sorter **ret, yutu_error *err);
void yutu_sorter_free(yutu_sorter *sorter); ///< NULL-safe.

/// @retval YUTU_ERR_IO     the temporary file cannot be written (TMPDIR, else /tmp)
/// @retval YUTU_ERR_LIMIT  more than memory times YUTU_SORTER_RUNS_MAX
YUTU_NODISCARD yutu_status yutu_sorter_add(yutu_sorter *sorter, const yutu_quad *quad, yutu_error *err);

/// The same as a yutu_quad_sink: the context is the sorter.
yutu_status yutu_sorter_sink(void *sorter, const yutu_quad *quad, yutu_error *err);

/// Give everything to the sink. Once only.
YUTU_NODISCARD yutu_status yutu_sorter_run(yutu_sorter *sorter, yutu_quad_sink sink, void *context, yutu_error *err);

#endif
