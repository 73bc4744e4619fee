#include "graph/store_cursor.h"

#include <assert.h>
#include <stdlib.h>

struct yutu_cursor {
  yutu_snapshot *snapshot;
  yutu_index index;
  unsigned n_bound; ///< leading places that the pattern fixes
  bool each_triple; ///< the graph is left out of the answers, and repeats of a triple with it
  bool ended;
  bool has_given;         ///< the tuple at which the index stands is the last answer
  unsigned char place[4]; ///< where s, p, o and g stand in a tuple of the index
  yutu_tuple low;         ///< the bound places, then zeroes
  uint64_t generation;    ///< of a batch's snapshot: when the position was valid
  unsigned renewal;       ///< of a snapshot that was paused: the same
  yutu_cursor *next;      ///< in the list of closed ones
  yutu_index_cursor at;
};

// ---- which index answers a pattern ----

/// Places of the orders of yutu_order, as of the index of the same name.
static const yutu_index index_of_order[] = {
    [YUTU_ORDER_SPO] = YUTU_INDEX_SPOG,  [YUTU_ORDER_POS] = YUTU_INDEX_POSG,  [YUTU_ORDER_OSP] = YUTU_INDEX_OSPG,
    [YUTU_ORDER_GSPO] = YUTU_INDEX_GSPO, [YUTU_ORDER_GPOS] = YUTU_INDEX_GPOS, [YUTU_ORDER_GOSP] = YUTU_INDEX_GOSP,
};

/// The places that are not bound, in the order of an index, one hexadecimal digit each.
static unsigned free_places(yutu_index index, const bool bound[4]) {
  unsigned places = 0;
  for (int i = 0; i < 4; i++)
    if (!bound[yutu_index_places[index][i]])
      places = places << 4 | (yutu_index_places[index][i] + 1u);
  return places;
}

static unsigned bound_prefix(yutu_index index, const bool bound[4]) {
  unsigned n = 0;
  while (n < 4 && bound[yutu_index_places[index][n]])
    n++;
  return n;
}

/// Are the answers of the pattern one range of the index, in the order asked for?
static bool serves(yutu_index index, const yutu_pattern *pattern) {
  const bool bound[4] = {pattern->s != 0, pattern->p != 0, pattern->o != 0, pattern->g != 0};
  const unsigned n_bound = (unsigned)bound[0] + bound[1] + bound[2] + bound[3];
  const bool each_triple = pattern->g == 0 && !pattern->each_graph;
  if (each_triple && yutu_index_places[index][3] != YUTU_PLACE_G)
    return false;
  if (bound_prefix(index, bound) != n_bound)
    return false;
  return pattern->order == YUTU_ORDER_ANY ||
         free_places(index, bound) == free_places(index_of_order[pattern->order], bound);
}

static yutu_status choose_index(const yutu_pattern *pattern, yutu_index *ret, yutu_error *err) {
  for (int i = 0; i < YUTU_INDEXES; i++) {
    if (serves((yutu_index)i, pattern)) {
      *ret = (yutu_index)i;
      return YUTU_OK;
    }
  }
  return yutu_fail(err, YUTU_ERR_USAGE, "no index has the pattern's answers in the order asked for");
}

// ---- opening and closing ----

/// Has the batch written since the position was found?
static inline bool outdated(const yutu_cursor *c) {
  return c->snapshot->generation && c->generation != *c->snapshot->generation;
}

static inline void renew_position(yutu_cursor *c) {
  if (outdated(c)) {
    c->generation = *c->snapshot->generation;
    yutu_index_cursor_forget(&c->at);
  }
}

static void set_pattern(yutu_cursor *c, const yutu_pattern *pattern) {
  const yutu_quad_ids quad = {pattern->s, pattern->p, pattern->o, pattern->g};
  c->low = yutu_index_tuple(c->index, &quad);
  c->n_bound = 0;
  while (c->n_bound < 4 && c->low.v[c->n_bound] != 0)
    c->n_bound++;
  c->each_triple = pattern->g == 0 && !pattern->each_graph;
  c->ended = c->has_given = false;
  renew_position(c);
}

static yutu_status new_cursor(yutu_snapshot *snapshot, yutu_index index, yutu_cursor **ret, yutu_error *err) {
  yutu_cursor *c = malloc(sizeof *c);
  if (!c)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  const int rc = yutu_index_cursor_open(&c->at, snapshot->txn, snapshot->store->index[index]);
  if (rc != MDB_SUCCESS) {
    free(c);
    return yutu_store_fail(snapshot->store, rc, "read the store", err);
  }
  c->snapshot = snapshot;
  c->index = index;
  for (unsigned char i = 0; i < 4; i++)
    c->place[yutu_index_places[index][i]] = i;
  c->generation = 0;
  c->renewal = snapshot->renewals;
  *ret = c;
  return YUTU_OK;
}

/// Take a closed cursor again.
static yutu_status old_cursor(yutu_snapshot *snapshot, yutu_cursor *c, yutu_error *err) {
  if (c->renewal == snapshot->renewals)
    return YUTU_OK;
  const int rc = mdb_cursor_renew(snapshot->txn, c->at.mdb);
  if (rc != MDB_SUCCESS)
    return yutu_store_fail(snapshot->store, rc, "read the store", err);
  yutu_index_cursor_forget(&c->at);
  c->renewal = snapshot->renewals;
  return YUTU_OK;
}

yutu_status yutu_cursor_open(yutu_snapshot *snapshot, const yutu_pattern *pattern, yutu_cursor **ret, yutu_error *err) {
  yutu_index index = YUTU_INDEX_SPOG;
  YUTU_TRY(choose_index(pattern, &index, err));
  yutu_cursor *c = snapshot->free_cursors[index];
  if (c) {
    YUTU_TRY(old_cursor(snapshot, c, err));
    snapshot->free_cursors[index] = c->next;
  } else {
    YUTU_TRY(new_cursor(snapshot, index, &c, err));
    assert(c);
  }
  snapshot->n_open++;
  set_pattern(c, pattern);
  *ret = c;
  return YUTU_OK;
}

yutu_status yutu_cursor_reset(yutu_cursor *c, const yutu_pattern *pattern, yutu_error *err) {
  if (!serves(c->index, pattern))
    return yutu_fail(err, YUTU_ERR_USAGE, "a cursor cannot be reset to a pattern of another index");
  set_pattern(c, pattern);
  return YUTU_OK;
}

void yutu_cursor_close(yutu_cursor *c) {
  if (!c)
    return;
  yutu_snapshot *s = c->snapshot;
  assert(s->n_open > 0);
  s->n_open--;
  c->next = s->free_cursors[c->index];
  s->free_cursors[c->index] = c;
}

void yutu_cursors_free(yutu_snapshot *snapshot) {
  for (int i = 0; i < YUTU_INDEXES; i++) {
    for (yutu_cursor *c = snapshot->free_cursors[i], *next; c; c = next) {
      next = c->next;
      yutu_index_cursor_close(&c->at);
      free(c);
    }
    snapshot->free_cursors[i] = NULL;
  }
}

yutu_index_cursor *yutu_cursor_inside(yutu_cursor *cursor, yutu_tuple *ret_low) {
  *ret_low = cursor->low;
  return &cursor->at;
}

// ---- answers ----

static bool finish(yutu_cursor *c) {
  c->ended = true;
  return false;
}

/// Give the tuple at which the index stands, unless the range is over.
static inline bool give(yutu_cursor *c, yutu_quad_ids *ret) {
  const uint64_t *v = c->at.block.now.v;
  for (unsigned i = 0; i < c->n_bound; i++)
    if (v[i] != c->low.v[i])
      return finish(c);
  c->has_given = true;
  ret->s = v[c->place[YUTU_PLACE_S]];
  ret->p = v[c->place[YUTU_PLACE_P]];
  ret->o = v[c->place[YUTU_PLACE_O]];
  ret->g = c->each_triple ? YUTU_ID_NONE : v[c->place[YUTU_PLACE_G]];
  return true;
}

static inline bool repeats(const yutu_tuple *a, const yutu_tuple *b) {
  return a->v[2] == b->v[2] && a->v[1] == b->v[1] && a->v[0] == b->v[0];
}

enum { PATIENCE = 4 }; ///< blocks of repeats that are stepped over before it is worth a search

/// Step over the other graphs of the last answer.
static bool skip_repeats(yutu_cursor *c) {
  const yutu_tuple given = c->at.block.now;
  for (int i = 0; c->at.loaded && repeats(&c->at.last, &given); i++) { // so is all that is left of the block
    if (i == PATIENCE) {
      yutu_tuple beyond = given;
      beyond.v[3] = YUTU_ID_MASK + 1;
      return yutu_index_seek(&c->at, &beyond);
    }
    if (!yutu_index_next_block(&c->at))
      return false;
  }
  while (yutu_index_next(&c->at))
    if (!repeats(&c->at.block.now, &given))
      return true;
  return false;
}

/// After a batch has written: find the place again, behind the last answer.
static bool find_again(yutu_cursor *c) {
  yutu_tuple beyond = c->at.block.now;
  if (c->each_triple)
    beyond.v[3] = YUTU_ID_MASK + 1;
  else
    beyond.v[3]++;
  renew_position(c);
  return yutu_index_seek(&c->at, &beyond);
}

bool yutu_cursor_next_after(yutu_cursor *c, const yutu_quad_ids *last, yutu_quad_ids *ret) {
  c->at.block.now = yutu_index_tuple(c->index, last);
  c->at.loaded = false;
  return find_again(c) ? give(c, ret) : finish(c);
}

bool yutu_cursor_next(yutu_cursor *c, yutu_quad_ids *ret) {
  bool found;
  if (c->ended)
    return false;
  if (!c->has_given) {
    renew_position(c);
    found = yutu_index_seek(&c->at, &c->low);
  } else if (outdated(c)) {
    found = find_again(c);
  } else if (c->each_triple) {
    found = skip_repeats(c);
  } else {
    found = yutu_index_next(&c->at);
  }
  return found ? give(c, ret) : finish(c);
}

bool yutu_cursor_seek(yutu_cursor *c, yutu_id id, yutu_quad_ids *ret) {
  if (c->ended)
    return false;
  const unsigned place = c->n_bound;
  if (place >= 4 || (c->each_triple && place >= 3))
    return yutu_cursor_next(c, ret);
  if (c->has_given && c->at.block.now.v[place] >= id)
    return yutu_cursor_next(c, ret);
  renew_position(c);
  yutu_tuple target = c->low;
  target.v[place] = id;
  return yutu_index_seek(&c->at, &target) ? give(c, ret) : finish(c);
}

yutu_id yutu_cursor_graph(const yutu_cursor *c) {
  return c->has_given ? c->at.block.now.v[c->place[YUTU_PLACE_G]] : YUTU_ID_NONE;
}

// ---- small questions ----

bool yutu_snapshot_has(yutu_snapshot *snapshot, const yutu_quad_ids *quad) {
  const yutu_pattern pattern = {.s = quad->s, .p = quad->p, .o = quad->o, .g = quad->g};
  if (!quad->s || !quad->p || !quad->o)
    return false;
  yutu_cursor *cursor;
  yutu_quad_ids found;
  if (yutu_cursor_open(snapshot, &pattern, &cursor, NULL) != YUTU_OK)
    return false;
  const bool has = yutu_cursor_next(cursor, &found);
  yutu_cursor_close(cursor);
  return has;
}

yutu_id yutu_snapshot_next_graph(yutu_snapshot *snapshot, yutu_id after) {
  const yutu_pattern pattern = {.each_graph = true, .order = YUTU_ORDER_GSPO};
  yutu_cursor *cursor;
  yutu_quad_ids found = {0, 0, 0, 0};
  if (yutu_cursor_open(snapshot, &pattern, &cursor, NULL) != YUTU_OK)
    return YUTU_ID_NONE;
  const yutu_id least = after < YUTU_ID_DEFAULT_GRAPH ? YUTU_ID_DEFAULT_GRAPH + 1 : after + 1;
  const bool has = yutu_cursor_seek(cursor, least, &found);
  yutu_cursor_close(cursor);
  return has ? found.g : YUTU_ID_NONE;
}
