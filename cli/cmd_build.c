#include "base/intern.h"
#include "cli/command.h"
#include "cli/reading.h"
#include "cli/report.h"
#include "graph/background.h"
#include "graph/store.h"

#include <inttypes.h>
#include <string.h>

enum { FILES_PER_BATCH = 64 };

typedef struct {
  yutu_reading reading;
  yutu_inputs inputs;
  yutu_store *store;
  yutu_batch *batch;
  unsigned n_in_batch; // files
  yutu_arena *arena;   // of `seen`
  yutu_intern *seen;   // digests of the articles of this run
  size_t n_files, n_articles, n_repeated;
  uint64_t changed; // quads
} job;

static yutu_status begin(void *context, yutu_error *err) {
  job *j = context;
  const char *where = yutu_arguments_text(j->reading.a, YUTU_OPT_STORE);
  yutu_slice base = {NULL, 0};
  YUTU_TRY(yutu_reading_base(j->reading.a, &base, err));
  YUTU_TRY(yutu_store_open(where, YUTU_STORE_CREATE, &j->store, err));
  return yutu_background_store(j->store, yutu_gazetteer_builtin(), base, &j->changed, err);
}

static yutu_status commit(job *j, yutu_error *err) {
  yutu_batch *batch = j->batch;
  j->batch = NULL;
  j->n_in_batch = 0;
  return batch ? yutu_batch_commit(batch, err) : YUTU_OK;
}

// An article that another file of this run had already is left as it is. Files come sorted by name, so that which one
// is the first does not depend on how they were named.
static yutu_status take_article(job *j, const yutu_read_article *article, yutu_error *err) {
  const yutu_slice digest = yutu_slice_of(article->digest);
  const uint32_t before = yutu_intern_count(j->seen);
  const uint32_t id = yutu_intern_add(j->seen, digest);
  if (id == YUTU_INTERN_NONE)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  if (id < before) {
    j->n_repeated++;
    return YUTU_OK;
  }
  const yutu_quads quads = article->quads;
  uint64_t changed = 0;
  YUTU_TRY(yutu_batch_replace_graph(j->batch, &quads.at[0].g, quads.at, quads.n, &changed, err));
  j->changed += changed;
  j->n_articles++;
  return YUTU_OK;
}

static yutu_status take(void *context, const yutu_read_file *file, yutu_error *err) {
  job *j = context;
  j->n_files++;
  if (!j->batch)
    YUTU_TRY(yutu_batch_begin(j->store, &j->batch, err));
  for (uint32_t i = 0; i < file->articles.n; i++)
    YUTU_TRY(take_article(j, &file->articles.at[i], err));
  return ++j->n_in_batch == FILES_PER_BATCH ? commit(j, err) : YUTU_OK;
}

static void report_fault(void *context, const yutu_error *err) {
  (void)context;
  yutu_report(err);
}

static yutu_status run(job *j, yutu_error *err) {
  size_t n = 0;
  const char *const *names = yutu_arguments_rest(j->reading.a, &n);
  j->arena = yutu_arena_new(0);
  j->seen = j->arena ? yutu_intern_new(j->arena) : NULL;
  if (!j->seen)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  YUTU_TRY(yutu_inputs_collect(names, n, report_fault, NULL, &j->inputs, err));
  yutu_inputs_sort(&j->inputs);
  const yutu_status status = yutu_reading_run(&j->reading, &j->inputs, err);
  // What was read before an interrupt is whole articles: it is kept.
  if (status == YUTU_OK)
    return commit(j, err);
  if (status == YUTU_ERR_INTERRUPTED) {
    YUTU_TRY(commit(j, err));
    return yutu_fail(err, YUTU_ERR_INTERRUPTED, "interrupted; %zu article%s read before that are stored", j->n_articles,
                     j->n_articles == 1 ? "" : "s");
  }
  return status;
}

static void summarise(const job *j) {
  char changes[64];
  char repeated[64] = "";
  if (j->changed)
    snprintf(changes, sizeof changes, "%" PRIu64 " quads added or removed", j->changed);
  else
    snprintf(changes, sizeof changes, "nothing changed");
  if (j->n_repeated)
    snprintf(repeated, sizeof repeated, ", %zu found again in another file", j->n_repeated);
  yutu_report_note("%zu article%s from %zu file%s%s; %s", j->n_articles, j->n_articles == 1 ? "" : "s", j->n_files,
                   j->n_files == 1 ? "" : "s", repeated, changes);
}

int yutu_cmd_build(const yutu_arguments *a) {
  const bool quiet = yutu_arguments_has(a, YUTU_OPT_QUIET);
  job j = {.reading = {.a = a, .progress = quiet ? NULL : "files", .begin = begin, .take = take, .context = &j}};
  yutu_error err = {0};
  yutu_interrupt_catch();
  const yutu_status status = run(&j, &err);
  const size_t n_bad = j.reading.n_faults + j.inputs.n_bad;
  yutu_batch_abort(j.batch);
  yutu_store_close(j.store);
  yutu_arena_free(j.arena);
  yutu_inputs_free(&j.inputs);
  if (status != YUTU_OK)
    return yutu_report_exit(&err);
  if (!quiet)
    summarise(&j);
  return n_bad ? yutu_status_exit(YUTU_ERR_INPUT) : 0;
}
