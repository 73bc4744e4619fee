#include "cli/command.h"
#include "cli/links_report.h"
#include "cli/query_list.h"
#include "cli/report.h"
#include "cli/text_table.h"
#include "queries/names.h"

#include <string.h>

typedef struct {
  const yutu_arguments *a;
  yutu_store *store;
  yutu_links links;
  yutu_candidates candidates;
} job;

static yutu_status find_region(job *j, const char *name, yutu_candidate *ret, yutu_error *err) {
  const yutu_slice s = yutu_slice_of(name);
  if (s.len > 2 && s.data[0] == '<' && s.data[s.len - 1] == '>') {
    *ret = (yutu_candidate){.iri = {s.data + 1, s.len - 2}, .name = s};
    return YUTU_OK;
  }
  const uint64_t regions = yutu_class_set(YUTU_SLICE("Region"));
  return j->links.remote ? yutu_remote_name(j->links.remote, regions, s, ret, &j->candidates, err)
                         : yutu_names_one(j->links.snapshot, regions, s, ret, &j->candidates, err);
}

static yutu_status print_pairs(job *j, const yutu_candidate *region, yutu_error *err) {
  const char *format = yutu_arguments_text(j->a, YUTU_OPT_FORMAT);
  const yutu_region_pair *pairs = NULL;
  size_t n = 0;
  YUTU_TRY(yutu_links_pairs(&j->links, region ? region->iri : (yutu_slice){NULL, 0},
                            yutu_arguments_number(j->a, YUTU_OPT_LIMIT), &pairs, &n, err));
  if (strcmp(format, "csv") == 0) {
    yutu_pairs_csv(pairs, n, stdout);
    return YUTU_OK;
  }
  if (strcmp(format, "json") == 0)
    return yutu_pairs_json(pairs, n, stdout, err);
  if (!n && region)
    yutu_report_note("no cooperation of %.*s with another region", (int)region->name.len, region->name.data);
  else if (!n)
    yutu_report_note("no cooperation between regions in this store");
  else
    yutu_pairs_table(pairs, n, region != NULL, yutu_terminal_width(), stdout);
  return YUTU_OK;
}

static yutu_status print_ties(job *j, const yutu_candidate *one, const yutu_candidate *other, yutu_error *err) {
  const char *format = yutu_arguments_text(j->a, YUTU_OPT_FORMAT);
  const yutu_region_tie *ties = NULL;
  size_t n = 0;
  YUTU_TRY(yutu_links_ties(&j->links, one->iri, other->iri, &ties, &n, err));
  const uint64_t limit = yutu_arguments_number(j->a, YUTU_OPT_LIMIT);
  n = limit && limit < n ? limit : n;
  if (strcmp(format, "csv") == 0) {
    yutu_ties_csv(ties, n, stdout);
    return YUTU_OK;
  }
  if (strcmp(format, "json") == 0)
    return yutu_ties_json(ties, n, stdout, err);
  if (!n)
    yutu_report_note("no cooperation between %.*s and %.*s", (int)one->name.len, one->name.data, (int)other->name.len,
                     other->name.data);
  else
    yutu_ties_table(ties, n, yutu_terminal_width(), stdout);
  return YUTU_OK;
}

static yutu_status open_store(job *j, yutu_error *err) {
  enum { TIMEOUT_MS = 60 * 1000 }; // of a question to another endpoint
  const char *where = yutu_arguments_text(j->a, YUTU_OPT_STORE);
  if (yutu_remote_is_address(where))
    return yutu_remote_open(where, TIMEOUT_MS, &yutu_interrupted, &j->links.remote, err);
  YUTU_TRY(yutu_store_open(where, YUTU_STORE_READ_ONLY, &j->store, err));
  return yutu_snapshot_open(j->store, &j->links.snapshot, err);
}

static yutu_status run(job *j, yutu_error *err) {
  size_t n = 0;
  const char *const *names = yutu_arguments_rest(j->a, &n);
  yutu_candidate regions[2];
  j->links.arena = yutu_arena_new(0);
  if (!j->links.arena)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  YUTU_TRY(open_store(j, err));
  yutu_interrupt_catch();
  for (size_t i = 0; i < n; i++)
    YUTU_TRY(find_region(j, names[i], &regions[i], err));
  return n == 2 ? print_ties(j, &regions[0], &regions[1], err) : print_pairs(j, n ? &regions[0] : NULL, err);
}

int yutu_cmd_links(const yutu_arguments *a) {
  job j = {.a = a, .links.cancel = &yutu_interrupted};
  yutu_error err = {0};
  const yutu_status status = run(&j, &err);
  int exit_status = 0;
  if (status != YUTU_OK) {
    exit_status = yutu_report_exit(&err);
    yutu_candidates_list(&j.candidates, stderr);
  }
  yutu_snapshot_close(j.links.snapshot);
  yutu_store_close(j.store);
  yutu_remote_close(j.links.remote);
  yutu_arena_free(j.links.arena);
  return exit_status;
}
