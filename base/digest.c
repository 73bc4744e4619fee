#include "base/digest.h"

#include <nettle/sha2.h>
#include <stdio.h>

void yutu_digest(const void *data, size_t n, char ret_hex[YUTU_DIGEST_HEX + 1]) {
  struct sha256_ctx context;
  uint8_t sum[SHA256_DIGEST_SIZE];
  sha256_init(&context);
  sha256_update(&context, n, data);
  sha256_digest(&context, sizeof sum, sum);
  for (size_t i = 0; i < sizeof sum; i++)
    snprintf(ret_hex + 2 * i, 3, "%02x", sum[i]);
}
