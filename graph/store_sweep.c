#include "graph/store_batch.h"

#include <errno.h>
#include <stdlib.h>

static bool add_orphan(yutu_batch *b, yutu_id id) {
  if (!yutu_id_in_dictionary(id))
    return true;
  if (b->n_orphans == b->orphans_room) {
    const size_t room = b->orphans_room ? b->orphans_room * 2 : 256;
    if (room > YUTU_BATCH_ORPHANS)
      return true; // an entry that is not used does no harm
    yutu_id *grown = realloc(b->orphans, room * sizeof *grown);
    if (!grown)
      return false;
    b->orphans = grown;
    b->orphans_room = room;
  }
  b->orphans[b->n_orphans++] = id;
  return true;
}

bool yutu_batch_note_orphans(yutu_batch *b, const yutu_quad_ids *quad) {
  return add_orphan(b, quad->s) && add_orphan(b, quad->p) && add_orphan(b, quad->o) && add_orphan(b, quad->g);
}

/// Is the id at the first place of the index?
static bool begins(yutu_index_cursor *cursor, yutu_id id) {
  const yutu_tuple target = {{id, 0, 0, 0}};
  return yutu_index_seek(cursor, &target) && cursor->block.now.v[0] == id;
}

enum { PLACES = 4 };

static yutu_status forget_unused(yutu_batch *b, yutu_index_cursor *cursors, yutu_error *err) {
  for (size_t i = 0; i < b->n_orphans; i++) {
    const yutu_id id = b->orphans[i];
    bool used = i > 0 && b->orphans[i - 1] == id; // looked at already
    for (int k = 0; k < PLACES && !used; k++) {
      used = begins(&cursors[k], id);
      if (cursors[k].damaged)
        return yutu_store_fail(b->store, MDB_CORRUPTED, "read the store", err);
    }
    if (!used)
      YUTU_TRY(yutu_dictionary_forget(b->dictionary, id, err));
  }
  return YUTU_OK;
}

static int compare_ids(const void *a, const void *b) {
  const yutu_id x = *(const yutu_id *)a, y = *(const yutu_id *)b;
  return x < y ? -1 : x > y;
}

yutu_status yutu_batch_sweep(yutu_batch *b, yutu_error *err) {
  static const yutu_index by_place[PLACES] = {YUTU_INDEX_SPOG, YUTU_INDEX_OSPG, YUTU_INDEX_GSPO, YUTU_INDEX_POSG};
  if (b->n_orphans == 0)
    return YUTU_OK;
  qsort(b->orphans, b->n_orphans, sizeof *b->orphans, compare_ids);
  yutu_index_cursor *cursors = calloc(PLACES, sizeof *cursors);
  int rc = cursors ? MDB_SUCCESS : ENOMEM;
  for (int i = 0; i < PLACES && rc == MDB_SUCCESS; i++)
    rc = yutu_index_cursor_open(&cursors[i], b->txn, b->store->index[by_place[i]]);
  const yutu_status status =
      rc == MDB_SUCCESS ? forget_unused(b, cursors, err) : yutu_store_fail(b->store, rc, "write to the store", err);
  for (int i = 0; i < PLACES && cursors; i++)
    if (cursors[i].mdb)
      yutu_index_cursor_close(&cursors[i]);
  free(cursors);
  b->n_orphans = 0;
  return status;
}
