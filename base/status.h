/// @file base/status.h  What a call came to, and why it failed.
///
/// Every function that can fail returns a yutu_status and takes the caller's yutu_error last.
/// Outputs come last too and are untouched on failure. Nothing below cli/ prints: the message is
/// for the caller to show. Bugs of our own are asserts; codes are for what the world does.
#ifndef YUTU_BASE_STATUS_H
#define YUTU_BASE_STATUS_H

#include <stddef.h>

#define YUTU_NODISCARD __attribute__((warn_unused_result))
#define YUTU_PRINTF(string, first) __attribute__((format(printf, string, first)))

/// Run a call that returns a status; return it at once unless it is YUTU_OK. For calls whose failure leaves nothing to
/// release; with something to release, `goto done`.
#define YUTU_TRY(call)                                                                                                  \
  do {                                                                                                                 \
    const yutu_status yutu_try_status = (call);                                                                        \
    if (yutu_try_status != YUTU_OK)                                                                                    \
      return yutu_try_status;                                                                                          \
  } while (0)

typedef enum {
  YUTU_OK = 0,
  YUTU_ERR_USAGE,        ///< the caller asked for something that does not exist
  YUTU_ERR_INPUT,        ///< an input file or text is not what it should be
  YUTU_ERR_FORMAT,       ///< a file of our own is damaged or of another version
  YUTU_ERR_LIMIT,        ///< an input exceeds a documented limit
  YUTU_ERR_NOMEM,        ///< out of memory
  YUTU_ERR_IO,           ///< the operating system refused
  YUTU_ERR_STORE,        ///< the store refused
  YUTU_ERR_QUERY,        ///< a query is wrong
  YUTU_ERR_UNSUPPORTED,  ///< a query is right but asks for what is not supported
  YUTU_ERR_INTERRUPTED,  ///< stopped by the user
  YUTU_ERR_INTERNAL,     ///< a library failed in a way that it should not
} yutu_status;

enum { YUTU_ERROR_MESSAGE_MAX = 480, YUTU_ERROR_FILE_MAX = 240 };

/// Filled on failure only. Zero-initialise before first use; there is nothing to free.
typedef struct {
  yutu_status code;
  unsigned line;                        ///< 1-based line of `file`, 0: unknown
  unsigned column;                      ///< 1-based column in code points, 0: unknown
  size_t offset;                        ///< byte offset into `file`, meaningful when line is not 0
  char file[YUTU_ERROR_FILE_MAX];       ///< "" when no file is to blame
  char message[YUTU_ERROR_MESSAGE_MAX]; ///< one line: what is wrong and what to do
} yutu_error;

/// Fill `err` (may be NULL) and return `code`, so that a failure is one statement:
/// `return yutu_fail(err, YUTU_ERR_INPUT, "…")`. Line breaks in the message become blanks.
yutu_status yutu_fail(yutu_error *err, yutu_status code, const char *format, ...) YUTU_PRINTF(3, 4);

/// The same, with the place to blame. `file` may be NULL, `line` 0.
yutu_status yutu_fail_at(yutu_error *err, yutu_status code, const char *file, unsigned line, const char *format, ...)
    YUTU_PRINTF(5, 6);

/// Name of a status for messages: "input", "store", … Static.
const char *yutu_status_name(yutu_status status);

/// Exit status of the program for a status (CONTRACT: 0 done, 2 usage or query, 3 bad input, 4 store or I/O, 5 internal,
/// 130 interrupted).
int yutu_status_exit(yutu_status status);

#endif
