// The query operation of the SPARQL 1.1 Protocol.
#include "queries/results/results.h"
#include "queries/serve/exchange.h"

#include <inttypes.h>
#include <microhttpd.h>

typedef struct {
  yutu_exchange *x;
  yutu_slice text;
  yutu_snapshot *snapshot;
  yutu_query *query;
  yutu_result *result;
} job;

// ---- what is asked ----

// The query of a request that has exactly one. Else the request is answered.
static bool find_text(yutu_exchange *x, yutu_slice *ret) {
  yutu_slice update;
  size_t n = yutu_form_find(&x->form, "query", ret);
  if (yutu_is_media_type(x->content_type, "application/sparql-query") && x->method == YUTU_METHOD_POST) {
    *ret = (yutu_slice){x->body.data, x->body.len};
    n++;
  }
  if (yutu_form_find(&x->form, "update", &update))
    yutu_answer_text(x, MHD_HTTP_BAD_REQUEST, "this server only reads: there is no SPARQL Update");
  else if (n > 1)
    yutu_answer_text(x, MHD_HTTP_BAD_REQUEST, "a request has one query; this has %zu", n);
  else if (!n)
    yutu_answer_text(x, MHD_HTTP_BAD_REQUEST,
                     "there is no query in the request: give it as the parameter query, or as a "
                     "body of the type application/sparql-query");
  return x->status == 0;
}

// All values of a parameter, in the arena.
static const yutu_slice *values(yutu_exchange *x, const char *name, size_t *ret_n) {
  const yutu_form *form = &x->form;
  yutu_slice *all = YUTU_NEW_ARRAY(x->arena, yutu_slice, form->fields.n + 1);
  size_t n = 0;
  for (uint32_t i = 0; all && i < form->fields.n; i++)
    if (yutu_slice_eq(form->fields.at[i].name, yutu_slice_of(name)))
      all[n++] = form->fields.at[i].value;
  *ret_n = n;
  return all;
}

// ---- the answer ----

// Rows of our engine, with the limit on them: an answer that was cut must not look whole.
static yutu_status next_row(void *context, const yutu_term **ret_row, yutu_error *err) {
  const job *j = context;
  YUTU_TRY(yutu_result_next(j->result, ret_row, err));
  if (!*ret_row && yutu_result_truncated(j->result))
    return yutu_fail(err, YUTU_ERR_LIMIT,
                     "the answer has more than %" PRIu64 " rows, which is the limit of this server; ask for less with "
                     "LIMIT",
                     j->x->server->options.row_limit);
  return YUTU_OK;
}

static yutu_status write_rows(job *j, yutu_results_format format, yutu_error *err) {
  yutu_rows rows = {.form = yutu_result_kind(j->result), .next = next_row, .context = j};
  rows.columns = yutu_result_columns(j->result, &rows.n_columns);
  if (rows.form == YUTU_QUERY_ASK)
    YUTU_TRY(yutu_result_ask(j->result, &rows.answer, err));
  FILE *out = yutu_exchange_stream(j->x);
  if (!out)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  const yutu_status status = yutu_rows_write(&rows, format, out, err);
  fclose(out);
  return status;
}

static yutu_status run(job *j, yutu_results_format format, yutu_error *err) {
  yutu_exchange *x = j->x;
  const uint64_t now = yutu_stream_clock();
  if (x->deadline_ms && now >= x->deadline_ms)
    return yutu_fail(err, YUTU_ERR_LIMIT, "out of time before the query began");
  yutu_query_options options = {
      .snapshot = j->snapshot,
      .timeout_ms = x->deadline_ms ? (unsigned)(x->deadline_ms - now) : 0,
      .row_limit = x->server->options.row_limit,
      .memory_limit = x->server->options.memory_limit,
      .cancel = &x->cancel,
  };
  options.graphs = values(x, "default-graph-uri", &options.n_graphs);
  options.named_graphs = values(x, "named-graph-uri", &options.n_named_graphs);
  if (!options.graphs || !options.named_graphs)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  if (options.n_graphs || options.n_named_graphs) { // then they are the whole dataset
    options.default_graph = YUTU_DEFAULT_GIVEN;
    options.named_given = true;
  }
  YUTU_TRY(yutu_query_run(j->query, &options, &j->result, err));
  return write_rows(j, format, err);
}

static yutu_status ask(job *j, yutu_error *err) {
  yutu_exchange *x = j->x;
  char base[700];
  snprintf(base, sizeof base, "%s/sparql", yutu_exchange_root(x));
  YUTU_TRY(yutu_sparql_parse(j->text, yutu_slice_of(base), &j->query, err));
  const yutu_offer *offer = yutu_exchange_negotiate(x, yutu_query_kind(j->query));
  if (!offer)
    return YUTU_OK;
  yutu_answer_open(x, yutu_offer_sent(offer));
  if (x->method == YUTU_METHOD_HEAD)
    return YUTU_OK;
  YUTU_TRY(yutu_snapshot_open(x->server->store, &j->snapshot, err));
  return run(j, offer->format, err);
}

static void work(yutu_exchange *x) {
  job j = {.x = x};
  yutu_error err = {0};
  yutu_status status = YUTU_OK;
  if (find_text(x, &j.text))
    status = ask(&j, &err);
  yutu_result_free(j.result);
  yutu_query_free(j.query);
  yutu_snapshot_close(j.snapshot);
  yutu_exchange_finish(x, status, &err);
}

void yutu_protocol_ask(yutu_exchange *x) {
  const bool nothing = x->method != YUTU_METHOD_POST && !x->form.fields.n;
  x->work = nothing ? yutu_service_describe : work;
}
