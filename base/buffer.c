#include "base/buffer.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void yutu_buffer_free(yutu_buffer *b) {
  if (b) {
    free(b->data);
    memset(b, 0, sizeof *b);
  }
}

void yutu_buffer_clear(yutu_buffer *b) {
  b->len = 0;
  b->failed = b->over = false;
  if (b->data)
    b->data[0] = '\0';
}

static bool reserve(yutu_buffer *b, size_t more) {
  if (b->failed)
    return false;
  b->over = b->limit && (b->len > b->limit || more > b->limit - b->len);
  if (b->over || more >= SIZE_MAX / 2 - b->len) {
    b->failed = true;
    return false;
  }
  const size_t need = b->len + more + 1;
  if (need <= b->room)
    return true;
  size_t room = b->room ? b->room : 256;
  while (room < need)
    room *= 2;
  char *grown = realloc(b->data, room);
  if (!grown) {
    b->failed = true;
    return false;
  }
  b->data = grown;
  b->room = room;
  return true;
}

void yutu_buffer_append(yutu_buffer *b, const void *data, size_t n) {
  if (!reserve(b, n))
    return;
  if (n)
    memcpy(b->data + b->len, data, n);
  b->len += n;
  b->data[b->len] = '\0';
}

void yutu_buffer_puts(yutu_buffer *b, const char *s) {
  yutu_buffer_append(b, s, strlen(s));
}

void yutu_buffer_putc(yutu_buffer *b, char c) {
  yutu_buffer_append(b, &c, 1);
}

void yutu_buffer_put_utf8(yutu_buffer *b, uint32_t code_point) {
  char bytes[4];
  yutu_buffer_append(b, bytes, yutu_utf8_encode(code_point, bytes));
}

void yutu_buffer_printf(yutu_buffer *b, const char *format, ...) {
  va_list args;
  va_start(args, format);
  const int n = vsnprintf(NULL, 0, format, args);
  va_end(args);
  if (n < 0 || !reserve(b, (size_t)n)) {
    b->failed = true;
    return;
  }
  va_start(args, format);
  vsnprintf(b->data + b->len, (size_t)n + 1, format, args);
  va_end(args);
  b->len += (size_t)n;
}

yutu_status yutu_buffer_check(const yutu_buffer *b, yutu_error *err) {
  if (!b->failed)
    return YUTU_OK;
  if (b->over)
    return yutu_fail(err, YUTU_ERR_LIMIT, "text of more than %zu bytes; split the input", b->limit);
  return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
}
