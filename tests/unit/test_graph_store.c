// The native interface against a model that is plain to see: a table of flags, one for each quad there can be.
#include "graph/store_batch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { SUBJECTS = 8, PREDICATES = 4, OBJECTS = 12, GRAPHS = 5 };

typedef struct {
  yutu_store *store;
  char folder[32];
  uint64_t seed;
  bool there[SUBJECTS][PREDICATES][OBJECTS][GRAPHS];
} fixture;

static const char *const data_files[] = {"quads.mdb", "quads.mdb-lock", "yutu.store"};

static int set_up(void **state) {
  fixture *f = calloc(1, sizeof *f);
  const char *where = *state;
  f->seed = 11;
  strcpy(f->folder, "store-XXXXXX");
  if (!mkdtemp(f->folder))
    return -1;
  yutu_error err = {0};
  if (yutu_store_open(*where ? where : f->folder, YUTU_STORE_CREATE | YUTU_STORE_NO_SYNC, &f->store, &err) != YUTU_OK)
    fail_msg("%s", err.message);
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  yutu_store_close(f->store);
  for (size_t i = 0; i < sizeof data_files / sizeof *data_files; i++) {
    char path[64];
    snprintf(path, sizeof path, "%s/%s", f->folder, data_files[i]);
    unlink(path);
  }
  rmdir(f->folder);
  free(f);
  return 0;
}

#define OK(call)                                                                                                       \
  do {                                                                                                                 \
    yutu_error err = {0};                                                                                              \
    if ((call) != YUTU_OK)                                                                                             \
      fail_msg("%s:%d: %s", __FILE__, __LINE__, err.message);                                                          \
  } while (0)

static unsigned rnd(fixture *f, unsigned n) {
  f->seed = f->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (unsigned)(f->seed >> 33) % n;
}

#define XSD "http://www.w3.org/2001/XMLSchema#"

/// Term number i of a place: kinds are mixed, objects have everything.
static yutu_term term(int i, bool object) {
  static const yutu_term objects[OBJECTS] = {
      {YUTU_TERM_IRI, {"http://example.org/ns/a", 23}, {0}, {0}},
      {YUTU_TERM_IRI, {"http://example.org/ns/b", 23}, {0}, {0}},
      {YUTU_TERM_BLANK, {"b0", 2}, {0}, {0}},
      {YUTU_TERM_LITERAL, {"7", 1}, {XSD "integer", sizeof XSD "integer" - 1}, {0}},
      {YUTU_TERM_LITERAL, {"-7", 2}, {XSD "integer", sizeof XSD "integer" - 1}, {0}},
      {YUTU_TERM_LITERAL, {"007", 3}, {XSD "integer", sizeof XSD "integer" - 1}, {0}},
      {YUTU_TERM_LITERAL, {"7", 1}, {0}, {0}},
      {YUTU_TERM_LITERAL, {"7", 1}, {0}, {"en", 2}},
      {YUTU_TERM_LITERAL, {"", 0}, {0}, {0}},
      {YUTU_TERM_LITERAL, {"0.50", 4}, {XSD "decimal", sizeof XSD "decimal" - 1}, {0}},
      {YUTU_TERM_LITERAL, {"2020-11-17", 10}, {XSD "date", sizeof XSD "date" - 1}, {0}},
      {YUTU_TERM_LITERAL, {"7", 1}, {"http://example.org/type", 23}, {0}},
  };
  static const char *const names[] = {
      "http://example.org/ns/a",    "http://example.org/ns/b",    "http://example.org/other#c",   "urn:x",
      "http://example.org/ns/深圳", "http://example.org/other#d", "http://example.org/ns/b/deep", "x:y"};
  return object ? objects[i] : yutu_iri(yutu_slice_of(names[i]));
}

static yutu_quad quad(unsigned s, unsigned p, unsigned o, unsigned g) {
  yutu_quad q = {term((int)s, false), term((int)p, false), term((int)o, true), {.kind = YUTU_TERM_NONE}};
  if (g > 0)
    q.g = term((int)g, false);
  return q;
}

#define EACH_TRIPLE(s, p, o)                                                                                           \
  for (unsigned s = 0; s < SUBJECTS; s++)                                                                              \
    for (unsigned p = 0; p < PREDICATES; p++)                                                                          \
      for (unsigned o = 0; o < OBJECTS; o++)

// ---- changing ----

static void remove_graph(fixture *f, yutu_batch *batch, unsigned g) {
  uint64_t removed, expected = 0;
  EACH_TRIPLE(s, p, o) {
    expected += f->there[s][p][o][g];
    f->there[s][p][o][g] = false;
  }
  const yutu_quad q = quad(0, 0, 0, g);
  OK(yutu_batch_remove_graph(batch, &q.g, &removed, &err));
  assert_int_equal(removed, expected);
}

static void replace_graph(fixture *f, yutu_batch *batch, unsigned g) {
  static yutu_quad quads[2 * SUBJECTS * PREDICATES * OBJECTS];
  size_t n = 0;
  uint64_t changed, expected = 0;
  const unsigned chance = 2 + rnd(f, 8);
  EACH_TRIPLE(s, p, o) {
    const bool wanted = rnd(f, chance) == 0;
    expected += wanted != f->there[s][p][o][g];
    f->there[s][p][o][g] = wanted;
    if (wanted)
      quads[n++] = quad(s, p, o, rnd(f, GRAPHS)); // their own graph does not count
    if (wanted && rnd(f, 10) == 0)
      quads[n++] = quad(s, p, o, 0);
  }
  const yutu_quad q = quad(0, 0, 0, g);
  OK(yutu_batch_replace_graph(batch, &q.g, quads, n, &changed, &err));
  assert_int_equal(changed, expected);
}

static void change(fixture *f, yutu_batch *batch, unsigned chance_of_adding) {
  const unsigned s = rnd(f, SUBJECTS), p = rnd(f, PREDICATES), o = rnd(f, OBJECTS), g = rnd(f, GRAPHS);
  const yutu_quad q = quad(s, p, o, g);
  const unsigned what = rnd(f, 200);
  if (what == 0) {
    remove_graph(f, batch, g);
  } else if (what == 1) {
    replace_graph(f, batch, g);
  } else if (what < 6) {
    bool has, any = false;
    for (unsigned i = 0; i < GRAPHS; i++)
      any |= f->there[s][p][o][i];
    OK(yutu_batch_has(batch, &q, false, &has, &err));
    assert_int_equal(has, f->there[s][p][o][g]);
    OK(yutu_batch_has(batch, &q, true, &has, &err));
    assert_int_equal(has, any);
  } else if (rnd(f, 100) < chance_of_adding) {
    OK(yutu_batch_add(batch, &q, &err));
    f->there[s][p][o][g] = true;
  } else {
    OK(yutu_batch_remove(batch, &q, &err));
    f->there[s][p][o][g] = false;
  }
}

// ---- looking ----

static yutu_id find(yutu_snapshot *snapshot, const yutu_term *t) {
  yutu_id id = YUTU_ID_NONE;
  OK(yutu_term_find(snapshot, t, &id, &err));
  return id;
}

static bool same_term(const yutu_term *a, const yutu_term *b) {
  return a->kind == b->kind && yutu_slice_eq(a->value, b->value) && yutu_slice_eq(a->datatype, b->datatype) &&
         yutu_slice_eq(a->language, b->language);
}

/// How many answers the model gives; places whose bit is not in the mask are free.
static uint64_t count_in_model(const fixture *f, const unsigned key[4], unsigned mask, bool each_graph) {
  uint64_t n = 0;
  EACH_TRIPLE(s, p, o) {
    if ((mask & 1 && s != key[0]) || (mask & 2 && p != key[1]) || (mask & 4 && o != key[2]))
      continue;
    unsigned graphs = 0;
    for (unsigned g = 0; g < GRAPHS; g++)
      if (!(mask & 8) || g == key[3])
        graphs += f->there[s][p][o][g];
    n += (mask & 8) || each_graph ? graphs : graphs > 0;
  }
  return n;
}

static void check_pattern(fixture *f, yutu_snapshot *snapshot, unsigned mask, bool each_graph) {
  const unsigned key[4] = {rnd(f, SUBJECTS), rnd(f, PREDICATES), rnd(f, OBJECTS), rnd(f, GRAPHS)};
  const yutu_quad q = quad(key[0], key[1], key[2], key[3]);
  const yutu_term *const terms[4] = {&q.s, &q.p, &q.o, &q.g};
  const uint64_t expected = count_in_model(f, key, mask, each_graph);
  yutu_id ids[4] = {0, 0, 0, 0};
  for (int i = 0; i < 4; i++) {
    if (mask >> i & 1 && (ids[i] = find(snapshot, terms[i])) == YUTU_ID_NONE) {
      assert_int_equal(expected, 0);
      return;
    }
  }
  const yutu_pattern pattern = {ids[0], ids[1], ids[2], ids[3], each_graph, YUTU_ORDER_ANY};
  yutu_cursor *cursor = NULL;
  yutu_quad_ids found;
  uint64_t n = 0;
  OK(yutu_cursor_open(snapshot, &pattern, &cursor, &err));
  while (yutu_cursor_next(cursor, &found)) {
    assert_true(yutu_snapshot_has(snapshot, &found));
    for (int i = 0; i < 3; i++) {
      yutu_term t, again;
      const yutu_id id = i == 0 ? found.s : i == 1 ? found.p : found.o;
      OK(yutu_term_get(snapshot, id, &t, &err));
      assert_int_equal(find(snapshot, &t), id);
      OK(yutu_term_get(snapshot, id, &again, &err));
      assert_true(same_term(&t, &again));
      if (mask >> i & 1)
        assert_true(same_term(&t, terms[i]));
    }
    n++;
  }
  assert_false(yutu_cursor_next(cursor, &found));
  yutu_cursor_close(cursor);
  assert_int_equal(n, expected);
  assert_int_equal(yutu_snapshot_estimate(snapshot, &pattern), expected);
}

static void check_all(fixture *f, yutu_snapshot *snapshot) {
  static const unsigned none[4] = {0, 0, 0, 0};
  yutu_store_stats stats;
  uint64_t graphs = 0;
  for (unsigned mask = 0; mask < 16; mask++) {
    check_pattern(f, snapshot, mask, false);
    check_pattern(f, snapshot, mask, true);
  }
  OK(yutu_snapshot_stats(snapshot, &stats, &err));
  assert_int_equal(stats.quads, count_in_model(f, none, 0, true));
  assert_int_equal(stats.triples, count_in_model(f, none, 0, false));
  for (yutu_id g = 0; (g = yutu_snapshot_next_graph(snapshot, g)) != YUTU_ID_NONE; graphs++) {
    yutu_term t;
    OK(yutu_term_get(snapshot, g, &t, &err));
    assert_int_equal(t.kind, YUTU_TERM_IRI);
  }
  assert_int_equal(stats.graphs, graphs);
  for (unsigned p = 0; p < PREDICATES; p++) {
    const unsigned key[4] = {0, p, 0, 0};
    const yutu_term t = term((int)p, false);
    yutu_predicate_stats of_p;
    yutu_snapshot_predicate(snapshot, find(snapshot, &t), &of_p);
    assert_int_equal(of_p.quads, count_in_model(f, key, 2, true));
    assert_int_equal(of_p.triples, count_in_model(f, key, 2, false));
    uint64_t subjects = 0, objects = 0;
    for (unsigned s = 0; s < SUBJECTS; s++)
      subjects += count_in_model(f, (const unsigned[4]){s, p, 0, 0}, 3, true) > 0;
    for (unsigned o = 0; o < OBJECTS; o++)
      objects += count_in_model(f, (const unsigned[4]){0, p, o, 0}, 6, true) > 0;
    assert_int_equal(of_p.distinct_subjects, subjects);
    assert_int_equal(of_p.distinct_objects, objects);
  }
}

static void test_random_changes(void **state) {
  fixture *f = *state;
  for (int round = 0; round < 120; round++) {
    yutu_batch *batch = NULL;
    yutu_snapshot *snapshot = NULL;
    bool before[SUBJECTS][PREDICATES][OBJECTS][GRAPHS];
    memcpy(before, f->there, sizeof before);
    OK(yutu_batch_begin(f->store, &batch, &err));
    if (round % 2)
      batch->most_ops = 1 + rnd(f, 60); // changes are written in between, or go through runs
    if (round % 4 > 1)
      OK(yutu_dictionary_limit(batch->dictionary, 3, &err)); // hashes are written in between
    if (round % 20 == 19) {
      OK(yutu_batch_clear(batch, &err));
      memset(f->there, 0, sizeof f->there);
    }
    static const unsigned chances[] = {30, 60, 90};
    const unsigned chance = chances[rnd(f, 3)], n = rnd(f, 400);
    for (unsigned i = 0; i < n; i++)
      change(f, batch, chance);
    if (round % 3 == 0) {
      OK(yutu_batch_snapshot(batch, &snapshot, &err));
      check_all(f, snapshot);
      for (unsigned i = 0; i < n / 4; i++)
        change(f, batch, chance);
    }
    if (round % 5 == 4) {
      yutu_batch_abort(batch);
      memcpy(f->there, before, sizeof before);
    } else {
      OK(yutu_batch_commit(batch, &err));
    }
    OK(yutu_store_check(f->store, &err));
    OK(yutu_snapshot_open(f->store, &snapshot, &err));
    check_all(f, snapshot);
    yutu_snapshot_close(snapshot);
  }
}

// ---- orders and seeking ----

static uint64_t part(const yutu_quad_ids *q, char place) {
  return place == 's' ? q->s : place == 'p' ? q->p : place == 'o' ? q->o : q->g;
}

static int compare_in_order(const yutu_quad_ids *a, const yutu_quad_ids *b, const char *order) {
  for (; *order; order++)
    if (part(a, *order) != part(b, *order))
      return part(a, *order) < part(b, *order) ? -1 : 1;
  return 0;
}

/// The first place of the order that the pattern leaves free, 0 when it leaves none.
static char first_free(const yutu_pattern *p, const char *order) {
  const yutu_quad_ids bound = {p->s, p->p, p->o, p->g};
  while (*order && part(&bound, *order) != 0)
    order++;
  return *order == 'g' && !p->each_graph ? '\0' : *order;
}

static void seek_all(yutu_snapshot *snapshot, const yutu_pattern *pattern, const yutu_quad_ids *all, size_t n,
                     char place) {
  yutu_cursor *cursor = NULL;
  OK(yutu_cursor_open(snapshot, pattern, &cursor, &err));
  for (size_t from = 0; from < n; from += 1 + n / 9) {
    for (int beyond = 0; beyond < 2; beyond++) {
      const yutu_id target = part(&all[from], place) + (yutu_id)beyond;
      size_t expected = from / 2; // the cursor has given some already
      OK(yutu_cursor_reset(cursor, pattern, &err));
      yutu_quad_ids found;
      for (size_t i = 0; i < expected; i++)
        assert_true(yutu_cursor_next(cursor, &found));
      while (expected < n && part(&all[expected], place) < target)
        expected++;
      const bool has = yutu_cursor_seek(cursor, target, &found);
      assert_int_equal(has, expected < n);
      if (has)
        assert_memory_equal(&found, &all[expected], sizeof found);
      if (has && expected + 1 < n) {
        assert_true(yutu_cursor_next(cursor, &found));
        assert_memory_equal(&found, &all[expected + 1], sizeof found);
      }
    }
  }
  yutu_cursor_close(cursor);
}

static const char *const orders[] = {"", "spog", "posg", "ospg", "gspo", "gpos", "gosp"};

/// `order` without the places that are bound.
static void without_bound(const yutu_pattern *pattern, const char *order, char ret[5]) {
  const yutu_quad_ids bound = {pattern->s, pattern->p, pattern->o, pattern->g};
  for (; *order; order++)
    if (part(&bound, *order) == 0)
      *ret++ = *order;
  *ret = '\0';
}

/// Is there an index that has the bound places first, in whatever order, and then the free ones in the order asked for?
/// In the union of graphs the graph must come last.
static bool can_be_served(const yutu_pattern *pattern) {
  char wanted[5];
  without_bound(pattern, orders[pattern->order], wanted);
  for (int i = 1; i <= 6; i++) {
    const size_t n_bound = 4 - strlen(wanted);
    char rest[5];
    without_bound(pattern, orders[i] + n_bound, rest);
    if (strcmp(rest, wanted) == 0 && (pattern->g || pattern->each_graph || orders[i][3] == 'g'))
      return true;
  }
  return false;
}

static void check_order(yutu_snapshot *snapshot, yutu_pattern pattern) {
  static yutu_quad_ids all[20000];
  const char *order = orders[pattern.order];
  yutu_cursor *cursor = NULL;
  yutu_error err = {0};
  size_t n = 0;
  if (yutu_cursor_open(snapshot, &pattern, &cursor, &err) != YUTU_OK) {
    assert_int_equal(err.code, YUTU_ERR_USAGE);
    assert_false(can_be_served(&pattern));
    return;
  }
  assert_true(can_be_served(&pattern));
  while (n < 20000 && yutu_cursor_next(cursor, &all[n])) {
    if (n > 0)
      assert_true(compare_in_order(&all[n - 1], &all[n], order) < 0);
    n++;
  }
  yutu_cursor_close(cursor);
  assert_true(n < 20000);
  yutu_pattern any = pattern;
  any.order = YUTU_ORDER_ANY;
  assert_int_equal(yutu_snapshot_estimate(snapshot, &any) >= n / 2, 1);
  const char place = first_free(&pattern, order);
  if (place && n > 0)
    seek_all(snapshot, &pattern, all, n, place);
}

/// Some thousand quads, so that there are many blocks, and triples with many graphs.
static void fill(fixture *f) {
  yutu_batch *batch = NULL;
  OK(yutu_batch_begin(f->store, &batch, &err));
  for (int i = 0; i < 9000; i++) {
    char s[40], o[40], g[40];
    const unsigned wide = rnd(f, 10);
    snprintf(s, sizeof s, "http://example.org/s/%u", wide == 0 ? 0 : rnd(f, 200));
    snprintf(o, sizeof o, "%u", wide == 0 ? 0 : rnd(f, 50));
    snprintf(g, sizeof g, "http://example.org/g/%u", rnd(f, wide == 0 ? 3000 : 40));
    yutu_quad q = {yutu_iri(yutu_slice_of(s)), term(wide ? (int)rnd(f, PREDICATES) : 0, false),
                   yutu_typed(yutu_slice_of(o), YUTU_SLICE(XSD "integer")), yutu_iri(yutu_slice_of(g))};
    OK(yutu_batch_add(batch, &q, &err));
  }
  OK(yutu_batch_commit(batch, &err));
  OK(yutu_store_check(f->store, &err));
}

static void test_orders(void **state) {
  fixture *f = *state;
  yutu_snapshot *snapshot = NULL;
  yutu_cursor *cursor = NULL;
  yutu_quad_ids some = {0, 0, 0, 0};
  fill(f);
  OK(yutu_snapshot_open(f->store, &snapshot, &err));
  OK(yutu_cursor_open(snapshot, &(yutu_pattern){.each_graph = true}, &cursor, &err));
  for (int i = 0; i < 700; i++)
    yutu_cursor_next(cursor, &some);
  yutu_cursor_close(cursor);
  for (unsigned mask = 0; mask < 16; mask++)
    for (int order = YUTU_ORDER_SPO; order <= YUTU_ORDER_GOSP; order++)
      for (int each = 0; each < 2; each++)
        check_order(snapshot, (yutu_pattern){mask & 1 ? some.s : 0, mask & 2 ? some.p : 0, mask & 4 ? some.o : 0,
                                             mask & 8 ? some.g : 0, each, (yutu_order)order});
  yutu_snapshot_close(snapshot);
}

static void test_foreign_ids(void **state) {
  fixture *f = *state;
  yutu_snapshot *snapshot = NULL;
  yutu_cursor *cursor = NULL;
  yutu_quad_ids found;
  yutu_term t;
  fill(f);
  OK(yutu_snapshot_open(f->store, &snapshot, &err));
  static const yutu_id ids[] = {UINT64_C(1) << 63, UINT64_MAX, YUTU_ID_MASK, 5};
  for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
    OK(yutu_cursor_open(snapshot, &(yutu_pattern){.s = ids[i]}, &cursor, &err));
    assert_false(yutu_cursor_next(cursor, &found));
    yutu_cursor_close(cursor);
    assert_int_equal(yutu_term_get(snapshot, ids[i], &t, NULL), YUTU_ERR_USAGE);
  }
  yutu_snapshot_close(snapshot);
}

int main(void) {
  static char in_folder[] = "", in_memory[] = "memory:";
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_prestate_setup_teardown(test_random_changes, set_up, tear_down, in_folder),
      cmocka_unit_test_prestate_setup_teardown(test_random_changes, set_up, tear_down, in_memory),
      cmocka_unit_test_prestate_setup_teardown(test_orders, set_up, tear_down, in_folder),
      cmocka_unit_test_prestate_setup_teardown(test_orders, set_up, tear_down, in_memory),
      cmocka_unit_test_prestate_setup_teardown(test_foreign_ids, set_up, tear_down, in_memory),
  };
  return cmocka_run_group_tests_name("graph_store", tests, NULL, NULL);
}
