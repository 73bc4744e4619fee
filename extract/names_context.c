// Names without a form of their own, told by what stands beside them: a company before a business post, the items of a
// list that ends in 等…企业 or 等…产业.
#include "extract/names.h"

#include <string.h>

enum {
  SCORE_CONTEXT = 150,
  SCORE_CHAR = 44,
  ITEM_CHARS_MAX = 12,
  LEFTMOST_CHARS_MAX = 6,
  LIST_ITEMS_MAX = 12,
  HEAD_TOKENS_MAX = 8,
};

static bool is(const yutu_document *d, const yutu_token *t, uint32_t c) {
  return t->end - t->begin == 1 && yutu_cp(d, t->begin) == c;
}

static bool list_separator(const yutu_document *d, const yutu_token *t) {
  return t->kind == YUTU_TOKEN_PUNCT && yutu_cp(d, t->begin) == 0x3001;
}

static bool connective(const yutu_document *d, const yutu_token *t) {
  return list_separator(d, t) || yutu_token_cue(d, t, YUTU_CUE_CONNECTIVE);
}

static bool ends_item(const yutu_document *d, const yutu_token *t) {
  return connective(d, t) || t->kind == YUTU_TOKEN_PUNCT || t->word.generic == YUTU_GENERIC_FUNCTION ||
         t->word.generic == YUTU_GENERIC_VERB || t->word.pos[0] == 'p' || t->word.pos[0] == 'u' ||
         t->word.pos[0] == 'c' || t->word.pos[0] == 'r' || (t->word.pos[0] == 'd' && t->end - t->begin > 1);
}

// What the words after 等 say that the list holds.
static yutu_class list_head(const yutu_document *d, const yutu_sentence *s, uint32_t i) {
  const uint32_t end = s->token + s->n_tokens;
  yutu_class head = YUTU_CLASS_NONE;
  for (uint32_t k = i + 1; k < end && k - i <= HEAD_TOKENS_MAX; k++) {
    const yutu_token *t = &d->tokens.at[k];
    if (t->kind == YUTU_TOKEN_PUNCT && !yutu_is_opening(yutu_cp(d, t->begin)) && !yutu_is_closing(yutu_cp(d, t->begin)))
      break;
    if (is(d, t, 0x7684))
      break;
    if (head != YUTU_CLASS_NONE && (t->word.generic == YUTU_GENERIC_VERB || t->word.generic == YUTU_GENERIC_FUNCTION ||
                                    t->word.pos[0] == 'd' || t->word.pos[0] == 'p'))
      break;
    if (yutu_token_cue(d, t, YUTU_CUE_LIST_COMPANY))
      head = YUTU_CLASS_COMPANY;
    else if (yutu_token_cue(d, t, YUTU_CUE_LIST_INDUSTRY))
      head = YUTU_CLASS_INDUSTRY;
    else if (yutu_token_cue(d, t, YUTU_CUE_LIST_ZONE))
      head = YUTU_CLASS_ZONE;
    else if (yutu_token_cue(d, t, YUTU_CUE_LIST_PLATFORM))
      head = YUTU_CLASS_PLATFORM;
    else if (yutu_token_cue(d, t, YUTU_CUE_LIST_OTHER))
      head = YUTU_CLASS_NONE;
  }
  return head;
}

// 瑞智电子、麟祉照明等26个项目: two items that end like firms make a list of firms.
static bool firms(const yutu_document *d, const yutu_sentence *s, uint32_t etc) {
  uint32_t ends = 0;
  for (uint32_t i = etc; i > s->token; i--) {
    const yutu_token *t = &d->tokens.at[i - 1];
    if (t->word.generic == YUTU_GENERIC_FUNCTION || t->word.generic == YUTU_GENERIC_VERB ||
        (t->kind == YUTU_TOKEN_PUNCT && !list_separator(d, t)))
      break;
    const bool last = list_separator(d, t + 1) || i == etc;
    const bool plain = i - 1 == s->token || connective(d, t - 1); // 电子、生物: industries
    ends += last && !plain && yutu_token_cue(d, t, YUTU_CUE_FIRM_WORD);
  }
  return ends >= 2;
}

// How much a token looks like part of a firm's name: characters that no word joins, a trade word at the end.
static unsigned firm_weight(const yutu_document *d, const yutu_token *t, bool last) {
  if (t->kind == YUTU_TOKEN_OTHER || t->kind == YUTU_TOKEN_LATIN)
    return 2;
  if (t->kind == YUTU_TOKEN_NAME)
    return yutu_lexicon_class(d->lexicon, t->entity) == YUTU_CLASS_INDUSTRY ? 0 : 1;
  if (t->end - t->begin == 1)
    return 1;
  return last && (yutu_token_cue(d, t, YUTU_CUE_FIRM_WORD) ||
                  (t->word.suffix == YUTU_CLASS_COMPANY && t->word.strength >= 2))
             ? 2
             : 0;
}

// `sure`: another item of the list is surely a firm.
static bool plausible(const yutu_document *d, uint32_t first, uint32_t last, yutu_class cls, bool sure) {
  unsigned weight = 0;
  bool industry = false;
  for (uint32_t i = first; i <= last; i++) {
    const yutu_token *t = &d->tokens.at[i];
    if (t->kind == YUTU_TOKEN_NUMBER || (t->kind == YUTU_TOKEN_PUNCT && cls != YUTU_CLASS_INDUSTRY))
      return false;
    const bool part = last > first && (cls == YUTU_CLASS_INDUSTRY || sure); // of a longer item
    if (t->word.generic == YUTU_GENERIC_NOUN && !(part && cls == YUTU_CLASS_INDUSTRY) &&
        !(i == last && last > first && cls == YUTU_CLASS_PLATFORM))
      return false;
    if (t->word.generic == YUTU_GENERIC_MODIFIER && cls != YUTU_CLASS_INDUSTRY && cls != YUTU_CLASS_PLATFORM && !part &&
        !(i == last && last > first && yutu_token_cue(d, t, YUTU_CUE_FIRM_WORD)))
      return false;
    industry |= t->kind == YUTU_TOKEN_NAME && yutu_lexicon_class(d->lexicon, t->entity) == YUTU_CLASS_INDUSTRY;
    weight += firm_weight(d, t, i == last);
  }
  if (cls == YUTU_CLASS_INDUSTRY || cls == YUTU_CLASS_ZONE || cls == YUTU_CLASS_PLATFORM)
    return true;
  return weight >= (industry ? 3 : 2) || (sure && !industry);
}

static bool add_item(yutu_names *ns, uint32_t first, uint32_t last, yutu_class cls, bool sure) {
  const yutu_document *d = ns->d;
  if (cls == YUTU_CLASS_ZONE && (first == last || d->tokens.at[last].word.suffix != YUTU_CLASS_ZONE))
    return false; // 大|创|谷: the list vouches for a weak suffix
  if (cls == YUTU_CLASS_PLATFORM && (first == last || !(d->tokens.at[last].word.suffix == cls ||
                                                        d->tokens.at[last].word.suffix == YUTU_CLASS_ORGANIZATION)))
    return false;
  const uint32_t begin = d->tokens.at[first].begin, end = d->tokens.at[last].end;
  if (end - begin < 2 || end - begin > (cls == YUTU_CLASS_PLATFORM ? 2 * ITEM_CHARS_MAX : ITEM_CHARS_MAX) ||
      !plausible(d, first, last, cls, sure))
    return false;
  if (first == last && d->tokens.at[first].kind == YUTU_TOKEN_NAME &&
      (yutu_lexicon_class(d->lexicon, d->tokens.at[first].entity) != YUTU_CLASS_INDUSTRY || cls == YUTU_CLASS_COMPANY))
    return false;
  yutu_candidate_add(ns, begin, end, cls, YUTU_HOW_CONTEXT,
                     (cls == YUTU_CLASS_INDUSTRY ? SCORE_CONTEXT / 2 : SCORE_CONTEXT) +
                         SCORE_CHAR * (int32_t)(end - begin));
  return true;
}

// The items of the list that ends before token `etc`.
static void add_list(yutu_names *ns, const yutu_sentence *s, uint32_t etc, yutu_class cls) {
  const yutu_document *d = ns->d;
  uint32_t items = 0, last = etc, separators = 0;
  struct {
    uint32_t first, last;
  } found[LIST_ITEMS_MAX];
  while (last > s->token && items < LIST_ITEMS_MAX) {
    uint32_t first = last;
    while (first > s->token && !ends_item(d, &d->tokens.at[first - 1]))
      first--;
    if (first == last)
      break;
    const bool leftmost_item = first == s->token || !connective(d, &d->tokens.at[first - 1]);
    while (leftmost_item && first + 1 < last && d->tokens.at[first].kind == YUTU_TOKEN_WORD &&
           d->tokens.at[first].word.pos[0] == 'v' && d->tokens.at[first].end - d->tokens.at[first].begin >= 2)
      first++; // 引导|华润微电子
    found[items].first = first;
    found[items++].last = last - 1;
    if (first == s->token || !connective(d, &d->tokens.at[first - 1]))
      break;
    separators++;
    last = first - 1;
  }
  bool taken[LIST_ITEMS_MAX] = {false};
  uint32_t firms_found = 0;
  for (uint32_t round = 0; round < 2 && !(separators == 0 && cls == YUTU_CLASS_INDUSTRY); round++) {
    for (uint32_t i = 0; i < items; i++) {
      const bool leftmost = i + 1 == items; // it may have swallowed words of the sentence
      if (taken[i] ||
          (leftmost && d->tokens.at[found[i].last].end - d->tokens.at[found[i].first].begin > LEFTMOST_CHARS_MAX))
        continue;
      taken[i] = add_item(ns, found[i].first, found[i].last, cls, round == 1 && firms_found >= 1);
      firms_found += taken[i] && cls == YUTU_CLASS_COMPANY;
    }
  }
}

static void company_before_post(yutu_names *ns, const yutu_sentence *s, uint32_t i) {
  const yutu_document *d = ns->d;
  uint32_t first = i;
  bool telling = false, region = false;
  while (first > s->token) {
    const yutu_token *t = &d->tokens.at[first - 1];
    if (ends_item(d, t) || t->word.title || t->kind == YUTU_TOKEN_NUMBER ||
        d->tokens.at[i].begin - t->begin > ITEM_CHARS_MAX)
      break;
    if (t->word.generic != YUTU_GENERIC_NONE)
      return;
    region = t->kind == YUTU_TOKEN_NAME;
    telling |= t->kind == YUTU_TOKEN_OTHER || t->kind == YUTU_TOKEN_LATIN || t->end - t->begin == 1 ||
               t->word.suffix == YUTU_CLASS_COMPANY;
    first--;
  }
  const uint32_t n = i > first ? d->tokens.at[i].begin - d->tokens.at[first].begin : 0;
  if (n >= 3 && telling && !(region && first + 1 == i))
    yutu_candidate_add(ns, d->tokens.at[first].begin, d->tokens.at[i].begin, YUTU_CLASS_COMPANY, YUTU_HOW_CONTEXT,
                       SCORE_CONTEXT + SCORE_CHAR * (int32_t)n);
}

// Is the same text somewhere else in the article?
static bool repeats(const yutu_document *d, uint32_t begin, uint32_t end) {
  const uint32_t *cp = d->page->text.cp, n = end - begin;
  for (uint32_t i = d->begin; i + n <= d->end; i++) {
    if (i != begin && cp[i] == cp[begin] && memcmp(cp + i, cp + begin, n * sizeof *cp) == 0)
      return true;
  }
  return false;
}

// 推想科技, 昇腾技术: a trade word after two or three characters that are no ordinary noun, more than once in the
// article, where a phrase begins.
static void firm_by_trade(yutu_names *ns, const yutu_sentence *s, uint32_t i) {
  const yutu_document *d = ns->d;
  uint32_t first = i;
  bool odd = false;
  while (first > s->token) {
    const yutu_token *t = &d->tokens.at[first - 1];
    if (d->tokens.at[i].begin - t->begin > 3 || t->kind == YUTU_TOKEN_PUNCT || t->kind == YUTU_TOKEN_NUMBER ||
        t->kind == YUTU_TOKEN_NAME || t->word.generic != YUTU_GENERIC_NONE || ends_item(d, t))
      break;
    odd |= t->end - t->begin == 1 || t->word.pos[0] == 'v';
    first--;
  }
  const uint32_t begin = d->tokens.at[first].begin, end = d->tokens.at[i].end;
  if (first == i || d->tokens.at[i].begin - begin < 2 || !odd)
    return;
  const yutu_token *before = first > s->token ? &d->tokens.at[first - 1] : NULL;
  unsigned weight = 0;
  for (uint32_t k = first; k < i; k++)
    weight += firm_weight(d, &d->tokens.at[k], false);
  const yutu_token *after = i + 1 < s->token + s->n_tokens ? &d->tokens.at[i + 1] : NULL;
  if (before && before->kind == YUTU_TOKEN_NAME && yutu_is_region(yutu_lexicon_class(d->lexicon, before->entity)) &&
      weight >= 2 && (!after || ends_item(d, after))) { // 唐山|旭华科技
    yutu_candidate *c = yutu_candidate_add(ns, before->begin, end, YUTU_CLASS_COMPANY, YUTU_HOW_CONTEXT,
                                           SCORE_CONTEXT + SCORE_CHAR * (int32_t)(end - before->begin));
    c->core = begin;
    return;
  }
  const bool starts = !before || ends_item(d, before) || before->kind == YUTU_TOKEN_NAME || before->word.generic;
  if (starts && repeats(d, begin, end))
    yutu_candidate_add(ns, begin, end, YUTU_CLASS_COMPANY, YUTU_HOW_CONTEXT,
                       SCORE_CONTEXT + SCORE_CHAR * (int32_t)(end - begin));
}

void yutu_names_context(yutu_names *ns, const yutu_sentence *s) {
  const yutu_document *d = ns->d;
  for (uint32_t i = s->token; i < s->token + s->n_tokens; i++) {
    const yutu_token *t = &d->tokens.at[i];
    const uint32_t next = i + 1;
    if (yutu_cp(d, t->begin) == 0x7B49 && yutu_token_cue(d, t, YUTU_CUE_LIST_INDUSTRY)) { // 等领域 as one word
      add_list(ns, s, i, YUTU_CLASS_INDUSTRY);
    } else if (yutu_token_cue(d, t, YUTU_CUE_GREAT_NUMBER) && next < s->token + s->n_tokens && // 四大主导产业
               (yutu_token_cue(d, t + 1, YUTU_CUE_LIST_INDUSTRY) ||
                (next + 1 < s->token + s->n_tokens && yutu_token_cue(d, t + 2, YUTU_CUE_LIST_INDUSTRY)))) {
      add_list(ns, s, i, YUTU_CLASS_INDUSTRY);
    } else if (is(d, t, 0x7B49)) {
      const yutu_class head = list_head(d, s, i);
      const yutu_class cls = head == YUTU_CLASS_NONE && firms(d, s, i) ? YUTU_CLASS_COMPANY : head;
      if (cls != YUTU_CLASS_NONE)
        add_list(ns, s, i, cls);
    } else if (yutu_token_cue(d, t, YUTU_CUE_BUSINESS_POST)) {
      company_before_post(ns, s, i);
    }
    if (yutu_token_cue(d, t, YUTU_CUE_FIRM_WORD))
      firm_by_trade(ns, s, i);
  }
}
