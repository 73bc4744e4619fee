// Word lists to rows, and their checks.
#include "ontology/compile_lists.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const yutu_word_table yutu_word_tables[] = {
    {"common",
     "word",
     YUTU_TABLE_COMMON,
     YUTU_TRIE_NAMES,
     false,
     {{NULL, YUTU_CELL_COST}, {"pos", YUTU_CELL_SYMBOL}, {"freq", YUTU_CELL_FREQUENCY}}},
    {"surnames", "word", YUTU_TABLE_SURNAME, YUTU_TRIE_NAMES, false, {{"weight", YUTU_CELL_THOUSANDTH}}},
    {"translit", "word", YUTU_TABLE_TRANSLIT, YUTU_TRIE_NAMES, false, {{NULL, YUTU_CELL_END}}},
    {"given",
     "word",
     YUTU_TABLE_GIVEN,
     YUTU_TRIE_NAMES,
     false,
     {{"first", YUTU_CELL_INTEGER}, {"second", YUTU_CELL_INTEGER}, {"single", YUTU_CELL_INTEGER}}},
    {"titles",
     "word",
     YUTU_TABLE_TITLE,
     YUTU_TRIE_NAMES,
     false,
     {{"side", YUTU_CELL_SYMBOL}, {"kind", YUTU_CELL_SYMBOL}}},
    {"suffixes",
     "word",
     YUTU_TABLE_SUFFIX,
     YUTU_TRIE_NAMES,
     true,
     {{"class", YUTU_CELL_CLASS}, {"strength", YUTU_CELL_INTEGER}}},
    {"measures",
     "word",
     YUTU_TABLE_MEASURE,
     YUTU_TRIE_NAMES,
     true,
     {{"kind", YUTU_CELL_SYMBOL},
      {"base", YUTU_CELL_SYMBOL},
      {"factor", YUTU_CELL_ROUGH},
      {"factor", YUTU_CELL_DECIMAL}}},
    {"generic", "word", YUTU_TABLE_GENERIC, YUTU_TRIE_NAMES, true, {{"kind", YUTU_CELL_SYMBOL}}},
    {"agency_stems",
     "stem",
     YUTU_TABLE_STEM,
     YUTU_TRIE_NAMES,
     true,
     {{"full", YUTU_CELL_SYMBOL}, {"levels", YUTU_CELL_SYMBOL}}},
    {"cues", "word", YUTU_TABLE_CUE, YUTU_TRIE_NAMES, true, {{"kind", YUTU_CELL_SYMBOL}}},
    {"hant", "trad", YUTU_TABLE_HANT, YUTU_TRIE_HANT, false, {{"simp", YUTU_CELL_SYMBOL}, {"kind", YUTU_CELL_SYMBOL}}},
    {NULL, NULL, YUTU_TABLE_COUNT, YUTU_TRIE_NAMES, false, {{NULL, YUTU_CELL_END}}},
};

const yutu_word_table *yutu_word_table_of(yutu_table table) {
  for (const yutu_word_table *t = yutu_word_tables; t->file; t++) {
    if (t->table == table)
      return t;
  }
  return NULL;
}

static const yutu_word_table *table_of_file(yutu_lists *l, uint32_t file) {
  const char *name = yutu_list_file_name(l->files.at[file]);
  yutu_buffer known = YUTU_BUFFER_INIT;
  for (const yutu_word_table *t = yutu_word_tables; t->file; t++) {
    const size_t n = strlen(t->file);
    if (strncmp(name, t->file, n) == 0 && strcmp(name + n, ".tsv") == 0) {
      yutu_buffer_free(&known);
      return t;
    }
    yutu_buffer_printf(&known, " %s", t->file);
  }
  yutu_list_fault(l, (yutu_list_origin){file, 0}, "no word list is called so; there are:%s",
                  known.data && !known.failed ? known.data : "");
  yutu_buffer_free(&known);
  return NULL;
}

static bool is_decimal(yutu_slice s) {
  yutu_slice whole;
  const size_t n = s.len;
  const bool has_whole = n && yutu_slice_split(&s, '.', &whole) && whole.len;
  for (size_t i = 0; has_whole && i < n; i++) {
    if (i != whole.len && (whole.data[i] < '0' || whole.data[i] > '9'))
      return false;
  }
  return has_whole && whole.len + 1 != n;
}

static bool fits_cell(int64_t value) {
  return value >= INT32_MIN && value <= INT32_MAX;
}

/// One cell as number. False after a fault.
static bool read_cell(yutu_lists *l, yutu_list_origin origin, const char *column, yutu_cell_kind kind, yutu_slice text,
                      int32_t *ret) {
  int64_t value = 0;
  switch (kind) {
  case YUTU_CELL_SYMBOL:
    *ret = (int32_t)yutu_intern_add(l->strings, text); // may be the empty text
    return true;
  case YUTU_CELL_DECIMAL:
    if (is_decimal(text)) {
      *ret = (int32_t)yutu_intern_add(l->strings, text);
      return true;
    }
    yutu_list_fault(l, origin, "%s: “%.*s” is not a decimal number", column, (int)text.len, text.data);
    return false;
  case YUTU_CELL_CLASS:
    *ret = (int32_t)yutu_class_find(text);
    if (*ret != YUTU_CLASS_NONE)
      return true;
    yutu_list_fault(l, origin, "%s: “%.*s” is no class of yutu.ttl", column, (int)text.len, text.data);
    return false;
  case YUTU_CELL_INTEGER:
  case YUTU_CELL_THOUSANDTH:
  case YUTU_CELL_FREQUENCY:
    if (yutu_list_decimal(text, kind == YUTU_CELL_THOUSANDTH ? 3 : 0, &value) && fits_cell(value) &&
        (kind != YUTU_CELL_FREQUENCY || value >= 1)) {
      *ret = (int32_t)value;
      return true;
    }
    yutu_list_fault(l, origin, "%s: “%.*s” is not %s", column, (int)text.len, text.data,
                    kind == YUTU_CELL_THOUSANDTH  ? "a number with at most three digits after the point (below 2147483)"
                    : kind == YUTU_CELL_FREQUENCY ? "a count of 1 or more"
                                                  : "a whole number");
    return false;
  case YUTU_CELL_ROUGH:
    *ret = yutu_list_decimal(text, 3, &value) && fits_cell(value) ? (int32_t)value : 0;
    return true;
  case YUTU_CELL_COST:
  case YUTU_CELL_END:
    break;
  }
  *ret = 0;
  return true;
}

/// Where the table's columns stand in the file. False after a fault.
static bool find_columns(yutu_lists *l, uint32_t file, const yutu_tsv *t, const yutu_word_table *table,
                         int ret_at[YUTU_CELLS_MAX]) {
  const yutu_list_origin origin = {file, t->line};
  unsigned n = 1;
  if (!yutu_slice_eq(t->columns[0], yutu_slice_of(table->key))) {
    yutu_list_fault(l, origin, "the first column of %s.tsv is “%s”", table->file, table->key);
    return false;
  }
  for (unsigned i = 0; i < YUTU_CELLS_MAX; i++) {
    ret_at[i] = -1;
    if (!table->cells[i].column)
      continue;
    ret_at[i] = yutu_tsv_column(t, table->cells[i].column);
    n += i == 0 || ret_at[i] != ret_at[i - 1];
    if (ret_at[i] < 0) {
      yutu_list_fault(l, origin, "column “%s” is missing", table->cells[i].column);
      return false;
    }
  }
  if (n != t->n_columns) {
    yutu_list_fault(l, origin, "%u columns, %s.tsv has %u", t->n_columns, table->file, n);
    return false;
  }
  return true;
}

static void read_word(yutu_lists *l, const yutu_word_table *table, yutu_list_origin origin, const int *at,
                      const yutu_slice *cells) {
  yutu_list_word w = {.origin = origin, .word = yutu_list_name(l, origin, cells[0])};
  bool good = w.word != YUTU_INTERN_NONE;
  for (unsigned i = 0; i < YUTU_CELLS_MAX; i++) {
    if (at[i] >= 0)
      good &= read_cell(l, origin, table->cells[i].column, table->cells[i].kind, cells[at[i]], &w.cells[i]);
  }
  if (good)
    *YUTU_PUSH(l->arena, &l->words[table->table]) = w;
}

void yutu_list_read_words(yutu_lists *l, uint32_t file, yutu_tsv *t) {
  const yutu_word_table *table = table_of_file(l, file);
  int at[YUTU_CELLS_MAX];
  if (!table || !find_columns(l, file, t, table, at))
    return;
  yutu_slice cells[YUTU_TSV_COLUMNS_MAX];
  for (bool more = true; more;) {
    yutu_error fault = {0};
    if (yutu_tsv_next(t, cells, &more, &fault) != YUTU_OK)
      yutu_list_fault_error(l, &fault);
    else if (more && l->words[table->table].n == YUTU_LIST_ROWS_MAX)
      yutu_list_fault(l, (yutu_list_origin){file, t->line}, "more than %d rows", YUTU_LIST_ROWS_MAX);
    else if (more)
      read_word(l, table, (yutu_list_origin){file, t->line}, at, cells);
  }
}

/// A row of a word list, to be sorted by word; at first those of files, in the order of reading.
typedef struct {
  uint32_t word, row;
  bool from_base;
} word_row;

static int by_word(const void *a, const void *b) {
  const word_row *x = a, *y = b;
  if (x->word != y->word)
    return x->word < y->word ? -1 : 1;
  if (x->from_base != y->from_base)
    return x->from_base ? 1 : -1;
  return (x->row > y->row) - (x->row < y->row);
}

static void check_repeat(yutu_lists *l, const yutu_word_table *table, const yutu_list_word *first,
                         const yutu_list_word *second) {
  const char *word = yutu_intern_get(l->strings, first->word).data;
  const char *file = l->files.at[first->origin.file];
  if (!table->repeats)
    yutu_list_fault(l, second->origin, "“%s” is there already (%s:%u): keep one row", word, file, first->origin.line);
  else if (memcmp(first->cells, second->cells, sizeof first->cells) == 0)
    yutu_list_fault(l, second->origin, "the same row is there already (%s:%u)", file, first->origin.line);
}

/// A word that a file writes replaces all rows that the base image has of it.
static void drop_rewritten(yutu_lists *l, const yutu_word_table *table) {
  yutu_word_list *words = &l->words[table->table];
  if (words->n == 0)
    return;
  word_row *order = YUTU_NEW_ARRAY(l->arena, word_row, words->n);
  bool *drop = YUTU_NEW_ARRAY(l->arena, bool, words->n);
  for (uint32_t i = 0; i < words->n; i++)
    order[i] = (word_row){words->at[i].word, i, words->at[i].origin.line == 0};
  qsort(order, words->n, sizeof *order, by_word);
  for (uint32_t i = 0, first = 0; i < words->n; i++) {
    if (order[i].word != order[first].word)
      first = i;
    drop[order[i].row] = order[i].from_base && !order[first].from_base;
    for (uint32_t k = first; k < i && !order[i].from_base; k++)
      check_repeat(l, table, &words->at[order[k].row], &words->at[order[i].row]);
  }
  uint32_t kept = 0;
  for (uint32_t i = 0; i < words->n; i++) {
    if (!drop[i])
      words->at[kept++] = words->at[i];
  }
  words->n = kept;
}

/// Costs from the frequencies of all rows.
static void compute_costs(yutu_word_list *words, unsigned cost, unsigned frequency) {
  double total = 0;
  for (uint32_t i = 0; i < words->n; i++)
    total += words->at[i].cells[frequency];
  for (uint32_t i = 0; i < words->n; i++)
    words->at[i].cells[cost] = (int32_t)lround(-100 * log(words->at[i].cells[frequency] / total));
}

void yutu_list_resolve_words(yutu_lists *l) {
  for (const yutu_word_table *t = yutu_word_tables; t->file; t++) {
    drop_rewritten(l, t);
    for (unsigned i = 0; i < YUTU_CELLS_MAX; i++) {
      if (t->cells[i].kind != YUTU_CELL_COST)
        continue;
      for (unsigned k = 0; k < YUTU_CELLS_MAX; k++) {
        if (t->cells[k].kind == YUTU_CELL_FREQUENCY)
          compute_costs(&l->words[t->table], i, k);
      }
    }
  }
}
