/// @file graph/background.h  The gazetteer graph: what is known beforehand, as RDF.
///
/// Entities with type, labels, codes, coordinates and their relations to each other; industries as a concept scheme.
/// The graph says which version it has, so that it is written when the gazetteer changes and at no other time.
#ifndef YUTU_GRAPH_BACKGROUND_H
#define YUTU_GRAPH_BACKGROUND_H

#include "base/arena.h"
#include "graph/sink.h"
#include "graph/store.h"
#include "ontology/gazetteer.h"

enum { YUTU_BACKGROUND_VERSION_HEX = 16 };

/// A digest of everything that the graph is made of. Takes milliseconds.
/// @param base  of all IRIs; empty: the default
YUTU_NODISCARD yutu_status yutu_background_version(const yutu_gazetteer *g, yutu_slice base,
                                                   char ret[YUTU_BACKGROUND_VERSION_HEX + 1], yutu_error *err);

/// The quads of the gazetteer graph, its version among them (owl:versionInfo of the graph).
/// @param g         borrowed; the quads refer to its strings
/// @param arena     the quads live in it
/// @param[out] ret  all have the graph <base>graph/gazetteer
YUTU_NODISCARD yutu_status yutu_background(const yutu_gazetteer *g, yutu_slice base, yutu_arena *arena, yutu_quads *ret,
                                           yutu_error *err);

/// Bring the gazetteer graph of a store up to date: nothing is written when it has this version already.
/// @param[out] ret_changed  quads added or removed; may be NULL
YUTU_NODISCARD yutu_status yutu_background_store(yutu_store *store, const yutu_gazetteer *g, yutu_slice base,
                                                 uint64_t *ret_changed, yutu_error *err);

#endif
