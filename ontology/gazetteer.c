#include "ontology/gazetteer.h"

#include "base/utf8.h"
#include "ontology/image.h"

#include <assert.h>

#define SECTION(type, g, section) ((const type *)yutu_image_section_at((g), (section)))
#define COUNT(g, section) ((uint32_t)(g)->sections[section].count)

/// One trie, its sections looked up once a call.
typedef struct {
  const uint16_t *pages, *codes;
  const yutu_trie_unit *units;
  uint32_t n_units, n_single;
} trie_view;

static trie_view view_of(const yutu_gazetteer *g, yutu_trie trie) {
  return (trie_view){
      .pages = SECTION(uint16_t, g, YUTU_TRIE_SECTION(trie, YUTU_TRIE_PART_PAGES)),
      .codes = SECTION(uint16_t, g, YUTU_TRIE_SECTION(trie, YUTU_TRIE_PART_CODES)),
      .units = SECTION(yutu_trie_unit, g, YUTU_TRIE_SECTION(trie, YUTU_TRIE_PART_UNITS)),
      .n_single = g->n_single[trie],
      .n_units = COUNT(g, YUTU_TRIE_SECTION(trie, YUTU_TRIE_PART_UNITS)),
  };
}

static inline uint32_t step(const trie_view *t, uint32_t node, uint32_t byte) {
  const uint32_t child = t->units[node].base + byte;
  return child < t->n_units && t->units[child].check == node ? child : YUTU_IMAGE_NONE;
}

static inline uint32_t child_of(const trie_view *t, uint32_t node, uint32_t code_point) {
  if (code_point >= 0x110000)
    return YUTU_IMAGE_NONE;
  const uint32_t code = t->codes[(uint32_t)t->pages[code_point >> 8] << 8 | (code_point & 0xFF)];
  if (code - 1 < t->n_single)
    return step(t, node, code - 1);
  if (code == 0)
    return YUTU_IMAGE_NONE;
  const uint32_t rest = code - 1 - t->n_single;
  node = step(t, node, t->n_single + rest / 256);
  return node == YUTU_IMAGE_NONE ? node : step(t, node, rest % 256);
}

static void fill_key(const yutu_gazetteer *g, yutu_trie trie, uint32_t key, uint32_t length, yutu_key *ret) {
  const uint32_t *keys = SECTION(uint32_t, g, YUTU_TRIE_SECTION(trie, YUTU_TRIE_PART_KEYS));
  ret->length = length;
  ret->n_postings = keys[key + 1] - keys[key];
  ret->postings = SECTION(yutu_posting, g, YUTU_TRIE_SECTION(trie, YUTU_TRIE_PART_POSTINGS)) + keys[key];
}

uint32_t yutu_gazetteer_prefixes(const yutu_gazetteer *g, yutu_trie trie, const uint32_t *text, uint32_t n,
                                 yutu_key *ret, uint32_t max) {
  const trie_view view = view_of(g, trie);
  uint32_t node = 0, found = 0;
  for (uint32_t i = 0; i < n && found < max; i++) {
    node = child_of(&view, node, text[i]);
    if (node == YUTU_IMAGE_NONE)
      break;
    if (view.units[node].key != YUTU_IMAGE_NONE)
      fill_key(g, trie, view.units[node].key, i + 1, &ret[found++]);
  }
  return found;
}

bool yutu_gazetteer_find(const yutu_gazetteer *g, yutu_slice utf8, yutu_key *ret) {
  if (utf8.len == 0)
    return false;
  const trie_view view = view_of(g, YUTU_TRIE_NAMES);
  uint32_t node = 0, length = 0;
  for (const char *p = utf8.data, *end = p + utf8.len; p < end; length++) {
    node = child_of(&view, node, yutu_utf8_next(&p, end));
    if (node == YUTU_IMAGE_NONE)
      return false;
  }
  if (view.units[node].key == YUTU_IMAGE_NONE)
    return false;
  fill_key(g, YUTU_TRIE_NAMES, view.units[node].key, length, ret);
  return true;
}

uint32_t yutu_gazetteer_words(const yutu_gazetteer *g, yutu_table table) {
  return g->tables[table].n_rows;
}

yutu_slice yutu_gazetteer_word(const yutu_gazetteer *g, yutu_table table, uint32_t row) {
  assert(row < g->tables[table].n_rows);
  return yutu_gazetteer_string(g, SECTION(uint32_t, g, YUTU_SECTION_WORDS)[g->tables[table].first_word + row]);
}

int32_t yutu_gazetteer_cell(const yutu_gazetteer *g, yutu_table table, uint32_t row, unsigned column) {
  const yutu_image_table *t = &g->tables[table];
  assert(row < t->n_rows);
  if (column >= t->n_columns)
    return 0;
  return SECTION(int32_t, g, YUTU_SECTION_CELLS)[t->first_cell + (size_t)row * t->n_columns + column];
}

int32_t yutu_gazetteer_symbol(const yutu_gazetteer *g, const char *text) {
  const uint32_t *symbols = SECTION(uint32_t, g, YUTU_SECTION_SYMBOLS);
  const yutu_slice wanted = yutu_slice_of(text);
  uint32_t low = 0, high = COUNT(g, YUTU_SECTION_SYMBOLS);
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    const int order = yutu_slice_cmp(yutu_gazetteer_string(g, symbols[middle]), wanted);
    if (order == 0)
      return (int32_t)middle;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return -1;
}

yutu_slice yutu_gazetteer_symbol_text(const yutu_gazetteer *g, int32_t symbol) {
  if (symbol < 0 || (uint32_t)symbol >= COUNT(g, YUTU_SECTION_SYMBOLS))
    return (yutu_slice){NULL, 0};
  return yutu_gazetteer_string(g, SECTION(uint32_t, g, YUTU_SECTION_SYMBOLS)[symbol]);
}

yutu_slice yutu_gazetteer_string(const yutu_gazetteer *g, uint32_t number) {
  if (number >= COUNT(g, YUTU_SECTION_STRINGS) - 1) // also YUTU_IMAGE_NONE
    return (yutu_slice){"", 0};
  const uint32_t *starts = SECTION(uint32_t, g, YUTU_SECTION_STRINGS);
  return (yutu_slice){SECTION(char, g, YUTU_SECTION_POOL) + starts[number], starts[number + 1] - starts[number] - 1};
}

uint32_t yutu_gazetteer_entities(const yutu_gazetteer *g) {
  return COUNT(g, YUTU_SECTION_ENTITIES);
}

yutu_class yutu_gazetteer_class(const yutu_gazetteer *g, uint32_t row) {
  assert(row < yutu_gazetteer_entities(g));
  return (yutu_class)SECTION(yutu_image_entity, g, YUTU_SECTION_ENTITIES)[row].cls;
}

void yutu_gazetteer_get(const yutu_gazetteer *g, uint32_t row, yutu_gazetteer_entity *ret) {
  assert(row < yutu_gazetteer_entities(g));
  const yutu_image_entity *e = SECTION(yutu_image_entity, g, YUTU_SECTION_ENTITIES) + row;
  const uint32_t *list[YUTU_LIST_COUNT];
  const uint32_t *at = SECTION(uint32_t, g, YUTU_SECTION_LISTS) + e->lists;
  for (unsigned i = 0; i < YUTU_LIST_COUNT; i++) {
    list[i] = at;
    at += e->counts[i];
  }
  *ret = (yutu_gazetteer_entity){
      .cls = (yutu_class)e->cls,
      .name = yutu_gazetteer_string(g, e->name),
      .id = yutu_gazetteer_string(g, e->id),
      .en = yutu_gazetteer_string(g, e->en),
      .source = yutu_gazetteer_string(g, e->source),
      .aliases = list[YUTU_LIST_ALIASES], // the weak ones follow directly
      .letters = list[YUTU_LIST_LETTERS],
      .within = list[YUTU_LIST_WITHIN],
      .part_of = list[YUTU_LIST_PART_OF],
      .parents = list[YUTU_LIST_PARENTS],
      .members = list[YUTU_LIST_MEMBERS],
      .focus = list[YUTU_LIST_FOCUS],
      .n_aliases = (uint32_t)e->counts[YUTU_LIST_ALIASES] + e->counts[YUTU_LIST_WEAK],
      .n_letters = e->counts[YUTU_LIST_LETTERS],
      .n_within = e->counts[YUTU_LIST_WITHIN],
      .n_part_of = e->counts[YUTU_LIST_PART_OF],
      .n_parents = e->counts[YUTU_LIST_PARENTS],
      .n_members = e->counts[YUTU_LIST_MEMBERS],
      .n_focus = e->counts[YUTU_LIST_FOCUS],
      .has_place = e->has_place != 0,
      .lat = e->lat,
      .lon = e->lon,
  };
}

uint32_t yutu_gazetteer_by_id(const yutu_gazetteer *g, yutu_slice id) {
  const uint32_t *rows = SECTION(uint32_t, g, YUTU_SECTION_BY_ID);
  const yutu_image_entity *entities = SECTION(yutu_image_entity, g, YUTU_SECTION_ENTITIES);
  uint32_t low = 0, high = COUNT(g, YUTU_SECTION_BY_ID);
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    const int order = yutu_slice_cmp(yutu_gazetteer_string(g, entities[rows[middle]].id), id);
    if (order == 0)
      return rows[middle];
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return YUTU_ROW_NONE;
}
