/// @file graph/serialise/serialiser.h  Between writer.c and the formats; not for others.
#ifndef YUTU_GRAPH_SERIALISE_SERIALISER_H
#define YUTU_GRAPH_SERIALISE_SERIALISER_H

#include "graph/serialise/writer.h"

/// One format. Output goes to `writer->out`, whose failures writer.c looks after; the functions return only what the
/// format itself cannot do. `state_size` zeroed bytes are at `writer->state`.
typedef struct {
  size_t state_size;
  yutu_status (*begin)(yutu_writer *writer, yutu_error *err); ///< may be NULL
  yutu_status (*quad)(yutu_writer *writer, const yutu_quad *quad, yutu_error *err);
  yutu_status (*end)(yutu_writer *writer, yutu_error *err); ///< may be NULL
  void (*release)(yutu_writer *writer);                     ///< what the state holds; may be NULL; also after failures
} yutu_serialiser;

struct yutu_writer {
  const yutu_serialiser *serialiser;
  yutu_format format;
  const yutu_prefix *prefixes;
  size_t n_prefixes;
  void *state;
  yutu_output out;
};

extern const yutu_serialiser yutu_serialiser_lines;  ///< N-Triples, N-Quads
extern const yutu_serialiser yutu_serialiser_turtle; ///< Turtle, TriG
extern const yutu_serialiser yutu_serialiser_jsonld;
extern const yutu_serialiser yutu_serialiser_rdfxml;
extern const yutu_serialiser yutu_serialiser_network; ///< GraphML, GEXF, DOT, CSV

/// The prefix that stands for the longest beginning of the IRI, leaving something behind it. NULL: none.
const yutu_prefix *yutu_prefix_for(const yutu_writer *writer, yutu_slice iri);

// ---- grouping: what a statement has in common with the one before ----

/// The outermost part that is new. Each includes the ones before it.
typedef enum { YUTU_NEW_OBJECT, YUTU_NEW_PREDICATE, YUTU_NEW_SUBJECT, YUTU_NEW_GRAPH } yutu_news;

/// Graph, subject and predicate of the last statement. Zero-initialise.
typedef struct {
  yutu_term_kind graph_kind, subject_kind;
  yutu_buffer graph, subject, predicate;
  bool any; ///< there was a statement
} yutu_grouping;

/// Compare with the last statement and remember this one. The first statement is YUTU_NEW_GRAPH.
/// @param graphs  false: graphs do not matter
/// @retval YUTU_ERR_NOMEM  out of memory
YUTU_NODISCARD yutu_status yutu_grouping_next(yutu_grouping *last, const yutu_quad *quad, bool graphs, yutu_news *ret,
                                              yutu_error *err);
void yutu_grouping_free(yutu_grouping *last);

#endif
