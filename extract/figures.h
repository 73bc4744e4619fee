/// @file extract/figures.h  Inside of the figure finder: numbers with their units, what they measure, and of whom.
///
/// Each sentence gets a view: its tokens by their part in a statement of figures (figures_words.c), with words that
/// stand for something named before resolved (figures_refer.c). Numbers and units are read first (figures_number.c);
/// figures_indicator.c makes statements of them, by kind in figures_level.c, _count.c, _change.c and _share.c, from the
/// phrases around them (figures_phrase.c, figures_statement.c). Who acts in which clause is the scene
/// (figures_scene.c); from it a statement gets its subject (figures_subject.c), and from the sentence's time
/// expressions its period (figures_period.c). Token numbers are relative to the sentence.
#ifndef YUTU_EXTRACT_FIGURES_H
#define YUTU_EXTRACT_FIGURES_H

#include "extract/analysis.h"

enum { YUTU_NO_TOKEN = UINT32_MAX };

/// The part of a token in a statement of figures.
typedef enum {
  YUTU_PART_NOUN, ///< also adjectives and everything that no list knows
  YUTU_PART_SOFT, ///< a verb that may stand inside a noun phrase: 签约 项目
  YUTU_PART_VERB, ///< a verb that ends one
  YUTU_PART_ADVERB,
  YUTU_PART_PREPOSITION,
  YUTU_PART_FUNCTION, ///< 等, 了, 并
  YUTU_PART_DE,       ///< 的
  YUTU_PART_JOIN,     ///< 和, 与, 、
  YUTU_PART_TIME,
  YUTU_PART_PLACE, ///< 内, 以上
  YUTU_PART_NUMBER,
  YUTU_PART_OPEN, ///< opening quote or bracket
  YUTU_PART_CLOSE,
  YUTU_PART_STOP, ///< ，；：。
} yutu_part;

typedef enum {
  YUTU_FIGURE_COUNT,    ///< 家 个 人
  YUTU_FIGURE_AMOUNT,   ///< money, length, mass, …
  YUTU_FIGURE_PERCENT,  ///< of something
  YUTU_FIGURE_POINTS,   ///< 个百分点
  YUTU_FIGURE_MULTIPLE, ///< 倍
  YUTU_FIGURE_TIME,     ///< a duration
} yutu_figure_kind;

/// A number with its unit.
typedef struct {
  uint32_t begin, end;  ///< code points: number and unit
  uint32_t token, next; ///< tokens [token, next)
  yutu_figure_kind kind;
  yutu_slice value; ///< canonical decimal
  yutu_slice unit;
  bool money;
  bool group;    ///< 六大展区: the unit is no measure word
  bool round;    ///< only a scale: 千亿元
  bool fraction; ///< 三分之一, 半数
} yutu_figure;

/// What a figure says, but for its subject.
typedef struct {
  uint32_t figure; ///< index into the view's figures
  yutu_slice indicator;
  yutu_slice core; ///< the indicator without 增长率 or 占比: what a following clause may carry on
  yutu_slice value, unit;
  uint32_t from;     ///< first token that is part of it
  uint32_t until;    ///< of a count before its noun: one past the noun's last token
  uint32_t head;     ///< 1 + mention at the head of the indicator's phrase, its likely subject; 0: none
  uint32_t object;   ///< 1 + mention that the counted things join: 60家企业落户中山; 0: none
  uint32_t itself;   ///< 1 + mention that is the whole phrase: 创新指数从100分增至…; 0: none
  uint32_t region;   ///< thing that the phrase's only name begins with, else YUTU_NO_INDEX
  uint32_t inner;    ///< 1 + mention at the beginning of what is counted: 12个大湾区合作项目; 0: none
  bool in_object;    ///< the phrase is the object of a verb: what heads it is not the subject
  uint32_t industry; ///< 1 + industry at the head of the phrase: the subject where the scope is a nation; 0: none
  uint32_t carried;  ///< statement that the indicator is carried from, else YUTU_NO_TOKEN
  bool national;     ///< 全国…
  bool local;        ///< 全省…
  bool of_list;      ///< 甲、乙等30家机构: those named are among the counted
  yutu_slice whole;  ///< of a share: 全国; empty when it is not said
  bool yearly;       ///< 年均
  bool growth;       ///< a rate or change, not a level
  double sure;
  const char *rule;
} yutu_statement;

typedef struct {
  yutu_document *d;
  uint32_t sentence;
  const yutu_sentence *s;
  const yutu_token *t; ///< the sentence's tokens
  uint32_t n;
  uint8_t *part;     ///< yutu_part of each
  uint32_t *mention; ///< 1 + mention that covers the token, outermost; 0: none
  YUTU_VEC(yutu_figure) figures;
  YUTU_VEC(yutu_statement) statements;
} yutu_figure_view;

// ---- words: figures_words.c ----

/// Scratch for all sentences of a document; arena.
yutu_figure_view *yutu_figure_view_new(yutu_document *d);
/// Fill it for a sentence. What only refers back gets mentions of its own behind the document's; whoever filled views
/// takes them away again.
void yutu_figure_view_fill(yutu_figure_view *v, uint32_t sentence);

static inline bool yutu_has_cue(const yutu_token *t, yutu_cue_kind cue) {
  return (t->word.cues[cue / 64] >> cue % 64) & 1;
}

/// The token that begins at this code point, or YUTU_NO_TOKEN.
uint32_t yutu_token_at_cp(const yutu_figure_view *v, uint32_t at);
static inline bool yutu_cue_at(const yutu_figure_view *v, uint32_t i, yutu_cue_kind cue) {
  return i < v->n && yutu_has_cue(&v->t[i], cue);
}

static inline bool yutu_verbal(const yutu_figure_view *v, uint32_t i) {
  return i < v->n && (v->part[i] == YUTU_PART_VERB || v->part[i] == YUTU_PART_SOFT);
}

/// Length of tokens [begin, end) in code points.
static inline uint32_t yutu_chars(const yutu_figure_view *v, uint32_t begin, uint32_t end) {
  return begin < end ? v->t[end - 1].end - v->t[begin].begin : 0;
}

/// Is token i the literal?
bool yutu_figure_is(const yutu_figure_view *v, uint32_t i, const char *literal);
/// First token of the clause that holds token i: after the last ，；：。
uint32_t yutu_clause_begin(const yutu_figure_view *v, uint32_t i);
uint32_t yutu_clause_end(const yutu_figure_view *v, uint32_t i);
/// The opening bracket or quote that token i closes, or i itself.
uint32_t yutu_figure_open(const yutu_figure_view *v, uint32_t i);
/// The figure that holds token i, or NULL.
const yutu_figure *yutu_figure_at(const yutu_figure_view *v, uint32_t i);
/// The region that the name of the mention at token i begins with (长三角 of 长三角创新指数), when the article names it
/// by itself too: a thing, else YUTU_NO_INDEX.
uint32_t yutu_region_of_name(const yutu_figure_view *v, uint32_t i);
/// Tokens [begin, end) without 的 and layout blanks.
yutu_slice yutu_figure_text(const yutu_figure_view *v, uint32_t begin, uint32_t end);
yutu_slice yutu_figure_join(const yutu_figure_view *v, yutu_slice a, yutu_slice b);

// ---- the steps ----

/// Mentions for words that stand for something named before (figures_refer.c).
void yutu_figure_refer(yutu_figure_view *v);

/// Numbers with units of the sentence, in order.
void yutu_find_numbers(yutu_figure_view *v);

/// What the figures measure: fills `statements`.
void yutu_find_statements(yutu_figure_view *v);

#endif
