// The two rounds of the name finder.
#include "extract/names.h"
#include "extract/things.h"

#include <stdlib.h>
#include <string.h>

// What the first round found by form in each sentence: the second has no need to look again.
typedef struct {
  YUTU_VEC(yutu_candidate) candidates;
  uint32_t *first; ///< of each sentence, and one more
} by_form;

static void generate(yutu_names *ns, const yutu_sentence *s) {
  ns->candidates.n = 0;
  yutu_names_gazetteer(ns, s);
  yutu_names_letters(ns, s);
  yutu_names_grammar(ns, s);
  yutu_names_marked(ns, s);
  yutu_names_people(ns, s);
  yutu_names_context(ns, s);
}

static void keep(yutu_names *ns, by_form *forms, uint32_t sentence) {
  forms->first[sentence] = forms->candidates.n;
  for (uint32_t i = 0; i < ns->candidates.n; i++) {
    const yutu_how how = ns->candidates.at[i].how;
    if (how != YUTU_HOW_GAZETTEER && how != YUTU_HOW_WEAK && how != YUTU_HOW_LETTERS)
      *YUTU_PUSH(ns->d->arena, &forms->candidates) = ns->candidates.at[i];
  }
  forms->first[sentence + 1] = forms->candidates.n;
}

static void generate_again(yutu_names *ns, const by_form *forms, uint32_t sentence) {
  const yutu_sentence *s = &ns->d->sentences.at[sentence];
  ns->candidates.n = 0;
  yutu_names_gazetteer(ns, s);
  yutu_names_letters(ns, s);
  for (uint32_t i = forms->first[sentence]; i < forms->first[sentence + 1]; i++)
    *YUTU_PUSH(ns->d->arena, &ns->candidates) = forms->candidates.at[i];
  yutu_names_known(ns, s);
}

// Regions and organisations whose name has one meaning: they decide what ambiguous names mean.
static void survey(yutu_names *ns) {
  yutu_document *d = ns->d;
  for (uint32_t i = 0; i < d->tokens.n; i++) {
    const yutu_token *t = &d->tokens.at[i];
    yutu_entry entry;
    if (t->kind != YUTU_TOKEN_NAME ||
        !yutu_lexicon_find(d->lexicon, d->page->text.cp + t->begin, t->end - t->begin, &entry) || entry.n_names != 1)
      continue;
    bool known = false;
    for (uint32_t k = 0; k < ns->seen.n && !known; k++)
      known = ns->seen.at[k] == t->entity;
    if (!known)
      *YUTU_PUSH(d->arena, &ns->seen) = t->entity;
  }
}

typedef struct {
  yutu_candidate candidate;
  uint32_t sentence;
} finding;

// Long names first, so that a short form finds the full one that it stands for, wherever that stands in the article.
static int by_length(const void *left, const void *right) {
  const yutu_candidate *a = &((const finding *)left)->candidate, *b = &((const finding *)right)->candidate;
  const uint32_t n = a->end - a->begin, m = b->end - b->begin;
  return n != m ? (n > m ? -1 : 1) : a->begin < b->begin ? -1 : a->begin > b->begin;
}

static void first_round(yutu_names *ns, by_form *forms) {
  yutu_document *d = ns->d;
  YUTU_VEC(finding) found = {0};
  ns->round = 1;
  for (uint32_t i = 0; i < d->sentences.n; i++) {
    const yutu_sentence *s = &d->sentences.at[i];
    generate(ns, s);
    keep(ns, forms, i);
    const uint32_t n = yutu_names_choose(ns, s);
    for (uint32_t k = 0; k < n; k++) {
      if (ns->candidates.at[k].how != YUTU_HOW_LETTERS)
        *YUTU_PUSH(d->arena, &found) = (finding){ns->candidates.at[k], i};
    }
  }
  if (found.n)
    qsort(found.at, found.n, sizeof *found.at, by_length);
  for (uint32_t i = 0; i < found.n; i++) {
    const yutu_candidate *c = &found.at[i].candidate;
    yutu_teach_forms(ns, &d->sentences.at[found.at[i].sentence], c, yutu_thing_of(ns, c));
  }
}

static void add_mention(yutu_names *ns, uint32_t begin, uint32_t end, const uint32_t *things, uint32_t n,
                        unsigned flags) {
  yutu_document *d = ns->d;
  uint32_t *copy = YUTU_NEW_ARRAY(d->arena, uint32_t, n);
  memcpy(copy, things, n * sizeof *copy);
  yutu_mention *m = YUTU_PUSH(d->arena, &d->mentions);
  *m = (yutu_mention){.begin = begin,
                      .end = end,
                      .entities = copy,
                      .n_entities = n,
                      .cls = d->things.at[things[0]].cls,
                      .flags = flags};
  for (uint32_t i = 0; i < n && !(flags & YUTU_MENTION_NESTED); i++)
    d->things.at[things[i]].n_mentions++;
}

// Does a region in a name of this class say where the thing is? In a zone's or event's, yes; 南京大学 only has its
// name.
static bool located_by_name(yutu_class cls) {
  return cls == YUTU_CLASS_ZONE || cls == YUTU_CLASS_EVENT || cls == YUTU_CLASS_PROGRAM || cls == YUTU_CLASS_PLATFORM ||
         cls == YUTU_CLASS_ALLIANCE || cls == YUTU_CLASS_PRODUCT || cls == YUTU_CLASS_POLICY;
}

static bool is_china(const yutu_document *d, uint32_t entity) {
  yutu_gazetteer_entity e;
  yutu_lexicon_entity(d->lexicon, entity, &e);
  return yutu_slice_eq(e.id, YUTU_SLICE("country/CN"));
}

// Does the name inside the name tell something of the outer thing? A region, where it lies; a zone, that it is part of
// it; an organisation, that it belongs to it.
static bool told(const yutu_document *d, const yutu_sentence *s, const yutu_candidate *c, const yutu_token *t,
                 yutu_class cls) {
  const yutu_token *before = yutu_is_region(cls) && t->begin == c->begin ? yutu_token_before(d, s, t->begin) : NULL;
  if (before && before->kind == YUTU_TOKEN_NAME && before->entity != YUTU_NO_INDEX &&
      yutu_is_region(yutu_lexicon_class(d->lexicon, before->entity)))
    return true; // 云南省|广南县…中心
  if (cls == YUTU_CLASS_DISTRICT && c->how == YUTU_HOW_STEM)
    return true;
  if (yutu_is_region(cls)) // a listed zone's district is not its city
    return located_by_name(c->cls) && !is_china(d, t->entity) &&
           !(c->how == YUTU_HOW_GAZETTEER && cls == YUTU_CLASS_DISTRICT);
  if (cls == YUTU_CLASS_ZONE && c->cls == YUTU_CLASS_EVENT)
    return true;
  if (t->begin != c->begin)
    return false;
  return cls == YUTU_CLASS_ZONE ? c->cls == YUTU_CLASS_ZONE || c->cls == YUTU_CLASS_GOVERNMENT_AGENCY
                                : yutu_is_organisation(c->cls);
}

// A gazetteer name that begins with the region it lies in: 苏州 of 苏州工业园区.
static void add_region_of(yutu_names *ns, const yutu_candidate *c) {
  yutu_document *d = ns->d;
  yutu_entry entries[YUTU_ENTRIES_MAX];
  if (c->ref == YUTU_NO_INDEX || !(located_by_name(c->cls) || yutu_is_organisation(c->cls)))
    return;
  const uint32_t found = yutu_lexicon_look(d->lexicon, d->page->text.cp + c->begin, c->end - c->begin, entries);
  for (uint32_t k = found; k; k--) {
    const yutu_entry *e = &entries[k - 1];
    for (uint32_t i = 0; i < e->n_names && e->length + 2 <= c->end - c->begin; i++) {
      const uint32_t entity = e->names[i].row;
      if (e->names[i].role > YUTU_ROLE_ALIAS || e->names[i].table != YUTU_TABLE_ENTITY ||
          !yutu_is_region(yutu_lexicon_class(d->lexicon, entity)) || is_china(d, entity) ||
          (yutu_lexicon_class(d->lexicon, entity) == YUTU_CLASS_DISTRICT && c->cls == YUTU_CLASS_ZONE) ||
          (!located_by_name(c->cls) && yutu_lexicon_class(d->lexicon, entity) != YUTU_CLASS_COUNTRY) ||
          !(yutu_lexicon_within(d->lexicon, c->ref, entity) ||
            yutu_lexicon_class(d->lexicon, entity) == YUTU_CLASS_REGION_CLUSTER))
        continue;
      const uint32_t thing = yutu_thing_of_entity(ns, entity);
      add_mention(ns, c->begin, c->begin + e->length, &thing, 1, YUTU_MENTION_NESTED);
      d->things.at[thing].n_mentions++;
      yutu_thing_name(ns, thing, yutu_document_text(d, c->begin, c->begin + e->length));
      return;
    }
  }
}

// Regions and organisations at the beginning of a longer name: 深圳 in 深圳市福田区…, 中国科学院 in 中国科学院X研究所.
static void add_nested(yutu_names *ns, const yutu_sentence *s, const yutu_candidate *c) {
  yutu_document *d = ns->d;
  for (uint32_t at = c->begin; at < c->end;) {
    const yutu_token *t = yutu_token_at(d, s, at);
    if (!t || t->end > c->end)
      break;
    if (t->kind == YUTU_TOKEN_NAME && !(t->begin == c->begin && t->end == c->end)) {
      const yutu_class cls = yutu_lexicon_class(d->lexicon, t->entity);
      if (yutu_is_region(cls) || cls == YUTU_CLASS_ZONE || yutu_is_organisation(cls)) {
        const uint32_t thing = yutu_thing_of_entity(ns, t->entity);
        add_mention(ns, t->begin, t->end, &thing, 1, YUTU_MENTION_NESTED);
        if (told(ns->d, s, c, t, cls)) {
          ns->d->things.at[thing].n_mentions++;
          yutu_thing_name(ns, thing, yutu_document_text(d, t->begin, t->end));
        }
      }
    }
    at = t->end;
  }
}

static void add_candidate(yutu_names *ns, const yutu_sentence *s, const yutu_candidate *c) {
  const unsigned flags = s->heading ? YUTU_MENTION_TOPIC : 0;
  if (c->how == YUTU_HOW_LETTERS) {
    uint32_t things[YUTU_LETTERS_MAX];
    for (uint32_t i = 0; i < c->n_refs; i++) {
      things[i] = yutu_thing_of_entity(ns, c->refs[i]);
      yutu_document *d = ns->d;
      if (c->n_refs == c->end - c->begin)
        yutu_thing_name(ns, things[i], yutu_document_text(d, c->begin + i, c->begin + i + 1));
    }
    add_mention(ns, c->begin, c->end, things, c->n_refs, flags);
    return;
  }
  const uint32_t thing = yutu_thing_of(ns, c);
  add_mention(ns, c->begin, c->end, &thing, 1, flags);
  add_nested(ns, s, c);
  add_region_of(ns, c);
}

static int by_place(const void *left, const void *right) {
  const yutu_mention *a = left, *b = right;
  if (a->begin != b->begin)
    return a->begin < b->begin ? -1 : 1;
  return a->end != b->end ? (a->end > b->end ? -1 : 1) : 0;
}

static void second_round(yutu_names *ns, const by_form *forms) {
  yutu_document *d = ns->d;
  ns->round = 2;
  for (uint32_t i = 0; i < d->sentences.n; i++) {
    yutu_sentence *s = &d->sentences.at[i];
    generate_again(ns, forms, i);
    const uint32_t n = yutu_names_choose(ns, s);
    s->mention = d->mentions.n;
    for (uint32_t k = 0; k < n; k++) {
      const yutu_candidate c = ns->candidates.at[k];
      add_candidate(ns, s, &c);
    }
    s->n_mentions = d->mentions.n - s->mention;
    yutu_refer_back(ns, s);
    if (s->n_mentions)
      qsort(d->mentions.at + s->mention, s->n_mentions, sizeof *d->mentions.at, by_place);
  }
}

// A thing that stands nowhere by itself only told where another is: its nested mentions go.
static void drop_unmentioned(yutu_document *d) {
  for (uint32_t i = 0; i < d->sentences.n; i++) {
    yutu_sentence *s = &d->sentences.at[i];
    uint32_t kept = 0;
    for (uint32_t k = 0; k < s->n_mentions; k++) {
      const yutu_mention m = d->mentions.at[s->mention + k];
      if (d->things.at[m.entities[0]].n_mentions)
        d->mentions.at[s->mention + kept++] = m;
    }
    s->n_mentions = kept;
  }
}

void yutu_find_names(yutu_document *d) {
  yutu_names ns = {.d = d};
  ns.known_first = YUTU_NEW_ARRAY(d->arena, uint32_t, 1024);
  ns.index = yutu_intern_new(d->arena);
  survey(&ns);
  by_form forms = {.first = YUTU_NEW_ARRAY(d->arena, uint32_t, d->sentences.n + 1)};
  first_round(&ns, &forms);
  second_round(&ns, &forms);
  drop_unmentioned(d);
}
