/// @file base/slice.h  Bytes that somebody else owns.
#ifndef YUTU_BASE_SLICE_H
#define YUTU_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Borrowed bytes, not NUL-terminated unless said so. {NULL, 0} is the empty slice.
typedef struct {
  const char *data;
  size_t len;
} yutu_slice;

#define YUTU_SLICE(literal) ((yutu_slice){(literal), sizeof(literal) - 1})

yutu_slice yutu_slice_of(const char *s); ///< of a NUL-terminated string; NULL gives the empty slice
bool yutu_slice_eq(yutu_slice a, yutu_slice b);
int yutu_slice_cmp(yutu_slice a, yutu_slice b); ///< by bytes, that is by code points in UTF-8
bool yutu_slice_starts(yutu_slice s, yutu_slice prefix);
bool yutu_slice_ends(yutu_slice s, yutu_slice suffix);
yutu_slice yutu_slice_trim(yutu_slice s); ///< without ASCII white space at both ends

/// Cut the piece before the first `separator` off `*rest`. False when `*rest` is exhausted (data becomes NULL).
bool yutu_slice_split(yutu_slice *rest, char separator, yutu_slice *ret_piece);

/// Hash for tables in memory (never stored): mixes 8 bytes at a time.
uint64_t yutu_hash(const void *data, size_t n);

#endif
