// Everything that makes any bytes safe to read: done once, when an image is opened.
#include "ontology/image.h"

#include <string.h>

uint32_t yutu_image_checksum(const void *data, size_t n) {
  uint32_t table[256];
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t c = i;
    for (unsigned k = 0; k < 8; k++)
      c = c >> 1 ^ (c & 1 ? 0xEDB88320u : 0);
    table[i] = c;
  }
  uint32_t crc = 0xFFFFFFFFu;
  for (const unsigned char *p = data, *end = p + n; p < end; p++)
    crc = crc >> 8 ^ table[(crc ^ *p) & 0xFF];
  return ~crc;
}

size_t yutu_image_item_size(unsigned section) {
  if (section >= YUTU_SECTION_TRIES) {
    static const uint8_t parts[YUTU_TRIE_PART_COUNT] = {
        [YUTU_TRIE_PART_PAGES] = sizeof(uint16_t),        [YUTU_TRIE_PART_CODES] = sizeof(uint16_t),
        [YUTU_TRIE_PART_UNITS] = sizeof(yutu_trie_unit),  [YUTU_TRIE_PART_KEYS] = sizeof(uint32_t),
        [YUTU_TRIE_PART_POSTINGS] = sizeof(yutu_posting),
    };
    return parts[(section - YUTU_SECTION_TRIES) % YUTU_TRIE_PART_COUNT];
  }
  return section == YUTU_SECTION_POOL       ? 1
         : section == YUTU_SECTION_ENTITIES ? sizeof(yutu_image_entity)
                                            : sizeof(uint32_t);
}

static uint64_t count(const yutu_gazetteer *g, unsigned section) {
  return g->sections[section].count;
}

/// Every section lies inside the image, in order and aligned.
static bool sections_hold(const yutu_gazetteer *g) {
  uint64_t end = sizeof *g;
  for (unsigned i = 0; i < YUTU_SECTION_COUNT; i++) {
    const yutu_image_section *s = &g->sections[i];
    if (s->offset < end || s->offset > g->size || s->offset % YUTU_IMAGE_ALIGNMENT || s->count > UINT32_MAX ||
        s->count > (g->size - s->offset) / yutu_image_item_size(i))
      return false;
    end = s->offset + s->count * yutu_image_item_size(i);
  }
  return true;
}

/// Each of `n` numbers is below `bound`.
static bool below(const uint32_t *numbers, uint64_t n, uint64_t bound) {
  for (uint64_t i = 0; i < n; i++) {
    if (numbers[i] >= bound)
      return false;
  }
  return true;
}

/// Starts ascend by at least `gap` and end at `total`.
static bool ascends(const uint32_t *starts, uint64_t n, uint32_t gap, uint64_t total) {
  if (n == 0 || starts[0] != 0 || starts[n - 1] != total)
    return false;
  for (uint64_t i = 1; i < n; i++) {
    if (starts[i] < starts[i - 1] || starts[i] - starts[i - 1] < gap)
      return false;
  }
  return true;
}

static bool strings_hold(const yutu_gazetteer *g) {
  const uint64_t n = count(g, YUTU_SECTION_STRINGS), size = count(g, YUTU_SECTION_POOL);
  const uint32_t *starts = yutu_image_section_at(g, YUTU_SECTION_STRINGS);
  const char *pool = yutu_image_section_at(g, YUTU_SECTION_POOL);
  if (!ascends(starts, n, 1, size))
    return false;
  for (uint64_t i = 1; i < n; i++) {
    if (pool[starts[i] - 1] != '\0')
      return false;
  }
  return below(yutu_image_section_at(g, YUTU_SECTION_SYMBOLS), count(g, YUTU_SECTION_SYMBOLS), n - 1) &&
         below(yutu_image_section_at(g, YUTU_SECTION_WORDS), count(g, YUTU_SECTION_WORDS), n - 1);
}

static bool string_or_none(uint32_t number, uint64_t n_strings) {
  return number < n_strings || number == YUTU_IMAGE_NONE;
}

static bool entity_holds(const yutu_gazetteer *g, const yutu_image_entity *e) {
  const uint64_t n_strings = count(g, YUTU_SECTION_STRINGS) - 1, n_rows = count(g, YUTU_SECTION_ENTITIES);
  const uint32_t *lists = yutu_image_section_at(g, YUTU_SECTION_LISTS);
  if (e->name >= n_strings || e->source >= n_strings || !string_or_none(e->id, n_strings) ||
      !string_or_none(e->en, n_strings) || e->cls >= YUTU_CLASS_COUNT)
    return false;
  uint64_t at = e->lists;
  for (unsigned i = 0; i < YUTU_LIST_COUNT; i++) {
    if (at + e->counts[i] > count(g, YUTU_SECTION_LISTS) ||
        !below(lists + at, e->counts[i], i < YUTU_LIST_FIRST_OF_ROWS ? n_strings : n_rows))
      return false;
    at += e->counts[i];
  }
  return true;
}

static bool entities_hold(const yutu_gazetteer *g) {
  const yutu_image_entity *entities = yutu_image_section_at(g, YUTU_SECTION_ENTITIES);
  for (uint64_t i = 0; i < count(g, YUTU_SECTION_ENTITIES); i++) {
    if (!entity_holds(g, &entities[i]))
      return false;
  }
  return below(yutu_image_section_at(g, YUTU_SECTION_BY_ID), count(g, YUTU_SECTION_BY_ID),
               count(g, YUTU_SECTION_ENTITIES));
}

static bool tables_hold(const yutu_gazetteer *g) {
  for (unsigned i = 0; i < YUTU_TABLE_COUNT; i++) {
    const yutu_image_table *t = &g->tables[i];
    if (t->n_columns > YUTU_CELLS_MAX || (uint64_t)t->first_word + t->n_rows > count(g, YUTU_SECTION_WORDS) ||
        t->first_cell + (uint64_t)t->n_rows * t->n_columns > count(g, YUTU_SECTION_CELLS))
      return false;
  }
  return true;
}

static bool posting_holds(const yutu_gazetteer *g, const yutu_posting *p) {
  if (p->table <= YUTU_TABLE_COMPOUND)
    return p->row < count(g, YUTU_SECTION_ENTITIES) && p->role <= YUTU_ROLE_LETTER;
  return p->table < YUTU_TABLE_COUNT && p->row < g->tables[p->table].n_rows && p->role == YUTU_ROLE_WORD;
}

static bool trie_holds(const yutu_gazetteer *g, unsigned trie) {
  const unsigned first = YUTU_TRIE_SECTION(trie, 0);
  const uint64_t n_codes = count(g, first + YUTU_TRIE_PART_CODES), n_keys = count(g, first + YUTU_TRIE_PART_KEYS),
                 n_postings = count(g, first + YUTU_TRIE_PART_POSTINGS);
  const uint16_t *pages = yutu_image_section_at(g, first + YUTU_TRIE_PART_PAGES);
  const yutu_trie_unit *units = yutu_image_section_at(g, first + YUTU_TRIE_PART_UNITS);
  const yutu_posting *postings = yutu_image_section_at(g, first + YUTU_TRIE_PART_POSTINGS);
  if (count(g, first + YUTU_TRIE_PART_PAGES) != YUTU_IMAGE_PAGES || count(g, first + YUTU_TRIE_PART_UNITS) == 0 ||
      !ascends(yutu_image_section_at(g, first + YUTU_TRIE_PART_KEYS), n_keys, 1, n_postings))
    return false;
  for (unsigned i = 0; i < YUTU_IMAGE_PAGES; i++) {
    if (((uint64_t)pages[i] + 1) * 256 > n_codes)
      return false;
  }
  for (uint64_t i = 0; i < count(g, first + YUTU_TRIE_PART_UNITS); i++) {
    if (units[i].key != YUTU_IMAGE_NONE && units[i].key >= n_keys - 1)
      return false;
  }
  for (uint64_t i = 0; i < n_postings; i++) {
    if (!posting_holds(g, &postings[i]))
      return false;
  }
  return true;
}

static bool tries_hold(const yutu_gazetteer *g) {
  for (unsigned trie = 0; trie < YUTU_TRIE_COUNT; trie++) {
    if (!trie_holds(g, trie))
      return false;
  }
  return true;
}

yutu_status yutu_gazetteer_open(const void *image, size_t n_bytes, yutu_gazetteer **ret, yutu_error *err) {
  const yutu_gazetteer *g = image;
  if ((uintptr_t)image % YUTU_IMAGE_ALIGNMENT)
    return yutu_fail(err, YUTU_ERR_USAGE, "the image of the lists must be aligned to %d bytes", YUTU_IMAGE_ALIGNMENT);
  if (n_bytes < sizeof *g || memcmp(g->magic, YUTU_IMAGE_MAGIC, sizeof g->magic) != 0)
    return yutu_fail(err, YUTU_ERR_FORMAT, "is no image of compiled lists");
  if (g->version != YUTU_IMAGE_VERSION || g->byte_order != YUTU_IMAGE_BYTE_ORDER || g->n_sections != YUTU_SECTION_COUNT)
    return yutu_fail(err, YUTU_ERR_FORMAT,
                     "was compiled by another version or on another machine: compile the lists again");
  if (g->size != n_bytes)
    return yutu_fail(err, YUTU_ERR_FORMAT, "has %zu bytes instead of %llu: compile the lists again", n_bytes,
                     (unsigned long long)g->size);
  if (g->checksum !=
      yutu_image_checksum((const char *)image + YUTU_IMAGE_CHECKED_FROM, n_bytes - YUTU_IMAGE_CHECKED_FROM))
    return yutu_fail(err, YUTU_ERR_FORMAT, "is damaged (checksum): compile the lists again");
  if (!sections_hold(g) || !strings_hold(g) || !tables_hold(g) || !entities_hold(g) || !tries_hold(g))
    return yutu_fail(err, YUTU_ERR_FORMAT, "is damaged (a number points out of bounds): compile the lists again");
  *ret = (yutu_gazetteer *)(uintptr_t)image; // the image is its own handle; nobody writes through it
  return YUTU_OK;
}

void yutu_gazetteer_free(yutu_gazetteer *g) {
  (void)g; // nothing is allocated: the bytes are the caller's
}
