#include "graph/dictionary.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

enum {
  FIRST_ROOM = 1 << 10,
  MOST_ROOM = 1 << 22, ///< places of the table in memory: 24 bytes each
  SEEN_PREFIXES = 1 << 10,
};

#define FRESH (UINT64_C(1) << 63) ///< in a slot's id: not in the database yet

typedef struct {
  yutu_hash128 hash;
  yutu_id id; ///< 0: the slot is free
} slot;

struct yutu_dictionary_writer {
  const yutu_store *store;
  MDB_txn *txn;
  yutu_store_counters *counters;
  MDB_cursor *entries;
  bool no_hashes; ///< the database of hashes is empty: what is not in the table is new

  /// Hash table with linear probing from the hash's topmost bits, so that its order is nearly the order of hashes.
  slot *slots;
  size_t n, room, n_fresh;
  size_t most_room;
  unsigned shift;

  yutu_recent_aux recent, recent_prefix;
  uint64_t seen[SEEN_PREFIXES]; ///< prefixes met once: they get an entry when they are met again
};

static size_t home_of(const yutu_dictionary_writer *w, yutu_hash128 hash) {
  return (size_t)(hash.a >> w->shift);
}

static slot *slot_of(const yutu_dictionary_writer *w, yutu_hash128 hash) {
  size_t i = home_of(w, hash);
  while (w->slots[i].id && (w->slots[i].hash.a != hash.a || w->slots[i].hash.b != hash.b))
    i = (i + 1) & (w->room - 1);
  return &w->slots[i];
}

static bool set_room(yutu_dictionary_writer *w, size_t room) {
  slot *old = w->slots;
  const size_t n_old = w->room;
  w->slots = calloc(room, sizeof *w->slots);
  if (!w->slots) {
    w->slots = old;
    return false;
  }
  w->room = room;
  w->shift = 64 - (unsigned)__builtin_ctzll(room);
  for (size_t i = 0; i < n_old; i++)
    if (old[i].id)
      *slot_of(w, old[i].hash) = old[i];
  free(old);
  return true;
}

yutu_dictionary_writer *yutu_dictionary_new(const yutu_store *store, MDB_txn *txn, yutu_store_counters *counters) {
  yutu_dictionary_writer *w = calloc(1, sizeof *w);
  if (!w)
    return NULL;
  w->store = store;
  w->txn = txn;
  w->counters = counters;
  w->most_room = MOST_ROOM;
  w->no_hashes = counters->terms + counters->aux == 0;
  if (!set_room(w, FIRST_ROOM) || mdb_cursor_open(txn, store->entries, &w->entries) != MDB_SUCCESS) {
    yutu_dictionary_free(w);
    return NULL;
  }
  return w;
}

yutu_status yutu_dictionary_limit(yutu_dictionary_writer *w, unsigned n, yutu_error *err) {
  assert(w->n == 0);
  w->most_room = (size_t)1 << n;
  if (w->room > w->most_room && !set_room(w, w->most_room))
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  return YUTU_OK;
}

void yutu_dictionary_free(yutu_dictionary_writer *w) {
  if (w) {
    if (w->entries)
      mdb_cursor_close(w->entries);
    free(w->slots);
    free(w);
  }
}

// ---- the hashes that wait ----

/// Fresh slots in the order of the table, those that wrapped around its end last.
static size_t collect(const yutu_dictionary_writer *w, slot *ret) {
  size_t n = 0, first_free = 0;
  while (w->slots[first_free].id)
    first_free++;
  for (size_t i = 0; i < w->room; i++)
    if ((w->slots[i].id & FRESH) && !(i < first_free && home_of(w, w->slots[i].hash) > i))
      ret[n++] = w->slots[i];
  for (size_t i = 0; i < first_free; i++)
    if ((w->slots[i].id & FRESH) && home_of(w, w->slots[i].hash) > i)
      ret[n++] = w->slots[i];
  return n;
}

static bool slot_less(const slot *a, const slot *b) {
  return a->hash.a < b->hash.a || (a->hash.a == b->hash.a && a->hash.b < b->hash.b);
}

/// Insertion sort: the slots are out of order only within a cluster of the table.
static void sort_slots(slot *slots, size_t n) {
  for (size_t i = 1; i < n; i++) {
    const slot s = slots[i];
    size_t j = i;
    for (; j > 0 && slot_less(&s, &slots[j - 1]); j--)
      slots[j] = slots[j - 1];
    slots[j] = s;
  }
}

static int write_slots(yutu_dictionary_writer *w, const slot *slots, size_t n) {
  MDB_cursor *cursor;
  int rc = mdb_cursor_open(w->txn, w->store->hashes, &cursor);
  if (rc != MDB_SUCCESS)
    return rc;
  for (size_t i = 0; i < n && rc == MDB_SUCCESS; i++) {
    unsigned char bytes[sizeof(yutu_hash128)];
    yutu_hash_key(slots[i].hash, bytes);
    yutu_id id = slots[i].id & ~FRESH;
    MDB_val key = {sizeof bytes, bytes}, data = {sizeof id, &id};
    rc = mdb_cursor_put(cursor, &key, &data, w->no_hashes ? MDB_APPEND : MDB_NOOVERWRITE);
  }
  mdb_cursor_close(cursor);
  return rc;
}

yutu_status yutu_dictionary_flush(yutu_dictionary_writer *w, yutu_error *err) {
  if (w->n_fresh == 0)
    return YUTU_OK;
  slot *fresh = malloc(w->n_fresh * sizeof *fresh);
  int rc = ENOMEM;
  if (fresh) {
    const size_t n = collect(w, fresh);
    sort_slots(fresh, n);
    rc = write_slots(w, fresh, n);
    free(fresh);
  }
  if (rc != MDB_SUCCESS)
    return yutu_store_fail(w->store, rc, "write terms to the store", err);
  for (size_t i = 0; i < w->room; i++)
    w->slots[i].id &= ~FRESH;
  w->n_fresh = 0;
  w->no_hashes = false;
  return YUTU_OK;
}

/// Make room for one more slot.
static yutu_status reserve(yutu_dictionary_writer *w, yutu_error *err) {
  if ((w->n + 1) * 4 <= w->room * 3)
    return YUTU_OK;
  if (w->room < w->most_room)
    return set_room(w, w->room * 2) ? YUTU_OK : yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  YUTU_TRY(yutu_dictionary_flush(w, err));
  memset(w->slots, 0, w->room * sizeof *w->slots);
  w->n = 0;
  return YUTU_OK;
}

/// Find a hash in the table, else in the database.
static yutu_status find_hash(yutu_dictionary_writer *w, yutu_hash128 hash, yutu_id *ret, yutu_error *err) {
  slot *s = slot_of(w, hash);
  if (s->id) {
    *ret = s->id & ~FRESH;
    return YUTU_OK;
  }
  yutu_id id = YUTU_ID_NONE;
  const int rc = w->no_hashes ? MDB_NOTFOUND : yutu_hash_find(w->store, w->txn, hash, &id);
  if (rc != MDB_SUCCESS && rc != MDB_NOTFOUND)
    return yutu_store_fail(w->store, rc, "look a term up in the store", err);
  if (id != YUTU_ID_NONE) {
    YUTU_TRY(reserve(w, err));
    s = slot_of(w, hash);
    *s = (slot){hash, id};
    w->n++;
  }
  *ret = id;
  return YUTU_OK;
}

// ---- new entries ----

static yutu_status add_entry(yutu_dictionary_writer *w, yutu_hash128 hash, yutu_tag tag, yutu_form form, uint64_t aux,
                             yutu_slice text, yutu_id *ret, yutu_error *err) {
  YUTU_TRY(reserve(w, err));
  uint64_t number = w->counters->next_entry;
  if (number > YUTU_PAYLOAD_MASK >> 1)
    return yutu_fail(err, YUTU_ERR_LIMIT, "the store has given out all its term numbers");
  unsigned char head[YUTU_FORM_HEAD_MAX];
  const size_t n_head = yutu_entry_head(form, aux, head);
  MDB_val key = {sizeof number, &number}, data = {n_head + text.len, NULL};
  const int rc = mdb_cursor_put(w->entries, &key, &data, MDB_APPEND | MDB_RESERVE);
  if (rc != MDB_SUCCESS)
    return yutu_store_fail(w->store, rc, "write terms to the store", err);
  memcpy(data.mv_data, head, n_head);
  if (text.len)
    memcpy((char *)data.mv_data + n_head, text.data, text.len);
  w->counters->next_entry++;
  if (tag == YUTU_TAG_AUX)
    w->counters->aux++;
  else
    w->counters->terms++;
  *ret = yutu_id_make(tag, number);
  *slot_of(w, hash) = (slot){hash, *ret | FRESH};
  w->n++;
  w->n_fresh++;
  return YUTU_OK;
}

/// The number of an aux entry; 0 when there is none and `create` is false.
static yutu_status aux_number(yutu_dictionary_writer *w, yutu_recent_aux *recent, yutu_slice text, bool create,
                              uint64_t *ret, yutu_error *err) {
  if ((*ret = yutu_recent_find(recent, text)) != 0)
    return YUTU_OK;
  const yutu_hash128 hash = yutu_shape_hash(w->store, YUTU_FORM_AUX, 0, text);
  yutu_id id = YUTU_ID_NONE;
  YUTU_TRY(find_hash(w, hash, &id, err));
  if (id == YUTU_ID_NONE && create)
    YUTU_TRY(add_entry(w, hash, YUTU_TAG_AUX, YUTU_FORM_AUX, 0, text, &id, err));
  *ret = yutu_id_payload(id);
  if (id != YUTU_ID_NONE)
    yutu_recent_add(recent, text, *ret);
  return YUTU_OK;
}

/// Has the prefix been met before? Remembers that it was met now.
static bool met_before(yutu_dictionary_writer *w, yutu_slice prefix) {
  const uint64_t hash = yutu_hash(prefix.data, prefix.len) | 1;
  uint64_t *seen = &w->seen[hash >> 32 & (SEEN_PREFIXES - 1)];
  if (*seen == hash)
    return true;
  *seen = hash;
  return false;
}

static yutu_status add_iri(yutu_dictionary_writer *w, yutu_hash128 hash, yutu_slice iri, yutu_id *ret,
                           yutu_error *err) {
  const yutu_slice prefix = {iri.data, yutu_prefix_length(iri)};
  uint64_t number = 0;
  if (prefix.len)
    YUTU_TRY(aux_number(w, &w->recent_prefix, prefix, met_before(w, prefix), &number, err));
  if (number == 0)
    return add_entry(w, hash, YUTU_TAG_IRI, YUTU_FORM_IRI, 0, iri, ret, err);
  const yutu_slice rest = {iri.data + prefix.len, iri.len - prefix.len};
  return add_entry(w, hash, YUTU_TAG_IRI, YUTU_FORM_SPLIT, number, rest, ret, err);
}

yutu_status yutu_dictionary_id(yutu_dictionary_writer *w, const yutu_term *term, bool create, yutu_id *ret,
                               yutu_error *err) {
  yutu_shape shape;
  YUTU_TRY(yutu_shape_of(term, &shape, err));
  if ((*ret = shape.inline_id) != YUTU_ID_NONE)
    return YUTU_OK;
  uint64_t aux = 0;
  if (shape.aux.len) {
    YUTU_TRY(aux_number(w, &w->recent, shape.aux, create, &aux, err));
    if (aux == 0)
      return YUTU_OK; // *ret is YUTU_ID_NONE
  }
  const yutu_hash128 hash = yutu_shape_hash(w->store, shape.form, aux, shape.text);
  YUTU_TRY(find_hash(w, hash, ret, err));
  if (*ret != YUTU_ID_NONE || !create)
    return YUTU_OK;
  if (shape.form == YUTU_FORM_IRI)
    return add_iri(w, hash, shape.text, ret, err);
  const yutu_tag tag = shape.form == YUTU_FORM_BLANK ? YUTU_TAG_BLANK : YUTU_TAG_LITERAL;
  return add_entry(w, hash, tag, shape.form, aux, shape.text, ret, err);
}

// ---- entries that go ----

/// The hash of an entry, from its bytes.
static int hash_of_entry(yutu_dictionary_writer *w, const yutu_entry *entry, yutu_hash128 *ret) {
  if (entry->form != YUTU_FORM_SPLIT) {
    *ret = yutu_shape_hash(w->store, entry->form, entry->aux, entry->text);
    return MDB_SUCCESS;
  }
  yutu_entry prefix;
  const int rc = yutu_entry_find(w->store, w->txn, entry->aux, &prefix);
  if (rc != MDB_SUCCESS)
    return rc;
  char *iri = malloc(prefix.text.len + entry->text.len + 1);
  if (!iri)
    return ENOMEM;
  memcpy(iri, prefix.text.data, prefix.text.len);
  memcpy(iri + prefix.text.len, entry->text.data, entry->text.len);
  *ret = yutu_shape_hash(w->store, YUTU_FORM_IRI, 0, (yutu_slice){iri, prefix.text.len + entry->text.len});
  free(iri);
  return MDB_SUCCESS;
}

/// Close the gap that a slot leaves, so that linear probing still finds the ones behind it.
static void free_slot(yutu_dictionary_writer *w, slot *s) {
  size_t gap = (size_t)(s - w->slots);
  const size_t mask = w->room - 1;
  w->n--;
  for (size_t i = (gap + 1) & mask; w->slots[i].id; i = (i + 1) & mask) {
    const size_t home = home_of(w, w->slots[i].hash);
    if (((i - home) & mask) >= ((i - gap) & mask)) {
      w->slots[gap] = w->slots[i];
      gap = i;
    }
  }
  w->slots[gap].id = YUTU_ID_NONE;
}

yutu_status yutu_dictionary_forget(yutu_dictionary_writer *w, yutu_id id, yutu_error *err) {
  uint64_t number = yutu_id_payload(id);
  yutu_entry entry;
  yutu_hash128 hash;
  int rc = yutu_entry_find(w->store, w->txn, number, &entry);
  if (rc == MDB_NOTFOUND)
    return YUTU_OK; // gone already
  if (rc == MDB_SUCCESS)
    rc = hash_of_entry(w, &entry, &hash);
  if (rc == MDB_SUCCESS) {
    slot *s = slot_of(w, hash);
    if (s->id & FRESH)
      w->n_fresh--;
    if (s->id)
      free_slot(w, s);
    unsigned char bytes[sizeof hash];
    yutu_hash_key(hash, bytes);
    MDB_val key = {sizeof bytes, bytes};
    rc = mdb_del(w->txn, w->store->hashes, &key, NULL);
    if (rc == MDB_NOTFOUND)
      rc = MDB_SUCCESS; // it was fresh
  }
  MDB_val key = {sizeof number, &number};
  if (rc == MDB_SUCCESS)
    rc = mdb_del(w->txn, w->store->entries, &key, NULL);
  if (rc != MDB_SUCCESS)
    return yutu_store_fail(w->store, rc, "remove terms from the store", err);
  w->counters->terms--;
  return YUTU_OK;
}
