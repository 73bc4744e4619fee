#include "queries/serve/exchange.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CONNECTIONS_DEFAULT = 256, JOBS_LEAST = 4, BACKLOG = 128, BLOCK_BYTES = 32 * 1024 };

// ---- the question ----

static yutu_slice header(struct MHD_Connection *connection, const char *name) {
  return yutu_slice_of(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name));
}

static enum MHD_Result join_accept(void *context, enum MHD_ValueKind kind, const char *name, const char *value) {
  (void)kind;
  yutu_buffer *all = context;
  if (value && strcasecmp(name, MHD_HTTP_HEADER_ACCEPT) == 0) {
    yutu_buffer_puts(all, all->len ? "," : "");
    yutu_buffer_puts(all, value);
  }
  return MHD_YES;
}

// Accept may be sent several times.
static yutu_slice accept_of(yutu_exchange *x) {
  yutu_buffer all = YUTU_BUFFER_INIT;
  MHD_get_connection_values(x->connection, MHD_HEADER_KIND, join_accept, &all);
  yutu_slice ret = {all.data ? yutu_arena_strndup(x->arena, all.data, all.len) : "", all.len};
  yutu_buffer_free(&all);
  return ret.data ? ret : (yutu_slice){"", 0};
}

// A header's value, kept: the connection forgets it when the answer begins.
static yutu_slice keep(yutu_exchange *x, const char *name) {
  const yutu_slice value = header(x->connection, name);
  const char *copy = value.data ? yutu_arena_strndup(x->arena, value.data, value.len) : "";
  return (yutu_slice){copy ? copy : "", copy ? value.len : 0};
}

static void take_headers(yutu_exchange *x, const char *method) {
  static const struct {
    const char *name;
    yutu_method method;
  } methods[] = {{"GET", YUTU_METHOD_GET},
                 {"HEAD", YUTU_METHOD_HEAD},
                 {"POST", YUTU_METHOD_POST},
                 {"OPTIONS", YUTU_METHOD_OPTIONS}};
  for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
    if (strcmp(method, methods[i].name) == 0)
      x->method = methods[i].method;
  const char *copy = yutu_arena_strndup(x->arena, method, strlen(method));
  x->method_name = copy ? copy : "";
  x->accept = accept_of(x);
  x->content_type = keep(x, MHD_HTTP_HEADER_CONTENT_TYPE);
  x->origin = keep(x, MHD_HTTP_HEADER_ORIGIN);
  x->host = keep(x, MHD_HTTP_HEADER_HOST);
  x->known_tag = keep(x, MHD_HTTP_HEADER_IF_NONE_MATCH);
  const yutu_slice length = keep(x, MHD_HTTP_HEADER_CONTENT_LENGTH);
  x->content_length = strtoull(length.data, NULL, 10);
  x->has_body = x->content_length > 0 || header(x->connection, MHD_HTTP_HEADER_TRANSFER_ENCODING).len;
}

// ---- the answer ----

static ssize_t read_body(void *context, uint64_t position, char *bytes, size_t n) {
  (void)position;
  yutu_exchange *x = context;
  const ssize_t taken = yutu_stream_read(x->stream, bytes, n);
  if (taken == YUTU_STREAM_END)
    return MHD_CONTENT_READER_END_OF_STREAM;
  if (taken == YUTU_STREAM_BROKEN)
    return MHD_CONTENT_READER_END_WITH_ERROR;
  x->n_sent += (uint64_t)taken;
  return taken;
}

static struct MHD_Response *response_of(yutu_exchange *x) {
  const void *bytes = x->text ? x->text : x->fixed;
  const size_t n = x->text ? strlen(x->text) : x->n_fixed;
  if (bytes || x->status == MHD_HTTP_NO_CONTENT || x->status == MHD_HTTP_NOT_MODIFIED) {
    x->n_sent = x->method == YUTU_METHOD_HEAD ? 0 : n;
    return MHD_create_response_from_buffer(n, (void *)(bytes ? bytes : ""),
                                           x->text ? MHD_RESPMEM_MUST_COPY : MHD_RESPMEM_PERSISTENT);
  }
  size_t whole = 0;
  const bool known = yutu_stream_ended(x->stream, &whole) && x->method != YUTU_METHOD_HEAD;
  return MHD_create_response_from_callback(known ? whole : MHD_SIZE_UNKNOWN, BLOCK_BYTES, read_body, x, NULL);
}

static enum MHD_Result answer(yutu_exchange *x) {
  struct MHD_Response *response = response_of(x);
  if (!response)
    return MHD_NO;
  for (unsigned i = 0; i < x->n_headers; i++)
    (void)MHD_add_response_header(response, x->headers[i].name, x->headers[i].value);
  x->phase = YUTU_ANSWERED;
  const enum MHD_Result result = MHD_queue_response(x->connection, x->status, response);
  MHD_destroy_response(response);
  return result;
}

// ---- what libmicrohttpd calls ----

static void *on_uri(void *context, const char *uri, struct MHD_Connection *connection) {
  return yutu_exchange_new(context, connection, uri);
}

// Give it to the pool; the connection sleeps meanwhile.
static void submit(yutu_exchange *x) {
  x->phase = YUTU_WORKING;
  yutu_stream_await(x->stream);
  x->holders++;
  if (!yutu_pool_submit(x->server->pool, &x->task))
    x->task.refuse(&x->task);
}

static enum MHD_Result on_access(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                                 const char *version, const char *bytes, size_t *n_bytes, void **exchange) {
  (void)context;
  (void)connection;
  (void)url;
  (void)version;
  yutu_exchange *x = *exchange;
  if (!x)
    return MHD_NO;
  switch (x->phase) {
  case YUTU_NEW:
    x->phase = YUTU_RECEIVING;
    take_headers(x, method);
    yutu_route_begin(x);
    return x->status && x->has_body ? answer(x) : MHD_YES; // refuse a body before it comes
  case YUTU_RECEIVING:
    if (*n_bytes) {
      yutu_buffer_append(&x->body, bytes, *n_bytes);
      *n_bytes = 0;
      return MHD_YES;
    }
    if (!x->status)
      yutu_route(x);
    if (x->status)
      return answer(x);
    submit(x);
    return MHD_YES;
  case YUTU_WORKING:
    return answer(x);
  case YUTU_ANSWERED:
    break;
  }
  return MHD_YES;
}

static void on_completed(void *context, struct MHD_Connection *connection, void **exchange,
                         enum MHD_RequestTerminationCode how) {
  (void)connection;
  (void)how;
  yutu_server *server = context;
  yutu_exchange *x = *exchange;
  if (!x)
    return;
  *exchange = NULL;
  yutu_exchange_cancel(x);
  yutu_stream_close(x->stream);
  if (server->options.log && x->method_name)
    server->options.log(server->options.log_context,
                        &(yutu_serve_record){x->method_name, x->path, x->status, x->n_sent,
                                             (double)(yutu_stream_clock() - x->arrived_ms) / 1000});
  yutu_exchange_release(x);
}

// ---- life ----

static bool is_loopback(const struct sockaddr *address) {
  if (address->sa_family == AF_INET)
    return (ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr) >> 24) == 127;
  return address->sa_family == AF_INET6 && IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)address)->sin6_addr);
}

static int listen_at(const struct addrinfo *where) {
  const int fd = socket(where->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0)
    return -1;
  const int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(fd, where->ai_addr, where->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
    return fd;
  const int why = errno;
  close(fd);
  errno = why;
  return -1;
}

static void name_address(yutu_server *server, int fd) {
  struct sockaddr_storage bound = {0};
  socklen_t n = sizeof bound;
  char port[8] = "";
  char host[256] = "";
  getsockname(fd, (struct sockaddr *)&bound, &n);
  getnameinfo((struct sockaddr *)&bound, n, host, sizeof host, port, sizeof port, NI_NUMERICHOST | NI_NUMERICSERV);
  server->loopback = is_loopback((struct sockaddr *)&bound);
  const bool v6 = bound.ss_family == AF_INET6;
  snprintf(server->address, sizeof server->address, v6 ? "http://[%s]:%s/" : "http://%s:%s/", host, port);
}

static yutu_status open_listener(yutu_server *server, int *ret, yutu_error *err) {
  char port[8];
  snprintf(port, sizeof port, "%u", server->options.port);
  const struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
  struct addrinfo *found = NULL;
  const int rc = getaddrinfo(server->host, port, &hints, &found);
  if (rc != 0)
    return yutu_fail(err, YUTU_ERR_USAGE, "no host '%s': %s", server->host, gai_strerror(rc));
  int fd = -1;
  for (const struct addrinfo *a = found; a && fd < 0; a = a->ai_next)
    fd = listen_at(a);
  freeaddrinfo(found);
  if (fd < 0)
    return yutu_fail(err, YUTU_ERR_IO, "cannot listen on %s, port %u: %s%s", server->host, server->options.port,
                     strerror(errno), errno == EADDRINUSE ? "; choose another with --port" : "");
  name_address(server, fd);
  *ret = fd;
  return YUTU_OK;
}

static yutu_status check_options(yutu_serve_options *o, yutu_error *err) {
  const long processors = sysconf(_SC_NPROCESSORS_ONLN);
  if (!o->jobs)
    o->jobs = 2 * processors > JOBS_LEAST ? (unsigned)(2 * processors) : JOBS_LEAST;
  if (!o->connections)
    o->connections = CONNECTIONS_DEFAULT;
  if (o->jobs > YUTU_SERVE_JOBS_MAX && o->jobs != (unsigned)(2 * processors))
    return yutu_fail(err, YUTU_ERR_USAGE, "at most %d threads", YUTU_SERVE_JOBS_MAX);
  if (o->jobs > YUTU_SERVE_JOBS_MAX)
    o->jobs = YUTU_SERVE_JOBS_MAX;
  if (o->connections > YUTU_SERVE_CONNECTIONS_MAX)
    return yutu_fail(err, YUTU_ERR_USAGE, "at most %d connections", YUTU_SERVE_CONNECTIONS_MAX);
  return YUTU_OK;
}

static yutu_status start(yutu_server *server, yutu_error *err) {
  const yutu_serve_options *o = &server->options;
  YUTU_TRY(yutu_pool_new(o->jobs, o->connections, YUTU_SERVE_WAIT_MS, &server->pool, err));
  int fd = -1;
  YUTU_TRY(open_listener(server, &fd, err));
  server->daemon = MHD_start_daemon(MHD_USE_AUTO_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, on_access,
                                    server, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_URI_LOG_CALLBACK, on_uri, server,
                                    MHD_OPTION_NOTIFY_COMPLETED, on_completed, server, MHD_OPTION_CONNECTION_LIMIT,
                                    o->connections, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)YUTU_SERVE_IDLE_SECONDS,
                                    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)YUTU_SERVE_HEAD_MAX, MHD_OPTION_END);
  if (server->daemon)
    return YUTU_OK;
  close(fd);
  return yutu_fail(err, YUTU_ERR_INTERNAL, "the HTTP library could not start (%s)", strerror(errno));
}

yutu_status yutu_server_start(yutu_store *store, const yutu_serve_options *options, yutu_server **ret,
                              yutu_error *err) {
  yutu_server *server = calloc(1, sizeof *server);
  if (!server)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  server->store = store;
  server->options = *options;
  server->host = options->host ? options->host : "127.0.0.1";
  server->listener = -1;
  yutu_status status = check_options(&server->options, err);
  if (status == YUTU_OK)
    status = start(server, err);
  if (status != YUTU_OK) {
    yutu_server_stop(server);
    return status;
  }
  *ret = server;
  return YUTU_OK;
}

const char *yutu_server_address(const yutu_server *server) {
  return server->address;
}

bool yutu_server_drain(yutu_server *server) {
  if (server->listener < 0)
    server->listener = MHD_quiesce_daemon(server->daemon);
  return server->n_active == 0;
}

void yutu_server_stop(yutu_server *server) {
  if (!server)
    return;
  if (server->pool)
    yutu_pool_close(server->pool); // wakes every connection that sleeps: none may when the daemon stops
  if (server->daemon)
    MHD_stop_daemon(server->daemon);
  yutu_pool_free(server->pool);
  if (server->listener >= 0)
    close(server->listener);
  free(server);
}
