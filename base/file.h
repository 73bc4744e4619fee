/// @file base/file.h  Whole files in and out.
#ifndef YUTU_BASE_FILE_H
#define YUTU_BASE_FILE_H

#include "base/buffer.h"

/// Read a whole file, or standard input for "-", into `ret` (appended).
/// @param limit  Most bytes accepted.
/// @retval YUTU_ERR_IO     cannot be opened or read; `err` names the file and the reason
/// @retval YUTU_ERR_LIMIT  larger than `limit`
YUTU_NODISCARD yutu_status yutu_file_read(const char *path, size_t limit, yutu_buffer *ret, yutu_error *err);

/// Write a file so that at any moment either the old or the new content is there whole: a temporary file beside it,
/// fsync, rename, fsync of the folder.
YUTU_NODISCARD yutu_status yutu_file_write(const char *path, const void *data, size_t n, yutu_error *err);

#endif
