/// @file queries/serve/exchange.h  One request and its answer; not for others than serve/.
///
/// The thread that speaks HTTP fills in the question. Then either it answers at once (yutu_answer_*), or a thread of
/// the pool works: it looks at the question, says what the answer is (yutu_answer_open()) and writes it into the
/// stream. Both threads hold the exchange; the last one frees it.
#ifndef YUTU_QUERIES_SERVE_EXCHANGE_H
#define YUTU_QUERIES_SERVE_EXCHANGE_H

#include "base/buffer.h"
#include "queries/serve/form.h"
#include "queries/serve/negotiate.h"
#include "queries/serve/pool.h"
#include "queries/serve/serve.h"
#include "queries/serve/stream.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>

struct MHD_Connection;
struct MHD_Daemon;

struct yutu_server {
  yutu_store *store;
  yutu_serve_options options;
  struct MHD_Daemon *daemon;
  yutu_pool *pool;
  int listener;         ///< after yutu_server_drain(); -1 before
  atomic_uint n_active; ///< exchanges from their first line to their last byte
  bool loopback;        ///< bound to an address that only this machine reaches
  const char *host;     ///< as given, or the default
  char address[300];    ///< "http://127.0.0.1:8080/"
};

typedef enum {
  YUTU_METHOD_GET = 1,
  YUTU_METHOD_HEAD = 2,
  YUTU_METHOD_POST = 4,
  YUTU_METHOD_OPTIONS = 8,
  YUTU_METHOD_OTHER = 0,
} yutu_method;

typedef struct yutu_exchange yutu_exchange;

enum { YUTU_ANSWER_HEADERS_MAX = 8 };

struct yutu_exchange {
  yutu_task task; ///< first: the pool gives it back
  yutu_server *server;
  struct MHD_Connection *connection;
  atomic_uint holders;
  enum { YUTU_NEW, YUTU_RECEIVING, YUTU_WORKING, YUTU_ANSWERED } phase; ///< of the thread that speaks HTTP

  // ---- the question: complete before a thread of the pool sees it ----
  yutu_arena *arena; ///< of the question
  yutu_method method;
  const char *method_name;
  char *path;                                               ///< without the parameters
  yutu_slice query;                                         ///< the parameters, as sent
  yutu_slice accept, content_type, origin, host, known_tag; ///< headers; empty when not sent
  uint64_t content_length;                                  ///< as announced; 0 when not
  bool has_body;                                            ///< something follows the headers
  yutu_form form;                                           ///< parameters of the URL, then those of a form
  yutu_buffer body;
  uint64_t arrived_ms, deadline_ms; ///< by yutu_stream_clock(); deadline 0: none

  // ---- the work ----
  void (*work)(yutu_exchange *x);
  volatile sig_atomic_t cancel; ///< not zero: nobody waits for the answer any more

  // ---- the answer ----
  unsigned status; ///< HTTP status; 0: none yet
  struct {
    const char *name;
    char *value; ///< in the arena
  } headers[YUTU_ANSWER_HEADERS_MAX];
  unsigned n_headers;
  const void *fixed; ///< a static body
  size_t n_fixed;
  const char *text;    ///< in the arena: a short body
  yutu_stream *stream; ///< the body comes through here, unless there is another
  uint64_t n_sent;     ///< bytes handed to the network
};

yutu_exchange *yutu_exchange_new(yutu_server *server, struct MHD_Connection *connection, const char *uri);
void yutu_exchange_release(yutu_exchange *x); ///< NULL-safe.
void yutu_exchange_cancel(yutu_exchange *x);  ///< Nobody waits for the answer any more. In any thread.

// ---- saying what the answer is: at most one of these in an exchange ----

/// A line of text. For a failure: what is wrong and what to do.
void yutu_answer_text(yutu_exchange *x, unsigned status, const char *format, ...) YUTU_PRINTF(3, 4);

/// Bytes that live as long as the program. @param type  Content-Type, static
void yutu_answer_fixed(yutu_exchange *x, unsigned status, const char *type, const void *bytes, size_t n);

/// The failure of something that was asked, as text with the status that fits it.
void yutu_answer_error(yutu_exchange *x, const yutu_error *err);

/// 200, with a body that follows through yutu_exchange_stream().
void yutu_answer_open(yutu_exchange *x, const char *content_type);

/// Add a header. Beyond YUTU_ANSWER_HEADERS_MAX it is dropped. @param name static
void yutu_answer_header(yutu_exchange *x, const char *name, const char *value);

/// The body of an open answer, as a stream without a buffer of its own; close it with fclose(). NULL: out of memory.
FILE *yutu_exchange_stream(yutu_exchange *x);

/// The work is over: with YUTU_OK the answer is whole; otherwise it becomes the failure when nothing was sent yet, or
/// breaks off so that the client can tell.
void yutu_exchange_finish(yutu_exchange *x, yutu_status status, const yutu_error *err);

/// The format to send the answers of a form of query in. NULL: none will do, and the request is answered.
const yutu_offer *yutu_exchange_negotiate(yutu_exchange *x, yutu_query_form form);

/// "http://host:port" as the client sees us. In the arena.
const char *yutu_exchange_root(yutu_exchange *x);

// ---- what there is to answer ----

void yutu_route_begin(yutu_exchange *x); ///< once the headers are there: answers what can be refused already
void yutu_route(yutu_exchange *x);       ///< once the question is complete: answers, or sets `work`

void yutu_protocol_ask(yutu_exchange *x);     ///< /sparql: sets `work`
void yutu_graph_store_get(yutu_exchange *x);  ///< /data: sets `work`
void yutu_service_describe(yutu_exchange *x); ///< work: the service description
void yutu_answer_words(yutu_exchange *x);     ///< /words.json: answers

#endif
