/// @file graph/serialise/output.h  Bytes on their way out: buffered, with a sticky failure.
///
/// Writers append without checking and look at the status once per quad: after the first failure nothing more is
/// written, and the failure is kept.
#ifndef YUTU_GRAPH_SERIALISE_OUTPUT_H
#define YUTU_GRAPH_SERIALISE_OUTPUT_H

#include "base/buffer.h"
#include "base/slice.h"

#include <stdio.h>
#include <string.h>

/// Where bytes go. `flush` may be NULL; it is called once at the end.
typedef struct {
  yutu_status (*write)(void *context, const void *bytes, size_t n, yutu_error *err);
  yutu_status (*flush)(void *context, yutu_error *err);
  void *context;
} yutu_byte_sink;

/// To a stream; it is flushed at the end, so that a full disk is noticed, and not closed. Borrowed.
yutu_byte_sink yutu_byte_sink_file(FILE *file);

/// To the end of a buffer. Borrowed.
yutu_byte_sink yutu_byte_sink_buffer(yutu_buffer *buffer);

enum { YUTU_OUTPUT_BYTES = 64 * 1024 };

typedef struct {
  yutu_byte_sink sink;
  yutu_status status; ///< of the first failure
  yutu_error error;   ///< filled when `status` is not YUTU_OK
  size_t n;           ///< bytes waiting in `data`
  char data[YUTU_OUTPUT_BYTES];
} yutu_output;

void yutu_output_init(yutu_output *out, yutu_byte_sink sink);

/// Send what waits in the buffer, and n bytes more.
void yutu_output_send(yutu_output *out, const void *bytes, size_t n);

/// Send everything and flush. Returns the first failure of all.
YUTU_NODISCARD yutu_status yutu_output_finish(yutu_output *out, yutu_error *err);

/// YUTU_OK, or the first failure.
YUTU_NODISCARD yutu_status yutu_output_check(const yutu_output *out, yutu_error *err);

static inline void yutu_put(yutu_output *out, const void *bytes, size_t n) {
  if (n > sizeof out->data - out->n) {
    yutu_output_send(out, bytes, n);
    return;
  }
  if (n) {
    memcpy(out->data + out->n, bytes, n);
    out->n += n;
  }
}

static inline void yutu_put_char(yutu_output *out, char c) {
  yutu_put(out, &c, 1);
}

static inline void yutu_put_slice(yutu_output *out, yutu_slice s) {
  yutu_put(out, s.data, s.len);
}

static inline void yutu_put_text(yutu_output *out, const char *s) {
  yutu_put(out, s, strlen(s));
}

#endif
