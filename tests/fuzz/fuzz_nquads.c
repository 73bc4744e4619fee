// The reader of N-Quads.
#include "graph/load.h"
#include "tests/fuzz/fuzz.h"

static yutu_status take(void *context, const yutu_quad *quad, yutu_error *err) {
  (void)err;
  *(size_t *)context += quad->s.value.len + quad->p.value.len + quad->o.value.len + quad->g.value.len;
  return YUTU_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const yutu_load_options options = {.format = YUTU_FORMAT_NQUADS, .base = YUTU_SLICE("http://example.org/")};
  size_t bytes = 0;
  yutu_error err = {0};
  (void)!yutu_load_bytes("input", data, size, &options, take, &bytes, NULL, &err);
  return 0;
}
