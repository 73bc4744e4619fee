// Changes: 同比增长7%, 分别增长11.3%和11%, 比上半年提高2个百分点.
#include "extract/figures_statement.h"

static yutu_slice grown(const yutu_figure_view *v, yutu_slice core, const yutu_figure *f, const yutu_before *b) {
  if (f->kind == YUTU_FIGURE_POINTS)
    return yutu_figure_join(v, core, yutu_figure_text(v, b->verb, b->exceeds ? f->token : b->verb + 1));
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

void yutu_growth(yutu_figure_view *v, const yutu_figure *f, const yutu_before *b) {
  uint32_t end = b->end, begin = yutu_phrase_before(v, b->clause, end, true);
  if (begin == end && end == b->clause) {
    const uint32_t aspect = aspect_before(v, b->clause, &end);
    const uint32_t measure = aspect == YUTU_NO_TOKEN ? yutu_measure_before(v, b->clause, &end) : aspect;
    begin = measure != YUTU_NO_TOKEN ? measure : end;
  }
  const yutu_head h = yutu_strip_head(v, begin, end);
  const yutu_statement *last = yutu_latest(v);
  if (h.begin == end && !h.head && !h.industry && !h.national) {
    if (!last || (b->end > b->clause && !b->after))
      return;
    const uint32_t index = v->statements.n - 1;
    const yutu_slice core = last->core;
    yutu_statement *st = yutu_state(v, f, b->end, grown(v, core, f, b), "figures/growth-carried", 0.85);
    st->core = core;
    st->carried = index;
    set_growth(v, st, f, b);
    return;
  }
  yutu_parts p = {.n = 1, .begin = {h.begin}, .end = {end}, .tail = end};
  const yutu_statement *counted = yutu_counted_before(v);
  if (f->kind == YUTU_FIGURE_POINTS && begin > b->clause && yutu_cue_at(v, begin - 1, YUTU_CUE_FIG_PULL) && counted) {
    const uint32_t index = (uint32_t)(counted - v->statements.at); // 新企业完成产值…，拉动工业增长2个百分点
    const yutu_slice core = yutu_figure_join(v, counted->core, yutu_figure_text(v, begin - 1, end));
    yutu_statement *st = yutu_state(v, f, begin, grown(v, core, f, b), "figures/pulled", 0.85);
    st->carried = index;
    set_growth(v, st, f, b);
    return;
  }
  const bool heads = b->each && yutu_split_heads(v, begin, end, &p);
  if (b->each && !heads)
    p = yutu_split(v, h.begin, end);
  for (uint32_t k = 0; k < p.n; k++) {
    const yutu_figure *own = f;
    if (k && b->each == YUTU_EACH_ITS_OWN) {
      own = f + k;
      if (own >= v->figures.at + v->figures.n || own->kind != f->kind)
        break;
    }
    const yutu_slice core = heads ? yutu_figure_text(v, p.tail, end) : yutu_part_text(v, &p, k, end);
    yutu_statement *st = yutu_state(v, own, h.begin, grown(v, core, f, b), "figures/growth", 0.9);
    st->core = core;
    yutu_set_head(st, &h);
    if (heads)
      st->head = v->mention[p.begin[k]];
    set_growth(v, st, own, b);
  }
}
