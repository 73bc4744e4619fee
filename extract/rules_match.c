// A backtracking matcher over compiled patterns. Every choice that stays open is a call; steps and depth are bounded.
#include "extract/rules_match.h"

typedef struct {
  yutu_match *m;
  const yutu_instruction *code;
  const yutu_rule_literal *literals;
  const uint32_t *text;
  const uint64_t *masks;
  uint32_t cue; ///< where the cue must stand
  uint32_t steps;
  uint32_t depth;
} matcher;

static bool run(matcher *x, uint32_t pc, uint32_t at, uint32_t chars);

static bool choice(matcher *x, uint32_t pc, uint32_t at, uint32_t chars) {
  if (x->depth == YUTU_MATCH_DEPTH_MAX)
    return false;
  x->depth++;
  const bool matched = run(x, pc, at, chars);
  x->depth--;
  return matched;
}

static uint32_t literal_end(const matcher *x, uint32_t literal, uint32_t at) {
  const yutu_view *v = x->m->view;
  const yutu_rule_literal l = x->literals[literal];
  if (l.n > v->n - at)
    return YUTU_NOWHERE;
  for (uint32_t i = 0; i < l.n; i++) {
    if (v->masked[at + i] != x->text[l.text + i])
      return YUTU_NOWHERE;
  }
  return at + l.n;
}

static void note_cue(matcher *x, uint32_t pc, uint32_t at, uint32_t end) {
  if (pc == x->m->rule->cue) {
    x->m->cue_begin = at;
    x->m->cue_end = end;
  }
}

static bool run_set(matcher *x, uint32_t pc, uint32_t at, uint32_t chars) {
  const yutu_view *v = x->m->view;
  const uint32_t room = v->n - at;
  for (uint32_t n = yutu_rules_set_at(x->m->rules, x->code[pc].a, v->masked + at, room, room); n;
       n = yutu_rules_set_at(x->m->rules, x->code[pc].a, v->masked + at, room, n - 1)) {
    note_cue(x, pc, at, at + n);
    if (choice(x, pc + 1, at + n, chars + n))
      return true;
  }
  return false;
}

static bool run_gap(matcher *x, uint32_t pc, uint32_t at, uint32_t chars) {
  const yutu_view *v = x->m->view;
  const yutu_instruction *i = &x->code[pc];
  for (uint32_t here = at; here != YUTU_NOWHERE && here - at <= i->a; here = yutu_gap_step(v, (yutu_gap)i->b, here)) {
    if (choice(x, pc + 1, here, chars))
      return true;
    if (++x->steps > YUTU_MATCH_STEPS_MAX ||
        (i->c != YUTU_RULES_NONE && here < v->n &&
         yutu_rules_set_at(x->m->rules, i->c, v->masked + here, v->n - here, v->n - here)))
      return false;
  }
  return false;
}

static bool class_fits(const yutu_view *v, uint32_t item, uint64_t mask) {
  return mask >> yutu_view_mention(v, item)->cls & 1;
}

static bool bind_item(matcher *x, uint32_t pc, uint32_t item, uint32_t count, uint32_t at, uint32_t end,
                      uint32_t chars) {
  const yutu_instruction *i = &x->code[pc];
  if (i->b == YUTU_RULES_NONE)
    return choice(x, pc + 1, end, chars);
  yutu_binding *b = &x->m->bindings[i->b];
  const yutu_binding before = *b;
  *b = (yutu_binding){.bound = true, .begin = at, .end = end, .item = item, .count = count, .mask = x->masks[i->a]};
  if (choice(x, pc + 1, end, chars))
    return true;
  *b = before;
  return false;
}

// The list up to its `count`-th item; the last one may be followed by 等八部门.
static bool run_items(matcher *x, uint32_t pc, uint32_t item, uint32_t count, uint32_t at, uint32_t chars) {
  const yutu_view *v = x->m->view;
  const uint32_t last = yutu_list_item(v, item, count - 1);
  if (v->items[last].next == YUTU_NOWHERE) {
    uint32_t tails[YUTU_TAILS_MAX];
    const uint32_t n = yutu_list_tails(v, last, tails);
    for (uint32_t k = 0; k < n; k++) {
      if (bind_item(x, pc, item, count, at, tails[k], chars))
        return true;
    }
  } else if (bind_item(x, pc, item, count, at, v->items[last].to, chars)) {
    return true;
  }
  return v->items[last].to > v->items[last].end && bind_item(x, pc, item, count, at, v->items[last].end, chars);
}

static bool run_inner(matcher *x, uint32_t pc, uint32_t at, uint32_t chars) {
  const yutu_view *v = x->m->view;
  for (uint32_t i = 0; i < v->n_items; i++) {
    if (v->items[i].inner && v->items[i].begin == at && class_fits(v, i, x->masks[x->code[pc].a]) &&
        bind_item(x, pc, i, 1, at, v->items[i].end, chars))
      return true;
  }
  return false;
}

static bool run_mention(matcher *x, uint32_t pc, uint32_t at, uint32_t chars) {
  const yutu_view *v = x->m->view;
  const yutu_instruction *i = &x->code[pc];
  const uint64_t mask = x->masks[i->a];
  const uint32_t begin = at + 1 < v->n && yutu_is_opening(v->masked[at]) && v->masked[at] != 0xFF08 ? at + 1 : at;
  if (at < v->n && (v->item_at[at] || v->item_at[begin])) { // “A+B”: the quote opens the list
    const uint32_t item = (v->item_at[at] ? v->item_at[at] : v->item_at[begin]) - 1;
    if (class_fits(v, item, mask)) {
      const uint32_t most = i->c & YUTU_MENTION_LIST ? yutu_list_length(v, item) : 1;
      for (uint32_t count = most; count; count--) {
        if (run_items(x, pc, item, count, at, chars))
          return true;
      }
    }
  }
  return (i->c & YUTU_MENTION_ALSO_INNER) && run_inner(x, pc, at, chars);
}

static bool run_subject(matcher *x, uint32_t pc, uint32_t at, uint32_t chars) {
  const yutu_view *v = x->m->view;
  const yutu_clause *c = yutu_clause_at(v, at);
  const yutu_instruction *i = &x->code[pc];
  const uint64_t mask = x->masks[i->a];
  const yutu_subject *subject = i->c ? &v->topic : c ? &c->subject : NULL;
  if (!subject || !subject->n || !(subject->classes & mask) || (!i->c && c->own && subject->end > v->s->begin + at))
    return false;
  yutu_binding *b = &x->m->bindings[i->b];
  const yutu_binding before = *b;
  *b = (yutu_binding){.bound = true,
                      .begin = YUTU_NOWHERE,
                      .end = YUTU_NOWHERE,
                      .item = YUTU_NOWHERE,
                      .mask = mask,
                      .subject = subject};
  if (choice(x, pc + 1, at, chars))
    return true;
  *b = before;
  return false;
}

// A name within the one that the other variable stands for; the first that fits.
static bool run_inside(matcher *x, uint32_t pc, uint32_t at, uint32_t chars) {
  const yutu_view *v = x->m->view;
  const yutu_instruction *i = &x->code[pc];
  const yutu_binding *outer = &x->m->bindings[i->c];
  if (!outer->bound || outer->item == YUTU_NOWHERE)
    return false;
  const yutu_item *whole = &v->items[outer->item];
  for (uint32_t k = 0; k < v->n_items; k++) {
    if (!v->items[k].inner || v->items[k].begin < whole->begin || v->items[k].end > whole->end ||
        !class_fits(v, k, x->masks[i->a]))
      continue;
    yutu_binding *b = &x->m->bindings[i->b];
    const yutu_binding before = *b;
    *b = (yutu_binding){.bound = true,
                        .begin = v->items[k].begin,
                        .end = v->items[k].end,
                        .item = k,
                        .count = 1,
                        .mask = x->masks[i->a]};
    if (choice(x, pc + 1, at, chars))
      return true;
    *b = before;
  }
  return false;
}

static bool bind_words(matcher *x, uint32_t pc, uint32_t at, uint32_t end, uint32_t chars) {
  const yutu_instruction *i = &x->code[pc];
  if (i->b == YUTU_RULES_NONE)
    return choice(x, pc + 1, end, chars);
  yutu_binding *b = &x->m->bindings[i->b];
  const yutu_binding before = *b;
  *b = (yutu_binding){.bound = true, .begin = at, .end = end, .item = YUTU_NOWHERE};
  if (choice(x, pc + 1, end, chars))
    return true;
  *b = before;
  return false;
}

// Of several posts (局长、党组书记、市长) the last ones may belong to what follows: all, then fewer.
static bool run_atom(matcher *x, uint32_t pc, uint32_t at, uint32_t chars) {
  const yutu_view *v = x->m->view;
  uint32_t end = yutu_atom_end(v, (yutu_atom)x->code[pc].a, at);
  if (end == YUTU_NOWHERE)
    return false;
  while (end > at) {
    if (bind_words(x, pc, at, end, chars))
      return true;
    if (x->code[pc].a != YUTU_ATOM_TITLE)
      return false;
    do
      end--;
    while (end > at && v->masked[end] != 0x3001); // 、
  }
  return false;
}

static bool run(matcher *x, uint32_t pc, uint32_t at, uint32_t chars) {
  for (;;) {
    if (++x->steps > YUTU_MATCH_STEPS_MAX || at > x->m->view->n)
      return false;
    const yutu_instruction *i = &x->code[pc];
    if (pc == x->m->rule->cue && x->cue != YUTU_NOWHERE && at != x->cue)
      return false;
    switch ((yutu_op)i->op) {
    case YUTU_OP_MATCH:
      x->m->end = at;
      x->m->chars = chars;
      return true;
    case YUTU_OP_LITERAL: {
      const uint32_t end = literal_end(x, i->a, at);
      if (end == YUTU_NOWHERE)
        return false;
      note_cue(x, pc, at, end);
      chars += end - at;
      at = end;
      pc++;
      break;
    }
    case YUTU_OP_ASSERT:
      if (!yutu_assert_holds(x->m->view, (yutu_assert)i->a, at))
        return false;
      pc++;
      break;
    case YUTU_OP_JUMP:
      pc = i->a;
      break;
    case YUTU_OP_SPLIT:
      if (choice(x, i->a, at, chars))
        return true;
      pc = i->b;
      break;
    case YUTU_OP_SET:
      return run_set(x, pc, at, chars);
    case YUTU_OP_MENTION:
      return run_mention(x, pc, at, chars);
    case YUTU_OP_SUBJECT:
      return run_subject(x, pc, at, chars);
    case YUTU_OP_INSIDE:
      return run_inside(x, pc, at, chars);
    case YUTU_OP_GAP:
      return run_gap(x, pc, at, chars);
    case YUTU_OP_ATOM:
      return run_atom(x, pc, at, chars);
    default:
      return false;
    }
  }
}

bool yutu_rule_match(const yutu_rules *rules, const yutu_rule *rule, const yutu_view *view, uint32_t at, uint32_t cue,
                     yutu_match *ret) {
  ret->rules = rules;
  ret->rule = rule;
  ret->view = view;
  ret->begin = at;
  ret->cue_begin = ret->cue_end = YUTU_NOWHERE;
  for (uint32_t i = 0; i < rule->n_slots; i++)
    ret->bindings[i].bound = false;
  matcher x = {.m = ret, .cue = cue};
  x.code = (const yutu_instruction *)yutu_rules_at(rules, YUTU_RULES_CODE) + rule->code;
  x.literals = yutu_rules_at(rules, YUTU_RULES_LITERALS);
  x.text = yutu_rules_at(rules, YUTU_RULES_TEXT);
  x.masks = yutu_rules_at(rules, YUTU_RULES_MASKS);
  return run(&x, 0, at, 0);
}

// ---- what was matched ----

static uint32_t add(uint32_t *ret, uint32_t n, uint32_t entity) {
  for (uint32_t i = 0; i < n; i++) {
    if (ret[i] == entity)
      return n;
  }
  if (n < YUTU_BINDING_ENTITIES_MAX)
    ret[n++] = entity;
  return n;
}

uint32_t yutu_binding_entities(const yutu_view *view, const yutu_binding *b, uint32_t ret[YUTU_BINDING_ENTITIES_MAX]) {
  uint32_t n = 0;
  const yutu_document *d = view->d;
  if (b->subject) {
    for (uint32_t i = 0; i < b->subject->n; i++) {
      if (b->mask >> d->things.at[b->subject->entities[i]].cls & 1)
        n = add(ret, n, b->subject->entities[i]);
    }
    return n;
  }
  uint32_t item = b->item;
  for (uint32_t k = 0; k < b->count && item != YUTU_NOWHERE; k++) {
    const yutu_mention *m = yutu_view_mention(view, item);
    for (uint32_t i = 0; i < m->n_entities; i++) {
      if (b->mask >> d->things.at[m->entities[i]].cls & 1)
        n = add(ret, n, m->entities[i]);
    }
    item = view->items[item].next;
  }
  return n;
}

static bool text_condition(const yutu_match *m, const yutu_condition *c) {
  const yutu_binding *b = &m->bindings[c->slot];
  const yutu_view *v = m->view;
  uint32_t begin = b->begin, end = b->end;
  if (b->item != YUTU_NOWHERE) {
    begin = v->items[b->item].begin;
    end = v->items[b->item].end;
  } else if (b->subject) {
    return false;
  }
  const uint32_t *text = v->cp + begin, n = end - begin;
  switch ((yutu_where)c->kind) {
  case YUTU_WHERE_BEGINS:
    return yutu_rules_set_at(m->rules, c->operand, text, n, n) > 0;
  case YUTU_WHERE_ENDS:
    return yutu_rules_set_before(m->rules, c->operand, text, n) > 0;
  default:
    for (uint32_t i = 0; i < n; i++) {
      if (yutu_rules_set_at(m->rules, c->operand, text + i, n - i, n - i))
        return true;
    }
    return false;
  }
}

static bool within(const yutu_document *d, const uint32_t *inner, uint32_t n_inner, const uint32_t *outer,
                   uint32_t n_outer) {
  for (uint32_t i = 0; i < n_inner; i++) {
    for (uint32_t k = 0; k < n_outer; k++) {
      const uint32_t a = d->things.at[inner[i]].ref, b = d->things.at[outer[k]].ref;
      if (a != YUTU_NO_INDEX && b != YUTU_NO_INDEX && yutu_lexicon_within(d->lexicon, a, b))
        return true;
    }
  }
  return false;
}

static bool condition_holds(const yutu_match *m, const yutu_condition *c) {
  const yutu_binding *b = &m->bindings[c->slot];
  if (!b->bound)
    return c->negated;
  uint32_t entities[YUTU_BINDING_ENTITIES_MAX], others[YUTU_BINDING_ENTITIES_MAX];
  const yutu_document *d = m->view->d;
  switch ((yutu_where)c->kind) {
  case YUTU_WHERE_COUNT:
    return yutu_binding_entities(m->view, b, entities) >= c->operand;
  case YUTU_WHERE_IS: {
    const uint32_t n = yutu_binding_entities(m->view, b, entities);
    const uint64_t mask = ((const uint64_t *)yutu_rules_at(m->rules, YUTU_RULES_MASKS))[c->operand];
    for (uint32_t i = 0; i < n; i++) {
      if (!(mask >> d->things.at[entities[i]].cls & 1))
        return false;
    }
    return n > 0;
  }
  case YUTU_WHERE_HERE:
    return !b->subject || b->subject->begin >= m->view->s->begin;
  case YUTU_WHERE_WITHIN: {
    const uint32_t n = yutu_binding_entities(m->view, b, entities);
    const uint32_t k = yutu_binding_entities(m->view, &m->bindings[c->operand], others);
    return within(d, entities, n, others, k);
  }
  default:
    return text_condition(m, c);
  }
}

bool yutu_match_conditions(const yutu_match *m) {
  const yutu_condition *c = (const yutu_condition *)yutu_rules_at(m->rules, YUTU_RULES_CONDITIONS) + m->rule->condition;
  for (uint32_t i = 0; i < m->rule->n_conditions; i++) {
    if (condition_holds(m, &c[i]) == (c[i].negated != 0))
      return false;
  }
  return true;
}
