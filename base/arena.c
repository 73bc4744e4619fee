#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 256 * 1024, ALIGNMENT = 16 };

typedef struct block {
  struct block *next;
  size_t size, used;
  _Alignas(ALIGNMENT) unsigned char data[];
} block;

struct yutu_arena {
  block *first, *current;
  size_t limit, used;
  jmp_buf *trap;
};

static block *block_new(size_t size) {
  block *b = malloc(sizeof *b + size);
  if (b) {
    b->next = NULL;
    b->size = size;
    b->used = 0;
  }
  return b;
}

yutu_arena *yutu_arena_new(size_t limit) {
  yutu_arena *a = calloc(1, sizeof *a);
  if (!a)
    return NULL;
  a->limit = limit;
  a->first = a->current = block_new(BLOCK_SIZE);
  if (!a->first) {
    free(a);
    return NULL;
  }
  return a;
}

static void free_blocks(block *b) {
  while (b) {
    block *next = b->next;
    free(b);
    b = next;
  }
}

void yutu_arena_free(yutu_arena *arena) {
  if (arena) {
    free_blocks(arena->first);
    free(arena);
  }
}

void yutu_arena_reset(yutu_arena *arena) {
  free_blocks(arena->first->next);
  arena->first->next = NULL;
  arena->first->used = 0;
  arena->current = arena->first;
  arena->used = 0;
}

void yutu_arena_trap(yutu_arena *arena, jmp_buf *trap) {
  arena->trap = trap;
}

static void *fail(yutu_arena *arena, int why) {
  if (arena->trap)
    longjmp(*arena->trap, why);
  return NULL;
}

void *yutu_arena_alloc(yutu_arena *arena, size_t size) {
  if (size > SIZE_MAX / 2)
    return fail(arena, 1);
  size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
  if (arena->limit && size > arena->limit - arena->used)
    return fail(arena, 2);
  if (arena->current->size - arena->current->used < size) {
    block *b = block_new(size > BLOCK_SIZE ? size : BLOCK_SIZE);
    if (!b)
      return fail(arena, 1);
    arena->current = arena->current->next = b;
  }
  void *p = arena->current->data + arena->current->used;
  arena->current->used += size;
  arena->used += size;
  return memset(p, 0, size);
}

char *yutu_arena_strndup(yutu_arena *arena, const char *s, size_t n) {
  char *copy = yutu_arena_alloc(arena, n + 1);
  if (copy && n)
    memcpy(copy, s, n);
  return copy;
}

size_t yutu_arena_used(const yutu_arena *arena) {
  return arena->used;
}

int yutu_arena_grow(yutu_arena *arena, void **items, uint32_t *room, uint32_t n, size_t item_size) {
  if (n < *room)
    return 1;
  if (*room > UINT32_MAX / 2) {
    fail(arena, 2);
    return 0;
  }
  const uint32_t more = *room ? *room * 2 : 8;
  void *grown = yutu_arena_alloc(arena, more * item_size);
  if (!grown)
    return 0;
  if (n)
    memcpy(grown, *items, n * item_size);
  *items = grown;
  *room = more;
  return 1;
}
