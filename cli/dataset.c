#include "cli/dataset.h"

#include "cli/report.h"
#include "graph/iri_resolve.h"
#include "graph/load.h"

#include <stdio.h>

typedef struct {
  yutu_dataset *dataset;
  yutu_batch *batch;
  unsigned n_files;
} loading;

static yutu_status take_quad(void *context, const yutu_quad *quad, yutu_error *err) {
  return yutu_batch_add(context, quad, err);
}

static void on_bad_line(void *context, const yutu_error *problem) {
  yutu_dataset *dataset = context;
  yutu_report(problem);
  dataset->n_faults++;
}

// A file that cannot be read is reported, the others are gone on with.
static yutu_status load_file(loading *l, const char *path, const yutu_slice *graph, yutu_error *err) {
  char prefix[16];
  snprintf(prefix, sizeof prefix, "f%u", ++l->n_files);
  const yutu_load_options options = {
      .graph = graph ? yutu_iri(*graph) : (yutu_term){.kind = YUTU_TERM_NONE},
      .blank_prefix = yutu_slice_of(prefix),
      .on_bad_line = on_bad_line,
      .context = l->dataset,
  };
  yutu_error problem = {0};
  const yutu_status status = yutu_load_file(path, &options, take_quad, l->batch, NULL, &problem);
  if (status == YUTU_ERR_INPUT || status == YUTU_ERR_IO) {
    yutu_report(&problem);
    l->dataset->n_faults++;
    return YUTU_OK;
  }
  if (status != YUTU_OK && err)
    *err = problem;
  return status;
}

static yutu_status load_named(loading *l, const char *path, yutu_error *err) {
  yutu_buffer iri = YUTU_BUFFER_INIT;
  yutu_status status = yutu_iri_of_file(path, &iri, err);
  const yutu_slice graph = {iri.data, iri.len};
  if (status == YUTU_OK)
    status = load_file(l, path, &graph, err);
  yutu_buffer_free(&iri);
  return status;
}

// The path of a file: IRI, percent-encoding undone. False for any other IRI.
static bool path_of(yutu_slice iri, char *ret, size_t size) {
  const yutu_slice scheme = YUTU_SLICE("file://");
  if (!yutu_slice_starts(iri, scheme) || iri.len >= size)
    return false;
  size_t n = 0;
  for (size_t i = scheme.len; i < iri.len; i++) {
    unsigned byte = 0;
    int used = 0;
    if (iri.data[i] == '%' && i + 2 < iri.len && sscanf(iri.data + i + 1, "%2x%n", &byte, &used) == 1 && used == 2) {
      ret[n++] = (char)byte;
      i += 2;
    } else {
      ret[n++] = iri.data[i];
    }
  }
  ret[n] = '\0';
  return true;
}

static yutu_status load_from(loading *l, const yutu_query *query, yutu_error *err) {
  size_t n = 0;
  const yutu_query_graph *graphs = yutu_query_graphs(query, &n);
  for (size_t i = 0; i < n; i++) {
    char path[4096];
    bool again = false;
    for (size_t k = 0; k < i; k++)
      again = again || yutu_slice_eq(graphs[k].iri, graphs[i].iri);
    if (!again && path_of(graphs[i].iri, path, sizeof path))
      YUTU_TRY(load_file(l, path, &graphs[i].iri, err));
  }
  return YUTU_OK;
}

static bool names_files(const yutu_query *query) {
  size_t n = 0;
  const yutu_query_graph *graphs = query ? yutu_query_graphs(query, &n) : NULL;
  for (size_t i = 0; i < n; i++)
    if (!yutu_slice_starts(graphs[i].iri, YUTU_SLICE("file://")))
      return false;
  return n > 0;
}

static yutu_status load_all(loading *l, const yutu_arguments *a, const yutu_query *query, yutu_error *err) {
  size_t n_data = 0;
  size_t n_named = 0;
  const char *const *data = yutu_arguments_list(a, YUTU_OPT_DATA, &n_data);
  const char *const *named = yutu_arguments_list(a, YUTU_OPT_NAMED_GRAPH, &n_named);
  for (size_t i = 0; i < n_data; i++)
    YUTU_TRY(load_file(l, data[i], NULL, err));
  for (size_t i = 0; i < n_named; i++)
    YUTU_TRY(load_named(l, named[i], err));
  return n_data + n_named ? YUTU_OK : load_from(l, query, err);
}

static yutu_status open_files(const yutu_arguments *a, const yutu_query *query, yutu_dataset *ret, yutu_error *err) {
  ret->files = true;
  YUTU_TRY(yutu_store_open("memory:", YUTU_STORE_CREATE, &ret->store, err));
  loading l = {.dataset = ret};
  YUTU_TRY(yutu_batch_begin(ret->store, &l.batch, err));
  const yutu_status status = load_all(&l, a, query, err);
  if (status != YUTU_OK) {
    yutu_batch_abort(l.batch);
    return status;
  }
  return yutu_batch_commit(l.batch, err);
}

yutu_status yutu_dataset_open(const yutu_arguments *a, const yutu_query *query, yutu_dataset *ret, yutu_error *err) {
  *ret = (yutu_dataset){0};
  const bool files = yutu_arguments_has(a, YUTU_OPT_DATA) || yutu_arguments_has(a, YUTU_OPT_NAMED_GRAPH);
  const bool store = yutu_arguments_has(a, YUTU_OPT_STORE);
  if (files && store)
    return yutu_fail(err, YUTU_ERR_USAGE,
                     "either a store or files can be asked, not both; yutu load brings files into a store");
  const bool nothing = !store && query && !yutu_query_reads_data(query); // 1 + 1 needs no store
  if (files || nothing || (!store && names_files(query)))
    YUTU_TRY(open_files(a, query, ret, err));
  else
    YUTU_TRY(yutu_store_open(yutu_arguments_text(a, YUTU_OPT_STORE), YUTU_STORE_READ_ONLY, &ret->store, err));
  return yutu_snapshot_open(ret->store, &ret->snapshot, err);
}

void yutu_dataset_close(yutu_dataset *dataset) {
  yutu_snapshot_close(dataset->snapshot);
  yutu_store_close(dataset->store);
  dataset->snapshot = NULL;
  dataset->store = NULL;
}
