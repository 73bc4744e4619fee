#include "base/buffer.h"
#include "graph/dictionary.h"
#include "graph/stats.h"

#include <errno.h>
#include <stdlib.h>

/// What the checks of one store share.
typedef struct {
  yutu_store *store;
  MDB_txn *txn;
  yutu_store_counters stored, counted;
  yutu_stats_delta stats;
  uint64_t n_numbers;   ///< entry numbers are less
  unsigned char *there; ///< by entry number: the tag of the entry, 0: none
  yutu_hash128 sum[YUTU_INDEXES];
  yutu_error *err;
} checker;

static yutu_status damage(const checker *c, const char *what) {
  return yutu_fail(c->err, YUTU_ERR_FORMAT, "the store %s is damaged: %s; build it again",
                   c->store->in_memory ? "memory:" : c->store->folder, what);
}

static yutu_status lmdb_failure(const checker *c, int rc) {
  return yutu_store_fail(c->store, rc, "check the store", c->err);
}

// ---- the dictionary ----

static yutu_status check_hash(checker *c, uint64_t number, yutu_tag tag, const yutu_entry *entry, yutu_buffer *iri) {
  yutu_slice text = entry->text;
  yutu_form form = entry->form;
  uint64_t aux = entry->aux;
  if (form == YUTU_FORM_SPLIT) {
    yutu_entry prefix;
    if (yutu_entry_find(c->store, c->txn, aux, &prefix) != MDB_SUCCESS)
      return damage(c, "an IRI has lost its prefix");
    yutu_buffer_clear(iri);
    yutu_buffer_append(iri, prefix.text.data, prefix.text.len);
    yutu_buffer_append(iri, text.data, text.len);
    YUTU_TRY(yutu_buffer_check(iri, c->err));
    text = (yutu_slice){iri->data, iri->len};
    form = YUTU_FORM_IRI;
    aux = 0;
  }
  yutu_id id;
  const int rc = yutu_hash_find(c->store, c->txn, yutu_shape_hash(c->store, form, aux, text), &id);
  if (rc == MDB_NOTFOUND || (rc == MDB_SUCCESS && id != yutu_id_make(tag, number)))
    return damage(c, "a term cannot be found by its text");
  return rc == MDB_SUCCESS ? YUTU_OK : lmdb_failure(c, rc);
}

static yutu_status check_entry(checker *c, const MDB_val *key, const MDB_val *data, yutu_buffer *iri) {
  uint64_t number;
  yutu_entry entry;
  if (key->mv_size != sizeof number || !yutu_entry_parse(data->mv_data, data->mv_size, &entry))
    return damage(c, "a term cannot be read");
  memcpy(&number, key->mv_data, sizeof number);
  if (number == 0 || number >= c->n_numbers)
    return damage(c, "a term has a number that was never given");
  const yutu_tag tag = yutu_entry_tag(entry.form);
  c->there[number] = (unsigned char)tag;
  if (tag == YUTU_TAG_AUX)
    c->counted.aux++;
  else
    c->counted.terms++;
  if (entry.aux && (entry.aux >= number || c->there[entry.aux] != YUTU_TAG_AUX))
    return damage(c, "a term has lost its datatype, language tag or prefix");
  return check_hash(c, number, tag, &entry, iri);
}

static yutu_status check_entries(checker *c) {
  MDB_cursor *cursor;
  MDB_val key, data;
  yutu_buffer iri = YUTU_BUFFER_INIT;
  yutu_status status = YUTU_OK;
  int rc = mdb_cursor_open(c->txn, c->store->entries, &cursor);
  if (rc != MDB_SUCCESS)
    return lmdb_failure(c, rc);
  while (status == YUTU_OK && (rc = mdb_cursor_get(cursor, &key, &data, MDB_NEXT)) == MDB_SUCCESS)
    status = check_entry(c, &key, &data, &iri);
  mdb_cursor_close(cursor);
  yutu_buffer_free(&iri);
  if (status == YUTU_OK && rc != MDB_NOTFOUND)
    return lmdb_failure(c, rc);
  return status;
}

static yutu_status check_dictionary(checker *c) {
  MDB_stat stat;
  YUTU_TRY(check_entries(c));
  const int rc = mdb_stat(c->txn, c->store->hashes, &stat);
  if (rc != MDB_SUCCESS)
    return lmdb_failure(c, rc);
  if (stat.ms_entries != c->counted.terms + c->counted.aux)
    return damage(c, "there are hashes without terms");
  return YUTU_OK;
}

// ---- the indexes ----

static bool term_there(const checker *c, yutu_id id) {
  if (!yutu_id_in_dictionary(id))
    return yutu_id_inline(id, NULL) != YUTU_INLINE_NONE;
  return yutu_id_payload(id) < c->n_numbers && c->there[yutu_id_payload(id)] == yutu_id_tag(id);
}

/// Are the terms of the quad there, and of kinds that may stand where they do?
static bool sound(const checker *c, const yutu_quad_ids *q) {
  const yutu_term_kind s = yutu_id_kind(q->s), p = yutu_id_kind(q->p), g = yutu_id_kind(q->g);
  return (s == YUTU_TERM_IRI || s == YUTU_TERM_BLANK) && p == YUTU_TERM_IRI && g != YUTU_TERM_LITERAL &&
         (q->g == YUTU_ID_DEFAULT_GRAPH || term_there(c, q->g)) && term_there(c, q->s) && term_there(c, q->p) &&
         term_there(c, q->o);
}

/// Leading places shared with the tuple before tell what the tuple begins; those with the one after do not matter here.
static yutu_status check_index(checker *c, yutu_index index) {
  yutu_index_cursor *cursor = malloc(sizeof *cursor);
  if (!cursor)
    return yutu_fail(c->err, YUTU_ERR_NOMEM, "out of memory");
  int rc = yutu_index_cursor_open(cursor, c->txn, c->store->index[index]);
  yutu_status status = rc == MDB_SUCCESS ? YUTU_OK : lmdb_failure(c, rc);
  yutu_tuple before = {{0, 0, 0, 0}};
  uint64_t n = 0;
  if (rc == MDB_SUCCESS) {
    for (bool more = yutu_index_seek(cursor, &before); more && status == YUTU_OK; more = yutu_index_next(cursor)) {
      const yutu_tuple now = cursor->block.now;
      const yutu_quad_ids quad = yutu_index_quad(index, &now);
      if (yutu_tuple_cmp(&before, &now) >= 0 || yutu_tuple_cmp(&now, &cursor->last) > 0)
        status = damage(c, "an index is out of order");
      else if (cursor->block.left == 0 && yutu_tuple_cmp(&now, &cursor->last) != 0)
        status = damage(c, "a block of an index does not end where it should");
      else if (!sound(c, &quad))
        status = damage(c, "a quad has a term that is not in the dictionary");
      yutu_stats_note(&c->stats, &c->counted, index, &now, false, yutu_tuple_common(&before, &now));
      const yutu_hash128 hash = yutu_store_hash(c->store->hash_key, 0, &quad, sizeof quad);
      c->sum[index].a += hash.a;
      c->sum[index].b += hash.b;
      before = now;
      n++;
    }
    if (status == YUTU_OK && cursor->damaged)
      status = damage(c, "a block of an index cannot be read");
    yutu_index_cursor_close(cursor);
  }
  free(cursor);
  if (status == YUTU_OK && n != c->stored.quads)
    status = damage(c, "the indexes do not hold the same number of quads");
  return status;
}

static yutu_status check_indexes(checker *c) {
  for (int i = 0; i < YUTU_INDEXES; i++)
    YUTU_TRY(check_index(c, (yutu_index)i));
  for (int i = 1; i < YUTU_INDEXES; i++)
    if (c->sum[i].a != c->sum[0].a || c->sum[i].b != c->sum[0].b)
      return damage(c, "the indexes do not hold the same quads");
  return YUTU_OK;
}

// ---- the counters ----

static yutu_status check_statistics(checker *c) {
  if (c->stats.failed)
    return yutu_fail(c->err, YUTU_ERR_NOMEM, "out of memory");
  c->counted.next_entry = c->stored.next_entry;
  if (memcmp(&c->counted, &c->stored, sizeof c->stored) != 0)
    return damage(c, "its counters are wrong");
  MDB_stat stat;
  const int rc = mdb_stat(c->txn, c->store->stats, &stat);
  if (rc != MDB_SUCCESS)
    return lmdb_failure(c, rc);
  if (stat.ms_entries != c->stats.n)
    return damage(c, "there are statistics of a predicate that is not there");
  for (size_t i = 0; i < c->stats.room; i++) {
    const yutu_stats_row *row = &c->stats.rows[i];
    if (row->predicate == YUTU_ID_NONE)
      continue;
    const yutu_predicate_record record = yutu_stats_read(c->store, c->txn, row->predicate);
    if (record.quads != (uint64_t)row->quads || record.triples != (uint64_t)row->triples ||
        record.subjects != (uint64_t)row->subjects || record.objects != (uint64_t)row->objects)
      return damage(c, "the statistics of a predicate are wrong");
  }
  return YUTU_OK;
}

static yutu_status check_everything(checker *c) {
  YUTU_TRY(check_dictionary(c));
  YUTU_TRY(check_indexes(c));
  return check_statistics(c);
}

yutu_status yutu_store_check(yutu_store *store, yutu_error *err) {
  checker c = {.store = store, .err = err};
  YUTU_TRY(yutu_store_read(store, &c.txn, err));
  yutu_status status = yutu_store_read_counters(store, c.txn, &c.stored, err);
  if (status == YUTU_OK) {
    c.n_numbers = c.stored.next_entry;
    c.there = calloc(c.n_numbers + 1, 1);
    status = c.there ? check_everything(&c) : yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  }
  yutu_stats_free(&c.stats);
  free(c.there);
  yutu_store_read_done(store, c.txn, false);
  return status;
}
