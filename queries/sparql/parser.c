#include "queries/sparql/parser.h"

#include "queries/sparql/vocabulary.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

_Noreturn void yutu_parse_fail(yutu_parser *p, yutu_status status, const yutu_token *where, const char *format, ...) {
  char message[YUTU_ERROR_MESSAGE_MAX];
  va_list args;
  va_start(args, format);
  vsnprintf(message, sizeof message, format, args);
  va_end(args);
  p->status = yutu_fail(p->err, status, "%s", message);
  yutu_sparql_locate(p->text, where->offset, p->err);
  longjmp(p->trap, 3);
}

// ---- tokens ----

const yutu_token *yutu_parse_peek(const yutu_parser *p) {
  return &p->tokens[p->at];
}

const yutu_token *yutu_parse_take(yutu_parser *p) {
  const yutu_token *t = &p->tokens[p->at];
  if (t->kind != YUTU_TOKEN_END)
    p->at++;
  return t;
}

bool yutu_parse_is(const yutu_parser *p, const char *punctuation) {
  const yutu_token *t = yutu_parse_peek(p);
  return t->kind == YUTU_TOKEN_PUNCTUATION && yutu_slice_eq(t->text, yutu_slice_of(punctuation));
}

bool yutu_parse_accept(yutu_parser *p, const char *punctuation) {
  const bool is = yutu_parse_is(p, punctuation);
  p->at += is;
  return is;
}

void yutu_parse_expect(yutu_parser *p, const char *punctuation) {
  const yutu_token *t = yutu_parse_peek(p);
  if (yutu_parse_accept(p, punctuation))
    return;
  if (t->kind == YUTU_TOKEN_END)
    yutu_parse_fail(p, YUTU_ERR_QUERY, t, "the query ends where \"%s\" is needed", punctuation);
  const int shown = t->text.len > 40 ? 40 : (int)t->text.len;
  yutu_parse_fail(p, YUTU_ERR_QUERY, t, "\"%s\" is needed before \"%.*s\"", punctuation, shown, t->text.data);
}

bool yutu_token_is_word(const yutu_token *t, const char *word) {
  return t->kind == YUTU_TOKEN_WORD && t->text.len == strlen(word) && strncasecmp(t->text.data, word, t->text.len) == 0;
}

bool yutu_parse_is_word(const yutu_parser *p, const char *word) {
  return yutu_token_is_word(yutu_parse_peek(p), word);
}

bool yutu_parse_accept_word(yutu_parser *p, const char *word) {
  const bool is = yutu_parse_is_word(p, word);
  p->at += is;
  return is;
}

void yutu_parse_expect_word(yutu_parser *p, const char *word) {
  if (!yutu_parse_accept_word(p, word))
    yutu_parse_fail(p, YUTU_ERR_QUERY, yutu_parse_peek(p), "%s is needed here", word);
}

void yutu_parse_enter(yutu_parser *p) {
  if (++p->depth > YUTU_QUERY_DEPTH_MAX)
    yutu_parse_fail(p, YUTU_ERR_LIMIT, yutu_parse_peek(p), "the query is nested more than %d deep",
                    YUTU_QUERY_DEPTH_MAX);
}

void yutu_parse_leave(yutu_parser *p) {
  p->depth--;
}

// ---- the query as a whole ----

static void parse_prologue(yutu_parser *p) {
  for (;;) {
    if (yutu_parse_accept_word(p, "BASE")) {
      const yutu_token *t = yutu_parse_peek(p);
      if (t->kind != YUTU_TOKEN_IRI)
        yutu_parse_fail(p, YUTU_ERR_QUERY, t, "BASE needs an IRI in angle brackets");
      p->base = yutu_parse_iri(p);
    } else if (yutu_parse_accept_word(p, "PREFIX")) {
      const yutu_token *t = yutu_parse_take(p);
      if (t->kind != YUTU_TOKEN_PNAME || memchr(t->text.data, ':', t->text.len) != t->text.data + t->text.len - 1)
        yutu_parse_fail(p, YUTU_ERR_QUERY, t, "PREFIX needs a name that ends with a colon");
      if (yutu_parse_peek(p)->kind != YUTU_TOKEN_IRI)
        yutu_parse_fail(p, YUTU_ERR_QUERY, yutu_parse_peek(p), "PREFIX needs an IRI in angle brackets");
      const yutu_slice iri = yutu_parse_iri(p);
      *YUTU_PUSH(p->arena, &p->prefixes) = (yutu_declared_prefix){{t->text.data, t->text.len - 1}, iri};
    } else {
      return;
    }
  }
}

static void parse_ask(yutu_parser *p) {
  p->query->form = YUTU_QUERY_ASK;
  yutu_parse_from(p);
  yutu_parse_accept_word(p, "WHERE");
  p->query->root = yutu_parse_modifiers(p, yutu_parse_group_pattern(p));
}

static void parse_template(yutu_parser *p) {
  p->in_template = true;
  yutu_parse_expect(p, "{");
  yutu_parse_triples(p, NULL);
  yutu_parse_expect(p, "}");
  p->in_template = false;
  p->labels.n = 0; // blank nodes of the template are none of the pattern
}

/// CONSTRUCT WHERE { triples }: the pattern is the template.
static yutu_algebra *parse_template_as_pattern(yutu_parser *p) {
  yutu_parse_expect_word(p, "WHERE");
  yutu_patterns triples = {0};
  p->in_template = true;
  yutu_parse_expect(p, "{");
  yutu_parse_triples(p, &triples);
  yutu_parse_expect(p, "}");
  p->in_template = false;
  yutu_algebra *join = yutu_make_algebra(p, triples.n ? YUTU_ALGEBRA_JOIN : YUTU_ALGEBRA_UNIT, 0);
  join->children = triples.at;
  join->n_children = triples.n;
  return yutu_scope_of(p, join);
}

static void parse_construct(yutu_parser *p) {
  p->query->form = YUTU_QUERY_CONSTRUCT;
  yutu_algebra *pattern;
  if (yutu_parse_is(p, "{")) {
    parse_template(p);
    yutu_parse_from(p);
    yutu_parse_accept_word(p, "WHERE");
    pattern = yutu_parse_group_pattern(p);
  } else {
    yutu_parse_from(p);
    pattern = parse_template_as_pattern(p);
  }
  p->query->root = yutu_parse_modifiers(p, pattern);
}

static void parse_describe(yutu_parser *p) {
  p->query->form = YUTU_QUERY_DESCRIBE;
  const bool star = yutu_parse_accept(p, "*");
  if (!star) {
    do {
      const yutu_node node = yutu_parse_var_or_iri(p);
      *YUTU_PUSH(p->arena, &p->query->described) = node;
    } while (yutu_parse_peek(p)->kind == YUTU_TOKEN_VAR || yutu_parse_is_iri(p));
  }
  yutu_parse_from(p);
  yutu_algebra *pattern;
  if (yutu_parse_accept_word(p, "WHERE") || yutu_parse_is(p, "{"))
    pattern = yutu_parse_group_pattern(p);
  else
    pattern = yutu_scope_of(p, yutu_make_algebra(p, YUTU_ALGEBRA_UNIT, 0));
  p->query->root = yutu_parse_modifiers(p, pattern);
  if (!star)
    return;
  for (uint32_t v = UINT32_MAX; yutu_varset_next(pattern->possible, p->query->set_words, &v);) {
    if (p->query->variables.at[v].name.len)
      *YUTU_PUSH(p->arena, &p->query->described) = yutu_node_var(v);
  }
}

static void refuse_update(yutu_parser *p) {
  static const char *const words[] = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE",
                                      "DROP",   "COPY",   "MOVE", "ADD",   "WITH"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (yutu_parse_is_word(p, words[i]))
      yutu_parse_fail(p, YUTU_ERR_UNSUPPORTED, yutu_parse_peek(p), "%s: updates are not supported, only queries",
                      words[i]);
  }
}

static void parse_query(yutu_parser *p) {
  parse_prologue(p);
  p->query->base = p->base;
  if (yutu_parse_accept_word(p, "SELECT"))
    p->query->root = yutu_parse_select(p, true);
  else if (yutu_parse_accept_word(p, "ASK"))
    parse_ask(p);
  else if (yutu_parse_accept_word(p, "CONSTRUCT"))
    parse_construct(p);
  else if (yutu_parse_accept_word(p, "DESCRIBE"))
    parse_describe(p);
  else {
    refuse_update(p);
    yutu_parse_fail(p, YUTU_ERR_QUERY, yutu_parse_peek(p), "SELECT, ASK, CONSTRUCT or DESCRIBE is needed here");
  }
  const yutu_token *t = yutu_parse_peek(p);
  if (t->kind != YUTU_TOKEN_END)
    yutu_parse_fail(p, YUTU_ERR_QUERY, t, "the query should end before \"%.*s\"",
                    t->text.len > 40 ? 40 : (int)t->text.len, t->text.data);
}

static void finish(yutu_parser *p) {
  yutu_query *q = p->query;
  q->true_constant = yutu_parse_constant(p, yutu_typed(YUTU_SLICE("true"), YUTU_SLICE(YUTU_XSD "boolean")));
  q->false_constant = yutu_parse_constant(p, yutu_typed(YUTU_SLICE("false"), YUTU_SLICE(YUTU_XSD "boolean")));
  q->column_names = YUTU_NEW_ARRAY(p->arena, yutu_slice, q->columns.n);
  for (uint32_t i = 0; i < q->columns.n; i++)
    q->column_names[i] = q->variables.at[q->columns.at[i]].name;
  q->parameters = YUTU_NEW_ARRAY(p->arena, yutu_term, q->names.n);
}

/// Upper bound of the words that a set of all variables needs: variables come of variable tokens, of blank nodes
/// (labels and brackets), of paths, of aggregates and of expressions in GROUP BY; each takes a token of its own.
static uint32_t words_for(uint32_t n_tokens) {
  const uint32_t most = 2 * n_tokens < YUTU_QUERY_VARIABLES_MAX ? 2 * n_tokens : YUTU_QUERY_VARIABLES_MAX;
  return most / 64 + 1;
}

static void parse_all(yutu_parser *p) {
  const int why = setjmp(p->trap);
  if (why) {
    if (why != 3)
      p->status = yutu_fail(p->err, why == 2 ? YUTU_ERR_LIMIT : YUTU_ERR_NOMEM, "out of memory while parsing a query");
    return;
  }
  yutu_arena_trap(p->arena, &p->trap);
  yutu_slice text = {yutu_arena_strndup(p->arena, p->text.data, p->text.len), p->text.len};
  p->status = yutu_sparql_unescape(text, p->arena, &p->text, p->err);
  uint32_t n_tokens = 0;
  if (p->status == YUTU_OK)
    p->status = yutu_sparql_tokens(p->text, p->arena, &p->tokens, &n_tokens, p->err);
  if (p->status != YUTU_OK)
    return;
  p->query->set_words = words_for(n_tokens);
  p->base.data = yutu_arena_strndup(p->arena, p->base.data, p->base.len);
  p->scope = YUTU_NEW(p->arena, yutu_scope);
  parse_query(p);
  finish(p);
}

yutu_status yutu_sparql_parse(yutu_slice text, yutu_slice base, yutu_query **ret, yutu_error *err) {
  if (text.len > YUTU_QUERY_BYTES_MAX)
    return yutu_fail(err, YUTU_ERR_LIMIT, "a query of %zu bytes; at most %d are taken", text.len, YUTU_QUERY_BYTES_MAX);
  yutu_arena *arena = yutu_arena_new(0);
  yutu_query *query = calloc(1, sizeof *query);
  yutu_parser *p = calloc(1, sizeof *p);
  yutu_status status;
  if (!arena || !query || !p) {
    status = yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  } else {
    query->arena = arena;
    *p = (yutu_parser){.query = query, .arena = arena, .err = err, .text = text, .base = base};
    parse_all(p);
    yutu_arena_trap(arena, NULL);
    status = p->status;
  }
  free(p);
  if (status == YUTU_OK) {
    *ret = query;
  } else {
    yutu_arena_free(arena);
    free(query);
  }
  return status;
}
