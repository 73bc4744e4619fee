#include "cli/command.h"
#include "cli/report.h"
#include "graph/store.h"
#include "queries/names.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  const yutu_arguments *a;
  yutu_store *store;
  yutu_snapshot *snapshot;
  char **graphs; // owned: they outlive the snapshot
  size_t n_graphs;
  size_t room;
} job;

static yutu_status keep(void *context, yutu_slice iri, yutu_error *err) {
  job *j = context;
  if (j->n_graphs == j->room) {
    const size_t room = j->room ? 2 * j->room : 16;
    char **graphs = realloc(j->graphs, room * sizeof *graphs);
    if (!graphs)
      return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
    j->graphs = graphs;
    j->room = room;
  }
  j->graphs[j->n_graphs] = strndup(iri.data, iri.len);
  if (!j->graphs[j->n_graphs])
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  j->n_graphs++;
  return YUTU_OK;
}

// All names are looked up before anything is removed, so that a misspelt one removes nothing.
static yutu_status find_articles(job *j, yutu_error *err) {
  size_t n = 0;
  const char *const *names = yutu_arguments_rest(j->a, &n);
  for (size_t i = 0; i < n; i++) {
    yutu_slice name = yutu_slice_of(names[i]);
    if (name.len > 2 && name.data[0] == '<' && name.data[name.len - 1] == '>')
      name = (yutu_slice){name.data + 1, name.len - 2};
    const size_t before = j->n_graphs;
    YUTU_TRY(yutu_names_articles(j->snapshot, name, keep, j, err));
    if (j->n_graphs == before)
      return yutu_fail(err, YUTU_ERR_USAGE,
                       "no article has the IRI, key, file name or title '%s'; yutu query articles lists them. Nothing "
                       "was removed",
                       names[i]);
  }
  return YUTU_OK;
}

static yutu_status remove_graphs(job *j, uint64_t *ret_removed, yutu_error *err) {
  yutu_batch *batch = NULL;
  YUTU_TRY(yutu_batch_begin(j->store, &batch, err));
  *ret_removed = 0;
  for (size_t i = 0; i < j->n_graphs; i++) {
    const yutu_term graph = yutu_iri(yutu_slice_of(j->graphs[i]));
    uint64_t n = 0;
    const yutu_status status = yutu_batch_remove_graph(batch, &graph, &n, err);
    if (status != YUTU_OK) {
      yutu_batch_abort(batch);
      return status;
    }
    *ret_removed += n;
  }
  return yutu_batch_commit(batch, err);
}

static yutu_status run(job *j, yutu_error *err) {
  YUTU_TRY(yutu_store_open(yutu_arguments_text(j->a, YUTU_OPT_STORE), 0, &j->store, err));
  YUTU_TRY(yutu_snapshot_open(j->store, &j->snapshot, err));
  YUTU_TRY(find_articles(j, err));
  yutu_snapshot_close(j->snapshot);
  j->snapshot = NULL;
  uint64_t removed = 0;
  YUTU_TRY(remove_graphs(j, &removed, err));
  yutu_report_note("%zu article%s removed, %" PRIu64 " quads", j->n_graphs, j->n_graphs == 1 ? "" : "s", removed);
  return YUTU_OK;
}

int yutu_cmd_remove(const yutu_arguments *a) {
  job j = {.a = a};
  yutu_error err = {0};
  const yutu_status status = run(&j, &err);
  yutu_snapshot_close(j.snapshot);
  yutu_store_close(j.store);
  for (size_t i = 0; i < j.n_graphs; i++)
    free(j.graphs[i]);
  free(j.graphs);
  return status == YUTU_OK ? 0 : yutu_report_exit(&err);
}
