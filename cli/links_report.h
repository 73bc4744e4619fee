/// @file cli/links_report.h  Links between regions, printed for people, as CSV, and as JSON.
#ifndef YUTU_CLI_LINKS_REPORT_H
#define YUTU_CLI_LINKS_REPORT_H

#include "queries/links.h"

#include <stdio.h>

/// @param one_sided  all pairs have the same first region: it is left out of the lines
void yutu_pairs_table(const yutu_region_pair *pairs, size_t n, bool one_sided, unsigned width, FILE *out);
void yutu_pairs_csv(const yutu_region_pair *pairs, size_t n, FILE *out);
YUTU_NODISCARD yutu_status yutu_pairs_json(const yutu_region_pair *pairs, size_t n, FILE *out, yutu_error *err);

void yutu_ties_table(const yutu_region_tie *ties, size_t n, unsigned width, FILE *out);
void yutu_ties_csv(const yutu_region_tie *ties, size_t n, FILE *out);
YUTU_NODISCARD yutu_status yutu_ties_json(const yutu_region_tie *ties, size_t n, FILE *out, yutu_error *err);

#endif
