#include "queries/sparql/exec.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void yutu_exec_fail(yutu_exec *x, yutu_status status, const char *format, ...) {
  char message[YUTU_ERROR_MESSAGE_MAX];
  va_list args;
  va_start(args, format);
  vsnprintf(message, sizeof message, format, args);
  va_end(args);
  x->status = yutu_fail(&x->error, status, "%s", message);
  longjmp(x->trap, 3);
}

void yutu_exec_try(yutu_exec *x, yutu_status status) {
  if (status == YUTU_OK)
    return;
  x->status = status;
  longjmp(x->trap, 3);
}

static uint64_t clock_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * UINT64_C(1000000000) + (uint64_t)t.tv_nsec;
}

void yutu_exec_check(yutu_exec *x) {
  if (x->options.cancel && *x->options.cancel)
    yutu_exec_fail(x, YUTU_ERR_INTERRUPTED, "interrupted");
  if (x->deadline_ns && clock_ns() > x->deadline_ns)
    yutu_exec_fail(x, YUTU_ERR_LIMIT, "the query took longer than %u ms; ask for less, or raise the time limit",
                   x->options.timeout_ms);
}

// ---- memory ----

void yutu_exec_charge(yutu_exec *x, size_t bytes) {
  x->memory_used += bytes;
  if (x->options.memory_limit && x->memory_used > x->options.memory_limit)
    yutu_exec_fail(x, YUTU_ERR_LIMIT, "the query needs more than %zu bytes of memory; ask for less, or raise the limit",
                   x->options.memory_limit);
}

void *yutu_exec_resize(yutu_exec *x, void *p, size_t bytes, size_t new_bytes) {
  if (new_bytes > bytes)
    yutu_exec_charge(x, new_bytes - bytes);
  void *grown = realloc(p, new_bytes ? new_bytes : 1);
  if (!grown)
    yutu_exec_fail(x, YUTU_ERR_NOMEM, "out of memory");
  if (new_bytes < bytes)
    x->memory_used -= bytes - new_bytes;
  return grown;
}

void yutu_exec_release(yutu_exec *x, void *p, size_t bytes) {
  free(p);
  x->memory_used -= bytes;
}

// ---- registers ----

void yutu_exec_hide(yutu_exec *x, const uint64_t *keep, yutu_id *saved) {
  memcpy(saved, x->reg, x->n_regs * sizeof *saved);
  for (uint32_t v = 0; v < x->n_regs; v++) {
    if (x->reg[v] && !yutu_varset_has(keep, v) && !yutu_varset_has(x->preset, v))
      x->reg[v] = YUTU_ID_NONE;
  }
}

void yutu_exec_restore(yutu_exec *x, const yutu_id *saved) {
  memcpy(x->reg, saved, x->n_regs * sizeof *saved);
}

yutu_binder yutu_binder_new(yutu_exec *x, const uint32_t *vars, uint32_t n) {
  return (yutu_binder){n, vars, YUTU_NEW_ARRAY(x->arena, bool, n + 1)};
}

bool yutu_binder_bind(yutu_exec *x, yutu_binder *b, const yutu_id *values) {
  for (uint32_t i = 0; i < b->n; i++) {
    const yutu_id here = x->reg[b->vars[i]];
    if (here && values[i] && here != values[i])
      return false;
  }
  for (uint32_t i = 0; i < b->n; i++) {
    if (values[i] && !x->reg[b->vars[i]]) {
      x->reg[b->vars[i]] = values[i];
      b->own[i] = true;
    }
  }
  return true;
}

void yutu_binder_unbind(yutu_exec *x, yutu_binder *b) {
  for (uint32_t i = 0; i < b->n; i++) {
    if (b->own[i]) {
      x->reg[b->vars[i]] = YUTU_ID_NONE;
      b->own[i] = false;
    }
  }
}

bool yutu_id_list_has(const yutu_id_list *list, yutu_id id) {
  size_t from = 0, to = list->n;
  while (from < to) {
    const size_t middle = from + (to - from) / 2;
    if (list->at[middle] < id)
      from = middle + 1;
    else
      to = middle;
  }
  return from < list->n && list->at[from] == id;
}
