/// @file graph/sink.h  Where quads go: one callback between those who make quads and those who take them.
///
/// Makers: graph/ingest.h, graph/background.h, graph/load.h. Takers: a store's batch, a writer
/// (graph/serialise/writer.h), a sorter (graph/serialise/sorter.h), or a program's own function.
#ifndef YUTU_GRAPH_SINK_H
#define YUTU_GRAPH_SINK_H

#include "base/status.h"
#include "graph/term.h"

/// Take one quad. The quad and its slices are borrowed: valid during the call only.
/// Anything but YUTU_OK stops the maker, which returns it.
typedef yutu_status (*yutu_quad_sink)(void *context, const yutu_quad *quad, yutu_error *err);

/// Quads in an array that somebody else owns.
typedef struct {
  const yutu_quad *at;
  size_t n;
} yutu_quads;

#endif
