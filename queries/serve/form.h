/// @file queries/serve/form.h  Names and values of application/x-www-form-urlencoded text.
#ifndef YUTU_QUERIES_SERVE_FORM_H
#define YUTU_QUERIES_SERVE_FORM_H

#include "base/arena.h"
#include "base/slice.h"
#include "base/status.h"

typedef struct {
  yutu_slice name, value; ///< decoded, well-formed UTF-8; value.data is NULL when there was no "="
} yutu_form_field;

typedef struct {
  yutu_arena *arena; ///< without a trap
  YUTU_VEC(yutu_form_field) fields;
} yutu_form;

/// Add the fields of a text, in its order.
/// @param text  borrowed for the call
/// @retval YUTU_ERR_INPUT  a wrong %-escape, or not UTF-8
/// @retval YUTU_ERR_LIMIT  more than YUTU_SERVE_FIELDS_MAX fields
YUTU_NODISCARD yutu_status yutu_form_read(yutu_form *form, yutu_slice text, yutu_error *err);

/// How many fields have this name; the first one's value.
size_t yutu_form_find(const yutu_form *form, const char *name, yutu_slice *ret_value);

#endif
