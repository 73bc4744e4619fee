// One suite over every storage: ours in a folder and in memory, and librdf's own "memory" where its behaviour is sound.
#include "graph/librdf_storage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct {
  const char *name, *storage, *options;
  bool in_folder, ours;
} backend;

static const backend backends[] = {
    {"yutu folder", "yutu", NULL, true, true},
    {"yutu memory", "yutu", NULL, false, true},
    {"librdf memory", "memory", "contexts='yes'", false, false},
};

enum { BACKENDS = sizeof backends / sizeof *backends };

typedef struct {
  const backend *backend;
  char folder[64];
  librdf_world *world;
  librdf_storage *storage;
  librdf_model *model;
} fixture;

#define NS "http://example.org/ns#"

static int quiet(void *user_data, librdf_log_message *message) {
  (void)user_data, (void)message;
  return 1;
}

static void open_model(fixture *f) {
  char options[128] = "";
  if (f->backend->in_folder)
    snprintf(options, sizeof options, "dir='%s',sync='no'", f->folder);
  else if (f->backend->options)
    snprintf(options, sizeof options, "%s", f->backend->options);
  f->world = librdf_new_world();
  librdf_world_open(f->world);
  librdf_world_set_logger(f->world, NULL, quiet);
  assert_int_equal(yutu_librdf_register(f->world), 0);
  assert_int_equal(yutu_librdf_register(f->world), 0);
  f->storage = librdf_new_storage(f->world, f->backend->storage, NULL, *options ? options : NULL);
  assert_non_null(f->storage);
  f->model = librdf_new_model(f->world, f->storage, NULL);
  assert_non_null(f->model);
}

static void close_model(fixture *f) {
  librdf_free_model(f->model);
  librdf_free_storage(f->storage);
  librdf_free_world(f->world);
}

static int set_up(void **state) {
  fixture *f = calloc(1, sizeof *f);
  f->backend = *state;
  strcpy(f->folder, "librdf-store-XXXXXX");
  if (!mkdtemp(f->folder))
    return -1;
  open_model(f);
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  static const char *const files[] = {"quads.mdb", "quads.mdb-lock", "yutu.store"};
  close_model(f);
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    char path[96];
    snprintf(path, sizeof path, "%s/%s", f->folder, files[i]);
    unlink(path);
  }
  rmdir(f->folder);
  free(f);
  return 0;
}

// ---- short forms ----

static librdf_node *iri(fixture *f, const char *name) {
  char text[128];
  snprintf(text, sizeof text, NS "%s", name);
  return librdf_new_node_from_uri_string(f->world, (const unsigned char *)text);
}

/// "x" is the IRI ns#x, "'x" a literal, "_x" a blank node, NULL nothing.
static librdf_node *node(fixture *f, const char *what) {
  if (!what)
    return NULL;
  if (*what == '\'')
    return librdf_new_node_from_literal(f->world, (const unsigned char *)what + 1, NULL, 0);
  if (*what == '_')
    return librdf_new_node_from_blank_identifier(f->world, (const unsigned char *)what + 1);
  return iri(f, what);
}

static librdf_statement *statement(fixture *f, const char *s, const char *p, const char *o) {
  return librdf_new_statement_from_nodes(f->world, node(f, s), node(f, p), node(f, o));
}

static void add(fixture *f, const char *g, const char *s, const char *p, const char *o) {
  librdf_statement *st = statement(f, s, p, o);
  librdf_node *context = node(f, g);
  if (context)
    assert_int_equal(librdf_model_context_add_statement(f->model, context, st), 0);
  else
    assert_int_equal(librdf_model_add_statement(f->model, st), 0);
  if (context)
    librdf_free_node(context);
  librdf_free_statement(st);
}

static int take_out(fixture *f, const char *g, const char *s, const char *p, const char *o) {
  librdf_statement *st = statement(f, s, p, o);
  librdf_node *context = node(f, g);
  const int status = context ? librdf_model_context_remove_statement(f->model, context, st)
                             : librdf_model_remove_statement(f->model, st);
  if (context)
    librdf_free_node(context);
  librdf_free_statement(st);
  return status;
}

static bool contains(fixture *f, const char *s, const char *p, const char *o) {
  librdf_statement *st = statement(f, s, p, o);
  const bool has = librdf_model_contains_statement(f->model, st);
  librdf_free_statement(st);
  return has;
}

static int count_stream(librdf_stream *stream) {
  int n = 0;
  assert_non_null(stream);
  for (; !librdf_stream_end(stream); librdf_stream_next(stream)) {
    assert_non_null(librdf_stream_get_object(stream));
    n++;
  }
  librdf_free_stream(stream);
  return n;
}

static int count_nodes(librdf_iterator *it) {
  int n = 0;
  assert_non_null(it);
  for (; !librdf_iterator_end(it); librdf_iterator_next(it)) {
    assert_non_null(librdf_iterator_get_object(it));
    n++;
  }
  librdf_free_iterator(it);
  return n;
}

static int count(fixture *f, const char *g, const char *s, const char *p, const char *o) {
  librdf_statement *st = statement(f, s, p, o);
  librdf_node *context = node(f, g);
  const int n = count_stream(context ? librdf_model_find_statements_in_context(f->model, st, context)
                                     : librdf_model_find_statements(f->model, st));
  if (context)
    librdf_free_node(context);
  librdf_free_statement(st);
  return n;
}

// ---- every storage ----

static void test_add_contains_remove(void **state) {
  fixture *f = *state;
  assert_int_equal(librdf_model_size(f->model), 0);
  assert_false(contains(f, "a", "p", "b"));
  add(f, NULL, "a", "p", "b");
  assert_true(contains(f, "a", "p", "b"));
  assert_false(contains(f, "a", "p", "c"));
  assert_false(contains(f, "b", "p", "a"));
  assert_int_equal(librdf_model_size(f->model), 1);
  add(f, NULL, "a", "p", "'b");
  assert_int_equal(librdf_model_size(f->model), 2);
  assert_int_equal(take_out(f, NULL, "a", "p", "b"), 0);
  assert_false(contains(f, "a", "p", "b"));
  assert_true(contains(f, "a", "p", "'b"));
  assert_int_equal(librdf_model_size(f->model), 1);
}

static void test_patterns(void **state) {
  fixture *f = *state;
  static const struct {
    const char *s, *p, *o;
    int n;
  } rows[] = {
      {NULL, NULL, NULL, 6}, {"a", NULL, NULL, 4}, {NULL, "p", NULL, 4}, {NULL, NULL, "x", 3},
      {"a", "p", NULL, 2},   {"a", NULL, "x", 2},  {NULL, "p", "x", 2},  {"a", "p", "x", 1},
      {"c", NULL, NULL, 0},  {"a", "r", NULL, 0},  {"b", "q", "x", 0},   {"never", "seen", "before", 0},
  };
  add(f, NULL, "a", "p", "x");
  add(f, NULL, "a", "p", "y");
  add(f, NULL, "a", "q", "x");
  add(f, NULL, "a", "q", "'x");
  add(f, NULL, "b", "p", "x");
  add(f, NULL, "_n", "p", "y");
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    assert_int_equal(count(f, NULL, rows[i].s, rows[i].p, rows[i].o), rows[i].n);
  assert_int_equal(count_stream(librdf_model_as_stream(f->model)), 6);
}

static void test_nodes(void **state) {
  fixture *f = *state;
  add(f, NULL, "a", "p", "x");
  add(f, NULL, "b", "p", "x");
  add(f, NULL, "a", "q", "x");
  add(f, NULL, "a", "q", "y");
  librdf_node *a = iri(f, "a"), *b = iri(f, "b"), *p = iri(f, "p"), *q = iri(f, "q"), *x = iri(f, "x");
  assert_int_equal(count_nodes(librdf_model_get_sources(f->model, p, x)), 2);
  assert_int_equal(count_nodes(librdf_model_get_arcs(f->model, a, x)), 2);
  assert_int_equal(count_nodes(librdf_model_get_targets(f->model, a, q)), 2);
  assert_int_equal(count_nodes(librdf_model_get_targets(f->model, b, q)), 0);
  assert_true(librdf_model_has_arc_in(f->model, x, p));
  assert_false(librdf_model_has_arc_in(f->model, a, p));
  assert_true(librdf_model_has_arc_out(f->model, b, p));
  assert_false(librdf_model_has_arc_out(f->model, b, q));
  librdf_node *found = librdf_model_get_target(f->model, b, p);
  assert_true(librdf_node_equals(found, x));
  librdf_free_node(found);
  librdf_node *const all[] = {a, b, p, q, x};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    librdf_free_node(all[i]);
}

static void test_contexts(void **state) {
  fixture *f = *state;
  add(f, "g1", "a", "p", "x");
  add(f, "g1", "a", "p", "y");
  add(f, "g2", "a", "p", "z");
  add(f, NULL, "a", "p", "w");
  librdf_node *g1 = iri(f, "g1"), *g2 = iri(f, "g2"), *g3 = iri(f, "g3");
  assert_int_equal(librdf_model_size(f->model), 4);
  assert_int_equal(count(f, NULL, "a", NULL, NULL), 4);
  assert_int_equal(count(f, "g1", "a", NULL, NULL), 2);
  assert_int_equal(count(f, "g2", NULL, "p", NULL), 1);
  assert_int_equal(count(f, "g2", NULL, NULL, "x"), 0);
  assert_int_equal(count(f, "g1", NULL, NULL, NULL), 2);
  assert_int_equal(count_stream(librdf_model_context_as_stream(f->model, g1)), 2);
  assert_int_equal(count_nodes(librdf_model_get_contexts(f->model)), 2);
  assert_true(librdf_model_contains_context(f->model, g1));
  assert_false(librdf_model_contains_context(f->model, g3));
  assert_true(contains(f, "a", "p", "z"));
  assert_int_equal(take_out(f, "g1", "a", "p", "x"), 0);
  assert_int_equal(count(f, "g1", NULL, NULL, NULL), 1);
  assert_int_equal(librdf_model_context_remove_statements(f->model, g1), 0);
  assert_int_equal(count_stream(librdf_model_as_stream(f->model)), 2);
  assert_false(contains(f, "a", "p", "y"));
  assert_true(contains(f, "a", "p", "z"));
  librdf_free_node(g1);
  librdf_free_node(g2);
  librdf_free_node(g3);
}

static void test_context_of_statements(void **state) {
  fixture *f = *state;
  add(f, "g1", "a", "p", "x");
  add(f, "g2", "a", "p", "y");
  add(f, NULL, "a", "p", "z");
  int seen = 0;
  librdf_stream *stream = librdf_model_as_stream(f->model);
  for (; !librdf_stream_end(stream); librdf_stream_next(stream)) {
    librdf_node *context = librdf_stream_get_context2(stream);
    librdf_node *object = librdf_statement_get_object(librdf_stream_get_object(stream));
    const char *o = (const char *)librdf_uri_as_string(librdf_node_get_uri(object)) + strlen(NS);
    const char *g = context ? (const char *)librdf_uri_as_string(librdf_node_get_uri(context)) + strlen(NS) : "";
    assert_string_equal(g, *o == 'x' ? "g1" : *o == 'y' ? "g2" : "");
    seen++;
  }
  librdf_free_stream(stream);
  assert_int_equal(seen, 3);
}

static librdf_node *literal(fixture *f, const char *text, size_t n, const char *language, const char *type) {
  librdf_uri *uri = type ? librdf_new_uri(f->world, (const unsigned char *)type) : NULL;
  librdf_node *result = librdf_new_node_from_typed_counted_literal(f->world, (const unsigned char *)text, n, language,
                                                                   language ? strlen(language) : 0, uri);
  if (uri)
    librdf_free_uri(uri);
  return result;
}

#define XSD "http://www.w3.org/2001/XMLSchema#"

static void test_literals_come_back(void **state) {
  fixture *f = *state;
  char *large = malloc(100000);
  memset(large, 'x', 100000);
  large[99999] = '\0';
  const struct {
    const char *text, *language, *type;
  } rows[] = {
      {"", NULL, NULL},
      {"one\ntwo\t\"three\" \\", NULL, NULL},
      {"深圳市", "zh-hans", NULL},
      {"深圳市", "zh-hant", NULL},
      {"深圳市", NULL, NULL},
      {"𠮷 beyond the BMP 🙂", "ja", NULL},
      {"7", NULL, XSD "integer"},
      {"007", NULL, XSD "integer"},
      {"+7", NULL, XSD "integer"},
      {"-7", NULL, XSD "integer"},
      {"7", NULL, XSD "decimal"},
      {"7.0", NULL, XSD "decimal"},
      {"7.00", NULL, XSD "decimal"},
      {"-0.5", NULL, XSD "decimal"},
      {"99999999999999999999999999", NULL, XSD "integer"},
      {"true", NULL, XSD "boolean"},
      {"false", NULL, XSD "boolean"}, // raptor writes "true" for "1" before a storage sees it
      {"2020-11-17", NULL, XSD "date"},
      {"2020-11-17Z", NULL, XSD "date"},
      {"2020-02-30", NULL, XSD "date"},
      {"2018", NULL, XSD "gYear"},
      {"2018-01-01T00:00:00Z", NULL, XSD "dateTime"},
      {"anything", NULL, "http://example.org/a-type-of-its-own"},
      {large, "en", NULL},
  };
  enum { ROWS = sizeof rows / sizeof *rows };
  librdf_node *nodes[ROWS];
  for (int i = 0; i < ROWS; i++) {
    nodes[i] = literal(f, rows[i].text, strlen(rows[i].text), rows[i].language, rows[i].type);
    librdf_statement *st = librdf_new_statement_from_nodes(f->world, iri(f, "s"), iri(f, "p"),
                                                           librdf_new_node_from_node(nodes[i]));
    assert_int_equal(librdf_model_add_statement(f->model, st), 0);
    librdf_free_statement(st);
  }
  assert_int_equal(librdf_model_size(f->model), ROWS);
  bool seen[ROWS] = {false};
  librdf_node *s = iri(f, "s"), *p = iri(f, "p");
  librdf_iterator *it = librdf_model_get_targets(f->model, s, p);
  for (; !librdf_iterator_end(it); librdf_iterator_next(it))
    for (int i = 0; i < ROWS; i++)
      seen[i] |= librdf_node_equals(librdf_iterator_get_object(it), nodes[i]);
  librdf_free_iterator(it);
  for (int i = 0; i < ROWS; i++) {
    assert_true(seen[i]);
    librdf_free_node(nodes[i]);
  }
  librdf_free_node(s);
  librdf_free_node(p);
  free(large);
}

static void test_statements_may_be_kept(void **state) {
  fixture *f = *state;
  add(f, NULL, "a", "p", "x");
  add(f, NULL, "a", "p", "y");
  add(f, NULL, "a", "p", "z");
  librdf_statement *kept[3];
  int n = 0;
  librdf_stream *stream = librdf_model_as_stream(f->model);
  for (; !librdf_stream_end(stream); librdf_stream_next(stream))
    kept[n++] = librdf_new_statement_from_statement(librdf_stream_get_object(stream));
  librdf_free_stream(stream);
  assert_int_equal(n, 3);
  assert_false(librdf_statement_equals(kept[0], kept[1]));
  assert_false(librdf_statement_equals(kept[1], kept[2]));
  assert_false(librdf_statement_equals(kept[0], kept[2]));
  for (int i = 0; i < 3; i++)
    librdf_free_statement(kept[i]);
}

static void test_add_statements(void **state) {
  fixture *f = *state;
  librdf_storage *other = librdf_new_storage(f->world, "memory", NULL, NULL);
  librdf_model *model = librdf_new_model(f->world, other, NULL);
  librdf_statement *st = statement(f, "a", "p", "x");
  librdf_model_add_statement(model, st);
  librdf_free_statement(st);
  librdf_stream *stream = librdf_model_as_stream(model);
  assert_int_equal(librdf_model_add_statements(f->model, stream), 0);
  librdf_free_stream(stream);
  librdf_node *g = iri(f, "g");
  stream = librdf_model_as_stream(model);
  assert_int_equal(librdf_model_context_add_statements(f->model, g, stream), 0);
  librdf_free_stream(stream);
  librdf_free_node(g);
  librdf_free_model(model);
  librdf_free_storage(other);
  assert_int_equal(librdf_model_size(f->model), 2);
  assert_int_equal(count(f, "g", "a", NULL, NULL), 1);
}

static void test_feature(void **state) {
  fixture *f = *state;
  librdf_uri *feature = librdf_new_uri(f->world, (const unsigned char *)LIBRDF_MODEL_FEATURE_CONTEXTS);
  librdf_uri *other = librdf_new_uri(f->world, (const unsigned char *)"http://example.org/feature");
  librdf_node *value = librdf_storage_get_feature(f->storage, feature);
  assert_non_null(value);
  assert_string_equal((const char *)librdf_node_get_literal_value(value), "1");
  assert_null(librdf_storage_get_feature(f->storage, other));
  assert_true(librdf_storage_set_feature(f->storage, other, value) < 0);
  librdf_free_node(value);
  librdf_free_uri(feature);
  librdf_free_uri(other);
}

// ---- ours ----

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
  assert_int_equal(take_out(f, NULL, "a", "p", "x"), 0); // of the default graph only
  assert_true(contains(f, "a", "p", "x"));
  assert_int_equal(take_out(f, "g1", "a", "p", "x"), 0);
  assert_int_equal(take_out(f, "g2", "a", "p", "x"), 0);
  assert_int_equal(take_out(f, "g2", "a", "p", "x"), 0); // not there any more: no failure
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
  assert_int_equal(librdf_model_transaction_start(f->model), 0); // not committed: gone
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
  yutu_quad quad = {.s = yutu_iri(YUTU_SLICE(NS "a")), .p = yutu_iri(YUTU_SLICE(NS "p")),
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

static const struct {
  const char *name;
  CMUnitTestFunction test;
  bool ours;   ///< not for librdf's storage
  bool folder; ///< only for a store in a folder
} tests[] = {
    {"add, contains, remove", test_add_contains_remove, false, false},
    {"patterns", test_patterns, false, false},
    {"nodes", test_nodes, false, false},
    {"contexts", test_contexts, false, false},
    {"context of statements", test_context_of_statements, false, false},
    {"literals come back", test_literals_come_back, false, false},
    {"statements may be kept", test_statements_may_be_kept, false, false},
    {"add statements", test_add_statements, false, false},
    {"feature", test_feature, false, false},
    {"set", test_set, true, false},
    {"distinct arcs", test_distinct_arcs, true, false},
    {"options", test_options, true, false},
    {"transactions", test_transactions, true, false},
    {"streams survive", test_streams_survive, true, false},
    {"ask and add", test_ask_and_add, true, false},
    {"comes back", test_comes_back, true, true},
    {"twice in a process", test_twice_in_a_process, true, true},
    {"beside the native interface", test_beside_the_native_interface, true, false},
    {"new and read-only", test_new, true, true},
};

enum { TESTS = sizeof tests / sizeof *tests };

int main(void) {
  struct CMUnitTest all[BACKENDS * TESTS];
  static char names[BACKENDS * TESTS][64];
  size_t n = 0;
  for (size_t b = 0; b < BACKENDS; b++) {
    for (size_t t = 0; t < TESTS; t++) {
      if ((tests[t].ours && !backends[b].ours) || (tests[t].folder && !backends[b].in_folder))
        continue;
      snprintf(names[n], sizeof names[n], "%s: %s", backends[b].name, tests[t].name);
      all[n] = (struct CMUnitTest){names[n], tests[t].test, set_up, tear_down, (void *)&backends[b]};
      n++;
    }
  }
  return _cmocka_run_group_tests("graph_store_librdf", all, n, NULL, NULL);
}
