// Phrases around a figure: what stands between it and its noun, the noun phrase before it and the one after it.
#include "extract/figures_phrase.h"

enum { COMPARISON_TOKENS_MAX = 8, PHRASE_TOKENS_MAX = 16, BRACKET_TOKENS_MAX = 12 };

static bool mark(const yutu_figure_view *v, uint32_t i, uint32_t c) {
  return v->t[i].kind == YUTU_TOKEN_PUNCT && yutu_cp_at(v->d, v->t[i].begin) == c;
}

// 2022年, 6月 before `end`: its first token, or `end` itself.
static uint32_t date_before(const yutu_figure_view *v, uint32_t begin, uint32_t end) {
  while (end > begin + 1 && v->t[end - 2].kind == YUTU_TOKEN_NUMBER &&
         (yutu_figure_is(v, end - 1, "年") || yutu_figure_is(v, end - 1, "月") || yutu_figure_is(v, end - 1, "季度")))
    end -= 2;
  return end;
}

// 比去年同期, 较上年 before `end`: its first token, or `end`.
static uint32_t comparison_before(const yutu_figure_view *v, uint32_t begin, uint32_t end) {
  for (uint32_t i = end; i > begin && end - i < COMPARISON_TOKENS_MAX; i--) {
    if (yutu_figure_is(v, i - 1, "比") || yutu_figure_is(v, i - 1, "较") || yutu_figure_is(v, i - 1, "较之"))
      return i - 1;
    const uint8_t part = v->part[i - 1];
    if (part != YUTU_PART_NOUN && part != YUTU_PART_TIME && part != YUTU_PART_DE && part != YUTU_PART_NUMBER &&
        part != YUTU_PART_PLACE)
      break;
  }
  return end;
}

// 高于全国平均水平 before `end`: its verb, or `end`.
static uint32_t exceed_before(const yutu_figure_view *v, uint32_t begin, uint32_t end) {
  for (uint32_t i = end; i > begin && end - i < COMPARISON_TOKENS_MAX && v->part[i - 1] != YUTU_PART_NUMBER; i--) {
    if (yutu_cue_at(v, i - 1, YUTU_CUE_FIG_EXCEED))
      return i - 1;
  }
  return end;
}

static bool change(yutu_figure_kind kind) {
  return kind == YUTU_FIGURE_PERCENT || kind == YUTU_FIGURE_POINTS || kind == YUTU_FIGURE_MULTIPLE;
}

// Reads token i as part of what stands between the noun and the figure. False: it is none.
static bool read_before(const yutu_figure_view *v, const yutu_figure *f, uint32_t i, yutu_before *b) {
  const bool up = yutu_cue_at(v, i, YUTU_CUE_FIG_RISE), down = yutu_cue_at(v, i, YUTU_CUE_FIG_FALL);
  if (b->to && yutu_cue_at(v, i, YUTU_CUE_FIG_MOTION)) {
    b->motion = true;
    return true;
  }
  if ((up || down) && change(f->kind) && b->verb == YUTU_NO_TOKEN && !b->to) {
    b->verb = i;
    b->fall = down;
    return true;
  }
  if (yutu_cue_at(v, i, YUTU_CUE_FIG_EACH))
    b->each = yutu_figure_is(v, i, "分别") ? YUTU_EACH_ITS_OWN : YUTU_EACH_THE_SAME;
  if (yutu_cue_at(v, i, YUTU_CUE_FIG_COMPARED)) {
    b->annual |= yutu_figure_is(v, i, "年均");
    return true;
  }
  if (yutu_cue_at(v, i, YUTU_CUE_FIG_REACH)) {
    b->to |= yutu_figure_is(v, i, "至") || yutu_figure_is(v, i, "到");
    b->motion |= yutu_cue_at(v, i, YUTU_CUE_FIG_MOTION);
    return b->reach = true;
  }
  if (yutu_cue_at(v, i, YUTU_CUE_FIG_ABOUT) || yutu_cue_at(v, i, YUTU_CUE_FIG_EACH) || v->part[i] == YUTU_PART_ADVERB ||
      v->part[i] == YUTU_PART_TIME || yutu_figure_is(v, i, "了") || yutu_figure_is(v, i, "过"))
    return true;
  if (i + 1 == f->token && i > b->clause && yutu_cue_at(v, i, YUTU_CUE_FIG_HAVE) && v->part[i] == YUTU_PART_VERB &&
      v->part[i - 1] == YUTU_PART_NOUN && !v->mention[i - 1])
    return b->reach = true; // 企业有20家
  return (i + 1 == f->token || b->de) && yutu_figure_is(v, i, "在") ? (b->reach = true) : false;
}

// 由开通初期的2.7万人次增长至…: all of it before the figure only dates it.
static bool start_before(const yutu_figure_view *v, const yutu_figure *f, yutu_before *b) {
  if (f->next >= v->n || !(yutu_cue_at(v, f->next, YUTU_CUE_FIG_MOTION) || yutu_cue_at(v, f->next, YUTU_CUE_FIG_REACH)))
    return false;
  for (uint32_t i = b->end; i > b->clause && b->end - i < COMPARISON_TOKENS_MAX; i--) {
    if (yutu_figure_is(v, i - 1, "从") || yutu_figure_is(v, i - 1, "由")) {
      b->end = i - 1;
      return b->reach = true;
    }
  }
  return false;
}

void yutu_look_before(const yutu_figure_view *v, const yutu_figure *f, yutu_before *b) {
  const uint32_t begin = yutu_clause_begin(v, f->token);
  *b = (yutu_before){.clause = begin, .end = f->token, .verb = YUTU_NO_TOKEN};
  while (b->end > begin) {
    const uint32_t i = b->end - 1;
    b->after = yutu_figure_at(v, i);
    if (b->after)
      return;
    const uint32_t date = date_before(v, begin, b->end);
    if (b->de && b->end + 1 == f->token && (b->start = start_before(v, f, b)))
      continue;
    if (date < b->end && (b->de || b->reach || b->verb != YUTU_NO_TOKEN)) {
      b->end = date;
      continue;
    }
    if (mark(v, i, 0xFF09) && i - yutu_figure_open(v, i) < BRACKET_TOKENS_MAX && yutu_figure_open(v, i) > begin) {
      b->end = yutu_figure_open(v, i);
      continue;
    }
    const uint32_t exceeds =
        f->kind == YUTU_FIGURE_POINTS && b->verb == YUTU_NO_TOKEN ? exceed_before(v, begin, b->end) : b->end;
    if (exceeds < b->end) {
      b->verb = b->end = exceeds;
      b->exceeds = true;
      continue;
    }
    if (v->mention[i])
      return;
    if (v->part[i] == YUTU_PART_DE && b->end == f->token) {
      b->de = true;
    } else if ((yutu_figure_is(v, i, "从") || yutu_figure_is(v, i, "由")) && (b->de || i > begin)) {
      b->reach = b->start = true; // 从7.1%提高到…
    } else if (!read_before(v, f, i, b)) {
      const uint32_t compared = b->verb != YUTU_NO_TOKEN ? comparison_before(v, begin, b->end) : b->end;
      if (compared == b->end)
        return;
      b->end = compared;
      continue;
    }
    b->end = i;
  }
}

// 成交 金额: the verb is part of the name.
static bool compound(const yutu_figure_view *v, uint32_t i) {
  return yutu_cue_at(v, i, YUTU_CUE_FIG_COMPOUND) && v->part[i + 1] == YUTU_PART_NOUN && !v->mention[i + 1];
}

// 偷排、直排、乱排问题: a verb in a list of nouns.
static bool list_item(const yutu_figure_view *v, uint32_t i, uint32_t begin) {
  return v->part[i + 1] == YUTU_PART_JOIN || (i > begin + 1 && v->part[i - 2] == YUTU_PART_JOIN) ||
         (i > begin && v->part[i - 1] == YUTU_PART_JOIN);
}

static uint32_t phrase_before(const yutu_figure_view *v, uint32_t begin, uint32_t end, bool predicate) {
  uint32_t i = end;
  bool list = false;
  while (i > begin && end - i < PHRASE_TOKENS_MAX + (predicate ? 8 : 0)) {
    const uint32_t k = i - 1;
    switch (v->part[k]) {
    case YUTU_PART_NOUN:
    case YUTU_PART_PLACE:
      break;
    case YUTU_PART_JOIN: // 和 between nouns
      if (i == end || k == begin || v->part[k - 1] == YUTU_PART_NUMBER || v->part[k - 1] == YUTU_PART_STOP ||
          v->t[k - 1].word.pos[0] == 'a')
        return i;
      list = true;
      break;
    case YUTU_PART_SOFT:
      if (i != end && !predicate && !compound(v, k) &&
          !(list_item(v, k, begin) && (list || v->part[k + 1] != YUTU_PART_JOIN)))
        return i;
      break;
    case YUTU_PART_VERB:
      if (i != end)
        return i;
      break;
    case YUTU_PART_ADVERB:
      if (i == end || !list || !list_item(v, k, begin))
        return i;
      break;
    case YUTU_PART_PREPOSITION:
      if (!predicate || k == begin || v->part[k - 1] != YUTU_PART_NOUN || yutu_cue_at(v, k, YUTU_CUE_FIG_REACH))
        return i;
      break;
    case YUTU_PART_DE: {
      const uint32_t length = v->t[end - 1].end - v->t[k].end;
      if (i == end || length > 3 || k == begin || v->mention[k - 1])
        return i;
      break;
    }
    case YUTU_PART_CLOSE: {
      const uint32_t open = yutu_figure_open(v, k);
      if (open == k || open < begin)
        return i;
      i = open;
      continue;
    }
    case YUTU_PART_NUMBER: // 三大 先导产业
      if (!predicate || i == end || v->t[k].kind != YUTU_TOKEN_WORD || yutu_figure_at(v, k))
        return i;
      break;
    default:
      return i;
    }
    i = k;
  }
  return i;
}

static bool one_character(const yutu_figure_view *v, uint32_t i) {
  return v->t[i].kind == YUTU_TOKEN_WORD && v->t[i].end - v->t[i].begin == 1 && !v->mention[i];
}

// 过 海 车辆: characters that the word list leaves apart are one word, not a verb with its object.
static bool torn(const yutu_figure_view *v, uint32_t begin, uint32_t i, uint32_t end) {
  return i > begin && i + 1 < end && one_character(v, i) && one_character(v, i - 1) && v->part[i] == YUTU_PART_NOUN &&
         (v->part[i - 1] == YUTU_PART_SOFT || yutu_figure_is(v, i - 1, "过")) &&
         !yutu_cue_at(v, i - 1, YUTU_CUE_FIG_ABOUT) && !yutu_cue_at(v, i - 1, YUTU_CUE_FIG_REACH) &&
         !yutu_cue_at(v, i - 1, YUTU_CUE_FIG_HAVE);
}

uint32_t yutu_phrase_before(const yutu_figure_view *v, uint32_t begin, uint32_t end, bool predicate) {
  const uint32_t i = phrase_before(v, begin, end, predicate);
  return torn(v, begin, i, end) ? i - 1 : i;
}

// ---- after the figure ----

static bool generic_noun(const yutu_figure_view *v, uint32_t i) {
  return v->t[i].word.generic == YUTU_GENERIC_NOUN || v->t[i].word.suffix != YUTU_CLASS_NONE;
}

// Where a relative clause before the noun ends: after its 的. `begin` when there is none.
static uint32_t relative_end(const yutu_figure_view *v, uint32_t begin, uint32_t end) {
  uint32_t de = begin, nouns = 0;
  bool clause = v->part[begin] != YUTU_PART_NOUN;
  for (uint32_t i = begin; i < end && i - begin < PHRASE_TOKENS_MAX; i++) {
    if (v->part[i] == YUTU_PART_NUMBER || mark(v, i, 0x3001))
      break;
    clause |= !nouns && (yutu_verbal(v, i) || v->part[i] == YUTU_PART_PREPOSITION || v->t[i].word.pos[0] == 'a');
    nouns += generic_noun(v, i);
    if (v->part[i] == YUTU_PART_DE && i + 1 < end && clause) {
      de = i + 1;
      clause = v->part[de] != YUTU_PART_NOUN;
      nouns = 0;
      break;
    }
  }
  return de;
}

// 上升到, 增至: the figure is only where it starts from.
static bool moves(const yutu_figure_view *v, uint32_t i) {
  return yutu_cue_at(v, i, YUTU_CUE_FIG_MOTION) || yutu_cue_at(v, i, YUTU_CUE_FIG_REACH);
}

// Does a weak verb inside a phrase belong to it? 官方 接待 酒店, 中心 支持 政策, not 项目 签约.
static bool modifies(const yutu_figure_view *v, uint32_t i, uint32_t stop) {
  if (i + 1 == stop || v->part[i + 1] != YUTU_PART_NOUN || v->mention[i + 1])
    return false;
  return !generic_noun(v, i - 1) || (v->t[i].word.generic == YUTU_GENERIC_MODIFIER && generic_noun(v, i + 1));
}

static uint32_t phrase_after(const yutu_figure_view *v, uint32_t next, uint32_t *ret_begin) {
  const uint32_t stop = yutu_clause_end(v, next);
  uint32_t i = next;
  while (i < stop && (v->part[i] == YUTU_PART_PLACE || yutu_figure_is(v, i, "左右") || yutu_figure_is(v, i, "余")))
    i++;
  if (i == stop || v->part[i] == YUTU_PART_JOIN) {
    *ret_begin = i;
    return i;
  }
  i = relative_end(v, i, stop);
  *ret_begin = i;
  for (; i < stop && i - *ret_begin < PHRASE_TOKENS_MAX; i++) {
    const bool first = i == *ret_begin;
    if (first && v->part[i] == YUTU_PART_NUMBER && v->t[i].kind == YUTU_TOKEN_WORD && !yutu_figure_at(v, i))
      continue; // 一级 指标
    switch (v->part[i]) {
    case YUTU_PART_NOUN:
    case YUTU_PART_PLACE:
      continue;
    case YUTU_PART_OPEN:
    case YUTU_PART_CLOSE:
      if (mark(v, i, 0xFF08) || mark(v, i, 0xFF09))
        return i;
      continue;
    case YUTU_PART_SOFT:
      if (first ? moves(v, i) : !modifies(v, i, stop))
        return i;
      continue;
    case YUTU_PART_VERB:
      if (!first || moves(v, i) || i + 1 == stop || !generic_noun(v, i + 1) || v->mention[i + 1])
        return i;
      continue;
    case YUTU_PART_JOIN:
      if (first || i + 1 == stop || v->part[i + 1] == YUTU_PART_NUMBER ||
          (mark(v, i, 0x3001) && !generic_noun(v, i - 1)))
        return i;
      continue;
    default:
      return i;
    }
  }
  return i;
}

uint32_t yutu_phrase_after(const yutu_figure_view *v, uint32_t next, uint32_t *ret_begin) {
  uint32_t end = phrase_after(v, next, ret_begin);
  for (uint32_t i = end, closed = 0; i > *ret_begin; i--) { // 事项“同事|同标”: a quote that the phrase does not close
    closed += v->part[i - 1] == YUTU_PART_CLOSE;
    if (v->part[i - 1] == YUTU_PART_OPEN && closed-- == 0) {
      end = i - 1;
      break;
    }
  }
  while (end > *ret_begin + 1 && (yutu_figure_is(v, end - 1, "中") || yutu_figure_is(v, end - 1, "内") ||
                                  yutu_figure_is(v, end - 1, "里") || yutu_figure_is(v, end - 1, "上")))
    end--; // 43个项目中
  return end;
}
