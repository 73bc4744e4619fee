/// @file ontology/trie_build.h  A double-array trie over code points.
///
/// Code points get dense codes, frequent ones first. The n_single smallest codes are one byte, the others two: an array
/// over thousands of different characters would be mostly holes, one over bytes is nearly full.
#ifndef YUTU_ONTOLOGY_TRIE_BUILD_H
#define YUTU_ONTOLOGY_TRIE_BUILD_H

#include "base/arena.h"
#include "ontology/image.h"

/// A key to put into the trie. Its number in the array is what ends at its unit.
typedef struct {
  const uint32_t *text; ///< code points, borrowed
  uint32_t n;           ///< at least 1
} yutu_trie_key;

typedef struct {
  const uint16_t *pages; ///< YUTU_IMAGE_PAGES of them
  const uint16_t *codes;
  const yutu_trie_unit *units;
  uint32_t n_codes; ///< a multiple of 256
  uint32_t n_units;
  uint32_t n_single;
} yutu_trie_parts;

enum { YUTU_TRIE_CODES_MAX = UINT16_MAX }; ///< distinct code points over all keys

/// Build a trie. The same keys in any order give the same units, but for the key numbers.
/// @param arena     Borrowed, with a trap set; the parts live in it.
/// @param keys      Distinct, code points below 0x110000.
/// @param[out] ret  Arena.
/// @retval YUTU_ERR_LIMIT  more than YUTU_TRIE_CODES_MAX distinct code points
YUTU_NODISCARD yutu_status yutu_trie_build(yutu_arena *arena, const yutu_trie_key *keys, uint32_t n_keys,
                                           yutu_trie_parts *ret, yutu_error *err);

#endif
