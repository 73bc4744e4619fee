// Nodes and edges of the network, out of what was collected.
#include "graph/serialise/network.h"

#include <stdlib.h>

static yutu_slice name_of(const yutu_network *net, uint32_t resource) {
  return yutu_intern_get(net->names, resource);
}

static int by_name(const void *a, const void *b, void *context) {
  const yutu_network *net = context;
  return yutu_slice_cmp(name_of(net, *(const uint32_t *)a), name_of(net, *(const uint32_t *)b));
}

static int compare(uint64_t a, uint64_t b) {
  return (a > b) - (a < b);
}

static int by_ends(const void *a, const void *b) {
  const yutu_network_edge *x = a, *y = b;
  int order = compare(x->from, y->from);
  if (!order)
    order = compare(x->to, y->to);
  return order ? order : compare(x->relation, y->relation);
}

static int by_entity(const void *a, const void *b) {
  const yutu_network_part *x = a, *y = b;
  const int order = compare(x->entity, y->entity);
  return order ? order : compare(x->claim, y->claim);
}

/// Number the nodes by their names. @return resource → node, or NULL when out of memory
static uint32_t *number_nodes(yutu_network *net) {
  uint32_t *node_of = YUTU_NEW_ARRAY(net->arena, uint32_t, net->resources.n + 1);
  net->nodes = YUTU_NEW_ARRAY(net->arena, uint32_t, net->resources.n + 1);
  if (!node_of || !net->nodes)
    return NULL;
  for (uint32_t i = 0; i < net->resources.n; i++) {
    node_of[i] = YUTU_NETWORK_NONE;
    if (net->resources.at[i].classes)
      net->nodes[net->n_nodes++] = i;
  }
  qsort_r(net->nodes, net->n_nodes, sizeof *net->nodes, by_name, net);
  for (uint32_t i = 0; i < net->n_nodes; i++)
    node_of[net->nodes[i]] = i;
  return node_of;
}

/// A relation in both directions is one edge, from the smaller node to the larger.
static void orient(yutu_network_edge *edge) {
  if (edge->from > edge->to && yutu_property_symmetric((yutu_property)edge->relation)) {
    const uint32_t from = edge->from;
    edge->from = edge->to;
    edge->to = from;
  }
}

/// From resources to nodes; edges to what is no node fall away, and so do repetitions.
static void number_edges(yutu_network *net, const uint32_t *node_of) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < net->edges.n; i++) {
    yutu_network_edge edge = net->edges.at[i];
    edge.from = node_of[edge.from];
    edge.to = node_of[edge.to];
    if (edge.from == YUTU_NETWORK_NONE || edge.to == YUTU_NETWORK_NONE)
      continue;
    orient(&edge);
    net->edges.at[n++] = edge;
  }
  if (n)
    qsort(net->edges.at, n, sizeof *net->edges.at, by_ends);
  net->edges.n = 0;
  for (uint32_t i = 0; i < n; i++) {
    if (i == 0 || by_ends(&net->edges.at[i - 1], &net->edges.at[i]) != 0)
      net->edges.at[net->edges.n++] = net->edges.at[i];
  }
}

/// Keeps what it is compared with outside the edges, since those move.
typedef struct {
  double confidence;
  bool any;
} best;

/// One more claim for an edge. Of the sentences the one of the surest claim is kept, of equals the first by IRI.
static void support(const yutu_network *net, yutu_network_edge *edge, best *so_far, const yutu_network_claim *c) {
  edge->n_claims++;
  if (c->sentence == YUTU_NETWORK_NONE)
    return;
  const bool better = !so_far->any || c->confidence > so_far->confidence ||
                      (c->confidence == so_far->confidence &&
                       yutu_slice_cmp(name_of(net, c->sentence), name_of(net, edge->sentence)) < 0);
  if (better) {
    *so_far = (best){c->confidence, true};
    edge->sentence = c->sentence;
  }
}

static void support_by_relations(yutu_network *net, const uint32_t *node_of, best *so_far) {
  for (uint32_t i = 0; i < net->claims.n; i++) {
    const yutu_network_claim *c = &net->claims.at[i];
    if (c->subject == YUTU_NETWORK_NONE || c->object == YUTU_NETWORK_NONE || !c->predicate)
      continue;
    yutu_network_edge key = {node_of[c->subject], node_of[c->object], c->predicate, 0, 0};
    orient(&key);
    yutu_network_edge *edge = net->edges.n ? bsearch(&key, net->edges.at, net->edges.n, sizeof key, by_ends) : NULL;
    if (edge)
      support(net, edge, &so_far[edge - net->edges.at], c);
  }
}

/// First participation of an entity, in parts sorted by entity.
static uint32_t first_part(const yutu_network *net, uint32_t entity) {
  uint32_t low = 0, high = net->parts.n;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (net->parts.at[middle].entity < entity)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/// The cooperations that both ends take part in.
static void support_by_cooperations(yutu_network *net, best *so_far) {
  if (net->parts.n == 0)
    return;
  qsort(net->parts.at, net->parts.n, sizeof *net->parts.at, by_entity);
  const yutu_network_part *parts = net->parts.at;
  for (uint32_t i = 0; i < net->edges.n; i++) {
    yutu_network_edge *edge = &net->edges.at[i];
    if (edge->relation != YUTU_PROPERTY_COOPERATES_WITH)
      continue;
    const uint32_t a = net->nodes[edge->from], b = net->nodes[edge->to];
    uint32_t x = first_part(net, a), y = first_part(net, b);
    while (x < net->parts.n && parts[x].entity == a && y < net->parts.n && parts[y].entity == b) {
      if (parts[x].claim == parts[y].claim)
        support(net, edge, &so_far[i], &net->claims.at[parts[x].claim]);
      const uint32_t last = parts[x].claim < parts[y].claim ? parts[x].claim : parts[y].claim;
      while (x < net->parts.n && parts[x].entity == a && parts[x].claim <= last)
        x++;
      while (y < net->parts.n && parts[y].entity == b && parts[y].claim <= last)
        y++;
    }
  }
}

yutu_status yutu_network_build(yutu_network *net, yutu_error *err) {
  const uint32_t *node_of = number_nodes(net);
  if (!node_of)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  number_edges(net, node_of);
  best *so_far = YUTU_NEW_ARRAY(net->arena, best, net->edges.n + 1);
  if (!so_far)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  support_by_relations(net, node_of, so_far);
  support_by_cooperations(net, so_far);
  return YUTU_OK;
}

yutu_slice yutu_network_iri(const yutu_network *net, uint32_t node) {
  const yutu_slice name = name_of(net, net->nodes[node]);
  return (yutu_slice){name.data + 1, name.len - 1};
}

yutu_slice yutu_network_label(const yutu_network *net, uint32_t node) {
  const uint32_t label = net->resources.at[net->nodes[node]].label;
  if (label != YUTU_NETWORK_NONE)
    return yutu_intern_get(net->texts, label);
  const yutu_slice iri = yutu_network_iri(net, node);
  size_t from = iri.len;
  while (from > 0 && iri.data[from - 1] != '/' && iri.data[from - 1] != '#')
    from--;
  return from < iri.len ? (yutu_slice){iri.data + from, iri.len - from} : iri;
}

void yutu_network_put_types(const yutu_network *net, uint32_t node, yutu_output *out) {
  const uint64_t classes = net->resources.at[net->nodes[node]].classes;
  bool first = true;
  for (int cls = YUTU_CLASS_NONE + 1; cls < YUTU_CLASS_COUNT; cls++) {
    if (!(classes >> cls & 1))
      continue;
    if (!first)
      yutu_put_char(out, '|');
    yutu_put_text(out, yutu_class_name((yutu_class)cls));
    first = false;
  }
}

yutu_slice yutu_network_evidence(const yutu_network *net, const yutu_network_edge *edge) {
  const uint32_t quote =
      edge->sentence == YUTU_NETWORK_NONE ? YUTU_NETWORK_NONE : net->resources.at[edge->sentence].quote;
  return quote == YUTU_NETWORK_NONE ? (yutu_slice){NULL, 0} : yutu_intern_get(net->texts, quote);
}
