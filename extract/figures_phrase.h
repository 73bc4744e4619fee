/// @file extract/figures_phrase.h  Phrases around a figure.
#ifndef YUTU_EXTRACT_FIGURES_PHRASE_H
#define YUTU_EXTRACT_FIGURES_PHRASE_H

#include "extract/figures.h"

typedef enum {
  YUTU_EACH_NONE,
  YUTU_EACH_ITS_OWN,  ///< 分别: as many values as things
  YUTU_EACH_THE_SAME, ///< 均: one value for all
} yutu_each;

/// What stands between a figure and the noun phrase before it.
typedef struct {
  uint32_t clause;          ///< first token of the clause
  uint32_t end;             ///< one past the last token of the noun phrase; == clause: there is none
  const yutu_figure *after; ///< the figure that ends there instead, or NULL
  uint32_t verb;            ///< of growth or decrease: 增长; else YUTU_NO_TOKEN
  bool fall;
  bool exceeds; ///< the verb compares: 高于全国
  bool reach;   ///< a verb of reaching the value: 达到, 超
  bool start;   ///< 从, 由: another value follows
  bool to;      ///< 至, 到
  bool motion;  ///< on the way to it: 增至
  bool annual;  ///< 年均
  bool de;      ///< 的 right before the number
  yutu_each each;
} yutu_before;

void yutu_look_before(const yutu_figure_view *v, const yutu_figure *f, yutu_before *b);

/// First token of the noun phrase in [begin, end) that ends with `end`.
/// @param predicate  a verb of reaching follows: the phrase is the clause's subject and may hold weak verbs
uint32_t yutu_phrase_before(const yutu_figure_view *v, uint32_t begin, uint32_t end, bool predicate);

/// One past the last token of the noun phrase after a figure. @param[out] ret_begin  its first; equal: there is none
uint32_t yutu_phrase_after(const yutu_figure_view *v, uint32_t next, uint32_t *ret_begin);

#endif
