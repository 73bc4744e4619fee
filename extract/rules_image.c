// Checking an image, and the small questions that are asked of it.
#include "extract/rules_image.h"

#include "ontology/image.h"

#include <stddef.h>
#include <string.h>

const char *yutu_grammar_name(yutu_grammar grammar) {
  static const char *const names[YUTU_GRAMMAR_COUNT] = {
      [YUTU_GRAMMAR_NEGATION] = "negation",
      [YUTU_GRAMMAR_PLANNED] = "planned",
      [YUTU_GRAMMAR_PREPOSITION] = "preposition",
      [YUTU_GRAMMAR_LOCATIVE] = "locative",
      [YUTU_GRAMMAR_CONNECTIVE] = "connective",
      [YUTU_GRAMMAR_JOINER] = "joiner",
      [YUTU_GRAMMAR_LIGHT_NOUN] = "light_noun",
      [YUTU_GRAMMAR_SELF_NOUN] = "self_noun",
      [YUTU_GRAMMAR_AFTER_HEAD] = "after_head",
      [YUTU_GRAMMAR_ADVERB] = "adverb",
      [YUTU_GRAMMAR_TITLE_PREFIX] = "title_prefix",
      [YUTU_GRAMMAR_VERB] = "verb",
      [YUTU_GRAMMAR_TOGETHER] = "together",
      [YUTU_GRAMMAR_GOVERNS] = "governs",
      [YUTU_GRAMMAR_TAIL_NOUN] = "tail_noun",
      [YUTU_GRAMMAR_UNIT] = "unit",
      [YUTU_GRAMMAR_DELEGATION] = "delegation",
      [YUTU_GRAMMAR_GROUNDS] = "grounds",
      [YUTU_GRAMMAR_ARRIVAL] = "arrival",
      [YUTU_GRAMMAR_SECTION] = "section",
      [YUTU_GRAMMAR_SAYING] = "saying",
      [YUTU_GRAMMAR_TIME] = "time",
      [YUTU_GRAMMAR_TIME_TAIL] = "time_tail",
  };
  return grammar < YUTU_GRAMMAR_COUNT ? names[grammar] : "";
}

size_t yutu_rules_item_size(unsigned section) {
  static const size_t sizes[YUTU_RULES_SECTIONS] = {
      [YUTU_RULES_POOL] = 1,
      [YUTU_RULES_STRINGS] = sizeof(yutu_rule_string),
      [YUTU_RULES_TEXT] = sizeof(uint32_t),
      [YUTU_RULES_LITERALS] = sizeof(yutu_rule_literal),
      [YUTU_RULES_SETS] = sizeof(yutu_rule_set_range),
      [YUTU_RULES_MASKS] = sizeof(uint64_t),
      [YUTU_RULES_CODE] = sizeof(yutu_instruction),
      [YUTU_RULES_RULES] = sizeof(yutu_rule),
      [YUTU_RULES_CONDITIONS] = sizeof(yutu_condition),
      [YUTU_RULES_EMITS] = sizeof(yutu_emit),
      [YUTU_RULES_CUES] = sizeof(yutu_cue),
      [YUTU_RULES_CUE_SLOTS] = sizeof(uint32_t),
      [YUTU_RULES_CUELESS] = sizeof(uint32_t),
      [YUTU_RULES_GRAMMAR] = sizeof(uint32_t),
      [YUTU_RULES_FIRST] = sizeof(uint32_t),
      [YUTU_RULES_CUE_RULES] = sizeof(uint32_t),
      [YUTU_RULES_PRELUDE] = 1,
  };
  return section < YUTU_RULES_SECTIONS ? sizes[section] : 0;
}

// ---- opening ----

static bool in_range(uint64_t begin, uint64_t n, uint64_t room) {
  return begin <= room && n <= room - begin;
}

static bool below(uint32_t index, const yutu_rules *r, yutu_rules_section section) {
  return index < yutu_rules_count(r, section);
}

static bool below_or_none(uint32_t index, uint32_t n) {
  return index == YUTU_RULES_NONE || index < n;
}

static bool sections_fit(const yutu_rules *r) {
  for (unsigned i = 0; i < YUTU_RULES_SECTIONS; i++) {
    const yutu_rules_range s = r->sections[i];
    if (s.offset % YUTU_RULES_ALIGNMENT || s.offset < sizeof *r || s.count > UINT32_MAX - 1 ||
        !in_range(s.offset, s.count * yutu_rules_item_size(i), r->size))
      return false;
  }
  return yutu_rules_count(r, YUTU_RULES_CUE_SLOTS) == YUTU_RULE_CUE_INDEX + 1 &&
         yutu_rules_count(r, YUTU_RULES_GRAMMAR) == YUTU_GRAMMAR_COUNT &&
         yutu_rules_count(r, YUTU_RULES_FIRST) == YUTU_RULE_FIRST_INDEX;
}

static bool texts_fit(const yutu_rules *r) {
  const yutu_rule_string *strings = yutu_rules_at(r, YUTU_RULES_STRINGS);
  for (uint32_t i = 0; i < yutu_rules_count(r, YUTU_RULES_STRINGS); i++) {
    if (!in_range(strings[i].begin, strings[i].n, yutu_rules_count(r, YUTU_RULES_POOL)))
      return false;
  }
  const yutu_rule_literal *literals = yutu_rules_at(r, YUTU_RULES_LITERALS);
  for (uint32_t i = 0; i < yutu_rules_count(r, YUTU_RULES_LITERALS); i++) {
    if (!literals[i].n || !in_range(literals[i].text, literals[i].n, yutu_rules_count(r, YUTU_RULES_TEXT)))
      return false;
  }
  const yutu_rule_set_range *sets = yutu_rules_at(r, YUTU_RULES_SETS);
  for (uint32_t i = 0; i < yutu_rules_count(r, YUTU_RULES_SETS); i++) {
    if (!in_range(sets[i].literal, sets[i].n, yutu_rules_count(r, YUTU_RULES_LITERALS)))
      return false;
  }
  const uint32_t *grammar = yutu_rules_at(r, YUTU_RULES_GRAMMAR);
  for (uint32_t i = 0; i < YUTU_GRAMMAR_COUNT; i++) {
    if (!below_or_none(grammar[i], yutu_rules_count(r, YUTU_RULES_SETS)))
      return false;
  }
  return true;
}

static bool instruction_fits(const yutu_rules *r, const yutu_rule *rule, const yutu_instruction *i) {
  switch ((yutu_op)i->op) {
  case YUTU_OP_MATCH:
    return true;
  case YUTU_OP_LITERAL:
    return below(i->a, r, YUTU_RULES_LITERALS);
  case YUTU_OP_SET:
    return below(i->a, r, YUTU_RULES_SETS);
  case YUTU_OP_MENTION:
  case YUTU_OP_SUBJECT:
    return below(i->a, r, YUTU_RULES_MASKS) && below_or_none(i->b, rule->n_slots);
  case YUTU_OP_INSIDE:
    return below(i->a, r, YUTU_RULES_MASKS) && i->b < rule->n_slots && i->c < rule->n_slots;
  case YUTU_OP_GAP:
    return i->b < YUTU_GAP_COUNT && below_or_none(i->c, yutu_rules_count(r, YUTU_RULES_SETS));
  case YUTU_OP_ATOM:
    return i->a < YUTU_ATOM_COUNT && below_or_none(i->b, rule->n_slots);
  case YUTU_OP_ASSERT:
    return i->a < YUTU_ASSERT_COUNT;
  case YUTU_OP_SPLIT:
    return i->a < rule->n_code && i->b < rule->n_code;
  case YUTU_OP_JUMP:
    return i->a < rule->n_code;
  default:
    return false;
  }
}

static bool condition_fits(const yutu_rules *r, const yutu_rule *rule, const yutu_condition *c) {
  if (c->slot >= rule->n_slots || c->kind >= YUTU_WHERE_KINDS)
    return false;
  switch ((yutu_where)c->kind) {
  case YUTU_WHERE_IS:
    return below(c->operand, r, YUTU_RULES_MASKS);
  case YUTU_WHERE_WITHIN:
    return c->operand < rule->n_slots;
  case YUTU_WHERE_COUNT:
  case YUTU_WHERE_HERE:
    return true;
  default:
    return below(c->operand, r, YUTU_RULES_SETS);
  }
}

static bool emit_fits(const yutu_rules *r, const yutu_rule *rule, const yutu_emit *e) {
  switch ((yutu_emit_kind)e->kind) {
  case YUTU_EMIT_RELATION:
    return e->property > 0 && e->property < YUTU_PROPERTY_COUNT && e->a < rule->n_slots && e->b < rule->n_slots;
  case YUTU_EMIT_COOPERATION:
    return e->a && !(e->a >> rule->n_slots) && below_or_none(e->b, rule->n_slots) &&
           below_or_none(e->with, rule->n_slots);
  case YUTU_EMIT_TITLE:
    return e->a < rule->n_slots && below_or_none(e->b, rule->n_slots) &&
           (e->b != YUTU_RULES_NONE || below(e->text, r, YUTU_RULES_STRINGS));
  default:
    return false;
  }
}

static bool rule_fits(const yutu_rules *r, const yutu_rule *rule) {
  if (rule->n_slots > YUTU_RULE_SLOTS_MAX || !rule->n_code || !below(rule->name, r, YUTU_RULES_STRINGS) ||
      !in_range(rule->code, rule->n_code, yutu_rules_count(r, YUTU_RULES_CODE)) ||
      !in_range(rule->condition, rule->n_conditions, yutu_rules_count(r, YUTU_RULES_CONDITIONS)) ||
      !in_range(rule->emit, rule->n_emits, yutu_rules_count(r, YUTU_RULES_EMITS)) ||
      !below_or_none(rule->cue, rule->n_code))
    return false;
  const yutu_instruction *code = (const yutu_instruction *)yutu_rules_at(r, YUTU_RULES_CODE) + rule->code;
  for (uint32_t i = 0; i < rule->n_code; i++) {
    if (!instruction_fits(r, rule, &code[i]))
      return false;
  }
  const yutu_condition *conditions = (const yutu_condition *)yutu_rules_at(r, YUTU_RULES_CONDITIONS) + rule->condition;
  for (uint32_t i = 0; i < rule->n_conditions; i++) {
    if (!condition_fits(r, rule, &conditions[i]))
      return false;
  }
  const yutu_emit *emits = (const yutu_emit *)yutu_rules_at(r, YUTU_RULES_EMITS) + rule->emit;
  for (uint32_t i = 0; i < rule->n_emits; i++) {
    if (!emit_fits(r, rule, &emits[i]))
      return false;
  }
  for (uint32_t i = 0; i < rule->n_slots; i++) {
    if (!below(rule->slots[i], r, YUTU_RULES_STRINGS))
      return false;
  }
  return code[rule->n_code - 1].op == YUTU_OP_MATCH; // so that no instruction runs off the end
}

static bool rules_fit(const yutu_rules *r) {
  const yutu_rule *rules = yutu_rules_at(r, YUTU_RULES_RULES);
  for (uint32_t i = 0; i < yutu_rules_count(r, YUTU_RULES_RULES); i++) {
    if (!rule_fits(r, &rules[i]))
      return false;
  }
  const yutu_cue *cues = yutu_rules_at(r, YUTU_RULES_CUES);
  for (uint32_t i = 0; i < yutu_rules_count(r, YUTU_RULES_CUES); i++) {
    if (!below(cues[i].literal, r, YUTU_RULES_LITERALS) ||
        !in_range(cues[i].rule, cues[i].n_rules, yutu_rules_count(r, YUTU_RULES_CUE_RULES)))
      return false;
  }
  const uint32_t *cue_rules = yutu_rules_at(r, YUTU_RULES_CUE_RULES);
  for (uint32_t i = 0; i < yutu_rules_count(r, YUTU_RULES_CUE_RULES); i++) {
    if (!below(cue_rules[i], r, YUTU_RULES_RULES))
      return false;
  }
  const uint32_t *slots = yutu_rules_at(r, YUTU_RULES_CUE_SLOTS), *cueless = yutu_rules_at(r, YUTU_RULES_CUELESS);
  for (uint32_t i = 0; i < YUTU_RULE_CUE_INDEX; i++) {
    if (slots[i] > slots[i + 1])
      return false;
  }
  for (uint32_t i = 0; i < yutu_rules_count(r, YUTU_RULES_CUELESS); i++) {
    if (!below(cueless[i], r, YUTU_RULES_RULES))
      return false;
  }
  return slots[0] == 0 && slots[YUTU_RULE_CUE_INDEX] == yutu_rules_count(r, YUTU_RULES_CUES);
}

yutu_status yutu_rules_open(const void *image, size_t n_bytes, const yutu_rules **ret, yutu_error *err) {
  const yutu_rules *r = image;
  if (n_bytes < sizeof *r || (uintptr_t)image % YUTU_RULES_ALIGNMENT ||
      memcmp(r->magic, YUTU_RULES_MAGIC, sizeof r->magic) != 0)
    return yutu_fail(err, YUTU_ERR_FORMAT, "these are no compiled rules");
  if (r->version != YUTU_RULES_VERSION || r->byte_order != YUTU_RULES_BYTE_ORDER ||
      r->n_sections != YUTU_RULES_SECTIONS)
    return yutu_fail(err, YUTU_ERR_FORMAT, "the compiled rules are of another version; build again");
  const size_t from = offsetof(yutu_rules, n_sections);
  if (r->size != n_bytes || yutu_image_checksum((const char *)image + from, n_bytes - from) != r->checksum ||
      !sections_fit(r) || !texts_fit(r) || !rules_fit(r))
    return yutu_fail(err, YUTU_ERR_FORMAT, "the compiled rules are damaged; build again");
  *ret = r;
  return YUTU_OK;
}

// ---- questions ----

yutu_slice yutu_rules_string(const yutu_rules *r, uint32_t string) {
  const yutu_rule_string s = ((const yutu_rule_string *)yutu_rules_at(r, YUTU_RULES_STRINGS))[string];
  return (yutu_slice){(const char *)yutu_rules_at(r, YUTU_RULES_POOL) + s.begin, s.n};
}

static bool same(const uint32_t *a, const uint32_t *b, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    if (a[i] != b[i])
      return false;
  }
  return true;
}

uint32_t yutu_rules_set_at(const yutu_rules *r, uint32_t set, const uint32_t *text, uint32_t n, uint32_t longest) {
  if (set == YUTU_RULES_NONE || !n)
    return 0;
  const yutu_rule_set_range range = ((const yutu_rule_set_range *)yutu_rules_at(r, YUTU_RULES_SETS))[set];
  const yutu_rule_literal *literals = (const yutu_rule_literal *)yutu_rules_at(r, YUTU_RULES_LITERALS) + range.literal;
  const uint32_t *all = yutu_rules_at(r, YUTU_RULES_TEXT);
  uint32_t low = 0, high = range.n, best = 0; // first literal that begins with text[0] or later
  while (low < high) {
    const uint32_t mid = (low + high) / 2;
    if (all[literals[mid].text] < text[0])
      low = mid + 1;
    else
      high = mid;
  }
  for (uint32_t i = low; i < range.n && all[literals[i].text] == text[0]; i++) {
    const uint32_t length = literals[i].n;
    if (length > best && length <= longest && length <= n && same(all + literals[i].text, text, length))
      best = length;
  }
  return best;
}

bool yutu_rules_set_is(const yutu_rules *r, uint32_t set, const uint32_t *text, uint32_t n) {
  return n && yutu_rules_set_at(r, set, text, n, n) == n;
}

uint32_t yutu_rules_set_before(const yutu_rules *r, uint32_t set, const uint32_t *text, uint32_t n) {
  enum { LITERAL_MAX = 12 };
  for (uint32_t length = n < LITERAL_MAX ? n : LITERAL_MAX; length; length--) {
    if (yutu_rules_set_is(r, set, text + n - length, length))
      return length;
  }
  return 0;
}
