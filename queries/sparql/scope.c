#include "queries/sparql/parser.h"

yutu_algebra *yutu_make_algebra(yutu_parser *p, yutu_algebra_kind kind, uint32_t n_children) {
  yutu_algebra *node = YUTU_NEW(p->arena, yutu_algebra);
  node->kind = kind;
  node->serial = p->query->n_nodes++;
  p->query->reads_data |= kind == YUTU_ALGEBRA_TRIPLE || kind == YUTU_ALGEBRA_PATH || kind == YUTU_ALGEBRA_GRAPH;
  node->n_children = n_children;
  if (n_children)
    node->children = YUTU_NEW_ARRAY(p->arena, yutu_algebra *, n_children);
  const uint32_t words = p->query->set_words;
  node->possible = yutu_varset_new(p->arena, 3 * words);
  node->certain = node->possible + words;
  node->mentioned = node->certain + words;
  return node;
}

void yutu_expr_variables(const yutu_query *query, const yutu_expr *expr, uint64_t *set) {
  if (expr->op == YUTU_EXPR_VAR)
    yutu_varset_add(set, expr->index);
  if (expr->pattern)
    yutu_varset_unite(set, expr->pattern->mentioned, query->set_words);
  for (uint32_t i = 0; i < expr->n_args; i++)
    yutu_expr_variables(query, expr->args[i], set);
}

static void bind_node(yutu_algebra *a, yutu_node node) {
  if (node.is_var) {
    yutu_varset_add(a->possible, node.index);
    yutu_varset_add(a->certain, node.index);
  }
}

static void scope_of_values(yutu_algebra *a) {
  for (uint32_t i = 0; i < a->n_vars; i++) {
    yutu_varset_add(a->possible, a->vars[i]);
    bool always = true;
    for (uint32_t row = 0; row < a->n_rows && always; row++)
      always = a->rows[row * a->n_vars + i] != YUTU_NO_CONSTANT;
    if (always)
      yutu_varset_add(a->certain, a->vars[i]);
  }
}

static void scope_of_union(yutu_algebra *a, uint32_t words) {
  for (uint32_t i = 0; i < a->n_children; i++) {
    yutu_varset_unite(a->possible, a->children[i]->possible, words);
    if (i)
      yutu_varset_intersect(a->certain, a->children[i]->certain, words);
    else
      memcpy(a->certain, a->children[i]->certain, words * sizeof *a->certain);
  }
}

static void scope_of_group(const yutu_query *q, yutu_algebra *a) {
  const yutu_algebra *child = a->children[0];
  for (uint32_t i = 0; i < a->n_keys; i++) {
    yutu_varset_add(a->possible, a->keys[i].var);
    if (!a->keys[i].expr && yutu_varset_has(child->certain, a->keys[i].var))
      yutu_varset_add(a->certain, a->keys[i].var);
    if (a->keys[i].expr)
      yutu_expr_variables(q, a->keys[i].expr, a->mentioned);
  }
  for (uint32_t i = 0; i < a->n_aggregates; i++) {
    yutu_varset_add(a->possible, a->aggregates[i].var);
    if (a->aggregates[i].kind == YUTU_AGGREGATE_COUNT)
      yutu_varset_add(a->certain, a->aggregates[i].var);
    if (a->aggregates[i].argument)
      yutu_expr_variables(q, a->aggregates[i].argument, a->mentioned);
  }
}

static void scope_of_project(yutu_algebra *a, uint32_t words) {
  for (uint32_t i = 0; i < a->n_vars; i++)
    yutu_varset_add(a->possible, a->vars[i]);
  memcpy(a->certain, a->possible, words * sizeof *a->certain);
  yutu_varset_intersect(a->possible, a->children[0]->possible, words);
  yutu_varset_intersect(a->certain, a->children[0]->certain, words);
}

static uint32_t depth_of_expr(const yutu_expr *e) {
  uint32_t depth = e->pattern ? e->pattern->depth : 0;
  for (uint32_t i = 0; i < e->n_args; i++) {
    const uint32_t d = depth_of_expr(e->args[i]);
    depth = d > depth ? d : depth;
  }
  return depth;
}

/// Whatever walks through the algebra does so recursively.
static void check_depth(yutu_parser *p, yutu_algebra *a) {
  a->depth = a->expr ? depth_of_expr(a->expr) : 0;
  for (uint32_t i = 0; i < a->n_children; i++) {
    if (a->children[i]->depth > a->depth)
      a->depth = a->children[i]->depth;
  }
  if (++a->depth > YUTU_QUERY_CHAIN_MAX)
    yutu_parse_fail(p, YUTU_ERR_LIMIT, yutu_parse_peek(p),
                    "more than %d OPTIONAL, MINUS, BIND or expressions in SELECT build on each other",
                    YUTU_QUERY_CHAIN_MAX);
}

yutu_algebra *yutu_scope_of(yutu_parser *p, yutu_algebra *a) {
  const yutu_query *q = p->query;
  const uint32_t words = q->set_words;
  check_depth(p, a);
  memset(a->possible, 0, 3 * words * sizeof *a->possible);
  switch (a->kind) {
  case YUTU_ALGEBRA_TRIPLE:
    bind_node(a, a->p);
    // fallthrough
  case YUTU_ALGEBRA_PATH:
    bind_node(a, a->s);
    bind_node(a, a->o);
    if (a->graph)
      bind_node(a, a->graph->node);
    break;
  case YUTU_ALGEBRA_JOIN:
    for (uint32_t i = 0; i < a->n_children; i++) {
      yutu_varset_unite(a->possible, a->children[i]->possible, words);
      yutu_varset_unite(a->certain, a->children[i]->certain, words);
    }
    break;
  case YUTU_ALGEBRA_UNION:
    scope_of_union(a, words);
    break;
  case YUTU_ALGEBRA_VALUES:
    scope_of_values(a);
    break;
  case YUTU_ALGEBRA_GROUP:
    scope_of_group(q, a);
    break;
  case YUTU_ALGEBRA_PROJECT:
    scope_of_project(a, words);
    break;
  case YUTU_ALGEBRA_UNIT:
    break;
  default: // what its first child binds, and perhaps more
    yutu_varset_unite(a->possible, a->children[0]->possible, words);
    yutu_varset_unite(a->certain, a->children[0]->certain, words);
    if (a->kind == YUTU_ALGEBRA_LEFT_JOIN)
      yutu_varset_unite(a->possible, a->children[1]->possible, words);
    if (a->kind == YUTU_ALGEBRA_EXTEND)
      yutu_varset_add(a->possible, a->var);
    if (a->kind == YUTU_ALGEBRA_GRAPH)
      bind_node(a, a->graph->node);
  }
  yutu_varset_unite(a->mentioned, a->possible, words);
  for (uint32_t i = 0; i < a->n_children; i++)
    yutu_varset_unite(a->mentioned, a->children[i]->mentioned, words);
  if (a->expr)
    yutu_expr_variables(q, a->expr, a->mentioned);
  for (uint32_t i = 0; i < a->n_orders; i++)
    yutu_expr_variables(q, a->orders[i].expr, a->mentioned);
  return a;
}

static void rescope_expr(yutu_parser *p, const yutu_expr *expr) {
  if (expr->pattern)
    yutu_rescope(p, expr->pattern);
  for (uint32_t i = 0; i < expr->n_args; i++)
    rescope_expr(p, expr->args[i]);
}

void yutu_rescope(yutu_parser *p, yutu_algebra *node) {
  for (uint32_t i = 0; i < node->n_children; i++)
    yutu_rescope(p, node->children[i]);
  if (node->expr)
    rescope_expr(p, node->expr);
  for (uint32_t i = 0; i < node->n_keys; i++) {
    if (node->keys[i].expr)
      rescope_expr(p, node->keys[i].expr);
  }
  for (uint32_t i = 0; i < node->n_aggregates; i++) {
    if (node->aggregates[i].argument)
      rescope_expr(p, node->aggregates[i].argument);
  }
  for (uint32_t i = 0; i < node->n_orders; i++)
    rescope_expr(p, node->orders[i].expr);
  yutu_scope_of(p, node);
}

/// Are the variables of `outer` that the expression reads all bound for certain by `within`?
static bool reads_within(const yutu_query *q, const yutu_expr *expr, const uint64_t *outer, const uint64_t *within) {
  if (expr->op == YUTU_EXPR_VAR)
    return !yutu_varset_has(outer, expr->index) || yutu_varset_has(within, expr->index);
  if (expr->pattern && !yutu_varset_within(expr->pattern->mentioned, outer, within, q->set_words))
    return false;
  for (uint32_t i = 0; i < expr->n_args; i++) {
    if (!reads_within(q, expr->args[i], outer, within))
      return false;
  }
  return true;
}

bool yutu_correlatable(const yutu_query *q, const yutu_algebra *node, const uint64_t *outer) {
  const uint32_t words = q->set_words;
  if (!yutu_varset_meets(node->mentioned, outer, words))
    return true;
  const uint64_t *left = node->n_children ? node->children[0]->certain : NULL;
  switch (node->kind) {
  case YUTU_ALGEBRA_GROUP:
  case YUTU_ALGEBRA_SLICE:
  case YUTU_ALGEBRA_ORDER:
    return false;
  case YUTU_ALGEBRA_FILTER:
  case YUTU_ALGEBRA_EXTEND:
    if (!reads_within(q, node->expr, outer, left))
      return false;
    break;
  case YUTU_ALGEBRA_LEFT_JOIN:
    if (!yutu_varset_within(node->children[1]->mentioned, outer, left, words) ||
        (node->expr && !reads_within(q, node->expr, outer, left)))
      return false;
    break;
  case YUTU_ALGEBRA_MINUS:
    if (!yutu_varset_within(node->children[1]->mentioned, outer, left, words))
      return false;
    return yutu_correlatable(q, node->children[0], outer);
  default:
    break;
  }
  for (uint32_t i = 0; i < node->n_children; i++) {
    if (!yutu_correlatable(q, node->children[i], outer))
      return false;
  }
  return true;
}
