#include "graph/index.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

enum {
  EMIT_AT = 4096,   ///< tuples waiting to be packed at which whole blocks are written out
  SMALL_BLOCK = 16, ///< a block with fewer tuples takes its follower in
};

typedef struct {
  MDB_dbi dbi;
  MDB_cursor *write; ///< where blocks are put and deleted
  MDB_cursor *probe; ///< looks at neighbours
  const yutu_index_changes *changes;

  bool pending; ///< `change` is to be made
  bool remove;
  yutu_tuple change;

  yutu_tuple in[YUTU_BLOCK_TUPLES_MAX]; ///< tuples of the block at hand
  unsigned n_in, i_in;
  yutu_tuple in_last; ///< its key
  bool at_end;        ///< the block at hand is the last one: everything after belongs to it
  bool stands;        ///< it is still in the database

  yutu_tuple *out; ///< merged tuples to be packed
  size_t n_out;
  bool has_before;
  yutu_tuple before; ///< the tuple before out[0], once known
  bool append;       ///< nothing greater is in the index
  bool touched;      ///< a change was made since the region began
  yutu_block_writer packer;
} merger;

static void advance(merger *m) {
  const yutu_tuple previous = m->change;
  const bool had = m->pending;
  m->pending = m->changes->next(m->changes->context, &m->change, &m->remove);
  assert(!had || !m->pending || yutu_tuple_cmp(&previous, &m->change) < 0);
  (void)previous, (void)had;
}

/// Unpack the block into in[]. @return an LMDB code
static int unpack(merger *m, const MDB_val *key, const MDB_val *data) {
  unsigned char copy[YUTU_BLOCK_BYTES + YUTU_BLOCK_SLACK];
  yutu_block_reader reader;
  if (key->mv_size != YUTU_BLOCK_KEY || data->mv_size > YUTU_BLOCK_BYTES)
    return MDB_CORRUPTED;
  m->in_last = yutu_block_key_tuple(key->mv_data);
  memcpy(copy, data->mv_data, data->mv_size);
  m->n_in = m->i_in = 0;
  if (!yutu_block_open(&reader, &m->in_last, copy, data->mv_size) || reader.left > YUTU_BLOCK_TUPLES_MAX)
    return MDB_CORRUPTED;
  while (yutu_block_next(&reader))
    m->in[m->n_in++] = reader.now;
  if (m->n_in == 0 || yutu_tuple_cmp(&m->in[m->n_in - 1], &m->in_last) != 0)
    return MDB_CORRUPTED;
  m->stands = true;
  return MDB_SUCCESS;
}

/// The tuple before the block at hand, which still stands; fills m->before.
static int look_before(merger *m) {
  if (m->has_before)
    return MDB_SUCCESS;
  unsigned char bytes[YUTU_BLOCK_KEY];
  yutu_block_key(&m->in_last, bytes);
  MDB_val key = {sizeof bytes, bytes}, data;
  int rc = mdb_cursor_get(m->probe, &key, &data, MDB_SET);
  if (rc == MDB_SUCCESS)
    rc = mdb_cursor_get(m->probe, &key, &data, MDB_PREV);
  if (rc == MDB_SUCCESS && key.mv_size != YUTU_BLOCK_KEY)
    return MDB_CORRUPTED;
  if (rc == MDB_SUCCESS) {
    m->before = yutu_block_key_tuple(key.mv_data);
    m->has_before = true;
  }
  return rc == MDB_NOTFOUND ? MDB_SUCCESS : rc;
}

/// Find the block after the one at hand. MDB_NOTFOUND when there is none.
static int find_after(merger *m, MDB_val *key, MDB_val *data) {
  yutu_tuple beyond = m->in_last;
  beyond.v[3]++;
  unsigned char bytes[YUTU_BLOCK_KEY];
  yutu_block_key(&beyond, bytes);
  *key = (MDB_val){sizeof bytes, bytes};
  return mdb_cursor_get(m->probe, key, data, MDB_SET_RANGE);
}

/// Leading places shared with the first tuple after the block at hand.
static int common_after(merger *m, unsigned *ret) {
  MDB_val key, data;
  *ret = 0;
  if (m->at_end)
    return MDB_SUCCESS;
  const int rc = find_after(m, &key, &data);
  if (rc != MDB_SUCCESS)
    return rc == MDB_NOTFOUND ? MDB_SUCCESS : rc;
  if (key.mv_size != YUTU_BLOCK_KEY || data.mv_size > YUTU_BLOCK_BYTES)
    return MDB_CORRUPTED;
  unsigned char copy[YUTU_BLOCK_BYTES + YUTU_BLOCK_SLACK];
  memcpy(copy, data.mv_data, data.mv_size);
  const yutu_tuple last = yutu_block_key_tuple(key.mv_data);
  yutu_block_reader reader;
  if (!yutu_block_open(&reader, &last, copy, data.mv_size) || !yutu_block_next(&reader))
    return MDB_CORRUPTED;
  *ret = yutu_tuple_common(&m->change, &reader.now);
  return MDB_SUCCESS;
}

/// The pending change makes a difference: tell so. in[i_next] is the tuple after it.
static int report(merger *m, unsigned i_next) {
  unsigned common = 0, after = 0;
  if (m->n_out == 0) {
    const int rc = m->stands ? look_before(m) : MDB_SUCCESS;
    if (rc != MDB_SUCCESS)
      return rc;
    if (m->has_before)
      common = yutu_tuple_common(&m->before, &m->change);
  } else {
    common = yutu_tuple_common(&m->out[m->n_out - 1], &m->change);
  }
  if (i_next < m->n_in) {
    after = yutu_tuple_common(&m->change, &m->in[i_next]);
  } else {
    const int rc = common_after(m, &after);
    if (rc != MDB_SUCCESS)
      return rc;
  }
  m->touched = true;
  m->changes->done(m->changes->context, &m->change, m->remove, common > after ? common : after);
  return MDB_SUCCESS;
}

/// Take the block at hand out of the database.
static int take_out(merger *m) {
  if (!m->stands)
    return MDB_SUCCESS;
  m->stands = false;
  unsigned char bytes[YUTU_BLOCK_KEY];
  yutu_block_key(&m->in_last, bytes);
  MDB_val key = {sizeof bytes, bytes}, data;
  const int rc = mdb_cursor_get(m->write, &key, &data, MDB_SET);
  return rc == MDB_SUCCESS ? mdb_cursor_del(m->write, 0) : rc;
}

/// Pack as many of out[from…] as fit into a block, `most` at most. @return how many
static size_t pack(merger *m, size_t from, size_t most) {
  size_t n = 0;
  yutu_block_start(&m->packer);
  while (n < most && from + n < m->n_out && yutu_block_put(&m->packer, &m->out[from + n]))
    n++;
  return n;
}

static int put_block(merger *m) {
  unsigned char bytes[YUTU_BLOCK_KEY];
  yutu_block_key(&m->packer.last, bytes);
  MDB_val key = {sizeof bytes, bytes}, data;
  data.mv_data = (void *)yutu_block_finish(&m->packer, &data.mv_size);
  return mdb_cursor_put(m->write, &key, &data, m->append ? MDB_APPEND : 0);
}

/// Write whole blocks from out[]; with `all` the rest too, its last two blocks equally full so that both have room.
static int emit(merger *m, bool all) {
  int rc = take_out(m);
  size_t from = 0;
  while (rc == MDB_SUCCESS && from < m->n_out) {
    size_t n = pack(m, from, SIZE_MAX);
    const size_t left = m->n_out - from - n;
    if (left == 0 && !all)
      break;
    if (all && !m->append && left > 0 && left < n)
      n = pack(m, from, (n + left + 1) / 2);
    rc = put_block(m);
    from += n;
  }
  if (from > 0) {
    m->before = m->out[from - 1];
    m->has_before = true;
    m->n_out -= from;
    memmove(m->out, m->out + from, m->n_out * sizeof *m->out);
  }
  return rc;
}

/// Make the pending change at in[i_in], where it belongs.
static int make_change(merger *m) {
  const bool there = m->i_in < m->n_in && yutu_tuple_cmp(&m->in[m->i_in], &m->change) == 0;
  int rc = MDB_SUCCESS;
  if (there != !m->remove) {
    rc = report(m, m->i_in + there);
    if (rc == MDB_SUCCESS && !m->remove)
      m->out[m->n_out++] = m->change;
    m->i_in += there;
  }
  advance(m);
  return rc;
}

/// Merge the block at hand with the changes that belong to it.
static int merge_block(merger *m) {
  int rc = MDB_SUCCESS;
  while (rc == MDB_SUCCESS) {
    const bool mine = m->pending && (m->at_end || yutu_tuple_cmp(&m->change, &m->in_last) <= 0);
    if (!mine && m->i_in == m->n_in)
      break;
    if (mine && (m->i_in == m->n_in || yutu_tuple_cmp(&m->change, &m->in[m->i_in]) <= 0))
      rc = make_change(m);
    else
      m->out[m->n_out++] = m->in[m->i_in++];
    if (rc == MDB_SUCCESS && m->n_out >= EMIT_AT && m->touched)
      rc = emit(m, false);
  }
  return rc;
}

/// Load the block to which the pending change belongs. MDB_NOTFOUND: the index is empty.
static int find_block(merger *m) {
  unsigned char bytes[YUTU_BLOCK_KEY];
  yutu_block_key(&m->change, bytes);
  MDB_val key = {sizeof bytes, bytes}, data;
  int rc = mdb_cursor_get(m->write, &key, &data, MDB_SET_RANGE);
  m->at_end = rc == MDB_NOTFOUND;
  if (m->at_end)
    rc = mdb_cursor_get(m->write, &key, &data, MDB_LAST);
  return rc == MDB_SUCCESS ? unpack(m, &key, &data) : rc;
}

/// One region: a block, its followers while it has become too small, and the changes that belong to them.
static int merge_region(merger *m) {
  m->n_out = 0;
  m->touched = m->has_before = m->stands = false;
  int rc = find_block(m);
  if (rc == MDB_NOTFOUND) { // empty: as if after a block without tuples
    m->at_end = true;
    m->n_in = m->i_in = 0;
    rc = MDB_SUCCESS;
  }
  m->append = m->at_end;
  if (rc == MDB_SUCCESS)
    rc = merge_block(m);
  while (rc == MDB_SUCCESS && m->touched && !m->at_end && m->n_out > 0 && m->n_out < SMALL_BLOCK) {
    MDB_val key, data;
    rc = find_after(m, &key, &data);
    if (rc == MDB_NOTFOUND) {
      rc = MDB_SUCCESS;
      break;
    }
    if (rc == MDB_SUCCESS)
      rc = take_out(m);
    if (rc == MDB_SUCCESS)
      rc = find_after(m, &key, &data); // again: the deletion may have moved it
    if (rc == MDB_SUCCESS)
      rc = unpack(m, &key, &data);
    if (rc == MDB_SUCCESS)
      rc = merge_block(m);
  }
  return rc == MDB_SUCCESS && m->touched ? emit(m, true) : rc;
}

int yutu_index_apply(MDB_txn *txn, MDB_dbi dbi, const yutu_index_changes *changes) {
  merger *m = calloc(1, sizeof *m);
  if (!m)
    return ENOMEM;
  m->dbi = dbi;
  m->changes = changes;
  m->out = malloc((EMIT_AT + YUTU_BLOCK_TUPLES_MAX + 1) * sizeof *m->out);
  int rc = m->out ? mdb_cursor_open(txn, dbi, &m->write) : ENOMEM;
  if (rc == MDB_SUCCESS)
    rc = mdb_cursor_open(txn, dbi, &m->probe);
  if (rc == MDB_SUCCESS)
    advance(m);
  while (rc == MDB_SUCCESS && m->pending)
    rc = merge_region(m);
  if (m->probe)
    mdb_cursor_close(m->probe);
  if (m->write)
    mdb_cursor_close(m->write);
  free(m->out);
  free(m);
  return rc;
}
