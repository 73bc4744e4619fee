// Names that begin with, or hold, the letters of several regions and a word of togetherness: 深港科技创新合作区,
// 川渝通办. The regions cooperate through what is named.
#include "extract/relate.h"

enum {
  TOGETHER_REACH = 8, ///< characters between the letters and 合作
  MEMBERS_MAX = 8,
};

static const double CONFIDENCE_LETTERS = 0.85;

uint32_t yutu_region_thing(yutu_document *d, uint32_t entity) {
  for (uint32_t i = 0; i < d->things.n; i++) {
    if (d->things.at[i].ref == entity)
      return i;
  }
  yutu_gazetteer_entity e;
  yutu_lexicon_entity(d->lexicon, entity, &e);
  yutu_thing *t = YUTU_PUSH(d->arena, &d->things);
  *t = (yutu_thing){.cls = e.cls, .ref = entity, .name = e.name};
  return d->things.n - 1;
}

// Regions of the compound that begins at cp[at]. @return its length, 0: none
static uint32_t compound_at(const yutu_document *d, uint32_t at, uint32_t end, uint32_t *ret, uint32_t *ret_n) {
  yutu_entry entries[YUTU_ENTRIES_MAX];
  const uint32_t found = yutu_lexicon_look(d->lexicon, d->page->text.cp + at, end - at, entries);
  for (uint32_t i = found; i; i--) {
    for (uint32_t k = 0; k < entries[i - 1].n_names; k++) {
      if (entries[i - 1].names[k].table != YUTU_TABLE_COMPOUND)
        continue;
      yutu_gazetteer_entity e;
      yutu_lexicon_entity(d->lexicon, entries[i - 1].names[k].row, &e);
      *ret_n = 0;
      for (uint32_t m = 0; m < e.n_members && *ret_n < MEMBERS_MAX; m++)
        ret[(*ret_n)++] = e.members[m];
      return entries[i - 1].length;
    }
  }
  return 0;
}

static bool together(const yutu_document *d, const yutu_rules *grammar, uint32_t at, uint32_t end) {
  const uint32_t set = yutu_rules_grammar(grammar, YUTU_GRAMMAR_TOGETHER);
  for (uint32_t i = at; i < end && i - at <= TOGETHER_REACH; i++) {
    if (yutu_rules_set_at(grammar, set, d->page->text.cp + i, end - i, end - i))
      return true;
  }
  return false;
}

static void relate_name(yutu_document *d, uint32_t sentence, uint32_t named, const uint32_t *regions, uint32_t n) {
  uint32_t *participants = YUTU_NEW_ARRAY(d->arena, uint32_t, n);
  for (uint32_t i = 0; i < n; i++)
    participants[i] = yutu_region_thing(d, regions[i]);
  yutu_claim c = {.kind = YUTU_CLAIM_COOPERATION,
                  .sentence = sentence,
                  .confidence = CONFIDENCE_LETTERS,
                  .rule = YUTU_SLICE("cooperates/letters"),
                  .subject = YUTU_NO_INDEX,
                  .object = YUTU_NO_INDEX,
                  .participants = participants,
                  .n_participants = n,
                  .via = named};
  yutu_document_claim(d, &c);
  if (d->things.at[named].cls != YUTU_CLASS_PROGRAM)
    return;
  for (uint32_t i = 0; i < n; i++) {
    c = (yutu_claim){.kind = YUTU_CLAIM_RELATION,
                     .sentence = sentence,
                     .confidence = CONFIDENCE_LETTERS,
                     .rule = YUTU_SLICE("participatesIn/letters"),
                     .subject = participants[i],
                     .predicate = YUTU_PROPERTY_PARTICIPATES_IN,
                     .object = named,
                     .via = YUTU_NO_INDEX};
    yutu_document_claim(d, &c);
  }
}

void yutu_relate_letters(yutu_document *d, const yutu_rules *grammar) {
  const uint64_t named =
      1ull << YUTU_CLASS_PROGRAM | 1ull << YUTU_CLASS_PLATFORM | 1ull << YUTU_CLASS_ZONE | 1ull << YUTU_CLASS_ALLIANCE;
  bool *done = YUTU_NEW_ARRAY(d->arena, bool, d->things.n + 1);
  const uint32_t n_things = d->things.n;
  for (uint32_t s = 0; s < d->sentences.n; s++) {
    for (uint32_t i = 0; i < d->sentences.at[s].n_mentions; i++) {
      const yutu_mention m = d->mentions.at[d->sentences.at[s].mention + i];
      if ((m.flags & (YUTU_MENTION_NESTED | YUTU_MENTION_ANAPHOR)) || m.entities[0] >= n_things ||
          done[m.entities[0]] || !(named >> m.cls & 1))
        continue;
      for (uint32_t at = m.begin; at < m.end; at++) {
        uint32_t regions[MEMBERS_MAX], n = 0;
        const uint32_t length = compound_at(d, at, m.end, regions, &n);
        if (length < 2 || n < 2 || !together(d, grammar, at + length, m.end))
          continue;
        relate_name(d, s, m.entities[0], regions, n);
        done[m.entities[0]] = true;
        break;
      }
    }
  }
}
