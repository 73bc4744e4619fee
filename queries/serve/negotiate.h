/// @file queries/serve/negotiate.h  Which of the formats that we can give does the client want?
///
/// Source: RFC 9110, section 12.5.1 (Accept).
#ifndef YUTU_QUERIES_SERVE_NEGOTIATE_H
#define YUTU_QUERIES_SERVE_NEGOTIATE_H

#include "queries/results/results.h"

typedef struct {
  const char *type; ///< media type, without parameters: what the client may ask for
  const char *sent; ///< Content-Type of the answer; NULL: the type itself
  yutu_results_format format;
} yutu_offer;

enum { YUTU_NO_OFFER = -1 };

/// The offer of the highest quality, of several the first.
/// @param accept  value of Accept; empty: anything will do. Ranges that are no media ranges are passed over.
/// @return its number, or YUTU_NO_OFFER when all are refused
int yutu_negotiate(yutu_slice accept, const yutu_offer *offers, size_t n);

/// What the answers of a form of query can be sent as, the usual one first. Static.
const yutu_offer *yutu_offers(yutu_query_form form, size_t *ret_n);

const char *yutu_offer_sent(const yutu_offer *offer);

/// Is it this media type, whatever its parameters? ASCII letters in any case.
bool yutu_is_media_type(yutu_slice value, const char *type);

/// The value of a parameter of a media type ("charset"), without quotes; empty: it has none.
yutu_slice yutu_media_parameter(yutu_slice value, const char *name);

#endif
