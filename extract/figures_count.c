// Counts before their noun: 37家高校, 30多个项目签约.
#include "extract/figures_statement.h"

enum { PREDICATE_CHARS_MAX = 10, JOIN_TOKENS_MAX = 8, DOING_CHARS_MAX = 20 };

// 通过初步形式审查: what the counted things do, to tell them from others.
static yutu_slice predicate_text(const yutu_figure_view *v, uint32_t at) {
  uint32_t begin = at, i;
  while (begin < v->n && v->part[begin] == YUTU_PART_ADVERB)
    begin++;
  for (i = begin; i < v->n && yutu_chars(v, begin, i + 1) <= PREDICATE_CHARS_MAX; i++) {
    const uint8_t part = v->part[i];
    if (v->mention[i] || part == YUTU_PART_STOP || part == YUTU_PART_NUMBER || part == YUTU_PART_DE ||
        (part == YUTU_PART_FUNCTION && !yutu_figure_is(v, i, "了") && !yutu_figure_is(v, i, "带来的")) ||
        part == YUTU_PART_JOIN || (part == YUTU_PART_SOFT && i > begin + 1))
      break;
  }
  const bool open_end = i < v->n && (v->mention[i] || v->part[i] == YUTU_PART_STOP || v->part[i] == YUTU_PART_SOFT);
  return open_end && yutu_chars(v, begin, i) > 1 && (yutu_verbal(v, begin) || yutu_figure_is(v, begin, "通过"))
             ? yutu_figure_text(v, begin, i)
             : (yutu_slice){"", 0};
}

// 1 + the mention that the counted things enter or found: 60家企业落户中山. 0: none.
static uint32_t joined(const yutu_figure_view *v, uint32_t at) {
  bool joins = false;
  for (uint32_t i = at; i < v->n && i - at < JOIN_TOKENS_MAX; i++) {
    if (v->mention[i])
      return joins ? v->mention[i] : 0;
    joins |= yutu_cue_at(v, i, YUTU_CUE_FIG_JOIN);
    if (!yutu_cue_at(v, i, YUTU_CUE_FIG_JOIN) && v->part[i] != YUTU_PART_ADVERB && v->part[i] != YUTU_PART_NUMBER &&
        v->part[i] != YUTU_PART_FUNCTION)
      return 0;
  }
  return 0;
}

// 8个产业 规模超千亿元: the size tells which ones are counted. Its first token, or `end`.
static uint32_t size_begin(const yutu_figure_view *v, const yutu_figure *f, uint32_t begin, uint32_t end) {
  const yutu_figure *next = f + 1;
  return next < v->figures.at + v->figures.n && next->round && end > begin + 1 &&
                 yutu_cue_at(v, end - 1, YUTU_CUE_FIG_AMOUNT) && next->token > end && next->token <= end + 2
             ? end - 1
             : end;
}

// 16家企业 总收入430亿元, 42个断面 优良比例达97%: the measure belongs to the next figure.
static uint32_t counted_end(const yutu_figure_view *v, uint32_t begin, uint32_t end) {
  uint32_t i = end;
  while (i < v->n && (yutu_cue_at(v, i, YUTU_CUE_FIG_REACH) || yutu_cue_at(v, i, YUTU_CUE_FIG_ABOUT) ||
                      v->part[i] == YUTU_PART_ADVERB))
    i++;
  const yutu_figure *next = i < v->n && end > begin + 1 ? yutu_figure_at(v, i) : NULL;
  if (!next || next->round ||
      !(yutu_cue_at(v, end - 1, YUTU_CUE_FIG_AMOUNT) || yutu_cue_at(v, end - 1, YUTU_CUE_FIG_RATE)))
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

// 187家企业中有100多家与园区企业协作
static void of_counted(yutu_figure_view *v, const yutu_figure *f, const yutu_before *b, uint32_t next) {
  const yutu_statement *counted = yutu_counted_before(v);
  const uint32_t end = yutu_clause_end(v, next);
  if (!counted || !yutu_slice_eq(f->unit, yutu_figure_of(v, counted)->unit) || end == next ||
      yutu_chars(v, next, end) > DOING_CHARS_MAX)
    return;
  const yutu_slice core = counted->core;
  const uint32_t index = (uint32_t)(counted - v->statements.at);
  yutu_statement *st =
      yutu_state(v, f, b->end, yutu_figure_join(v, yutu_figure_text(v, next, end), core), "figures/of-counted", 0.8);
  st->core = core;
  st->carried = index;
}

// No noun follows: 已有2万人次享受便利, 其中56项面向全国推广; else what is counted stands before.
static void count_without_noun(yutu_figure_view *v, const yutu_figure *f, const yutu_before *b, uint32_t next) {
  const yutu_slice doing = predicate_text(v, next);
  const yutu_statement *counted = yutu_counted_before(v);
  const bool among = b->end > b->clause && yutu_figure_is(v, b->end - 1, "其中");
  const bool of_them = b->end > b->clause + 1 && yutu_figure_is(v, b->end - 1, "有") &&
                       (yutu_figure_is(v, b->end - 2, "中") || yutu_figure_is(v, b->end - 2, "其中"));
  if (of_them) {
    of_counted(v, f, b, next);
  } else if (doing.len && b->end > b->clause && yutu_cue_at(v, b->end - 1, YUTU_CUE_FIG_HAVE)) {
    yutu_state(v, f, b->end, doing, "figures/who-do", 0.75);
  } else if (doing.len && among && counted && yutu_slice_eq(f->unit, yutu_figure_of(v, counted)->unit)) {
    const yutu_slice core = counted->core;
    const uint32_t index = (uint32_t)(counted - v->statements.at);
    yutu_statement *st = yutu_state(v, f, b->end, yutu_figure_join(v, doing, core), "figures/among", 0.8);
    st->core = core;
    st->carried = index;
  } else {
    yutu_level(v, f, b);
  }
}

// 东部8个省市今年投入…: who acts, no figure of anybody.
static bool acting_regions(const yutu_figure_view *v, uint32_t end) {
  static const char *const regions[] = {"省市", "省区", "省份", "省区市", "省", "地市"};
  for (size_t i = 0; i < sizeof regions / sizeof *regions; i++) {
    if (yutu_figure_is(v, end - 1, regions[i]))
      return end < v->n && v->part[end] != YUTU_PART_STOP && v->part[end] != YUTU_PART_JOIN;
  }
  return false;
}

bool yutu_is_rating(const yutu_figure_view *v, const yutu_figure *f) {
  static const char *const bases[] = {"V",  "A", "Ah",  "Hz",   "bit", "bit/s", "°C",
                                      "Pa", "N", "N·m", "km/h", "K",   "FLOPS"};
  yutu_slice base;
  int32_t factor;
  const yutu_slice unit = yutu_document_text(v->d, v->t[f->next - 1].begin, f->end);
  if (!yutu_lexicon_measure(v->d->lexicon, unit, &base, &factor) &&
      !yutu_lexicon_measure(v->d->lexicon, f->unit, &base, &factor))
    return false;
  for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
    if (yutu_slice_eq(base, yutu_slice_of(bases[i])))
      return true;
  }
  return yutu_slice_eq(unit, YUTU_SLICE("纳米"));
}

// 38项“湾区标准”: the figure is of what the name stands for. 1 + the mention, 0: not so.
static uint32_t named_kind(const yutu_figure_view *v, uint32_t mention) {
  const yutu_mention *m = &v->d->mentions.at[mention - 1];
  const bool kind = m->cls == YUTU_CLASS_PROGRAM || m->cls == YUTU_CLASS_POLICY || m->cls == YUTU_CLASS_ALLIANCE ||
                    m->cls == YUTU_CLASS_PLATFORM || m->cls == YUTU_CLASS_PRODUCT;
  return kind && m->n_entities == 1 ? mention : 0;
}

void yutu_count(yutu_figure_view *v, const yutu_figure *f, const yutu_before *b) {
  uint32_t object = 0;
  const bool measure = f->kind == YUTU_FIGURE_AMOUNT && b->end > b->clause && v->part[b->end - 1] == YUTU_PART_NOUN;
  if (b->start || (measure && yutu_attribute(v, f, &object) && object)) { // 面积416平方公里的某走廊
    yutu_level(v, f, b);
    return;
  }
  uint32_t begin, end = yutu_phrase_after(v, f->next, &begin);
  end = counted_end(v, begin, end);
  if (begin == end) {
    if (!f->group)
      count_without_noun(v, f, b, end);
    return;
  }
  if (yutu_figure_is(v, begin, "方面")) // 在人才、资金等5个方面
    return;
  if (acting_regions(v, end) || yutu_is_rating(v, f))
    return;
  if (yutu_cue_at(v, begin, YUTU_CUE_FIG_EXTENT) || yutu_cue_at(v, end - 1, YUTU_CUE_FIG_EXTENT))
    return;
  const uint32_t size = size_begin(v, f, begin, end);
  const yutu_slice core = yutu_figure_text(v, begin, size < end ? size : end);
  yutu_slice indicator = core;
  if (size < end)
    indicator = yutu_figure_join(v, yutu_figure_text(v, size, f[1].next), core);
  else if (yutu_chars(v, begin, end) <= YUTU_SHORT_NOUN_CHARS)
    indicator = yutu_figure_join(v, predicate_text(v, end), indicator);
  const yutu_head h = yutu_strip_head(v, yutu_phrase_before(v, b->clause, b->end, false), b->end);
  yutu_statement *st = yutu_state(v, f, b->end, indicator, "figures/count-before", 0.9);
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
  const uint32_t name = v->part[begin] == YUTU_PART_OPEN && begin + 1 < end ? begin + 1 : begin;
  uint32_t last = name;
  while (last < end && v->mention[name] && v->mention[last] == v->mention[name])
    last++;
  if (last > name && (last == end || (last + 1 == end && v->part[last] == YUTU_PART_CLOSE)) && !st->object)
    st->object = named_kind(v, v->mention[name]);
}
