// The SPARQL 1.1 Graph Store HTTP Protocol, as far as it reads. The default graph is what a query has as its default
// graph: the union of all graphs.
#include "graph/serialise/sorter.h"
#include "graph/serialise/writer.h"
#include "queries/serve/exchange.h"

#include <microhttpd.h>
#include <string.h>

enum { SORTER_BYTES = 64 * 1024 * 1024, QUADS_PER_LOOK = 1024 };

typedef struct {
  yutu_exchange *x;
  yutu_snapshot *snapshot;
  yutu_sorter *sorter;
  yutu_writer *writer;
  unsigned n; // quads since somebody looked at the clock
} job;

static yutu_status look_at_clock(job *j, yutu_error *err) {
  if (++j->n % QUADS_PER_LOOK)
    return YUTU_OK;
  if (j->x->cancel)
    return yutu_fail(err, YUTU_ERR_INTERRUPTED, "nobody waits for the answer any more");
  if (j->x->deadline_ms && yutu_stream_clock() >= j->x->deadline_ms)
    return yutu_fail(err, YUTU_ERR_LIMIT, "out of time");
  return YUTU_OK;
}

// A store's terms live as long as its snapshot, so that three of them make a triple without copying.
static yutu_status sort(job *j, yutu_cursor *cursor, yutu_error *err) {
  yutu_quad_ids ids;
  yutu_quad triple = {.g.kind = YUTU_TERM_NONE};
  while (yutu_cursor_next(cursor, &ids)) {
    YUTU_TRY(look_at_clock(j, err));
    YUTU_TRY(yutu_term_get(j->snapshot, ids.s, &triple.s, err));
    YUTU_TRY(yutu_term_get(j->snapshot, ids.p, &triple.p, err));
    YUTU_TRY(yutu_term_get(j->snapshot, ids.o, &triple.o, err));
    YUTU_TRY(yutu_sorter_add(j->sorter, &triple, err));
  }
  return YUTU_OK;
}

static yutu_status take(void *context, const yutu_quad *triple, yutu_error *err) {
  job *j = context;
  YUTU_TRY(look_at_clock(j, err));
  return yutu_writer_quad(j->writer, triple, err);
}

static yutu_status write_graph(job *j, yutu_format format, FILE *out, yutu_error *err) {
  yutu_arena *arena = yutu_arena_new(0);
  size_t n = 0;
  const yutu_prefix *prefixes = arena ? yutu_prefixes_default((yutu_slice){NULL, 0}, arena, &n) : NULL;
  yutu_status status = prefixes ? YUTU_OK : yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  if (status == YUTU_OK)
    status = yutu_writer_open(format, yutu_byte_sink_file(out), prefixes, n, &j->writer, err);
  if (status == YUTU_OK) {
    status = yutu_sorter_run(j->sorter, take, j, err);
    if (status == YUTU_OK)
      status = yutu_writer_close(j->writer, err);
    else
      yutu_writer_abort(j->writer);
  }
  yutu_arena_free(arena);
  return status;
}

// Which graph: exactly one of ?default and ?graph=IRI. Else the request is answered.
static bool find_graph(yutu_exchange *x, yutu_slice *ret_iri) {
  yutu_slice nothing;
  *ret_iri = (yutu_slice){NULL, 0};
  const size_t n_default = yutu_form_find(&x->form, "default", &nothing);
  const size_t n_graph = yutu_form_find(&x->form, "graph", ret_iri);
  if (n_default + n_graph != 1 || (n_graph && !memchr(ret_iri->data ? ret_iri->data : "", ':', ret_iri->len)))
    yutu_answer_text(x, MHD_HTTP_BAD_REQUEST,
                     "say which graph: /data?graph=IRI, with the IRI in full and %%-escaped, or /data?default");
  return x->status == 0;
}

static yutu_status find_id(job *j, yutu_slice iri, yutu_pattern *ret, bool *ret_found, yutu_error *err) {
  const yutu_term term = yutu_iri(iri);
  *ret_found = true;
  if (!iri.data)
    return YUTU_OK;
  YUTU_TRY(yutu_term_find(j->snapshot, &term, &ret->g, err));
  yutu_cursor *cursor = NULL;
  yutu_quad_ids ids;
  if (ret->g)
    YUTU_TRY(yutu_cursor_open(j->snapshot, ret, &cursor, err));
  *ret_found = cursor && yutu_cursor_next(cursor, &ids);
  yutu_cursor_close(cursor);
  return YUTU_OK;
}

static yutu_status send_graph(job *j, const yutu_pattern *pattern, const yutu_offer *offer, yutu_error *err) {
  YUTU_TRY(yutu_sorter_new(false, SORTER_BYTES, &j->sorter, err));
  yutu_cursor *cursor = NULL;
  YUTU_TRY(yutu_cursor_open(j->snapshot, pattern, &cursor, err));
  yutu_status status = sort(j, cursor, err);
  yutu_cursor_close(cursor);
  if (status != YUTU_OK)
    return status;
  FILE *out = yutu_exchange_stream(j->x);
  if (!out)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  status = write_graph(j, yutu_results_graph_format(offer->format), out, err);
  fclose(out);
  return status;
}

static yutu_status get(job *j, yutu_error *err) {
  yutu_exchange *x = j->x;
  yutu_slice iri;
  yutu_pattern pattern = {0};
  bool found = false;
  if (!find_graph(x, &iri))
    return YUTU_OK;
  YUTU_TRY(yutu_snapshot_open(x->server->store, &j->snapshot, err));
  YUTU_TRY(find_id(j, iri, &pattern, &found, err));
  if (!found) {
    yutu_answer_text(x, MHD_HTTP_NOT_FOUND, "there is no such graph");
    return YUTU_OK;
  }
  const yutu_offer *offer = yutu_exchange_negotiate(x, YUTU_QUERY_CONSTRUCT);
  if (!offer)
    return YUTU_OK;
  yutu_answer_open(x, yutu_offer_sent(offer));
  return x->method == YUTU_METHOD_HEAD ? YUTU_OK : send_graph(j, &pattern, offer, err);
}

static void work(yutu_exchange *x) {
  job j = {.x = x};
  yutu_error err = {0};
  const yutu_status status = get(&j, &err);
  yutu_sorter_free(j.sorter);
  yutu_snapshot_close(j.snapshot);
  yutu_exchange_finish(x, status, &err);
}

void yutu_graph_store_get(yutu_exchange *x) {
  x->work = work;
}
