#include "queries/serve/exchange.h"

#include <errno.h>
#include <microhttpd.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static void release_task(yutu_task *task) {
  yutu_exchange_release((yutu_exchange *)task);
}

static void run_task(yutu_task *task) {
  yutu_exchange *x = (yutu_exchange *)task;
  x->work(x);
}

static void refuse_task(yutu_task *task) {
  yutu_exchange *x = (yutu_exchange *)task;
  yutu_answer_header(x, "Retry-After", "1");
  yutu_answer_text(x, MHD_HTTP_SERVICE_UNAVAILABLE, "all threads are busy; try again in a moment");
  yutu_stream_end(x->stream, true);
  yutu_exchange_release(x);
}

// Has the client hung up? Only a sleeping connection is still ours to look at.
static bool hung_up(void *context) {
  yutu_exchange *x = context;
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  if (!info)
    return false;
  char byte;
  const ssize_t n = recv(info->connect_fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return n == 0 || (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

static bool is_abandoned(yutu_task *task) {
  return yutu_stream_ask_sleeper(((yutu_exchange *)task)->stream, hung_up);
}

static void cancel_task(yutu_task *task) {
  yutu_exchange_cancel((yutu_exchange *)task);
}

static void sleep_connection(void *context) {
  MHD_suspend_connection(((yutu_exchange *)context)->connection);
}

static void wake_connection(void *context) {
  MHD_resume_connection(((yutu_exchange *)context)->connection);
}

// The path and the parameters of "/sparql?query=…".
static bool take_uri(yutu_exchange *x, const char *uri) {
  const size_t n = strcspn(uri, "?");
  x->path = yutu_arena_strndup(x->arena, uri, n);
  const size_t rest = strlen(uri) - n;
  x->query = rest ? (yutu_slice){yutu_arena_strndup(x->arena, uri + n + 1, rest - 1), rest - 1} : (yutu_slice){"", 0};
  return x->path && x->query.data;
}

yutu_exchange *yutu_exchange_new(yutu_server *server, struct MHD_Connection *connection, const char *uri) {
  yutu_exchange *x = calloc(1, sizeof *x);
  if (!x)
    return NULL;
  x->server = server;
  x->connection = connection;
  x->holders = 1;
  x->task = (yutu_task){run_task, release_task, refuse_task, is_abandoned, cancel_task, NULL, 0};
  x->arrived_ms = yutu_stream_clock();
  x->deadline_ms = server->options.timeout_ms ? x->arrived_ms + server->options.timeout_ms : 0;
  x->body.limit = YUTU_SERVE_BODY_MAX;
  x->arena = yutu_arena_new(0);
  x->form.arena = x->arena;
  x->stream = yutu_stream_new(YUTU_SERVE_STREAM_BYTES, (yutu_stream_reader){sleep_connection, wake_connection, x});
  server->n_active++;
  if (!x->arena || !x->stream || !take_uri(x, uri)) {
    yutu_exchange_release(x);
    return NULL;
  }
  return x;
}

// Read by the engine as sig_atomic_t is: now and then, in its own thread.
void yutu_exchange_cancel(yutu_exchange *x) {
  __atomic_store_n(&x->cancel, 1, __ATOMIC_RELAXED);
}

void yutu_exchange_release(yutu_exchange *x) {
  if (!x || --x->holders > 0)
    return;
  x->server->n_active--;
  yutu_stream_free(x->stream);
  yutu_buffer_free(&x->body);
  yutu_arena_free(x->arena);
  free(x);
}

// ---- the answer ----

void yutu_answer_text(yutu_exchange *x, unsigned status, const char *format, ...) {
  char line[YUTU_ERROR_MESSAGE_MAX + YUTU_ERROR_FILE_MAX];
  va_list args;
  va_start(args, format);
  vsnprintf(line, sizeof line - 1, format, args);
  va_end(args);
  strcat(line, "\n");
  const char *copy = yutu_arena_strndup(x->arena, line, strlen(line));
  x->status = status;
  x->text = copy ? copy : "out of memory\n";
  yutu_answer_header(x, "Content-Type", "text/plain; charset=utf-8");
}

void yutu_answer_fixed(yutu_exchange *x, unsigned status, const char *type, const void *bytes, size_t n) {
  x->status = status;
  x->fixed = bytes;
  x->n_fixed = n;
  yutu_answer_header(x, "Content-Type", type);
}

void yutu_answer_open(yutu_exchange *x, const char *content_type) {
  x->status = MHD_HTTP_OK;
  yutu_answer_header(x, "Content-Type", content_type);
  yutu_answer_header(x, "Vary", x->server->options.n_origins ? "Accept, Origin" : "Accept");
}

void yutu_answer_header(yutu_exchange *x, const char *name, const char *value) {
  char *copy = yutu_arena_strndup(x->arena, value, strlen(value));
  unsigned i = 0;
  while (i < x->n_headers && strcmp(x->headers[i].name, name) != 0)
    i++;
  if (!copy || i == YUTU_ANSWER_HEADERS_MAX)
    return;
  x->headers[i].name = name;
  x->headers[i].value = copy;
  x->n_headers += i == x->n_headers;
}

static unsigned status_of(const yutu_exchange *x, yutu_status code) {
  switch (code) {
  case YUTU_ERR_USAGE:
  case YUTU_ERR_INPUT:
  case YUTU_ERR_QUERY:
  case YUTU_ERR_UNSUPPORTED:
    return MHD_HTTP_BAD_REQUEST;
  case YUTU_ERR_LIMIT:
    return x->deadline_ms && yutu_stream_clock() >= x->deadline_ms ? MHD_HTTP_GATEWAY_TIMEOUT
                                                                   : MHD_HTTP_INTERNAL_SERVER_ERROR;
  case YUTU_ERR_INTERRUPTED:
    return MHD_HTTP_SERVICE_UNAVAILABLE;
  default:
    return MHD_HTTP_INTERNAL_SERVER_ERROR;
  }
}

void yutu_answer_error(yutu_exchange *x, const yutu_error *err) {
  const unsigned status = status_of(x, err->code);
  if (err->line)
    yutu_answer_text(x, status, "query:%u:%u: %s", err->line, err->column, err->message);
  else
    yutu_answer_text(x, status, "%s", err->message[0] ? err->message : yutu_status_name(err->code));
}

static void answer_not_acceptable(yutu_exchange *x, const yutu_offer *offers, size_t n) {
  yutu_buffer list = YUTU_BUFFER_INIT;
  for (size_t i = 0; i < n; i++)
    yutu_buffer_printf(&list, "%s%s", i ? ", " : "", offers[i].type);
  yutu_answer_text(x, MHD_HTTP_NOT_ACCEPTABLE, "the answer can be sent as %s", list.data ? list.data : "");
  yutu_buffer_free(&list);
}

const yutu_offer *yutu_exchange_negotiate(yutu_exchange *x, yutu_query_form form) {
  size_t n = 0;
  const yutu_offer *offers = yutu_offers(form, &n);
  const int choice = yutu_negotiate(x->accept, offers, n);
  if (choice != YUTU_NO_OFFER)
    return &offers[choice];
  answer_not_acceptable(x, offers, n);
  return NULL;
}

// ---- the body ----

static ssize_t write_stream(void *context, const char *bytes, size_t n) {
  yutu_exchange *x = context;
  if (x->method == YUTU_METHOD_HEAD)
    return (ssize_t)n;
  return yutu_stream_write(x->stream, bytes, n, x->deadline_ms, NULL) == YUTU_OK ? (ssize_t)n : 0;
}

FILE *yutu_exchange_stream(yutu_exchange *x) {
  FILE *file = fopencookie(x, "w", (cookie_io_functions_t){.write = write_stream});
  if (file)
    setvbuf(file, NULL, _IONBF, 0); // whoever writes has a buffer already
  return file;
}

void yutu_exchange_finish(yutu_exchange *x, yutu_status status, const yutu_error *err) {
  const bool taken_back = status != YUTU_OK && yutu_stream_take_back(x->stream);
  if (taken_back)
    yutu_answer_error(x, err);
  yutu_stream_end(x->stream, status == YUTU_OK || taken_back);
}

// ---- who we are ----

// A host with or without a port, as it may stand in an IRI.
static bool is_host(yutu_slice host) {
  for (size_t i = 0; i < host.len; i++) {
    const char c = host.data[i];
    if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && !strchr(".-_:[]", c))
      return false;
  }
  return host.len > 0;
}

const char *yutu_exchange_root(yutu_exchange *x) {
  yutu_slice host = x->host;
  const char *scheme = "http://";
  if (!is_host(host)) {
    scheme = "";
    host = (yutu_slice){x->server->address, strlen(x->server->address) - 1};
  }
  char root[600];
  snprintf(root, sizeof root, "%s%.*s", scheme, host.len < 500 ? (int)host.len : 500, host.data);
  const char *copy = yutu_arena_strndup(x->arena, root, strlen(root));
  return copy ? copy : "";
}
