#include "graph/librdf_handle.h"
#include "graph/store_cursor.h"

#include <stdlib.h>

/// One stream of statements. It outlives the batch it reads from: see yutu_librdf_detach().
typedef struct yutu_librdf_stream {
  yutu_librdf *handle;
  struct yutu_librdf_stream *previous, *next;
  yutu_librdf_view *view;  ///< NULL: reads from the batch, or is detached
  yutu_snapshot *snapshot; ///< NULL: detached
  yutu_cursor *cursor;
  yutu_pattern pattern;
  librdf_node *given[3]; ///< IRIs of the question: answers have the same
  char *substring;
  size_t substring_length;

  yutu_quad_ids now;
  bool has_now;
  librdf_statement *statement; ///< of `now`, when built
  bool built;
  librdf_node *context;
} stream;

yutu_status yutu_librdf_pattern(yutu_librdf *h, yutu_snapshot *snapshot, const yutu_librdf_question *q,
                                yutu_pattern *ret, bool *ret_possible) {
  librdf_node *const nodes[4] = {q->subject, q->predicate, q->object, q->context};
  yutu_id ids[4] = {0, 0, 0, q->default_graph ? YUTU_ID_DEFAULT_GRAPH : YUTU_ID_NONE};
  *ret_possible = true;
  for (int i = 0; i < 4; i++) {
    if (!nodes[i])
      continue;
    YUTU_TRY(yutu_id_of_node(h->batch ? NULL : h->ids, snapshot, nodes[i], &ids[i], &h->error));
    if (ids[i] == YUTU_ID_NONE)
      *ret_possible = false;
  }
  *ret = (yutu_pattern){ids[0], ids[1], ids[2], ids[3], q->each_context, q->order};
  return YUTU_OK;
}

// ---- moving ----

static void forget_built(stream *s) {
  if (s->context)
    librdf_free_node(s->context);
  s->context = NULL;
  s->built = false;
}

static bool accepts(stream *s) {
  yutu_term term;
  if (!s->substring)
    return true;
  if (yutu_id_kind(s->now.o) != YUTU_TERM_LITERAL)
    return false;
  return yutu_term_get(s->snapshot, s->now.o, &term, &s->handle->error) == YUTU_OK &&
         memmem(term.value.data, term.value.len, s->substring, s->substring_length) != NULL;
}

/// The batch that the stream read from has ended: go on in what is there now.
static bool attach_again(stream *s, bool *ret_found) {
  yutu_librdf *h = s->handle;
  if (yutu_librdf_read(h, &s->snapshot, &s->view) != YUTU_OK)
    return false;
  if (yutu_cursor_open(s->snapshot, &s->pattern, &s->cursor, &h->error) != YUTU_OK) {
    yutu_librdf_read_done(h, s->view);
    s->snapshot = NULL;
    s->view = NULL;
    return false;
  }
  *ret_found = yutu_cursor_next_after(s->cursor, &s->now, &s->now);
  return true;
}

static void step(stream *s) {
  forget_built(s);
  bool found = false;
  if (s->snapshot) {
    found = yutu_cursor_next(s->cursor, &s->now);
  } else if (s->has_now && !attach_again(s, &found)) {
    yutu_librdf_report(s->handle);
  }
  while (found && !accepts(s))
    found = yutu_cursor_next(s->cursor, &s->now);
  s->has_now = found;
}

// ---- what librdf calls ----

static int stream_end(void *context) {
  return !((stream *)context)->has_now;
}

static int stream_next(void *context) {
  stream *s = context;
  if (s->has_now)
    step(s);
  return !s->has_now;
}

/// A node for an id that stands at place 0, 1, 2 of a statement, or at 3, its context.
static librdf_node *node_of(stream *s, int place, yutu_id id) {
  yutu_librdf *h = s->handle;
  if (place < 3 && s->given[place])
    return librdf_new_node_from_node(s->given[place]);
  if (!s->snapshot) // detached: what can be built was built
    return NULL;
  librdf_node *node = yutu_node_of_id(h->nodes, h->world, s->snapshot, id, &h->error);
  if (!node)
    yutu_librdf_report(h);
  return node;
}

/// Copies of a librdf statement share it. One that somebody kept must not be changed any more.
static bool fresh_statement(stream *s) {
  if (s->statement && s->statement->usage > 1) {
    librdf_free_statement(s->statement);
    s->statement = NULL;
  }
  if (s->statement)
    librdf_statement_clear(s->statement);
  else
    s->statement = librdf_new_statement(s->handle->world);
  return s->statement != NULL;
}

static librdf_statement *build(stream *s) {
  if (s->built)
    return s->statement;
  if (!s->has_now || !fresh_statement(s))
    return NULL;
  librdf_node *subject = node_of(s, 0, s->now.s), *predicate = node_of(s, 1, s->now.p);
  librdf_node *object = node_of(s, 2, s->now.o);
  librdf_statement_set_subject(s->statement, subject);
  librdf_statement_set_predicate(s->statement, predicate);
  librdf_statement_set_object(s->statement, object);
  if (!subject || !predicate || !object)
    return NULL;
  s->built = true;
  return s->statement;
}

/// The graph of the current statement; of a statement that is given once, the first of its graphs.
static librdf_node *build_context(stream *s) {
  if (s->context || !s->has_now)
    return s->context;
  yutu_id graph = s->now.g;
  if (graph == YUTU_ID_NONE && s->snapshot)
    graph = yutu_cursor_graph(s->cursor);
  if (graph != YUTU_ID_NONE && graph != YUTU_ID_DEFAULT_GRAPH)
    s->context = node_of(s, 3, graph);
  return s->context;
}

static void *stream_get(void *context, int what) {
  stream *s = context;
  switch (what) {
  case LIBRDF_STREAM_GET_METHOD_GET_OBJECT:
    return build(s);
  case LIBRDF_STREAM_GET_METHOD_GET_CONTEXT:
    return build_context(s);
  default:
    return NULL;
  }
}

static void leave_snapshot(stream *s) {
  yutu_cursor_close(s->cursor);
  if (s->snapshot)
    yutu_librdf_read_done(s->handle, s->view);
  s->cursor = NULL;
  s->snapshot = NULL;
  s->view = NULL;
}

static void stream_finished(void *context) {
  stream *s = context;
  yutu_librdf *h = s->handle;
  forget_built(s);
  if (s->statement)
    librdf_free_statement(s->statement);
  for (int i = 0; i < 3; i++)
    if (s->given[i])
      librdf_free_node(s->given[i]);
  leave_snapshot(s);
  if (s->previous)
    s->previous->next = s->next;
  else
    h->streams = s->next;
  if (s->next)
    s->next->previous = s->previous;
  free(s->substring);
  free(s);
  librdf_storage_remove_reference(h->storage); // may release the handle
}

void yutu_librdf_detach(yutu_librdf *h) {
  for (stream *s = h->streams; s; s = s->next) {
    if (s->snapshot && !s->view) {
      build(s); // its terms may not be there afterwards
      build_context(s);
      leave_snapshot(s);
    }
  }
}

// ---- beginning ----

static yutu_status begin(stream *s, const yutu_librdf_question *q, bool *ret_possible) {
  yutu_librdf *h = s->handle;
  YUTU_TRY(yutu_librdf_read(h, &s->snapshot, &s->view));
  yutu_status status = yutu_librdf_pattern(h, s->snapshot, q, &s->pattern, ret_possible);
  if (status == YUTU_OK && q->substring.data) {
    s->substring_length = q->substring.len;
    s->substring = malloc(q->substring.len + 1);
    if (s->substring)
      memcpy(s->substring, q->substring.data, q->substring.len);
    else
      status = yutu_fail(&h->error, YUTU_ERR_NOMEM, "out of memory");
  }
  if (status == YUTU_OK && *ret_possible)
    status = yutu_cursor_open(s->snapshot, &s->pattern, &s->cursor, &h->error);
  if (status != YUTU_OK || !*ret_possible) {
    yutu_librdf_read_done(h, s->view);
    s->snapshot = NULL;
    s->view = NULL;
  }
  return status;
}

librdf_stream *yutu_librdf_stream(yutu_librdf *h, const yutu_librdf_question *q) {
  stream *s = calloc(1, sizeof *s);
  bool possible = false;
  if (!s)
    return NULL;
  s->handle = h;
  if (begin(s, q, &possible) != YUTU_OK) {
    free(s->substring);
    free(s);
    yutu_librdf_report(h);
    return NULL;
  }
  if (!possible) {
    free(s->substring);
    free(s);
    return librdf_new_empty_stream(h->world);
  }
  librdf_node *const nodes[3] = {q->subject, q->predicate, q->object};
  for (int i = 0; i < 3; i++)
    if (nodes[i] && librdf_node_is_resource(nodes[i]))
      s->given[i] = librdf_new_node_from_node(nodes[i]);
  s->next = h->streams;
  if (s->next)
    s->next->previous = s;
  h->streams = s;
  librdf_storage_add_reference(h->storage);
  step(s);
  librdf_stream *result = librdf_new_stream(h->world, s, stream_end, stream_next, stream_get, stream_finished);
  if (!result)
    stream_finished(s);
  return result;
}
