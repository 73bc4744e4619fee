#include "queries/sparql/result_graph.h"

#include <string.h>

void yutu_graph_maker_init(yutu_graph_maker *m, yutu_exec *x, yutu_op *root) {
  *m = (yutu_graph_maker){.x = x, .root = root};
  m->blanks = YUTU_NEW_ARRAY(x->arena, yutu_id, x->n_regs + 1);
  yutu_table_init(&m->made, x, 3, 3);
  yutu_table_init(&m->resources, x, 1, 1);
  m->at = x->query->templates.n; // no solution yet
}

void yutu_graph_maker_release(yutu_graph_maker *m) {
  if (!m->x)
    return;
  yutu_cursor_close(m->cursor);
  m->cursor = NULL;
  yutu_table_free(&m->made);
  yutu_table_free(&m->resources);
}

static bool next_solution(yutu_graph_maker *m) {
  if (!m->opened) {
    m->opened = true;
    yutu_op_open(m->root);
  }
  if (m->ended || !yutu_op_next(m->root)) {
    m->ended = true;
    return false;
  }
  return true;
}

static yutu_term_kind kind_of(yutu_exec *x, yutu_id id) {
  if (!id)
    return YUTU_TERM_NONE;
  if (!yutu_id_is_local(id))
    return yutu_id_kind(id);
  yutu_term term;
  yutu_exec_term(x, id, &term);
  return term.kind;
}

// ---- CONSTRUCT ----

static yutu_id value_of(yutu_graph_maker *m, yutu_node node) {
  yutu_exec *x = m->x;
  if (!node.is_var)
    return x->constant_ids[node.index];
  if (!x->query->variables.at[node.index].blank)
    return x->reg[node.index];
  if (!m->blanks[node.index])
    m->blanks[node.index] = yutu_exec_fresh_blank(x);
  return m->blanks[node.index];
}

/// Fill a template with the solution at hand. @return false when that gives no triple of RDF
static bool fill(yutu_graph_maker *m, const yutu_template *t, yutu_id triple[3]) {
  triple[0] = value_of(m, t->s);
  triple[1] = value_of(m, t->p);
  triple[2] = value_of(m, t->o);
  const yutu_term_kind s = kind_of(m->x, triple[0]);
  return (s == YUTU_TERM_IRI || s == YUTU_TERM_BLANK) && kind_of(m->x, triple[1]) == YUTU_TERM_IRI && triple[2];
}

static bool construct_next(yutu_graph_maker *m, yutu_id triple[3]) {
  const yutu_query *q = m->x->query;
  for (;;) {
    while (m->at < q->templates.n) {
      bool added;
      if (!fill(m, &q->templates.at[m->at++], triple))
        continue;
      yutu_table_add(&m->made, triple, &added);
      if (added)
        return true;
    }
    if (!next_solution(m))
      return false;
    memset(m->blanks, 0, m->x->n_regs * sizeof *m->blanks);
    m->at = 0;
    yutu_exec_tick(m->x);
  }
}

// ---- DESCRIBE: the concise bounded description ----

static void add_resource(yutu_graph_maker *m, yutu_id id) {
  const yutu_term_kind kind = kind_of(m->x, id);
  bool added;
  if (kind == YUTU_TERM_IRI || kind == YUTU_TERM_BLANK)
    yutu_table_add(&m->resources, &id, &added);
}

/// More resources from the next solution. @return false when there are no more solutions
static bool add_resources(yutu_graph_maker *m) {
  const yutu_query *q = m->x->query;
  if (!m->opened) {
    for (uint32_t i = 0; i < q->described.n; i++) { // IRIs of the text need no solution
      if (!q->described.at[i].is_var)
        add_resource(m, m->x->constant_ids[q->described.at[i].index]);
    }
  }
  if (!next_solution(m))
    return false;
  for (uint32_t i = 0; i < q->described.n; i++) {
    if (q->described.at[i].is_var)
      add_resource(m, m->x->reg[q->described.at[i].index]);
  }
  return true;
}

/// Begin the triples of the next resource. @return false when there is none
static bool next_resource(yutu_graph_maker *m) {
  yutu_exec *x = m->x;
  for (;;) {
    while (m->next_resource == m->resources.n) {
      if (!add_resources(m) && m->next_resource == m->resources.n)
        return false;
    }
    const yutu_id id = m->resources.cells[m->next_resource++];
    yutu_pattern pattern;
    if (yutu_id_is_local(id) || !yutu_places_pattern(x, &m->places, &pattern))
      continue;
    pattern.s = id;
    m->last = (yutu_quad_ids){0};
    yutu_exec_try(x, yutu_cursor_open(x->snapshot, &pattern, &m->cursor, &x->error));
    return true;
  }
}

static bool describe_next(yutu_graph_maker *m, yutu_id triple[3]) {
  for (;;) {
    yutu_quad_ids quad;
    while (m->cursor && yutu_cursor_next(m->cursor, &quad)) {
      yutu_exec_tick(m->x);
      if (quad.g && !yutu_places_pick(m->x, &m->places, &quad, &m->last))
        continue;
      if (yutu_id_kind(quad.o) == YUTU_TERM_BLANK)
        add_resource(m, quad.o); // described too
      triple[0] = quad.s;
      triple[1] = quad.p;
      triple[2] = quad.o;
      return true;
    }
    yutu_cursor_close(m->cursor);
    m->cursor = NULL;
    if (!next_resource(m))
      return false;
  }
}

bool yutu_graph_maker_next(yutu_graph_maker *m, yutu_id ret_triple[3]) {
  return m->x->query->form == YUTU_QUERY_CONSTRUCT ? construct_next(m, ret_triple) : describe_next(m, ret_triple);
}
