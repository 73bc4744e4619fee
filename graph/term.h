/// @file graph/term.h  RDF terms, triples and quads as plain values.
#ifndef YUTU_GRAPH_TERM_H
#define YUTU_GRAPH_TERM_H

#include "base/slice.h"

typedef enum { YUTU_TERM_NONE, YUTU_TERM_IRI, YUTU_TERM_LITERAL, YUTU_TERM_BLANK } yutu_term_kind;

/// Borrowed UTF-8. A literal without datatype and language is an xsd:string; with a language its datatype is empty
/// (rdf:langString is understood). `YUTU_TERM_NONE` stands for the default graph, or for "any" in a pattern.
typedef struct {
  yutu_term_kind kind;
  yutu_slice value;    ///< IRI, lexical form, or blank node label
  yutu_slice datatype; ///< IRI
  yutu_slice language; ///< lower case
} yutu_term;

typedef struct {
  yutu_term s, p, o, g; ///< g.kind may be YUTU_TERM_NONE: the default graph
} yutu_quad;

static inline yutu_term yutu_iri(yutu_slice iri) {
  return (yutu_term){.kind = YUTU_TERM_IRI, .value = iri};
}

static inline yutu_term yutu_text(yutu_slice text, yutu_slice language) {
  return (yutu_term){.kind = YUTU_TERM_LITERAL, .value = text, .language = language};
}

static inline yutu_term yutu_typed(yutu_slice text, yutu_slice datatype) {
  return (yutu_term){.kind = YUTU_TERM_LITERAL, .value = text, .datatype = datatype};
}

#endif
