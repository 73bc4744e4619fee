#include "cli/remote_query.h"

#include "cli/report.h"

#include <string.h>

static yutu_status check_options(const yutu_arguments *a, yutu_error *err) {
  static const struct {
    yutu_option_id id;
    const char *name;
  } local[] = {{YUTU_OPT_DATA, "--data"},
               {YUTU_OPT_NAMED_GRAPH, "--named-graph"},
               {YUTU_OPT_EXPLAIN, "--explain"},
               {YUTU_OPT_COLLATION, "--collation"},
               {YUTU_OPT_MEMORY, "--memory"}};
  for (size_t i = 0; i < sizeof local / sizeof *local; i++)
    if (yutu_arguments_has(a, local[i].id))
      return yutu_fail(err, YUTU_ERR_USAGE, "%s is for queries that this program answers itself, not another endpoint",
                       local[i].name);
  return YUTU_OK;
}

yutu_status yutu_remote_query_open(const yutu_arguments *a, yutu_query *query, yutu_remote_query *ret,
                                   yutu_error *err) {
  const char *where = yutu_arguments_text(a, YUTU_OPT_STORE);
  const uint64_t seconds = yutu_arguments_number(a, YUTU_OPT_TIMEOUT);
  *ret = (yutu_remote_query){.query = query};
  if (!yutu_remote_is_address(where))
    return YUTU_OK;
  YUTU_TRY(check_options(a, err));
  ret->arena = yutu_arena_new(0);
  if (!ret->arena)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  return yutu_remote_open(where, seconds < 1000 * 1000 ? (unsigned)seconds * 1000 : 0, &yutu_interrupted, &ret->remote,
                          err);
}

void yutu_remote_query_close(yutu_remote_query *q) {
  yutu_remote_close(q->remote);
  yutu_arena_free(q->arena);
  *q = (yutu_remote_query){.remote = NULL};
}

// ---- parameters ----

static yutu_status find_thing(void *context, uint64_t classes, yutu_slice name, yutu_candidate *ret,
                              yutu_candidates *ret_candidates, yutu_error *err) {
  return yutu_remote_name(((yutu_remote_query *)context)->remote, classes, name, ret, ret_candidates, err);
}

static yutu_status find_article(void *context, yutu_slice name, yutu_slice *ret_iri, yutu_error *err) {
  return yutu_remote_article(((yutu_remote_query *)context)->remote, name, ret_iri, err);
}

static bool keep(yutu_arena *arena, yutu_slice *s) {
  s->data = yutu_arena_strndup(arena, s->data ? s->data : "", s->len);
  return s->data != NULL;
}

static yutu_status take_binding(void *context, const char *name, const yutu_term *term, yutu_error *err) {
  yutu_remote_query *q = context;
  YUTU_TRY(yutu_query_bind(q->query, name, term, err)); // only to learn whether there is such a variable
  size_t i = 0;
  while (i < q->n_bindings && strcmp(q->bindings[i].name, name) != 0)
    i++;
  if (i == YUTU_REMOTE_PARAMETERS_MAX)
    return yutu_fail(err, YUTU_ERR_LIMIT, "no more than %d parameters", YUTU_REMOTE_PARAMETERS_MAX);
  yutu_binding *b = &q->bindings[i];
  b->name = yutu_arena_strndup(q->arena, name, strlen(name));
  b->term = *term;
  q->n_bindings += i == q->n_bindings;
  return b->name && keep(q->arena, &b->term.value) && keep(q->arena, &b->term.datatype) &&
                 keep(q->arena, &b->term.language)
             ? YUTU_OK
             : yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
}

yutu_status yutu_remote_query_bind(yutu_remote_query *q, const yutu_catalogue_entry *entry, yutu_slice name,
                                   yutu_slice value, yutu_candidates *ret_candidates, yutu_error *err) {
  const yutu_parameter_source source = {find_thing, find_article, take_binding, q};
  return yutu_catalogue_bind_at(entry, q->query, &source, name, value, ret_candidates, err);
}

yutu_status yutu_remote_query_ask(const yutu_remote_query *q, const yutu_arguments *a, yutu_slice text, yutu_slice base,
                                  yutu_remote_answer **ret, yutu_error *err) {
  yutu_remote_question question = {
      .text = text,
      .base = base,
      .bindings = q->bindings,
      .n_bindings = q->n_bindings,
      .row_limit = yutu_arguments_number(a, YUTU_OPT_LIMIT),
  };
  question.graphs = yutu_arguments_list(a, YUTU_OPT_GRAPH, &question.n_graphs);
  return yutu_remote_ask(q->remote, &question, ret, err);
}
