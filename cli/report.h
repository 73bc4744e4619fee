/// @file cli/report.h  What people are told on standard error, and how the program is stopped.
#ifndef YUTU_CLI_REPORT_H
#define YUTU_CLI_REPORT_H

#include "base/status.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

/// One line: "FILE:LINE:COLUMN: message" with what is known of it, or "yutu: message".
void yutu_report(const yutu_error *err);

/// The same, and the exit status for it.
int yutu_report_exit(const yutu_error *err);

/// A line that is no error: "yutu: …".
void yutu_report_note(const char *format, ...) YUTU_PRINTF(1, 2);

/// A counter that is drawn over itself, a few times a second, when standard error is a terminal; otherwise nothing.
typedef struct {
  const char *what; ///< "articles"; NULL: silent
  size_t total;     ///< 0: unknown
  double last;      ///< when it was drawn last, seconds
  bool drawn;
} yutu_progress;

void yutu_progress_begin(yutu_progress *p, const char *what, size_t total, bool quiet);
void yutu_progress_show(yutu_progress *p, size_t done);
void yutu_progress_end(yutu_progress *p); ///< Clears the line; also before anything else is printed.

/// Non-zero after SIGINT or SIGTERM, once yutu_interrupt_catch() was called. A second signal ends the program at once.
extern volatile sig_atomic_t yutu_interrupted;
void yutu_interrupt_catch(void);

#endif
