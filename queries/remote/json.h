/// @file queries/remote/json.h  JSON read piece by piece, from the outside in: the caller says what it expects next.
///
/// Source: RFC 8259. Strings are well-formed UTF-8 when they come out; half a surrogate pair becomes U+FFFD.
#ifndef YUTU_QUERIES_REMOTE_JSON_H
#define YUTU_QUERIES_REMOTE_JSON_H

#include "base/buffer.h"
#include "base/slice.h"
#include "base/status.h"

#include <stdbool.h>

/// Where the text comes from: the next bytes, none at the end. Borrowed until the next call.
typedef struct {
  yutu_status (*read)(void *context, yutu_slice *ret, yutu_error *err);
  void *context;
} yutu_json_source;

/// Zero-initialise, then set `source`; free with yutu_json_free().
typedef struct {
  yutu_json_source source;
  yutu_slice piece;   ///< what of the last bytes is still to be read
  uint64_t offset;    ///< bytes read, for messages
  yutu_buffer string; ///< the last string
} yutu_json;

void yutu_json_free(yutu_json *json);

/// The first byte of what comes next, not taken; '\0' at the end of the text.
YUTU_NODISCARD yutu_status yutu_json_peek(yutu_json *json, char *ret, yutu_error *err);

/// Take this punctuation. @retval YUTU_ERR_INPUT  something else comes
YUTU_NODISCARD yutu_status yutu_json_take(yutu_json *json, char c, yutu_error *err);

/// In an object or array whose bracket was taken: is there one more member or item? Takes the comma, or the bracket
/// `close` at the end. @param first  true before the first one; set to false
YUTU_NODISCARD yutu_status yutu_json_more(yutu_json *json, char close, bool *first, bool *ret, yutu_error *err);

/// A string. @param[out] ret  Borrowed until the next string.
YUTU_NODISCARD yutu_status yutu_json_text(yutu_json *json, yutu_slice *ret, yutu_error *err);

/// A member's name and the colon.
YUTU_NODISCARD yutu_status yutu_json_key(yutu_json *json, yutu_slice *ret, yutu_error *err);

YUTU_NODISCARD yutu_status yutu_json_boolean(yutu_json *json, bool *ret, yutu_error *err);

/// Pass over a value of any kind.
YUTU_NODISCARD yutu_status yutu_json_skip(yutu_json *json, yutu_error *err);

#endif
