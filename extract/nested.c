// Where things are and what they belong to, as far as their names and the gazetteer tell.
//
// A name that begins with a place says where the thing is (重庆市璧山区万泰电力公司); one that begins with an
// organisation whose unit it is says what it belongs to. Known regions and zones lie in known regions: that is said
// once both are spoken of in one section, and only for the smallest region that holds them.
#include "extract/names.h"
#include "extract/relate.h"

#include <string.h>

static const double CONFIDENCE_NAME = 0.95, CONFIDENCE_UNIT = 0.9, CONFIDENCE_BESIDE = 0.95, CONFIDENCE_SECTION = 0.85,
                    CONFIDENCE_FIELD = 0.78, CONFIDENCE_PRODUCT = 0.85;

typedef struct {
  yutu_document *d;
  const yutu_rules *grammar;
  uint32_t sentence;
  bool *alone; ///< things that are mentioned outside of other names
  bool *told;  ///< things whose name has been read for fields and makers
} nesting;

static void claim(const nesting *x, uint32_t subject, yutu_property predicate, uint32_t object, double confidence,
                  const char *rule) {
  yutu_document *d = x->d;
  if (subject == object || !yutu_property_allows(predicate, d->things.at[subject].cls, d->things.at[object].cls))
    return;
  const yutu_claim c = {.kind = YUTU_CLAIM_RELATION,
                        .sentence = x->sentence,
                        .confidence = confidence,
                        .rule = yutu_slice_of(rule),
                        .subject = subject,
                        .predicate = predicate,
                        .object = object,
                        .via = YUTU_NO_INDEX};
  yutu_document_claim(d, &c);
}

static bool ends_in(const nesting *x, const yutu_mention *m, yutu_grammar grammar) {
  return yutu_rules_set_before(x->grammar, yutu_rules_grammar(x->grammar, grammar), x->d->page->text.cp + m->begin,
                               m->end - m->begin) > 0;
}

// ---- names within names ----

static bool in_brackets(const yutu_document *d, const yutu_mention *m) {
  return m->begin && yutu_cp_at(d, m->begin - 1) == 0xFF08 && yutu_cp_at(d, m->end) == 0xFF09;
}

// Does a place inside a name of this class say where the thing is?
static bool tells_place(yutu_class outer, yutu_class place, bool at_beginning) {
  if (place == YUTU_CLASS_REGION_CLUSTER)
    return outer == YUTU_CLASS_ZONE && at_beginning;
  switch (outer) {
  case YUTU_CLASS_EVENT:
    return place == YUTU_CLASS_CITY || place == YUTU_CLASS_DISTRICT || place == YUTU_CLASS_ZONE;
  case YUTU_CLASS_PLATFORM:
    return at_beginning && place != YUTU_CLASS_COUNTRY;
  case YUTU_CLASS_PROGRAM:
  case YUTU_CLASS_POLICY:
  case YUTU_CLASS_PERSON:
  case YUTU_CLASS_PRODUCT:
  case YUTU_CLASS_INDUSTRY:
  case YUTU_CLASS_REGION_CLUSTER:
  case YUTU_CLASS_COUNTRY:
    return false;
  default:
    return at_beginning;
  }
}

static void relate_place(const nesting *x, const yutu_mention *outer, uint32_t place) {
  const uint32_t thing = outer->entities[0];
  const yutu_class cls = x->d->things.at[thing].cls, place_cls = x->d->things.at[place].cls;
  if (place_cls == YUTU_CLASS_ZONE && yutu_is_organisation(cls)) {
    claim(x, thing, YUTU_PROPERTY_AFFILIATED_WITH, place, CONFIDENCE_UNIT, "affiliatedWith/inner-name");
    if (ends_in(x, outer, YUTU_GRAMMAR_GOVERNS))
      return; // the zone's own administration
  }
  if (!ends_in(x, outer, YUTU_GRAMMAR_DELEGATION))
    claim(x, thing, YUTU_PROPERTY_LOCATED_IN, place, CONFIDENCE_NAME, "locatedIn/inner-name");
}

static void relate_parent(const nesting *x, const yutu_mention *outer, uint32_t parent) {
  const yutu_thing *t = &x->d->things.at[parent];
  if (yutu_is_organisation(x->d->things.at[outer->entities[0]].cls) &&
      (t->cls == YUTU_CLASS_UNIVERSITY || ends_in(x, outer, YUTU_GRAMMAR_UNIT) || x->alone[parent]))
    claim(x, outer->entities[0], YUTU_PROPERTY_AFFILIATED_WITH, parent, CONFIDENCE_UNIT, "affiliatedWith/inner-name");
}

static bool lies_within(const yutu_document *d, uint32_t inner, uint32_t outer) {
  const uint32_t a = d->things.at[inner].ref, b = d->things.at[outer].ref;
  return a != YUTU_NO_INDEX && b != YUTU_NO_INDEX && a != b && yutu_lexicon_within(d->lexicon, a, b);
}

static uint32_t thing_of_entity(const yutu_document *d, uint32_t entity) {
  for (uint32_t i = 0; i < d->things.n; i++) {
    if (d->things.at[i].ref == entity && d->things.at[i].n_mentions)
      return i;
  }
  return YUTU_NO_INDEX;
}

// The region of the article that an unlisted organisation's name begins with: 江苏 of 江苏省科技情报研究所.
static uint32_t place_at_beginning(const yutu_document *d, const yutu_mention *m) {
  if (!yutu_is_organisation(m->cls) || d->things.at[m->entities[0]].ref != YUTU_NO_INDEX)
    return YUTU_NO_INDEX;
  yutu_entry entries[YUTU_ENTRIES_MAX];
  const uint32_t found = yutu_lexicon_look(d->lexicon, d->page->text.cp + m->begin, m->end - m->begin, entries);
  for (uint32_t i = found; i; i--) {
    for (uint32_t k = 0; k < entries[i - 1].n_names && entries[i - 1].length >= 2; k++) {
      const yutu_posting *p = &entries[i - 1].names[k];
      if (p->table != YUTU_TABLE_ENTITY || p->role > YUTU_ROLE_ALIAS)
        continue;
      const yutu_class cls = yutu_lexicon_class(d->lexicon, p->row);
      const uint32_t place =
          yutu_is_region(cls) && cls != YUTU_CLASS_REGION_CLUSTER ? thing_of_entity(d, p->row) : YUTU_NO_INDEX;
      if (place != YUTU_NO_INDEX)
        return place;
    }
  }
  return YUTU_NO_INDEX;
}

// The names inside the mention at index i of the sentence: places from its beginning on, an organisation, brackets.
static void relate_inner(const nesting *x, const yutu_sentence *s, uint32_t i) {
  const yutu_document *d = x->d;
  const yutu_mention *outer = &d->mentions.at[s->mention + i];
  uint32_t place = YUTU_NO_INDEX, parent = YUTU_NO_INDEX, reach = outer->begin;
  for (uint32_t k = i + 1; k < s->n_mentions; k++) {
    const yutu_mention *m = &d->mentions.at[s->mention + k];
    if (m->begin >= outer->end)
      break;
    if (!(m->flags & YUTU_MENTION_NESTED) || m->n_entities != 1 || m->entities[0] == outer->entities[0])
      continue;
    const yutu_class cls = d->things.at[m->entities[0]].cls;
    const uint32_t after = yutu_cp_at(d, m->end);
    const bool pair =
        m->end < outer->end && (after == 0x2014 || after == '-'); // 中国—东盟中心 is in neither by its name
    const bool beginning = m->begin <= reach && !pair;
    const yutu_class outer_cls = d->things.at[outer->entities[0]].cls;
    if (outer_cls == YUTU_CLASS_REGION_CLUSTER && yutu_is_region(cls)) { // “深圳—香港—广州”集群
      claim(x, m->entities[0], YUTU_PROPERTY_PART_OF, outer->entities[0], CONFIDENCE_NAME, "partOf/inner-name");
    } else if (yutu_is_organisation(cls) || (cls == YUTU_CLASS_PROGRAM && ends_in(x, outer, YUTU_GRAMMAR_UNIT))) {
      if (beginning && m->end < outer->end)
        parent = m->entities[0];
    } else if (cls == outer_cls && (cls == YUTU_CLASS_ZONE || cls == YUTU_CLASS_EVENT) && m->begin == outer->begin &&
               ends_in(x, outer, YUTU_GRAMMAR_SECTION)) { // 新区|启动区, 大会|成渝专场
      claim(x, outer->entities[0], YUTU_PROPERTY_PART_OF, m->entities[0], CONFIDENCE_NAME, "partOf/inner-name");
    } else if (cls == YUTU_CLASS_ZONE && ((outer_cls == YUTU_CLASS_EVENT && place == YUTU_NO_INDEX) ||
                                          (outer_cls == YUTU_CLASS_ZONE && !ends_in(x, m, YUTU_GRAMMAR_GROUNDS)))) {
      ; // 中关村论坛, 中关村科技园区 are named after the place, not in it
    } else if ((yutu_is_region(cls) || cls == YUTU_CLASS_ZONE) &&
               (beginning || in_brackets(d, m) || outer_cls == YUTU_CLASS_EVENT)) {
      if (place != YUTU_NO_INDEX && lies_within(d, m->entities[0], place))
        claim(x, m->entities[0], YUTU_PROPERTY_LOCATED_IN, place, CONFIDENCE_NAME, "locatedIn/inner-name");
      if (tells_place(outer_cls, cls, beginning || in_brackets(d, m)))
        place = m->entities[0];
    }
    if (beginning && m->end > reach)
      reach = m->end;
  }
  if (parent != YUTU_NO_INDEX)
    relate_parent(x, outer, parent);
  if (place == YUTU_NO_INDEX)
    place = place_at_beginning(d, outer);
  if (place != YUTU_NO_INDEX)
    relate_place(x, outer, place);
}

// 江苏|苏州: two mentions side by side.
static void relate_neighbours(const nesting *x, const yutu_sentence *s) {
  const yutu_document *d = x->d;
  const yutu_mention *before = NULL;
  for (uint32_t i = 0; i < s->n_mentions; i++) {
    const yutu_mention *m = &d->mentions.at[s->mention + i];
    if (m->flags & YUTU_MENTION_NESTED)
      continue;
    if (before && before->end == m->begin && before->cls == YUTU_CLASS_REGION_CLUSTER && yutu_is_region(m->cls) &&
        !(m->flags & YUTU_MENTION_ANAPHOR)) { // 长三角|沪苏浙皖
      for (uint32_t e = 0; e < m->n_entities; e++)
        claim(x, m->entities[e], YUTU_PROPERTY_PART_OF, before->entities[0], CONFIDENCE_BESIDE, "partOf/next-to");
    }
    const bool placed = before && (before->cls == YUTU_CLASS_ZONE ||
                                   (yutu_is_region(before->cls) && before->cls != YUTU_CLASS_REGION_CLUSTER &&
                                    before->n_entities == 1 && !(before->flags & YUTU_MENTION_ANAPHOR)));
    if (placed && m->cls == YUTU_CLASS_ZONE && before->end + 1 == m->begin &&
        yutu_is_opening(yutu_cp_at(d, before->end))) // 科学城|“大创谷”, 泰国|“东部走廊”
      claim(x, m->entities[0], YUTU_PROPERTY_LOCATED_IN, before->entities[0], CONFIDENCE_SECTION, "locatedIn/next-to");
    if (before && before->end == m->begin && before->n_entities == 1 && m->n_entities == 1 &&
        yutu_is_region(before->cls) &&
        (lies_within(d, m->entities[0], before->entities[0]) ||
         (m->cls == YUTU_CLASS_DISTRICT && d->things.at[m->entities[0]].ref == YUTU_NO_INDEX) || // a town or village
         ((m->cls == YUTU_CLASS_COMPANY || m->cls == YUTU_CLASS_ZONE) && before->cls != YUTU_CLASS_REGION_CLUSTER)))
      claim(x, m->entities[0], YUTU_PROPERTY_LOCATED_IN, before->entities[0], CONFIDENCE_BESIDE, "locatedIn/next-to");
    before = m;
  }
}

// ---- what the gazetteer knows ----

// Regions and zones that a section speaks of.
typedef struct {
  uint32_t *sentence; ///< of each thing: 1 + sentence of the section that names it first, 0: none
  uint32_t *places;
  uint32_t n_places;
} section_places;

static bool gazetteer_locates(yutu_class cls) {
  return cls == YUTU_CLASS_CITY || cls == YUTU_CLASS_DISTRICT || cls == YUTU_CLASS_ZONE;
}

static bool begins_with_any(const yutu_thing *t, const yutu_thing *place) {
  for (uint32_t i = 0; i < t->names.n; i++) {
    for (uint32_t k = 0; k < place->names.n; k++) {
      if (place->names.at[k].len >= 6 && yutu_slice_starts(t->names.at[i], place->names.at[k]))
        return true;
    }
  }
  return false;
}

// A zone that spans several regions lies in none of them.
static bool spans(const yutu_document *d, uint32_t thing) {
  yutu_gazetteer_entity e;
  yutu_lexicon_entity(d->lexicon, d->things.at[thing].ref, &e);
  return e.n_within > 1;
}

// Does the text itself say where the thing is?
static bool located(const yutu_document *d, uint32_t thing) {
  for (uint32_t i = 0; i < d->claims.n; i++) {
    const yutu_claim *c = &d->claims.at[i];
    if (c->kind == YUTU_CLAIM_RELATION && c->predicate == YUTU_PROPERTY_LOCATED_IN && c->subject == thing)
      return true;
  }
  return false;
}

static void relate_section_thing(nesting *x, const section_places *p, uint32_t thing) {
  const yutu_document *d = x->d;
  const yutu_thing *t = &d->things.at[thing];
  if (spans(d, thing) || located(d, thing))
    return;
  uint32_t best = YUTU_NO_INDEX;
  for (uint32_t i = 0; i < p->n_places; i++) {
    const uint32_t place = p->places[i];
    if (place == thing || d->things.at[place].cls == YUTU_CLASS_COUNTRY ||
        d->things.at[place].cls == YUTU_CLASS_REGION_CLUSTER || !lies_within(d, thing, place) ||
        (!gazetteer_locates(t->cls) && !begins_with_any(t, &d->things.at[place])))
      continue;
    if (best == YUTU_NO_INDEX || lies_within(d, place, best))
      best = place;
  }
  if (best == YUTU_NO_INDEX)
    return;
  const uint32_t a = p->sentence[thing], b = p->sentence[best];
  x->sentence = (a > b ? a : b) - 1;
  claim(x, thing, YUTU_PROPERTY_LOCATED_IN, best, CONFIDENCE_SECTION, "locatedIn/gazetteer");
}

static void relate_section(nesting *x, uint32_t first, uint32_t end, section_places *p) {
  const yutu_document *d = x->d;
  YUTU_VEC(uint32_t) named = {0};
  p->n_places = 0;
  for (uint32_t i = first; i < end; i++) {
    const yutu_sentence *s = &d->sentences.at[i];
    for (uint32_t k = 0; k < s->n_mentions; k++) {
      const yutu_mention *m = &d->mentions.at[s->mention + k];
      for (uint32_t e = 0; e < m->n_entities; e++) {
        const uint32_t thing = m->entities[e];
        const yutu_thing *t = &d->things.at[thing];
        if (p->sentence[thing] || t->ref == YUTU_NO_INDEX || !t->n_mentions)
          continue;
        p->sentence[thing] = i + 1;
        *YUTU_PUSH(d->arena, &named) = thing;
        if (yutu_is_region(t->cls) || t->cls == YUTU_CLASS_ZONE)
          p->places[p->n_places++] = thing;
      }
    }
  }
  for (uint32_t i = 0; i < named.n; i++) {
    const yutu_class cls = d->things.at[named.at[i]].cls;
    if (gazetteer_locates(cls) || yutu_is_organisation(cls))
      relate_section_thing(x, p, named.at[i]);
  }
  for (uint32_t i = 0; i < named.n; i++)
    p->sentence[named.at[i]] = 0;
}

static void relate_parents(nesting *x) {
  const yutu_document *d = x->d;
  for (uint32_t i = 0; i < d->things.n; i++) {
    const yutu_thing *t = &d->things.at[i];
    if (t->ref == YUTU_NO_INDEX || !t->n_mentions || !yutu_is_organisation(t->cls))
      continue;
    yutu_gazetteer_entity e;
    yutu_lexicon_entity(d->lexicon, t->ref, &e);
    for (uint32_t k = 0; k < d->things.n; k++) {
      for (uint32_t p = 0; p < e.n_parents; p++) {
        if (d->things.at[k].ref != e.parents[p] || !begins_with_any(t, &d->things.at[k]) || !x->alone[k])
          continue;
        x->sentence = 0;
        for (uint32_t s = 0; s < d->sentences.n; s++) { // where the unit is named first
          const yutu_sentence *at = &d->sentences.at[s];
          for (uint32_t n = 0; n < at->n_mentions && !x->sentence; n++) {
            if (d->mentions.at[at->mention + n].entities[0] == i)
              x->sentence = s;
          }
        }
        claim(x, i, YUTU_PROPERTY_AFFILIATED_WITH, k, CONFIDENCE_UNIT, "affiliatedWith/gazetteer");
      }
    }
  }
}

// ---- what else names tell: fields and makers ----

static bool contains(yutu_slice s, yutu_slice part) {
  return part.len >= 6 && s.len > part.len && memmem(s.data, s.len, part.data, part.len) != NULL;
}

// 生物医药产业园, 人工智能产业链联盟: the name says the field, when the article speaks of that, too.
static void relate_field(const nesting *x, uint32_t thing, yutu_slice form) {
  const yutu_document *d = x->d;
  uint32_t best = YUTU_NO_INDEX;
  size_t length = 0;
  for (uint32_t i = 0; i < d->things.n; i++) {
    const yutu_thing *t = &d->things.at[i];
    if (t->cls != YUTU_CLASS_INDUSTRY || !t->n_mentions)
      continue;
    for (uint32_t n = 0; n < t->names.n; n++) {
      if (t->names.at[n].len > length && contains(form, t->names.at[n])) {
        best = i;
        length = t->names.at[n].len;
      }
    }
  }
  if (best != YUTU_NO_INDEX)
    claim(x, thing, YUTU_PROPERTY_FOCUSES_ON, best, CONFIDENCE_FIELD, "focusesOn/inner-name");
}

// 青禾科技肺炎诊断系统: the product bears its maker's name.
static void relate_maker(const nesting *x, uint32_t product, yutu_slice form) {
  const yutu_document *d = x->d;
  for (uint32_t i = 0; i < d->things.n; i++) {
    const yutu_thing *t = &d->things.at[i];
    if (t->cls != YUTU_CLASS_COMPANY || !t->n_mentions)
      continue;
    for (uint32_t n = 0; n < t->names.n; n++) {
      if (t->names.at[n].len >= 9 && t->names.at[n].len < form.len && yutu_slice_starts(form, t->names.at[n]))
        claim(x, i, YUTU_PROPERTY_DEVELOPS, product, CONFIDENCE_PRODUCT, "develops/inner-name");
    }
  }
}

// Each thing once, by the form in which it is named first.
static void relate_forms(const nesting *x, const yutu_sentence *s) {
  const yutu_document *d = x->d;
  for (uint32_t k = 0; k < s->n_mentions; k++) {
    const yutu_mention *m = &d->mentions.at[s->mention + k];
    const uint32_t thing = m->entities[0];
    if ((m->flags & (YUTU_MENTION_NESTED | YUTU_MENTION_ANAPHOR)) || m->n_entities != 1 || x->told[thing])
      continue;
    x->told[thing] = true;
    if (m->cls == YUTU_CLASS_ZONE || m->cls == YUTU_CLASS_ALLIANCE)
      relate_field(x, thing, yutu_document_text(d, m->begin, m->end));
    else if (m->cls == YUTU_CLASS_PRODUCT)
      relate_maker(x, thing, yutu_document_text(d, m->begin, m->end));
  }
}

static void find_alone(nesting *x) {
  const yutu_document *d = x->d;
  x->alone = YUTU_NEW_ARRAY(d->arena, bool, d->things.n + 1);
  x->told = YUTU_NEW_ARRAY(d->arena, bool, d->things.n + 1);
  for (uint32_t i = 0; i < d->mentions.n; i++) {
    const yutu_mention *m = &d->mentions.at[i];
    if (!(m->flags & YUTU_MENTION_NESTED) && m->n_entities == 1)
      x->alone[m->entities[0]] = true;
  }
}

void yutu_relate_nested(yutu_document *d, const yutu_rules *grammar) {
  nesting x = {.d = d, .grammar = grammar};
  find_alone(&x);
  for (uint32_t i = 0; i < d->sentences.n; i++) {
    const yutu_sentence *s = &d->sentences.at[i];
    x.sentence = i;
    for (uint32_t k = 0; k < s->n_mentions; k++) {
      const yutu_mention *m = &d->mentions.at[s->mention + k];
      if (!(m->flags & YUTU_MENTION_NESTED) && m->n_entities == 1)
        relate_inner(&x, s, k);
    }
    relate_neighbours(&x, s);
    relate_forms(&x, s);
  }
  section_places p = {.sentence = YUTU_NEW_ARRAY(d->arena, uint32_t, d->things.n + 1),
                      .places = YUTU_NEW_ARRAY(d->arena, uint32_t, d->things.n + 1)};
  for (uint32_t first = 0; first < d->sentences.n;) {
    uint32_t end = first + 1;
    while (end < d->sentences.n && d->sentences.at[end].section == d->sentences.at[first].section)
      end++;
    relate_section(&x, first, end, &p);
    first = end;
  }
  relate_parents(&x);
}
