#include "graph/index.h"

enum { S = YUTU_PLACE_S, P = YUTU_PLACE_P, O = YUTU_PLACE_O, G = YUTU_PLACE_G };

const unsigned char yutu_index_places[YUTU_INDEXES][4] = {
    [YUTU_INDEX_SPOG] = {S, P, O, G}, [YUTU_INDEX_POSG] = {P, O, S, G}, [YUTU_INDEX_OSPG] = {O, S, P, G},
    [YUTU_INDEX_GSPO] = {G, S, P, O}, [YUTU_INDEX_GPOS] = {G, P, O, S}, [YUTU_INDEX_GOSP] = {G, O, S, P},
};

const char *const yutu_index_names[YUTU_INDEXES] = {"spog", "posg", "ospg", "gspo", "gpos", "gosp"};

int yutu_index_cursor_open(yutu_index_cursor *c, MDB_txn *txn, MDB_dbi dbi) {
  yutu_index_cursor_forget(c);
  return mdb_cursor_open(txn, dbi, &c->mdb);
}

void yutu_index_cursor_close(yutu_index_cursor *c) {
  mdb_cursor_close(c->mdb);
  c->mdb = NULL;
}

void yutu_index_cursor_forget(yutu_index_cursor *c) {
  c->loaded = false;
  c->damaged = false;
  c->block.left = 0;
}

static bool stop(yutu_index_cursor *c, bool damaged) {
  c->loaded = false;
  c->damaged = damaged;
  c->block.left = 0;
  return false;
}

/// Copy the block at the LMDB cursor: the copy may be read beyond its end, and stays when a writer moves the page.
static bool load(yutu_index_cursor *c, const MDB_val *key, const MDB_val *data) {
  if (key->mv_size != YUTU_BLOCK_KEY || data->mv_size > YUTU_BLOCK_BYTES)
    return stop(c, true);
  c->last = yutu_block_key_tuple(key->mv_data);
  c->n = data->mv_size;
  memcpy(c->bytes, data->mv_data, c->n);
  if (!yutu_block_open(&c->block, &c->last, c->bytes, c->n))
    return stop(c, true);
  yutu_block_reader peek = c->block;
  if (!yutu_block_next(&peek))
    return stop(c, true);
  c->first = peek.now;
  c->loaded = true;
  return true;
}

bool yutu_index_next_block(yutu_index_cursor *c) {
  MDB_val key, data;
  if (!c->loaded)
    return false;
  const int rc = mdb_cursor_get(c->mdb, &key, &data, MDB_NEXT);
  if (rc != MDB_SUCCESS)
    return stop(c, rc != MDB_NOTFOUND);
  return load(c, &key, &data);
}

/// Go on to the first tuple >= target, which the block has. The block's last tuple is its key.
static bool scan(yutu_index_cursor *c, const yutu_tuple *target) {
  while (yutu_block_next(&c->block))
    if (yutu_tuple_cmp(&c->block.now, target) >= 0)
      return true;
  return stop(c, true);
}

bool yutu_index_seek(yutu_index_cursor *c, const yutu_tuple *target) {
  if (c->loaded && yutu_tuple_cmp(target, &c->last) <= 0 && yutu_tuple_cmp(target, &c->first) >= 0) {
    if (yutu_tuple_cmp(target, &c->block.now) <= 0 || c->block.left == 0)
      yutu_block_open(&c->block, &c->last, c->bytes,
                      c->n); // it may be behind: begin again
    return scan(c, target);
  }
  unsigned char bytes[YUTU_BLOCK_KEY];
  yutu_block_key(target, bytes);
  MDB_val key = {sizeof bytes, bytes}, data;
  const int rc = mdb_cursor_get(c->mdb, &key, &data, MDB_SET_RANGE);
  if (rc != MDB_SUCCESS)
    return stop(c, rc != MDB_NOTFOUND);
  return load(c, &key, &data) && scan(c, target);
}

bool yutu_index_key_before(yutu_index_cursor *c, const yutu_tuple *target, yutu_tuple *ret) {
  unsigned char bytes[YUTU_BLOCK_KEY];
  yutu_block_key(target, bytes);
  MDB_val key = {sizeof bytes, bytes}, data;
  yutu_index_cursor_forget(c);
  int rc = mdb_cursor_get(c->mdb, &key, &data, MDB_SET_RANGE);
  if (rc == MDB_SUCCESS)
    rc = mdb_cursor_get(c->mdb, &key, &data, MDB_PREV);
  else if (rc == MDB_NOTFOUND)
    rc = mdb_cursor_get(c->mdb, &key, &data, MDB_LAST);
  if (rc != MDB_SUCCESS || key.mv_size != YUTU_BLOCK_KEY)
    return false;
  *ret = yutu_block_key_tuple(key.mv_data);
  return true;
}
