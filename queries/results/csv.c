#include "queries/results/writers.h"

static void put_boolean(yutu_output *out, bool answer) {
  yutu_put_text(out, answer ? "true\n" : "false\n");
}

static void put_quoted(yutu_output *out, yutu_slice s) {
  bool quote = false;
  for (size_t i = 0; i < s.len && !quote; i++)
    quote = strchr("\",\r\n", s.data[i]) && s.data[i];
  if (!quote) {
    yutu_put_slice(out, s);
    return;
  }
  yutu_put_char(out, '"');
  for (size_t i = 0; i < s.len; i++) {
    if (s.data[i] == '"')
      yutu_put_char(out, '"');
    yutu_put_char(out, s.data[i]);
  }
  yutu_put_char(out, '"');
}

/// Plain values: what kind of term it is gets lost, as the format has it.
yutu_status yutu_write_csv(const yutu_rows *rows, yutu_output *out, yutu_error *err) {
  if (rows->form == YUTU_QUERY_ASK) {
    put_boolean(out, rows->answer);
    return YUTU_OK;
  }
  for (size_t i = 0; i < rows->n_columns; i++) {
    yutu_put_text(out, i ? "," : "");
    put_quoted(out, rows->columns[i]);
  }
  yutu_put_text(out, "\r\n");
  for (;;) {
    const yutu_term *row;
    YUTU_TRY(rows->next(rows->context, &row, err));
    if (!row)
      return YUTU_OK;
    for (size_t i = 0; i < rows->n_columns; i++) {
      yutu_put_text(out, i ? "," : "");
      if (row[i].kind == YUTU_TERM_BLANK)
        yutu_put_blank(out, row[i].value);
      else
        put_quoted(out, row[i].value);
    }
    yutu_put_text(out, "\r\n");
  }
}

yutu_status yutu_write_tsv(const yutu_rows *rows, yutu_output *out, yutu_error *err) {
  if (rows->form == YUTU_QUERY_ASK) {
    put_boolean(out, rows->answer);
    return YUTU_OK;
  }
  for (size_t i = 0; i < rows->n_columns; i++) {
    yutu_put_text(out, i ? "\t?" : "?");
    yutu_put_slice(out, rows->columns[i]);
  }
  yutu_put_char(out, '\n');
  for (;;) {
    const yutu_term *row;
    YUTU_TRY(rows->next(rows->context, &row, err));
    if (!row)
      return YUTU_OK;
    for (size_t i = 0; i < rows->n_columns; i++) {
      yutu_put_text(out, i ? "\t" : "");
      if (row[i].kind != YUTU_TERM_NONE)
        yutu_put_term(out, &row[i]);
    }
    yutu_put_char(out, '\n');
  }
}
