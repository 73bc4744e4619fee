/// @file ontology/gazetteer.h  What is known beforehand: entities with their names, and word lists.
///
/// Source: ontology/gazetteer/*.tsv (entities) and ontology/words/*.tsv (words), compiled into one image
/// (ontology/compile_lists.h). The image is position-independent, has magic, version, size and checksum, and is never
/// written to, so one may serve many threads. The built-in image is part of the program; a user's own lists are
/// compiled at start. Text is matched as code points.
#ifndef YUTU_ONTOLOGY_GAZETTEER_H
#define YUTU_ONTOLOGY_GAZETTEER_H

#include "base/buffer.h"
#include "base/slice.h"
#include "base/status.h"
#include "ontology/vocabulary.h"

typedef struct yutu_gazetteer yutu_gazetteer;

/// The image that was compiled into the program. Static: never freed. Cheap: a header check, no copying.
const yutu_gazetteer *yutu_gazetteer_builtin(void);

/// Open a compiled image. Any bytes are safe: all checking happens here.
/// @param image     Borrowed; 8-byte aligned; must outlive the gazetteer.
/// @param[out] ret  Owned; free with yutu_gazetteer_free().
/// @retval YUTU_ERR_FORMAT  damaged, or of another version
YUTU_NODISCARD yutu_status yutu_gazetteer_open(const void *image, size_t n_bytes, yutu_gazetteer **ret,
                                               yutu_error *err);
void yutu_gazetteer_free(yutu_gazetteer *g); ///< NULL-safe.

/// Compile entity and word lists (by file name: words/NAME.tsv tables are known by NAME) into an image.
/// @param paths     Files or folders (folders: all *.tsv within, sorted). Entity lists unless the file's first column
///                  is named `word`, `trad` or `stem`.
/// @param[out] ret  The image is appended; owned by the caller.
/// @retval YUTU_ERR_INPUT  a wrong line; `err` names file and line
YUTU_NODISCARD yutu_status yutu_gazetteer_compile(const char *const *paths, size_t n_paths, yutu_buffer *ret,
                                                  yutu_error *err);

/// The same on top of an image: the new image holds all rows of `base` and those of the lists, which may refer to each
/// other. A row with the IRI of a row of `base` replaces it, and so does a word.
/// @param base  Borrowed, during the call only. NULL: as yutu_gazetteer_compile().
YUTU_NODISCARD yutu_status yutu_gazetteer_extend(const yutu_gazetteer *base, const char *const *paths, size_t n_paths,
                                                 yutu_buffer *ret, yutu_error *err);

/// Tables. Entities are one table; every file in words/ is one, known by its name.
typedef enum {
  YUTU_TABLE_ENTITY, ///< gazetteer/*.tsv
  YUTU_TABLE_COMPOUND, ///< lists with `# class: Compound`: 沪苏浙皖; rows are entity rows without a class, with members
  YUTU_TABLE_COMMON,   ///< cells: cost, pos (symbol)
  YUTU_TABLE_SURNAME,  ///< cells: weight (thousandths)
  YUTU_TABLE_TRANSLIT, ///< no cells
  YUTU_TABLE_GIVEN,    ///< cells: first, second, single
  YUTU_TABLE_TITLE,    ///< cells: side (symbol), kind (symbol)
  YUTU_TABLE_SUFFIX,   ///< cells: class (yutu_class), strength
  YUTU_TABLE_MEASURE,  ///< cells: kind (symbol), base (symbol), factor (thousandths; 0: it does not fit exactly),
                       ///< factor (symbol whose text is a decimal number, 0.000000000001 to 8e21)
  YUTU_TABLE_GENERIC,  ///< cells: kind (symbol)
  YUTU_TABLE_STEM,     ///< gazetteer/agency_stems.tsv; cells: full (symbol), levels (symbol)
  YUTU_TABLE_CUE,      ///< cells: kind (symbol); a word has one row for each of its kinds
  YUTU_TABLE_HANT,     ///< cells: simplified form (symbol), kind (symbol); in the trie YUTU_TRIE_HANT
  YUTU_TABLE_COUNT
} yutu_table;

typedef enum {
  YUTU_ROLE_WORD,   ///< of a word table
  YUTU_ROLE_NAME,   ///< an entity's canonical name
  YUTU_ROLE_ALIAS,  ///< identifies the entity by itself
  YUTU_ROLE_WEAK,   ///< counts only when something else in the text confirms it
  YUTU_ROLE_LETTER, ///< one character, only in compounds: 沪
} yutu_role;

/// One meaning of a key.
typedef struct {
  uint32_t row;  ///< 0-based, in its table
  uint8_t table; ///< yutu_table
  uint8_t role;  ///< yutu_role
  uint16_t unused;
} yutu_posting;

/// A key that stands at the beginning of a text.
typedef struct {
  uint32_t length;              ///< code points
  uint32_t n_postings;          ///< at least 1
  const yutu_posting *postings; ///< static; sorted by table, role, row
} yutu_key;

typedef enum { YUTU_TRIE_NAMES, YUTU_TRIE_HANT } yutu_trie;

/// All keys that are prefixes of text[0, n), shortest first, at most `max`. Returns how many.
uint32_t yutu_gazetteer_prefixes(const yutu_gazetteer *g, yutu_trie trie, const uint32_t *text, uint32_t n,
                                 yutu_key *ret, uint32_t max);

/// The key that is exactly this UTF-8 text. @return false when there is none.
bool yutu_gazetteer_find(const yutu_gazetteer *g, yutu_slice utf8, yutu_key *ret);

enum { YUTU_CELLS_MAX = 4 };

/// Cell of a word row: a number, a yutu_class, or a symbol's number, by column (see yutu_table). 0 when the table has
/// fewer columns.
int32_t yutu_gazetteer_cell(const yutu_gazetteer *g, yutu_table table, uint32_t row, unsigned column);
yutu_slice yutu_gazetteer_word(const yutu_gazetteer *g, yutu_table table, uint32_t row); ///< the word itself
uint32_t yutu_gazetteer_words(const yutu_gazetteer *g, yutu_table table);                ///< number of rows

/// Symbols are the distinct texts of symbol cells. -1 when the image has no such symbol.
int32_t yutu_gazetteer_symbol(const yutu_gazetteer *g, const char *text);
yutu_slice yutu_gazetteer_symbol_text(const yutu_gazetteer *g, int32_t symbol);

/// An entity row. Slices and arrays are static (in the image). Rows refer to each other by number.
typedef struct {
  yutu_class cls; ///< YUTU_CLASS_NONE for a compound
  yutu_slice name;
  yutu_slice id;           ///< "region/440300", "zone/合肥国家高新技术产业开发区"
  yutu_slice en;           ///< English name or empty
  yutu_slice source;       ///< file it comes from
  const uint32_t *aliases; ///< string numbers: yutu_gazetteer_string(); also weak ones
  const uint32_t *letters; ///< string numbers
  const uint32_t *within;  ///< rows
  const uint32_t *part_of; ///< rows
  const uint32_t *parents; ///< rows
  const uint32_t *members; ///< rows
  const uint32_t *focus;   ///< rows
  uint32_t n_aliases, n_letters, n_within, n_part_of, n_parents, n_members, n_focus;
  bool has_place;
  double lat, lon;
} yutu_gazetteer_entity;

uint32_t yutu_gazetteer_entities(const yutu_gazetteer *g); ///< number of entity rows, compounds included
void yutu_gazetteer_get(const yutu_gazetteer *g, uint32_t row, yutu_gazetteer_entity *ret);
yutu_class yutu_gazetteer_class(const yutu_gazetteer *g, uint32_t row);
yutu_slice yutu_gazetteer_string(const yutu_gazetteer *g, uint32_t number);

/// The row with this IRI local part, or YUTU_ROW_NONE.
enum { YUTU_ROW_NONE = UINT32_MAX };
uint32_t yutu_gazetteer_by_id(const yutu_gazetteer *g, yutu_slice id);

#endif
