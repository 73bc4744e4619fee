#include "graph/librdf_handle.h"

#include <stdlib.h>

/// Nodes that were collected at once: predicates of a node, or contexts.
typedef struct {
  yutu_librdf *handle;
  yutu_id *ids;
  size_t n, room, i;
  librdf_node *node; ///< of ids[i], when built
} collection;

static bool push(collection *c, yutu_id id) {
  if (c->n == c->room) {
    const size_t room = c->room ? c->room * 2 : 16;
    yutu_id *grown = realloc(c->ids, room * sizeof *grown);
    if (!grown)
      return false;
    c->ids = grown;
    c->room = room;
  }
  c->ids[c->n++] = id;
  return true;
}

static void drop_node(collection *c) {
  if (c->node)
    librdf_free_node(c->node);
  c->node = NULL;
}

static int collection_end(void *context) {
  const collection *c = context;
  return c->i >= c->n;
}

static int collection_next(void *context) {
  collection *c = context;
  drop_node(c);
  if (c->i < c->n)
    c->i++;
  return c->i >= c->n;
}

static void *collection_get(void *context, int what) {
  collection *c = context;
  yutu_librdf *h = c->handle;
  yutu_snapshot *snapshot;
  yutu_librdf_view *view;
  if (what != LIBRDF_ITERATOR_GET_METHOD_GET_OBJECT || c->i >= c->n || c->node)
    return what == LIBRDF_ITERATOR_GET_METHOD_GET_OBJECT ? c->node : NULL;
  if (yutu_librdf_read(h, &snapshot, &view) == YUTU_OK) {
    c->node = yutu_node_of_id(h->nodes, h->world, snapshot, c->ids[c->i], &h->error);
    yutu_librdf_read_done(h, view);
  }
  if (!c->node)
    yutu_librdf_report(h);
  return c->node;
}

static void collection_finished(void *context) {
  collection *c = context;
  librdf_storage *storage = c->handle->storage;
  drop_node(c);
  free(c->ids);
  free(c);
  librdf_storage_remove_reference(storage);
}

static librdf_iterator *iterate(collection *c) {
  librdf_storage_add_reference(c->handle->storage);
  librdf_iterator *it =
      librdf_new_iterator(c->handle->world, c, collection_end, collection_next, collection_get, collection_finished);
  if (!it)
    collection_finished(c);
  return it;
}

static librdf_iterator *give_up(collection *c, yutu_status status) {
  if (status == YUTU_ERR_NOMEM)
    yutu_fail(&c->handle->error, YUTU_ERR_NOMEM, "out of memory");
  yutu_librdf_report(c->handle);
  free(c->ids);
  free(c);
  return NULL;
}

librdf_iterator *yutu_librdf_contexts(yutu_librdf *h) {
  collection *c = calloc(1, sizeof *c);
  yutu_snapshot *snapshot;
  yutu_librdf_view *view;
  if (!c)
    return NULL;
  c->handle = h;
  yutu_status status = yutu_librdf_read(h, &snapshot, &view);
  if (status != YUTU_OK)
    return give_up(c, status);
  for (yutu_id g = 0; status == YUTU_OK && (g = yutu_snapshot_next_graph(snapshot, g)) != YUTU_ID_NONE;)
    status = push(c, g) ? YUTU_OK : YUTU_ERR_NOMEM;
  yutu_librdf_read_done(h, view);
  return status == YUTU_OK ? iterate(c) : give_up(c, status);
}

static int compare_ids(const void *a, const void *b) {
  const yutu_id x = *(const yutu_id *)a, y = *(const yutu_id *)b;
  return x < y ? -1 : x > y;
}

static yutu_status collect_arcs(collection *c, yutu_snapshot *snapshot, const yutu_pattern *pattern) {
  yutu_cursor *cursor;
  yutu_quad_ids quad;
  yutu_status status = YUTU_OK;
  yutu_id last = YUTU_ID_NONE;
  YUTU_TRY(yutu_cursor_open(snapshot, pattern, &cursor, &c->handle->error));
  bool more = yutu_cursor_next(cursor, &quad);
  while (more && status == YUTU_OK) {
    if (quad.p != last)
      status = push(c, quad.p) ? YUTU_OK : YUTU_ERR_NOMEM;
    last = quad.p;
    // Predicates come in order when the subject is given: skip to the next one.
    more = pattern->s ? yutu_cursor_seek(cursor, quad.p + 1, &quad) : yutu_cursor_next(cursor, &quad);
  }
  yutu_cursor_close(cursor);
  if (!pattern->s && c->n > 1) {
    qsort(c->ids, c->n, sizeof *c->ids, compare_ids);
    size_t kept = 1;
    for (size_t i = 1; i < c->n; i++)
      if (c->ids[i] != c->ids[kept - 1])
        c->ids[kept++] = c->ids[i];
    c->n = kept;
  }
  return status;
}

librdf_iterator *yutu_librdf_arcs(yutu_librdf *h, librdf_node *subject, librdf_node *object) {
  collection *c = calloc(1, sizeof *c);
  yutu_snapshot *snapshot;
  yutu_librdf_view *view;
  if (!c)
    return NULL;
  c->handle = h;
  yutu_status status = yutu_librdf_read(h, &snapshot, &view);
  if (status != YUTU_OK)
    return give_up(c, status);
  const yutu_librdf_question q = {.subject = subject, .object = object};
  yutu_pattern pattern;
  bool possible;
  status = yutu_librdf_pattern(h, snapshot, &q, &pattern, &possible);
  if (status == YUTU_OK && possible)
    status = collect_arcs(c, snapshot, &pattern);
  yutu_librdf_read_done(h, view);
  return status == YUTU_OK ? iterate(c) : give_up(c, status);
}
