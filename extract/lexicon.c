#include "extract/lexicon.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { HAN_FIRST = 0x4E00, HAN_COUNT = 0x9FFF - HAN_FIRST + 1, FIRST_SURNAME = 1, FIRST_LETTER = 2 };

struct yutu_lexicon {
  const yutu_gazetteer *gazetteer; ///< the built-in one, or `owned`
  yutu_gazetteer *owned;           ///< built-in and user's lists as one; NULL without user's lists
  void *bytes;                     ///< of `owned`
  yutu_word *words;                ///< by table base + row of a key's first word posting
  uint32_t base[YUTU_TABLE_COUNT];
  yutu_kinds kinds;
  int32_t cues[YUTU_CUE_COUNT]; ///< symbol of each kind
  yutu_given given[HAN_COUNT];  ///< by character
  uint8_t first[HAN_COUNT];     ///< what may begin with the character: FIRST_…
};

_Static_assert(YUTU_CUE_COUNT <= 128, "yutu_word.cues has a bit for each kind");

static const char *const cue_names[YUTU_CUE_COUNT] = {
    [YUTU_CUE_SAYING] = "saying",
    [YUTU_CUE_LETTERS_AFTER] = "letters_after",
    [YUTU_CUE_LICENCE_POLICY] = "licence_policy",
    [YUTU_CUE_LICENCE_PROGRAM] = "licence_program",
    [YUTU_CUE_LICENCE_EVENT] = "licence_event",
    [YUTU_CUE_LICENCE_PLATFORM] = "licence_platform",
    [YUTU_CUE_LICENCE_ORGANISATION] = "licence_organisation",
    [YUTU_CUE_LIST_COMPANY] = "list_company",
    [YUTU_CUE_LIST_INDUSTRY] = "list_industry",
    [YUTU_CUE_LIST_OTHER] = "list_other",
    [YUTU_CUE_BUSINESS_POST] = "business_post",
    [YUTU_CUE_LEGAL_FORM] = "legal_form",
    [YUTU_CUE_TRADE] = "trade",
    [YUTU_CUE_EDITION] = "edition",
    [YUTU_CUE_DEFINITION] = "definition",
    [YUTU_CUE_DETERMINER] = "determiner",
    [YUTU_CUE_COMPANY_WORD] = "company_word",
    [YUTU_CUE_GROUP_2] = "group_2",
    [YUTU_CUE_GROUP_3] = "group_3",
    [YUTU_CUE_REGIONS_2] = "regions_2",
    [YUTU_CUE_REGIONS_3] = "regions_3",
    [YUTU_CUE_REGIONS_4] = "regions_4",
    [YUTU_CUE_RUNS_ON] = "runs_on",
    [YUTU_CUE_VERBAL_SUFFIX] = "verbal_suffix",
    [YUTU_CUE_WEAK_PROPER] = "weak_proper",
    [YUTU_CUE_NAME_OPENING] = "name_opening",
    [YUTU_CUE_ORDINAL_UNIT] = "ordinal_unit",
    [YUTU_CUE_NO_REFERENCE] = "no_reference",
    [YUTU_CUE_CONNECTIVE] = "connective",
    [YUTU_CUE_QUANTITY] = "quantity",
    [YUTU_CUE_PAIR_OPENING] = "pair_opening",
    [YUTU_CUE_LICENCE_ZONE] = "licence_zone",
    [YUTU_CUE_PARTY_COMMITTEE] = "party_committee",
    [YUTU_CUE_NEEDS_MIDDLE] = "needs_middle",
    [YUTU_CUE_TOWNSHIP] = "township",
    [YUTU_CUE_FIRM_WORD] = "firm_word",
    [YUTU_CUE_LETTERS_NOT_BEFORE] = "letters_not_before",
    [YUTU_CUE_LEVEL_CITY] = "level_city",
    [YUTU_CUE_LEVEL_PROVINCE] = "level_province",
    [YUTU_CUE_LEVEL_DISTRICT] = "level_district",
    [YUTU_CUE_LICENCE_PRODUCT] = "licence_product",
    [YUTU_CUE_GREAT_NUMBER] = "great_number",
    [YUTU_CUE_JOINTLY] = "jointly",
    [YUTU_CUE_LIST_PLATFORM] = "list_platform",
    [YUTU_CUE_QUOTED_PROGRAM] = "quoted_program",
    [YUTU_CUE_LIST_ZONE] = "list_zone",
    [YUTU_CUE_VERB_AFTER_NAME] = "verb_after_name",
    [YUTU_CUE_FIRST_EDITION] = "first_edition",
    [YUTU_CUE_QUOTED_POLICY] = "quoted_policy",
    [YUTU_CUE_QUOTED_PLATFORM] = "quoted_platform",
    [YUTU_CUE_FIG_ABOUT] = "fig_about",
    [YUTU_CUE_FIG_REACH] = "fig_reach",
    [YUTU_CUE_FIG_MOTION] = "fig_motion",
    [YUTU_CUE_FIG_RISE] = "fig_rise",
    [YUTU_CUE_FIG_FALL] = "fig_fall",
    [YUTU_CUE_FIG_COMPARED] = "fig_compared",
    [YUTU_CUE_FIG_HAVE] = "fig_have",
    [YUTU_CUE_FIG_AMOUNT] = "fig_amount",
    [YUTU_CUE_FIG_WHOLE] = "fig_whole",
    [YUTU_CUE_FIG_RATE] = "fig_rate",
    [YUTU_CUE_FIG_NATION] = "fig_nation",
    [YUTU_CUE_FIG_LOCAL] = "fig_local",
    [YUTU_CUE_FIG_SOURCE] = "fig_source",
    [YUTU_CUE_FIG_JOIN] = "fig_join",
    [YUTU_CUE_FIG_ISSUE] = "fig_issue",
    [YUTU_CUE_FIG_CONTENT] = "fig_content",
    [YUTU_CUE_FIG_PLAN] = "fig_plan",
    [YUTU_CUE_FIG_GOAL] = "fig_goal",
    [YUTU_CUE_FIG_EACH] = "fig_each",
    [YUTU_CUE_FIG_NOT_COUNT] = "fig_not_count",
    [YUTU_CUE_FIG_NO_UNIT] = "fig_no_unit",
    [YUTU_CUE_FIG_EXTENT] = "fig_extent",
    [YUTU_CUE_FIG_EXCEED] = "fig_exceed",
    [YUTU_CUE_FIG_PULL] = "fig_pull",
    [YUTU_CUE_FIG_DOCUMENT] = "fig_document",
    [YUTU_CUE_FIG_SPEND] = "fig_spend",
    [YUTU_CUE_FIG_TOTAL] = "fig_total",
    [YUTU_CUE_FIG_LIGHT] = "fig_light",
    [YUTU_CUE_FIG_COMPOUND] = "fig_compound",
    [YUTU_CUE_FIG_LASTS] = "fig_lasts",
    [YUTU_CUE_FIG_AT_EVENT] = "fig_at_event",
    [YUTU_CUE_FIG_MEETING] = "fig_meeting",
    [YUTU_CUE_FIG_THING] = "fig_thing",
    [YUTU_CUE_FIG_PEOPLE] = "fig_people",
    [YUTU_CUE_FIG_OWN] = "fig_own",
    [YUTU_CUE_FIG_FOUND] = "fig_found",
};

enum { WITHIN_DEPTH_MAX = 8 };

static bool is_word_table(unsigned table) {
  return table >= YUTU_TABLE_COMMON && table != YUTU_TABLE_HANT;
}

static uint32_t first_word(const yutu_posting *p, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    if (is_word_table(p[i].table))
      return i;
  }
  return n;
}

// The merged record of a word that is in the lists.
static yutu_word *record(yutu_lexicon *l, yutu_slice text) {
  yutu_key key;
  if (!yutu_gazetteer_find(l->gazetteer, text, &key))
    return NULL;
  const uint32_t i = first_word(key.postings, key.n_postings);
  return i < key.n_postings ? &l->words[l->base[key.postings[i].table] + key.postings[i].row] : NULL;
}

static yutu_generic generic_of(yutu_slice kind) {
  return yutu_slice_eq(kind, YUTU_SLICE("function"))   ? YUTU_GENERIC_FUNCTION
         : yutu_slice_eq(kind, YUTU_SLICE("verb"))     ? YUTU_GENERIC_VERB
         : yutu_slice_eq(kind, YUTU_SLICE("modifier")) ? YUTU_GENERIC_MODIFIER
         : yutu_slice_eq(kind, YUTU_SLICE("place"))    ? YUTU_GENERIC_PLACE
                                                       : YUTU_GENERIC_NOUN;
}

static yutu_side side_of(yutu_slice side) {
  return yutu_slice_eq(side, YUTU_SLICE("before"))  ? YUTU_SIDE_BEFORE
         : yutu_slice_eq(side, YUTU_SLICE("after")) ? YUTU_SIDE_AFTER
                                                    : YUTU_SIDE_BOTH;
}

static void fill_word(yutu_lexicon *l, yutu_table table, uint32_t row) {
  const yutu_gazetteer *g = l->gazetteer;
  yutu_word *w =
      table == YUTU_TABLE_COMMON ? &l->words[l->base[table] + row] : record(l, yutu_gazetteer_word(g, table, row));
  if (!w)
    return;
  const int32_t a = yutu_gazetteer_cell(g, table, row, 0), b = yutu_gazetteer_cell(g, table, row, 1);
  switch (table) {
  case YUTU_TABLE_COMMON: {
    const yutu_slice pos = yutu_gazetteer_symbol_text(g, b);
    w->known = true;
    w->cost = (uint16_t)(a < 0 ? 0 : a > UINT16_MAX ? UINT16_MAX : a);
    memcpy(w->pos, pos.data, pos.len < 3 ? pos.len : 3);
    break;
  }
  case YUTU_TABLE_SURNAME:
    w->surname = true;
    break;
  case YUTU_TABLE_TITLE:
    w->title = side_of(yutu_gazetteer_symbol_text(g, a));
    w->title_kind = (uint16_t)b;
    break;
  case YUTU_TABLE_SUFFIX:
    if (b > w->strength) { // a word may end names of several classes: the surest counts
      w->suffix = (yutu_class)a;
      w->strength = (uint8_t)b;
    }
    break;
  case YUTU_TABLE_MEASURE:
    w->measure = (uint16_t)a;
    break;
  case YUTU_TABLE_GENERIC:
    w->generic = generic_of(yutu_gazetteer_symbol_text(g, a));
    break;
  case YUTU_TABLE_STEM:
    w->stem = true;
    break;
  case YUTU_TABLE_CUE:
    for (unsigned i = 0; i < YUTU_CUE_COUNT; i++)
      w->cues[i / 64] |= a == l->cues[i] ? UINT64_C(1) << i % 64 : 0;
    break;
  default:
    break;
  }
}

// 电力公司, 市立医院: a common word that ends in a suffix of names ends names itself.
static void inherit_suffix(yutu_lexicon *l, uint32_t row) {
  enum { TAIL_CHARS = 2, UTF8_HAN = 3 };
  const yutu_slice text = yutu_gazetteer_word(l->gazetteer, YUTU_TABLE_COMMON, row);
  yutu_word *w = &l->words[l->base[YUTU_TABLE_COMMON] + row];
  if (w->suffix != YUTU_CLASS_NONE || w->generic != YUTU_GENERIC_NONE || w->pos[0] != 'n' ||
      text.len < (TAIL_CHARS + 1) * UTF8_HAN)
    return;
  const yutu_slice tail = {text.data + text.len - TAIL_CHARS * UTF8_HAN, TAIL_CHARS * UTF8_HAN};
  const yutu_word *end = record(l, tail);
  if (end && end->strength >= 2 && (end->suffix == YUTU_CLASS_COMPANY || end->suffix == YUTU_CLASS_ORGANIZATION)) {
    w->suffix = end->suffix;
    w->strength = end->strength;
  }
}

static uint32_t first_character(yutu_slice text) {
  const char *p = text.data;
  const uint32_t c = text.len ? yutu_utf8_next(&p, text.data + text.len) : 0;
  return c >= HAN_FIRST && c - HAN_FIRST < HAN_COUNT ? c - HAN_FIRST : HAN_COUNT;
}

static void index_characters(yutu_lexicon *l) {
  const yutu_gazetteer *g = l->gazetteer;
  memset(l->given, -1, sizeof l->given);
  for (uint32_t row = 0; row < yutu_gazetteer_words(g, YUTU_TABLE_GIVEN); row++) {
    const uint32_t c = first_character(yutu_gazetteer_word(g, YUTU_TABLE_GIVEN, row));
    if (c < HAN_COUNT)
      l->given[c] = (yutu_given){(int8_t)yutu_gazetteer_cell(g, YUTU_TABLE_GIVEN, row, 0),
                                 (int8_t)yutu_gazetteer_cell(g, YUTU_TABLE_GIVEN, row, 1),
                                 (int8_t)yutu_gazetteer_cell(g, YUTU_TABLE_GIVEN, row, 2)};
  }
  for (uint32_t row = 0; row < yutu_gazetteer_words(g, YUTU_TABLE_SURNAME); row++) {
    const uint32_t c = first_character(yutu_gazetteer_word(g, YUTU_TABLE_SURNAME, row));
    if (c < HAN_COUNT)
      l->first[c] |= FIRST_SURNAME;
  }
  for (uint32_t row = 0; row < yutu_gazetteer_entities(g); row++) {
    yutu_gazetteer_entity e;
    yutu_gazetteer_get(g, row, &e);
    for (uint32_t i = 0; i < e.n_letters; i++) {
      const uint32_t c = first_character(yutu_gazetteer_string(g, e.letters[i]));
      if (c < HAN_COUNT)
        l->first[c] |= FIRST_LETTER;
    }
  }
}

static bool build_words(yutu_lexicon *l) {
  const yutu_gazetteer *g = l->gazetteer;
  uint32_t n = 0;
  for (unsigned t = YUTU_TABLE_COMMON; t < YUTU_TABLE_COUNT; t++) {
    l->base[t] = n;
    if (is_word_table(t))
      n += yutu_gazetteer_words(g, (yutu_table)t);
  }
  l->words = calloc(n + 1, sizeof *l->words);
  if (!l->words)
    return false;
  for (unsigned t = YUTU_TABLE_COMMON; t < YUTU_TABLE_COUNT; t++) {
    if (!is_word_table(t) || t == YUTU_TABLE_TRANSLIT || t == YUTU_TABLE_GIVEN)
      continue;
    for (uint32_t row = 0; row < yutu_gazetteer_words(g, (yutu_table)t); row++)
      fill_word(l, (yutu_table)t, row);
  }
  for (uint32_t row = 0; row < yutu_gazetteer_words(g, YUTU_TABLE_COMMON); row++)
    inherit_suffix(l, row);
  index_characters(l);
  return true;
}

static void find_kinds(yutu_lexicon *l) {
  const yutu_gazetteer *g = l->gazetteer;
  l->kinds = (yutu_kinds){
      .office = yutu_gazetteer_symbol(g, "office"),
      .academic = yutu_gazetteer_symbol(g, "academic"),
      .role = yutu_gazetteer_symbol(g, "role"),
      .byline = yutu_gazetteer_symbol(g, "byline"),
      .count = yutu_gazetteer_symbol(g, "count"),
      .money = yutu_gazetteer_symbol(g, "money"),
      .percent = yutu_gazetteer_symbol(g, "percent"),
      .length = yutu_gazetteer_symbol(g, "length"),
      .area = yutu_gazetteer_symbol(g, "area"),
      .mass = yutu_gazetteer_symbol(g, "mass"),
      .power = yutu_gazetteer_symbol(g, "power"),
      .energy = yutu_gazetteer_symbol(g, "energy"),
      .volume = yutu_gazetteer_symbol(g, "volume"),
      .time = yutu_gazetteer_symbol(g, "time"),
      .person = yutu_gazetteer_symbol(g, "person"),
      .multiple = yutu_gazetteer_symbol(g, "multiple"),
  };
  for (unsigned i = 0; i < YUTU_CUE_COUNT; i++)
    l->cues[i] = yutu_gazetteer_symbol(g, cue_names[i]);
}

// The user's lists on top of the built-in ones, as one image.
static yutu_status extend(yutu_lexicon *l, const char *const *paths, size_t n_paths, yutu_error *err) {
  yutu_buffer bytes = YUTU_BUFFER_INIT;
  yutu_status st = yutu_gazetteer_extend(l->gazetteer, paths, n_paths, &bytes, err);
  if (st == YUTU_OK)
    st = yutu_gazetteer_open(bytes.data, bytes.len, &l->owned, err);
  if (st != YUTU_OK) {
    yutu_buffer_free(&bytes);
    return st;
  }
  l->bytes = bytes.data;
  l->gazetteer = l->owned;
  return YUTU_OK;
}

yutu_status yutu_lexicon_new(const char *const *paths, size_t n_paths, yutu_lexicon **ret, yutu_error *err) {
  yutu_lexicon *l = calloc(1, sizeof *l);
  if (!l)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  l->gazetteer = yutu_gazetteer_builtin();
  yutu_status st = n_paths ? extend(l, paths, n_paths, err) : YUTU_OK;
  if (st == YUTU_OK) {
    find_kinds(l);
    if (!build_words(l))
      st = yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  }
  if (st != YUTU_OK) {
    yutu_lexicon_free(l);
    return st;
  }
  *ret = l;
  return YUTU_OK;
}

void yutu_lexicon_free(yutu_lexicon *l) {
  if (!l)
    return;
  yutu_gazetteer_free(l->owned);
  free(l->bytes);
  free(l->words);
  free(l);
}

const yutu_gazetteer *yutu_lexicon_gazetteer(const yutu_lexicon *l) {
  return l->gazetteer;
}

static void fill_entry(const yutu_lexicon *l, const yutu_key *key, yutu_entry *ret) {
  *ret = (yutu_entry){.length = key->length};
  const uint32_t word = first_word(key->postings, key->n_postings);
  if (word < key->n_postings)
    ret->word = &l->words[l->base[key->postings[word].table] + key->postings[word].row];
  ret->names = key->postings;
  while (ret->n_names < key->n_postings && key->postings[ret->n_names].table <= YUTU_TABLE_COMPOUND)
    ret->n_names++;
}

uint32_t yutu_lexicon_look(const yutu_lexicon *l, const uint32_t *text, uint32_t n, yutu_entry *ret) {
  yutu_key keys[YUTU_ENTRIES_MAX];
  const uint32_t found = yutu_gazetteer_prefixes(l->gazetteer, YUTU_TRIE_NAMES, text, n, keys, YUTU_ENTRIES_MAX);
  for (uint32_t k = 0; k < found; k++)
    fill_entry(l, &keys[k], &ret[k]);
  return found;
}

bool yutu_lexicon_find(const yutu_lexicon *l, const uint32_t *text, uint32_t n, yutu_entry *ret) {
  yutu_key keys[YUTU_ENTRIES_MAX];
  const uint32_t found = yutu_gazetteer_prefixes(l->gazetteer, YUTU_TRIE_NAMES, text, n, keys, YUTU_ENTRIES_MAX);
  if (!found || keys[found - 1].length != n)
    return false;
  fill_entry(l, &keys[found - 1], ret);
  return true;
}

void yutu_lexicon_entity(const yutu_lexicon *l, uint32_t entity, yutu_gazetteer_entity *ret) {
  yutu_gazetteer_get(l->gazetteer, entity, ret);
}

yutu_class yutu_lexicon_class(const yutu_lexicon *l, uint32_t entity) {
  return yutu_gazetteer_class(l->gazetteer, entity);
}

static bool within(const yutu_lexicon *l, uint32_t inner, uint32_t outer, unsigned depth) {
  if (inner == outer)
    return true;
  if (depth == WITHIN_DEPTH_MAX)
    return false;
  yutu_gazetteer_entity e;
  yutu_lexicon_entity(l, inner, &e);
  for (uint32_t i = 0; i < e.n_within; i++) {
    if (within(l, e.within[i], outer, depth + 1))
      return true;
  }
  return false;
}

bool yutu_lexicon_within(const yutu_lexicon *l, uint32_t inner, uint32_t outer) {
  return inner != outer && within(l, inner, outer, 0);
}

static bool find_row(const yutu_gazetteer *g, const uint32_t *text, uint32_t n, yutu_table table, yutu_key *key,
                     uint32_t *row) {
  enum { KEYS_MAX = 24 };
  yutu_key keys[KEYS_MAX];
  bool found = false;
  const uint32_t count = yutu_gazetteer_prefixes(g, YUTU_TRIE_NAMES, text, n, keys, KEYS_MAX);
  for (uint32_t k = 0; k < count; k++) {
    for (uint32_t i = 0; i < keys[k].n_postings; i++) {
      if (keys[k].postings[i].table == table) {
        *key = keys[k];
        *row = keys[k].postings[i].row;
        found = true;
      }
    }
  }
  return found;
}

static bool begins(const yutu_lexicon *l, uint32_t c, unsigned what) {
  return c >= HAN_FIRST && c - HAN_FIRST < HAN_COUNT && l->first[c - HAN_FIRST] & what;
}

yutu_given yutu_lexicon_given(const yutu_lexicon *l, uint32_t c) {
  return c >= HAN_FIRST && c - HAN_FIRST < HAN_COUNT ? l->given[c - HAN_FIRST] : (yutu_given){-1, -1, -1};
}

bool yutu_lexicon_letter(const yutu_lexicon *l, uint32_t c) {
  return begins(l, c, FIRST_LETTER);
}

int32_t yutu_lexicon_surname(const yutu_lexicon *l, const uint32_t *text, uint32_t n, uint32_t *ret_length) {
  enum { SURNAME_MAX = 2 };
  yutu_key key;
  uint32_t row;
  const yutu_gazetteer *g = l->gazetteer;
  if (!n || !begins(l, text[0], FIRST_SURNAME) ||
      !find_row(g, text, n < SURNAME_MAX ? n : SURNAME_MAX, YUTU_TABLE_SURNAME, &key, &row))
    return -1;
  *ret_length = key.length;
  return yutu_gazetteer_cell(g, YUTU_TABLE_SURNAME, row, 0);
}

bool yutu_lexicon_translit(const yutu_lexicon *l, uint32_t c) {
  yutu_key key;
  uint32_t row;
  return find_row(l->gazetteer, &c, 1, YUTU_TABLE_TRANSLIT, &key, &row);
}

const yutu_kinds *yutu_lexicon_kinds(const yutu_lexicon *l) {
  return &l->kinds;
}

bool yutu_lexicon_measure(const yutu_lexicon *l, yutu_slice utf8, yutu_slice *ret_base, int32_t *ret_factor) {
  const yutu_gazetteer *g = l->gazetteer;
  yutu_key key;
  if (!yutu_gazetteer_find(g, utf8, &key))
    return false;
  for (uint32_t i = 0; i < key.n_postings; i++) {
    if (key.postings[i].table == YUTU_TABLE_MEASURE) {
      *ret_base = yutu_gazetteer_symbol_text(g, yutu_gazetteer_cell(g, YUTU_TABLE_MEASURE, key.postings[i].row, 1));
      *ret_factor = yutu_gazetteer_cell(g, YUTU_TABLE_MEASURE, key.postings[i].row, 2);
      return true;
    }
  }
  return false;
}

uint32_t yutu_lexicon_cue(const yutu_lexicon *l, yutu_cue_kind kind, const uint32_t *text, uint32_t n) {
  enum { KEYS_MAX = 24 };
  const yutu_gazetteer *g = l->gazetteer;
  yutu_key keys[KEYS_MAX];
  for (uint32_t k = yutu_gazetteer_prefixes(g, YUTU_TRIE_NAMES, text, n, keys, KEYS_MAX); k; k--) {
    for (uint32_t i = 0; i < keys[k - 1].n_postings; i++) {
      const yutu_posting *p = &keys[k - 1].postings[i];
      if (p->table == YUTU_TABLE_CUE && yutu_gazetteer_cell(g, YUTU_TABLE_CUE, p->row, 0) == l->cues[kind])
        return keys[k - 1].length;
    }
  }
  return 0;
}
