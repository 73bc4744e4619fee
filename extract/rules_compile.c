// From a checked book of rules to an image.
#include "base/intern.h"
#include "base/utf8.h"
#include "extract/rules_model.h"
#include "ontology/image.h"

#include <stdlib.h>
#include <string.h>

// A cue with one rule, before those with the same text are put together.
typedef struct {
  uint32_t literal, rule;
} single_cue;

typedef struct {
  const yutu_rule_book *book;
  yutu_arena *arena;
  yutu_intern *strings;
  YUTU_VEC(uint32_t) text;
  YUTU_VEC(yutu_rule_literal) literals;
  YUTU_VEC(yutu_rule_set_range) sets;
  YUTU_VEC(uint64_t) masks;
  YUTU_VEC(yutu_instruction) code;
  YUTU_VEC(yutu_rule) rules;
  YUTU_VEC(yutu_condition) conditions;
  YUTU_VEC(yutu_emit) emits;
  YUTU_VEC(single_cue) singles;
  YUTU_VEC(yutu_cue) cues;
  YUTU_VEC(uint32_t) cue_rules;
  YUTU_VEC(uint32_t) cueless;
  uint32_t start;            ///< first instruction of the rule at hand
  const yutu_node *cue_node; ///< of the rule at hand
  uint32_t cue;              ///< its instruction
} compiler;

static uint32_t mask_of(compiler *c, uint64_t mask) {
  for (uint32_t i = 0; i < c->masks.n; i++) {
    if (c->masks.at[i] == mask)
      return i;
  }
  *YUTU_PUSH(c->arena, &c->masks) = mask;
  return c->masks.n - 1;
}

static yutu_rule_literal literal_of(compiler *c, yutu_slice utf8) {
  const yutu_rule_literal literal = {.text = c->text.n};
  const char *at = utf8.data, *end = at + utf8.len;
  while (at < end)
    *YUTU_PUSH(c->arena, &c->text) = yutu_utf8_next(&at, end);
  return (yutu_rule_literal){.text = literal.text, .n = c->text.n - literal.text};
}

static int by_bytes(const void *a, const void *b) {
  return yutu_slice_cmp(*(const yutu_slice *)a, *(const yutu_slice *)b); // the order of code points
}

static void add_set(compiler *c, const yutu_rule_set *set) {
  yutu_slice *sorted = YUTU_NEW_ARRAY(c->arena, yutu_slice, set->literals.n + 1);
  if (set->literals.n)
    memcpy(sorted, set->literals.at, set->literals.n * sizeof *sorted);
  qsort(sorted, set->literals.n, sizeof *sorted, by_bytes);
  yutu_rule_set_range range = {.literal = c->literals.n};
  for (uint32_t i = 0; i < set->literals.n; i++) {
    if (i && yutu_slice_eq(sorted[i], sorted[i - 1]))
      continue;
    const yutu_rule_literal literal = literal_of(c, sorted[i]);
    *YUTU_PUSH(c->arena, &c->literals) = literal;
    range.n++;
  }
  *YUTU_PUSH(c->arena, &c->sets) = range;
}

// ---- code ----

static uint32_t put(compiler *c, yutu_op op, uint32_t a, uint32_t b, uint32_t d) {
  *YUTU_PUSH(c->arena, &c->code) = (yutu_instruction){.op = op, .a = a, .b = b, .c = d};
  return c->code.n - 1;
}

static uint32_t here(const compiler *c) {
  return c->code.n - c->start;
}

static void put_node(compiler *c, const yutu_node *node);

static void put_choice(compiler *c, const yutu_node *node) {
  YUTU_VEC(uint32_t) exits = {0};
  for (const yutu_node *child = node->first; child; child = child->next) {
    if (!child->next) {
      put_node(c, child);
      break;
    }
    const uint32_t split = put(c, YUTU_OP_SPLIT, 0, 0, 0);
    c->code.at[split].a = here(c);
    put_node(c, child);
    *YUTU_PUSH(c->arena, &exits) = put(c, YUTU_OP_JUMP, 0, 0, 0);
    c->code.at[split].b = here(c);
  }
  for (uint32_t i = 0; i < exits.n; i++)
    c->code.at[exits.at[i]].a = here(c);
}

static void put_node(compiler *c, const yutu_node *node) {
  if (node == c->cue_node && c->cue == YUTU_RULES_NONE)
    c->cue = here(c);
  switch (node->kind) {
  case YUTU_NODE_LITERAL: {
    const yutu_rule_literal literal = literal_of(c, node->text);
    *YUTU_PUSH(c->arena, &c->literals) = literal;
    put(c, YUTU_OP_LITERAL, c->literals.n - 1, 0, 0);
    break;
  }
  case YUTU_NODE_SET:
    put(c, YUTU_OP_SET, node->set, 0, 0);
    break;
  case YUTU_NODE_MENTION:
    put(c, YUTU_OP_MENTION, mask_of(c, node->mask), node->slot, node->flags);
    break;
  case YUTU_NODE_SUBJECT:
    put(c, YUTU_OP_SUBJECT, mask_of(c, node->mask), node->slot, node->flags);
    break;
  case YUTU_NODE_INSIDE:
    put(c, YUTU_OP_INSIDE, mask_of(c, node->mask), node->slot, node->set);
    break;
  case YUTU_NODE_GAP:
    put(c, YUTU_OP_GAP, node->max, node->gap, node->set);
    break;
  case YUTU_NODE_ATOM:
    put(c, YUTU_OP_ATOM, node->atom, node->slot, 0);
    break;
  case YUTU_NODE_ASSERT:
    put(c, YUTU_OP_ASSERT, node->assertion, 0, 0);
    break;
  case YUTU_NODE_SEQUENCE:
    for (const yutu_node *child = node->first; child; child = child->next)
      put_node(c, child);
    break;
  case YUTU_NODE_CHOICE:
    put_choice(c, node);
    break;
  case YUTU_NODE_OPTION:
  case YUTU_NODE_REPEAT: {
    const uint32_t split = put(c, YUTU_OP_SPLIT, 0, 0, 0), top = here(c) - 1;
    c->code.at[split].a = here(c);
    put_node(c, node->first);
    if (node->kind == YUTU_NODE_REPEAT)
      put(c, YUTU_OP_JUMP, top, 0, 0);
    c->code.at[split].b = here(c);
    break;
  }
  }
}

// ---- what is known of a rule before it is tried ----

static void collect_needs(const yutu_node *node, yutu_rule *rule, uint32_t *n) {
  if (node->kind == YUTU_NODE_MENTION && *n < YUTU_RULE_NEEDS_MAX)
    rule->needs[(*n)++] = node->mask;
  if (node->kind == YUTU_NODE_MENTION && (node->flags & YUTU_MENTION_ALSO_INNER))
    rule->inner = 1;
  if (node->kind == YUTU_NODE_SEQUENCE) {
    for (const yutu_node *c = node->first; c; c = c->next)
      collect_needs(c, rule, n);
  }
}

// What a match begins with. @return true when that is decided
static bool find_first(const compiler *c, const yutu_node *node, yutu_rule *rule) {
  if (node == c->cue_node) {
    rule->first = YUTU_FIRST_CUE;
    return true;
  }
  switch (node->kind) {
  case YUTU_NODE_SEQUENCE:
    for (const yutu_node *child = node->first; child; child = child->next) {
      if (find_first(c, child, rule))
        return true;
    }
    return false;
  case YUTU_NODE_SUBJECT:
    return false;
  case YUTU_NODE_ASSERT:
    if (node->assertion != YUTU_ASSERT_CLAUSE_BEGIN)
      return false;
    rule->first = YUTU_FIRST_CLAUSE;
    return true;
  case YUTU_NODE_MENTION:
    rule->first = YUTU_FIRST_MENTION;
    rule->first_mask = node->mask;
    rule->first_list = (node->flags & YUTU_MENTION_LIST) != 0;
    return true;
  case YUTU_NODE_GAP: // right before the cue it may as well be empty, since the subject is that of the clause
    if (node->gap != YUTU_GAP_SENTENCE && node->next == c->cue_node && node->next) {
      rule->first = YUTU_FIRST_CUE;
      return true;
    }
    break;
  default:
    break;
  }
  rule->first = YUTU_FIRST_ANY;
  return true;
}

static uint64_t text_bits(yutu_slice utf8) {
  const char *at = utf8.data;
  return yutu_rules_first_bit(yutu_utf8_next(&at, utf8.data + utf8.len));
}

// Characters that a match of the node can begin with; all when it can begin with anything else.
// @return whether the node can be empty, so that what follows counts as well
static bool first_bits(const compiler *c, const yutu_node *node, uint64_t *bits) {
  switch (node->kind) {
  case YUTU_NODE_LITERAL:
    *bits |= text_bits(node->text);
    return false;
  case YUTU_NODE_SET:
    for (uint32_t i = 0; i < c->book->sets.at[node->set].literals.n; i++)
      *bits |= text_bits(c->book->sets.at[node->set].literals.at[i]);
    return false;
  case YUTU_NODE_SEQUENCE:
    for (const yutu_node *child = node->first; child; child = child->next) {
      if (!first_bits(c, child, bits))
        return false;
    }
    return true;
  case YUTU_NODE_CHOICE: {
    bool empty = false;
    for (const yutu_node *child = node->first; child; child = child->next)
      empty |= first_bits(c, child, bits);
    return empty;
  }
  case YUTU_NODE_OPTION:
  case YUTU_NODE_REPEAT:
    (void)first_bits(c, node->first, bits);
    return true;
  case YUTU_NODE_SUBJECT:
  case YUTU_NODE_INSIDE:
  case YUTU_NODE_ASSERT:
    return true;
  default:
    *bits = UINT64_MAX;
    return false;
  }
}

static bool has_stop(yutu_slice s) {
  static const char *const stops[] = {"，", "；", "：", "。", "！", "？", " "};
  for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
    if (memmem(s.data, s.len, stops[i], strlen(stops[i])))
      return true;
  }
  return false;
}

static bool goes_across(const compiler *c, const yutu_node *node) {
  if (node->kind == YUTU_NODE_GAP)
    return node->gap == YUTU_GAP_SENTENCE;
  if (node->kind == YUTU_NODE_LITERAL && has_stop(node->text))
    return true;
  for (uint32_t i = 0; node->kind == YUTU_NODE_SET && i < c->book->sets.at[node->set].literals.n; i++) {
    if (has_stop(c->book->sets.at[node->set].literals.at[i]))
      return true;
  }
  for (const yutu_node *child = node->first; child; child = child->next) {
    if (goes_across(c, child))
      return true;
  }
  return false;
}

static uint32_t string_of(compiler *c, yutu_slice s) {
  return yutu_intern_add(c->strings, s);
}

static void add_cues(compiler *c, const yutu_node *cue, uint32_t rule) {
  if (!cue) {
    *YUTU_PUSH(c->arena, &c->cueless) = rule;
    return;
  }
  const yutu_instruction *i = &c->code.at[c->start + c->cue];
  const bool one = i->op == YUTU_OP_LITERAL;
  const yutu_rule_set_range range = one ? (yutu_rule_set_range){.literal = i->a, .n = 1} : c->sets.at[i->a];
  for (uint32_t k = 0; k < range.n; k++)
    *YUTU_PUSH(c->arena, &c->singles) = (single_cue){.literal = range.literal + k, .rule = rule};
}

static yutu_status add_rule(compiler *c, const yutu_rule_source *source, yutu_error *err) {
  yutu_rule rule = {.name = string_of(c, source->name),
                    .code = c->code.n,
                    .priority = source->priority,
                    .confidence = (uint32_t)(source->confidence * 1000 + 0.5),
                    .n_slots = source->n_variables};
  c->start = c->code.n;
  c->cue = YUTU_RULES_NONE;
  c->cue_node = yutu_rule_cue(c->book, source);
  put_node(c, source->match);
  put(c, YUTU_OP_MATCH, 0, 0, 0);
  rule.n_code = here(c);
  rule.cue = c->cue;
  if (rule.n_code > YUTU_RULE_CODE_MAX)
    return yutu_fail_at(err, YUTU_ERR_LIMIT, source->path, source->line, "the pattern is too long; split the rule");
  uint32_t n_needs = 0;
  collect_needs(source->match, &rule, &n_needs);
  (void)find_first(c, source->match, &rule);
  (void)first_bits(c, source->match, &rule.first_characters);
  rule.across = goes_across(c, source->match);
  if (source->match->first->kind == YUTU_NODE_SUBJECT && !source->match->first->flags)
    rule.subject_mask = source->match->first->mask;
  rule.condition = c->conditions.n;
  rule.n_conditions = source->conditions.n;
  for (uint32_t i = 0; i < source->conditions.n; i++) {
    yutu_condition condition = source->conditions.at[i];
    if (condition.kind == YUTU_WHERE_IS)
      condition.operand = mask_of(c, c->book->masks.at[condition.operand]);
    *YUTU_PUSH(c->arena, &c->conditions) = condition;
  }
  rule.emit = c->emits.n;
  rule.n_emits = source->emits.n;
  for (uint32_t i = 0; i < source->emits.n; i++) {
    yutu_emit e = source->emits.at[i];
    if (e.kind == YUTU_EMIT_TITLE && e.b == YUTU_RULES_NONE)
      e.text = string_of(c, source->texts.at[e.text]);
    *YUTU_PUSH(c->arena, &c->emits) = e;
  }
  for (uint32_t i = 0; i < source->n_variables; i++)
    rule.slots[i] = string_of(c, source->variables[i].name);
  add_cues(c, c->cue_node, c->rules.n);
  *YUTU_PUSH(c->arena, &c->rules) = rule;
  return YUTU_OK;
}

// ---- image ----

static const uint32_t *text_of(const compiler *c, uint32_t literal) {
  return c->text.at + c->literals.at[literal].text;
}

static uint32_t cue_slot(const compiler *c, uint32_t literal) {
  const uint32_t *text = text_of(c, literal);
  return yutu_rules_cue_slot(text[0], c->literals.at[literal].n > 1 ? text[1] : 0);
}

static int compare_texts(const compiler *c, uint32_t a, uint32_t b) {
  const yutu_rule_literal x = c->literals.at[a], y = c->literals.at[b];
  for (uint32_t i = 0; i < x.n && i < y.n; i++) {
    if (text_of(c, a)[i] != text_of(c, b)[i])
      return text_of(c, a)[i] < text_of(c, b)[i] ? -1 : 1;
  }
  return x.n < y.n ? -1 : x.n > y.n;
}

static int by_slot(const void *left, const void *right, void *context) {
  const compiler *c = context;
  const single_cue *a = left, *b = right;
  const uint32_t x = cue_slot(c, a->literal), y = cue_slot(c, b->literal);
  if (x != y)
    return x < y ? -1 : 1;
  const int texts = compare_texts(c, a->literal, b->literal);
  return texts ? texts : a->rule < b->rule ? -1 : a->rule > b->rule;
}

// Each cue text once with all its rules. @return first cue of each slot
static uint32_t *index_cues(compiler *c) {
  uint32_t *slots = YUTU_NEW_ARRAY(c->arena, uint32_t, YUTU_RULE_CUE_INDEX + 1);
  if (c->singles.n)
    qsort_r(c->singles.at, c->singles.n, sizeof *c->singles.at, by_slot, c);
  for (uint32_t i = 0; i < c->singles.n; i++) {
    const single_cue single = c->singles.at[i];
    yutu_cue *last = c->cues.n ? &c->cues.at[c->cues.n - 1] : NULL;
    if (!last || compare_texts(c, last->literal, single.literal) != 0) {
      last = YUTU_PUSH(c->arena, &c->cues);
      *last = (yutu_cue){.literal = single.literal, .rule = c->cue_rules.n};
      slots[cue_slot(c, single.literal) + 1]++;
    } else if (c->cue_rules.at[c->cue_rules.n - 1] == single.rule) {
      continue;
    }
    *YUTU_PUSH(c->arena, &c->cue_rules) = single.rule;
    last->n_rules++;
  }
  for (uint32_t i = 0; i < YUTU_RULE_CUE_INDEX; i++)
    slots[i + 1] += slots[i];
  return slots;
}

// Which grammar sets have a member that begins with a character of each slot.
static uint32_t *index_grammar(const compiler *c, const uint32_t grammar[YUTU_GRAMMAR_COUNT]) {
  uint32_t *first = YUTU_NEW_ARRAY(c->arena, uint32_t, YUTU_RULE_FIRST_INDEX);
  for (unsigned g = 0; g < YUTU_GRAMMAR_COUNT; g++) {
    if (grammar[g] == YUTU_RULES_NONE)
      continue;
    const yutu_rule_set_range range = c->sets.at[grammar[g]];
    for (uint32_t i = 0; i < range.n; i++)
      first[yutu_rules_first_slot(*text_of(c, range.literal + i))] |= 1u << g;
  }
  return first;
}

_Static_assert(YUTU_GRAMMAR_COUNT <= 32, "grammar sets are bits of an uint32_t");

static void grammar_sets(const compiler *c, uint32_t *ret) {
  for (unsigned g = 0; g < YUTU_GRAMMAR_COUNT; g++) {
    ret[g] = YUTU_RULES_NONE;
    for (uint32_t i = 0; i < c->book->sets.n; i++) {
      if (yutu_slice_eq(c->book->sets.at[i].name, yutu_slice_of(yutu_grammar_name((yutu_grammar)g))))
        ret[g] = i;
    }
  }
}

typedef struct {
  const void *data;
  uint64_t count;
} part;

static yutu_status write_image(const part parts[YUTU_RULES_SECTIONS], yutu_buffer *ret, yutu_error *err) {
  yutu_rules header = {.magic = YUTU_RULES_MAGIC,
                       .version = YUTU_RULES_VERSION,
                       .byte_order = YUTU_RULES_BYTE_ORDER,
                       .n_sections = YUTU_RULES_SECTIONS};
  uint64_t offset = sizeof header;
  for (unsigned i = 0; i < YUTU_RULES_SECTIONS; i++) {
    header.sections[i] = (yutu_rules_range){.offset = offset, .count = parts[i].count};
    offset += (parts[i].count * yutu_rules_item_size(i) + YUTU_RULES_ALIGNMENT - 1) / YUTU_RULES_ALIGNMENT *
              YUTU_RULES_ALIGNMENT;
  }
  header.size = offset;
  const size_t start = ret->len;
  yutu_buffer_append(ret, &header, sizeof header);
  static const char zeros[YUTU_RULES_ALIGNMENT];
  for (unsigned i = 0; i < YUTU_RULES_SECTIONS; i++) {
    const size_t n = (size_t)(parts[i].count * yutu_rules_item_size(i));
    if (n)
      yutu_buffer_append(ret, parts[i].data, n);
    yutu_buffer_append(ret, zeros, (YUTU_RULES_ALIGNMENT - n % YUTU_RULES_ALIGNMENT) % YUTU_RULES_ALIGNMENT);
  }
  YUTU_TRY(yutu_buffer_check(ret, err));
  yutu_rules *written = (yutu_rules *)(void *)(ret->data + start);
  const size_t from = offsetof(yutu_rules, n_sections);
  const uint32_t checksum = yutu_image_checksum(ret->data + start + from, (size_t)offset - from);
  memcpy(&written->checksum, &checksum, sizeof checksum);
  return YUTU_OK;
}

static yutu_status finish(compiler *c, yutu_slice prelude, yutu_buffer *ret, yutu_error *err) {
  const uint32_t n_strings = yutu_intern_count(c->strings);
  yutu_rule_string *strings = YUTU_NEW_ARRAY(c->arena, yutu_rule_string, n_strings + 1);
  uint32_t n_pool = 0;
  for (uint32_t i = 0; i < n_strings; i++) {
    strings[i] = (yutu_rule_string){.begin = n_pool, .n = (uint32_t)yutu_intern_get(c->strings, i).len};
    n_pool += strings[i].n;
  }
  char *pooled = YUTU_NEW_ARRAY(c->arena, char, n_pool + 1);
  for (uint32_t i = 0; i < n_strings; i++)
    memcpy(pooled + strings[i].begin, yutu_intern_get(c->strings, i).data, strings[i].n);
  uint32_t grammar[YUTU_GRAMMAR_COUNT];
  grammar_sets(c, grammar);
  const uint32_t *slots = index_cues(c), *first = index_grammar(c, grammar);
  const part parts[YUTU_RULES_SECTIONS] = {
      [YUTU_RULES_POOL] = {pooled, n_pool},
      [YUTU_RULES_STRINGS] = {strings, n_strings},
      [YUTU_RULES_TEXT] = {c->text.at, c->text.n},
      [YUTU_RULES_LITERALS] = {c->literals.at, c->literals.n},
      [YUTU_RULES_SETS] = {c->sets.at, c->sets.n},
      [YUTU_RULES_MASKS] = {c->masks.at, c->masks.n},
      [YUTU_RULES_CODE] = {c->code.at, c->code.n},
      [YUTU_RULES_RULES] = {c->rules.at, c->rules.n},
      [YUTU_RULES_CONDITIONS] = {c->conditions.at, c->conditions.n},
      [YUTU_RULES_EMITS] = {c->emits.at, c->emits.n},
      [YUTU_RULES_CUES] = {c->cues.at, c->cues.n},
      [YUTU_RULES_CUE_RULES] = {c->cue_rules.at, c->cue_rules.n},
      [YUTU_RULES_FIRST] = {first, YUTU_RULE_FIRST_INDEX},
      [YUTU_RULES_CUE_SLOTS] = {slots, YUTU_RULE_CUE_INDEX + 1},
      [YUTU_RULES_CUELESS] = {c->cueless.at, c->cueless.n},
      [YUTU_RULES_GRAMMAR] = {grammar, YUTU_GRAMMAR_COUNT},
      [YUTU_RULES_PRELUDE] = {prelude.data, prelude.len},
  };
  return write_image(parts, ret, err);
}

yutu_status yutu_rules_compile(const yutu_rule_book *book, uint32_t begin, uint32_t end, yutu_slice prelude,
                               yutu_buffer *ret, yutu_error *err) {
  compiler c = {.book = book, .arena = book->arena, .strings = yutu_intern_new(book->arena)};
  for (uint32_t i = 0; i < book->sets.n; i++)
    add_set(&c, &book->sets.at[i]);
  for (uint32_t i = begin; i < end; i++)
    YUTU_TRY(add_rule(&c, &book->rules.at[i], err));
  return finish(&c, prelude, ret, err);
}
