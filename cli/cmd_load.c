#include "base/digest.h"
#include "cli/command.h"
#include "cli/report.h"
#include "graph/load.h"
#include "graph/store.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  const yutu_arguments *a;
  yutu_store *store;
  yutu_batch *batch;
  uint64_t quads;
  size_t n_faults;
} job;

static yutu_status take_quad(void *context, const yutu_quad *quad, yutu_error *err) {
  return yutu_interrupted
             ? yutu_fail(err, YUTU_ERR_INTERRUPTED, "interrupted; what was loaded before this file is kept")
             : yutu_batch_add(context, quad, err);
}

static void on_bad_line(void *context, const yutu_error *problem) {
  job *j = context;
  yutu_report(problem);
  j->n_faults++;
}

// "b" and 16 hexadecimal digits of the content's SHA-256. Of what cannot be mapped (a pipe) there is only one.
static void blank_prefix(const char *path, char ret[24]) {
  snprintf(ret, 24, "stdin");
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return;
  struct stat status;
  if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
    const size_t size = (size_t)status.st_size;
    void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes != MAP_FAILED) {
      char hex[YUTU_DIGEST_HEX + 1];
      yutu_digest(bytes, size, hex);
      snprintf(ret, 24, "b%.16s", hex);
      munmap(bytes, size);
    }
  }
  close(fd);
}

static yutu_status load_file(job *j, const char *path, yutu_error *err) {
  char prefix[24];
  blank_prefix(path, prefix);
  const char *graph = yutu_arguments_text(j->a, YUTU_OPT_GRAPH);
  const char *format = yutu_arguments_text(j->a, YUTU_OPT_FORMAT);
  const yutu_load_options options = {
      .format = format ? yutu_format_by_name(yutu_slice_of(format)) : YUTU_FORMAT_NONE,
      .graph = graph ? yutu_iri(yutu_slice_of(graph)) : (yutu_term){.kind = YUTU_TERM_NONE},
      .blank_prefix = yutu_slice_of(prefix),
      .on_bad_line = on_bad_line,
      .context = j,
  };
  YUTU_TRY(yutu_batch_begin(j->store, &j->batch, err));
  yutu_load_counts counts = {0};
  yutu_error problem = {0};
  yutu_status status = yutu_load_file(path, &options, take_quad, j->batch, &counts, &problem);
  if (status == YUTU_OK) {
    j->quads += counts.quads;
    return yutu_batch_commit(j->batch, err);
  }
  yutu_batch_abort(j->batch);
  if (status == YUTU_ERR_INPUT || status == YUTU_ERR_IO || status == YUTU_ERR_LIMIT || status == YUTU_ERR_USAGE) {
    yutu_report(&problem);
    j->n_faults++;
    return YUTU_OK;
  }
  *err = problem;
  return status;
}

static yutu_status load_all(job *j, yutu_error *err) {
  size_t n = 0;
  const char *const *paths = yutu_arguments_rest(j->a, &n);
  YUTU_TRY(yutu_store_open(yutu_arguments_text(j->a, YUTU_OPT_STORE), YUTU_STORE_CREATE, &j->store, err));
  for (size_t i = 0; i < n; i++)
    YUTU_TRY(load_file(j, paths[i], err));
  if (!yutu_arguments_has(j->a, YUTU_OPT_QUIET))
    yutu_report_note("%" PRIu64 " statements read from %zu file%s", j->quads, n, n == 1 ? "" : "s");
  return YUTU_OK;
}

int yutu_cmd_load(const yutu_arguments *a) {
  job j = {.a = a};
  yutu_error err = {0};
  yutu_interrupt_catch();
  const yutu_status status = load_all(&j, &err);
  yutu_store_close(j.store);
  if (status != YUTU_OK)
    return yutu_report_exit(&err);
  return j.n_faults ? yutu_status_exit(YUTU_ERR_INPUT) : 0;
}
