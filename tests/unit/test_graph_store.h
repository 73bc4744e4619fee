/// @file tests/unit/test_graph_store.h  What the tests of the store in a folder share.
#ifndef YUTU_TEST_GRAPH_STORE_H
#define YUTU_TEST_GRAPH_STORE_H

#include "graph/store_batch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct {
  char folder[32];
  char path[64];
} fixture;

static inline int set_up(void **state) {
  fixture *f = calloc(1, sizeof *f);
  strcpy(f->folder, "open-XXXXXX");
  *state = f;
  return mkdtemp(f->folder) ? 0 : -1;
}

static inline int tear_down(void **state) {
  fixture *f = *state;
  char command[64];
  chmod(f->folder, 0755);
  snprintf(command, sizeof command, "rm -rf '%s'", f->folder);
  const int status = system(command);
  free(f);
  return status;
}

static inline const char *in(fixture *f, const char *name) {
  snprintf(f->path, sizeof f->path, "%s/%s", f->folder, name);
  return f->path;
}

#define OK(call)                                                                                                       \
  do {                                                                                                                 \
    yutu_error err = {0};                                                                                              \
    if ((call) != YUTU_OK)                                                                                             \
      fail_msg("%s:%d: %s", __FILE__, __LINE__, err.message);                                                          \
  } while (0)

static inline void refused(const char *where, unsigned flags, yutu_status code, const char *part_of_message) {
  yutu_store *store = NULL;
  yutu_error err = {0};
  assert_int_equal(yutu_store_open(where, flags, &store, &err), code);
  assert_null(store);
  assert_int_equal(err.code, code);
  if (!strstr(err.message, part_of_message))
    fail_msg("\"%s\" is not in \"%s\"", part_of_message, err.message);
}

static inline yutu_store *opened(const char *where, unsigned flags) {
  yutu_store *store = NULL;
  OK(yutu_store_open(where, flags, &store, &err));
  return store;
}

static inline yutu_quad quad(char buffer[64], unsigned n, unsigned graph) {
  snprintf(buffer, 32, "http://example.org/n/%u", n);
  snprintf(buffer + 32, 32, "http://example.org/g/%u", graph);
  return (yutu_quad){yutu_iri(yutu_slice_of(buffer)), yutu_iri(YUTU_SLICE("http://example.org/p")),
                     yutu_text(yutu_slice_of(buffer), (yutu_slice){0}), yutu_iri(yutu_slice_of(buffer + 32))};
}

static inline yutu_status add(yutu_store *store, unsigned from, unsigned to, yutu_error *err) {
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

static inline uint64_t size_of(yutu_store *store) {
  yutu_snapshot *snapshot = NULL;
  yutu_store_stats stats = {0};
  OK(yutu_snapshot_open(store, &snapshot, &err));
  OK(yutu_snapshot_stats(snapshot, &stats, &err));
  yutu_snapshot_close(snapshot);
  return stats.quads;
}

#endif
