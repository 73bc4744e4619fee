#include "queries/results/results.h"

#include "graph/serialise/writer.h"
#include "queries/results/writers.h"

#include <stdlib.h>

static const struct {
  const char *name, *select_type, *graph_type; ///< media types; NULL: not for this form
  yutu_rows_writer write;                      ///< NULL: a writer of graphs
  yutu_format graph_format;
} formats[] = {
    [YUTU_RESULTS_TABLE] = {"table", "text/plain;charset=utf-8", "text/plain;charset=utf-8", yutu_write_table, 0},
    [YUTU_RESULTS_CSV] = {"csv", "text/csv;charset=utf-8", NULL, yutu_write_csv, 0},
    [YUTU_RESULTS_TSV] = {"tsv", "text/tab-separated-values;charset=utf-8", NULL, yutu_write_tsv, 0},
    [YUTU_RESULTS_JSON] = {"json", "application/sparql-results+json", NULL, yutu_write_json, 0},
    [YUTU_RESULTS_XML] = {"xml", "application/sparql-results+xml", NULL, yutu_write_xml, 0},
    [YUTU_RESULTS_NTRIPLES] = {"ntriples", NULL, "application/n-triples", NULL, YUTU_FORMAT_NTRIPLES},
    [YUTU_RESULTS_TURTLE] = {"turtle", NULL, "text/turtle;charset=utf-8", NULL, YUTU_FORMAT_TURTLE},
    [YUTU_RESULTS_JSONLD] = {"jsonld", NULL, "application/ld+json", NULL, YUTU_FORMAT_JSONLD},
    [YUTU_RESULTS_RDFXML] = {"rdfxml", NULL, "application/rdf+xml", NULL, YUTU_FORMAT_RDFXML},
};

bool yutu_results_format_of(const char *name, yutu_results_format *ret) {
  for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
    if (yutu_slice_eq(yutu_slice_of(name), yutu_slice_of(formats[i].name))) {
      *ret = (yutu_results_format)i;
      return true;
    }
  }
  return false;
}

static bool is_graph(yutu_query_form form) {
  return form == YUTU_QUERY_CONSTRUCT || form == YUTU_QUERY_DESCRIBE;
}

const char *yutu_results_media_type(yutu_results_format format, yutu_query_form form) {
  return is_graph(form) ? formats[format].graph_type : formats[format].select_type;
}

yutu_format yutu_results_graph_format(yutu_results_format format) {
  return formats[format].graph_format;
}

static yutu_status write_triples(const yutu_rows *rows, yutu_writer *writer, yutu_error *err) {
  for (;;) {
    const yutu_term *row;
    YUTU_TRY(rows->next(rows->context, &row, err));
    if (!row)
      return YUTU_OK;
    const yutu_quad quad = {.s = row[0], .p = row[1], .o = row[2]};
    YUTU_TRY(yutu_writer_quad(writer, &quad, err));
  }
}

static yutu_status write_graph(const yutu_rows *rows, yutu_format format, FILE *out, yutu_error *err) {
  yutu_arena *arena = yutu_arena_new(0);
  size_t n = 0;
  const yutu_prefix *prefixes = arena ? yutu_prefixes_default((yutu_slice){NULL, 0}, arena, &n) : NULL;
  yutu_writer *writer = NULL;
  yutu_status status = prefixes ? YUTU_OK : yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  if (status == YUTU_OK)
    status = yutu_writer_open(format, yutu_byte_sink_file(out), prefixes, n, &writer, err);
  if (status == YUTU_OK) {
    status = write_triples(rows, writer, err);
    if (status == YUTU_OK)
      status = yutu_writer_close(writer, err);
    else
      yutu_writer_abort(writer);
  }
  yutu_arena_free(arena);
  return status;
}

static yutu_status write_rows(const yutu_rows *rows, yutu_rows_writer write, FILE *out, yutu_error *err) {
  yutu_output *output = malloc(sizeof *output);
  if (!output)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  yutu_output_init(output, yutu_byte_sink_file(out));
  yutu_status status = write(rows, output, err);
  const yutu_status flushed = yutu_output_finish(output, status == YUTU_OK ? err : NULL);
  if (status == YUTU_OK)
    status = flushed;
  free(output);
  return status;
}

yutu_status yutu_rows_write(const yutu_rows *rows, yutu_results_format format, FILE *out, yutu_error *err) {
  if (!yutu_results_media_type(format, rows->form))
    return yutu_fail(err, YUTU_ERR_USAGE, "the format %s cannot hold the answer of %s; use %s", formats[format].name,
                     is_graph(rows->form) ? "CONSTRUCT or DESCRIBE" : "SELECT or ASK",
                     is_graph(rows->form) ? "turtle, ntriples, jsonld, rdfxml or table"
                                          : "table, csv, tsv, json or xml");
  if (formats[format].write)
    return write_rows(rows, formats[format].write, out, err);
  return write_graph(rows, formats[format].graph_format, out, err);
}

static yutu_status next_of_result(void *context, const yutu_term **ret_row, yutu_error *err) {
  return yutu_result_next(context, ret_row, err);
}

yutu_status yutu_results_write(yutu_result *result, yutu_results_format format, FILE *out, yutu_error *err) {
  yutu_rows rows = {.form = yutu_result_kind(result), .next = next_of_result, .context = result};
  rows.columns = yutu_result_columns(result, &rows.n_columns);
  if (rows.form == YUTU_QUERY_ASK)
    YUTU_TRY(yutu_result_ask(result, &rows.answer, err));
  return yutu_rows_write(&rows, format, out, err);
}
