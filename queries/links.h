/// @file queries/links.h  Which regions cooperation ties together, and by which sentences.
///
/// Source: the ties between regions of every article, each an rdf:Statement of yutu:linkedWith that names its
/// cooperation (graph/ingest.h). Everything is sorted; the same store gives the same lists.
#ifndef YUTU_QUERIES_LINKS_H
#define YUTU_QUERIES_LINKS_H

#include "base/arena.h"
#include "graph/store.h"
#include "queries/remote/remote.h"

#include <signal.h>

/// Two regions. Slices are in the arena.
typedef struct {
  yutu_slice a, b;           ///< IRIs
  yutu_slice a_name, b_name; ///< preferred labels
  uint64_t cooperations, articles;
  yutu_slice sentence; ///< one of the sentences that say so
} yutu_region_pair;

/// One cooperation between two regions.
typedef struct {
  yutu_slice claim;               ///< IRI
  yutu_slice date;                ///< as the text gives it, or empty
  yutu_slice via;                 ///< label, or empty
  const yutu_slice *participants; ///< labels
  size_t n_participants;
  bool planned; ///< the text only plans it
  yutu_slice sentence;
  yutu_slice article, title, source,
      reported; ///< IRI, title, file and date of the article; the last three may be empty
} yutu_region_tie;

typedef struct {
  yutu_snapshot *snapshot;
  yutu_remote *remote;                 ///< this endpoint is asked instead, unless NULL
  yutu_arena *arena;                   ///< without a trap
  const volatile sig_atomic_t *cancel; ///< may be NULL
} yutu_links;

/// Pairs of regions, the strongest first.
/// @param region  IRI: only pairs with this region, which is then `a`; empty: all pairs
/// @param limit   most pairs; 0: all
YUTU_NODISCARD yutu_status yutu_links_pairs(const yutu_links *links, yutu_slice region, uint64_t limit,
                                            const yutu_region_pair **ret, size_t *ret_n, yutu_error *err);

/// What ties two regions, the earliest first. @param a,b IRIs
YUTU_NODISCARD yutu_status yutu_links_ties(const yutu_links *links, yutu_slice a, yutu_slice b,
                                           const yutu_region_tie **ret, size_t *ret_n, yutu_error *err);

#endif
