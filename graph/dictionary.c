#include "graph/dictionary.h"

#include "base/arena.h"

#include <assert.h>
#include <endian.h>
#include <errno.h>
#include <stdlib.h>

#define XSD_STRING "http://www.w3.org/2001/XMLSchema#string"

static const size_t prefix_min = 12; // shorter ones are not worth an entry

// ---- shapes ----

static yutu_status literal_shape(const yutu_term *term, yutu_shape *ret, yutu_error *err) {
  if (term->language.len > 0) {
    if (term->language.len > YUTU_LANGUAGE_MAX)
      return yutu_fail(err, YUTU_ERR_LIMIT, "a language tag of %zu bytes is too long", term->language.len);
    for (size_t i = 0; i < term->language.len; i++) {
      const char c = term->language.data[i];
      ret->language[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    ret->form = YUTU_FORM_TAGGED;
    ret->aux = (yutu_slice){ret->language, term->language.len};
  } else if (term->datatype.len == 0 || yutu_slice_eq(term->datatype, YUTU_SLICE(XSD_STRING))) {
    ret->form = YUTU_FORM_PLAIN;
  } else {
    ret->form = YUTU_FORM_TYPED;
    ret->aux = term->datatype;
    ret->inline_id = yutu_id_of_literal(term->value, term->datatype);
  }
  return YUTU_OK;
}

yutu_status yutu_shape_of(const yutu_term *term, yutu_shape *ret, yutu_error *err) {
  ret->inline_id = YUTU_ID_NONE;
  ret->form = YUTU_FORM_IRI;
  ret->aux = (yutu_slice){NULL, 0};
  ret->text = term->value;
  if (term->value.len > YUTU_TERM_BYTES_MAX || term->datatype.len > YUTU_TERM_BYTES_MAX)
    return yutu_fail(err, YUTU_ERR_LIMIT, "a term of %zu bytes is too long: at most %d",
                     term->value.len + term->datatype.len, YUTU_TERM_BYTES_MAX);
  switch (term->kind) {
  case YUTU_TERM_IRI:
    return YUTU_OK;
  case YUTU_TERM_BLANK:
    ret->form = YUTU_FORM_BLANK;
    return YUTU_OK;
  case YUTU_TERM_LITERAL:
    return literal_shape(term, ret, err);
  case YUTU_TERM_NONE:
    break;
  }
  return yutu_fail(err, YUTU_ERR_USAGE, "a term is neither IRI nor literal nor blank node");
}

yutu_hash128 yutu_shape_hash(const yutu_store *store, yutu_form form, uint64_t aux, yutu_slice text) {
  return yutu_store_hash(store->hash_key, (uint64_t)form << YUTU_ID_BITS | aux, text.data, text.len);
}

size_t yutu_prefix_length(yutu_slice iri) {
  const char *hash = memrchr(iri.data, '#', iri.len);
  const char *cut = hash ? hash : memrchr(iri.data, '/', iri.len);
  const size_t n = cut ? (size_t)(cut - iri.data) + 1 : 0;
  return n >= prefix_min && n < iri.len ? n : 0;
}

uint64_t yutu_recent_find(const yutu_recent_aux *recent, yutu_slice text) {
  for (unsigned i = 0; i < YUTU_RECENT_AUX; i++)
    if (recent->at[i].length == text.len && recent->at[i].number &&
        memcmp(recent->at[i].text, text.data, text.len) == 0)
      return recent->at[i].number;
  return 0;
}

void yutu_recent_add(yutu_recent_aux *recent, yutu_slice text, uint64_t number) {
  if (text.len > YUTU_RECENT_TEXT_MAX)
    return;
  const unsigned i = recent->next++ % YUTU_RECENT_AUX;
  memcpy(recent->at[i].text, text.data, text.len);
  recent->at[i].length = text.len;
  recent->at[i].number = number;
}

// ---- hashes and entries in the database ----

void yutu_hash_key(yutu_hash128 hash, unsigned char ret[sizeof(yutu_hash128)]) {
  const uint64_t a = htobe64(hash.a), b = htobe64(hash.b);
  memcpy(ret, &a, 8);
  memcpy(ret + 8, &b, 8);
}

int yutu_hash_find(const yutu_store *store, MDB_txn *txn, yutu_hash128 hash, yutu_id *ret) {
  unsigned char bytes[sizeof hash];
  yutu_hash_key(hash, bytes);
  MDB_val key = {sizeof bytes, bytes}, data;
  const int rc = mdb_get(txn, store->hashes, &key, &data);
  if (rc == MDB_SUCCESS) {
    if (data.mv_size != sizeof *ret)
      return MDB_CORRUPTED;
    memcpy(ret, data.mv_data, sizeof *ret);
  }
  return rc;
}

static bool has_aux(yutu_form form) {
  return form == YUTU_FORM_SPLIT || form == YUTU_FORM_TAGGED || form == YUTU_FORM_TYPED;
}

size_t yutu_entry_head(yutu_form form, uint64_t aux, unsigned char ret[YUTU_FORM_HEAD_MAX]) {
  size_t n = 0;
  ret[n++] = (unsigned char)form;
  if (has_aux(form)) {
    for (; aux >= 0x80; aux >>= 7)
      ret[n++] = (unsigned char)(aux | 0x80);
    ret[n++] = (unsigned char)aux;
  }
  return n;
}

bool yutu_entry_parse(const void *bytes, size_t n, yutu_entry *ret) {
  const unsigned char *p = bytes, *end = p + n;
  if (n == 0 || *p < YUTU_FORM_IRI || *p > YUTU_FORM_AUX)
    return false;
  ret->form = (yutu_form)*p++;
  ret->aux = 0;
  if (has_aux(ret->form)) {
    unsigned shift = 0;
    for (; p < end && (*p & 0x80) && shift < YUTU_PAYLOAD_BITS; shift += 7)
      ret->aux |= (uint64_t)(*p++ & 0x7f) << shift;
    if (p == end || (*p & 0x80))
      return false;
    ret->aux |= (uint64_t)*p++ << shift;
  }
  ret->text = (yutu_slice){(const char *)p, (size_t)(end - p)};
  return true;
}

int yutu_entry_find(const yutu_store *store, MDB_txn *txn, uint64_t number, yutu_entry *ret) {
  MDB_val key = {sizeof number, &number}, data;
  const int rc = mdb_get(txn, store->entries, &key, &data);
  if (rc != MDB_SUCCESS)
    return rc;
  return yutu_entry_parse(data.mv_data, data.mv_size, ret) ? MDB_SUCCESS : MDB_CORRUPTED;
}

yutu_tag yutu_entry_tag(yutu_form form) {
  switch (form) {
  case YUTU_FORM_IRI:
  case YUTU_FORM_SPLIT:
    return YUTU_TAG_IRI;
  case YUTU_FORM_BLANK:
    return YUTU_TAG_BLANK;
  case YUTU_FORM_AUX:
    return YUTU_TAG_AUX;
  default:
    return YUTU_TAG_LITERAL;
  }
}

// ---- the view of a snapshot ----

/// A text that was put together or copied.
typedef struct {
  yutu_id id;
  yutu_slice text, aux;
  yutu_form form;
} known_term;

enum { FIRST_ROOM = 64 };

struct yutu_dictionary_view {
  const yutu_store *store;
  MDB_txn *txn;
  bool stable;
  yutu_arena *texts;
  known_term *known; ///< hash table, 2^n places
  size_t n_known, room;
  yutu_recent_aux recent;
};

yutu_dictionary_view *yutu_dictionary_view_new(const yutu_store *store, MDB_txn *txn, bool stable) {
  yutu_dictionary_view *v = calloc(1, sizeof *v);
  if (v) {
    v->store = store;
    v->txn = txn;
    v->stable = stable;
  }
  return v;
}

void yutu_dictionary_view_free(yutu_dictionary_view *v) {
  if (v) {
    yutu_arena_free(v->texts);
    free(v->known);
    free(v);
  }
}

size_t yutu_dictionary_view_bytes(const yutu_dictionary_view *v) {
  return v->texts ? yutu_arena_used(v->texts) : 0;
}

void yutu_dictionary_view_clear(yutu_dictionary_view *v) {
  if (v->texts)
    yutu_arena_reset(v->texts);
  free(v->known);
  v->known = NULL;
  v->n_known = v->room = 0;
}

static bool ready(yutu_dictionary_view *v) {
  if (!v->texts)
    v->texts = yutu_arena_new(0);
  return v->texts != NULL;
}

static size_t start_of(yutu_id id, size_t room) {
  return (size_t)(id * UINT64_C(0x9e3779b97f4a7c15) >> 24) & (room - 1);
}

static known_term *known_place(known_term *table, size_t room, yutu_id id) {
  size_t i = start_of(id, room);
  while (table[i].id != 0 && table[i].id != id)
    i = (i + 1) & (room - 1);
  return &table[i];
}

static bool known_grow(yutu_dictionary_view *v) {
  const size_t room = v->room ? v->room * 2 : FIRST_ROOM;
  assert(room > 0);
  known_term *table = calloc(room, sizeof *table);
  if (!table)
    return false;
  for (size_t i = 0; i < v->room; i++)
    if (v->known[i].id)
      *known_place(table, room, v->known[i].id) = v->known[i];
  free(v->known);
  v->known = table;
  v->room = room;
  return true;
}

static const known_term *known_find(const yutu_dictionary_view *v, yutu_id id) {
  if (v->n_known == 0)
    return NULL;
  const known_term *k = known_place(v->known, v->room, id);
  return k->id ? k : NULL;
}

static const known_term *known_add(yutu_dictionary_view *v, const known_term *term) {
  if (v->n_known * 3 >= v->room * 2 && !known_grow(v))
    return NULL;
  known_term *k = known_place(v->known, v->room, term->id);
  if (k->id == 0)
    v->n_known++;
  *k = *term;
  return k;
}

/// Two texts, one after the other, in the arena.
static bool keep(yutu_dictionary_view *v, yutu_slice a, yutu_slice b, yutu_slice *ret) {
  char *p = yutu_arena_alloc(v->texts, a.len + b.len + 1);
  if (!p)
    return false;
  if (a.len)
    memcpy(p, a.data, a.len);
  if (b.len)
    memcpy(p + a.len, b.data, b.len);
  *ret = (yutu_slice){p, a.len + b.len};
  return true;
}

/// The text of an aux entry, which is looked up once.
static int view_aux(yutu_dictionary_view *v, uint64_t number, yutu_slice *ret) {
  const yutu_id id = yutu_id_make(YUTU_TAG_AUX, number);
  const known_term *k = known_find(v, id);
  if (!k) {
    yutu_entry entry;
    const int rc = yutu_entry_find(v->store, v->txn, number, &entry);
    if (rc != MDB_SUCCESS)
      return rc;
    known_term term = {.id = id, .form = entry.form};
    if (entry.form != YUTU_FORM_AUX)
      return MDB_CORRUPTED;
    if (!keep(v, entry.text, (yutu_slice){NULL, 0}, &term.text) || !(k = known_add(v, &term)))
      return ENOMEM;
  }
  *ret = k->text;
  return MDB_SUCCESS;
}

static yutu_term term_of(const known_term *k) {
  yutu_term term = {.kind = YUTU_TERM_LITERAL, .value = k->text};
  switch (k->form) {
  case YUTU_FORM_IRI:
  case YUTU_FORM_SPLIT:
    term.kind = YUTU_TERM_IRI;
    break;
  case YUTU_FORM_BLANK:
    term.kind = YUTU_TERM_BLANK;
    break;
  case YUTU_FORM_TAGGED:
    term.language = k->aux;
    break;
  case YUTU_FORM_TYPED:
    term.datatype = k->aux;
    break;
  case YUTU_FORM_PLAIN:
  case YUTU_FORM_AUX:
    break;
  }
  return term;
}

static yutu_status get_inline(yutu_dictionary_view *v, yutu_id id, yutu_term *ret, yutu_error *err) {
  known_term term = {.id = id, .form = YUTU_FORM_TYPED};
  char text[YUTU_INLINE_TEXT_MAX];
  const size_t n = yutu_id_print(id, text, &term.aux);
  if (n == 0)
    return yutu_fail(err, YUTU_ERR_USAGE, "%#llx is no id of a term", (unsigned long long)id);
  if (!keep(v, (yutu_slice){text, n}, (yutu_slice){NULL, 0}, &term.text) || !known_add(v, &term))
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  *ret = term_of(&term);
  return YUTU_OK;
}

static int get_entry(yutu_dictionary_view *v, yutu_id id, yutu_term *ret) {
  yutu_entry entry;
  int rc = yutu_entry_find(v->store, v->txn, yutu_id_payload(id), &entry);
  if (rc != MDB_SUCCESS)
    return rc;
  known_term term = {.id = id, .form = entry.form, .text = entry.text};
  if (yutu_entry_tag(entry.form) != yutu_id_tag(id))
    return MDB_CORRUPTED;
  if (entry.aux && (rc = view_aux(v, entry.aux, &term.aux)) != MDB_SUCCESS)
    return rc;
  const bool split = entry.form == YUTU_FORM_SPLIT;
  if (split || !v->stable) {
    if (!keep(v, split ? term.aux : entry.text, split ? entry.text : (yutu_slice){NULL, 0}, &term.text) ||
        !known_add(v, &term))
      return ENOMEM;
  }
  *ret = term_of(&term);
  return MDB_SUCCESS;
}

yutu_status yutu_dictionary_view_get(yutu_dictionary_view *v, yutu_id id, yutu_term *ret, yutu_error *err) {
  const known_term *k = known_find(v, id);
  if (k) {
    *ret = term_of(k);
    return YUTU_OK;
  }
  if (!ready(v))
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  if (id == YUTU_ID_DEFAULT_GRAPH) {
    *ret = (yutu_term){.kind = YUTU_TERM_NONE};
    return YUTU_OK;
  }
  if (!yutu_id_in_dictionary(id))
    return get_inline(v, id, ret, err);
  const int rc = get_entry(v, id, ret);
  if (rc == MDB_NOTFOUND)
    return yutu_fail(err, YUTU_ERR_USAGE, "%#llx is no id of a term of this store", (unsigned long long)id);
  return rc == MDB_SUCCESS ? YUTU_OK : yutu_store_fail(v->store, rc, "read a term of the store", err);
}

/// The number of a datatype or language tag. MDB_NOTFOUND: no literal has it.
static int find_aux(yutu_dictionary_view *v, yutu_slice text, uint64_t *ret) {
  if ((*ret = yutu_recent_find(&v->recent, text)) != 0)
    return MDB_SUCCESS;
  yutu_id id;
  const int rc = yutu_hash_find(v->store, v->txn, yutu_shape_hash(v->store, YUTU_FORM_AUX, 0, text), &id);
  if (rc != MDB_SUCCESS)
    return rc;
  *ret = yutu_id_payload(id);
  yutu_recent_add(&v->recent, text, *ret);
  return MDB_SUCCESS;
}

yutu_status yutu_dictionary_view_find(yutu_dictionary_view *v, const yutu_term *term, yutu_id *ret, yutu_error *err) {
  yutu_shape shape;
  YUTU_TRY(yutu_shape_of(term, &shape, err));
  if (shape.inline_id != YUTU_ID_NONE) {
    *ret = shape.inline_id;
    return YUTU_OK;
  }
  uint64_t aux = 0;
  yutu_id id = YUTU_ID_NONE;
  int rc = shape.aux.len ? find_aux(v, shape.aux, &aux) : MDB_SUCCESS;
  if (rc == MDB_SUCCESS)
    rc = yutu_hash_find(v->store, v->txn, yutu_shape_hash(v->store, shape.form, aux, shape.text), &id);
  if (rc != MDB_SUCCESS && rc != MDB_NOTFOUND)
    return yutu_store_fail(v->store, rc, "look a term up in the store", err);
  *ret = rc == MDB_SUCCESS ? id : YUTU_ID_NONE;
  return YUTU_OK;
}
