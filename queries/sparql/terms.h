/// @file queries/sparql/terms.h  Ids for terms that the store does not have, for the time of one run.
///
/// The store's ids leave the two highest bits alone (graph/store.h: …), so local ids carry them. A term that the store
/// has always gets the store's id, so that ids are equal exactly when terms are.
#ifndef YUTU_QUERIES_SPARQL_TERMS_H
#define YUTU_QUERIES_SPARQL_TERMS_H

#include "base/arena.h"
#include "graph/store.h"

#define YUTU_ID_LOCAL (UINT64_C(1) << 63)       ///< in the table of the run
#define YUTU_ID_FRESH_BLANK (UINT64_C(1) << 62) ///< with YUTU_ID_LOCAL: a blank node made by the run, by its number

static inline bool yutu_id_is_local(yutu_id id) {
  return id & YUTU_ID_LOCAL;
}

typedef struct {
  uint64_t hash;
  yutu_id id;
  yutu_term term;
} yutu_term_entry;

enum { YUTU_TERM_CACHE = 1024 };

typedef struct {
  yutu_arena *texts;
  yutu_term_entry *entries;
  uint32_t n, room;
  uint32_t *slots; ///< entry number + 1
  uint32_t n_slots;
  struct {
    yutu_id id;
    yutu_term term;
  } cache[YUTU_TERM_CACHE]; ///< terms of the store seen last
} yutu_terms;

#endif
