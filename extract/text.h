/// @file extract/text.h  A file as normalised text that remembers where it came from.
///
/// Normalised text is an array of code points in simplified script with Chinese punctuation in its full-width form.
/// Every code point carries the index of its source code point, so a span can be quoted as printed.
/// All arrays live in the document's arena.
#ifndef YUTU_EXTRACT_TEXT_H
#define YUTU_EXTRACT_TEXT_H

#include "base/arena.h"
#include "base/slice.h"
#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct yutu_lexicon yutu_lexicon;

/// The file decoded, nothing else: one item per code point, line ends as they are.
typedef struct {
  const uint32_t *cp;
  uint32_t n;
} yutu_source;

/// Normalised text. `source[i]` is the index in yutu_source of the code point that cp[i] stands for, ascending.
typedef struct {
  uint32_t *cp;
  uint32_t *source;
  uint32_t n;
  uint32_t room;
} yutu_text;

typedef enum {
  YUTU_BLOCK_PARAGRAPH,
  YUTU_BLOCK_HEADING, ///< title, headline or section head: no sentence end
  YUTU_BLOCK_BYLINE,  ///< 本报记者 X, photo credits: not content
} yutu_block_kind;

/// A run of text between layout breaks, in yutu_text.
typedef struct {
  uint32_t begin, end;
  yutu_block_kind kind;
  uint8_t level; ///< heading: 1 the title, larger is deeper
  bool starts_article;
} yutu_block;

typedef struct {
  yutu_text text;
  yutu_block *blocks;
  uint32_t n_blocks;
  bool traditional; ///< the source was in traditional script
} yutu_page;

/// Decode bytes: UTF-8 with or without a byte order mark, UTF-16 with one.
/// @retval YUTU_ERR_INPUT  neither; `err` names the line
YUTU_NODISCARD yutu_status yutu_decode(yutu_arena *arena, const char *name, const void *bytes, size_t n_bytes,
                                       yutu_source *ret, yutu_error *err);

/// Fold width and punctuation, drop invisible characters and pinyin glosses, convert traditional script. Keeps line
/// ends ('\n') and blanks for the layout step.
void yutu_normalise(yutu_arena *arena, const yutu_lexicon *lexicon, const yutu_source *source, yutu_text *ret,
                    bool *ret_traditional);

/// Undo the layout: join hard-wrapped lines, drop blanks inside Chinese, find headings, bylines and where a new
/// article starts on a page of several.
void yutu_lay_out(yutu_arena *arena, const yutu_text *lines, yutu_page *ret);

enum { YUTU_NO_BLOCK = UINT32_MAX };

// ---- characters ----

bool yutu_is_han(uint32_t c);               ///< CJK ideograph
bool yutu_is_latin(uint32_t c);             ///< letter of the Latin, Greek or Cyrillic script
bool yutu_is_digit(uint32_t c);             ///< 0–9
bool yutu_is_terminal(uint32_t c);          ///< ends a sentence: 。！？
bool yutu_is_opening(uint32_t c);           ///< opening bracket or quote
bool yutu_is_closing(uint32_t c);           ///< closing bracket or quote
uint32_t yutu_closing_of(uint32_t opening); ///< its partner, or 0

// ---- spans ----

/// UTF-8 of cp[begin, end), in the arena.
yutu_slice yutu_text_utf8(yutu_arena *arena, const uint32_t *cp, uint32_t n);

/// Does the text at cp start with this UTF-8 literal? Returns its length in code points, 0 if not.
uint32_t yutu_text_starts(const uint32_t *cp, uint32_t n, const char *literal);

#endif
