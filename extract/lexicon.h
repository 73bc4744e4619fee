/// @file extract/lexicon.h  The word lists and gazetteers as the extractor asks them.
///
/// One lexicon serves many threads.
#ifndef YUTU_EXTRACT_LEXICON_H
#define YUTU_EXTRACT_LEXICON_H

#include "ontology/gazetteer.h"

#include <stdbool.h>

typedef struct yutu_lexicon yutu_lexicon;

/// What the word lists say of a word; zero fields: nothing.
typedef enum {
  YUTU_GENERIC_NONE,
  YUTU_GENERIC_FUNCTION, ///< 由, 与, 的: ends a name
  YUTU_GENERIC_VERB,     ///< 成立, 举办: not inside a name
  YUTU_GENERIC_MODIFIER, ///< 重大, 一批: not a name's distinguishing part
  YUTU_GENERIC_NOUN,     ///< 企业, 高校: generic by itself
  YUTU_GENERIC_PLACE,    ///< 长江, 太湖: a place, but no region
} yutu_generic;

typedef enum { YUTU_SIDE_NONE, YUTU_SIDE_BEFORE, YUTU_SIDE_AFTER, YUTU_SIDE_BOTH } yutu_side;

typedef struct {
  bool known;    ///< in the list of common words
  uint16_t cost; ///< hundredths of nats
  char pos[4];   ///< jieba's tag: "n", "vn", "ad", …
  yutu_generic generic;
  yutu_class suffix;   ///< a name of this class may end with it
  uint8_t strength;    ///< of the suffix, 1–3
  yutu_side title;     ///< a post or title: where the person's name stands
  uint16_t title_kind; ///< symbol of titles.tsv: see yutu_lexicon_kinds
  uint16_t measure;    ///< symbol of measures.tsv's kind, 0: no measure word
  bool stem;           ///< an agency's name when a region stands before it
  bool surname;
  uint64_t cues[2]; ///< of words/cues.tsv: bit yutu_cue_kind for each of its kinds
} yutu_word;

/// @param paths     further entity lists, compiled here
/// @param[out] ret  Owned; free with yutu_lexicon_free().
YUTU_NODISCARD yutu_status yutu_lexicon_new(const char *const *paths, size_t n_paths, yutu_lexicon **ret,
                                            yutu_error *err);
void yutu_lexicon_free(yutu_lexicon *lexicon); ///< NULL-safe.

/// The lists behind it: the built-in ones with the user's on top.
const yutu_gazetteer *yutu_lexicon_gazetteer(const yutu_lexicon *lexicon);

/// A key at the beginning of a text with everything that it may be.
typedef struct {
  uint32_t length;
  const yutu_word *word;     ///< of the word lists; NULL when it is only a name
  const yutu_posting *names; ///< entity postings
  uint32_t n_names;
} yutu_entry;

enum { YUTU_ENTRIES_MAX = 24 };

/// All keys that are prefixes of text[0, n), shortest first. At most YUTU_ENTRIES_MAX.
uint32_t yutu_lexicon_look(const yutu_lexicon *lexicon, const uint32_t *text, uint32_t n, yutu_entry *ret);

/// The entry that is exactly this text. `word` and `names` as above.
bool yutu_lexicon_find(const yutu_lexicon *lexicon, const uint32_t *text, uint32_t n, yutu_entry *ret);

/// Entities are rows of the gazetteer; the rows that an entity's lists hold are entities.
void yutu_lexicon_entity(const yutu_lexicon *lexicon, uint32_t entity, yutu_gazetteer_entity *ret);
yutu_class yutu_lexicon_class(const yutu_lexicon *lexicon, uint32_t entity);
/// Is `inner` within `outer`, directly or through others?
bool yutu_lexicon_within(const yutu_lexicon *lexicon, uint32_t inner, uint32_t outer);

/// Costs of a character in a Chinese given name, 0–9 each, -1: not in the list.
typedef struct {
  int8_t first, second, single;
} yutu_given;
yutu_given yutu_lexicon_given(const yutu_lexicon *lexicon, uint32_t c);
int32_t yutu_lexicon_surname(const yutu_lexicon *lexicon, const uint32_t *text, uint32_t n,
                             uint32_t *ret_length); ///< weight in thousandths of the longest surname, -1: none
/// May the character be a region's letter (沪, 粤)?
bool yutu_lexicon_letter(const yutu_lexicon *lexicon, uint32_t c);
bool yutu_lexicon_translit(const yutu_lexicon *lexicon, uint32_t c);

/// Kinds of cue words: the rows of words/cues.tsv.
typedef enum {
  YUTU_CUE_SAYING,
  YUTU_CUE_LETTERS_AFTER,
  YUTU_CUE_LICENCE_POLICY,
  YUTU_CUE_LICENCE_PROGRAM,
  YUTU_CUE_LICENCE_EVENT,
  YUTU_CUE_LICENCE_PLATFORM,
  YUTU_CUE_LICENCE_ORGANISATION,
  YUTU_CUE_LIST_COMPANY,
  YUTU_CUE_LIST_INDUSTRY,
  YUTU_CUE_LIST_OTHER,
  YUTU_CUE_BUSINESS_POST,
  YUTU_CUE_LEGAL_FORM,
  YUTU_CUE_TRADE,
  YUTU_CUE_EDITION,
  YUTU_CUE_DEFINITION,
  YUTU_CUE_DETERMINER,
  YUTU_CUE_COMPANY_WORD,
  YUTU_CUE_GROUP_2,
  YUTU_CUE_GROUP_3,
  YUTU_CUE_REGIONS_2,
  YUTU_CUE_REGIONS_3,
  YUTU_CUE_REGIONS_4,
  YUTU_CUE_RUNS_ON,
  YUTU_CUE_VERBAL_SUFFIX,
  YUTU_CUE_WEAK_PROPER,
  YUTU_CUE_NAME_OPENING,
  YUTU_CUE_ORDINAL_UNIT,
  YUTU_CUE_NO_REFERENCE,
  YUTU_CUE_CONNECTIVE,
  YUTU_CUE_QUANTITY,
  YUTU_CUE_PAIR_OPENING,
  YUTU_CUE_LICENCE_ZONE,
  YUTU_CUE_PARTY_COMMITTEE,
  YUTU_CUE_NEEDS_MIDDLE,
  YUTU_CUE_TOWNSHIP,
  YUTU_CUE_FIRM_WORD,
  YUTU_CUE_LETTERS_NOT_BEFORE,
  YUTU_CUE_LEVEL_CITY,
  YUTU_CUE_LEVEL_PROVINCE,
  YUTU_CUE_LEVEL_DISTRICT,
  YUTU_CUE_LICENCE_PRODUCT,
  YUTU_CUE_GREAT_NUMBER,
  YUTU_CUE_JOINTLY,
  YUTU_CUE_LIST_PLATFORM,
  YUTU_CUE_QUOTED_PROGRAM,
  YUTU_CUE_LIST_ZONE,
  YUTU_CUE_VERB_AFTER_NAME,
  YUTU_CUE_FIRST_EDITION,
  YUTU_CUE_QUOTED_POLICY,
  YUTU_CUE_QUOTED_PLATFORM,
  // figures
  YUTU_CUE_FIG_ABOUT,     ///< approximators and counting adverbs before a number: 近 约 共 合计
  YUTU_CUE_FIG_REACH,     ///< verbs between what is measured and its value: 达到 突破 为 增至
  YUTU_CUE_FIG_MOTION,    ///< with 至 or 到 after it, on the way to a value: 增长至 提高到
  YUTU_CUE_FIG_RISE,      ///< growth: 增长 提高
  YUTU_CUE_FIG_FALL,      ///< the contrary: 下降 收窄
  YUTU_CUE_FIG_COMPARED,  ///< what growth is measured against: 同比 环比 年均
  YUTU_CUE_FIG_HAVE,      ///< a listing that a count of groups closes may follow: 设有 形成 分为
  YUTU_CUE_FIG_AMOUNT,    ///< ends the name of an amount: 收入 产值 投资额
  YUTU_CUE_FIG_WHOLE,     ///< an amount that does not say what of: 总投资 总额
  YUTU_CUE_FIG_RATE,      ///< ends the name of a percentage: 率 比重 覆盖率
  YUTU_CUE_FIG_NATION,    ///< the scope is no entity: 全国 全球
  YUTU_CUE_FIG_LOCAL,     ///< the region last named: 全省 当地
  YUTU_CUE_FIG_SOURCE,    ///< who says it, not what it is about: 获悉 数据显示
  YUTU_CUE_FIG_JOIN,      ///< the place or event is its object: 落户 亮相
  YUTU_CUE_FIG_ISSUE,     ///< its object is what the next clause is about: 印发 发布
  YUTU_CUE_FIG_CONTENT,   ///< begins that next clause: 包含 明确
  YUTU_CUE_FIG_PLAN,      ///< not yet so: 计划 力争 将
  YUTU_CUE_FIG_GOAL,        ///< so too in the clauses that follow: 力争 目标
  YUTU_CUE_FIG_EACH,      ///< the same or one value for each: 均 分别
  YUTU_CUE_FIG_NOT_COUNT, ///< before a number: it is an ordinal or a rate: 第 前 每
  YUTU_CUE_FIG_NO_UNIT,   ///< last character of what is no unit of figures: 年 级 期
  YUTU_CUE_FIG_EXTENT,    ///< after a length: 范围, 半径
  YUTU_CUE_FIG_EXCEED,      ///< 高于全国10个百分点
  YUTU_CUE_FIG_PULL,        ///< whose object grows: 拉动
  YUTU_CUE_FIG_DOCUMENT,    ///< the document last issued: 方案, 报告
  YUTU_CUE_FIG_SPEND,       ///< 投资 10亿元 引进…: what follows says what for
  YUTU_CUE_FIG_TOTAL,       ///< after what a share is of: 占总产值的, 占全国比重
  YUTU_CUE_FIG_LIGHT,       ///< says only that there is something: 完成 实现
  YUTU_CUE_FIG_COMPOUND,    ///< a verb that is part of a measure's name: 成交金额, 注册资本
  YUTU_CUE_FIG_LASTS,     ///< ends the name of a duration: 时长 时间 寿命
  YUTU_CUE_FIG_OWN,       ///< opens what is said of the thing just founded: 首批 总投资 占地
  YUTU_CUE_FIG_FOUND,     ///< founds it: 设立 共建 开工
  YUTU_CUE_FIG_AT_EVENT,  ///< what is counted of an event: 签约 参展
  YUTU_CUE_FIG_MEETING,   ///< at the event last named: 会上 现场
  YUTU_CUE_FIG_THING,     ///< a subject that no region can be: 项目 工程 公司
  YUTU_CUE_FIG_PEOPLE,    ///< counted without a measure word: 300万群众
  YUTU_CUE_COUNT,
} yutu_cue_kind;

/// Length in code points of the longest cue of a kind at the beginning of text[0, n); 0: there is none.
uint32_t yutu_lexicon_cue(const yutu_lexicon *lexicon, yutu_cue_kind kind, const uint32_t *text, uint32_t n);

/// Numbers of the symbols that C code tells apart.
typedef struct {
  int32_t office, academic, role, byline;                                                           ///< kinds of titles
  int32_t count, money, percent, length, area, mass, power, energy, volume, time, person, multiple; ///< of measures
} yutu_kinds;
const yutu_kinds *yutu_lexicon_kinds(const yutu_lexicon *lexicon);

/// For yutu_word.measure != 0: base unit and factor (in thousandths) of measures.tsv.
bool yutu_lexicon_measure(const yutu_lexicon *lexicon, yutu_slice utf8, yutu_slice *ret_base, int32_t *ret_factor);

#endif
