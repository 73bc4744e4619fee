#include "queries/remote/json.h"

#include "base/utf8.h"
#include "queries/remote/remote.h"

#include <string.h>

void yutu_json_free(yutu_json *json) {
  yutu_buffer_free(&json->string);
}

static yutu_status wrong(const yutu_json *json, const char *what, yutu_error *err) {
  return yutu_fail(err, YUTU_ERR_INPUT, "the answer is not the JSON of SPARQL results: %s at byte %llu", what,
                   (unsigned long long)json->offset);
}

// Make sure that there is a byte. @param[out] ret_end  there is none any more
static yutu_status fill(yutu_json *json, bool *ret_end, yutu_error *err) {
  if (!json->piece.len)
    YUTU_TRY(json->source.read(json->source.context, &json->piece, err));
  *ret_end = json->piece.len == 0;
  return YUTU_OK;
}

static void step(yutu_json *json) {
  json->piece.data++;
  json->piece.len--;
  json->offset++;
}

yutu_status yutu_json_peek(yutu_json *json, char *ret, yutu_error *err) {
  for (;;) {
    bool end = false;
    YUTU_TRY(fill(json, &end, err));
    if (end) {
      *ret = '\0';
      return YUTU_OK;
    }
    const char c = *json->piece.data;
    if (c == '\0')
      return wrong(json, "a zero byte", err);
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
      *ret = c;
      return YUTU_OK;
    }
    step(json);
  }
}

yutu_status yutu_json_take(yutu_json *json, char c, yutu_error *err) {
  char next = 0;
  YUTU_TRY(yutu_json_peek(json, &next, err));
  if (next != c) {
    const char what[] = {'n', 'o', ' ', '"', c, '"', '\0'};
    return wrong(json, what, err);
  }
  step(json);
  return YUTU_OK;
}

yutu_status yutu_json_more(yutu_json *json, char close, bool *first, bool *ret, yutu_error *err) {
  char next = 0;
  YUTU_TRY(yutu_json_peek(json, &next, err));
  if (next == close) {
    step(json);
    *ret = false;
    return YUTU_OK;
  }
  if (!*first)
    YUTU_TRY(yutu_json_take(json, ',', err));
  *first = false;
  *ret = true;
  return YUTU_OK;
}

// ---- strings ----

static yutu_status next_byte(yutu_json *json, char *ret, yutu_error *err) {
  bool end = false;
  YUTU_TRY(fill(json, &end, err));
  if (end)
    return wrong(json, "the end within a string", err);
  *ret = *json->piece.data;
  step(json);
  return YUTU_OK;
}

static yutu_status read_hex(yutu_json *json, uint32_t *ret, yutu_error *err) {
  uint32_t value = 0;
  for (int i = 0; i < 4; i++) {
    char c = 0;
    YUTU_TRY(next_byte(json, &c, err));
    const char lower = (char)(c | 0x20);
    if (c >= '0' && c <= '9')
      value = value << 4 | (uint32_t)(c - '0');
    else if (lower >= 'a' && lower <= 'f')
      value = value << 4 | (uint32_t)(lower - 'a' + 10);
    else
      return wrong(json, "a wrong \\u escape", err);
  }
  *ret = value;
  return YUTU_OK;
}

// What follows "\u". A first half of a pair must be followed by the second one.
static yutu_status read_unicode(yutu_json *json, yutu_error *err) {
  uint32_t unit = 0;
  YUTU_TRY(read_hex(json, &unit, err));
  while (unit >= 0xD800 && unit < 0xDC00) {
    char c = 0;
    bool end = false;
    YUTU_TRY(fill(json, &end, err));
    if (end || *json->piece.data != '\\') {
      unit = 0xFFFD;
      break;
    }
    step(json);
    YUTU_TRY(next_byte(json, &c, err));
    if (c != 'u')
      return wrong(json, "half a character", err);
    uint32_t low = 0;
    YUTU_TRY(read_hex(json, &low, err));
    if (low >= 0xDC00 && low < 0xE000) {
      yutu_buffer_put_utf8(&json->string, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
      return YUTU_OK;
    }
    yutu_buffer_put_utf8(&json->string, 0xFFFD);
    unit = low;
  }
  yutu_buffer_put_utf8(&json->string, unit >= 0xDC00 && unit < 0xE000 ? 0xFFFD : unit);
  return YUTU_OK;
}

static yutu_status read_escape(yutu_json *json, yutu_error *err) {
  static const char from[] = "\"\\/bfnrt";
  static const char to[] = "\"\\/\b\f\n\r\t";
  char c = 0;
  YUTU_TRY(next_byte(json, &c, err));
  if (c == 'u')
    return read_unicode(json, err);
  const char *at = c ? strchr(from, c) : NULL;
  if (!at)
    return wrong(json, "a wrong escape", err);
  yutu_buffer_putc(&json->string, to[at - from]);
  return YUTU_OK;
}

// The plain bytes at the beginning of the piece.
static void take_plain(yutu_json *json) {
  size_t n = 0;
  while (n < json->piece.len && json->piece.data[n] != '"' && json->piece.data[n] != '\\' &&
         (unsigned char)json->piece.data[n] >= 0x20)
    n++;
  yutu_buffer_append(&json->string, json->piece.data, n);
  json->piece.data += n;
  json->piece.len -= n;
  json->offset += n;
}

yutu_status yutu_json_text(yutu_json *json, yutu_slice *ret, yutu_error *err) {
  json->string.limit = YUTU_REMOTE_VALUE_MAX;
  yutu_buffer_clear(&json->string);
  YUTU_TRY(yutu_json_take(json, '"', err));
  for (;;) {
    char c = 0;
    take_plain(json);
    YUTU_TRY(yutu_buffer_check(&json->string, err));
    if (!json->piece.len) {
      bool end = false;
      YUTU_TRY(fill(json, &end, err));
      if (end)
        return wrong(json, "the end within a string", err);
      continue;
    }
    YUTU_TRY(next_byte(json, &c, err));
    if (c == '"')
      break;
    if (c != '\\')
      return wrong(json, "a control character in a string", err);
    YUTU_TRY(read_escape(json, err));
  }
  *ret = (yutu_slice){json->string.data ? json->string.data : "", json->string.len};
  return yutu_utf8_check(ret->data, ret->len) == ret->len ? YUTU_OK : wrong(json, "a string that is not UTF-8", err);
}

yutu_status yutu_json_key(yutu_json *json, yutu_slice *ret, yutu_error *err) {
  YUTU_TRY(yutu_json_text(json, ret, err));
  return yutu_json_take(json, ':', err);
}

// ---- other values ----

// true, false, null, or a number: the letters and digits that follow each other.
static yutu_status read_word(yutu_json *json, char ret[32], yutu_error *err) {
  size_t n = 0;
  char c = 0;
  YUTU_TRY(yutu_json_peek(json, &c, err));
  for (;;) {
    bool end = false;
    YUTU_TRY(fill(json, &end, err));
    c = end ? ',' : *json->piece.data;
    if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != 'E' && c != '+' && c != '-' && c != '.')
      break;
    if (n == 31)
      return wrong(json, "a number that is too long", err);
    ret[n++] = c;
    step(json);
  }
  ret[n] = '\0';
  return n ? YUTU_OK : wrong(json, "no value", err);
}

yutu_status yutu_json_boolean(yutu_json *json, bool *ret, yutu_error *err) {
  char word[32];
  YUTU_TRY(read_word(json, word, err));
  *ret = strcmp(word, "true") == 0;
  return *ret || strcmp(word, "false") == 0 ? YUTU_OK : wrong(json, "neither true nor false", err);
}

static yutu_status skip_value(yutu_json *json, unsigned depth, yutu_error *err) {
  char c = 0;
  YUTU_TRY(yutu_json_peek(json, &c, err));
  yutu_slice text;
  char word[32];
  if (c == '"')
    return yutu_json_text(json, &text, err);
  if (c != '{' && c != '[')
    return read_word(json, word, err);
  if (depth == YUTU_REMOTE_DEPTH_MAX)
    return wrong(json, "too many brackets within brackets", err);
  YUTU_TRY(yutu_json_take(json, c, err));
  bool first = true;
  for (;;) {
    bool more = false;
    YUTU_TRY(yutu_json_more(json, c == '{' ? '}' : ']', &first, &more, err));
    if (!more)
      return YUTU_OK;
    if (c == '{')
      YUTU_TRY(yutu_json_key(json, &text, err));
    YUTU_TRY(skip_value(json, depth + 1, err));
  }
}

yutu_status yutu_json_skip(yutu_json *json, yutu_error *err) {
  return skip_value(json, 0, err);
}
