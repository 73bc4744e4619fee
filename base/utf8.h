/// @file base/utf8.h  UTF-8, one code point at a time.
#ifndef YUTU_BASE_UTF8_H
#define YUTU_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

enum { YUTU_UTF8_BAD = 0xFFFFFFFFu };

/// Decode the code point at *p < end and step over it. Ill-formed bytes (overlong, surrogate, beyond U+10FFFF,
/// truncated) give YUTU_UTF8_BAD and step one byte.
uint32_t yutu_utf8_next(const char **p, const char *end);

/// Write 1–4 bytes; returns how many. A value that is no code point is written as U+FFFD.
size_t yutu_utf8_encode(uint32_t code_point, char out[4]);

/// Bytes at which the text is first ill-formed, or n when it is well-formed.
size_t yutu_utf8_check(const char *s, size_t n);

/// Number of code points; every ill-formed byte counts as one.
size_t yutu_utf8_length(const char *s, size_t n);

/// Columns on a terminal: 2 for a wide (East Asian) character, 1 for others, 0 for combining marks.
size_t yutu_utf8_columns(const char *s, size_t n);

#endif
