#include "queries/sparql/parser.h"
#include "queries/sparql/vocabulary.h"

static yutu_node parse_node(yutu_parser *p, yutu_patterns *ret);
static void parse_properties(yutu_parser *p, yutu_node s, yutu_patterns *ret);

static bool is_pair(const yutu_parser *p, const char *open, const char *close) {
  const yutu_token *t = yutu_parse_peek(p);
  return yutu_parse_is(p, open) && t[1].kind == YUTU_TOKEN_PUNCTUATION &&
         yutu_slice_eq(t[1].text, yutu_slice_of(close));
}

bool yutu_parse_starts_triples(const yutu_parser *p) {
  const yutu_token_kind kind = yutu_parse_peek(p)->kind;
  return kind == YUTU_TOKEN_VAR || kind == YUTU_TOKEN_BLANK || yutu_parse_is_iri(p) || yutu_parse_is_literal(p) ||
         yutu_parse_is(p, "(") || yutu_parse_is(p, "[");
}

yutu_algebra *yutu_make_triple(yutu_parser *p, yutu_node s, yutu_node predicate, yutu_node o) {
  yutu_algebra *t = yutu_make_algebra(p, YUTU_ALGEBRA_TRIPLE, 0);
  t->s = s;
  t->p = predicate;
  t->o = o;
  t->graph = p->graph;
  return yutu_scope_of(p, t);
}

static void add_triple(yutu_parser *p, yutu_node s, yutu_node predicate, yutu_node o, yutu_patterns *ret) {
  if (p->in_template)
    *YUTU_PUSH(p->arena, &p->query->templates) = (yutu_template){s, predicate, o};
  if (ret) {
    yutu_algebra *triple = yutu_make_triple(p, s, predicate, o);
    *YUTU_PUSH(p->arena, ret) = triple;
  }
}

static uint32_t blank_var(yutu_parser *p) {
  const uint32_t var = yutu_parse_fresh_var(p);
  p->query->variables.at[var].blank = true;
  return var;
}

static yutu_node labelled_blank(yutu_parser *p, const yutu_token *t) {
  for (uint32_t i = 0; i < p->labels.n; i++) {
    const yutu_blank_label *l = &p->labels.at[i];
    if (!yutu_slice_eq(l->label, t->text))
      continue;
    if (l->block != p->block)
      yutu_parse_fail(p, YUTU_ERR_QUERY, t, "the blank node _:%.*s is used in two patterns; use a variable",
                      (int)t->text.len, t->text.data);
    return yutu_node_var(l->var);
  }
  const uint32_t var = blank_var(p);
  *YUTU_PUSH(p->arena, &p->labels) = (yutu_blank_label){t->text, var, p->block};
  return yutu_node_var(var);
}

/// ( a b c ) as rdf:first and rdf:rest.
static yutu_node parse_collection(yutu_parser *p, yutu_patterns *ret) {
  yutu_parse_expect(p, "(");
  yutu_node first = {0}, previous = {0};
  bool any = false;
  while (!yutu_parse_is(p, ")")) {
    const yutu_node cell = yutu_node_var(blank_var(p));
    if (any)
      add_triple(p, previous, yutu_node_iri(p, YUTU_RDF "rest"), cell, ret);
    else
      first = cell;
    any = true;
    previous = cell;
    const yutu_node item = parse_node(p, ret);
    add_triple(p, cell, yutu_node_iri(p, YUTU_RDF "first"), item, ret);
  }
  yutu_parse_expect(p, ")");
  const yutu_node nil = yutu_node_iri(p, YUTU_RDF "nil");
  if (!any)
    return nil;
  add_triple(p, previous, yutu_node_iri(p, YUTU_RDF "rest"), nil, ret);
  return first;
}

static yutu_node parse_blank_properties(yutu_parser *p, yutu_patterns *ret) {
  yutu_parse_expect(p, "[");
  const yutu_node blank = yutu_node_var(blank_var(p));
  parse_properties(p, blank, ret);
  yutu_parse_expect(p, "]");
  return blank;
}

static yutu_node parse_node(yutu_parser *p, yutu_patterns *ret) {
  const yutu_token *t = yutu_parse_peek(p);
  yutu_parse_enter(p);
  yutu_node node;
  if (is_pair(p, "[", "]")) {
    yutu_parse_take(p);
    yutu_parse_take(p);
    node = yutu_node_var(blank_var(p));
  } else if (yutu_parse_is(p, "[")) {
    node = parse_blank_properties(p, ret);
  } else if (yutu_parse_is(p, "(")) {
    node = parse_collection(p, ret);
  } else if (t->kind == YUTU_TOKEN_BLANK) {
    node = labelled_blank(p, yutu_parse_take(p));
  } else if (yutu_parse_is_literal(p)) {
    const yutu_term term = yutu_parse_literal(p);
    node = (yutu_node){false, yutu_parse_constant(p, term)};
  } else {
    if (t->kind != YUTU_TOKEN_VAR && !yutu_parse_is_iri(p))
      yutu_parse_fail(p, YUTU_ERR_QUERY, t, "a variable, an IRI, a literal or a blank node is needed here");
    node = yutu_parse_var_or_iri(p);
  }
  yutu_parse_leave(p);
  return node;
}

typedef struct {
  yutu_path *path; ///< NULL: `node` is the predicate
  yutu_node node;
} verb;

static verb parse_verb(yutu_parser *p) {
  const yutu_token *t = yutu_parse_peek(p);
  if (t->kind == YUTU_TOKEN_VAR)
    return (verb){NULL, yutu_node_var(yutu_parse_var(p))};
  if (!p->in_template) {
    yutu_path *path = yutu_parse_path(p);
    return path->kind == YUTU_PATH_IRI ? (verb){NULL, {false, path->constant}} : (verb){path, {0}};
  }
  if (t->kind == YUTU_TOKEN_WORD && yutu_slice_eq(t->text, YUTU_SLICE("a"))) {
    yutu_parse_take(p);
    return (verb){NULL, yutu_node_iri(p, YUTU_RDF "type")};
  }
  return (verb){NULL, yutu_parse_var_or_iri(p)};
}

static bool starts_verb(const yutu_parser *p) {
  const yutu_token *t = yutu_parse_peek(p);
  return t->kind == YUTU_TOKEN_VAR || yutu_parse_is_iri(p) ||
         (t->kind == YUTU_TOKEN_WORD && yutu_slice_eq(t->text, YUTU_SLICE("a"))) ||
         (!p->in_template && (yutu_parse_is(p, "^") || yutu_parse_is(p, "!") || yutu_parse_is(p, "(")));
}

static void parse_objects(yutu_parser *p, yutu_node s, const verb *v, yutu_patterns *ret) {
  do {
    const yutu_node o = parse_node(p, ret);
    if (v->path)
      yutu_make_path(p, s, v->path, o, ret);
    else
      add_triple(p, s, v->node, o, ret);
  } while (yutu_parse_accept(p, ","));
}

static void parse_properties(yutu_parser *p, yutu_node s, yutu_patterns *ret) {
  if (!starts_verb(p))
    yutu_parse_fail(p, YUTU_ERR_QUERY, yutu_parse_peek(p), "a predicate is needed here: a variable, an IRI or a path");
  for (;;) {
    const verb v = parse_verb(p);
    parse_objects(p, s, &v, ret);
    if (!yutu_parse_is(p, ";"))
      return;
    while (yutu_parse_accept(p, ";"))
      continue;
    if (!starts_verb(p))
      return;
  }
}

static void parse_subject(yutu_parser *p, yutu_patterns *ret) {
  const bool brackets = yutu_parse_is(p, "[") && !is_pair(p, "[", "]");
  const bool list = yutu_parse_is(p, "(") && !is_pair(p, "(", ")");
  const yutu_node s = parse_node(p, ret);
  if ((brackets || list) && !starts_verb(p))
    return; // [ … ] and ( … ) say something by themselves
  parse_properties(p, s, ret);
}

void yutu_parse_triples(yutu_parser *p, yutu_patterns *ret) {
  while (yutu_parse_starts_triples(p)) {
    parse_subject(p, ret);
    if (!yutu_parse_accept(p, "."))
      return;
  }
}
