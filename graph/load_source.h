/// @file graph/load_source.h  Between load.c and the readers; not for others.
#ifndef YUTU_GRAPH_LOAD_SOURCE_H
#define YUTU_GRAPH_LOAD_SOURCE_H

#include "base/buffer.h"
#include "graph/load.h"

/// A window on the bytes of a file: [at, end) is there, `fill` makes more of it.
typedef struct {
  const char *name; ///< for messages
  int fd;           ///< -1: everything is in the window already
  char *room;       ///< owned; NULL when the window is on somebody's memory
  size_t size;      ///< bytes of room
  const char *at;   ///< next byte to be read
  const char *end;  ///< one past the last byte in the window
  size_t offset;    ///< of `at` in the file when the window was last moved
  const char *from; ///< where `offset` counts from
  bool ended;       ///< nothing comes behind `end`
} yutu_load_source;

/// Keep [at, end), drop what is before, read more behind it. Pointers into the window become invalid.
/// @retval YUTU_ERR_LIMIT  the window would grow beyond YUTU_LOAD_LINE_MAX
/// @retval YUTU_ERR_IO     the operating system refused
YUTU_NODISCARD yutu_status yutu_load_fill(yutu_load_source *source, yutu_error *err);

/// What the readers share.
typedef struct {
  yutu_load_source source;
  const yutu_load_options *options;
  yutu_slice base; ///< absolute IRI, or empty
  yutu_quad_sink sink;
  void *sink_context;
  yutu_load_counts counts;
  uint64_t n_blanks; ///< without a label so far
} yutu_load;

/// Give a statement to the sink: counts it, and puts it into the graph of the options when it has none.
YUTU_NODISCARD yutu_status yutu_load_emit(yutu_load *load, const yutu_quad *quad, yutu_error *err);

/// Append the label in the graph of a blank node that has one in the file.
void yutu_load_blank(const yutu_load *load, yutu_slice label, yutu_buffer *ret);

/// Append a label for a blank node that has none.
void yutu_load_new_blank(yutu_load *load, yutu_buffer *ret);

YUTU_NODISCARD yutu_status yutu_load_lines(yutu_load *load, bool graphs, yutu_error *err);  ///< N-Triples, N-Quads
YUTU_NODISCARD yutu_status yutu_load_turtle(yutu_load *load, bool graphs, yutu_error *err); ///< Turtle, TriG
YUTU_NODISCARD yutu_status yutu_load_rdfxml(yutu_load *load, yutu_error *err);

#endif
