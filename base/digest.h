/// @file base/digest.h  SHA-256, by nettle.
#ifndef YUTU_BASE_DIGEST_H
#define YUTU_BASE_DIGEST_H

#include <stddef.h>

enum { YUTU_DIGEST_HEX = 64 };

/// Lower-case hexadecimal SHA-256 of n bytes, NUL-terminated.
void yutu_digest(const void *data, size_t n, char ret_hex[YUTU_DIGEST_HEX + 1]);

#endif
