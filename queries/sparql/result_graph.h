/// @file queries/sparql/result_graph.h  Triples of CONSTRUCT and DESCRIBE, one at a time.
#ifndef YUTU_QUERIES_SPARQL_RESULT_GRAPH_H
#define YUTU_QUERIES_SPARQL_RESULT_GRAPH_H

#include "queries/sparql/exec_scan.h"
#include "queries/sparql/table.h"

typedef struct {
  yutu_exec *x;
  yutu_op *root;
  bool opened, ended;
  // CONSTRUCT
  uint32_t at;     ///< template to be filled next
  yutu_id *blanks; ///< by variable: the blank node that it stands for in the solution at hand
  yutu_table made; ///< triples given already
  // DESCRIBE
  uint32_t n_constants; ///< described IRIs of the text that were taken
  yutu_table resources; ///< to be described, in order; each once
  uint32_t next_resource;
  yutu_cursor *cursor; ///< over the triples of the one at hand
  yutu_places places;
  yutu_quad_ids last;
} yutu_graph_maker;

/// To be called inside the run's guard, as the next one.
void yutu_graph_maker_init(yutu_graph_maker *m, yutu_exec *x, yutu_op *root);

/// The next triple, each one once. @return false at the end
bool yutu_graph_maker_next(yutu_graph_maker *m, yutu_id ret_triple[3]);

void yutu_graph_maker_release(yutu_graph_maker *m);

#endif
