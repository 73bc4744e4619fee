#include "cli/command.h"
#include "cli/report.h"
#include "graph/serialise/escape.h"
#include "graph/store.h"
#include "queries/shapes.h"

#include <inttypes.h>
#include <stdlib.h>

typedef struct {
  const yutu_arguments *a;
  yutu_store *store;
  yutu_snapshot *snapshot;
  yutu_shapes *shapes;
  yutu_output *out;
  uint64_t limit;
  uint64_t n_violations;
} job;

// focus, property, value, what is wrong: tab-separated, terms as in N-Triples.
static yutu_status print_violation(void *context, const yutu_violation *v, yutu_error *err) {
  job *j = context;
  j->n_violations++;
  if (j->limit && j->n_violations > j->limit)
    return YUTU_OK;
  yutu_put_term(j->out, &v->focus);
  yutu_put_char(j->out, '\t');
  if (v->path.len)
    yutu_put_iriref(j->out, v->path);
  yutu_put_char(j->out, '\t');
  if (v->value.kind != YUTU_TERM_NONE)
    yutu_put_term(j->out, &v->value);
  yutu_put_char(j->out, '\t');
  yutu_put_slice(j->out, v->message);
  yutu_put_char(j->out, '\n');
  return yutu_output_check(j->out, err);
}

static yutu_status check_shapes(job *j, yutu_error *err) {
  uint64_t checked = 0;
  j->out = malloc(sizeof *j->out);
  if (!j->out)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  yutu_output_init(j->out, yutu_byte_sink_file(stdout));
  YUTU_TRY(yutu_shapes_open(yutu_arguments_text(j->a, YUTU_OPT_SHAPES), &j->shapes, err));
  YUTU_TRY(yutu_snapshot_open(j->store, &j->snapshot, err));
  YUTU_TRY(yutu_shapes_check(j->shapes, j->snapshot, &yutu_interrupted, print_violation, j, &checked, err));
  YUTU_TRY(yutu_output_finish(j->out, err));
  if (j->n_violations)
    yutu_report_note("%" PRIu64 " violation%s of the shapes in %" PRIu64 " checks%s", j->n_violations,
                     j->n_violations == 1 ? "" : "s", checked,
                     j->limit && j->n_violations > j->limit ? "; --limit 0 prints them all" : "");
  else
    yutu_report_note("as the shapes say: %" PRIu64 " checks", checked);
  return YUTU_OK;
}

static yutu_status run(job *j, yutu_error *err) {
  YUTU_TRY(yutu_store_open(yutu_arguments_text(j->a, YUTU_OPT_STORE), YUTU_STORE_READ_ONLY, &j->store, err));
  YUTU_TRY(yutu_store_check(j->store, err));
  yutu_report_note("the store is sound: its indexes agree with each other and with the dictionary");
  return yutu_arguments_has(j->a, YUTU_OPT_INTEGRITY) ? YUTU_OK : check_shapes(j, err);
}

int yutu_cmd_check(const yutu_arguments *a) {
  job j = {.a = a, .limit = yutu_arguments_number(a, YUTU_OPT_LIMIT)};
  yutu_error err = {0};
  yutu_interrupt_catch();
  const yutu_status status = run(&j, &err);
  free(j.out);
  yutu_shapes_free(j.shapes);
  yutu_snapshot_close(j.snapshot);
  yutu_store_close(j.store);
  if (status != YUTU_OK)
    return yutu_report_exit(&err);
  return j.n_violations > 0;
}
