// Statements under construction: the head of their phrase, and phrases that stand for several.
#include "extract/figures_statement.h"

yutu_statement *yutu_latest(const yutu_figure_view *v) {
  return v->statements.n ? &v->statements.at[v->statements.n - 1] : NULL;
}

yutu_statement *yutu_state(yutu_figure_view *v, const yutu_figure *f, uint32_t from, yutu_slice indicator,
                           const char *rule, double sure) {
  yutu_statement *st = YUTU_PUSH(v->d->arena, &v->statements);
  *st = (yutu_statement){.figure = (uint32_t)(f - v->figures.at),
                         .indicator = indicator,
                         .core = indicator,
                         .value = f->value,
                         .unit = f->unit,
                         .from = from,
                         .carried = YUTU_NO_TOKEN,
                         .region = YUTU_NO_INDEX,
                         .sure = sure,
                         .rule = rule};
  return st;
}

// The last noun phrase counted before in the sentence: 142个项目签约，总额…
const yutu_statement *yutu_counted_before(const yutu_figure_view *v) {
  for (uint32_t i = v->statements.n; i; i--) {
    const yutu_statement *st = &v->statements.at[i - 1];
    if (yutu_figure_of(v, st)->kind == YUTU_FIGURE_COUNT)
      return st;
  }
  return NULL;
}

// ---- the head of a phrase ----

// 全部达产后 年吞吐量: one past the last 后 that a noun follows, else `begin`.
static uint32_t after_condition(const yutu_figure_view *v, uint32_t begin, uint32_t end) {
  for (uint32_t i = end; i > begin + 2; i--) {
    if (yutu_figure_is(v, i - 2, "后") && v->part[i - 2] == YUTU_PART_PLACE)
      return i - 1;
  }
  return begin;
}

// “湾区标准”总数: does a name in quotes begin at token i?
static bool quoted_name(const yutu_figure_view *v, uint32_t i, uint32_t end) {
  if (v->part[i] != YUTU_PART_OPEN || v->mention[i] || i + 1 >= end || !v->mention[i + 1])
    return false;
  uint32_t next = i + 1;
  while (next < end && v->mention[next] == v->mention[i + 1])
    next++;
  return next + 1 < end && v->part[next] == YUTU_PART_CLOSE && yutu_cue_at(v, next + 1, YUTU_CUE_FIG_AMOUNT);
}

// 工业巨头 丹佛斯 投资: the name behind a few words that describe it, when it is the only one and more follows. Its
// first token, or `end`.
static uint32_t described(const yutu_figure_view *v, uint32_t begin, uint32_t end) {
  enum { DESCRIPTION_TOKENS_MAX = 3 };
  for (uint32_t i = begin; i < end && i - begin <= DESCRIPTION_TOKENS_MAX; i++) {
    if (v->mention[i]) {
      const yutu_mention *m = &v->d->mentions.at[v->mention[i] - 1];
      uint32_t next = i;
      while (next < end && v->mention[next] == v->mention[i])
        next++;
      const bool named = m->cls == YUTU_CLASS_COMPANY || m->cls == YUTU_CLASS_RESEARCH_INSTITUTE ||
                         m->cls == YUTU_CLASS_UNIVERSITY || m->cls == YUTU_CLASS_ZONE || m->cls == YUTU_CLASS_PLATFORM;
      return named && m->n_entities == 1 && i > begin && next < end && v->part[next] == YUTU_PART_NOUN ? i : end;
    }
    if (v->part[i] != YUTU_PART_NOUN)
      break;
  }
  return end;
}

// A name at the head of the phrase. False: nothing more is stripped.
static bool strip_name(const yutu_figure_view *v, yutu_head *h, uint32_t begin, uint32_t end) {
  const uint32_t i = h->begin;
  const yutu_mention *m = &v->d->mentions.at[v->mention[i] - 1];
  uint32_t next = i;
  while (next < end && v->mention[next] == v->mention[i])
    next++;
  if (next < end && i > begin && v->part[i - 1] == YUTU_PART_OPEN && v->part[next] == YUTU_PART_CLOSE)
    next++;
  if (m->cls == YUTU_CLASS_INDUSTRY || m->cls == YUTU_CLASS_PERSON) {
    if (m->cls == YUTU_CLASS_INDUSTRY && !h->head)
      h->industry = v->mention[i];
    h->region = yutu_region_of_name(v, i); // 上海集成电路
    h->begin += h->region != YUTU_NO_INDEX;
    return false;
  }
  if (next == end) {
    h->region = yutu_region_of_name(v, i);
    h->begin = h->region != YUTU_NO_INDEX ? i + 1 : i;
    h->itself = h->region != YUTU_NO_INDEX ? 0 : v->mention[i];
    return false;
  }
  if (yutu_figure_is(v, next, "下") || yutu_figure_is(v, next, "中"))
    return false;
  if (v->part[next] == YUTU_PART_JOIN && next + 1 < end && v->mention[next + 1]) {
    if (!yutu_figure_is(v, next, "与"))
      return false;
    for (const uint32_t with = v->mention[++next]; next < end && v->mention[next] == with;) // 甲与乙进出口
      next++;
  }
  if (yutu_figure_is(v, next, "内") && next + 1 < end)
    next++;
  h->head = v->mention[i];
  h->begin = next;
  return true;
}

// Times, adverbs, 的 and the like say nothing of what is measured.
static bool says_nothing(const yutu_figure_view *v, uint32_t i) {
  switch (v->part[i]) {
  case YUTU_PART_TIME:
  case YUTU_PART_ADVERB:
  case YUTU_PART_DE:
  case YUTU_PART_PLACE:
  case YUTU_PART_JOIN:
    return true;
  case YUTU_PART_FUNCTION:
    return !yutu_figure_is(v, i, "过");
  default:
    return yutu_cue_at(v, i, YUTU_CUE_FIG_ABOUT) || v->t[i].word.pos[0] == 'r' ||
           yutu_cp_at(v->d, v->t[i].begin) == 0x8BE5; // 该
  }
}

// A word at the head of the phrase. False: nothing more is stripped.
static bool strip_word(const yutu_figure_view *v, yutu_head *h, uint32_t begun, uint32_t end) {
  const uint32_t i = h->begin;
  const bool local = yutu_cue_at(v, i, YUTU_CUE_FIG_LOCAL) && i + 1 < end;
  if (local && yutu_cue_at(v, end - 1, YUTU_CUE_FIG_RATE) && yutu_cp_at(v->d, v->t[i].end - 1) == 0x5185)
    return false; // 省内配套率: 内 says which rate
  if (local) {
    h->local = true;
  } else if (yutu_cue_at(v, i, YUTU_CUE_FIG_NATION) && i + 1 < end) {
    h->national = true;
  } else if (i >= begun && !says_nothing(v, i)) {
    const uint32_t name = described(v, i, end);
    if (name == end || h->head)
      return false;
    h->begin = name;
    return true;
  }
  h->begin++;
  return true;
}

// 今年 全省 贵州省 的 外贸总额: who and when, then what.
yutu_head yutu_strip_head(const yutu_figure_view *v, uint32_t begin, uint32_t end) {
  yutu_head h = {.begin = begin, .region = YUTU_NO_INDEX};
  const uint32_t begun = after_condition(v, begin, end);
  bool more = true;
  while (more && h.begin < end) {
    if (quoted_name(v, h.begin, end))
      h.begin++;
    more = v->mention[h.begin] ? strip_name(v, &h, begin, end) : strip_word(v, &h, begun, end);
  }
  return h;
}

void yutu_set_head(yutu_statement *st, const yutu_head *h) {
  st->head = h->head;
  st->industry = h->industry;
  st->itself = h->itself;
  st->region = h->region;
  st->local = h->local;
  st->national = h->national;
}

// ---- coordinated phrases: A、B均突破…; A和B产值分别增长… ----

yutu_parts yutu_split(const yutu_figure_view *v, uint32_t begin, uint32_t end) {
  yutu_parts p = {.n = 1, .begin = {begin}, .tail = end};
  for (uint32_t i = begin; i < end && p.n < YUTU_PARTS_MAX; i++) {
    if (v->part[i] == YUTU_PART_JOIN && !v->mention[i]) {
      p.end[p.n - 1] = i;
      p.begin[p.n++] = i + 1;
    }
  }
  p.end[p.n - 1] = end;
  bool amounts = true;
  for (uint32_t k = 0; k + 1 < p.n; k++)
    amounts &= p.end[k] > p.begin[k] &&
               (yutu_cue_at(v, p.end[k] - 1, YUTU_CUE_FIG_AMOUNT) || yutu_cue_at(v, p.end[k] - 1, YUTU_CUE_FIG_RATE));
  if (!amounts && end > begin + 1 && yutu_cue_at(v, end - 1, YUTU_CUE_FIG_AMOUNT)) {
    p.tail = end - 1;
    p.end[p.n - 1] = end - 1;
  }
  return p;
}

// 北京、广东、江苏软件业务收入: each part but the last is only a name. False: it is no such list.
bool yutu_split_heads(const yutu_figure_view *v, uint32_t begin, uint32_t end, yutu_parts *p) {
  *p = (yutu_parts){.n = 0, .tail = end};
  uint32_t i = begin;
  while (i < end && v->mention[i] && p->n < YUTU_PARTS_MAX) {
    p->begin[p->n] = i;
    while (i < end && v->mention[i] == v->mention[p->begin[p->n]])
      i++;
    p->end[p->n++] = i;
    if (i >= end || v->part[i] != YUTU_PART_JOIN)
      break;
    i++;
  }
  p->tail = i;
  return p->n > 1 && i < end && v->part[i] != YUTU_PART_JOIN;
}

yutu_slice yutu_part_text(const yutu_figure_view *v, const yutu_parts *p, uint32_t k, uint32_t end) {
  return yutu_figure_join(v, yutu_figure_text(v, p->begin[k], p->end[k]), yutu_figure_text(v, p->tail, end));
}

uint32_t yutu_measure_before(const yutu_figure_view *v, uint32_t clause, uint32_t *ret_end) {
  if (clause < 2)
    return YUTU_NO_TOKEN;
  const uint32_t begin = yutu_clause_begin(v, clause - 1);
  const yutu_statement *last = yutu_latest(v);
  if (last && yutu_figure_of(v, last)->token >= begin)
    return YUTU_NO_TOKEN; // said with a value of its own
  for (uint32_t i = clause - 1; i > begin; i--) {
    if (yutu_cue_at(v, i - 1, YUTU_CUE_FIG_AMOUNT) || yutu_cue_at(v, i - 1, YUTU_CUE_FIG_RATE) ||
        yutu_cue_at(v, i - 1, YUTU_CUE_FIG_LASTS)) {
      *ret_end = i;
      return yutu_phrase_before(v, begin, i, true);
    }
  }
  return YUTU_NO_TOKEN;
}
