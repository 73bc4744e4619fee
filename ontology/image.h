/// @file ontology/image.h  Layout of the compiled lists, shared by their compiler and their reader.
///
/// The image is its own handle: a yutu_gazetteer is the header that stands at its beginning, everything else is reached
/// by offsets from there. Numbers are in the byte order of the machine that made it. Sections begin at multiples of 8.
#ifndef YUTU_ONTOLOGY_IMAGE_H
#define YUTU_ONTOLOGY_IMAGE_H

#include "ontology/gazetteer.h"

#define YUTU_IMAGE_MAGIC "YUTUGAZ" // 8 bytes with its NUL

enum {
  YUTU_IMAGE_VERSION = 1,
  YUTU_IMAGE_BYTE_ORDER = 0x01020304,
  YUTU_IMAGE_CHECKED_FROM = 32, ///< the checksum covers everything from this byte on
  YUTU_IMAGE_ALIGNMENT = 8,
  YUTU_IMAGE_PAGES = 0x110000 >> 8, ///< pages of 256 code points
  YUTU_TRIE_COUNT = 2,
};

#define YUTU_IMAGE_NONE UINT32_MAX

/// Parts of one double-array trie. A node's child by byte b is the unit at base + b whose check is the node. The bytes
/// of a code point are made of its dense code c - 1: one byte when that is below n_single, else n_single + rest / 256
/// and rest % 256 of the rest.
typedef enum {
  YUTU_TRIE_PART_PAGES,    ///< uint16_t[YUTU_IMAGE_PAGES]: number of a page of codes; page 0 has none
  YUTU_TRIE_PART_CODES,    ///< uint16_t[256] a page: dense code of a code point, 0: in no key
  YUTU_TRIE_PART_UNITS,    ///< yutu_trie_unit; unit 0 is the root
  YUTU_TRIE_PART_KEYS,     ///< uint32_t: first posting of each key, and the number of postings at the end
  YUTU_TRIE_PART_POSTINGS, ///< yutu_posting
  YUTU_TRIE_PART_COUNT
} yutu_trie_part;

typedef enum {
  YUTU_SECTION_POOL,     ///< char: all strings, each with a NUL
  YUTU_SECTION_STRINGS,  ///< uint32_t: where in the pool each string begins, and the size of the pool
  YUTU_SECTION_ENTITIES, ///< yutu_image_entity
  YUTU_SECTION_LISTS,    ///< uint32_t: string and row numbers
  YUTU_SECTION_BY_ID,    ///< uint32_t: rows with an id, sorted by it
  YUTU_SECTION_WORDS,    ///< uint32_t: string numbers of words, table after table
  YUTU_SECTION_CELLS,    ///< int32_t: cells, table after table, row after row
  YUTU_SECTION_SYMBOLS,  ///< uint32_t: string numbers, sorted by text
  YUTU_SECTION_TRIES,    ///< the parts of the tries
  YUTU_SECTION_COUNT = YUTU_SECTION_TRIES + YUTU_TRIE_COUNT * YUTU_TRIE_PART_COUNT
} yutu_section;

#define YUTU_TRIE_SECTION(trie, part) (YUTU_SECTION_TRIES + (trie)*YUTU_TRIE_PART_COUNT + (part))

typedef struct {
  uint32_t base;
  uint32_t check; ///< parent unit, or YUTU_IMAGE_NONE: free
  uint32_t key;   ///< key that ends here, or YUTU_IMAGE_NONE
} yutu_trie_unit;

/// Lists of an entity, one after the other from `lists` on.
typedef enum {
  YUTU_LIST_ALIASES, ///< strings
  YUTU_LIST_WEAK,    ///< strings
  YUTU_LIST_LETTERS, ///< strings
  YUTU_LIST_WITHIN,  ///< rows, from here on
  YUTU_LIST_PART_OF,
  YUTU_LIST_PARENTS,
  YUTU_LIST_MEMBERS,
  YUTU_LIST_FOCUS,
  YUTU_LIST_COUNT,
  YUTU_LIST_FIRST_OF_ROWS = YUTU_LIST_WITHIN
} yutu_list;

typedef struct {
  double lat, lon;
  uint32_t name, id, en, source; ///< strings; id, en: YUTU_IMAGE_NONE when there is none
  uint32_t lists;
  uint16_t counts[YUTU_LIST_COUNT];
  uint8_t cls;
  uint8_t has_place;
  uint8_t unused[2];
} yutu_image_entity;

typedef struct {
  uint32_t n_rows, n_columns;
  uint32_t first_word, first_cell;
} yutu_image_table;

typedef struct {
  uint64_t offset; ///< bytes from the beginning of the image
  uint64_t count;  ///< items
} yutu_image_section;

struct yutu_gazetteer {
  char magic[8];
  uint32_t version, byte_order;
  uint64_t size; ///< of the whole image, in bytes
  uint32_t checksum;
  uint32_t n_sections;
  yutu_image_section sections[YUTU_SECTION_COUNT]; ///< from here on checked by the checksum
  yutu_image_table tables[YUTU_TABLE_COUNT];
  uint32_t n_single[YUTU_TRIE_COUNT];
};

_Static_assert(offsetof(yutu_gazetteer, sections) == YUTU_IMAGE_CHECKED_FROM, "what is not checked is compared");
_Static_assert(sizeof(yutu_image_entity) == 56, "no padding that would be left to chance");
_Static_assert(sizeof(yutu_posting) == 8, "no padding that would be left to chance");

/// CRC-32 (ISO 3309, as in zlib and PNG).
uint32_t yutu_image_checksum(const void *data, size_t n);

/// Bytes of one item of a section.
size_t yutu_image_item_size(unsigned section);

static inline const void *yutu_image_section_at(const yutu_gazetteer *g, unsigned section) {
  return (const char *)g + g->sections[section].offset;
}

#endif
