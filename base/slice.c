#include "base/slice.h"

#include <string.h>

yutu_slice yutu_slice_of(const char *s) {
  return s ? (yutu_slice){s, strlen(s)} : (yutu_slice){NULL, 0};
}

bool yutu_slice_eq(yutu_slice a, yutu_slice b) {
  return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

int yutu_slice_cmp(yutu_slice a, yutu_slice b) {
  const size_t n = a.len < b.len ? a.len : b.len;
  const int order = n ? memcmp(a.data, b.data, n) : 0;
  return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool yutu_slice_starts(yutu_slice s, yutu_slice prefix) {
  return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.data, prefix.data, prefix.len) == 0);
}

bool yutu_slice_ends(yutu_slice s, yutu_slice suffix) {
  return s.len >= suffix.len &&
         (suffix.len == 0 || memcmp(s.data + (s.len - suffix.len), suffix.data, suffix.len) == 0);
}

static bool blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

yutu_slice yutu_slice_trim(yutu_slice s) {
  while (s.len && blank(s.data[0])) {
    s.data++;
    s.len--;
  }
  while (s.len && blank(s.data[s.len - 1]))
    s.len--;
  return s;
}

bool yutu_slice_split(yutu_slice *rest, char separator, yutu_slice *ret_piece) {
  if (!rest->data)
    return false;
  const char *cut = rest->len ? memchr(rest->data, separator, rest->len) : NULL;
  if (!cut) {
    *ret_piece = *rest;
    *rest = (yutu_slice){NULL, 0};
    return true;
  }
  const size_t n = (size_t)(cut - rest->data);
  *ret_piece = (yutu_slice){rest->data, n};
  *rest = (yutu_slice){cut + 1, rest->len - n - 1};
  return true;
}

static uint64_t mix(uint64_t h) {
  h ^= h >> 32;
  h *= UINT64_C(0x9E3779B97F4A7C15);
  return h ^ (h >> 29);
}

uint64_t yutu_hash(const void *data, size_t n) {
  const unsigned char *p = data;
  uint64_t h = UINT64_C(0x8000000000000000) ^ n;
  for (; n >= 8; p += 8, n -= 8) {
    uint64_t word;
    memcpy(&word, p, 8);
    h = mix(h ^ word) * UINT64_C(0xD6E8FEB86659FD93);
  }
  uint64_t tail = 0;
  if (n)
    memcpy(&tail, p, n);
  return mix(mix(h ^ tail) + UINT64_C(0x9E3779B97F4A7C15));
}
