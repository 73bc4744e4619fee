#include "cli/inputs.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct {
  yutu_inputs inputs;
  size_t room;
  yutu_inputs_fault fault;
  void *context;
  struct {
    dev_t device;
    ino_t inode;
  } above[YUTU_FOLDER_DEPTH_MAX]; // the folders that we are in: a link back to one of them is a loop
} walk;

static yutu_status out_of_memory(yutu_error *err) {
  return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
}

static yutu_status push(walk *w, const char *path, yutu_error *err) {
  if (w->inputs.n == w->room) {
    const size_t room = w->room ? 2 * w->room : 64;
    char **paths = realloc(w->inputs.paths, room * sizeof *paths);
    if (!paths)
      return out_of_memory(err);
    w->inputs.paths = paths;
    w->room = room;
  }
  char *copy = strdup(path);
  if (!copy)
    return out_of_memory(err);
  w->inputs.paths[w->inputs.n++] = copy;
  return YUTU_OK;
}

static void fault(walk *w, const char *path, const char *reason) {
  yutu_error err = {0};
  (void)!yutu_fail_at(&err, YUTU_ERR_INPUT, path, 0, "%s", reason);
  w->inputs.n_bad++;
  w->fault(w->context, &err);
}

static bool is_article(const char *name) {
  const char *dot = strrchr(name, '.');
  return dot && (strcmp(dot, ".txt") == 0 || strcmp(dot, ".md") == 0);
}

static int by_bytes(const struct dirent **a, const struct dirent **b) {
  return strcmp((*a)->d_name, (*b)->d_name);
}

static int not_hidden(const struct dirent *entry) {
  return entry->d_name[0] != '.';
}

static yutu_status folder(walk *w, const char *path, const struct stat *status, unsigned depth, yutu_error *err);

static yutu_status entry(walk *w, const char *path, const char *name, unsigned depth, yutu_error *err) {
  struct stat status;
  if (stat(path, &status) != 0) {
    fault(w, path, strerror(errno));
    return YUTU_OK;
  }
  if (S_ISDIR(status.st_mode))
    return folder(w, path, &status, depth, err);
  return S_ISREG(status.st_mode) && is_article(name) ? push(w, path, err) : YUTU_OK;
}

static yutu_status folder(walk *w, const char *path, const struct stat *status, unsigned depth, yutu_error *err) {
  for (unsigned i = 0; i < depth; i++)
    if (w->above[i].device == status->st_dev && w->above[i].inode == status->st_ino)
      return YUTU_OK;
  if (depth == YUTU_FOLDER_DEPTH_MAX) {
    fault(w, path, "folders are nested too deeply; name this one by itself");
    return YUTU_OK;
  }
  w->above[depth].device = status->st_dev;
  w->above[depth].inode = status->st_ino;
  struct dirent **names = NULL;
  const int n = scandir(path, &names, not_hidden, by_bytes);
  if (n < 0) {
    fault(w, path, strerror(errno));
    return YUTU_OK;
  }
  yutu_status result = YUTU_OK;
  const size_t length = strlen(path);
  for (int i = 0; i < n; i++) {
    char *below = NULL;
    if (result == YUTU_OK) {
      if (asprintf(&below, "%s%s%s", path, length && path[length - 1] == '/' ? "" : "/", names[i]->d_name) < 0)
        result = out_of_memory(err);
      else
        result = entry(w, below, names[i]->d_name, depth + 1, err);
    }
    free(below);
    free(names[i]);
  }
  free(names);
  return result;
}

yutu_status yutu_inputs_collect(const char *const *names, size_t n_names, yutu_inputs_fault report, void *context,
                                yutu_inputs *ret, yutu_error *err) {
  walk w = {.fault = report, .context = context};
  yutu_status result = YUTU_OK;
  for (size_t i = 0; i < n_names && result == YUTU_OK; i++) {
    struct stat status;
    if (strcmp(names[i], "-") == 0) {
      result = push(&w, names[i], err);
    } else if (stat(names[i], &status) != 0) {
      fault(&w, names[i], strerror(errno));
    } else if (!S_ISDIR(status.st_mode)) {
      result = push(&w, names[i], err);
    } else {
      const size_t before = w.inputs.n + w.inputs.n_bad;
      result = folder(&w, names[i], &status, 0, err);
      if (result == YUTU_OK && w.inputs.n + w.inputs.n_bad == before)
        fault(&w, names[i], "no *.txt or *.md below this folder; name other files one by one");
    }
  }
  if (result != YUTU_OK) {
    yutu_inputs_free(&w.inputs);
    return result;
  }
  *ret = w.inputs;
  return YUTU_OK;
}

void yutu_inputs_free(yutu_inputs *inputs) {
  for (size_t i = 0; i < inputs->n; i++)
    free(inputs->paths[i]);
  free(inputs->paths);
  *inputs = (yutu_inputs){0};
}

const char *yutu_inputs_base_name(const char *path) {
  if (strcmp(path, "-") == 0)
    return "stdin";
  const char *slash = strrchr(path, '/');
  return slash && slash[1] ? slash + 1 : path;
}

static int by_name(const void *a, const void *b) {
  const char *x = *(char *const *)a;
  const char *y = *(char *const *)b;
  const int names = strcmp(yutu_inputs_base_name(x), yutu_inputs_base_name(y));
  return names ? names : strcmp(x, y);
}

void yutu_inputs_sort(yutu_inputs *inputs) {
  if (!inputs->n)
    return;
  qsort(inputs->paths, inputs->n, sizeof *inputs->paths, by_name);
  size_t kept = 1;
  for (size_t i = 1; i < inputs->n; i++) {
    if (strcmp(inputs->paths[i], inputs->paths[kept - 1]) == 0)
      free(inputs->paths[i]);
    else
      inputs->paths[kept++] = inputs->paths[i];
  }
  inputs->n = kept;
}
