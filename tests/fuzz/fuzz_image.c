// A compiled gazetteer from anywhere: any bytes must be refused or be safe to look things up in.
#include "ontology/gazetteer.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  void *image = aligned_alloc(8, (size + 8) / 8 * 8);
  if (!image)
    abort();
  memcpy(image, data, size);
  yutu_gazetteer *g = NULL;
  yutu_error err = {0};
  if (yutu_gazetteer_open(image, size, &g, &err) == YUTU_OK) {
    static const uint32_t text[] = {0x6DF1, 0x5733, 0x5E02, 0x5357, 0x5C71, 0x533A};
    yutu_key keys[8];
    (void)yutu_gazetteer_prefixes(g, YUTU_TRIE_NAMES, text, 6, keys, 8);
    for (uint32_t i = 0; i < yutu_gazetteer_entities(g); i++) {
      yutu_gazetteer_entity e;
      yutu_gazetteer_get(g, i, &e);
    }
  }
  yutu_gazetteer_free(g);
  free(image);
  return 0;
}
