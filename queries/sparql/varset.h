/// @file queries/sparql/varset.h  Sets of a query's variables, as bits.
///
/// All sets of one query have the same number of words (yutu_query.set_words).
#ifndef YUTU_QUERIES_SPARQL_VARSET_H
#define YUTU_QUERIES_SPARQL_VARSET_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t *yutu_varset_new(yutu_arena *arena, uint32_t words) {
  return YUTU_NEW_ARRAY(arena, uint64_t, words);
}

static inline uint64_t *yutu_varset_copy(yutu_arena *arena, const uint64_t *set, uint32_t words) {
  uint64_t *copy = yutu_varset_new(arena, words);
  if (copy)
    memcpy(copy, set, words * sizeof *set);
  return copy;
}

static inline bool yutu_varset_has(const uint64_t *set, uint32_t var) {
  return set[var / 64] >> (var % 64) & 1;
}

static inline void yutu_varset_add(uint64_t *set, uint32_t var) {
  set[var / 64] |= UINT64_C(1) << (var % 64);
}

static inline void yutu_varset_remove(uint64_t *set, uint32_t var) {
  set[var / 64] &= ~(UINT64_C(1) << (var % 64));
}

static inline void yutu_varset_unite(uint64_t *set, const uint64_t *other, uint32_t words) {
  for (uint32_t i = 0; i < words; i++)
    set[i] |= other[i];
}

static inline void yutu_varset_intersect(uint64_t *set, const uint64_t *other, uint32_t words) {
  for (uint32_t i = 0; i < words; i++)
    set[i] &= other[i];
}

static inline void yutu_varset_subtract(uint64_t *set, const uint64_t *other, uint32_t words) {
  for (uint32_t i = 0; i < words; i++)
    set[i] &= ~other[i];
}

static inline bool yutu_varset_meets(const uint64_t *a, const uint64_t *b, uint32_t words) {
  for (uint32_t i = 0; i < words; i++) {
    if (a[i] & b[i])
      return true;
  }
  return false;
}

/// Is every variable that is in both `set` and `among` also in `within`?
static inline bool yutu_varset_within(const uint64_t *set, const uint64_t *among, const uint64_t *within,
                                      uint32_t words) {
  for (uint32_t i = 0; i < words; i++) {
    if (set[i] & among[i] & ~within[i])
      return false;
  }
  return true;
}

static inline uint32_t yutu_varset_count(const uint64_t *set, uint32_t words) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < words; i++)
    n += (uint32_t)__builtin_popcountll(set[i]);
  return n;
}

/// Walk through a set: `for (uint32_t v = UINT32_MAX; yutu_varset_next(set, words, &v);)`.
static inline bool yutu_varset_next(const uint64_t *set, uint32_t words, uint32_t *var) {
  uint32_t from = *var + 1;
  for (uint32_t i = from / 64; i < words; i++) {
    uint64_t bits = set[i];
    if (i == from / 64)
      bits &= ~UINT64_C(0) << (from % 64);
    if (bits) {
      *var = i * 64 + (uint32_t)__builtin_ctzll(bits);
      return true;
    }
  }
  return false;
}

#endif
