// What our storage promises beyond librdf's: a set, transactions, streams that go on, folders.
#include "tests/unit/test_graph_store_librdf.h"

static void test_set(void **state) {
  fixture *f = *state;
  add(f, NULL, "a", "p", "x");
  add(f, NULL, "a", "p", "x");
  add(f, "g1", "a", "p", "x");
  add(f, "g1", "a", "p", "x");
  add(f, "g2", "a", "p", "x");
  assert_int_equal(librdf_model_size(f->model), 3);
  assert_int_equal(count_stream(librdf_model_as_stream(f->model)), 3);
  assert_int_equal(count(f, NULL, "a", NULL, NULL), 1);
  assert_int_equal(count(f, NULL, NULL, NULL, NULL), 1);
  assert_int_equal(count(f, "g1", NULL, NULL, NULL), 1);
  librdf_node *x = iri(f, "x"), *a = iri(f, "a"), *p = iri(f, "p");
  assert_int_equal(count_nodes(librdf_model_get_sources(f->model, p, x)), 1);
  assert_int_equal(take_out(f, NULL, "a", "p", "x"),
                   0); // of the default graph only
  assert_true(contains(f, "a", "p", "x"));
  assert_int_equal(take_out(f, "g1", "a", "p", "x"), 0);
  assert_int_equal(take_out(f, "g2", "a", "p", "x"), 0);
  assert_int_equal(take_out(f, "g2", "a", "p", "x"),
                   0); // not there any more: no failure
  assert_false(contains(f, "a", "p", "x"));
  assert_int_equal(librdf_model_size(f->model), 0);
  librdf_free_node(x);
  librdf_free_node(a);
  librdf_free_node(p);
}

static void test_distinct_arcs(void **state) {
  fixture *f = *state;
  add(f, NULL, "a", "p", "x");
  add(f, "g", "a", "p", "y");
  add(f, "g", "a", "q", "x");
  add(f, "g", "b", "q", "x");
  add(f, "h", "c", "q", "x");
  librdf_node *a = iri(f, "a"), *x = iri(f, "x"), *none = iri(f, "none");
  assert_int_equal(count_nodes(librdf_model_get_arcs_out(f->model, a)), 2);
  assert_int_equal(count_nodes(librdf_model_get_arcs_in(f->model, x)), 2);
  assert_int_equal(count_nodes(librdf_model_get_arcs_in(f->model, none)), 0);
  librdf_free_node(a);
  librdf_free_node(x);
  librdf_free_node(none);
}

static int count_with(fixture *f, const char *o, const char *options) {
  librdf_statement *st = statement(f, NULL, NULL, o);
  librdf_hash *hash = librdf_new_hash_from_string(f->world, NULL, options);
  const int n = count_stream(librdf_model_find_statements_with_options(f->model, st, NULL, hash));
  librdf_free_hash(hash);
  librdf_free_statement(st);
  return n;
}

static void test_options(void **state) {
  fixture *f = *state;
  add(f, "g1", "a", "p", "'the quick fox");
  add(f, "g2", "a", "p", "'the quick fox");
  add(f, "g2", "b", "p", "'quick");
  add(f, "g2", "b", "p", "quick");
  assert_int_equal(count_with(f, "'quick", "match-substring='yes'"), 2);
  assert_int_equal(count_with(f, "'quick", "match-substring='yes',each-context='yes'"), 3);
  assert_int_equal(count_with(f, "'quick", "match-substring='no'"), 1);
  assert_int_equal(count_with(f, "'wolf", "match-substring='yes'"), 0);
  assert_int_equal(count_with(f, NULL, "each-context='yes'"), 4);
}

static void test_transactions(void **state) {
  fixture *f = *state;
  int handle;
  add(f, NULL, "before", "p", "x");
  assert_int_equal(librdf_model_transaction_start(f->model), 0);
  assert_int_not_equal(librdf_model_transaction_start(f->model), 0);
  assert_true(strstr(yutu_librdf_error(f->storage)->message, "transaction") != NULL);
  add(f, NULL, "a", "p", "x");
  assert_true(contains(f, "a", "p", "x"));
  assert_int_equal(take_out(f, NULL, "before", "p", "x"), 0);
  assert_int_equal(librdf_model_size(f->model), 1);
  assert_int_equal(librdf_model_transaction_rollback(f->model), 0);
  assert_false(contains(f, "a", "p", "x"));
  assert_true(contains(f, "before", "p", "x"));
  assert_int_not_equal(librdf_model_transaction_rollback(f->model), 0);
  assert_int_not_equal(librdf_model_transaction_commit(f->model), 0);
  assert_int_equal(librdf_model_transaction_start_with_handle(f->model, &handle), 0);
  assert_ptr_equal(librdf_model_transaction_get_handle(f->model), &handle);
  add(f, NULL, "b", "p", "x");
  assert_int_equal(librdf_model_transaction_commit(f->model), 0);
  assert_null(librdf_model_transaction_get_handle(f->model));
  assert_true(contains(f, "b", "p", "x"));
  assert_int_equal(librdf_model_size(f->model), 2);
}

static void add_many(fixture *f, int from, int to) {
  for (int i = from; i < to; i++) {
    char name[16];
    snprintf(name, sizeof name, "n%05d", i);
    add(f, i % 3 ? "g" : NULL, name, "p", "x");
  }
}

/// A stream goes on while its storage changes under it: each thing that was there all the time is given exactly once.
static void test_streams_survive(void **state) {
  fixture *f = *state;
  enum { N = 600 };
  static const char *const what[] = {"nothing", "add", "sync", "rollback", "sync and add"};
  for (size_t k = 0; k < sizeof what / sizeof *what; k++) {
    for (int uncommitted = 0; uncommitted < 2; uncommitted++) {
      add_many(f, 0, N);
      assert_int_equal(librdf_model_sync(f->model), 0);
      if (uncommitted) // the stream reads from a batch then
        add_many(f, N, N + 10);
      librdf_node *p = iri(f, "p"), *x = iri(f, "x");
      librdf_statement *all = librdf_new_statement_from_nodes(f->world, NULL, p, x);
      librdf_stream *stream = librdf_model_find_statements(f->model, all);
      bool seen[N] = {false};
      for (int i = 0; !librdf_stream_end(stream); librdf_stream_next(stream), i++) {
        librdf_node *s = librdf_statement_get_subject(librdf_stream_get_object(stream));
        const int number = atoi((const char *)librdf_uri_as_string(librdf_node_get_uri(s)) + strlen(NS) + 1);
        if (number < N) {
          assert_false(seen[number]);
          seen[number] = true;
        }
        if (i % 100 != 50)
          continue;
        if (k == 1 || k == 4)
          add_many(f, 2 * N + i, 2 * N + i + 20);
        if (k == 2 || k == 4)
          assert_int_equal(librdf_model_sync(f->model), 0);
        if (k == 3 && uncommitted == 0) {
          assert_int_equal(librdf_model_transaction_start(f->model), 0);
          add_many(f, 3 * N, 3 * N + 20);
          assert_int_equal(librdf_model_transaction_rollback(f->model), 0);
        }
      }
      librdf_free_stream(stream);
      librdf_free_statement(all);
      for (int i = 0; i < N; i++)
        assert_true(seen[i]);
    }
  }
}

static void test_ask_and_add(void **state) {
  fixture *f = *state;
  for (int round = 0; round < 2; round++) {
    for (int i = 0; i < 500; i++) {
      char name[16];
      snprintf(name, sizeof name, "n%d", i * 7 % 300);
      const bool known = contains(f, name, "p", "x");
      assert_int_equal(known, round == 1 || i >= 300);
      if (!known)
        add(f, i % 2 ? "g" : NULL, name, "p", "x");
    }
    assert_int_equal(librdf_model_size(f->model), 300);
  }
  assert_int_equal(yutu_store_check(yutu_librdf_store(f->storage), NULL), YUTU_OK);
}

static void test_comes_back(void **state) {
  fixture *f = *state;
  add(f, "g", "a", "p", "'深圳");
  add(f, NULL, "a", "p", "_b");
  librdf_free_model(f->model); // closes, and so commits
  librdf_free_storage(f->storage);
  librdf_free_world(f->world);
  open_model(f);
  assert_int_equal(librdf_model_size(f->model), 2);
  assert_int_equal(count(f, "g", NULL, NULL, "'深圳"), 1);
  assert_int_equal(count(f, NULL, NULL, NULL, "_b"), 1);
  assert_int_equal(librdf_model_transaction_start(f->model),
                   0); // not committed: gone
  add(f, NULL, "a", "p", "x");
  close_model(f);
  open_model(f);
  assert_int_equal(librdf_model_size(f->model), 2);
}

static void test_twice_in_a_process(void **state) {
  fixture *f = *state;
  char options[128];
  snprintf(options, sizeof options, "dir='%s'", f->folder);
  librdf_storage *second = librdf_new_storage(f->world, "yutu", NULL, options);
  assert_non_null(second);
  assert_int_not_equal(librdf_storage_open(second, NULL), 0);
  assert_true(strstr(yutu_librdf_error(second)->message, "already open") != NULL);
  librdf_free_storage(second);
  librdf_storage *clone = librdf_new_storage_from_storage(f->storage);
  assert_non_null(clone);
  add(f, NULL, "a", "p", "x");
  librdf_model_sync(f->model);
  assert_int_equal(librdf_storage_open(clone, NULL), 0);
  assert_int_equal(librdf_storage_size(clone), 1);
  librdf_free_storage(clone);
  assert_true(contains(f, "a", "p", "x"));
}

static void test_beside_the_native_interface(void **state) {
  fixture *f = *state;
  add(f, "g", "a", "p", "x");
  librdf_model_sync(f->model);
  yutu_store *store = yutu_librdf_store(f->storage);
  librdf_storage *second = yutu_librdf_storage(f->world, store);
  assert_non_null(second);
  librdf_model *model = librdf_new_model(f->world, second, NULL);
  assert_int_equal(librdf_model_size(model), 1);
  yutu_error err = {0};
  yutu_batch *batch;
  yutu_quad quad = {.s = yutu_iri(YUTU_SLICE(NS "a")),
                    .p = yutu_iri(YUTU_SLICE(NS "p")),
                    .o = yutu_text(YUTU_SLICE("深圳"), YUTU_SLICE("zh"))};
  assert_int_equal(yutu_batch_begin(store, &batch, &err), YUTU_OK);
  assert_int_equal(yutu_batch_add(batch, &quad, &err), YUTU_OK);
  assert_int_equal(yutu_batch_commit(batch, &err), YUTU_OK);
  assert_int_equal(librdf_model_size(model), 2);
  assert_int_equal(librdf_model_size(f->model), 2);
  librdf_free_model(model);
  librdf_free_storage(second);
}

static void test_new(void **state) {
  fixture *f = *state;
  add(f, NULL, "a", "p", "x");
  librdf_free_model(f->model);
  librdf_free_storage(f->storage);
  char options[128];
  snprintf(options, sizeof options, "dir='%s',new='yes'", f->folder);
  f->storage = librdf_new_storage(f->world, "yutu", NULL, options);
  f->model = librdf_new_model(f->world, f->storage, NULL);
  assert_int_equal(librdf_model_size(f->model), 0);
  add(f, NULL, "b", "p", "x");
  assert_int_equal(librdf_model_size(f->model), 1);
  assert_int_equal(librdf_model_sync(f->model), 0);
  assert_int_equal(yutu_store_check(yutu_librdf_store(f->storage), NULL), YUTU_OK);
  librdf_free_model(f->model);
  librdf_free_storage(f->storage);
  snprintf(options, sizeof options, "dir='%s',write='no'", f->folder);
  f->storage = librdf_new_storage(f->world, "yutu", NULL, options);
  f->model = librdf_new_model(f->world, f->storage, NULL);
  assert_true(contains(f, "b", "p", "x"));
  librdf_statement *st = statement(f, "c", "p", "x");
  assert_int_not_equal(librdf_model_add_statement(f->model, st), 0);
  librdf_free_statement(st);
}

static const storage_test tests[] = {
    {"set", test_set, false},
    {"distinct arcs", test_distinct_arcs, false},
    {"options", test_options, false},
    {"transactions", test_transactions, false},
    {"streams survive", test_streams_survive, false},
    {"ask and add", test_ask_and_add, false},
    {"comes back", test_comes_back, true},
    {"twice in a process", test_twice_in_a_process, true},
    {"beside the native interface", test_beside_the_native_interface, false},
    {"new and read-only", test_new, true},
};

int main(void) {
  return run_on_storages("graph_store_librdf_own", tests, sizeof tests / sizeof *tests, OUR_BACKENDS);
}
