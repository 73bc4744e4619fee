#include "queries/sparql/exec_scan.h"

#include "queries/sparql/ops.h"

// ---- a pattern and its graph ----

void yutu_places_of(yutu_exec *x, const yutu_algebra *triple, yutu_places *ret) {
  const yutu_node nodes[3] = {triple->s, triple->p, triple->o};
  for (int i = 0; i < 3; i++) {
    ret->at[i].is_var = nodes[i].is_var;
    ret->at[i].index = nodes[i].index;
    ret->at[i].id = nodes[i].is_var ? YUTU_ID_NONE : x->constant_ids[nodes[i].index];
  }
  ret->at[3] = (yutu_place_of){.id = YUTU_ID_NONE};
  ret->named = triple->graph != NULL;
  if (ret->named) {
    const yutu_node g = triple->graph->node;
    ret->at[3] = (yutu_place_of){g.is_var, g.index, g.is_var ? YUTU_ID_NONE : x->constant_ids[g.index]};
  }
}

bool yutu_graph_is_named(const yutu_exec *x, yutu_id graph) {
  return graph != YUTU_ID_DEFAULT_GRAPH && !yutu_id_is_local(graph) &&
         (x->dataset.named_all || yutu_id_list_has(&x->dataset.named, graph));
}

static inline yutu_id value_of(const yutu_exec *x, const yutu_place_of *place) {
  return place->is_var ? x->reg[place->index] : place->id;
}

bool yutu_places_pattern(const yutu_exec *x, const yutu_places *places, yutu_pattern *ret) {
  yutu_id bound[4];
  for (int i = 0; i < 4; i++) {
    bound[i] = value_of(x, &places->at[i]);
    if (yutu_id_is_local(bound[i]))
      return false; // a term that the store does not have
  }
  *ret = (yutu_pattern){.s = bound[0], .p = bound[1], .o = bound[2], .g = bound[3]};
  if (places->named) {
    ret->each_graph = true;
    return !bound[3] || yutu_graph_is_named(x, bound[3]);
  }
  const yutu_dataset *d = &x->dataset;
  if (d->mode == YUTU_DEFAULT_PLAIN)
    ret->g = YUTU_ID_DEFAULT_GRAPH;
  else if (d->mode == YUTU_DEFAULT_GIVEN && d->graphs.n == 1)
    ret->g = d->graphs.at[0];
  else if (d->mode == YUTU_DEFAULT_GIVEN)
    ret->each_graph = true; // the graphs wanted are picked out
  return d->mode != YUTU_DEFAULT_GIVEN || d->graphs.n > 0;
}

bool yutu_places_pick(const yutu_exec *x, const yutu_places *places, const yutu_quad_ids *quad, yutu_quad_ids *last) {
  if (places->named)
    return yutu_graph_is_named(x, quad->g);
  if (x->dataset.mode != YUTU_DEFAULT_GIVEN || x->dataset.graphs.n == 1)
    return true;
  if (!yutu_id_list_has(&x->dataset.graphs, quad->g) ||
      (last->s == quad->s && last->p == quad->p && last->o == quad->o)) // repeats stand side by side
    return false;
  *last = *quad;
  return true;
}

// ---- index scan ----

typedef struct {
  yutu_op op;
  yutu_places places;
  yutu_order order;
  yutu_cursor *cursor;
  yutu_pattern pattern; ///< of the cursor
  bool running, given, pick;
  bool free[4];
  int same_as[4]; ///< an earlier place with the same variable, or -1
  yutu_quad_ids last;
} scan_op;

static void unbind(scan_op *s) {
  for (int i = 0; i < 4; i++) {
    if (s->free[i])
      s->op.x->reg[s->places.at[i].index] = YUTU_ID_NONE;
    s->free[i] = false;
  }
}

static void scan_open(yutu_op *op) {
  scan_op *s = (scan_op *)op;
  s->running = s->given = false;
  if (op->n_children)
    yutu_op_open(op->children[0]);
}

static bool same_shape(const yutu_pattern *a, const yutu_pattern *b) {
  return !a->s == !b->s && !a->p == !b->p && !a->o == !b->o && !a->g == !b->g && a->each_graph == b->each_graph;
}

/// Point the cursor at what the registers say. @return false when nothing can match
static bool start(scan_op *s) {
  yutu_exec *x = s->op.x;
  yutu_pattern pattern;
  if (!yutu_places_pattern(x, &s->places, &pattern))
    return false;
  pattern.order = s->order;
  for (int i = 0; i < 4; i++)
    s->free[i] = s->places.at[i].is_var && !x->reg[s->places.at[i].index];
  if (s->cursor && same_shape(&pattern, &s->pattern)) {
    yutu_exec_try(x, yutu_cursor_reset(s->cursor, &pattern, &x->error));
  } else {
    yutu_cursor_close(s->cursor);
    s->cursor = NULL;
    yutu_exec_try(x, yutu_cursor_open(x->snapshot, &pattern, &s->cursor, &x->error));
  }
  s->pattern = pattern;
  s->last = (yutu_quad_ids){0};
  s->pick = pattern.each_graph;
  return true;
}

static inline bool accept(scan_op *s, const yutu_quad_ids *quad) {
  yutu_exec *x = s->op.x;
  if (s->pick && !yutu_places_pick(x, &s->places, quad, &s->last))
    return false;
  const yutu_id ids[4] = {quad->s, quad->p, quad->o, quad->g};
  for (int i = 1; i < 4; i++) {
    if (s->same_as[i] >= 0 && s->free[i] && ids[i] != ids[s->same_as[i]])
      return false;
  }
  for (int i = 0; i < 4; i++) {
    if (s->free[i])
      x->reg[s->places.at[i].index] = ids[i];
  }
  return true;
}

static bool scan_next(yutu_op *op) {
  scan_op *s = (scan_op *)op;
  for (;;) {
    if (s->running) {
      yutu_quad_ids quad;
      while (yutu_cursor_next(s->cursor, &quad)) {
        yutu_exec_tick(op->x);
        if (accept(s, &quad))
          return true;
      }
      unbind(s);
      s->running = false;
    }
    if (op->n_children ? !yutu_op_next(op->children[0]) : s->given)
      return false;
    s->given = true;
    s->running = start(s);
  }
}

static void scan_rewind(yutu_op *op) {
  scan_op *s = (scan_op *)op;
  unbind(s);
  s->running = false;
  if (op->n_children)
    yutu_op_rewind(op->children[0]);
}

static void scan_release(yutu_op *op) {
  scan_op *s = (scan_op *)op;
  yutu_cursor_close(s->cursor);
  s->cursor = NULL;
}

yutu_op *yutu_op_scan(yutu_exec *x, yutu_op *input, const yutu_algebra *triple, yutu_order order, const char *label) {
  static const yutu_op_class class = {scan_open, scan_next, scan_rewind, scan_release};
  scan_op *s = yutu_op_new(x, sizeof *s, &class, label);
  yutu_places_of(x, triple, &s->places);
  s->order = order;
  for (int i = 0; i < 4; i++) {
    s->same_as[i] = -1;
    for (int k = i - 1; k >= 0; k--) {
      if (s->places.at[i].is_var && s->places.at[k].is_var && s->places.at[i].index == s->places.at[k].index)
        s->same_as[i] = k;
    }
  }
  if (input) {
    s->op.children[0] = input;
    s->op.n_children = 1;
  }
  return &s->op;
}

// ---- the named graphs ----

typedef struct {
  yutu_op op;
  yutu_place_of graph;
  bool own, given;
  yutu_id after;
  size_t at;
} graphs_op;

static void graphs_open(yutu_op *op) {
  graphs_op *g = (graphs_op *)op;
  g->own = g->given = false;
  g->after = YUTU_ID_NONE;
  g->at = 0;
}

static bool exists(const yutu_exec *x, yutu_id graph) {
  const yutu_id before = graph - 1;
  return graph > YUTU_ID_DEFAULT_GRAPH && yutu_snapshot_next_graph(x->snapshot, before) == graph;
}

/// The next graph of the dataset that holds anything, or YUTU_ID_NONE.
static yutu_id next_graph(graphs_op *g) {
  const yutu_exec *x = g->op.x;
  if (x->dataset.named_all)
    return g->after = yutu_snapshot_next_graph(x->snapshot, g->after);
  while (g->at < x->dataset.named.n) {
    const yutu_id id = x->dataset.named.at[g->at++];
    if (yutu_graph_is_named(x, id) && exists(x, id))
      return id;
  }
  return YUTU_ID_NONE;
}

static bool graphs_next(yutu_op *op) {
  graphs_op *g = (graphs_op *)op;
  yutu_exec *x = op->x;
  const yutu_id bound = g->own ? YUTU_ID_NONE : value_of(x, &g->graph);
  if (bound) {
    const bool first = !g->given;
    g->given = true;
    return first && yutu_graph_is_named(x, bound) && exists(x, bound);
  }
  yutu_exec_tick(x);
  const yutu_id id = next_graph(g);
  x->reg[g->graph.index] = id;
  g->own = id != YUTU_ID_NONE;
  return g->own;
}

static void graphs_rewind(yutu_op *op) {
  graphs_op *g = (graphs_op *)op;
  if (g->own)
    op->x->reg[g->graph.index] = YUTU_ID_NONE;
  g->own = false;
}

yutu_op *yutu_op_graphs(yutu_exec *x, yutu_node graph, const char *label) {
  static const yutu_op_class class = {graphs_open, graphs_next, graphs_rewind, NULL};
  graphs_op *g = yutu_op_new(x, sizeof *g, &class, label);
  g->graph = (yutu_place_of){graph.is_var, graph.index, graph.is_var ? YUTU_ID_NONE : x->constant_ids[graph.index]};
  return &g->op;
}
