#include "graph/serialise/serialiser.h"

static bool holds(const yutu_buffer *kept, yutu_slice value) {
  return yutu_slice_eq((yutu_slice){kept->data, kept->len}, value);
}

static void keep(yutu_buffer *kept, yutu_slice value) {
  yutu_buffer_clear(kept);
  yutu_buffer_append(kept, value.data, value.len);
}

static yutu_news compare(const yutu_grouping *last, const yutu_quad *quad, bool graphs) {
  if (!last->any)
    return YUTU_NEW_GRAPH;
  if (graphs && (last->graph_kind != quad->g.kind || !holds(&last->graph, quad->g.value)))
    return YUTU_NEW_GRAPH;
  if (last->subject_kind != quad->s.kind || !holds(&last->subject, quad->s.value))
    return YUTU_NEW_SUBJECT;
  return holds(&last->predicate, quad->p.value) ? YUTU_NEW_OBJECT : YUTU_NEW_PREDICATE;
}

yutu_status yutu_grouping_next(yutu_grouping *last, const yutu_quad *quad, bool graphs, yutu_news *ret,
                               yutu_error *err) {
  const yutu_news news = compare(last, quad, graphs);
  if (news == YUTU_NEW_GRAPH) {
    last->graph_kind = quad->g.kind;
    keep(&last->graph, quad->g.value);
  }
  if (news >= YUTU_NEW_SUBJECT) {
    last->subject_kind = quad->s.kind;
    keep(&last->subject, quad->s.value);
  }
  if (news >= YUTU_NEW_PREDICATE)
    keep(&last->predicate, quad->p.value);
  last->any = true;
  YUTU_TRY(yutu_buffer_check(&last->graph, err));
  YUTU_TRY(yutu_buffer_check(&last->subject, err));
  YUTU_TRY(yutu_buffer_check(&last->predicate, err));
  *ret = news;
  return YUTU_OK;
}

void yutu_grouping_free(yutu_grouping *last) {
  yutu_buffer_free(&last->graph);
  yutu_buffer_free(&last->subject);
  yutu_buffer_free(&last->predicate);
}
