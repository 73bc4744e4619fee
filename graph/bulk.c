#include "graph/bulk.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum {
  WRITE_BYTES = 1 << 18,
  READ_BYTES = 1 << 16, ///< for each run that is merged
  RECORD_HEAD = 2 + YUTU_BLOCK_KEY,
};

typedef struct {
  yutu_index index;
  bool remove;
  off_t begin, end;
} run;

struct yutu_bulk {
  const yutu_store *store;
  int file;
  off_t size;
  run *runs;
  size_t n_runs, room;
  size_t n_waiting; ///< bytes in `waiting`
  unsigned char waiting[WRITE_BYTES];
};

yutu_status yutu_bulk_new(const yutu_store *store, yutu_bulk **ret, yutu_error *err) {
  yutu_bulk *b = malloc(sizeof *b);
  if (!b)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  b->store = store;
  b->size = 0;
  b->runs = NULL;
  b->n_runs = b->room = b->n_waiting = 0;
  const yutu_status status = yutu_store_scratch(store, &b->file, err);
  if (status != YUTU_OK) {
    free(b);
    return status;
  }
  *ret = b;
  return YUTU_OK;
}

void yutu_bulk_free(yutu_bulk *b) {
  if (b) {
    close(b->file);
    free(b->runs);
    free(b);
  }
}

// ---- writing ----

static int write_waiting(yutu_bulk *b) {
  size_t done = 0;
  while (done < b->n_waiting) {
    const ssize_t n = pwrite(b->file, b->waiting + done, b->n_waiting - done, b->size);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return n < 0 ? errno : ENOSPC;
    done += (size_t)n;
    b->size += n;
  }
  b->n_waiting = 0;
  return 0;
}

static int write_record(yutu_bulk *b, yutu_block_writer *packer) {
  size_t n;
  const unsigned char *block = yutu_block_finish(packer, &n);
  if (b->n_waiting + RECORD_HEAD + n > WRITE_BYTES) {
    const int rc = write_waiting(b);
    if (rc)
      return rc;
  }
  unsigned char *at = b->waiting + b->n_waiting;
  at[0] = (unsigned char)n;
  at[1] = (unsigned char)(n >> 8);
  yutu_block_key(&packer->last, at + 2);
  memcpy(at + RECORD_HEAD, block, n);
  b->n_waiting += RECORD_HEAD + n;
  return 0;
}

static int write_ops(yutu_bulk *b, yutu_index index, const yutu_op *ops, size_t n, bool remove) {
  yutu_block_writer packer;
  int rc = 0;
  yutu_block_start(&packer);
  for (size_t i = 0; i < n && rc == 0; i++) {
    if (((ops[i].v[3] & YUTU_OP_REMOVE) != 0) != remove)
      continue;
    const yutu_quad_ids quad = {ops[i].v[0], ops[i].v[1], ops[i].v[2], ops[i].v[3] & ~YUTU_OP_REMOVE};
    const yutu_tuple tuple = yutu_index_tuple(index, &quad);
    if (yutu_block_put(&packer, &tuple))
      continue;
    rc = write_record(b, &packer);
    yutu_block_start(&packer);
    yutu_block_put(&packer, &tuple);
  }
  if (rc == 0 && packer.count > 0)
    rc = write_record(b, &packer);
  return rc ? rc : write_waiting(b);
}

static run *new_run(yutu_bulk *b) {
  if (b->n_runs == b->room) {
    const size_t room = b->room ? b->room * 2 : 64;
    run *grown = realloc(b->runs, room * sizeof *grown);
    if (!grown)
      return NULL;
    b->runs = grown;
    b->room = room;
  }
  return &b->runs[b->n_runs++];
}

yutu_status yutu_bulk_add_run(yutu_bulk *b, yutu_index index, const yutu_op *ops, size_t n, yutu_error *err) {
  for (int remove = 0; remove < 2; remove++) {
    const off_t begin = b->size;
    const int rc = write_ops(b, index, ops, n, remove);
    if (rc)
      return yutu_store_fail(b->store, rc, "write a temporary file of", err);
    if (b->size == begin)
      continue;
    run *r = new_run(b);
    if (!r)
      return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
    *r = (run){index, remove, begin, b->size};
  }
  return YUTU_OK;
}

// ---- merging ----

/// One run being read.
typedef struct {
  size_t number; ///< later runs have greater ones
  bool remove;
  off_t at, end; ///< what of the file is still to be read
  size_t n, i;   ///< bytes in the buffer, and read of them
  yutu_block_reader block;
  unsigned char bytes[YUTU_BLOCK_BYTES + YUTU_BLOCK_SLACK];
  unsigned char buffer[READ_BYTES];
} reader;

struct yutu_bulk_merge {
  int file;
  int failure;
  reader **heap; ///< by tuple, of equal ones the latest run first
  size_t n;
  size_t n_readers;
  reader **readers;
};

static int fill(reader *r, int file) {
  memmove(r->buffer, r->buffer + r->i, r->n - r->i);
  r->n -= r->i;
  r->i = 0;
  while (r->n < READ_BYTES && r->at < r->end) {
    size_t want = READ_BYTES - r->n;
    if ((off_t)want > r->end - r->at)
      want = (size_t)(r->end - r->at);
    const ssize_t n = pread(file, r->buffer + r->n, want, r->at);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return n < 0 ? errno : EIO;
    r->n += (size_t)n;
    r->at += n;
  }
  return 0;
}

/// @return false at the end of the run, or with *failure set
static bool advance(reader *r, int file, int *failure) {
  if (yutu_block_next(&r->block))
    return true;
  if (r->n - r->i < RECORD_HEAD + YUTU_BLOCK_BYTES && r->at < r->end && (*failure = fill(r, file)) != 0)
    return false;
  if (r->i == r->n)
    return false;
  const unsigned char *head = r->buffer + r->i;
  const size_t n = head[0] | (size_t)head[1] << 8;
  const yutu_tuple last = yutu_block_key_tuple(head + 2);
  assert(n <= YUTU_BLOCK_BYTES && r->i + RECORD_HEAD + n <= r->n);
  memcpy(r->bytes, head + RECORD_HEAD, n);
  r->i += RECORD_HEAD + n;
  return yutu_block_open(&r->block, &last, r->bytes, n) && yutu_block_next(&r->block);
}

static bool before(const reader *a, const reader *b) {
  const int order = yutu_tuple_cmp(&a->block.now, &b->block.now);
  return order < 0 || (order == 0 && a->number > b->number);
}

static void sift_down(yutu_bulk_merge *m, size_t i) {
  reader *r = m->heap[i];
  for (size_t child; (child = 2 * i + 1) < m->n; i = child) {
    if (child + 1 < m->n && before(m->heap[child + 1], m->heap[child]))
      child++;
    if (!before(m->heap[child], r))
      break;
    m->heap[i] = m->heap[child];
  }
  m->heap[i] = r;
}

/// Step the first reader of the heap and put it where it belongs now.
static void step(yutu_bulk_merge *m) {
  if (!advance(m->heap[0], m->file, &m->failure))
    m->heap[0] = m->heap[--m->n];
  if (m->n > 0)
    sift_down(m, 0);
}

yutu_status yutu_bulk_merge_new(yutu_bulk *b, yutu_index index, yutu_bulk_merge **ret, yutu_error *err) {
  yutu_bulk_merge *m = calloc(1, sizeof *m);
  if (m) {
    m->file = b->file;
    m->heap = malloc((b->n_runs + 1) * sizeof(reader *));
    m->readers = malloc((b->n_runs + 1) * sizeof(reader *));
  }
  bool good = m && m->heap && m->readers;
  for (size_t i = 0; good && i < b->n_runs; i++) {
    if (b->runs[i].index != index)
      continue;
    reader *r = malloc(sizeof *r);
    if (!(good = r != NULL))
      break;
    m->readers[m->n_readers++] = r;
    r->number = i;
    r->remove = b->runs[i].remove;
    r->at = b->runs[i].begin;
    r->end = b->runs[i].end;
    r->n = r->i = 0;
    r->block.left = 0;
    if (advance(r, m->file, &m->failure))
      m->heap[m->n++] = r;
  }
  if (!good) {
    yutu_bulk_merge_free(m);
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  }
  for (size_t i = m->n / 2; i-- > 0;)
    sift_down(m, i);
  *ret = m;
  return YUTU_OK;
}

void yutu_bulk_merge_free(yutu_bulk_merge *m) {
  if (!m)
    return;
  for (size_t i = 0; i < m->n_readers; i++)
    free(m->readers[i]);
  free(m->readers);
  free(m->heap);
  free(m);
}

bool yutu_bulk_merge_next(yutu_bulk_merge *m, yutu_tuple *ret, bool *ret_remove) {
  if (m->n == 0 || m->failure)
    return false;
  const yutu_tuple tuple = m->heap[0]->block.now;
  *ret = tuple;
  *ret_remove = m->heap[0]->remove;
  do
    step(m);
  while (m->n > 0 && m->failure == 0 && yutu_tuple_cmp(&m->heap[0]->block.now, &tuple) == 0);
  return true;
}

int yutu_bulk_merge_failed(const yutu_bulk_merge *m) {
  return m->failure;
}
