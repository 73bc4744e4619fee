/// @file graph/librdf_node.h  librdf's nodes and our terms.
#ifndef YUTU_GRAPH_LIBRDF_NODE_H
#define YUTU_GRAPH_LIBRDF_NODE_H

#include "graph/store.h"

#include <librdf.h>

/// The term of a node: slices are borrowed from it. NULL gives a term of kind NONE.
yutu_term yutu_librdf_term(librdf_node *node);

/// A node for a term; owned. NULL when librdf cannot make one.
librdf_node *yutu_librdf_node(librdf_world *world, const yutu_term *term);

enum { YUTU_NODE_CACHE = 1 << 14 };

/// Nodes made lately, by id. Zero-initialise.
typedef struct {
  struct {
    yutu_id id;
    librdf_node *node;
  } at[YUTU_NODE_CACHE];
} yutu_node_cache;

void yutu_node_cache_clear(yutu_node_cache *cache);

/// The node of an id; a reference of the caller's own. NULL on failure, with `err` filled.
librdf_node *yutu_node_of_id(yutu_node_cache *cache, librdf_world *world, yutu_snapshot *snapshot, yutu_id id,
                             yutu_error *err);

/// Ids of IRIs asked for lately, valid for one state of the store. Zero-initialise.
typedef struct {
  struct {
    librdf_uri *uri; ///< a reference: librdf keeps each URI once, so the pointer stands for it
    yutu_id id;
  } at[YUTU_NODE_CACHE];
  uint64_t state; ///< of the store: see yutu_snapshot_state()
} yutu_id_cache;

void yutu_id_cache_clear(yutu_id_cache *cache);

/// The id of a node's term, or YUTU_ID_NONE.
/// @param cache  NULL: look it up
YUTU_NODISCARD yutu_status yutu_id_of_node(yutu_id_cache *cache, yutu_snapshot *snapshot, librdf_node *node,
                                           yutu_id *ret, yutu_error *err);

#endif
