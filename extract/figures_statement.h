/// @file extract/figures_statement.h  Making statements out of figures and phrases.
#ifndef YUTU_EXTRACT_FIGURES_STATEMENT_H
#define YUTU_EXTRACT_FIGURES_STATEMENT_H

#include "extract/figures_phrase.h"

enum { YUTU_PARTS_MAX = 6, YUTU_SHORT_NOUN_CHARS = 3 };

/// The last statement made, or NULL.
yutu_statement *yutu_latest(const yutu_figure_view *v);

/// The last one that counts something before its noun or after it: 142个项目签约，总额…; or NULL.
const yutu_statement *yutu_counted_before(const yutu_figure_view *v);

static inline const yutu_figure *yutu_figure_of(const yutu_figure_view *v, const yutu_statement *st) {
  return &v->figures.at[st->figure];
}

/// Make a statement of a figure. @return valid until the next is made
yutu_statement *yutu_state(yutu_figure_view *v, const yutu_figure *f, uint32_t from, yutu_slice indicator,
                           const char *rule, double sure);

/// The measure that the clause before token `clause` is about, if it has no figure: 外贸规模持续扩大，达3000亿元. Its
/// first token, or YUTU_NO_TOKEN.
uint32_t yutu_measure_before(const yutu_figure_view *v, uint32_t clause, uint32_t *ret_end);

/// What stands before the measured noun in its phrase.
typedef struct {
  uint32_t begin;                  ///< first token of the rest
  uint32_t head, industry, itself; ///< as in yutu_statement
  uint32_t region;
  bool local, national;
} yutu_head;

/// Cut who and when off a phrase: 今年 全省 贵州省 的 外贸总额.
yutu_head yutu_strip_head(const yutu_figure_view *v, uint32_t begin, uint32_t end);
void yutu_set_head(yutu_statement *st, const yutu_head *h);

/// A coordinated phrase: A、B均突破…; A和B产值分别增长…
typedef struct {
  uint32_t begin[YUTU_PARTS_MAX], end[YUTU_PARTS_MAX];
  uint32_t n;
  uint32_t tail; ///< first token of what all share; == the phrase's end: nothing
} yutu_parts;

yutu_parts yutu_split(const yutu_figure_view *v, uint32_t begin, uint32_t end);
/// 北京、广东、江苏软件业务收入: names, then what they share. @return false: it is no such list
bool yutu_split_heads(const yutu_figure_view *v, uint32_t begin, uint32_t end, yutu_parts *ret);
/// Part k with what all share.
yutu_slice yutu_part_text(const yutu_figure_view *v, const yutu_parts *p, uint32_t k, uint32_t end);

// ---- kinds of statements: each adds one or more, or none ----

/// A level: 营收突破3000亿元, 拥有独角兽企业115家 (figures_level.c).
void yutu_level(yutu_figure_view *v, const yutu_figure *f, const yutu_before *b);
/// 总投资25亿元的X基地: said of X; 总投资5亿元以上的项目: only says which. @param[out] ret_mention  1 + the mention, 0:
/// a criterion. @return false: nothing of the kind
bool yutu_attribute(const yutu_figure_view *v, const yutu_figure *f, uint32_t *ret_mention);
/// A count before its noun, or else a level: 37家高校 (figures_count.c).
void yutu_count(yutu_figure_view *v, const yutu_figure *f, const yutu_before *b);
/// 750千伏输变电工程, 28纳米芯片: does the unit say which one it is, not how much of it?
bool yutu_is_rating(const yutu_figure_view *v, const yutu_figure *f);
/// A change: 同比增长7%, 提高2个百分点 (figures_change.c).
void yutu_growth(yutu_figure_view *v, const yutu_figure *f, const yutu_before *b);
/// A share (figures_share.c): the token of 占 before the figure, or YUTU_NO_TOKEN.
uint32_t yutu_find_share(const yutu_figure_view *v, const yutu_figure *f, const yutu_before *b);
void yutu_share(yutu_figure_view *v, const yutu_figure *f, const yutu_before *b, uint32_t at);
/// 全国近1/3的研发经费: the first token after 的, or the number of tokens.
uint32_t yutu_part_noun(const yutu_figure_view *v, const yutu_figure *f);
void yutu_part_of_all(yutu_figure_view *v, const yutu_figure *f, const yutu_before *b);

#endif
