/// @file graph/serialise/format.h  The formats that graphs are read from and written in.
#ifndef YUTU_GRAPH_SERIALISE_FORMAT_H
#define YUTU_GRAPH_SERIALISE_FORMAT_H

#include "base/slice.h"

typedef enum {
  YUTU_FORMAT_NONE,
  YUTU_FORMAT_NTRIPLES,
  YUTU_FORMAT_NQUADS,
  YUTU_FORMAT_TURTLE,
  YUTU_FORMAT_TRIG,
  YUTU_FORMAT_JSONLD, ///< written, not read
  YUTU_FORMAT_RDFXML,
  YUTU_FORMAT_GRAPHML, ///< this and all below: the network of entities, written only
  YUTU_FORMAT_GEXF,
  YUTU_FORMAT_DOT,
  YUTU_FORMAT_CSV,       ///< one line per edge
  YUTU_FORMAT_CSV_NODES, ///< one line per node
  YUTU_FORMAT_COUNT
} yutu_format;

typedef struct {
  const char *name;       ///< as on the command line: "turtle"
  const char *extensions; ///< of files, blank-separated: "ttl"
  const char *media_type; ///< "text/turtle"
  bool graphs;            ///< keeps the graph of a quad; the others write the union of the graphs
  bool readable;          ///< graph/load.h reads it
  bool network;           ///< nodes and edges only, not every triple
} yutu_format_facts;

/// What is known of a format. Static. `format` must not be YUTU_FORMAT_NONE.
const yutu_format_facts *yutu_format_get(yutu_format format);

/// The format of this name ("turtle"), extension ("ttl") or media type ("text/turtle", without parameters), in any
/// case; else YUTU_FORMAT_NONE.
yutu_format yutu_format_by_name(yutu_slice name);

/// The format by the extension of a file's name; else YUTU_FORMAT_NONE.
yutu_format yutu_format_by_path(yutu_slice path);

#endif
