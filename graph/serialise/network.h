/// @file graph/serialise/network.h  The network of entities in a graph: for Gephi, Graphviz, Neo4j. Not for others.
///
/// Nodes are the resources with a class of the ontology, edges the relations between them. Statements may come in any
/// order: everything is kept in memory (about 100 bytes an edge, and the text of labels and sentences) until the end.
#ifndef YUTU_GRAPH_SERIALISE_NETWORK_H
#define YUTU_GRAPH_SERIALISE_NETWORK_H

#include "base/arena.h"
#include "base/intern.h"
#include "graph/serialise/serialiser.h"
#include "ontology/vocabulary.h"

enum { YUTU_NETWORK_NONE = UINT32_MAX };

/// What is known of an IRI or blank node. Its number is that of `resources`.
typedef struct {
  uint64_t classes;    ///< 1 << yutu_class
  uint32_t label;      ///< text number, or none
  uint32_t label_rank; ///< how good the label is: the lower the better
  uint32_t claim;      ///< number of the claim that this resource is, or none
  uint32_t quote;      ///< text number of a sentence's text, or none
} yutu_network_resource;

/// A relation claim or a cooperation.
typedef struct {
  uint32_t iri;             ///< resource
  uint32_t subject, object; ///< resources, or none
  uint32_t predicate;       ///< yutu_property, or 0
  uint32_t sentence;        ///< resource, or none
  double confidence;
} yutu_network_claim;

typedef struct {
  uint32_t from, to; ///< resources while collecting, nodes in the end
  uint32_t relation; ///< yutu_property
  uint32_t n_claims; ///< that support it
  uint32_t sentence; ///< resource: the sentence of the best of them, or none
} yutu_network_edge;

typedef struct {
  uint32_t entity; ///< resource
  uint32_t claim;  ///< number
} yutu_network_part;

typedef struct {
  yutu_arena *arena;
  yutu_intern *names; ///< of resources: "<iri" or "_label"
  yutu_intern *texts;
  YUTU_VEC(yutu_network_resource) resources;
  YUTU_VEC(yutu_network_claim) claims;
  YUTU_VEC(yutu_network_part) parts; ///< participants of cooperations
  YUTU_VEC(yutu_network_edge) edges;
  uint32_t *nodes; ///< after yutu_network_build(): resources, by IRI
  uint32_t n_nodes;
} yutu_network;

/// Take in one statement. @retval YUTU_ERR_NOMEM  out of memory
YUTU_NODISCARD yutu_status yutu_network_add(yutu_network *net, const yutu_quad *quad, yutu_error *err);

/// Make nodes and edges: sorted by IRI and relation, each once, with their claims counted.
YUTU_NODISCARD yutu_status yutu_network_build(yutu_network *net, yutu_error *err);

// ---- after building ----

yutu_slice yutu_network_iri(const yutu_network *net, uint32_t node);
yutu_slice yutu_network_label(const yutu_network *net, uint32_t node); ///< the IRI's end when there is no label
void yutu_network_put_types(const yutu_network *net, uint32_t node, yutu_output *out); ///< "City|Province"
yutu_slice yutu_network_evidence(const yutu_network *net, const yutu_network_edge *edge);

void yutu_network_put_graphml(const yutu_network *net, yutu_output *out);
void yutu_network_put_gexf(const yutu_network *net, yutu_output *out);
void yutu_network_put_dot(const yutu_network *net, yutu_output *out);
void yutu_network_put_csv_edges(const yutu_network *net, yutu_output *out);
void yutu_network_put_csv_nodes(const yutu_network *net, yutu_output *out);

#endif
