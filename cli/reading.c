#include "cli/reading.h"

#include "base/file.h"
#include "base/intern.h"
#include "cli/jsonl.h"
#include "cli/ordered.h"
#include "cli/report.h"
#include "extract/extract.h"
#include "graph/ingest.h"
#include "graph/iri.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// One thread's own.
typedef struct {
  yutu_extractor *extractor;
  yutu_arena *scratch; // of one article: reset between articles
} worker;

typedef struct {
  yutu_reading *reading;
  const yutu_inputs *inputs;
  yutu_extractor_options options;
  yutu_slice base;
  yutu_extractor *first; // made before all threads, for the first of them
  pthread_mutex_t lock;  // of `first`
  yutu_progress progress;
} run;

typedef struct {
  const run *run;
  const worker *worker;
  yutu_read_file *file;
  yutu_intern *strings; // in the file's arena
} extraction;

static yutu_status out_of_memory(yutu_error *err) {
  return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
}

// ---- one article: a copy of what outlives the extractor's memory ----

static bool keep_slice(const extraction *x, yutu_slice *s) {
  if (!s->len) {
    s->data = "";
    return true;
  }
  const uint32_t id = yutu_intern_add(x->strings, *s);
  if (id == YUTU_INTERN_NONE)
    return false;
  *s = yutu_intern_get(x->strings, id);
  return true;
}

// Quads that follow each other often have the very same subject and graph: `before` and `kept` are this position's
// last.
static bool keep_term(const extraction *x, yutu_term *t, const yutu_term *before, const yutu_term *kept) {
  if (before && before->value.data == t->value.data && before->value.len == t->value.len &&
      before->kind == YUTU_TERM_IRI && t->kind == YUTU_TERM_IRI) {
    *t = *kept;
    return true;
  }
  return keep_slice(x, &t->value) && keep_slice(x, &t->datatype) && keep_slice(x, &t->language);
}

static bool keep_quad(const extraction *x, yutu_quad *q, const yutu_quad *before, const yutu_quad *kept) {
  return keep_term(x, &q->s, before ? &before->s : NULL, kept ? &kept->s : NULL) && keep_term(x, &q->p, NULL, NULL) &&
         keep_term(x, &q->o, NULL, NULL) && keep_term(x, &q->g, before ? &before->g : NULL, kept ? &kept->g : NULL);
}

static yutu_status keep_quads(const extraction *x, yutu_quads quads, yutu_quads *ret, yutu_error *err) {
  yutu_quad *at = YUTU_NEW_ARRAY(x->file->arena, yutu_quad, quads.n + 1);
  if (!at)
    return out_of_memory(err);
  for (size_t i = 0; i < quads.n; i++) {
    at[i] = quads.at[i];
    if (!keep_quad(x, &at[i], i ? &quads.at[i - 1] : NULL, i ? &at[i - 1] : NULL))
      return out_of_memory(err);
  }
  *ret = (yutu_quads){at, quads.n};
  return YUTU_OK;
}

static yutu_status take_article(void *context, const yutu_article *article, yutu_error *err) {
  const extraction *x = context;
  yutu_read_article *room = YUTU_PUSH(x->file->arena, &x->file->articles);
  if (!room)
    return out_of_memory(err);
  memcpy(room->digest, article->digest, sizeof room->digest);
  if (x->run->reading->explain)
    return YUTU_OK;
  if (x->run->reading->json)
    return yutu_jsonl_write(article, x->run->base, &x->file->json, err);
  yutu_quads quads;
  yutu_arena_reset(x->worker->scratch);
  YUTU_TRY(yutu_ingest(article, x->run->base, x->worker->scratch, &quads, err));
  return keep_quads(x, quads, &room->quads, err);
}

// ---- one file ----

static void free_file(void *context, void *result) {
  (void)context;
  yutu_read_file *file = result;
  if (!file)
    return;
  yutu_buffer_free(&file->json);
  yutu_arena_free(file->arena);
  free(file);
}

static yutu_status new_file(yutu_read_file **ret, yutu_error *err) {
  yutu_read_file *file = calloc(1, sizeof *file);
  if (!file || !(file->arena = yutu_arena_new(0))) {
    free(file);
    return out_of_memory(err);
  }
  *ret = file;
  return YUTU_OK;
}

static yutu_status read_file(void *context, void *thread, size_t item, void **ret_result, yutu_error *err) {
  const run *r = context;
  const char *path = r->inputs->paths[item];
  yutu_read_file *file = NULL;
  if (yutu_interrupted)
    return YUTU_ERR_INTERRUPTED;
  YUTU_TRY(new_file(&file, err));
  *ret_result = file;
  extraction x = {.run = r, .worker = thread, .file = file, .strings = yutu_intern_new(file->arena)};
  if (!x.strings)
    return out_of_memory(err);
  yutu_buffer bytes = YUTU_BUFFER_INIT;
  yutu_status status = yutu_file_read(path, YUTU_FILE_BYTES_MAX, &bytes, err);
  if (status == YUTU_OK)
    status = yutu_extract(x.worker->extractor, strcmp(path, "-") == 0 ? "stdin" : path, bytes.data ? bytes.data : "",
                          bytes.len, take_article, &x, err);
  yutu_buffer_free(&bytes);
  return status;
}

// Is this the file's fault, so that the others are gone on with?
static bool is_fault(yutu_status status) {
  return status == YUTU_ERR_INPUT || status == YUTU_ERR_IO || status == YUTU_ERR_LIMIT;
}

static yutu_status take_file(void *context, size_t item, void *result, yutu_status status, const yutu_error *work_err,
                             yutu_error *err) {
  run *r = context;
  yutu_read_file *file = result;
  yutu_status taken = YUTU_OK;
  if (is_fault(status)) {
    yutu_progress_end(&r->progress);
    yutu_report(work_err);
    r->reading->n_faults++;
  } else if (status != YUTU_OK) {
    taken = status;
    *err = *work_err;
  }
  if (yutu_interrupted)
    taken = yutu_fail(err, YUTU_ERR_INTERRUPTED, "interrupted");
  if (taken == YUTU_OK && file && file->articles.n)
    taken = r->reading->take(r->reading->context, file, err);
  free_file(r, file);
  yutu_progress_show(&r->progress, item + 1);
  return taken;
}

// ---- threads ----

static yutu_status begin_thread(void *context, void **ret_worker, yutu_error *err) {
  run *r = context;
  worker *w = calloc(1, sizeof *w);
  if (!w || !(w->scratch = yutu_arena_new(0))) {
    free(w);
    return out_of_memory(err);
  }
  pthread_mutex_lock(&r->lock);
  w->extractor = r->first;
  r->first = NULL;
  pthread_mutex_unlock(&r->lock);
  const yutu_status status = w->extractor ? YUTU_OK : yutu_extractor_new(&r->options, &w->extractor, err);
  if (status != YUTU_OK) {
    yutu_arena_free(w->scratch);
    free(w);
    return status;
  }
  *ret_worker = w;
  return YUTU_OK;
}

static void end_thread(void *context, void *thread) {
  (void)context;
  worker *w = thread;
  yutu_extractor_free(w->extractor);
  yutu_arena_free(w->scratch);
  free(w);
}

static unsigned count_jobs(const yutu_reading *reading) {
  if (reading->explain)
    return 1;
  if (yutu_arguments_has(reading->a, YUTU_OPT_JOBS)) {
    const uint64_t n = yutu_arguments_number(reading->a, YUTU_OPT_JOBS);
    return n < YUTU_JOBS_MAX ? (unsigned)n : YUTU_JOBS_MAX;
  }
  const long n = sysconf(_SC_NPROCESSORS_ONLN);
  return n > 0 ? (unsigned)n : 1;
}

yutu_status yutu_reading_base(const yutu_arguments *a, yutu_slice *ret, yutu_error *err) {
  const char *text = yutu_arguments_text(a, YUTU_OPT_BASE);
  const yutu_slice base = text ? yutu_slice_of(text) : yutu_iri_default_base;
  if (!yutu_iri_is_base(base))
    return yutu_fail(err, YUTU_ERR_USAGE, "--base is an absolute IRI that ends in / or #, not '%s'", text);
  *ret = base;
  return YUTU_OK;
}

static yutu_status run_all(run *r, yutu_error *err) {
  yutu_reading *reading = r->reading;
  YUTU_TRY(yutu_reading_base(reading->a, &r->base, err));
  YUTU_TRY(yutu_extractor_new(&r->options, &r->first, err));
  if (reading->begin)
    YUTU_TRY(reading->begin(reading->context, err));
  const yutu_ordered ordered = {
      .n = r->inputs->n,
      .jobs = count_jobs(reading),
      .begin = begin_thread,
      .end = end_thread,
      .work = read_file,
      .take = take_file,
      .drop = free_file,
      .context = r,
  };
  yutu_progress_begin(&r->progress, reading->progress, r->inputs->n, !reading->progress);
  const yutu_status status = yutu_ordered_run(&ordered, err);
  yutu_progress_end(&r->progress);
  return status;
}

yutu_status yutu_reading_run(yutu_reading *reading, const yutu_inputs *inputs, yutu_error *err) {
  run r = {.reading = reading, .inputs = inputs, .options.explain = reading->explain};
  r.options.rules = yutu_arguments_list(reading->a, YUTU_OPT_RULES, &r.options.n_rules);
  r.options.gazetteers = yutu_arguments_list(reading->a, YUTU_OPT_GAZETTEER, &r.options.n_gazetteers);
  pthread_mutex_init(&r.lock, NULL);
  const yutu_status status = run_all(&r, err);
  yutu_extractor_free(r.first);
  pthread_mutex_destroy(&r.lock);
  return status;
}
