/// @file queries/serve/stream.h  Bytes on their way from the thread that makes them to the thread that sends them.
///
/// A bounded buffer with one writer and one reader. The writer waits while it is full; the reader never waits: it is
/// told that there is nothing yet and is woken later.
#ifndef YUTU_QUERIES_SERVE_STREAM_H
#define YUTU_QUERIES_SERVE_STREAM_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct yutu_stream yutu_stream;

/// Called with the stream locked: they must not call it.
typedef struct {
  void (*sleep)(void *context); ///< in the reader's thread: it has to wait
  void (*wake)(void *context);  ///< in any thread, once after each sleep
  void *context;
} yutu_stream_reader;

/// @param room  most bytes that wait. @return Owned; NULL when out of memory.
yutu_stream *yutu_stream_new(size_t room, yutu_stream_reader reader);
void yutu_stream_free(yutu_stream *stream); ///< NULL-safe. Nobody may be in it.

// ---- the reader ----

enum { YUTU_STREAM_END = -1, YUTU_STREAM_BROKEN = -2 };

/// Wait until the stream is open: sleep is called, and wake when the writer opens it. Before the writer begins.
void yutu_stream_await(yutu_stream *stream);

/// Take up to n bytes. @return how many; 0: none yet, sleep was called; YUTU_STREAM_END; or YUTU_STREAM_BROKEN, the
/// writer gave up.
ssize_t yutu_stream_read(yutu_stream *stream, void *bytes, size_t n);

/// Is everything written that will be? @param[out] ret_n bytes that are still to be read
bool yutu_stream_ended(yutu_stream *stream, size_t *ret_n);

/// Nothing will be read any more: the writer fails from now on.
void yutu_stream_close(yutu_stream *stream);

/// Ask something of a reader that sleeps, in any thread; it is not woken meanwhile.
/// @return what `question` returned; false when the reader does not sleep
bool yutu_stream_ask_sleeper(yutu_stream *stream, bool (*question)(void *context));

// ---- the writer ----

/// Hand over n bytes, waiting for room. Opens the stream once it is half full: a short answer is whole before anybody
/// sees it, and can still be taken back.
/// @param deadline_ms  by yutu_stream_clock(); 0: none
/// @retval YUTU_ERR_INTERRUPTED  the reader is gone
/// @retval YUTU_ERR_LIMIT        the deadline passed
YUTU_NODISCARD yutu_status yutu_stream_write(yutu_stream *stream, const void *bytes, size_t n, uint64_t deadline_ms,
                                             yutu_error *err);

/// Forget what was written, if the stream is not open yet. @return false: it is, and cannot be taken back
bool yutu_stream_take_back(yutu_stream *stream);

/// Nothing will be written any more; opens the stream. @param whole  false: the answer broke off
void yutu_stream_end(yutu_stream *stream, bool whole);

uint64_t yutu_stream_clock(void); ///< milliseconds, monotonic, never 0

#endif
