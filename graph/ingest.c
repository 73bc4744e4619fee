#include "graph/ingest.h"

#include "graph/derive.h"
#include "graph/iri.h"
#include "graph/number.h"
#include "graph/statements.h"

#include <string.h>

#define HANS "zh-hans"

enum { CONFIDENCE_DIGITS = 2 };

typedef struct {
  const yutu_article *article;
  yutu_slice base, graph; ///< the article's IRI is the graph's name
  yutu_arena *arena;
  yutu_statements all;
  uint32_t self;       ///< subject numbers, here and below
  uint32_t *entities;  ///< by index in the article; one number may come twice
  uint32_t *sentences; ///< those that a claim rests on; others are YUTU_NO_INDEX
} ingest;

/// Text that is no date is left out: the property promises one.
static void add_date(ingest *in, uint32_t subject, yutu_slice text) {
  const yutu_term date = yutu_date_term(text);
  if (date.datatype.len)
    yutu_statements_add(&in->all, subject, YUTU_NS_DCTERMS "date", date);
}

static void add_article(ingest *in) {
  const yutu_article *a = in->article;
  yutu_statements *all = &in->all;
  in->self = yutu_statements_subject(all, in->graph);
  yutu_statements_add_iri(all, in->self, YUTU_NS_RDF "type", YUTU_SLICE(YUTU_NS_SCHEMA "NewsArticle"));
  yutu_statements_add_text(all, in->self, YUTU_NS_DCTERMS "title", a->title, HANS);
  yutu_statements_add_text(all, in->self, YUTU_NS_DCTERMS "source", a->file, NULL);
  yutu_statements_add_text(all, in->self, YUTU_NS_SCHEMA "articleSection", a->section, NULL);
  yutu_statements_add_text(all, in->self, YUTU_NS_SCHEMA "author", a->author, NULL);
  add_date(in, in->self, a->date);
}

/// Posts are kept apart, so that each can be asked for.
static void add_job_titles(ingest *in, uint32_t person, yutu_slice titles) {
  const yutu_slice mark = YUTU_SLICE("；");
  while (titles.len) {
    const char *cut = memmem(titles.data, titles.len, mark.data, mark.len);
    const yutu_slice title = {titles.data, cut ? (size_t)(cut - titles.data) : titles.len};
    yutu_statements_add_text(&in->all, person, YUTU_NS_SCHEMA "jobTitle", yutu_slice_trim(title), HANS);
    const size_t used = title.len + (cut ? mark.len : 0);
    titles = (yutu_slice){titles.data + used, titles.len - used};
  }
}

static void add_entity(ingest *in, uint32_t index) {
  const yutu_entity *e = &in->article->entities[index];
  yutu_statements *all = &in->all;
  const uint32_t entity = yutu_statements_subject(all, yutu_iri_entity(in->arena, in->base, e->cls, e->name, e->id));
  in->entities[index] = entity;
  yutu_derive_types(all, entity, e->cls, e->name, e->id);
  yutu_statements_add_text(all, entity, YUTU_NS_SKOS "prefLabel", e->name, HANS);
  for (uint32_t i = 0; i < e->n_other_names; i++) {
    if (!yutu_slice_eq(e->other_names[i], e->name))
      yutu_statements_add_text(all, entity, YUTU_NS_SKOS "altLabel", e->other_names[i], HANS);
  }
  add_job_titles(in, entity, e->job_title);
}

/// The claim's sentence, which then is in the graph as well.
static uint32_t sentence(ingest *in, uint32_t index) {
  if (in->sentences[index] == YUTU_NO_INDEX) {
    const yutu_sentence_ref *s = &in->article->sentences[index];
    yutu_statements *all = &in->all;
    const uint32_t number = yutu_statements_subject(all, yutu_iri_sentence(in->arena, in->graph, s->begin, s->end));
    yutu_statements_add_iri(all, number, YUTU_NS_RDF "type", YUTU_SLICE(YUTU_NS_NIF "RFC5147String"));
    yutu_statements_add_text(all, number, YUTU_NS_NIF "anchorOf", s->printed, "zh");
    yutu_statements_add_iri(all, number, YUTU_NS_NIF "referenceContext", in->graph);
    in->sentences[index] = number;
  }
  return in->sentences[index];
}

static void add_entity_link(ingest *in, uint32_t claim, const char *predicate, uint32_t entity) {
  yutu_statements_add_iri(&in->all, claim, predicate, yutu_statements_iri(&in->all, in->entities[entity]));
}

static void add_relation(ingest *in, uint32_t claim, uint32_t subject, yutu_property predicate, uint32_t object) {
  yutu_statements *all = &in->all;
  yutu_statements_add_iri(all, claim, YUTU_NS_RDF "type", YUTU_SLICE(YUTU_NS_RDF "Statement"));
  add_entity_link(in, claim, YUTU_NS_RDF "subject", subject);
  yutu_statements_add_iri(all, claim, YUTU_NS_RDF "predicate", yutu_statements_property(all, predicate));
  add_entity_link(in, claim, YUTU_NS_RDF "object", object);
  yutu_statements_add_relation(all, in->entities[subject], predicate, in->entities[object]);
}

static void add_cooperation(ingest *in, uint32_t claim, const yutu_claim *c) {
  uint32_t *members = YUTU_NEW_ARRAY(in->arena, uint32_t, c->n_participants + 1);
  in->all.failed = in->all.failed || !members;
  yutu_statements_add_iri(&in->all, claim, YUTU_NS_RDF "type", YUTU_SLICE(YUTU_IRI_COOPERATION));
  for (uint32_t i = 0; i < c->n_participants && members; i++) {
    members[i] = in->entities[c->participants[i]];
    add_entity_link(in, claim, YUTU_IRI_PARTICIPANT, c->participants[i]);
  }
  if (c->via != YUTU_NO_INDEX)
    add_entity_link(in, claim, YUTU_IRI_VIA, c->via);
  if (members)
    yutu_derive_cooperation(&in->all, members, c->n_participants);
}

static void add_observation(ingest *in, uint32_t claim, const yutu_claim *c) {
  yutu_statements *all = &in->all;
  yutu_statements_add_iri(all, claim, YUTU_NS_RDF "type", YUTU_SLICE(YUTU_NS_SCHEMA "Observation"));
  add_entity_link(in, claim, YUTU_NS_SCHEMA "observationAbout", c->subject);
  yutu_statements_add_text(all, claim, YUTU_NS_SCHEMA "variableMeasured", c->indicator, HANS);
  const yutu_term value = yutu_number_term(in->arena, c->value);
  if (value.datatype.len) // else no number: the property promises one
    yutu_statements_add(all, claim, YUTU_NS_SCHEMA "value", value);
  yutu_statements_add_text(all, claim, YUTU_NS_SCHEMA "unitText", c->unit, NULL);
  yutu_statements_add_text(all, claim, YUTU_NS_SCHEMA "observationPeriod", c->period, NULL);
}

/// What every claim has, whatever it says.
static void add_grounds(ingest *in, uint32_t claim, const yutu_claim *c) {
  yutu_statements *all = &in->all;
  const double confidence = c->confidence >= 0 ? (c->confidence <= 1 ? c->confidence : 1) : 0;
  yutu_statements_add_iri(all, claim, YUTU_NS_PROV "wasDerivedFrom",
                          yutu_statements_iri(all, sentence(in, c->sentence)));
  yutu_statements_add(all, claim, YUTU_IRI_CONFIDENCE, yutu_decimal_term(in->arena, confidence, CONFIDENCE_DIGITS));
  yutu_statements_add_text(all, claim, YUTU_IRI_RULE, c->rule, NULL);
  if (c->modality == YUTU_MODALITY_PLANNED)
    yutu_statements_add_iri(all, claim, YUTU_IRI_MODALITY, YUTU_SLICE(YUTU_IRI_PLANNED));
  add_date(in, claim, c->date);
}

static uint32_t claim_subject(ingest *in, uint32_t number) {
  return yutu_statements_subject(&in->all, yutu_iri_claim(in->arena, in->graph, number));
}

static void add_claim(ingest *in, uint32_t index) {
  const yutu_claim *c = &in->article->claims[index];
  const uint32_t claim = claim_subject(in, index + 1);
  switch (c->kind) {
  case YUTU_CLAIM_RELATION:
    add_relation(in, claim, c->subject, c->predicate, c->object);
    break;
  case YUTU_CLAIM_COOPERATION:
    add_cooperation(in, claim, c);
    break;
  case YUTU_CLAIM_OBSERVATION:
    add_observation(in, claim, c);
    break;
  }
  add_grounds(in, claim, c);
}

static void add_link(ingest *in, uint32_t index) {
  const yutu_region_link *link = &in->article->links[index];
  if (in->entities[link->a] == in->entities[link->b])
    return;
  const uint32_t claim = claim_subject(in, in->article->n_claims + index + 1);
  add_relation(in, claim, link->a, YUTU_PROPERTY_LINKED_WITH, link->b);
  // The cooperation itself: a sentence may state several, and each ties other regions.
  yutu_statements_add_iri(&in->all, claim, YUTU_NS_PROV "wasInfluencedBy",
                          yutu_statements_iri(&in->all, claim_subject(in, link->claim + 1)));
  add_grounds(in, claim, &in->article->claims[link->claim]);
}

// ---- is the article in itself sound? ----

static bool is_entity(const yutu_article *a, uint32_t index) {
  return index < a->n_entities;
}

static bool is_sound_claim(const yutu_article *a, const yutu_claim *c) {
  if (c->sentence >= a->n_sentences)
    return false;
  switch (c->kind) {
  case YUTU_CLAIM_RELATION:
    return is_entity(a, c->subject) && is_entity(a, c->object) && c->predicate > YUTU_PROPERTY_NONE &&
           c->predicate < YUTU_PROPERTY_COUNT;
  case YUTU_CLAIM_COOPERATION:
    for (uint32_t i = 0; i < c->n_participants; i++) {
      if (!is_entity(a, c->participants[i]))
        return false;
    }
    return c->via == YUTU_NO_INDEX || is_entity(a, c->via);
  case YUTU_CLAIM_OBSERVATION:
    return is_entity(a, c->subject);
  }
  return false;
}

static bool is_sound(const yutu_article *a) {
  for (uint32_t i = 0; i < a->n_entities; i++) {
    const yutu_entity *e = &a->entities[i];
    if (e->cls <= YUTU_CLASS_NONE || e->cls >= YUTU_CLASS_COUNT || e->name.len == 0)
      return false;
  }
  for (uint32_t i = 0; i < a->n_claims; i++) {
    if (!is_sound_claim(a, &a->claims[i]))
      return false;
  }
  for (uint32_t i = 0; i < a->n_links; i++) {
    const yutu_region_link *link = &a->links[i];
    if (!is_entity(a, link->a) || !is_entity(a, link->b) || link->claim >= a->n_claims)
      return false;
  }
  return true;
}

static yutu_status prepare(ingest *in, yutu_error *err) {
  const yutu_article *a = in->article;
  if (!yutu_iri_is_base(in->base))
    return yutu_fail(err, YUTU_ERR_USAGE, "%.*s cannot be a base: it needs a scheme and must end in / or #",
                     (int)in->base.len, in->base.data);
  if (!is_sound(a))
    return yutu_fail(err, YUTU_ERR_INTERNAL, "article %s is damaged: a claim without its entity or sentence",
                     a->digest);
  in->graph = yutu_iri_article(in->arena, in->base, yutu_slice_of(a->digest));
  in->entities = YUTU_NEW_ARRAY(in->arena, uint32_t, a->n_entities + 1);
  in->sentences = YUTU_NEW_ARRAY(in->arena, uint32_t, a->n_sentences + 1);
  if (!in->graph.data || !in->entities || !in->sentences)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  for (uint32_t i = 0; i < a->n_sentences; i++)
    in->sentences[i] = YUTU_NO_INDEX;
  return YUTU_OK;
}

yutu_status yutu_ingest(const yutu_article *article, yutu_slice base, yutu_arena *arena, yutu_quads *ret,
                        yutu_error *err) {
  ingest in = {
      .article = article, .base = base.len ? base : yutu_iri_default_base, .arena = arena, .all = {.arena = arena}};
  YUTU_TRY(prepare(&in, err));
  add_article(&in);
  for (uint32_t i = 0; i < article->n_entities; i++)
    add_entity(&in, i);
  for (uint32_t i = 0; i < article->n_claims; i++)
    add_claim(&in, i);
  for (uint32_t i = 0; i < article->n_links; i++)
    add_link(&in, i);
  return yutu_statements_take(&in.all, in.graph, ret, err);
}

yutu_status yutu_ingest_into(const yutu_article *article, yutu_slice base, yutu_arena *arena, yutu_quad_sink sink,
                             void *context, yutu_error *err) {
  yutu_quads quads;
  YUTU_TRY(yutu_ingest(article, base, arena, &quads, err));
  for (size_t i = 0; i < quads.n; i++)
    YUTU_TRY(sink(context, &quads.at[i], err));
  return YUTU_OK;
}
