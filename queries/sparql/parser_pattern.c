#include "queries/sparql/parser.h"

/// The pattern of a group while its elements are read: what is to be joined so far.
typedef struct {
  yutu_patterns joined;
  yutu_expressions filters;
} group;

static yutu_algebra *collapse(yutu_parser *p, group *g) {
  yutu_algebra *node;
  if (g->joined.n == 1) {
    node = g->joined.at[0];
  } else {
    node = yutu_make_algebra(p, g->joined.n ? YUTU_ALGEBRA_JOIN : YUTU_ALGEBRA_UNIT, 0);
    node->children = g->joined.at;
    node->n_children = g->joined.n;
    yutu_scope_of(p, node);
  }
  g->joined = (yutu_patterns){0};
  return node;
}

static void join(yutu_parser *p, group *g, yutu_algebra *node) {
  *YUTU_PUSH(p->arena, &g->joined) = node;
}

static void parse_optional(yutu_parser *p, group *g) {
  const yutu_group_parts right = yutu_parse_group(p);
  yutu_algebra *node = yutu_make_algebra(p, YUTU_ALGEBRA_LEFT_JOIN, 2);
  node->children[0] = collapse(p, g);
  node->children[1] = right.pattern;
  node->expr = right.filter;
  join(p, g, yutu_scope_of(p, node));
}

static void parse_minus(yutu_parser *p, group *g) {
  yutu_algebra *node = yutu_make_algebra(p, YUTU_ALGEBRA_MINUS, 2);
  node->children[1] = yutu_parse_group_pattern(p);
  node->children[0] = collapse(p, g);
  join(p, g, yutu_scope_of(p, node));
}

static yutu_algebra *parse_union(yutu_parser *p) {
  yutu_algebra *first = yutu_parse_group_pattern(p);
  if (!yutu_parse_is_word(p, "UNION"))
    return first;
  yutu_patterns branches = {0};
  *YUTU_PUSH(p->arena, &branches) = first;
  while (yutu_parse_accept_word(p, "UNION")) {
    yutu_algebra *next = yutu_parse_group_pattern(p);
    *YUTU_PUSH(p->arena, &branches) = next;
  }
  yutu_algebra *node = yutu_make_algebra(p, YUTU_ALGEBRA_UNION, 0);
  node->children = branches.at;
  node->n_children = branches.n;
  return yutu_scope_of(p, node);
}

static bool has_minus(const yutu_algebra *node);

static bool expr_has_minus(const yutu_expr *e) {
  bool has = e->pattern && has_minus(e->pattern);
  for (uint32_t i = 0; i < e->n_args && !has; i++)
    has = expr_has_minus(e->args[i]);
  return has;
}

static bool has_minus(const yutu_algebra *node) {
  bool has = node->kind == YUTU_ALGEBRA_MINUS || (node->expr && expr_has_minus(node->expr));
  for (uint32_t i = 0; i < node->n_children && !has; i++)
    has = has_minus(node->children[i]);
  return has;
}

/// Can the patterns inside GRAPH ?g carry the variable itself? Not when something reads it there without binding it,
/// and not when MINUS would take it for a variable of the solutions.
static bool may_carry(const yutu_parser *p, const yutu_algebra *inner, uint32_t var) {
  uint64_t *named = yutu_varset_new(p->arena, p->query->set_words);
  yutu_varset_add(named, var);
  return !has_minus(inner) && (!yutu_varset_has(inner->mentioned, var) || yutu_correlatable(p->query, inner, named));
}

/// GRAPH: the patterns inside carry the graph; the node itself stands for "such a graph exists". Where they cannot
/// carry the graph's variable they carry a hidden one, equated outside.
static yutu_algebra *parse_graph(yutu_parser *p) {
  yutu_graph_ref *const outer = p->graph;
  const yutu_node name = yutu_parse_var_or_iri(p);
  yutu_graph_ref *const graph = YUTU_NEW(p->arena, yutu_graph_ref);
  graph->node = name.is_var ? yutu_node_var(yutu_parse_fresh_var(p)) : name;
  p->graph = graph;
  yutu_algebra *inner = yutu_parse_group_pattern(p);
  p->graph = outer;
  yutu_algebra *node = yutu_make_algebra(p, YUTU_ALGEBRA_GRAPH, 1);
  node->children[0] = inner;
  node->graph = graph;
  yutu_scope_of(p, node);
  if (!name.is_var)
    return node;
  p->query->variables.at[graph->node.index].is_graph = true;
  if (may_carry(p, inner, name.index)) {
    p->query->variables.at[name.index].is_graph = true;
    graph->node = name;
    yutu_rescope(p, node);
    return node;
  }
  yutu_algebra *extend = yutu_make_algebra(p, YUTU_ALGEBRA_EXTEND, 1);
  extend->children[0] = node;
  extend->var = name.index;
  extend->expr = yutu_make_expr_var(p, graph->node.index);
  return yutu_scope_of(p, extend);
}

static void parse_bind(yutu_parser *p, group *g) {
  yutu_parse_expect(p, "(");
  yutu_expr *expr = yutu_parse_expression(p);
  yutu_parse_expect_word(p, "AS");
  const yutu_token *where = yutu_parse_peek(p);
  const uint32_t var = yutu_parse_var(p);
  yutu_parse_expect(p, ")");
  yutu_algebra *node = yutu_make_algebra(p, YUTU_ALGEBRA_EXTEND, 1);
  node->children[0] = collapse(p, g);
  if (yutu_varset_has(node->children[0]->possible, var))
    yutu_parse_fail(p, YUTU_ERR_QUERY, where, "BIND cannot set ?%.*s: the patterns before it in the group use it",
                    (int)where->text.len, where->text.data);
  node->expr = expr;
  node->var = var;
  join(p, g, yutu_scope_of(p, node));
}

static uint32_t parse_data_value(yutu_parser *p) {
  if (yutu_parse_accept_word(p, "UNDEF"))
    return YUTU_NO_CONSTANT;
  if (yutu_parse_is_literal(p))
    return yutu_parse_constant(p, yutu_parse_literal(p));
  return yutu_parse_constant(p, yutu_iri(yutu_parse_iri(p)));
}

static void parse_data_row(yutu_parser *p, uint32_t n_vars, bool brackets, void *rows) {
  YUTU_VEC(uint32_t) *vec = rows;
  const yutu_token *where = yutu_parse_peek(p);
  uint32_t n = 0;
  if (brackets)
    yutu_parse_expect(p, "(");
  while (brackets ? !yutu_parse_is(p, ")") : n == 0) {
    const uint32_t value = parse_data_value(p);
    *YUTU_PUSH(p->arena, vec) = value;
    n++;
  }
  if (brackets)
    yutu_parse_expect(p, ")");
  if (n != n_vars)
    yutu_parse_fail(p, YUTU_ERR_QUERY, where, "this row of VALUES has %u values for %u variables", n, n_vars);
}

yutu_algebra *yutu_parse_values(yutu_parser *p) {
  YUTU_VEC(uint32_t) vars = {0};
  YUTU_VEC(uint32_t) rows = {0};
  const bool brackets = yutu_parse_accept(p, "(");
  do {
    if (brackets && yutu_parse_is(p, ")"))
      break;
    const yutu_token *where = yutu_parse_peek(p);
    const uint32_t var = yutu_parse_var(p);
    for (uint32_t i = 0; i < vars.n; i++) {
      if (vars.at[i] == var)
        yutu_parse_fail(p, YUTU_ERR_QUERY, where, "the variable stands twice in this VALUES");
    }
    *YUTU_PUSH(p->arena, &vars) = var;
  } while (brackets);
  if (brackets)
    yutu_parse_expect(p, ")");
  yutu_parse_expect(p, "{");
  uint32_t n_rows = 0;
  while (!yutu_parse_is(p, "}")) {
    parse_data_row(p, vars.n, brackets, &rows);
    n_rows++;
  }
  yutu_parse_expect(p, "}");
  yutu_algebra *node = yutu_make_algebra(p, YUTU_ALGEBRA_VALUES, 0);
  node->vars = vars.at;
  node->n_vars = vars.n;
  node->rows = rows.at;
  node->n_rows = n_rows;
  return yutu_scope_of(p, node);
}

/// One element that is not a block of triples. @return false when none begins here.
static bool parse_element(yutu_parser *p, group *g) {
  if (yutu_parse_accept_word(p, "FILTER")) {
    yutu_expr *condition = yutu_parse_constraint(p);
    *YUTU_PUSH(p->arena, &g->filters) = condition;
    return true; // does not end the basic graph pattern
  }
  yutu_algebra *node = NULL;
  if (yutu_parse_is_word(p, "SERVICE"))
    yutu_parse_fail(p, YUTU_ERR_UNSUPPORTED, yutu_parse_peek(p), "SERVICE is not supported: ask the endpoint itself");
  p->block++;
  if (yutu_parse_accept_word(p, "OPTIONAL"))
    parse_optional(p, g);
  else if (yutu_parse_accept_word(p, "MINUS"))
    parse_minus(p, g);
  else if (yutu_parse_accept_word(p, "BIND"))
    parse_bind(p, g);
  else if (yutu_parse_accept_word(p, "GRAPH"))
    node = parse_graph(p);
  else if (yutu_parse_accept_word(p, "VALUES"))
    node = yutu_parse_values(p);
  else if (yutu_parse_is(p, "{"))
    node = parse_union(p);
  else
    return false;
  p->block++;
  if (node)
    join(p, g, node);
  return true;
}

static void parse_elements(yutu_parser *p, group *g) {
  for (;;) {
    if (yutu_parse_starts_triples(p))
      yutu_parse_triples(p, &g->joined);
    if (!parse_element(p, g))
      return;
    yutu_parse_accept(p, ".");
  }
}

yutu_group_parts yutu_parse_group(yutu_parser *p) {
  yutu_parse_enter(p);
  yutu_parse_expect(p, "{");
  yutu_group_parts parts = {0};
  p->block++;
  if (yutu_parse_accept_word(p, "SELECT")) {
    parts.pattern = yutu_parse_select(p, false);
  } else {
    group g = {0};
    parse_elements(p, &g);
    parts.filter = g.filters.n ? yutu_make_all(p, YUTU_EXPR_AND, &g.filters) : NULL;
    parts.pattern = collapse(p, &g);
  }
  p->block++;
  if (!yutu_parse_is(p, "}"))
    yutu_parse_fail(p, YUTU_ERR_QUERY, yutu_parse_peek(p),
                    "a triple, a keyword such as FILTER or OPTIONAL, or \"}\" is needed here");
  yutu_parse_expect(p, "}");
  yutu_parse_leave(p);
  return parts;
}

yutu_algebra *yutu_parse_group_pattern(yutu_parser *p) {
  const yutu_group_parts parts = yutu_parse_group(p);
  if (!parts.filter)
    return parts.pattern;
  yutu_algebra *node = yutu_make_algebra(p, YUTU_ALGEBRA_FILTER, 1);
  node->children[0] = parts.pattern;
  node->expr = parts.filter;
  return yutu_scope_of(p, node);
}
