#include "base/file.h"
#include "cli/command.h"
#include "cli/dataset.h"
#include "cli/query_list.h"
#include "cli/remote_query.h"
#include "cli/report.h"
#include "graph/iri_resolve.h"
#include "queries/catalogue.h"
#include "queries/results/results.h"

#include <string.h>
#include <unistd.h>

typedef struct {
  const yutu_arguments *a;
  yutu_catalogue *catalogue;
  yutu_buffer text;
  yutu_buffer base;
  yutu_catalogue_entry entry;
  yutu_query *query;
  yutu_dataset dataset;
  yutu_remote_query other; // another endpoint, asked instead of the dataset
  yutu_candidates candidates;
  bool answer_is_no;
} job;

// ---- which query ----

static yutu_status read_file(job *j, const char *path, yutu_error *err) {
  YUTU_TRY(yutu_file_read(path, YUTU_QUERY_BYTES_MAX, &j->text, err));
  if (strcmp(path, "-") != 0)
    YUTU_TRY(yutu_iri_of_file(path, &j->base, err));
  return yutu_catalogue_describe(yutu_slice_of(path), (yutu_slice){j->text.data, j->text.len}, &j->entry, err);
}

static bool is_file(const char *name) {
  return strcmp(name, "-") == 0 || strchr(name, '/') || yutu_slice_ends(yutu_slice_of(name), YUTU_SLICE(".rq")) ||
         access(name, R_OK) == 0;
}

static yutu_status find_query(job *j, yutu_error *err) {
  size_t n = 0;
  const char *const *rest = yutu_arguments_rest(j->a, &n);
  const char *text = yutu_arguments_text(j->a, YUTU_OPT_EXECUTE);
  if (text && n)
    return yutu_fail(err, YUTU_ERR_USAGE, "either -e TEXT or '%s', not both", rest[0]);
  if (text)
    return yutu_catalogue_describe(YUTU_SLICE("-e"), yutu_slice_of(text), &j->entry, err);
  const yutu_catalogue_entry *entry = yutu_catalogue_find(j->catalogue, yutu_slice_of(rest[0]));
  if (entry) {
    j->entry = *entry;
    return YUTU_OK;
  }
  if (is_file(rest[0]))
    return read_file(j, rest[0], err);
  return yutu_fail(err, YUTU_ERR_USAGE, "no query '%s' in the catalogue; yutu query --list prints it", rest[0]);
}

static yutu_status parse(job *j, yutu_error *err) {
  const yutu_slice base = {j->base.data, j->base.len};
  const yutu_status status = yutu_sparql_parse(j->entry.text, base, &j->query, err);
  if (status != YUTU_OK && !err->file[0])
    snprintf(err->file, sizeof err->file, "%.*s", (int)j->entry.file.len, j->entry.file.data);
  return status;
}

// ---- parameters ----

static yutu_status bind(job *j, yutu_slice name, yutu_slice value, yutu_error *err) {
  if (j->other.remote)
    return yutu_remote_query_bind(&j->other, &j->entry, name, value, &j->candidates, err);
  return yutu_catalogue_bind(&j->entry, j->query, j->dataset.snapshot, name, value, &j->candidates, err);
}

static bool is_given(const job *j, yutu_slice name) {
  size_t n = 0;
  const char *const *list = yutu_arguments_list(j->a, YUTU_OPT_PARAM, &n);
  for (size_t i = 0; i < n; i++)
    if (yutu_slice_starts(yutu_slice_of(list[i]), name) && list[i][name.len] == '=')
      return true;
  const char *const *pairs = yutu_arguments_unknown(j->a, &n);
  for (size_t i = 0; i < n; i++)
    if (yutu_slice_eq((yutu_slice){pairs[2 * i], strcspn(pairs[2 * i], "=")}, name))
      return true;
  return false;
}

static yutu_status bind_all(job *j, yutu_error *err) {
  size_t n = 0;
  const char *const *list = yutu_arguments_list(j->a, YUTU_OPT_PARAM, &n);
  for (size_t i = 0; i < n; i++) {
    yutu_slice value = yutu_slice_of(list[i]);
    yutu_slice name;
    if (!yutu_slice_split(&value, '=', &name) || !value.data)
      return yutu_fail(err, YUTU_ERR_USAGE, "--param is NAME=VALUE, not '%s'", list[i]);
    YUTU_TRY(bind(j, name, value, err));
  }
  const char *const *pairs = yutu_arguments_unknown(j->a, &n);
  for (size_t i = 0; i < n; i++) {
    const yutu_slice name = {pairs[2 * i], strcspn(pairs[2 * i], "=")};
    YUTU_TRY(bind(j, name, yutu_slice_of(pairs[2 * i + 1]), err));
  }
  for (size_t i = 0; i < j->entry.n_parameters; i++) {
    const yutu_parameter *p = &j->entry.parameters[i];
    if (!p->optional && !is_given(j, p->name))
      return yutu_fail(err, YUTU_ERR_USAGE, "%.*s needs --%.*s (%.*s), such as: %.*s", (int)j->entry.name.len,
                       j->entry.name.data, (int)p->name.len, p->name.data, (int)p->en.len, p->en.data,
                       (int)j->entry.example.len, j->entry.example.data);
  }
  return YUTU_OK;
}

// ---- answers ----

static yutu_status write_rows(job *j, const yutu_rows *rows, yutu_error *err) {
  const bool graph = rows->form == YUTU_QUERY_CONSTRUCT || rows->form == YUTU_QUERY_DESCRIBE;
  const char *name = yutu_arguments_text(j->a, YUTU_OPT_FORMAT);
  if (!name)
    name = graph ? "turtle" : "table";
  j->answer_is_no = rows->form == YUTU_QUERY_ASK && !rows->answer;
  yutu_results_format format = YUTU_RESULTS_TABLE;
  if (!yutu_results_format_of(name, &format))
    return yutu_fail(err, YUTU_ERR_INTERNAL, "no writer for %s", name);
  return yutu_rows_write(rows, format, stdout, err);
}

static void note_truncated(bool truncated) {
  if (truncated && isatty(STDERR_FILENO))
    yutu_report_note("there are more rows than --limit asks for");
}

static yutu_status next_of_result(void *context, const yutu_term **ret_row, yutu_error *err) {
  return yutu_result_next(context, ret_row, err);
}

static yutu_status write_answer(job *j, yutu_result *result, yutu_error *err) {
  yutu_rows rows = {.form = yutu_result_kind(result), .next = next_of_result, .context = result};
  rows.columns = yutu_result_columns(result, &rows.n_columns);
  if (rows.form == YUTU_QUERY_ASK)
    YUTU_TRY(yutu_result_ask(result, &rows.answer, err));
  YUTU_TRY(write_rows(j, &rows, err));
  note_truncated(yutu_result_truncated(result));
  return YUTU_OK;
}

static yutu_status run_remote(job *j, yutu_error *err) {
  yutu_remote_answer *answer = NULL;
  const yutu_slice base = {j->base.data, j->base.len};
  YUTU_TRY(yutu_remote_query_ask(&j->other, j->a, j->entry.text, base, &answer, err));
  const yutu_status status = write_rows(j, yutu_remote_rows(answer), err);
  if (status == YUTU_OK)
    note_truncated(yutu_remote_truncated(answer));
  yutu_remote_answer_free(answer);
  return status;
}

static yutu_status run(job *j, yutu_error *err) {
  enum { GRAPHS_MAX = 256 };
  yutu_slice graphs[GRAPHS_MAX];
  size_t n = 0;
  const char *const *names = yutu_arguments_list(j->a, YUTU_OPT_GRAPH, &n);
  if (n > GRAPHS_MAX)
    return yutu_fail(err, YUTU_ERR_LIMIT, "no more than %d graphs can be named", GRAPHS_MAX);
  for (size_t i = 0; i < n; i++)
    graphs[i] = yutu_slice_of(names[i]);
  const uint64_t seconds = yutu_arguments_number(j->a, YUTU_OPT_TIMEOUT);
  const yutu_query_options options = {
      .snapshot = j->dataset.snapshot,
      .default_graph = n                  ? YUTU_DEFAULT_GIVEN
                       : j->dataset.files ? YUTU_DEFAULT_PLAIN
                                          : YUTU_DEFAULT_UNION,
      .graphs = graphs,
      .n_graphs = n,
      .timeout_ms = seconds < 1000 * 1000 ? (unsigned)seconds * 1000 : 0,
      .row_limit = yutu_arguments_number(j->a, YUTU_OPT_LIMIT),
      .memory_limit = yutu_arguments_number(j->a, YUTU_OPT_MEMORY),
      .collation = yutu_arguments_text(j->a, YUTU_OPT_COLLATION),
      .cancel = &yutu_interrupted,
      .explain = yutu_arguments_has(j->a, YUTU_OPT_EXPLAIN) ? stderr : NULL,
  };
  yutu_result *result = NULL;
  YUTU_TRY(yutu_query_run(j->query, &options, &result, err));
  const yutu_status status = write_answer(j, result, err);
  yutu_result_free(result);
  return status;
}

static yutu_status ask(job *j, yutu_error *err) {
  YUTU_TRY(find_query(j, err));
  YUTU_TRY(parse(j, err));
  if (yutu_arguments_has(j->a, YUTU_OPT_PARSE_ONLY))
    return YUTU_OK;
  YUTU_TRY(yutu_remote_query_open(j->a, j->query, &j->other, err));
  if (!j->other.remote)
    YUTU_TRY(yutu_dataset_open(j->a, j->query, &j->dataset, err));
  else
    yutu_interrupt_catch(); // names are asked for, too
  YUTU_TRY(bind_all(j, err));
  yutu_interrupt_catch();
  return j->other.remote ? run_remote(j, err) : run(j, err);
}

static yutu_status list(const job *j, yutu_error *err) {
  const char *format = yutu_arguments_text(j->a, YUTU_OPT_FORMAT);
  if (!format || strcmp(format, "table") == 0)
    yutu_query_list(j->catalogue, stdout);
  else if (strcmp(format, "csv") == 0)
    yutu_query_list_csv(j->catalogue, stdout);
  else
    return yutu_fail(err, YUTU_ERR_USAGE, "the catalogue is printed as table or csv, not %s", format);
  return YUTU_OK;
}

int yutu_cmd_query(const yutu_arguments *a) {
  job j = {.a = a};
  yutu_error err = {0};
  size_t n = 0;
  (void)yutu_arguments_rest(a, &n);
  yutu_status status = yutu_catalogue_open(yutu_arguments_text(a, YUTU_OPT_CATALOGUE), &j.catalogue, &err);
  if (status == YUTU_OK) {
    const bool nothing = !n && !yutu_arguments_has(a, YUTU_OPT_EXECUTE);
    status = nothing || yutu_arguments_has(a, YUTU_OPT_LIST) ? list(&j, &err) : ask(&j, &err);
  }
  int exit_status = j.dataset.n_faults ? yutu_status_exit(YUTU_ERR_INPUT) : j.answer_is_no;
  if (status != YUTU_OK) {
    exit_status = yutu_report_exit(&err);
    yutu_candidates_list(&j.candidates, stderr);
  }
  yutu_remote_query_close(&j.other);
  yutu_query_free(j.query);
  yutu_dataset_close(&j.dataset);
  yutu_catalogue_free(j.catalogue);
  yutu_buffer_free(&j.text);
  yutu_buffer_free(&j.base);
  return exit_status;
}
