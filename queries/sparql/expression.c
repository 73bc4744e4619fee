#include "queries/sparql/exec.h"
#include "queries/sparql/exists.h"

#include <math.h>
#include <string.h>

static int truth_of(yutu_exec *x, const yutu_expr *e) {
  yutu_value v;
  return yutu_evaluate(x, e, &v) ? yutu_value_truth(&v) : YUTU_ERROR;
}

static bool answer(int truth, yutu_value *ret) {
  if (truth == YUTU_ERROR)
    return false;
  *ret = yutu_value_boolean(truth != 0);
  return true;
}

/// An error in one is an error of the whole only if no other decides.
static bool evaluate_logic(yutu_exec *x, const yutu_expr *e, yutu_value *ret) {
  const int decisive = e->op == YUTU_EXPR_OR;
  int truth = !decisive;
  for (uint32_t i = 0; i < e->n_args && truth != decisive; i++) {
    const int one = truth_of(x, e->args[i]);
    if (one == decisive || truth != YUTU_ERROR)
      truth = one;
  }
  return answer(truth, ret);
}

static bool is_nan(const yutu_value *v) {
  return (v->kind == YUTU_VALUE_DOUBLE || v->kind == YUTU_VALUE_FLOAT) && isnan(v->real);
}

static bool evaluate_comparison(yutu_exec *x, const yutu_expr *e, yutu_value *ret) {
  yutu_value a, b;
  if (!yutu_evaluate(x, e->args[0], &a) || !yutu_evaluate(x, e->args[1], &b))
    return false;
  if (e->op == YUTU_EXPR_EQ || e->op == YUTU_EXPR_NE) {
    const int equal = yutu_value_equal(&a, &b);
    return answer(equal == YUTU_ERROR ? equal : equal == (e->op == YUTU_EXPR_EQ), ret);
  }
  const int c = yutu_value_compare(&a, &b);
  if (c == YUTU_INCOMPARABLE)
    return answer(yutu_value_is_number(&a) && yutu_value_is_number(&b) && (is_nan(&a) || is_nan(&b)) ? 0 : YUTU_ERROR,
                  ret);
  switch (e->op) {
  case YUTU_EXPR_LT:
    return answer(c < 0, ret);
  case YUTU_EXPR_GT:
    return answer(c > 0, ret);
  case YUTU_EXPR_LE:
    return answer(c <= 0, ret);
  default:
    return answer(c >= 0, ret);
  }
}

static bool evaluate_in(yutu_exec *x, const yutu_expr *e, yutu_value *ret) {
  yutu_value a;
  if (!yutu_evaluate(x, e->args[0], &a))
    return false;
  int found = 0;
  for (uint32_t i = 1; i < e->n_args && found != 1; i++) {
    yutu_value b;
    const int equal = yutu_evaluate(x, e->args[i], &b) ? yutu_value_equal(&a, &b) : YUTU_ERROR;
    if (equal)
      found = equal;
  }
  if (found != YUTU_ERROR && e->op == YUTU_EXPR_NOT_IN)
    found = !found;
  return answer(found, ret);
}

// ---- arithmetic ----

static bool exact_arithmetic(yutu_expr_op op, const yutu_value *a, const yutu_value *b, yutu_value *ret) {
  yutu_decimal d;
  bool ok = false;
  switch (op) {
  case YUTU_EXPR_ADD:
    ok = yutu_decimal_add(a->exact, b->exact, &d);
    break;
  case YUTU_EXPR_SUBTRACT:
    ok = yutu_decimal_subtract(a->exact, b->exact, &d);
    break;
  case YUTU_EXPR_MULTIPLY:
    ok = yutu_decimal_multiply(a->exact, b->exact, &d);
    break;
  default:
    ok = yutu_decimal_divide(a->exact, b->exact, &d);
  }
  const bool whole = a->kind == YUTU_VALUE_INTEGER && b->kind == YUTU_VALUE_INTEGER && op != YUTU_EXPR_DIVIDE;
  if (ok)
    *ret = yutu_value_exact(whole ? YUTU_VALUE_INTEGER : YUTU_VALUE_DECIMAL, d);
  return ok;
}

bool yutu_value_arithmetic(yutu_expr_op op, const yutu_value *a, const yutu_value *b, yutu_value *ret) {
  if (!yutu_value_is_number(a) || !yutu_value_is_number(b))
    return false;
  if (a->kind <= YUTU_VALUE_DECIMAL && b->kind <= YUTU_VALUE_DECIMAL)
    return exact_arithmetic(op, a, b, ret);
  const double p = yutu_value_double(a), q = yutu_value_double(b);
  const double r = op == YUTU_EXPR_ADD        ? p + q
                   : op == YUTU_EXPR_SUBTRACT ? p - q
                   : op == YUTU_EXPR_MULTIPLY ? p * q
                                              : p / q;
  const bool is_double = a->kind == YUTU_VALUE_DOUBLE || b->kind == YUTU_VALUE_DOUBLE;
  *ret = yutu_value_real(is_double ? YUTU_VALUE_DOUBLE : YUTU_VALUE_FLOAT, r);
  return true;
}

static bool evaluate_arithmetic(yutu_exec *x, const yutu_expr *e, yutu_value *ret) {
  yutu_value a, b;
  if (!yutu_evaluate(x, e->args[0], &a))
    return false;
  if (e->n_args == 2)
    return yutu_evaluate(x, e->args[1], &b) && yutu_value_arithmetic(e->op, &a, &b, ret);
  if (!yutu_value_is_number(&a))
    return false;
  if (e->op == YUTU_EXPR_PLUS) {
    *ret = a;
    return true;
  }
  if (a.kind <= YUTU_VALUE_DECIMAL) {
    b = yutu_value_integer(0);
    return yutu_value_arithmetic(YUTU_EXPR_SUBTRACT, &b, &a, ret);
  }
  *ret = yutu_value_real(a.kind, -a.real);
  return true;
}

// ---- calls ----

static bool evaluate_exists(yutu_exec *x, const yutu_expr *e, yutu_value *ret) {
  *ret = yutu_value_boolean(yutu_exists_test(x->exists[e->serial]) == (e->op == YUTU_EXPR_EXISTS));
  return true;
}

static bool evaluate_call(yutu_exec *x, const yutu_expr *e, yutu_value *ret) {
  const yutu_function *f = yutu_function_at(e->index);
  if (f->lazy)
    return f->lazy(x, e, ret);
  yutu_value few[4];
  yutu_value *args = e->n_args <= 4 ? few : YUTU_NEW_ARRAY(x->scratch, yutu_value, e->n_args);
  for (uint32_t i = 0; i < e->n_args; i++) {
    if (!yutu_evaluate(x, e->args[i], &args[i]))
      return false;
  }
  return f->eager(x, args, e->n_args, ret);
}

bool yutu_evaluate(yutu_exec *x, const yutu_expr *e, yutu_value *ret) {
  switch (e->op) {
  case YUTU_EXPR_VAR:
    if (!x->reg[e->index])
      return false;
    yutu_exec_value(x, x->reg[e->index], ret);
    return true;
  case YUTU_EXPR_CONSTANT:
    *ret = x->constant_values[e->index];
    return true;
  case YUTU_EXPR_OR:
  case YUTU_EXPR_AND:
    return evaluate_logic(x, e, ret);
  case YUTU_EXPR_NOT: {
    const int truth = truth_of(x, e->args[0]);
    return answer(truth == YUTU_ERROR ? truth : !truth, ret);
  }
  case YUTU_EXPR_EQ:
  case YUTU_EXPR_NE:
  case YUTU_EXPR_LT:
  case YUTU_EXPR_GT:
  case YUTU_EXPR_LE:
  case YUTU_EXPR_GE:
    return evaluate_comparison(x, e, ret);
  case YUTU_EXPR_IN:
  case YUTU_EXPR_NOT_IN:
    return evaluate_in(x, e, ret);
  case YUTU_EXPR_ADD:
  case YUTU_EXPR_SUBTRACT:
  case YUTU_EXPR_MULTIPLY:
  case YUTU_EXPR_DIVIDE:
  case YUTU_EXPR_NEGATE:
  case YUTU_EXPR_PLUS:
    return evaluate_arithmetic(x, e, ret);
  case YUTU_EXPR_EXISTS:
  case YUTU_EXPR_NOT_EXISTS:
    return evaluate_exists(x, e, ret);
  case YUTU_EXPR_CALL:
    return evaluate_call(x, e, ret);
  case YUTU_EXPR_UNKNOWN_FUNCTION:
    break;
  }
  return false;
}

bool yutu_test(yutu_exec *x, const yutu_expr *e) {
  yutu_evaluation_begin(x);
  const bool passed = truth_of(x, e) == 1;
  yutu_evaluation_end(x);
  return passed;
}

yutu_id yutu_evaluate_id(yutu_exec *x, const yutu_expr *e) {
  if (e->op == YUTU_EXPR_VAR)
    return x->reg[e->index];
  yutu_evaluation_begin(x);
  yutu_value v;
  const yutu_id id = yutu_evaluate(x, e, &v) ? yutu_exec_intern(x, &v) : YUTU_ID_NONE;
  yutu_evaluation_end(x);
  return id;
}
