/// @file extract/figures_period.h  The time that a figure is of.
#ifndef YUTU_EXTRACT_FIGURES_PERIOD_H
#define YUTU_EXTRACT_FIGURES_PERIOD_H

#include "extract/figures.h"

enum { YUTU_PERIODS_MAX = 32 };

/// A time expression of a sentence.
typedef struct {
  uint32_t begin, end; ///< code points
  yutu_slice text;     ///< "2019", "2020-10", "2020-Q1/Q3", "2026-01/2026-04", or as printed: “十四五”期间
  bool year;           ///< a plain year
} yutu_period;

typedef struct {
  yutu_period at[YUTU_PERIODS_MAX];
  uint32_t n;
  yutu_slice last; ///< of the last sentence of the paragraph that had one
  uint32_t block;  ///< the paragraph
} yutu_periods;

/// The time expressions of the view's sentence, in order.
void yutu_find_periods(const yutu_figure_view *v, yutu_periods *ret);

/// The period of statement i of the view: the nearest before its figure; the span of the values that a yearly rate is
/// about. Empty when nothing is said.
/// @param goes_on  the sentence goes on about the subject of the one before, so also about its time unless it says
/// another
yutu_slice yutu_figure_period(const yutu_figure_view *v, const yutu_periods *periods, uint32_t i, bool goes_on);

#endif
