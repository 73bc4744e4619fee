/// @file extract/rules_match.h  Matching one rule at one place of a sentence.
#ifndef YUTU_EXTRACT_RULES_MATCH_H
#define YUTU_EXTRACT_RULES_MATCH_H

#include "extract/view.h"

enum {
  YUTU_MATCH_STEPS_MAX = 3000, ///< instructions of one try; a pattern that needs more does not match
  YUTU_MATCH_DEPTH_MAX = 400,  ///< open choices
};

/// What a variable stands for.
typedef struct {
  bool bound;
  uint32_t begin, end;         ///< positions in the sentence; of the subject: YUTU_NOWHERE
  uint32_t item;               ///< first item, or YUTU_NOWHERE
  uint32_t count;              ///< items of its list that are meant
  uint64_t mask;               ///< classes that are meant
  const yutu_subject *subject; ///< of a carried or own subject, else NULL
} yutu_binding;

typedef struct {
  const yutu_rules *rules;
  const yutu_rule *rule;
  const yutu_view *view;
  yutu_binding bindings[YUTU_RULE_SLOTS_MAX];
  uint32_t begin, end;         ///< positions in the sentence
  uint32_t cue_begin, cue_end; ///< YUTU_NOWHERE without a cue
  uint32_t chars;              ///< characters matched by literals and sets
} yutu_match;

/// Try a rule from position `at`, with its cue at `cue` (YUTU_NOWHERE: it has none).
bool yutu_rule_match(const yutu_rules *rules, const yutu_rule *rule, const yutu_view *view, uint32_t at, uint32_t cue,
                     yutu_match *ret);

enum { YUTU_BINDING_ENTITIES_MAX = 64 };

/// The entities that a variable stands for, distinct, in the order of the text. @return how many
uint32_t yutu_binding_entities(const yutu_view *view, const yutu_binding *binding,
                               uint32_t ret[YUTU_BINDING_ENTITIES_MAX]);

/// Do the rule's `where` conditions hold?
bool yutu_match_conditions(const yutu_match *match);

#endif
