// Opening and its failures, what others see meanwhile, full disks, damage.
#include "base/file.h"
#include "graph/store_batch.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct {
  char folder[32];
  char path[64];
} fixture;

static int set_up(void **state) {
  fixture *f = calloc(1, sizeof *f);
  strcpy(f->folder, "open-XXXXXX");
  *state = f;
  return mkdtemp(f->folder) ? 0 : -1;
}

static int tear_down(void **state) {
  fixture *f = *state;
  char command[64];
  chmod(f->folder, 0755);
  snprintf(command, sizeof command, "rm -rf '%s'", f->folder);
  const int status = system(command);
  free(f);
  return status;
}

static const char *in(fixture *f, const char *name) {
  snprintf(f->path, sizeof f->path, "%s/%s", f->folder, name);
  return f->path;
}

#define OK(call)                                                                                                       \
  do {                                                                                                                 \
    yutu_error err = {0};                                                                                              \
    if ((call) != YUTU_OK)                                                                                             \
      fail_msg("%s:%d: %s", __FILE__, __LINE__, err.message);                                                          \
  } while (0)

static void refused(const char *where, unsigned flags, yutu_status code, const char *part_of_message) {
  yutu_store *store = NULL;
  yutu_error err = {0};
  assert_int_equal(yutu_store_open(where, flags, &store, &err), code);
  assert_null(store);
  assert_int_equal(err.code, code);
  if (!strstr(err.message, part_of_message))
    fail_msg("\"%s\" is not in \"%s\"", part_of_message, err.message);
}

static yutu_store *opened(const char *where, unsigned flags) {
  yutu_store *store = NULL;
  OK(yutu_store_open(where, flags, &store, &err));
  return store;
}

static yutu_quad quad(char buffer[64], unsigned n, unsigned graph) {
  snprintf(buffer, 32, "http://example.org/n/%u", n);
  snprintf(buffer + 32, 32, "http://example.org/g/%u", graph);
  return (yutu_quad){yutu_iri(yutu_slice_of(buffer)), yutu_iri(YUTU_SLICE("http://example.org/p")),
                     yutu_text(yutu_slice_of(buffer), (yutu_slice){0}), yutu_iri(yutu_slice_of(buffer + 32))};
}

static yutu_status add(yutu_store *store, unsigned from, unsigned to, yutu_error *err) {
  yutu_batch *batch;
  char buffer[64];
  YUTU_TRY(yutu_batch_begin(store, &batch, err));
  for (unsigned i = from; i < to; i++) {
    const yutu_quad q = quad(buffer, i, i / 50);
    const yutu_status status = yutu_batch_add(batch, &q, err);
    if (status != YUTU_OK) {
      yutu_batch_abort(batch);
      return status;
    }
  }
  return yutu_batch_commit(batch, err);
}

static uint64_t size_of(yutu_store *store) {
  yutu_snapshot *snapshot = NULL;
  yutu_store_stats stats = {0};
  OK(yutu_snapshot_open(store, &snapshot, &err));
  OK(yutu_snapshot_stats(snapshot, &stats, &err));
  yutu_snapshot_close(snapshot);
  return stats.quads;
}

// ---- folders ----

static void test_no_store(void **state) {
  fixture *f = *state;
  refused(in(f, "none"), 0, YUTU_ERR_STORE, "no store");
  refused(f->folder, 0, YUTU_ERR_STORE, "no store");
  refused(f->folder, YUTU_STORE_CREATE | YUTU_STORE_READ_ONLY, YUTU_ERR_STORE, "no store");
  refused(in(f, "no/such/parent"), YUTU_STORE_CREATE, YUTU_ERR_IO, "cannot make");
  OK(yutu_file_write(in(f, "file"), "x", 1, &err));
  refused(in(f, "file"), YUTU_STORE_CREATE, YUTU_ERR_STORE, "name a folder");
  refused(f->folder, YUTU_STORE_CREATE, YUTU_ERR_STORE, "other files");
  struct stat st;
  assert_int_equal(stat(in(f, "quads.mdb"), &st), -1); // nothing was left behind
  assert_int_equal(stat(in(f, "yutu.store"), &st), -1);
}

static void test_create_and_come_back(void **state) {
  fixture *f = *state;
  char where[64];
  strcpy(where, in(f, "new"));
  yutu_store *store = opened(where, YUTU_STORE_CREATE);
  assert_int_equal(size_of(store), 0);
  OK(yutu_store_check(store, &err));
  OK(add(store, 0, 100, &err));
  yutu_store_close(store);
  store = opened(where, 0);
  assert_int_equal(size_of(store), 100);
  OK(yutu_store_check(store, &err));
  yutu_store_close(store);
  store = opened(where, YUTU_STORE_READ_ONLY);
  assert_int_equal(size_of(store), 100);
  yutu_batch *batch;
  assert_int_equal(yutu_batch_begin(store, &batch, NULL), YUTU_ERR_STORE);
  yutu_store_close(store);
}

static void test_foreign_file(void **state) {
  fixture *f = *state;
  static char noise[20000];
  memset(noise, 'x', sizeof noise);
  OK(yutu_file_write(in(f, "quads.mdb"), noise, sizeof noise, &err));
  refused(f->folder, YUTU_STORE_CREATE, YUTU_ERR_STORE, "another program, or damaged");
  unlink(in(f, "quads.mdb"));
  MDB_env *env; // somebody else's LMDB
  MDB_txn *txn;
  MDB_dbi dbi;
  assert_int_equal(mdb_env_create(&env), 0);
  assert_int_equal(mdb_env_set_maxdbs(env, 4), 0);
  assert_int_equal(mdb_env_open(env, in(f, "quads.mdb"), MDB_NOSUBDIR, 0644), 0);
  assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
  assert_int_equal(mdb_dbi_open(txn, "things", MDB_CREATE, &dbi), 0);
  assert_int_equal(mdb_txn_commit(txn), 0);
  mdb_env_close(env);
  refused(f->folder, YUTU_STORE_CREATE, YUTU_ERR_STORE, "no store of this program");
}

/// Write a record of the meta database from outside.
static void tamper(fixture *f, const char *database, unsigned flags, const void *key, size_t n_key, const void *value,
                   size_t n) {
  MDB_env *env;
  MDB_txn *txn;
  MDB_dbi dbi;
  MDB_val k = {n_key, (void *)key}, v = {n, (void *)value};
  assert_int_equal(mdb_env_create(&env), 0);
  assert_int_equal(mdb_env_set_maxdbs(env, 16), 0);
  assert_int_equal(mdb_env_open(env, in(f, "quads.mdb"), MDB_NOSUBDIR, 0644), 0);
  assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
  assert_int_equal(mdb_dbi_open(txn, database, flags, &dbi), 0);
  if (value)
    assert_int_equal(mdb_put(txn, dbi, &k, &v, 0), 0);
  else
    assert_int_equal(mdb_del(txn, dbi, &k, NULL), 0);
  assert_int_equal(mdb_txn_commit(txn), 0);
  mdb_env_close(env);
}

static void test_newer_format(void **state) {
  fixture *f = *state;
  yutu_store_close(opened(f->folder, YUTU_STORE_CREATE));
  char record[16] = "yutu quads\n";
  record[12] = 2;
  tamper(f, "meta", 0, "format", 6, record, sizeof record);
  refused(f->folder, YUTU_STORE_CREATE, YUTU_ERR_STORE, "newer program");
  record[0] = 'x';
  tamper(f, "meta", 0, "format", 6, record, sizeof record);
  refused(f->folder, YUTU_STORE_CREATE, YUTU_ERR_STORE, "no store of this program");
}

static void test_twice_in_a_process(void **state) {
  fixture *f = *state;
  yutu_store *store = opened(f->folder, YUTU_STORE_CREATE);
  refused(f->folder, 0, YUTU_ERR_STORE, "already open in this process");
  refused(f->folder, YUTU_STORE_READ_ONLY, YUTU_ERR_STORE, "already open in this process");
  yutu_store_close(store);
  yutu_store_close(opened(f->folder, 0));
  yutu_store *a = opened("memory:", 0), *b = opened("memory:", 0); // each its own
  OK(add(a, 0, 3, &err));
  assert_int_equal(size_of(a), 3);
  assert_int_equal(size_of(b), 0);
  yutu_store_close(a);
  yutu_store_close(b);
}

/// A folder that may only be read. Where permissions do not bind, because root runs the test, it is only opened so.
static void test_read_only_folder(void **state) {
  fixture *f = *state;
  yutu_store *store = opened(f->folder, YUTU_STORE_CREATE);
  OK(add(store, 0, 10, &err));
  yutu_store_close(store);
  chmod(f->folder, 0755);
  fflush(NULL);
  const pid_t child = fork(); // gives up its rights for good
  if (child == 0) {
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
      _exit(2);
    yutu_error err = {0};
    if (yutu_store_open(f->folder, YUTU_STORE_CREATE, &store, &err) != YUTU_ERR_IO || !strstr(err.message, "cannot write"))
      _exit(3);
    if (yutu_store_open(f->folder, YUTU_STORE_READ_ONLY, &store, &err) != YUTU_OK)
      _exit(4);
    const bool good = size_of(store) == 10;
    yutu_store_close(store);
    _exit(good ? 0 : 5);
  }
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_int_equal(status, 0);
}

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
  assert_int_equal(yutu_batch_begin(store, &second, &problem), YUTU_ERR_USAGE); // would wait for itself
  pthread_t thread;
  assert_int_equal(pthread_create(&thread, NULL, write_much, store), 0);
  for (unsigned i = 1000; i < 1100; i++) {
    const yutu_quad q = quad(buffer, i, 3);
    OK(yutu_batch_add(batch, &q, &err));
    assert_int_equal(size_of(store), 0); // readers do not wait, and see nothing of it
  }
  OK(yutu_batch_commit(batch, &err));
  pthread_join(thread, NULL);
  assert_int_equal(size_of(store), 300);
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

// ---- damage ----

static void damaged(fixture *f, const char *what) {
  yutu_store *store = opened(f->folder, YUTU_STORE_READ_ONLY);
  yutu_error err = {0};
  assert_int_equal(yutu_store_check(store, &err), YUTU_ERR_FORMAT);
  if (!strstr(err.message, what))
    fail_msg("\"%s\" is not in \"%s\"", what, err.message);
  yutu_store_close(store);
}

static void test_check_finds_damage(void **state) {
  fixture *f = *state;
  yutu_store *store = opened(f->folder, YUTU_STORE_CREATE);
  OK(add(store, 0, 300, &err));
  // What is taken away or changed below, as it was.
  yutu_snapshot *snapshot = NULL;
  yutu_cursor *cursor = NULL;
  yutu_quad_ids q;
  OK(yutu_snapshot_open(store, &snapshot, &err));
  OK(yutu_cursor_open(snapshot, &(yutu_pattern){.each_graph = true, .order = YUTU_ORDER_SPO}, &cursor, &err));
  assert_true(yutu_cursor_next(cursor, &q));
  yutu_cursor_close(cursor);
  yutu_snapshot_close(snapshot);
  yutu_store_close(store);

  const uint64_t entry = yutu_id_payload(q.o);
  tamper(f, "entries", MDB_INTEGERKEY, &entry, sizeof entry, "\004another text", 13);
  damaged(f, "cannot be found by its text");
  tamper(f, "entries", MDB_INTEGERKEY, &entry, sizeof entry, NULL, 0);
  damaged(f, "hashes without terms");
  tamper(f, "entries", MDB_INTEGERKEY, &entry, sizeof entry, "\377", 1);
  damaged(f, "cannot be read");
  tamper(f, "entries", MDB_INTEGERKEY, &entry, sizeof entry, "\004http://example.org/n/0", 23);
  store = opened(f->folder, 0); // as it was
  OK(yutu_store_check(store, &err));
  yutu_store_close(store);

  yutu_block_writer block;
  yutu_tuple wrong = {{q.p, q.o, q.p, q.g}};
  unsigned char key[YUTU_BLOCK_KEY];
  size_t n;
  yutu_block_start(&block);
  yutu_block_put(&block, &wrong);
  const unsigned char *bytes = yutu_block_finish(&block, &n);
  yutu_block_key(&wrong, key);
  tamper(f, "posg", 0, key, sizeof key, bytes, n);
  damaged(f, "index");
  tamper(f, "posg", 0, key, sizeof key, "\377", 1);
  damaged(f, "index");
  tamper(f, "posg", 0, key, sizeof key, NULL, 0);
  const uint64_t record[4] = {300, 300, 299, 300};
  tamper(f, "stats", MDB_INTEGERKEY, &q.p, sizeof q.p, record, sizeof record);
  damaged(f, "statistics");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(test_no_store),           TEST(test_create_and_come_back),     TEST(test_foreign_file),
      TEST(test_newer_format),       TEST(test_twice_in_a_process),       TEST(test_read_only_folder),
      TEST(test_snapshots_stay),     TEST(test_unchanged_writes_nothing), TEST(test_space_is_used_again),
      TEST(test_writers_take_turns), TEST(test_wrong_quads),              TEST(test_full_disk),
      TEST(test_small_map),          TEST(test_growth_by_others),         TEST(test_check_finds_damage),
  };
  return cmocka_run_group_tests_name("graph_store_open", tests, NULL, NULL);
}
