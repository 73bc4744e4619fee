#include "cli/command.h"
#include "cli/reading.h"
#include "cli/report.h"
#include "graph/serialise/writer.h"

#include <string.h>

typedef struct {
  yutu_reading reading;
  yutu_arena *arena; // of the prefixes
  yutu_writer *writer;
  yutu_inputs inputs;
} job;

static yutu_status take(void *context, const yutu_read_file *file, yutu_error *err) {
  job *j = context;
  if (file->json.len)
    fwrite(file->json.data, 1, file->json.len, stdout);
  for (uint32_t i = 0; i < file->articles.n && j->writer; i++) {
    const yutu_quads quads = file->articles.at[i].quads;
    for (size_t k = 0; k < quads.n; k++)
      YUTU_TRY(yutu_writer_quad(j->writer, &quads.at[k], err));
  }
  return YUTU_OK;
}

static void report_fault(void *context, const yutu_error *err) {
  (void)context;
  yutu_report(err);
}

static yutu_status open_writer(job *j, yutu_format format, yutu_error *err) {
  yutu_slice base = {NULL, 0};
  size_t n = 0;
  YUTU_TRY(yutu_reading_base(j->reading.a, &base, err));
  j->arena = yutu_arena_new(0);
  const yutu_prefix *prefixes = j->arena ? yutu_prefixes_default(base, j->arena, &n) : NULL;
  if (!prefixes)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  return yutu_writer_open(format, yutu_byte_sink_file(stdout), prefixes, n, &j->writer, err);
}

static yutu_status run(job *j, yutu_error *err) {
  size_t n = 0;
  const char *const *names = yutu_arguments_rest(j->reading.a, &n);
  const char *format = yutu_arguments_text(j->reading.a, YUTU_OPT_FORMAT);
  if (yutu_arguments_has(j->reading.a, YUTU_OPT_EXPLAIN))
    j->reading.explain = stdout;
  else if (strcmp(format, "jsonl") == 0)
    j->reading.json = true;
  else
    YUTU_TRY(open_writer(j, yutu_format_by_name(yutu_slice_of(format)), err));
  YUTU_TRY(yutu_inputs_collect(names, n, report_fault, NULL, &j->inputs, err));
  yutu_status status = yutu_reading_run(&j->reading, &j->inputs, err);
  yutu_writer *writer = j->writer;
  j->writer = NULL;
  if (writer && status == YUTU_OK)
    status = yutu_writer_close(writer, err);
  else
    yutu_writer_abort(writer);
  return status;
}

int yutu_cmd_extract(const yutu_arguments *a) {
  job j = {.reading = {.a = a, .take = take, .context = &j}};
  yutu_error err = {0};
  yutu_interrupt_catch();
  const yutu_status status = run(&j, &err);
  const size_t n_bad = j.reading.n_faults + j.inputs.n_bad;
  yutu_writer_abort(j.writer);
  yutu_arena_free(j.arena);
  yutu_inputs_free(&j.inputs);
  if (status != YUTU_OK)
    return yutu_report_exit(&err);
  return n_bad ? yutu_status_exit(YUTU_ERR_INPUT) : 0;
}
