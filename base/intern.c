#include "base/intern.h"

#include <assert.h>

struct yutu_intern {
  yutu_arena *arena;
  YUTU_VEC(yutu_slice) strings;
  uint32_t *slots; // id + 1, 0: free
  uint32_t n_slots;
};

enum { FIRST_SLOTS = 64 };

yutu_intern *yutu_intern_new(yutu_arena *arena) {
  yutu_intern *t = YUTU_NEW(arena, yutu_intern);
  if (!t)
    return NULL;
  t->arena = arena;
  t->n_slots = FIRST_SLOTS;
  t->slots = YUTU_NEW_ARRAY(arena, uint32_t, t->n_slots);
  return t->slots ? t : NULL;
}

static uint32_t *slot_of(const yutu_intern *t, yutu_slice s) {
  uint32_t i = (uint32_t)yutu_hash(s.data, s.len) & (t->n_slots - 1);
  while (t->slots[i] && !yutu_slice_eq(t->strings.at[t->slots[i] - 1], s))
    i = (i + 1) & (t->n_slots - 1);
  return &t->slots[i];
}

static int rehash(yutu_intern *t) {
  uint32_t *slots = YUTU_NEW_ARRAY(t->arena, uint32_t, (size_t)t->n_slots * 2);
  if (!slots)
    return 0;
  t->slots = slots;
  t->n_slots *= 2;
  for (uint32_t id = 0; id < t->strings.n; id++)
    *slot_of(t, t->strings.at[id]) = id + 1;
  return 1;
}

uint32_t yutu_intern_add(yutu_intern *t, yutu_slice s) {
  uint32_t *slot = slot_of(t, s);
  if (*slot)
    return *slot - 1;
  if (t->strings.n >= t->n_slots / 2) {
    if (!rehash(t))
      return YUTU_INTERN_NONE;
    slot = slot_of(t, s);
  }
  char *copy = yutu_arena_strndup(t->arena, s.data, s.len);
  yutu_slice *string = copy ? YUTU_PUSH(t->arena, &t->strings) : NULL;
  if (!string)
    return YUTU_INTERN_NONE;
  *string = (yutu_slice){copy, s.len};
  *slot = t->strings.n;
  return t->strings.n - 1;
}

uint32_t yutu_intern_find(const yutu_intern *t, yutu_slice s) {
  const uint32_t id = *slot_of(t, s);
  return id ? id - 1 : YUTU_INTERN_NONE;
}

yutu_slice yutu_intern_get(const yutu_intern *t, uint32_t id) {
  assert(id < t->strings.n);
  return t->strings.at[id];
}

uint32_t yutu_intern_count(const yutu_intern *t) {
  return t->strings.n;
}
