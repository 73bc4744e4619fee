#include "queries/sparql/plan.h"

#include "base/buffer.h"
#include "queries/sparql/exists.h"

#include <inttypes.h>

enum { TERM_SHOWN = 60, VALUES_SHOWN = 8 };

static void put_slice(yutu_buffer *b, yutu_slice s) {
  if (s.len <= TERM_SHOWN) {
    yutu_buffer_append(b, s.data, s.len);
    return;
  }
  size_t from = s.len - TERM_SHOWN; // the end of an IRI says more than its beginning
  while (from < s.len && ((unsigned char)s.data[from] & 0xC0) == 0x80)
    from++;
  yutu_buffer_puts(b, "…");
  yutu_buffer_append(b, s.data + from, s.len - from);
}

static void put_constant(const yutu_planner *p, yutu_buffer *b, uint32_t constant) {
  const yutu_value *v = &p->x->constant_values[constant];
  yutu_buffer_putc(b, v->kind == YUTU_VALUE_IRI ? '<' : '"');
  put_slice(b, v->text);
  yutu_buffer_putc(b, v->kind == YUTU_VALUE_IRI ? '>' : '"');
}

static void put_var(const yutu_planner *p, yutu_buffer *b, uint32_t var) {
  const yutu_variable *v = &p->query->variables.at[var];
  if (v->name.len) {
    yutu_buffer_putc(b, '?');
    yutu_buffer_append(b, v->name.data, v->name.len);
  } else {
    yutu_buffer_printf(b, "_:%" PRIu32, var);
  }
}

static void put_node(const yutu_planner *p, yutu_buffer *b, yutu_node node) {
  yutu_buffer_putc(b, ' ');
  if (node.is_var)
    put_var(p, b, node.index);
  else
    put_constant(p, b, node.index);
}

static void put_path(const yutu_planner *p, yutu_buffer *b, const yutu_path *path) {
  static const char *const separators[] = {[YUTU_PATH_SEQUENCE] = "/", [YUTU_PATH_ALTERNATIVE] = "|"};
  static const char *const after[] = {
      [YUTU_PATH_ZERO_OR_MORE] = "*", [YUTU_PATH_ONE_OR_MORE] = "+", [YUTU_PATH_ZERO_OR_ONE] = "?"};
  if (path->kind == YUTU_PATH_IRI) {
    put_constant(p, b, path->constant);
    return;
  }
  if (path->kind == YUTU_PATH_NEGATED) {
    yutu_buffer_puts(b, "!(…)");
    return;
  }
  const bool chain = path->kind == YUTU_PATH_SEQUENCE || path->kind == YUTU_PATH_ALTERNATIVE;
  yutu_buffer_puts(b, path->kind == YUTU_PATH_INVERSE ? "^(" : "(");
  for (uint32_t i = 0; i < path->n; i++) {
    yutu_buffer_puts(b, i && chain ? separators[path->kind] : "");
    put_path(p, b, path->parts[i]);
  }
  yutu_buffer_putc(b, ')');
  if (!chain && path->kind != YUTU_PATH_INVERSE)
    yutu_buffer_puts(b, after[path->kind]);
}

/// Move a text into the plan's arena.
static const char *finish(const yutu_planner *p, yutu_buffer *b) {
  const char *label = b->failed || !b->data ? "" : b->data;
  char *copy = yutu_arena_strndup(p->arena, label, strlen(label));
  yutu_buffer_free(b);
  return copy;
}

const char *yutu_plan_label(yutu_planner *p, const char *what, const yutu_algebra *node) {
  if (!p->x->options.explain)
    return what;
  yutu_buffer b = YUTU_BUFFER_INIT;
  yutu_buffer_puts(&b, what);
  if (node->kind == YUTU_ALGEBRA_TRIPLE || node->kind == YUTU_ALGEBRA_PATH) {
    put_node(p, &b, node->s);
    if (node->kind == YUTU_ALGEBRA_TRIPLE) {
      put_node(p, &b, node->p);
    } else {
      yutu_buffer_putc(&b, ' ');
      put_path(p, &b, node->path);
    }
    put_node(p, &b, node->o);
  }
  if (node->kind == YUTU_ALGEBRA_EXTEND) {
    yutu_buffer_putc(&b, ' ');
    put_var(p, &b, node->var);
  }
  if (node->graph) {
    yutu_buffer_puts(&b, " in");
    put_node(p, &b, node->graph->node);
  }
  if (node->kind == YUTU_ALGEBRA_SLICE)
    yutu_buffer_printf(&b, " offset %" PRIu64 " limit %" PRIu64, node->offset, node->limit);
  return finish(p, &b);
}

static void put_vars(const yutu_planner *p, yutu_buffer *b, const uint32_t *vars, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    yutu_buffer_putc(b, ' ');
    put_var(p, b, vars[i]);
  }
}

const char *yutu_plan_vars_label(yutu_planner *p, const char *what, const uint32_t *vars, uint32_t n) {
  if (!p->x->options.explain)
    return what;
  yutu_buffer b = YUTU_BUFFER_INIT;
  yutu_buffer_puts(&b, what);
  put_vars(p, &b, vars, n);
  return finish(p, &b);
}

static void put_expr(const yutu_planner *p, yutu_buffer *b, const yutu_expr *e) {
  static const char *const signs[] = {[YUTU_EXPR_OR] = "||",
                                      [YUTU_EXPR_AND] = "&&",
                                      [YUTU_EXPR_NOT] = "!",
                                      [YUTU_EXPR_EQ] = "=",
                                      [YUTU_EXPR_NE] = "!=",
                                      [YUTU_EXPR_LT] = "<",
                                      [YUTU_EXPR_GT] = ">",
                                      [YUTU_EXPR_LE] = "<=",
                                      [YUTU_EXPR_GE] = ">=",
                                      [YUTU_EXPR_IN] = "IN",
                                      [YUTU_EXPR_NOT_IN] = "NOT IN",
                                      [YUTU_EXPR_ADD] = "+",
                                      [YUTU_EXPR_SUBTRACT] = "-",
                                      [YUTU_EXPR_MULTIPLY] = "*",
                                      [YUTU_EXPR_DIVIDE] = "/",
                                      [YUTU_EXPR_NEGATE] = "-",
                                      [YUTU_EXPR_PLUS] = "+",
                                      [YUTU_EXPR_EXISTS] = "EXISTS",
                                      [YUTU_EXPR_NOT_EXISTS] = "NOT EXISTS",
                                      [YUTU_EXPR_UNKNOWN_FUNCTION] = "unknown function"};
  switch (e->op) {
  case YUTU_EXPR_VAR:
    put_var(p, b, e->index);
    return;
  case YUTU_EXPR_CONSTANT:
    put_constant(p, b, e->index);
    return;
  default:
    yutu_buffer_puts(b, e->op == YUTU_EXPR_CALL ? yutu_function_at(e->index)->name : signs[e->op]);
  }
  yutu_buffer_putc(b, '(');
  for (uint32_t i = 0; i < e->n_args && i < VALUES_SHOWN; i++) {
    yutu_buffer_puts(b, i ? ", " : "");
    put_expr(p, b, e->args[i]);
  }
  yutu_buffer_puts(b, e->n_args > VALUES_SHOWN ? ", …)" : ")");
}

const char *yutu_plan_expr_label(yutu_planner *p, const char *what, const yutu_expr *expr) {
  if (!p->x->options.explain)
    return what;
  yutu_buffer b = YUTU_BUFFER_INIT;
  yutu_buffer_puts(&b, what);
  yutu_buffer_putc(&b, ' ');
  put_expr(p, &b, expr);
  return finish(p, &b);
}

// ---- writing ----

static void explain(const yutu_op *op, unsigned depth, FILE *out) {
  fprintf(out, "%12.0f %12" PRIu64 " %10" PRIu64 "  %*s%s\n", op->estimate, op->rows, op->opens, (int)depth * 2, "",
          op->label);
  for (uint32_t i = 0; i < op->n_children; i++)
    explain(op->more ? op->more[i] : op->children[i], depth + 1, out);
}

void yutu_plan_explain(const yutu_op *root, FILE *out) {
  const yutu_exec *x = root->x;
  fprintf(out, "%12s %12s %10s  operator\n", "estimated", "rows", "opened");
  explain(root, 0, out);
  for (uint32_t i = 0; i < x->query->n_exprs; i++) {
    if (!x->exists[i])
      continue;
    fprintf(out, "%12s %12s %10s  EXISTS or NOT EXISTS\n", "", "", "");
    explain(yutu_exists_op(x->exists[i]), 1, out);
  }
}
