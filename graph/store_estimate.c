#include "graph/stats.h"
#include "graph/store_cursor.h"

enum {
  EXACT_BLOCKS = 4, ///< ranges of so many blocks are counted one by one
  WALK_BLOCKS = 512 ///< and so many are added up by what their heads say
};

typedef struct {
  uint64_t answers;
  bool complete; ///< the range was walked to its end
} count;

static bool in_range(const yutu_tuple *tuple, const yutu_tuple *low, unsigned n_bound) {
  for (unsigned i = 0; i < n_bound; i++)
    if (tuple->v[i] != low->v[i])
      return false;
  return true;
}

/// Tuples of a range, without those that repeat a triple when `each_triple`, up to EXACT_BLOCKS.
static count count_tuples(yutu_index_cursor *cursor, const yutu_tuple *low, unsigned n_bound, bool each_triple) {
  count c = {0, true};
  yutu_tuple previous = {{0, 0, 0, 0}};
  unsigned blocks = 0;
  bool more = yutu_index_seek(cursor, low);
  while (more && in_range(&cursor->block.now, low, n_bound)) {
    if (!each_triple || yutu_tuple_common(&previous, &cursor->block.now) < 3)
      c.answers++;
    previous = cursor->block.now;
    if (cursor->block.left == 0 && ++blocks == EXACT_BLOCKS)
      return (count){c.answers, false};
    more = yutu_index_next(cursor);
  }
  return c;
}

/// Tuples of a range by its blocks, up to WALK_BLOCKS.
static count count_blocks(yutu_index_cursor *cursor, const yutu_tuple *low, unsigned n_bound) {
  count c = {0, true};
  if (!yutu_index_seek(cursor, low))
    return c;
  c.answers = 1; // the tuple found; it is not among those left
  for (unsigned blocks = 0; in_range(&cursor->last, low, n_bound); blocks++) {
    c.answers += cursor->block.left;
    if (blocks == WALK_BLOCKS)
      return (count){c.answers, false};
    if (!yutu_index_next_block(cursor))
      return c;
  }
  while (yutu_block_next(&cursor->block) && in_range(&cursor->block.now, low, n_bound))
    c.answers++;
  return c;
}

/// More than could be walked: what the counters say at most, and the geometric mean of that and of what was seen.
static uint64_t guess(uint64_t seen, uint64_t most) {
  uint64_t mean = seen;
  while (mean < most && mean / seen < most / mean)
    mean += mean / 4 + 1;
  return mean;
}

uint64_t yutu_snapshot_estimate(yutu_snapshot *snapshot, const yutu_pattern *pattern) {
  yutu_pattern any = *pattern;
  any.order = YUTU_ORDER_ANY;
  const bool each_triple = pattern->g == 0 && !pattern->each_graph;
  yutu_store_counters all;
  if (yutu_store_read_counters(snapshot->store, snapshot->txn, &all, NULL) != YUTU_OK)
    return 0;
  const unsigned n_bound = (pattern->s != 0) + (pattern->p != 0) + (pattern->o != 0) + (pattern->g != 0);
  if (n_bound == 0)
    return each_triple ? all.triples : all.quads;
  const yutu_predicate_record stats =
      pattern->p ? yutu_stats_read(snapshot->store, snapshot->txn, pattern->p) : (yutu_predicate_record){0, 0, 0, 0};
  if (n_bound == 1 && pattern->p)
    return each_triple ? stats.triples : stats.quads;
  yutu_cursor *cursor;
  if (yutu_cursor_open(snapshot, &any, &cursor, NULL) != YUTU_OK)
    return all.quads;
  yutu_tuple low;
  yutu_index_cursor *at = yutu_cursor_inside(cursor, &low);
  count c = count_tuples(at, &low, n_bound, each_triple);
  if (!c.complete) {
    c = count_blocks(at, &low, n_bound);
    const uint64_t most = pattern->p ? stats.quads : all.quads, triples = pattern->p ? stats.triples : all.triples;
    if (!c.complete && most > c.answers)
      c.answers = guess(c.answers, most);
    if (each_triple && most > 0)
      c.answers = (uint64_t)((double)c.answers * ((double)triples / (double)most));
  }
  yutu_cursor_close(cursor);
  return c.answers;
}
