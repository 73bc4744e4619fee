/// @file graph/dictionary.h  Terms and their ids.
///
/// Every term that no id can hold by itself is an entry: number → form and text, and hash → id. An IRI is kept as the
/// number of its prefix (up to the last `#`, else the last `/`; once two IRIs have had it) and the rest; a literal as
/// its text and the number of its datatype or language tag. Prefixes, datatypes and language tags are entries of their
/// own kind ("aux"), which stay for ever; a term's entry goes away with the last quad that has it. Numbers are never
/// given again.
#ifndef YUTU_GRAPH_DICTIONARY_H
#define YUTU_GRAPH_DICTIONARY_H

#include "graph/store_internal.h"

/// How an entry's bytes are to be read: the first byte of the value, then, where there is a second part, its number.
typedef enum {
  YUTU_FORM_IRI = 1,   ///< the whole IRI
  YUTU_FORM_SPLIT = 2, ///< IRI: number of the prefix, the rest
  YUTU_FORM_BLANK = 3,
  YUTU_FORM_PLAIN = 4,  ///< xsd:string
  YUTU_FORM_TAGGED = 5, ///< number of the language tag, text
  YUTU_FORM_TYPED = 6,  ///< number of the datatype, text
  YUTU_FORM_AUX = 7,
} yutu_form;

enum { YUTU_FORM_HEAD_MAX = 12, YUTU_LANGUAGE_MAX = 255 };

/// A term as the dictionary sees it.
typedef struct {
  yutu_id inline_id; ///< not YUTU_ID_NONE: there is no entry
  yutu_form form;    ///< never YUTU_FORM_SPLIT
  yutu_slice text;
  yutu_slice aux; ///< datatype or language tag
  char language[YUTU_LANGUAGE_MAX + 1];
} yutu_shape;

/// Normalise a term: language in lower case, xsd:string is a plain literal.
/// @param[out] ret  points into `term` and into itself: do not copy
YUTU_NODISCARD yutu_status yutu_shape_of(const yutu_term *term, yutu_shape *ret, yutu_error *err);

/// The hash of a shape with the number of its datatype or language tag.
yutu_hash128 yutu_shape_hash(const yutu_store *store, yutu_form form, uint64_t aux, yutu_slice text);

/// Where the IRI is cut: length of the prefix, 0: not at all.
size_t yutu_prefix_length(yutu_slice iri);

/// id of a hash in the database. @return an LMDB code; MDB_NOTFOUND: none
int yutu_hash_find(const yutu_store *store, MDB_txn *txn, yutu_hash128 hash, yutu_id *ret);
void yutu_hash_key(yutu_hash128 hash,
                   unsigned char ret[sizeof(yutu_hash128)]); ///< sorts as the hash does

/// An entry's bytes, taken apart.
typedef struct {
  yutu_form form;
  uint64_t aux; ///< 0: none
  yutu_slice text;
} yutu_entry;

yutu_tag yutu_entry_tag(yutu_form form); ///< of the ids of such entries
bool yutu_entry_parse(const void *bytes, size_t n, yutu_entry *ret);
size_t yutu_entry_head(yutu_form form, uint64_t aux, unsigned char ret[YUTU_FORM_HEAD_MAX]);
int yutu_entry_find(const yutu_store *store, MDB_txn *txn, uint64_t number, yutu_entry *ret);

/// The aux entries looked up last: most terms have one of few datatypes, language tags and prefixes. Zero-initialise.
enum { YUTU_RECENT_AUX = 8, YUTU_RECENT_TEXT_MAX = 120 };

typedef struct {
  struct {
    uint64_t number;
    size_t length;
    char text[YUTU_RECENT_TEXT_MAX];
  } at[YUTU_RECENT_AUX];
  unsigned next;
} yutu_recent_aux;

uint64_t yutu_recent_find(const yutu_recent_aux *recent,
                          yutu_slice text); ///< 0: not among them
void yutu_recent_add(yutu_recent_aux *recent, yutu_slice text, uint64_t number);

// ---- reading, for snapshots ----

typedef struct yutu_dictionary_view yutu_dictionary_view;

/// @param stable  what the transaction shows does not change: texts may stay where they are
yutu_dictionary_view *yutu_dictionary_view_new(const yutu_store *store, MDB_txn *txn, bool stable);
void yutu_dictionary_view_free(yutu_dictionary_view *view);
size_t yutu_dictionary_view_bytes(const yutu_dictionary_view *view); ///< of texts that it holds
void yutu_dictionary_view_clear(yutu_dictionary_view *view);         ///< Texts that it gave away become invalid.
YUTU_NODISCARD yutu_status yutu_dictionary_view_find(yutu_dictionary_view *view, const yutu_term *term, yutu_id *ret,
                                                     yutu_error *err);
YUTU_NODISCARD yutu_status yutu_dictionary_view_get(yutu_dictionary_view *view, yutu_id id, yutu_term *ret,
                                                    yutu_error *err);

// ---- writing, for batches ----

typedef struct yutu_dictionary_writer yutu_dictionary_writer;

/// @param counters  Borrowed; kept up to date.
yutu_dictionary_writer *yutu_dictionary_new(const yutu_store *store, MDB_txn *txn, yutu_store_counters *counters);
void yutu_dictionary_free(yutu_dictionary_writer *writer);

/// Let no more than 2^n places for hashes be kept in memory (from the beginning; tests make it small).
YUTU_NODISCARD yutu_status yutu_dictionary_limit(yutu_dictionary_writer *writer, unsigned n, yutu_error *err);

/// The id of a term; without `create`, YUTU_ID_NONE when it has none.
YUTU_NODISCARD yutu_status yutu_dictionary_id(yutu_dictionary_writer *writer, const yutu_term *term, bool create,
                                              yutu_id *ret, yutu_error *err);

/// Write the hashes that wait in memory.
YUTU_NODISCARD yutu_status yutu_dictionary_flush(yutu_dictionary_writer *writer, yutu_error *err);

/// Take a term out that no quad has any more.
YUTU_NODISCARD yutu_status yutu_dictionary_forget(yutu_dictionary_writer *writer, yutu_id id, yutu_error *err);

#endif
