#include "ontology/tsv.h"

#include "base/utf8.h"

#include <string.h>

static bool next_line(yutu_tsv *t, yutu_slice *ret) {
  if (t->rest.len == 0 || !yutu_slice_split(&t->rest, '\n', ret))
    return false;
  t->line++;
  if (ret->len && ret->data[ret->len - 1] == '\r')
    ret->len--;
  return true;
}

static void note_meta(yutu_tsv *t, yutu_slice line) {
  yutu_slice key, value = {line.data + 1, line.len - 1};
  if (t->n_meta == YUTU_TSV_META_MAX || !yutu_slice_split(&value, ':', &key) || !value.data)
    return;
  t->meta_keys[t->n_meta] = yutu_slice_trim(key);
  t->meta_values[t->n_meta++] = yutu_slice_trim(value);
}

static yutu_status read_header(yutu_tsv *t, yutu_slice line, yutu_error *err) {
  yutu_slice name;
  while (yutu_slice_split(&line, '\t', &name)) {
    if (t->n_columns == YUTU_TSV_COLUMNS_MAX)
      return yutu_fail_at(err, YUTU_ERR_INPUT, t->path, t->line, "more than %d columns", YUTU_TSV_COLUMNS_MAX);
    if (name.len == 0)
      return yutu_fail_at(err, YUTU_ERR_INPUT, t->path, t->line, "column %u has no name", t->n_columns + 1);
    for (unsigned i = 0; i < t->n_columns; i++) {
      if (yutu_slice_eq(t->columns[i], name))
        return yutu_fail_at(err, YUTU_ERR_INPUT, t->path, t->line, "column “%.*s” is there twice", (int)name.len,
                            name.data);
    }
    t->columns[t->n_columns++] = name;
  }
  return YUTU_OK;
}

static yutu_status check_utf8(const char *path, yutu_slice text, yutu_error *err) {
  const size_t good = yutu_utf8_check(text.data, text.len);
  const char *zero = text.len ? memchr(text.data, '\0', text.len) : NULL;
  const size_t end = zero && (size_t)(zero - text.data) < good ? (size_t)(zero - text.data) : good;
  if (end == text.len)
    return YUTU_OK;
  unsigned line = 1;
  for (size_t i = 0; i < end; i++)
    line += text.data[i] == '\n';
  const yutu_status st = yutu_fail_at(err, YUTU_ERR_INPUT, path, line, "is not UTF-8 text here: convert the file");
  if (err)
    err->offset = end;
  return st;
}

yutu_status yutu_tsv_open(const char *path, yutu_slice text, yutu_tsv *ret, yutu_error *err) {
  if (yutu_slice_starts(text, YUTU_SLICE("\xEF\xBB\xBF")))
    text = (yutu_slice){text.data + 3, text.len - 3};
  YUTU_TRY(check_utf8(path, text, err));
  yutu_tsv t = {.path = path, .rest = text};
  for (yutu_slice line; next_line(&t, &line);) {
    if (line.len && line.data[0] == '#') {
      note_meta(&t, line);
    } else if (line.len) {
      YUTU_TRY(read_header(&t, line, err));
      *ret = t;
      return YUTU_OK;
    }
  }
  return yutu_fail_at(err, YUTU_ERR_INPUT, path, 0, "has no header row: the first row must name the columns");
}

yutu_status yutu_tsv_next(yutu_tsv *t, yutu_slice cells[YUTU_TSV_COLUMNS_MAX], bool *ret_more, yutu_error *err) {
  yutu_slice line;
  do {
    if (!next_line(t, &line)) {
      *ret_more = false;
      return YUTU_OK;
    }
  } while (line.len == 0 || line.data[0] == '#');
  yutu_slice found[YUTU_TSV_COLUMNS_MAX], cell;
  unsigned n = 0;
  for (; yutu_slice_split(&line, '\t', &cell); n++) {
    if (n < YUTU_TSV_COLUMNS_MAX)
      found[n] = cell;
  }
  *ret_more = true;
  if (n != t->n_columns)
    return yutu_fail_at(err, YUTU_ERR_INPUT, t->path, t->line, "has %u cells, the header has %u columns", n,
                        t->n_columns);
  memcpy(cells, found, n * sizeof *cells);
  return YUTU_OK;
}

int yutu_tsv_column(const yutu_tsv *t, const char *name) {
  for (unsigned i = 0; i < t->n_columns; i++) {
    if (yutu_slice_eq(t->columns[i], yutu_slice_of(name)))
      return (int)i;
  }
  return -1;
}

yutu_slice yutu_tsv_meta(const yutu_tsv *t, const char *key) {
  for (unsigned i = 0; i < t->n_meta; i++) {
    if (yutu_slice_eq(t->meta_keys[i], yutu_slice_of(key)))
      return t->meta_values[i];
  }
  return (yutu_slice){NULL, 0};
}
