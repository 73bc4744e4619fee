/// @file extract/view.h  A sentence prepared for the rules: where mentions stand, what lists they form, which words
/// follow.
///
/// Positions are code points from the beginning of the sentence. A view is scratch memory that is filled anew for each
/// sentence. Names are opaque to the rules: no literal matches inside a mention.
#ifndef YUTU_EXTRACT_VIEW_H
#define YUTU_EXTRACT_VIEW_H

#include "extract/analysis.h"
#include "extract/rules_image.h"

enum { YUTU_NOWHERE = UINT32_MAX };

/// A mention as the rules see it. Index i is mention s->mention + i of the document.
typedef struct {
  uint32_t begin, end; ///< of the name
  uint32_t from, to;   ///< with quotes around it and a bracket after it
  uint32_t next;       ///< item that follows in a coordinated list, or YUTU_NOWHERE
  bool first;          ///< no item precedes it in a list
  bool inner; ///< inside another mention, or a place before the name that it belongs to: 浙江 of 浙江|嘉兴
} yutu_item;

/// One who does something, carried from where it was named.
typedef struct {
  const uint32_t *entities; ///< of the document, arena
  uint32_t n;               ///< 0: there is none
  uint64_t classes;         ///< bit set
  uint32_t begin, end;      ///< code points of the document
  double factor;            ///< how sure it is that this is the subject, 0 to 1
} yutu_subject;

/// Between two commas.
typedef struct {
  uint32_t begin, end;
  yutu_subject subject;
  bool own; ///< the subject stands in this clause
} yutu_clause;

/// A date in the sentence.
typedef struct {
  uint32_t at;
  int year, month, day; ///< month, day: 0 when not said
} yutu_said_date;

enum { YUTU_CLAUSES_MAX = 128, YUTU_DATES_MAX = 16 };

typedef struct {
  yutu_document *d;
  const yutu_rules *grammar;
  const uint32_t *first; ///< YUTU_RULES_FIRST of the grammar
  const yutu_sentence *s;
  uint32_t n;         ///< code points
  const uint32_t *cp; ///< the text
  uint32_t *masked;   ///< the text with 0 wherever a mention stands; n + 1 items, the last 0
  uint32_t *item_at;  ///< 1 + item that begins here or whose opening quote stands here
  uint32_t *token_at; ///< 1 + token that begins here; none inside mentions
  yutu_token *tokens; ///< words between the mentions
  yutu_item *items;
  uint32_t n_items;
  uint64_t classes; ///< bit set of all mentions
  yutu_clause clauses[YUTU_CLAUSES_MAX];
  uint32_t n_clauses;
  yutu_subject topic;                   ///< what the sentences before, or the heading, are about
  yutu_said_date dates[YUTU_DATES_MAX]; ///< of yutu_date_of(): found when asked first
  uint32_t n_dates;                     ///< YUTU_NOWHERE: not asked yet
} yutu_view;

/// Scratch for all sentences of a document; arena.
yutu_view *yutu_view_new(yutu_document *d, const yutu_rules *grammar);

/// Fill it for one sentence. Clauses are left to yutu_find_clauses().
void yutu_view_fill(yutu_view *v, const yutu_sentence *s);

static inline const yutu_mention *yutu_view_mention(const yutu_view *v, uint32_t item) {
  return &v->d->mentions.at[v->s->mention + item];
}

/// The token that begins at `at`, or NULL.
static inline const yutu_token *yutu_view_token(const yutu_view *v, uint32_t at) {
  return at < v->n && v->token_at[at] ? &v->tokens[v->token_at[at] - 1] : NULL;
}

/// Can a word begin at `at`: a token, or what follows a name?
bool yutu_word_begins(const yutu_view *v, uint32_t at);

/// Length of the longest member of a grammar set at `at` that is made of whole words, outside mentions; 0 when none.
uint32_t yutu_view_grammar(const yutu_view *v, yutu_grammar grammar, uint32_t at);

/// Length of the noun at `at` that leaves the name before it what it is: 江苏|多地, A中心|建设 before a verb. 0 when
/// none.
uint32_t yutu_light_noun(const yutu_view *v, uint32_t at);

/// Does a comma, colon, semicolon, blank or the end of the sentence stand at `at`?
bool yutu_view_stop(const yutu_view *v, uint32_t at);

// ---- lists ----

/// Number of items of the list from `item` on.
uint32_t yutu_list_length(const yutu_view *v, uint32_t item);

/// The item `k` places after `item` in its list.
uint32_t yutu_list_item(const yutu_view *v, uint32_t item, uint32_t k);

enum { YUTU_TAILS_MAX = 3 };

/// Where a list can be over that ends with `item`: after 等八部门, after 等, right after the name; longest first.
uint32_t yutu_list_tails(const yutu_view *v, uint32_t item, uint32_t ret[YUTU_TAILS_MAX]);

// ---- words: words.c ----

/// One step of a gap from `at`: the next position, or YUTU_NOWHERE where the gap must end.
uint32_t yutu_gap_step(const yutu_view *v, yutu_gap gap, uint32_t at);

/// End of the atom that begins at `at`, or YUTU_NOWHERE.
uint32_t yutu_atom_end(const yutu_view *v, yutu_atom atom, uint32_t at);

bool yutu_assert_holds(const yutu_view *v, yutu_assert assertion, uint32_t at);

/// A word that can be a verb of the clause.
bool yutu_verb_at(const yutu_view *v, uint32_t at);

/// Does such a word end at `at`? @param at  at least 1
bool yutu_verb_before(const yutu_view *v, uint32_t at);

// ---- dates: dates.c ----

/// End of a date or time expression at `at` (2018年5月, 今年以来, 近日), or `at` itself when there is none.
uint32_t yutu_date_end(const yutu_view *v, uint32_t at);

/// The date that the sentence gives for what stands at `at`: "2018", "2018-05", "2018-05-22"; arena. Empty when none.
yutu_slice yutu_date_of(yutu_view *v, uint32_t at);

// ---- clauses: clause.c ----

/// Subjects while the sentences of a document go by.
typedef struct {
  yutu_subject topic; ///< of the heading of the section
  yutu_subject title; ///< of the article's title, the first heading
  bool titled;
  yutu_subject last; ///< of the sentence before
  uint32_t section;
  uint32_t block; ///< that `last` stands in
} yutu_carry;

/// Find the clauses of a filled view and the subject of each.
void yutu_find_clauses(yutu_view *v, yutu_carry *carry);

/// The clause that holds position `at`.
const yutu_clause *yutu_clause_at(const yutu_view *v, uint32_t at);

#endif
