// Parameters in the text of a query for another endpoint: any text, and the parameters ?s and ?o.
#include "queries/remote/answer.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const yutu_binding bindings[] = {{"s", {.kind = YUTU_TERM_IRI, .value = {"http://e/}", 10}}},
                                          {"o", {.kind = YUTU_TERM_LITERAL, .value = {"\"}\n", 3}}}};
  const yutu_remote_question question = {
      .text = {size ? (const char *)data : "", size}, .bindings = bindings, .n_bindings = 2};
  yutu_buffer out = YUTU_BUFFER_INIT;
  if (yutu_remote_write_query(&question, &out, NULL) != YUTU_OK)
    yutu_buffer_clear(&out);
  yutu_buffer_free(&out);
  return 0;
}
