#include "queries/sparql/exec_setup.h"

#include "queries/sparql/exists.h"
#include "queries/sparql/functions_table.h"
#include "queries/sparql/plan.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

static bool make_arenas(yutu_exec *x, size_t limit) {
  x->arena = yutu_arena_new(0);
  x->scratch = yutu_arena_new(limit);
  x->terms.texts = yutu_arena_new(limit);
  return x->arena && x->scratch && x->terms.texts;
}

static void set_clock(yutu_exec *x) {
  clock_gettime(CLOCK_REALTIME, &x->now);
  if (!x->options.timeout_ms)
    return;
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  x->deadline_ns = (uint64_t)t.tv_sec * UINT64_C(1000000000) + (uint64_t)t.tv_nsec +
                   (uint64_t)x->options.timeout_ms * UINT64_C(1000000);
}

yutu_status yutu_exec_new(yutu_query *query, const yutu_query_options *options, yutu_exec **ret, yutu_error *err) {
  if (!options->snapshot)
    return yutu_fail(err, YUTU_ERR_USAGE, "a query needs a snapshot of a store");
  yutu_exec *x = calloc(1, sizeof *x);
  if (!x)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  x->query = query;
  x->options = *options;
  x->snapshot = options->snapshot;
  set_clock(x);
  if (getrandom(x->random, sizeof x->random, 0) != (ssize_t)sizeof x->random || !(x->random[0] | x->random[1]))
    x->random[0] = (uint64_t)x->now.tv_nsec | 1;
  yutu_status status = YUTU_OK;
  if (!make_arenas(x, options->memory_limit))
    status = yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  if (status == YUTU_OK && options->collation)
    status = yutu_collation_open(options->collation, &x->collation, err);
  if (status == YUTU_OK)
    *ret = x;
  else
    yutu_exec_free(x);
  return status;
}

void yutu_exec_free(yutu_exec *x) {
  if (!x)
    return;
  for (yutu_op *op = x->all_ops; op; op = op->all) {
    if (op->class->release)
      op->class->release(op);
  }
  for (uint32_t i = 0; x->remembered && i < x->query->n_exprs; i++) {
    yutu_regex_forget(x->remembered[i]);
    if (x->exists[i])
      yutu_exists_release(x->exists[i]);
  }
  free(x->terms.entries);
  free(x->terms.slots);
  yutu_arena_free(x->terms.texts);
  yutu_arena_free(x->scratch);
  yutu_arena_free(x->arena);
  yutu_collation_free(x->collation);
  free(x);
}

yutu_status yutu_exec_guard(yutu_exec *x, void (*work)(yutu_exec *x, void *context), void *context, yutu_error *err) {
  if (x->status == YUTU_OK) {
    const int why = setjmp(x->trap);
    if (why == 0) {
      yutu_arena_trap(x->arena, &x->trap);
      yutu_arena_trap(x->scratch, &x->trap);
      yutu_arena_trap(x->terms.texts, &x->trap);
      work(x, context);
    } else if (why == 2) {
      x->status = yutu_fail(&x->error, YUTU_ERR_LIMIT, "a value of the query needs more than %zu bytes of memory",
                            x->options.memory_limit);
    } else if (why == 1) {
      x->status = yutu_fail(&x->error, YUTU_ERR_NOMEM, "out of memory");
    }
  }
  if (x->status != YUTU_OK && err)
    *err = x->error;
  return x->status;
}

// ---- preparing ----

static int compare_ids(const void *a, const void *b) {
  const yutu_id p = *(const yutu_id *)a, q = *(const yutu_id *)b;
  return (p > q) - (p < q);
}

static yutu_id id_of(yutu_exec *x, const yutu_term *term) {
  yutu_value v;
  yutu_value_of_term(term, &v);
  return yutu_exec_intern(x, &v);
}

static void add_graph(yutu_exec *x, yutu_id_list *list, yutu_slice iri) {
  const yutu_term term = yutu_iri(iri);
  const yutu_id id = id_of(x, &term);
  for (size_t i = 0; i < list->n; i++) {
    if (list->at[i] == id)
      return;
  }
  if (!yutu_id_is_local(id)) // what the store does not have is empty
    list->at[list->n++] = id;
}

static yutu_id_list new_list(yutu_exec *x, size_t n) {
  return (yutu_id_list){YUTU_NEW_ARRAY(x->arena, yutu_id, n + 1), 0};
}

/// The text's FROM clauses hold unless the caller has given graphs.
static void prepare_dataset(yutu_exec *x) {
  const yutu_query *q = x->query;
  const yutu_query_options *o = &x->options;
  yutu_dataset *d = &x->dataset;
  d->mode = o->default_graph;
  d->named_all = !o->named_given && !q->graphs.n;
  d->graphs = new_list(x, q->graphs.n + o->n_graphs);
  d->named = new_list(x, q->graphs.n + o->n_named_graphs);
  for (uint32_t i = 0; i < q->graphs.n; i++) {
    const yutu_query_graph *g = &q->graphs.at[i];
    if (g->named && !o->named_given)
      add_graph(x, &d->named, g->iri);
    if (!g->named && o->default_graph != YUTU_DEFAULT_GIVEN)
      add_graph(x, &d->graphs, g->iri);
  }
  if (q->graphs.n)
    d->mode = YUTU_DEFAULT_GIVEN;
  if (o->default_graph == YUTU_DEFAULT_GIVEN) {
    for (size_t i = 0; i < o->n_graphs; i++)
      add_graph(x, &d->graphs, o->graphs[i]);
  }
  for (size_t i = 0; i < o->n_named_graphs && o->named_given; i++)
    add_graph(x, &d->named, o->named_graphs[i]);
  qsort(d->graphs.at, d->graphs.n, sizeof *d->graphs.at, compare_ids);
  qsort(d->named.at, d->named.n, sizeof *d->named.at, compare_ids);
}

/// Constants of the text, then, by number of the name, the terms that parameters stand for.
static void prepare_constants(yutu_exec *x) {
  const yutu_query *q = x->query;
  const uint32_t n = q->constants.n + q->names.n;
  x->constant_ids = YUTU_NEW_ARRAY(x->arena, yutu_id, n + 1);
  x->constant_values = YUTU_NEW_ARRAY(x->arena, yutu_value, n + 1);
  for (uint32_t i = 0; i < n; i++) {
    const yutu_term *term = i < q->constants.n ? &q->constants.at[i] : &q->parameters[i - q->constants.n];
    if (term->kind == YUTU_TERM_NONE)
      continue; // no parameter
    yutu_value_of_term(term, &x->constant_values[i]);
    x->constant_ids[i] = yutu_exec_intern(x, &x->constant_values[i]);
  }
}

void yutu_exec_prepare(yutu_exec *x) {
  const yutu_query *q = x->query;
  x->n_regs = q->variables.n;
  x->reg = YUTU_NEW_ARRAY(x->arena, yutu_id, x->n_regs + 1);
  x->preset = yutu_varset_new(x->arena, q->set_words);
  x->exists = YUTU_NEW_ARRAY(x->arena, yutu_exists *, q->n_exprs + 1);
  x->remembered = YUTU_NEW_ARRAY(x->arena, void *, q->n_exprs + 1);
  prepare_constants(x);
  for (uint32_t v = 0; v < q->variables.n; v++) {
    if (!q->variables.at[v].bound)
      continue;
    x->reg[v] = x->constant_ids[q->constants.n + q->variables.at[v].name_index];
    yutu_varset_add(x->preset, v);
  }
  prepare_dataset(x);
}

yutu_op *yutu_exec_plan(yutu_exec *x, const uint64_t *needed) {
  const yutu_query *q = x->query;
  yutu_planner p = {.x = x, .query = q, .arena = x->arena, .words = q->set_words};
  p.nothing = yutu_varset_new(x->arena, p.words);
  p.estimates = YUTU_NEW_ARRAY(x->arena, yutu_estimate, q->n_nodes + 1);
  yutu_exec_try(x, yutu_snapshot_stats(x->snapshot, &p.stats, &x->error));
  const yutu_plan_scope scope = {.input = x->preset, .certain = x->preset, .context = x->preset, .needed = needed};
  return yutu_plan_root(&p, q->root, &scope);
}
