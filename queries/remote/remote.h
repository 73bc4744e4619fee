/// @file queries/remote/remote.h  Queries asked of another SPARQL 1.1 endpoint, over HTTP.
///
/// The text of a query goes out as it is, with a VALUES block in each group that uses a parameter: parameters are
/// written by our own serialiser, never pasted. The answer is read while it arrives (SPARQL JSON; N-Triples, Turtle)
/// and given out as rows, like those of our own engine.
///
/// Sources: SPARQL 1.1 Protocol and SPARQL 1.1 Query Results JSON Format, W3C Recommendations of 21 March 2013.
#ifndef YUTU_QUERIES_REMOTE_REMOTE_H
#define YUTU_QUERIES_REMOTE_REMOTE_H

#include "base/arena.h"
#include "queries/names.h"
#include "queries/results/results.h"

enum {
  YUTU_REMOTE_VALUE_MAX = 64 * 1024 * 1024,  ///< bytes of one value
  YUTU_REMOTE_GRAPH_MAX = 256 * 1024 * 1024, ///< bytes of an answer in Turtle, which is read as a whole
  YUTU_REMOTE_COLUMNS_MAX = 4096,
  YUTU_REMOTE_DEPTH_MAX = 64,          ///< brackets within brackets in JSON
  YUTU_REMOTE_REFUSAL_MAX = 64 * 1024, ///< bytes of an error page that are read
  YUTU_REMOTE_CONNECT_SECONDS = 20,    ///< until the connection is there
  YUTU_REMOTE_REDIRECTS_MAX = 5,
};

/// Is this the address of an endpoint (http://…, https://…), not a folder?
bool yutu_remote_is_address(const char *where);

typedef struct yutu_remote yutu_remote;

/// @param address     may have a name and a password: http://name:password@host/…
/// @param timeout_ms  for each question; 0: none
/// @param cancel      when it becomes non-zero a question ends; may be NULL. Borrowed.
/// @param[out] ret    Owned; free with yutu_remote_close(). Nothing is sent yet.
YUTU_NODISCARD yutu_status yutu_remote_open(const char *address, unsigned timeout_ms,
                                            const volatile sig_atomic_t *cancel, yutu_remote **ret, yutu_error *err);
void yutu_remote_close(yutu_remote *remote); ///< NULL-safe. Its answers must be gone.

// ---- questions ----

/// A variable and what it stands for.
typedef struct {
  const char *name; ///< without ? or $
  yutu_term term;   ///< an IRI or a literal
} yutu_binding;

/// Everything is borrowed for the call.
typedef struct {
  yutu_slice text; ///< SPARQL 1.1 Query
  yutu_slice base; ///< relative IRIs of the text are resolved against it; may be empty
  const yutu_binding *bindings;
  size_t n_bindings;
  const char *const *graphs; ///< IRIs: the default graph is their union; none: as the endpoint has it
  size_t n_graphs;
  uint64_t row_limit; ///< most rows given out; 0: no limit
} yutu_remote_question;

typedef struct yutu_remote_answer yutu_remote_answer;

/// Send a question and read the beginning of its answer.
/// @param[out] ret  Owned; free with yutu_remote_answer_free().
/// @retval YUTU_ERR_QUERY        the endpoint refuses the query (400); the message has its first line
/// @retval YUTU_ERR_STORE        it refuses for another reason; the message has the HTTP status and the first line
/// @retval YUTU_ERR_IO           it cannot be reached
/// @retval YUTU_ERR_INPUT        what it answers is not SPARQL
/// @retval YUTU_ERR_LIMIT        out of time, or one of the limits above
/// @retval YUTU_ERR_UNSUPPORTED  parameters of CONSTRUCT WHERE beside a VALUES block, or a blank node as parameter
YUTU_NODISCARD yutu_status yutu_remote_ask(yutu_remote *remote, const yutu_remote_question *question,
                                           yutu_remote_answer **ret, yutu_error *err);
void yutu_remote_answer_free(yutu_remote_answer *answer); ///< NULL-safe.

/// The rows, to be pulled once. Borrowed: live with the answer; a row until the next one.
const yutu_rows *yutu_remote_rows(yutu_remote_answer *answer);

/// There were more rows than the limit. Meaningful after the last row.
bool yutu_remote_truncated(const yutu_remote_answer *answer);

// ---- names ----

/// As yutu_names_one(), asked of the endpoint. Candidates live as long as the remote.
YUTU_NODISCARD yutu_status yutu_remote_name(yutu_remote *remote, uint64_t classes, yutu_slice name, yutu_candidate *ret,
                                            yutu_candidates *ret_candidates, yutu_error *err);

/// As yutu_names_article(). @param[out] ret lives as long as the remote
YUTU_NODISCARD yutu_status yutu_remote_article(yutu_remote *remote, yutu_slice name, yutu_slice *ret, yutu_error *err);

#endif
