#include "queries/sparql/table.h"

#include "queries/sparql/join_table.h"

#include <string.h>

enum { FIRST_ROOM = 16, ROWS_MAX = INT32_MAX };

void yutu_table_init(yutu_table *t, yutu_exec *x, uint32_t width, uint32_t n_keys) {
  *t = (yutu_table){.x = x, .width = width, .n_keys = n_keys};
}

void yutu_table_free(yutu_table *t) {
  if (!t->x)
    return;
  yutu_exec_release(t->x, t->cells, (size_t)t->room * t->width * sizeof *t->cells);
  yutu_exec_release(t->x, t->next, (size_t)t->room * sizeof *t->next);
  yutu_exec_release(t->x, t->slots, (size_t)t->n_slots * sizeof *t->slots);
  yutu_table_init(t, t->x, t->width, t->n_keys);
}

void yutu_table_clear(yutu_table *t) {
  t->n = 0;
  if (t->slots)
    memset(t->slots, 0xFF, t->n_slots * sizeof *t->slots);
}

yutu_id *yutu_table_push(yutu_table *t) {
  if (t->n == t->room) {
    if (t->room > ROWS_MAX / 2)
      yutu_exec_fail(t->x, YUTU_ERR_LIMIT, "more than %d rows in one table; ask for less", ROWS_MAX);
    const uint32_t room = t->room ? t->room * 2 : FIRST_ROOM;
    const size_t row = t->width * sizeof *t->cells;
    t->next = yutu_exec_resize(t->x, t->next, t->room * sizeof *t->next, room * sizeof *t->next);
    t->cells = yutu_exec_resize(t->x, t->cells, t->room * row, room * row);
    t->room = room;
  }
  return yutu_table_row(t, t->n++);
}

static void resize_slots(yutu_table *t) {
  uint32_t n = t->n_slots ? t->n_slots : 2 * FIRST_ROOM;
  while (n < t->room * UINT64_C(2))
    n *= 2;
  if (n != t->n_slots) {
    t->slots = yutu_exec_resize(t->x, t->slots, t->n_slots * sizeof *t->slots, n * sizeof *t->slots);
    t->n_slots = n;
  }
  memset(t->slots, 0xFF, n * sizeof *t->slots);
}

static void index_rows(yutu_table *t) {
  resize_slots(t);
  for (uint32_t row = 0; row < t->n; row++) {
    uint32_t *slot = &t->slots[yutu_hash_ids(yutu_table_row(t, row), t->n_keys) & (t->n_slots - 1)];
    t->next[row] = *slot;
    *slot = row;
  }
}

static inline uint32_t search(const yutu_table *t, const yutu_id *key, uint32_t row) {
  while (row != YUTU_NO_ROW && !yutu_same_ids(yutu_table_row(t, row), key, t->n_keys))
    row = t->next[row];
  return row;
}

uint32_t yutu_table_find(const yutu_table *t, const yutu_id *key) {
  return t->n ? search(t, key, t->slots[yutu_hash_ids(key, t->n_keys) & (t->n_slots - 1)]) : YUTU_NO_ROW;
}

uint32_t yutu_table_add(yutu_table *t, const yutu_id *key, bool *ret_added) {
  if (t->n_slots) {
    const uint32_t row = search(t, key, t->slots[yutu_hash_ids(key, t->n_keys) & (t->n_slots - 1)]);
    if (row != YUTU_NO_ROW) {
      *ret_added = false;
      return row;
    }
  }
  yutu_id *cells = yutu_table_push(t);
  memset(cells, 0, t->width * sizeof *cells);
  memcpy(cells, key, t->n_keys * sizeof *cells);
  const uint32_t row = t->n - 1;
  if (t->room * UINT64_C(2) > t->n_slots) {
    index_rows(t);
  } else {
    uint32_t *slot = &t->slots[yutu_hash_ids(cells, t->n_keys) & (t->n_slots - 1)];
    t->next[row] = *slot;
    *slot = row;
  }
  *ret_added = true;
  return row;
}
