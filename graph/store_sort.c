#include "graph/store_sort.h"

#include <string.h>

enum { DIGIT_BITS = 11, DIGITS = (YUTU_ID_BITS + DIGIT_BITS - 1) / DIGIT_BITS, BUCKETS = 1 << DIGIT_BITS, FEW = 1024 };

static inline uint64_t part(const yutu_op *op, unsigned place) {
  return op->v[place] & YUTU_ID_MASK;
}

static inline unsigned digit_of(const yutu_op *op, unsigned place, unsigned digit) {
  return (unsigned)(part(op, place) >> (digit * DIGIT_BITS)) & (BUCKETS - 1);
}

/// One pass of a radix sort by the least significant digit first.
static void scatter(const yutu_op *from, yutu_op *to, size_t n, unsigned place, unsigned digit, uint32_t *count) {
  uint32_t sum = 0;
  for (size_t b = 0; b < BUCKETS; b++) {
    const uint32_t c = count[b];
    count[b] = sum;
    sum += c;
  }
  for (size_t i = 0; i < n; i++)
    to[count[digit_of(&from[i], place, digit)]++] = from[i];
}

static void radix_sort_by(yutu_op *ops, yutu_op *scratch, size_t n, unsigned place) {
  uint64_t differ = 0;
  bool sorted = true;
  for (size_t i = 1; i < n; i++) {
    differ |= part(&ops[i], place) ^ part(&ops[i - 1], place);
    sorted &= part(&ops[i], place) >= part(&ops[i - 1], place);
  }
  if (sorted)
    return;
  yutu_op *from = ops, *to = scratch;
  for (unsigned digit = 0; digit < DIGITS; digit++) {
    if (((differ >> (digit * DIGIT_BITS)) & (BUCKETS - 1)) == 0)
      continue;
    uint32_t count[BUCKETS] = {0};
    for (size_t i = 0; i < n; i++)
      count[digit_of(&from[i], place, digit)]++;
    scatter(from, to, n, place, digit, count);
    yutu_op *swap = from;
    from = to;
    to = swap;
  }
  if (from != ops)
    memcpy(ops, from, n * sizeof *ops);
}

/// Merge sort by `n_places` places, for few ops.
static void merge_sort(yutu_op *ops, yutu_op *scratch, size_t n, const unsigned char *places, unsigned n_places) {
  if (n < 2)
    return;
  const size_t half = n / 2;
  merge_sort(ops, scratch, half, places, n_places);
  merge_sort(ops + half, scratch, n - half, places, n_places);
  memcpy(scratch, ops, half * sizeof *ops);
  size_t a = 0, b = half, to = 0;
  while (a < half && b < n) {
    unsigned i = 0;
    while (i < n_places && part(&scratch[a], places[i]) == part(&ops[b], places[i]))
      i++;
    const bool second = i < n_places && part(&ops[b], places[i]) < part(&scratch[a], places[i]);
    ops[to++] = second ? ops[b++] : scratch[a++];
  }
  memcpy(ops + to, scratch + a, (half - a) * sizeof *ops);
}

void yutu_sort_by(yutu_op *ops, yutu_op *scratch, size_t n, unsigned place) {
  const unsigned char places[1] = {(unsigned char)place};
  if (n <= FEW)
    merge_sort(ops, scratch, n, places, 1);
  else
    radix_sort_by(ops, scratch, n, place);
}

void yutu_sort(yutu_op *ops, yutu_op *scratch, size_t n, yutu_index index) {
  if (n <= FEW) {
    merge_sort(ops, scratch, n, yutu_index_places[index], 4);
    return;
  }
  for (int i = 3; i >= 0; i--)
    radix_sort_by(ops, scratch, n, yutu_index_places[index][i]);
}
