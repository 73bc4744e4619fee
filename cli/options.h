/// @file cli/options.h  The commands of the program and their options: one table of each.
///
/// The tables drive parsing, --help, the manual page and bash completion (cli/help.h), so that they cannot disagree.
#ifndef YUTU_CLI_OPTIONS_H
#define YUTU_CLI_OPTIONS_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
  YUTU_CMD_BUILD,
  YUTU_CMD_EXTRACT,
  YUTU_CMD_QUERY,
  YUTU_CMD_EXPORT,
  YUTU_CMD_LINKS,
  YUTU_CMD_SERVE,
  YUTU_CMD_STATS,
  YUTU_CMD_LOAD,
  YUTU_CMD_REMOVE,
  YUTU_CMD_CHECK,
  YUTU_CMD_HELP,
  YUTU_CMD_COUNT,
} yutu_command_id;

typedef struct {
  const char *name;
  const char *arguments; ///< as shown after the name: "INPUT…"
  const char *summary;   ///< one line
  const char *details;   ///< paragraphs, lines broken by whoever shows them
  const char *examples;  ///< one command per line
  unsigned min_arguments;
  unsigned max_arguments; ///< UINT_MAX: any number
} yutu_command;

typedef enum {
  YUTU_OPT_HELP,
  YUTU_OPT_VERSION,
  YUTU_OPT_QUIET,
  YUTU_OPT_STORE,
  YUTU_OPT_FORMAT,
  YUTU_OPT_JOBS,
  YUTU_OPT_RULES,
  YUTU_OPT_GAZETTEER,
  YUTU_OPT_BASE,
  YUTU_OPT_EXPLAIN,
  YUTU_OPT_EXECUTE,
  YUTU_OPT_PARAM,
  YUTU_OPT_LIST,
  YUTU_OPT_CATALOGUE,
  YUTU_OPT_DATA,
  YUTU_OPT_NAMED_GRAPH,
  YUTU_OPT_GRAPH,
  YUTU_OPT_NO_BACKGROUND,
  YUTU_OPT_PARSE_ONLY,
  YUTU_OPT_TIMEOUT,
  YUTU_OPT_LIMIT,
  YUTU_OPT_MEMORY,
  YUTU_OPT_COLLATION,
  YUTU_OPT_PORT,
  YUTU_OPT_HOST,
  YUTU_OPT_CORS,
  YUTU_OPT_CONNECTIONS,
  YUTU_OPT_LOG,
  YUTU_OPT_INTEGRITY,
  YUTU_OPT_SHAPES,
  YUTU_OPT_COMPLETION,
  YUTU_OPT_MAN,
  YUTU_OPT_LAST = YUTU_OPT_MAN,
} yutu_option_id;

typedef enum {
  YUTU_VALUE_NONE,   ///< a flag
  YUTU_VALUE_TEXT,   ///< may be given once
  YUTU_VALUE_LIST,   ///< may be given again
  YUTU_VALUE_NUMBER, ///< 0 or more, whole
  YUTU_VALUE_SIZE,   ///< bytes, with K, M or G
  YUTU_VALUE_CHOICE, ///< one of the words of `value`
} yutu_value_kind;

/// A row: the same option may have rows of its own for different commands (--format).
typedef struct {
  uint32_t commands; ///< bits: 1 << yutu_command_id
  yutu_option_id id;
  char letter;      ///< 0: none
  const char *name; ///< long name; NULL: none
  yutu_value_kind kind;
  const char *value;    ///< what the value is called: "FILE"; for a choice "turtle|nquads"
  const char *fallback; ///< value when not given; NULL: none
  const char *help;
} yutu_option;

extern const yutu_command yutu_commands[YUTU_CMD_COUNT];
extern const yutu_option yutu_options[];
extern const size_t yutu_n_options;

/// The command of this name, or YUTU_CMD_COUNT.
yutu_command_id yutu_command_find(const char *name);

/// What a command line says. Strings are borrowed from argv.
typedef struct yutu_arguments yutu_arguments;

/// @param argc,argv  what follows the command's name
/// @param[out] ret   Owned; free with yutu_arguments_free().
/// @retval YUTU_ERR_USAGE  unknown option, missing or wrong value, too few or too many arguments
YUTU_NODISCARD yutu_status yutu_arguments_parse(yutu_command_id command, int argc, char *const *argv,
                                                yutu_arguments **ret, yutu_error *err);
void yutu_arguments_free(yutu_arguments *arguments); ///< NULL-safe.

bool yutu_arguments_has(const yutu_arguments *a, yutu_option_id id); ///< was it given?

/// Its value, or the table's fallback, or NULL.
const char *yutu_arguments_text(const yutu_arguments *a, yutu_option_id id);

/// The value of a number or a size; 0 when neither given nor with a fallback.
uint64_t yutu_arguments_number(const yutu_arguments *a, yutu_option_id id);

/// All values in the order given; the array is owned by `a`. @param[out] ret_n how many
const char *const *yutu_arguments_list(const yutu_arguments *a, yutu_option_id id, size_t *ret_n);

/// What is not an option. @param[out] ret_n how many
const char *const *yutu_arguments_rest(const yutu_arguments *a, size_t *ret_n);

/// Options that no row knows, as NAME and VALUE one after the other: parameters of a query (`--region 上海`). Only the
/// query command lets them through. @param[out] ret_n number of pairs
const char *const *yutu_arguments_unknown(const yutu_arguments *a, size_t *ret_n);

#endif
