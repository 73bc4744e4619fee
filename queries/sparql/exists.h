/// @file queries/sparql/exists.h  EXISTS: an operator that is opened for the registers as they are.
///
/// The answer depends on the few variables that the pattern shares with what is around it, and their values often come
/// again: answers are remembered as long as that pays.
#ifndef YUTU_QUERIES_SPARQL_EXISTS_H
#define YUTU_QUERIES_SPARQL_EXISTS_H

#include "queries/sparql/exec.h"

/// @param seen  variables from around that the pattern mentions
yutu_exists *yutu_exists_new(yutu_exec *x, const yutu_algebra *pattern, yutu_op *op, const uint64_t *seen);

/// Has the pattern a solution?
bool yutu_exists_test(yutu_exists *e);

void yutu_exists_release(yutu_exists *e);

const yutu_op *yutu_exists_op(const yutu_exists *e);

#endif
