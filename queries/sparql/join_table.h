/// @file queries/sparql/join_table.h  The rows of one side of a hash join.
///
/// Filled once, then put in the order of a hash of the keys, so that the rows of one key lie side by side: a search
/// touches two places in memory, and many partners are read in a row. Memory counts against the run's limit.
#ifndef YUTU_QUERIES_SPARQL_JOIN_TABLE_H
#define YUTU_QUERIES_SPARQL_JOIN_TABLE_H

#include "queries/sparql/exec.h"

typedef struct {
  yutu_exec *x;
  uint32_t width;  ///< ids in a row
  uint32_t n_keys; ///< leading ids that are the key; 0: all rows have the same key
  uint32_t n, room;
  yutu_id *cells;
  uint32_t *starts; ///< by slot: its first row; the next slot's is the end
  uint32_t n_slots; ///< a power of two; 0: not in order yet
  size_t starts_room, cells_room;
} yutu_join_table;

void yutu_join_table_init(yutu_join_table *t, yutu_exec *x, uint32_t width, uint32_t n_keys);
void yutu_join_table_free(yutu_join_table *t);
void yutu_join_table_clear(yutu_join_table *t);

/// Add a row, to be filled by the caller.
yutu_id *yutu_join_table_push(yutu_join_table *t);

/// Put the rows in order; rows of one key stay in the order in which they were pushed.
void yutu_join_table_index(yutu_join_table *t);

static inline const yutu_id *yutu_join_table_row(const yutu_join_table *t, uint32_t row) {
  return t->cells + (size_t)row * t->width;
}

static inline uint64_t yutu_hash_ids(const yutu_id *ids, uint32_t n) {
  uint64_t h = UINT64_C(0x9E3779B97F4A7C15);
  for (uint32_t i = 0; i < n; i++) {
    h = (h ^ ids[i]) * UINT64_C(0xD6E8FEB86659FD93);
    h ^= h >> 32;
  }
  return h ^ h >> 16;
}

static inline bool yutu_same_ids(const yutu_id *a, const yutu_id *b, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    if (a[i] != b[i])
      return false;
  }
  return true;
}

/// The rows among which those with the key are: [*ret_begin, *ret_end). Each is to be checked by yutu_same_ids().
static inline void yutu_join_table_find(const yutu_join_table *t, const yutu_id *key, uint32_t *ret_begin,
                                        uint32_t *ret_end) {
  const uint64_t slot = yutu_hash_ids(key, t->n_keys) & (t->n_slots - 1);
  *ret_begin = t->starts[slot];
  *ret_end = t->starts[slot + 1];
}

#endif
