/// @file ontology/compile_lists.h  From lists to the image: what the steps of the compiler share.
///
/// The way of a row: read (lists_read.c, lists_words.c, lists_image.c) → names checked against each other, references
/// resolved (lists_resolve.c) → image (lists_write.c). Faults are reported and counted, and the next row is read, so
/// that one run shows them all. Everything lives in one arena with a trap; strings are known by their number in one
/// intern table.
#ifndef YUTU_ONTOLOGY_COMPILE_LISTS_H
#define YUTU_ONTOLOGY_COMPILE_LISTS_H

#include "base/arena.h"
#include "base/intern.h"
#include "ontology/image.h"
#include "ontology/tsv.h"

enum {
  YUTU_LIST_FILE_BYTES_MAX = 256 * 1024 * 1024,
  YUTU_LIST_FILES_MAX = 4096,
  YUTU_LIST_NAME_CHARS_MAX = 120, ///< code points of a name or word
  YUTU_LIST_ROWS_MAX = 16 * 1024 * 1024,
  YUTU_LIST_MEMORY_MAX = 2000 * 1000 * 1000, ///< of one compilation
  YUTU_LIST_DEPTH_MAX = 16,                  ///< of within, part_of and parent chains; more is a circle
};

/// Called for each fault, in the order of reading.
typedef void (*yutu_list_fault_sink)(void *context, const yutu_error *fault);

/// A list of string or row numbers.
typedef YUTU_VEC(uint32_t) yutu_number_list;

typedef struct {
  uint32_t file; ///< index into files; meaningful when line is not 0
  unsigned line; ///< 0: the row comes from the base image
} yutu_list_origin;

typedef struct {
  yutu_list_origin origin;
  yutu_class cls; ///< YUTU_CLASS_NONE: a compound
  uint32_t name, id, en, source;
  yutu_number_list lists[YUTU_LIST_COUNT];   ///< names; and rows, once they are resolved
  yutu_number_list written[YUTU_LIST_COUNT]; ///< references as written in the file: string numbers
  bool has_place;
  double lat, lon;
} yutu_list_entity;

/// How a cell of a word table is written and kept.
typedef enum {
  YUTU_CELL_END,        ///< no further column
  YUTU_CELL_INTEGER,    ///< as it is
  YUTU_CELL_THOUSANDTH, ///< a decimal, times 1000
  YUTU_CELL_ROUGH,      ///< a decimal, times 1000; 0 when that does not fit
  YUTU_CELL_SYMBOL,     ///< a text; its string number until the image is written
  YUTU_CELL_DECIMAL,    ///< a symbol whose text is a decimal number of any size
  YUTU_CELL_CLASS,      ///< a class of the ontology
  YUTU_CELL_COST,       ///< made of the frequency in the last cell: -100 ln(share)
  YUTU_CELL_FREQUENCY,  ///< a count, at least 1
} yutu_cell_kind;

typedef struct {
  const char *file; ///< NAME of NAME.tsv
  const char *key;  ///< column of the word
  yutu_table table;
  yutu_trie trie;
  bool repeats; ///< one word may stand in several rows that differ
  struct {
    const char *column; ///< NULL: has no column in the file; two cells may come from one column
    yutu_cell_kind kind;
  } cells[YUTU_CELLS_MAX];
} yutu_word_table;

/// All word tables; the last has no file. Static.
extern const yutu_word_table yutu_word_tables[];

/// The description of a table, or NULL. Static.
const yutu_word_table *yutu_word_table_of(yutu_table table);

typedef struct {
  yutu_list_origin origin;
  uint32_t word;
  int32_t cells[YUTU_CELLS_MAX];
} yutu_list_word;

typedef YUTU_VEC(yutu_list_word) yutu_word_list;

/// A key as string number, with one of its meanings.
typedef struct {
  uint32_t key;
  yutu_posting posting;
} yutu_list_posting;

typedef struct {
  yutu_arena *arena;
  yutu_intern *strings;
  yutu_buffer text;             ///< of the file at hand; outside the arena, freed by yutu_lists_compile()
  yutu_buffer paths;            ///< all files, each with a NUL; likewise
  YUTU_VEC(const char *) files; ///< into `paths`
  YUTU_VEC(yutu_list_entity) entities;
  yutu_word_list words[YUTU_TABLE_COUNT];
  YUTU_VEC(yutu_list_posting) postings; ///< of names of entities, sorted by key, role, row
  uint32_t *rows_by_id;                 ///< row + 1 of each string as an id; grown as needed
  uint32_t n_rows_by_id;
  yutu_list_fault_sink sink;
  void *sink_context;
  unsigned n_faults;
  bool keep_going;
} yutu_lists;

/// Report a fault. `origin.line` 0: of the whole file.
void yutu_list_fault(yutu_lists *l, yutu_list_origin origin, const char *format, ...) YUTU_PRINTF(3, 4);

/// Pass on a fault that was described by somebody else.
void yutu_list_fault_error(yutu_lists *l, const yutu_error *fault);

/// Row of an id by string number, or YUTU_ROW_NONE.
uint32_t yutu_list_row_of_id(const yutu_lists *l, uint32_t id);
void yutu_list_set_row_of_id(yutu_lists *l, uint32_t id, uint32_t row);

/// Add `text` as a name or word. YUTU_INTERN_NONE, with a fault, when it is empty, too long or has blanks at its ends.
uint32_t yutu_list_name(yutu_lists *l, yutu_list_origin origin, yutu_slice text);

/// A decimal number "-12.5" as an integer times 10^digits. False when it is none or does not fit.
bool yutu_list_decimal(yutu_slice text, unsigned digits, int64_t *ret);

/// The last part of a path. Borrowed.
const char *yutu_list_file_name(const char *path);

/// Read one file: entities or words.
void yutu_list_read(yutu_lists *l, uint32_t file);

/// Behind yutu_list_read(): a word table's file that is open already.
void yutu_list_read_words(yutu_lists *l, uint32_t file, yutu_tsv *tsv);

/// Take over all rows of an image, as if they had been read.
void yutu_list_read_image(yutu_lists *l, const yutu_gazetteer *base);

/// Check names against each other and turn references into rows.
void yutu_list_resolve(yutu_lists *l);

/// Drop rows of the base image that a file writes anew, look for repeats, compute costs.
void yutu_list_resolve_words(yutu_lists *l);

/// The image, appended.
YUTU_NODISCARD yutu_status yutu_list_write(yutu_lists *l, yutu_buffer *out, yutu_error *err);

/// As yutu_gazetteer_extend(), but every fault goes to the sink; `err` is filled with the first one.
/// @param keep_going  After faults, make an image of what is right all the same, and return YUTU_OK.
YUTU_NODISCARD yutu_status yutu_lists_compile(const yutu_gazetteer *base, const char *const *paths, size_t n_paths,
                                              bool keep_going, yutu_list_fault_sink sink, void *sink_context,
                                              yutu_buffer *ret, yutu_error *err);

#endif
