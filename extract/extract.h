/// @file extract/extract.h  Text in, claims out.
///
/// The way of a file: read → normalise (map back to the source's code points) → articles → sentences → names →
/// entities → relations, cooperations, figures, region links. Deterministic: the same bytes give the same claims.
#ifndef YUTU_EXTRACT_EXTRACT_H
#define YUTU_EXTRACT_EXTRACT_H

#include "base/status.h"
#include "ontology/claim.h"

#include <stdio.h>

typedef struct yutu_extractor yutu_extractor;

enum {
  YUTU_FILE_BYTES_MAX = 64 * 1024 * 1024, ///< largest input file
  YUTU_ARTICLE_CHARS_MAX = 200 * 1000,    ///< a longer article is cut into several at paragraph ends
  YUTU_SENTENCE_CHARS_MAX = 1000,         ///< a longer sentence is cut at a comma
};

typedef struct {
  const char *const *gazetteers; ///< further entity lists (*.tsv), on top of the built-in ones
  size_t n_gazetteers;
  const char *const *rules; ///< further rule files (*.rules)
  size_t n_rules;
  FILE *explain; ///< when not NULL: for each claim its rule, spans and sentence are written there
} yutu_extractor_options;

/// @param options   NULL: the built-in knowledge alone.
/// @param[out] ret  Owned; free with yutu_extractor_free(). One extractor per thread.
/// @retval YUTU_ERR_INPUT  a list or rule file is wrong; `err` names file and line
YUTU_NODISCARD yutu_status yutu_extractor_new(const yutu_extractor_options *options, yutu_extractor **ret,
                                              yutu_error *err);
void yutu_extractor_free(yutu_extractor *extractor); ///< NULL-safe.

/// Called once per article, in the order of the file. The article is borrowed: valid during the call only.
/// Anything but YUTU_OK stops the extraction and is returned.
typedef yutu_status (*yutu_article_sink)(void *context, const yutu_article *article, yutu_error *err);

/// Extract the claims of one file's bytes.
/// @param name   the file's name: for messages and dcterms:source
/// @retval YUTU_ERR_INPUT  not text; `err` names file and line. Articles before the fault were delivered.
YUTU_NODISCARD yutu_status yutu_extract(yutu_extractor *extractor, const char *name, const void *bytes, size_t n_bytes,
                                        yutu_article_sink sink, void *context, yutu_error *err);

#endif
