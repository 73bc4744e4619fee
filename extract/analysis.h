/// @file extract/analysis.h  One article under analysis: sentences, tokens, mentions, entities, claims.
///
/// Filled step by step: tokens (lattice), mentions and entities (names, resolve), claims (relate, figures, links).
/// Everything lives in the document's arena. Offsets are code points of the page's normalised text, half-open.
#ifndef YUTU_EXTRACT_ANALYSIS_H
#define YUTU_EXTRACT_ANALYSIS_H

#include "extract/lexicon.h"
#include "extract/text.h"
#include "ontology/claim.h"

#include <stdio.h>

typedef enum {
  YUTU_TOKEN_WORD,   ///< a word of the word lists
  YUTU_TOKEN_NAME,   ///< a gazetteer name; `entity` says which (the likeliest where several share the name)
  YUTU_TOKEN_NUMBER, ///< digits with separators, Chinese numerals, fractions, ranges: 1.29, 3300, 三, 1/3, 25,627
  YUTU_TOKEN_LATIN,  ///< a run of Latin letters and digits: 5G, SprintRay
  YUTU_TOKEN_PUNCT,  ///< one punctuation mark
  YUTU_TOKEN_OTHER,  ///< a character that no list knows
} yutu_token_kind;

typedef struct {
  uint32_t begin, end;
  yutu_token_kind kind;
  yutu_word word;  ///< what the word lists say; zero when they say nothing
  uint32_t entity; ///< TOKEN_NAME: lexicon entity (yutu_lexicon_entity), else YUTU_NO_INDEX
  yutu_role role;  ///< TOKEN_NAME: by name, alias or weak name
} yutu_token;

enum {
  YUTU_MENTION_NESTED = 1,  ///< inside a longer mention: 深圳 in 深圳市福田区
  YUTU_MENTION_ANAPHOR = 2, ///< a generic word that stands for the entity: 该公司, 合作区, 双方, 三省一市
  YUTU_MENTION_TOPIC = 4,   ///< in a heading
};

/// A place in the text that means one entity, or several at once (沪苏浙皖, 双方).
typedef struct {
  uint32_t begin, end;
  const uint32_t *entities; ///< indexes into the document's entities
  uint32_t n_entities;      ///< at least 1
  yutu_class cls;           ///< of the first entity
  unsigned flags;
} yutu_mention;

typedef struct {
  uint32_t begin, end;
  uint32_t block;               ///< of the page
  uint32_t token, n_tokens;     ///< range in the document's tokens
  uint32_t mention, n_mentions; ///< range in the document's mentions, by begin, longer first; nested ones included
  bool heading;
  uint32_t section; ///< sentences under one heading share a number; the subject is carried within a section
} yutu_sentence;

/// An entity under construction; becomes a yutu_entity.
typedef struct {
  yutu_class cls;
  uint32_t ref;                ///< lexicon entity or YUTU_NO_INDEX
  yutu_slice name;             ///< canonical
  YUTU_VEC(yutu_slice) names;  ///< forms used in the text, distinct
  YUTU_VEC(yutu_slice) titles; ///< of a person: posts
  uint32_t n_mentions;
} yutu_thing;

typedef struct yutu_rules yutu_rules;

typedef struct {
  yutu_arena *arena;
  const yutu_lexicon *lexicon;
  const yutu_page *page;
  uint32_t begin, end; ///< the article's part of the page's text
  YUTU_VEC(yutu_sentence) sentences;
  YUTU_VEC(yutu_token) tokens;
  uint32_t *token_from; ///< for position begin + i: 1 + the token that begins there, 0: none
  uint32_t *token_to;   ///< the same for the token that ends there
  YUTU_VEC(yutu_mention) mentions;
  YUTU_VEC(yutu_thing) things;
  YUTU_VEC(yutu_claim) claims; ///< claim.sentence is an index into `sentences` here
  YUTU_VEC(yutu_region_link) links;
  yutu_slice title, author, section_name;
  int year, month, day; ///< the article's date as far as known, else 0: today of the text
} yutu_document;

/// Text of [begin, end) as UTF-8 in the arena.
yutu_slice yutu_document_text(const yutu_document *d, uint32_t begin, uint32_t end);

/// The code point at `at`, 0 beyond the end.
static inline uint32_t yutu_cp_at(const yutu_document *d, uint32_t at) {
  return at < d->page->text.n ? d->page->text.cp[at] : 0;
}

/// Append a claim (copied). Exact repeats (same kind, terms, sentence-independent) keep the better confidence and the
/// first sentence. Fields that do not belong to its kind must be zero (object, via: YUTU_NO_INDEX).
void yutu_document_claim(yutu_document *d, const yutu_claim *claim);

// ---- the steps, in order ----

void yutu_find_sentences(yutu_document *d);
void yutu_find_tokens(yutu_document *d); ///< lattice.c
void yutu_find_names(yutu_document *d);  ///< names.c …: mentions and things
void yutu_relate(yutu_document *d, const yutu_rules *const *rules, size_t n_rules, FILE *explain); ///< relate.c
void yutu_find_figures(yutu_document *d);                                                          ///< figures.c
void yutu_link_regions(yutu_document *d); ///< links.c: cooperations to region links

#endif
