// What a figure measures.
//
// A count stands before its noun (37家高校) or after it (高校37家); an amount after the noun, with or without a verb of
// reaching (产值达…, 总投资约…); a change after its verb (同比增长…); a share after 占 or before 的 (全国近1/3的…). A clause
// without a noun of its own carries on what the figure before it measured.
#include "extract/figures_phrase.h"

#include <string.h>

enum { SHARE_TOKENS_MAX = 16, TWINS_MAX = 6, SHORT_NOUN_CHARS = 3, PURPOSE_TOKENS_MAX = 10,
       PREDICATE_CHARS_MAX = 10, JOIN_TOKENS_MAX = 8, OWNER_CHARS_MAX = 16 };

static bool cue(const yutu_figure_view *v, uint32_t i, yutu_cue_kind kind) {
  return i < v->n && yutu_has_cue(&v->t[i], kind);
}

static bool verbal(const yutu_figure_view *v, uint32_t i) {
  return i < v->n && (v->part[i] == YUTU_PART_VERB || v->part[i] == YUTU_PART_SOFT);
}

static uint32_t chars(const yutu_figure_view *v, uint32_t begin, uint32_t end) {
  return begin < end ? v->t[end - 1].end - v->t[begin].begin : 0;
}

static bool text_is(const yutu_figure_view *v, yutu_cue_kind kind, uint32_t begin, uint32_t end) {
  const uint32_t n = chars(v, begin, end);
  return n && yutu_lexicon_cue(v->d->lexicon, kind, v->d->page->text.cp + v->t[begin].begin, n) == n;
}

static yutu_statement *latest(const yutu_figure_view *v) {
  return v->statements.n ? &v->statements.at[v->statements.n - 1] : NULL;
}

static const yutu_figure *figure_of(const yutu_figure_view *v, const yutu_statement *st) {
  return &v->figures.at[st->figure];
}

static yutu_statement *state(yutu_figure_view *v, const yutu_figure *f, uint32_t from, yutu_slice indicator,
                             const char *rule, double sure) {
  yutu_statement *st = YUTU_PUSH(v->d->arena, &v->statements);
  *st = (yutu_statement){.figure = (uint32_t)(f - v->figures.at), .indicator = indicator, .core = indicator,
                         .value = f->value, .unit = f->unit, .from = from, .carried = YUTU_NO_TOKEN,
                         .region = YUTU_NO_INDEX, .sure = sure, .rule = rule};
  return st;
}

// ---- the head of a phrase ----

typedef struct {
  uint32_t begin; ///< first token that is left of the phrase
  uint32_t head, industry, itself;
  uint32_t region; ///< thing
  bool local, national;
} head;

// 今年 全省 贵州省 的 外贸总额: who and when, then what.
static head strip(const yutu_figure_view *v, uint32_t begin, uint32_t end) {
  head h = {.begin = begin, .region = YUTU_NO_INDEX};
  while (h.begin < end) {
    const uint32_t i = h.begin;
    if (v->mention[i]) {
      const yutu_mention *m = &v->d->mentions.at[v->mention[i] - 1];
      uint32_t next = i;
      while (next < end && v->mention[next] == v->mention[i])
        next++;
      if (m->cls == YUTU_CLASS_INDUSTRY || m->cls == YUTU_CLASS_PERSON) {
        if (m->cls == YUTU_CLASS_INDUSTRY && !h.head)
          h.industry = v->mention[i];
        h.region = yutu_region_of_name(v, i); // 上海集成电路
        h.begin += h.region != YUTU_NO_INDEX;
        break;
      }
      if (next == end) {
        h.region = yutu_region_of_name(v, i);
        h.begin = h.region != YUTU_NO_INDEX ? i + 1 : i;
        h.itself = h.region != YUTU_NO_INDEX ? 0 : v->mention[i];
        break;
      }
      if (yutu_figure_is(v, next, "下") || yutu_figure_is(v, next, "中"))
        break;
      if (v->part[next] == YUTU_PART_JOIN && next + 1 < end && v->mention[next + 1]) {
        if (!yutu_figure_is(v, next, "与"))
          break;
        for (const uint32_t with = v->mention[++next]; next < end && v->mention[next] == with;) // 甲与乙进出口
          next++;
      }
      h.head = v->mention[i];
      h.begin = next;
      continue;
    }
    if (cue(v, i, YUTU_CUE_FIG_LOCAL) && i + 1 < end)
      h.local = true;
    else if (cue(v, i, YUTU_CUE_FIG_NATION) && i + 1 < end)
      h.national = true;
    else if (!(v->part[i] == YUTU_PART_TIME || v->part[i] == YUTU_PART_FUNCTION || v->part[i] == YUTU_PART_ADVERB ||
               v->part[i] == YUTU_PART_DE || v->part[i] == YUTU_PART_PLACE || v->part[i] == YUTU_PART_JOIN ||
               v->t[i].word.pos[0] == 'r' || yutu_cp_at(v->d, v->t[i].begin) == 0x8BE5)) // 该
      break;
    h.begin++;
  }
  return h;
}

static void set_head(yutu_statement *st, const head *h) {
  st->head = h->head;
  st->industry = h->industry;
  st->itself = h->itself;
  st->region = h->region;
  st->local = h->local;
  st->national = h->national;
}

// ---- coordinated phrases: A、B均突破…; A和B产值分别增长… ----

typedef struct {
  uint32_t begin[TWINS_MAX], end[TWINS_MAX];
  uint32_t n;
  uint32_t tail; ///< first token of what all share, == end of the last: nothing
} parts;

static parts split(const yutu_figure_view *v, uint32_t begin, uint32_t end) {
  parts p = {.n = 1, .begin = {begin}, .tail = end};
  for (uint32_t i = begin; i < end && p.n < TWINS_MAX; i++) {
    if (v->part[i] == YUTU_PART_JOIN && !v->mention[i]) {
      p.end[p.n - 1] = i;
      p.begin[p.n++] = i + 1;
    }
  }
  p.end[p.n - 1] = end;
  bool amounts = true;
  for (uint32_t k = 0; k + 1 < p.n; k++)
    amounts &= p.end[k] > p.begin[k] && (cue(v, p.end[k] - 1, YUTU_CUE_FIG_AMOUNT) || cue(v, p.end[k] - 1, YUTU_CUE_FIG_RATE));
  if (!amounts && end > begin + 1 && cue(v, end - 1, YUTU_CUE_FIG_AMOUNT)) {
    p.tail = end - 1;
    p.end[p.n - 1] = end - 1;
  }
  return p;
}

// 北京、广东、江苏软件业务收入: each part but the last is only a name. False: it is no such list.
static bool split_heads(const yutu_figure_view *v, uint32_t begin, uint32_t end, parts *p) {
  *p = (parts){.n = 0, .tail = end};
  uint32_t i = begin;
  while (i < end && v->mention[i] && p->n < TWINS_MAX) {
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

static yutu_slice part_text(const yutu_figure_view *v, const parts *p, uint32_t k, uint32_t end) {
  return yutu_figure_join(v, yutu_figure_text(v, p->begin[k], p->end[k]), yutu_figure_text(v, p->tail, end));
}

// ---- levels ----

// 投资10亿元 引进新型研发机构: what the money is for.
static yutu_slice purpose(const yutu_figure_view *v, uint32_t next) {
  uint32_t i = next;
  while (i < v->n && (yutu_figure_is(v, i, "用于") || v->part[i] == YUTU_PART_FUNCTION))
    i++;
  const uint32_t begin = i;
  if (!verbal(v, i) && v->part[i] != YUTU_PART_NOUN)
    return (yutu_slice){"", 0};
  while (i < v->n && i - begin < PURPOSE_TOKENS_MAX && v->part[i] != YUTU_PART_STOP && v->part[i] != YUTU_PART_JOIN &&
         v->part[i] != YUTU_PART_NUMBER && v->part[i] != YUTU_PART_DE)
    i++;
  return yutu_figure_text(v, begin, i);
}

static bool spending(const yutu_figure_view *v, uint32_t i) {
  return yutu_figure_is(v, i, "投资") || yutu_figure_is(v, i, "投入") || yutu_figure_is(v, i, "出资") ||
         yutu_figure_is(v, i, "斥资") || yutu_figure_is(v, i, "安排") || yutu_figure_is(v, i, "拨付");
}

static bool same_kind(const yutu_figure *a, const yutu_figure *b) {
  return a->kind == b->kind && a->money == b->money;
}

// The last noun phrase counted before in the sentence: 142个项目签约，总额…
static const yutu_statement *counted_before(const yutu_figure_view *v) {
  for (uint32_t i = v->statements.n; i; i--) {
    const yutu_statement *st = &v->statements.at[i - 1];
    if (figure_of(v, st)->kind == YUTU_FIGURE_COUNT)
      return st;
  }
  return NULL;
}

static void carry(yutu_figure_view *v, const yutu_figure *f, const yutu_before *b, const char *rule) {
  const yutu_statement *last = latest(v);
  if (!last)
    return;
  const uint32_t index = v->statements.n - 1;
  yutu_statement *st = state(v, f, b->end, last->growth ? last->core : last->indicator, rule, 0.8);
  last = &v->statements.at[index];
  st->core = last->core;
  st->carried = index;
}

// The measure that the clause before was about: 外贸规模持续扩大，达…
static uint32_t measure_before(const yutu_figure_view *v, uint32_t clause, uint32_t *ret_end) {
  if (clause < 2)
    return YUTU_NO_TOKEN;
  const uint32_t begin = yutu_clause_begin(v, clause - 1);
  for (uint32_t i = clause - 1; i > begin; i--) {
    if (cue(v, i - 1, YUTU_CUE_FIG_AMOUNT) || cue(v, i - 1, YUTU_CUE_FIG_RATE) || cue(v, i - 1, YUTU_CUE_FIG_LASTS)) {
      *ret_end = i;
      return yutu_phrase_before(v, begin, i, true);
    }
  }
  return YUTU_NO_TOKEN;
}

static bool only_verb(const yutu_figure_view *v, uint32_t begin, uint32_t end) {
  return end > begin && end <= begin + 2 && verbal(v, begin) && verbal(v, end - 1);
}

static void level_twins(yutu_figure_view *v, const yutu_figure *f, const head *h, uint32_t end, const char *rule) {
  const parts p = split(v, h->begin, end);
  for (uint32_t k = 0; k < p.n; k++) {
    yutu_statement *st = state(v, f, h->begin, part_text(v, &p, k, end), rule, 0.85);
    set_head(st, h);
  }
}

// 7家工业企业完成产值44.93亿元: the amount is theirs.
static bool of_counted(const yutu_figure_view *v, const yutu_statement *counted, const yutu_before *b, uint32_t begin) {
  const yutu_figure *f = figure_of(v, counted);
  if (f->token < b->clause || counted->until >= begin || v->t[begin].begin - f->end > OWNER_CHARS_MAX ||
      !verbal(v, begin - 1))
    return false;
  for (uint32_t i = f->next; i < begin; i++) {
    if (v->part[i] == YUTU_PART_JOIN || v->part[i] == YUTU_PART_DE)
      return false;
  }
  return f->token < begin;
}

static void level_of(yutu_figure_view *v, const yutu_figure *f, const yutu_before *b, uint32_t begin, uint32_t end,
                     const char *rule, bool attribute) {
  const head h = strip(v, begin, end);
  if (h.begin == end)
    return;
  if (b->each == YUTU_EACH_THE_SAME) {
    level_twins(v, f, &h, end, rule);
    return;
  }
  yutu_slice indicator = yutu_figure_text(v, h.begin, end);
  uint32_t first = h.begin;
  if (chars(v, h.begin, end) <= SHORT_NOUN_CHARS && h.begin == begin && begin > b->clause && verbal(v, begin - 1) &&
      v->t[begin - 1].word.generic != YUTU_GENERIC_FUNCTION && !cue(v, begin - 1, YUTU_CUE_FIG_HAVE) &&
      !cue(v, begin - 1, YUTU_CUE_FIG_LIGHT))
    indicator = yutu_figure_text(v, first = begin - 1, end);
  const yutu_statement *counted = counted_before(v);
  const bool whole = counted && !h.head && !attribute &&
                     (text_is(v, YUTU_CUE_FIG_WHOLE, h.begin, end) ||
                      (f->kind == YUTU_FIGURE_AMOUNT && of_counted(v, counted, b, begin)));
  const uint32_t counted_index = counted ? (uint32_t)(counted - v->statements.at) : YUTU_NO_TOKEN;
  if (whole)
    indicator = yutu_figure_join(v, counted->core, indicator);
  else if (f->money && spending(v, end - 1) && verbal(v, f->next))
    indicator = yutu_figure_join(v, purpose(v, f->next), indicator);
  else if (only_verb(v, first, end) && counted && f->kind == YUTU_FIGURE_COUNT &&
           yutu_slice_eq(f->unit, figure_of(v, counted)->unit))
    indicator = yutu_figure_join(v, indicator, counted->core);
  yutu_statement *st = state(v, f, first, indicator, rule, b->reach ? 0.9 : 0.85);
  if (only_verb(v, h.begin, end) && counted)
    st->core = v->statements.at[counted_index].core;
  set_head(st, &h);
  st->in_object = !b->reach && begin > b->clause && verbal(v, begin - 1);
  if (!b->reach && !b->motion)
    st->itself = 0;
  if (whole)
    st->carried = counted_index;
}

static bool light_verb(const yutu_figure_view *v, uint32_t begin, uint32_t end) {
  return only_verb(v, begin, end) &&
         (v->t[begin].word.generic == YUTU_GENERIC_FUNCTION || cue(v, begin, YUTU_CUE_FIG_HAVE));
}

// 总投资25亿元的X基地: said of X. 总投资5亿元以上的项目: only says which. 1 + the mention, 0: a criterion.
static bool attribute(const yutu_figure_view *v, const yutu_figure *f, uint32_t *ret_mention) {
  uint32_t i = f->next;
  while (i < v->n && (v->part[i] == YUTU_PART_PLACE || yutu_figure_is(v, i, "左右")))
    i++;
  if (!yutu_figure_is(v, i, "的") || i + 1 >= v->n || v->part[i + 1] == YUTU_PART_STOP)
    return false;
  *ret_mention = v->mention[i + 1];
  return true;
}

// 营收突破3000亿元, 拥有独角兽企业115家
static void level(yutu_figure_view *v, const yutu_figure *f, const yutu_before *b) {
  const bool predicate = b->reach || b->motion || b->each;
  uint32_t end = b->end, begin = yutu_phrase_before(v, b->clause, end, predicate);
  const yutu_statement *last = latest(v);
  uint32_t object = 0;
  const bool of_object = f->kind == YUTU_FIGURE_AMOUNT && attribute(v, f, &object);
  if (of_object && !object)
    return;
  if (begin == end) {
    const bool follows = (b->after && last && figure_of(v, last) == b->after) || end == b->clause;
    if (last && predicate && follows && same_kind(f, figure_of(v, last)))
      carry(v, f, b, "figures/carried");
    else if (predicate && end == b->clause && (begin = measure_before(v, b->clause, &end)) != YUTU_NO_TOKEN)
      level_of(v, f, b, begin, end, "figures/measure-before", false);
    return;
  }
  if (light_verb(v, begin, end) || (f->money && only_verb(v, begin, end) && !spending(v, begin)))
    return;
  if (f->kind == YUTU_FIGURE_TIME && !cue(v, end - 1, YUTU_CUE_FIG_LASTS))
    return;
  if (f->kind == YUTU_FIGURE_PERCENT && !cue(v, end - 1, YUTU_CUE_FIG_RATE) && !b->reach && !verbal(v, end - 1))
    return;
  const uint32_t before = v->statements.n;
  level_of(v, f, b, begin, end, predicate ? "figures/reaches" : "figures/after-noun", of_object);
  if (of_object && v->statements.n > before) {
    latest(v)->object = object;
    latest(v)->carried = YUTU_NO_TOKEN;
  }
}

// ---- counts before their noun ----

// 通过初步形式审查: what the counted things do, to tell them from others.
static yutu_slice predicate_text(const yutu_figure_view *v, uint32_t at) {
  uint32_t begin = at, i;
  while (begin < v->n && v->part[begin] == YUTU_PART_ADVERB)
    begin++;
  for (i = begin; i < v->n && chars(v, begin, i + 1) <= PREDICATE_CHARS_MAX; i++) {
    const uint8_t part = v->part[i];
    if (v->mention[i] || part == YUTU_PART_STOP || part == YUTU_PART_NUMBER || part == YUTU_PART_DE ||
        part == YUTU_PART_FUNCTION || part == YUTU_PART_JOIN || (part == YUTU_PART_SOFT && i > begin + 1))
      break;
  }
  const bool open_end = i < v->n && (v->mention[i] || v->part[i] == YUTU_PART_STOP || v->part[i] == YUTU_PART_SOFT);
  return open_end && (verbal(v, begin) || yutu_figure_is(v, begin, "通过")) ? yutu_figure_text(v, begin, i)
                                                                          : (yutu_slice){"", 0};
}

// 1 + the mention that the counted things enter or found: 60家企业落户中山. 0: none.
static uint32_t joined(const yutu_figure_view *v, uint32_t at) {
  bool joins = false;
  for (uint32_t i = at; i < v->n && i - at < JOIN_TOKENS_MAX; i++) {
    if (v->mention[i])
      return joins ? v->mention[i] : 0;
    joins |= cue(v, i, YUTU_CUE_FIG_JOIN);
    if (!cue(v, i, YUTU_CUE_FIG_JOIN) && v->part[i] != YUTU_PART_ADVERB && v->part[i] != YUTU_PART_NUMBER &&
        v->part[i] != YUTU_PART_FUNCTION)
      return 0;
  }
  return 0;
}

// 8个产业 规模超千亿元: the size tells which ones are counted. Its first token, or `end`.
static uint32_t size_begin(const yutu_figure_view *v, const yutu_figure *f, uint32_t begin, uint32_t end) {
  const yutu_figure *next = f + 1;
  return next < v->figures.at + v->figures.n && next->round && end > begin + 1 && cue(v, end - 1, YUTU_CUE_FIG_AMOUNT) &&
                 next->token > end && next->token <= end + 2
             ? end - 1
             : end;
}

// 16家企业 总收入430亿元, 42个断面 优良比例达97%: the measure belongs to the next figure.
static uint32_t counted_end(const yutu_figure_view *v, uint32_t begin, uint32_t end) {
  uint32_t i = end;
  while (i < v->n && (cue(v, i, YUTU_CUE_FIG_REACH) || cue(v, i, YUTU_CUE_FIG_ABOUT) || v->part[i] == YUTU_PART_ADVERB))
    i++;
  const yutu_figure *next = i < v->n && end > begin + 1 ? yutu_figure_at(v, i) : NULL;
  if (!next || next->round || !(cue(v, end - 1, YUTU_CUE_FIG_AMOUNT) || cue(v, end - 1, YUTU_CUE_FIG_RATE)))
    return end;
  for (uint32_t k = end - 1; k > begin; k--) {
    if (v->t[k - 1].word.generic == YUTU_GENERIC_NOUN || v->t[k - 1].word.suffix != YUTU_CLASS_NONE)
      return k;
  }
  for (uint32_t k = begin; k + 1 < end; k++) {
    if (v->t[k].word.pos[0] == 'n')
      return k + 1;
  }
  return end;
}

static void count(yutu_figure_view *v, const yutu_figure *f, const yutu_before *b) {
  if (b->start) {
    level(v, f, b);
    return;
  }
  uint32_t begin, end = yutu_phrase_after(v, f->next, &begin);
  end = counted_end(v, begin, end);
  if (begin == end) {
    const yutu_slice doing = f->group ? (yutu_slice){"", 0} : predicate_text(v, end);
    if (doing.len && b->end > b->clause && cue(v, b->end - 1, YUTU_CUE_FIG_HAVE))
      state(v, f, b->end, doing, "figures/who-do", 0.75); // 已有2万人次享受便利
    else if (!f->group)
      level(v, f, b);
    return;
  }
  if (cue(v, begin, YUTU_CUE_FIG_EXTENT) || cue(v, end - 1, YUTU_CUE_FIG_EXTENT))
    return;
  const uint32_t size = size_begin(v, f, begin, end);
  const yutu_slice core = yutu_figure_text(v, begin, size < end ? size : end);
  yutu_slice indicator = core;
  if (size < end)
    indicator = yutu_figure_join(v, yutu_figure_text(v, size, f[1].next), core);
  else if (chars(v, begin, end) <= SHORT_NOUN_CHARS)
    indicator = yutu_figure_join(v, predicate_text(v, end), indicator);
  const head h = strip(v, yutu_phrase_before(v, b->clause, b->end, false), b->end);
  yutu_statement *st = state(v, f, b->end, indicator, "figures/count-before", 0.9);
  st->core = core;
  st->until = size < end ? size : end;
  st->local = h.local;
  st->national = h.national;
  st->object = joined(v, end);
  st->of_list = f->token && yutu_figure_is(v, f->token - 1, "等");
  uint32_t rest = begin;
  while (rest < end && v->mention[begin] && v->mention[rest] == v->mention[begin])
    rest++;
  if (rest > begin && rest < end)
    st->inner = v->mention[begin];
}

// ---- changes ----

static yutu_slice grown(const yutu_figure_view *v, yutu_slice core, const yutu_figure *f, const yutu_before *b) {
  if (f->kind == YUTU_FIGURE_POINTS)
    return yutu_figure_join(v, core, yutu_figure_text(v, b->verb, b->verb + 1));
  if (b->annual)
    core = yutu_figure_join(v, core, YUTU_SLICE("年均"));
  return yutu_figure_join(v, core, YUTU_SLICE("增长率"));
}

static void set_growth(yutu_figure_view *v, yutu_statement *st, const yutu_figure *f, const yutu_before *b) {
  st->growth = true;
  st->yearly = b->annual;
  if (b->fall && f->kind != YUTU_FIGURE_POINTS)
    st->value = yutu_figure_join(v, YUTU_SLICE("-"), f->value);
}

// 进口方面，同比增长…: the clause before is only a heading.
static uint32_t aspect_before(const yutu_figure_view *v, uint32_t clause, uint32_t *ret_end) {
  if (clause < 3 || !yutu_figure_is(v, clause - 2, "方面"))
    return YUTU_NO_TOKEN;
  *ret_end = clause - 2;
  return yutu_phrase_before(v, yutu_clause_begin(v, clause - 2), clause - 2, false);
}

static void growth(yutu_figure_view *v, const yutu_figure *f, const yutu_before *b) {
  uint32_t end = b->end, begin = yutu_phrase_before(v, b->clause, end, true);
  if (begin == end && end == b->clause) {
    const uint32_t aspect = aspect_before(v, b->clause, &end);
    begin = aspect != YUTU_NO_TOKEN ? aspect : end;
  }
  const head h = strip(v, begin, end);
  const yutu_statement *last = latest(v);
  if (h.begin == end && !h.head && !h.industry && !h.national) {
    if (!last || (b->end > b->clause && !b->after))
      return;
    const uint32_t index = v->statements.n - 1;
    const yutu_slice core = last->core;
    yutu_statement *st = state(v, f, b->end, grown(v, core, f, b), "figures/growth-carried", 0.85);
    st->core = core;
    st->carried = index;
    set_growth(v, st, f, b);
    return;
  }
  parts p = {.n = 1, .begin = {h.begin}, .end = {end}, .tail = end};
  const bool heads = b->each && split_heads(v, begin, end, &p);
  if (b->each && !heads)
    p = split(v, h.begin, end);
  for (uint32_t k = 0; k < p.n; k++) {
    const yutu_figure *own = f;
    if (k && b->each == YUTU_EACH_ITS_OWN) {
      own = f + k;
      if (own >= v->figures.at + v->figures.n || own->kind != f->kind)
        break;
    }
    const yutu_slice core = heads ? yutu_figure_text(v, p.tail, end) : part_text(v, &p, k, end);
    yutu_statement *st = state(v, own, h.begin, grown(v, core, f, b), "figures/growth", 0.9);
    st->core = core;
    set_head(st, &h);
    if (heads)
      st->head = v->mention[p.begin[k]];
    set_growth(v, st, own, b);
  }
}

// ---- shares ----

static uint32_t find_share(const yutu_figure_view *v, const yutu_figure *f, const yutu_before *b) {
  for (uint32_t i = f->token; i > b->clause && f->token - i < SHARE_TOKENS_MAX; i--) {
    if (v->part[i - 1] == YUTU_PART_NUMBER && yutu_figure_at(v, i - 1))
      return YUTU_NO_TOKEN;
    if (yutu_figure_is(v, i - 1, "占") || yutu_figure_is(v, i - 1, "约占") || yutu_figure_is(v, i - 1, "占到"))
      return i - 1;
  }
  return YUTU_NO_TOKEN;
}

static bool share_tail(const yutu_figure_view *v, uint32_t i) {
  static const char *const tails[] = {"比重", "比例", "份额", "的", "总量", "总额", "总数"};
  for (size_t k = 0; k < sizeof tails / sizeof *tails; k++) {
    if (yutu_figure_is(v, i, tails[k]))
      return true;
  }
  return cue(v, i, YUTU_CUE_FIG_REACH) || cue(v, i, YUTU_CUE_FIG_ABOUT);
}

// X占Y的68.2%, X占Y比重从6.3%提高到6.5%
static void share(yutu_figure_view *v, const yutu_figure *f, const yutu_before *b, uint32_t at) {
  uint32_t of_end = b->end;
  while (of_end > at + 1 && share_tail(v, of_end - 1))
    of_end--;
  yutu_slice of = yutu_figure_text(v, at + 1, of_end);
  of = of.len ? yutu_figure_join(v, yutu_figure_join(v, YUTU_SLICE("占"), of), YUTU_SLICE("比重")) : YUTU_SLICE("占比");
  uint32_t end = at;
  while (end > b->clause && (cue(v, end - 1, YUTU_CUE_FIG_ABOUT) || v->part[end - 1] == YUTU_PART_ADVERB))
    end--;
  const uint32_t begin = yutu_phrase_before(v, b->clause, end, true);
  const head h = strip(v, begin, end);
  const yutu_statement *last = latest(v);
  if (h.begin == end) {
    if (!last || h.head)
      return;
    const uint32_t index = v->statements.n - 1;
    const yutu_slice core = last->core;
    yutu_statement *st = state(v, f, at, yutu_figure_join(v, core, of), "figures/share-carried", 0.85);
    st->core = core;
    st->carried = index;
    return;
  }
  parts p = split(v, h.begin, end);
  if (p.tail != end)
    p = (parts){.n = 1, .begin = {h.begin}, .end = {end}, .tail = end};
  for (uint32_t k = 0; k < p.n; k++) {
    const yutu_slice core = part_text(v, &p, k, end);
    yutu_statement *st = state(v, f, h.begin, yutu_figure_join(v, core, of), "figures/share", 0.9);
    st->core = core;
    set_head(st, &h);
  }
}

// What the share is of: after 的. The number of tokens when there is no 的.
static uint32_t part_noun(const yutu_figure_view *v, const yutu_figure *f) {
  uint32_t i = f->next;
  while (i < v->n && v->part[i] == YUTU_PART_PLACE) // 以上
    i++;
  return yutu_figure_is(v, i, "的") ? i + 1 : v->n;
}

// 全国近1/3的研发经费支出, 约95%的零部件企业
static void part_of_all(yutu_figure_view *v, const yutu_figure *f, const yutu_before *b) {
  uint32_t begin, end = yutu_phrase_after(v, part_noun(v, f), &begin);
  if (begin == end)
    return;
  const yutu_statement *last = latest(v);
  const uint32_t i = b->end - 1;
  yutu_slice whole = {"", 0};
  if (b->end > b->clause && (cue(v, i, YUTU_CUE_FIG_NATION) || cue(v, i, YUTU_CUE_FIG_LOCAL)))
    whole = yutu_figure_text(v, i, b->end);
  else if (b->end > b->clause && v->part[i] == YUTU_PART_JOIN && last)
    whole = last->whole; // the next of a list is of the same whole
  const yutu_slice of = whole.len ? yutu_figure_join(v, yutu_figure_join(v, YUTU_SLICE("占"), whole), YUTU_SLICE("比重"))
                                  : YUTU_SLICE("占比");
  const parts p = split(v, begin, end);
  for (uint32_t k = 0; k < p.n; k++) {
    const yutu_slice core = part_text(v, &p, k, end);
    yutu_statement *st = state(v, f, b->end, yutu_figure_join(v, core, of), "figures/part", 0.8);
    st->core = core;
    st->whole = whole;
  }
}

// ----

static void multiple(yutu_figure_view *v, yutu_figure *f, const yutu_before *b) {
  if (!yutu_slice_eq(f->unit, YUTU_SLICE("番"))) {
    if (b->verb != YUTU_NO_TOKEN)
      growth(v, f, b);
    return;
  }
  f->value = yutu_slice_eq(f->value, YUTU_SLICE("1"))   ? YUTU_SLICE("100")
             : yutu_slice_eq(f->value, YUTU_SLICE("2")) ? YUTU_SLICE("300")
                                                        : (yutu_slice){"", 0};
  f->unit = YUTU_SLICE("%");
  f->kind = YUTU_FIGURE_PERCENT;
  if (f->value.len && b->verb != YUTU_NO_TOKEN)
    growth(v, f, b);
}

static void per_cent(yutu_figure_view *v, const yutu_figure *f, const yutu_before *b) {
  const uint32_t at = find_share(v, f, b);
  if (at != YUTU_NO_TOKEN)
    share(v, f, b, at);
  else if (b->verb != YUTU_NO_TOKEN)
    growth(v, f, b);
  else if (part_noun(v, f) < v->n)
    part_of_all(v, f, b);
  else
    level(v, f, b);
}

void yutu_find_statements(yutu_figure_view *v) {
  for (uint32_t i = 0; i < v->figures.n; i++) {
    yutu_figure *f = &v->figures.at[i];
    const yutu_statement *last = latest(v);
    if (last && last->figure >= i)
      continue; // 分别: stated already
    if (f->round && i && f[-1].kind == YUTU_FIGURE_COUNT && yutu_clause_begin(v, f->token) <= f[-1].token)
      continue; // 8个产业规模超千亿元
    yutu_before b;
    yutu_look_before(v, f, &b);
    switch (f->kind) {
    case YUTU_FIGURE_COUNT:
      count(v, f, &b);
      break;
    case YUTU_FIGURE_AMOUNT:
      if (f->money)
        level(v, f, &b);
      else
        count(v, f, &b); // 37万平方米科研空间
      break;
    case YUTU_FIGURE_TIME:
      level(v, f, &b);
      break;
    case YUTU_FIGURE_PERCENT:
      per_cent(v, f, &b);
      break;
    case YUTU_FIGURE_POINTS:
      if (b.verb != YUTU_NO_TOKEN)
        growth(v, f, &b);
      break;
    case YUTU_FIGURE_MULTIPLE:
      multiple(v, f, &b);
      break;
    }
  }
}
