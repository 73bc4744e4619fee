/// @file tests/unit/test_graph_store_librdf.h  A librdf model on a storage, and short forms for what tests do with it.
#ifndef YUTU_TEST_GRAPH_STORE_LIBRDF_H
#define YUTU_TEST_GRAPH_STORE_LIBRDF_H

#include "graph/librdf_storage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct {
  const char *name, *storage, *options;
  bool in_folder;
} backend;

static const backend backends[] = {
    {"yutu folder", "yutu", NULL, true},
    {"yutu memory", "yutu", NULL, false},
    {"librdf memory", "memory", "contexts='yes'", false},
};

enum { BACKENDS = sizeof backends / sizeof *backends, OUR_BACKENDS = 2 };

typedef struct {
  const backend *backend;
  char folder[64];
  librdf_world *world;
  librdf_storage *storage;
  librdf_model *model;
} fixture;

#define NS "http://example.org/ns#"

static inline int quiet(void *user_data, librdf_log_message *message) {
  (void)user_data, (void)message;
  return 1;
}

static inline void open_model(fixture *f) {
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

static inline void close_model(fixture *f) {
  librdf_free_model(f->model);
  librdf_free_storage(f->storage);
  librdf_free_world(f->world);
}

static inline int set_up(void **state) {
  fixture *f = calloc(1, sizeof *f);
  f->backend = *state;
  strcpy(f->folder, "librdf-store-XXXXXX");
  if (!mkdtemp(f->folder))
    return -1;
  open_model(f);
  *state = f;
  return 0;
}

static inline int tear_down(void **state) {
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

static inline librdf_node *iri(fixture *f, const char *name) {
  char text[128];
  snprintf(text, sizeof text, NS "%s", name);
  return librdf_new_node_from_uri_string(f->world, (const unsigned char *)text);
}

/// "x" is the IRI ns#x, "'x" a literal, "_x" a blank node, NULL nothing.
static inline librdf_node *node(fixture *f, const char *what) {
  if (!what)
    return NULL;
  if (*what == '\'')
    return librdf_new_node_from_literal(f->world, (const unsigned char *)what + 1, NULL, 0);
  if (*what == '_')
    return librdf_new_node_from_blank_identifier(f->world, (const unsigned char *)what + 1);
  return iri(f, what);
}

static inline librdf_statement *statement(fixture *f, const char *s, const char *p, const char *o) {
  return librdf_new_statement_from_nodes(f->world, node(f, s), node(f, p), node(f, o));
}

static inline void add(fixture *f, const char *g, const char *s, const char *p, const char *o) {
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

static inline int take_out(fixture *f, const char *g, const char *s, const char *p, const char *o) {
  librdf_statement *st = statement(f, s, p, o);
  librdf_node *context = node(f, g);
  const int status = context ? librdf_model_context_remove_statement(f->model, context, st)
                             : librdf_model_remove_statement(f->model, st);
  if (context)
    librdf_free_node(context);
  librdf_free_statement(st);
  return status;
}

static inline bool contains(fixture *f, const char *s, const char *p, const char *o) {
  librdf_statement *st = statement(f, s, p, o);
  const bool has = librdf_model_contains_statement(f->model, st);
  librdf_free_statement(st);
  return has;
}

static inline int count_stream(librdf_stream *stream) {
  int n = 0;
  assert_non_null(stream);
  for (; !librdf_stream_end(stream); librdf_stream_next(stream)) {
    assert_non_null(librdf_stream_get_object(stream));
    n++;
  }
  librdf_free_stream(stream);
  return n;
}

static inline int count_nodes(librdf_iterator *it) {
  int n = 0;
  assert_non_null(it);
  for (; !librdf_iterator_end(it); librdf_iterator_next(it)) {
    assert_non_null(librdf_iterator_get_object(it));
    n++;
  }
  librdf_free_iterator(it);
  return n;
}

static inline int count(fixture *f, const char *g, const char *s, const char *p, const char *o) {
  librdf_statement *st = statement(f, s, p, o);
  librdf_node *context = node(f, g);
  const int n = count_stream(context ? librdf_model_find_statements_in_context(f->model, st, context)
                                     : librdf_model_find_statements(f->model, st));
  if (context)
    librdf_free_node(context);
  librdf_free_statement(st);
  return n;
}

typedef struct {
  const char *name;
  CMUnitTestFunction test;
  bool folder; ///< only for a store in a folder
} storage_test;

enum { TESTS_MAX = 64 };

/// Run every test on every one of the first `n_backends` storages.
static inline int run_on_storages(const char *group, const storage_test *tests, size_t n_tests, size_t n_backends) {
  static char names[TESTS_MAX][64];
  struct CMUnitTest all[TESTS_MAX];
  size_t n = 0;
  for (size_t b = 0; b < n_backends; b++) {
    for (size_t t = 0; t < n_tests; t++) {
      if (tests[t].folder && !backends[b].in_folder)
        continue;
      if (n == TESTS_MAX)
        return 99;
      snprintf(names[n], sizeof names[n], "%s: %s", backends[b].name, tests[t].name);
      all[n] = (struct CMUnitTest){names[n], tests[t].test, set_up, tear_down, (void *)&backends[b]};
      n++;
    }
  }
  return _cmocka_run_group_tests(group, all, n, NULL, NULL);
}

#endif
