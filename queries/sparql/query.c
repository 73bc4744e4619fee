#include "base/buffer.h"
#include "queries/sparql/algebra.h"

#include <stdlib.h>
#include <string.h>

void yutu_query_free(yutu_query *query) {
  if (!query)
    return;
  yutu_arena_free(query->arena);
  free(query);
}

yutu_query_form yutu_query_kind(const yutu_query *query) {
  return query->form;
}

const yutu_slice *yutu_query_variables(const yutu_query *query, size_t *ret_n) {
  *ret_n = query->names.n;
  return query->names.at;
}

const yutu_query_graph *yutu_query_graphs(const yutu_query *query, size_t *ret_n) {
  *ret_n = query->graphs.n;
  return query->graphs.at;
}

bool yutu_query_reads_data(const yutu_query *query) {
  return query->reads_data || query->form == YUTU_QUERY_DESCRIBE;
}

static yutu_status no_such_variable(const yutu_query *query, const char *name, yutu_error *err) {
  yutu_buffer list = YUTU_BUFFER_INIT;
  for (uint32_t i = 0; i < query->names.n; i++) {
    yutu_buffer_puts(&list, i ? ", " : "");
    yutu_buffer_append(&list, query->names.at[i].data, query->names.at[i].len);
  }
  const yutu_status status = yutu_fail(err, YUTU_ERR_USAGE, "the query has no variable ?%s; it has: %s", name,
                                       list.data && !list.failed ? list.data : "none");
  yutu_buffer_free(&list);
  return status;
}

static yutu_status copy_slice(yutu_arena *arena, yutu_slice *s, yutu_error *err) {
  const char *copy = yutu_arena_strndup(arena, s->data, s->len);
  if (!copy)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  s->data = copy;
  return YUTU_OK;
}

yutu_status yutu_query_bind(yutu_query *query, const char *name, const yutu_term *term, yutu_error *err) {
  const yutu_slice wanted = yutu_slice_of(name);
  uint32_t i = 0;
  while (i < query->names.n && !yutu_slice_eq(query->names.at[i], wanted))
    i++;
  if (i == query->names.n)
    return no_such_variable(query, name, err);
  yutu_term copy = {0};
  if (term) {
    copy = *term;
    YUTU_TRY(copy_slice(query->arena, &copy.value, err));
    YUTU_TRY(copy_slice(query->arena, &copy.datatype, err));
    YUTU_TRY(copy_slice(query->arena, &copy.language, err));
  }
  query->parameters[i] = copy;
  for (uint32_t v = 0; v < query->variables.n; v++) {
    if (query->variables.at[v].name_index == i)
      query->variables.at[v].bound = copy.kind != YUTU_TERM_NONE;
  }
  return YUTU_OK;
}
