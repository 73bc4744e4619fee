// Opening and its failures; damage.
#include "tests/unit/test_graph_store.h"

#include "base/file.h"

#include <sys/wait.h>

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
  assert_int_equal(stat(in(f, "quads.mdb"), &st),
                   -1); // nothing was left behind
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
    if (yutu_store_open(f->folder, YUTU_STORE_CREATE, &store, &err) != YUTU_ERR_IO ||
        !strstr(err.message, "cannot write"))
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
      TEST(test_no_store),           TEST(test_create_and_come_back), TEST(test_foreign_file),
      TEST(test_newer_format),       TEST(test_twice_in_a_process),   TEST(test_read_only_folder),
      TEST(test_check_finds_damage),
  };
  return cmocka_run_group_tests_name("graph_store_open", tests, NULL, NULL);
}
