#include "queries/serve/form.h"

#include "base/utf8.h"
#include "queries/serve/serve.h"

static int hex_digit(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// Undo %XX and "+".
static yutu_status decode(yutu_arena *arena, yutu_slice text, yutu_slice *ret, yutu_error *err) {
  char *to = yutu_arena_alloc(arena, text.len + 1);
  if (!to)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  size_t n = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (text.data[i] != '%') {
      to[n++] = text.data[i] == '+' ? ' ' : text.data[i];
      continue;
    }
    const int high = i + 2 < text.len ? hex_digit(text.data[i + 1]) : -1;
    const int low = i + 2 < text.len ? hex_digit(text.data[i + 2]) : -1;
    if (high < 0 || low < 0)
      return yutu_fail(err, YUTU_ERR_INPUT, "a parameter has a %% that two hexadecimal digits do not follow");
    to[n++] = (char)(high << 4 | low);
    i += 2;
  }
  if (yutu_utf8_check(to, n) != n)
    return yutu_fail(err, YUTU_ERR_INPUT, "a parameter is not UTF-8");
  *ret = (yutu_slice){to, n};
  return YUTU_OK;
}

static yutu_status read_field(yutu_form *form, yutu_slice piece, yutu_error *err) {
  if (form->fields.n == YUTU_SERVE_FIELDS_MAX)
    return yutu_fail(err, YUTU_ERR_LIMIT, "more than %d parameters", YUTU_SERVE_FIELDS_MAX);
  yutu_form_field field = {{NULL, 0}, {NULL, 0}};
  yutu_slice value = piece;
  yutu_slice name;
  if (!yutu_slice_split(&value, '=', &name))
    return YUTU_OK;
  YUTU_TRY(decode(form->arena, name, &field.name, err));
  if (value.data)
    YUTU_TRY(decode(form->arena, value, &field.value, err));
  yutu_form_field *room = YUTU_PUSH(form->arena, &form->fields);
  if (!room)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  *room = field;
  return YUTU_OK;
}

yutu_status yutu_form_read(yutu_form *form, yutu_slice text, yutu_error *err) {
  yutu_slice piece;
  while (yutu_slice_split(&text, '&', &piece))
    if (piece.len)
      YUTU_TRY(read_field(form, piece, err));
  return YUTU_OK;
}

size_t yutu_form_find(const yutu_form *form, const char *name, yutu_slice *ret_value) {
  size_t n = 0;
  for (uint32_t i = 0; i < form->fields.n; i++)
    if (yutu_slice_eq(form->fields.at[i].name, yutu_slice_of(name)) && n++ == 0)
      *ret_value = form->fields.at[i].value;
  return n;
}
