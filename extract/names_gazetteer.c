// Names that are known beforehand: gazetteer names and aliases, weak names that the text confirms, region letters.
#include "extract/names.h"

enum {
  SCORE_NAME = 200,
  SCORE_INDUSTRY = 60, ///< an industry inside a longer name is part of it
  SCORE_CHAR = 40,
  SCORE_WEAK = 120,
  SCORE_LETTERS = 160,
};

static bool seen(const yutu_names *ns, uint32_t entity) {
  for (uint32_t i = 0; i < ns->seen.n; i++) {
    if (ns->seen.at[i] == entity || yutu_lexicon_within(ns->d->lexicon, ns->seen.at[i], entity))
      return true;
  }
  return false;
}

static bool seen_around(const yutu_names *ns, uint32_t entity) {
  yutu_gazetteer_entity e;
  yutu_lexicon_entity(ns->d->lexicon, entity, &e);
  for (uint32_t i = 0; i < e.n_within; i++) {
    if (seen(ns, e.within[i]))
      return true;
  }
  for (uint32_t i = 0; i < e.n_parents; i++) {
    if (seen(ns, e.parents[i]))
      return true;
  }
  return seen(ns, entity);
}

// How well an entity fits as the meaning of a name here; the higher the better.
static int fitness(const yutu_names *ns, uint32_t entity, yutu_role role, uint32_t region_before) {
  const yutu_lexicon *lexicon = ns->d->lexicon;
  int fit = role == YUTU_ROLE_NAME ? 30 : role == YUTU_ROLE_ALIAS ? 20 : 0;
  if (region_before != YUTU_NO_INDEX && yutu_lexicon_within(lexicon, entity, region_before))
    fit += 100;
  if (seen_around(ns, entity))
    fit += 40;
  switch (yutu_lexicon_class(lexicon, entity)) {
  case YUTU_CLASS_COUNTRY:
  case YUTU_CLASS_PROVINCE:
    return fit + 6;
  case YUTU_CLASS_CITY:
    return fit + 5;
  default:
    return fit;
  }
}

// The region that ends right before `at`, for nested prefixes (安徽合肥).
static uint32_t region_before(const yutu_document *d, const yutu_sentence *s, uint32_t at) {
  const yutu_token *t = yutu_token_before(d, s, at);
  if (t && t->entity != YUTU_NO_INDEX && yutu_is_region(yutu_lexicon_class(d->lexicon, t->entity)))
    return t->entity;
  return YUTU_NO_INDEX;
}

// The best meaning of a token's name. Several equally good ones: the first, unless they are weak.
static uint32_t meaning(const yutu_names *ns, const yutu_sentence *s, const yutu_token *t, yutu_role *ret_role,
                        int *ret_fit) {
  const yutu_document *d = ns->d;
  yutu_entry entry;
  if (!yutu_lexicon_find(d->lexicon, d->page->text.cp + t->begin, t->end - t->begin, &entry))
    return YUTU_NO_INDEX;
  if (entry.n_names == 1 && entry.names[0].role <= YUTU_ROLE_ALIAS && entry.names[0].table == YUTU_TABLE_ENTITY) {
    *ret_role = entry.names[0].role;
    return entry.names[0].row;
  }
  const uint32_t before = region_before(d, s, t->begin);
  uint32_t best = YUTU_NO_INDEX;
  int best_fit = -1;
  for (uint32_t i = 0; i < entry.n_names; i++) {
    if (entry.names[i].role == YUTU_ROLE_LETTER || entry.names[i].table != YUTU_TABLE_ENTITY)
      continue;
    const uint32_t entity = entry.names[i].row;
    const int fit = fitness(ns, entity, entry.names[i].role, before);
    if (fit > best_fit) {
      best_fit = fit;
      best = entity;
      *ret_role = entry.names[i].role;
    }
  }
  *ret_fit = best_fit;
  return best;
}

// 中国 and 我国 are a party only beside another country; else they set the scene.
static bool sets_the_scene(const yutu_document *d, const yutu_sentence *s, const yutu_token *t, uint32_t entity) {
  yutu_gazetteer_entity e;
  yutu_lexicon_entity(d->lexicon, entity, &e);
  if (!yutu_slice_eq(e.id, YUTU_SLICE("country/CN")))
    return false;
  for (int side = -1; side <= 1; side += 2) {
    const yutu_token *mark = side < 0 ? yutu_token_before(d, s, t->begin) : yutu_token_at(d, s, t->end);
    if (!mark ||
        !(yutu_token_cue(d, mark, YUTU_CUE_CONNECTIVE) ||
          (mark->kind == YUTU_TOKEN_PUNCT && (yutu_cp(d, mark->begin) == 0x3001 || yutu_cp(d, mark->begin) == 0x2014))))
      continue;
    const yutu_token *other = side < 0 ? yutu_token_before(d, s, mark->begin) : yutu_token_at(d, s, mark->end);
    if (other && other->kind == YUTU_TOKEN_NAME && yutu_lexicon_class(d->lexicon, other->entity) == YUTU_CLASS_COUNTRY)
      return false;
  }
  return true;
}

// 福建|东山: a county by its short form right behind the region that it lies in, though the form alone is too common
// for the lists.
static void add_county(yutu_names *ns, const yutu_sentence *s, const yutu_token *region) {
  enum { SHORT_FORM = 2, COMMON_COST_MAX = 1150 };
  static const uint32_t levels[] = {0x53BF, 0x533A, 0x5E02, 0x65D7}; // 县 区 市 旗
  const yutu_document *d = ns->d;
  const uint32_t begin = region->end, end = begin + SHORT_FORM;
  if (end > s->end || !yutu_is_han(yutu_cp(d, begin)) || !yutu_is_han(yutu_cp(d, end - 1)) ||
      !yutu_token_before(d, s, end))
    return;
  const yutu_token *t = yutu_token_at(d, s, begin);
  if (!t || t->kind == YUTU_TOKEN_NAME ||
      (t->end == end && (t->word.generic || (t->word.known && t->word.cost < COMMON_COST_MAX))))
    return;
  uint32_t form[SHORT_FORM + 1] = {yutu_cp(d, begin), yutu_cp(d, begin + 1)};
  for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
    yutu_entry entry;
    form[SHORT_FORM] = levels[i];
    if (!yutu_lexicon_find(d->lexicon, form, SHORT_FORM + 1, &entry))
      continue;
    for (uint32_t k = 0; k < entry.n_names; k++) {
      const uint32_t entity = entry.names[k].row;
      if (entry.names[k].table == YUTU_TABLE_ENTITY && yutu_is_region(yutu_lexicon_class(d->lexicon, entity)) &&
          yutu_lexicon_within(d->lexicon, entity, region->entity)) {
        yutu_candidate_add(ns, begin, end, yutu_lexicon_class(d->lexicon, entity), YUTU_HOW_WEAK,
                           SCORE_WEAK + SCORE_CHAR * SHORT_FORM)
            ->ref = entity;
        return;
      }
    }
  }
}

// 第六届|中国—东盟博览会, 2026|中关村论坛: an edition of the event is named with it.
static uint32_t with_edition(const yutu_document *d, const yutu_sentence *s, uint32_t i) {
  enum { EDITION_TOKENS_MAX = 3 };
  uint32_t first = i;
  while (first > s->token && i - first < EDITION_TOKENS_MAX) {
    const yutu_token *t = &d->tokens.at[first - 1];
    const uint32_t last = yutu_cp(d, t->end - 1);
    const bool year = t->kind == YUTU_TOKEN_NUMBER && t->end - t->begin == 4;
    if (!year && !yutu_token_cue(d, t, YUTU_CUE_EDITION) && !yutu_token_cue(d, t, YUTU_CUE_FIRST_EDITION) &&
        last != 0x5C4A && yutu_cp(d, t->begin) != 0x7B2C && !(t->kind == YUTU_TOKEN_NUMBER && first < i)) // 届, 第
      break;
    first--;
  }
  return d->tokens.at[first].begin;
}

void yutu_names_gazetteer(yutu_names *ns, const yutu_sentence *s) {
  yutu_document *d = ns->d;
  for (uint32_t i = s->token; i < s->token + s->n_tokens; i++) {
    yutu_token *t = &d->tokens.at[i];
    if (t->entity == YUTU_NO_INDEX)
      continue;
    yutu_role role = YUTU_ROLE_LETTER;
    int fit = 0;
    const uint32_t entity = meaning(ns, s, t, &role, &fit);
    if (entity == YUTU_NO_INDEX)
      continue;
    const yutu_class cls = yutu_lexicon_class(d->lexicon, entity);
    if (cls == YUTU_CLASS_COUNTRY && sets_the_scene(d, s, t, entity))
      continue;
    const int32_t length = (int32_t)(t->end - t->begin);
    yutu_candidate *c = NULL;
    if (role != YUTU_ROLE_WEAK) {
      const int32_t base = cls == YUTU_CLASS_INDUSTRY ? SCORE_INDUSTRY : SCORE_NAME;
      c = yutu_candidate_add(ns, t->begin, t->end, cls, YUTU_HOW_GAZETTEER, base + SCORE_CHAR * length);
      t->entity = entity;
    } else if (fit >= 100 || (ns->round == 2 && fit >= 40)) {
      c = yutu_candidate_add(ns, t->begin, t->end, cls, YUTU_HOW_WEAK, SCORE_WEAK + SCORE_CHAR * length);
      t->entity = entity;
    }
    if (c)
      c->ref = entity;
    if (c && cls == YUTU_CLASS_EVENT)
      c->begin = c->core = with_edition(d, s, i);
    if (c && (cls == YUTU_CLASS_PROVINCE || cls == YUTU_CLASS_CITY)) {
      const yutu_token region = *t;
      add_county(ns, s, &region);
    }
  }
}

// ---- letters ----

// Regions that the letter at `at` may stand for: city and province readings.
static uint32_t letter_readings(const yutu_document *d, uint32_t at, uint32_t *ret, uint32_t max) {
  yutu_entry entry;
  uint32_t n = 0;
  if (!yutu_lexicon_find(d->lexicon, d->page->text.cp + at, 1, &entry))
    return 0;
  for (uint32_t i = 0; i < entry.n_names && n < max; i++) {
    if (entry.names[i].role == YUTU_ROLE_LETTER && entry.names[i].table == YUTU_TABLE_ENTITY)
      ret[n++] = entry.names[i].row;
  }
  return n;
}

// Countries stand with countries, Chinese regions with Chinese regions; a province beats a city unless the article
// names the city.
static uint32_t pick_reading(const yutu_names *ns, const uint32_t *readings, uint32_t n, bool countries) {
  uint32_t best = YUTU_NO_INDEX;
  int best_fit = -1;
  for (uint32_t i = 0; i < n; i++) {
    const yutu_class cls = yutu_lexicon_class(ns->d->lexicon, readings[i]);
    if ((cls == YUTU_CLASS_COUNTRY) != countries)
      continue;
    const int fit = (seen(ns, readings[i]) ? 10 : 0) + (cls == YUTU_CLASS_PROVINCE ? 2 : cls == YUTU_CLASS_CITY);
    if (fit > best_fit) {
      best_fit = fit;
      best = readings[i];
    }
  }
  return best;
}

static bool compound_members(yutu_names *ns, uint32_t begin, uint32_t end, yutu_candidate *c) {
  const yutu_document *d = ns->d;
  yutu_entry entry;
  if (!yutu_lexicon_find(d->lexicon, d->page->text.cp + begin, end - begin, &entry))
    return false;
  for (uint32_t i = 0; i < entry.n_names; i++) {
    if (entry.names[i].table != YUTU_TABLE_COMPOUND)
      continue;
    const uint32_t entity = entry.names[i].row;
    yutu_gazetteer_entity e;
    yutu_lexicon_entity(d->lexicon, entity, &e);
    for (uint32_t k = 0; k < e.n_members && c->n_refs < YUTU_LETTERS_MAX; k++)
      c->refs[c->n_refs++] = e.members[k];
    return c->n_refs > 1;
  }
  return false;
}

// Does a word follow that takes regions acting as such: 两地, 合作?
static bool follows_letters(const yutu_document *d, uint32_t at, uint32_t end) {
  return yutu_lexicon_cue(d->lexicon, YUTU_CUE_LETTERS_AFTER, d->page->text.cp + at, end - at) > 0;
}

// A letter can take part when no longer word claims it.
static bool free_letter(const yutu_document *d, const yutu_token *t, bool countries) {
  if (t->end - t->begin != 1 || !yutu_lexicon_letter(d->lexicon, yutu_cp(d, t->begin)))
    return false;
  uint32_t readings[8];
  const uint32_t n = letter_readings(d, t->begin, readings, 8);
  for (uint32_t i = 0; i < n; i++) {
    if ((yutu_lexicon_class(d->lexicon, readings[i]) == YUTU_CLASS_COUNTRY) == countries)
      return true;
  }
  return false;
}

// 中泰|缅|老: letters by themselves and in listed pairs.
static bool letters_only(const yutu_document *d, const yutu_token *t, bool countries) {
  enum { PAIR = 2 };
  if (t->end - t->begin > PAIR || t->kind == YUTU_TOKEN_PUNCT)
    return false;
  for (uint32_t at = t->begin; at < t->end; at++) {
    const yutu_token letter = {.begin = at, .end = at + 1};
    if (!free_letter(d, &letter, countries))
      return false;
  }
  return t->end - t->begin == 1 || t->entity != YUTU_NO_INDEX || !t->word.known;
}

static bool listed_compound(const yutu_document *d, const yutu_token *t) {
  yutu_entry entry;
  if (t->end - t->begin < 2 || t->entity == YUTU_NO_INDEX ||
      !yutu_lexicon_find(d->lexicon, d->page->text.cp + t->begin, t->end - t->begin, &entry))
    return false;
  for (uint32_t i = 0; i < entry.n_names; i++) {
    if (entry.names[i].table == YUTU_TABLE_COMPOUND)
      return true;
  }
  return false;
}

// 沪宁、沪杭铁路: letters of a road's name do not act.
static bool names_a_road(const yutu_document *d, const yutu_sentence *s, uint32_t end) {
  const yutu_token *t = yutu_token_at(d, s, end);
  while (t && t->kind == YUTU_TOKEN_PUNCT && yutu_cp(d, t->begin) == 0x3001) {
    const yutu_token *next = yutu_token_at(d, s, t->end);
    if (!next || !listed_compound(d, next))
      return false;
    t = yutu_token_at(d, s, next->end);
  }
  return t && yutu_lexicon_cue(d->lexicon, YUTU_CUE_LETTERS_NOT_BEFORE, d->page->text.cp + t->begin, s->end - t->begin);
}

// A run of letters is several regions at once when the lists have it, when it is long, or when a word after it says so.
static void letter_run(yutu_names *ns, const yutu_sentence *s, uint32_t begin, uint32_t end, bool countries) {
  yutu_document *d = ns->d;
  const uint32_t n = end - begin;
  if (names_a_road(d, s, end))
    return;
  if (n < 2 || n > YUTU_LETTERS_MAX || (n == 2 && !follows_letters(d, end, s->end)) ||
      (countries && !follows_letters(d, end, s->end)))
    return;
  if (begin > s->begin && yutu_cp(d, begin - 1) == 0x201C && !follows_letters(d, end, s->end))
    return; // “津甘云课堂”: the letters are of the quoted name
  yutu_entry entry;
  if (begin > s->begin && yutu_lexicon_find(d->lexicon, d->page->text.cp + begin - 1, 2, &entry) && entry.n_names)
    return; // 横琴|澳资企业 is no 琴澳
  yutu_candidate c = {.begin = begin};
  for (uint32_t at = begin; at < end; at++) {
    uint32_t readings[8];
    const uint32_t count = letter_readings(d, at, readings, 8);
    const uint32_t region = pick_reading(ns, readings, count, countries);
    if (region == YUTU_NO_INDEX)
      return;
    for (uint32_t i = 0; i < c.n_refs; i++) {
      if (c.refs[i] == region)
        return;
    }
    c.refs[c.n_refs++] = region;
  }
  yutu_candidate *added = yutu_candidate_add(ns, begin, end, yutu_lexicon_class(d->lexicon, c.refs[0]),
                                             YUTU_HOW_LETTERS, SCORE_LETTERS + SCORE_CHAR * (int32_t)n);
  for (uint32_t i = 0; i < c.n_refs; i++)
    added->refs[added->n_refs++] = c.refs[i];
}

void yutu_names_letters(yutu_names *ns, const yutu_sentence *s) {
  yutu_document *d = ns->d;
  for (int countries = 0; countries < 2; countries++) {
    for (uint32_t i = s->token; i < s->token + s->n_tokens;) {
      uint32_t k = i;
      while (k < s->token + s->n_tokens && letters_only(d, &d->tokens.at[k], countries))
        k++;
      if (k > i + 1)
        letter_run(ns, s, d->tokens.at[i].begin, d->tokens.at[k - 1].end, countries);
      i = k > i ? k : i + 1;
    }
  }
  for (uint32_t i = s->token; i < s->token + s->n_tokens; i++) {
    const yutu_token t = d->tokens.at[i];
    if (!listed_compound(d, &t) || names_a_road(d, s, t.end))
      continue;
    yutu_candidate found = {.n_refs = 0};
    if (!compound_members(ns, t.begin, t.end, &found))
      continue;
    yutu_candidate *c = yutu_candidate_add(ns, t.begin, t.end, yutu_lexicon_class(d->lexicon, found.refs[0]),
                                           YUTU_HOW_LETTERS, SCORE_LETTERS + SCORE_CHAR * (int32_t)(t.end - t.begin));
    for (uint32_t r = 0; r < found.n_refs; r++)
      c->refs[c->n_refs++] = found.refs[r];
  }
}
