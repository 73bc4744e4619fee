/// @file queries/serve/pool.h  Threads that take tasks from a short queue, and one that looks after them.
///
/// A task that finds no thread in time is given back; one that nobody waits for any more is cancelled.
#ifndef YUTU_QUERIES_SERVE_POOL_H
#define YUTU_QUERIES_SERVE_POOL_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct yutu_pool yutu_pool;
typedef struct yutu_task yutu_task;

enum { YUTU_POOL_TICK_MS = 100 }; ///< how often somebody looks for overdue and abandoned tasks

/// Borrowed by the pool from yutu_pool_submit() until `done` or `refuse`: one of them is called, once.
struct yutu_task {
  void (*run)(yutu_task *task);       ///< do it, in a thread of the pool
  void (*done)(yutu_task *task);      ///< it ran; in the same thread
  void (*refuse)(yutu_task *task);    ///< no thread became free in time, or the pool ends; in any thread
  bool (*abandoned)(yutu_task *task); ///< does nobody wait for it? Asked now and then, with the pool locked
  void (*cancel)(yutu_task *task);    ///< make `run` end soon; in any thread, with the pool locked
  yutu_task *next;                    ///< the pool's
  uint64_t overdue_ms;                ///< the pool's
};

/// @param threads  at least one
/// @param queue    most tasks that wait
/// @param wait_ms  how long a task may wait
/// @param[out] ret Owned; free with yutu_pool_free().
/// @retval YUTU_ERR_INTERNAL  the system has no more threads
YUTU_NODISCARD yutu_status yutu_pool_new(unsigned threads, size_t queue, unsigned wait_ms, yutu_pool **ret,
                                         yutu_error *err);

/// @return false: too many wait already; the task is still the caller's
bool yutu_pool_submit(yutu_pool *pool, yutu_task *task);

/// Refuse what waits, cancel what runs, and wait until nothing does. From then on nothing is taken.
void yutu_pool_close(yutu_pool *pool);
void yutu_pool_free(yutu_pool *pool); ///< NULL-safe. Closes it if that was not done.

#endif
