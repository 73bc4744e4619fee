/// @file ontology/tsv.h  Tab-separated lists with a comment head.
///
/// `# key: value` lines, then one row that names the columns, then one row a line; rows have as many cells as there are
/// columns. Lines that begin with # and empty lines in between are skipped. UTF-8; a byte order mark and CR before LF
/// are tolerated.
#ifndef YUTU_ONTOLOGY_TSV_H
#define YUTU_ONTOLOGY_TSV_H

#include "base/slice.h"
#include "base/status.h"

enum { YUTU_TSV_COLUMNS_MAX = 24, YUTU_TSV_META_MAX = 16 };

typedef struct {
  const char *path;                         ///< for messages; borrowed
  yutu_slice columns[YUTU_TSV_COLUMNS_MAX]; ///< from the header row
  unsigned n_columns;
  yutu_slice meta_keys[YUTU_TSV_META_MAX];
  yutu_slice meta_values[YUTU_TSV_META_MAX];
  unsigned n_meta; ///< further `# key: value` lines are comments
  unsigned line;   ///< of the row read last, 1-based
  yutu_slice rest; ///< what has not been read yet
} yutu_tsv;

/// Read the head up to and including the header row.
/// @param path  Borrowed; for messages.
/// @param text  Borrowed by `ret` and by all cells.
/// @retval YUTU_ERR_INPUT  not UTF-8, no header row, a column without a name or named twice, too many columns
YUTU_NODISCARD yutu_status yutu_tsv_open(const char *path, yutu_slice text, yutu_tsv *ret, yutu_error *err);

/// Read the next row into cells[0, n_columns). Sets tsv->line.
/// @param[out] ret_more  false at the end of the file; then `cells` is untouched
/// @retval YUTU_ERR_INPUT  another number of cells than columns; reading may go on with the next row
YUTU_NODISCARD yutu_status yutu_tsv_next(yutu_tsv *tsv, yutu_slice cells[YUTU_TSV_COLUMNS_MAX], bool *ret_more,
                                         yutu_error *err);

/// Index of a column, or -1.
int yutu_tsv_column(const yutu_tsv *tsv, const char *name);

/// Value of a `# key: value` line, or the empty slice.
yutu_slice yutu_tsv_meta(const yutu_tsv *tsv, const char *key);

#endif
