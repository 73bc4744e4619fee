/// @file queries/sparql/exec_setup.h  A run is begun and ended.
#ifndef YUTU_QUERIES_SPARQL_EXEC_SETUP_H
#define YUTU_QUERIES_SPARQL_EXEC_SETUP_H

#include "queries/sparql/exec.h"

/// @param[out] ret  Owned; free with yutu_exec_free().
YUTU_NODISCARD yutu_status yutu_exec_new(yutu_query *query, const yutu_query_options *options, yutu_exec **ret,
                                         yutu_error *err);
void yutu_exec_free(yutu_exec *x); ///< NULL-safe. Releases the operators too.

/// Do work that may jump to the run's trap. After a failure all further work fails in the same way.
YUTU_NODISCARD yutu_status yutu_exec_guard(yutu_exec *x, void (*work)(yutu_exec *x, void *context), void *context,
                                           yutu_error *err);

/// Look up the constants, the parameters and the graphs of the dataset. To be guarded.
void yutu_exec_prepare(yutu_exec *x);

/// Plan the query. To be guarded. @param needed  variables whose values are handed out
yutu_op *yutu_exec_plan(yutu_exec *x, const uint64_t *needed);

#endif
