#include "queries/sparql/parser.h"
#include "queries/sparql/vocabulary.h"

static yutu_path *parse_alternative(yutu_parser *p);

static yutu_path *make(yutu_parser *p, yutu_path_kind kind) {
  yutu_path *path = YUTU_NEW(p->arena, yutu_path);
  path->kind = kind;
  return path;
}

static yutu_path *make_one(yutu_parser *p, yutu_path_kind kind, yutu_path *part) {
  yutu_path *path = make(p, kind);
  path->n = 1;
  path->parts = YUTU_NEW_ARRAY(p->arena, yutu_path *, 1);
  path->parts[0] = part;
  return path;
}

static uint32_t parse_predicate(yutu_parser *p) {
  const yutu_token *t = yutu_parse_peek(p);
  if (t->kind == YUTU_TOKEN_WORD && yutu_slice_eq(t->text, YUTU_SLICE("a"))) {
    yutu_parse_take(p);
    return yutu_node_iri(p, YUTU_RDF "type").index;
  }
  if (!yutu_parse_is_iri(p))
    yutu_parse_fail(p, YUTU_ERR_QUERY, t, "an IRI or a bracketed path is needed here");
  return yutu_parse_constant(p, yutu_iri(yutu_parse_iri(p)));
}

typedef YUTU_VEC(uint32_t) constants;

static void parse_negated_one(yutu_parser *p, constants *forward, constants *backward) {
  const bool inverse = yutu_parse_accept(p, "^");
  const uint32_t predicate = parse_predicate(p);
  *YUTU_PUSH(p->arena, inverse ? backward : forward) = predicate;
}

static yutu_path *parse_negated(yutu_parser *p) {
  constants forward = {0}, backward = {0};
  if (yutu_parse_accept(p, "(")) {
    if (!yutu_parse_is(p, ")")) {
      do
        parse_negated_one(p, &forward, &backward);
      while (yutu_parse_accept(p, "|"));
    }
    yutu_parse_expect(p, ")");
  } else {
    parse_negated_one(p, &forward, &backward);
  }
  yutu_path *path = make(p, YUTU_PATH_NEGATED);
  path->forward = forward.at;
  path->n_forward = forward.n;
  path->backward = backward.at;
  path->n_backward = backward.n;
  path->has_forward = forward.n > 0 || backward.n == 0;
  path->has_backward = backward.n > 0;
  return path;
}

static yutu_path *parse_primary(yutu_parser *p) {
  if (yutu_parse_accept(p, "!"))
    return parse_negated(p);
  if (yutu_parse_accept(p, "(")) {
    yutu_path *inner = parse_alternative(p);
    yutu_parse_expect(p, ")");
    return inner;
  }
  yutu_path *path = make(p, YUTU_PATH_IRI);
  path->constant = parse_predicate(p);
  return path;
}

static yutu_path *parse_element(yutu_parser *p) {
  const bool inverse = yutu_parse_accept(p, "^");
  yutu_path *path = parse_primary(p);
  if (yutu_parse_accept(p, "?"))
    path = make_one(p, YUTU_PATH_ZERO_OR_ONE, path);
  else if (yutu_parse_accept(p, "*"))
    path = make_one(p, YUTU_PATH_ZERO_OR_MORE, path);
  else if (yutu_parse_accept(p, "+"))
    path = make_one(p, YUTU_PATH_ONE_OR_MORE, path);
  return inverse ? make_one(p, YUTU_PATH_INVERSE, path) : path;
}

static yutu_path *parse_chain(yutu_parser *p, const char *separator, yutu_path_kind kind,
                              yutu_path *(*part)(yutu_parser *)) {
  yutu_path *first = part(p);
  if (!yutu_parse_is(p, separator))
    return first;
  YUTU_VEC(yutu_path *) parts = {0};
  *YUTU_PUSH(p->arena, &parts) = first;
  while (yutu_parse_accept(p, separator)) {
    yutu_path *next = part(p);
    *YUTU_PUSH(p->arena, &parts) = next;
  }
  yutu_path *path = make(p, kind);
  path->parts = parts.at;
  path->n = parts.n;
  return path;
}

static yutu_path *parse_sequence(yutu_parser *p) {
  return parse_chain(p, "/", YUTU_PATH_SEQUENCE, parse_element);
}

static yutu_path *parse_alternative(yutu_parser *p) {
  yutu_parse_enter(p);
  yutu_path *path = parse_chain(p, "|", YUTU_PATH_ALTERNATIVE, parse_sequence);
  yutu_parse_leave(p);
  return path;
}

yutu_path *yutu_parse_path(yutu_parser *p) {
  return parse_alternative(p);
}

// ---- translation (SPARQL 1.1, 18.2.2.4) ----

static yutu_algebra *join_of(yutu_parser *p, const yutu_patterns *parts) {
  if (parts->n == 1)
    return parts->at[0];
  yutu_algebra *join = yutu_make_algebra(p, YUTU_ALGEBRA_JOIN, 0);
  join->children = parts->at;
  join->n_children = parts->n;
  return yutu_scope_of(p, join);
}

static void make_union(yutu_parser *p, yutu_node s, yutu_path *path, yutu_node o, yutu_patterns *ret) {
  yutu_algebra *node = yutu_make_algebra(p, YUTU_ALGEBRA_UNION, path->n);
  for (uint32_t i = 0; i < path->n; i++) {
    yutu_patterns branch = {0};
    yutu_make_path(p, s, path->parts[i], o, &branch);
    node->children[i] = join_of(p, &branch);
  }
  yutu_scope_of(p, node);
  *YUTU_PUSH(p->arena, ret) = node;
}

/// Any predicate but `n` given ones, from `s` to `o`: a triple pattern with a filter.
static yutu_algebra *make_other(yutu_parser *p, yutu_node s, const uint32_t *predicates, uint32_t n, yutu_node o) {
  const uint32_t var = yutu_parse_fresh_var(p);
  yutu_algebra *triple = yutu_make_triple(p, s, yutu_node_var(var), o);
  if (!n)
    return triple;
  yutu_expr *in = yutu_make_expr(p, YUTU_EXPR_NOT_IN, n + 1);
  in->args[0] = yutu_make_expr_var(p, var);
  for (uint32_t i = 0; i < n; i++) {
    in->args[i + 1] = yutu_make_expr(p, YUTU_EXPR_CONSTANT, 0);
    in->args[i + 1]->index = predicates[i];
  }
  yutu_algebra *filter = yutu_make_algebra(p, YUTU_ALGEBRA_FILTER, 1);
  filter->children[0] = triple;
  filter->expr = in;
  return yutu_scope_of(p, filter);
}

static yutu_algebra *make_negated(yutu_parser *p, yutu_node s, const yutu_path *path, yutu_node o) {
  if (!path->has_backward)
    return make_other(p, s, path->forward, path->n_forward, o);
  yutu_algebra *backward = make_other(p, o, path->backward, path->n_backward, s);
  if (!path->has_forward)
    return backward;
  yutu_algebra *both = yutu_make_algebra(p, YUTU_ALGEBRA_UNION, 2);
  both->children[0] = make_other(p, s, path->forward, path->n_forward, o);
  both->children[1] = backward;
  return yutu_scope_of(p, both);
}

void yutu_make_path(yutu_parser *p, yutu_node s, yutu_path *path, yutu_node o, yutu_patterns *ret) {
  yutu_algebra *node;
  switch (path->kind) {
  case YUTU_PATH_IRI:
    node = yutu_make_triple(p, s, (yutu_node){false, path->constant}, o);
    *YUTU_PUSH(p->arena, ret) = node;
    return;
  case YUTU_PATH_INVERSE:
    yutu_make_path(p, o, path->parts[0], s, ret);
    return;
  case YUTU_PATH_SEQUENCE:
    for (uint32_t i = 0; i < path->n; i++) {
      const yutu_node to = i + 1 < path->n ? yutu_node_var(yutu_parse_fresh_var(p)) : o;
      yutu_make_path(p, s, path->parts[i], to, ret);
      s = to;
    }
    return;
  case YUTU_PATH_ALTERNATIVE:
    make_union(p, s, path, o, ret);
    return;
  case YUTU_PATH_NEGATED:
    node = make_negated(p, s, path, o);
    *YUTU_PUSH(p->arena, ret) = node;
    return;
  default:
    break;
  }
  node = yutu_make_algebra(p, YUTU_ALGEBRA_PATH, 0);
  node->s = s;
  node->o = o;
  node->path = path;
  node->graph = p->graph;
  yutu_scope_of(p, node);
  *YUTU_PUSH(p->arena, ret) = node;
}
