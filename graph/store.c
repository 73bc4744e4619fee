#include "graph/stats.h"
#include "graph/store_internal.h"

#include <dirent.h>
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define MARKER_NAME "yutu.store"
#define DATA_NAME "quads.mdb"
#define LOCK_NAME "quads.mdb-lock"

static const char marker_text[] = "This folder is a yutu quad store. Its files belong together: do not edit, "
                                  "move or remove "
                                  "single ones.\n";

enum { FORMAT_VERSION = 1, MAX_READERS = 1022, MAX_DBS = 16, FOLDER_MAX = PATH_MAX - 32 };

static const size_t map_size_min = (size_t)1 << 30, map_size_usual = (size_t)1 << 36;

/// The first record that is read of a store.
typedef struct {
  char magic[12];
  uint32_t version; ///< little-endian
} format_record;

static const char format_magic[12] = "yutu quads\n";

// ---- the folder ----

typedef enum { FOLDER_EMPTY, FOLDER_STORE, FOLDER_FOREIGN } folder_kind;

static bool own_file(const char *name) {
  return strcmp(name, MARKER_NAME) == 0 || strcmp(name, LOCK_NAME) == 0;
}

static yutu_status look_at_folder(const char *where, folder_kind *ret, yutu_error *err) {
  DIR *dir = opendir(where);
  if (!dir)
    return yutu_fail(err, YUTU_ERR_IO, "cannot read the folder of the store %s: %s", where, strerror(errno));
  folder_kind kind = FOLDER_EMPTY;
  for (const struct dirent *entry; kind != FOLDER_STORE && (entry = readdir(dir));) {
    if (strcmp(entry->d_name, DATA_NAME) == 0)
      kind = FOLDER_STORE;
    else if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 && !own_file(entry->d_name))
      kind = FOLDER_FOREIGN;
  }
  closedir(dir);
  *ret = kind;
  return YUTU_OK;
}

static yutu_status prepare_folder(const char *where, unsigned flags, yutu_error *err) {
  const bool create = (flags & YUTU_STORE_CREATE) && !(flags & YUTU_STORE_READ_ONLY);
  struct stat st;
  if (stat(where, &st) != 0) {
    if (errno != ENOENT)
      return yutu_fail(err, YUTU_ERR_IO, "cannot open the store %s: %s", where, strerror(errno));
    if (!create)
      return yutu_fail(err, YUTU_ERR_STORE, "there is no store %s: check the name, or build it first", where);
    if (mkdir(where, 0777) != 0 && errno != EEXIST)
      return yutu_fail(err, YUTU_ERR_IO, "cannot make the folder of the store %s: %s", where, strerror(errno));
  } else if (!S_ISDIR(st.st_mode)) {
    return yutu_fail(err, YUTU_ERR_STORE, "%s is no store but a file: name a folder", where);
  }
  folder_kind kind = FOLDER_EMPTY;
  YUTU_TRY(look_at_folder(where, &kind, err));
  if (kind == FOLDER_FOREIGN)
    return yutu_fail(err, YUTU_ERR_STORE,
                     "%s is no store and holds other files: name a store, or a "
                     "new or empty folder",
                     where);
  if (kind == FOLDER_EMPTY && !create)
    return yutu_fail(err, YUTU_ERR_STORE, "there is no store in the folder %s: check the name, or build it first",
                     where);
  return YUTU_OK;
}

/// LMDB must not open one file twice in a process: its locks are the process's, and closing one handle would drop those
/// of the other. So each handle locks the marker's byte number <process id> for itself.
static yutu_status lock_out_twice(yutu_store *store, yutu_error *err) {
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/" MARKER_NAME, store->folder);
  store->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (store->lock < 0) {
    if (store->read_only && (errno == EACCES || errno == EROFS || errno == ENOENT))
      return YUTU_OK;
    return yutu_fail(err, YUTU_ERR_IO, "cannot write to the store %s: %s", store->folder, strerror(errno));
  }
  struct flock byte = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = getpid(), .l_len = 1};
  if (fcntl(store->lock, F_OFD_SETLK, &byte) != 0 && (errno == EAGAIN || errno == EACCES))
    return yutu_fail(err, YUTU_ERR_STORE, "the store %s is already open in this process: use that handle",
                     store->folder);
  struct stat st;
  if (!store->read_only && fstat(store->lock, &st) == 0 && st.st_size == 0 &&
      write(store->lock, marker_text, sizeof marker_text - 1) < 0)
    return yutu_store_fail(store, errno, "write to the store", err);
  return YUTU_OK;
}

// ---- the environment ----

/// Address space to reserve: the size of the file system, so that the disk is full before the map is. Some do not say.
static size_t sensible_map_size(const char *folder) {
  struct statvfs fs;
  uint64_t size = 0;
  if (statvfs(folder, &fs) == 0)
    size = (uint64_t)fs.f_blocks * fs.f_frsize;
  if (size == 0 || size > SIZE_MAX / 4)
    size = map_size_usual;
  return (size_t)(size < map_size_min ? map_size_min : size) / map_size_min * map_size_min;
}

static int env_open(yutu_store *store, const char *path, unsigned flags, size_t map_size) {
  int rc = mdb_env_create(&store->env);
  if (rc == MDB_SUCCESS)
    rc = mdb_env_set_maxdbs(store->env, MAX_DBS);
  if (rc == MDB_SUCCESS)
    rc = mdb_env_set_maxreaders(store->env, MAX_READERS);
  if (rc == MDB_SUCCESS)
    rc = mdb_env_set_mapsize(store->env, map_size);
  if (rc == MDB_SUCCESS)
    rc = mdb_env_open(store->env, path, flags, 0666);
  if (rc != MDB_SUCCESS && store->env) {
    mdb_env_close(store->env);
    store->env = NULL;
  }
  return rc;
}

static yutu_status open_environment(yutu_store *store, unsigned flags, size_t map_size, yutu_error *err) {
  char path[PATH_MAX];
  snprintf(path, sizeof path, "%s/" DATA_NAME, store->folder);
  unsigned env_flags = MDB_NOSUBDIR | MDB_NOTLS;
  if (store->read_only)
    env_flags |= MDB_RDONLY;
  if (store->in_memory || (flags & YUTU_STORE_NO_SYNC))
    env_flags |= MDB_NOSYNC;
  const bool given = map_size != 0;
  size_t size = given ? map_size : sensible_map_size(store->folder);
  for (;;) {
    const int rc = env_open(store, path, env_flags, size);
    if (rc == MDB_SUCCESS)
      break;
    if ((rc == ENOMEM || rc == EINVAL) && !given && size > map_size_min) {
      size /= 2; // a limit on address space; valgrind has one too
    } else if (store->read_only && !store->no_lock && (rc == EACCES || rc == EROFS)) {
      store->no_lock = true;
      env_flags |= MDB_NOLOCK;
    } else {
      return yutu_store_fail(store, rc, "open the store", err);
    }
  }
  int dead;
  if (!store->no_lock)
    mdb_reader_check(store->env,
                     &dead); // readers of killed processes hold old pages
  return YUTU_OK;
}

// ---- the databases in it ----

static int open_databases(yutu_store *store, MDB_txn *txn, unsigned create) {
  int rc = mdb_dbi_open(txn, "meta", create, &store->meta);
  if (rc == MDB_SUCCESS)
    rc = mdb_dbi_open(txn, "entries", create | MDB_INTEGERKEY, &store->entries);
  if (rc == MDB_SUCCESS)
    rc = mdb_dbi_open(txn, "hashes", create, &store->hashes);
  if (rc == MDB_SUCCESS)
    rc = mdb_dbi_open(txn, "stats", create | MDB_INTEGERKEY, &store->stats);
  for (int i = 0; i < YUTU_INDEXES && rc == MDB_SUCCESS; i++)
    rc = mdb_dbi_open(txn, yutu_index_names[i], create, &store->index[i]);
  return rc;
}

static int meta_get(const yutu_store *store, MDB_txn *txn, const char *name, void *ret, size_t size) {
  MDB_val key = {strlen(name), (void *)name}, data;
  const int rc = mdb_get(txn, store->meta, &key, &data);
  if (rc == MDB_SUCCESS) {
    if (data.mv_size != size)
      return MDB_CORRUPTED;
    memcpy(ret, data.mv_data, size);
  }
  return rc;
}

static int meta_put(const yutu_store *store, MDB_txn *txn, const char *name, const void *value, size_t size) {
  MDB_val key = {strlen(name), (void *)name}, data = {size, (void *)value};
  return mdb_put(txn, store->meta, &key, &data, 0);
}

yutu_status yutu_store_read_counters(const yutu_store *store, MDB_txn *txn, yutu_store_counters *ret, yutu_error *err) {
  const int rc = meta_get(store, txn, "counters", ret, sizeof *ret);
  return rc == MDB_SUCCESS ? YUTU_OK : yutu_store_fail(store, rc, "read the counters of the store", err);
}

int yutu_store_write_counters(const yutu_store *store, MDB_txn *txn, const yutu_store_counters *counters) {
  return meta_put(store, txn, "counters", counters, sizeof *counters);
}

/// Make the databases and the first records, unless another process was faster.
static yutu_status create_databases(yutu_store *store, yutu_error *err) {
  MDB_txn *txn = NULL;
  int rc = mdb_txn_begin(store->env, NULL, 0, &txn);
  if (rc == MDB_SUCCESS)
    rc = open_databases(store, txn, MDB_CREATE);
  format_record format;
  if (rc == MDB_SUCCESS)
    rc = meta_get(store, txn, "format", &format, sizeof format);
  if (rc == MDB_NOTFOUND) {
    memcpy(format.magic, format_magic, sizeof format.magic);
    format.version = htole32(FORMAT_VERSION);
    const yutu_store_counters counters = {.next_entry = 1};
    uint64_t key[2];
    rc = getrandom(key, sizeof key, 0) == (ssize_t)sizeof key ? MDB_SUCCESS : EIO;
    if (rc == MDB_SUCCESS)
      rc = meta_put(store, txn, "hash-key", key, sizeof key);
    if (rc == MDB_SUCCESS)
      rc = yutu_store_write_counters(store, txn, &counters);
    if (rc == MDB_SUCCESS)
      rc = meta_put(store, txn, "format", &format, sizeof format);
  }
  if (rc == MDB_SUCCESS) {
    rc = mdb_txn_commit(txn);
    txn = NULL;
  }
  if (txn)
    mdb_txn_abort(txn);
  return rc == MDB_SUCCESS ? YUTU_OK : yutu_store_fail(store, rc, "create the store", err);
}

/// Whose databases are these? MDB_NOTFOUND: the file is as LMDB made it; MDB_INCOMPATIBLE: somebody else's;
/// MDB_VERSION_MISMATCH: of another format.
static int look_at_format(yutu_store *store, MDB_txn *txn) {
  MDB_dbi unnamed;
  MDB_stat stat = {0};
  format_record format = {{0}, 0};
  int rc = mdb_dbi_open(txn, NULL, 0, &unnamed);
  if (rc == MDB_SUCCESS)
    rc = mdb_stat(txn, unnamed, &stat);
  if (rc != MDB_SUCCESS)
    return rc;
  if (stat.ms_entries == 0)
    return MDB_NOTFOUND;
  rc = mdb_dbi_open(txn, "meta", 0, &store->meta);
  if (rc == MDB_SUCCESS)
    rc = meta_get(store, txn, "format", &format, sizeof format);
  if (rc != MDB_SUCCESS || memcmp(format.magic, format_magic, sizeof format.magic) != 0)
    return MDB_INCOMPATIBLE;
  return le32toh(format.version) == FORMAT_VERSION ? MDB_SUCCESS : MDB_VERSION_MISMATCH;
}

static int find_databases(yutu_store *store) {
  MDB_txn *txn;
  int rc = mdb_txn_begin(store->env, NULL, MDB_RDONLY, &txn);
  if (rc != MDB_SUCCESS)
    return rc;
  rc = look_at_format(store, txn);
  if (rc == MDB_SUCCESS)
    rc = open_databases(store, txn, 0);
  if (rc == MDB_SUCCESS)
    rc = meta_get(store, txn, "hash-key", store->hash_key, sizeof store->hash_key);
  if (rc == MDB_SUCCESS)
    return mdb_txn_commit(txn); // keeps the handles of the databases
  mdb_txn_abort(txn);
  return rc;
}

static yutu_status open_format(yutu_store *store, unsigned flags, yutu_error *err) {
  int rc = find_databases(store);
  if (rc == MDB_NOTFOUND && (flags & YUTU_STORE_CREATE) && !store->read_only) {
    YUTU_TRY(create_databases(store, err));
    rc = find_databases(store);
  }
  switch (rc) {
  case MDB_SUCCESS:
    return YUTU_OK;
  case MDB_NOTFOUND:
    return yutu_fail(err, YUTU_ERR_STORE, "there is no store in the folder %s: build it first", store->folder);
  case MDB_INCOMPATIBLE:
    return yutu_fail(err, YUTU_ERR_STORE, "%s is no store of this program: name another folder", store->folder);
  case MDB_VERSION_MISMATCH:
    return yutu_fail(err, YUTU_ERR_STORE,
                     "the store %s was written by a newer program: use that, "
                     "or build it again",
                     store->folder);
  default:
    return yutu_store_fail(store, rc, "open the store", err);
  }
}

// ---- opening and closing ----

static yutu_status open_folder(yutu_store *store, const char *where, unsigned flags, size_t map_size, yutu_error *err) {
  if (strlen(where) > FOLDER_MAX)
    return yutu_fail(err, YUTU_ERR_LIMIT, "the name of the store's folder is too long");
  if (!(store->folder = strdup(where)))
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  YUTU_TRY(prepare_folder(where, flags, err));
  YUTU_TRY(lock_out_twice(store, err));
  YUTU_TRY(open_environment(store, flags, map_size, err));
  return open_format(store, flags, err);
}

/// memory: is the same store in files that have no name any more.
static yutu_status open_memory(yutu_store *store, unsigned flags, size_t map_size, yutu_error *err) {
  const char *tmp = getenv("TMPDIR");
  if (!tmp || !*tmp)
    tmp = "/tmp";
  if (asprintf(&store->folder, "%s/yutu-XXXXXX", tmp) < 0) {
    store->folder = NULL;
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  }
  if (strlen(store->folder) > FOLDER_MAX || !mkdtemp(store->folder))
    return yutu_fail(err, YUTU_ERR_IO, "cannot make a temporary folder in %s: %s", tmp, strerror(errno));
  store->in_memory = true;
  const yutu_status status = open_environment(store, flags, map_size, err);
  static const char *const names[] = {DATA_NAME, LOCK_NAME};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", store->folder, names[i]);
    unlink(path);
  }
  rmdir(store->folder);
  free(store->folder);
  if (!(store->folder = strdup(tmp)) && status == YUTU_OK)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  return status == YUTU_OK ? open_format(store, flags | YUTU_STORE_CREATE, err) : status;
}

yutu_status yutu_store_open_sized(const char *where, unsigned flags, size_t map_size, yutu_store **ret,
                                  yutu_error *err) {
  yutu_store *store = calloc(1, sizeof *store);
  if (!store)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  store->lock = -1;
  pthread_mutex_init(&store->mutex, NULL);
  yutu_status status;
  if (strcmp(where, "memory:") == 0) {
    status = open_memory(store, flags & ~(unsigned)YUTU_STORE_READ_ONLY, map_size, err);
  } else {
    store->read_only = flags & YUTU_STORE_READ_ONLY;
    status = open_folder(store, where, flags, map_size, err);
  }
  if (status != YUTU_OK) {
    yutu_store_close(store);
    return status;
  }
  *ret = store;
  return YUTU_OK;
}

yutu_status yutu_store_open(const char *where, unsigned flags, yutu_store **ret, yutu_error *err) {
  return yutu_store_open_sized(where, flags, 0, ret, err);
}

void yutu_store_close(yutu_store *store) {
  if (!store)
    return;
  for (unsigned i = 0; i < store->n_spare; i++)
    mdb_txn_abort(store->spare[i]);
  if (store->env)
    mdb_env_close(store->env);
  if (store->lock >= 0)
    close(store->lock);
  pthread_mutex_destroy(&store->mutex);
  free(store->folder);
  free(store);
}
