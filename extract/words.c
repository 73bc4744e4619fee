// What the rules can ask about words: gaps, atoms and assertions.
#include "extract/view.h"

bool yutu_verb_at(const yutu_view *v, uint32_t at) {
  if (yutu_view_grammar(v, YUTU_GRAMMAR_VERB, at))
    return true;
  const yutu_token *t = yutu_view_token(v, at);
  if (!t || t->kind != YUTU_TOKEN_WORD || v->masked[at] == 0)
    return false;
  if (!t->word.pos[0] && t->word.generic == YUTU_GENERIC_NONE) { // 启动实施: a compound that no word list explains
    const uint32_t n = t->end - t->begin;
    const uint32_t verbs = yutu_rules_grammar(v->grammar, YUTU_GRAMMAR_VERB);
    return yutu_rules_set_at(v->grammar, verbs, v->masked + at, n, n) ||
           (n >= 4 && yutu_rules_set_before(v->grammar, verbs, v->masked + at, n)); // 先后出台, but not 总投资
  }
  return t->word.generic == YUTU_GENERIC_VERB || (t->word.pos[0] == 'v' && t->word.pos[1] != 'n');
}

static uint32_t token_end(const yutu_view *v, const yutu_token *t) {
  return t->end - v->s->begin;
}

// After the bracket that opens at `at`.
static uint32_t bracket_end(const yutu_view *v, uint32_t at) {
  for (uint32_t i = at + 1; i < v->n; i++) {
    if (v->masked[i] == 0xFF09)
      return i + 1;
  }
  return YUTU_NOWHERE;
}

static uint32_t step_adverbs(const yutu_view *v, uint32_t at) {
  if (v->masked[at] == 0)
    return YUTU_NOWHERE;
  if (v->masked[at] == 0xFF08)
    return bracket_end(v, at);
  const uint32_t date = yutu_date_end(v, at);
  if (date > at)
    return date;
  const uint32_t adverb = yutu_view_grammar(v, YUTU_GRAMMAR_ADVERB, at);
  if (adverb)
    return at + adverb;
  const yutu_token *t = yutu_view_token(v, at);
  if (!t || t->kind != YUTU_TOKEN_WORD)
    return YUTU_NOWHERE;
  const char *pos = t->word.pos;
  if (pos[0] == 'd' || pos[0] == 't' || (pos[0] == 'a' && pos[1] == 'd') || (pos[0] == 'v' && pos[1] == 'd'))
    return token_end(v, t);
  return YUTU_NOWHERE;
}

static bool modifier_word(const yutu_token *t) {
  switch (t->word.pos[0]) {
  case 'n':
  case 'a':
  case 'b':
  case 'm':
  case 'q':
  case 'z':
  case 's':
  case 'f':
  case 'j':
  case 'g':
  case 'i':
  case 'l':
  case 'x':
    return true;
  case 'v':
    return t->word.pos[1] == 'n';
  case '\0':
    return t->word.generic != YUTU_GENERIC_FUNCTION && t->word.generic != YUTU_GENERIC_VERB;
  default:
    return t->word.generic == YUTU_GENERIC_MODIFIER || t->word.generic == YUTU_GENERIC_NOUN;
  }
}

bool yutu_verb_before(const yutu_view *v, uint32_t at) {
  uint32_t begin = at - 1;
  while (begin && !v->token_at[begin] && v->masked[begin])
    begin--;
  return v->token_at[begin] && yutu_verb_at(v, begin);
}

static uint32_t step_modifiers(const yutu_view *v, uint32_t at) {
  if (v->masked[at] == 0) {
    const uint32_t item = v->item_at[at];
    return item ? v->items[item - 1].to : YUTU_NOWHERE;
  }
  switch (v->masked[at]) {
  case 0xFF08: // （
    return bracket_end(v, at);
  case 0x7684: // 的: not right after a verb, that were a relative clause
    return at && yutu_verb_before(v, at) ? YUTU_NOWHERE : at + 1;
  case 0x4E86: // 了
  case 0x2014: // —
  case 0x201C: // “
  case 0x201D:
  case 0x3001: // 、
    return at + 1;
  default:
    break;
  }
  const yutu_token *t = yutu_view_token(v, at);
  if (!t || t->kind == YUTU_TOKEN_PUNCT)
    return YUTU_NOWHERE;
  const uint32_t end = token_end(v, t);
  if (t->kind != YUTU_TOKEN_WORD)
    return end;
  if (yutu_verb_at(v, at) || !modifier_word(t)) // a verb only before 的: 共建的
    return end < v->n && v->masked[end] == 0x7684 ? end + 1 : YUTU_NOWHERE;
  return end;
}

uint32_t yutu_gap_step(const yutu_view *v, yutu_gap gap, uint32_t at) {
  if (at >= v->n)
    return YUTU_NOWHERE;
  switch (gap) {
  case YUTU_GAP_ADVERBS:
    return step_adverbs(v, at);
  case YUTU_GAP_MODIFIERS:
    return step_modifiers(v, at);
  default:
    break;
  }
  if (v->masked[at] == 0) {
    const uint32_t item = v->item_at[at];
    return item ? v->items[item - 1].end : at + 1;
  }
  if (yutu_view_stop(v, at) && (gap == YUTU_GAP_CLAUSE || (v->masked[at] != 0xFF0C && v->masked[at] != 0xFF1A)))
    return YUTU_NOWHERE;
  if (v->masked[at] == 0xFF08) {
    const uint32_t end = bracket_end(v, at);
    return end == YUTU_NOWHERE ? at + 1 : end;
  }
  return at + 1;
}

// ---- atoms ----

static uint32_t number_end(const yutu_view *v, uint32_t at) {
  const yutu_token *t = yutu_view_token(v, at);
  if (!t || (t->kind != YUTU_TOKEN_NUMBER && t->word.pos[0] != 'm'))
    return YUTU_NOWHERE;
  uint32_t end = token_end(v, t);
  while ((t = yutu_view_token(v, end)) != NULL && v->masked[end] &&
         (t->word.measure || t->word.pos[0] == 'q' || t->word.pos[0] == 'm' || v->masked[end] == 0x591A ||
          v->masked[end] == 0x4F59)) // 多, 余
    end = token_end(v, t);
  return end;
}

// One post: 副局长, 首席技术官, 时任常务副主任.
static uint32_t one_title(const yutu_view *v, uint32_t at) {
  uint32_t begin = at, n;
  while ((n = yutu_view_grammar(v, YUTU_GRAMMAR_TITLE_PREFIX, at)) != 0)
    at += n;
  const yutu_token *t = yutu_view_token(v, at);
  if (!t) { // the prefix is a part of the listed post: 常务副主任
    at = begin;
    t = yutu_view_token(v, at);
  }
  if (!t || !t->word.title || v->masked[at] == 0)
    return YUTU_NOWHERE;
  uint32_t end = token_end(v, t);
  while ((t = yutu_view_token(v, end)) != NULL && t->word.title && v->masked[end])
    end = token_end(v, t); // 院长|助理
  return end;
}

static uint32_t title_end(const yutu_view *v, uint32_t at) {
  uint32_t end = one_title(v, at);
  while (end != YUTU_NOWHERE && end < v->n) {
    const uint32_t c = v->masked[end];
    if (c != 0x3001 && c != 0x517C && c != 0x53CA) // 、 兼 及
      break;
    const uint32_t more = one_title(v, end + 1);
    if (more == YUTU_NOWHERE)
      break;
    end = more;
  }
  return end;
}

static uint32_t noun_end(const yutu_view *v, uint32_t at) {
  const yutu_token *t = yutu_view_token(v, at);
  if (!t || v->masked[at] == 0 || t->kind != YUTU_TOKEN_WORD)
    return YUTU_NOWHERE;
  return t->word.pos[0] == 'n' || t->word.generic == YUTU_GENERIC_NOUN ? token_end(v, t) : YUTU_NOWHERE;
}

uint32_t yutu_atom_end(const yutu_view *v, yutu_atom atom, uint32_t at) {
  if (at >= v->n)
    return YUTU_NOWHERE;
  switch (atom) {
  case YUTU_ATOM_NUMBER:
    return number_end(v, at);
  case YUTU_ATOM_DATE: {
    const uint32_t end = yutu_date_end(v, at);
    return end > at ? end : YUTU_NOWHERE;
  }
  case YUTU_ATOM_TITLE:
    return title_end(v, at);
  case YUTU_ATOM_NOUN:
    return noun_end(v, at);
  default:
    return YUTU_NOWHERE;
  }
}

// ---- assertions ----

// A建设, A、B, A，A的…: is the name that ends at `at` the object itself?
static bool head_at(const yutu_view *v, uint32_t at) {
  if (yutu_view_stop(v, at))
    return true;
  if (v->masked[at] == 0 || v->masked[at] == 0x7684) // another name; 的
    return false;
  if (yutu_view_grammar(v, YUTU_GRAMMAR_AFTER_HEAD, at) || yutu_view_grammar(v, YUTU_GRAMMAR_JOINER, at))
    return true;
  const yutu_token *t = yutu_view_token(v, at);
  if (!t)
    return false;
  if (t->kind == YUTU_TOKEN_PUNCT)
    return v->masked[at] != 0x201C && v->masked[at] != 0x300A; // not before “ or 《
  if (t->kind != YUTU_TOKEN_WORD)
    return t->kind == YUTU_TOKEN_NUMBER;
  if (t->word.pos[0] == 'v' && t->word.pos[1] == 'n')
    return false;
  switch (t->word.pos[0]) {
  case 'v':
  case 'd':
  case 'p':
  case 'c':
  case 'u':
  case 'r':
  case 't':
  case 'm':
  case 'f':
  case 'y':
    return true;
  default:
    return t->word.generic == YUTU_GENERIC_FUNCTION || t->word.generic == YUTU_GENERIC_VERB;
  }
}

static bool right_after_subject(const yutu_view *v, uint32_t at) {
  const yutu_clause *c = yutu_clause_at(v, at);
  if (!c)
    return false;
  uint32_t here = c->begin;
  if (c->own) {
    here = c->subject.end - v->s->begin;
    const uint32_t item = v->item_at[c->subject.begin - v->s->begin];
    uint32_t last = item ? item - 1 : YUTU_NOWHERE, tails[YUTU_TAILS_MAX];
    while (last != YUTU_NOWHERE && v->items[last].next != YUTU_NOWHERE && v->items[last].end < here)
      last = v->items[last].next;
    if (last != YUTU_NOWHERE) {
      (void)yutu_list_tails(v, last, tails);
      here = tails[0] > here && tails[0] <= at ? tails[0] : here;
    }
  }
  while (here < at) {
    const uint32_t next = yutu_gap_step(v, YUTU_GAP_ADVERBS, here);
    if (next == YUTU_NOWHERE)
      return false;
    here = next;
  }
  return here == at;
}

bool yutu_assert_holds(const yutu_view *v, yutu_assert assertion, uint32_t at) {
  switch (assertion) {
  case YUTU_ASSERT_CLAUSE_BEGIN:
    return at == 0 || yutu_view_stop(v, at - 1) || (at == 1 && yutu_is_opening(v->masked[0]));
  case YUTU_ASSERT_CLAUSE_END:
    return yutu_view_stop(v, at) || yutu_is_closing(v->masked[at]);
  case YUTU_ASSERT_SENTENCE_BEGIN:
    return at == 0;
  case YUTU_ASSERT_SENTENCE_END:
    return at >= v->n || (at + 1 == v->n && yutu_is_terminal(v->masked[at]));
  case YUTU_ASSERT_HEAD:
    return head_at(v, at);
  case YUTU_ASSERT_THEN:
    return right_after_subject(v, at);
  default:
    return false;
  }
}
