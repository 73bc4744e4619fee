// Names by their form: a suffix (研究院, 行动计划, 产业园) and what stands before it, as far as a name can reach.
//
// From the suffix the span grows to the left over words that a name may contain. It stops at verbs, function words,
// measures and punctuation, steps over quoted pieces and short brackets, and gives back modifiers at its left edge.
// What is left must hold something that distinguishes: a place, an unknown word, a quote, an ordinal; or follow a verb
// that takes names of this class (出台…方案).
#include "extract/names.h"

#include <string.h>

enum {
  NAME_CHARS_MAX = 40,
  QUOTE_CHARS_MAX = 14,
  BRACKET_CHARS_MAX = 12,
  SCORE_BASE = 130,
  SCORE_CHAR = 45,
  SCORE_STRONG = 20, ///< per step of the suffix's strength
  LICENSED_CHARS_MIN = 6,
};

typedef struct {
  uint32_t begin;      ///< leftmost position of the name
  uint32_t middle;     ///< characters between the prefix and the suffix that are no modifiers
  uint32_t content;    ///< characters that say something, without modifiers and the suffix
  uint32_t prefix_end; ///< end of the region or organisation prefix at the very beginning, = begin when there is none
  int distinct;        ///< how surely this is one thing
  bool licensed;       ///< a verb before it takes names of this class
  int prefix_distinct; ///< the part of `distinct` that regions and organisations in the name make
  bool quoted;         ///< a quoted piece stands before the suffix
  bool whole;          ///< an ordinal or a year begins it: nothing may stand before
} reach;

static bool is(const yutu_document *d, const yutu_token *t, uint32_t c) {
  return t->end - t->begin == 1 && yutu_cp(d, t->begin) == c;
}

static bool region_token(const yutu_document *d, const yutu_token *t) {
  return t->kind == YUTU_TOKEN_NAME && yutu_is_region(yutu_lexicon_class(d->lexicon, t->entity));
}

static bool zone_token(const yutu_document *d, const yutu_token *t) {
  return t->kind == YUTU_TOKEN_NAME && yutu_lexicon_class(d->lexicon, t->entity) == YUTU_CLASS_ZONE;
}

static bool prefix_token(const yutu_document *d, const yutu_token *t) {
  if (t->kind != YUTU_TOKEN_NAME)
    return false;
  const yutu_class cls = yutu_lexicon_class(d->lexicon, t->entity);
  return yutu_is_region(cls) || cls == YUTU_CLASS_ZONE || yutu_is_organisation(cls);
}

// Index of the opening mark that pairs with the closing one at token `i`, or the same index when it is too far.
static uint32_t opening_of(const yutu_document *d, const yutu_sentence *s, uint32_t i, uint32_t max_chars) {
  const uint32_t close = yutu_cp(d, d->tokens.at[i].begin);
  for (uint32_t k = i; k > s->token; k--) {
    const yutu_token *t = &d->tokens.at[k - 1];
    if (d->tokens.at[i].begin - t->begin > max_chars)
      return i;
    if (t->kind == YUTU_TOKEN_PUNCT) {
      const uint32_t c = yutu_cp(d, t->begin);
      if (yutu_closing_of(c) == close)
        return k - 1;
      if (c != 0xB7 && c != 0x2014 && c != 0x3001 && c != '+')
        return i;
    }
  }
  return i;
}

// 智改数转, 瑞派宁: single characters that no word joins are likely a name when they stand together.
static bool loose(const yutu_document *d, const yutu_sentence *s, uint32_t i) {
  if (i < s->token || i >= s->token + s->n_tokens)
    return false;
  const yutu_token *t = &d->tokens.at[i];
  if (t->end - t->begin != 1 || t->kind == YUTU_TOKEN_PUNCT || t->kind == YUTU_TOKEN_NUMBER)
    return false;
  return t->kind == YUTU_TOKEN_OTHER ||
         (t->word.generic == YUTU_GENERIC_NONE && (!t->word.known || !strchr("pcudryftkeom", t->word.pos[0])));
}

static bool joint(uint32_t c) {
  return c == 0xB7 || c == 0x2014 || c == '-' || c == '+' || c == '&';
}

typedef enum { STOP, EDGE, PLAIN, TELLING } part;

static bool ordinal_or_year(const yutu_document *d, const yutu_sentence *s, uint32_t i) {
  const yutu_token *t = &d->tokens.at[i];
  const yutu_token *next = i + 1 < s->token + s->n_tokens ? &d->tokens.at[i + 1] : NULL;
  const yutu_token *before = i > s->token ? &d->tokens.at[i - 1] : NULL;
  if (t->kind != YUTU_TOKEN_NUMBER || !next)
    return false;
  if ((is(d, next, 0x5E74) || yutu_token_cue(d, next, YUTU_CUE_EDITION)) && t->end - t->begin == 4)
    return true;
  if (t->end - t->begin == 4 && yutu_cp(d, t->begin) == '2' && yutu_cp(d, t->begin + 1) == '0' &&
      next->kind != YUTU_TOKEN_PUNCT && !next->word.measure)
    return true;
  return before && is(d, before, 0x7B2C) && yutu_token_cue(d, next, YUTU_CUE_ORDINAL_UNIT);
}

// Jieba's tags of words that a name does not contain.
static bool closed_class(const yutu_word *w) {
  switch (w->pos[0]) {
  case 'p':
  case 'c':
  case 'u':
  case 'd':
  case 'r':
  case 'y':
  case 'f':
  case 'e':
  case 'o':
    return true;
  case 't':
    return true;
  default:
    return false;
  }
}

// 第四届, 第三次 as one word.
static bool edition(const yutu_document *d, const yutu_token *t) {
  const uint32_t last = yutu_cp(d, t->end - 1);
  if (yutu_token_cue(d, t, YUTU_CUE_FIRST_EDITION))
    return true;
  return t->end - t->begin >= 3 && yutu_cp(d, t->begin) == 0x7B2C && (last == 0x5C4A || last == 0x6B21);
}

static part classify_word(const yutu_document *d, const yutu_sentence *s, uint32_t i, bool firm, bool legal) {
  const yutu_token *t = &d->tokens.at[i];
  const yutu_word *w = &t->word;
  const uint32_t n = t->end - t->begin;
  if (w->measure && i > s->token && d->tokens.at[i - 1].kind == YUTU_TOKEN_NUMBER)
    return STOP;
  if (n >= 2 && yutu_cp(d, t->end - 1) == 0x53F7) // 三号, 一号
    return TELLING;
  if (w->generic == YUTU_GENERIC_FUNCTION || w->generic == YUTU_GENERIC_VERB || w->pos[0] == 't')
    return STOP;
  if (n >= 2 && yutu_cp(d, t->end - 1) == 0x5C4A && (w->pos[0] == 'm' || !w->known)) // 十二届 after 第
    return TELLING;
  if (w->title && n >= 2 && (w->pos[0] == 'n' || !w->known) && w->title_kind != yutu_lexicon_kinds(d->lexicon)->role)
    return STOP;
  if (w->generic == YUTU_GENERIC_PLACE || edition(d, t))
    return TELLING;
  if (w->generic == YUTU_GENERIC_MODIFIER || w->generic == YUTU_GENERIC_NOUN)
    return EDGE;
  if (n == 2 && yutu_cp(d, t->begin) == 0x7B2C) // 第三
    return PLAIN;
  if (!w->known)
    return PLAIN;
  if (w->pos[0] == 'q')
    return n >= 2 ? EDGE : loose(d, s, i + 1) ? PLAIN : STOP;
  if (closed_class(w))
    return firm && n == 1 && (loose(d, s, i - 1) || loose(d, s, i + 1)) ? PLAIN : STOP;
  if (w->pos[0] == 'm')
    return n >= 2 ? STOP : EDGE;
  if (w->pos[0] == 'v' && w->pos[1] != 'n')
    return n > 1 ? EDGE : legal || loose(d, s, i - 1) || loose(d, s, i + 1) ? PLAIN : STOP;
  if (w->pos[0] == 'a' && !(n == 1 && (loose(d, s, i - 1) || loose(d, s, i + 1))))
    return EDGE;
  return n == 1 && (w->pos[0] == 'n' || w->pos[0] == 'g') ? TELLING : PLAIN;
}

// `firm`: the name is a company's, `legal`: it ends in a company's legal form, before which any character may stand.
static part classify(const yutu_document *d, const yutu_sentence *s, uint32_t i, bool firm, bool legal) {
  const yutu_token *t = &d->tokens.at[i];
  switch (t->kind) {
  case YUTU_TOKEN_NAME:
  case YUTU_TOKEN_LATIN:
  case YUTU_TOKEN_OTHER:
    return TELLING;
  case YUTU_TOKEN_NUMBER:
    if (i + 1 < s->token + s->n_tokens && is(d, &d->tokens.at[i + 1], 0x7248)) // 2.0|版
      return TELLING;
    return ordinal_or_year(d, s, i) ? TELLING : STOP;
  case YUTU_TOKEN_PUNCT:
    return joint(yutu_cp(d, t->begin)) && i > s->token && d->tokens.at[i - 1].kind != YUTU_TOKEN_PUNCT &&
                   d->tokens.at[i - 1].word.pos[0] != 'f'
               ? PLAIN
               : STOP;
  case YUTU_TOKEN_WORD:
    break;
  }
  if ((yutu_token_cue(d, t, YUTU_CUE_EDITION) || yutu_token_cue(d, t, YUTU_CUE_ORDINAL_UNIT)) && i > s->token &&
      ordinal_or_year(d, s, i - 1))
    return PLAIN;
  if (is(d, t, 0x7B2C) && i + 1 < s->token + s->n_tokens &&
      (ordinal_or_year(d, s, i + 1) || yutu_cp(d, d->tokens.at[i + 1].end - 1) == 0x5C4A))
    return TELLING;
  if (yutu_token_cue(d, t, YUTU_CUE_NAME_OPENING) || yutu_token_cue(d, t, YUTU_CUE_PAIR_OPENING))
    return PLAIN;
  return classify_word(d, s, i, firm, legal);
}

static bool licence(const yutu_document *d, const yutu_token *t, yutu_class cls) {
  const bool past = is(d, t, 0x4E86) || is(d, t, 0x7684); // 召开|了|…会议, 举行|的|…会议
  if (past && t->begin)
    t = t - 1;
  switch (cls) {
  case YUTU_CLASS_POLICY:
    return yutu_token_cue(d, t, YUTU_CUE_LICENCE_POLICY);
  case YUTU_CLASS_PROGRAM:
    return yutu_token_cue(d, t, YUTU_CUE_LICENCE_PROGRAM) || yutu_token_cue(d, t, YUTU_CUE_LICENCE_POLICY);
  case YUTU_CLASS_EVENT:
    return yutu_token_cue(d, t, YUTU_CUE_LICENCE_EVENT);
  case YUTU_CLASS_PLATFORM:
    return yutu_token_cue(d, t, YUTU_CUE_LICENCE_PLATFORM);
  case YUTU_CLASS_ZONE:
    return yutu_token_cue(d, t, YUTU_CUE_LICENCE_ZONE);
  case YUTU_CLASS_PRODUCT:
    return yutu_token_cue(d, t, YUTU_CUE_LICENCE_PRODUCT);
  case YUTU_CLASS_RESEARCH_INSTITUTE:
  case YUTU_CLASS_ALLIANCE:
  case YUTU_CLASS_ORGANIZATION:
    return yutu_token_cue(d, t, YUTU_CUE_LICENCE_ORGANISATION);
  default:
    return false;
  }
}

// A place in brackets is part of a name: 西部（重庆）科学城. Anything else in brackets is not.
static bool place_in(const yutu_document *d, uint32_t open, uint32_t close) {
  return close == open + 2 &&
         (region_token(d, &d->tokens.at[open + 1]) || d->tokens.at[open + 1].entity != YUTU_NO_INDEX);
}

// Between token i and the next one a new name begins: …研究所 | 江苏省…, 联合 | 江苏省….
static bool new_name(const yutu_document *d, const yutu_sentence *s, uint32_t i, yutu_class cls) {
  const yutu_token *t = &d->tokens.at[i];
  if (i + 1 >= s->token + s->n_tokens)
    return false;
  const yutu_token *next = &d->tokens.at[i + 1];
  if (!region_token(d, next) && next->word.generic != YUTU_GENERIC_PLACE)
    return false;
  const bool noun = cls == YUTU_CLASS_COMPANY && t->kind == YUTU_TOKEN_WORD && t->word.known &&
                    t->end - t->begin >= 2 && t->word.pos[0] == 'n' && region_token(d, next); // 运营|主体|湛江…有限公司
  if (noun)
    return true;
  const bool ends = t->kind == YUTU_TOKEN_WORD && t->word.strength >= 2 && !region_token(d, t) &&
                    t->word.suffix != YUTU_CLASS_PROGRAM;
  const bool acts = t->word.pos[0] == 'v' && t->word.pos[1] != 'n' && t->end - t->begin >= 2 &&
                    (yutu_is_organisation(cls) || cls == YUTU_CLASS_ZONE);
  return ends || acts || yutu_token_cue(d, t, YUTU_CUE_JOINTLY);
}

// A licence before the name, or before the list that it stands in: 举办|前沿科技大赛、国际技术交易大会.
static bool licensed_list(const yutu_document *d, const yutu_sentence *s, uint32_t left, yutu_class cls) {
  enum { LIST_TOKENS_MAX = 24 };
  if (licence(d, &d->tokens.at[left - 1], cls))
    return true;
  if (!is(d, &d->tokens.at[left - 1], 0x3001) && !yutu_token_cue(d, &d->tokens.at[left - 1], YUTU_CUE_CONNECTIVE))
    return false;
  for (uint32_t i = left - 1; i > s->token && left - i < LIST_TOKENS_MAX; i--) {
    const yutu_token *t = &d->tokens.at[i - 1];
    if (licence(d, t, cls))
      return true;
    if ((t->kind == YUTU_TOKEN_PUNCT && yutu_cp(d, t->begin) != 0x3001) ||
        (t->word.generic == YUTU_GENERIC_FUNCTION && !is(d, t, 0x4E86) && !yutu_token_cue(d, t, YUTU_CUE_CONNECTIVE)))
      return false;
  }
  return false;
}

// 与 and 和 are inside a name when it begins with a place or an organisation, with words between them, at the start of
// a phrase: 上海社会科学院|长三角|与|长江经济带|研究中心, 重庆市|住房|和|城乡|建设委.
static bool crosses(const yutu_document *d, const yutu_sentence *s, uint32_t i, yutu_class cls) {
  enum { LEFT_TOKENS_MAX = 7 };
  if (!(yutu_is_organisation(cls) || cls == YUTU_CLASS_EVENT) ||
      !yutu_token_cue(d, &d->tokens.at[i], YUTU_CUE_CONNECTIVE))
    return false;
  const yutu_token *after = &d->tokens.at[i + 1];
  if (after->kind == YUTU_TOKEN_NAME && prefix_token(d, after) &&
      yutu_lexicon_class(d->lexicon, after->entity) != YUTU_CLASS_REGION_CLUSTER)
    return false;
  for (uint32_t k = i; k > s->token && i - k < LEFT_TOKENS_MAX; k--) {
    const yutu_token *t = &d->tokens.at[k - 1];
    const part p = classify(d, s, k - 1, false, false);
    if (p == STOP || t->word.strength >= 2)
      return false;
    if (cls == YUTU_CLASS_EVENT && (edition(d, t) || is(d, t, 0x7B2C)))
      return true; // 第六届…转移与创新合作大会
    if (prefix_token(d, t)) {
      const yutu_token *before = k - 1 > s->token ? t - 1 : NULL;
      const bool starts = !before || before->kind == YUTU_TOKEN_PUNCT ||
                          before->word.generic == YUTU_GENERIC_FUNCTION || before->word.generic == YUTU_GENERIC_VERB;
      if (k < i && starts)
        return true;
      if (k == i && yutu_lexicon_class(d->lexicon, t->entity) != YUTU_CLASS_REGION_CLUSTER)
        return false;
    }
  }
  return false;
}

// 首个, 两地: a count of things, where 专项 and 新型 only describe.
static bool w_count(const yutu_token *t) {
  return t->word.pos[0] == 'm' || t->word.pos[0] == 'r';
}

// Grow from the suffix token `end` to the left.
static reach grow(const yutu_document *d, const yutu_sentence *s, uint32_t end) {
  reach r = {.begin = d->tokens.at[end].begin};
  const uint32_t limit = d->tokens.at[end].end;
  const yutu_class cls = d->tokens.at[end].word.suffix;
  const bool legal = cls == YUTU_CLASS_COMPANY && d->tokens.at[end].word.strength == 3;
  const bool dated = !yutu_is_organisation(cls) && cls != YUTU_CLASS_ZONE; // no year begins an organisation's name
  uint32_t left = end, solid = end; // tokens [solid, end] are in for sure, [left, solid) so far edges
  uint32_t singles = 0;
  bool verb = false; // a verb stands between here and the last part that is surely in
  while (left > s->token) {
    uint32_t i = left - 1;
    const yutu_token *t = &d->tokens.at[i];
    if (limit - t->begin > NAME_CHARS_MAX || r.whole)
      break;
    const uint32_t c = yutu_cp(d, t->begin);
    if (t->kind == YUTU_TOKEN_PUNCT && (c == 0xFF09 || c == 0x201D || c == 0x2019)) {
      const bool bracket = c == 0xFF09;
      const uint32_t open = opening_of(d, s, i, bracket ? BRACKET_CHARS_MAX : QUOTE_CHARS_MAX);
      if (open == i || (verb && cls == YUTU_CLASS_PRODUCT) || (bracket && (open == s->token || !place_in(d, open, i))))
        break;
      r.distinct += bracket ? 1 : 3;
      r.quoted |= !bracket;
      r.content += bracket ? 0 : t->begin - d->tokens.at[open].end;
      solid = left = open;
      verb = false;
      continue;
    }
    const part p = classify(d, s, i, cls == YUTU_CLASS_COMPANY, legal);
    if (p == STOP && crosses(d, s, i, cls)) {
      solid = left = i; // …长三角与长江经济带研究中心
      continue;
    }
    if (p == STOP || (yutu_token_cue(d, t, YUTU_CUE_QUANTITY) && w_count(t)) || new_name(d, s, i, cls) ||
        (verb && t->kind == YUTU_TOKEN_NAME) || (!dated && t->kind == YUTU_TOKEN_NUMBER && t->end - t->begin == 4) ||
        yutu_token_cue(d, t, YUTU_CUE_REGIONS_2) ||
        (cls == YUTU_CLASS_PRODUCT && t->kind == YUTU_TOKEN_NAME &&
         yutu_is_organisation(yutu_lexicon_class(d->lexicon, t->entity))))
      break;
    if (yutu_token_cue(d, t, YUTU_CUE_VERB_AFTER_NAME) && i > s->token && prefix_token(d, t - 1))
      break; // 宝鸡市|建设|…基地
    if (licence(d, t, cls)) {
      r.licensed = true;
      break;
    }
    left = i;
    if (p == EDGE) {
      verb |= t->word.pos[0] == 'v' && t->word.pos[1] != 'n' && t->word.generic == YUTU_GENERIC_NONE;
      continue;
    }
    const bool single = t->end - t->begin == 1 && t->kind != YUTU_TOKEN_PUNCT && t->kind != YUTU_TOKEN_NAME;
    if (single && t->kind == YUTU_TOKEN_WORD && !yutu_token_cue(d, t, YUTU_CUE_NAME_OPENING) && left + 1 < solid &&
        !loose(d, s, i - 1) && !loose(d, s, i + 1))
      continue; // 多维|度|支撑|…: a lone character behind words of the sentence
    singles = single ? singles + 1 : 0;
    solid = i;
    verb = false;
    r.content += t->end - t->begin;
    if (!prefix_token(d, t))
      r.middle += t->end - t->begin;
    else
      r.prefix_distinct += 3;
    if (t->kind == YUTU_TOKEN_NAME)
      r.distinct += yutu_lexicon_class(d->lexicon, t->entity) == YUTU_CLASS_INDUSTRY ? 1 : 3;
    else if ((p == TELLING && !single) || t->entity != YUTU_NO_INDEX || t->word.generic == YUTU_GENERIC_PLACE)
      r.distinct += 2;
    else if (singles >= 2)
      r.distinct += 2;
    else if (t->kind == YUTU_TOKEN_OTHER)
      r.distinct += 2;
    else if (yutu_token_cue(d, t, YUTU_CUE_WEAK_PROPER) || yutu_token_cue(d, t, YUTU_CUE_PAIR_OPENING))
      r.distinct += 1;
    r.whole = (t->kind == YUTU_TOKEN_NAME && yutu_is_organisation(yutu_lexicon_class(d->lexicon, t->entity))) ||
              is(d, t, 0x7B2C) || edition(d, t) || (t->kind == YUTU_TOKEN_NUMBER && t->end - t->begin == 4);
  }
  // Modifiers and verbs on the edge belong to the sentence, unless a quote or name stands before them (then the loop
  // went on). Drop joints that are left dangling.
  while (!dated && solid < end && yutu_token_cue(d, &d->tokens.at[solid], YUTU_CUE_EDITION))
    solid++;
  while (solid < end && d->tokens.at[solid].kind == YUTU_TOKEN_PUNCT &&
         !yutu_is_opening(yutu_cp(d, d->tokens.at[solid].begin)))
    solid++;
  r.licensed |= left > s->token && licensed_list(d, s, left, cls);
  r.licensed |= yutu_is_organisation(cls) && end + 1 < s->token + s->n_tokens && d->tokens.at[end + 1].word.title;
  if (r.licensed && yutu_token_cue(d, &d->tokens.at[left], YUTU_CUE_QUANTITY))
    r.licensed = false;           // 签署|一系列|…协议
  if (r.licensed && solid > left) // 出台|培育发展|行动计划: the edge words are the name
    solid = left;
  r.begin = d->tokens.at[solid].begin;
  r.content = d->tokens.at[end].begin - r.begin;
  r.prefix_end = r.begin;
  for (uint32_t i = solid; i < end && prefix_token(d, &d->tokens.at[i]); i++)
    r.prefix_end = d->tokens.at[i].end;
  return r;
}

// After the suffix the name must be over: 平台|化, 中心|城区, 计划|于.
static bool runs_on(const yutu_document *d, const yutu_sentence *s, uint32_t i) {
  const yutu_token *next = i + 1 < s->token + s->n_tokens ? &d->tokens.at[i + 1] : NULL;
  if (!next)
    return false;
  const bool verb = next->kind == YUTU_TOKEN_WORD && next->word.known && next->word.pos[0] &&
                    strchr("vdtp", next->word.pos[0]) && next->word.suffix == YUTU_CLASS_NONE;
  return yutu_token_cue(d, next, YUTU_CUE_RUNS_ON) ||
         (verb && yutu_token_cue(d, &d->tokens.at[i], YUTU_CUE_VERBAL_SUFFIX) && i > s->token &&
          (d->tokens.at[i - 1].kind == YUTU_TOKEN_NAME || d->tokens.at[i - 1].word.strength == 3)); // 江苏|计划|组建
}

static bool accept(const yutu_token *suffix, const reach *r, uint32_t length, bool needs_middle) {
  const uint32_t own = suffix->end - suffix->begin;
  if (length <= own || r->content == 0)
    return false;
  const yutu_class cls = suffix->word.suffix;
  if (r->middle == 0 && !r->licensed && needs_middle)
    return false; // 上海|外资|研发中心
  if (suffix->word.strength == 3)
    return r->distinct >= (cls == YUTU_CLASS_ZONE ? 2 : 1) || r->content >= 4 ||
           (r->licensed && length >= LICENSED_CHARS_MIN);
  if (suffix->word.strength == 2)
    return r->distinct >= 2 || (r->distinct == 1 && r->content >= 8) ||
           (r->licensed && length >= LICENSED_CHARS_MIN && r->content >= 3);
  if (cls == YUTU_CLASS_PRODUCT)
    return r->licensed && r->distinct >= 1 && r->content >= 4;
  if (cls == YUTU_CLASS_POLICY || cls == YUTU_CLASS_PROGRAM)
    return (r->quoted || r->licensed) && r->distinct >= 3 && length >= 6;
  if (cls == YUTU_CLASS_EVENT && r->licensed && length >= 8)
    return true;
  return cls != YUTU_CLASS_COMPANY && r->distinct >= 4 && length >= 6;
}

// Of several regions in a row the last belongs to the name (重庆市 | 璧山区…); a firm without a legal form has none.
static uint32_t cut_chain(const yutu_document *d, const yutu_sentence *s, uint32_t begin, const yutu_token *suffix) {
  if (!yutu_is_organisation(suffix->word.suffix) && suffix->word.suffix != YUTU_CLASS_ZONE)
    return begin;
  const yutu_token *t = yutu_token_at(d, s, begin);
  if (!t || !region_token(d, t))
    return begin;
  uint32_t regions = 0;
  while (t && region_token(d, t) && t->end < suffix->begin) {
    regions++;
    const yutu_token *next = yutu_token_at(d, s, t->end);
    if (!next || !region_token(d, next) || next->end > suffix->begin)
      break;
    t = next;
  }
  if (regions < 2)
    return begin;
  return suffix->word.suffix == YUTU_CLASS_COMPANY && suffix->word.strength < 3 && t->end < suffix->begin ? t->end
                                                                                                          : t->begin;
}

// 医药健康|产业, 战略性|新兴|制造业: one to three words that say which.
static void add_industry(yutu_names *ns, const yutu_sentence *s, uint32_t i) {
  enum { INDUSTRY_TOKENS_MAX = 3, INDUSTRY_CHARS_MAX = 8, SCORE_INDUSTRY = 90, SCORE_INDUSTRY_CHAR = 30 };
  const yutu_document *d = ns->d;
  const yutu_token *suffix = &d->tokens.at[i];
  if (suffix->word.strength < 2)
    return;
  uint32_t first = i;
  bool telling = false;
  while (first > s->token && i - first < INDUSTRY_TOKENS_MAX) {
    const yutu_token *t = &d->tokens.at[first - 1];
    const bool industry =
        t->kind == YUTU_TOKEN_NAME && yutu_lexicon_class(d->lexicon, t->entity) == YUTU_CLASS_INDUSTRY;
    const bool noun = t->kind == YUTU_TOKEN_WORD && t->end - t->begin >= 2 && t->word.generic == YUTU_GENERIC_NONE &&
                      (t->word.pos[0] == 'n' || t->word.pos[0] == 'b' || t->word.pos[0] == 'j');
    if ((!industry && !noun) || suffix->begin - t->begin > INDUSTRY_CHARS_MAX || t->word.title)
      break;
    telling = true;
    first--;
  }
  if (telling)
    yutu_candidate_add(ns, d->tokens.at[first].begin, suffix->end, YUTU_CLASS_INDUSTRY, YUTU_HOW_SUFFIX,
                       SCORE_INDUSTRY + SCORE_INDUSTRY_CHAR * (int32_t)(suffix->end - d->tokens.at[first].begin));
}

// Is the token at `at` a region proper, no cluster?
static bool place_named(const yutu_document *d, const yutu_sentence *s, uint32_t at) {
  const yutu_token *t = yutu_token_at(d, s, at);
  return t && region_token(d, t) && yutu_lexicon_class(d->lexicon, t->entity) != YUTU_CLASS_REGION_CLUSTER;
}

// 明月湖实验室、天府实验室: what stands in a list with names of its kind is a name.
static bool listed_with_its_like(const yutu_document *d, const yutu_sentence *s, uint32_t i) {
  enum { AROUND_TOKENS = 6 };
  const yutu_token *t = &d->tokens.at[i];
  if (t->word.strength < 3)
    return false;
  for (uint32_t k = i > s->token + AROUND_TOKENS ? i - AROUND_TOKENS : s->token;
       k < s->token + s->n_tokens && k <= i + AROUND_TOKENS; k++) {
    const yutu_token *other = &d->tokens.at[k];
    const bool same = other->kind == YUTU_TOKEN_NAME
                          ? yutu_lexicon_class(d->lexicon, other->entity) == t->word.suffix
                          : other->word.suffix == t->word.suffix && other->word.strength == 3;
    if (k == i || !same)
      continue;
    const yutu_token *mark = k < i ? other + 1 : t + 1;
    if (is(d, mark, 0x3001) || yutu_token_cue(d, mark, YUTU_CUE_CONNECTIVE))
      return true;
  }
  return false;
}

static void add_suffix_name(yutu_names *ns, const yutu_sentence *s, uint32_t i) {
  yutu_document *d = ns->d;
  const yutu_token *t = &d->tokens.at[i];
  const reach r = grow(d, s, i);
  const uint32_t length = t->end - r.begin;
  if (t->word.suffix == YUTU_CLASS_REGION_CLUSTER && t->word.strength >= 2 && i > s->token &&
      (t - 1)->kind == YUTU_TOKEN_NAME &&
      (region_token(d, t - 1) || yutu_lexicon_class(d->lexicon, (t - 1)->entity) == YUTU_CLASS_NONE)) // 川渝|经济圈
    yutu_candidate_add(ns, (t - 1)->begin, t->end, YUTU_CLASS_REGION_CLUSTER, YUTU_HOW_SUFFIX,
                       2 * SCORE_BASE + SCORE_CHAR * (int32_t)(t->end - (t - 1)->begin));
  if (yutu_is_region(t->word.suffix))
    return;
  if (t->word.suffix == YUTU_CLASS_INDUSTRY) {
    add_industry(ns, s, i);
    return;
  }
  if (!(accept(t, &r, length, yutu_token_cue(d, t, YUTU_CUE_NEEDS_MIDDLE)) ||
        (r.middle >= 2 && listed_with_its_like(d, s, i))) ||
      runs_on(d, s, i))
    return;
  if (r.prefix_end == t->begin && t->word.strength < 2 && !t->word.stem)
    return; // 深圳|城: a place and a weak word
  if (t->word.strength == 1 && t->word.suffix == YUTU_CLASS_EVENT && i > s->token &&
      (t - 1)->word.suffix == YUTU_CLASS_EVENT && (t - 1)->word.strength == 3)
    return;                                                                                    // 创新周|活动
  const bool version = is(d, t, 0x7248) && i > s->token && (t - 1)->kind == YUTU_TOKEN_NUMBER; // 2.0|版
  if (is(d, t, 0x7248) && !version)
    return;
  if (t->end - t->begin == 1 && loose(d, s, i + 1))
    return; // …港|航|一体化
  if (t->end - t->begin == 1 && !version && (i == s->token || d->tokens.at[i - 1].end - d->tokens.at[i - 1].begin < 2))
    return; // 通|办
  uint32_t begin = cut_chain(d, s, r.begin, t);
  if (t->word.suffix == YUTU_CLASS_COMPANY && t->word.strength < 3 && r.distinct <= r.prefix_distinct &&
      t->end - t->begin < 4)
    return; // 萍乡|配套|工厂
  if (r.quoted && yutu_cp(d, r.prefix_end) == 0x201C && r.prefix_end > begin && place_named(d, s, begin))
    begin = r.prefix_end; // 南宁市|“强首府”战略
  const int32_t score = SCORE_BASE + SCORE_CHAR * (int32_t)length + SCORE_STRONG * t->word.strength +
                        20 * (r.distinct < 4 ? r.distinct : 4);
  yutu_candidate *c = yutu_candidate_add(ns, begin, t->end, t->word.suffix, YUTU_HOW_SUFFIX, score);
  c->core = r.prefix_end < t->end && yutu_cp(d, r.prefix_end) != 0xFF08 ? r.prefix_end : begin;
  if (c->core < begin)
    c->core = begin;
}

// The end of a unit of the bureau: 上海市科委|创新|服务处, 上海市发改委|长三角|处. Without one, the bureau's own end.
static uint32_t unit_end(const yutu_document *d, const yutu_sentence *s, uint32_t i) {
  enum { UNIT_TOKENS_MAX = 4, UNIT_CHARS_MAX = 9 };
  const uint32_t own = d->tokens.at[i].end;
  for (uint32_t k = i + 1; k < s->token + s->n_tokens && k - i <= UNIT_TOKENS_MAX; k++) {
    const yutu_token *t = &d->tokens.at[k];
    if (t->end - own > UNIT_CHARS_MAX || t->kind == YUTU_TOKEN_PUNCT || t->kind == YUTU_TOKEN_NUMBER || t->word.title ||
        t->word.generic == YUTU_GENERIC_FUNCTION || t->word.generic == YUTU_GENERIC_VERB)
      break;
    const uint32_t last = yutu_cp(d, t->end - 1);
    const yutu_token *next = k + 1 < s->token + s->n_tokens ? &d->tokens.at[k + 1] : NULL;
    if ((last == 0x5904 || last == 0x79D1) && k > i && next && next->word.title)
      return t->end; // 处, 科, with a post after it
  }
  return own;
}

// The region named last before token `i` whose class a level word means; 市 also means a municipality.
static uint32_t last_region(const yutu_document *d, uint32_t i, yutu_class cls) {
  for (uint32_t k = i; k; k--) {
    const yutu_token *t = &d->tokens.at[k - 1];
    if (t->kind == YUTU_TOKEN_NAME && t->begin >= d->begin && yutu_lexicon_class(d->lexicon, t->entity) == cls)
      return t->entity;
  }
  return YUTU_NO_INDEX;
}

// 市|科委: the bureau of the city that the article speaks of.
static void add_local_stem(yutu_names *ns, const yutu_sentence *s, uint32_t i) {
  yutu_document *d = ns->d;
  const yutu_token *level = &d->tokens.at[i - 1];
  const yutu_class cls = yutu_token_cue(d, level, YUTU_CUE_LEVEL_CITY)       ? YUTU_CLASS_CITY
                         : yutu_token_cue(d, level, YUTU_CUE_LEVEL_PROVINCE) ? YUTU_CLASS_PROVINCE
                         : yutu_token_cue(d, level, YUTU_CUE_LEVEL_DISTRICT) ? YUTU_CLASS_DISTRICT
                                                                             : YUTU_CLASS_NONE;
  const uint32_t region = cls == YUTU_CLASS_NONE ? YUTU_NO_INDEX : last_region(d, i - 1, cls);
  if (region == YUTU_NO_INDEX)
    return;
  const uint32_t end = unit_end(d, s, i);
  yutu_candidate *c = yutu_candidate_add(ns, level->begin, end, YUTU_CLASS_GOVERNMENT_AGENCY, YUTU_HOW_STEM,
                                         2 * SCORE_BASE + SCORE_CHAR * (int32_t)(end - level->begin));
  c->core = d->tokens.at[i].begin;
  c->refs[0] = region;
}

// 昆明市|科技局, 市|商务委: a region and a bureau of the list.
static void add_stem_name(yutu_names *ns, const yutu_sentence *s, uint32_t i) {
  yutu_document *d = ns->d;
  const yutu_token *t = &d->tokens.at[i];
  if (i > s->token && !region_token(d, t - 1) && !zone_token(d, t - 1)) {
    add_local_stem(ns, s, i);
    return;
  }
  if (i == s->token)
    return;
  const uint32_t begin = d->tokens.at[i - 1].begin; // the nearest region names the bureau
  const uint32_t end = unit_end(d, s, i);
  yutu_candidate *c = yutu_candidate_add(ns, begin, end, YUTU_CLASS_GOVERNMENT_AGENCY, YUTU_HOW_STEM,
                                         2 * SCORE_BASE + SCORE_CHAR * (int32_t)(end - begin));
  c->core = t->begin;
  c->refs[0] = d->tokens.at[i - 1].entity;
}

// 老挝|公安部: a ministry that the lists know as China's is another country's after that country's name.
static void add_foreign_ministry(yutu_names *ns, const yutu_sentence *s, uint32_t i) {
  yutu_document *d = ns->d;
  const yutu_token *t = &d->tokens.at[i], *country = i > s->token ? t - 1 : NULL;
  if (!country || country->kind != YUTU_TOKEN_NAME ||
      yutu_lexicon_class(d->lexicon, country->entity) != YUTU_CLASS_COUNTRY ||
      yutu_lexicon_class(d->lexicon, t->entity) != YUTU_CLASS_GOVERNMENT_AGENCY)
    return;
  yutu_gazetteer_entity e;
  yutu_lexicon_entity(d->lexicon, country->entity, &e);
  if (yutu_slice_eq(e.id, YUTU_SLICE("country/CN")))
    return;
  yutu_candidate *c = yutu_candidate_add(ns, country->begin, t->end, YUTU_CLASS_GOVERNMENT_AGENCY, YUTU_HOW_STEM,
                                         2 * SCORE_BASE + SCORE_CHAR * (int32_t)(t->end - country->begin));
  c->core = t->begin;
  c->refs[0] = country->entity;
}

// 怀柔|区委书记: the committee is part of the post's word.
static void add_committee(yutu_names *ns, const yutu_sentence *s, uint32_t i) {
  yutu_document *d = ns->d;
  const yutu_token *t = &d->tokens.at[i];
  const uint32_t n =
      yutu_lexicon_cue(d->lexicon, YUTU_CUE_PARTY_COMMITTEE, d->page->text.cp + t->begin, t->end - t->begin);
  if (!n || i == s->token || !(region_token(d, t - 1) || zone_token(d, t - 1)))
    return;
  yutu_candidate *c = yutu_candidate_add(ns, (t - 1)->begin, t->begin + n, YUTU_CLASS_GOVERNMENT_AGENCY, YUTU_HOW_STEM,
                                         2 * SCORE_BASE + SCORE_CHAR * (int32_t)(t->begin + n - (t - 1)->begin));
  c->core = t->begin;
  c->refs[0] = (t - 1)->entity;
}

// 纳雍县|龙场|镇|小营|村: towns and villages only behind their county or town.
static void add_townships(yutu_names *ns, const yutu_sentence *s, uint32_t i) {
  enum { TOWN_CHARS_MAX = 5 };
  const yutu_document *d = ns->d;
  uint32_t begin = d->tokens.at[i].end;
  const yutu_class cls = yutu_lexicon_class(d->lexicon, d->tokens.at[i].entity);
  if (cls != YUTU_CLASS_DISTRICT && cls != YUTU_CLASS_CITY)
    return;
  for (uint32_t k = i + 1; k < s->token + s->n_tokens; k++) {
    const yutu_token *t = &d->tokens.at[k];
    if (t->kind == YUTU_TOKEN_PUNCT || t->end - begin > TOWN_CHARS_MAX || t->word.generic == YUTU_GENERIC_FUNCTION)
      return;
    uint32_t n = 0;
    for (uint32_t tail = 1; tail <= 2 && !n; tail++) {
      if (t->end - t->begin >= tail)
        n = yutu_lexicon_cue(d->lexicon, YUTU_CUE_TOWNSHIP, d->page->text.cp + t->end - tail, tail) == tail ? tail : 0;
    }
    if (!n || (t->end - t->begin > n && (t->word.known || t->word.suffix != YUTU_CLASS_NONE)))
      continue;
    if (t->end - begin < n + 1 || t->end - begin < 2)
      return;
    yutu_candidate_add(ns, begin, t->end, YUTU_CLASS_DISTRICT, YUTU_HOW_SUFFIX,
                       SCORE_BASE + 2 * SCORE_CHAR * (int32_t)(t->end - begin));
    begin = t->end;
  }
}

void yutu_names_grammar(yutu_names *ns, const yutu_sentence *s) {
  const yutu_document *d = ns->d;
  for (uint32_t i = s->token; i < s->token + s->n_tokens; i++) {
    const yutu_token *t = &d->tokens.at[i];
    if (t->kind == YUTU_TOKEN_NAME) {
      add_foreign_ministry(ns, s, i);
      add_townships(ns, s, i);
    }
    if (t->word.title)
      add_committee(ns, s, i);
    if (t->word.stem)
      add_stem_name(ns, s, i);
    if (t->kind == YUTU_TOKEN_WORD && t->word.suffix != YUTU_CLASS_NONE)
      add_suffix_name(ns, s, i);
  }
}
