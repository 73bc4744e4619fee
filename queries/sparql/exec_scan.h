/// @file queries/sparql/exec_scan.h  A triple pattern as the store's cursors take it.
#ifndef YUTU_QUERIES_SPARQL_EXEC_SCAN_H
#define YUTU_QUERIES_SPARQL_EXEC_SCAN_H

#include "queries/sparql/exec.h"

typedef struct {
  bool is_var;
  uint32_t index; ///< variable
  yutu_id id;     ///< constant
} yutu_place_of;

typedef struct {
  yutu_place_of at[4]; ///< subject, predicate, object, graph
  bool named;          ///< inside GRAPH
} yutu_places;

void yutu_places_of(yutu_exec *x, const yutu_algebra *triple, yutu_places *ret);

/// Is it a named graph of the dataset (whether or not it holds anything)?
bool yutu_graph_is_named(const yutu_exec *x, yutu_id graph);

/// What to look for with the registers as they are. @return false when nothing can match
bool yutu_places_pattern(const yutu_exec *x, const yutu_places *places, yutu_pattern *ret);

/// For patterns with `each_graph`: does the answer belong to the dataset, and is it new?
/// @param last  the answer taken last, for graphs that are merged; to be zeroed when the cursor is set anew
bool yutu_places_pick(const yutu_exec *x, const yutu_places *places, const yutu_quad_ids *quad, yutu_quad_ids *last);

#endif
