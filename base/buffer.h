/// @file base/buffer.h  A growable byte buffer with a bound and a sticky failure.
///
/// Append without checking, look at `failed` once at the end: after the first failure nothing more is appended.
#ifndef YUTU_BASE_BUFFER_H
#define YUTU_BASE_BUFFER_H

#include "base/status.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  char *data;   ///< NUL-terminated once anything was appended; NULL before
  size_t len;   ///< bytes, without the NUL
  size_t room;  ///< bytes allocated
  size_t limit; ///< most bytes allowed; 0: no limit
  bool failed;  ///< out of memory or over the limit
  bool over;    ///< it failed by the limit
} yutu_buffer;

#define YUTU_BUFFER_INIT                                                                                               \
  { 0 }

void yutu_buffer_free(yutu_buffer *b);  ///< Releases the bytes and zeroes `b`. NULL-safe.
void yutu_buffer_clear(yutu_buffer *b); ///< Length 0, room kept, failure forgotten.

void yutu_buffer_append(yutu_buffer *b, const void *data, size_t n);
void yutu_buffer_puts(yutu_buffer *b, const char *s);
void yutu_buffer_putc(yutu_buffer *b, char c);
void yutu_buffer_put_utf8(yutu_buffer *b, uint32_t code_point);
void yutu_buffer_printf(yutu_buffer *b, const char *format, ...) YUTU_PRINTF(2, 3);

/// YUTU_OK, or the failure as a status with a message.
YUTU_NODISCARD yutu_status yutu_buffer_check(const yutu_buffer *b, yutu_error *err);

#endif
