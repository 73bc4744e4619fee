// Levels: what a measure or a number of things amounts to.
//
// With a verb of reaching, the phrase before it is the clause's subject (营收突破…); without one it is an object
// (拥有独角兽企业115家). A clause without a noun goes on about what the figure before it measured.
#include "extract/figures_statement.h"
#include "extract/names.h"

enum { PURPOSE_TOKENS_MAX = 10, OWNER_CHARS_MAX = 16 };

static bool text_is(const yutu_figure_view *v, yutu_cue_kind kind, uint32_t begin, uint32_t end) {
  const uint32_t n = yutu_chars(v, begin, end);
  return n && yutu_lexicon_cue(v->d->lexicon, kind, v->d->page->text.cp + v->t[begin].begin, n) == n;
}

// 投资10亿元 引进新型研发机构: what the money is for.
static yutu_slice purpose(const yutu_figure_view *v, uint32_t next) {
  uint32_t i = next;
  while (i < v->n && (yutu_figure_is(v, i, "用于") || v->part[i] == YUTU_PART_FUNCTION))
    i++;
  const uint32_t begin = i;
  if (!yutu_verbal(v, i) && v->part[i] != YUTU_PART_NOUN)
    return (yutu_slice){"", 0};
  while (i < v->n && i - begin < PURPOSE_TOKENS_MAX && v->part[i] != YUTU_PART_STOP && v->part[i] != YUTU_PART_JOIN &&
         v->part[i] != YUTU_PART_NUMBER && v->part[i] != YUTU_PART_DE)
    i++;
  return yutu_figure_text(v, begin, i);
}

static bool spending(const yutu_figure_view *v, uint32_t i) {
  return yutu_cue_at(v, i, YUTU_CUE_FIG_SPEND);
}

// Can the second be another value of what the first measures? Counts only in the same unit but for its scale.
static bool same_kind(const yutu_figure *a, const yutu_figure *b) {
  enum { HAN_BYTES = 3 };
  return a->kind == b->kind && a->money == b->money &&
         (a->kind != YUTU_FIGURE_COUNT || a->unit.len < HAN_BYTES ||
          yutu_slice_ends(b->unit, (yutu_slice){a->unit.data + a->unit.len - HAN_BYTES, HAN_BYTES}));
}

static void carry(yutu_figure_view *v, const yutu_figure *f, const yutu_before *b, const char *rule) {
  const yutu_statement *last = yutu_latest(v);
  if (!last)
    return;
  const uint32_t index = v->statements.n - 1;
  yutu_statement *st = yutu_state(v, f, b->end, last->growth ? last->core : last->indicator, rule, 0.8);
  last = &v->statements.at[index];
  st->core = last->core;
  st->carried = index;
}

static bool only_verb(const yutu_figure_view *v, uint32_t begin, uint32_t end) {
  return end > begin && end <= begin + 2 && yutu_verbal(v, begin) && yutu_verbal(v, end - 1);
}

static void level_twins(yutu_figure_view *v, const yutu_figure *f, const yutu_head *h, uint32_t end, yutu_each each,
                        const char *rule) {
  const yutu_parts p = yutu_split(v, h->begin, end);
  for (uint32_t k = 0; k < p.n; k++) {
    const yutu_figure *own = each == YUTU_EACH_ITS_OWN ? f + k : f;
    if (own >= v->figures.at + v->figures.n || own->kind != f->kind)
      break;
    yutu_statement *st = yutu_state(v, own, h->begin, yutu_part_text(v, &p, k, end), rule, 0.85);
    yutu_set_head(st, h);
  }
}

// 7家工业企业完成产值44.93亿元: the amount is theirs.
static bool of_counted(const yutu_figure_view *v, const yutu_statement *counted, const yutu_before *b, uint32_t begin) {
  const yutu_figure *f = yutu_figure_of(v, counted);
  if (f->token < b->clause || counted->until >= begin || v->t[begin].begin - f->end > OWNER_CHARS_MAX ||
      !yutu_verbal(v, begin - 1))
    return false;
  for (uint32_t i = f->next; i < begin; i++) {
    if (v->part[i] == YUTU_PART_JOIN || v->part[i] == YUTU_PART_DE)
      return false;
  }
  return f->token < begin;
}

// 承接项目295个，完成投资1036亿元
static bool invested(const yutu_figure_view *v, const yutu_statement *counted, const yutu_before *b, uint32_t begin,
                     uint32_t end) {
  return yutu_figure_is(v, end - 1, "投资") && begin + 1 == end && begin == b->clause + 1 &&
         yutu_cue_at(v, b->clause, YUTU_CUE_FIG_LIGHT) && yutu_slice_ends(counted->core, YUTU_SLICE("项目"));
}

// 总投资5亿元以上的项目: the criterion before the noun at `noun`, its first token; else `noun`.
static uint32_t criterion_before(const yutu_figure_view *v, uint32_t begin, uint32_t noun) {
  uint32_t i = noun;
  while (i > begin && (v->part[i - 1] == YUTU_PART_DE || v->part[i - 1] == YUTU_PART_PLACE))
    i--;
  const yutu_figure *f = i > begin && i < noun ? yutu_figure_at(v, i - 1) : NULL;
  if (!f || f->kind != YUTU_FIGURE_AMOUNT)
    return noun;
  yutu_before b;
  yutu_look_before(v, f, &b);
  const uint32_t first = yutu_strip_head(v, yutu_phrase_before(v, b.clause, b.end, false), b.end).begin;
  return first < b.end ? first : noun;
}

// 在横琴居住的 澳门居民: a relative clause before the phrase.
static bool relative_before(const yutu_figure_view *v, uint32_t begin) {
  return begin > 1 && v->part[begin - 1] == YUTU_PART_DE && yutu_verbal(v, begin - 2);
}

static bool of_region(const yutu_figure_view *v, uint32_t mention) {
  return !mention || yutu_is_region(v->d->mentions.at[mention - 1].cls);
}

// 全市工程机械产业 完成 产值: whose value it is stands before the light verb. Its head, empty where there is none.
static yutu_head done_by(const yutu_figure_view *v, const yutu_before *b, uint32_t begin, uint32_t end) {
  const yutu_head none = {.begin = begin, .region = YUTU_NO_INDEX};
  if (begin <= b->clause + 1 || yutu_chars(v, begin, end) > YUTU_SHORT_NOUN_CHARS ||
      !yutu_cue_at(v, begin - 1, YUTU_CUE_FIG_LIGHT) || !yutu_cue_at(v, end - 1, YUTU_CUE_FIG_AMOUNT))
    return none;
  const uint32_t stop = begin - 1;
  const uint32_t first = yutu_phrase_before(v, b->clause, stop, true);
  const yutu_head h = yutu_strip_head(v, first, stop);
  const bool measured = first > b->clause && yutu_figure_at(v, first - 1);
  for (uint32_t i = h.begin; i < stop; i++) {
    if (v->mention[i] && v->d->mentions.at[v->mention[i] - 1].cls != YUTU_CLASS_INDUSTRY)
      return none;
  }
  return h.begin < stop && !h.itself && !measured && v->part[stop - 1] == YUTU_PART_NOUN ? h : none;
}

static void level_of(yutu_figure_view *v, const yutu_figure *f, const yutu_before *b, uint32_t begin, uint32_t end,
                     const char *rule, bool attribute) {
  yutu_head h = yutu_strip_head(v, begin, end);
  if (h.begin == end)
    return;
  const yutu_head by = done_by(v, b, h.begin, end);
  if (b->each == YUTU_EACH_THE_SAME || (b->each == YUTU_EACH_ITS_OWN && yutu_split(v, h.begin, end).n > 1)) {
    level_twins(v, f, &h, end, b->each, rule);
    return;
  }
  yutu_slice indicator = yutu_figure_text(v, h.begin, end);
  uint32_t first = h.begin;
  if (yutu_chars(v, h.begin, end) <= YUTU_SHORT_NOUN_CHARS && h.begin == begin && begin > b->clause &&
      yutu_verbal(v, begin - 1) && v->t[begin - 1].word.generic != YUTU_GENERIC_FUNCTION &&
      !yutu_cue_at(v, begin - 1, YUTU_CUE_FIG_HAVE) && !yutu_cue_at(v, begin - 1, YUTU_CUE_FIG_LIGHT))
    indicator = yutu_figure_text(v, first = begin - 1, end);
  if (by.begin < h.begin) {
    indicator = yutu_figure_join(v, yutu_figure_text(v, by.begin, h.begin - 1), indicator);
    first = by.begin;
    h = by;
  }
  const uint32_t criterion = first == h.begin ? criterion_before(v, b->clause, h.begin) : first;
  if (criterion < first)
    indicator = yutu_figure_text(v, first = criterion, end);
  const yutu_statement *counted = yutu_counted_before(v);
  const bool whole = counted && !h.head && !attribute &&
                     (text_is(v, YUTU_CUE_FIG_WHOLE, h.begin, end) || invested(v, counted, b, h.begin, end) ||
                      (f->kind == YUTU_FIGURE_AMOUNT && of_counted(v, counted, b, begin)));
  const uint32_t counted_index = counted ? (uint32_t)(counted - v->statements.at) : YUTU_NO_TOKEN;
  if (whole)
    indicator = yutu_figure_join(v, counted->core, indicator);
  else if (f->money && spending(v, end - 1) && yutu_verbal(v, f->next))
    indicator = yutu_figure_join(v, purpose(v, f->next), indicator);
  else if (only_verb(v, first, end) && counted && f->kind == YUTU_FIGURE_COUNT &&
           yutu_slice_eq(f->unit, yutu_figure_of(v, counted)->unit))
    indicator = yutu_figure_join(v, indicator, counted->core);
  yutu_statement *st = yutu_state(v, f, first, indicator, rule, b->reach ? 0.9 : 0.85);
  if (only_verb(v, h.begin, end) && counted)
    st->core = v->statements.at[counted_index].core;
  yutu_set_head(st, &h);
  const bool among = f->kind == YUTU_FIGURE_COUNT && !b->reach && yutu_figure_is(v, b->clause, "其中");
  st->in_object =
      (begin > b->clause || among) && (among || (!b->reach && yutu_verbal(v, begin - 1)) ||
                                       (yutu_verbal(v, begin - 1) && v->mention[b->clause] && of_region(v, h.head)) ||
                                       (relative_before(v, begin) && of_region(v, h.head)));
  if (!b->reach && !b->motion)
    st->itself = 0;
  if (whole)
    st->carried = counted_index;
}

static bool light_verb(const yutu_figure_view *v, uint32_t begin, uint32_t end) {
  return only_verb(v, begin, end) &&
         (v->t[begin].word.generic == YUTU_GENERIC_FUNCTION || yutu_cue_at(v, begin, YUTU_CUE_FIG_HAVE));
}

bool yutu_attribute(const yutu_figure_view *v, const yutu_figure *f, uint32_t *ret_mention) {
  uint32_t i = f->next;
  while (i < v->n && (v->part[i] == YUTU_PART_PLACE || yutu_figure_is(v, i, "左右")))
    i++;
  const yutu_figure *next = f + 1;
  if (i < v->n && v->part[i] == YUTU_PART_JOIN && next < v->figures.at + v->figures.n) { // 全长…、面积…的
    while (++i < next->token && v->part[i] == YUTU_PART_NOUN && !v->mention[i]) {
    }
    return i == next->token && i > f->next + 1 && yutu_attribute(v, next, ret_mention);
  }
  if (!yutu_figure_is(v, i, "的") || i + 1 >= v->n || v->part[i + 1] == YUTU_PART_STOP)
    return false;
  *ret_mention = v->mention[i + 1];
  return true;
}

// 向10个省区市 投入资金231.9亿元: what is counted before the phrase's verb is not part of it.
static uint32_t behind_counted(const yutu_figure_view *v, const yutu_before *b, uint32_t begin) {
  const yutu_figure *f = begin > b->clause ? yutu_figure_at(v, begin - 1) : NULL;
  uint32_t noun, end = f && f->kind == YUTU_FIGURE_COUNT ? yutu_phrase_after(v, f->next, &noun) : begin;
  return end > begin && end + 1 < b->end && yutu_verbal(v, end) ? end + 1 : begin;
}

// 引进5000万元以上项目841个: only says which projects.
static bool criterion(const yutu_figure_view *v, const yutu_figure *f) {
  const uint32_t i = f->next;
  return (yutu_figure_is(v, i, "以上") || yutu_figure_is(v, i, "以下") || yutu_figure_is(v, i, "级")) && i + 1 < v->n &&
         v->part[i + 1] == YUTU_PART_NOUN && !v->mention[i + 1];
}

// 营收突破3000亿元, 拥有独角兽企业115家
void yutu_level(yutu_figure_view *v, const yutu_figure *f, const yutu_before *b) {
  const bool predicate = b->reach || b->motion || b->each;
  uint32_t end = b->end, begin = yutu_phrase_before(v, b->clause, end, predicate);
  const yutu_statement *last = yutu_latest(v);
  if (begin < end)
    begin = behind_counted(v, b, begin);
  uint32_t object = 0;
  const bool of_object = f->kind == YUTU_FIGURE_AMOUNT && yutu_attribute(v, f, &object);
  if ((of_object && !object) || (f->kind == YUTU_FIGURE_AMOUNT && criterion(v, f)))
    return;
  if (begin == end) {
    const bool follows = (b->after && last && yutu_figure_of(v, last) == b->after) || end == b->clause;
    if (predicate && end == b->clause && (begin = yutu_measure_before(v, b->clause, &end)) != YUTU_NO_TOKEN)
      level_of(v, f, b, begin, end, "figures/measure-before", false);
    else if (last && predicate && follows && same_kind(f, yutu_figure_of(v, last)))
      carry(v, f, b, "figures/carried");
    return;
  }
  const bool bare_verb = only_verb(v, begin, end) || v->part[end - 1] == YUTU_PART_VERB;
  if (light_verb(v, begin, end) || (f->money && bare_verb && !spending(v, end - 1)))
    return;
  if (f->kind == YUTU_FIGURE_TIME && !yutu_cue_at(v, end - 1, YUTU_CUE_FIG_LASTS))
    return;
  if (f->kind == YUTU_FIGURE_PERCENT && !yutu_cue_at(v, end - 1, YUTU_CUE_FIG_RATE) && !b->reach &&
      !yutu_verbal(v, end - 1))
    return;
  if (f->kind == YUTU_FIGURE_AMOUNT && bare_verb && !b->reach && !f->money)
    return;
  if (bare_verb && !b->reach && yutu_is_rating(v, f))
    return; // 创下1亿摄氏度1066秒的纪录
  const uint32_t before = v->statements.n;
  level_of(v, f, b, begin, end, predicate ? "figures/reaches" : "figures/after-noun", of_object);
  if (of_object && v->statements.n > before) {
    yutu_latest(v)->object = object;
    yutu_latest(v)->carried = YUTU_NO_TOKEN;
  }
}
