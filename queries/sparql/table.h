/// @file queries/sparql/table.h  Rows of ids in memory, each key once, found by a hash of it.
///
/// Behind DISTINCT, GROUP BY and the walks along paths. Rows keep the order in which they were added. Memory counts
/// against the run's limit. (Hash joins, with many rows per key, have join_table.h.)
#ifndef YUTU_QUERIES_SPARQL_TABLE_H
#define YUTU_QUERIES_SPARQL_TABLE_H

#include "queries/sparql/exec.h"

enum { YUTU_NO_ROW = UINT32_MAX };

typedef struct {
  yutu_exec *x;
  uint32_t width;  ///< ids in a row
  uint32_t n_keys; ///< leading ids that are the key
  uint32_t n, room;
  yutu_id *cells;
  uint32_t *next; ///< row → next row of the same slot
  uint32_t *slots;
  uint32_t n_slots; ///< a power of two, or 0
} yutu_table;

void yutu_table_init(yutu_table *t, yutu_exec *x, uint32_t width, uint32_t n_keys);
void yutu_table_free(yutu_table *t); ///< Gives the memory back; the table may be initialised anew.
void yutu_table_clear(yutu_table *t);

static inline yutu_id *yutu_table_row(const yutu_table *t, uint32_t row) {
  return t->cells + (size_t)row * t->width;
}

/// Add a row (uninitialised) without looking at its key: for tables that are only read through.
yutu_id *yutu_table_push(yutu_table *t);

/// The row with the key, or YUTU_NO_ROW.
uint32_t yutu_table_find(const yutu_table *t, const yutu_id *key);

/// The row with the key, made (with zeroes behind the key) if it is not there. Not to be mixed with push.
uint32_t yutu_table_add(yutu_table *t, const yutu_id *key, bool *ret_added);

#endif
