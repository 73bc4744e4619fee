/// @file cli/remote_query.h  A query of the command line, asked of another endpoint (-s http://…).
#ifndef YUTU_CLI_REMOTE_QUERY_H
#define YUTU_CLI_REMOTE_QUERY_H

#include "cli/options.h"
#include "queries/catalogue.h"
#include "queries/remote/remote.h"

enum { YUTU_REMOTE_PARAMETERS_MAX = 64 };

typedef struct {
  yutu_remote *remote;
  yutu_arena *arena; ///< of the bindings
  yutu_query *query; ///< borrowed: says which variables there are
  yutu_binding bindings[YUTU_REMOTE_PARAMETERS_MAX];
  size_t n_bindings;
} yutu_remote_query;

/// Is a question to be sent to another endpoint? Then options that only a store understands are refused.
/// @param[out] ret  Close with yutu_remote_query_close(), also on failure; remote is NULL when nothing is to be sent.
YUTU_NODISCARD yutu_status yutu_remote_query_open(const yutu_arguments *a, yutu_query *query, yutu_remote_query *ret,
                                                  yutu_error *err);
void yutu_remote_query_close(yutu_remote_query *q); ///< Closing twice does nothing.

/// Bind a parameter, as yutu_catalogue_bind().
YUTU_NODISCARD yutu_status yutu_remote_query_bind(yutu_remote_query *q, const yutu_catalogue_entry *entry,
                                                  yutu_slice name, yutu_slice value, yutu_candidates *ret_candidates,
                                                  yutu_error *err);

/// Send it. @param[out] ret  Owned; free with yutu_remote_answer_free().
YUTU_NODISCARD yutu_status yutu_remote_query_ask(const yutu_remote_query *q, const yutu_arguments *a, yutu_slice text,
                                                 yutu_slice base, yutu_remote_answer **ret, yutu_error *err);

#endif
