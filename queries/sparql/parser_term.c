#include "graph/iri.h"
#include "graph/iri_resolve.h"
#include "queries/sparql/parser.h"
#include "queries/sparql/vocabulary.h"

#include <string.h>

uint32_t yutu_parse_constant(yutu_parser *p, yutu_term term) {
  *YUTU_PUSH(p->arena, &p->query->constants) = term;
  return p->query->constants.n - 1;
}

static uint32_t new_var(yutu_parser *p, yutu_slice name) {
  if (p->query->variables.n >= YUTU_QUERY_VARIABLES_MAX)
    yutu_parse_fail(p, YUTU_ERR_LIMIT, yutu_parse_peek(p), "more than %d variables and blank nodes in one query",
                    YUTU_QUERY_VARIABLES_MAX);
  yutu_variable *v = YUTU_PUSH(p->arena, &p->query->variables);
  v->name = name;
  v->name_index = UINT32_MAX;
  return p->query->variables.n - 1;
}

uint32_t yutu_parse_fresh_var(yutu_parser *p) {
  return new_var(p, (yutu_slice){NULL, 0});
}

static uint32_t name_index(yutu_parser *p, yutu_slice name) {
  yutu_query *q = p->query;
  for (uint32_t i = 0; i < q->names.n; i++) {
    if (yutu_slice_eq(q->names.at[i], name))
      return i;
  }
  *YUTU_PUSH(p->arena, &q->names) = name;
  return q->names.n - 1;
}

static bool belongs_outside(const yutu_scope *scope, yutu_slice name) {
  if (!scope->parent)
    return false;
  bool projected = scope->all;
  for (uint32_t i = 0; i < scope->projected.n && !projected; i++)
    projected = yutu_slice_eq(scope->projected.at[i], name);
  return projected;
}

uint32_t yutu_parse_var_of(yutu_parser *p, yutu_slice name) {
  yutu_scope *scope = p->scope;
  while (belongs_outside(scope, name))
    scope = scope->parent;
  for (uint32_t i = 0; i < scope->vars.n; i++) {
    if (yutu_slice_eq(p->query->variables.at[scope->vars.at[i]].name, name))
      return scope->vars.at[i];
  }
  const uint32_t var = new_var(p, name);
  p->query->variables.at[var].name_index = name_index(p, name);
  *YUTU_PUSH(p->arena, &scope->vars) = var;
  return var;
}

uint32_t yutu_parse_var(yutu_parser *p) {
  const yutu_token *t = yutu_parse_take(p);
  if (t->kind != YUTU_TOKEN_VAR)
    yutu_parse_fail(p, YUTU_ERR_QUERY, t, "a variable is needed here");
  return yutu_parse_var_of(p, t->text);
}

yutu_node yutu_node_var(uint32_t var) {
  return (yutu_node){true, var};
}

yutu_node yutu_node_iri(yutu_parser *p, const char *iri) {
  return (yutu_node){false, yutu_parse_constant(p, yutu_iri(yutu_slice_of(iri)))};
}

// ---- IRIs ----

bool yutu_parse_is_iri(const yutu_parser *p) {
  const yutu_token_kind kind = yutu_parse_peek(p)->kind;
  return kind == YUTU_TOKEN_IRI || kind == YUTU_TOKEN_PNAME;
}

static yutu_slice expand(yutu_parser *p, const yutu_token *t) {
  const char *colon = memchr(t->text.data, ':', t->text.len);
  const yutu_slice prefix = {t->text.data, (size_t)(colon - t->text.data)};
  for (uint32_t i = p->prefixes.n; i-- > 0;) {
    if (!yutu_slice_eq(p->prefixes.at[i].prefix, prefix))
      continue;
    const yutu_slice space = p->prefixes.at[i].iri;
    char *out = yutu_arena_alloc(p->arena, space.len + t->text.len + 1);
    size_t n = space.len;
    if (n)
      memcpy(out, space.data, n);
    for (const char *c = colon + 1; c < t->text.data + t->text.len; c++) {
      if (*c != '\\') // a backslash keeps the character after it from meaning anything
        out[n++] = *c;
    }
    return (yutu_slice){out, n};
  }
  yutu_parse_fail(p, YUTU_ERR_QUERY, t, "the prefix \"%.*s:\" is not declared; add a PREFIX line", (int)prefix.len,
                  prefix.data);
}

static yutu_slice resolve(yutu_parser *p, yutu_slice reference) {
  const size_t room = p->base.len + reference.len + 16;
  char *out = yutu_arena_alloc(p->arena, room); // before the buffer: nothing may fail while that holds memory
  yutu_buffer iri = {.limit = room};
  yutu_iri_resolve(p->base, reference, &iri);
  const size_t n = iri.failed ? 0 : iri.len;
  if (n)
    memcpy(out, iri.data, n);
  yutu_buffer_free(&iri);
  return (yutu_slice){out, n};
}

yutu_slice yutu_parse_iri(yutu_parser *p) {
  const yutu_token *t = yutu_parse_take(p);
  if (t->kind == YUTU_TOKEN_PNAME)
    return expand(p, t);
  if (t->kind != YUTU_TOKEN_IRI)
    yutu_parse_fail(p, YUTU_ERR_QUERY, t, "an IRI is needed here");
  if (yutu_iri_is_absolute(t->text))
    return t->text;
  if (p->base.len)
    return resolve(p, t->text);
  yutu_parse_fail(p, YUTU_ERR_QUERY, t, "<%.*s> is relative and there is no BASE", (int)t->text.len, t->text.data);
}

void yutu_parse_from(yutu_parser *p) {
  while (yutu_parse_accept_word(p, "FROM")) {
    const bool named = yutu_parse_accept_word(p, "NAMED");
    const yutu_slice iri = yutu_parse_iri(p);
    *YUTU_PUSH(p->arena, &p->query->graphs) = (yutu_query_graph){iri, named};
  }
}

yutu_node yutu_parse_var_or_iri(yutu_parser *p) {
  if (yutu_parse_peek(p)->kind == YUTU_TOKEN_VAR)
    return yutu_node_var(yutu_parse_var(p));
  if (!yutu_parse_is_iri(p))
    yutu_parse_fail(p, YUTU_ERR_QUERY, yutu_parse_peek(p), "a variable or an IRI is needed here");
  const yutu_slice iri = yutu_parse_iri(p);
  return (yutu_node){false, yutu_parse_constant(p, yutu_iri(iri))};
}

// ---- literals ----

bool yutu_parse_is_literal(const yutu_parser *p) {
  const yutu_token *t = yutu_parse_peek(p);
  switch (t->kind) {
  case YUTU_TOKEN_STRING:
  case YUTU_TOKEN_INTEGER:
  case YUTU_TOKEN_DECIMAL:
  case YUTU_TOKEN_DOUBLE:
    return true;
  case YUTU_TOKEN_WORD:
    return yutu_token_is_word(t, "true") || yutu_token_is_word(t, "false");
  case YUTU_TOKEN_PUNCTUATION: // a sign belongs to the number that it touches
    return (yutu_parse_is(p, "+") || yutu_parse_is(p, "-")) && t[1].kind >= YUTU_TOKEN_INTEGER &&
           t[1].kind <= YUTU_TOKEN_DOUBLE && !t[1].space_before;
  default:
    return false;
  }
}

static yutu_slice string_value(yutu_parser *p, yutu_slice raw) {
  static const char from[] = "tbnrf\\\"'", to[] = "\t\b\n\r\f\\\"'";
  char *out = yutu_arena_alloc(p->arena, raw.len + 1);
  size_t n = 0;
  for (size_t i = 0; i < raw.len; i++) {
    if (raw.data[i] == '\\')
      out[n++] = to[strchr(from, raw.data[++i]) - from];
    else
      out[n++] = raw.data[i];
  }
  return (yutu_slice){out, n};
}

static yutu_term string_literal(yutu_parser *p, const yutu_token *t) {
  const yutu_slice text = string_value(p, t->text);
  const yutu_token *next = yutu_parse_peek(p);
  if (next->kind == YUTU_TOKEN_LANG) {
    yutu_parse_take(p);
    char *tag = yutu_arena_strndup(p->arena, next->text.data, next->text.len);
    for (char *c = tag; *c; c++) {
      if (*c >= 'A' && *c <= 'Z')
        *c = (char)(*c | 0x20);
    }
    return yutu_text(text, (yutu_slice){tag, next->text.len});
  }
  if (!yutu_parse_accept(p, "^^"))
    return yutu_text(text, (yutu_slice){NULL, 0});
  yutu_slice datatype = yutu_parse_iri(p);
  if (yutu_slice_eq(datatype, YUTU_SLICE(YUTU_XSD "string")))
    datatype = (yutu_slice){NULL, 0};
  return yutu_typed(text, datatype);
}

yutu_term yutu_parse_literal(yutu_parser *p) {
  const yutu_token *sign = NULL, *t = yutu_parse_take(p);
  if (t->kind == YUTU_TOKEN_PUNCTUATION) {
    sign = t;
    t = yutu_parse_take(p);
  }
  yutu_slice text = t->text;
  if (sign)
    text = (yutu_slice){sign->text.data, t->text.len + 1};
  text.data = yutu_arena_strndup(p->arena, text.data, text.len);
  switch (t->kind) {
  case YUTU_TOKEN_INTEGER:
    return yutu_typed(text, YUTU_SLICE(YUTU_XSD "integer"));
  case YUTU_TOKEN_DECIMAL:
    return yutu_typed(text, YUTU_SLICE(YUTU_XSD "decimal"));
  case YUTU_TOKEN_DOUBLE:
    return yutu_typed(text, YUTU_SLICE(YUTU_XSD "double"));
  case YUTU_TOKEN_WORD:
    return yutu_typed(yutu_token_is_word(t, "true") ? YUTU_SLICE("true") : YUTU_SLICE("false"),
                      YUTU_SLICE(YUTU_XSD "boolean"));
  case YUTU_TOKEN_STRING:
    return string_literal(p, t);
  default:
    yutu_parse_fail(p, YUTU_ERR_QUERY, t, "a literal is needed here");
  }
}
