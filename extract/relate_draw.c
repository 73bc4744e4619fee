// From a match to claims: who, what, how sure, planned or not, when.
#include "extract/relate.h"

#include <string.h>

static const double CONFIDENCE_ANAPHOR = 0.93, CONFIDENCE_HEADING = 0.95;

enum {
  NEGATION_REACH = 4, ///< characters before the cue in which a negation counts
  PLANNED_REACH = 90, ///< and words of planning
};

// ---- how it is said ----

bool yutu_match_negated(const yutu_match *m) {
  if (m->cue_begin == YUTU_NOWHERE)
    return false;
  const yutu_view *v = m->view;
  const uint32_t cue = m->cue_begin, from = cue > NEGATION_REACH ? cue - NEGATION_REACH : 0;
  for (uint32_t at = from; at < cue; at++) {
    const uint32_t n = yutu_view_grammar(v, YUTU_GRAMMAR_NEGATION, at);
    if (n && at + n <= cue && (n > 1 || at + 1 == cue)) // 不 alone must touch the verb: 不断推出 is none
      return true;
  }
  return false;
}

// Where the saying begins that the cue belongs to: at its subject, at most some clauses before.
static uint32_t saying_begin(const yutu_match *m) {
  const yutu_view *v = m->view;
  const yutu_clause *c = yutu_clause_at(v, m->cue_begin);
  uint32_t begin = c ? c->begin : 0;
  while (c && c > v->clauses && !c->own && c->subject.n && c[-1].end < v->n && v->masked[c[-1].end] == 0xFF0C &&
         m->cue_begin - c[-1].begin <= PLANNED_REACH) {
    c--;
    begin = c->begin;
  }
  return begin < m->begin ? begin : m->begin;
}

bool yutu_match_planned(const yutu_match *m) {
  if (m->cue_begin == YUTU_NOWHERE)
    return false;
  for (uint32_t at = saying_begin(m); at < m->cue_end; at++) {
    if (yutu_view_grammar(m->view, YUTU_GRAMMAR_PLANNED, at))
      return true;
  }
  return false;
}

static bool is_anaphor(const yutu_view *v, const yutu_binding *b) {
  return b->item != YUTU_NOWHERE && (yutu_view_mention(v, b->item)->flags & YUTU_MENTION_ANAPHOR);
}

static double confidence_of(const yutu_match *m) {
  double confidence = m->rule->confidence / 1000.0;
  for (uint32_t i = 0; i < m->rule->n_slots; i++) {
    const yutu_binding *b = &m->bindings[i];
    if (!b->bound)
      continue;
    if (b->subject)
      confidence *= b->subject->factor;
    if (is_anaphor(m->view, b))
      confidence *= CONFIDENCE_ANAPHOR;
  }
  return m->view->s->heading ? confidence * CONFIDENCE_HEADING : confidence;
}

// ---- claims ----

typedef struct {
  yutu_document *d;
  const yutu_match *m;
  yutu_findings *findings;
  yutu_claim claim; ///< what all claims of the match share
} drawing;

static void find(drawing *x, const yutu_claim *claim) {
  *YUTU_PUSH(x->d->arena, &x->findings->at) = (yutu_finding){.claim = *claim, .match = x->m};
}

static void draw_relation(drawing *x, const yutu_emit *e) {
  uint32_t subjects[YUTU_BINDING_ENTITIES_MAX], objects[YUTU_BINDING_ENTITIES_MAX];
  const yutu_binding *a = &x->m->bindings[e->a], *b = &x->m->bindings[e->b];
  if (!a->bound || !b->bound)
    return;
  const uint32_t n = yutu_binding_entities(x->m->view, a, subjects), k = yutu_binding_entities(x->m->view, b, objects);
  yutu_claim c = x->claim;
  c.kind = YUTU_CLAIM_RELATION;
  c.predicate = (yutu_property)e->property;
  c.via = YUTU_NO_INDEX;
  for (uint32_t i = 0; i < n; i++) {
    for (uint32_t j = 0; j < k; j++) {
      c.subject = subjects[i];
      c.object = objects[j];
      if (c.subject != c.object &&
          yutu_property_allows(c.predicate, x->d->things.at[c.subject].cls, x->d->things.at[c.object].cls))
        find(x, &c);
    }
  }
}

// Adds those of a slot who can cooperate. @return how many there are now
static uint32_t add_participants(const drawing *x, uint32_t slot, uint32_t *all, uint32_t n) {
  const yutu_document *d = x->d;
  uint32_t some[YUTU_BINDING_ENTITIES_MAX];
  if (!x->m->bindings[slot].bound)
    return n;
  const uint32_t count = yutu_binding_entities(x->m->view, &x->m->bindings[slot], some);
  for (uint32_t i = 0; i < count && n < YUTU_BINDING_ENTITIES_MAX; i++) {
    bool known = false;
    for (uint32_t k = 0; k < n && !known; k++)
      known = all[k] == some[i];
    if (!known &&
        yutu_property_allows(YUTU_PROPERTY_COOPERATES_WITH, d->things.at[some[i]].cls, d->things.at[some[i]].cls))
      all[n++] = some[i];
  }
  return n;
}

static void find_cooperation(drawing *x, const yutu_emit *e, const uint32_t *all, uint32_t n) {
  const yutu_document *d = x->d;
  uint32_t some[YUTU_BINDING_ENTITIES_MAX];
  if (n < 2)
    return;
  uint32_t *participants = YUTU_NEW_ARRAY(d->arena, uint32_t, n);
  memcpy(participants, all, n * sizeof *all);
  yutu_claim c = x->claim;
  c.kind = YUTU_CLAIM_COOPERATION;
  c.participants = participants;
  c.n_participants = n;
  c.subject = c.object = c.via = YUTU_NO_INDEX;
  if (e->b != YUTU_RULES_NONE && x->m->bindings[e->b].bound &&
      yutu_binding_entities(x->m->view, &x->m->bindings[e->b], some) > 0)
    c.via = some[0];
  for (uint32_t i = 0; i < n; i++) {
    if (participants[i] == c.via)
      return;
  }
  find(x, &c);
}

static void draw_cooperation(drawing *x, const yutu_emit *e) {
  uint32_t all[YUTU_BINDING_ENTITIES_MAX], others[YUTU_BINDING_ENTITIES_MAX], n = 0;
  for (uint32_t slot = 0; slot < x->m->rule->n_slots; slot++) {
    if (e->a >> slot & 1)
      n = add_participants(x, slot, all, n);
  }
  if (e->with == YUTU_RULES_NONE) {
    find_cooperation(x, e, all, n);
    return;
  }
  const uint32_t n_others = add_participants(x, e->with, others, 0);
  for (uint32_t i = 0; i < n; i++) {
    for (uint32_t k = 0; k < n_others; k++) {
      if (all[i] != others[k])
        find_cooperation(x, e, (const uint32_t[]){all[i], others[k]}, 2);
    }
  }
}

static void draw_title(drawing *x, const yutu_emit *e) {
  uint32_t persons[YUTU_BINDING_ENTITIES_MAX];
  const yutu_view *v = x->m->view;
  const yutu_binding *p = &x->m->bindings[e->a];
  if (!p->bound || !yutu_binding_entities(v, p, persons))
    return;
  yutu_slice title = {0};
  if (e->b == YUTU_RULES_NONE)
    title = yutu_rules_string(x->m->rules, e->text);
  else if (x->m->bindings[e->b].bound)
    title = yutu_document_text(x->d, v->s->begin + x->m->bindings[e->b].begin, v->s->begin + x->m->bindings[e->b].end);
  yutu_thing *person = &x->d->things.at[persons[0]];
  for (uint32_t i = 0; i < person->titles.n; i++) {
    if (yutu_slice_eq(person->titles.at[i], title))
      return;
  }
  if (title.len && person->cls == YUTU_CLASS_PERSON)
    *YUTU_PUSH(x->d->arena, &person->titles) = title;
}

void yutu_draw_claims(yutu_view *view, const yutu_match *m, yutu_findings *findings) {
  yutu_document *d = view->d;
  drawing x = {.d = d, .m = m, .findings = findings};
  x.claim = (yutu_claim){.sentence = (uint32_t)(m->view->s - d->sentences.at),
                         .confidence = confidence_of(m),
                         .rule = yutu_rules_string(m->rules, m->rule->name)};
  x.claim.modality = yutu_match_planned(m) ? YUTU_MODALITY_PLANNED : YUTU_MODALITY_STATED;
  x.claim.date = yutu_date_of(view, m->cue_begin == YUTU_NOWHERE ? m->begin : m->cue_begin);
  const yutu_emit *emits = (const yutu_emit *)yutu_rules_at(m->rules, YUTU_RULES_EMITS) + m->rule->emit;
  for (uint32_t i = 0; i < m->rule->n_emits; i++) {
    switch ((yutu_emit_kind)emits[i].kind) {
    case YUTU_EMIT_RELATION:
      draw_relation(&x, &emits[i]);
      break;
    case YUTU_EMIT_COOPERATION:
      draw_cooperation(&x, &emits[i]);
      break;
    default:
      draw_title(&x, &emits[i]);
      break;
    }
  }
}

// ---- weighing ----

static bool same_pair(const yutu_claim *a, const yutu_claim *b) {
  return a->kind == YUTU_CLAIM_RELATION && b->kind == YUTU_CLAIM_RELATION && a->predicate != b->predicate &&
         a->subject == b->subject && a->object == b->object;
}

static bool cues_overlap(const yutu_match *a, const yutu_match *b) {
  return a->cue_begin != YUTU_NOWHERE && b->cue_begin != YUTU_NOWHERE && a->cue_begin < b->cue_end &&
         b->cue_begin < a->cue_end;
}

// The rule with the higher priority; of the same words, the one that read more of them.
static bool stronger(const yutu_match *a, const yutu_match *b) {
  if (a->rule->priority != b->rule->priority)
    return a->rule->priority > b->rule->priority;
  return cues_overlap(a, b) && a->chars > b->chars;
}

static bool participates(const yutu_claim *c, uint32_t entity) {
  for (uint32_t i = 0; i < c->n_participants; i++) {
    if (c->participants[i] == entity)
      return true;
  }
  return false;
}

// The same or fewer who cooperate, and nothing that they do it through: the other claim says it better.
static bool says_less(const yutu_claim *a, const yutu_claim *b) {
  if (a->kind != YUTU_CLAIM_COOPERATION || b->kind != YUTU_CLAIM_COOPERATION || a->n_participants > b->n_participants ||
      (a->n_participants == b->n_participants && b->via == YUTU_NO_INDEX) ||
      (a->via != YUTU_NO_INDEX && a->via != b->via))
    return false;
  for (uint32_t i = 0; i < a->n_participants; i++) {
    if (!participates(b, a->participants[i]))
      return false;
  }
  return a->n_participants < b->n_participants || a->via == YUTU_NO_INDEX;
}

void yutu_weigh_claims(yutu_findings *findings) {
  for (uint32_t i = 0; i < findings->at.n; i++) {
    yutu_finding *weak = &findings->at.at[i];
    for (uint32_t k = 0; k < findings->at.n && !weak->stronger; k++) {
      const yutu_finding *strong = &findings->at.at[k];
      if ((same_pair(&weak->claim, &strong->claim) && stronger(strong->match, weak->match)) ||
          says_less(&weak->claim, &strong->claim))
        weak->stronger = strong->match;
    }
  }
}
