#include "ontology/compile_lists.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *yutu_list_file_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

void yutu_list_fault_error(yutu_lists *l, const yutu_error *fault) {
  l->n_faults++;
  if (l->sink)
    l->sink(l->sink_context, fault);
}

void yutu_list_fault(yutu_lists *l, yutu_list_origin origin, const char *format, ...) {
  char message[YUTU_ERROR_MESSAGE_MAX];
  va_list args;
  va_start(args, format);
  vsnprintf(message, sizeof message, format, args);
  va_end(args);
  yutu_error fault = {0};
  yutu_fail_at(&fault, YUTU_ERR_INPUT, l->files.n ? l->files.at[origin.file] : NULL, origin.line, "%s", message);
  yutu_list_fault_error(l, &fault);
}

uint32_t yutu_list_row_of_id(const yutu_lists *l, uint32_t id) {
  return id < l->n_rows_by_id && l->rows_by_id[id] ? l->rows_by_id[id] - 1 : YUTU_ROW_NONE;
}

void yutu_list_set_row_of_id(yutu_lists *l, uint32_t id, uint32_t row) {
  if (id >= l->n_rows_by_id) {
    const uint32_t n = (id + 1) * 2;
    uint32_t *grown = YUTU_NEW_ARRAY(l->arena, uint32_t, n);
    if (l->n_rows_by_id)
      memcpy(grown, l->rows_by_id, l->n_rows_by_id * sizeof *grown);
    l->rows_by_id = grown;
    l->n_rows_by_id = n;
  }
  l->rows_by_id[id] = row + 1;
}

static int by_bytes(const struct dirent **a, const struct dirent **b) {
  return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_list(const struct dirent *entry) {
  return entry->d_name[0] != '.' && yutu_slice_ends(yutu_slice_of(entry->d_name), YUTU_SLICE(".tsv"));
}

/// All *.tsv of a folder, sorted by bytes, so that the image does not depend on the machine.
static void add_folder(yutu_lists *l, const char *path) {
  struct dirent **entries;
  const int n = scandir(path, &entries, is_list, by_bytes);
  if (n < 0) {
    yutu_error fault = {0};
    yutu_fail_at(&fault, YUTU_ERR_IO, path, 0, "cannot be opened: %s", strerror(errno));
    yutu_list_fault_error(l, &fault);
    return;
  }
  const char *slash = path[strlen(path) - 1] == '/' ? "" : "/";
  for (int i = 0; i < n; i++) {
    yutu_buffer_printf(&l->paths, "%s%s%s", path, slash, entries[i]->d_name);
    yutu_buffer_append(&l->paths, "", 1);
    free(entries[i]);
  }
  free(entries);
}

static void add_paths(yutu_lists *l, const char *const *paths, size_t n_paths) {
  struct stat info;
  for (size_t i = 0; i < n_paths; i++) {
    if (paths[i][0] != '\0' && stat(paths[i], &info) == 0 && S_ISDIR(info.st_mode))
      add_folder(l, paths[i]);
    else
      yutu_buffer_append(&l->paths, paths[i], strlen(paths[i]) + 1);
  }
}

static yutu_status number_files(yutu_lists *l, yutu_error *err) {
  YUTU_TRY(yutu_buffer_check(&l->paths, err));
  for (size_t at = 0; at < l->paths.len; at += strlen(l->paths.data + at) + 1) {
    if (l->files.n == YUTU_LIST_FILES_MAX)
      return yutu_fail(err, YUTU_ERR_LIMIT, "more than %d lists", YUTU_LIST_FILES_MAX);
    *YUTU_PUSH(l->arena, &l->files) = l->paths.data + at;
  }
  return YUTU_OK;
}

/// All steps; runs under the arena's trap and holds nothing outside `l`.
static yutu_status run(yutu_lists *l, const yutu_gazetteer *base, yutu_buffer *ret, yutu_error *err) {
  l->strings = yutu_intern_new(l->arena);
  YUTU_TRY(number_files(l, err));
  if (base)
    yutu_list_read_image(l, base);
  for (uint32_t i = 0; i < l->files.n; i++)
    yutu_list_read(l, i);
  yutu_list_resolve(l);
  yutu_list_resolve_words(l);
  return l->n_faults && !l->keep_going ? YUTU_ERR_INPUT : yutu_list_write(l, ret, err);
}

/// Hands faults on and keeps the first for the caller's error.
typedef struct {
  yutu_list_fault_sink sink;
  void *context;
  yutu_error first;
} first_fault;

static void keep_first(void *context, const yutu_error *fault) {
  first_fault *f = context;
  if (f->first.code == YUTU_OK)
    f->first = *fault;
  if (f->sink)
    f->sink(f->context, fault);
}

yutu_status yutu_lists_compile(const yutu_gazetteer *base, const char *const *paths, size_t n_paths, bool keep_going,
                               yutu_list_fault_sink sink, void *sink_context, yutu_buffer *ret, yutu_error *err) {
  first_fault faults = {.sink = sink, .context = sink_context};
  yutu_lists lists = {.arena = yutu_arena_new(YUTU_LIST_MEMORY_MAX),
                      .sink = keep_first,
                      .sink_context = &faults,
                      .keep_going = keep_going};
  if (!lists.arena)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  add_paths(&lists, paths, n_paths);
  jmp_buf trap;
  volatile yutu_status st;
  const int trapped = setjmp(trap);
  if (trapped) {
    st = trapped == 2 ? yutu_fail(err, YUTU_ERR_LIMIT, "the lists need more than %d bytes of memory; leave some out",
                                  YUTU_LIST_MEMORY_MAX)
                      : yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  } else {
    yutu_arena_trap(lists.arena, &trap);
    st = run(&lists, base, ret, err);
  }
  if (lists.n_faults && !keep_going) {
    st = faults.first.code;
    if (err)
      *err = faults.first;
  }
  yutu_buffer_free(&lists.text);
  yutu_buffer_free(&lists.paths);
  yutu_arena_free(lists.arena);
  return st;
}

yutu_status yutu_gazetteer_extend(const yutu_gazetteer *base, const char *const *paths, size_t n_paths,
                                  yutu_buffer *ret, yutu_error *err) {
  return yutu_lists_compile(base, paths, n_paths, false, NULL, NULL, ret, err);
}

yutu_status yutu_gazetteer_compile(const char *const *paths, size_t n_paths, yutu_buffer *ret, yutu_error *err) {
  return yutu_lists_compile(NULL, paths, n_paths, false, NULL, NULL, ret, err);
}
