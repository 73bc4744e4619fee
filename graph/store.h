/// @file graph/store.h  The quad store: sets of quads on ids, in sorted indexes, in a folder or in memory.
///
/// This is the native interface; graph/librdf_storage.h offers the same store to any librdf program. A store holds a
/// set of quads over dictionary-encoded terms. Writers take turns: one at a time, across processes. Readers work on a
/// snapshot, beside a writer, and see the last committed batch. A snapshot and its cursors belong to one thread, and so
/// does a batch; a store may be shared by threads. A folder is opened once in a process, by as many processes as wish.
/// Commit is durable when it returns (fsync), unless opened otherwise. A snapshot keeps its state from being
/// overwritten: a program that rests closes it.
#ifndef YUTU_GRAPH_STORE_H
#define YUTU_GRAPH_STORE_H

#include "base/status.h"
#include "graph/term.h"

typedef struct yutu_store yutu_store;
typedef struct yutu_batch yutu_batch;
typedef struct yutu_snapshot yutu_snapshot;
typedef struct yutu_cursor yutu_cursor;

/// A term's id. In one store the same term has the same id as long as a quad has it, and an id is never given to
/// another term. 0 is no term. Ids of numbers, booleans and dates that are canonical carry the value in themselves
/// (yutu_id_inline), and sort by it within their kind. Ids have 56 bits: the upper 8 are free for ids of a caller's
/// own.
typedef uint64_t yutu_id;

enum { YUTU_ID_NONE = 0, YUTU_ID_DEFAULT_GRAPH = 1 };

typedef struct {
  yutu_id s, p, o, g;
} yutu_quad_ids;

enum {
  YUTU_STORE_CREATE = 1,    ///< make the folder if it is not there
  YUTU_STORE_READ_ONLY = 2, ///< no batch can be begun; works on a read-only folder
  YUTU_STORE_NO_SYNC = 4,   ///< commit without fsync: for tests and benchmarks
};

/// Limits, checked when a quad is added.
enum { YUTU_TERM_BYTES_MAX = 16 * 1024 * 1024 };

/// Open a store.
/// @param where     a folder, or "memory:" for one that lives as long as the handle
/// @param[out] ret  Owned; free with yutu_store_close().
/// @retval YUTU_ERR_STORE   no such store, a foreign folder, a newer format: the message says which and what to do
/// @retval YUTU_ERR_IO      the operating system refused
YUTU_NODISCARD yutu_status yutu_store_open(const char *where, unsigned flags, yutu_store **ret, yutu_error *err);
void yutu_store_close(yutu_store *store); ///< NULL-safe. All batches, snapshots and cursors must be gone.

// ---- writing ----

/// Begin a batch; waits for another writer. @param[out] ret Owned: yutu_batch_commit() or yutu_batch_abort() frees it.
YUTU_NODISCARD yutu_status yutu_batch_begin(yutu_store *store, yutu_batch **ret, yutu_error *err);

/// Add a quad; adding one that is there changes nothing. Large batches go through sorted runs.
YUTU_NODISCARD yutu_status yutu_batch_add(yutu_batch *batch, const yutu_quad *quad, yutu_error *err);
YUTU_NODISCARD yutu_status yutu_batch_remove(yutu_batch *batch, const yutu_quad *quad, yutu_error *err);

/// Remove a whole graph, in time proportional to the graph. @param[out] ret_removed may be NULL.
YUTU_NODISCARD yutu_status yutu_batch_remove_graph(yutu_batch *batch, const yutu_term *graph, uint64_t *ret_removed,
                                                   yutu_error *err);

/// Make the graph hold exactly these quads (their g is ignored): only the difference is written.
/// @param[out] ret_changed  quads added or removed; 0: nothing was written. May be NULL.
YUTU_NODISCARD yutu_status yutu_batch_replace_graph(yutu_batch *batch, const yutu_term *graph, const yutu_quad *quads,
                                                    size_t n_quads, uint64_t *ret_changed, yutu_error *err);

/// See the batch's own changes: a snapshot of the state that a commit would leave, which goes with the batch. Borrowed:
/// do not close it. Its cursors stay valid when the batch goes on: ask again for the snapshot to have the later changes
/// seen, by open cursors too.
YUTU_NODISCARD yutu_status yutu_batch_snapshot(yutu_batch *batch, yutu_snapshot **ret, yutu_error *err);

/// Does the state that a commit would leave hold the quad, or (any_graph) its triple in some graph? Cheaper than a
/// snapshot when questions and changes alternate.
YUTU_NODISCARD yutu_status yutu_batch_has(yutu_batch *batch, const yutu_quad *quad, bool any_graph, bool *ret,
                                          yutu_error *err);

/// Remove everything, at once. The batch's snapshot and its cursors become invalid.
YUTU_NODISCARD yutu_status yutu_batch_clear(yutu_batch *batch, yutu_error *err);

YUTU_NODISCARD yutu_status yutu_batch_commit(yutu_batch *batch, yutu_error *err); ///< Frees `batch`, also on failure.
void yutu_batch_abort(yutu_batch *batch);                                         ///< Frees `batch`. NULL-safe.

// ---- reading ----

YUTU_NODISCARD yutu_status yutu_snapshot_open(yutu_store *store, yutu_snapshot **ret, yutu_error *err);
void yutu_snapshot_close(yutu_snapshot *snapshot); ///< NULL-safe.

/// The id of a term, or YUTU_ID_NONE when no quad of the store has it (inline values always have an id; so has the
/// default graph, which is asked for by kind NONE).
YUTU_NODISCARD yutu_status yutu_term_find(yutu_snapshot *snapshot, const yutu_term *term, yutu_id *ret,
                                          yutu_error *err);

/// The term of an id. Slices are borrowed: valid until the snapshot closes.
YUTU_NODISCARD yutu_status yutu_term_get(yutu_snapshot *snapshot, yutu_id id, yutu_term *ret, yutu_error *err);

typedef enum {
  YUTU_INLINE_NONE,    ///< look the term up
  YUTU_INLINE_INTEGER, ///< xsd:integer; value.integer
  YUTU_INLINE_DECIMAL, ///< xsd:decimal; value.integer / 10^value.scale
  YUTU_INLINE_BOOLEAN, ///< value.integer 0 or 1
  YUTU_INLINE_DATE,    ///< xsd:date; value.integer days since 1970-01-01, without a time zone
  YUTU_INLINE_YEAR,    ///< xsd:gYear
} yutu_inline_kind;

typedef struct {
  int64_t integer;
  unsigned scale;
} yutu_inline_value;

/// What an id says by itself, without a look-up.
yutu_inline_kind yutu_id_inline(yutu_id id, yutu_inline_value *ret);

/// Where in its kind a value begins: ids of the kind that are less have lesser values, the others this value or greater
/// ones. For ranges of values in an index that is ordered by object; a value beyond what ids hold gives the kind's end.
/// (Literals that no id holds, for instance "007"^^xsd:integer, are not in the range, whatever their value.)
yutu_id yutu_id_at_least(yutu_inline_kind kind, yutu_inline_value value);

yutu_term_kind yutu_id_kind(yutu_id id); ///< IRI, literal or blank node, without a look-up

/// Index orders. The graph is last in the triple orders, so that in the union of graphs a triple's repeats stand side
/// by side and are skipped at no cost.
typedef enum {
  YUTU_ORDER_ANY,
  YUTU_ORDER_SPO,
  YUTU_ORDER_POS,
  YUTU_ORDER_OSP,
  YUTU_ORDER_GSPO,
  YUTU_ORDER_GPOS,
  YUTU_ORDER_GOSP
} yutu_order;

/// What to look for: 0 stands for any.
typedef struct {
  yutu_id s, p, o;
  yutu_id g;        ///< one graph; 0: see `each_graph`
  bool each_graph;  ///< with g = 0: false: the union of all graphs as a set of triples (g of the answers is 0);
                    ///< true: every quad with its graph (YUTU_ID_DEFAULT_GRAPH for the default graph)
  yutu_order order; ///< ANY, or the order in which the answers must come (bound positions may be anywhere in it)
} yutu_pattern;

/// Open a cursor before the first answer. Every bound/unbound combination is one range scan.
/// @retval YUTU_ERR_USAGE  the order asked for cannot serve the pattern by a range scan
YUTU_NODISCARD yutu_status yutu_cursor_open(yutu_snapshot *snapshot, const yutu_pattern *pattern, yutu_cursor **ret,
                                            yutu_error *err);

/// Point an open cursor at another pattern of the same order: cheaper than close and open, for index joins.
YUTU_NODISCARD yutu_status yutu_cursor_reset(yutu_cursor *cursor, const yutu_pattern *pattern, yutu_error *err);

/// The next answer. @return false at the end. (Reads of a checked store do not fail; a damaged one ends the scan.)
bool yutu_cursor_next(yutu_cursor *cursor, yutu_quad_ids *ret);

/// Skip forward, among the answers not given yet, to the first whose first unbound position (in the cursor's order) is
/// >= `id`; for merge joins. A position of the pattern that is bound stays what it is.
bool yutu_cursor_seek(yutu_cursor *cursor, yutu_id id, yutu_quad_ids *ret);

void yutu_cursor_close(yutu_cursor *cursor); ///< NULL-safe.

/// Is the quad (g != 0) or the triple in any graph (g == 0) there?
bool yutu_snapshot_has(yutu_snapshot *snapshot, const yutu_quad_ids *quad);

// ---- for a planner ----

/// About how many answers a pattern has: exact for small ranges and for a bound predicate alone.
uint64_t yutu_snapshot_estimate(yutu_snapshot *snapshot, const yutu_pattern *pattern);

/// Exact; kept with every commit.
typedef struct {
  uint64_t quads;   ///< with this predicate
  uint64_t triples; ///< distinct, over all graphs
  uint64_t distinct_subjects;
  uint64_t distinct_objects;
} yutu_predicate_stats;

void yutu_snapshot_predicate(yutu_snapshot *snapshot, yutu_id predicate, yutu_predicate_stats *ret);

typedef struct {
  uint64_t quads, terms, graphs, predicates,
      bytes_on_disk;                   ///< terms: those that an id does not hold by itself
  uint64_t triples, subjects, objects; ///< distinct, over all graphs
} yutu_store_stats;

YUTU_NODISCARD yutu_status yutu_snapshot_stats(yutu_snapshot *snapshot, yutu_store_stats *ret, yutu_error *err);

/// Graph ids in ascending order: the first graph id > `after` (0 to start), or 0 when there is none. The default graph
/// is not among them.
yutu_id yutu_snapshot_next_graph(yutu_snapshot *snapshot, yutu_id after);

/// Verify every index against the others and the dictionary.
/// @retval YUTU_ERR_FORMAT  damage; the message says what
YUTU_NODISCARD yutu_status yutu_store_check(yutu_store *store, yutu_error *err);

#endif
