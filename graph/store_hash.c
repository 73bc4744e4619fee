#include "graph/store_hash.h"

#include <string.h>

typedef struct {
  uint64_t v0, v1, v2, v3;
} sip;

static inline uint64_t rotate(uint64_t x, unsigned n) {
  return (x << n) | (x >> (64 - n));
}

static inline void sip_round(sip *s) {
  s->v0 += s->v1;
  s->v2 += s->v3;
  s->v1 = rotate(s->v1, 13) ^ s->v0;
  s->v3 = rotate(s->v3, 16) ^ s->v2;
  s->v0 = rotate(s->v0, 32);
  s->v2 += s->v1;
  s->v0 += s->v3;
  s->v1 = rotate(s->v1, 17) ^ s->v2;
  s->v3 = rotate(s->v3, 21) ^ s->v0;
  s->v2 = rotate(s->v2, 32);
}

static inline void sip_word(sip *s, uint64_t word) {
  s->v3 ^= word;
  sip_round(s);
  sip_round(s);
  s->v0 ^= word;
}

static inline uint64_t sip_finish(sip *s) {
  for (int i = 0; i < 4; i++)
    sip_round(s);
  return s->v0 ^ s->v1 ^ s->v2 ^ s->v3;
}

yutu_hash128 yutu_store_hash(const uint64_t key[2], uint64_t head, const void *data, size_t n) {
  sip s = {key[0] ^ UINT64_C(0x736f6d6570736575), key[1] ^ UINT64_C(0x646f72616e646f6d) ^ 0xee,
           key[0] ^ UINT64_C(0x6c7967656e657261), key[1] ^ UINT64_C(0x7465646279746573)};
  sip_word(&s, head);
  const unsigned char *p = data;
  for (size_t left = n; left >= 8; left -= 8, p += 8) {
    uint64_t word;
    memcpy(&word, p, 8);
    sip_word(&s, word);
  }
  uint64_t tail = 0;
  if (n & 7)
    memcpy(&tail, p, n & 7);
  sip_word(&s, tail | (uint64_t)((n + 8) & 0xff) << 56);
  s.v2 ^= 0xee;
  yutu_hash128 hash;
  hash.a = sip_finish(&s);
  s.v1 ^= 0xdd;
  hash.b = sip_finish(&s);
  return hash;
}
