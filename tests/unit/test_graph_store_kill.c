// kill -9 at any moment: the store opens, has the last committed batch whole, and all its indexes agree.
//
// A child writes batch after batch, each made from its number alone, and says when one is committed. It is killed after
// a random while. The parent makes the same batches on a table of flags, and compares.
#include "graph/store_batch.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { KILLS = 220, GRAPHS = 20, ITEMS = 150, LONGEST_LIFE_US = 10000 };

typedef bool model[GRAPHS][ITEMS];

/// One change of a batch, for the store or for the model.
typedef struct {
  yutu_batch *batch; ///< NULL: the model only
  bool (*model)[ITEMS];
} target;

typedef struct {
  char s[40], o[48], g[40];
  yutu_quad quad;
} item;

static void make_item(item *m, unsigned g, unsigned i) {
  snprintf(m->s, sizeof m->s, "http://example.org/%u/s#%u", i % 5 ? g : 0, i / 3);
  snprintf(m->o, sizeof m->o, i % 2 ? "%u" : "text number %u of a graph", i % 4 == 2 ? i : i + 1000 * g);
  snprintf(m->g, sizeof m->g, "http://example.org/graph/%u", g);
  m->quad = (yutu_quad){yutu_iri(yutu_slice_of(m->s)),
                        yutu_iri(i % 3 ? YUTU_SLICE("http://example.org/p") : YUTU_SLICE("http://example.org/q")),
                        i % 2 ? yutu_typed(yutu_slice_of(m->o), YUTU_SLICE("http://www.w3.org/2001/XMLSchema#integer"))
                              : yutu_text(yutu_slice_of(m->o), YUTU_SLICE("en")),
                        yutu_iri(yutu_slice_of(m->g))};
}

static void must(yutu_status status) {
  if (status != YUTU_OK)
    _exit(9);
}

static uint64_t next_random(uint64_t *seed) {
  *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return *seed >> 33;
}

static void set_item(target *t, unsigned g, unsigned i, bool there) {
  item m;
  t->model[g][i] = there;
  if (t->batch) {
    make_item(&m, g, i);
    must(there ? yutu_batch_add(t->batch, &m.quad, NULL) : yutu_batch_remove(t->batch, &m.quad, NULL));
  }
}

static void replace(target *t, unsigned g, uint64_t *seed) {
  static item items[ITEMS + 1];
  static yutu_quad quads[ITEMS];
  size_t n = 0;
  for (unsigned i = 0; i < ITEMS; i++) {
    t->model[g][i] = next_random(seed) % 3 == 0;
    if (t->model[g][i]) {
      make_item(&items[n], g, i);
      quads[n] = items[n].quad;
      n++;
    }
  }
  make_item(&items[ITEMS], g, 0); // for its graph
  if (t->batch)
    must(yutu_batch_replace_graph(t->batch, &items[ITEMS].quad.g, quads, n, NULL, NULL));
}

static void remove_graph(target *t, unsigned g) {
  item m;
  make_item(&m, g, 0);
  memset(t->model[g], 0, sizeof t->model[g]);
  if (t->batch)
    must(yutu_batch_remove_graph(t->batch, &m.quad.g, NULL, NULL));
}

/// Batch number n.
static void make_batch(target *t, uint64_t n) {
  uint64_t seed = n * UINT64_C(0x9e3779b97f4a7c15);
  if (t->batch && n % 2)
    t->batch->most_ops = 40; // through runs when the store is empty, else written piece by piece
  if (n % 41 == 40) {
    memset(t->model, 0, sizeof(model));
    if (t->batch)
      must(yutu_batch_clear(t->batch, NULL));
  }
  const unsigned changes = 1 + (unsigned)next_random(&seed) % 8;
  for (unsigned c = 0; c < changes; c++) {
    const unsigned what = (unsigned)next_random(&seed) % 4, g = (unsigned)next_random(&seed) % GRAPHS;
    if (what == 0)
      replace(t, g, &seed);
    else if (what == 1)
      remove_graph(t, g);
    else
      for (unsigned k = 0; k < 60; k++)
        set_item(t, (unsigned)next_random(&seed) % GRAPHS, (unsigned)next_random(&seed) % ITEMS, what == 2);
  }
}

#define COUNTER "http://example.org/counter"

/// The counter graph holds the batch's number.
static void count_batch(yutu_batch *batch, uint64_t n) {
  char text[24];
  snprintf(text, sizeof text, "%llu", (unsigned long long)n);
  const yutu_quad quad = {yutu_iri(YUTU_SLICE(COUNTER)),
                          yutu_iri(YUTU_SLICE(COUNTER)),
                          yutu_typed(yutu_slice_of(text), YUTU_SLICE("http://www.w3.org/2001/XMLSchema#integer")),
                          {.kind = YUTU_TERM_NONE}};
  const yutu_term none = {.kind = YUTU_TERM_NONE};
  must(yutu_batch_replace_graph(batch, &none, &quad, 1, NULL, NULL));
}

static void write_for_ever(const char *folder, uint64_t from, bool sync, int out) {
  static model scrap;
  yutu_store *store;
  must(yutu_store_open(folder, YUTU_STORE_CREATE | (sync ? 0 : YUTU_STORE_NO_SYNC), &store, NULL));
  for (uint64_t n = from;; n++) {
    target t = {.model = scrap};
    must(yutu_batch_begin(store, &t.batch, NULL));
    make_batch(&t, n);
    count_batch(t.batch, n);
    must(yutu_batch_commit(t.batch, NULL));
    if (write(out, &n, sizeof n) != sizeof n)
      _exit(8);
  }
}

/// Let a child live until it has committed so many batches, and then for a while.
/// @return the last batch that it said was committed, or `from` - 1
static uint64_t run_and_kill(const char *folder, uint64_t from, bool sync, unsigned batches, unsigned life_us) {
  int pipes[2];
  uint64_t n, last = from - 1;
  assert_int_equal(pipe(pipes), 0);
  fflush(NULL);
  const pid_t child = fork();
  if (child == 0) {
    close(pipes[0]);
    write_for_ever(folder, from, sync, pipes[1]);
  }
  close(pipes[1]);
  while (batches-- > 0 && read(pipes[0], &n, sizeof n) == sizeof n)
    last = n;
  usleep(life_us);
  kill(child, SIGKILL);
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  while (read(pipes[0], &n, sizeof n) == sizeof n)
    last = n;
  close(pipes[0]);
  return last;
}

static uint64_t stored_counter(yutu_snapshot *snapshot) {
  const yutu_term t = yutu_iri(YUTU_SLICE(COUNTER));
  yutu_pattern pattern = {.g = YUTU_ID_DEFAULT_GRAPH};
  yutu_cursor *cursor;
  yutu_quad_ids quad;
  yutu_inline_value value = {0, 0};
  assert_int_equal(yutu_term_find(snapshot, &t, &pattern.s, NULL), YUTU_OK);
  if (pattern.s == YUTU_ID_NONE)
    return 0;
  assert_int_equal(yutu_cursor_open(snapshot, &pattern, &cursor, NULL), YUTU_OK);
  assert_true(yutu_cursor_next(cursor, &quad));
  assert_int_equal(yutu_id_inline(quad.o, &value), YUTU_INLINE_INTEGER);
  assert_false(yutu_cursor_next(cursor, &quad));
  yutu_cursor_close(cursor);
  return (uint64_t)value.integer;
}

static void compare(yutu_snapshot *snapshot, bool (*expected)[ITEMS]) {
  uint64_t n = 0;
  for (unsigned g = 0; g < GRAPHS; g++) {
    for (unsigned i = 0; i < ITEMS; i++) {
      item m;
      yutu_quad_ids ids;
      make_item(&m, g, i);
      assert_int_equal(yutu_term_find(snapshot, &m.quad.s, &ids.s, NULL), YUTU_OK);
      assert_int_equal(yutu_term_find(snapshot, &m.quad.p, &ids.p, NULL), YUTU_OK);
      assert_int_equal(yutu_term_find(snapshot, &m.quad.o, &ids.o, NULL), YUTU_OK);
      assert_int_equal(yutu_term_find(snapshot, &m.quad.g, &ids.g, NULL), YUTU_OK);
      assert_int_equal(ids.g != YUTU_ID_NONE && yutu_snapshot_has(snapshot, &ids), expected[g][i]);
      n += expected[g][i];
    }
  }
  yutu_store_stats stats;
  assert_int_equal(yutu_snapshot_stats(snapshot, &stats, NULL), YUTU_OK);
  assert_int_equal(stats.quads, n + 1);
}

static void test_kill(void **state) {
  const char *folder = *state;
  static model expected;
  uint64_t seed = 5, done = 0, torn = 0;
  for (int k = 0; k < KILLS; k++) {
    // The first ones die while the store is being made.
    const unsigned batches = k < 20 ? 0 : (unsigned)next_random(&seed) % 4;
    const unsigned life = (unsigned)next_random(&seed) % (k < 20 ? 3000 : LONGEST_LIFE_US);
    const uint64_t said = run_and_kill(folder, done + 1, k % 4 == 0, batches, life);
    yutu_store *store;
    yutu_snapshot *snapshot;
    yutu_error err = {0};
    if (yutu_store_open(folder, YUTU_STORE_CREATE, &store, &err) != YUTU_OK || yutu_store_check(store, &err) != YUTU_OK)
      fail_msg("after kill %d: %s", k, err.message);
    assert_int_equal(yutu_snapshot_open(store, &snapshot, NULL), YUTU_OK);
    const uint64_t found = stored_counter(snapshot);
    assert_true(found == said || found == said + 1); // committed, and killed before it could say so
    torn += found == said;
    for (; done < found; done++)
      make_batch(&(target){.model = expected}, done + 1);
    if (found > 0)
      compare(snapshot, expected);
    yutu_snapshot_close(snapshot);
    yutu_store_close(store);
  }
  assert_true(done > KILLS); // it did write between the kills
  assert_true(torn > 0);
  print_message("%d kills, %llu batches\n", KILLS, (unsigned long long)done);
}

/// A reader that was killed does not keep the pages of its snapshot from being used again.
static void test_killed_reader(void **state) {
  const char *folder = *state;
  static model scrap;
  yutu_store *store;
  yutu_error err = {0};
  int pipes[2];
  char c;
  assert_int_equal(yutu_store_open(folder, YUTU_STORE_CREATE | YUTU_STORE_NO_SYNC, &store, &err), YUTU_OK);
  yutu_store_close(store);
  assert_int_equal(pipe(pipes), 0);
  fflush(NULL);
  const pid_t child = fork();
  if (child == 0) {
    yutu_snapshot *snapshot;
    must(yutu_store_open(folder, 0, &store, NULL));
    must(yutu_snapshot_open(store, &snapshot, NULL));
    if (write(pipes[1], "x", 1) == 1)
      pause();
    _exit(0);
  }
  assert_int_equal(read(pipes[0], &c, 1), 1);
  close(pipes[0]);
  close(pipes[1]);
  assert_int_equal(yutu_store_open(folder, YUTU_STORE_NO_SYNC, &store, &err), YUTU_OK);
  char path[64];
  struct stat sizes[3];
  snprintf(path, sizeof path, "%s/quads.mdb", folder);
  for (int phase = 0; phase < 3; phase++) { // beside the reader, to let it settle, and after that
    if (phase == 1) {
      kill(child, SIGKILL);
      waitpid(child, NULL, 0);
    }
    for (uint64_t n = 1; n <= 300; n++) {
      target t = {.model = scrap};
      must(yutu_batch_begin(store, &t.batch, NULL));
      make_batch(&t, n);
      must(yutu_batch_commit(t.batch, NULL));
    }
    assert_int_equal(stat(path, &sizes[phase]), 0);
  }
  assert_true(sizes[2].st_size <= sizes[1].st_size + sizes[1].st_size / 10);
  yutu_store_close(store);
}

static int set_up(void **state) {
  static char folder[32];
  strcpy(folder, "kill-XXXXXX");
  *state = folder;
  return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state) {
  char command[64];
  snprintf(command, sizeof command, "rm -rf '%s'", (const char *)*state);
  return system(command);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_kill, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_killed_reader, set_up, tear_down),
  };
  return cmocka_run_group_tests_name("graph_store_kill", tests, NULL, NULL);
}
