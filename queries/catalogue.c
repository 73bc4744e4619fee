#include "queries/catalogue.h"

#include "base/arena.h"
#include "base/file.h"
#include "ontology/vocabulary.h"
#include "queries/embedded.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { QUERY_FILES_MAX = 10000 };

struct yutu_catalogue {
  yutu_arena *arena;
  YUTU_VEC(yutu_catalogue_entry) entries;
};

// ---- the comment at the top ----

static bool is_kind_word(yutu_slice word) {
  static const char *const literals[] = {"article", "class", "text", "number", "year", "date"};
  for (size_t i = 0; i < sizeof literals / sizeof *literals; i++)
    if (yutu_slice_eq(word, yutu_slice_of(literals[i])))
      return true;
  return false;
}

static bool is_kind(yutu_slice kind) {
  if (is_kind_word(kind))
    return true;
  yutu_slice word;
  bool any = false;
  for (yutu_slice rest = kind; yutu_slice_split(&rest, '|', &word); any = true)
    if (!yutu_class_set(word))
      return false;
  return any;
}

// The word before the first blank; `*rest` begins after it.
static yutu_slice cut_word(yutu_slice *rest) {
  *rest = yutu_slice_trim(*rest);
  yutu_slice word;
  if (!yutu_slice_split(rest, ' ', &word))
    return (yutu_slice){NULL, 0};
  *rest = yutu_slice_trim(*rest);
  return word;
}

// NAME KIND[?] EXAMPLE | zh | en
static const char *read_parameter(yutu_slice line, yutu_catalogue_entry *entry) {
  if (entry->n_parameters == YUTU_PARAMETERS_MAX)
    return "too many parameters";
  yutu_parameter p = {0};
  p.name = cut_word(&line);
  p.kind = cut_word(&line);
  if (p.kind.len && p.kind.data[p.kind.len - 1] == '?') {
    p.optional = true;
    p.kind.len--;
  }
  if (!p.kind.len || !is_kind(p.kind))
    return "a parameter is NAME KIND EXAMPLE | meaning in Chinese | meaning in English, where KIND is a class of the "
           "ontology, or article, class, text, number, year or date";
  if (!yutu_slice_split(&line, '|', &p.example) || !yutu_slice_split(&line, '|', &p.zh))
    return "a parameter needs an example and its meaning: EXAMPLE | in Chinese | in English";
  p.example = yutu_slice_trim(p.example);
  p.zh = yutu_slice_trim(p.zh);
  p.en = yutu_slice_trim(line);
  entry->parameters[entry->n_parameters++] = p;
  return NULL;
}

static const char *read_line(yutu_slice line, yutu_catalogue_entry *entry) {
  yutu_slice key = {NULL, 0};
  yutu_slice rest = line;
  if (!yutu_slice_split(&rest, ':', &key) || !rest.data)
    return NULL;
  key = yutu_slice_trim(key);
  rest = yutu_slice_trim(rest);
  if (yutu_slice_eq(key, YUTU_SLICE("title"))) {
    if (!yutu_slice_split(&rest, '|', &entry->zh) || !rest.data)
      return "a title is in Chinese | in English";
    entry->zh = yutu_slice_trim(entry->zh);
    entry->en = yutu_slice_trim(rest);
  } else if (yutu_slice_eq(key, YUTU_SLICE("about"))) {
    entry->about = rest;
  } else if (yutu_slice_eq(key, YUTU_SLICE("example"))) {
    entry->example = rest;
  } else if (yutu_slice_eq(key, YUTU_SLICE("param"))) {
    return read_parameter(rest, entry);
  }
  return NULL;
}

// "partners" of "…/partners.rq"
static yutu_slice name_of(yutu_slice file) {
  size_t begin = file.len;
  while (begin > 0 && file.data[begin - 1] != '/')
    begin--;
  const yutu_slice name = {file.data + begin, file.len - begin};
  return yutu_slice_ends(name, YUTU_SLICE(".rq")) ? (yutu_slice){name.data, name.len - 3} : name;
}

yutu_status yutu_catalogue_describe(yutu_slice file, yutu_slice text, yutu_catalogue_entry *ret, yutu_error *err) {
  yutu_catalogue_entry entry = {.name = name_of(file), .file = file, .text = text};
  unsigned number = 0;
  yutu_slice line;
  for (yutu_slice rest = text; yutu_slice_split(&rest, '\n', &line);) {
    number++;
    if (!line.len || line.data[0] != '#')
      break;
    const char *wrong = read_line((yutu_slice){line.data + 1, line.len - 1}, &entry);
    if (wrong) {
      char name[YUTU_ERROR_FILE_MAX];
      snprintf(name, sizeof name, "%.*s", (int)file.len, file.data);
      return yutu_fail_at(err, YUTU_ERR_INPUT, name, number, "%s", wrong);
    }
  }
  *ret = entry;
  return YUTU_OK;
}

// ---- the catalogue ----

static yutu_status add(yutu_catalogue *c, yutu_slice file, yutu_slice text, yutu_error *err) {
  yutu_catalogue_entry entry;
  YUTU_TRY(yutu_catalogue_describe(file, text, &entry, err));
  if (yutu_catalogue_find(c, entry.name))
    return YUTU_OK;
  yutu_catalogue_entry *room = YUTU_PUSH(c->arena, &c->entries);
  if (!room)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  *room = entry;
  return YUTU_OK;
}

static yutu_status add_file(yutu_catalogue *c, const char *folder, const char *name, yutu_error *err) {
  char path[4096];
  if ((size_t)snprintf(path, sizeof path, "%s/%s", folder, name) >= sizeof path)
    return yutu_fail(err, YUTU_ERR_IO, "the path of %s is too long", name);
  yutu_buffer text = YUTU_BUFFER_INIT;
  yutu_status status = yutu_file_read(path, YUTU_QUERY_BYTES_MAX, &text, err);
  if (status == YUTU_OK) {
    const char *kept_path = yutu_arena_strndup(c->arena, path, strlen(path));
    const char *kept_text = yutu_arena_strndup(c->arena, text.data ? text.data : "", text.len);
    if (kept_path && kept_text)
      status = add(c, yutu_slice_of(kept_path), (yutu_slice){kept_text, text.len}, err);
    else
      status = yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  }
  yutu_buffer_free(&text);
  return status;
}

static int is_query(const struct dirent *entry) {
  return entry->d_name[0] != '.' && yutu_slice_ends(yutu_slice_of(entry->d_name), YUTU_SLICE(".rq"));
}

static int by_bytes(const struct dirent **a, const struct dirent **b) {
  return strcmp((*a)->d_name, (*b)->d_name);
}

static yutu_status add_folder(yutu_catalogue *c, const char *folder, yutu_error *err) {
  struct dirent **names = NULL;
  const int n = scandir(folder, &names, is_query, by_bytes);
  if (n < 0)
    return yutu_fail_at(err, YUTU_ERR_IO, folder, 0, "%s", strerror(errno));
  yutu_status status = n > QUERY_FILES_MAX
                           ? yutu_fail(err, YUTU_ERR_LIMIT, "%s has more than %d queries", folder, QUERY_FILES_MAX)
                           : YUTU_OK;
  for (int i = 0; i < n; i++) {
    if (status == YUTU_OK)
      status = add_file(c, folder, names[i]->d_name, err);
    free(names[i]);
  }
  free(names);
  return status;
}

static int by_name(const void *a, const void *b) {
  return yutu_slice_cmp(((const yutu_catalogue_entry *)a)->name, ((const yutu_catalogue_entry *)b)->name);
}

yutu_status yutu_catalogue_open(const char *folder, yutu_catalogue **ret, yutu_error *err) {
  yutu_catalogue *c = calloc(1, sizeof *c);
  if (!c || !(c->arena = yutu_arena_new(0))) {
    free(c);
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  }
  yutu_status status = folder ? add_folder(c, folder, err) : YUTU_OK;
  for (size_t i = 0; i < yutu_n_catalogue_files && status == YUTU_OK; i++) {
    const yutu_embedded_file *f = &yutu_catalogue_files[i];
    status = add(c, yutu_slice_of(f->name), (yutu_slice){(const char *)f->text, f->size}, err);
  }
  if (status != YUTU_OK) {
    yutu_catalogue_free(c);
    return status;
  }
  qsort(c->entries.at, c->entries.n, sizeof *c->entries.at, by_name);
  *ret = c;
  return YUTU_OK;
}

void yutu_catalogue_free(yutu_catalogue *catalogue) {
  if (!catalogue)
    return;
  yutu_arena_free(catalogue->arena);
  free(catalogue);
}

size_t yutu_catalogue_count(const yutu_catalogue *catalogue) {
  return catalogue->entries.n;
}

const yutu_catalogue_entry *yutu_catalogue_get(const yutu_catalogue *catalogue, size_t i) {
  return &catalogue->entries.at[i];
}

const yutu_catalogue_entry *yutu_catalogue_find(const yutu_catalogue *catalogue, yutu_slice name) {
  for (size_t i = 0; i < catalogue->entries.n; i++)
    if (yutu_slice_eq(catalogue->entries.at[i].name, name))
      return &catalogue->entries.at[i];
  return NULL;
}
