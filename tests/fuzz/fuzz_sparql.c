// The query parser.
#include "queries/sparql/sparql.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  yutu_query *query = NULL;
  yutu_error err = {0};
  if (yutu_sparql_parse((yutu_slice){(const char *)data, size}, YUTU_SLICE("http://example.org/"), &query, &err) ==
      YUTU_OK)
    yutu_query_free(query);
  return 0;
}
