#include "graph/store_internal.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

yutu_status yutu_store_fail(const yutu_store *store, int rc, const char *what, yutu_error *err) {
  const char *name = store->in_memory || !store->folder ? "memory:" : store->folder;
  switch (rc) {
  case MDB_MAP_FULL:
    return yutu_fail(err, YUTU_ERR_STORE,
                     "cannot %s %s: no address space left for it; nothing was "
                     "changed. Try again, or raise the limit (ulimit -v)",
                     what, name);
  case ENOSPC:
  case EDQUOT:
  case EFBIG:
    return yutu_fail(err, YUTU_ERR_IO,
                     "cannot %s %s: the disk is full (%s); nothing was "
                     "changed. Make room and try again",
                     what, name, strerror(rc));
  case EIO: // what LMDB makes of a write that was cut short
    return yutu_fail(err, YUTU_ERR_IO, "cannot %s %s: the disk is full or fails (%s); nothing was changed", what, name,
                     strerror(rc));
  case ENOMEM:
    return yutu_fail(err, YUTU_ERR_NOMEM, "cannot %s %s: out of memory", what, name);
  case MDB_INVALID:
    return yutu_fail(err, YUTU_ERR_STORE, "cannot %s %s: its file is of another program, or damaged", what, name);
  case MDB_VERSION_MISMATCH:
    return yutu_fail(err, YUTU_ERR_STORE, "cannot %s %s: its file is of another version of LMDB", what, name);
  case MDB_CORRUPTED:
  case MDB_PAGE_NOTFOUND:
  case MDB_PANIC:
  case MDB_NOTFOUND:
    return yutu_fail(err, YUTU_ERR_FORMAT, "cannot %s %s: it is damaged (%s); build it again", what, name,
                     mdb_strerror(rc));
  case MDB_READERS_FULL:
    return yutu_fail(err, YUTU_ERR_STORE, "cannot %s %s: too many readers at once; try again later", what, name);
  case MDB_MAP_RESIZED:
    return yutu_fail(err, YUTU_ERR_STORE,
                     "cannot %s %s: it has outgrown what this process can see "
                     "of it; close its snapshots and try again",
                     what, name);
  case EACCES:
  case EROFS:
  case EPERM:
    return yutu_fail(err, YUTU_ERR_IO, "cannot %s %s: %s. Is it read-only?", what, name, strerror(rc));
  default:
    return yutu_fail(err, YUTU_ERR_IO, "cannot %s %s: %s", what, name, mdb_strerror(rc));
  }
}

void yutu_store_room(const yutu_store *store, size_t *ret_used, size_t *ret_map) {
  MDB_envinfo info;
  MDB_stat stat;
  mdb_env_info(store->env, &info);
  mdb_env_stat(store->env, &stat);
  *ret_used = (info.me_last_pgno + 1) * stat.ms_psize;
  *ret_map = info.me_mapsize;
}

/// Reserve more address space, at least as much as the file needs. The mutex is held and no transaction is active.
static int grow_map(yutu_store *store) {
  size_t used, map, others;
  yutu_store_room(store, &used, &map);
  const int rc = mdb_env_set_mapsize(store->env, 0); // what the last writer had
  if (rc != MDB_SUCCESS)
    return rc;
  yutu_store_room(store, &used, &others);
  size_t size = map > others ? map : others;
  if (size / 2 < used || store->map_was_full)
    size *= 2;
  return size > others ? mdb_env_set_mapsize(store->env, size) : MDB_SUCCESS;
}

/// What to do after a transaction could not begin. @return MDB_SUCCESS: try again
static int recover(yutu_store *store, int rc, bool *retried) {
  int dead;
  if (rc == MDB_MAP_RESIZED && store->active == 0)
    return grow_map(store);
  if (rc == MDB_READERS_FULL && !*retried) {
    *retried = true;
    return mdb_reader_check(store->env, &dead);
  }
  return rc;
}

yutu_status yutu_store_read(yutu_store *store, MDB_txn **ret, yutu_error *err) {
  MDB_txn *txn = NULL;
  bool retried = false;
  pthread_mutex_lock(&store->mutex);
  int rc;
  do {
    if (store->n_spare > 0) {
      txn = store->spare[--store->n_spare];
      rc = mdb_txn_renew(txn);
      if (rc != MDB_SUCCESS)
        mdb_txn_abort(txn);
    } else {
      rc = mdb_txn_begin(store->env, NULL, MDB_RDONLY, &txn);
    }
  } while (rc != MDB_SUCCESS && (rc = recover(store, rc, &retried)) == MDB_SUCCESS);
  if (rc == MDB_SUCCESS)
    store->active++;
  pthread_mutex_unlock(&store->mutex);
  if (rc != MDB_SUCCESS)
    return yutu_store_fail(store, rc, "read the store", err);
  *ret = txn;
  return YUTU_OK;
}

yutu_status yutu_store_read_again(yutu_store *store, MDB_txn *txn, yutu_error *err) {
  bool retried = false;
  pthread_mutex_lock(&store->mutex);
  int rc;
  while ((rc = mdb_txn_renew(txn)) != MDB_SUCCESS && (rc = recover(store, rc, &retried)) == MDB_SUCCESS)
    ;
  if (rc == MDB_SUCCESS)
    store->active++;
  pthread_mutex_unlock(&store->mutex);
  return rc == MDB_SUCCESS ? YUTU_OK : yutu_store_fail(store, rc, "read the store", err);
}

void yutu_store_read_pause(yutu_store *store, MDB_txn *txn) {
  mdb_txn_reset(txn); // a transaction that is kept would keep its pages from being used again
  pthread_mutex_lock(&store->mutex);
  assert(store->active > 0);
  store->active--;
  pthread_mutex_unlock(&store->mutex);
}

void yutu_store_read_done(yutu_store *store, MDB_txn *txn, bool paused) {
  if (!paused)
    yutu_store_read_pause(store, txn);
  pthread_mutex_lock(&store->mutex);
  const bool keep = store->n_spare < YUTU_SPARE_TXNS;
  if (keep)
    store->spare[store->n_spare++] = txn;
  pthread_mutex_unlock(&store->mutex);
  if (!keep)
    mdb_txn_abort(txn);
}

/// Announce a write transaction; grow the map while that is still possible.
static yutu_status announce_writer(yutu_store *store, yutu_error *err) {
  if (store->read_only)
    return yutu_fail(err, YUTU_ERR_STORE, "the store %s is open for reading only", store->folder);
  pthread_mutex_lock(&store->mutex);
  if (store->writing && pthread_equal(store->writer, pthread_self())) {
    pthread_mutex_unlock(&store->mutex);
    return yutu_fail(err, YUTU_ERR_USAGE, "a batch of this thread is still open: commit or abort it first");
  }
  size_t used, map;
  yutu_store_room(store, &used, &map);
  int rc = MDB_SUCCESS;
  if (store->active == 0 && (used > map / 2 || store->map_was_full)) {
    rc = grow_map(store);
    store->map_was_full = false;
  }
  store->active++;
  pthread_mutex_unlock(&store->mutex);
  (void)rc; // without more address space the batch may still fit
  return YUTU_OK;
}

yutu_status yutu_store_write(yutu_store *store, MDB_txn **ret, yutu_error *err) {
  YUTU_TRY(announce_writer(store, err));
  bool retried = false;
  MDB_txn *txn = NULL;
  int rc, dead;
  mdb_reader_check(store->env,
                   &dead); // the pages of readers that were killed may be used again
  for (;;) {
    rc = mdb_txn_begin(store->env, NULL, 0, &txn); // waits for other writers
    if (rc == MDB_SUCCESS)
      break;
    pthread_mutex_lock(&store->mutex);
    store->active--;
    rc = recover(store, rc, &retried);
    if (rc == MDB_SUCCESS)
      store->active++;
    pthread_mutex_unlock(&store->mutex);
    if (rc != MDB_SUCCESS)
      return yutu_store_fail(store, rc, "write to the store", err);
  }
  pthread_mutex_lock(&store->mutex);
  store->writing = true;
  store->writer = pthread_self();
  pthread_mutex_unlock(&store->mutex);
  *ret = txn;
  return YUTU_OK;
}

void yutu_store_write_done(yutu_store *store) {
  pthread_mutex_lock(&store->mutex);
  if (pthread_equal(store->writer,
                    pthread_self())) // another thread may have followed already
    store->writing = false;
  assert(store->active > 0);
  store->active--;
  pthread_mutex_unlock(&store->mutex);
}

yutu_status yutu_store_scratch(const yutu_store *store, int *ret_fd, yutu_error *err) {
  int fd = open(store->folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0) { // a file system without nameless files
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/yutu-run-XXXXXX", store->folder);
    fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0)
      unlink(path);
  }
  if (fd < 0)
    return yutu_store_fail(store, errno, "make a temporary file in the store", err);
  *ret_fd = fd;
  return YUTU_OK;
}
