// What the figures of a sentence measure: which kind of statement each makes.
#include "extract/figures_statement.h"

static void multiple(yutu_figure_view *v, yutu_figure *f, const yutu_before *b) {
  if (!yutu_slice_eq(f->unit, YUTU_SLICE("番"))) {
    if (b->verb != YUTU_NO_TOKEN)
      yutu_growth(v, f, b);
    return;
  }
  f->value = yutu_slice_eq(f->value, YUTU_SLICE("1"))   ? YUTU_SLICE("100")
             : yutu_slice_eq(f->value, YUTU_SLICE("2")) ? YUTU_SLICE("300")
                                                        : (yutu_slice){"", 0};
  f->unit = YUTU_SLICE("%");
  f->kind = YUTU_FIGURE_PERCENT;
  if (f->value.len && b->verb != YUTU_NO_TOKEN)
    yutu_growth(v, f, b);
}

static void per_cent(yutu_figure_view *v, const yutu_figure *f, const yutu_before *b) {
  const uint32_t at = yutu_find_share(v, f, b);
  if (at != YUTU_NO_TOKEN)
    yutu_share(v, f, b, at);
  else if (b->verb != YUTU_NO_TOKEN)
    yutu_growth(v, f, b);
  else if (yutu_part_noun(v, f) < v->n)
    yutu_part_of_all(v, f, b);
  else
    yutu_level(v, f, b);
}

void yutu_find_statements(yutu_figure_view *v) {
  for (uint32_t i = 0; i < v->figures.n; i++) {
    yutu_figure *f = &v->figures.at[i];
    const yutu_statement *last = yutu_latest(v);
    if (last && last->figure >= i)
      continue; // 分别: stated already
    if (f->round && i && f[-1].kind == YUTU_FIGURE_COUNT && yutu_clause_begin(v, f->token) <= f[-1].token)
      continue; // 8个产业规模超千亿元
    yutu_before b;
    yutu_look_before(v, f, &b);
    switch (f->kind) {
    case YUTU_FIGURE_COUNT:
      yutu_count(v, f, &b);
      break;
    case YUTU_FIGURE_AMOUNT:
      if (f->money)
        yutu_level(v, f, &b);
      else
        yutu_count(v, f, &b); // 37万平方米科研空间
      break;
    case YUTU_FIGURE_TIME:
      yutu_level(v, f, &b);
      break;
    case YUTU_FIGURE_PERCENT:
      per_cent(v, f, &b);
      break;
    case YUTU_FIGURE_POINTS:
      if (b.verb != YUTU_NO_TOKEN)
        yutu_growth(v, f, &b);
      break;
    case YUTU_FIGURE_MULTIPLE:
      multiple(v, f, &b);
      break;
    }
  }
}
