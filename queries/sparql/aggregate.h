/// @file queries/sparql/aggregate.h  What a group remembers of the solutions in it.
#ifndef YUTU_QUERIES_SPARQL_AGGREGATE_H
#define YUTU_QUERIES_SPARQL_AGGREGATE_H

#include "queries/sparql/exec.h"
#include "queries/sparql/table.h"

/// One aggregate of one group. Zero-initialise.
typedef struct {
  uint64_t count;
  bool failed; ///< SUM, AVG: something was no number
  yutu_id id;  ///< MIN, MAX, SAMPLE: the value so far
  yutu_value sum;
  char *text; ///< GROUP_CONCAT
  size_t len, room;
} yutu_accumulator;

/// For DISTINCT: what was taken already.
typedef struct {
  yutu_table table;     ///< its keys: number of the group, then what is told apart
  const uint32_t *vars; ///< COUNT(DISTINCT *): the variables of a solution
  yutu_id *key;
} yutu_taken;

/// @param pattern  what is grouped
void yutu_taken_init(yutu_taken *t, yutu_exec *x, const yutu_aggregate *aggregate, const yutu_algebra *pattern);

/// Take the solution in the registers into account.
/// @param taken  for DISTINCT; NULL otherwise
/// @param group  number of the group
void yutu_accumulate(yutu_exec *x, const yutu_aggregate *aggregate, yutu_accumulator *a, yutu_taken *taken,
                     uint64_t group);

/// The value; YUTU_ID_NONE for an error.
yutu_id yutu_accumulator_value(yutu_exec *x, const yutu_aggregate *aggregate, yutu_accumulator *a);

void yutu_accumulator_free(yutu_exec *x, yutu_accumulator *a);

#endif
