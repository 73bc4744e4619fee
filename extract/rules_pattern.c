// The pattern of a rule: literals, sets, mentions, gaps and how they combine.
#include "extract/rules_parse.h"

#include "base/utf8.h"

#include <string.h>

static yutu_node *new_node(yutu_rule_parser *p, yutu_node_kind kind) {
  yutu_node *node = YUTU_NEW(p->book->arena, yutu_node);
  node->kind = kind;
  node->set = node->slot = YUTU_RULES_NONE;
  return node;
}

static yutu_status class_set(yutu_rule_parser *p, yutu_slice name, uint64_t *ret) {
  uint64_t set = yutu_class_set(name);
  if (yutu_slice_eq(name, YUTU_SLICE("Any")))
    set = yutu_class_set(YUTU_SLICE("Entity"));
  if (!set)
    return YUTU_RULE_FAIL(p, "there is no class %.*s in the ontology", (int)name.len, name.data);
  *ret |= set;
  return YUTU_OK;
}

yutu_status yutu_rule_classes(yutu_rule_parser *p, uint64_t *ret) {
  uint64_t mask = 0;
  do {
    YUTU_TRY(yutu_rule_next(p));
    if (p->lexer.current.kind != YUTU_LEX_WORD)
      return YUTU_RULE_FAIL(p, "a class is expected, as in (Org|Region)");
    YUTU_TRY(class_set(p, p->lexer.current.text, &mask));
    YUTU_TRY(yutu_rule_next(p));
  } while (yutu_rule_mark(p, '|'));
  if (!yutu_rule_mark(p, ')'))
    return YUTU_RULE_FAIL(p, ") is missing after the classes");
  *ret = mask;
  return yutu_rule_next(p);
}

uint32_t yutu_rule_anonymous_set(yutu_rule_parser *p, const yutu_slice *literals, uint32_t n) {
  yutu_rule_set *set = YUTU_PUSH(p->book->arena, &p->book->sets);
  set->path = p->lexer.path;
  set->line = p->lexer.current.line;
  for (uint32_t i = 0; i < n; i++)
    *YUTU_PUSH(p->book->arena, &set->literals) = literals[i];
  return p->book->sets.n - 1;
}

static yutu_status characters(yutu_rule_parser *p, yutu_node **ret) {
  enum { CHARACTERS_MAX = 64 };
  yutu_slice found[CHARACTERS_MAX];
  uint32_t n = 0;
  const yutu_slice text = p->lexer.current.text;
  for (const char *at = text.data, *end = text.data + text.len; at < end;) {
    const char *begin = at;
    if (yutu_utf8_next(&at, end) == YUTU_UTF8_BAD || n == CHARACTERS_MAX)
      return YUTU_RULE_FAIL(p, "[…] holds one to %d characters", CHARACTERS_MAX);
    found[n++] = (yutu_slice){begin, (size_t)(at - begin)};
  }
  if (!n)
    return YUTU_RULE_FAIL(p, "[…] holds one to %d characters", CHARACTERS_MAX);
  *ret = new_node(p, YUTU_NODE_SET);
  (*ret)->set = yutu_rule_anonymous_set(p, found, n);
  return yutu_rule_next(p);
}

static yutu_status set_reference(yutu_rule_parser *p, uint32_t *ret) {
  const yutu_slice name = p->lexer.current.text;
  *ret = yutu_rule_set_of(p->book, name);
  if (*ret == YUTU_RULES_NONE)
    return YUTU_RULE_FAIL(p, "there is no set @%.*s; declare it before its use", (int)name.len, name.data);
  return yutu_rule_next(p);
}

static yutu_status part_reference(yutu_rule_parser *p, yutu_node **ret) {
  const yutu_slice name = p->lexer.current.text;
  for (uint32_t i = 0; i < p->book->parts.n; i++) {
    if (yutu_slice_eq(p->book->parts.at[i].name, name)) {
      *ret = new_node(p, YUTU_NODE_SEQUENCE);
      (*ret)->first = p->book->parts.at[i].node;
      return yutu_rule_next(p);
    }
  }
  return YUTU_RULE_FAIL(p, "there is no part &%.*s; declare it before its use", (int)name.len, name.data);
}

static yutu_status gap(yutu_rule_parser *p, yutu_node **ret) {
  yutu_node *node = new_node(p, YUTU_NODE_GAP);
  const yutu_lexeme *l = &p->lexer.current;
  node->gap = l->across ? YUTU_GAP_SENTENCE : YUTU_GAP_CLAUSE;
  node->max = l->number ? l->number : l->across ? YUTU_RULE_GAP_LONG : YUTU_RULE_GAP;
  if (node->max > YUTU_RULE_GAP_MAX)
    return YUTU_RULE_FAIL(p, "a gap is %d characters long at most", YUTU_RULE_GAP_MAX);
  YUTU_TRY(yutu_rule_next(p));
  if (yutu_rule_mark(p, '!')) {
    YUTU_TRY(yutu_rule_next(p));
    if (p->lexer.current.kind == YUTU_LEX_STRING) {
      node->set = yutu_rule_anonymous_set(p, &p->lexer.current.text, 1);
      YUTU_TRY(yutu_rule_next(p));
    } else if (p->lexer.current.kind == YUTU_LEX_SET) {
      YUTU_TRY(set_reference(p, &node->set));
    } else {
      return YUTU_RULE_FAIL(p, "after ! of a gap: the \"text\" or @set that must not occur in it");
    }
  }
  *ret = node;
  return YUTU_OK;
}

// {number}, {adverbs}, {head}: what the engine knows about words.
static yutu_status braces(yutu_rule_parser *p, yutu_node **ret) {
  static const struct {
    const char *name;
    yutu_node_kind kind;
    uint32_t value;
  } known[] = {
      {"number", YUTU_NODE_ATOM, YUTU_ATOM_NUMBER},
      {"date", YUTU_NODE_ATOM, YUTU_ATOM_DATE},
      {"title", YUTU_NODE_ATOM, YUTU_ATOM_TITLE},
      {"noun", YUTU_NODE_ATOM, YUTU_ATOM_NOUN},
      {"adverbs", YUTU_NODE_GAP, YUTU_GAP_ADVERBS},
      {"modifiers", YUTU_NODE_GAP, YUTU_GAP_MODIFIERS},
      {"start", YUTU_NODE_ASSERT, YUTU_ASSERT_SENTENCE_BEGIN},
      {"end", YUTU_NODE_ASSERT, YUTU_ASSERT_SENTENCE_END},
      {"head", YUTU_NODE_ASSERT, YUTU_ASSERT_HEAD},
      {"then", YUTU_NODE_ASSERT, YUTU_ASSERT_THEN},
  };
  const yutu_slice name = p->lexer.current.text;
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    if (!yutu_slice_eq(name, yutu_slice_of(known[i].name)))
      continue;
    yutu_node *node = new_node(p, known[i].kind);
    node->gap = node->atom = node->assertion = known[i].value;
    node->max = known[i].value == YUTU_GAP_MODIFIERS ? 30 : 40;
    *ret = node;
    return yutu_rule_next(p);
  }
  return YUTU_RULE_FAIL(p, "there is no {%.*s}", (int)name.len, name.data);
}

static yutu_status new_variable(yutu_rule_parser *p, yutu_slice name, uint32_t *ret) {
  if (!p->rule)
    return YUTU_RULE_FAIL(p, "a part has no variables");
  *ret = yutu_rule_variable_of(p, name);
  if (*ret != YUTU_RULES_NONE)
    return YUTU_OK; // in another alternative
  if (p->rule->n_variables == YUTU_RULE_SLOTS_MAX)
    return YUTU_RULE_FAIL(p, "a rule has %d variables at most", YUTU_RULE_SLOTS_MAX);
  *ret = p->rule->n_variables++;
  p->rule->variables[*ret] = (yutu_rule_variable){.name = name, .line = p->lexer.current.line};
  return YUTU_OK;
}

// r:inside c (City): a name within the name that c stands for.
static yutu_status inside(yutu_rule_parser *p, uint32_t slot, yutu_node **ret) {
  yutu_node *node = new_node(p, YUTU_NODE_INSIDE);
  node->slot = slot;
  YUTU_TRY(yutu_rule_next(p));
  node->set =
      p->lexer.current.kind == YUTU_LEX_WORD ? yutu_rule_variable_of(p, p->lexer.current.text) : YUTU_RULES_NONE;
  if (node->set == YUTU_RULES_NONE)
    return YUTU_RULE_FAIL(p, "after inside: a variable that was bound before");
  YUTU_TRY(yutu_rule_next(p));
  if (!yutu_rule_mark(p, '('))
    return YUTU_RULE_FAIL(p, "a class is expected, as in r:inside c (City)");
  YUTU_TRY(yutu_rule_classes(p, &node->mask));
  *ret = node;
  return YUTU_OK;
}

// a:(Org|Region)+  a:inner(Region)  t:{title}  subject:(Org)
static yutu_status variable(yutu_rule_parser *p, yutu_node **ret) {
  const yutu_slice name = p->lexer.current.text;
  YUTU_TRY(yutu_rule_next(p));
  if (!yutu_rule_mark(p, ':'))
    return YUTU_RULE_FAIL(p, "\"%.*s\": a variable needs its class, as in %.*s:(Org|Region)", (int)name.len, name.data,
                          (int)name.len, name.data);
  uint32_t slot;
  YUTU_TRY(new_variable(p, name, &slot));
  YUTU_TRY(yutu_rule_next(p));
  if (p->lexer.current.kind == YUTU_LEX_BRACE) {
    YUTU_TRY(braces(p, ret));
    if ((*ret)->kind != YUTU_NODE_ATOM)
      return YUTU_RULE_FAIL(p, "only {title}, {number}, {date} and {noun} can be bound to a variable");
    (*ret)->slot = slot;
    p->rule->variables[slot].text = true;
    return YUTU_OK;
  }
  if (p->lexer.current.kind == YUTU_LEX_WORD && yutu_slice_eq(p->lexer.current.text, YUTU_SLICE("inside")))
    return inside(p, slot, ret);
  const bool topic = yutu_slice_eq(name, YUTU_SLICE("topic"));
  const bool carried = topic || yutu_slice_eq(name, YUTU_SLICE("subject"));
  yutu_node *node = new_node(p, carried ? YUTU_NODE_SUBJECT : YUTU_NODE_MENTION);
  node->slot = slot;
  node->flags = topic;
  if (p->lexer.current.kind == YUTU_LEX_WORD && yutu_slice_eq(p->lexer.current.text, YUTU_SLICE("inner"))) {
    node->flags |= YUTU_MENTION_ALSO_INNER;
    YUTU_TRY(yutu_rule_next(p));
  }
  if (!yutu_rule_mark(p, '('))
    return YUTU_RULE_FAIL(p, "a variable needs its class, as in a:(Org|Region)");
  YUTU_TRY(yutu_rule_classes(p, &node->mask));
  if (yutu_rule_mark(p, '+')) {
    if (node->kind == YUTU_NODE_SUBJECT)
      return YUTU_RULE_FAIL(p, "the subject is a list where it is one; it needs no +");
    node->flags |= YUTU_MENTION_LIST;
    p->rule->variables[slot].list = true;
    YUTU_TRY(yutu_rule_next(p));
  }
  *ret = node;
  return YUTU_OK;
}

// ("成立"|"设立"|@more) is one set: it can be the rule's cue.
static bool fold_choice(yutu_rule_parser *p, yutu_node *choice) {
  uint32_t n = 0;
  for (const yutu_node *c = choice->first; c; c = c->next) {
    const yutu_node *leaf = c->kind == YUTU_NODE_SEQUENCE && c->first && !c->first->next ? c->first : c;
    if (leaf->kind != YUTU_NODE_LITERAL && leaf->kind != YUTU_NODE_SET)
      return false;
    n++;
  }
  const uint32_t set = yutu_rule_anonymous_set(p, NULL, 0);
  for (const yutu_node *c = choice->first; c; c = c->next) {
    const yutu_node *leaf = c->kind == YUTU_NODE_SEQUENCE ? c->first : c;
    if (leaf->kind == YUTU_NODE_LITERAL) {
      *YUTU_PUSH(p->book->arena, &p->book->sets.at[set].literals) = leaf->text;
      continue;
    }
    for (uint32_t i = 0; i < p->book->sets.at[leaf->set].literals.n; i++)
      *YUTU_PUSH(p->book->arena, &p->book->sets.at[set].literals) = p->book->sets.at[leaf->set].literals.at[i];
  }
  choice->kind = YUTU_NODE_SET;
  choice->set = set;
  choice->first = NULL;
  return n > 0;
}

static yutu_status group(yutu_rule_parser *p, yutu_node **ret) {
  if (++p->depth > YUTU_RULE_DEPTH_MAX)
    return YUTU_RULE_FAIL(p, "groups are nested too deeply");
  // (Org|Region) without a variable: a mention.
  yutu_rule_lexer ahead = p->lexer;
  YUTU_TRY(yutu_rule_lex(&ahead, p->err));
  if (ahead.current.kind == YUTU_LEX_WORD && yutu_slice_eq(ahead.current.text, YUTU_SLICE("Any")))
    ahead.current.text = YUTU_SLICE("Entity");
  if (ahead.current.kind == YUTU_LEX_WORD && yutu_class_set(ahead.current.text)) {
    *ret = new_node(p, YUTU_NODE_MENTION);
    YUTU_TRY(yutu_rule_classes(p, &(*ret)->mask));
    if (yutu_rule_mark(p, '+')) {
      (*ret)->flags |= YUTU_MENTION_LIST;
      YUTU_TRY(yutu_rule_next(p));
    }
    p->depth--;
    return YUTU_OK;
  }
  yutu_node *choice = new_node(p, YUTU_NODE_CHOICE), **link = &choice->first;
  do {
    YUTU_TRY(yutu_rule_next(p));
    YUTU_TRY(yutu_rule_pattern(p, link));
    link = &(*link)->next;
  } while (yutu_rule_mark(p, '|'));
  if (!yutu_rule_mark(p, ')'))
    return YUTU_RULE_FAIL(p, ") is missing");
  YUTU_TRY(yutu_rule_next(p));
  p->depth--;
  (void)fold_choice(p, choice);
  *ret = choice;
  return YUTU_OK;
}

static yutu_status anchor(yutu_rule_parser *p, uint32_t assertion, yutu_node **ret) {
  *ret = new_node(p, YUTU_NODE_ASSERT);
  (*ret)->assertion = assertion;
  return yutu_rule_next(p);
}

static yutu_status element(yutu_rule_parser *p, yutu_node **ret) {
  const yutu_lexeme *l = &p->lexer.current;
  switch (l->kind) {
  case YUTU_LEX_STRING:
    if (!l->text.len)
      return YUTU_RULE_FAIL(p, "the text is empty");
    *ret = new_node(p, YUTU_NODE_LITERAL);
    (*ret)->text = l->text;
    return yutu_rule_next(p);
  case YUTU_LEX_SET:
    *ret = new_node(p, YUTU_NODE_SET);
    return set_reference(p, &(*ret)->set);
  case YUTU_LEX_PART:
    return part_reference(p, ret);
  case YUTU_LEX_CHARS:
    return characters(p, ret);
  case YUTU_LEX_GAP:
    return gap(p, ret);
  case YUTU_LEX_BRACE:
    return braces(p, ret);
  case YUTU_LEX_WORD:
    return variable(p, ret);
  default:
    break;
  }
  if (yutu_rule_mark(p, '('))
    return group(p, ret);
  if (yutu_rule_mark(p, '^'))
    return anchor(p, YUTU_ASSERT_CLAUSE_BEGIN, ret);
  if (yutu_rule_mark(p, '$'))
    return anchor(p, YUTU_ASSERT_CLAUSE_END, ret);
  return YUTU_RULE_FAIL(p, "a pattern goes on with \"text\", @set, &part, […], {…}, a:(Class), ( … ), .. or ...");
}

static yutu_status marks(yutu_rule_parser *p, yutu_node **ret) {
  for (;;) {
    const bool repeat = yutu_rule_mark(p, '*');
    if (yutu_rule_mark(p, '!')) {
      if ((*ret)->kind != YUTU_NODE_LITERAL && (*ret)->kind != YUTU_NODE_SET)
        return YUTU_RULE_FAIL(p, "! marks the cue: a \"text\" or a set");
      (*ret)->cue = true;
    } else if (yutu_rule_mark(p, '?') || repeat) {
      if (repeat && yutu_node_empty(*ret))
        return YUTU_RULE_FAIL(p, "what * repeats must not be empty");
      yutu_node *outer = new_node(p, repeat ? YUTU_NODE_REPEAT : YUTU_NODE_OPTION);
      outer->first = *ret;
      *ret = outer;
    } else {
      return YUTU_OK;
    }
    YUTU_TRY(yutu_rule_next(p));
  }
}

yutu_status yutu_rule_pattern(yutu_rule_parser *p, yutu_node **ret) {
  yutu_node *sequence = new_node(p, YUTU_NODE_SEQUENCE), **link = &sequence->first;
  while (!yutu_rule_keyword(p) && !yutu_rule_mark(p, ')') && !yutu_rule_mark(p, '|')) {
    YUTU_TRY(element(p, link));
    YUTU_TRY(marks(p, link));
    link = &(*link)->next;
  }
  if (!sequence->first)
    return YUTU_RULE_FAIL(p, "the pattern is empty");
  *ret = sequence;
  return YUTU_OK;
}
