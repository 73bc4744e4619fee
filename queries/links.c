#include "queries/links.h"

#include "queries/embedded.h"
#include "queries/sparql/sparql.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static yutu_status out_of_memory(yutu_error *err) {
  return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
}

// A copy in the arena; data is NULL when it is exhausted.
static yutu_slice keep(yutu_arena *arena, const yutu_term *term) {
  if (term->kind == YUTU_TERM_NONE)
    return YUTU_SLICE("");
  return (yutu_slice){yutu_arena_strndup(arena, term->value.data, term->value.len), term->value.len};
}

static uint64_t number(const yutu_term *term) {
  char digits[24];
  snprintf(digits, sizeof digits, "%.*s", (int)term->value.len, term->value.data);
  return strtoull(digits, NULL, 10);
}

// ---- ask, and hand out the rows ----

typedef yutu_status (*row_taker)(void *context, const yutu_term *row, yutu_error *err);

static yutu_status take_rows(const yutu_rows *rows, row_taker take, void *context, yutu_error *err) {
  const yutu_term *row = NULL;
  yutu_status status;
  while ((status = rows->next(rows->context, &row, err)) == YUTU_OK && row)
    if ((status = take(context, row, err)) != YUTU_OK)
      break;
  return status;
}

static yutu_status next_of_result(void *context, const yutu_term **ret_row, yutu_error *err) {
  return yutu_result_next(context, ret_row, err);
}

static yutu_status run_query(const yutu_links *links, yutu_query *query, uint64_t limit, row_taker take, void *context,
                             yutu_error *err) {
  const yutu_query_options options = {.snapshot = links->snapshot, .row_limit = limit, .cancel = links->cancel};
  yutu_result *result = NULL;
  YUTU_TRY(yutu_query_run(query, &options, &result, err));
  const yutu_rows rows = {.next = next_of_result, .context = result};
  const yutu_status status = take_rows(&rows, take, context, err);
  yutu_result_free(result);
  return status;
}

// The text of links/NAME. It is there: tests run every one.
static yutu_slice text_of(const char *name) {
  size_t i = 0;
  while (i < yutu_n_links_files && strcmp(yutu_links_files[i].name, name) != 0)
    i++;
  assert(i < yutu_n_links_files);
  return (yutu_slice){(const char *)yutu_links_files[i].text, yutu_links_files[i].size};
}

typedef struct {
  const char *name; // links/NAME
  yutu_binding bindings[2];
  size_t n_bindings;
  size_t n_columns;
  uint64_t limit;
} question;

static yutu_status ask_snapshot(const yutu_links *links, const question *q, row_taker take, void *context,
                                yutu_error *err) {
  yutu_query *query = NULL;
  YUTU_TRY(yutu_sparql_parse(text_of(q->name), (yutu_slice){NULL, 0}, &query, err));
  yutu_status status = YUTU_OK;
  for (size_t i = 0; i < q->n_bindings && status == YUTU_OK; i++)
    status = yutu_query_bind(query, q->bindings[i].name, &q->bindings[i].term, err);
  if (status == YUTU_OK)
    status = run_query(links, query, q->limit, take, context, err);
  yutu_query_free(query);
  return status;
}

static yutu_status ask_remote(const yutu_links *links, const question *q, row_taker take, void *context,
                              yutu_error *err) {
  const yutu_remote_question sent = {
      .text = text_of(q->name), .bindings = q->bindings, .n_bindings = q->n_bindings, .row_limit = q->limit};
  yutu_remote_answer *answer = NULL;
  YUTU_TRY(yutu_remote_ask(links->remote, &sent, &answer, err));
  const yutu_rows *rows = yutu_remote_rows(answer);
  const yutu_status status = rows->form == YUTU_QUERY_SELECT && rows->n_columns == q->n_columns
                                 ? take_rows(rows, take, context, err)
                                 : yutu_fail(err, YUTU_ERR_INPUT, "the endpoint does not answer what it was asked");
  yutu_remote_answer_free(answer);
  return status;
}

static yutu_status ask(const yutu_links *links, const question *q, row_taker take, void *context, yutu_error *err) {
  return (links->remote ? ask_remote : ask_snapshot)(links, q, take, context, err);
}

// ---- pairs ----

typedef struct {
  yutu_arena *arena;
  YUTU_VEC(yutu_region_pair) pairs;
} pair_list;

static yutu_status take_pair(void *context, const yutu_term *row, yutu_error *err) {
  pair_list *list = context;
  yutu_region_pair *p = YUTU_PUSH(list->arena, &list->pairs);
  if (!p)
    return out_of_memory(err);
  p->a = keep(list->arena, &row[0]);
  p->b = keep(list->arena, &row[1]);
  p->a_name = keep(list->arena, &row[2]);
  p->b_name = keep(list->arena, &row[3]);
  p->cooperations = number(&row[4]);
  p->articles = number(&row[5]);
  p->sentence = keep(list->arena, &row[6]);
  return p->a.data && p->b.data && p->a_name.data && p->b_name.data && p->sentence.data ? YUTU_OK : out_of_memory(err);
}

yutu_status yutu_links_pairs(const yutu_links *links, yutu_slice region, uint64_t limit, const yutu_region_pair **ret,
                             size_t *ret_n, yutu_error *err) {
  pair_list list = {.arena = links->arena};
  const question q = {.name = region.len ? "partners.rq" : "pairs.rq",
                      .bindings = {{"a", yutu_iri(region)}},
                      .n_bindings = region.len > 0,
                      .n_columns = 7,
                      .limit = limit};
  YUTU_TRY(ask(links, &q, take_pair, &list, err));
  *ret = list.pairs.at;
  *ret_n = list.pairs.n;
  return YUTU_OK;
}

// ---- ties ----

typedef struct {
  yutu_arena *arena;
  YUTU_VEC(yutu_region_tie) ties;
  YUTU_VEC(yutu_slice) names; // of all ties; each tie has a run of them, pointed to at the end
} tie_list;

static yutu_status begin_tie(tie_list *list, const yutu_term *row, yutu_error *err) {
  yutu_region_tie *t = YUTU_PUSH(list->arena, &list->ties);
  if (!t)
    return out_of_memory(err);
  t->claim = keep(list->arena, &row[0]);
  t->article = keep(list->arena, &row[1]);
  t->sentence = keep(list->arena, &row[3]);
  t->date = keep(list->arena, &row[4]);
  t->via = keep(list->arena, &row[5]);
  t->planned = row[6].kind != YUTU_TERM_NONE;
  t->title = keep(list->arena, &row[7]);
  t->source = keep(list->arena, &row[8]);
  t->reported = keep(list->arena, &row[9]);
  return t->claim.data && t->article.data && t->sentence.data && t->date.data && t->via.data && t->title.data &&
                 t->source.data && t->reported.data
             ? YUTU_OK
             : out_of_memory(err);
}

static yutu_status take_tie(void *context, const yutu_term *row, yutu_error *err) {
  tie_list *list = context;
  if (!list->ties.n || !yutu_slice_eq(list->ties.at[list->ties.n - 1].claim, row[0].value))
    YUTU_TRY(begin_tie(list, row, err));
  yutu_slice *name = YUTU_PUSH(list->arena, &list->names);
  if (!name)
    return out_of_memory(err);
  *name = keep(list->arena, &row[2]);
  list->ties.at[list->ties.n - 1].n_participants++;
  return name->data ? YUTU_OK : out_of_memory(err);
}

yutu_status yutu_links_ties(const yutu_links *links, yutu_slice a, yutu_slice b, const yutu_region_tie **ret,
                            size_t *ret_n, yutu_error *err) {
  tie_list list = {.arena = links->arena};
  const question q = {
      .name = "ties.rq", .bindings = {{"a", yutu_iri(a)}, {"b", yutu_iri(b)}}, .n_bindings = 2, .n_columns = 10};
  YUTU_TRY(ask(links, &q, take_tie, &list, err));
  size_t begin = 0;
  for (size_t i = 0; i < list.ties.n; i++) {
    list.ties.at[i].participants = list.names.at + begin;
    begin += list.ties.at[i].n_participants;
  }
  *ret = list.ties.at;
  *ret_n = list.ties.n;
  return YUTU_OK;
}
