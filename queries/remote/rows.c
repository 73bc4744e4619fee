// Rows out of SPARQL JSON, while it arrives.
#include "queries/remote/answer.h"

#include "ontology/vocabulary.h"

#include <string.h>

static yutu_status out_of_memory(yutu_error *err) {
  return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
}

static yutu_status unknown(const char *what, yutu_slice name, yutu_error *err) {
  return yutu_fail(err, YUTU_ERR_INPUT, "the answer is not the JSON of SPARQL results: %s '%.*s'", what,
                   name.len < 100 ? (int)name.len : 100, name.data);
}

// ---- the head ----

static yutu_status read_columns(yutu_remote_answer *a, yutu_error *err) {
  YUTU_VEC(yutu_slice) columns = {0};
  bool first = true;
  bool more = false;
  YUTU_TRY(yutu_json_take(&a->json, '[', err));
  for (;;) {
    YUTU_TRY(yutu_json_more(&a->json, ']', &first, &more, err));
    if (!more)
      break;
    if (columns.n == YUTU_REMOTE_COLUMNS_MAX)
      return yutu_fail(err, YUTU_ERR_LIMIT, "the answer has more than %d columns", YUTU_REMOTE_COLUMNS_MAX);
    yutu_slice *column = YUTU_PUSH(a->arena, &columns);
    if (!column)
      return out_of_memory(err);
    YUTU_TRY(yutu_json_text(&a->json, column, err));
    if (!yutu_remote_keep(a->arena, column))
      return out_of_memory(err);
  }
  a->rows.columns = columns.at;
  a->rows.n_columns = columns.n;
  a->row = YUTU_NEW_ARRAY(a->arena, yutu_term, columns.n + 1);
  return a->row ? YUTU_OK : out_of_memory(err);
}

static yutu_status read_head(yutu_remote_answer *a, yutu_error *err) {
  bool first = true;
  bool more = false;
  yutu_slice key;
  YUTU_TRY(yutu_json_take(&a->json, '{', err));
  for (;;) {
    YUTU_TRY(yutu_json_more(&a->json, '}', &first, &more, err));
    if (!more)
      return YUTU_OK;
    YUTU_TRY(yutu_json_key(&a->json, &key, err));
    if (yutu_slice_eq(key, YUTU_SLICE("vars")))
      YUTU_TRY(read_columns(a, err));
    else
      YUTU_TRY(yutu_json_skip(&a->json, err));
  }
}

// ---- a row ----

typedef struct {
  yutu_slice type, value, datatype, language;
} raw_term;

static yutu_status read_member(yutu_remote_answer *a, raw_term *t, yutu_error *err) {
  yutu_slice key;
  YUTU_TRY(yutu_json_key(&a->json, &key, err));
  yutu_slice *place = yutu_slice_eq(key, YUTU_SLICE("type"))       ? &t->type
                      : yutu_slice_eq(key, YUTU_SLICE("value"))    ? &t->value
                      : yutu_slice_eq(key, YUTU_SLICE("datatype")) ? &t->datatype
                      : yutu_slice_eq(key, YUTU_SLICE("xml:lang")) ? &t->language
                                                                   : NULL;
  if (!place)
    return yutu_json_skip(&a->json, err);
  char c;
  YUTU_TRY(yutu_json_peek(&a->json, &c, err));
  if (c != '"')
    return unknown("no text for", YUTU_SLICE("type, value, datatype or xml:lang"), err);
  YUTU_TRY(yutu_json_text(&a->json, place, err));
  return yutu_remote_keep(a->rows_arena, place) ? YUTU_OK : out_of_memory(err);
}

// As graph/term.h has terms: tags in lower case, no datatype for strings.
static yutu_status make_term(raw_term *t, yutu_term *ret, yutu_error *err) {
  if (!t->value.data)
    return unknown("a term without", YUTU_SLICE("value"), err);
  if (yutu_slice_eq(t->type, YUTU_SLICE("uri"))) {
    *ret = yutu_iri(t->value);
  } else if (yutu_slice_eq(t->type, YUTU_SLICE("bnode"))) {
    *ret = (yutu_term){.kind = YUTU_TERM_BLANK, .value = t->value};
  } else if (yutu_slice_eq(t->type, YUTU_SLICE("literal")) || yutu_slice_eq(t->type, YUTU_SLICE("typed-literal"))) {
    char *tag = (char *)t->language.data; // our own copy
    for (size_t i = 0; i < t->language.len; i++)
      tag[i] = (char)(tag[i] >= 'A' && tag[i] <= 'Z' ? tag[i] | 0x20 : tag[i]);
    const bool plain = t->language.len || yutu_slice_eq(t->datatype, YUTU_SLICE(YUTU_NS_XSD "string"));
    *ret = (yutu_term){YUTU_TERM_LITERAL, t->value, plain ? (yutu_slice){NULL, 0} : t->datatype, t->language};
  } else {
    return unknown("a term of an unknown type", t->type, err);
  }
  return YUTU_OK;
}

static yutu_status read_term(yutu_remote_answer *a, yutu_term *ret, yutu_error *err) {
  raw_term t = {{NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}};
  bool first = true;
  bool more = false;
  YUTU_TRY(yutu_json_take(&a->json, '{', err));
  for (;;) {
    YUTU_TRY(yutu_json_more(&a->json, '}', &first, &more, err));
    if (!more)
      return make_term(&t, ret, err);
    YUTU_TRY(read_member(a, &t, err));
  }
}

static yutu_status read_row(yutu_remote_answer *a, yutu_error *err) {
  bool first = true;
  bool more = false;
  size_t column = 0; // members mostly come in the order of the columns
  yutu_arena_reset(a->rows_arena);
  memset(a->row, 0, a->rows.n_columns * sizeof *a->row);
  YUTU_TRY(yutu_json_take(&a->json, '{', err));
  for (;;) {
    YUTU_TRY(yutu_json_more(&a->json, '}', &first, &more, err));
    if (!more)
      return YUTU_OK;
    yutu_slice name;
    YUTU_TRY(yutu_json_key(&a->json, &name, err));
    size_t tried = 0;
    while (tried < a->rows.n_columns && !yutu_slice_eq(a->rows.columns[column], name)) {
      column = (column + 1) % a->rows.n_columns;
      tried++;
    }
    if (tried == a->rows.n_columns)
      return unknown("a value for the unknown column", name, err);
    YUTU_TRY(read_term(a, &a->row[column], err));
  }
}

// What follows the last row, to the end: an answer that breaks off must not look whole.
static yutu_status read_rest(yutu_remote_answer *a, bool in_results, yutu_error *err) {
  for (int level = in_results ? 2 : 1; level > 0; level--) {
    bool first = false;
    bool more = true;
    yutu_slice key;
    for (;;) {
      YUTU_TRY(yutu_json_more(&a->json, '}', &first, &more, err));
      if (!more)
        break;
      YUTU_TRY(yutu_json_key(&a->json, &key, err));
      YUTU_TRY(yutu_json_skip(&a->json, err));
    }
  }
  char end;
  YUTU_TRY(yutu_json_peek(&a->json, &end, err));
  return end ? unknown("text behind its end", YUTU_SLICE(""), err) : YUTU_OK;
}

static yutu_status next_row(void *context, const yutu_term **ret_row, yutu_error *err) {
  yutu_remote_answer *a = context;
  *ret_row = NULL;
  if (a->ended || a->truncated)
    return YUTU_OK;
  bool more = false;
  YUTU_TRY(yutu_json_more(&a->json, ']', &a->first_row, &more, err));
  if (!more) {
    a->ended = true;
    return read_rest(a, true, err);
  }
  if (a->row_limit && a->n_rows == a->row_limit) {
    a->truncated = true;
    return YUTU_OK;
  }
  YUTU_TRY(read_row(a, err));
  a->n_rows++;
  *ret_row = a->row;
  return YUTU_OK;
}

// ---- the whole ----

// Inside "results": up to the bracket of "bindings".
static yutu_status enter_results(yutu_remote_answer *a, yutu_error *err) {
  if (!a->row)
    return yutu_fail(err, YUTU_ERR_UNSUPPORTED, "the answer gives its rows before its columns");
  bool first = true;
  bool more = false;
  yutu_slice key;
  YUTU_TRY(yutu_json_take(&a->json, '{', err));
  for (;;) {
    YUTU_TRY(yutu_json_more(&a->json, '}', &first, &more, err));
    if (!more)
      return unknown("no", YUTU_SLICE("bindings"), err);
    YUTU_TRY(yutu_json_key(&a->json, &key, err));
    if (yutu_slice_eq(key, YUTU_SLICE("bindings")))
      break;
    YUTU_TRY(yutu_json_skip(&a->json, err));
  }
  a->rows.form = YUTU_QUERY_SELECT;
  a->rows.next = next_row;
  a->rows.context = a;
  a->first_row = true;
  return yutu_json_take(&a->json, '[', err);
}

static yutu_status read_piece(void *context, yutu_slice *ret, yutu_error *err) {
  return yutu_transfer_read(context, ret, err);
}

yutu_status yutu_remote_open_rows(yutu_remote_answer *a, yutu_error *err) {
  bool first = true;
  bool more = false;
  yutu_slice key;
  a->json.source = (yutu_json_source){read_piece, a->transfer};
  YUTU_TRY(yutu_json_take(&a->json, '{', err));
  for (;;) {
    YUTU_TRY(yutu_json_more(&a->json, '}', &first, &more, err));
    if (!more)
      return unknown("neither", YUTU_SLICE("results nor boolean"), err);
    YUTU_TRY(yutu_json_key(&a->json, &key, err));
    if (yutu_slice_eq(key, YUTU_SLICE("results")))
      return enter_results(a, err);
    if (yutu_slice_eq(key, YUTU_SLICE("boolean"))) {
      a->rows.form = YUTU_QUERY_ASK;
      YUTU_TRY(yutu_json_boolean(&a->json, &a->rows.answer, err));
      return read_rest(a, false, err);
    }
    if (yutu_slice_eq(key, YUTU_SLICE("head")))
      YUTU_TRY(read_head(a, err));
    else
      YUTU_TRY(yutu_json_skip(&a->json, err));
  }
}
