#include "queries/remote/remote.h"

#include "queries/remote/answer.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

// First what is cheapest to read. An endpoint gives the kind that fits its answer.
static const char accepted[] = "application/sparql-results+json, application/n-triples, text/turtle;q=0.8, "
                               "application/json;q=0.5";

bool yutu_remote_is_address(const char *where) {
  return strncasecmp(where, "http://", 7) == 0 || strncasecmp(where, "https://", 8) == 0;
}

bool yutu_remote_keep(yutu_arena *arena, yutu_slice *s) {
  if (!s->len)
    return true;
  s->data = yutu_arena_strndup(arena, s->data, s->len);
  return s->data != NULL;
}

yutu_status yutu_remote_open(const char *address, unsigned timeout_ms, const volatile sig_atomic_t *cancel,
                             yutu_remote **ret, yutu_error *err) {
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
    return yutu_fail(err, YUTU_ERR_INTERNAL, "the HTTP library cannot be set up");
  yutu_remote *r = calloc(1, sizeof *r);
  if (r) {
    r->address = strdup(address);
    r->timeout_ms = timeout_ms;
    r->cancel = cancel;
    r->arena = yutu_arena_new(0);
  }
  if (!r || !r->address || !r->arena) {
    yutu_remote_close(r);
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  }
  *ret = r;
  return YUTU_OK;
}

void yutu_remote_close(yutu_remote *r) {
  if (!r)
    return;
  yutu_arena_free(r->arena);
  free(r->address);
  free(r);
}

// ---- the question ----

static yutu_status write_form(const yutu_remote_question *q, yutu_buffer *form, yutu_error *err) {
  yutu_buffer text = YUTU_BUFFER_INIT;
  const yutu_status status = yutu_remote_write_query(q, &text, err);
  if (status == YUTU_OK) {
    yutu_buffer_puts(form, "query=");
    yutu_form_escape(form, (yutu_slice){text.data, text.len});
    for (size_t i = 0; i < q->n_graphs; i++) {
      yutu_buffer_puts(form, "&default-graph-uri=");
      yutu_form_escape(form, yutu_slice_of(q->graphs[i]));
    }
  }
  yutu_buffer_free(&text);
  return status == YUTU_OK ? yutu_buffer_check(form, err) : status;
}

static bool is_type(yutu_slice type, const char *wanted) {
  yutu_slice bare = type;
  (void)yutu_slice_split(&type, ';', &bare);
  bare = yutu_slice_trim(bare);
  return bare.len == strlen(wanted) && strncasecmp(bare.data, wanted, bare.len) == 0;
}

static yutu_status open_answer(yutu_remote_answer *a, const yutu_remote *remote, yutu_error *err) {
  const yutu_slice type = yutu_transfer_type(a->transfer);
  if (is_type(type, "application/sparql-results+json") || is_type(type, "application/json"))
    return yutu_remote_open_rows(a, err);
  if (is_type(type, "application/n-triples") || is_type(type, "text/plain"))
    a->format = YUTU_FORMAT_NTRIPLES;
  else if (is_type(type, "text/turtle") || is_type(type, "application/x-turtle"))
    a->format = YUTU_FORMAT_TURTLE;
  if (a->format != YUTU_FORMAT_NONE)
    return yutu_remote_open_graph(a, err);
  char shown[300];
  return yutu_fail(err, YUTU_ERR_INPUT, "%s answers with '%.*s', not with SPARQL results; is this the endpoint?",
                   yutu_address_shown(remote->address, shown, sizeof shown), type.len < 80 ? (int)type.len : 80,
                   type.data);
}

static yutu_status ask(const yutu_remote *remote, const yutu_remote_question *q, yutu_remote_answer *a,
                       yutu_error *err) {
  a->arena = yutu_arena_new(0);
  a->rows_arena = yutu_arena_new(0);
  if (!a->arena || !a->rows_arena)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  a->row_limit = q->row_limit;
  YUTU_TRY(write_form(q, &a->form, err));
  const yutu_transfer_request request = {.address = remote->address,
                                         .form = {a->form.data, a->form.len},
                                         .accept = accepted,
                                         .timeout_ms = remote->timeout_ms,
                                         .cancel = remote->cancel};
  YUTU_TRY(yutu_transfer_begin(&request, &a->transfer, err));
  return open_answer(a, remote, err);
}

yutu_status yutu_remote_ask(yutu_remote *remote, const yutu_remote_question *question, yutu_remote_answer **ret,
                            yutu_error *err) {
  yutu_remote_answer *a = calloc(1, sizeof *a);
  if (!a)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  const yutu_status status = ask(remote, question, a, err);
  if (status != YUTU_OK) {
    yutu_remote_answer_free(a);
    return status;
  }
  *ret = a;
  return YUTU_OK;
}

void yutu_remote_answer_free(yutu_remote_answer *a) {
  if (!a)
    return;
  yutu_transfer_free(a->transfer);
  yutu_json_free(&a->json);
  yutu_buffer_free(&a->form);
  yutu_buffer_free(&a->text);
  yutu_arena_free(a->arena);
  yutu_arena_free(a->rows_arena);
  free(a);
}

const yutu_rows *yutu_remote_rows(yutu_remote_answer *answer) {
  return &answer->rows;
}

bool yutu_remote_truncated(const yutu_remote_answer *answer) {
  return answer->truncated;
}
