#include "graph/serialise/network.h"

#include <stdlib.h>

static yutu_status out_of_memory(yutu_error *err) {
  return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory: the network is kept whole; export a part of the graph");
}

static yutu_status begin(yutu_writer *w, yutu_error *err) {
  yutu_network *net = w->state;
  net->arena = yutu_arena_new(0);
  if (!net->arena)
    return out_of_memory(err);
  net->names = yutu_intern_new(net->arena);
  net->texts = yutu_intern_new(net->arena);
  return net->names && net->texts ? YUTU_OK : out_of_memory(err);
}

static yutu_status put_quad(yutu_writer *w, const yutu_quad *quad, yutu_error *err) {
  return yutu_network_add(w->state, quad, err);
}

static yutu_status end(yutu_writer *w, yutu_error *err) {
  yutu_network *net = w->state;
  YUTU_TRY(yutu_network_build(net, err));
  switch (w->format) {
  case YUTU_FORMAT_GRAPHML:
    yutu_network_put_graphml(net, &w->out);
    break;
  case YUTU_FORMAT_GEXF:
    yutu_network_put_gexf(net, &w->out);
    break;
  case YUTU_FORMAT_DOT:
    yutu_network_put_dot(net, &w->out);
    break;
  case YUTU_FORMAT_CSV_NODES:
    yutu_network_put_csv_nodes(net, &w->out);
    break;
  default:
    yutu_network_put_csv_edges(net, &w->out);
    break;
  }
  return YUTU_OK;
}

static void release(yutu_writer *w) {
  const yutu_network *net = w->state;
  yutu_arena_free(net->arena);
}

const yutu_serialiser yutu_serialiser_network = {sizeof(yutu_network), begin, put_quad, end, release};

// ---- taking in ----

/// Number of a resource; none when out of memory.
static uint32_t resource(yutu_network *net, const yutu_term *term) {
  char small[512];
  const size_t n = term->value.len + 1;
  char *name = n <= sizeof small ? small : malloc(n);
  if (!name)
    return YUTU_NETWORK_NONE;
  name[0] = term->kind == YUTU_TERM_IRI ? '<' : '_';
  memcpy(name + 1, term->value.data, term->value.len);
  uint32_t number = yutu_intern_add(net->names, (yutu_slice){name, n});
  if (name != small)
    free(name);
  if (number != YUTU_INTERN_NONE && number == net->resources.n) {
    yutu_network_resource *r = YUTU_PUSH(net->arena, &net->resources);
    if (!r)
      return YUTU_NETWORK_NONE;
    *r = (yutu_network_resource){0, YUTU_NETWORK_NONE, YUTU_NETWORK_NONE, YUTU_NETWORK_NONE, YUTU_NETWORK_NONE};
  }
  return number;
}

static yutu_network_claim *claim_of(yutu_network *net, uint32_t iri) {
  yutu_network_resource *r = &net->resources.at[iri];
  if (r->claim == YUTU_NETWORK_NONE) {
    yutu_network_claim *c = YUTU_PUSH(net->arena, &net->claims);
    if (!c)
      return NULL;
    *c = (yutu_network_claim){
        .iri = iri, .subject = YUTU_NETWORK_NONE, .object = YUTU_NETWORK_NONE, .sentence = YUTU_NETWORK_NONE};
    r->claim = net->claims.n - 1;
  }
  return &net->claims.at[r->claim];
}

/// The lower the better; among labels of one rank the first by its bytes is taken.
static uint32_t label_rank(bool preferred, yutu_slice language) {
  const uint32_t by_language = yutu_slice_starts(language, YUTU_SLICE("zh")) ? 0 : language.len ? 2 : 1;
  return (preferred ? 0 : 3) + by_language;
}

static bool add_label(yutu_network *net, uint32_t subject, const yutu_term *o, bool preferred) {
  if (o->kind != YUTU_TERM_LITERAL)
    return true;
  yutu_network_resource *r = &net->resources.at[subject];
  const uint32_t rank = label_rank(preferred, o->language);
  const bool better = rank < r->label_rank ||
                      (rank == r->label_rank && yutu_slice_cmp(o->value, yutu_intern_get(net->texts, r->label)) < 0);
  if (!better)
    return true;
  const uint32_t text = yutu_intern_add(net->texts, o->value);
  r->label = text;
  r->label_rank = rank;
  return text != YUTU_INTERN_NONE;
}

static bool add_type(yutu_network *net, uint32_t subject, const yutu_term *o) {
  if (o->kind != YUTU_TERM_IRI || !yutu_slice_starts(o->value, YUTU_SLICE(YUTU_NS)))
    return true;
  const size_t n = sizeof YUTU_NS - 1;
  const yutu_class cls = yutu_class_find((yutu_slice){o->value.data + n, o->value.len - n});
  if (cls != YUTU_CLASS_NONE)
    net->resources.at[subject].classes |= UINT64_C(1) << cls;
  return true;
}

static uint32_t relation_of(const yutu_term *term) {
  if (term->kind != YUTU_TERM_IRI || !yutu_slice_starts(term->value, YUTU_SLICE(YUTU_NS)))
    return YUTU_PROPERTY_NONE;
  const size_t n = sizeof YUTU_NS - 1;
  return yutu_property_find((yutu_slice){term->value.data + n, term->value.len - n});
}

typedef enum { SUBJECT, OBJECT, SENTENCE } role;

static bool add_role(yutu_network *net, uint32_t subject, const yutu_term *o, role which) {
  if (o->kind == YUTU_TERM_LITERAL)
    return true;
  const uint32_t object = resource(net, o);
  yutu_network_claim *c = claim_of(net, subject);
  if (object == YUTU_NETWORK_NONE || !c)
    return false;
  uint32_t *slot = which == SUBJECT ? &c->subject : which == OBJECT ? &c->object : &c->sentence;
  *slot = object;
  return true;
}

static bool add_predicate(yutu_network *net, uint32_t subject, const yutu_term *o) {
  yutu_network_claim *c = claim_of(net, subject);
  if (c)
    c->predicate = relation_of(o);
  return c != NULL;
}

static bool add_confidence(yutu_network *net, uint32_t subject, const yutu_term *o) {
  yutu_network_claim *c = claim_of(net, subject);
  char text[32] = "";
  if (c && o->value.len < sizeof text) {
    memcpy(text, o->value.data, o->value.len);
    c->confidence = strtod(text, NULL);
  }
  return c != NULL;
}

static bool add_participant(yutu_network *net, uint32_t subject, const yutu_term *o) {
  const uint32_t entity = resource(net, o);
  if (entity == YUTU_NETWORK_NONE || !claim_of(net, subject))
    return false;
  yutu_network_part *part = YUTU_PUSH(net->arena, &net->parts);
  if (part)
    *part = (yutu_network_part){entity, net->resources.at[subject].claim};
  return part != NULL;
}

static bool add_quote(yutu_network *net, uint32_t subject, const yutu_term *o) {
  const uint32_t text = yutu_intern_add(net->texts, o->value);
  yutu_network_resource *r = &net->resources.at[subject];
  if (r->quote == YUTU_NETWORK_NONE || yutu_slice_cmp(o->value, yutu_intern_get(net->texts, r->quote)) < 0)
    r->quote = text;
  return text != YUTU_INTERN_NONE;
}

static bool add_edge(yutu_network *net, uint32_t subject, uint32_t relation, const yutu_term *o) {
  const uint32_t object = resource(net, o);
  yutu_network_edge *edge = object == YUTU_NETWORK_NONE ? NULL : YUTU_PUSH(net->arena, &net->edges);
  if (edge)
    *edge = (yutu_network_edge){subject, object, relation, 0, YUTU_NETWORK_NONE};
  return edge != NULL;
}

/// Predicates that matter besides the relations.
typedef enum {
  NOTHING,
  TYPE,
  PREFERRED_LABEL,
  OTHER_LABEL,
  CLAIM_SUBJECT,
  CLAIM_PREDICATE,
  CLAIM_OBJECT,
  CLAIM_SENTENCE,
  CLAIM_CONFIDENCE,
  PARTICIPANT,
  QUOTE
} meaning;

static meaning meaning_of(yutu_slice predicate) {
  static const struct {
    yutu_slice iri;
    meaning meaning;
  } known[] = {
      {{YUTU_NS_RDF "type", sizeof YUTU_NS_RDF + 3}, TYPE},
      {{YUTU_NS_SKOS "prefLabel", sizeof YUTU_NS_SKOS + 8}, PREFERRED_LABEL},
      {{YUTU_NS_RDFS "label", sizeof YUTU_NS_RDFS + 4}, OTHER_LABEL},
      {{YUTU_NS_RDF "subject", sizeof YUTU_NS_RDF + 6}, CLAIM_SUBJECT},
      {{YUTU_NS_RDF "predicate", sizeof YUTU_NS_RDF + 8}, CLAIM_PREDICATE},
      {{YUTU_NS_RDF "object", sizeof YUTU_NS_RDF + 5}, CLAIM_OBJECT},
      {{YUTU_NS_PROV "wasDerivedFrom", sizeof YUTU_NS_PROV + 13}, CLAIM_SENTENCE},
      {{YUTU_IRI_CONFIDENCE, sizeof YUTU_IRI_CONFIDENCE - 1}, CLAIM_CONFIDENCE},
      {{YUTU_IRI_PARTICIPANT, sizeof YUTU_IRI_PARTICIPANT - 1}, PARTICIPANT},
      {{YUTU_NS_NIF "anchorOf", sizeof YUTU_NS_NIF + 7}, QUOTE},
  };
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    if (yutu_slice_eq(known[i].iri, predicate))
      return known[i].meaning;
  }
  return NOTHING;
}

static bool add(yutu_network *net, uint32_t subject, const yutu_quad *quad, meaning what) {
  switch (what) {
  case TYPE:
    return add_type(net, subject, &quad->o);
  case PREFERRED_LABEL:
  case OTHER_LABEL:
    return add_label(net, subject, &quad->o, what == PREFERRED_LABEL);
  case CLAIM_SUBJECT:
    return add_role(net, subject, &quad->o, SUBJECT);
  case CLAIM_OBJECT:
    return add_role(net, subject, &quad->o, OBJECT);
  case CLAIM_SENTENCE:
    return add_role(net, subject, &quad->o, SENTENCE);
  case CLAIM_PREDICATE:
    return add_predicate(net, subject, &quad->o);
  case CLAIM_CONFIDENCE:
    return add_confidence(net, subject, &quad->o);
  case PARTICIPANT:
    return add_participant(net, subject, &quad->o);
  case QUOTE:
    return add_quote(net, subject, &quad->o);
  case NOTHING:
    break;
  }
  return true;
}

yutu_status yutu_network_add(yutu_network *net, const yutu_quad *quad, yutu_error *err) {
  const meaning what = meaning_of(quad->p.value);
  const uint32_t relation = what == NOTHING ? relation_of(&quad->p) : YUTU_PROPERTY_NONE;
  if (what == NOTHING && (relation == YUTU_PROPERTY_NONE || quad->o.kind == YUTU_TERM_LITERAL))
    return YUTU_OK;
  const uint32_t subject = resource(net, &quad->s);
  if (subject == YUTU_NETWORK_NONE)
    return out_of_memory(err);
  const bool done = relation ? add_edge(net, subject, relation, &quad->o) : add(net, subject, quad, what);
  return done ? YUTU_OK : out_of_memory(err);
}
