// External merge sort: records are collected in memory, sorted, and when the memory is full written as a run to a
// temporary file; at the end the runs are merged.
#include "graph/serialise/sorter.h"

#include "base/buffer.h"
#include "ontology/vocabulary.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PARTS = 6, RUN_WINDOW = 64 * 1024, ALIGNMENT = 4 };

/// Parts of a record, in the order of comparison.
enum { GRAPH, SUBJECT, PREDICATE, OBJECT, DATATYPE, LANGUAGE };

/// A quad in one piece: this and the bytes of its parts, padded to the alignment.
typedef struct {
  uint32_t size;                  ///< of the whole record
  uint8_t graph, subject, object; ///< kinds
  uint8_t late;                   ///< 0: the predicate is rdf:type, which comes first
  uint32_t lengths[PARTS];
} record;

/// A sorted part of the temporary file, and a window on it.
typedef struct {
  off_t next, end; ///< of the file: bytes not yet in the window
  char *window;    ///< owned
  size_t room, at, n;
} run;

struct yutu_sorter {
  bool graphs;
  size_t memory;
  char *records; ///< owned
  size_t used;
  const record **order; ///< owned; the records, to be sorted
  size_t n, room;
  int file; ///< -1: none yet
  off_t file_size;
  run *runs; ///< owned
  size_t n_runs;
};

static yutu_status out_of_memory(yutu_error *err) {
  return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory while sorting");
}

yutu_status yutu_sorter_new(bool graphs, size_t memory, yutu_sorter **ret, yutu_error *err) {
  yutu_sorter *s = calloc(1, sizeof *s);
  if (!s)
    return out_of_memory(err);
  s->graphs = graphs;
  s->file = -1;
  s->memory = memory == 0 ? YUTU_SORTER_MEMORY : memory < YUTU_SORTER_MEMORY_LEAST ? YUTU_SORTER_MEMORY_LEAST : memory;
  *ret = s;
  return YUTU_OK;
}

void yutu_sorter_free(yutu_sorter *sorter) {
  if (!sorter)
    return;
  for (size_t i = 0; i < sorter->n_runs; i++)
    free(sorter->runs[i].window);
  if (sorter->file >= 0)
    close(sorter->file);
  free(sorter->runs);
  free(sorter->order);
  free(sorter->records);
  free(sorter);
}

// ---- records ----

static size_t padded(size_t n) {
  return (n + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static size_t put_part(char *to, record *r, int part, yutu_slice text, size_t at) {
  r->lengths[part] = (uint32_t)text.len;
  if (text.len)
    memcpy(to + at, text.data, text.len);
  return at + text.len;
}

static size_t record_size(const yutu_sorter *s, const yutu_quad *q) {
  const size_t graph = s->graphs ? q->g.value.len : 0;
  return padded(sizeof(record) + graph + q->s.value.len + q->p.value.len + q->o.value.len + q->o.datatype.len +
                q->o.language.len);
}

static void put_record(const yutu_sorter *s, const yutu_quad *q, size_t size, char *to) {
  const bool graph = s->graphs && q->g.kind != YUTU_TERM_NONE;
  record r = {.size = (uint32_t)size,
              .graph = graph ? (uint8_t)q->g.kind : YUTU_TERM_NONE,
              .subject = (uint8_t)q->s.kind,
              .object = (uint8_t)q->o.kind,
              .late = !yutu_slice_eq(q->p.value, YUTU_SLICE(YUTU_NS_RDF "type"))};
  size_t at = sizeof r;
  at = put_part(to, &r, GRAPH, graph ? q->g.value : (yutu_slice){NULL, 0}, at);
  at = put_part(to, &r, SUBJECT, q->s.value, at);
  at = put_part(to, &r, PREDICATE, q->p.value, at);
  at = put_part(to, &r, OBJECT, q->o.value, at);
  at = put_part(to, &r, DATATYPE, q->o.datatype, at);
  at = put_part(to, &r, LANGUAGE, q->o.language, at);
  memset(to + at, 0, size - at);
  memcpy(to, &r, sizeof r);
}

static void get_parts(const record *r, yutu_slice ret[PARTS]) {
  const char *at = (const char *)(r + 1);
  for (int i = 0; i < PARTS; i++) {
    ret[i] = (yutu_slice){at, r->lengths[i]};
    at += r->lengths[i];
  }
}

static yutu_quad get_quad(const record *r) {
  yutu_slice part[PARTS];
  get_parts(r, part);
  return (yutu_quad){.s = {.kind = r->subject, .value = part[SUBJECT]},
                     .p = yutu_iri(part[PREDICATE]),
                     .o = {r->object, part[OBJECT], part[DATATYPE], part[LANGUAGE]},
                     .g = {.kind = r->graph, .value = part[GRAPH]}};
}

static int compare(const record *a, const record *b) {
  yutu_slice x[PARTS], y[PARTS];
  get_parts(a, x);
  get_parts(b, y);
  int order = a->graph - b->graph;
  if (!order)
    order = yutu_slice_cmp(x[GRAPH], y[GRAPH]);
  if (!order)
    order = a->subject - b->subject;
  if (!order)
    order = yutu_slice_cmp(x[SUBJECT], y[SUBJECT]);
  if (!order)
    order = a->late - b->late;
  if (!order)
    order = yutu_slice_cmp(x[PREDICATE], y[PREDICATE]);
  if (!order)
    order = a->object - b->object;
  for (int i = OBJECT; i < PARTS && !order; i++)
    order = yutu_slice_cmp(x[i], y[i]);
  return order;
}

static int compare_pointers(const void *a, const void *b) {
  return compare(*(const record *const *)a, *(const record *const *)b);
}

static bool same(const record *a, const record *b) {
  return a->size == b->size && memcmp(a, b, a->size) == 0;
}

/// Sort what is in memory and drop what is there twice.
static void sort_records(yutu_sorter *s) {
  if (s->n == 0)
    return;
  qsort(s->order, s->n, sizeof *s->order, compare_pointers);
  size_t n = 1;
  for (size_t i = 1; i < s->n; i++) {
    if (!same(s->order[n - 1], s->order[i]))
      s->order[n++] = s->order[i];
  }
  s->n = n;
}

// ---- the temporary file ----

static yutu_status file_failed(yutu_error *err, const char *what) {
  return yutu_fail(err, YUTU_ERR_IO, "cannot %s the temporary file for sorting: %s; point TMPDIR to a folder with room",
                   what, strerror(errno));
}

/// A file that has no name and goes when it is closed.
static yutu_status open_file(yutu_sorter *s, yutu_error *err) {
  const char *folder = getenv("TMPDIR");
  char path[4096];
  const int n = snprintf(path, sizeof path, "%s/yutu-sort-XXXXXX", folder && *folder ? folder : "/tmp");
  if (n >= (int)sizeof path) {
    errno = ENAMETOOLONG;
    return file_failed(err, "make");
  }
  s->file = mkostemp(path, O_CLOEXEC);
  if (s->file < 0)
    return file_failed(err, "make");
  unlink(path);
  return YUTU_OK;
}

static yutu_status write_all(yutu_sorter *s, const char *bytes, size_t n, yutu_error *err) {
  while (n) {
    const ssize_t written = pwrite(s->file, bytes, n, s->file_size);
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0)
      return file_failed(err, "write");
    s->file_size += written;
    bytes += written;
    n -= (size_t)written;
  }
  return YUTU_OK;
}

static yutu_status write_records(yutu_sorter *s, yutu_error *err) {
  yutu_buffer out = YUTU_BUFFER_INIT;
  yutu_status status = YUTU_OK;
  for (size_t i = 0; i < s->n && status == YUTU_OK; i++) {
    yutu_buffer_append(&out, s->order[i], s->order[i]->size);
    if (out.len < RUN_WINDOW && i + 1 < s->n)
      continue;
    status = yutu_buffer_check(&out, err);
    if (status == YUTU_OK)
      status = write_all(s, out.data, out.len, err);
    yutu_buffer_clear(&out);
  }
  yutu_buffer_free(&out);
  return status;
}

/// What is in memory becomes a run.
static yutu_status spill(yutu_sorter *s, yutu_error *err) {
  if (s->n_runs == YUTU_SORTER_RUNS_MAX)
    return yutu_fail(err, YUTU_ERR_LIMIT, "more than %d times %zu bytes to sort", YUTU_SORTER_RUNS_MAX, s->memory);
  if (s->file < 0)
    YUTU_TRY(open_file(s, err));
  run *runs = realloc(s->runs, (s->n_runs + 1) * sizeof *runs);
  if (!runs)
    return out_of_memory(err);
  s->runs = runs;
  sort_records(s);
  const off_t begin = s->file_size;
  YUTU_TRY(write_records(s, err));
  s->runs[s->n_runs++] = (run){.next = begin, .end = s->file_size};
  s->n = s->used = 0;
  return YUTU_OK;
}

// ---- adding ----

/// Room for one more record; the first time all of it, so that pointers into it stay.
static yutu_status make_room(yutu_sorter *s, size_t size, yutu_error *err) {
  if (s->records && s->used + size > s->memory && s->n)
    YUTU_TRY(spill(s, err));
  if (size > s->memory || !s->records) {
    const size_t memory = size > s->memory ? size : s->memory;
    char *records = realloc(s->records, memory);
    if (!records)
      return out_of_memory(err);
    s->records = records;
    s->memory = memory;
  }
  if (s->n < s->room)
    return YUTU_OK;
  const size_t room = s->room ? s->room * 2 : 1024;
  const record **order = realloc(s->order, room * sizeof *order);
  if (!order)
    return out_of_memory(err);
  s->order = order;
  s->room = room;
  return YUTU_OK;
}

yutu_status yutu_sorter_add(yutu_sorter *sorter, const yutu_quad *quad, yutu_error *err) {
  const size_t size = record_size(sorter, quad);
  if (size > UINT32_MAX)
    return yutu_fail(err, YUTU_ERR_LIMIT, "a statement of more than 4 GB");
  YUTU_TRY(make_room(sorter, size, err));
  char *const to = sorter->records + sorter->used;
  put_record(sorter, quad, size, to);
  sorter->order[sorter->n++] = (const record *)to;
  sorter->used += size;
  return YUTU_OK;
}

yutu_status yutu_sorter_sink(void *sorter, const yutu_quad *quad, yutu_error *err) {
  return yutu_sorter_add(sorter, quad, err);
}

// ---- merging ----

/// Bytes [at, at + wanted) of the run into its window.
static yutu_status fill(const yutu_sorter *s, run *r, size_t wanted, yutu_error *err) {
  memmove(r->window, r->window + r->at, r->n - r->at);
  r->n -= r->at;
  r->at = 0;
  if (wanted > r->room) {
    char *window = realloc(r->window, wanted);
    if (!window)
      return out_of_memory(err);
    r->window = window;
    r->room = wanted;
  }
  while (r->n < wanted) {
    const off_t left = r->end - r->next;
    const size_t space = r->room - r->n;
    const ssize_t n = pread(s->file, r->window + r->n, (off_t)space < left ? space : (size_t)left, r->next);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return file_failed(err, "read");
    r->n += (size_t)n;
    r->next += n;
  }
  return YUTU_OK;
}

/// The run's next record is whole in its window, or the run is at its end.
static yutu_status ready(const yutu_sorter *s, run *r, yutu_error *err) {
  if (r->n == r->at && r->next == r->end)
    return YUTU_OK;
  if (r->n - r->at < sizeof(record))
    YUTU_TRY(fill(s, r, sizeof(record), err));
  const uint32_t size = ((const record *)(r->window + r->at))->size;
  return r->n - r->at < size ? fill(s, r, size, err) : YUTU_OK;
}

static const record *head(const run *r) {
  return r->n == r->at ? NULL : (const record *)(r->window + r->at);
}

/// Is run a to be read before run b? Runs at their end come last.
static bool before(const yutu_sorter *s, size_t a, size_t b) {
  const record *x = head(&s->runs[a]), *y = head(&s->runs[b]);
  return x && (!y || compare(x, y) < 0);
}

/// A heap of run numbers, the next to be read at the top.
static void sift(const yutu_sorter *s, size_t *heap, size_t at) {
  for (;;) {
    size_t least = at;
    for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < s->n_runs; child++) {
      if (before(s, heap[child], heap[least]))
        least = child;
    }
    if (least == at)
      return;
    const size_t swap = heap[at];
    heap[at] = heap[least];
    heap[least] = swap;
    at = least;
  }
}

static yutu_status merge_heap(yutu_sorter *s, size_t *heap, yutu_buffer *last, yutu_quad_sink sink, void *context,
                              yutu_error *err) {
  for (size_t i = s->n_runs; i-- > 0;)
    sift(s, heap, i);
  for (;;) {
    run *r = &s->runs[heap[0]];
    const record *next = head(r);
    if (!next)
      return YUTU_OK;
    if (last->len == 0 || !same((const record *)last->data, next)) {
      const yutu_quad quad = get_quad(next);
      YUTU_TRY(sink(context, &quad, err));
      yutu_buffer_clear(last);
      yutu_buffer_append(last, next, next->size);
      YUTU_TRY(yutu_buffer_check(last, err));
    }
    r->at += next->size;
    YUTU_TRY(ready(s, r, err));
    sift(s, heap, 0);
  }
}

static yutu_status merge(yutu_sorter *s, yutu_quad_sink sink, void *context, yutu_error *err) {
  free(s->records); // the windows need the memory
  s->records = NULL;
  for (size_t i = 0; i < s->n_runs; i++) {
    run *r = &s->runs[i];
    r->window = malloc(RUN_WINDOW);
    if (!r->window)
      return out_of_memory(err);
    r->room = RUN_WINDOW;
    YUTU_TRY(ready(s, r, err));
  }
  size_t *heap = calloc(s->n_runs, sizeof *heap);
  if (!heap)
    return out_of_memory(err);
  for (size_t i = 0; i < s->n_runs; i++)
    heap[i] = i;
  yutu_buffer last = YUTU_BUFFER_INIT;
  const yutu_status status = merge_heap(s, heap, &last, sink, context, err);
  yutu_buffer_free(&last);
  free(heap);
  return status;
}

yutu_status yutu_sorter_run(yutu_sorter *sorter, yutu_quad_sink sink, void *context, yutu_error *err) {
  if (sorter->n_runs) {
    if (sorter->n)
      YUTU_TRY(spill(sorter, err));
    return merge(sorter, sink, context, err);
  }
  sort_records(sorter);
  for (size_t i = 0; i < sorter->n; i++) {
    const yutu_quad quad = get_quad(sorter->order[i]);
    YUTU_TRY(sink(context, &quad, err));
  }
  return YUTU_OK;
}
