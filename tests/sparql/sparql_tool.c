/// Drives the SPARQL engine for tests, without the program around it.
///
///   sparql_tool query [-s STORE] [--data FILE]… [--named-graph FILE]… [--format F] [--param k=v]… [--graph IRI]
///                     [--collation L] [--timeout MS] [--memory BYTES] [--limit N] [--explain] FILE.rq | -e TEXT
///   sparql_tool query --parse-only FILE.rq
///   sparql_tool batch [--data FILE]… [--named-graph FILE]…    questions from stdin, answers as JSON; both end with NUL
///   sparql_tool load STORE FILE…                              files into a store
///   sparql_tool bench -s STORE [--repeat N] FILE.rq…          rows, seconds (the best of N), peak memory
///
/// Exit status: 0, 2 for a wrong query or usage, 3 for anything else.

#include "base/file.h"
#include "graph/iri_resolve.h"
#include "graph/load.h"
#include "graph/store.h"
#include "queries/results/results.h"
#include "queries/sparql/sparql.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { FILES_MAX = 256, QUERY_MAX = YUTU_QUERY_BYTES_MAX };

typedef struct {
  const char *store, *text, *format;
  const char *data[FILES_MAX], *named[FILES_MAX], *files[FILES_MAX], *params[FILES_MAX];
  yutu_slice graphs[FILES_MAX];
  size_t n_data, n_named, n_files, n_params;
  yutu_query_options run;
  bool parse_only;
  int repeat;
} arguments;

static int report(const yutu_error *err, const char *file) {
  if (err->line)
    fprintf(stderr, "sparql_tool: error: %s:%u:%u: %s\n", file ? file : err->file, err->line, err->column,
            err->message);
  else
    fprintf(stderr, "sparql_tool: error: %s\n", err->message);
  return err->code == YUTU_ERR_QUERY || err->code == YUTU_ERR_UNSUPPORTED || err->code == YUTU_ERR_USAGE ? 2 : 3;
}

static const char *value_of(char **argv, int argc, int *i) {
  if (*i + 1 >= argc) {
    fprintf(stderr, "sparql_tool: %s needs a value\n", argv[*i]);
    exit(2);
  }
  return argv[++*i];
}

static void parse_option(arguments *a, char **argv, int argc, int *i) {
  const char *o = argv[*i];
  if (strcmp(o, "--data") == 0 && a->n_data < FILES_MAX)
    a->data[a->n_data++] = value_of(argv, argc, i);
  else if (strcmp(o, "--named-graph") == 0 && a->n_named < FILES_MAX)
    a->named[a->n_named++] = value_of(argv, argc, i);
  else if (strcmp(o, "--param") == 0 && a->n_params < FILES_MAX)
    a->params[a->n_params++] = value_of(argv, argc, i);
  else if (strcmp(o, "--graph") == 0 && a->run.n_graphs < FILES_MAX)
    a->graphs[a->run.n_graphs++] = yutu_slice_of(value_of(argv, argc, i));
  else if (strcmp(o, "-s") == 0)
    a->store = value_of(argv, argc, i);
  else if (strcmp(o, "-e") == 0)
    a->text = value_of(argv, argc, i);
  else if (strcmp(o, "--format") == 0)
    a->format = value_of(argv, argc, i);
  else if (strcmp(o, "--collation") == 0)
    a->run.collation = value_of(argv, argc, i);
  else if (strcmp(o, "--timeout") == 0)
    a->run.timeout_ms = (unsigned)atoi(value_of(argv, argc, i));
  else if (strcmp(o, "--memory") == 0)
    a->run.memory_limit = (size_t)atoll(value_of(argv, argc, i));
  else if (strcmp(o, "--limit") == 0)
    a->run.row_limit = (uint64_t)atoll(value_of(argv, argc, i));
  else if (strcmp(o, "--repeat") == 0)
    a->repeat = atoi(value_of(argv, argc, i));
  else if (strcmp(o, "--explain") == 0)
    a->run.explain = stderr;
  else if (strcmp(o, "--parse-only") == 0)
    a->parse_only = true;
  else if (o[0] != '-' && a->n_files < FILES_MAX)
    a->files[a->n_files++] = o;
  else {
    fprintf(stderr, "sparql_tool: what is %s?\n", o);
    exit(2);
  }
}

// ---- data ----

static yutu_status add_quad(void *batch, const yutu_quad *quad, yutu_error *err) {
  return yutu_batch_add(batch, quad, err);
}

/// @param graph  NULL: where the file says, else the default graph
static yutu_status load(yutu_batch *batch, const char *path, const char *graph, unsigned number, yutu_error *err) {
  char prefix[16];
  snprintf(prefix, sizeof prefix, "f%u", number);
  yutu_load_options options = {.blank_prefix = yutu_slice_of(prefix)};
  if (graph)
    options.graph = yutu_iri(yutu_slice_of(graph));
  return yutu_load_file(path, &options, add_quad, batch, NULL, err);
}

static yutu_status load_named(yutu_batch *batch, const char *path, unsigned number, yutu_error *err) {
  yutu_buffer iri = YUTU_BUFFER_INIT;
  yutu_status status = yutu_iri_of_file(path, &iri, err);
  if (status == YUTU_OK)
    status = load(batch, path, iri.data, number, err);
  yutu_buffer_free(&iri);
  return status;
}

/// Files that the query itself names by FROM, when no others are given.
static yutu_status load_from(yutu_batch *batch, const yutu_query *query, yutu_error *err) {
  size_t n;
  const yutu_query_graph *graphs = yutu_query_graphs(query, &n);
  for (size_t i = 0; i < n; i++) {
    const yutu_slice space = YUTU_SLICE("file://");
    if (!yutu_slice_starts(graphs[i].iri, space))
      continue;
    char *iri = strndup(graphs[i].iri.data, graphs[i].iri.len);
    const yutu_status status = load(batch, iri + space.len, iri, (unsigned)i, err);
    free(iri);
    if (status != YUTU_OK)
      return status;
  }
  return YUTU_OK;
}

static yutu_status fill(const arguments *a, const yutu_query *query, yutu_batch *batch, yutu_error *err) {
  for (size_t i = 0; i < a->n_data; i++)
    YUTU_TRY(load(batch, a->data[i], NULL, (unsigned)i, err));
  for (size_t i = 0; i < a->n_named; i++)
    YUTU_TRY(load_named(batch, a->named[i], (unsigned)(FILES_MAX + i), err));
  if (query && !a->n_data && !a->n_named)
    YUTU_TRY(load_from(batch, query, err));
  return YUTU_OK;
}

static yutu_status open_store(const arguments *a, const yutu_query *query, yutu_store **ret, yutu_error *err) {
  if (a->store)
    return yutu_store_open(a->store, YUTU_STORE_READ_ONLY, ret, err);
  yutu_store *store = NULL;
  yutu_batch *batch = NULL;
  YUTU_TRY(yutu_store_open("memory:", YUTU_STORE_CREATE, &store, err));
  yutu_status status = yutu_batch_begin(store, &batch, err);
  if (status == YUTU_OK) {
    status = fill(a, query, batch, err);
    if (status == YUTU_OK)
      status = yutu_batch_commit(batch, err);
    else
      yutu_batch_abort(batch);
  }
  if (status == YUTU_OK)
    *ret = store;
  else
    yutu_store_close(store);
  return status;
}

// ---- questions ----

static yutu_status parse_file(const char *path, yutu_query **ret, yutu_error *err) {
  yutu_buffer text = YUTU_BUFFER_INIT, base = YUTU_BUFFER_INIT;
  yutu_status status = yutu_file_read(path, QUERY_MAX, &text, err);
  if (status == YUTU_OK)
    status = yutu_iri_of_file(path, &base, err);
  if (status == YUTU_OK)
    status = yutu_sparql_parse((yutu_slice){text.data, text.len}, (yutu_slice){base.data, base.len}, ret, err);
  yutu_buffer_free(&text);
  yutu_buffer_free(&base);
  return status;
}

/// k=v: v is an IRI in angle brackets, or a string.
static yutu_status bind(yutu_query *query, const char *param, yutu_error *err) {
  const char *equals = strchr(param, '=');
  char name[128];
  if (!equals || (size_t)(equals - param) >= sizeof name)
    return yutu_fail(err, YUTU_ERR_USAGE, "--param needs name=value");
  snprintf(name, sizeof name, "%.*s", (int)(equals - param), param);
  yutu_slice value = yutu_slice_of(equals + 1);
  const bool iri = value.len > 2 && value.data[0] == '<' && value.data[value.len - 1] == '>';
  const yutu_term term =
      iri ? yutu_iri((yutu_slice){value.data + 1, value.len - 2}) : yutu_text(value, (yutu_slice){NULL, 0});
  return yutu_query_bind(query, name, &term, err);
}

static yutu_status answer(const arguments *a, yutu_query *query, yutu_snapshot *snapshot, const char *format, FILE *out,
                          yutu_error *err) {
  yutu_query_options options = a->run;
  yutu_results_format f;
  yutu_result *result = NULL;
  options.snapshot = snapshot;
  if (options.n_graphs) {
    options.default_graph = YUTU_DEFAULT_GIVEN;
    options.graphs = a->graphs;
  } else if (!a->store) {
    options.default_graph = YUTU_DEFAULT_PLAIN;
  }
  if (!yutu_results_format_of(format, &f))
    return yutu_fail(err, YUTU_ERR_USAGE, "no format %s", format);
  YUTU_TRY(yutu_query_run(query, &options, &result, err));
  const yutu_status status = yutu_results_write(result, f, out, err);
  yutu_result_free(result);
  return status;
}

static int query_command(const arguments *a) {
  yutu_error err = {0};
  yutu_query *query = NULL;
  yutu_store *store = NULL;
  yutu_snapshot *snapshot = NULL;
  const char *file = a->n_files ? a->files[0] : "-e";
  yutu_status status = a->text ? yutu_sparql_parse(yutu_slice_of(a->text), (yutu_slice){NULL, 0}, &query, &err)
                               : parse_file(file, &query, &err);
  for (size_t i = 0; status == YUTU_OK && i < a->n_params; i++)
    status = bind(query, a->params[i], &err);
  if (status == YUTU_OK && !a->parse_only) {
    status = open_store(a, query, &store, &err);
    if (status == YUTU_OK)
      status = yutu_snapshot_open(store, &snapshot, &err);
    if (status == YUTU_OK)
      status = answer(a, query, snapshot, a->format ? a->format : "table", stdout, &err);
    yutu_snapshot_close(snapshot);
    yutu_store_close(store);
  }
  yutu_query_free(query);
  return status == YUTU_OK ? 0 : report(&err, file);
}

static void answer_one(const arguments *a, const char *text, size_t n, yutu_snapshot *snapshot) {
  yutu_error err = {0};
  yutu_query *query = NULL;
  char *out = NULL;
  size_t n_out = 0;
  FILE *memory = open_memstream(&out, &n_out);
  yutu_status status = yutu_sparql_parse((yutu_slice){text, n}, (yutu_slice){NULL, 0}, &query, &err);
  if (status == YUTU_OK) {
    const yutu_query_form form = yutu_query_kind(query);
    const bool graph = form == YUTU_QUERY_CONSTRUCT || form == YUTU_QUERY_DESCRIBE;
    status = answer(a, query, snapshot, graph ? "ntriples" : "json", memory, &err);
  }
  yutu_query_free(query);
  fclose(memory);
  if (status == YUTU_OK)
    fwrite(out, 1, n_out, stdout);
  else
    printf("error: %s", err.message);
  putchar('\0');
  fflush(stdout);
  free(out);
}

static int batch_command(const arguments *a) {
  yutu_error err = {0};
  yutu_store *store = NULL;
  yutu_snapshot *snapshot = NULL;
  yutu_status status = open_store(a, NULL, &store, &err);
  if (status == YUTU_OK)
    status = yutu_snapshot_open(store, &snapshot, &err);
  char *text = NULL;
  size_t room = 0;
  ssize_t n;
  while (status == YUTU_OK && (n = getdelim(&text, &room, '\0', stdin)) > 0)
    answer_one(a, text, (size_t)n - (text[n - 1] == '\0'), snapshot);
  free(text);
  yutu_snapshot_close(snapshot);
  yutu_store_close(store);
  return status == YUTU_OK ? 0 : report(&err, NULL);
}

// ---- times ----

static int load_command(const arguments *a) {
  yutu_error err = {0};
  yutu_store *store = NULL;
  yutu_batch *batch = NULL;
  yutu_status status = yutu_store_open(a->files[0], YUTU_STORE_CREATE | YUTU_STORE_NO_SYNC, &store, &err);
  if (status == YUTU_OK)
    status = yutu_batch_begin(store, &batch, &err);
  for (size_t i = 1; status == YUTU_OK && i < a->n_files; i++)
    status = load(batch, a->files[i], NULL, (unsigned)i, &err);
  if (status == YUTU_OK)
    status = yutu_batch_commit(batch, &err);
  else
    yutu_batch_abort(batch);
  yutu_store_close(store);
  return status == YUTU_OK ? 0 : report(&err, NULL);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/// From the text to the last row, every value made a term.
static yutu_status time_once(const arguments *a, const char *path, yutu_snapshot *snapshot, double *ret_seconds,
                             unsigned long long *ret_rows, yutu_error *err) {
  yutu_query *query = NULL;
  yutu_result *result = NULL;
  yutu_query_options options = a->run;
  options.snapshot = snapshot;
  const double start = now();
  yutu_status status = parse_file(path, &query, err);
  if (status == YUTU_OK)
    status = yutu_query_run(query, &options, &result, err);
  unsigned long long rows = 0;
  const yutu_term *row = NULL;
  if (status == YUTU_OK && yutu_query_kind(query) == YUTU_QUERY_ASK) {
    bool yes = false;
    status = yutu_result_ask(result, &yes, err);
    rows = yes;
  } else {
    while (status == YUTU_OK && (status = yutu_result_next(result, &row, err)) == YUTU_OK && row)
      rows++;
  }
  *ret_seconds = now() - start;
  *ret_rows = rows;
  yutu_result_free(result);
  yutu_query_free(query);
  return status;
}

static int bench_command(const arguments *a) {
  yutu_error err = {0};
  yutu_store *store = NULL;
  yutu_snapshot *snapshot = NULL;
  yutu_status status = open_store(a, NULL, &store, &err);
  if (status == YUTU_OK)
    status = yutu_snapshot_open(store, &snapshot, &err);
  for (size_t i = 0; status == YUTU_OK && i < a->n_files; i++) {
    double best = 1e9, seconds;
    unsigned long long rows = 0;
    for (int k = 0; status == YUTU_OK && k < (a->repeat ? a->repeat : 2); k++) {
      status = time_once(a, a->files[i], snapshot, &seconds, &rows, &err);
      best = seconds < best ? seconds : best;
    }
    const char *slash = strrchr(a->files[i], '/');
    const char *name = slash ? slash + 1 : a->files[i];
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    if (status == YUTU_OK)
      printf("%.*s\t%llu\t%.5f\t%ld\n", (int)strcspn(name, "."), name, rows, best, usage.ru_maxrss / 1024);
    fflush(stdout);
  }
  yutu_snapshot_close(snapshot);
  yutu_store_close(store);
  return status == YUTU_OK ? 0 : report(&err, NULL);
}

int main(int argc, char **argv) {
  static arguments a;
  if (argc < 2) {
    fprintf(stderr, "usage: sparql_tool query|batch|load|bench …\n");
    return 2;
  }
  for (int i = 2; i < argc; i++)
    parse_option(&a, argv, argc, &i);
  if (strcmp(argv[1], "query") == 0)
    return query_command(&a);
  if (strcmp(argv[1], "batch") == 0)
    return batch_command(&a);
  if (strcmp(argv[1], "load") == 0 && a.n_files)
    return load_command(&a);
  if (strcmp(argv[1], "bench") == 0)
    return bench_command(&a);
  fprintf(stderr, "sparql_tool: what is %s?\n", argv[1]);
  return 2;
}
