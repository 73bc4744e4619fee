/// @file graph/load_chars.h  Character classes and escapes that N-Triples, N-Quads, Turtle and TriG share.
#ifndef YUTU_GRAPH_LOAD_CHARS_H
#define YUTU_GRAPH_LOAD_CHARS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Grammar production PN_CHARS_BASE: letters.
bool yutu_is_name_letter(uint32_t code_point);

/// Grammar production PN_CHARS: letters, digits, "_", "-" and combining marks.
bool yutu_is_name_char(uint32_t code_point);

/// May a blank node's label begin with it: a letter, a digit or "_"?
static inline bool yutu_is_label_start(uint32_t code_point) {
  return yutu_is_name_letter(code_point) || code_point == '_' || (code_point >= '0' && code_point <= '9');
}

/// May the character stand in an IRI, however it is written?
bool yutu_is_iri_char(uint32_t code_point);

/// Decode \uXXXX or \UXXXXXXXX. @param p the backslash. @return bytes read, 0 when it is none or no Unicode character
size_t yutu_numeric_escape(const char *p, const char *end, uint32_t *ret);

/// The character of \t \b \n \r \f \" \' \\ by its letter, or 0.
char yutu_letter_escape(char letter);

#endif
