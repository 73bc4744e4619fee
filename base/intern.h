/// @file base/intern.h  Each distinct string once, known by a small number.
#ifndef YUTU_BASE_INTERN_H
#define YUTU_BASE_INTERN_H

#include "base/arena.h"
#include "base/slice.h"

/// Strings live in the arena that the table was made with and keep their address until it is reset.
typedef struct yutu_intern yutu_intern;

/// @param arena  Borrowed; the table and its strings live in it. There is nothing to free.
yutu_intern *yutu_intern_new(yutu_arena *arena);

enum { YUTU_INTERN_NONE = UINT32_MAX };

/// The number of a string, given 0, 1, 2, … in order of first sight. YUTU_INTERN_NONE only when the arena has no trap
/// and is exhausted.
uint32_t yutu_intern_add(yutu_intern *table, yutu_slice s);

/// The number of a string, or YUTU_INTERN_NONE.
uint32_t yutu_intern_find(const yutu_intern *table, yutu_slice s);

/// The string of a number; NUL-terminated.
yutu_slice yutu_intern_get(const yutu_intern *table, uint32_t id);

uint32_t yutu_intern_count(const yutu_intern *table);

#endif
