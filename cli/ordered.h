/// @file cli/ordered.h  Work on threads, results in order: what comes out does not depend on the number of threads.
#ifndef YUTU_CLI_ORDERED_H
#define YUTU_CLI_ORDERED_H

#include "base/status.h"

#include <stddef.h>

enum {
  YUTU_JOBS_MAX = 256,
  YUTU_ORDERED_AHEAD = 8, ///< results that may wait for their turn, per thread: bounds memory
};

typedef struct {
  size_t n;      ///< items 0 … n-1
  unsigned jobs; ///< threads, 1 … YUTU_JOBS_MAX

  /// What a thread needs for itself, made and freed in that thread. May be NULL.
  yutu_status (*begin)(void *context, void **ret_worker, yutu_error *err);
  void (*end)(void *context, void *worker);

  /// Do one item; in any thread, in no order. What it returns is handed to `take`, with `result` and `err`.
  yutu_status (*work)(void *context, void *worker, size_t item, void **ret_result, yutu_error *err);

  /// Take one item's result: in the calling thread, item by item. Owns `result` (NULL when the work failed before it
  /// made one). Anything but YUTU_OK stops everything.
  yutu_status (*take)(void *context, size_t item, void *result, yutu_status status, const yutu_error *work_err,
                      yutu_error *err);

  /// Free a result that is not taken because something else failed.
  void (*drop)(void *context, void *result);
  void *context;
} yutu_ordered;

/// Run it all.
/// @retval YUTU_ERR_INTERNAL  no thread could be started
/// @return else the first failure of `begin` or `take`
YUTU_NODISCARD yutu_status yutu_ordered_run(const yutu_ordered *o, yutu_error *err);

#endif
