/// @file base/arena.h  Memory that lives and dies together.
///
/// One arena per document, reset between documents. There is no way to give a single piece back.
/// Not thread-safe: one arena belongs to one thread at a time.
#ifndef YUTU_BASE_ARENA_H
#define YUTU_BASE_ARENA_H

#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>

typedef struct yutu_arena yutu_arena;

/// @param limit  Bytes that may be handed out between two resets; 0: no limit.
/// @return Owned; free with yutu_arena_free(). NULL when out of memory.
yutu_arena *yutu_arena_new(size_t limit);

/// NULL-safe.
void yutu_arena_free(yutu_arena *arena);

/// Take back everything handed out. Keeps the first block, so that the next document needs no malloc.
void yutu_arena_reset(yutu_arena *arena);

/// Where to go when the arena cannot serve: a long computation over one document sets the trap once instead of
/// checking each allocation. The trap is called with 1 (out of memory) or 2 (over the limit). NULL removes it.
/// Whoever sets a trap must hold nothing outside the arena while it can spring.
void yutu_arena_trap(yutu_arena *arena, jmp_buf *trap);

/// `size` zeroed bytes aligned for any type, valid until reset or free. With no trap set, NULL when out of memory or
/// over the limit.
void *yutu_arena_alloc(yutu_arena *arena, size_t size);

/// A NUL-terminated copy of n bytes.
char *yutu_arena_strndup(yutu_arena *arena, const char *s, size_t n);

/// Bytes handed out since the last reset.
size_t yutu_arena_used(const yutu_arena *arena);

#define YUTU_NEW(arena, type) ((type *)yutu_arena_alloc((arena), sizeof(type)))
#define YUTU_NEW_ARRAY(arena, type, n) ((type *)yutu_arena_alloc((arena), sizeof(type) * (size_t)(n)))

/// A growable array in an arena: declare `YUTU_VEC(type) name;`, zero it, push to it. Items move when it grows.
#define YUTU_VEC(type)                                                                                                 \
  struct {                                                                                                             \
    type *at;                                                                                                          \
    uint32_t n;                                                                                                        \
    uint32_t room;                                                                                                     \
  }

/// Append one item; yields a pointer to it (zeroed), NULL only when the arena has no trap and is exhausted.
#define YUTU_PUSH(arena, vec)                                                                                          \
  (yutu_arena_grow((arena), (void **)&(vec)->at, &(vec)->room, (vec)->n, sizeof *(vec)->at) ? &(vec)->at[(vec)->n++]   \
                                                                                            : NULL)

/// Behind YUTU_PUSH: make room for one more item. @return 0 when exhausted.
int yutu_arena_grow(yutu_arena *arena, void **items, uint32_t *room, uint32_t n, size_t item_size);

#endif
