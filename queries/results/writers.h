/// @file queries/results/writers.h  Between results.c and the formats; not for others.
#ifndef YUTU_QUERIES_RESULTS_WRITERS_H
#define YUTU_QUERIES_RESULTS_WRITERS_H

#include "graph/serialise/escape.h"
#include "queries/results/results.h"

/// Write all rows. Failures of the stream are looked after by results.c.
typedef yutu_status (*yutu_rows_writer)(const yutu_rows *rows, yutu_output *out, yutu_error *err);

yutu_status yutu_write_table(const yutu_rows *rows, yutu_output *out, yutu_error *err);
yutu_status yutu_write_csv(const yutu_rows *rows, yutu_output *out, yutu_error *err);
yutu_status yutu_write_tsv(const yutu_rows *rows, yutu_output *out, yutu_error *err);
yutu_status yutu_write_json(const yutu_rows *rows, yutu_output *out, yutu_error *err);
yutu_status yutu_write_xml(const yutu_rows *rows, yutu_output *out, yutu_error *err);

#endif
