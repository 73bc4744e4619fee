#include "graph/stats.h"
#include "graph/store_cursor.h"

enum {
  EXACT_BLOCKS = 8,   ///< ranges of so many blocks are counted one by one,
  WALK_BLOCKS = 512,  ///< of so many by what their heads say,
  SAMPLES = 48,       ///< and larger ones by so many samples
  LOOK_INTO_EVERY = 8 ///< of the blocks that are walked, to see how many tuples repeat a triple
};

/// What a look at a range came to.
typedef struct {
  yutu_index_cursor *at;
  const yutu_tuple *low;
  unsigned n_bound;
  bool each_triple;
  uint64_t tuples;              ///< in the range
  uint64_t triples;             ///< different ones seen one by one
  uint64_t neighbours, changes; ///< pairs of neighbours looked at, and those of different triples
} look;

static bool in_range(const look *l, const yutu_tuple *tuple) {
  for (unsigned i = 0; i < l->n_bound; i++)
    if (tuple->v[i] != l->low->v[i])
      return false;
  return true;
}

/// Count one by one, up to EXACT_BLOCKS. @return true when that was all
static bool count_tuples(look *l) {
  yutu_tuple previous = {{0, 0, 0, 0}};
  unsigned blocks = 0;
  for (bool more = yutu_index_seek(l->at, l->low); more && in_range(l, &l->at->block.now);
       more = yutu_index_next(l->at)) {
    l->tuples++;
    l->triples += yutu_tuple_common(&previous, &l->at->block.now) < 3;
    previous = l->at->block.now;
    if (l->at->block.left == 0 && ++blocks == EXACT_BLOCKS)
      return false;
  }
  return true;
}

/// How many tuples of the block at hand begin another triple?
static void look_into_block(look *l) {
  yutu_block_reader reader;
  if (!l->each_triple || !yutu_block_open(&reader, &l->at->last, l->at->bytes, l->at->n) || !yutu_block_next(&reader))
    return;
  for (yutu_tuple previous = reader.now; yutu_block_next(&reader); previous = reader.now) {
    l->neighbours++;
    l->changes += yutu_tuple_common(&previous, &reader.now) < 3;
  }
}

/// Add up whole blocks, up to WALK_BLOCKS. @return true when that was all
static bool count_blocks(look *l) {
  l->tuples = 0;
  if (!yutu_index_seek(l->at, l->low))
    return true;
  l->tuples = 1; // the tuple found; it is not among those left
  for (unsigned blocks = 0; in_range(l, &l->at->last); blocks++) {
    l->tuples += l->at->block.left;
    if (blocks % LOOK_INTO_EVERY == 0)
      look_into_block(l);
    if (blocks == WALK_BLOCKS)
      return false;
    if (!yutu_index_next_block(l->at))
      return true;
  }
  while (yutu_block_next(&l->at->block) && in_range(l, &l->at->block.now))
    l->tuples++;
  return true;
}

/// How dense the blocks are along the first free place. @return false when that says nothing, because the values there
/// are of several kinds, or few
static bool count_by_samples(look *l) {
  yutu_tuple beyond = *l->low, last;
  const unsigned place = l->n_bound;
  beyond.v[place - 1]++;
  if (!yutu_index_seek(l->at, l->low))
    return false;
  const uint64_t from = l->at->block.now.v[place];
  if (!yutu_index_key_before(l->at, &beyond, &last) || !in_range(l, &last))
    return false;
  const uint64_t width = last.v[place] - from;
  if (yutu_id_tag(from) != yutu_id_tag(last.v[place]) || width < SAMPLES)
    return false;
  double density = 0;
  for (unsigned i = 0; i < SAMPLES; i++) {
    yutu_tuple target = *l->low;
    target.v[place] = from + width / SAMPLES * i + width / SAMPLES / 2;
    if (!yutu_index_seek(l->at, &target) || !in_range(l, &l->at->first) || !in_range(l, &l->at->last))
      return false;
    const uint64_t span = l->at->last.v[place] - l->at->first.v[place];
    yutu_block_reader whole;
    if (span == 0 || !yutu_block_open(&whole, &l->at->last, l->at->bytes, l->at->n))
      return false;
    density += (double)whole.left / (double)span;
    look_into_block(l);
  }
  l->tuples = (uint64_t)(density / SAMPLES * (double)width);
  return true;
}

/// More than could be walked, and samples say nothing: the geometric mean of what was seen and what there can be at
/// most.
static uint64_t guess(uint64_t seen, uint64_t most) {
  uint64_t mean = seen;
  while (mean < most && mean / seen < most / mean)
    mean += mean / 4 + 1;
  return mean;
}

/// Answers of a pattern that has `most` quads at most.
static uint64_t estimate(look *l, uint64_t most) {
  if (count_tuples(l))
    return l->each_triple ? l->triples : l->tuples;
  if (!count_blocks(l)) {
    const uint64_t seen = l->tuples;
    if (!count_by_samples(l))
      l->tuples = guess(seen, most);
    l->tuples = l->tuples < seen ? seen : l->tuples > most ? most : l->tuples;
  }
  if (!l->each_triple || l->neighbours == 0)
    return l->tuples;
  const uint64_t triples = (uint64_t)((double)l->tuples * (double)l->changes / (double)l->neighbours);
  return triples < l->triples ? l->triples : triples;
}

uint64_t yutu_snapshot_estimate(yutu_snapshot *snapshot, const yutu_pattern *pattern) {
  yutu_pattern any = *pattern;
  any.order = YUTU_ORDER_ANY;
  yutu_store_counters all;
  if (yutu_store_read_counters(snapshot->store, snapshot->txn, &all, NULL) != YUTU_OK)
    return 0;
  look l = {.n_bound = (pattern->s != 0) + (pattern->p != 0) + (pattern->o != 0) + (pattern->g != 0),
            .each_triple = pattern->g == 0 && !pattern->each_graph};
  if (l.n_bound == 0)
    return l.each_triple ? all.triples : all.quads;
  yutu_predicate_record stats = {.quads = all.quads};
  if (pattern->p)
    stats = yutu_stats_read(snapshot->store, snapshot->txn, pattern->p);
  if (l.n_bound == 1 && pattern->p)
    return l.each_triple ? stats.triples : stats.quads;
  if (l.each_triple && l.n_bound == 3)
    return yutu_snapshot_has(snapshot, &(yutu_quad_ids){pattern->s, pattern->p, pattern->o, YUTU_ID_NONE});
  yutu_cursor *cursor;
  if (yutu_cursor_open(snapshot, &any, &cursor, NULL) != YUTU_OK)
    return all.quads;
  yutu_tuple low;
  l.at = yutu_cursor_inside(cursor, &low);
  l.low = &low;
  const uint64_t answers = estimate(&l, stats.quads);
  yutu_cursor_close(cursor);
  return answers;
}
