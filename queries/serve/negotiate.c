#include "queries/serve/negotiate.h"

#include <string.h>
#include <strings.h>

static const yutu_offer of_rows[] = {
    {"application/sparql-results+json", NULL, YUTU_RESULTS_JSON},
    {"application/sparql-results+xml", NULL, YUTU_RESULTS_XML},
    {"text/csv", "text/csv; charset=utf-8", YUTU_RESULTS_CSV},
    {"text/tab-separated-values", "text/tab-separated-values; charset=utf-8", YUTU_RESULTS_TSV},
    {"application/json", NULL, YUTU_RESULTS_JSON},
    {"application/xml", NULL, YUTU_RESULTS_XML},
    {"text/xml", NULL, YUTU_RESULTS_XML},
    {"text/plain", "text/plain; charset=utf-8", YUTU_RESULTS_TABLE},
};

static const yutu_offer of_graphs[] = {
    {"text/turtle", "text/turtle; charset=utf-8", YUTU_RESULTS_TURTLE},
    {"application/n-triples", NULL, YUTU_RESULTS_NTRIPLES},
    {"application/ld+json", NULL, YUTU_RESULTS_JSONLD},
    {"application/rdf+xml", NULL, YUTU_RESULTS_RDFXML},
    {"application/x-turtle", "text/turtle; charset=utf-8", YUTU_RESULTS_TURTLE},
    {"application/json", NULL, YUTU_RESULTS_JSONLD},
    {"application/xml", NULL, YUTU_RESULTS_RDFXML},
    {"text/plain", "text/plain; charset=utf-8", YUTU_RESULTS_NTRIPLES},
};

const yutu_offer *yutu_offers(yutu_query_form form, size_t *ret_n) {
  if (form == YUTU_QUERY_CONSTRUCT || form == YUTU_QUERY_DESCRIBE) {
    *ret_n = sizeof of_graphs / sizeof *of_graphs;
    return of_graphs;
  }
  *ret_n = sizeof of_rows / sizeof *of_rows;
  return of_rows;
}

const char *yutu_offer_sent(const yutu_offer *offer) {
  return offer->sent ? offer->sent : offer->type;
}

static bool same_word(yutu_slice a, yutu_slice b) {
  return a.len == b.len && (a.len == 0 || strncasecmp(a.data, b.data, a.len) == 0);
}

// The part before the first ";".
static yutu_slice bare(yutu_slice value) {
  yutu_slice piece = value;
  (void)yutu_slice_split(&value, ';', &piece);
  return yutu_slice_trim(piece);
}

bool yutu_is_media_type(yutu_slice value, const char *type) {
  return same_word(bare(value), yutu_slice_of(type));
}

yutu_slice yutu_media_parameter(yutu_slice value, const char *name) {
  yutu_slice piece;
  (void)yutu_slice_split(&value, ';', &piece);
  while (yutu_slice_split(&value, ';', &piece)) {
    yutu_slice key;
    if (!yutu_slice_split(&piece, '=', &key) || !same_word(yutu_slice_trim(key), yutu_slice_of(name)))
      continue;
    piece = yutu_slice_trim(piece);
    if (piece.len >= 2 && piece.data[0] == '"' && piece.data[piece.len - 1] == '"')
      piece = (yutu_slice){piece.data + 1, piece.len - 2};
    return piece;
  }
  return (yutu_slice){NULL, 0};
}

// "0.85" in thousandths; whatever is no quality counts as 1.
static int quality(yutu_slice range) {
  const yutu_slice q = yutu_media_parameter(range, "q");
  if (!q.len || (q.data[0] != '0' && q.data[0] != '1'))
    return 1000;
  int value = q.data[0] == '1' ? 1000 : 0;
  for (size_t i = 2, unit = 100; value < 1000 && i < q.len && i < 5 && q.data[i] >= '0' && q.data[i] <= '9'; i++) {
    value += (q.data[i] - '0') * (int)unit;
    unit /= 10;
  }
  return value;
}

// How exactly a range means a type: 3 the type itself, 2 "text/*", 1 "*/*", 0 not at all.
static int precision(yutu_slice range, yutu_slice type) {
  range = bare(range);
  if (same_word(range, type))
    return 3;
  if (yutu_slice_eq(range, YUTU_SLICE("*/*")) || yutu_slice_eq(range, YUTU_SLICE("*")))
    return 1;
  const char *slash = memchr(type.data, '/', type.len);
  const size_t n = (size_t)(slash - type.data) + 1;
  return range.len == n + 1 && range.data[n] == '*' && strncasecmp(range.data, type.data, n) == 0 ? 2 : 0;
}

int yutu_negotiate(yutu_slice accept, const yutu_offer *offers, size_t n) {
  if (!yutu_slice_trim(accept).len)
    return 0;
  int best = YUTU_NO_OFFER;
  int best_quality = 0;
  for (size_t i = 0; i < n; i++) {
    int exact = 0;
    int q = 0;
    yutu_slice range;
    for (yutu_slice rest = accept; yutu_slice_split(&rest, ',', &range);) {
      const int p = precision(range, yutu_slice_of(offers[i].type));
      if (p > exact) {
        exact = p;
        q = quality(range);
      }
    }
    if (q > best_quality) {
      best = (int)i;
      best_quality = q;
    }
  }
  return best;
}
