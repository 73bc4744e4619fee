// Generic words that refer back: 该公司 to the company before, 合作区 to the one cooperation zone of the article,
// 双方 and 两地 to the pair named last.
#include "extract/things.h"

#include <string.h>

enum { BACK_CHARS_MAX = 1200, GROUP_BACK_CHARS_MAX = 200, GROUP_MAX = 10 };

static void mention(yutu_names *ns, yutu_sentence *s, uint32_t begin, uint32_t end, const uint32_t *things,
                    uint32_t n) {
  yutu_document *d = ns->d;
  uint32_t *copy = YUTU_NEW_ARRAY(d->arena, uint32_t, n);
  memcpy(copy, things, n * sizeof *copy);
  *YUTU_PUSH(d->arena, &d->mentions) = (yutu_mention){.begin = begin,
                                                      .end = end,
                                                      .entities = copy,
                                                      .n_entities = n,
                                                      .cls = d->things.at[things[0]].cls,
                                                      .flags = YUTU_MENTION_ANAPHOR};
  s->n_mentions++;
}

static bool overlaps(const yutu_document *d, const yutu_sentence *s, uint32_t begin, uint32_t end) {
  for (uint32_t i = s->mention; i < s->mention + s->n_mentions; i++) {
    if (d->mentions.at[i].begin < end && begin < d->mentions.at[i].end)
      return true;
  }
  return false;
}

static bool ends_like(yutu_slice name, yutu_slice word) {
  return name.len > word.len && yutu_slice_ends(name, word);
}

static bool named_like(const yutu_thing *t, yutu_slice word) {
  if (ends_like(t->name, word))
    return true;
  for (uint32_t i = 0; i < t->names.n; i++) {
    if (ends_like(t->names.at[i], word))
      return true;
  }
  return false;
}

// The thing last mentioned before `at` that the generic word can mean.
static uint32_t antecedent(const yutu_document *d, uint32_t floor, uint32_t at, yutu_slice word, yutu_class cls) {
  for (uint32_t i = d->mentions.n; i; i--) {
    const yutu_mention *m = &d->mentions.at[i - 1];
    if (m->begin + BACK_CHARS_MAX < at || m->begin < floor)
      break;
    if (m->begin >= at || m->n_entities != 1 || (m->flags & YUTU_MENTION_NESTED))
      continue;
    const yutu_thing *t = &d->things.at[m->entities[0]];
    if (cls != YUTU_CLASS_NONE ? t->cls == cls : named_like(t, word))
      return m->entities[0];
  }
  return YUTU_NO_INDEX;
}

// Where the section of a sentence begins, its heading included: nothing refers back beyond it.
static uint32_t section_begin(const yutu_document *d, const yutu_sentence *s) {
  const yutu_sentence *first = s;
  while (first > d->sentences.at && (first - 1)->section == s->section)
    first--;
  return first->begin;
}

static bool bare(const yutu_document *d, const yutu_sentence *s, const yutu_token *t) {
  const yutu_token *before = yutu_token_before(d, s, t->begin);
  if (!before)
    return true;
  if (before->kind == YUTU_TOKEN_PUNCT)
    return !yutu_is_opening(yutu_cp(d, before->begin)) && yutu_cp(d, before->begin) != 0x3001;
  return before->word.generic == YUTU_GENERIC_FUNCTION && !yutu_token_cue(d, before, YUTU_CUE_NO_REFERENCE);
}

static bool determined(const yutu_document *d, const yutu_sentence *s, const yutu_token *t) {
  return yutu_token_cue(d, yutu_token_before(d, s, t->begin), YUTU_CUE_DETERMINER);
}

static void refer_one(yutu_names *ns, yutu_sentence *s, uint32_t i) {
  yutu_document *d = ns->d;
  const yutu_token *t = &d->tokens.at[i];
  const bool pointed = determined(d, s, t);
  uint32_t begin = t->begin;
  if (pointed)
    begin = yutu_token_before(d, s, t->begin)->begin;
  yutu_class cls = YUTU_CLASS_NONE;
  if (yutu_token_cue(d, t, YUTU_CUE_COMPANY_WORD) && pointed)
    cls = YUTU_CLASS_COMPANY;
  else if (t->word.suffix == YUTU_CLASS_NONE || t->word.suffix == YUTU_CLASS_INDUSTRY ||
           (t->word.suffix == YUTU_CLASS_COMPANY && t->word.strength < 2) || t->end - t->begin < 2 ||
           !(pointed || bare(d, s, t)))
    return;
  if (overlaps(d, s, begin, t->end))
    return;
  const uint32_t thing = antecedent(d, section_begin(d, s), begin, yutu_document_text(d, t->begin, t->end), cls);
  if (thing != YUTU_NO_INDEX)
    mention(ns, s, begin, t->end, &thing, 1);
}

// The last mention of exactly `n` regions or organisations together: letters, or a coordinated list.
static uint32_t last_group(const yutu_document *d, const yutu_sentence *s, uint32_t at, uint32_t n, bool regions,
                           uint32_t *ret) {
  for (uint32_t i = s->mention + s->n_mentions; i; i--) {
    const yutu_mention *m = &d->mentions.at[i - 1];
    if (m->begin >= at)
      continue;
    if (m->end + GROUP_BACK_CHARS_MAX < at || m->begin < section_begin(d, s))
      break;
    if (m->n_entities == n) {
      memcpy(ret, m->entities, n * sizeof *ret);
      return n;
    }
    uint32_t count = 0, right = 0;
    for (uint32_t k = i; k && count < n; k--) {
      const yutu_mention *item = &d->mentions.at[k - 1];
      if (item->flags & (YUTU_MENTION_NESTED | YUTU_MENTION_ANAPHOR) || item->n_entities != 1)
        break;
      if (yutu_is_region(item->cls) != regions ||
          (!regions && !yutu_is_organisation(item->cls) && item->cls != YUTU_CLASS_DISTRICT))
        break;
      const uint32_t gap = count ? right - item->end : 1;
      const uint32_t between = yutu_cp(d, item->end);
      if (count && (gap != 1 || (between != 0x3001 && between != 0x548C && between != 0x4E0E && between != 0x53CA)))
        break;
      right = item->begin;
      ret[count++] = item->entities[0];
    }
    if (count == n)
      return n;
  }
  return 0;
}

static void refer_group(yutu_names *ns, yutu_sentence *s, const yutu_token *t) {
  static const struct {
    yutu_cue_kind word;
    uint32_t n;
    int regions; ///< 1 regions, 0 organisations, 2 either
  } groups[] = {{YUTU_CUE_GROUP_2, 2, 2},
                {YUTU_CUE_GROUP_3, 3, 2},
                {YUTU_CUE_REGIONS_2, 2, 1},
                {YUTU_CUE_REGIONS_3, 3, 1},
                {YUTU_CUE_REGIONS_4, 4, 1}};
  yutu_document *d = ns->d;
  for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
    if (!yutu_token_cue(d, t, groups[i].word) || overlaps(d, s, t->begin, t->end))
      continue;
    uint32_t found[GROUP_MAX], n = 0;
    if (groups[i].regions)
      n = last_group(d, s, t->begin, groups[i].n, true, found);
    if (!n && groups[i].regions != 1)
      n = last_group(d, s, t->begin, groups[i].n, false, found);
    if (n)
      mention(ns, s, t->begin, t->end, found, n);
  }
}

void yutu_refer_back(yutu_names *ns, yutu_sentence *s) {
  const yutu_document *d = ns->d;
  if (s->heading)
    return;
  for (uint32_t i = s->token; i < s->token + s->n_tokens; i++) {
    const yutu_token t = d->tokens.at[i];
    if (t.kind != YUTU_TOKEN_WORD)
      continue;
    refer_group(ns, s, &t);
    refer_one(ns, s, i);
  }
}
