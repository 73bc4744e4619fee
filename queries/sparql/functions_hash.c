#include "queries/sparql/functions_table.h"

#include <nettle/md5.h>
#include <nettle/nettle-meta.h>

enum { DIGEST_MAX = 64, CONTEXT_MAX = 512 };

static bool hash(yutu_exec *x, const struct nettle_hash *h, const yutu_value *v, yutu_value *ret) {
  if (v->kind != YUTU_VALUE_STRING)
    return false;
  _Alignas(16) unsigned char context[CONTEXT_MAX];
  unsigned char digest[DIGEST_MAX];
  if (h->context_size > sizeof context || h->digest_size > sizeof digest)
    return false;
  h->init(context);
  h->update(context, v->text.len, (const uint8_t *)v->text.data);
  h->digest(context, h->digest_size, digest);
  char *hex = yutu_arena_alloc(x->scratch, 2 * h->digest_size + 1);
  for (unsigned i = 0; i < h->digest_size; i++) {
    hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
    hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
  }
  *ret = yutu_value_string((yutu_slice){hex, 2 * h->digest_size});
  return true;
}

YUTU_EAGER(md5) {
  (void)n;
  return hash(x, &nettle_md5, args, ret);
}

YUTU_EAGER(sha1) {
  (void)n;
  return hash(x, &nettle_sha1, args, ret);
}

YUTU_EAGER(sha256) {
  (void)n;
  return hash(x, &nettle_sha256, args, ret);
}

YUTU_EAGER(sha384) {
  (void)n;
  return hash(x, &nettle_sha384, args, ret);
}

YUTU_EAGER(sha512) {
  (void)n;
  return hash(x, &nettle_sha512, args, ret);
}
