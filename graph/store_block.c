#include "graph/store_block.h"

#include <assert.h>
#include <endian.h>

// Control codes: 0 the same; 1 to 7 so many bytes of a zigzag difference; 8 to 15 a small step of the payload under the
// same tag, which needs no bytes.
const unsigned char yutu_block_lengths[16] = {0, 1, 2, 3, 4, 5, 6, 7};

const uint64_t yutu_block_masks[16] = {
    0, 0xff, 0xffff, 0xffffff, 0xffffffff, UINT64_C(0xffffffffff), UINT64_C(0xffffffffffff), YUTU_ID_MASK};

#define STEP(n) ((uint64_t)((n)*16))
const uint64_t yutu_block_steps[16] = {0,       0,       0,       0,       0,       0,       0,        0,
                                       STEP(1), STEP(2), STEP(3), STEP(4), STEP(5), STEP(6), STEP(-1), STEP(-2)};

/// The tag last: neighbours in time differ in few low bits, whatever their kinds.
static inline uint64_t mix(yutu_id id) {
  return (id << 4 | id >> YUTU_PAYLOAD_BITS) & YUTU_ID_MASK;
}

void yutu_block_key(const yutu_tuple *last, unsigned char ret_key[YUTU_BLOCK_KEY]) {
  for (size_t i = 0; i < 4; i++) {
    const uint64_t v = htobe64(last->v[i]);
    memcpy(ret_key + 8 * i, &v, 8);
  }
}

yutu_tuple yutu_block_key_tuple(const void *key) {
  yutu_tuple t;
  memcpy(&t, key, sizeof t);
  for (int i = 0; i < 4; i++)
    t.v[i] = be64toh(t.v[i]);
  return t;
}

bool yutu_block_open(yutu_block_reader *r, const yutu_tuple *last, const unsigned char *bytes, size_t n) {
  r->left = 0;
  if (n < YUTU_BLOCK_HEAD)
    return false;
  r->left = bytes[0] | (unsigned)bytes[1] << 8;
  r->at = bytes + YUTU_BLOCK_HEAD;
  r->end = bytes + n;
  for (int i = 0; i < 4; i++)
    r->mixed[i] = mix(last->v[i]);
  return r->left > 0;
}

static unsigned step_code(uint64_t difference) {
  for (unsigned code = 8; code < 16; code++)
    if (difference == (yutu_block_steps[code] & YUTU_ID_MASK))
      return code;
  return 0;
}

/// @return bytes written, at most YUTU_BLOCK_TUPLE_MAX; some bytes after them are scratched
static size_t encode(unsigned char *out, const yutu_tuple *tuple, const yutu_tuple *base) {
  unsigned control = 0;
  unsigned char *at = out + 2;
  for (unsigned i = 0; i < 4; i++) {
    if (tuple->v[i] == base->v[i])
      continue;
    const uint64_t d = (mix(tuple->v[i]) - mix(base->v[i])) & YUTU_ID_MASK;
    unsigned code = step_code(d);
    if (code == 0) {
      const bool negative = d >> (YUTU_ID_BITS - 1);
      const uint64_t z = (negative ? ~(d << 1) : d << 1) & YUTU_ID_MASK;
      code = (71 - (unsigned)__builtin_clzll(z | 1)) / 8;
      const uint64_t le = htole64(z);
      memcpy(at, &le, 8);
      at += code;
    }
    control |= code << (4 * i);
  }
  out[0] = (unsigned char)control;
  out[1] = (unsigned char)(control >> 8);
  return (size_t)(at - out);
}

enum { BODY = YUTU_BLOCK_HEAD + YUTU_BLOCK_TUPLE_MAX };

void yutu_block_start(yutu_block_writer *w) {
  w->n = BODY;
  w->count = 0;
}

bool yutu_block_put(yutu_block_writer *w, const yutu_tuple *tuple) {
  if (w->count == 0) {
    w->first = *tuple;
  } else {
    unsigned char scratch[YUTU_BLOCK_TUPLE_MAX + 8];
    const size_t n = encode(scratch, tuple, &w->last);
    if (w->n + n > YUTU_BLOCK_BYTES)
      return false;
    memcpy(w->bytes + w->n, scratch, n);
    w->n += n;
  }
  w->count++;
  w->last = *tuple;
  return true;
}

const unsigned char *yutu_block_finish(yutu_block_writer *w, size_t *ret_n) {
  assert(w->count > 0);
  unsigned char scratch[YUTU_BLOCK_TUPLE_MAX + 8];
  const size_t n = encode(scratch, &w->first, &w->last);
  unsigned char *start = w->bytes + BODY - n - YUTU_BLOCK_HEAD;
  start[0] = (unsigned char)w->count;
  start[1] = (unsigned char)(w->count >> 8);
  memcpy(start + YUTU_BLOCK_HEAD, scratch, n);
  *ret_n = w->n - (size_t)(start - w->bytes);
  return start;
}
