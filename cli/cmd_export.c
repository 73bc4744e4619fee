#include "cli/command.h"
#include "cli/report.h"
#include "graph/serialise/sorter.h"
#include "graph/serialise/writer.h"
#include "graph/store.h"

#include <stdio.h>

typedef struct {
  const yutu_arguments *a;
  yutu_format format;
  yutu_store *store;
  yutu_snapshot *snapshot;
  yutu_sorter *sorter;
  yutu_arena *arena;  // of the prefixes
  yutu_id background; // graph to leave out; 0: none
} job;

// A store's terms are borrowed until the snapshot closes, so that four of them make a quad without copying.
static yutu_status sort_cursor(job *j, yutu_cursor *cursor, yutu_error *err) {
  yutu_quad_ids ids;
  yutu_quad_ids before = {0};
  yutu_quad quad = {.g.kind = YUTU_TERM_NONE};
  while (yutu_cursor_next(cursor, &ids)) {
    if (yutu_interrupted)
      return yutu_fail(err, YUTU_ERR_INTERRUPTED, "interrupted");
    if (j->background && ids.g == j->background)
      continue;
    if (ids.s != before.s)
      YUTU_TRY(yutu_term_get(j->snapshot, ids.s, &quad.s, err));
    if (ids.p != before.p)
      YUTU_TRY(yutu_term_get(j->snapshot, ids.p, &quad.p, err));
    YUTU_TRY(yutu_term_get(j->snapshot, ids.o, &quad.o, err));
    if (ids.g != before.g && ids.g != YUTU_ID_NONE && ids.g != YUTU_ID_DEFAULT_GRAPH)
      YUTU_TRY(yutu_term_get(j->snapshot, ids.g, &quad.g, err));
    else if (ids.g != before.g)
      quad.g = (yutu_term){.kind = YUTU_TERM_NONE};
    before = ids;
    YUTU_TRY(yutu_sorter_add(j->sorter, &quad, err));
  }
  return YUTU_OK;
}

static yutu_status sort_pattern(job *j, const yutu_pattern *pattern, yutu_error *err) {
  yutu_cursor *cursor = NULL;
  YUTU_TRY(yutu_cursor_open(j->snapshot, pattern, &cursor, err));
  const yutu_status status = sort_cursor(j, cursor, err);
  yutu_cursor_close(cursor);
  return status;
}

static yutu_status sort_all(job *j, yutu_error *err) {
  size_t n = 0;
  const char *const *graphs = yutu_arguments_list(j->a, YUTU_OPT_GRAPH, &n);
  if (!n)
    return sort_pattern(j, &(yutu_pattern){.each_graph = j->background || yutu_format_get(j->format)->graphs}, err);
  for (size_t i = 0; i < n; i++) {
    const yutu_term graph = yutu_iri(yutu_slice_of(graphs[i]));
    yutu_pattern pattern = {0};
    YUTU_TRY(yutu_term_find(j->snapshot, &graph, &pattern.g, err));
    if (!pattern.g)
      return yutu_fail(err, YUTU_ERR_USAGE, "the store has no graph <%s>; yutu query articles lists the articles'",
                       graphs[i]);
    YUTU_TRY(sort_pattern(j, &pattern, err));
  }
  return YUTU_OK;
}

static yutu_status write_all(job *j, yutu_error *err) {
  size_t n = 0;
  j->arena = yutu_arena_new(0);
  const yutu_prefix *prefixes = j->arena ? yutu_prefixes_default((yutu_slice){NULL, 0}, j->arena, &n) : NULL;
  if (!prefixes)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  yutu_writer *writer = NULL;
  YUTU_TRY(yutu_writer_open(j->format, yutu_byte_sink_file(stdout), prefixes, n, &writer, err));
  const yutu_status status = yutu_sorter_run(j->sorter, yutu_writer_sink, writer, err);
  if (status == YUTU_OK)
    return yutu_writer_close(writer, err);
  yutu_writer_abort(writer);
  return status;
}

// The graph <base>graph/gazetteer, whatever the base was when the store was built.
static yutu_status find_background(job *j, yutu_error *err) {
  for (yutu_id g = 0; (g = yutu_snapshot_next_graph(j->snapshot, g)) != YUTU_ID_NONE;) {
    yutu_term term;
    YUTU_TRY(yutu_term_get(j->snapshot, g, &term, err));
    if (yutu_slice_ends(term.value, YUTU_SLICE("/graph/gazetteer")))
      j->background = g;
  }
  return YUTU_OK;
}

static yutu_status run(job *j, yutu_error *err) {
  j->format = yutu_format_by_name(yutu_slice_of(yutu_arguments_text(j->a, YUTU_OPT_FORMAT)));
  YUTU_TRY(yutu_store_open(yutu_arguments_text(j->a, YUTU_OPT_STORE), YUTU_STORE_READ_ONLY, &j->store, err));
  YUTU_TRY(yutu_snapshot_open(j->store, &j->snapshot, err));
  YUTU_TRY(yutu_sorter_new(yutu_format_get(j->format)->graphs, 0, &j->sorter, err));
  if (yutu_arguments_has(j->a, YUTU_OPT_NO_BACKGROUND))
    YUTU_TRY(find_background(j, err));
  YUTU_TRY(sort_all(j, err));
  return write_all(j, err);
}

int yutu_cmd_export(const yutu_arguments *a) {
  job j = {.a = a};
  yutu_error err = {0};
  yutu_interrupt_catch();
  const yutu_status status = run(&j, &err);
  yutu_sorter_free(j.sorter);
  yutu_arena_free(j.arena);
  yutu_snapshot_close(j.snapshot);
  yutu_store_close(j.store);
  return status == YUTU_OK ? 0 : yutu_report_exit(&err);
}
