#include "queries/sparql/path_step.h"

#include <stdlib.h>

// ---- compiling ----

static int compare_ids(const void *a, const void *b) {
  const yutu_id p = *(const yutu_id *)a, q = *(const yutu_id *)b;
  return (p > q) - (p < q);
}

static yutu_id_list id_list(yutu_exec *x, const uint32_t *constants, uint32_t n) {
  yutu_id_list list = {YUTU_NEW_ARRAY(x->arena, yutu_id, n + 1), n};
  for (uint32_t i = 0; i < n; i++)
    list.at[i] = x->constant_ids[constants[i]];
  qsort(list.at, n, sizeof *list.at, compare_ids);
  return list;
}

yutu_step *yutu_step_compile(yutu_exec *x, const yutu_path *path) {
  bool inverse = false;
  while (path->kind == YUTU_PATH_INVERSE) {
    inverse = !inverse;
    path = path->parts[0];
  }
  yutu_step *step = YUTU_NEW(x->arena, yutu_step);
  step->kind = path->kind;
  step->inverse = inverse;
  yutu_set_init(&step->a, x);
  yutu_set_init(&step->b, x);
  if (path->kind == YUTU_PATH_IRI)
    step->predicate = x->constant_ids[path->constant];
  if (path->kind == YUTU_PATH_NEGATED) {
    step->forward = id_list(x, path->forward, path->n_forward);
    step->backward = id_list(x, path->backward, path->n_backward);
    step->has_forward = path->has_forward;
    step->has_backward = path->has_backward;
  }
  step->n_parts = path->n;
  step->parts = YUTU_NEW_ARRAY(x->arena, yutu_step *, path->n + 1);
  for (uint32_t i = 0; i < path->n; i++)
    step->parts[i] = yutu_step_compile(x, path->parts[i]);
  return step;
}

void yutu_step_release(yutu_step *step) {
  yutu_table_free(&step->a);
  yutu_table_free(&step->b);
  for (uint32_t i = 0; i < step->n_parts; i++)
    yutu_step_release(step->parts[i]);
}

// ---- scanning ----

void yutu_walker_release(yutu_walker *w) {
  yutu_cursor_close(w->cursor);
  w->cursor = NULL;
}

/// Begin the scan of a pattern in the graph. @return false when nothing can match
static bool scan(yutu_walker *w, yutu_id s, yutu_id p, yutu_id o) {
  yutu_pattern pattern;
  yutu_walker_release(w);
  if (yutu_id_is_local(s | p | o) || !yutu_places_pattern(w->x, &w->graph, &pattern))
    return false;
  pattern.s = s;
  pattern.p = p;
  pattern.o = o;
  yutu_exec_try(w->x, yutu_cursor_open(w->x->snapshot, &pattern, &w->cursor, &w->x->error));
  return true;
}

static bool scan_next(yutu_walker *w, yutu_quad_ids *ret) {
  yutu_quad_ids last = {0};
  while (yutu_cursor_next(w->cursor, ret)) {
    yutu_exec_tick(w->x);
    if (!ret->g || yutu_places_pick(w->x, &w->graph, ret, &last))
      return true;
  }
  yutu_walker_release(w);
  return false;
}

static void expand_link(yutu_walker *w, yutu_id predicate, yutu_id node, bool backwards, yutu_table *out) {
  yutu_quad_ids quad;
  if (!scan(w, backwards ? YUTU_ID_NONE : node, predicate, backwards ? node : YUTU_ID_NONE))
    return;
  while (scan_next(w, &quad))
    yutu_set_add(out, backwards ? quad.s : quad.o);
}

static void expand_negated(yutu_walker *w, const yutu_id_list *but, yutu_id node, bool backwards, yutu_table *out) {
  yutu_quad_ids quad;
  if (!scan(w, backwards ? YUTU_ID_NONE : node, YUTU_ID_NONE, backwards ? node : YUTU_ID_NONE))
    return;
  while (scan_next(w, &quad)) {
    if (!yutu_id_list_has(but, quad.p))
      yutu_set_add(out, backwards ? quad.s : quad.o);
  }
}

// ---- steps ----

static void expand_sequence(yutu_walker *w, yutu_step *step, yutu_id node, bool backwards, yutu_table *out) {
  yutu_table_clear(&step->a);
  yutu_set_add(&step->a, node);
  for (uint32_t i = 0; i < step->n_parts; i++) {
    yutu_step *part = step->parts[backwards ? step->n_parts - 1 - i : i];
    const bool last = i + 1 == step->n_parts;
    if (!last)
      yutu_table_clear(&step->b);
    for (uint32_t k = 0; k < step->a.n; k++)
      yutu_step_expand(w, part, yutu_set_at(&step->a, k), backwards, last ? out : &step->b);
    const yutu_table swap = step->a;
    step->a = step->b;
    step->b = swap;
  }
}

/// Breadth first; a node that was seen is not gone to again, so cycles end.
static void expand_closure(yutu_walker *w, yutu_step *step, yutu_id node, bool backwards, yutu_table *out) {
  yutu_table *seen = &step->a;
  yutu_table_clear(seen);
  if (step->kind == YUTU_PATH_ONE_OR_MORE)
    yutu_step_expand(w, step->parts[0], node, backwards, seen);
  else
    yutu_set_add(seen, node);
  for (uint32_t i = 0; i < seen->n; i++)
    yutu_step_expand(w, step->parts[0], yutu_set_at(seen, i), backwards, seen);
  for (uint32_t i = 0; i < seen->n; i++)
    yutu_set_add(out, yutu_set_at(seen, i));
}

void yutu_step_expand(yutu_walker *w, yutu_step *step, yutu_id node, bool backwards, yutu_table *out) {
  yutu_exec_tick(w->x);
  backwards = backwards != step->inverse;
  switch (step->kind) {
  case YUTU_PATH_IRI:
    expand_link(w, step->predicate, node, backwards, out);
    break;
  case YUTU_PATH_NEGATED:
    if (step->has_forward)
      expand_negated(w, &step->forward, node, backwards, out);
    if (step->has_backward)
      expand_negated(w, &step->backward, node, !backwards, out);
    break;
  case YUTU_PATH_SEQUENCE:
    expand_sequence(w, step, node, backwards, out);
    break;
  case YUTU_PATH_ALTERNATIVE:
    for (uint32_t i = 0; i < step->n_parts; i++)
      yutu_step_expand(w, step->parts[i], node, backwards, out);
    break;
  case YUTU_PATH_ZERO_OR_ONE:
    yutu_set_add(out, node);
    yutu_step_expand(w, step->parts[0], node, backwards, out);
    break;
  default:
    expand_closure(w, step, node, backwards, out);
  }
}

// ---- where paths begin ----

static void add_ends(yutu_walker *w, yutu_id predicate, bool objects, yutu_table *out) {
  yutu_quad_ids quad;
  if (!scan(w, YUTU_ID_NONE, predicate, YUTU_ID_NONE))
    return;
  while (scan_next(w, &quad))
    yutu_set_add(out, objects ? quad.o : quad.s);
}

void yutu_walker_all_nodes(yutu_walker *w, yutu_table *out) {
  add_ends(w, YUTU_ID_NONE, false, out);
  add_ends(w, YUTU_ID_NONE, true, out);
}

void yutu_step_starts(yutu_walker *w, const yutu_step *step, bool backwards, yutu_table *out) {
  backwards = backwards != step->inverse;
  switch (step->kind) {
  case YUTU_PATH_IRI:
    add_ends(w, step->predicate, backwards, out);
    break;
  case YUTU_PATH_NEGATED:
    if (step->has_forward)
      add_ends(w, YUTU_ID_NONE, backwards, out);
    if (step->has_backward)
      add_ends(w, YUTU_ID_NONE, !backwards, out);
    break;
  case YUTU_PATH_SEQUENCE:
    yutu_step_starts(w, step->parts[backwards ? step->n_parts - 1 : 0], backwards, out);
    break;
  case YUTU_PATH_ALTERNATIVE:
    for (uint32_t i = 0; i < step->n_parts; i++)
      yutu_step_starts(w, step->parts[i], backwards, out);
    break;
  case YUTU_PATH_ONE_OR_MORE:
    yutu_step_starts(w, step->parts[0], backwards, out);
    break;
  default:
    yutu_walker_all_nodes(w, out);
  }
}

bool yutu_walker_has_node(yutu_walker *w, yutu_id node) {
  yutu_quad_ids quad;
  for (int object = 0; object < 2; object++) {
    if (scan(w, object ? YUTU_ID_NONE : node, YUTU_ID_NONE, object ? node : YUTU_ID_NONE) && scan_next(w, &quad)) {
      yutu_walker_release(w);
      return true;
    }
  }
  return false;
}

uint64_t yutu_step_estimate(yutu_walker *w, const yutu_step *step, yutu_id node, bool backwards) {
  backwards = backwards != step->inverse;
  uint64_t sum = 0;
  yutu_pattern pattern;
  switch (step->kind) {
  case YUTU_PATH_IRI:
  case YUTU_PATH_NEGATED:
    if (yutu_id_is_local(node | step->predicate) || !yutu_places_pattern(w->x, &w->graph, &pattern))
      return 0;
    pattern.s = backwards ? YUTU_ID_NONE : node;
    pattern.p = step->predicate;
    pattern.o = backwards ? node : YUTU_ID_NONE;
    return yutu_snapshot_estimate(w->x->snapshot, &pattern);
  case YUTU_PATH_SEQUENCE:
    return yutu_step_estimate(w, step->parts[backwards ? step->n_parts - 1 : 0], node, backwards);
  default:
    for (uint32_t i = 0; i < step->n_parts; i++)
      sum += yutu_step_estimate(w, step->parts[i], node, backwards);
    return sum;
  }
}
