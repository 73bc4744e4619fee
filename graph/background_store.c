#include "graph/background.h"

#include "graph/iri.h"

#include <string.h>

/// Does the store's graph say that it has this version?
static yutu_status has_version(yutu_store *store, const yutu_quad *version, bool *ret, yutu_error *err) {
  yutu_snapshot *snapshot = NULL;
  YUTU_TRY(yutu_snapshot_open(store, &snapshot, err));
  yutu_quad_ids ids = {0};
  yutu_status status = yutu_term_find(snapshot, &version->s, &ids.s, err);
  if (status == YUTU_OK)
    status = yutu_term_find(snapshot, &version->p, &ids.p, err);
  if (status == YUTU_OK)
    status = yutu_term_find(snapshot, &version->o, &ids.o, err);
  if (status == YUTU_OK)
    status = yutu_term_find(snapshot, &version->g, &ids.g, err);
  if (status == YUTU_OK)
    *ret = ids.s && ids.p && ids.o && ids.g && yutu_snapshot_has(snapshot, &ids);
  yutu_snapshot_close(snapshot);
  return status;
}

static yutu_status replace(yutu_store *store, const yutu_gazetteer *g, yutu_slice base, yutu_arena *arena,
                           uint64_t *ret_changed, yutu_error *err) {
  yutu_quads quads;
  YUTU_TRY(yutu_background(g, base, arena, &quads, err));
  yutu_batch *batch = NULL;
  YUTU_TRY(yutu_batch_begin(store, &batch, err));
  const yutu_status status = yutu_batch_replace_graph(batch, &quads.at[0].g, quads.at, quads.n, ret_changed, err);
  if (status == YUTU_OK)
    return yutu_batch_commit(batch, err);
  yutu_batch_abort(batch);
  return status;
}

static yutu_status bring_up_to_date(yutu_store *store, const yutu_gazetteer *g, yutu_slice base, yutu_arena *arena,
                                    uint64_t *ret_changed, yutu_error *err) {
  char version[YUTU_BACKGROUND_VERSION_HEX + 1];
  YUTU_TRY(yutu_background_version(g, base, version, err));
  const yutu_slice graph = yutu_iri_gazetteer(arena, base);
  if (!graph.data)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  const yutu_quad wanted = {yutu_iri(graph), yutu_iri(YUTU_SLICE(YUTU_NS_OWL "versionInfo")),
                            yutu_text(yutu_slice_of(version), (yutu_slice){NULL, 0}), yutu_iri(graph)};
  bool there = false;
  YUTU_TRY(has_version(store, &wanted, &there, err));
  if (there)
    return YUTU_OK;
  return replace(store, g, base, arena, ret_changed, err);
}

yutu_status yutu_background_store(yutu_store *store, const yutu_gazetteer *g, yutu_slice base, uint64_t *ret_changed,
                                  yutu_error *err) {
  yutu_arena *arena = yutu_arena_new(0);
  if (!arena)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  uint64_t changed = 0;
  const yutu_status status = bring_up_to_date(store, g, base.len ? base : yutu_iri_default_base, arena, &changed, err);
  yutu_arena_free(arena);
  if (status == YUTU_OK && ret_changed)
    *ret_changed = changed;
  return status;
}
