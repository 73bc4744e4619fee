/// @file graph/load.h  RDF from files: N-Triples, N-Quads, Turtle, TriG, RDF/XML.
///
/// N-Triples, N-Quads, Turtle and TriG are read by readers of our own (all of RDF 1.1, TriG with and without GRAPH),
/// RDF/XML by raptor. Reading streams: memory does not grow with the file. Nothing is fetched from anywhere.
/// Terms arrive as graph/term.h has them: language tags in lower case, xsd:string left out.
#ifndef YUTU_GRAPH_LOAD_H
#define YUTU_GRAPH_LOAD_H

#include "graph/serialise/format.h"
#include "graph/sink.h"

enum {
  YUTU_LOAD_LINE_MAX = 64 * 1024 * 1024, ///< bytes of a line of N-Quads, of a term of Turtle
  YUTU_LOAD_DEPTH_MAX = 200,             ///< brackets within brackets in Turtle
};

typedef struct {
  yutu_format format; ///< NONE: by the file's extension
  yutu_slice base;    ///< for relative IRIs; empty: the file's own IRI
  yutu_term graph;    ///< statements without a graph go into this one; kind NONE: they stay without
  /// Blank nodes are local to a file: label "x" becomes "<this>nx" and an unlabelled one "<this>a1", so files that are
  /// loaded together need different ones, for instance "f1", "f2". For a store that is loaded into again and again,
  /// take something of the file itself (its digest): then the same file gives the same nodes. ASCII letters and digits,
  /// beginning with a letter; empty: "f".
  yutu_slice blank_prefix;
  /// Called for each line that is wrong and was skipped (N-Triples, N-Quads), with file, line and column. May be NULL.
  void (*on_bad_line)(void *context, const yutu_error *problem);
  void *context; ///< for on_bad_line
} yutu_load_options;

typedef struct {
  uint64_t quads;     ///< given to the sink
  uint64_t bad_lines; ///< skipped
} yutu_load_counts;

/// Read a file, or standard input for "-" (which needs a format).
/// @param options          NULL: all defaults
/// @param[out] ret_counts  filled also on failure; may be NULL
/// @retval YUTU_ERR_USAGE  no format that is read here
/// @retval YUTU_ERR_INPUT  Turtle, TriG, RDF/XML: a mistake; `err` has file, line and column. Statements before it were
///                         delivered. (N-Triples and N-Quads go on behind a bad line.)
/// @retval YUTU_ERR_LIMIT  a line, term or nesting over the limit
/// @retval YUTU_ERR_IO     the file cannot be read
/// Anything that the sink returned.
YUTU_NODISCARD yutu_status yutu_load_file(const char *path, const yutu_load_options *options, yutu_quad_sink sink,
                                          void *context, yutu_load_counts *ret_counts, yutu_error *err);

/// The same from memory. `name` is for messages; options->format must be given, and options->base where relative IRIs
/// are to be understood.
YUTU_NODISCARD yutu_status yutu_load_bytes(const char *name, const void *bytes, size_t n,
                                           const yutu_load_options *options, yutu_quad_sink sink, void *context,
                                           yutu_load_counts *ret_counts, yutu_error *err);

#endif
