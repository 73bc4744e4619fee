// The reader of JSON that comes from another endpoint: the same bytes in small and in large pieces.
#include "queries/remote/json.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

typedef struct {
  yutu_slice text;
  size_t step;
} pieces;

static yutu_status read_piece(void *context, yutu_slice *ret, yutu_error *err) {
  (void)err;
  pieces *p = context;
  const size_t n = p->step < p->text.len ? p->step : p->text.len;
  *ret = (yutu_slice){p->text.data, n};
  p->text = (yutu_slice){p->text.data + n, p->text.len - n};
  return YUTU_OK;
}

static yutu_status skip(const uint8_t *data, size_t size, size_t step) {
  pieces p = {{size ? (const char *)data : "", size}, step};
  yutu_json json = {.source = {read_piece, &p}};
  const yutu_status status = yutu_json_skip(&json, NULL);
  yutu_json_free(&json);
  return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (skip(data, size, 1) != skip(data, size, 4096))
    abort();
  return 0;
}
