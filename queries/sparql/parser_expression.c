#include "queries/sparql/functions.h"
#include "queries/sparql/parser.h"
#include "queries/sparql/vocabulary.h"

#include <strings.h>

yutu_expr *yutu_make_expr(yutu_parser *p, yutu_expr_op op, uint32_t n_args) {
  yutu_expr *e = YUTU_NEW(p->arena, yutu_expr);
  e->op = op;
  e->serial = p->query->n_exprs++;
  e->n_args = n_args;
  if (n_args)
    e->args = YUTU_NEW_ARRAY(p->arena, yutu_expr *, n_args);
  return e;
}

yutu_expr *yutu_make_expr_var(yutu_parser *p, uint32_t var) {
  yutu_expr *e = yutu_make_expr(p, YUTU_EXPR_VAR, 0);
  e->index = var;
  return e;
}

static yutu_expr *make_constant(yutu_parser *p, yutu_term term) {
  yutu_expr *e = yutu_make_expr(p, YUTU_EXPR_CONSTANT, 0);
  e->index = yutu_parse_constant(p, term);
  return e;
}

static yutu_expr *make_unary(yutu_parser *p, yutu_expr_op op, yutu_expr *a) {
  yutu_expr *e = yutu_make_expr(p, op, 1);
  e->args[0] = a;
  return e;
}

static yutu_expr *make_binary(yutu_parser *p, yutu_expr_op op, yutu_expr *a, yutu_expr *b) {
  yutu_expr *e = yutu_make_expr(p, op, 2);
  e->args[0] = a;
  e->args[1] = b;
  return e;
}

yutu_expr *yutu_make_all(yutu_parser *p, yutu_expr_op op, const yutu_expressions *list) {
  if (list->n == 1)
    return list->at[0];
  yutu_expr *e = yutu_make_expr(p, op, 0);
  e->args = list->at;
  e->n_args = list->n;
  return e;
}

// ---- argument lists ----

static void parse_arguments(yutu_parser *p, yutu_expressions *ret) {
  yutu_parse_expect(p, "(");
  if (!yutu_parse_is(p, ")")) {
    do {
      yutu_expr *argument = yutu_parse_expression(p);
      *YUTU_PUSH(p->arena, ret) = argument;
    } while (yutu_parse_accept(p, ","));
  }
  yutu_parse_expect(p, ")");
}

static yutu_expr *make_call(yutu_parser *p, const yutu_token *where, uint32_t function,
                            const yutu_expressions *arguments) {
  const yutu_function *f = yutu_function_at(function);
  if (arguments->n < f->min_args || arguments->n > f->max_args)
    yutu_parse_fail(p, YUTU_ERR_QUERY, where, "%s takes %s%u argument%s, not %u", f->name,
                    f->min_args == f->max_args   ? ""
                    : arguments->n < f->min_args ? "at least "
                                                 : "at most ",
                    arguments->n < f->min_args ? f->min_args : f->max_args,
                    (arguments->n < f->min_args ? f->min_args : f->max_args) == 1 ? "" : "s", arguments->n);
  yutu_expr *e = yutu_make_expr(p, YUTU_EXPR_CALL, 0);
  e->index = function;
  e->args = arguments->at;
  e->n_args = arguments->n;
  return e;
}

// ---- aggregates ----

static bool aggregate_of(const yutu_token *t, yutu_aggregate_kind *ret) {
  static const struct {
    const char *name;
    yutu_aggregate_kind kind;
  } known[] = {{"COUNT", YUTU_AGGREGATE_COUNT},
               {"SUM", YUTU_AGGREGATE_SUM},
               {"MIN", YUTU_AGGREGATE_MIN},
               {"MAX", YUTU_AGGREGATE_MAX},
               {"AVG", YUTU_AGGREGATE_AVG},
               {"SAMPLE", YUTU_AGGREGATE_SAMPLE},
               {"GROUP_CONCAT", YUTU_AGGREGATE_GROUP_CONCAT}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    if (yutu_token_is_word(t, known[i].name)) {
      *ret = known[i].kind;
      return true;
    }
  }
  return false;
}

static yutu_slice parse_separator(yutu_parser *p) {
  yutu_parse_expect_word(p, "SEPARATOR");
  yutu_parse_expect(p, "=");
  const yutu_token *t = yutu_parse_peek(p);
  if (t->kind != YUTU_TOKEN_STRING)
    yutu_parse_fail(p, YUTU_ERR_QUERY, t, "SEPARATOR needs a string");
  const yutu_term term = yutu_parse_literal(p);
  if (term.language.len || term.datatype.len)
    yutu_parse_fail(p, YUTU_ERR_QUERY, t, "SEPARATOR needs a plain string");
  return term.value;
}

/// The aggregate is put down with the SELECT around; the expression reads the variable that receives its value.
static yutu_expr *parse_aggregate(yutu_parser *p, yutu_aggregate_kind kind) {
  const yutu_token *where = yutu_parse_take(p);
  yutu_aggregates *const collected = p->aggregates;
  if (!collected)
    yutu_parse_fail(p, YUTU_ERR_QUERY, where,
                    "an aggregate may stand in SELECT, HAVING and ORDER BY only, not in another");
  p->aggregates = NULL;
  yutu_aggregate a = {.kind = kind, .separator = YUTU_SLICE(" ")};
  yutu_parse_expect(p, "(");
  a.distinct = yutu_parse_accept_word(p, "DISTINCT");
  if (kind != YUTU_AGGREGATE_COUNT || !yutu_parse_accept(p, "*"))
    a.argument = yutu_parse_expression(p);
  if (kind == YUTU_AGGREGATE_GROUP_CONCAT && yutu_parse_accept(p, ";"))
    a.separator = parse_separator(p);
  yutu_parse_expect(p, ")");
  p->aggregates = collected;
  a.var = yutu_parse_fresh_var(p);
  *YUTU_PUSH(p->arena, collected) = a;
  return yutu_make_expr_var(p, a.var);
}

// ---- primaries ----

static yutu_expr *parse_exists(yutu_parser *p, yutu_expr_op op) {
  yutu_aggregates *const collected = p->aggregates;
  p->aggregates = NULL;
  p->block++;
  yutu_algebra *pattern = yutu_parse_group_pattern(p);
  p->block++;
  p->aggregates = collected;
  yutu_expr *e = yutu_make_expr(p, op, 0);
  e->pattern = pattern;
  return e;
}

static yutu_expr *parse_builtin(yutu_parser *p) {
  const yutu_token *t = yutu_parse_peek(p);
  yutu_aggregate_kind kind;
  if (aggregate_of(t, &kind))
    return parse_aggregate(p, kind);
  if (yutu_parse_accept_word(p, "EXISTS"))
    return parse_exists(p, YUTU_EXPR_EXISTS);
  if (yutu_parse_accept_word(p, "NOT")) {
    yutu_parse_expect_word(p, "EXISTS");
    return parse_exists(p, YUTU_EXPR_NOT_EXISTS);
  }
  const uint32_t function = yutu_function_of_name(t->text);
  if (function == YUTU_FUNCTION_NONE)
    yutu_parse_fail(p, YUTU_ERR_QUERY, t, "\"%.*s\" is no function of SPARQL", (int)t->text.len, t->text.data);
  yutu_parse_take(p);
  yutu_expressions arguments = {0};
  parse_arguments(p, &arguments);
  if (yutu_function_at(function)->wants_variable && arguments.at && arguments.at[0]->op != YUTU_EXPR_VAR)
    yutu_parse_fail(p, YUTU_ERR_QUERY, t + 2, "%s takes a variable", yutu_function_at(function)->name);
  return make_call(p, t, function, &arguments);
}

/// An IRI, or a call of the function that it names.
static yutu_expr *parse_iri_or_call(yutu_parser *p) {
  const yutu_token *where = yutu_parse_peek(p);
  const yutu_slice iri = yutu_parse_iri(p);
  if (!yutu_parse_is(p, "("))
    return make_constant(p, yutu_iri(iri));
  yutu_expressions arguments = {0};
  if (yutu_token_is_word(where + 2, "DISTINCT"))
    yutu_parse_fail(p, YUTU_ERR_UNSUPPORTED, where + 2,
                    "DISTINCT belongs to aggregates; there are no aggregates by IRI");
  parse_arguments(p, &arguments);
  const uint32_t function = yutu_function_of_iri(iri);
  if (function != YUTU_FUNCTION_NONE)
    return make_call(p, where, function, &arguments);
  yutu_expr *e = yutu_make_expr(p, YUTU_EXPR_UNKNOWN_FUNCTION, 0);
  e->args = arguments.at;
  e->n_args = arguments.n;
  return e;
}

bool yutu_parse_starts_call(const yutu_parser *p) {
  const yutu_token *t = yutu_parse_peek(p);
  yutu_aggregate_kind kind;
  return yutu_parse_is_iri(p) ||
         (t->kind == YUTU_TOKEN_WORD &&
          (aggregate_of(t, &kind) || yutu_token_is_word(t, "NOT") || yutu_token_is_word(t, "EXISTS") ||
           yutu_function_of_name(t->text) != YUTU_FUNCTION_NONE));
}

static yutu_expr *parse_bracketed(yutu_parser *p) {
  yutu_parse_expect(p, "(");
  yutu_expr *e = yutu_parse_expression(p);
  yutu_parse_expect(p, ")");
  return e;
}

yutu_expr *yutu_parse_constraint(yutu_parser *p) {
  if (yutu_parse_is(p, "("))
    return parse_bracketed(p);
  const yutu_token *where = yutu_parse_peek(p);
  if (yutu_parse_is_iri(p)) {
    yutu_expr *e = parse_iri_or_call(p);
    if (e->op == YUTU_EXPR_CONSTANT)
      yutu_parse_fail(p, YUTU_ERR_QUERY, where, "a condition needs brackets, or the arguments of a function");
    return e;
  }
  if (!yutu_parse_starts_call(p))
    yutu_parse_fail(p, YUTU_ERR_QUERY, where, "a condition is needed here: an expression in brackets, or a function");
  return parse_builtin(p);
}

static yutu_expr *parse_primary(yutu_parser *p) {
  const yutu_token *t = yutu_parse_peek(p);
  if (yutu_parse_is(p, "("))
    return parse_bracketed(p);
  if (t->kind == YUTU_TOKEN_VAR)
    return yutu_make_expr_var(p, yutu_parse_var(p));
  if (yutu_parse_is_literal(p))
    return make_constant(p, yutu_parse_literal(p));
  if (yutu_parse_is_iri(p))
    return parse_iri_or_call(p);
  if (t->kind == YUTU_TOKEN_WORD)
    return parse_builtin(p);
  yutu_parse_fail(p, YUTU_ERR_QUERY, t, "an expression is needed here");
}

// ---- operators, from the tightest to the loosest ----

static yutu_expr *parse_unary(yutu_parser *p) {
  yutu_parse_enter(p);
  yutu_expr *e;
  if (yutu_parse_accept(p, "!"))
    e = make_unary(p, YUTU_EXPR_NOT, parse_unary(p));
  else if (!yutu_parse_is_literal(p) && yutu_parse_accept(p, "+"))
    e = make_unary(p, YUTU_EXPR_PLUS, parse_primary(p));
  else if (!yutu_parse_is_literal(p) && yutu_parse_accept(p, "-"))
    e = make_unary(p, YUTU_EXPR_NEGATE, parse_primary(p));
  else
    e = parse_primary(p);
  yutu_parse_leave(p);
  return e;
}

/// Chains of operators lean to the left, so long ones are deep trees.
static void check_chain(yutu_parser *p, unsigned length) {
  if (length > YUTU_QUERY_CHAIN_MAX)
    yutu_parse_fail(p, YUTU_ERR_LIMIT, yutu_parse_peek(p), "more than %d operators in a row", YUTU_QUERY_CHAIN_MAX);
}

static yutu_expr *parse_product(yutu_parser *p) {
  yutu_expr *e = parse_unary(p);
  for (unsigned n = 0;; check_chain(p, ++n)) {
    if (yutu_parse_accept(p, "*"))
      e = make_binary(p, YUTU_EXPR_MULTIPLY, e, parse_unary(p));
    else if (yutu_parse_accept(p, "/"))
      e = make_binary(p, YUTU_EXPR_DIVIDE, e, parse_unary(p));
    else
      return e;
  }
}

static yutu_expr *parse_sum(yutu_parser *p) {
  yutu_expr *e = parse_product(p);
  for (unsigned n = 0;; check_chain(p, ++n)) {
    if (yutu_parse_accept(p, "+"))
      e = make_binary(p, YUTU_EXPR_ADD, e, parse_product(p));
    else if (yutu_parse_accept(p, "-"))
      e = make_binary(p, YUTU_EXPR_SUBTRACT, e, parse_product(p));
    else
      return e;
  }
}

static yutu_expr *parse_in(yutu_parser *p, yutu_expr_op op, yutu_expr *left) {
  yutu_expressions list = {0};
  *YUTU_PUSH(p->arena, &list) = left;
  parse_arguments(p, &list);
  yutu_expr *e = yutu_make_expr(p, op, 0);
  e->args = list.at;
  e->n_args = list.n;
  return e;
}

static yutu_expr *parse_relation(yutu_parser *p) {
  static const struct {
    const char *sign;
    yutu_expr_op op;
  } signs[] = {{"=", YUTU_EXPR_EQ}, {"!=", YUTU_EXPR_NE}, {"<", YUTU_EXPR_LT},
               {">", YUTU_EXPR_GT}, {"<=", YUTU_EXPR_LE}, {">=", YUTU_EXPR_GE}};
  yutu_expr *e = parse_sum(p);
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
    if (yutu_parse_accept(p, signs[i].sign))
      return make_binary(p, signs[i].op, e, parse_sum(p));
  }
  if (yutu_parse_accept_word(p, "IN"))
    return parse_in(p, YUTU_EXPR_IN, e);
  if (yutu_parse_is_word(p, "NOT")) {
    yutu_parse_take(p);
    yutu_parse_expect_word(p, "IN");
    return parse_in(p, YUTU_EXPR_NOT_IN, e);
  }
  return e;
}

/// One node for a whole chain, however long.
static yutu_expr *parse_chain(yutu_parser *p, const char *sign, yutu_expr_op op, yutu_expr *(*part)(yutu_parser *)) {
  yutu_expressions list = {0};
  do {
    yutu_expr *e = part(p);
    *YUTU_PUSH(p->arena, &list) = e;
  } while (yutu_parse_accept(p, sign));
  return yutu_make_all(p, op, &list);
}

static yutu_expr *parse_and(yutu_parser *p) {
  return parse_chain(p, "&&", YUTU_EXPR_AND, parse_relation);
}

yutu_expr *yutu_parse_expression(yutu_parser *p) {
  yutu_parse_enter(p);
  yutu_expr *e = parse_chain(p, "||", YUTU_EXPR_OR, parse_and);
  yutu_parse_leave(p);
  return e;
}
