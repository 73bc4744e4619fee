/// @file graph/store_internal.h  What the files of the store share; for nobody else.
#ifndef YUTU_GRAPH_STORE_INTERNAL_H
#define YUTU_GRAPH_STORE_INTERNAL_H

#include "graph/index.h"
#include "graph/store_hash.h"

#include <pthread.h>

/// Numbers about the whole store, kept with every commit.
typedef struct {
  uint64_t next_entry; ///< number of the next dictionary entry; numbers are never given again
  uint64_t terms;      ///< dictionary entries of terms
  uint64_t aux;        ///< dictionary entries of prefixes, datatypes and language tags
  uint64_t quads;
  uint64_t triples; ///< distinct, over all graphs
  uint64_t subjects, predicates, objects,
      graphs; ///< distinct; the default graph is not counted
} yutu_store_counters;

enum { YUTU_SPARE_TXNS = 8 };

struct yutu_store {
  MDB_env *env;
  MDB_dbi meta;    ///< format, hash key, counters
  MDB_dbi entries; ///< entry number → form and text of a term
  MDB_dbi hashes;  ///< hash → id
  MDB_dbi stats;   ///< predicate id → yutu_predicate_record
  MDB_dbi index[YUTU_INDEXES];
  uint64_t hash_key[2];
  char *folder; ///< as the caller named it, or where memory: keeps its temporary files
  bool in_memory;
  int lock; ///< descriptor that holds "open in this process"; -1: none
  bool read_only;
  bool no_lock; ///< the lock file could not be opened: a read-only folder

  pthread_mutex_t mutex;           ///< guards what follows
  unsigned active;                 ///< transactions of this process, of whatever kind
  MDB_txn *spare[YUTU_SPARE_TXNS]; ///< read transactions, reset
  unsigned n_spare;
  bool writing;
  pthread_t writer;
  bool map_was_full; ///< grow before the next batch
};

/// Turn an LMDB or errno code into a status with a message. `what` is what was being done: "open the store", …
yutu_status yutu_store_fail(const yutu_store *store, int rc, const char *what, yutu_error *err);

/// As yutu_store_open(); `map_size` is the address space to begin with, 0: as much as is sensible.
YUTU_NODISCARD yutu_status yutu_store_open_sized(const char *where, unsigned flags, size_t map_size, yutu_store **ret,
                                                 yutu_error *err);

/// Read and write transactions that follow the growth of the map by this and by other processes.
YUTU_NODISCARD yutu_status yutu_store_read(yutu_store *store, MDB_txn **ret, yutu_error *err);
YUTU_NODISCARD yutu_status yutu_store_read_again(yutu_store *store, MDB_txn *txn, yutu_error *err);
void yutu_store_read_pause(yutu_store *store, MDB_txn *txn);
void yutu_store_read_done(yutu_store *store, MDB_txn *txn, bool paused);
YUTU_NODISCARD yutu_status yutu_store_write(yutu_store *store, MDB_txn **ret, yutu_error *err);
void yutu_store_write_done(yutu_store *store); ///< after the transaction was committed or aborted

YUTU_NODISCARD yutu_status yutu_store_read_counters(const yutu_store *store, MDB_txn *txn, yutu_store_counters *ret,
                                                    yutu_error *err);
int yutu_store_write_counters(const yutu_store *store, MDB_txn *txn, const yutu_store_counters *counters);

/// Pages of the map in use, and of the whole map, in bytes.
void yutu_store_room(const yutu_store *store, size_t *ret_used, size_t *ret_map);

/// A descriptor of a new temporary file that has no name, on the disk of the store.
YUTU_NODISCARD yutu_status yutu_store_scratch(const yutu_store *store, int *ret_fd, yutu_error *err);

// ---- snapshots ----

struct yutu_dictionary_view;

struct yutu_snapshot {
  yutu_store *store;
  MDB_txn *txn;
  const uint64_t *generation; ///< of a batch's own snapshot: counts its writes; NULL for committed data
  struct yutu_dictionary_view *view;
  yutu_cursor *free_cursors[YUTU_INDEXES]; ///< closed ones, to be opened again
  unsigned n_open;
  unsigned renewals; ///< how often it was resumed
  bool paused;
};

/// Begin and end a snapshot on a given transaction.
YUTU_NODISCARD yutu_status yutu_snapshot_begin(yutu_store *store, MDB_txn *txn, const uint64_t *generation,
                                               yutu_snapshot **ret, yutu_error *err);
void yutu_snapshot_end(yutu_snapshot *snapshot); ///< The transaction stays. NULL-safe.

/// Let the snapshot go without releasing it: it holds no pages until it is resumed, on the newest commit. No cursor may
/// be open.
void yutu_snapshot_pause(yutu_snapshot *snapshot);
YUTU_NODISCARD yutu_status yutu_snapshot_resume(yutu_snapshot *snapshot, yutu_error *err);

/// A number that differs between any two states that commits have left.
uint64_t yutu_snapshot_state(const yutu_snapshot *snapshot);

/// Has anything been committed since the snapshot was opened or resumed?
bool yutu_snapshot_outdated(const yutu_snapshot *snapshot);

#endif
