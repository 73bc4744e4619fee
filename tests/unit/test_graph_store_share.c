// What readers and writers see of each other; batches that write nothing, are wrong, or find no room.
#include "tests/unit/test_graph_store.h"

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

// ---- what others see ----

static void test_snapshots_stay(void **state) {
  fixture *f = *state;
  yutu_store *store = opened(f->folder, YUTU_STORE_CREATE | YUTU_STORE_NO_SYNC);
  OK(add(store, 0, 1000, &err));
  yutu_snapshot *old = NULL;
  yutu_cursor *cursor = NULL;
  yutu_quad_ids q;
  OK(yutu_snapshot_open(store, &old, &err));
  OK(yutu_cursor_open(old, &(yutu_pattern){.each_graph = true}, &cursor, &err));
  assert_true(yutu_cursor_next(cursor, &q));
  yutu_term before, after;
  OK(yutu_term_get(old, q.o, &before, &err));
  char copy[64];
  snprintf(copy, sizeof copy, "%.*s", (int)before.value.len, before.value.data);
  for (unsigned i = 0; i < 20; i++) { // everything goes, other things come
    yutu_batch *batch = NULL;
    OK(yutu_batch_begin(store, &batch, &err));
    OK(yutu_batch_clear(batch, &err));
    OK(yutu_batch_commit(batch, &err));
    OK(add(store, 2000 + i * 100, 2500 + i * 100, &err));
  }
  uint64_t n = 1;
  while (yutu_cursor_next(cursor, &q)) {
    OK(yutu_term_get(old, q.s, &after, &err));
    n++;
  }
  assert_int_equal(n, 1000);
  assert_int_equal(before.value.len, strlen(copy));
  assert_memory_equal(before.value.data, copy, strlen(copy));
  yutu_cursor_close(cursor);
  yutu_snapshot_close(old);
  assert_int_equal(size_of(store), 500);
  OK(yutu_store_check(store, &err));
  yutu_store_close(store);
}

static void test_unchanged_writes_nothing(void **state) {
  fixture *f = *state;
  yutu_store *store = opened(f->folder, YUTU_STORE_CREATE | YUTU_STORE_NO_SYNC);
  char buffers[60][64];
  yutu_quad quads[60];
  for (unsigned i = 0; i < 60; i++)
    quads[i] = quad(buffers[i], i, 1);
  yutu_batch *batch = NULL;
  yutu_snapshot *snapshot = NULL;
  uint64_t changed = 1;
  OK(yutu_batch_begin(store, &batch, &err));
  OK(yutu_batch_replace_graph(batch, &quads[0].g, quads, 60, &changed, &err));
  OK(yutu_batch_commit(batch, &err));
  assert_int_equal(changed, 60);
  OK(yutu_snapshot_open(store, &snapshot, &err));
  OK(yutu_batch_begin(store, &batch, &err));
  OK(yutu_batch_replace_graph(batch, &quads[0].g, quads, 60, &changed, &err));
  assert_int_equal(changed, 0);
  OK(yutu_batch_add(batch, &quads[7], &err));
  yutu_quad absent = quad((char[64]){0}, 1000, 1);
  OK(yutu_batch_remove(batch, &absent, &err));
  OK(yutu_batch_commit(batch, &err));
  assert_false(yutu_snapshot_outdated(snapshot)); // no commit was made
  OK(yutu_batch_begin(store, &batch, &err));
  OK(yutu_batch_replace_graph(batch, &quads[0].g, quads + 1, 59, &changed, &err));
  assert_int_equal(changed, 1);
  OK(yutu_batch_commit(batch, &err));
  assert_true(yutu_snapshot_outdated(snapshot));
  yutu_snapshot_close(snapshot);
  yutu_store_close(store);
}

/// With its last quad a term goes, and a reader that rests does not make the file grow.
static void test_space_is_used_again(void **state) {
  fixture *f = *state;
  yutu_store *store = opened(f->folder, YUTU_STORE_CREATE | YUTU_STORE_NO_SYNC);
  uint64_t first_size = 0;
  yutu_snapshot *resting = NULL;
  OK(yutu_snapshot_open(store, &resting, &err));
  yutu_snapshot_pause(resting);
  for (unsigned i = 0; i < 200; i++) {
    yutu_batch *batch = NULL;
    OK(add(store, i * 500, i * 500 + 500, &err));
    OK(yutu_batch_begin(store, &batch, &err));
    for (unsigned g = i * 10; g < i * 10 + 10; g++) {
      char buffer[64];
      const yutu_quad q = quad(buffer, 0, g);
      uint64_t removed = 0;
      OK(yutu_batch_remove_graph(batch, &q.g, &removed, &err));
      assert_int_equal(removed, 50);
    }
    OK(yutu_batch_commit(batch, &err));
    OK(yutu_snapshot_resume(resting, &err));
    yutu_store_stats stats;
    OK(yutu_snapshot_stats(resting, &stats, &err));
    yutu_snapshot_pause(resting);
    assert_int_equal(stats.quads, 0);
    assert_int_equal(stats.terms, 0);
    if (i == 20)
      first_size = stats.bytes_on_disk;
    if (i > 20)
      assert_true(stats.bytes_on_disk < 2 * first_size);
  }
  yutu_snapshot_close(resting);
  OK(yutu_store_check(store, &err));
  yutu_store_close(store);
}

static void *write_much(void *context) {
  for (unsigned i = 0; i < 20; i++)
    OK(add(context, i * 10, i * 10 + 10, &err));
  return NULL;
}

static void test_writers_take_turns(void **state) {
  fixture *f = *state;
  yutu_store *store = opened(f->folder, YUTU_STORE_CREATE | YUTU_STORE_NO_SYNC);
  yutu_batch *batch = NULL, *second = NULL;
  yutu_error problem = {0};
  char buffer[64];
  OK(yutu_batch_begin(store, &batch, &err));
  assert_int_equal(yutu_batch_begin(store, &second, &problem),
                   YUTU_ERR_USAGE); // would wait for itself
  pthread_t thread;
  assert_int_equal(pthread_create(&thread, NULL, write_much, store), 0);
  for (unsigned i = 1000; i < 1100; i++) {
    const yutu_quad q = quad(buffer, i, 3);
    OK(yutu_batch_add(batch, &q, &err));
    assert_int_equal(size_of(store),
                     0); // readers do not wait, and see nothing of it
  }
  OK(yutu_batch_commit(batch, &err));
  pthread_join(thread, NULL);
  assert_int_equal(size_of(store), 300);
  OK(yutu_store_check(store, &err));
  yutu_store_close(store);
}

/// Two processes write, this one reads: nothing is lost, and what is read is always whole batches.
static void test_writing_processes(void **state) {
  enum { WRITERS = 2, BATCHES = 100, QUADS = 10 };
  fixture *f = *state;
  yutu_store_close(opened(f->folder, YUTU_STORE_CREATE));
  pid_t children[WRITERS];
  fflush(NULL);
  for (unsigned w = 0; w < WRITERS; w++) {
    if ((children[w] = fork()) != 0)
      continue;
    yutu_store *store;
    bool good = yutu_store_open(f->folder, YUTU_STORE_NO_SYNC, &store, NULL) == YUTU_OK;
    for (unsigned i = 0; i < BATCHES && good; i++)
      good = add(store, (w * BATCHES + i) * QUADS, (w * BATCHES + i + 1) * QUADS, NULL) == YUTU_OK;
    _exit(good ? 0 : 1);
  }
  yutu_store *store = opened(f->folder, YUTU_STORE_READ_ONLY);
  uint64_t n = 0;
  for (unsigned i = 0; i < 100000 && n < WRITERS * BATCHES * QUADS; i++) {
    const uint64_t now = size_of(store);
    assert_true(now >= n && now % QUADS == 0);
    n = now;
  }
  for (unsigned w = 0; w < WRITERS; w++) {
    int status;
    assert_int_equal(waitpid(children[w], &status, 0), children[w]);
    assert_int_equal(status, 0);
  }
  assert_int_equal(size_of(store), WRITERS * BATCHES * QUADS);
  OK(yutu_store_check(store, &err));
  yutu_store_close(store);
}

static void test_wrong_quads(void **state) {
  fixture *f = *state;
  yutu_store *store = opened(f->folder, YUTU_STORE_CREATE | YUTU_STORE_NO_SYNC);
  yutu_batch *batch = NULL;
  char buffer[64];
  const yutu_quad good = quad(buffer, 1, 1);
  yutu_quad q = good;
  OK(yutu_batch_begin(store, &batch, &err));
  q.s = good.o;
  assert_int_equal(yutu_batch_add(batch, &q, NULL), YUTU_ERR_USAGE);
  q = good;
  q.p = good.o;
  assert_int_equal(yutu_batch_add(batch, &q, NULL), YUTU_ERR_USAGE);
  q = good;
  q.g = good.o;
  assert_int_equal(yutu_batch_add(batch, &q, NULL), YUTU_ERR_USAGE);
  q = good;
  q.o.kind = YUTU_TERM_NONE;
  assert_int_equal(yutu_batch_add(batch, &q, NULL), YUTU_ERR_USAGE);
  q = good;
  q.o.value.len = YUTU_TERM_BYTES_MAX + 1; // is looked at before the bytes are
  assert_int_equal(yutu_batch_add(batch, &q, NULL), YUTU_ERR_LIMIT);
  char *large = malloc(YUTU_TERM_BYTES_MAX);
  memset(large, 'y', YUTU_TERM_BYTES_MAX);
  q.o = yutu_text((yutu_slice){large, YUTU_TERM_BYTES_MAX}, (yutu_slice){0});
  OK(yutu_batch_add(batch, &q, &err)); // the batch goes on
  OK(yutu_batch_commit(batch, &err));
  free(large);
  assert_int_equal(size_of(store), 1);
  OK(yutu_store_check(store, &err));
  yutu_store_close(store);
}

// ---- no room ----

static void test_full_disk(void **state) {
  fixture *f = *state;
  yutu_store *store = opened(f->folder, YUTU_STORE_CREATE);
  OK(add(store, 0, 500, &err));
  struct rlimit old, limit;
  struct stat st;
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
  assert_int_equal(stat(in(f, "quads.mdb"), &st), 0);
  limit = old;
  limit.rlim_cur = (rlim_t)st.st_size + 100000;
  signal(SIGXFSZ, SIG_IGN);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
  yutu_error problem = {0};
  const yutu_status status = add(store, 1000, 50000, &problem);
  setrlimit(RLIMIT_FSIZE, &old);
  signal(SIGXFSZ, SIG_DFL);
  assert_int_equal(status, YUTU_ERR_IO);
  if (!strstr(problem.message, "disk is full"))
    fail_msg("%s", problem.message);
  assert_int_equal(size_of(store), 500); // nothing was lost
  OK(yutu_store_check(store, &err));
  OK(add(store, 1000, 50000, &err)); // and with room it works
  assert_int_equal(size_of(store), 49500);
  OK(yutu_store_check(store, &err));
  yutu_store_close(store);
}

/// An address space that is too small is made larger, at the next batch when it cannot be at once.
static void test_small_map(void **state) {
  fixture *f = *state;
  yutu_store *store = NULL;
  unsigned failures = 0;
  OK(yutu_store_open_sized(f->folder, YUTU_STORE_CREATE | YUTU_STORE_NO_SYNC, 1 << 20, &store, &err));
  for (unsigned i = 0; i < 10; i++) {
    yutu_error problem = {0};
    yutu_status status;
    const uint64_t before = size_of(store);
    while ((status = add(store, i * 5000, i * 5000 + 5000, &problem)) == YUTU_ERR_STORE && ++failures < 20) {
      assert_non_null(strstr(problem.message, "address space"));
      assert_int_equal(size_of(store), before);
    }
    assert_int_equal(status, YUTU_OK);
  }
  assert_in_range(failures, 1, 10);
  assert_int_equal(size_of(store), 50000);
  OK(yutu_store_check(store, &err));
  yutu_store_close(store);
}

/// Another process makes the store larger than this one has reserved.
static void test_growth_by_others(void **state) {
  fixture *f = *state;
  yutu_store_close(opened(f->folder, YUTU_STORE_CREATE));
  int to_child[2];
  assert_int_equal(pipe(to_child), 0);
  fflush(NULL);
  const pid_t child = fork();
  if (child == 0) { // the small one
    yutu_store *small;
    char c;
    if (yutu_store_open_sized(f->folder, 0, 1 << 20, &small, NULL) != YUTU_OK || size_of(small) != 0 ||
        read(to_child[0], &c, 1) != 1)
      _exit(2);
    const bool seen = size_of(small) == 40000 && add(small, 40000, 40100, NULL) == YUTU_OK && size_of(small) == 40100;
    yutu_store_close(small);
    _exit(seen ? 0 : 3);
  }
  yutu_store *store = opened(f->folder, YUTU_STORE_NO_SYNC);
  usleep(50000);
  OK(add(store, 0, 40000, &err));
  assert_int_equal(write(to_child[1], "x", 1), 1);
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_int_equal(status, 0);
  close(to_child[0]);
  close(to_child[1]);
  assert_int_equal(size_of(store), 40100);
  yutu_store_close(store);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(test_snapshots_stay),      TEST(test_unchanged_writes_nothing),
      TEST(test_space_is_used_again), TEST(test_writers_take_turns),
      TEST(test_wrong_quads),         TEST(test_full_disk),
      TEST(test_small_map),           TEST(test_growth_by_others),
      TEST(test_writing_processes),
  };
  return cmocka_run_group_tests_name("graph_store_share", tests, NULL, NULL);
}
