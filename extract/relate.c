// The rules over every sentence.
#include "extract/relate.h"

enum {
  REACH_MAX = 120,   ///< characters between the beginning of a match and its cue
  MATCHES_MAX = 256, ///< of one sentence
};

typedef struct {
  yutu_document *d;
  const yutu_rules *rules;
  yutu_view *view;
  yutu_findings *findings;
  uint32_t *tried;           ///< for each rule: 1 + place in the document where it was tried last
  yutu_match found;          ///< scratch
  uint32_t around;           ///< place that was looked at last
  const yutu_clause *clause; ///< there
  uint64_t after;            ///< classes of the mentions after it in the clause
} search;

static bool needs_met(const yutu_rule *rule, uint64_t classes) {
  for (unsigned i = 0; i < YUTU_RULE_NEEDS_MAX && rule->needs[i]; i++) {
    if (!(rule->needs[i] & classes))
      return false;
  }
  return true;
}

// Look at the clause around a place where cues stand: what is there for their rules?
static void look_around(search *x, uint32_t at) {
  if (x->around == at)
    return;
  x->around = at;
  x->clause = yutu_clause_at(x->view, at);
  x->after = 0;
  for (uint32_t i = x->view->n_items; i; i--) {
    const yutu_item *item = &x->view->items[i - 1];
    if (item->begin < at)
      break;
    if (!item->inner && (!x->clause || item->begin < x->clause->end))
      x->after |= 1ull << yutu_view_mention(x->view, i - 1)->cls;
  }
}

// Can the rule match with its cue at x->around?
static bool promising(const search *x, const yutu_rule *rule) {
  if (!needs_met(rule, x->view->classes))
    return false;
  if (rule->across)
    return true;
  if (rule->subject_mask && !(x->clause && (x->clause->subject.classes & rule->subject_mask)))
    return false;
  return rule->first != YUTU_FIRST_CUE || rule->inner || needs_met(rule, x->after);
}

// Try from one place; take the claims.
static bool try_at(search *x, const yutu_rule *rule, uint32_t at, uint32_t cue) {
  if (x->findings->n_matches >= MATCHES_MAX || !yutu_rule_match(x->rules, rule, x->view, at, cue, &x->found) ||
      !yutu_match_conditions(&x->found))
    return false;
  x->findings->n_matches++;
  if (yutu_match_negated(&x->found))
    return true;
  yutu_match *match = YUTU_NEW(x->d->arena, yutu_match);
  *match = x->found;
  yutu_draw_claims(x->view, match, x->findings);
  return true;
}

static bool item_begins(const search *x, const yutu_rule *rule, uint32_t i) {
  const yutu_item *item = &x->view->items[i];
  if (item->inner)
    return rule->inner;
  return (rule->first_mask >> yutu_view_mention(x->view, i)->cls & 1) && (item->first || !rule->first_list);
}

// How far before the cue a match can begin.
static uint32_t leftmost(const search *x, const yutu_rule *rule, uint32_t cue) {
  const yutu_clause *c = rule->across ? NULL : yutu_clause_at(x->view, cue);
  const uint32_t reach = cue > REACH_MAX ? cue - REACH_MAX : 0;
  return c && c->begin > reach ? c->begin : reach;
}

// From the mention before the cue backwards: the nearest that fits is meant.
static void try_mentions(search *x, const yutu_rule *rule, uint32_t cue) {
  const yutu_view *v = x->view;
  const uint32_t left = leftmost(x, rule, cue);
  for (uint32_t i = v->n_items; i; i--) {
    const yutu_item *item = &v->items[i - 1];
    if (item->from > cue || !item_begins(x, rule, i - 1))
      continue;
    if (item->from < left || try_at(x, rule, item->from, cue))
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

static void try_anywhere(search *x, const yutu_rule *rule, uint32_t cue) {
  const yutu_view *v = x->view;
  const uint32_t left = leftmost(x, rule, cue);
  for (uint32_t at = cue + 1; at > left; at--) {
    if ((rule->first_characters & yutu_rules_first_bit(v->masked[at - 1])) && try_at(x, rule, at - 1, cue))
      return;
  }
}

static void try_rule(search *x, uint32_t number, uint32_t cue) {
  const yutu_rule *rule = (const yutu_rule *)yutu_rules_at(x->rules, YUTU_RULES_RULES) + number;
  const uint32_t place = x->view->s->begin + cue + 1;
  if (x->tried[number] == place)
    return;
  x->tried[number] = place;
  look_around(x, cue);
  if (!promising(x, rule))
    return;
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
    try_anywhere(x, rule, cue);
    break;
  }
}

// 发布 is none in 开发|布局, 有 is none in 没有; but 出台 is one in 先后出台.
static bool whole_words(const yutu_view *v, uint32_t begin, uint32_t end) {
  const bool left = yutu_word_begins(v, begin), right = yutu_word_begins(v, end);
  return end - begin > 1 ? left || right : left && right;
}

static void try_cue(search *x, const yutu_cue *cue, uint32_t at) {
  const yutu_view *v = x->view;
  const yutu_rule_literal l = ((const yutu_rule_literal *)yutu_rules_at(x->rules, YUTU_RULES_LITERALS))[cue->literal];
  const uint32_t *text = (const uint32_t *)yutu_rules_at(x->rules, YUTU_RULES_TEXT) + l.text;
  uint32_t k = 0;
  while (k < l.n && v->masked[at + k] == text[k]) // ends at the 0 behind the sentence
    k++;
  if (k < l.n || !whole_words(v, at, at + l.n))
    return;
  x->findings->n_cues++;
  const uint32_t *rules = (const uint32_t *)yutu_rules_at(x->rules, YUTU_RULES_CUE_RULES) + cue->rule;
  for (uint32_t r = 0; r < cue->n_rules; r++)
    try_rule(x, rules[r], at);
}

// Rules whose cue stands in the sentence.
static void try_cues(search *x) {
  const uint32_t *slots = yutu_rules_at(x->rules, YUTU_RULES_CUE_SLOTS);
  const yutu_cue *cues = yutu_rules_at(x->rules, YUTU_RULES_CUES);
  const yutu_view *v = x->view;
  for (uint32_t at = 0; at < v->n; at++) {
    if (v->masked[at] == 0)
      continue;
    const uint32_t one = yutu_rules_cue_slot(v->masked[at], 0);
    const uint32_t two = yutu_rules_cue_slot(v->masked[at], v->masked[at + 1]);
    for (uint32_t i = slots[one]; i < slots[one + 1]; i++)
      try_cue(x, &cues[i], at);
    for (uint32_t i = slots[two]; i < slots[two + 1] && two != one; i++)
      try_cue(x, &cues[i], at);
  }
}

static void try_cueless(search *x) {
  const uint32_t *cueless = yutu_rules_at(x->rules, YUTU_RULES_CUELESS);
  for (uint32_t i = 0; i < yutu_rules_count(x->rules, YUTU_RULES_CUELESS); i++) {
    const yutu_rule *rule = (const yutu_rule *)yutu_rules_at(x->rules, YUTU_RULES_RULES) + cueless[i];
    if (!needs_met(rule, x->view->classes))
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
  search *searches = YUTU_NEW_ARRAY(d->arena, search, n_rules);
  for (size_t r = 0; r < n_rules; r++) {
    searches[r] = (search){.d = d, .rules = rules[r], .view = view};
    searches[r].tried = YUTU_NEW_ARRAY(d->arena, uint32_t, yutu_rules_count(rules[r], YUTU_RULES_RULES) + 1);
  }
  for (uint32_t i = 0; i < d->sentences.n; i++) {
    yutu_findings findings = {0};
    yutu_view_fill(view, &d->sentences.at[i]);
    if (view->n_items) {
      yutu_find_clauses(view, &carry);
      for (size_t r = 0; r < n_rules; r++) {
        search *x = &searches[r];
        x->findings = &findings;
        x->around = YUTU_NOWHERE;
        try_cues(x);
        try_cueless(x);
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
