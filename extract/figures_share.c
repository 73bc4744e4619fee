// Shares: 占全省的68%, 占比超半数, 全国近1/3的研发经费.
#include "extract/figures_statement.h"

enum { SHARE_TOKENS_MAX = 16 };

uint32_t yutu_find_share(const yutu_figure_view *v, const yutu_figure *f, const yutu_before *b) {
  for (uint32_t i = f->token; i > b->clause && f->token - i < SHARE_TOKENS_MAX; i--) {
    if (v->part[i - 1] == YUTU_PART_NUMBER && yutu_figure_at(v, i - 1))
      return YUTU_NO_TOKEN;
    if (yutu_figure_is(v, i - 1, "占") || yutu_figure_is(v, i - 1, "约占") || yutu_figure_is(v, i - 1, "占到"))
      return i - 1;
  }
  return YUTU_NO_TOKEN;
}

static bool share_tail(const yutu_figure_view *v, uint32_t i) {
  return yutu_figure_is(v, i, "的") || yutu_cue_at(v, i, YUTU_CUE_FIG_TOTAL) || yutu_cue_at(v, i, YUTU_CUE_FIG_REACH) ||
         yutu_cue_at(v, i, YUTU_CUE_FIG_ABOUT);
}

// X占Y的68.2%, X占Y比重从6.3%提高到6.5%
void yutu_share(yutu_figure_view *v, const yutu_figure *f, const yutu_before *b, uint32_t at) {
  uint32_t of_end = b->end;
  while (of_end > at + 1 && share_tail(v, of_end - 1))
    of_end--;
  yutu_slice of = yutu_figure_text(v, at + 1, of_end);
  of = of.len ? yutu_figure_join(v, yutu_figure_join(v, YUTU_SLICE("占"), of), YUTU_SLICE("比重")) : YUTU_SLICE("占比");
  uint32_t end = at;
  while (end > b->clause && (yutu_cue_at(v, end - 1, YUTU_CUE_FIG_ABOUT) || v->part[end - 1] == YUTU_PART_ADVERB))
    end--;
  uint32_t begin = yutu_phrase_before(v, b->clause, end, true);
  if (begin == end && end == b->clause) {
    const uint32_t measure = yutu_measure_before(v, b->clause, &end);
    begin = measure != YUTU_NO_TOKEN ? measure : end;
  }
  const yutu_head h = yutu_strip_head(v, begin, end);
  const yutu_statement *last = yutu_latest(v);
  if (h.begin == end) {
    if (!last || h.head)
      return;
    const uint32_t index = v->statements.n - 1;
    const yutu_slice core = last->core;
    yutu_statement *st = yutu_state(v, f, at, yutu_figure_join(v, core, of), "figures/share-carried", 0.85);
    st->core = core;
    st->carried = index;
    return;
  }
  yutu_parts p = yutu_split(v, h.begin, end);
  if (p.tail != end)
    p = (yutu_parts){.n = 1, .begin = {h.begin}, .end = {end}, .tail = end};
  for (uint32_t k = 0; k < p.n; k++) {
    const yutu_slice core = yutu_part_text(v, &p, k, end);
    yutu_statement *st = yutu_state(v, f, h.begin, yutu_figure_join(v, core, of), "figures/share", 0.9);
    st->core = core;
    yutu_set_head(st, &h);
  }
}

// What the share is of: after 的. The number of tokens when there is no 的.
uint32_t yutu_part_noun(const yutu_figure_view *v, const yutu_figure *f) {
  uint32_t i = f->next;
  while (i < v->n && v->part[i] == YUTU_PART_PLACE) // 以上
    i++;
  return yutu_figure_is(v, i, "的") ? i + 1 : v->n;
}

// 全国近1/3的研发经费支出, 约95%的零部件企业
void yutu_part_of_all(yutu_figure_view *v, const yutu_figure *f, const yutu_before *b) {
  uint32_t begin, end = yutu_phrase_after(v, yutu_part_noun(v, f), &begin);
  if (begin == end)
    return;
  const yutu_statement *last = yutu_latest(v);
  const uint32_t i = b->end - 1;
  yutu_slice whole = {"", 0};
  if (b->end > b->clause && (yutu_cue_at(v, i, YUTU_CUE_FIG_NATION) || yutu_cue_at(v, i, YUTU_CUE_FIG_LOCAL)))
    whole = yutu_figure_text(v, i, b->end);
  else if (b->end > b->clause && v->part[i] == YUTU_PART_JOIN && last)
    whole = last->whole; // the next of a list is of the same whole
  const yutu_slice of = whole.len
                            ? yutu_figure_join(v, yutu_figure_join(v, YUTU_SLICE("占"), whole), YUTU_SLICE("比重"))
                            : YUTU_SLICE("占比");
  const yutu_parts p = yutu_split(v, begin, end);
  for (uint32_t k = 0; k < p.n; k++) {
    const yutu_slice core = yutu_part_text(v, &p, k, end);
    yutu_statement *st = yutu_state(v, f, b->end, yutu_figure_join(v, core, of), "figures/part", 0.8);
    st->core = core;
    st->whole = whole;
  }
}
