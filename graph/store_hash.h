/// @file graph/store_hash.h  The 128-bit keyed hash by which the dictionary knows its terms.
///
/// SipHash-2-4 with 128 bits of output (Aumasson and Bernstein, 2012). The key is drawn at random when a store is made,
/// so that nobody can prepare terms that collide; by chance two of 10^9 terms do with probability 10^-21. The
/// dictionary therefore takes equal hashes for equal terms.
#ifndef YUTU_GRAPH_STORE_HASH_H
#define YUTU_GRAPH_STORE_HASH_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint64_t a, b;
} yutu_hash128;

/// Hash `head`, then n bytes.
yutu_hash128 yutu_store_hash(const uint64_t key[2], uint64_t head, const void *data, size_t n);

#endif
