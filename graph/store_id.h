/// @file graph/store_id.h  What the bits of a yutu_id say.
///
/// An id is 56 bits: a 4-bit tag over 52 bits of payload. Dictionary entries are numbered by one sequence, the payload,
/// whatever their tag. Inline values are placed around the start of a tag's zone, `tag << 52`, so that small positive
/// values have small payloads, negative ones fall into the zone below, and ids of a kind sort by value. Bits 56 to 63
/// are never set: they are free for whoever needs ids of his own beside those of a store.
#ifndef YUTU_GRAPH_STORE_ID_H
#define YUTU_GRAPH_STORE_ID_H

#include "graph/store.h"

enum { YUTU_PAYLOAD_BITS = 52, YUTU_ID_BITS = 56 };

#define YUTU_PAYLOAD_MASK ((UINT64_C(1) << YUTU_PAYLOAD_BITS) - 1)
#define YUTU_ID_MASK ((UINT64_C(1) << YUTU_ID_BITS) - 1)

typedef enum {
  YUTU_TAG_SPECIAL = 0,
  YUTU_TAG_IRI = 1,
  YUTU_TAG_BLANK = 2,
  YUTU_TAG_LITERAL = 3,
  YUTU_TAG_INTEGER_BELOW = 4, ///< negative integers
  YUTU_TAG_INTEGER = 5,
  YUTU_TAG_DECIMAL_BELOW = 6,
  YUTU_TAG_DECIMAL = 7,
  YUTU_TAG_BOOLEAN = 8,
  YUTU_TAG_DATE_BELOW = 9, ///< before 1970
  YUTU_TAG_DATE = 10,
  YUTU_TAG_YEAR = 11,
  YUTU_TAG_AUX = 12, ///< a prefix, datatype or language tag of the dictionary; never in a quad
} yutu_tag;

static inline yutu_id yutu_id_make(yutu_tag tag, uint64_t payload) {
  return ((uint64_t)tag << YUTU_PAYLOAD_BITS) | payload;
}

static inline yutu_tag yutu_id_tag(yutu_id id) {
  return (yutu_tag)(id >> YUTU_PAYLOAD_BITS);
}

static inline uint64_t yutu_id_payload(yutu_id id) {
  return id & YUTU_PAYLOAD_MASK;
}

/// Does the dictionary hold the term of this id?
static inline bool yutu_id_in_dictionary(yutu_id id) {
  const yutu_tag tag = yutu_id_tag(id);
  return tag == YUTU_TAG_IRI || tag == YUTU_TAG_BLANK || tag == YUTU_TAG_LITERAL;
}

/// The id of a literal whose value fits into it and whose lexical form is the one that the id would be printed as;
/// YUTU_ID_NONE otherwise.
yutu_id yutu_id_of_literal(yutu_slice text, yutu_slice datatype);

enum { YUTU_INLINE_TEXT_MAX = 40 };

/// Print an inline id: its lexical form (returns the length) and its datatype (static).
size_t yutu_id_print(yutu_id id, char ret_text[YUTU_INLINE_TEXT_MAX], yutu_slice *ret_datatype);

#endif
