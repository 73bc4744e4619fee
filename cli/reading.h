/// @file cli/reading.h  Files in, articles out, on several threads: what build and extract have in common.
#ifndef YUTU_CLI_READING_H
#define YUTU_CLI_READING_H

#include "base/arena.h"
#include "base/buffer.h"
#include "cli/inputs.h"
#include "cli/options.h"
#include "graph/sink.h"
#include "ontology/claim.h"

#include <stdio.h>

typedef struct {
  char digest[17];  ///< of yutu_article
  yutu_quads quads; ///< the article's graph; none when JSON was asked for
} yutu_read_article;

/// What one file says. Borrowed by whoever takes it: valid during the call only.
typedef struct {
  yutu_arena *arena;
  YUTU_VEC(yutu_read_article) articles;
  yutu_buffer json; ///< one line for each article, when JSON was asked for
} yutu_read_file;

typedef struct {
  const yutu_arguments *a; ///< --jobs, --rules, --gazetteer, --base
  bool json;               ///< make lines of JSON, not quads
  FILE *explain;           ///< reasons go here, and there is one thread; may be NULL
  const char *progress;    ///< "files": what is counted on a terminal; NULL: nothing

  /// Called once the rules and lists are known to be sound, before any file is read. May be NULL.
  yutu_status (*begin)(void *context, yutu_error *err);
  /// Called for each file that could be read, at least in part, in the order of the inputs.
  yutu_status (*take)(void *context, const yutu_read_file *file, yutu_error *err);
  void *context;

  size_t n_faults; ///< counts files that could not be read to the end; each was reported
} yutu_reading;

/// The base of all IRIs that the options say, or the default.
/// @retval YUTU_ERR_USAGE  it cannot be one
YUTU_NODISCARD yutu_status yutu_reading_base(const yutu_arguments *a, yutu_slice *ret, yutu_error *err);

/// Read all inputs. Files that are no text are reported and left out.
/// @retval YUTU_ERR_INPUT        a list or rule file is wrong
/// @retval YUTU_ERR_INTERRUPTED  yutu_interrupted was set
/// Anything that `begin` or `take` returned.
YUTU_NODISCARD yutu_status yutu_reading_run(yutu_reading *reading, const yutu_inputs *inputs, yutu_error *err);

#endif
