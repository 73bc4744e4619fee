/// @file graph/store_block.h  Packing of some dozens of neighbouring tuples of an index into one LMDB value.
///
/// A block's key is its last tuple, so that one search for the first key >= a tuple finds the one block where the tuple
/// is or belongs. Its value is the number of tuples and, for each, the difference to the tuple before it; the first is
/// a difference to the last, which the key gives. A difference is two bytes of control (for each of the four places:
/// the same, a small step, or a number of bytes) and those bytes.
#ifndef YUTU_GRAPH_STORE_BLOCK_H
#define YUTU_GRAPH_STORE_BLOCK_H

#include "graph/store_id.h"

#include <string.h>

/// Four ids in the order of an index.
typedef struct {
  uint64_t v[4];
} yutu_tuple;

enum {
  YUTU_BLOCK_BYTES = 298,    ///< most bytes of a value: twelve blocks fill an LMDB page of 4096 bytes
  YUTU_BLOCK_HEAD = 2,       ///< bytes of the count
  YUTU_BLOCK_TUPLE_MAX = 30, ///< most bytes of a tuple
  YUTU_BLOCK_SLACK = 32,     ///< bytes that must be readable after a value
  YUTU_BLOCK_KEY = 32,       ///< bytes of a key: the tuple, big-endian, so that bytes sort as tuples
  YUTU_BLOCK_TUPLES_MAX = (YUTU_BLOCK_BYTES - YUTU_BLOCK_HEAD) / 2,
};

static inline int yutu_tuple_cmp(const yutu_tuple *a, const yutu_tuple *b) {
  for (int i = 0; i < 4; i++)
    if (a->v[i] != b->v[i])
      return a->v[i] < b->v[i] ? -1 : 1;
  return 0;
}

/// How many leading places are equal.
static inline unsigned yutu_tuple_common(const yutu_tuple *a, const yutu_tuple *b) {
  unsigned n = 0;
  while (n < 4 && a->v[n] == b->v[n])
    n++;
  return n;
}

void yutu_block_key(const yutu_tuple *last, unsigned char ret_key[YUTU_BLOCK_KEY]);
yutu_tuple yutu_block_key_tuple(const void *key); ///< `key`: YUTU_BLOCK_KEY bytes

/// Reads one block. The bytes are borrowed.
typedef struct {
  yutu_tuple now; ///< the tuple that yutu_block_next() came to
  unsigned left;  ///< tuples after it
  const unsigned char *at, *end;
  uint64_t mixed[4]; ///< `now` as differences are taken: tag last
} yutu_block_reader;

/// @param bytes  YUTU_BLOCK_SLACK bytes after the n must be readable.
/// @return false when the block cannot be one
bool yutu_block_open(yutu_block_reader *reader, const yutu_tuple *last, const unsigned char *bytes, size_t n);

extern const unsigned char yutu_block_lengths[16];
extern const uint64_t yutu_block_masks[16];
extern const uint64_t yutu_block_steps[16];

/// Step to the next tuple; false at the end or at damage.
static inline bool yutu_block_next(yutu_block_reader *r) {
  if (r->left == 0)
    return false;
  r->left--;
  const unsigned char *at = r->at;
  unsigned control = at[0] | (unsigned)at[1] << 8;
  at += 2;
  for (int i = 0; i < 4; i++, control >>= 4) {
    const unsigned code = control & 15;
    uint64_t z;
    memcpy(&z, at, 8);
    z &= yutu_block_masks[code];
    at += yutu_block_lengths[code];
    const uint64_t mixed = (r->mixed[i] + ((z >> 1) ^ -(z & 1)) + yutu_block_steps[code]) & YUTU_ID_MASK;
    r->mixed[i] = mixed;
    r->now.v[i] = mixed >> 4 | (mixed & 15) << YUTU_PAYLOAD_BITS;
  }
  r->at = at;
  return at <= r->end || (r->left = 0, false);
}

/// Writes one block.
typedef struct {
  unsigned char bytes[YUTU_BLOCK_BYTES + YUTU_BLOCK_SLACK];
  size_t n;       ///< bytes used, room for the head and the first tuple included
  unsigned count; ///< tuples
  yutu_tuple first, last;
} yutu_block_writer;

void yutu_block_start(yutu_block_writer *writer);

/// Append a tuple, greater than the last one. @return false when the block is full; the tuple is not in it then.
bool yutu_block_put(yutu_block_writer *writer, const yutu_tuple *tuple);

/// Complete the block. @return its bytes, in `writer`, *ret_n of them
const unsigned char *yutu_block_finish(yutu_block_writer *writer, size_t *ret_n);

#endif
