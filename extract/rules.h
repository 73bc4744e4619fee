/// @file extract/rules.h  The compiled relation rules.
#ifndef YUTU_EXTRACT_RULES_H
#define YUTU_EXTRACT_RULES_H

#include "base/status.h"

typedef struct yutu_rules yutu_rules;

/// The rules that were compiled into the program. Static: never freed.
const yutu_rules *yutu_rules_builtin(void);

/// Compile a rule file of the user's own.
/// @param[out] ret  Owned; free with yutu_rules_free().
/// @retval YUTU_ERR_INPUT  a wrong rule; `err` names file and line
YUTU_NODISCARD yutu_status yutu_rules_load(const char *path, yutu_rules **ret, yutu_error *err);
void yutu_rules_free(yutu_rules *rules); ///< NULL-safe.

#endif
