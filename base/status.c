#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static yutu_status fill(yutu_error *err, yutu_status code, const char *file, unsigned line, const char *format,
                        va_list args) {
  if (!err)
    return code;
  char message[YUTU_ERROR_MESSAGE_MAX];
  vsnprintf(message, sizeof message, format, args); // args may point into *err
  for (char *c = message; *c; c++) {
    if (*c == '\n' || *c == '\r')
      *c = ' ';
  }
  char name[YUTU_ERROR_FILE_MAX];
  snprintf(name, sizeof name, "%s", file ? file : "");
  memset(err, 0, sizeof *err);
  err->code = code;
  err->line = line;
  memcpy(err->file, name, sizeof name);
  memcpy(err->message, message, sizeof message);
  return code;
}

yutu_status yutu_fail(yutu_error *err, yutu_status code, const char *format, ...) {
  va_list args;
  va_start(args, format);
  fill(err, code, NULL, 0, format, args);
  va_end(args);
  return code;
}

yutu_status yutu_fail_at(yutu_error *err, yutu_status code, const char *file, unsigned line, const char *format, ...) {
  va_list args;
  va_start(args, format);
  fill(err, code, file, line, format, args);
  va_end(args);
  return code;
}

const char *yutu_status_name(yutu_status status) {
  static const char *const names[] = {"ok",       "usage",   "input", "format",      "limit",       "memory",
                                      "io",       "store",   "query", "unsupported", "interrupted", "internal"};
  return (size_t)status < sizeof names / sizeof *names ? names[status] : "unknown";
}

int yutu_status_exit(yutu_status status) {
  switch (status) {
  case YUTU_OK:
    return 0;
  case YUTU_ERR_USAGE:
  case YUTU_ERR_QUERY:
  case YUTU_ERR_UNSUPPORTED:
    return 2;
  case YUTU_ERR_INPUT:
  case YUTU_ERR_LIMIT:
    return 3;
  case YUTU_ERR_FORMAT:
  case YUTU_ERR_IO:
  case YUTU_ERR_STORE:
    return 4;
  case YUTU_ERR_INTERRUPTED:
    return 130;
  case YUTU_ERR_NOMEM:
  case YUTU_ERR_INTERNAL:
    break;
  }
  return 5;
}
