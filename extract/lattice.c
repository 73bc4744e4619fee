// Words of a sentence: the cheapest path through a lattice of dictionary words, gazetteer names, numbers and Latin
// runs. Costs are hundredths of nats: a word costs minus the logarithm of its frequency, a gazetteer name a constant,
// so that a long name beats the words that it is made of but not a common word that crosses it.
#include "extract/analysis.h"
#include "extract/extract.h"

#include "base/utf8.h"

#include <string.h>

enum {
  COST_NAME = 1000,      ///< a gazetteer name
  COST_NAME_WEAK = 1250, ///< one that is usually something else
  COST_LISTED = 1050,    ///< a word of our lists that the frequency list does not have
  COST_NUMBER = 700,
  COST_LATIN = 800,
  COST_PUNCT = 100,
  COST_UNKNOWN = 1500,   ///< a Chinese character by itself that no list has
  COST_MAX = INT32_MAX / 2,
};

typedef struct {
  int32_t cost; ///< of the best path to here
  uint32_t from;
  yutu_token token; ///< the last token of that path
} node;

static bool han_numeral(uint32_t c) {
  static const char numerals[] = "〇零一二三四五六七八九十百千万亿两";
  for (const char *p = numerals, *end = numerals + sizeof numerals - 1; p < end;) {
    if (yutu_utf8_next(&p, end) == c)
      return true;
  }
  return false;
}

// Length of a number in digits at cp[0]: 1.29, 25,627, 1/3, 2-3.
static uint32_t digits(const uint32_t *cp, uint32_t n) {
  uint32_t i = 0;
  while (i < n) {
    if (yutu_is_digit(cp[i]))
      i++;
    else if (i && i + 1 < n && yutu_is_digit(cp[i + 1]) && (cp[i] == '.' || cp[i] == '/' || cp[i] == ':'))
      i++;
    else if (i && i + 3 < n && (cp[i] == ',' || cp[i] == 0xFF0C) && yutu_is_digit(cp[i + 1]) &&
             yutu_is_digit(cp[i + 2]) && yutu_is_digit(cp[i + 3]) && !(i + 4 < n && yutu_is_digit(cp[i + 4])))
      i++;
    else
      break;
  }
  return i;
}

static uint32_t numerals(const uint32_t *cp, uint32_t n) {
  uint32_t i = 0;
  while (i < n && han_numeral(cp[i]))
    i++;
  return i;
}

static uint32_t latin(const uint32_t *cp, uint32_t n) {
  uint32_t i = 0;
  bool letter = false;
  while (i < n) {
    const bool is_letter = yutu_is_latin(cp[i]);
    if (!is_letter && !yutu_is_digit(cp[i]) &&
        !(i && i + 1 < n && (cp[i] == '.' || cp[i] == '-' || cp[i] == '&' || cp[i] == ' ' || cp[i] == '+') &&
          (yutu_is_latin(cp[i + 1]) || yutu_is_digit(cp[i + 1]))))
      break;
    letter |= is_letter;
    i++;
  }
  return letter ? i : 0;
}

static void relax(node *nodes, uint32_t from, uint32_t to, int32_t cost, const yutu_token *token) {
  const int32_t total = nodes[from].cost + cost;
  if (total < nodes[to].cost) {
    nodes[to].cost = total;
    nodes[to].from = from;
    nodes[to].token = *token;
  }
}

static yutu_role best_role(const yutu_entry *e, uint32_t *ret_row) {
  yutu_role best = YUTU_ROLE_LETTER;
  for (uint32_t i = 0; i < e->n_names; i++) {
    if (e->names[i].role < best || (i == 0 && e->names[i].role <= best)) {
      best = e->names[i].role;
      *ret_row = e->names[i].row;
    }
  }
  return best;
}

static void relax_entry(node *nodes, uint32_t base, uint32_t at, const yutu_entry *e) {
  yutu_token token = {.begin = base + at, .end = base + at + e->length, .kind = YUTU_TOKEN_WORD,
                      .entity = YUTU_NO_INDEX, .role = YUTU_ROLE_WORD};
  if (e->word)
    token.word = *e->word;
  if (e->n_names) {
    uint32_t row = 0;
    token.role = best_role(e, &row);
    token.entity = row;
    const bool named = token.role == YUTU_ROLE_NAME || token.role == YUTU_ROLE_ALIAS;
    if (named) {
      token.kind = YUTU_TOKEN_NAME;
      relax(nodes, at, at + e->length, COST_NAME, &token);
      return;
    }
    if (token.role == YUTU_ROLE_WEAK && !token.word.known) {
      relax(nodes, at, at + e->length, COST_NAME_WEAK, &token);
      return;
    }
  }
  if (e->word)
    relax(nodes, at, at + e->length, token.word.known ? token.word.cost : COST_LISTED, &token);
}

static void relax_run(node *nodes, uint32_t base, uint32_t at, uint32_t length, yutu_token_kind kind, int32_t cost) {
  if (length) {
    const yutu_token token = {.begin = base + at, .end = base + at + length, .kind = kind, .entity = YUTU_NO_INDEX};
    relax(nodes, at, at + length, cost, &token);
  }
}

static void relax_from(const yutu_document *d, node *nodes, const uint32_t *cp, uint32_t n, uint32_t base,
                       uint32_t at) {
  const uint32_t c = cp[at];
  yutu_entry entries[YUTU_ENTRIES_MAX];
  const uint32_t found = yutu_lexicon_look(d->lexicon, cp + at, n - at, entries);
  for (uint32_t i = 0; i < found; i++)
    relax_entry(nodes, base, at, &entries[i]);
  if (yutu_is_han(c)) {
    const uint32_t length = numerals(cp + at, n - at);
    if (length >= 2)
      relax_run(nodes, base, at, length, YUTU_TOKEN_NUMBER, COST_NUMBER);
    relax_run(nodes, base, at, 1, YUTU_TOKEN_OTHER, COST_UNKNOWN);
    return;
  }
  const uint32_t number = digits(cp + at, n - at), word = latin(cp + at, n - at);
  if (number > 0)
    relax_run(nodes, base, at, number, YUTU_TOKEN_NUMBER, COST_NUMBER);
  if (word > number)
    relax_run(nodes, base, at, word, YUTU_TOKEN_LATIN, COST_LATIN);
  if (!number && !word)
    relax_run(nodes, base, at, 1, YUTU_TOKEN_PUNCT, COST_PUNCT);
  else if (word <= number)
    relax_run(nodes, base, at, 1, YUTU_TOKEN_NUMBER, COST_UNKNOWN); // so that every position is reached
}

static void tokenise(yutu_document *d, yutu_sentence *s, node *nodes) {
  const uint32_t n = s->end - s->begin, *cp = d->page->text.cp + s->begin;
  for (uint32_t i = 0; i <= n; i++)
    nodes[i].cost = COST_MAX;
  nodes[0].cost = 0;
  for (uint32_t at = 0; at < n; at++) {
    if (nodes[at].cost < COST_MAX)
      relax_from(d, nodes, cp, n, s->begin, at);
  }
  uint32_t count = 0;
  for (uint32_t at = n; at; at = nodes[at].from)
    count++;
  s->token = d->tokens.n;
  s->n_tokens = count;
  for (uint32_t i = 0; i < count; i++)
    (void)YUTU_PUSH(d->arena, &d->tokens);
  for (uint32_t at = n, i = s->token + count; at; at = nodes[at].from)
    d->tokens.at[--i] = nodes[at].token;
}

void yutu_find_tokens(yutu_document *d) {
  node *nodes = YUTU_NEW_ARRAY(d->arena, node, YUTU_SENTENCE_CHARS_MAX + 16);
  for (uint32_t i = 0; i < d->sentences.n; i++)
    tokenise(d, &d->sentences.at[i], nodes);
}
