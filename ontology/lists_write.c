// Checked rows to the image.
#include "base/utf8.h"
#include "ontology/compile_lists.h"
#include "ontology/trie_build.h"

#include <stdlib.h>
#include <string.h>

/// A section as it will be written.
typedef struct {
  const void *data;
  uint64_t count;
} part;

typedef struct {
  yutu_lists *lists;
  part parts[YUTU_SECTION_COUNT];
  yutu_image_table tables[YUTU_TABLE_COUNT];
  uint32_t n_single[YUTU_TRIE_COUNT];
  uint32_t *symbol_of; // symbol number + 1 of each string
} writer;

/// All meanings of all keys of one trie, words too.
typedef YUTU_VEC(yutu_list_posting) posting_list;

static void write_strings(writer *w) {
  yutu_lists *l = w->lists;
  const uint32_t n = yutu_intern_count(l->strings);
  uint32_t *starts = YUTU_NEW_ARRAY(l->arena, uint32_t, (size_t)n + 1);
  size_t size = 0;
  for (uint32_t i = 0; i < n; i++) {
    starts[i] = (uint32_t)size;
    size += yutu_intern_get(l->strings, i).len + 1;
  }
  starts[n] = (uint32_t)size;
  char *pool = YUTU_NEW_ARRAY(l->arena, char, size);
  for (uint32_t i = 0; i < n; i++) {
    const yutu_slice s = yutu_intern_get(l->strings, i);
    if (s.len)
      memcpy(pool + starts[i], s.data, s.len);
  }
  w->parts[YUTU_SECTION_POOL] = (part){pool, size};
  w->parts[YUTU_SECTION_STRINGS] = (part){starts, (uint64_t)n + 1};
}

static void write_entities(writer *w) {
  yutu_lists *l = w->lists;
  yutu_image_entity *out = YUTU_NEW_ARRAY(l->arena, yutu_image_entity, l->entities.n);
  yutu_number_list numbers = {0};
  for (uint32_t row = 0; row < l->entities.n; row++) {
    const yutu_list_entity *e = &l->entities.at[row];
    yutu_image_entity *o = &out[row];
    o->lat = e->lat;
    o->lon = e->lon;
    o->name = e->name;
    o->id = e->id;
    o->en = e->en;
    o->source = e->source;
    o->lists = numbers.n;
    o->cls = (uint8_t)e->cls;
    o->has_place = e->has_place;
    for (unsigned i = 0; i < YUTU_LIST_COUNT; i++) {
      o->counts[i] = (uint16_t)e->lists[i].n;
      for (uint32_t k = 0; k < e->lists[i].n; k++)
        *YUTU_PUSH(l->arena, &numbers) = e->lists[i].at[k];
    }
  }
  w->parts[YUTU_SECTION_ENTITIES] = (part){out, l->entities.n};
  w->parts[YUTU_SECTION_LISTS] = (part){numbers.at, numbers.n};
}

static int by_text(const void *a, const void *b, void *context) {
  const yutu_intern *strings = context;
  return yutu_slice_cmp(yutu_intern_get(strings, *(const uint32_t *)a), yutu_intern_get(strings, *(const uint32_t *)b));
}

static void write_by_id(writer *w) {
  yutu_lists *l = w->lists;
  uint32_t *rows = YUTU_NEW_ARRAY(l->arena, uint32_t, l->entities.n);
  uint32_t n = 0;
  for (uint32_t row = 0; row < l->entities.n; row++) {
    if (l->entities.at[row].id != YUTU_INTERN_NONE)
      rows[n++] = l->entities.at[row].id;
  }
  if (n)
    qsort_r(rows, n, sizeof *rows, by_text, l->strings);
  for (uint32_t i = 0; i < n; i++)
    rows[i] = yutu_list_row_of_id(l, rows[i]);
  w->parts[YUTU_SECTION_BY_ID] = (part){rows, n};
}

static bool is_symbol(yutu_cell_kind kind) {
  return kind == YUTU_CELL_SYMBOL || kind == YUTU_CELL_DECIMAL;
}

static void write_symbols(writer *w) {
  yutu_lists *l = w->lists;
  w->symbol_of = YUTU_NEW_ARRAY(l->arena, uint32_t, yutu_intern_count(l->strings));
  yutu_number_list symbols = {0};
  for (const yutu_word_table *t = yutu_word_tables; t->file; t++) {
    for (unsigned i = 0; i < YUTU_CELLS_MAX; i++) {
      for (uint32_t row = 0; is_symbol(t->cells[i].kind) && row < l->words[t->table].n; row++) {
        const uint32_t string = (uint32_t)l->words[t->table].at[row].cells[i];
        if (w->symbol_of[string]++ == 0)
          *YUTU_PUSH(l->arena, &symbols) = string;
      }
    }
  }
  if (symbols.n)
    qsort_r(symbols.at, symbols.n, sizeof *symbols.at, by_text, l->strings);
  for (uint32_t i = 0; i < symbols.n; i++)
    w->symbol_of[symbols.at[i]] = i + 1;
  w->parts[YUTU_SECTION_SYMBOLS] = (part){symbols.at, symbols.n};
}

static void write_words(writer *w) {
  yutu_lists *l = w->lists;
  yutu_number_list words = {0};
  YUTU_VEC(int32_t) cells = {0};
  for (const yutu_word_table *t = yutu_word_tables; t->file; t++) {
    yutu_image_table *table = &w->tables[t->table];
    *table = (yutu_image_table){.n_rows = l->words[t->table].n, .first_word = words.n, .first_cell = cells.n};
    while (table->n_columns < YUTU_CELLS_MAX && t->cells[table->n_columns].kind != YUTU_CELL_END)
      table->n_columns++;
    for (uint32_t row = 0; row < table->n_rows; row++) {
      const yutu_list_word *from = &l->words[t->table].at[row];
      *YUTU_PUSH(l->arena, &words) = from->word;
      for (unsigned i = 0; i < table->n_columns; i++)
        *YUTU_PUSH(l->arena, &cells) =
            is_symbol(t->cells[i].kind) ? (int32_t)w->symbol_of[from->cells[i]] - 1 : from->cells[i];
    }
  }
  w->parts[YUTU_SECTION_WORDS] = (part){words.at, words.n};
  w->parts[YUTU_SECTION_CELLS] = (part){cells.at, cells.n};
}

static int by_key(const void *a, const void *b) {
  const yutu_list_posting *x = a, *y = b;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  if (x->posting.table != y->posting.table)
    return x->posting.table < y->posting.table ? -1 : 1;
  if (x->posting.role != y->posting.role)
    return x->posting.role < y->posting.role ? -1 : 1;
  return (x->posting.row > y->posting.row) - (x->posting.row < y->posting.row);
}

static void collect_postings(yutu_lists *l, yutu_trie trie, posting_list *ret) {
  if (trie == YUTU_TRIE_NAMES) {
    for (uint32_t i = 0; i < l->postings.n; i++)
      *YUTU_PUSH(l->arena, ret) = l->postings.at[i];
  }
  for (const yutu_word_table *t = yutu_word_tables; t->file; t++) {
    for (uint32_t row = 0; t->trie == trie && row < l->words[t->table].n; row++)
      *YUTU_PUSH(l->arena, ret) = (yutu_list_posting){l->words[t->table].at[row].word,
                                                      {.row = row, .table = (uint8_t)t->table, .role = YUTU_ROLE_WORD}};
  }
  if (ret->n)
    qsort(ret->at, ret->n, sizeof *ret->at, by_key);
}

static yutu_trie_key decode(yutu_lists *l, uint32_t string) {
  const yutu_slice s = yutu_intern_get(l->strings, string);
  uint32_t *text = YUTU_NEW_ARRAY(l->arena, uint32_t, s.len);
  uint32_t n = 0;
  for (const char *p = s.data; p < s.data + s.len;)
    text[n++] = yutu_utf8_next(&p, s.data + s.len);
  return (yutu_trie_key){text, n};
}

static yutu_status write_trie(writer *w, yutu_trie trie, yutu_error *err) {
  yutu_lists *l = w->lists;
  posting_list all = {0};
  collect_postings(l, trie, &all);
  yutu_posting *postings = YUTU_NEW_ARRAY(l->arena, yutu_posting, all.n);
  uint32_t *firsts = YUTU_NEW_ARRAY(l->arena, uint32_t, (size_t)all.n + 1);
  yutu_trie_key *keys = YUTU_NEW_ARRAY(l->arena, yutu_trie_key, all.n);
  uint32_t n_keys = 0, n = 0;
  for (uint32_t i = 0; i < all.n; i++) {
    const bool new_key = i == 0 || all.at[i].key != all.at[i - 1].key;
    const yutu_posting *p = &all.at[i].posting;
    if (!new_key && p->table == postings[n - 1].table && p->row == postings[n - 1].row)
      continue; // both alias and weak: the stronger stands first
    if (new_key) {
      keys[n_keys] = decode(l, all.at[i].key);
      firsts[n_keys++] = n;
    }
    postings[n++] = *p;
  }
  firsts[n_keys] = n;
  yutu_trie_parts parts;
  YUTU_TRY(yutu_trie_build(l->arena, keys, n_keys, &parts, err));
  w->n_single[trie] = parts.n_single;
  part *out = &w->parts[YUTU_TRIE_SECTION(trie, 0)];
  out[YUTU_TRIE_PART_PAGES] = (part){parts.pages, YUTU_IMAGE_PAGES};
  out[YUTU_TRIE_PART_CODES] = (part){parts.codes, parts.n_codes};
  out[YUTU_TRIE_PART_UNITS] = (part){parts.units, parts.n_units};
  out[YUTU_TRIE_PART_KEYS] = (part){firsts, (uint64_t)n_keys + 1};
  out[YUTU_TRIE_PART_POSTINGS] = (part){postings, n};
  return YUTU_OK;
}

static void pad(yutu_buffer *out, size_t begin) {
  static const char zeros[YUTU_IMAGE_ALIGNMENT];
  const size_t over = (out->len - begin) % YUTU_IMAGE_ALIGNMENT;
  yutu_buffer_append(out, zeros, over ? YUTU_IMAGE_ALIGNMENT - over : 0);
}

static yutu_status assemble(writer *w, yutu_buffer *out, yutu_error *err) {
  const size_t begin = out->len;
  yutu_gazetteer header = {.magic = YUTU_IMAGE_MAGIC,
                           .version = YUTU_IMAGE_VERSION,
                           .byte_order = YUTU_IMAGE_BYTE_ORDER,
                           .n_sections = YUTU_SECTION_COUNT};
  memcpy(header.tables, w->tables, sizeof header.tables);
  memcpy(header.n_single, w->n_single, sizeof header.n_single);
  yutu_buffer_append(out, &header, sizeof header);
  for (unsigned i = 0; i < YUTU_SECTION_COUNT; i++) {
    pad(out, begin);
    header.sections[i] = (yutu_image_section){out->len - begin, w->parts[i].count};
    if (w->parts[i].count)
      yutu_buffer_append(out, w->parts[i].data, w->parts[i].count * yutu_image_item_size(i));
  }
  pad(out, begin);
  YUTU_TRY(yutu_buffer_check(out, err));
  header.size = out->len - begin;
  memcpy(out->data + begin, &header, sizeof header);
  header.checksum =
      yutu_image_checksum(out->data + begin + YUTU_IMAGE_CHECKED_FROM, header.size - YUTU_IMAGE_CHECKED_FROM);
  memcpy(out->data + begin, &header, sizeof header);
  return YUTU_OK;
}

yutu_status yutu_list_write(yutu_lists *l, yutu_buffer *out, yutu_error *err) {
  writer w = {.lists = l};
  write_strings(&w);
  write_entities(&w);
  write_by_id(&w);
  write_symbols(&w);
  write_words(&w);
  for (unsigned trie = 0; trie < YUTU_TRIE_COUNT; trie++)
    YUTU_TRY(write_trie(&w, (yutu_trie)trie, err));
  return assemble(&w, out, err);
}
