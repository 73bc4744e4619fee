/// @file queries/remote/answer.h  Between the parts of remote/; not for others.
#ifndef YUTU_QUERIES_REMOTE_ANSWER_H
#define YUTU_QUERIES_REMOTE_ANSWER_H

#include "graph/serialise/format.h"
#include "queries/remote/json.h"
#include "queries/remote/remote.h"
#include "queries/remote/transfer.h"

struct yutu_remote {
  char *address;
  unsigned timeout_ms;
  const volatile sig_atomic_t *cancel;
  yutu_arena *arena; ///< of names that were looked up; without a trap
};

struct yutu_remote_answer {
  yutu_buffer form; ///< what was sent
  yutu_transfer *transfer;
  yutu_rows rows;
  uint64_t row_limit, n_rows;
  bool truncated;
  yutu_arena *arena;      ///< columns; without a trap
  yutu_arena *rows_arena; ///< the row given out last, or the triples that were read ahead; without a trap
  yutu_term *row;

  yutu_json json; ///< of SELECT and ASK
  bool first_row;

  yutu_format format; ///< of CONSTRUCT and DESCRIBE
  yutu_buffer text;   ///< that is still to be parsed
  YUTU_VEC(yutu_quad) triples;
  uint32_t next_triple;
  bool ended; ///< nothing more will arrive
};

/// Read up to the first row.
yutu_status yutu_remote_open_rows(yutu_remote_answer *answer, yutu_error *err);
yutu_status yutu_remote_open_graph(yutu_remote_answer *answer, yutu_error *err);

/// A copy in the arena; false when it is exhausted.
bool yutu_remote_keep(yutu_arena *arena, yutu_slice *s);

/// The text of a question with its base and its bindings in it.
yutu_status yutu_remote_write_query(const yutu_remote_question *question, yutu_buffer *ret, yutu_error *err);

/// Append a term as SPARQL has it.
yutu_status yutu_remote_put_term(yutu_buffer *out, const yutu_term *term, yutu_error *err);

#endif
