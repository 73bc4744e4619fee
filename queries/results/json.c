#include "queries/results/writers.h"

static void put_member(yutu_output *out, const char *name, yutu_slice value) {
  yutu_put_text(out, name);
  yutu_put_json(out, value);
}

static void put_value(yutu_output *out, const yutu_term *term) {
  switch (term->kind) {
  case YUTU_TERM_IRI:
    put_member(out, "{\"type\":\"uri\",\"value\":", term->value);
    break;
  case YUTU_TERM_BLANK:
    put_member(out, "{\"type\":\"bnode\",\"value\":", term->value);
    break;
  default:
    put_member(out, "{\"type\":\"literal\",\"value\":", term->value);
    if (term->language.len)
      put_member(out, ",\"xml:lang\":", term->language);
    else if (!yutu_is_plain_datatype(term->datatype))
      put_member(out, ",\"datatype\":", term->datatype);
  }
  yutu_put_char(out, '}');
}

static void put_row(yutu_output *out, const yutu_rows *rows, const yutu_term *row) {
  const char *separator = "{";
  for (size_t i = 0; i < rows->n_columns; i++) {
    if (row[i].kind == YUTU_TERM_NONE)
      continue;
    yutu_put_text(out, separator);
    yutu_put_json(out, rows->columns[i]);
    yutu_put_char(out, ':');
    put_value(out, &row[i]);
    separator = ",";
  }
  yutu_put_text(out, *separator == '{' ? "{}" : "}");
}

yutu_status yutu_write_json(const yutu_rows *rows, yutu_output *out, yutu_error *err) {
  if (rows->form == YUTU_QUERY_ASK) {
    yutu_put_text(out, rows->answer ? "{\"head\":{},\"boolean\":true}\n" : "{\"head\":{},\"boolean\":false}\n");
    return YUTU_OK;
  }
  yutu_put_text(out, "{\"head\":{\"vars\":[");
  for (size_t i = 0; i < rows->n_columns; i++) {
    yutu_put_text(out, i ? "," : "");
    yutu_put_json(out, rows->columns[i]);
  }
  yutu_put_text(out, "]},\"results\":{\"bindings\":[");
  for (const char *separator = "\n";; separator = ",\n") {
    const yutu_term *row;
    YUTU_TRY(rows->next(rows->context, &row, err));
    if (!row)
      break;
    yutu_put_text(out, separator);
    put_row(out, rows, row);
  }
  yutu_put_text(out, "\n]}}\n");
  return YUTU_OK;
}
