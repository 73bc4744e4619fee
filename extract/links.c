// Cooperations between anyone → ties between their regions.
//
// The region of a participant is the participant itself, else the smallest region that the text's locatedIn claims
// give, else the one that its own name begins with, else, for zones and universities, the gazetteer's when the article
// speaks of it.
#include "extract/names.h"
#include "extract/relate.h"

#include "base/utf8.h"

enum { STEPS_MAX = 6 }; ///< locatedIn claims from a thing to its region

static bool region(yutu_class cls) {
  return cls == YUTU_CLASS_COUNTRY || cls == YUTU_CLASS_PROVINCE || cls == YUTU_CLASS_CITY ||
         cls == YUTU_CLASS_DISTRICT;
}

// The larger the number, the smaller the region.
static int depth(yutu_class cls) {
  switch (cls) {
  case YUTU_CLASS_COUNTRY:
    return 1;
  case YUTU_CLASS_PROVINCE:
    return 2;
  case YUTU_CLASS_CITY:
    return 3;
  case YUTU_CLASS_DISTRICT:
    return 4;
  default:
    return 0;
  }
}

static uint32_t claimed_place(const yutu_document *d, uint32_t thing) {
  uint32_t best = YUTU_NO_INDEX;
  double confidence = 0;
  for (uint32_t i = 0; i < d->claims.n; i++) {
    const yutu_claim *c = &d->claims.at[i];
    if (c->kind != YUTU_CLAIM_RELATION || c->predicate != YUTU_PROPERTY_LOCATED_IN || c->subject != thing ||
        d->things.at[c->object].cls == YUTU_CLASS_REGION_CLUSTER)
      continue;
    const bool deeper = best == YUTU_NO_INDEX || depth(d->things.at[c->object].cls) > depth(d->things.at[best].cls);
    const bool same = best != YUTU_NO_INDEX && depth(d->things.at[c->object].cls) == depth(d->things.at[best].cls);
    if (deeper || (same && c->confidence > confidence)) {
      best = c->object;
      confidence = c->confidence;
    }
  }
  return best;
}

static bool mentioned(const yutu_document *d, uint32_t entity) {
  for (uint32_t i = 0; i < d->things.n; i++) {
    if (d->things.at[i].ref == entity && d->things.at[i].n_mentions)
      return true;
  }
  return false;
}

// The region that the thing's name begins with, when the gazetteer does not put the thing elsewhere.
static uint32_t place_in_name(yutu_document *d, uint32_t thing, yutu_slice name) {
  enum { NAME_MAX = 60 };
  const yutu_thing t = d->things.at[thing];
  uint32_t cp[NAME_MAX], n = 0;
  const char *p = name.data, *end = p + name.len;
  while (p < end && n < NAME_MAX)
    cp[n++] = yutu_utf8_next(&p, end);
  yutu_entry entries[YUTU_ENTRIES_MAX];
  const uint32_t found = yutu_lexicon_look(d->lexicon, cp, n, entries);
  for (uint32_t i = found; i; i--) {
    const yutu_entry *e = &entries[i - 1];
    for (uint32_t k = 0; k < e->n_names && e->length >= 2; k++) {
      const uint32_t entity = e->names[k].row;
      if (e->names[k].table != YUTU_TABLE_ENTITY || e->names[k].role > YUTU_ROLE_ALIAS ||
          !region(yutu_lexicon_class(d->lexicon, entity)))
        continue;
      if (t.ref == YUTU_NO_INDEX || yutu_lexicon_within(d->lexicon, t.ref, entity) ||
          (t.cls == YUTU_CLASS_GOVERNMENT_AGENCY && yutu_lexicon_class(d->lexicon, entity) == YUTU_CLASS_COUNTRY))
        return yutu_region_thing(d, entity);
    }
  }
  return YUTU_NO_INDEX;
}

static uint32_t named_place(yutu_document *d, uint32_t thing) {
  const yutu_thing t = d->things.at[thing];
  if (!yutu_is_organisation(t.cls) && t.cls != YUTU_CLASS_ZONE)
    return YUTU_NO_INDEX;
  uint32_t place = place_in_name(d, thing, t.name);
  for (uint32_t i = 0; i < t.names.n && place == YUTU_NO_INDEX; i++)
    place = place_in_name(d, thing, t.names.at[i]);
  return place;
}

static uint32_t known_place(yutu_document *d, uint32_t thing) {
  const yutu_thing *t = &d->things.at[thing];
  if (t->ref == YUTU_NO_INDEX || (t->cls != YUTU_CLASS_ZONE && t->cls != YUTU_CLASS_UNIVERSITY))
    return YUTU_NO_INDEX;
  yutu_gazetteer_entity e;
  yutu_lexicon_entity(d->lexicon, t->ref, &e);
  if (e.n_within != 1 || !mentioned(d, e.within[0]))
    return YUTU_NO_INDEX;
  return yutu_region_thing(d, e.within[0]);
}

static uint32_t region_of(yutu_document *d, uint32_t thing) {
  for (unsigned i = 0; i < STEPS_MAX && thing != YUTU_NO_INDEX; i++) {
    if (region(d->things.at[thing].cls))
      return thing;
    uint32_t place = claimed_place(d, thing);
    if (place == YUTU_NO_INDEX)
      place = named_place(d, thing);
    if (place == YUTU_NO_INDEX)
      place = known_place(d, thing);
    thing = place;
  }
  return YUTU_NO_INDEX;
}

static bool one_in_the_other(const yutu_document *d, uint32_t a, uint32_t b) {
  const uint32_t x = d->things.at[a].ref, y = d->things.at[b].ref;
  return x != YUTU_NO_INDEX && y != YUTU_NO_INDEX &&
         (yutu_lexicon_within(d->lexicon, x, y) || yutu_lexicon_within(d->lexicon, y, x));
}

static void link(yutu_document *d, uint32_t a, uint32_t b, uint32_t claim) {
  if (a == b || a == YUTU_NO_INDEX || b == YUTU_NO_INDEX || one_in_the_other(d, a, b))
    return;
  const yutu_region_link l = {.a = a < b ? a : b, .b = a < b ? b : a, .claim = claim};
  for (uint32_t i = 0; i < d->links.n; i++) {
    if (d->links.at[i].a == l.a && d->links.at[i].b == l.b)
      return;
  }
  *YUTU_PUSH(d->arena, &d->links) = l;
}

// 公安部 beside agencies of other countries: a listed agency without a region of its own stands for the country.
static void fill_home_country(yutu_document *d, const yutu_claim *c, uint32_t *regions) {
  bool abroad = false;
  for (uint32_t k = 0; k < c->n_participants; k++)
    abroad |= regions[k] != YUTU_NO_INDEX && d->things.at[regions[k]].cls == YUTU_CLASS_COUNTRY;
  const uint32_t home = yutu_gazetteer_by_id(yutu_lexicon_gazetteer(d->lexicon), YUTU_SLICE("country/CN"));
  for (uint32_t k = 0; abroad && home != YUTU_ROW_NONE && k < c->n_participants; k++) {
    const yutu_thing *t = &d->things.at[c->participants[k]];
    if (regions[k] == YUTU_NO_INDEX && t->cls == YUTU_CLASS_GOVERNMENT_AGENCY && t->ref != YUTU_NO_INDEX)
      regions[k] = yutu_region_thing(d, home);
  }
}

void yutu_link_regions(yutu_document *d) {
  const uint32_t n_claims = d->claims.n;
  for (uint32_t i = 0; i < n_claims; i++) {
    if (d->claims.at[i].kind != YUTU_CLAIM_COOPERATION)
      continue;
    const yutu_claim c = d->claims.at[i];
    uint32_t *regions = YUTU_NEW_ARRAY(d->arena, uint32_t, c.n_participants);
    for (uint32_t k = 0; k < c.n_participants; k++)
      regions[k] = region_of(d, c.participants[k]);
    fill_home_country(d, &c, regions);
    for (uint32_t a = 0; a < c.n_participants; a++) {
      for (uint32_t b = a + 1; b < c.n_participants; b++)
        link(d, regions[a], regions[b], i);
    }
  }
}
