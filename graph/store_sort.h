/// @file graph/store_sort.h  Sorting of quads by the six index orders.
#ifndef YUTU_GRAPH_STORE_SORT_H
#define YUTU_GRAPH_STORE_SORT_H

#include "graph/index.h"

/// A change to the store: a quad; in g, YUTU_OP_REMOVE.
typedef union {
  yutu_quad_ids quad;
  uint64_t v[4]; ///< s, p, o, g
} yutu_op;

#define YUTU_OP_REMOVE (UINT64_C(1) << 63)

/// Sort by one place, keeping the order of equals. @param[out] scratch  as large as `ops`; the result is in `ops`.
void yutu_sort_by(yutu_op *ops, yutu_op *scratch, size_t n, unsigned place);

/// Sort by all places in the order of an index, keeping the order of equals.
void yutu_sort(yutu_op *ops, yutu_op *scratch, size_t n, yutu_index index);

#endif
