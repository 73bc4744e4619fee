#include "graph/background.h"

#include "base/digest.h"
#include "graph/derive.h"
#include "graph/iri.h"
#include "graph/number.h"
#include "graph/statements.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define HANS "zh-hans"

/// Changes whenever this file makes other quads of the same gazetteer.
#define SHAPE "1"

enum { PLACE_DIGITS = 6 }; ///< of coordinates: a tenth of a metre

static yutu_slice base_or_default(yutu_slice base) {
  return base.len ? base : yutu_iri_default_base;
}

// ---- version ----

static void put_text(yutu_buffer *out, yutu_slice text) {
  yutu_buffer_append(out, text.data, text.len);
  yutu_buffer_putc(out, '\n');
}

static void put_strings(yutu_buffer *out, const yutu_gazetteer *g, const uint32_t *strings, uint32_t n) {
  for (uint32_t i = 0; i < n; i++)
    put_text(out, yutu_gazetteer_string(g, strings[i]));
  yutu_buffer_putc(out, '\n');
}

static void put_rows(yutu_buffer *out, const uint32_t *rows, uint32_t n) {
  for (uint32_t i = 0; i < n; i++)
    yutu_buffer_printf(out, "%u ", rows[i]);
  yutu_buffer_putc(out, '\n');
}

static void put_entity(yutu_buffer *out, const yutu_gazetteer *g, const yutu_gazetteer_entity *e) {
  put_text(out, yutu_slice_of(yutu_class_name(e->cls)));
  put_text(out, e->id);
  put_text(out, e->name);
  put_text(out, e->en);
  put_strings(out, g, e->aliases, e->n_aliases);
  put_strings(out, g, e->letters, e->n_letters);
  put_rows(out, e->within, e->n_within);
  put_rows(out, e->part_of, e->n_part_of);
  put_rows(out, e->parents, e->n_parents);
  put_rows(out, e->members, e->n_members);
  put_rows(out, e->focus, e->n_focus);
  if (e->has_place)
    yutu_buffer_printf(out, "%.*f %.*f\n", PLACE_DIGITS, e->lat, PLACE_DIGITS, e->lon);
}

yutu_status yutu_background_version(const yutu_gazetteer *g, yutu_slice base, char ret[YUTU_BACKGROUND_VERSION_HEX + 1],
                                    yutu_error *err) {
  yutu_buffer all = YUTU_BUFFER_INIT;
  put_text(&all, YUTU_SLICE(SHAPE));
  put_text(&all, base_or_default(base));
  const uint32_t n = yutu_gazetteer_entities(g);
  for (uint32_t row = 0; row < n; row++) {
    yutu_gazetteer_entity e;
    yutu_gazetteer_get(g, row, &e);
    put_entity(&all, g, &e);
  }
  const yutu_status status = yutu_buffer_check(&all, err);
  if (status == YUTU_OK) {
    char hex[YUTU_DIGEST_HEX + 1];
    yutu_digest(all.data, all.len, hex);
    memcpy(ret, hex, YUTU_BACKGROUND_VERSION_HEX);
    ret[YUTU_BACKGROUND_VERSION_HEX] = '\0';
  }
  yutu_buffer_free(&all);
  return status;
}

// ---- quads ----

typedef struct {
  const yutu_gazetteer *g;
  yutu_slice base, graph;
  yutu_arena *arena;
  yutu_statements all;
  uint32_t scheme;     ///< subject number of the industries' concept scheme
  uint32_t *numbers;   ///< subject numbers by row; YUTU_INTERN_NONE where a row has no entity (compounds)
  yutu_class *classes; ///< by row
} background;

/// "region/440300", "country/GB": the key is an official code. Keys made of names hold other characters.
static yutu_slice code_of(yutu_slice id) {
  yutu_slice rest = id, group;
  if (!yutu_slice_split(&rest, '/', &group) || !rest.data || rest.len == 0)
    return (yutu_slice){NULL, 0};
  const bool region = yutu_slice_eq(group, YUTU_SLICE("region")), country = yutu_slice_eq(group, YUTU_SLICE("country"));
  for (size_t i = 0; i < rest.len; i++) {
    const char c = rest.data[i];
    if (!(region && c >= '0' && c <= '9') && !(country && c >= 'A' && c <= 'Z'))
      return (yutu_slice){NULL, 0};
  }
  return rest;
}

static void add_names(background *b, uint32_t entity, const yutu_gazetteer_entity *e) {
  yutu_statements *all = &b->all;
  yutu_statements_add_text(all, entity, YUTU_NS_SKOS "prefLabel", e->name, HANS);
  yutu_statements_add_text(all, entity, YUTU_NS_SKOS "prefLabel", e->en, "en");
  for (uint32_t i = 0; i < e->n_aliases; i++) {
    const yutu_slice alias = yutu_gazetteer_string(b->g, e->aliases[i]);
    if (!yutu_slice_eq(alias, e->name))
      yutu_statements_add_text(all, entity, YUTU_NS_SKOS "altLabel", alias, HANS);
  }
  for (uint32_t i = 0; i < e->n_letters; i++)
    yutu_statements_add_text(all, entity, YUTU_NS_SKOS "hiddenLabel", yutu_gazetteer_string(b->g, e->letters[i]), HANS);
  yutu_statements_add_text(all, entity, YUTU_NS_SKOS "notation", code_of(e->id), NULL);
}

/// A relation that the ontology allows between these classes; a list may say more than that, and it is left out.
static void add_relation(background *b, uint32_t from, yutu_property relation, uint32_t to) {
  if (b->numbers[from] != YUTU_INTERN_NONE && b->numbers[to] != YUTU_INTERN_NONE &&
      yutu_property_allows(relation, b->classes[from], b->classes[to]))
    yutu_statements_add_relation(&b->all, b->numbers[from], relation, b->numbers[to]);
}

static void add_parents(background *b, uint32_t row, const yutu_gazetteer_entity *e) {
  for (uint32_t i = 0; i < e->n_parents; i++) {
    const uint32_t parent = e->parents[i];
    if (b->numbers[parent] != YUTU_INTERN_NONE)
      yutu_derive_parent(&b->all, b->numbers[row], e->cls, b->numbers[parent], b->classes[parent]);
  }
}

static void add_relations(background *b, uint32_t row, const yutu_gazetteer_entity *e) {
  for (uint32_t i = 0; i < e->n_within; i++)
    add_relation(b, row, YUTU_PROPERTY_LOCATED_IN, e->within[i]);
  for (uint32_t i = 0; i < e->n_part_of; i++)
    add_relation(b, row, YUTU_PROPERTY_PART_OF, e->part_of[i]);
  for (uint32_t i = 0; i < e->n_members; i++)
    add_relation(b, e->members[i], YUTU_PROPERTY_PART_OF, row);
  for (uint32_t i = 0; i < e->n_focus; i++)
    add_relation(b, row, YUTU_PROPERTY_FOCUSES_ON, e->focus[i]);
  add_parents(b, row, e);
}

static void add_industry(background *b, uint32_t industry, const yutu_gazetteer_entity *e) {
  yutu_statements *all = &b->all;
  const yutu_slice scheme = yutu_statements_iri(all, b->scheme);
  yutu_statements_add_iri(all, industry, YUTU_NS_RDF "type", YUTU_SLICE(YUTU_NS_SKOS "Concept"));
  yutu_statements_add_iri(all, industry, YUTU_NS_SKOS "inScheme", scheme);
  if (e->n_parents == 0) {
    yutu_statements_add_iri(all, industry, YUTU_NS_SKOS "topConceptOf", scheme);
    yutu_statements_add_iri(all, b->scheme, YUTU_NS_SKOS "hasTopConcept", yutu_statements_iri(all, industry));
  }
}

static void add_entity(background *b, uint32_t row) {
  const uint32_t entity = b->numbers[row];
  if (entity == YUTU_INTERN_NONE)
    return;
  yutu_gazetteer_entity e;
  yutu_gazetteer_get(b->g, row, &e);
  yutu_derive_types(&b->all, entity, e.cls, e.name, e.id);
  add_names(b, entity, &e);
  add_relations(b, row, &e);
  if (e.cls == YUTU_CLASS_INDUSTRY)
    add_industry(b, entity, &e);
  if (e.has_place) {
    yutu_statements_add(&b->all, entity, YUTU_NS_GEO "lat", yutu_decimal_term(b->arena, e.lat, PLACE_DIGITS));
    yutu_statements_add(&b->all, entity, YUTU_NS_GEO "long", yutu_decimal_term(b->arena, e.lon, PLACE_DIGITS));
  }
}

/// The graph's own facts, and the concept scheme's, whose IRI is <graph>#industries.
static void add_head(background *b, const char *version) {
  yutu_statements *all = &b->all;
  const size_t n = b->graph.len + sizeof "#industries";
  char *scheme = yutu_arena_alloc(b->arena, n);
  if (scheme)
    snprintf(scheme, n, "%.*s#industries", (int)b->graph.len, b->graph.data);
  const uint32_t self = yutu_statements_subject(all, b->graph);
  b->scheme = yutu_statements_subject(all, yutu_slice_of(scheme));
  yutu_statements_add_text(all, self, YUTU_NS_OWL "versionInfo", yutu_slice_of(version), NULL);
  yutu_statements_add_iri(all, b->scheme, YUTU_NS_RDF "type", YUTU_SLICE(YUTU_NS_SKOS "ConceptScheme"));
  yutu_statements_add_text(all, b->scheme, YUTU_NS_SKOS "prefLabel",
                           yutu_slice_of(yutu_class_label(YUTU_CLASS_INDUSTRY, true)), HANS);
  yutu_statements_add_text(all, b->scheme, YUTU_NS_SKOS "prefLabel",
                           yutu_slice_of(yutu_class_label(YUTU_CLASS_INDUSTRY, false)), "en");
}

/// Numbers for all entities first, since rows refer to rows behind them.
static void number_rows(background *b, uint32_t n) {
  for (uint32_t row = 0; row < n; row++) {
    yutu_gazetteer_entity e;
    yutu_gazetteer_get(b->g, row, &e);
    b->classes[row] = e.cls;
    b->numbers[row] = YUTU_INTERN_NONE;
    if (e.cls != YUTU_CLASS_NONE)
      b->numbers[row] = yutu_statements_subject(&b->all, yutu_iri_entity(b->arena, b->base, e.cls, e.name, e.id));
  }
}

yutu_status yutu_background(const yutu_gazetteer *g, yutu_slice base, yutu_arena *arena, yutu_quads *ret,
                            yutu_error *err) {
  background b = {.g = g, .base = base_or_default(base), .arena = arena, .all = {.arena = arena}};
  if (!yutu_iri_is_base(b.base))
    return yutu_fail(err, YUTU_ERR_USAGE, "%.*s cannot be a base: it needs a scheme and must end in / or #",
                     (int)b.base.len, b.base.data);
  char version[YUTU_BACKGROUND_VERSION_HEX + 1];
  YUTU_TRY(yutu_background_version(g, b.base, version, err));
  const uint32_t n = yutu_gazetteer_entities(g);
  const char *kept = yutu_arena_strndup(arena, version, sizeof version - 1);
  b.graph = yutu_iri_gazetteer(arena, b.base);
  b.numbers = YUTU_NEW_ARRAY(arena, uint32_t, n + 1);
  b.classes = YUTU_NEW_ARRAY(arena, yutu_class, n + 1);
  if (!b.graph.data || !b.numbers || !b.classes || !kept)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  add_head(&b, kept);
  number_rows(&b, n);
  for (uint32_t row = 0; row < n; row++)
    add_entity(&b, row);
  return yutu_statements_take(&b.all, b.graph, ret, err);
}
