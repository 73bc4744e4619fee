// Words that stand for something named before, as figures need them: 大走廊 for 杭州城西科创大走廊, 合作区 for the zone
// whose bureau is named, 这一工程.
//
// The name finder resolves the plain ones. Here a subject is looked for, so the word must open its clause or be pointed
// at, and the name that it ends must stand in the same section or in the title.
#include "extract/figures.h"
#include "extract/names.h"

enum { SHORTEST_WORD = 2, LONGEST_WORD = 6 };

static bool ends_name(const yutu_thing *t, yutu_slice word) {
  for (uint32_t i = 0; i < t->names.n; i++) {
    if (t->names.at[i].len > word.len && yutu_slice_ends(t->names.at[i], word))
      return true;
  }
  return t->name.len > word.len && yutu_slice_ends(t->name, word);
}

static bool meant(const yutu_document *d, const yutu_mention *m, yutu_slice word) {
  return m->n_entities == 1 && m->cls != YUTU_CLASS_PERSON && m->cls != YUTU_CLASS_INDUSTRY &&
         !yutu_is_region(m->cls) && ends_name(&d->things.at[m->entities[0]], word);
}

// The thing last named before the code point in the section, or else in the title, that the word can stand for.
static uint32_t antecedent(const yutu_figure_view *v, uint32_t at, yutu_slice word) {
  const yutu_document *d = v->d;
  const yutu_sentence *first = d->sentences.at, *s = v->s;
  for (;; s--) {
    for (uint32_t i = s->mention + s->n_mentions; i > s->mention; i--) {
      const yutu_mention *m = &d->mentions.at[i - 1];
      if (m->begin < at && meant(d, m, word))
        return m->entities[0];
    }
    if (s == first || s[-1].section != v->s->section)
      break;
  }
  for (uint32_t i = first->mention; i < first->mention + first->n_mentions; i++) {
    if (meant(d, &d->mentions.at[i], word))
      return d->mentions.at[i].entities[0];
  }
  return YUTU_NO_INDEX;
}

// 园区, 该公司: what of this class was last named in this sentence or the one before.
static uint32_t last_of(const yutu_figure_view *v, uint32_t at, yutu_class cls) {
  const yutu_document *d = v->d;
  const bool more = v->s > d->sentences.at && v->s[-1].section == v->s->section;
  const uint32_t first = more ? v->s[-1].mention : v->s->mention;
  for (uint32_t i = v->s->mention + v->s->n_mentions; i > first; i--) {
    const yutu_mention *m = &d->mentions.at[i - 1];
    if (m->begin < at && m->n_entities == 1 && m->cls == cls && !(m->flags & YUTU_MENTION_NESTED))
      return m->entities[0];
  }
  return YUTU_NO_INDEX;
}

// 该公司, 该校 as one word.
static bool points(const yutu_figure_view *v, uint32_t i) {
  return yutu_cp_at(v->d, v->t[i].begin) == 0x8BE5 && v->t[i].end - v->t[i].begin > 1; // 该
}

static bool noun(const yutu_figure_view *v, uint32_t i) {
  return v->t[i].kind == YUTU_TOKEN_WORD && !v->mention[i] && !yutu_cue_at(v, i, YUTU_CUE_FIG_PLAN) &&
         (v->t[i].word.generic == YUTU_GENERIC_NOUN || v->t[i].word.suffix != YUTU_CLASS_NONE ||
          v->t[i].word.pos[0] == 'n' || points(v, i));
}

// First token of what points at the noun at `i` (这一, 该, 这 条), or `i`.
static uint32_t pointer(const yutu_figure_view *v, uint32_t i) {
  if (!i)
    return i;
  const uint32_t c = yutu_cp_at(v->d, v->t[i - 1].begin);
  if (yutu_has_cue(&v->t[i - 1], YUTU_CUE_DETERMINER) || ((c == 0x8BE5 || c == 0x672C || c == 0x8FD9 || c == 0x6B64) &&
                                                          v->t[i - 1].end - v->t[i - 1].begin == 1)) // 该 本 这 此
    return i - 1;
  const bool measured = v->t[i - 1].end - v->t[i - 1].begin == 1 && i > 1 && yutu_figure_is(v, i - 2, "这");
  return measured ? i - 2 : i;
}

// Only times, adverbs and prepositions of place stand before token i in its clause.
static bool opens(const yutu_figure_view *v, uint32_t i) {
  for (; i && v->part[i - 1] != YUTU_PART_STOP; i--) {
    const uint8_t part = v->part[i - 1];
    if (part != YUTU_PART_TIME && part != YUTU_PART_ADVERB && part != YUTU_PART_FUNCTION)
      return yutu_figure_is(v, i - 1, "在");
  }
  return true;
}

// 大 走廊, 中 通道: one character that belongs to the noun.
static uint32_t widened(const yutu_figure_view *v, uint32_t i) {
  const yutu_token *t = i ? &v->t[i - 1] : NULL;
  const bool part = t && !v->mention[i - 1] && t->kind == YUTU_TOKEN_WORD && t->end - t->begin == 1 &&
                    (t->word.pos[0] == 'a' || t->word.pos[0] == 'f' || t->word.pos[0] == 'n' || t->word.pos[0] == 'b');
  return part ? i - 1 : i;
}

// The class that a generic word stands for when nothing's name ends with it.
static yutu_class class_of(const yutu_figure_view *v, uint32_t i) {
  static const struct {
    const char *end;
    yutu_class cls;
  } ends[] = {{"公司", YUTU_CLASS_COMPANY},    {"企业", YUTU_CLASS_COMPANY},  {"集团", YUTU_CLASS_COMPANY},
              {"学校", YUTU_CLASS_UNIVERSITY}, {"校", YUTU_CLASS_UNIVERSITY}, {"园区", YUTU_CLASS_ZONE},
              {"新区", YUTU_CLASS_ZONE},       {"平台", YUTU_CLASS_PLATFORM}, {"论坛", YUTU_CLASS_EVENT},
              {"大会", YUTU_CLASS_EVENT},      {"大赛", YUTU_CLASS_EVENT},    {"展会", YUTU_CLASS_EVENT}};
  const yutu_slice word = yutu_document_text(v->d, v->t[i].begin, v->t[i].end);
  for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
    if (yutu_slice_ends(word, yutu_slice_of(ends[k].end)))
      return ends[k].cls;
  }
  return YUTU_CLASS_NONE;
}

static bool refer(yutu_figure_view *v, uint32_t begin, uint32_t i) {
  yutu_document *d = v->d;
  const uint32_t chars = v->t[i].end - v->t[begin].begin;
  const uint32_t from = pointer(v, begin);
  const bool pointed = from < begin || points(v, i);
  if (chars < SHORTEST_WORD || chars > LONGEST_WORD || (!pointed && !opens(v, begin)))
    return false;
  const uint32_t word = v->t[begin].begin + (begin == i && points(v, i));
  uint32_t thing = antecedent(v, v->t[begin].begin, yutu_document_text(d, word, v->t[i].end));
  const yutu_class cls = class_of(v, i);
  if (thing == YUTU_NO_INDEX && cls != YUTU_CLASS_NONE &&
      (pointed || (cls == YUTU_CLASS_ZONE && i + 1 < v->n && v->part[i + 1] != YUTU_PART_NOUN)))
    thing = last_of(v, v->t[begin].begin, cls);
  if (thing == YUTU_NO_INDEX)
    return false;
  uint32_t *entity = YUTU_NEW(d->arena, uint32_t);
  *entity = thing;
  *YUTU_PUSH(d->arena, &d->mentions) = (yutu_mention){.begin = v->t[from].begin,
                                                      .end = v->t[i].end,
                                                      .entities = entity,
                                                      .n_entities = 1,
                                                      .cls = d->things.at[thing].cls,
                                                      .flags = YUTU_MENTION_ANAPHOR};
  for (uint32_t k = from; k <= i; k++) {
    v->mention[k] = d->mentions.n;
    v->part[k] = YUTU_PART_NOUN;
  }
  return true;
}

void yutu_figure_refer(yutu_figure_view *v) {
  for (uint32_t i = 0; i < v->n && !v->s->heading; i++) {
    if (!noun(v, i))
      continue;
    const uint32_t wide = widened(v, i);
    if (wide == i || !refer(v, wide, i))
      refer(v, i, i);
  }
}
