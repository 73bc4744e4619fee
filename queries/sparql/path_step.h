/// @file queries/sparql/path_step.h  One step along a property path: from a node to the nodes that the path leads to.
///
/// A path is compiled into a tree of steps with ids in them; inverses disappear into a direction. Each step owns the
/// tables that it needs while it runs, so nothing is lost when a run is broken off.
#ifndef YUTU_QUERIES_SPARQL_PATH_STEP_H
#define YUTU_QUERIES_SPARQL_PATH_STEP_H

#include "queries/sparql/exec_scan.h"
#include "queries/sparql/table.h"

typedef struct yutu_step yutu_step;

struct yutu_step {
  yutu_path_kind kind; ///< never INVERSE
  bool inverse;
  yutu_id predicate;
  uint32_t n_parts;
  yutu_step **parts;
  yutu_id_list forward, backward; ///< NEGATED: predicates left out
  bool has_forward, has_backward;
  yutu_table a, b; ///< sets of nodes
};

/// What all steps of one path share.
typedef struct {
  yutu_exec *x;
  yutu_places graph;   ///< only its graph matters
  yutu_cursor *cursor; ///< the one scan that runs at a time; NULL: none
} yutu_walker;

yutu_step *yutu_step_compile(yutu_exec *x, const yutu_path *path);
void yutu_step_release(yutu_step *step);

/// Add the nodes that one step from `node` leads to (backwards: that lead to it) to a set.
void yutu_step_expand(yutu_walker *w, yutu_step *step, yutu_id node, bool backwards, yutu_table *out);

/// Add all nodes that a path of one step or more may begin at (backwards: end at); for a step of no length, all nodes.
void yutu_step_starts(yutu_walker *w, const yutu_step *step, bool backwards, yutu_table *out);

/// Add all subjects and objects of the graph.
void yutu_walker_all_nodes(yutu_walker *w, yutu_table *out);

/// Is it a subject or object of the graph?
bool yutu_walker_has_node(yutu_walker *w, yutu_id node);

/// About how many nodes a step from here leads to.
uint64_t yutu_step_estimate(yutu_walker *w, const yutu_step *step, yutu_id node, bool backwards);

void yutu_walker_release(yutu_walker *w);

static inline void yutu_set_init(yutu_table *set, yutu_exec *x) {
  yutu_table_init(set, x, 1, 1);
}

static inline bool yutu_set_add(yutu_table *set, yutu_id id) {
  bool added;
  yutu_table_add(set, &id, &added);
  return added;
}

static inline bool yutu_set_has(const yutu_table *set, yutu_id id) {
  return yutu_table_find(set, &id) != YUTU_NO_ROW;
}

static inline yutu_id yutu_set_at(const yutu_table *set, uint32_t i) {
  return set->cells[i];
}

#endif
