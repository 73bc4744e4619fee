/// @file queries/sparql/sparql.h  SPARQL 1.1 Query: parse a text, bind parameters, run it, pull the answers.
///
/// The engine works on the ids of a store's snapshot (graph/store.h) and makes terms only of what it hands out.
/// A query is parsed once and may be run any number of times, over different snapshots and with different parameters.
/// A query and its results belong to one thread at a time; different threads run different queries freely.
/// SERVICE and SPARQL Update are refused with their place in the text (YUTU_ERR_UNSUPPORTED).
///
/// Source: SPARQL 1.1 Query Language, W3C Recommendation of 21 March 2013, with its errata.
#ifndef YUTU_QUERIES_SPARQL_SPARQL_H
#define YUTU_QUERIES_SPARQL_SPARQL_H

#include "base/status.h"
#include "graph/store.h"
#include "graph/term.h"

#include <signal.h>
#include <stdio.h>

typedef struct yutu_query yutu_query;
typedef struct yutu_result yutu_result;

/// Limits on the text of a query, checked by yutu_sparql_parse().
enum {
  YUTU_QUERY_BYTES_MAX = 4 * 1024 * 1024,
  YUTU_QUERY_DEPTH_MAX = 256,  ///< nesting of groups, brackets and expressions
  YUTU_QUERY_CHAIN_MAX = 1000, ///< OPTIONAL, MINUS and BIND of one group, + and - of one sum, expressions of one SELECT
  YUTU_QUERY_VARIABLES_MAX = 4096, ///< distinct variables, counting blank nodes and inner steps of paths
};

typedef enum { YUTU_QUERY_SELECT, YUTU_QUERY_ASK, YUTU_QUERY_CONSTRUCT, YUTU_QUERY_DESCRIBE } yutu_query_form;

// ---- the text ----

/// Parse a query.
/// @param text      UTF-8. Borrowed for the call only.
/// @param base      The IRI that relative IRIs are resolved against until the text says BASE; {NULL, 0}: none, and a
///                  relative IRI is an error.
/// @param[out] ret  Owned; free with yutu_query_free().
/// @param[out] err  May be NULL. Filled on failure only, with line, column and offset; the file name is the caller's.
/// @retval YUTU_ERR_QUERY        not SPARQL 1.1 Query
/// @retval YUTU_ERR_UNSUPPORTED  SERVICE or an update
/// @retval YUTU_ERR_LIMIT        one of the limits above
YUTU_NODISCARD yutu_status yutu_sparql_parse(yutu_slice text, yutu_slice base, yutu_query **ret, yutu_error *err);
void yutu_query_free(yutu_query *query); ///< NULL-safe. Its results must be gone.

yutu_query_form yutu_query_kind(const yutu_query *query);

/// Names, without ? or $, of the variables that the text uses, in order of first sight. Borrowed: live with the query.
const yutu_slice *yutu_query_variables(const yutu_query *query, size_t *ret_n);

/// A graph that the text names by FROM or FROM NAMED.
typedef struct {
  yutu_slice iri; ///< borrowed: lives with the query
  bool named;
} yutu_query_graph;

/// The FROM clauses in the order of the text; none: the run's options say what is asked.
const yutu_query_graph *yutu_query_graphs(const yutu_query *query, size_t *ret_n);

/// Does the answer depend on data? False for a query without any pattern of triples or graphs: SELECT (1 + 1 AS ?n) {}.
bool yutu_query_reads_data(const yutu_query *query);

/// Bind a variable to a term for all runs that follow: everywhere in the query, also in subselects, the variable then
/// stands for the term. Binding again replaces the term; NULL takes the binding away.
/// @param name  without ? or $
/// @retval YUTU_ERR_USAGE  the query has no such variable; the message lists those that it has
YUTU_NODISCARD yutu_status yutu_query_bind(yutu_query *query, const char *name, const yutu_term *term, yutu_error *err);

// ---- running ----

/// What patterns outside GRAPH are asked of, when neither the text nor `graphs` says it.
typedef enum {
  YUTU_DEFAULT_UNION, ///< all graphs of the store, each triple once
  YUTU_DEFAULT_PLAIN, ///< exactly the store's default graph
  YUTU_DEFAULT_GIVEN, ///< the union of `graphs`, whatever the text says by FROM
} yutu_default_graph;

/// Zero-initialise, then set `snapshot`: the union of all graphs, no limits. Everything is borrowed and must outlive
/// the result.
typedef struct {
  yutu_snapshot *snapshot;
  yutu_default_graph default_graph;
  const yutu_slice *graphs; ///< IRIs, for YUTU_DEFAULT_GIVEN; a graph that the store lacks is empty
  size_t n_graphs;
  bool named_given;               ///< GRAPH reaches exactly `named_graphs`, whatever the text says by FROM NAMED;
  const yutu_slice *named_graphs; ///< otherwise all named graphs, or those of FROM NAMED
  size_t n_named_graphs;
  unsigned timeout_ms;                 ///< 0: none
  uint64_t row_limit;                  ///< most rows or triples handed out, the rest is cut; 0: none
  size_t memory_limit;                 ///< bytes that one run may hold for itself (the store's pages apart); 0: none
  const char *collation;               ///< ICU locale by which ORDER BY compares strings, "zh"; NULL: code points
  const volatile sig_atomic_t *cancel; ///< when it becomes non-zero the run ends; may be NULL
  FILE *explain;                       ///< the plan with estimated and real counts goes here when the run ends
} yutu_query_options;

/// Plan the query and begin. Work is done while answers are pulled (sorting and grouping at the first one).
/// @param query     Borrowed; must outlive the result, and must not be bound anew before the result is freed.
/// @param[out] ret  Owned; free with yutu_result_free().
/// @retval YUTU_ERR_USAGE        an unknown collation, or no snapshot
/// @retval YUTU_ERR_LIMIT        out of time, or over the memory limit; the message says which
/// @retval YUTU_ERR_INTERRUPTED  `cancel` was set
YUTU_NODISCARD yutu_status yutu_query_run(yutu_query *query, const yutu_query_options *options, yutu_result **ret,
                                          yutu_error *err);
void yutu_result_free(yutu_result *result); ///< NULL-safe. Writes the plan if options.explain was set.

yutu_query_form yutu_result_kind(const yutu_result *result);

/// Names of the columns: the projected variables without ? or $; subject, predicate, object for CONSTRUCT and DESCRIBE;
/// none for ASK. Borrowed: live with the result.
const yutu_slice *yutu_result_columns(const yutu_result *result, size_t *ret_n);

/// The next row: one term per column, YUTU_TERM_NONE where a variable is not bound. For CONSTRUCT and DESCRIBE a row is
/// a triple, and no triple comes twice.
/// @param[out] ret_row  Borrowed until the next call. NULL at the end (and always for ASK).
/// @retval YUTU_ERR_LIMIT, YUTU_ERR_INTERRUPTED  as above; later calls fail in the same way
YUTU_NODISCARD yutu_status yutu_result_next(yutu_result *result, const yutu_term **ret_row, yutu_error *err);

/// The answer of ASK.
/// @retval YUTU_ERR_USAGE  the query is no ASK
YUTU_NODISCARD yutu_status yutu_result_ask(yutu_result *result, bool *ret, yutu_error *err);

/// True when the row limit cut the answer: there were more rows. Meaningful after the last row.
bool yutu_result_truncated(const yutu_result *result);

#endif
