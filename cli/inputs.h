/// @file cli/inputs.h  From what stands on the command line to the files that are read.
#ifndef YUTU_CLI_INPUTS_H
#define YUTU_CLI_INPUTS_H

#include "base/status.h"

#include <stddef.h>

enum { YUTU_FOLDER_DEPTH_MAX = 64 };

typedef struct {
  char **paths; ///< owned; in the order of the command line, each folder's files sorted by path
  size_t n;
  size_t n_bad; ///< names that could not be followed, each reported
} yutu_inputs;

/// A name that cannot be followed; `err` says why. The others are gone on with.
typedef void (*yutu_inputs_fault)(void *context, const yutu_error *err);

/// Folders are walked (*.txt and *.md, nothing hidden); everything else is taken as it is, "-" too.
/// @param[out] ret  Free with yutu_inputs_free().
/// @retval YUTU_ERR_NOMEM  out of memory
YUTU_NODISCARD yutu_status yutu_inputs_collect(const char *const *names, size_t n_names, yutu_inputs_fault fault,
                                               void *context, yutu_inputs *ret, yutu_error *err);
void yutu_inputs_free(yutu_inputs *inputs);

/// Last part of a path; "stdin" for "-".
const char *yutu_inputs_base_name(const char *path);

/// Sort by the last part of the path, then by the whole path, and drop repeated paths: an order that does not depend on
/// the command line.
void yutu_inputs_sort(yutu_inputs *inputs);

#endif
