/// @file queries/sparql/unicode.h  Letter case and alphabetical order: all that queries takes from ICU.
#ifndef YUTU_QUERIES_SPARQL_UNICODE_H
#define YUTU_QUERIES_SPARQL_UNICODE_H

#include "base/arena.h"
#include "base/slice.h"
#include "base/status.h"

/// Full case mapping, without the rules of any one language. Arena, which must have a trap set.
yutu_slice yutu_unicode_upper(yutu_arena *arena, yutu_slice text);
yutu_slice yutu_unicode_lower(yutu_arena *arena, yutu_slice text);

typedef struct yutu_collation yutu_collation;

/// The alphabetical order of a locale: "zh" is by pinyin, "zh-u-co-stroke" by strokes.
/// @param[out] ret  Owned; free with yutu_collation_free().
/// @retval YUTU_ERR_USAGE  no such locale
YUTU_NODISCARD yutu_status yutu_collation_open(const char *locale, yutu_collation **ret, yutu_error *err);
void yutu_collation_free(yutu_collation *collation); ///< NULL-safe.

int yutu_collation_compare(const yutu_collation *collation, yutu_slice a, yutu_slice b);

#endif
