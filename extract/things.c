#include "extract/things.h"

#include <string.h>

static unsigned group_of(yutu_class cls) {
  if (yutu_is_region(cls))
    return 1;
  if (yutu_is_organisation(cls))
    return 2;
  switch (cls) {
  case YUTU_CLASS_PROGRAM:
  case YUTU_CLASS_POLICY:
  case YUTU_CLASS_PLATFORM:
  case YUTU_CLASS_EVENT:
    return 3;
  default:
    return 4 + (unsigned)cls;
  }
}

// Things by group and name, and by gazetteer entity (group 0): one table, the first thing of a key stays.
static yutu_slice key_of(const yutu_names *ns, unsigned group, const void *data, size_t n) {
  char *key = yutu_arena_alloc(ns->d->arena, n + 1);
  key[0] = (char)group;
  memcpy(key + 1, data, n);
  return (yutu_slice){key, n + 1};
}

static void put(yutu_names *ns, unsigned group, const void *data, size_t n, uint32_t thing) {
  const uint32_t id = yutu_intern_add(ns->index, key_of(ns, group, data, n));
  if (id == ns->indexed.n)
    *YUTU_PUSH(ns->d->arena, &ns->indexed) = thing;
}

static uint32_t get(const yutu_names *ns, unsigned group, const void *data, size_t n) {
  const uint32_t id = yutu_intern_find(ns->index, key_of(ns, group, data, n));
  return id == YUTU_INTERN_NONE ? YUTU_NO_INDEX : ns->indexed.at[id];
}

// Text of a name without the marks around it.
static yutu_slice name_text(const yutu_document *d, const yutu_candidate *c) {
  uint32_t begin = c->begin, end = c->end;
  const uint32_t close = yutu_closing_of(yutu_cp(d, begin));
  if (close && end - begin > 2 && yutu_cp(d, end - 1) == close) {
    begin++;
    end--;
  }
  return yutu_document_text(d, begin, end);
}

void yutu_thing_name(yutu_names *ns, uint32_t thing, yutu_slice name) {
  yutu_thing *t = &ns->d->things.at[thing];
  for (uint32_t i = 0; i < t->names.n; i++) {
    if (yutu_slice_eq(t->names.at[i], name))
      return;
  }
  *YUTU_PUSH(ns->d->arena, &t->names) = name;
  put(ns, group_of(t->cls), name.data, name.len, thing);
}

static uint32_t new_thing(yutu_names *ns, yutu_class cls, uint32_t ref, yutu_slice name) {
  yutu_thing *t = YUTU_PUSH(ns->d->arena, &ns->d->things);
  t->cls = cls;
  t->ref = ref;
  t->name = name;
  const uint32_t thing = ns->d->things.n - 1;
  put(ns, group_of(cls), name.data, name.len, thing);
  if (ref != YUTU_NO_INDEX)
    put(ns, 0, &ref, sizeof ref, thing);
  return thing;
}

uint32_t yutu_thing_of_entity(yutu_names *ns, uint32_t entity) {
  const uint32_t thing = get(ns, 0, &entity, sizeof entity);
  if (thing != YUTU_NO_INDEX)
    return thing;
  yutu_gazetteer_entity e;
  yutu_lexicon_entity(ns->d->lexicon, entity, &e);
  *YUTU_PUSH(ns->d->arena, &ns->seen) = entity;
  return new_thing(ns, e.cls, entity, e.name);
}

static uint32_t find_by_name(const yutu_names *ns, yutu_slice name, yutu_class cls) {
  return get(ns, group_of(cls), name.data, name.len);
}

// The thing that was taught exactly this form.
static uint32_t find_known(const yutu_names *ns, const yutu_candidate *c) {
  const yutu_document *d = ns->d;
  const uint32_t *cp = d->page->text.cp + c->begin, n = c->end - c->begin;
  for (uint32_t k = ns->known_first[cp[0] & 1023]; k; k = ns->known_next.at[k - 1]) {
    const yutu_known *form = &ns->known.at[k - 1];
    if (form->n == n && memcmp(form->cp, cp, n * sizeof *cp) == 0 &&
        group_of(d->things.at[form->thing].cls) == group_of(c->cls))
      return form->thing;
  }
  return YUTU_NO_INDEX;
}

// 昆明科技局 and 昆明市科技局 are one: the name has the region's full name.
static uint32_t bureau(yutu_names *ns, const yutu_candidate *c) {
  const yutu_document *d = ns->d;
  yutu_gazetteer_entity region;
  yutu_lexicon_entity(d->lexicon, c->refs[0], &region);
  yutu_slice stem = yutu_document_text(d, c->core, c->end);
  for (uint32_t n = 1; n < c->end - c->core; n++) { // 雄安|新区管理委员会 of 雄安新区
    const yutu_slice head = yutu_document_text(d, c->core, c->core + n);
    if (head.len <= region.name.len &&
        memcmp(region.name.data + region.name.len - head.len, head.data, head.len) == 0) {
      stem = yutu_document_text(d, c->core + n, c->end);
      break;
    }
  }
  char *full = yutu_arena_alloc(d->arena, region.name.len + stem.len + 1);
  memcpy(full, region.name.data, region.name.len);
  memcpy(full + region.name.len, stem.data, stem.len);
  const yutu_slice name = {full, region.name.len + stem.len};
  const uint32_t thing = find_by_name(ns, name, c->cls);
  return thing == YUTU_NO_INDEX ? new_thing(ns, c->cls, YUTU_NO_INDEX, name) : thing;
}

uint32_t yutu_thing_of(yutu_names *ns, const yutu_candidate *c) {
  uint32_t thing = c->thing;
  const yutu_slice name = name_text(ns->d, c);
  if (thing == YUTU_NO_INDEX && c->ref != YUTU_NO_INDEX)
    thing = yutu_thing_of_entity(ns, c->ref);
  if (thing == YUTU_NO_INDEX)
    thing = find_by_name(ns, name, c->cls);
  if (thing == YUTU_NO_INDEX)
    thing = find_known(ns, c);
  if (thing == YUTU_NO_INDEX && c->how == YUTU_HOW_STEM)
    thing = bureau(ns, c);
  if (thing == YUTU_NO_INDEX)
    thing = new_thing(ns, c->cls, YUTU_NO_INDEX, name);
  yutu_thing_name(ns, thing, name);
  return thing;
}

// ---- teaching ----

static uint32_t known_slot(uint32_t c) {
  return c & 1023;
}

void yutu_teach(yutu_names *ns, uint32_t thing, uint32_t begin, uint32_t end) {
  yutu_document *d = ns->d;
  const uint32_t *cp = d->page->text.cp + begin, n = end - begin;
  if (n < 2)
    return;
  for (uint32_t k = ns->known_first[known_slot(cp[0])]; k; k = ns->known_next.at[k - 1]) {
    yutu_known *form = &ns->known.at[k - 1];
    if (form->n == n && memcmp(form->cp, cp, n * sizeof *cp) == 0) {
      if (form->thing != thing)
        form->n = 0; // two things share it: it tells nothing
      return;
    }
  }
  *YUTU_PUSH(d->arena, &ns->known) =
      (yutu_known){.form = yutu_document_text(d, begin, end), .cp = cp, .n = n, .thing = thing};
  *YUTU_PUSH(d->arena, &ns->known_next) = ns->known_first[known_slot(cp[0])];
  ns->known_first[known_slot(cp[0])] = ns->known.n;
}

// A listed suffix or common word by itself is no short form.
static bool generic_form(const yutu_document *d, uint32_t begin, uint32_t end) {
  yutu_entry entry;
  if (!yutu_lexicon_find(d->lexicon, d->page->text.cp + begin, end - begin, &entry))
    return false;
  return entry.word != NULL || entry.n_names > 0;
}

// Length of the longest cue of a kind at the end of [begin, end), shorter than the whole.
static uint32_t ends_with(const yutu_document *d, uint32_t begin, uint32_t end, yutu_cue_kind kind) {
  enum { CUE_CHARS_MAX = 10 };
  for (uint32_t n = end - begin - 1 < CUE_CHARS_MAX ? end - begin - 1 : CUE_CHARS_MAX; n; n--) {
    if (yutu_lexicon_cue(d->lexicon, kind, d->page->text.cp + end - n, n) == n)
      return n;
  }
  return 0;
}

static void teach_company(yutu_names *ns, uint32_t thing, uint32_t begin, uint32_t core, uint32_t end) {
  const yutu_document *d = ns->d;
  const uint32_t form = ends_with(d, core, end, YUTU_CUE_LEGAL_FORM);
  if (!form)
    return;
  const uint32_t stem = end - form;
  if (yutu_text_starts(d->page->text.cp + stem, 2, "集团") && stem - core >= 2) { // 奥盛集团有限公司 → 奥盛集团
    yutu_teach(ns, thing, core, stem + 2);
    yutu_teach(ns, thing, begin, stem + 2);
  }
  if (stem - core >= 3 && !generic_form(d, core, stem)) {
    yutu_teach(ns, thing, core, stem);
    if (begin < core)
      yutu_teach(ns, thing, begin, stem);
  }
  const uint32_t tail = ends_with(d, core, stem, YUTU_CUE_TRADE);
  if (tail && stem - tail - core >= 3 && !generic_form(d, core, stem - tail))
    yutu_teach(ns, thing, core, stem - tail);
}

// 第二十二届…, 2026…, 2020年…, 首届…: the same thing without its edition.
static uint32_t without_edition(const yutu_document *d, const yutu_sentence *s, uint32_t begin, uint32_t end) {
  uint32_t at = begin;
  for (const yutu_token *t = yutu_token_at(d, s, at); t && t->end < end; t = yutu_token_at(d, s, at)) {
    if (t->kind == YUTU_TOKEN_NUMBER || yutu_token_cue(d, t, YUTU_CUE_EDITION))
      at = t->end;
    else
      break;
  }
  return at;
}

// （以下简称“高交会”）, （简称高交会） right after the name.
static void teach_definition(yutu_names *ns, const yutu_sentence *s, uint32_t thing, uint32_t end) {
  const yutu_document *d = ns->d;
  if (yutu_cp(d, end) != 0xFF08)
    return;
  uint32_t close = end;
  while (close < s->end && yutu_cp(d, close) != 0xFF09)
    close++;
  uint32_t begin = end + 1;
  const uint32_t cue = yutu_lexicon_cue(d->lexicon, YUTU_CUE_DEFINITION, d->page->text.cp + begin, close - begin);
  begin += cue;
  uint32_t stop = close;
  if (begin < stop && yutu_is_opening(yutu_cp(d, begin)))
    begin++;
  if (stop > begin && yutu_is_closing(yutu_cp(d, stop - 1)))
    stop--;
  bool acronym = stop - begin >= 2 && stop - begin <= 8;
  for (uint32_t i = begin; i < stop && acronym; i++)
    acronym = yutu_cp(d, i) >= 'A' && yutu_cp(d, i) <= 'Z';
  if ((cue || acronym) && stop > begin + 1 && stop - begin <= 16) {
    yutu_teach(ns, thing, begin, stop);
    yutu_thing_name(ns, thing, yutu_document_text(d, begin, stop));
  }
}

void yutu_teach_forms(yutu_names *ns, const yutu_sentence *s, const yutu_candidate *c, uint32_t thing) {
  const yutu_document *d = ns->d;
  teach_definition(ns, s, thing, c->end);
  uint32_t begin = c->begin, end = c->end;
  if (c->how == YUTU_HOW_GAZETTEER || c->how == YUTU_HOW_WEAK || c->how == YUTU_HOW_LETTERS ||
      c->cls == YUTU_CLASS_INDUSTRY)
    return; // the lists know their forms
  if (yutu_is_opening(yutu_cp(d, begin))) {
    yutu_teach(ns, thing, begin + 1, end - 1);
    return;
  }
  yutu_teach(ns, thing, begin, end);
  if (c->how == YUTU_HOW_PERSON)
    return;
  if (c->cls == YUTU_CLASS_COMPANY)
    teach_company(ns, thing, begin, c->core, end);
  const uint32_t plain = without_edition(d, s, begin, end);
  enum { SHORT_FORM_MIN = 4 };
  if (plain > begin && end - plain >= SHORT_FORM_MIN && !generic_form(d, plain, end))
    yutu_teach(ns, thing, plain, end);
  if (c->core > begin && end - c->core >= SHORT_FORM_MIN && !generic_form(d, c->core, end))
    yutu_teach(ns, thing, c->core, end);
}
