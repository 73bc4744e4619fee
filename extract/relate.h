/// @file extract/relate.h  Inside of the relation step: what its files share.
#ifndef YUTU_EXTRACT_RELATE_H
#define YUTU_EXTRACT_RELATE_H

#include "extract/rules_match.h"

#include <stdio.h>

/// A claim that a rule draws from a sentence, before the claims of the sentence are weighed against each other.
typedef struct {
  yutu_claim claim;
  const yutu_match *match;
  const yutu_match *stronger; ///< the match that makes it void, or NULL
} yutu_finding;

/// The findings of one sentence. Kept in the document's arena.
typedef struct {
  YUTU_VEC(yutu_finding) at;
  uint32_t n_cues; ///< cues that stood in the sentence
  uint32_t n_matches;
} yutu_findings;

/// Draw the claims of a match: to `findings`; posts go to the person at once.
void yutu_draw_claims(yutu_view *view, const yutu_match *match, yutu_findings *findings);

/// Void the claims of vaguer rules where a more specific one speaks of the same pair, and cooperations that say less
/// than another one of the sentence.
void yutu_weigh_claims(yutu_findings *findings);

/// Does a negation stand before the match's cue?
bool yutu_match_negated(const yutu_match *match);

/// Is what the match says planned or hoped?
bool yutu_match_planned(const yutu_match *match);

/// Write what was found in a sentence and why.
void yutu_explain(FILE *out, const yutu_view *view, const yutu_findings *findings);

// ---- claims that follow from names, not from rules ----

/// locatedIn and affiliatedWith from names within names (重庆市璧山区X公司, 中国科学院X研究所) and from the gazetteer.
void yutu_relate_nested(yutu_document *d, const yutu_rules *grammar);

/// Cooperations of the regions whose letters begin a name: 深港科技创新合作区, 川渝通办.
void yutu_relate_letters(yutu_document *d, const yutu_rules *grammar);

/// The thing of a gazetteer's region, made when the article does not name it.
uint32_t yutu_region_thing(yutu_document *d, uint32_t entity);

#endif
