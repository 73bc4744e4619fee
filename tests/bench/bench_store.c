// One store in numbers, one line on stdout:
//
//   bench_store native FILE.nq FOLDER            our store through graph/store.h
//   bench_store STORAGE FILE.nq NAME [OPTIONS]   any storage of librdf through librdf; "yutu" is ours
//
// Load is timed from parsed quads, piece by piece, so that neither the reader's time nor all quads in memory count; it
// ends when everything is on disk. A lookup is the first row, as ids or as librdf's nodes, of a question made from a
// quad that was picked at random. Each kind of lookup runs for a second, or for 200,000 lookups.
#include "base/arena.h"
#include "graph/librdf_storage.h"
#include "graph/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

enum { PIECE = 1 << 14, SAMPLES = 1 << 14, LOOKUPS = 200000 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void die(const char *message) {
  fprintf(stderr, "bench_store: %s\n", message);
  exit(1);
}

static void must(yutu_status status, const yutu_error *err) {
  if (status != YUTU_OK)
    die(err->message);
}

// ---- quads from a file ----

typedef struct bench bench;

/// What is measured, behind one interface.
typedef struct {
  void (*open)(bench *b);
  void (*add)(bench *b, const yutu_quad *quad);
  void (*commit)(bench *b);
  void (*close)(bench *b);
  /// First row of a question; the bits of `mask` say which of s, p, o, g are given.
  bool (*look_up)(bench *b, size_t sample, unsigned mask);
} subject;

struct bench {
  const subject *subject;
  const char *storage, *where, *options;
  yutu_arena *piece_texts, *sample_texts;
  yutu_quad piece[PIECE];
  size_t n_piece;
  yutu_quad samples[SAMPLES];
  size_t n_samples;
  uint64_t n_quads, seed;
  double load_seconds;

  yutu_store *store;
  yutu_batch *batch;
  yutu_snapshot *snapshot;
  yutu_quad_ids ids[SAMPLES];
  librdf_world *world;
  librdf_storage *librdf;
  librdf_model *model;
  librdf_node *nodes[SAMPLES][4];
};

static yutu_slice keep(yutu_arena *arena, yutu_slice s) {
  return (yutu_slice){s.len ? yutu_arena_strndup(arena, s.data, s.len) : NULL, s.len};
}

static yutu_term keep_term(yutu_arena *arena, const yutu_term *t) {
  return (yutu_term){t->kind, keep(arena, t->value), keep(arena, t->datatype), keep(arena, t->language)};
}

static yutu_quad keep_quad(yutu_arena *arena, const yutu_quad *q) {
  return (yutu_quad){keep_term(arena, &q->s), keep_term(arena, &q->p), keep_term(arena, &q->o),
                     keep_term(arena, &q->g)};
}

static void add_piece(bench *b) {
  const double start = now();
  for (size_t i = 0; i < b->n_piece; i++)
    b->subject->add(b, &b->piece[i]);
  b->load_seconds += now() - start;
  b->n_piece = 0;
  yutu_arena_reset(b->piece_texts);
}

/// Every quad has the same chance to be among the samples.
static void take_sample(bench *b, const yutu_quad *quad) {
  b->seed = b->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  const uint64_t place = b->n_samples < SAMPLES ? b->n_samples++ : (b->seed >> 16) % b->n_quads;
  if (place < SAMPLES)
    b->samples[place] = keep_quad(b->sample_texts, quad);
}

static yutu_status take(void *context, const yutu_quad *quad, yutu_error *err) {
  bench *b = context;
  (void)err;
  b->n_quads++;
  take_sample(b, quad);
  b->piece[b->n_piece++] = keep_quad(b->piece_texts, quad);
  if (b->n_piece == PIECE)
    add_piece(b);
  return YUTU_OK;
}

// ---- our store, natively ----

static void native_open(bench *b) {
  yutu_error err = {0};
  must(yutu_store_open(b->where, YUTU_STORE_CREATE, &b->store, &err), &err);
}

static void native_add(bench *b, const yutu_quad *quad) {
  yutu_error err = {0};
  if (!b->batch)
    must(yutu_batch_begin(b->store, &b->batch, &err), &err);
  must(yutu_batch_add(b->batch, quad, &err), &err);
}

static void native_commit(bench *b) {
  yutu_error err = {0};
  must(yutu_batch_commit(b->batch, &err), &err);
  b->batch = NULL;
}

static void native_close(bench *b) {
  yutu_snapshot_close(b->snapshot);
  yutu_store_close(b->store);
  b->snapshot = NULL;
}

static void native_prepare(bench *b) {
  yutu_error err = {0};
  must(yutu_snapshot_open(b->store, &b->snapshot, &err), &err);
  for (size_t i = 0; i < b->n_samples; i++) {
    const yutu_quad *q = &b->samples[i];
    must(yutu_term_find(b->snapshot, &q->s, &b->ids[i].s, &err), &err);
    must(yutu_term_find(b->snapshot, &q->p, &b->ids[i].p, &err), &err);
    must(yutu_term_find(b->snapshot, &q->o, &b->ids[i].o, &err), &err);
    must(yutu_term_find(b->snapshot, &q->g, &b->ids[i].g, &err), &err);
  }
}

static bool native_look_up(bench *b, size_t sample, unsigned mask) {
  yutu_error err = {0};
  if (!b->snapshot)
    native_prepare(b);
  const yutu_quad_ids *q = &b->ids[sample];
  const yutu_pattern pattern = {
      mask & 1 ? q->s : 0, mask & 2 ? q->p : 0, mask & 4 ? q->o : 0, mask & 8 ? q->g : 0, false, YUTU_ORDER_ANY};
  yutu_cursor *cursor;
  yutu_quad_ids found;
  must(yutu_cursor_open(b->snapshot, &pattern, &cursor, &err), &err);
  const bool has = yutu_cursor_next(cursor, &found);
  yutu_cursor_close(cursor);
  return has;
}

static const subject native = {native_open, native_add, native_commit, native_close, native_look_up};

// ---- any storage, through librdf ----

static void librdf_open(bench *b) {
  b->world = librdf_new_world();
  librdf_world_open(b->world);
  if (yutu_librdf_register(b->world))
    die("librdf does not take the storage");
  b->librdf = librdf_new_storage(b->world, b->storage, b->where, b->options);
  b->model = b->librdf ? librdf_new_model(b->world, b->librdf, NULL) : NULL;
  if (!b->model)
    die("librdf cannot open the storage");
}

static librdf_node *node(bench *b, const yutu_term *t) {
  char language[64] = ""; // librdf reads it to a NUL
  librdf_uri *datatype = NULL;
  const unsigned char *value = (const unsigned char *)t->value.data;
  switch (t->kind) {
  case YUTU_TERM_IRI:
    return librdf_new_node_from_counted_uri_string(b->world, value, t->value.len);
  case YUTU_TERM_BLANK:
    return librdf_new_node_from_counted_blank_identifier(b->world, value, t->value.len);
  case YUTU_TERM_LITERAL:
    snprintf(language, sizeof language, "%.*s", (int)t->language.len, t->language.len ? t->language.data : "");
    if (t->datatype.len)
      datatype = librdf_new_uri2(b->world, (const unsigned char *)t->datatype.data, t->datatype.len);
    librdf_node *literal = librdf_new_node_from_typed_counted_literal(
        b->world, t->value.len ? value : (const unsigned char *)"", t->value.len, *language ? language : NULL,
        strlen(language), datatype);
    if (datatype)
      librdf_free_uri(datatype);
    return literal;
  case YUTU_TERM_NONE:
    break;
  }
  return NULL;
}

static void librdf_add(bench *b, const yutu_quad *quad) {
  librdf_statement *statement =
      librdf_new_statement_from_nodes(b->world, node(b, &quad->s), node(b, &quad->p), node(b, &quad->o));
  librdf_node *context = node(b, &quad->g);
  if (strcmp(b->storage, "trees") == 0 ? librdf_model_add_statement(b->model, statement) // it knows no contexts
                                       : librdf_model_context_add_statement(b->model, context, statement))
    die("librdf cannot add a statement");
  librdf_free_statement(statement);
  librdf_free_node(context);
}

static void librdf_commit(bench *b) {
  librdf_model_sync(b->model);
}

static void librdf_close(bench *b) {
  for (size_t i = 0; i < SAMPLES; i++)
    for (int k = 0; k < 4; k++)
      if (b->nodes[i][k])
        librdf_free_node(b->nodes[i][k]);
  memset(b->nodes, 0, sizeof b->nodes);
  librdf_free_model(b->model);
  librdf_free_storage(b->librdf);
  librdf_free_world(b->world);
}

static bool librdf_look_up(bench *b, size_t sample, unsigned mask) {
  const yutu_quad *q = &b->samples[sample];
  const yutu_term *const terms[4] = {&q->s, &q->p, &q->o, &q->g};
  librdf_node **nodes = b->nodes[sample];
  for (int i = 0; i < 4; i++)
    if (!nodes[i])
      nodes[i] = node(b, terms[i]);
  librdf_statement *statement = librdf_new_statement(b->world);
  for (int i = 0; i < 3; i++) {
    librdf_node *copy = mask >> i & 1 ? librdf_new_node_from_node(nodes[i]) : NULL;
    if (i == 0)
      librdf_statement_set_subject(statement, copy);
    else if (i == 1)
      librdf_statement_set_predicate(statement, copy);
    else
      librdf_statement_set_object(statement, copy);
  }
  librdf_stream *stream = mask & 8 ? librdf_model_find_statements_in_context(b->model, statement, nodes[3])
                                   : librdf_model_find_statements(b->model, statement);
  const bool has = stream && !librdf_stream_end(stream) && librdf_stream_get_object(stream);
  if (stream)
    librdf_free_stream(stream);
  librdf_free_statement(statement);
  return has;
}

static const subject through_librdf = {librdf_open, librdf_add, librdf_commit, librdf_close, librdf_look_up};

// ---- measuring ----

static double rate(bench *b, unsigned mask) {
  size_t n = 0, missed = 0;
  if (strcmp(b->storage, "trees") == 0 && (mask & 8))
    return 0;
  double start = now();
  for (size_t i = 0; i < b->n_samples && now() - start < 0.1; i++) // what is made once is made now
    b->subject->look_up(b, i, mask);
  start = now();
  double seconds = 0;
  while (n < LOOKUPS && seconds < 1) {
    missed += !b->subject->look_up(b, n % b->n_samples, mask);
    n++;
    if (n % 16 == 0 || n < 16)
      seconds = now() - start;
  }
  seconds = now() - start;
  if (missed)
    fprintf(stderr, "bench_store: %zu of %zu lookups (mask %u) found nothing\n", missed, n, mask);
  return (double)n / seconds;
}

static long peak_memory(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

/// Disk space of the store's file, of our own only: 0 for others.
static double disk_bytes(const char *where) {
  char path[4096];
  struct stat st;
  snprintf(path, sizeof path, "%s/quads.mdb", where);
  return stat(path, &st) == 0 ? (double)st.st_blocks * 512 : 0;
}

static void measure(bench *b, const char *file) {
  yutu_error err = {0};
  b->subject->open(b);
  must(yutu_load_file(file, NULL, take, b, NULL, &err), &err);
  add_piece(b);
  double start = now();
  b->subject->commit(b);
  b->load_seconds += now() - start;
  const long memory = peak_memory();
  double open_ms = 0;
  if (disk_bytes(b->where) > 0) {
    b->subject->close(b);
    start = now();
    b->subject->open(b);
    open_ms = (now() - start) * 1e3;
  }
  printf("%-8s %9llu quads  load %8.0f/s  S %8.0f/s  S+P %8.0f/s  P+O %8.0f/s  S in G %8.0f/s", b->storage,
         (unsigned long long)b->n_quads, (double)b->n_quads / b->load_seconds, rate(b, 1), rate(b, 3), rate(b, 6),
         rate(b, 9));
  if (open_ms > 0)
    printf("  %6.1f bytes/quad  open %5.2f ms", disk_bytes(b->where) / (double)b->n_quads, open_ms);
  printf("  peak %5ld MB\n", memory);
  b->subject->close(b);
}

int main(int argc, char **argv) {
  if (argc < 4) {
    fprintf(stderr, "usage: bench_store native|STORAGE FILE.nq FOLDER|NAME [OPTIONS]\n");
    return 2;
  }
  bench *b = calloc(1, sizeof *b);
  b->storage = argv[1];
  b->where = argv[3];
  b->options = argc > 4 ? argv[4] : NULL;
  b->subject = strcmp(argv[1], "native") == 0 ? &native : &through_librdf;
  b->piece_texts = yutu_arena_new(0);
  b->sample_texts = yutu_arena_new(0);
  measure(b, argv[2]);
  yutu_arena_free(b->piece_texts);
  yutu_arena_free(b->sample_texts);
  free(b);
  return 0;
}
