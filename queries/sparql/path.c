/// Property paths of any length: ?, * and + between two ends, each of which may be bound or not. (The other kinds have
/// become patterns in the parser.) Such a path gives each pair of ends once.

#include "queries/sparql/ops.h"
#include "queries/sparql/path_step.h"

typedef struct {
  yutu_op op;
  yutu_walker walker;
  yutu_step *step;       ///< what is repeated
  yutu_path_kind kind;   ///< ZERO_OR_ONE, ZERO_OR_MORE or ONE_OR_MORE
  yutu_place_of ends[2]; ///< subject, object
  bool own[2];           ///< bound by this operator
  bool done;
  int from;          ///< the end that is walked from
  yutu_table starts; ///< when neither end is bound
  uint32_t next_start;
  yutu_table seen; ///< reached from the start at hand, in the order of discovery
  uint32_t next_to_expand, next_to_give;
} path_op;

static yutu_id value_of(const path_op *p, int end) {
  return p->ends[end].is_var ? p->op.x->reg[p->ends[end].index] : p->ends[end].id;
}

static void unbind(path_op *p, int end) {
  if (p->own[end])
    p->op.x->reg[p->ends[end].index] = YUTU_ID_NONE;
  p->own[end] = false;
}

static void bind(path_op *p, int end, yutu_id id) {
  p->op.x->reg[p->ends[end].index] = id;
  p->own[end] = true;
}

static bool takes_zero(const path_op *p) {
  return p->kind != YUTU_PATH_ONE_OR_MORE;
}

/// A path of no length binds a variable to nodes of the graph only; a term in the text may be anything.
static bool may_stay(path_op *p, int end, yutu_id id) {
  return takes_zero(p) && (!p->ends[end].is_var || yutu_varset_has(p->op.x->preset, p->ends[end].index) ||
                           yutu_walker_has_node(&p->walker, id));
}

static void expand(path_op *p, yutu_id node) {
  yutu_step_expand(&p->walker, p->step, node, p->from == 1, &p->seen);
}

/// Begin a walk at a node of the end `from`.
/// @param stays  the node itself is an answer
static void begin(path_op *p, yutu_id node, bool stays) {
  yutu_table_clear(&p->seen);
  p->next_to_expand = p->next_to_give = 0;
  if (takes_zero(p)) {
    yutu_set_add(&p->seen, node);
    p->next_to_give = stays ? 0 : 1;
  }
  if (p->kind == YUTU_PATH_ONE_OR_MORE || p->kind == YUTU_PATH_ZERO_OR_ONE)
    expand(p, node);
}

/// The next node of the walk, or YUTU_ID_NONE.
static yutu_id next_node(path_op *p) {
  while (p->next_to_give == p->seen.n) {
    if (p->kind == YUTU_PATH_ZERO_OR_ONE || p->next_to_expand == p->seen.n)
      return YUTU_ID_NONE;
    expand(p, yutu_set_at(&p->seen, p->next_to_expand++));
  }
  return yutu_set_at(&p->seen, p->next_to_give++);
}

/// Is there a way between two nodes?
static bool connects(path_op *p, yutu_id s, yutu_id o) {
  if (s == o && may_stay(p, 0, s) && may_stay(p, 1, o))
    return true;
  if (s == o && takes_zero(p))
    return false; // no node of the graph, so no cycle leads back to it either
  p->from =
      yutu_step_estimate(&p->walker, p->step, s, false) <= yutu_step_estimate(&p->walker, p->step, o, true) ? 0 : 1;
  const yutu_id target = p->from ? s : o;
  begin(p, p->from ? o : s, false);
  for (yutu_id node; (node = next_node(p));) {
    if (node == target)
      return true;
  }
  return false;
}

static void path_open(yutu_op *op) {
  path_op *p = (path_op *)op;
  p->done = false;
  p->next_start = 0;
  p->starts.n = 0;
  const yutu_id s = value_of(p, 0), o = value_of(p, 1);
  if (s && o)
    return;
  p->from = s ? 0 : 1;
  if (s || o) {
    const yutu_id node = s ? s : o;
    begin(p, node, may_stay(p, p->from, node));
    return;
  }
  yutu_table_clear(&p->starts);
  yutu_table_clear(&p->seen);
  p->next_to_give = p->next_to_expand = 0;
  p->from = 0;
  if (takes_zero(p))
    yutu_walker_all_nodes(&p->walker, &p->starts);
  else
    yutu_step_starts(&p->walker, p->step, false, &p->starts);
}

static bool finish(path_op *p) {
  unbind(p, 0);
  unbind(p, 1);
  p->done = true;
  return false;
}

/// One end is bound (perhaps by us): give the other.
static bool next_of_walk(path_op *p) {
  const int other = 1 - p->from;
  const yutu_id node = next_node(p);
  if (node)
    bind(p, other, node);
  return node != YUTU_ID_NONE;
}

static bool next_of_all(path_op *p) {
  const bool same = p->ends[0].index == p->ends[1].index;
  for (;;) {
    if (!same && p->own[0] && next_of_walk(p))
      return true;
    unbind(p, 0);
    unbind(p, 1);
    if (p->next_start == p->starts.n)
      return finish(p);
    const yutu_id start = yutu_set_at(&p->starts, p->next_start++);
    bind(p, 0, start);
    if (!same)
      begin(p, start, takes_zero(p));
    else if (takes_zero(p) || connects(p, start, start))
      return true;
    p->from = 0;
  }
}

static bool path_next(yutu_op *op) {
  path_op *p = (path_op *)op;
  if (p->done)
    return finish(p);
  if (p->starts.n)
    return next_of_all(p);
  if (!p->own[0] && !p->own[1]) {
    const yutu_id s = value_of(p, 0), o = value_of(p, 1);
    if (s && o) {
      p->done = true;
      return connects(p, s, o);
    }
    if (!s && !o)
      return finish(p); // no node to start from
  }
  return next_of_walk(p) || finish(p);
}

static void path_rewind(yutu_op *op) {
  finish((path_op *)op);
  yutu_walker_release(&((path_op *)op)->walker);
}

static void path_release(yutu_op *op) {
  path_op *p = (path_op *)op;
  yutu_walker_release(&p->walker);
  yutu_table_free(&p->starts);
  yutu_table_free(&p->seen);
  yutu_step_release(p->step);
}

/// Is a path of no length one of these?
static bool is_nullable(const yutu_path *path) {
  switch (path->kind) {
  case YUTU_PATH_IRI:
  case YUTU_PATH_NEGATED:
    return false;
  case YUTU_PATH_ZERO_OR_ONE:
  case YUTU_PATH_ZERO_OR_MORE:
    return true;
  case YUTU_PATH_ALTERNATIVE:
    for (uint32_t i = 0; i < path->n; i++) {
      if (is_nullable(path->parts[i]))
        return true;
    }
    return false;
  default:
    for (uint32_t i = 0; i < path->n; i++) {
      if (!is_nullable(path->parts[i]))
        return false;
    }
    return true;
  }
}

yutu_op *yutu_op_path(yutu_exec *x, const yutu_algebra *path, const char *label) {
  static const yutu_op_class class = {path_open, path_next, path_rewind, path_release};
  path_op *p = yutu_op_new(x, sizeof *p, &class, label);
  const yutu_node ends[2] = {path->s, path->o};
  for (int i = 0; i < 2; i++)
    p->ends[i] =
        (yutu_place_of){ends[i].is_var, ends[i].index, ends[i].is_var ? YUTU_ID_NONE : x->constant_ids[ends[i].index]};
  p->kind = path->path->kind;
  if (p->kind == YUTU_PATH_ONE_OR_MORE && is_nullable(path->path->parts[0]))
    p->kind = YUTU_PATH_ZERO_OR_MORE;
  p->step = yutu_step_compile(x, path->path->parts[0]);
  p->walker.x = x;
  p->walker.graph.named = path->graph != NULL;
  if (path->graph) {
    const yutu_node g = path->graph->node;
    p->walker.graph.at[3] = (yutu_place_of){g.is_var, g.index, g.is_var ? YUTU_ID_NONE : x->constant_ids[g.index]};
  }
  yutu_set_init(&p->starts, x);
  yutu_set_init(&p->seen, x);
  return &p->op;
}
