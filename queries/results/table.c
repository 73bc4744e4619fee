/// A table for people: columns as wide as their widest cell on a terminal, where a Chinese character takes two places.
/// IRIs are shortened by the usual prefixes, control characters are shown as blanks, long cells are cut.

#include "base/utf8.h"
#include "graph/serialise/writer.h"
#include "queries/results/writers.h"

#include <stdlib.h>

typedef struct {
  const yutu_rows *rows;
  yutu_output *out;
  yutu_arena *arena; ///< the first rows
  const yutu_prefix *prefixes;
  size_t n_prefixes;
  yutu_slice *cells; ///< n_columns per row
  size_t n_rows;
  size_t *widths;
  bool *numbers; ///< the column has nothing but numbers: aligned to the right
} table;

enum { DIGITS_MAX = 40 };

static bool is_number(const yutu_term *term) {
  static const char *const types[] = {"integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger"};
  const yutu_slice space = YUTU_SLICE("http://www.w3.org/2001/XMLSchema#");
  if (term->kind != YUTU_TERM_LITERAL || !yutu_slice_starts(term->datatype, space) || term->value.len > DIGITS_MAX)
    return false;
  const yutu_slice name = {term->datatype.data + space.len, term->datatype.len - space.len};
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
    if (yutu_slice_eq(name, yutu_slice_of(types[i])))
      return true;
  }
  return false;
}

/// The longest prefix that stands for the beginning of an IRI; NULL: none.
static const yutu_prefix *prefix_of(const table *t, yutu_slice iri) {
  const yutu_prefix *best = NULL;
  for (size_t i = 0; i < t->n_prefixes; i++) {
    const yutu_prefix *p = &t->prefixes[i];
    if (iri.len > p->iri.len && yutu_slice_starts(iri, p->iri) && (!best || p->iri.len > best->iri.len))
      best = p;
  }
  return best;
}

static void append_clean(yutu_buffer *b, yutu_slice s) {
  const char *p = s.data, *end = s.data + s.len;
  while (p < end) {
    const uint32_t c = yutu_utf8_next(&p, end);
    yutu_buffer_put_utf8(b, c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 ? ' ' : c);
  }
}

/// Cut what is wider than a column may be; an ellipsis says so.
static void cut(yutu_buffer *b) {
  if (yutu_utf8_columns(b->data, b->len) <= YUTU_RESULTS_TABLE_COLUMN_MAX)
    return;
  const char *p = b->data, *end = b->data + b->len;
  size_t width = 0;
  while (p < end) {
    const char *next = p;
    yutu_utf8_next(&next, end);
    width += yutu_utf8_columns(p, (size_t)(next - p));
    if (width > YUTU_RESULTS_TABLE_COLUMN_MAX - 1)
      break;
    p = next;
  }
  b->len = (size_t)(p - b->data);
  yutu_buffer_puts(b, "…");
}

static void format_cell(const table *t, const yutu_term *term, yutu_buffer *b) {
  const yutu_prefix *prefix;
  yutu_buffer_clear(b);
  switch (term->kind) {
  case YUTU_TERM_NONE:
    return;
  case YUTU_TERM_BLANK:
    yutu_buffer_puts(b, "_:");
    break;
  case YUTU_TERM_IRI:
    if (!(prefix = prefix_of(t, term->value)))
      break;
    yutu_buffer_append(b, prefix->name.data, prefix->name.len);
    yutu_buffer_putc(b, ':');
    append_clean(b, (yutu_slice){term->value.data + prefix->iri.len, term->value.len - prefix->iri.len});
    if (!b->failed)
      cut(b);
    return;
  case YUTU_TERM_LITERAL:
    break;
  }
  append_clean(b, term->value);
  if (b->len && !b->failed)
    cut(b);
}

static void put_blanks(yutu_output *out, size_t n) {
  while (n-- > 0)
    yutu_put_char(out, ' ');
}

static void put_cell(const table *t, size_t column, yutu_slice text) {
  const size_t width = yutu_utf8_columns(text.data, text.len);
  const size_t blanks = t->widths[column] > width ? t->widths[column] - width : 0;
  const bool last = column + 1 == t->rows->n_columns;
  if (column)
    yutu_put_text(t->out, " │ ");
  if (t->numbers[column])
    put_blanks(t->out, blanks);
  yutu_put_slice(t->out, text);
  if (!t->numbers[column] && !last)
    put_blanks(t->out, blanks);
}

static void put_head(const table *t) {
  for (size_t i = 0; i < t->rows->n_columns; i++)
    put_cell(t, i, t->rows->columns[i]);
  yutu_put_char(t->out, '\n');
  for (size_t i = 0; i < t->rows->n_columns; i++) {
    yutu_put_text(t->out, i ? "─┼─" : "");
    for (size_t k = 0; k < t->widths[i]; k++)
      yutu_put_text(t->out, "─");
  }
  yutu_put_char(t->out, '\n');
}

static yutu_status keep_cell(table *t, size_t column, const yutu_term *term, yutu_buffer *b, yutu_error *err) {
  format_cell(t, term, b);
  YUTU_TRY(yutu_buffer_check(b, err));
  const char *copy = yutu_arena_strndup(t->arena, b->data, b->len);
  if (!copy)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  t->cells[t->n_rows * t->rows->n_columns + column] = (yutu_slice){copy, b->len};
  const size_t width = yutu_utf8_columns(copy, b->len);
  if (width > t->widths[column])
    t->widths[column] = width;
  t->numbers[column] = t->numbers[column] && (term->kind == YUTU_TERM_NONE || is_number(term));
  return YUTU_OK;
}

/// Take the first rows. @param[out] ret_more  there may be more
static yutu_status keep_rows(table *t, yutu_buffer *b, bool *ret_more, yutu_error *err) {
  for (; t->n_rows < YUTU_RESULTS_TABLE_ROWS; t->n_rows++) {
    const yutu_term *row;
    YUTU_TRY(t->rows->next(t->rows->context, &row, err));
    if (!row) {
      *ret_more = false;
      return YUTU_OK;
    }
    for (size_t i = 0; i < t->rows->n_columns; i++)
      YUTU_TRY(keep_cell(t, i, &row[i], b, err));
  }
  *ret_more = true;
  return YUTU_OK;
}

static yutu_status put_more(table *t, yutu_buffer *b, yutu_error *err) {
  for (;;) {
    const yutu_term *row;
    YUTU_TRY(t->rows->next(t->rows->context, &row, err));
    if (!row)
      return YUTU_OK;
    for (size_t i = 0; i < t->rows->n_columns; i++) {
      format_cell(t, &row[i], b);
      YUTU_TRY(yutu_buffer_check(b, err));
      put_cell(t, i, (yutu_slice){b->data, b->len});
    }
    yutu_put_char(t->out, '\n');
  }
}

static yutu_status write_table(table *t, yutu_buffer *b, yutu_error *err) {
  const size_t n = t->rows->n_columns;
  t->prefixes = yutu_prefixes_default((yutu_slice){NULL, 0}, t->arena, &t->n_prefixes);
  t->cells = YUTU_NEW_ARRAY(t->arena, yutu_slice, n * YUTU_RESULTS_TABLE_ROWS + 1);
  t->widths = YUTU_NEW_ARRAY(t->arena, size_t, n + 1);
  t->numbers = YUTU_NEW_ARRAY(t->arena, bool, n + 1);
  if (!t->prefixes || !t->cells || !t->widths || !t->numbers)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  for (size_t i = 0; i < n; i++) {
    t->widths[i] = yutu_utf8_columns(t->rows->columns[i].data, t->rows->columns[i].len);
    t->numbers[i] = true;
  }
  bool more = false;
  const yutu_status status = keep_rows(t, b, &more, err);
  for (size_t i = 0; i < n && !t->n_rows; i++)
    t->numbers[i] = false;
  put_head(t); // also when the rows break off: what there is, is shown
  for (size_t row = 0; row < t->n_rows; row++) {
    for (size_t i = 0; i < n; i++)
      put_cell(t, i, t->cells[row * n + i]);
    yutu_put_char(t->out, '\n');
  }
  if (status != YUTU_OK)
    return status;
  return more ? put_more(t, b, err) : YUTU_OK;
}

yutu_status yutu_write_table(const yutu_rows *rows, yutu_output *out, yutu_error *err) {
  if (rows->form == YUTU_QUERY_ASK) {
    yutu_put_text(out, rows->answer ? "true\n" : "false\n");
    return YUTU_OK;
  }
  table t = {.rows = rows, .out = out, .arena = yutu_arena_new(0)};
  yutu_buffer b = YUTU_BUFFER_INIT;
  const yutu_status status = t.arena ? write_table(&t, &b, err) : yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  yutu_buffer_free(&b);
  yutu_arena_free(t.arena);
  return status;
}
