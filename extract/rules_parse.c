// Statements of a rule file: set, part, rule with its clauses.
#include "extract/rules_parse.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

yutu_status yutu_rule_next(yutu_rule_parser *p) {
  return yutu_rule_lex(&p->lexer, p->err);
}

bool yutu_rule_mark(const yutu_rule_parser *p, char mark) {
  return p->lexer.current.kind == YUTU_LEX_MARK && p->lexer.current.mark == mark;
}

static bool is_word(const yutu_rule_parser *p, const char *word) {
  return p->lexer.current.kind == YUTU_LEX_WORD && yutu_slice_eq(p->lexer.current.text, yutu_slice_of(word));
}

bool yutu_rule_keyword(const yutu_rule_parser *p) {
  static const char *const words[] = {"rule",       "set",      "part",    "match",   "where", "emit",
                                      "confidence", "priority", "example", "counter", "cue",   NULL};
  if (p->lexer.current.kind == YUTU_LEX_END)
    return true;
  if (!p->lexer.current.first)
    return false;
  for (const char *const *w = words; *w; w++) {
    if (is_word(p, *w))
      return true;
  }
  return false;
}

uint32_t yutu_rule_variable_of(const yutu_rule_parser *p, yutu_slice name) {
  for (uint32_t i = 0; p->rule && i < p->rule->n_variables; i++) {
    if (yutu_slice_eq(p->rule->variables[i].name, name))
      return i;
  }
  return YUTU_RULES_NONE;
}

uint32_t yutu_rule_set_of(const yutu_rule_book *book, yutu_slice name) {
  for (uint32_t i = 0; i < book->sets.n; i++) {
    if (name.len && yutu_slice_eq(book->sets.at[i].name, name))
      return i;
  }
  return YUTU_RULES_NONE;
}

// A word of the language: a name that must be there.
static yutu_status take_word(yutu_rule_parser *p, const char *what, yutu_slice *ret) {
  if (p->lexer.current.kind != YUTU_LEX_WORD)
    return YUTU_RULE_FAIL(p, "%s is expected", what);
  *ret = p->lexer.current.text;
  return yutu_rule_next(p);
}

static yutu_status take_mark(yutu_rule_parser *p, char mark) {
  if (!yutu_rule_mark(p, mark))
    return YUTU_RULE_FAIL(p, "%c is expected", mark);
  return yutu_rule_next(p);
}

static yutu_status use_variable(yutu_rule_parser *p, uint32_t *ret) {
  const yutu_slice name = p->lexer.current.text;
  if (p->lexer.current.kind != YUTU_LEX_WORD)
    return YUTU_RULE_FAIL(p, "a variable is expected");
  *ret = yutu_rule_variable_of(p, name);
  if (*ret == YUTU_RULES_NONE)
    return YUTU_RULE_FAIL(p, "the pattern has no variable %.*s", (int)name.len, name.data);
  p->rule->variables[*ret].uses++;
  return yutu_rule_next(p);
}

// ---- set, part ----

static yutu_status statement_set(yutu_rule_parser *p) {
  yutu_rule_set set = {.path = p->lexer.path, .line = p->lexer.current.line};
  YUTU_TRY(take_word(p, "the set's name", &set.name));
  if (yutu_rule_set_of(p->book, set.name) != YUTU_RULES_NONE)
    return YUTU_RULE_FAIL(p, "the set %.*s is there already", (int)set.name.len, set.name.data);
  YUTU_TRY(take_mark(p, '='));
  while (!yutu_rule_keyword(p)) {
    const yutu_lexeme *l = &p->lexer.current;
    if (l->kind == YUTU_LEX_STRING && l->text.len) {
      *YUTU_PUSH(p->book->arena, &set.literals) = l->text;
    } else if (l->kind == YUTU_LEX_SET) {
      const uint32_t other = yutu_rule_set_of(p->book, l->text);
      if (other == YUTU_RULES_NONE)
        return YUTU_RULE_FAIL(p, "there is no set @%.*s; declare it before its use", (int)l->text.len, l->text.data);
      for (uint32_t i = 0; i < p->book->sets.at[other].literals.n; i++)
        *YUTU_PUSH(p->book->arena, &set.literals) = p->book->sets.at[other].literals.at[i];
    } else {
      return YUTU_RULE_FAIL(p, "a set holds \"texts\" and other @sets");
    }
    YUTU_TRY(yutu_rule_next(p));
  }
  if (!set.literals.n)
    return YUTU_RULE_FAIL(p, "the set %.*s is empty", (int)set.name.len, set.name.data);
  *YUTU_PUSH(p->book->arena, &p->book->sets) = set;
  return YUTU_OK;
}

static yutu_status statement_part(yutu_rule_parser *p) {
  yutu_rule_part part = {0};
  YUTU_TRY(take_word(p, "the part's name", &part.name));
  YUTU_TRY(take_mark(p, '='));
  YUTU_TRY(yutu_rule_pattern(p, &part.node));
  *YUTU_PUSH(p->book->arena, &p->book->parts) = part;
  return YUTU_OK;
}

// ---- the clauses of a rule ----

// where c ends @bodies; a not within b; a count 2; c is (Zone)
static yutu_status clause_where(yutu_rule_parser *p) {
  static const char *const kinds[] = {"begins", "ends", "has", "is", "count", "within", "here"};
  for (;;) {
    yutu_condition c = {0};
    YUTU_TRY(use_variable(p, &c.slot));
    if (is_word(p, "not")) {
      c.negated = 1;
      YUTU_TRY(yutu_rule_next(p));
    }
    for (c.kind = 0; c.kind < YUTU_WHERE_KINDS && !is_word(p, kinds[c.kind]); c.kind++)
      ;
    if (c.kind == YUTU_WHERE_KINDS)
      return YUTU_RULE_FAIL(p, "a condition is begins, ends, has, is, count, within or here");
    YUTU_TRY(yutu_rule_next(p));
    const yutu_lexeme l = p->lexer.current;
    if (c.kind == YUTU_WHERE_IS) {
      uint64_t mask = 0;
      if (!yutu_rule_mark(p, '('))
        return YUTU_RULE_FAIL(p, "classes in brackets are expected, as in (Zone|Org)");
      YUTU_TRY(yutu_rule_classes(p, &mask));
      *YUTU_PUSH(p->book->arena, &p->book->masks) = mask;
      c.operand = p->book->masks.n - 1;
    } else if (c.kind == YUTU_WHERE_COUNT) {
      yutu_slice number = {0};
      YUTU_TRY(take_word(p, "a number", &number));
      c.operand = (uint32_t)strtoul(number.data, NULL, 10);
    } else if (c.kind == YUTU_WHERE_WITHIN) {
      YUTU_TRY(use_variable(p, &c.operand));
    } else if (c.kind == YUTU_WHERE_HERE) {
      c.operand = 0;
    } else if (l.kind == YUTU_LEX_STRING) {
      c.operand = yutu_rule_anonymous_set(p, &l.text, 1);
      YUTU_TRY(yutu_rule_next(p));
    } else if (l.kind == YUTU_LEX_SET && yutu_rule_set_of(p->book, l.text) != YUTU_RULES_NONE) {
      c.operand = yutu_rule_set_of(p->book, l.text);
      YUTU_TRY(yutu_rule_next(p));
    } else {
      return YUTU_RULE_FAIL(p, "a \"text\" or a declared @set is expected");
    }
    *YUTU_PUSH(p->book->arena, &p->rule->conditions) = c;
    if (!yutu_rule_mark(p, ';'))
      return YUTU_OK;
    YUTU_TRY(yutu_rule_next(p));
  }
}

// cooperation a, b via c    cooperation a with b
static yutu_status emit_cooperation(yutu_rule_parser *p, yutu_emit *e) {
  *e = (yutu_emit){.kind = YUTU_EMIT_COOPERATION, .b = YUTU_RULES_NONE, .with = YUTU_RULES_NONE};
  for (;;) {
    uint32_t slot;
    YUTU_TRY(use_variable(p, &slot));
    e->a |= 1u << slot;
    if (!yutu_rule_mark(p, ','))
      break;
    YUTU_TRY(yutu_rule_next(p));
  }
  if (is_word(p, "with")) {
    YUTU_TRY(yutu_rule_next(p));
    YUTU_TRY(use_variable(p, &e->with));
  }
  if (!is_word(p, "via"))
    return YUTU_OK;
  YUTU_TRY(yutu_rule_next(p));
  return use_variable(p, &e->b);
}

// title p t    title p "院长"
static yutu_status emit_title(yutu_rule_parser *p, yutu_emit *e) {
  *e = (yutu_emit){.kind = YUTU_EMIT_TITLE, .b = YUTU_RULES_NONE};
  YUTU_TRY(use_variable(p, &e->a));
  if (p->lexer.current.kind != YUTU_LEX_STRING)
    return use_variable(p, &e->b);
  *YUTU_PUSH(p->book->arena, &p->rule->texts) = p->lexer.current.text;
  e->text = p->rule->texts.n - 1;
  return yutu_rule_next(p);
}

static yutu_status emit_relation(yutu_rule_parser *p, yutu_emit *e) {
  *e = (yutu_emit){.kind = YUTU_EMIT_RELATION};
  YUTU_TRY(use_variable(p, &e->a));
  const yutu_slice name = p->lexer.current.text;
  e->property = p->lexer.current.kind == YUTU_LEX_WORD ? yutu_property_find(name) : YUTU_PROPERTY_NONE;
  if (!e->property)
    return YUTU_RULE_FAIL(p, "there is no relation %.*s in the ontology", (int)name.len, name.data);
  YUTU_TRY(yutu_rule_next(p));
  return use_variable(p, &e->b);
}

static yutu_status clause_emit(yutu_rule_parser *p) {
  for (;;) {
    yutu_emit e;
    if (is_word(p, "cooperation")) {
      YUTU_TRY(yutu_rule_next(p));
      YUTU_TRY(emit_cooperation(p, &e));
    } else if (is_word(p, "title")) {
      YUTU_TRY(yutu_rule_next(p));
      YUTU_TRY(emit_title(p, &e));
    } else {
      YUTU_TRY(emit_relation(p, &e));
    }
    *YUTU_PUSH(p->book->arena, &p->rule->emits) = e;
    if (!yutu_rule_mark(p, ';'))
      return YUTU_OK;
    YUTU_TRY(yutu_rule_next(p));
  }
}

static yutu_status clause_number(yutu_rule_parser *p, double least, double most, double *ret) {
  const yutu_slice text = p->lexer.current.text;
  char copy[16] = {0}, *end = copy;
  if (p->lexer.current.kind == YUTU_LEX_WORD && text.len < sizeof copy)
    memcpy(copy, text.data, text.len);
  *ret = strtod(copy, &end);
  if (end == copy || *end || *ret < least || *ret > most)
    return YUTU_RULE_FAIL(p, "a number from %g to %g is expected", least, most);
  return yutu_rule_next(p);
}

static yutu_status clause_example(yutu_rule_parser *p, bool counter) {
  yutu_rule_example e = {.text = p->lexer.current.text, .line = p->lexer.current.line};
  if (p->lexer.current.kind != YUTU_LEX_STRING)
    return YUTU_RULE_FAIL(p, "the example's text in quotes is expected");
  YUTU_TRY(yutu_rule_next(p));
  if (counter) {
    *YUTU_PUSH(p->book->arena, &p->rule->counters) = e;
    return YUTU_OK;
  }
  if (p->lexer.current.kind != YUTU_LEX_ARROW || !p->lexer.current.text.len)
    return YUTU_RULE_FAIL(p, "=> and the claims that the example gives are expected");
  e.expected = p->lexer.current.text;
  *YUTU_PUSH(p->book->arena, &p->rule->examples) = e;
  return yutu_rule_next(p);
}

static yutu_status rule_clause(yutu_rule_parser *p, yutu_slice word) {
  if (yutu_slice_eq(word, YUTU_SLICE("match")))
    return p->rule->match ? YUTU_RULE_FAIL(p, "a rule has one match") : yutu_rule_pattern(p, &p->rule->match);
  if (!p->rule->match)
    return YUTU_RULE_FAIL(p, "the rule's match must come first");
  if (yutu_slice_eq(word, YUTU_SLICE("where")))
    return clause_where(p);
  if (yutu_slice_eq(word, YUTU_SLICE("emit")))
    return clause_emit(p);
  if (yutu_slice_eq(word, YUTU_SLICE("confidence")))
    return clause_number(p, 0.05, 1.0, &p->rule->confidence);
  if (yutu_slice_eq(word, YUTU_SLICE("priority"))) {
    double priority;
    YUTU_TRY(clause_number(p, 0, 100, &priority));
    p->rule->priority = (int32_t)priority;
    return YUTU_OK;
  }
  if (yutu_slice_eq(word, YUTU_SLICE("cue"))) {
    yutu_slice none = {0};
    YUTU_TRY(take_word(p, "none", &none));
    p->rule->cueless = true;
    return yutu_slice_eq(none, YUTU_SLICE("none")) ? YUTU_OK
                                                   : YUTU_RULE_FAIL(p, "cue none is all that there is; mark a "
                                                                       "cue in the pattern with !");
  }
  return clause_example(p, yutu_slice_eq(word, YUTU_SLICE("counter")));
}

static yutu_status statement_rule(yutu_rule_parser *p) {
  yutu_rule_source rule = {.path = p->lexer.path, .line = p->lexer.current.line, .confidence = 0.8};
  rule.name = p->lexer.current.text;
  for (uint32_t i = 0; i < p->book->rules.n; i++) {
    if (yutu_slice_eq(p->book->rules.at[i].name, rule.name))
      return YUTU_RULE_FAIL(p, "the rule %.*s is there already (%s:%u)", (int)rule.name.len, rule.name.data,
                            p->book->rules.at[i].path, p->book->rules.at[i].line);
  }
  YUTU_TRY(take_word(p, "the rule's name", &rule.name));
  p->rule = &rule;
  yutu_status st = YUTU_OK;
  while (st == YUTU_OK && yutu_rule_keyword(p) && p->lexer.current.kind != YUTU_LEX_END && !is_word(p, "rule") &&
         !is_word(p, "set") && !is_word(p, "part")) {
    const yutu_slice word = p->lexer.current.text;
    st = yutu_rule_next(p);
    if (st == YUTU_OK)
      st = rule_clause(p, word);
    if (st == YUTU_OK && !yutu_rule_keyword(p))
      st = YUTU_RULE_FAIL(p, "nothing is expected here; a new clause begins on a new line");
  }
  p->rule = NULL;
  YUTU_TRY(st);
  *YUTU_PUSH(p->book->arena, &p->book->rules) = rule;
  return YUTU_OK;
}

yutu_status yutu_rules_parse(yutu_rule_book *book, const char *path, yutu_slice text, yutu_error *err) {
  if (text.len > YUTU_RULE_FILE_BYTES_MAX)
    return yutu_fail_at(err, YUTU_ERR_LIMIT, path, 0, "is larger than %d bytes; split it", YUTU_RULE_FILE_BYTES_MAX);
  if (yutu_utf8_check(text.data, text.len) != text.len)
    return yutu_fail_at(err, YUTU_ERR_INPUT, path, 0, "is not UTF-8");
  yutu_rule_parser p = {.book = book, .err = err};
  p.lexer = (yutu_rule_lexer){.path = path, .at = text.data, .end = text.data + text.len, .line = 1, .fresh = true};
  YUTU_TRY(yutu_rule_next(&p));
  while (p.lexer.current.kind != YUTU_LEX_END) {
    const yutu_slice word = p.lexer.current.text;
    if (!yutu_rule_keyword(&p))
      return YUTU_RULE_FAIL(&p, "set, part or rule is expected at the beginning of a line");
    YUTU_TRY(yutu_rule_next(&p));
    if (yutu_slice_eq(word, YUTU_SLICE("set")))
      YUTU_TRY(statement_set(&p));
    else if (yutu_slice_eq(word, YUTU_SLICE("part")))
      YUTU_TRY(statement_part(&p));
    else if (yutu_slice_eq(word, YUTU_SLICE("rule")))
      YUTU_TRY(statement_rule(&p));
    else
      return YUTU_RULE_FAIL(&p, "%.*s stands outside of a rule", (int)word.len, word.data);
  }
  return YUTU_OK;
}
