/// @file graph/index.h  The six index orders: LMDB databases of blocks (graph/store_block.h).
///
/// The three orders with the graph last answer every pattern over all graphs, the three with the graph first every
/// pattern within one; each bound/unbound combination is a prefix of one of them.
#ifndef YUTU_GRAPH_INDEX_H
#define YUTU_GRAPH_INDEX_H

#include "graph/store_block.h"

#include <lmdb.h>

typedef enum {
  YUTU_INDEX_SPOG,
  YUTU_INDEX_POSG,
  YUTU_INDEX_OSPG,
  YUTU_INDEX_GSPO,
  YUTU_INDEX_GPOS,
  YUTU_INDEX_GOSP,
  YUTU_INDEXES
} yutu_index;

enum { YUTU_PLACE_S, YUTU_PLACE_P, YUTU_PLACE_O, YUTU_PLACE_G };

/// Which of s, p, o, g stands at each place of an index.
extern const unsigned char yutu_index_places[YUTU_INDEXES][4];
extern const char *const yutu_index_names[YUTU_INDEXES];

static inline yutu_tuple yutu_index_tuple(yutu_index index, const yutu_quad_ids *quad) {
  const uint64_t q[4] = {quad->s, quad->p, quad->o, quad->g};
  const unsigned char *place = yutu_index_places[index];
  return (yutu_tuple){{q[place[0]], q[place[1]], q[place[2]], q[place[3]]}};
}

static inline yutu_quad_ids yutu_index_quad(yutu_index index, const yutu_tuple *tuple) {
  uint64_t q[4];
  const unsigned char *place = yutu_index_places[index];
  for (int i = 0; i < 4; i++)
    q[place[i]] = tuple->v[i];
  return (yutu_quad_ids){q[0], q[1], q[2], q[3]};
}

// ---- reading ----

/// A position in one index. Holds a copy of the block that it is in.
typedef struct {
  MDB_cursor *mdb;
  yutu_block_reader block; ///< `now` is the tuple last returned
  yutu_tuple first, last;  ///< of the block
  bool loaded;             ///< a block is
  bool damaged;            ///< something that is no block was met; the position is at the end then
  size_t n;                ///< bytes of the block
  unsigned char bytes[YUTU_BLOCK_BYTES + YUTU_BLOCK_SLACK];
} yutu_index_cursor;

/// @return an LMDB code
int yutu_index_cursor_open(yutu_index_cursor *cursor, MDB_txn *txn, MDB_dbi dbi);
void yutu_index_cursor_close(yutu_index_cursor *cursor);

/// Forget the loaded block: after the index was written to.
void yutu_index_cursor_forget(yutu_index_cursor *cursor);

/// Go to the first tuple >= target, backwards too. @return false when there is none
bool yutu_index_seek(yutu_index_cursor *cursor, const yutu_tuple *target);

/// Load the next block, before its first tuple. @return false when there is none
bool yutu_index_next_block(yutu_index_cursor *cursor);

/// Step to the next tuple. @return false when there is none
static inline bool yutu_index_next(yutu_index_cursor *cursor) {
  if (yutu_block_next(&cursor->block))
    return true;
  return yutu_index_next_block(cursor) && yutu_block_next(&cursor->block);
}

/// The last key less than a tuple: about where what is before the tuple ends.
/// @return false when there is none
bool yutu_index_key_before(yutu_index_cursor *cursor, const yutu_tuple *target, yutu_tuple *ret);

// ---- writing ----

/// Changes to be made, in the order of the index, each tuple once.
typedef struct {
  /// @return false at the end
  bool (*next)(void *context, yutu_tuple *ret_tuple, bool *ret_remove);

  /// Called, in order, for each change that made a difference. `common` is the greatest number of leading places that
  /// the tuple shares with a neighbour at that moment: a prefix of n places came up or went away when common < n.
  void (*done)(void *context, const yutu_tuple *tuple, bool remove, unsigned common);
  void *context;
} yutu_index_changes;

/// Bring changes into an index. Into an empty one they are appended as full blocks. Blocks in which nothing changes are
/// not written.
/// @return an LMDB code, or ENOMEM
int yutu_index_apply(MDB_txn *txn, MDB_dbi dbi, const yutu_index_changes *changes);

#endif
