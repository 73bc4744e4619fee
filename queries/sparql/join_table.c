#include "queries/sparql/join_table.h"

#include <string.h>

enum { FIRST_ROOM = 16, ROWS_MAX = INT32_MAX };

void yutu_join_table_init(yutu_join_table *t, yutu_exec *x, uint32_t width, uint32_t n_keys) {
  *t = (yutu_join_table){.x = x, .width = width, .n_keys = n_keys};
}

void yutu_join_table_free(yutu_join_table *t) {
  if (!t->x)
    return;
  yutu_exec_release(t->x, t->cells, t->cells_room);
  yutu_exec_release(t->x, t->starts, t->starts_room);
  yutu_join_table_init(t, t->x, t->width, t->n_keys);
}

void yutu_join_table_clear(yutu_join_table *t) {
  t->n = 0;
  t->n_slots = 0;
}

static void set_room(yutu_join_table *t, uint32_t room) {
  const size_t bytes = (size_t)room * t->width * sizeof *t->cells;
  t->cells = yutu_exec_resize(t->x, t->cells, t->cells_room, bytes);
  t->cells_room = bytes;
  t->room = room;
}

yutu_id *yutu_join_table_push(yutu_join_table *t) {
  if (t->n == t->room) {
    if (t->room > ROWS_MAX / 2)
      yutu_exec_fail(t->x, YUTU_ERR_LIMIT, "more than %d rows in one table; ask for less", ROWS_MAX);
    set_room(t, t->room ? t->room * 2 : FIRST_ROOM);
  }
  return t->cells + (size_t)t->n++ * t->width;
}

static void make_slots(yutu_join_table *t) {
  uint32_t n = FIRST_ROOM;
  while (n < t->n && t->n_keys)
    n *= 2;
  const size_t bytes = ((size_t)n + 1) * sizeof *t->starts;
  if (bytes > t->starts_room) {
    t->starts = yutu_exec_resize(t->x, t->starts, t->starts_room, bytes);
    t->starts_room = bytes;
  }
  memset(t->starts, 0, bytes);
  t->n_slots = n;
}

/// Counting sort by slot.
void yutu_join_table_index(yutu_join_table *t) {
  make_slots(t);
  if (!t->n_keys || !t->n) { // all in slot 0 or wherever the empty key falls: every slot is everything
    for (uint32_t i = 1; i <= t->n_slots; i++)
      t->starts[i] = t->n;
    const uint64_t slot = yutu_hash_ids(NULL, 0) & (t->n_slots - 1);
    for (uint64_t i = 1; i <= slot; i++)
      t->starts[i] = 0;
    return;
  }
  const uint64_t mask = t->n_slots - 1;
  for (uint32_t row = 0; row < t->n; row++)
    t->starts[(yutu_hash_ids(yutu_join_table_row(t, row), t->n_keys) & mask) + 1]++;
  for (uint32_t i = 1; i <= t->n_slots; i++)
    t->starts[i] += t->starts[i - 1];
  const size_t row_bytes = t->width * sizeof *t->cells, bytes = t->n * row_bytes;
  yutu_id *unsorted = t->cells;
  const size_t unsorted_room = t->cells_room;
  yutu_id *sorted = yutu_exec_resize(t->x, NULL, 0, bytes);
  // starts[slot] moves on while the slot is filled; afterwards each holds what the next one held.
  for (uint32_t row = 0; row < t->n; row++) {
    const yutu_id *from = unsorted + (size_t)row * t->width;
    const uint32_t to = t->starts[yutu_hash_ids(from, t->n_keys) & mask]++;
    memcpy(sorted + (size_t)to * t->width, from, row_bytes);
  }
  memmove(t->starts + 1, t->starts, t->n_slots * sizeof *t->starts);
  t->starts[0] = 0;
  t->cells = sorted;
  t->cells_room = bytes;
  t->room = t->n;
  yutu_exec_release(t->x, unsorted, unsorted_room);
}
