#include "extract/view.h"

#include "extract/names.h"

#include <string.h>

enum {
  BRACKET_MAX = 40,      ///< characters of a bracket that belongs to the name before it
  RESIDUE_MAX = 6,       ///< 大数据|分析、
  UNKNOWN_ITEM_MAX = 12, ///< characters of a list's member that is no mention
  MODIFIERS_MAX = 10,    ///< 和|河北侧的|A园区
  TAIL_MAX = 18,         ///< 等八部门, 等30家国际组织与机构
};

yutu_view *yutu_view_new(yutu_document *d, const yutu_rules *grammar) {
  uint32_t longest = 0, most = 0;
  for (uint32_t i = 0; i < d->sentences.n; i++) {
    const yutu_sentence *s = &d->sentences.at[i];
    longest = s->end - s->begin > longest ? s->end - s->begin : longest;
    most = s->n_mentions > most ? s->n_mentions : most;
  }
  yutu_view *v = YUTU_NEW(d->arena, yutu_view);
  v->d = d;
  v->grammar = grammar;
  v->first = yutu_rules_at(grammar, YUTU_RULES_FIRST);
  v->masked = YUTU_NEW_ARRAY(d->arena, uint32_t, longest + 1);
  v->item_at = YUTU_NEW_ARRAY(d->arena, uint32_t, longest + 1);
  v->token_at = YUTU_NEW_ARRAY(d->arena, uint32_t, longest + 1);
  v->tokens = YUTU_NEW_ARRAY(d->arena, yutu_token, longest + 1);
  v->items = YUTU_NEW_ARRAY(d->arena, yutu_item, most + 1);
  return v;
}

bool yutu_word_begins(const yutu_view *v, uint32_t at) {
  return at >= v->n || v->token_at[at] || v->masked[at] == 0 || (at && v->masked[at - 1] == 0);
}

uint32_t yutu_view_grammar(const yutu_view *v, yutu_grammar grammar, uint32_t at) {
  if (at >= v->n || !(v->first[yutu_rules_first_slot(v->masked[at])] >> grammar & 1) || !yutu_word_begins(v, at))
    return 0;
  const uint32_t room = v->n - at, set = yutu_rules_grammar(v->grammar, grammar);
  uint32_t n = yutu_rules_set_at(v->grammar, set, v->masked + at, room, room);
  while (n && !yutu_word_begins(v, at + n)) // 不 is none in 不断
    n = yutu_rules_set_at(v->grammar, set, v->masked + at, room, n - 1);
  return n;
}

uint32_t yutu_light_noun(const yutu_view *v, uint32_t at) {
  const uint32_t n = yutu_view_grammar(v, YUTU_GRAMMAR_LIGHT_NOUN, at);
  if (!n || v->masked[at] == 0x7684 || !yutu_verb_at(v, at)) // 的
    return n;
  const yutu_token *t = yutu_view_token(v, at + n); // a verb, unless another one follows: 北京|建设|A
  return yutu_view_stop(v, at + n) || yutu_verb_at(v, at + n) || (t && t->word.pos[0] == 'd') ? n : 0;
}

bool yutu_view_stop(const yutu_view *v, uint32_t at) {
  if (at >= v->n)
    return true;
  switch (v->masked[at]) {
  case 0xFF0C: // ，
  case 0xFF1B: // ；
  case 0xFF1A: // ：
  case 0x3002: // 。
  case 0xFF01:
  case 0xFF1F:
  case ' ':
  case '\n':
    return true;
  default:
    return false;
  }
}

// ---- filling ----

static bool initiative(yutu_class cls) {
  return cls == YUTU_CLASS_PROGRAM || cls == YUTU_CLASS_POLICY || cls == YUTU_CLASS_PLATFORM || cls == YUTU_CLASS_EVENT;
}

static void extend(const yutu_view *v, yutu_item *item) {
  item->from = item->begin;
  item->to = item->end;
  if (item->begin && item->end < v->n && yutu_is_opening(v->cp[item->begin - 1]) &&
      yutu_closing_of(v->cp[item->begin - 1]) == v->cp[item->end] && v->cp[item->end] != 0xFF09) {
    item->from--;
    item->to++;
  }
  if (item->to < v->n && v->cp[item->to] == 0xFF08) { // （以下简称…）
    for (uint32_t i = item->to + 1; i < v->n && i - item->to < BRACKET_MAX; i++) {
      if (v->cp[i] == 0xFF09) {
        item->to = i + 1;
        break;
      }
    }
  }
}

static bool tail_class(yutu_class cls) {
  return cls == YUTU_CLASS_INDUSTRY || cls == YUTU_CLASS_PRODUCT;
}

// Position after a joiner at `at` (、 和 与 及), or `at`.
static uint32_t joined(const yutu_view *v, uint32_t at) {
  const uint32_t n = yutu_view_grammar(v, YUTU_GRAMMAR_JOINER, at);
  return at + n + (n ? yutu_view_grammar(v, YUTU_GRAMMAR_JOINER, at + n) : 0);
}

// After a name that a short rest completes: 大数据|分析、人工智能.
static uint32_t after_residue(const yutu_view *v, const yutu_item *item, yutu_class cls) {
  if (!tail_class(cls))
    return item->to;
  for (uint32_t at = item->to; at < v->n && at - item->to <= RESIDUE_MAX; at++) {
    if (!v->masked[at] || !yutu_is_han(v->masked[at]) || v->masked[at] == 0x7684) // 的
      break;
    if (at > item->to && (yutu_view_grammar(v, YUTU_GRAMMAR_JOINER, at) || v->masked[at] == 0x7B49)) // 等
      return at;
  }
  const uint32_t at = item->to;
  uint32_t end = at;
  while (end < v->n && end - at < RESIDUE_MAX && yutu_is_han(v->masked[end]))
    end++;
  return end < v->n && v->masked[end] == 0x3001 && end > at ? end : item->to;
}

// The item that stands after nothing but modifiers: 和|河北侧的|A园区.
static uint32_t after_modifiers(const yutu_view *v, uint32_t begin) {
  for (uint32_t at = begin; at != YUTU_NOWHERE && at < v->n && at - begin <= MODIFIERS_MAX;
       at = yutu_gap_step(v, YUTU_GAP_MODIFIERS, at)) {
    if (v->item_at[at])
      return v->masked[at - 1] == 0x7684 ? v->item_at[at] - 1 : YUTU_NOWHERE; // 的
    if (v->masked[at] == 0x3001)
      return YUTU_NOWHERE;
  }
  return YUTU_NOWHERE;
}

// The item that is joined to `i`, stepping over members that are no names.
static uint32_t find_next(const yutu_view *v, uint32_t i) {
  const yutu_item *item = &v->items[i];
  uint32_t at = after_residue(v, item, yutu_view_mention(v, i)->cls);
  for (unsigned unknown = 0; unknown < 3; unknown++) {
    const uint32_t begin = joined(v, at);
    if (begin == at || begin >= v->n)
      return YUTU_NOWHERE;
    if (v->item_at[begin])
      return v->item_at[begin] - 1;
    const uint32_t item_after = after_modifiers(v, begin);
    if (item_after != YUTU_NOWHERE)
      return item_after;
    if (v->masked[at] != 0x3001) // only 、 promises that the list goes on
      return YUTU_NOWHERE;
    at = begin;
    while (at < v->n && at - begin < UNKNOWN_ITEM_MAX && !yutu_view_stop(v, at) &&
           !yutu_view_grammar(v, YUTU_GRAMMAR_JOINER, at) && v->masked[at] != 0x7684)
      at = v->masked[at] || !v->item_at[at] ? at + 1 : v->items[v->item_at[at] - 1].end; // 联影|北京
    if (at == begin)
      return YUTU_NOWHERE;
  }
  return YUTU_NOWHERE;
}

// A word at `at` that ends before `end`: the longest one that the lists have, else one character.
static yutu_token word_at(const yutu_view *v, uint32_t at, uint32_t end) {
  yutu_token t = {
      .begin = v->s->begin + at, .end = v->s->begin + at + 1, .kind = YUTU_TOKEN_OTHER, .entity = YUTU_NO_INDEX};
  yutu_entry entries[YUTU_ENTRIES_MAX];
  const uint32_t n = yutu_lexicon_look(v->d->lexicon, v->cp + at, end - at, entries);
  for (uint32_t i = 0; i < n; i++) {
    if (!entries[i].word)
      continue;
    t.end = t.begin + entries[i].length;
    t.kind = YUTU_TOKEN_WORD;
    t.word = *entries[i].word;
  }
  return t;
}

// The document's tokens where they respect the mentions; where a token crosses the edge of one, new ones.
static void place_tokens(yutu_view *v) {
  memset(v->token_at, 0, v->n * sizeof *v->token_at);
  for (uint32_t t = v->s->token; t < v->s->token + v->s->n_tokens; t++)
    v->token_at[v->d->tokens.at[t].begin - v->s->begin] = t + 1;
  uint32_t n = 0, edge = 0; // edge: where the next mention begins
  for (uint32_t at = 0; at < v->n;) {
    if (v->masked[at] == 0) {
      v->token_at[at++] = 0;
      continue;
    }
    for (edge = edge > at ? edge : at; edge < v->n && v->masked[edge]; edge++)
      ;
    const yutu_token *t = v->token_at[at] ? &v->d->tokens.at[v->token_at[at] - 1] : NULL;
    v->tokens[n] = t && t->end - v->s->begin <= edge ? *t : word_at(v, at, edge);
    const uint32_t end = v->tokens[n].end - v->s->begin;
    v->token_at[at] = ++n;
    for (at++; at < end; at++)
      v->token_at[at] = 0;
  }
}

// Is the place a only the address of b right after it: 浙江|嘉兴, 安徽|合肥高新区, 丹国|海斯公司?
static bool is_address(const yutu_mention *a, const yutu_mention *b) {
  if (((a->flags | b->flags) & YUTU_MENTION_NESTED) || a->n_entities > 1 || (b->flags & YUTU_MENTION_ANAPHOR))
    return false;
  if (a->cls == YUTU_CLASS_ZONE)
    return b->cls == YUTU_CLASS_ZONE || yutu_is_organisation(b->cls);
  return yutu_is_region(a->cls) &&
         (yutu_is_region(b->cls) || b->cls == YUTU_CLASS_ZONE || yutu_is_organisation(b->cls) || initiative(b->cls));
}

// 川渝|两地: the second only sums the first up.
static bool sums_up(const yutu_mention *a, const yutu_mention *b) {
  return a->end == b->begin && a->n_entities > 1 && (b->flags & YUTU_MENTION_ANAPHOR) && b->n_entities > 1;
}

// Make one item of what is one name to the reader.
static void fold(yutu_view *v) {
  uint32_t before = YUTU_NOWHERE;
  for (uint32_t i = 0; i < v->n_items; i++) {
    yutu_item *item = &v->items[i];
    if (item->inner)
      continue;
    const yutu_mention *b = yutu_view_mention(v, i), *a = before == YUTU_NOWHERE ? b : yutu_view_mention(v, before);
    const bool beside = before != YUTU_NOWHERE && v->items[before].end == item->from; // 科学城|“大创谷”
    if (a != b && beside && is_address(a, b)) {
      yutu_item *address = &v->items[before];
      address->inner = true;
      item->from = address->from;
      v->item_at[address->begin] = v->item_at[address->from] = i + 1;
    } else if (a != b && sums_up(a, b)) {
      item->inner = true;
      v->items[before].to = item->to;
      v->item_at[item->begin] = 0;
      continue;
    }
    before = i;
  }
}

void yutu_view_fill(yutu_view *v, const yutu_sentence *s) {
  v->s = s;
  v->n = s->end - s->begin;
  v->cp = v->d->page->text.cp + s->begin;
  v->n_items = s->n_mentions;
  v->classes = 0;
  v->n_clauses = 0;
  v->n_dates = YUTU_NOWHERE;
  memcpy(v->masked, v->cp, v->n * sizeof *v->masked);
  v->masked[v->n] = 0;
  memset(v->item_at, 0, v->n * sizeof *v->item_at);
  for (uint32_t i = 0; i < v->n_items; i++) {
    const yutu_mention *m = yutu_view_mention(v, i);
    yutu_item *item = &v->items[i];
    *item = (yutu_item){.begin = m->begin - s->begin,
                        .end = m->end - s->begin,
                        .next = YUTU_NOWHERE,
                        .first = true,
                        .inner = (m->flags & YUTU_MENTION_NESTED) != 0};
    extend(v, item);
    if (item->inner)
      continue;
    v->classes |= 1ull << m->cls;
    memset(v->masked + item->begin, 0, (item->end - item->begin) * sizeof *v->masked);
    v->item_at[item->begin] = i + 1;
    if (item->from < item->begin)
      v->item_at[item->from] = i + 1;
  }
  place_tokens(v);
  fold(v);
  for (uint32_t i = 0; i < v->n_items; i++) {
    if (v->items[i].inner)
      continue;
    v->items[i].next = find_next(v, i);
    if (v->items[i].next != YUTU_NOWHERE)
      v->items[v->items[i].next].first = false;
  }
}

// ---- lists ----

uint32_t yutu_list_length(const yutu_view *v, uint32_t item) {
  uint32_t n = 1;
  while (v->items[item].next != YUTU_NOWHERE) {
    item = v->items[item].next;
    n++;
  }
  return n;
}

uint32_t yutu_list_item(const yutu_view *v, uint32_t item, uint32_t k) {
  while (k--)
    item = v->items[item].next;
  return item;
}

// What 等 sums up, or what sums up without it: 八部门, 地, 新兴产业, 四大主导产业.
static uint32_t sum_end(const yutu_view *v, uint32_t begin, bool number_first) {
  uint32_t at = begin, end = begin;
  bool counted = false;
  while (at < v->n && at - begin < TAIL_MAX && v->masked[at]) {
    const uint32_t noun = at > begin ? yutu_view_grammar(v, YUTU_GRAMMAR_TAIL_NOUN, at) : 0;
    if (noun) {
      at = end = at + noun;
      continue;
    }
    const yutu_token *t = yutu_view_token(v, at);
    if (!t || t->kind == YUTU_TOKEN_PUNCT || yutu_verb_at(v, at))
      break;
    const uint32_t stop = t->end - v->s->begin;
    const char pos = t->word.pos[0];
    const uint32_t joiner = end > begin ? yutu_view_grammar(v, YUTU_GRAMMAR_JOINER, at) : 0;
    if (joiner && v->masked[at] != 0x3001) {
      at += joiner;
      continue;
    }
    if (number_first && at == begin && t->kind != YUTU_TOKEN_NUMBER && pos != 'm')
      break;
    if (t->kind == YUTU_TOKEN_NUMBER || pos == 'm' || pos == 'q')
      counted = true;
    else if (pos == 'd' || pos == 'p' || pos == 'u' || pos == 'r' || (pos == 'c' && at == begin) ||
             (t->word.generic == YUTU_GENERIC_FUNCTION && pos != 'c'))
      break;
    at = stop;
    if (pos != 'c' && pos != 'm' && t->kind != YUTU_TOKEN_NUMBER)
      end = stop;
  }
  return number_first && !counted ? begin : end;
}

// After members that are no names: A、京西|等地, A、巨幕影院|等空间. @return where 等 stands, or `at`
static uint32_t over_unknown(const yutu_view *v, uint32_t at, bool comma_ends) {
  uint32_t here = at;
  for (unsigned unknown = 0; unknown < 3 && here < v->n && v->masked[here] == 0x3001; unknown++) {
    const uint32_t begin = ++here;
    while (here < v->n && here - begin < UNKNOWN_ITEM_MAX && v->masked[here] && !yutu_view_stop(v, here) &&
           v->masked[here] != 0x3001 && v->masked[here] != 0x7B49 && v->masked[here] != 0x7684)
      here++;
    if (here < v->n && here > begin &&
        (v->masked[here] == 0x7B49 || (comma_ends && v->masked[here] == 0xFF0C))) // 等 ，
      return here;
  }
  return at;
}

uint32_t yutu_list_tails(const yutu_view *v, uint32_t i, uint32_t ret[YUTU_TAILS_MAX]) {
  const yutu_item *item = &v->items[i];
  uint32_t rest = over_unknown(v, after_residue(v, item, yutu_view_mention(v, i)->cls), !item->first), n = 0;
  if (rest < v->n && yutu_is_closing(v->masked[rest]) &&
      v->masked[rest] != 0xFF09) // “A+B+C”: the quote closes the list
    rest++;
  if (rest < v->n && v->masked[rest] == 0x7B49) {   // 等
    const yutu_token *t = yutu_view_token(v, rest); // 等地 may be one word
    const uint32_t after = rest + 1, whole = t ? t->end - v->s->begin : after;
    const uint32_t light = whole > after ? whole : after + yutu_light_noun(v, after);
    const uint32_t sum = light > after ? light : sum_end(v, after, false);
    if (sum > after)
      ret[n++] = sum;
    ret[n++] = after;
  } else {
    const uint32_t light = rest + yutu_light_noun(v, rest);
    const uint32_t sum = light > rest ? light : sum_end(v, rest, true);
    if (sum > rest)
      ret[n++] = sum;
    else if (rest > item->to)
      ret[n++] = rest;
  }
  ret[n++] = item->to;
  return n;
}
