#include "queries/results/writers.h"

/// <tag>text</tag>, and false when XML cannot hold the text.
static bool put_element(yutu_output *out, const char *tag, yutu_slice text) {
  yutu_put_char(out, '<');
  yutu_put_text(out, tag);
  yutu_put_char(out, '>');
  const bool ok = yutu_put_xml(out, text);
  yutu_put_text(out, "</");
  yutu_put_text(out, tag);
  yutu_put_char(out, '>');
  return ok;
}

static bool put_literal(yutu_output *out, const yutu_term *term) {
  bool ok = true;
  yutu_put_text(out, "<literal");
  if (term->language.len) {
    yutu_put_text(out, " xml:lang=\"");
    yutu_put_language(out, term->language);
    yutu_put_char(out, '"');
  } else if (!yutu_is_plain_datatype(term->datatype)) {
    yutu_put_text(out, " datatype=\"");
    ok = yutu_put_xml(out, term->datatype);
    yutu_put_char(out, '"');
  }
  yutu_put_char(out, '>');
  ok = yutu_put_xml(out, term->value) && ok;
  yutu_put_text(out, "</literal>");
  return ok;
}

static bool put_binding(yutu_output *out, yutu_slice name, const yutu_term *term) {
  yutu_put_text(out, "<binding name=\"");
  bool ok = yutu_put_xml(out, name);
  yutu_put_text(out, "\">");
  if (term->kind == YUTU_TERM_IRI)
    ok = put_element(out, "uri", term->value) && ok;
  else if (term->kind == YUTU_TERM_BLANK)
    ok = put_element(out, "bnode", term->value) && ok;
  else
    ok = put_literal(out, term) && ok;
  yutu_put_text(out, "</binding>");
  return ok;
}

static yutu_status put_rows(const yutu_rows *rows, yutu_output *out, yutu_error *err) {
  for (;;) {
    const yutu_term *row;
    YUTU_TRY(rows->next(rows->context, &row, err));
    if (!row)
      return YUTU_OK;
    yutu_put_text(out, "<result>");
    for (size_t i = 0; i < rows->n_columns; i++) {
      if (row[i].kind != YUTU_TERM_NONE && !put_binding(out, rows->columns[i], &row[i]))
        return yutu_fail(err, YUTU_ERR_UNSUPPORTED,
                         "a value of ?%.*s has a control character, which XML cannot hold; use the format json",
                         (int)rows->columns[i].len, rows->columns[i].data);
    }
    yutu_put_text(out, "</result>\n");
  }
}

yutu_status yutu_write_xml(const yutu_rows *rows, yutu_output *out, yutu_error *err) {
  yutu_put_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\">\n<head>");
  for (size_t i = 0; i < rows->n_columns; i++) {
    yutu_put_text(out, "<variable name=\"");
    if (!yutu_put_xml(out, rows->columns[i]))
      return yutu_fail(err, YUTU_ERR_UNSUPPORTED, "a variable's name has a character that XML cannot hold");
    yutu_put_text(out, "\"/>");
  }
  yutu_put_text(out, "</head>\n");
  if (rows->form == YUTU_QUERY_ASK) {
    yutu_put_text(out, rows->answer ? "<boolean>true</boolean>\n" : "<boolean>false</boolean>\n");
  } else {
    yutu_put_text(out, "<results>\n");
    YUTU_TRY(put_rows(rows, out, err));
    yutu_put_text(out, "</results>\n");
  }
  yutu_put_text(out, "</sparql>\n");
  return YUTU_OK;
}
