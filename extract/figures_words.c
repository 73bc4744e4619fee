// The tokens of a sentence by their part in a statement of figures.
#include "extract/figures.h"
#include "extract/names.h"

#include <string.h>

yutu_figure_view *yutu_figure_view_new(yutu_document *d) {
  yutu_figure_view *v = YUTU_NEW(d->arena, yutu_figure_view);
  uint32_t most = 0;
  for (uint32_t i = 0; i < d->sentences.n; i++)
    most = d->sentences.at[i].n_tokens > most ? d->sentences.at[i].n_tokens : most;
  v->d = d;
  v->part = YUTU_NEW_ARRAY(d->arena, uint8_t, most + 1);
  v->mention = YUTU_NEW_ARRAY(d->arena, uint32_t, most + 1);
  return v;
}

static bool is_word(const yutu_document *d, const yutu_token *t, const char *literal) {
  return yutu_text_starts(d->page->text.cp + t->begin, t->end - t->begin, literal) == t->end - t->begin;
}

static yutu_part part_of_mark(uint32_t c) {
  switch (c) {
  case 0xFF0C: // ，
  case 0xFF1B: // ；
  case 0xFF1A: // ：
  case 0x3002: // 。
  case 0xFF01: // ！
  case 0xFF1F: // ？
  case ' ':    // in headings
  case 0x2014: // —
    return YUTU_PART_STOP;
  case 0x3001: // 、
  case '/':
  case '+':
    return YUTU_PART_JOIN;
  case 0x00B7: // ·
  case '-':
    return YUTU_PART_NOUN;
  default:
    return yutu_is_opening(c) ? YUTU_PART_OPEN : yutu_is_closing(c) ? YUTU_PART_CLOSE : YUTU_PART_STOP;
  }
}

// The part of a word of one character, YUTU_PART_NOUN when nothing special.
static yutu_part part_of_character(uint32_t c) {
  switch (c) {
  case 0x7684: // 的
  case 0x4E4B: // 之
    return YUTU_PART_DE;
  case 0x548C: // 和
  case 0x4E0E: // 与
  case 0x53CA: // 及
  case 0x66A8: // 暨
    return YUTU_PART_JOIN;
  case 0x6765: // 来, as in 五年来
    return YUTU_PART_PLACE;
  default:
    return YUTU_PART_NOUN;
  }
}

static yutu_part part_of_word(const yutu_document *d, const yutu_token *t) {
  const char *pos = t->word.pos;
  const yutu_generic g = t->word.generic;
  if (t->end - t->begin == 1) {
    const yutu_part part = part_of_character(yutu_cp_at(d, t->begin));
    if (part != YUTU_PART_NOUN)
      return part;
  }
  if (t->end - t->begin == 2 && is_word(d, t, "以及"))
    return YUTU_PART_JOIN;
  if (yutu_has_cue(t, YUTU_CUE_FIG_AMOUNT) || yutu_has_cue(t, YUTU_CUE_FIG_RATE) || g == YUTU_GENERIC_NOUN)
    return YUTU_PART_NOUN;
  if (yutu_has_cue(t, YUTU_CUE_FIG_COMPOUND))
    return YUTU_PART_SOFT;
  if (g == YUTU_GENERIC_VERB || (yutu_has_cue(t, YUTU_CUE_FIG_HAVE) && pos[0] == 'v' && pos[1] != 'n'))
    return YUTU_PART_VERB;
  if (yutu_has_cue(t, YUTU_CUE_FIG_EACH))
    return YUTU_PART_ADVERB;
  if (pos[0] == 'p')
    return YUTU_PART_PREPOSITION;
  if (g == YUTU_GENERIC_FUNCTION)
    return pos[0] == 'v' ? YUTU_PART_VERB : pos[0] == 'd' ? YUTU_PART_ADVERB : YUTU_PART_FUNCTION;
  switch (pos[0]) {
  case 't':
    return YUTU_PART_TIME;
  case 'd':
    return YUTU_PART_ADVERB;
  case 'c':
    return YUTU_PART_FUNCTION;
  case 'u':
    return YUTU_PART_FUNCTION;
  case 'f':
    return YUTU_PART_PLACE;
  case 'm':
    return YUTU_PART_NUMBER;
  case 'v':
    return pos[1] == 'n' ? YUTU_PART_NOUN : pos[1] == 'd' ? YUTU_PART_ADVERB : YUTU_PART_SOFT;
  case 'a':
    return pos[1] == 'd' ? YUTU_PART_ADVERB : YUTU_PART_NOUN;
  default:
    return YUTU_PART_NOUN;
  }
}

static yutu_part part_of(const yutu_document *d, const yutu_token *t) {
  switch (t->kind) {
  case YUTU_TOKEN_PUNCT:
    return part_of_mark(yutu_cp_at(d, t->begin));
  case YUTU_TOKEN_NUMBER:
    return YUTU_PART_NUMBER;
  case YUTU_TOKEN_WORD:
    return part_of_word(d, t);
  default:
    return YUTU_PART_NOUN;
  }
}

// 计划 投资…: no plan that the article names.
static bool plans(const yutu_figure_view *v, uint32_t i) {
  return yutu_cue_at(v, i, YUTU_CUE_FIG_PLAN) && i + 1 < v->n && v->t[i + 1].word.pos[0] == 'v';
}

void yutu_figure_view_fill(yutu_figure_view *v, uint32_t sentence) {
  yutu_document *d = v->d;
  v->sentence = sentence;
  v->s = &d->sentences.at[sentence];
  v->t = d->tokens.at + v->s->token;
  v->n = v->s->n_tokens;
  v->figures.n = 0;
  v->statements.n = 0;
  for (uint32_t i = 0; i < v->n; i++)
    v->part[i] = (uint8_t)part_of(d, &v->t[i]);
  memset(v->mention, 0, v->n * sizeof *v->mention);
  for (uint32_t k = v->s->mention, i = 0; k < v->s->mention + v->s->n_mentions; k++) {
    const yutu_mention *m = &d->mentions.at[k];
    if (m->flags & YUTU_MENTION_NESTED)
      continue;
    while (i < v->n && v->t[i].end <= m->begin)
      i++;
    if ((m->flags & YUTU_MENTION_ANAPHOR) && plans(v, i))
      continue;
    for (uint32_t j = i; j < v->n && v->t[j].begin < m->end; j++) {
      if (!v->mention[j])
        v->mention[j] = k + 1;
      v->part[j] = YUTU_PART_NOUN;
    }
  }
  yutu_figure_refer(v);
}

uint32_t yutu_token_at_cp(const yutu_figure_view *v, uint32_t at) {
  uint32_t low = 0, high = v->n;
  while (low < high) {
    const uint32_t mid = (low + high) / 2;
    if (v->t[mid].begin < at)
      low = mid + 1;
    else
      high = mid;
  }
  return low < v->n && v->t[low].begin == at ? low : YUTU_NO_TOKEN;
}

bool yutu_figure_is(const yutu_figure_view *v, uint32_t i, const char *literal) {
  return i < v->n && is_word(v->d, &v->t[i], literal);
}

uint32_t yutu_clause_begin(const yutu_figure_view *v, uint32_t i) {
  while (i && v->part[i - 1] != YUTU_PART_STOP)
    i--;
  return i;
}

uint32_t yutu_clause_end(const yutu_figure_view *v, uint32_t i) {
  while (i < v->n && v->part[i] != YUTU_PART_STOP)
    i++;
  return i;
}

uint32_t yutu_figure_open(const yutu_figure_view *v, uint32_t i) {
  uint32_t depth = 0;
  for (uint32_t k = i + 1; k; k--) {
    depth += v->part[k - 1] == YUTU_PART_CLOSE;
    if (v->part[k - 1] == YUTU_PART_OPEN && --depth == 0)
      return k - 1;
    if (!depth)
      break;
  }
  return i;
}

const yutu_figure *yutu_figure_at(const yutu_figure_view *v, uint32_t i) {
  for (uint32_t k = 0; k < v->figures.n; k++) {
    if (v->figures.at[k].token <= i && i < v->figures.at[k].next)
      return &v->figures.at[k];
  }
  return NULL;
}

yutu_slice yutu_figure_text(const yutu_figure_view *v, uint32_t begin, uint32_t end) {
  if (begin >= end)
    return (yutu_slice){"", 0};
  const uint32_t *cp = v->d->page->text.cp;
  uint32_t *kept = YUTU_NEW_ARRAY(v->d->arena, uint32_t, v->t[end - 1].end - v->t[begin].begin), n = 0;
  for (uint32_t i = begin; i < end; i++) {
    if (v->part[i] == YUTU_PART_DE && !v->mention[i])
      continue;
    for (uint32_t k = v->t[i].begin; k < v->t[i].end; k++) {
      if (cp[k] != '\n')
        kept[n++] = cp[k];
    }
  }
  return yutu_text_utf8(v->d->arena, kept, n);
}

yutu_slice yutu_figure_join(const yutu_figure_view *v, yutu_slice a, yutu_slice b) {
  char *text = yutu_arena_alloc(v->d->arena, a.len + b.len + 1);
  if (a.len)
    memcpy(text, a.data, a.len);
  if (b.len)
    memcpy(text + a.len, b.data, b.len);
  return (yutu_slice){text, a.len + b.len};
}

uint32_t yutu_region_of_name(const yutu_figure_view *v, uint32_t i) {
  const yutu_document *d = v->d;
  const yutu_token *t = &v->t[i];
  if (t->kind != YUTU_TOKEN_NAME || !yutu_is_region(yutu_lexicon_class(d->lexicon, t->entity)) ||
      t->begin != d->mentions.at[v->mention[i] - 1].begin)
    return YUTU_NO_INDEX;
  for (uint32_t k = 0; k < d->things.n; k++) {
    if (d->things.at[k].ref == t->entity)
      return k;
  }
  return YUTU_NO_INDEX;
}
