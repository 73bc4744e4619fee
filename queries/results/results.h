/// @file queries/results/results.h  Answers written out: as a table, CSV, TSV, JSON, XML, or as RDF.
///
/// The writers take rows from anywhere (yutu_rows), so that answers of our own engine and those read from another
/// endpoint come out in the same way. They stream: nothing but the table holds more than a row.
///
/// Sources: SPARQL 1.1 Query Results CSV and TSV Formats, SPARQL 1.1 Query Results JSON Format, SPARQL Query Results
/// XML Format (Second Edition), RDF 1.1 N-Triples; all W3C Recommendations.
#ifndef YUTU_QUERIES_RESULTS_RESULTS_H
#define YUTU_QUERIES_RESULTS_RESULTS_H

#include "graph/serialise/format.h"
#include "queries/sparql/sparql.h"

typedef enum {
  YUTU_RESULTS_TABLE,    ///< for people, columns aligned on a terminal, wide characters counted as two
  YUTU_RESULTS_CSV,      ///< text/csv: plain values
  YUTU_RESULTS_TSV,      ///< text/tab-separated-values: terms
  YUTU_RESULTS_JSON,     ///< application/sparql-results+json
  YUTU_RESULTS_XML,      ///< application/sparql-results+xml
  YUTU_RESULTS_NTRIPLES, ///< application/n-triples: for CONSTRUCT and DESCRIBE
  YUTU_RESULTS_TURTLE,   ///< text/turtle: for CONSTRUCT and DESCRIBE
  YUTU_RESULTS_JSONLD,   ///< application/ld+json: the same
  YUTU_RESULTS_RDFXML,   ///< application/rdf+xml: the same
} yutu_results_format;

/// The table is laid out by its first rows; later ones may stick out of it.
enum { YUTU_RESULTS_TABLE_ROWS = 1000, YUTU_RESULTS_TABLE_COLUMN_MAX = 60 };

/// Where rows come from.
typedef struct {
  yutu_query_form form;
  const yutu_slice *columns;
  size_t n_columns;
  bool answer; ///< of an ASK
  /// As yutu_result_next().
  yutu_status (*next)(void *context, const yutu_term **ret_row, yutu_error *err);
  void *context;
} yutu_rows;

/// The format of a name ("table", "csv", "tsv", "json", "xml", "ntriples", "turtle", "jsonld", "rdfxml"). @return false
/// when there is none such.
bool yutu_results_format_of(const char *name, yutu_results_format *ret);

/// Media type of a format for an HTTP header; NULL when the format cannot hold the answers of the form. Static.
const char *yutu_results_media_type(yutu_results_format format, yutu_query_form form);

/// The writer of graphs behind a format; YUTU_FORMAT_NONE when the format is none of RDF.
yutu_format yutu_results_graph_format(yutu_results_format format);

/// Write all rows that are left.
/// @param out  Any stream (fopencookie() makes one of a callback). Flushed at the end, not closed.
/// @retval YUTU_ERR_USAGE        the format cannot hold the answer of this form of query: the message says which can
/// @retval YUTU_ERR_UNSUPPORTED  XML: a value has a character that XML 1.0 cannot hold
/// @retval YUTU_ERR_IO           writing failed
/// Anything that rows->next returned: what came before has been written.
YUTU_NODISCARD yutu_status yutu_rows_write(const yutu_rows *rows, yutu_results_format format, FILE *out,
                                           yutu_error *err);

/// The same for a result of our engine.
YUTU_NODISCARD yutu_status yutu_results_write(yutu_result *result, yutu_results_format format, FILE *out,
                                              yutu_error *err);

#endif
