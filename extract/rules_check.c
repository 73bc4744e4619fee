// What can be said of a rule only when it is read whole.
#include "extract/rules_model.h"

#include "base/utf8.h"

bool yutu_node_empty(const yutu_node *node) {
  switch (node->kind) {
  case YUTU_NODE_LITERAL:
  case YUTU_NODE_SET:
  case YUTU_NODE_MENTION:
  case YUTU_NODE_ATOM:
    return false;
  case YUTU_NODE_SEQUENCE:
    for (const yutu_node *c = node->first; c; c = c->next) {
      if (!yutu_node_empty(c))
        return false;
    }
    return true;
  case YUTU_NODE_CHOICE:
    for (const yutu_node *c = node->first; c; c = c->next) {
      if (yutu_node_empty(c))
        return true;
    }
    return false;
  default:
    return true;
  }
}

// ---- the cue ----

typedef struct {
  const yutu_rule_book *book;
  const yutu_node *best;
  size_t length;
  bool marked;
} cue_search;

static size_t shortest(const yutu_rule_book *book, const yutu_node *node) {
  if (node->kind == YUTU_NODE_LITERAL)
    return yutu_utf8_length(node->text.data, node->text.len);
  size_t least = SIZE_MAX;
  for (uint32_t i = 0; i < book->sets.at[node->set].literals.n; i++) {
    const yutu_slice s = book->sets.at[node->set].literals.at[i];
    const size_t n = yutu_utf8_length(s.data, s.len);
    least = n < least ? n : least;
  }
  return least;
}

// The marked literal or set, else the mandatory one whose shortest text is longest.
static void find_cue(cue_search *s, const yutu_node *node) {
  if (node->kind == YUTU_NODE_SEQUENCE) {
    for (const yutu_node *c = node->first; c; c = c->next)
      find_cue(s, c);
    return;
  }
  if ((node->kind != YUTU_NODE_LITERAL && node->kind != YUTU_NODE_SET) || s->marked)
    return;
  const size_t n = shortest(s->book, node);
  if (node->cue || n > s->length) {
    s->best = node;
    s->length = n;
    s->marked = node->cue;
  }
}

const yutu_node *yutu_rule_cue(const yutu_rule_book *book, const yutu_rule_source *rule) {
  cue_search s = {.book = book};
  if (rule->cueless)
    return NULL;
  find_cue(&s, rule->match);
  return s.best;
}

static bool mandatory_mention(const yutu_node *node) {
  if (node->kind == YUTU_NODE_MENTION)
    return true;
  if (node->kind != YUTU_NODE_SEQUENCE)
    return false;
  for (const yutu_node *c = node->first; c; c = c->next) {
    if (mandatory_mention(c))
      return true;
  }
  return false;
}

// ---- checks ----

#define FAIL(rule, ...) yutu_fail_at(err, YUTU_ERR_INPUT, (rule)->path, (rule)->line, __VA_ARGS__)
#define NAME(slice) (int)(slice).len, (slice).data

static yutu_status check_variables(const yutu_rule_source *rule, yutu_error *err) {
  for (uint32_t i = 0; i < rule->n_variables; i++) {
    const yutu_rule_variable *v = &rule->variables[i];
    if (!v->uses)
      return yutu_fail_at(err, YUTU_ERR_INPUT, rule->path, v->line,
                          "the variable %.*s is used nowhere; write (Class) "
                          "without a name",
                          NAME(v->name));
  }
  for (uint32_t i = 0; i < rule->emits.n; i++) {
    const yutu_emit *e = &rule->emits.at[i];
    const bool b_text = e->b != YUTU_RULES_NONE && rule->variables[e->b].text;
    if (e->kind == YUTU_EMIT_RELATION && (rule->variables[e->a].text || b_text))
      return FAIL(rule, "a relation is between entities, not between words");
    if (e->kind == YUTU_EMIT_TITLE && (rule->variables[e->a].text || (e->b != YUTU_RULES_NONE && !b_text)))
      return FAIL(rule, "title needs a person and words: title p t");
    if (e->kind == YUTU_EMIT_COOPERATION && b_text)
      return FAIL(rule, "via is an entity, not words");
    if (e->kind == YUTU_EMIT_COOPERATION && e->with != YUTU_RULES_NONE && rule->variables[e->with].text)
      return FAIL(rule, "only entities work with each other, not words");
  }
  return YUTU_OK;
}

// Classes that a variable can have: of all places where it is bound.
static uint64_t classes_of(const yutu_node *node, uint32_t slot) {
  uint64_t mask = node->slot == slot ? node->mask : 0;
  for (const yutu_node *c = node->first; c; c = c->next)
    mask |= classes_of(c, slot);
  return mask;
}

static yutu_status check_relations(const yutu_rule_source *rule, yutu_error *err) {
  for (uint32_t i = 0; i < rule->emits.n; i++) {
    const yutu_emit *e = &rule->emits.at[i];
    if (e->kind != YUTU_EMIT_RELATION)
      continue;
    const uint64_t subjects = classes_of(rule->match, e->a), objects = classes_of(rule->match, e->b);
    bool possible = false;
    for (unsigned s = 1; s < YUTU_CLASS_COUNT; s++) {
      for (unsigned o = 1; o < YUTU_CLASS_COUNT; o++)
        possible |= (subjects >> s & 1) && (objects >> o & 1) &&
                    yutu_property_allows((yutu_property)e->property, (yutu_class)s, (yutu_class)o);
    }
    if (!possible)
      return FAIL(rule, "the ontology does not allow %s between these classes",
                  yutu_property_name((yutu_property)e->property));
  }
  return YUTU_OK;
}

yutu_status yutu_rules_check(const yutu_rule_book *book, yutu_error *err) {
  for (uint32_t i = 0; i < book->rules.n; i++) {
    const yutu_rule_source *rule = &book->rules.at[i];
    if (!rule->match)
      return FAIL(rule, "the rule %.*s has no match", NAME(rule->name));
    if (!rule->emits.n)
      return FAIL(rule, "the rule %.*s emits nothing", NAME(rule->name));
    if (!rule->examples.n || !rule->counters.n)
      return FAIL(rule, "the rule %.*s needs an example and a counter", NAME(rule->name));
    if (yutu_node_empty(rule->match))
      return FAIL(rule, "the pattern of %.*s could match nothing at all", NAME(rule->name));
    if (!yutu_rule_cue(book, rule) && !mandatory_mention(rule->match))
      return FAIL(rule, "the pattern of %.*s needs a text, a set or a mention that is always there", NAME(rule->name));
    YUTU_TRY(check_variables(rule, err));
    YUTU_TRY(check_relations(rule, err));
  }
  return YUTU_OK;
}
