// Words of a sentence: the cheapest path through a lattice of dictionary words, gazetteer names, numbers and Latin
// runs. Costs are hundredths of nats: a word costs minus the logarithm of its frequency, a gazetteer name a constant,
// so that a long name beats the words that it is made of but not a common word that crosses it.
#include "extract/analysis.h"
#include "extract/extract.h"

enum {
  COST_NAME = 1000,      ///< a gazetteer name
  COST_NAME_WEAK = 1250, ///< one that is usually something else
  COST_LISTED = 1050,    ///< a word of our lists that the frequency list does not have
  COST_NUMBER = 700,
  COST_LATIN = 800,
  COST_PUNCT = 100,
  COST_UNKNOWN = 1500, ///< a Chinese character by itself that no list has
  TITLE_BONUS = 250,   ///< news is full of posts
  COST_MAX = INT32_MAX / 2,
};

// The best path to a position, and its last token.
typedef struct {
  int32_t cost;
  uint32_t from;
  uint32_t entity;
  yutu_token_kind kind;
  yutu_role role;
  const yutu_word *word;
} node;

static bool han_numeral(uint32_t c) {
  static const uint16_t numerals[] = {0x3007, 0x96F6, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03,
                                      0x516B, 0x4E5D, 0x5341, 0x767E, 0x5343, 0x4E07, 0x4EBF, 0x4E24}; // 〇零一二…亿两
  for (size_t i = 0; i < sizeof numerals / sizeof *numerals; i++) {
    if (numerals[i] == c)
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

static void relax(node *nodes, uint32_t to, const node *arc) {
  const int32_t total = nodes[arc->from].cost + arc->cost;
  if (total < nodes[to].cost) {
    nodes[to] = *arc;
    nodes[to].cost = total;
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

static void relax_entry(node *nodes, uint32_t at, const yutu_entry *e) {
  node arc = {.from = at, .kind = YUTU_TOKEN_WORD, .entity = YUTU_NO_INDEX, .role = YUTU_ROLE_WORD, .word = e->word};
  const bool known = e->word && e->word->known;
  if (e->n_names) {
    arc.role = best_role(e, &arc.entity);
    const bool named = arc.role == YUTU_ROLE_NAME || arc.role == YUTU_ROLE_ALIAS;
    if (named || (arc.role == YUTU_ROLE_WEAK && !known)) {
      arc.kind = named ? YUTU_TOKEN_NAME : YUTU_TOKEN_WORD;
      arc.cost = named ? COST_NAME : COST_NAME_WEAK;
      relax(nodes, at + e->length, &arc);
      return;
    }
  }
  if (e->word) {
    arc.cost = known ? e->word->cost : COST_LISTED;
    if (e->word->title && e->length >= 2 && arc.cost > TITLE_BONUS)
      arc.cost -= TITLE_BONUS; // 主任|何叙白, not 主|任何|…
    relax(nodes, at + e->length, &arc);
  }
}

static void relax_run(node *nodes, uint32_t at, uint32_t length, yutu_token_kind kind, int32_t cost) {
  const node arc = {.cost = cost, .from = at, .kind = kind, .entity = YUTU_NO_INDEX};
  if (length)
    relax(nodes, at + length, &arc);
}

// 出台了 may be a cue, but it is two words.
static bool verb_with_aspect(const uint32_t *cp, const yutu_entry *e) {
  return e->length > 2 && cp[e->length - 1] == 0x4E86 && !e->n_names && !(e->word && e->word->known);
}

static void relax_from(const yutu_document *d, node *nodes, const uint32_t *cp, uint32_t n, uint32_t at) {
  const uint32_t c = cp[at];
  yutu_entry entries[YUTU_ENTRIES_MAX];
  const uint32_t found = yutu_lexicon_look(d->lexicon, cp + at, n - at, entries);
  for (uint32_t i = 0; i < found; i++)
    if (!verb_with_aspect(cp + at, &entries[i]))
      relax_entry(nodes, at, &entries[i]);
  if (yutu_is_han(c)) {
    const uint32_t length = numerals(cp + at, n - at);
    if (length >= 2)
      relax_run(nodes, at, length, YUTU_TOKEN_NUMBER, COST_NUMBER);
    relax_run(nodes, at, 1, YUTU_TOKEN_OTHER, COST_UNKNOWN);
    return;
  }
  const uint32_t number = digits(cp + at, n - at), word = latin(cp + at, n - at);
  if (number > 0)
    relax_run(nodes, at, number, YUTU_TOKEN_NUMBER, COST_NUMBER);
  if (word > number)
    relax_run(nodes, at, word, YUTU_TOKEN_LATIN, COST_LATIN);
  if (!number && !word)
    relax_run(nodes, at, 1, YUTU_TOKEN_PUNCT, COST_PUNCT);
  else if (word <= number)
    relax_run(nodes, at, 1, YUTU_TOKEN_NUMBER, COST_UNKNOWN); // so that every position is reached
}

static void tokenise(yutu_document *d, yutu_sentence *s, node *nodes) {
  const uint32_t n = s->end - s->begin, *cp = d->page->text.cp + s->begin;
  for (uint32_t i = 0; i <= n; i++)
    nodes[i].cost = COST_MAX;
  nodes[0].cost = 0;
  for (uint32_t at = 0; at < n; at++) {
    if (nodes[at].cost < COST_MAX)
      relax_from(d, nodes, cp, n, at);
  }
  uint32_t count = 0;
  for (uint32_t at = n; at; at = nodes[at].from)
    count++;
  s->token = d->tokens.n;
  s->n_tokens = count;
  for (uint32_t i = 0; i < count; i++)
    (void)YUTU_PUSH(d->arena, &d->tokens);
  for (uint32_t at = n, i = s->token + count; at; at = nodes[at].from) {
    const node *last = &nodes[at];
    yutu_token *t = &d->tokens.at[--i];
    *t = (yutu_token){.begin = s->begin + last->from,
                      .end = s->begin + at,
                      .kind = last->kind,
                      .entity = last->entity,
                      .role = last->role};
    if (last->word)
      t->word = *last->word;
    d->token_from[t->begin - d->begin] = i + 1;
    d->token_to[t->end - d->begin] = i + 1;
  }
}

void yutu_find_tokens(yutu_document *d) {
  node *nodes = YUTU_NEW_ARRAY(d->arena, node, YUTU_SENTENCE_CHARS_MAX + 16);
  d->token_from = YUTU_NEW_ARRAY(d->arena, uint32_t, d->end - d->begin + 1);
  d->token_to = YUTU_NEW_ARRAY(d->arena, uint32_t, d->end - d->begin + 1);
  for (uint32_t i = 0; i < d->sentences.n; i++)
    tokenise(d, &d->sentences.at[i], nodes);
}
