#include "cli/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

void yutu_report(const yutu_error *err) {
  if (!err->file[0])
    fputs("yutu: ", stderr);
  else if (!err->line)
    fprintf(stderr, "%s: ", err->file);
  else if (!err->column)
    fprintf(stderr, "%s:%u: ", err->file, err->line);
  else
    fprintf(stderr, "%s:%u:%u: ", err->file, err->line, err->column);
  fprintf(stderr, "%s\n", err->message[0] ? err->message : yutu_status_name(err->code));
}

int yutu_report_exit(const yutu_error *err) {
  yutu_report(err);
  return yutu_status_exit(err->code);
}

void yutu_report_note(const char *format, ...) {
  va_list args;
  va_start(args, format);
  fputs("yutu: ", stderr);
  vfprintf(stderr, format, args);
  fputc('\n', stderr);
  va_end(args);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void yutu_progress_begin(yutu_progress *p, const char *what, size_t total, bool quiet) {
  *p = (yutu_progress){.what = !quiet && isatty(STDERR_FILENO) ? what : NULL, .total = total, .last = now()};
}

void yutu_progress_show(yutu_progress *p, size_t done) {
  if (!p->what)
    return;
  const double t = now();
  if (t - p->last < 0.2)
    return;
  p->last = t;
  p->drawn = true;
  if (p->total)
    fprintf(stderr, "\r\033[K%zu of %zu %s", done, p->total, p->what);
  else
    fprintf(stderr, "\r\033[K%zu %s", done, p->what);
  fflush(stderr);
}

void yutu_progress_end(yutu_progress *p) {
  if (p->drawn)
    fputs("\r\033[K", stderr);
  p->drawn = false;
}

// Signal handlers can reach nothing else: the one global of the program.
volatile sig_atomic_t yutu_interrupted;

static void on_signal(int number) {
  (void)number;
  yutu_interrupted = 1;
}

void yutu_interrupt_catch(void) {
  struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESETHAND | SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}
