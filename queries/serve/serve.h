/// @file queries/serve/serve.h  A store over HTTP: the SPARQL 1.1 Protocol, the Graph Store Protocol, the explorer
/// page.
///
/// | path      | answers                                                                                |
/// | --------- | -------------------------------------------------------------------------------------- |
/// | /sparql   | queries by GET and POST; without a query, the service description                      |
/// | /data     | graphs, read-only: GET and HEAD with ?graph=IRI or ?default                            |
/// | /         | the explorer page (queries/page), with /page.css, /page.js and /words.json              |
/// | /health   | 200 and a line of JSON while the store can be read                                     |
///
/// One thread speaks HTTP, `jobs` others answer, each request from a snapshot of its own: readers do not wait for each
/// other, nor for a writer. Answers stream through a bounded buffer. The server only reads.
///
/// Sources: SPARQL 1.1 Protocol, SPARQL 1.1 Graph Store HTTP Protocol, SPARQL 1.1 Service Description; all W3C
/// Recommendations of 21 March 2013. RFC 9110 for HTTP.
#ifndef YUTU_QUERIES_SERVE_SERVE_H
#define YUTU_QUERIES_SERVE_SERVE_H

#include "base/status.h"
#include "graph/store.h"

#include <stdbool.h>
#include <stdint.h>

enum {
  YUTU_SERVE_BODY_MAX = 4 * 1024 * 1024, ///< bytes of a request's body; more is 413
  YUTU_SERVE_HEAD_MAX = 64 * 1024,       ///< bytes of a request's first line and headers; more is 414 or 431
  YUTU_SERVE_FIELDS_MAX = 512,           ///< parameters of a request; more is 400
  YUTU_SERVE_STREAM_BYTES = 256 * 1024,  ///< of an answer that wait for the client
  YUTU_SERVE_JOBS_MAX = 256,
  YUTU_SERVE_CONNECTIONS_MAX = 10000,
  YUTU_SERVE_WAIT_MS = 5000,    ///< a request waits no longer than this for a free thread; then it is 503
  YUTU_SERVE_IDLE_SECONDS = 30, ///< a connection that neither sends nor takes anything is closed after this
};

/// One request, when it is over.
typedef struct {
  const char *method, *path; ///< borrowed: valid during the call. The path is without its parameters.
  unsigned status;           ///< HTTP status
  uint64_t bytes;            ///< of the answer's body that were handed to the network
  double seconds;            ///< from its first line to its last byte
} yutu_serve_record;

/// Zero-initialise, then set what is needed. Everything is borrowed for the life of the server.
typedef struct {
  const char *host;           ///< address or name to bind to; NULL: 127.0.0.1
  uint16_t port;              ///< 0: any free one
  unsigned jobs;              ///< threads that answer; 0: twice the processors, at least 4
  unsigned connections;       ///< open at once; 0: 256. Further ones wait.
  unsigned timeout_ms;        ///< for a request, from its arrival; 0: none
  uint64_t row_limit;         ///< an answer with more rows or triples is refused; 0: none
  size_t memory_limit;        ///< bytes for one query; 0: none
  const char *const *origins; ///< web pages of these origins may ask (CORS); "*": all
  size_t n_origins;
  void (*log)(void *context, const yutu_serve_record *record); ///< may be NULL; called in the thread that speaks HTTP
  void *log_context;
} yutu_serve_options;

typedef struct yutu_server yutu_server;

/// Start answering; returns at once.
/// @param store     borrowed; must outlive the server
/// @param[out] ret  Owned; yutu_server_stop() frees it.
/// @retval YUTU_ERR_USAGE  no such host, or a limit beyond its bound
/// @retval YUTU_ERR_IO     the address is taken, or may not be used
YUTU_NODISCARD yutu_status yutu_server_start(yutu_store *store, const yutu_serve_options *options, yutu_server **ret,
                                             yutu_error *err);

/// "http://127.0.0.1:8080/", with the port that was taken. Borrowed.
const char *yutu_server_address(const yutu_server *server);

/// Accept nothing more; true once no request is under way. Does not wait.
bool yutu_server_drain(yutu_server *server);

/// End: requests that are still under way are broken off. Frees the server. NULL-safe.
void yutu_server_stop(yutu_server *server);

#endif
