/// @file graph/librdf_handle.h  The state of one librdf storage, shared by the files that make it up.
#ifndef YUTU_GRAPH_LIBRDF_HANDLE_H
#define YUTU_GRAPH_LIBRDF_HANDLE_H

#include "graph/librdf_node.h"
#include "graph/store_internal.h"

/// A store that several storages may share: librdf clones storages.
typedef struct {
  yutu_store *store;
  unsigned references;
  bool borrowed;
} yutu_shared_store;

/// A snapshot of committed data and the streams that read from it.
typedef struct yutu_librdf_view {
  yutu_snapshot *snapshot;
  unsigned readers; ///< 0: it is paused
} yutu_librdf_view;

struct yutu_librdf_stream;

typedef struct {
  librdf_world *world;
  librdf_storage *storage;
  yutu_shared_store *shared; ///< NULL until opened
  char *where;
  unsigned flags;
  bool begin_empty;

  yutu_batch *batch; ///< uncommitted changes; NULL: none
  bool transaction;  ///< the program began it
  void *transaction_handle;
  yutu_librdf_view *view; ///< that new streams read from; NULL: none yet

  struct yutu_librdf_stream *streams; ///< all that are open
  yutu_node_cache *nodes;
  yutu_id_cache *ids;
  yutu_error error;
} yutu_librdf;

/// Log the failure in handle->error. @return -1
int yutu_librdf_report(yutu_librdf *handle);

/// A snapshot to answer a question from, that sees the program's own changes. `*ret_view` is NULL when it is the
/// batch's.
YUTU_NODISCARD yutu_status yutu_librdf_read(yutu_librdf *handle, yutu_snapshot **ret, yutu_librdf_view **ret_view);
void yutu_librdf_read_done(yutu_librdf *handle,
                           yutu_librdf_view *view); ///< `view` may be NULL.

// ---- streams (librdf_stream.c) ----

/// What a stream or iterator is to give.
typedef struct {
  librdf_node *subject, *predicate, *object; ///< NULL: any
  librdf_node *context;                      ///< NULL: see the next two
  bool default_graph;                        ///< the default graph only
  bool each_context;                         ///< every context, not every statement once
  yutu_order order;
  yutu_slice substring; ///< literals that contain it; data NULL: no matter. Copied.
} yutu_librdf_question;

librdf_stream *yutu_librdf_stream(yutu_librdf *handle, const yutu_librdf_question *question);
librdf_iterator *yutu_librdf_contexts(yutu_librdf *handle);

/// Distinct predicates of a subject, or of an object.
librdf_iterator *yutu_librdf_arcs(yutu_librdf *handle, librdf_node *subject, librdf_node *object);

/// The batch is about to end: streams that read from it must find their place in what is committed then.
void yutu_librdf_detach(yutu_librdf *handle);

/// Translate a question; *ret_possible is false when one of its terms is in no statement. Failures go to handle->error.
YUTU_NODISCARD yutu_status yutu_librdf_pattern(yutu_librdf *handle, yutu_snapshot *snapshot,
                                               const yutu_librdf_question *question, yutu_pattern *ret,
                                               bool *ret_possible);

#endif
