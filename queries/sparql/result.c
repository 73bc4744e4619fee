#include "queries/sparql/exec_scan.h"
#include "queries/sparql/exec_setup.h"
#include "queries/sparql/plan.h"
#include "queries/sparql/result_graph.h"

#include <stdlib.h>

struct yutu_result {
  yutu_exec *x;
  yutu_op *root;
  bool opened, ended, truncated;
  uint64_t n_rows;
  uint32_t n_columns;
  const yutu_slice *columns;
  yutu_id *ids;   ///< of the row at hand
  yutu_term *row; ///< the same as terms
  bool has_row, answer;
  yutu_graph_maker maker; ///< CONSTRUCT and DESCRIBE
};

static const yutu_slice triple_columns[] = {{"subject", 7}, {"predicate", 9}, {"object", 6}};

// ---- beginning ----

static void add_node(uint64_t *set, yutu_node node) {
  if (node.is_var)
    yutu_varset_add(set, node.index);
}

static uint64_t *needed_variables(yutu_exec *x) {
  const yutu_query *q = x->query;
  uint64_t *needed = yutu_varset_new(x->arena, q->set_words);
  for (uint32_t i = 0; i < q->columns.n; i++)
    yutu_varset_add(needed, q->columns.at[i]);
  for (uint32_t i = 0; i < q->described.n; i++)
    add_node(needed, q->described.at[i]);
  for (uint32_t i = 0; i < q->templates.n; i++) {
    add_node(needed, q->templates.at[i].s);
    add_node(needed, q->templates.at[i].p);
    add_node(needed, q->templates.at[i].o);
  }
  return needed;
}

static void begin(yutu_exec *x, void *context) {
  yutu_result *r = context;
  yutu_exec_prepare(x);
  r->root = yutu_exec_plan(x, needed_variables(x));
  const bool graph = x->query->form == YUTU_QUERY_CONSTRUCT || x->query->form == YUTU_QUERY_DESCRIBE;
  r->n_columns = graph ? 3 : x->query->columns.n;
  r->columns = graph ? triple_columns : x->query->column_names;
  r->ids = YUTU_NEW_ARRAY(x->arena, yutu_id, r->n_columns + 1);
  r->row = YUTU_NEW_ARRAY(x->arena, yutu_term, r->n_columns + 1);
  if (graph)
    yutu_graph_maker_init(&r->maker, x, r->root);
}

yutu_status yutu_query_run(yutu_query *query, const yutu_query_options *options, yutu_result **ret, yutu_error *err) {
  yutu_result *r = calloc(1, sizeof *r);
  if (!r)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  yutu_status status = yutu_exec_new(query, options, &r->x, err);
  if (status == YUTU_OK)
    status = yutu_exec_guard(r->x, begin, r, err);
  if (status == YUTU_OK)
    *ret = r;
  else
    yutu_result_free(r);
  return status;
}

void yutu_result_free(yutu_result *result) {
  if (!result)
    return;
  if (result->x) {
    if (result->x->options.explain && result->root)
      yutu_plan_explain(result->root, result->x->options.explain);
    yutu_graph_maker_release(&result->maker);
  }
  yutu_exec_free(result->x);
  free(result);
}

yutu_query_form yutu_result_kind(const yutu_result *result) {
  return result->x->query->form;
}

const yutu_slice *yutu_result_columns(const yutu_result *result, size_t *ret_n) {
  *ret_n = result->n_columns;
  return result->columns;
}

bool yutu_result_truncated(const yutu_result *result) {
  return result->truncated;
}

// ---- rows ----

static bool next_solution(yutu_result *r) {
  if (!r->opened) {
    r->opened = true;
    yutu_op_open(r->root);
  }
  if (!yutu_op_next(r->root))
    return false;
  for (uint32_t i = 0; i < r->n_columns; i++)
    r->ids[i] = r->x->reg[r->x->query->columns.at[i]];
  return true;
}

static void next(yutu_exec *x, void *context) {
  yutu_result *r = context;
  yutu_arena_reset(x->scratch);
  if (r->ended)
    return;
  bool found;
  if (x->query->form == YUTU_QUERY_SELECT)
    found = next_solution(r);
  else
    found = yutu_graph_maker_next(&r->maker, r->ids);
  if (found && x->options.row_limit && r->n_rows == x->options.row_limit) {
    r->truncated = true;
    found = false;
  }
  r->ended = !found;
  r->has_row = found;
  if (!found)
    return;
  r->n_rows++;
  for (uint32_t i = 0; i < r->n_columns; i++)
    yutu_exec_term(x, r->ids[i], &r->row[i]);
}

yutu_status yutu_result_next(yutu_result *result, const yutu_term **ret_row, yutu_error *err) {
  if (result->x->query->form == YUTU_QUERY_ASK) {
    *ret_row = NULL;
    return YUTU_OK;
  }
  result->has_row = false;
  YUTU_TRY(yutu_exec_guard(result->x, next, result, err));
  *ret_row = result->has_row ? result->row : NULL;
  return YUTU_OK;
}

static void ask(yutu_exec *x, void *context) {
  (void)x;
  yutu_result *r = context;
  if (r->opened)
    return;
  r->opened = true;
  yutu_op_open(r->root);
  r->answer = yutu_op_next(r->root);
  yutu_op_rewind(r->root);
}

yutu_status yutu_result_ask(yutu_result *result, bool *ret, yutu_error *err) {
  if (result->x->query->form != YUTU_QUERY_ASK)
    return yutu_fail(err, YUTU_ERR_USAGE, "only ASK has a yes or no for an answer");
  YUTU_TRY(yutu_exec_guard(result->x, ask, result, err));
  *ret = result->answer;
  return YUTU_OK;
}
