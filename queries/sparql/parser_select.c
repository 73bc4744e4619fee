#include "queries/sparql/parser.h"

typedef struct {
  uint32_t var;
  yutu_expr *expr; ///< NULL: the variable itself
  const yutu_token *where;
} item;

/// One SELECT, or the modifiers of another form, while it is read.
typedef struct {
  bool star, distinct, reduced;
  YUTU_VEC(item) items;
  YUTU_VEC(yutu_group_key) keys;
  YUTU_VEC(yutu_order_key) orders;
  yutu_aggregates aggregates;
  yutu_expr *having;
  bool grouped;
  uint64_t offset, limit;
} selection;

static yutu_algebra *over(yutu_parser *p, yutu_algebra_kind kind, yutu_algebra *child) {
  yutu_algebra *node = yutu_make_algebra(p, kind, 1);
  node->children[0] = child;
  return node;
}

/// Find the names that a SELECT clause projects, before any of them is given a number.
static void scan_projection(yutu_parser *p, yutu_scope *scope) {
  unsigned depth = 0;
  for (const yutu_token *t = yutu_parse_peek(p); t->kind != YUTU_TOKEN_END; t++) {
    if (t->kind == YUTU_TOKEN_PUNCTUATION) {
      const char c = t->text.data[0];
      if (c == '{' && depth == 0)
        return;
      if (c == '*' && depth == 0)
        scope->all = true;
      depth += c == '(' ? 1 : 0;
      depth -= c == ')' && depth ? 1 : 0;
    } else if (depth == 0 && (yutu_token_is_word(t, "WHERE") || yutu_token_is_word(t, "FROM"))) {
      return;
    } else if (t->kind == YUTU_TOKEN_VAR && (depth == 0 || (depth == 1 && yutu_token_is_word(t - 1, "AS")))) {
      *YUTU_PUSH(p->arena, &scope->projected) = t->text;
    }
  }
}

static void parse_items(yutu_parser *p, selection *s) {
  for (;;) {
    const yutu_token *where = yutu_parse_peek(p);
    item i = {0};
    if (where->kind == YUTU_TOKEN_VAR) {
      i.where = where;
      i.var = yutu_parse_var(p);
    } else if (yutu_parse_accept(p, "(")) {
      i.expr = yutu_parse_expression(p);
      yutu_parse_expect_word(p, "AS");
      i.where = yutu_parse_peek(p);
      i.var = yutu_parse_var(p);
      yutu_parse_expect(p, ")");
    } else {
      break;
    }
    for (uint32_t k = 0; k < s->items.n; k++) {
      if (s->items.at[k].var == i.var && (i.expr || s->items.at[k].expr))
        yutu_parse_fail(p, YUTU_ERR_QUERY, i.where, "?%.*s is selected twice", (int)i.where->text.len,
                        i.where->text.data);
    }
    *YUTU_PUSH(p->arena, &s->items) = i;
  }
  if (!s->items.n)
    yutu_parse_fail(p, YUTU_ERR_QUERY, yutu_parse_peek(p), "SELECT needs variables, (expression AS ?variable), or *");
}

static void parse_group_by(yutu_parser *p, selection *s) {
  yutu_parse_expect_word(p, "BY");
  s->grouped = true;
  yutu_aggregates *const collected = p->aggregates;
  p->aggregates = NULL;
  for (;;) {
    yutu_group_key key = {0};
    if (yutu_parse_peek(p)->kind == YUTU_TOKEN_VAR) {
      key.var = yutu_parse_var(p);
    } else if (yutu_parse_accept(p, "(")) {
      key.expr = yutu_parse_expression(p);
      key.var = yutu_parse_accept_word(p, "AS") ? yutu_parse_var(p) : yutu_parse_fresh_var(p);
      yutu_parse_expect(p, ")");
    } else if (yutu_parse_starts_call(p)) {
      key.expr = yutu_parse_constraint(p);
      key.var = yutu_parse_fresh_var(p);
    } else {
      break;
    }
    *YUTU_PUSH(p->arena, &s->keys) = key;
  }
  p->aggregates = collected;
  if (!s->keys.n)
    yutu_parse_fail(p, YUTU_ERR_QUERY, yutu_parse_peek(p), "GROUP BY needs a variable or an expression in brackets");
}

static void parse_having(yutu_parser *p, selection *s) {
  yutu_expressions conditions = {0};
  do {
    yutu_expr *condition = yutu_parse_constraint(p);
    *YUTU_PUSH(p->arena, &conditions) = condition;
  } while (yutu_parse_is(p, "(") || yutu_parse_starts_call(p));
  s->having = yutu_make_all(p, YUTU_EXPR_AND, &conditions);
}

static void parse_order_by(yutu_parser *p, selection *s) {
  yutu_parse_expect_word(p, "BY");
  for (;;) {
    yutu_order_key key = {0};
    if (yutu_parse_is_word(p, "ASC") || yutu_parse_is_word(p, "DESC")) {
      key.descending = yutu_token_is_word(yutu_parse_take(p), "DESC");
      if (!yutu_parse_is(p, "("))
        yutu_parse_fail(p, YUTU_ERR_QUERY, yutu_parse_peek(p), "ASC and DESC need an expression in brackets");
      key.expr = yutu_parse_constraint(p);
    } else if (yutu_parse_peek(p)->kind == YUTU_TOKEN_VAR) {
      key.expr = yutu_make_expr_var(p, yutu_parse_var(p));
    } else if (yutu_parse_is(p, "(") || yutu_parse_starts_call(p)) {
      key.expr = yutu_parse_constraint(p);
    } else {
      break;
    }
    *YUTU_PUSH(p->arena, &s->orders) = key;
  }
  if (!s->orders.n)
    yutu_parse_fail(p, YUTU_ERR_QUERY, yutu_parse_peek(p), "ORDER BY needs a variable or an expression in brackets");
}

static uint64_t parse_count(yutu_parser *p) {
  const yutu_token *t = yutu_parse_take(p);
  uint64_t n = 0;
  if (t->kind != YUTU_TOKEN_INTEGER)
    yutu_parse_fail(p, YUTU_ERR_QUERY, t, "a number is needed here");
  for (size_t i = 0; i < t->text.len; i++) {
    const uint64_t digit = (uint64_t)(t->text.data[i] - '0');
    if (n > (UINT64_MAX - 1 - digit) / 10)
      return UINT64_MAX - 1;
    n = n * 10 + digit;
  }
  return n;
}

static void parse_solution_modifiers(yutu_parser *p, selection *s) {
  if (yutu_parse_accept_word(p, "GROUP"))
    parse_group_by(p, s);
  if (yutu_parse_accept_word(p, "HAVING"))
    parse_having(p, s);
  if (yutu_parse_accept_word(p, "ORDER"))
    parse_order_by(p, s);
  bool limit = false, offset = false;
  for (;;) {
    if (!limit && yutu_parse_accept_word(p, "LIMIT")) {
      s->limit = parse_count(p);
      limit = true;
    } else if (!offset && yutu_parse_accept_word(p, "OFFSET")) {
      s->offset = parse_count(p);
      offset = true;
    } else {
      return;
    }
  }
}

// ---- grouping: what may be read beside the aggregates ----

static bool is_grouped(const selection *s, uint32_t var) {
  for (uint32_t i = 0; i < s->keys.n; i++) {
    if (s->keys.at[i].var == var)
      return true;
  }
  for (uint32_t i = 0; i < s->aggregates.n; i++) {
    if (s->aggregates.at[i].var == var)
      return true;
  }
  return false;
}

static bool is_alias(const selection *s, uint32_t var, uint32_t n_items) {
  for (uint32_t i = 0; i < n_items; i++) {
    if (s->items.at[i].expr && s->items.at[i].var == var)
      return true;
  }
  return false;
}

/// EXISTS in a grouped SELECT may mention what it likes, so only plain reading is looked at.
static void check_grouped(yutu_parser *p, const selection *s, const yutu_expr *e, uint32_t n_items,
                          const yutu_token *where) {
  if (e->op == YUTU_EXPR_VAR && !is_grouped(s, e->index) && !is_alias(s, e->index, n_items)) {
    const yutu_slice name = p->query->variables.at[e->index].name;
    yutu_parse_fail(p, YUTU_ERR_QUERY, where, "?%.*s is neither grouped nor inside an aggregate", (int)name.len,
                    name.data);
  }
  for (uint32_t i = 0; i < e->n_args; i++)
    check_grouped(p, s, e->args[i], n_items, where);
}

static void check_items(yutu_parser *p, const selection *s) {
  if (s->star)
    yutu_parse_fail(p, YUTU_ERR_QUERY, yutu_parse_peek(p), "SELECT * cannot be grouped; name the variables");
  for (uint32_t i = 0; i < s->items.n; i++) {
    const item *it = &s->items.at[i];
    if (it->expr)
      check_grouped(p, s, it->expr, i, it->where);
    else if (!is_grouped(s, it->var))
      yutu_parse_fail(p, YUTU_ERR_QUERY, it->where, "?%.*s is neither grouped nor inside an aggregate",
                      (int)it->where->text.len, it->where->text.data);
  }
}

/// HAVING and ORDER BY may read what is not grouped: then any value of the group serves (18.2.4.1).
static void sample_ungrouped(yutu_parser *p, selection *s, yutu_expr *e) {
  if (e->op == YUTU_EXPR_VAR && !is_grouped(s, e->index) && !is_alias(s, e->index, s->items.n)) {
    yutu_aggregate a = {.kind = YUTU_AGGREGATE_SAMPLE, .argument = yutu_make_expr_var(p, e->index)};
    a.var = e->index = yutu_parse_fresh_var(p);
    *YUTU_PUSH(p->arena, &s->aggregates) = a;
  }
  for (uint32_t i = 0; i < e->n_args; i++)
    sample_ungrouped(p, s, e->args[i]);
}

static yutu_algebra *group(yutu_parser *p, selection *s, yutu_algebra *pattern, bool with_items) {
  if (with_items)
    check_items(p, s);
  if (s->having)
    sample_ungrouped(p, s, s->having);
  for (uint32_t i = 0; i < s->orders.n; i++)
    sample_ungrouped(p, s, s->orders.at[i].expr);
  yutu_algebra *node = over(p, YUTU_ALGEBRA_GROUP, pattern);
  node->keys = s->keys.at;
  node->n_keys = s->keys.n;
  node->aggregates = s->aggregates.at;
  node->n_aggregates = s->aggregates.n;
  return yutu_scope_of(p, node);
}

static yutu_algebra *extend_items(yutu_parser *p, const selection *s, yutu_algebra *node) {
  for (uint32_t i = 0; i < s->items.n; i++) {
    const item *it = &s->items.at[i];
    if (!it->expr)
      continue;
    if (yutu_varset_has(node->possible, it->var))
      yutu_parse_fail(p, YUTU_ERR_QUERY, it->where, "?%.*s has a value already; choose another name",
                      (int)it->where->text.len, it->where->text.data);
    yutu_algebra *extend = over(p, YUTU_ALGEBRA_EXTEND, node);
    extend->var = it->var;
    extend->expr = it->expr;
    node = yutu_scope_of(p, extend);
  }
  return node;
}

/// From a pattern to the sequence of solutions before projection.
static yutu_algebra *modify(yutu_parser *p, selection *s, yutu_algebra *node, bool with_items) {
  if (s->grouped || s->aggregates.n)
    node = group(p, s, node, with_items);
  if (s->having) {
    node = over(p, YUTU_ALGEBRA_FILTER, node);
    node->expr = s->having;
    yutu_scope_of(p, node);
  }
  if (yutu_parse_accept_word(p, "VALUES")) {
    yutu_algebra *join = yutu_make_algebra(p, YUTU_ALGEBRA_JOIN, 2);
    join->children[0] = node;
    join->children[1] = yutu_parse_values(p);
    node = yutu_scope_of(p, join);
  }
  node = extend_items(p, s, node);
  if (s->orders.n) {
    node = over(p, YUTU_ALGEBRA_ORDER, node);
    node->orders = s->orders.at;
    node->n_orders = s->orders.n;
    yutu_scope_of(p, node);
  }
  return node;
}

static yutu_algebra *slice(yutu_parser *p, const selection *s, yutu_algebra *node) {
  if (!s->offset && s->limit == UINT64_MAX)
    return node;
  node = over(p, YUTU_ALGEBRA_SLICE, node);
  node->offset = s->offset;
  node->limit = s->limit;
  return yutu_scope_of(p, node);
}

typedef YUTU_VEC(uint32_t) variables;

static void add_once(yutu_parser *p, variables *vars, uint32_t var) {
  for (uint32_t i = 0; i < vars->n; i++) {
    if (vars->at[i] == var)
      return;
  }
  *YUTU_PUSH(p->arena, vars) = var;
}

static yutu_algebra *project(yutu_parser *p, const selection *s, yutu_algebra *node, variables *columns) {
  const yutu_query *q = p->query;
  for (uint32_t i = 0; i < s->items.n; i++)
    add_once(p, columns, s->items.at[i].var);
  if (s->star) {
    for (uint32_t v = UINT32_MAX; yutu_varset_next(node->possible, q->set_words, &v);) {
      if (q->variables.at[v].name.len)
        add_once(p, columns, v);
    }
  }
  node = over(p, YUTU_ALGEBRA_PROJECT, node);
  node->vars = columns->at;
  node->n_vars = columns->n;
  yutu_scope_of(p, node);
  if (s->distinct || s->reduced) {
    node = over(p, s->distinct ? YUTU_ALGEBRA_DISTINCT : YUTU_ALGEBRA_REDUCED, node);
    node->vars = columns->at;
    node->n_vars = columns->n;
    yutu_scope_of(p, node);
  }
  return node;
}

yutu_algebra *yutu_parse_select(yutu_parser *p, bool top) {
  selection s = {.limit = UINT64_MAX};
  yutu_scope scope = {.parent = p->scope};
  yutu_aggregates *const collected = p->aggregates;
  if (!top) {
    scan_projection(p, &scope);
    p->scope = &scope;
  }
  p->aggregates = &s.aggregates;
  s.distinct = yutu_parse_accept_word(p, "DISTINCT");
  s.reduced = !s.distinct && yutu_parse_accept_word(p, "REDUCED");
  s.star = yutu_parse_accept(p, "*");
  if (!s.star)
    parse_items(p, &s);
  if (top)
    yutu_parse_from(p);
  yutu_parse_accept_word(p, "WHERE");
  p->aggregates = NULL;
  yutu_algebra *node = yutu_parse_group_pattern(p);
  p->aggregates = &s.aggregates;
  parse_solution_modifiers(p, &s);
  node = modify(p, &s, node, true);
  variables columns = {0};
  node = slice(p, &s, project(p, &s, node, &columns));
  p->scope = top ? p->scope : scope.parent;
  p->aggregates = collected;
  if (top) {
    for (uint32_t i = 0; i < columns.n; i++)
      *YUTU_PUSH(p->arena, &p->query->columns) = columns.at[i];
  }
  return node;
}

yutu_algebra *yutu_parse_modifiers(yutu_parser *p, yutu_algebra *pattern) {
  selection s = {.limit = UINT64_MAX};
  yutu_aggregates *const collected = p->aggregates;
  p->aggregates = &s.aggregates;
  parse_solution_modifiers(p, &s);
  pattern = slice(p, &s, modify(p, &s, pattern, false));
  p->aggregates = collected;
  return pattern;
}
