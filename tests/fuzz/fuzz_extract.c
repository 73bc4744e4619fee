// From the bytes of a file to claims. Whatever the bytes are, what an article refers to must exist.
#include "extract/extract.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

static void must(bool condition) {
  if (!condition)
    abort();
}

static yutu_status check(void *context, const yutu_article *a, yutu_error *err) {
  (void)context;
  (void)err;
  for (uint32_t i = 0; i < a->n_claims; i++) {
    const yutu_claim *c = &a->claims[i];
    must(c->sentence < a->n_sentences);
    must(c->confidence >= 0 && c->confidence <= 1);
    if (c->kind != YUTU_CLAIM_COOPERATION)
      must(c->subject < a->n_entities);
    if (c->kind == YUTU_CLAIM_RELATION)
      must(c->object < a->n_entities);
    if (c->kind == YUTU_CLAIM_COOPERATION)
      must(c->n_participants >= 2);
    for (uint32_t k = 0; c->kind == YUTU_CLAIM_COOPERATION && k < c->n_participants; k++)
      must(c->participants[k] < a->n_entities);
  }
  for (uint32_t i = 0; i < a->n_links; i++)
    must(a->links[i].a < a->n_entities && a->links[i].b < a->n_entities && a->links[i].claim < a->n_claims);
  for (uint32_t i = 0; i < a->n_sentences; i++)
    must(a->sentences[i].begin < a->sentences[i].end);
  return YUTU_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static yutu_extractor *extractor; // one for all inputs: making it is slow, and it must not carry anything over
  yutu_error err = {0};
  if (!extractor)
    must(yutu_extractor_new(NULL, &extractor, &err) == YUTU_OK);
  (void)!yutu_extract(extractor, "input.txt", data, size, check, NULL, &err);
  return 0;
}
