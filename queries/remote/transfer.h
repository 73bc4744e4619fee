/// @file queries/remote/transfer.h  One HTTP request whose answer is read piece by piece. The only user of libcurl.
#ifndef YUTU_QUERIES_REMOTE_TRANSFER_H
#define YUTU_QUERIES_REMOTE_TRANSFER_H

#include "base/buffer.h"
#include "base/slice.h"
#include "base/status.h"

#include <signal.h>

typedef struct yutu_transfer yutu_transfer;

/// Borrowed for the life of the transfer.
typedef struct {
  const char *address;
  yutu_slice form; ///< the body: application/x-www-form-urlencoded
  const char *accept;
  unsigned timeout_ms;                 ///< for everything; 0: none
  const volatile sig_atomic_t *cancel; ///< may be NULL
} yutu_transfer_request;

/// POST it and wait for the head of the answer.
/// @param[out] ret  Owned; free with yutu_transfer_free().
/// @retval as yutu_remote_ask(); a status that is no success is a failure
YUTU_NODISCARD yutu_status yutu_transfer_begin(const yutu_transfer_request *request, yutu_transfer **ret,
                                               yutu_error *err);
void yutu_transfer_free(yutu_transfer *transfer); ///< NULL-safe.

yutu_slice yutu_transfer_type(const yutu_transfer *transfer); ///< Content-Type; borrowed

/// The next bytes; none at the end. Borrowed until the next call.
YUTU_NODISCARD yutu_status yutu_transfer_read(yutu_transfer *transfer, yutu_slice *ret, yutu_error *err);

/// Append bytes as a value of a form.
void yutu_form_escape(yutu_buffer *form, yutu_slice value);

/// The address without a name and password in it, for messages. @param room  at least 300 bytes
const char *yutu_address_shown(const char *address, char *room, size_t n);

#endif
