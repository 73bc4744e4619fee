// Entity lists to rows.
#include "base/file.h"
#include "base/utf8.h"
#include "ontology/compile_lists.h"

#include <string.h>

/// Columns of an entity list. Those with a list hold several values, separated by |.
typedef enum {
  COLUMN_ID,
  COLUMN_CLASS,
  COLUMN_NAME,
  COLUMN_LAT,
  COLUMN_LON,
  COLUMN_EN,
  COLUMN_LISTS, // first of the multi-valued ones, in the order of yutu_list
  COLUMN_COUNT = COLUMN_LISTS + YUTU_LIST_COUNT
} column;

static const char *const column_names[COLUMN_COUNT] = {"id",      "class",   "name",    "lat",     "lon",
                                                       "en",      "aliases", "weak",    "letters", "within",
                                                       "part_of", "parent",  "members", "focus"};

/// Where each column stands in the file at hand; -1: it is not there.
typedef struct {
  int at[COLUMN_COUNT];
  yutu_class cls; // of all rows, when there is no class column
  bool compounds;
  uint32_t file, source;
} entity_file;

uint32_t yutu_list_name(yutu_lists *l, yutu_list_origin origin, yutu_slice text) {
  const int n = (int)text.len;
  if (text.len == 0)
    yutu_list_fault(l, origin, "an empty name or word: remove the | or the row");
  else if (yutu_slice_trim(text).len != text.len)
    yutu_list_fault(l, origin, "“%.*s” has blanks at its ends: remove them", n, text.data);
  else if (yutu_utf8_length(text.data, text.len) > YUTU_LIST_NAME_CHARS_MAX)
    yutu_list_fault(l, origin, "a name of more than %d characters: “%.60s…”", YUTU_LIST_NAME_CHARS_MAX, text.data);
  else
    return yutu_intern_add(l->strings, text);
  return YUTU_INTERN_NONE;
}

bool yutu_list_decimal(yutu_slice text, unsigned digits, int64_t *ret) {
  const bool negative = text.len && text.data[0] == '-';
  if (negative)
    text = (yutu_slice){text.data + 1, text.len - 1};
  int64_t value = 0;
  unsigned after = 0, seen = 0;
  bool point = false;
  for (size_t i = 0; i < text.len; i++) {
    const char c = text.data[i];
    if (c == '.' && !point && seen) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9' || (point && after == digits) || value > INT64_MAX / 100)
      return false;
    value = value * 10 + (c - '0');
    after += point;
    seen++;
  }
  if (!seen || (point && !after))
    return false;
  for (; after < digits; after++) {
    if (value > INT64_MAX / 100)
      return false;
    value *= 10;
  }
  *ret = negative ? -value : value;
  return true;
}

static yutu_slice cell_of(const entity_file *f, const yutu_slice *cells, column c) {
  return f->at[c] < 0 ? YUTU_SLICE("") : cells[f->at[c]];
}

/// The class of a row; YUTU_CLASS_COUNT after a fault.
static yutu_class class_of_row(yutu_lists *l, const entity_file *f, yutu_list_origin origin, const yutu_slice *cells) {
  const yutu_slice text = cell_of(f, cells, COLUMN_CLASS);
  if (text.len == 0 && (f->compounds || f->cls != YUTU_CLASS_NONE))
    return f->cls;
  const yutu_class cls = yutu_class_find(text);
  if (cls != YUTU_CLASS_NONE && !f->compounds)
    return cls;
  if (f->compounds)
    yutu_list_fault(l, origin, "compounds have no class: remove “%.*s”", (int)text.len, text.data);
  else
    yutu_list_fault(l, origin, "“%.*s” is no class: take one of yutu.ttl (Zone, Company, GovernmentAgency, …)",
                    (int)text.len, text.data);
  return YUTU_CLASS_COUNT;
}

/// The id as written, else made of class and name.
static uint32_t id_of_row(yutu_lists *l, yutu_list_origin origin, yutu_slice written, yutu_class cls, uint32_t name) {
  const yutu_slice group = yutu_slice_of(yutu_class_group(cls));
  if (written.len) {
    if (yutu_slice_starts(written, group) && written.len > group.len + 1 && written.data[group.len] == '/')
      return yutu_intern_add(l->strings, written);
    yutu_list_fault(l, origin, "the id “%.*s” must begin with “%s/”, the group of %s", (int)written.len, written.data,
                    group.data, yutu_class_name(cls));
    return YUTU_INTERN_NONE;
  }
  if (cls == YUTU_CLASS_NONE)
    return YUTU_INTERN_NONE;
  const yutu_slice text = yutu_intern_get(l->strings, name);
  char *made = YUTU_NEW_ARRAY(l->arena, char, group.len + 1 + text.len);
  memcpy(made, group.data, group.len);
  made[group.len] = '/';
  memcpy(made + group.len + 1, text.data, text.len);
  return yutu_intern_add(l->strings, (yutu_slice){made, group.len + 1 + text.len});
}

static void split_list(yutu_lists *l, yutu_list_origin origin, yutu_slice text, yutu_number_list *ret) {
  yutu_slice piece;
  if (text.len == 0)
    return;
  while (yutu_slice_split(&text, '|', &piece)) {
    const uint32_t string = yutu_list_name(l, origin, piece);
    if (string == YUTU_INTERN_NONE)
      continue;
    if (ret->n == UINT16_MAX) {
      yutu_list_fault(l, origin, "more than %d values in a cell", UINT16_MAX);
      return;
    }
    *YUTU_PUSH(l->arena, ret) = string;
  }
}

static void read_place(yutu_lists *l, yutu_slice lat, yutu_slice lon, yutu_list_entity *e) {
  enum { DIGITS = 7 };
  const double unit = 1e7;
  int64_t y, x;
  if (lat.len == 0 && lon.len == 0)
    return;
  if (!yutu_list_decimal(lat, DIGITS, &y) || !yutu_list_decimal(lon, DIGITS, &x) || y < -90 * unit || y > 90 * unit ||
      x < -180 * unit || x > 180 * unit) {
    yutu_list_fault(l, e->origin, "“%.*s”, “%.*s” is no latitude and longitude in decimal degrees", (int)lat.len,
                    lat.data, (int)lon.len, lon.data);
    return;
  }
  e->has_place = true;
  e->lat = (double)y / unit;
  e->lon = (double)x / unit;
}

static void check_letters(yutu_lists *l, const yutu_list_entity *e) {
  const yutu_number_list *letters = &e->lists[YUTU_LIST_LETTERS];
  for (uint32_t i = 0; i < letters->n; i++) {
    const yutu_slice s = yutu_intern_get(l->strings, letters->at[i]);
    if (yutu_utf8_length(s.data, s.len) != 1)
      yutu_list_fault(l, e->origin, "letters are single characters: move “%s” to aliases or weak", s.data);
  }
}

/// Put the row in, or in the place of the base image's row with the same id.
static void store(yutu_lists *l, const yutu_list_entity *e) {
  const uint32_t old = e->id == YUTU_INTERN_NONE ? YUTU_ROW_NONE : yutu_list_row_of_id(l, e->id);
  if (old == YUTU_ROW_NONE) {
    if (e->id != YUTU_INTERN_NONE)
      yutu_list_set_row_of_id(l, e->id, l->entities.n);
    *YUTU_PUSH(l->arena, &l->entities) = *e;
    return;
  }
  const yutu_list_origin first = l->entities.at[old].origin;
  if (first.line)
    yutu_list_fault(l, e->origin, "“%s” has the same IRI (%s) as the row at %s:%u: join the two rows",
                    yutu_intern_get(l->strings, e->name).data, yutu_intern_get(l->strings, e->id).data,
                    l->files.at[first.file], first.line);
  else
    l->entities.at[old] = *e;
}

static void read_row(yutu_lists *l, const entity_file *f, unsigned line, const yutu_slice *cells) {
  yutu_list_entity e = {.origin = {f->file, line}, .source = f->source, .en = YUTU_INTERN_NONE};
  e.cls = class_of_row(l, f, e.origin, cells);
  e.name = yutu_list_name(l, e.origin, cell_of(f, cells, COLUMN_NAME));
  if (e.cls == YUTU_CLASS_COUNT || e.name == YUTU_INTERN_NONE)
    return;
  e.id = id_of_row(l, e.origin, cell_of(f, cells, COLUMN_ID), e.cls, e.name);
  const yutu_slice en = yutu_slice_trim(cell_of(f, cells, COLUMN_EN));
  if (en.len)
    e.en = yutu_intern_add(l->strings, en);
  for (unsigned i = 0; i < YUTU_LIST_COUNT; i++)
    split_list(l, e.origin, cell_of(f, cells, (column)(COLUMN_LISTS + i)),
               i < YUTU_LIST_FIRST_OF_ROWS ? &e.lists[i] : &e.written[i]);
  check_letters(l, &e);
  read_place(l, cell_of(f, cells, COLUMN_LAT), cell_of(f, cells, COLUMN_LON), &e);
  if (f->compounds && e.written[YUTU_LIST_MEMBERS].n < 2)
    yutu_list_fault(l, e.origin, "a compound needs two members or more");
  store(l, &e);
}

static bool read_head(yutu_lists *l, const yutu_tsv *t, entity_file *f) {
  const yutu_list_origin origin = {f->file, t->line};
  for (unsigned i = 0; i < COLUMN_COUNT; i++)
    f->at[i] = yutu_tsv_column(t, column_names[i]);
  bool good = true;
  for (unsigned i = 0; i < t->n_columns; i++) {
    bool known = false;
    for (unsigned c = 0; c < COLUMN_COUNT; c++)
      known = known || f->at[c] == (int)i;
    if (!known)
      yutu_list_fault(l, origin, "unknown column “%.*s”", (int)t->columns[i].len, t->columns[i].data);
    good = good && known;
  }
  const yutu_slice cls = yutu_tsv_meta(t, "class");
  f->cls = yutu_class_find(cls);
  f->compounds = yutu_slice_eq(cls, YUTU_SLICE("Compound"));
  if (cls.len && f->cls == YUTU_CLASS_NONE && !f->compounds) {
    yutu_list_fault(l, origin, "“# class: %.*s” names no class of yutu.ttl", (int)cls.len, cls.data);
    good = false;
  }
  if (f->at[COLUMN_NAME] < 0) {
    yutu_list_fault(l, origin, "there is no column “name” (nor “word”, “trad”, “stem” as the first)");
    good = false;
  }
  return good;
}

static void read_entities(yutu_lists *l, uint32_t file, yutu_tsv *t) {
  const char *name = yutu_list_file_name(l->files.at[file]);
  entity_file f = {.file = file, .source = yutu_intern_add(l->strings, yutu_slice_of(name))};
  if (!read_head(l, t, &f))
    return;
  yutu_slice cells[YUTU_TSV_COLUMNS_MAX];
  for (bool more = true; more;) {
    yutu_error fault = {0};
    if (yutu_tsv_next(t, cells, &more, &fault) != YUTU_OK)
      yutu_list_fault_error(l, &fault);
    else if (more && l->entities.n == YUTU_LIST_ROWS_MAX)
      yutu_list_fault(l, (yutu_list_origin){file, t->line}, "more than %d rows in all lists", YUTU_LIST_ROWS_MAX);
    else if (more)
      read_row(l, &f, t->line, cells);
  }
}

void yutu_list_read(yutu_lists *l, uint32_t file) {
  yutu_error fault = {0};
  yutu_tsv t;
  const char *path = l->files.at[file];
  yutu_buffer_clear(&l->text);
  yutu_status st = yutu_file_read(path, YUTU_LIST_FILE_BYTES_MAX, &l->text, &fault);
  if (st == YUTU_OK)
    st = yutu_tsv_open(path, (yutu_slice){l->text.data, l->text.len}, &t, &fault);
  if (st != YUTU_OK) {
    yutu_list_fault_error(l, &fault);
    return;
  }
  static const char *const word_columns[] = {"word", "trad", "stem"};
  for (size_t i = 0; i < sizeof word_columns / sizeof *word_columns; i++) {
    if (yutu_slice_eq(t.columns[0], yutu_slice_of(word_columns[i]))) {
      yutu_list_read_words(l, file, &t);
      return;
    }
  }
  read_entities(l, file, &t);
}
