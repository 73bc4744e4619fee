// The rules over every sentence.
#include "extract/relate.h"

enum {
  REACH_MAX = 120,       ///< characters between the beginning of a match and its cue
  MATCHES_MAX = 256,     ///< of one sentence
};

typedef struct {
  yutu_document *d;
  const yutu_rules *rules;
  const yutu_view *view;
  yutu_findings *findings;
  uint32_t *tried; ///< for each rule: 1 + place in the document where it was tried last
} search;

static bool needs_met(const search *x, const yutu_rule *rule) {
  for (unsigned i = 0; i < YUTU_RULE_NEEDS_MAX && rule->needs[i]; i++) {
    if (!(rule->needs[i] & x->view->classes))
      return false;
  }
  return true;
}

// Try from one place; take the claims.
static bool try_at(search *x, const yutu_rule *rule, uint32_t at, uint32_t cue) {
  yutu_match found;
  if (x->findings->n_matches >= MATCHES_MAX || !yutu_rule_match(x->rules, rule, x->view, at, cue, &found) ||
      !yutu_match_conditions(&found))
    return false;
  x->findings->n_matches++;
  if (yutu_match_negated(&found))
    return true;
  yutu_match *match = YUTU_NEW(x->d->arena, yutu_match);
  *match = found;
  yutu_draw_claims(x->d, match, x->findings);
  return true;
}

static bool item_begins(const search *x, const yutu_rule *rule, uint32_t i) {
  const yutu_item *item = &x->view->items[i];
  if (item->inner)
    return rule->inner;
  return (rule->first_mask >> yutu_view_mention(x->view, i)->cls & 1) && (item->first || !rule->first_list);
}

// From the mention before the cue backwards: the nearest that fits is meant.
static void try_mentions(search *x, const yutu_rule *rule, uint32_t cue) {
  const yutu_view *v = x->view;
  for (uint32_t i = v->n_items; i; i--) {
    const yutu_item *item = &v->items[i - 1];
    if (item->from > cue || !item_begins(x, rule, i - 1))
      continue;
    if (cue - item->from > REACH_MAX || try_at(x, rule, item->from, cue))
      return;
  }
}

static void try_clauses(search *x, const yutu_rule *rule, uint32_t cue) {
  const yutu_view *v = x->view;
  for (uint32_t i = v->n_clauses; i; i--) {
    uint32_t at = v->clauses[i - 1].begin;
    if (at > cue)
      continue;
    if (cue - at > REACH_MAX || try_at(x, rule, at, cue))
      return;
    if (yutu_is_opening(v->masked[at]) && try_at(x, rule, at + 1, cue))
      return;
  }
}

static void try_rule(search *x, uint32_t number, uint32_t cue) {
  const yutu_rule *rule = (const yutu_rule *)yutu_rules_at(x->rules, YUTU_RULES_RULES) + number;
  const uint32_t place = x->view->s->begin + cue + 1;
  if (x->tried[number] == place || !needs_met(x, rule))
    return;
  x->tried[number] = place;
  switch ((yutu_first)rule->first) {
  case YUTU_FIRST_CUE:
    (void)try_at(x, rule, cue, cue);
    break;
  case YUTU_FIRST_MENTION:
    try_mentions(x, rule, cue);
    break;
  case YUTU_FIRST_CLAUSE:
    try_clauses(x, rule, cue);
    break;
  case YUTU_FIRST_ANY:
    for (uint32_t back = 0; back <= cue && back <= REACH_MAX; back++) {
      if (try_at(x, rule, cue - back, cue))
        return;
    }
    break;
  }
}

// 发布 is none in 开发|布局, 有 is none in 没有; but 出台 is one in 先后出台.
static bool whole_words(const yutu_view *v, uint32_t begin, uint32_t end) {
  const bool left = yutu_word_begins(v, begin), right = yutu_word_begins(v, end);
  return end - begin > 1 ? left || right : left && right;
}

// Rules whose cue stands in the sentence.
static void try_cues(search *x) {
  const uint32_t *slots = yutu_rules_at(x->rules, YUTU_RULES_CUE_SLOTS);
  const yutu_cue *cues = yutu_rules_at(x->rules, YUTU_RULES_CUES);
  const yutu_rule_literal *literals = yutu_rules_at(x->rules, YUTU_RULES_LITERALS);
  const uint32_t *text = yutu_rules_at(x->rules, YUTU_RULES_TEXT);
  const yutu_view *v = x->view;
  for (uint32_t at = 0; at < v->n; at++) {
    if (v->masked[at] == 0)
      continue;
    const uint32_t slot = yutu_rules_cue_slot(v->masked[at]);
    for (uint32_t i = slots[slot]; i < slots[slot + 1]; i++) {
      const yutu_rule_literal l = literals[cues[i].literal];
      uint32_t k = 0;
      while (k < l.n && at + k < v->n && v->masked[at + k] == text[l.text + k])
        k++;
      if (k < l.n || !whole_words(v, at, at + l.n))
        continue;
      x->findings->n_cues++;
      try_rule(x, cues[i].rule, at);
    }
  }
}

static void try_cueless(search *x) {
  const uint32_t *cueless = yutu_rules_at(x->rules, YUTU_RULES_CUELESS);
  for (uint32_t i = 0; i < yutu_rules_count(x->rules, YUTU_RULES_CUELESS); i++) {
    const yutu_rule *rule = (const yutu_rule *)yutu_rules_at(x->rules, YUTU_RULES_RULES) + cueless[i];
    if (!needs_met(x, rule))
      continue;
    for (uint32_t k = 0; k < x->view->n_items; k++) {
      if (item_begins(x, rule, k))
        (void)try_at(x, rule, x->view->items[k].from, YUTU_NOWHERE);
    }
  }
}

void yutu_relate(yutu_document *d, const yutu_rules *const *rules, size_t n_rules, FILE *explain) {
  if (!n_rules)
    return;
  yutu_view *view = yutu_view_new(d, rules[0]);
  yutu_carry carry = {0};
  uint32_t **tried = YUTU_NEW_ARRAY(d->arena, uint32_t *, n_rules);
  for (size_t r = 0; r < n_rules; r++)
    tried[r] = YUTU_NEW_ARRAY(d->arena, uint32_t, yutu_rules_count(rules[r], YUTU_RULES_RULES) + 1);
  for (uint32_t i = 0; i < d->sentences.n; i++) {
    yutu_findings findings = {0};
    yutu_view_fill(view, &d->sentences.at[i]);
    if (view->n_items) {
      yutu_find_clauses(view, &carry);
      for (size_t r = 0; r < n_rules; r++) {
        search x = {.d = d, .rules = rules[r], .view = view, .findings = &findings, .tried = tried[r]};
        try_cues(&x);
        try_cueless(&x);
      }
      yutu_weigh_claims(&findings);
      for (uint32_t k = 0; k < findings.at.n; k++) {
        if (!findings.at.at[k].stronger)
          yutu_document_claim(d, &findings.at.at[k].claim);
      }
    }
    if (explain)
      yutu_explain(explain, view, &findings);
  }
  yutu_relate_nested(d, rules[0]);
  yutu_relate_letters(d, rules[0]);
}
