#include "cli/command.h"
#include "cli/report.h"
#include "queries/serve/serve.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
  GRACE_SECONDS = 10, // how long requests that are under way may take to end
  DRAIN_TICK_MS = 50,
};

// One line: method, path, status, bytes, time. Control characters of a path are shown as "?".
static void print_request(void *context, const yutu_serve_record *record) {
  (void)context;
  char path[256];
  size_t n = 0;
  for (const char *p = record->path; *p && n + 1 < sizeof path; p++)
    path[n++] = (unsigned char)*p < 0x20 || *p == 0x7F ? '?' : *p;
  path[n] = '\0';
  fprintf(stderr, "%s %s %u %llu bytes %.3f s\n", record->method, path, record->status,
          (unsigned long long)record->bytes, record->seconds);
}

static yutu_status read_options(const yutu_arguments *a, yutu_serve_options *ret, yutu_error *err) {
  const uint64_t port = yutu_arguments_number(a, YUTU_OPT_PORT);
  const uint64_t jobs = yutu_arguments_number(a, YUTU_OPT_JOBS);
  const uint64_t connections = yutu_arguments_number(a, YUTU_OPT_CONNECTIONS);
  const uint64_t seconds = yutu_arguments_number(a, YUTU_OPT_TIMEOUT);
  if (port > UINT16_MAX)
    return yutu_fail(err, YUTU_ERR_USAGE, "--port is %d at most", UINT16_MAX);
  if (jobs > YUTU_SERVE_JOBS_MAX)
    return yutu_fail(err, YUTU_ERR_USAGE, "--jobs is %d at most", YUTU_SERVE_JOBS_MAX);
  if (connections > YUTU_SERVE_CONNECTIONS_MAX)
    return yutu_fail(err, YUTU_ERR_USAGE, "--connections is %d at most", YUTU_SERVE_CONNECTIONS_MAX);
  *ret = (yutu_serve_options){
      .host = yutu_arguments_text(a, YUTU_OPT_HOST),
      .port = (uint16_t)port,
      .jobs = (unsigned)jobs,
      .connections = (unsigned)connections,
      .timeout_ms = seconds < 1000 * 1000 ? (unsigned)seconds * 1000 : 0,
      .row_limit = yutu_arguments_number(a, YUTU_OPT_LIMIT),
      .memory_limit = yutu_arguments_number(a, YUTU_OPT_MEMORY),
      .log = yutu_arguments_has(a, YUTU_OPT_LOG) ? print_request : NULL,
  };
  ret->origins = yutu_arguments_list(a, YUTU_OPT_CORS, &ret->n_origins);
  return YUTU_OK;
}

// Until a signal says to stop; then until what is under way is answered, another signal comes, or time is up.
static void wait_for_end(yutu_server *server, const sigset_t *signals) {
  int number;
  sigwait(signals, &number);
  const struct timespec tick = {.tv_nsec = DRAIN_TICK_MS * 1000000L};
  for (int i = 0; i < GRACE_SECONDS * 1000 / DRAIN_TICK_MS && !yutu_server_drain(server); i++)
    if (sigtimedwait(signals, NULL, &tick) > 0)
      return;
}

static yutu_status serve(const yutu_arguments *a, yutu_store *store, yutu_error *err) {
  yutu_serve_options options;
  YUTU_TRY(read_options(a, &options, err));
  // Blocked before there are threads, which inherit it: only wait_for_end() gets the signals.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, NULL);
  signal(SIGPIPE, SIG_IGN);
  yutu_server *server = NULL;
  YUTU_TRY(yutu_server_start(store, &options, &server, err));
  printf("%s\n", yutu_server_address(server));
  fflush(stdout);
  wait_for_end(server, &signals);
  yutu_server_stop(server);
  return YUTU_OK;
}

int yutu_cmd_serve(const yutu_arguments *a) {
  yutu_error err = {0};
  yutu_store *store = NULL;
  yutu_status status = yutu_store_open(yutu_arguments_text(a, YUTU_OPT_STORE), YUTU_STORE_READ_ONLY, &store, &err);
  if (status == YUTU_OK)
    status = serve(a, store, &err);
  yutu_store_close(store);
  return status == YUTU_OK ? 0 : yutu_report_exit(&err);
}
