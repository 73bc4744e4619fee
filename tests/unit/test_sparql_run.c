#include "graph/load.h"
#include "queries/sparql/sparql.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/// A small graph, and a network of 60 nodes that all point to each other.
typedef struct {
  yutu_store *store;
  yutu_snapshot *snapshot;
} fixture;

static yutu_status add(void *batch, const yutu_quad *quad, yutu_error *err) {
  return yutu_batch_add(batch, quad, err);
}

static int setup(void **state) {
  static fixture f;
  static const char data[] =
      "@prefix : <http://a/> . :x :p 1, 2, 3 . :上海 :label \"上海\"@zh . :安徽 :label \"安徽\"@zh ."
      ":g1 { :x :p 3 . :x :q :y } :g2 { :x :q :z }";
  yutu_batch *batch = NULL;
  yutu_error err = {0};
  const yutu_load_options options = {.format = YUTU_FORMAT_TRIG, .base = YUTU_SLICE("http://base/")};
  assert_int_equal(yutu_store_open("memory:", YUTU_STORE_CREATE, &f.store, &err), YUTU_OK);
  assert_int_equal(yutu_batch_begin(f.store, &batch, &err), YUTU_OK);
  assert_int_equal(yutu_load_bytes("data", data, strlen(data), &options, add, batch, NULL, &err), YUTU_OK);
  for (int i = 0; i < 60; i++) {
    for (int k = 0; k < 60; k++) {
      char s[32], o[32];
      snprintf(s, sizeof s, "http://n/%d", i);
      snprintf(o, sizeof o, "http://n/%d", k);
      const yutu_quad quad = {
          yutu_iri(yutu_slice_of(s)), yutu_iri(YUTU_SLICE("http://a/to")), yutu_iri(yutu_slice_of(o)), {0}};
      assert_int_equal(yutu_batch_add(batch, &quad, &err), YUTU_OK);
    }
  }
  assert_int_equal(yutu_batch_commit(batch, &err), YUTU_OK);
  assert_int_equal(yutu_snapshot_open(f.store, &f.snapshot, &err), YUTU_OK);
  *state = &f;
  return 0;
}

static int teardown(void **state) {
  fixture *f = *state;
  yutu_snapshot_close(f->snapshot);
  yutu_store_close(f->store);
  return 0;
}

static yutu_query *parse(const char *text) {
  yutu_query *query = NULL;
  yutu_error err = {0};
  if (yutu_sparql_parse(yutu_slice_of(text), YUTU_SLICE("http://a/"), &query, &err) != YUTU_OK)
    fail_msg("%s: %s", text, err.message);
  return query;
}

/// Run to the end: the number of rows, or the failure as a negative number.
static int run(const char *text, const yutu_query_options *options, yutu_error *err, bool *ret_truncated) {
  yutu_query *query = parse(text);
  yutu_result *result = NULL;
  yutu_status status = yutu_query_run(query, options, &result, err);
  int n = 0;
  const yutu_term *row = NULL;
  while (status == YUTU_OK && (status = yutu_result_next(result, &row, err)) == YUTU_OK && row)
    n++;
  if (status != YUTU_OK && result) // it stays failed
    assert_int_equal(yutu_result_next(result, &row, NULL), status);
  if (result && ret_truncated)
    *ret_truncated = yutu_result_truncated(result);
  yutu_result_free(result);
  yutu_query_free(query);
  return status == YUTU_OK ? n : -(int)status;
}

static void test_default_graphs(void **state) {
  fixture *f = *state;
  const yutu_slice g1 = YUTU_SLICE("http://a/g1"), both[] = {YUTU_SLICE("http://a/g1"), YUTU_SLICE("http://a/g2")},
                   absent = YUTU_SLICE("http://a/absent");
  static const char text[] = "SELECT * { <x> ?p ?o }", named[] = "SELECT * { GRAPH ?g { <x> ?p ?o } }";
  const yutu_query_options
      everything = {.snapshot = f->snapshot},
      plain = {.snapshot = f->snapshot, .default_graph = YUTU_DEFAULT_PLAIN},
      one = {.snapshot = f->snapshot, .default_graph = YUTU_DEFAULT_GIVEN, .graphs = &g1, .n_graphs = 1},
      two = {.snapshot = f->snapshot, .default_graph = YUTU_DEFAULT_GIVEN, .graphs = both, .n_graphs = 2},
      no = {.snapshot = f->snapshot, .default_graph = YUTU_DEFAULT_GIVEN, .graphs = &absent, .n_graphs = 1},
      given = {.snapshot = f->snapshot, .named_given = true, .named_graphs = &g1, .n_named_graphs = 1},
      none = {.snapshot = f->snapshot, .named_given = true};
  assert_int_equal(run(text, &everything, NULL, NULL), 5); // each triple once
  assert_int_equal(run(text, &plain, NULL, NULL), 3);
  assert_int_equal(run(text, &one, NULL, NULL), 2);
  assert_int_equal(run(text, &two, NULL, NULL), 3);
  assert_int_equal(run(text, &no, NULL, NULL), 0);
  assert_int_equal(run(named, &everything, NULL, NULL), 3);
  assert_int_equal(run(named, &given, NULL, NULL), 2);
  assert_int_equal(run(named, &none, NULL, NULL), 0);
  // What the caller gives holds against the text.
  assert_int_equal(run("SELECT * FROM <g2> { <x> ?p ?o }", &everything, NULL, NULL), 1);
  assert_int_equal(run("SELECT * FROM <g2> { <x> ?p ?o }", &one, NULL, NULL), 2);
  assert_int_equal(run("SELECT * FROM NAMED <g2> { GRAPH ?g { <x> ?p ?o } }", &given, NULL, NULL), 2);
}

static void test_limits(void **state) {
  fixture *f = *state;
  yutu_error err = {0};
  volatile sig_atomic_t stop = 1;
  static const char large[] = "SELECT * { ?a <to> ?b . ?c <to> ?d . ?e <to> ?f . ?g <to> ?h }";
  const yutu_query_options time = {.snapshot = f->snapshot, .timeout_ms = 50},
                           memory = {.snapshot = f->snapshot, .memory_limit = 200000},
                           rows = {.snapshot = f->snapshot, .row_limit = 7},
                           cancelled = {.snapshot = f->snapshot, .cancel = &stop};
  assert_int_equal(run(large, &time, &err, NULL), -YUTU_ERR_LIMIT);
  assert_non_null(strstr(err.message, "50 ms"));
  static const char *const greedy[] = {
      "SELECT DISTINCT ?a ?b ?c { ?a <to> ?b . ?c <to> ?d }",
      "SELECT * { ?a <to> ?b . ?b <to> ?c } ORDER BY ?c",
      "SELECT ?a ?b (COUNT(*) AS ?n) { ?a <to> ?b . ?b <to> ?c } GROUP BY ?a ?b",
      "SELECT (GROUP_CONCAT(?b) AS ?all) { ?a <to> ?b . ?b <to> ?c . ?c <to> ?d }",
      "SELECT * { ?a <to> ?b BIND(CONCAT(STR(?a), STR(?b)) AS ?x) }",
      "CONSTRUCT { ?a ?p [] } WHERE { ?a ?p ?b . ?x ?q ?y }",
  };
  for (size_t i = 0; i < sizeof greedy / sizeof *greedy; i++) {
    if (run(greedy[i], &memory, &err, NULL) != -YUTU_ERR_LIMIT)
      fail_msg("no limit: %s", greedy[i]);
    assert_non_null(strstr(err.message, "200000"));
  }
  bool truncated = false;
  assert_int_equal(run(large, &rows, &err, &truncated), 7);
  assert_true(truncated);
  assert_int_equal(run("SELECT * { <x> <p> ?o }", &rows, &err, &truncated), 3);
  assert_false(truncated);
  assert_int_equal(run(large, &cancelled, &err, NULL), -YUTU_ERR_INTERRUPTED);
}

static void test_usage(void **state) {
  fixture *f = *state;
  yutu_error err = {0};
  const yutu_query_options nothing = {0}, order = {.snapshot = f->snapshot, .collation = "tlh"};
  assert_int_equal(run("SELECT * {}", &nothing, &err, NULL), -YUTU_ERR_USAGE);
  assert_int_equal(run("SELECT * {}", &order, &err, NULL), -YUTU_ERR_USAGE);
  yutu_query *query = parse("SELECT * { ?a ?b ?c }");
  const yutu_query_options options = {.snapshot = f->snapshot};
  yutu_result *result = NULL;
  bool yes;
  assert_int_equal(yutu_query_run(query, &options, &result, &err), YUTU_OK);
  assert_int_equal(yutu_result_ask(result, &yes, &err), YUTU_ERR_USAGE);
  yutu_result_free(result); // before its end
  yutu_result_free(NULL);
  yutu_query_free(query);
}

static void test_parameters(void **state) {
  fixture *f = *state;
  const yutu_query_options options = {.snapshot = f->snapshot, .default_graph = YUTU_DEFAULT_PLAIN};
  yutu_query *query = parse("SELECT ?o { { SELECT ?o { ?who <label> ?o } } }");
  const yutu_term iris[] = {yutu_iri(YUTU_SLICE("http://a/上海")), yutu_iri(YUTU_SLICE("http://a/安徽"))};
  static const char *const labels[] = {"上海", "安徽"};
  yutu_error err = {0};
  for (size_t i = 0; i < 2; i++) { // the same query again and again
    assert_int_equal(yutu_query_bind(query, "who", &iris[i], &err), YUTU_OK);
    yutu_result *result = NULL;
    const yutu_term *row = NULL;
    assert_int_equal(yutu_query_run(query, &options, &result, &err), YUTU_OK);
    assert_int_equal(yutu_result_next(result, &row, &err), YUTU_OK);
    assert_non_null(row);
    assert_true(yutu_slice_eq(row[0].value, yutu_slice_of(labels[i])));
    assert_true(yutu_slice_eq(row[0].language, YUTU_SLICE("zh")));
    assert_int_equal(yutu_result_next(result, &row, &err), YUTU_OK);
    assert_null(row);
    yutu_result_free(result);
  }
  assert_int_equal(yutu_query_bind(query, "region", &iris[0], &err), YUTU_ERR_USAGE);
  assert_non_null(strstr(err.message, "who"));
  yutu_query_free(query);
}

static void test_ask_and_columns(void **state) {
  fixture *f = *state;
  const yutu_query_options options = {.snapshot = f->snapshot};
  static const struct {
    const char *text;
    bool answer;
  } rows[] = {{"ASK { <x> <p> 2 }", true}, {"ASK { <x> <p> 4 }", false}, {"ASK {}", true}};
  yutu_error err = {0};
  size_t n;
  for (size_t i = 0; i < 3; i++) {
    yutu_query *query = parse(rows[i].text);
    yutu_result *result = NULL;
    bool answer = !rows[i].answer;
    assert_int_equal(yutu_query_run(query, &options, &result, &err), YUTU_OK);
    for (int k = 0; k < 2; k++) { // asking twice is the same
      assert_int_equal(yutu_result_ask(result, &answer, &err), YUTU_OK);
      assert_int_equal(answer, rows[i].answer);
    }
    yutu_result_columns(result, &n);
    assert_int_equal(n, 0);
    yutu_result_free(result);
    yutu_query_free(query);
  }
  yutu_query *query = parse("CONSTRUCT WHERE { <x> <p> ?o }");
  yutu_result *result = NULL;
  assert_int_equal(yutu_query_run(query, &options, &result, &err), YUTU_OK);
  const yutu_slice *columns = yutu_result_columns(result, &n);
  assert_int_equal(n, 3);
  assert_true(yutu_slice_eq(columns[1], YUTU_SLICE("predicate")));
  yutu_result_free(result);
  yutu_query_free(query);
}

static void test_explain(void **state) {
  fixture *f = *state;
  char *text = NULL;
  size_t n = 0;
  FILE *out = open_memstream(&text, &n);
  const yutu_query_options options = {.snapshot = f->snapshot, .explain = out};
  assert_int_equal(
      run("SELECT * { ?a <to> ?b FILTER EXISTS { ?b <to> ?a } } ORDER BY ?a LIMIT 3", &options, NULL, NULL), 3);
  fclose(out);
  static const char *const parts[] = {
      "estimated", "rows", "scan ?a <http://a/to> ?b", "order, first rows only", "slice offset 0 limit 3",
      "EXISTS",    "3600"};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    if (!strstr(text, parts[i]))
      fail_msg("no \"%s\" in\n%s", parts[i], text);
  }
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_default_graphs), cmocka_unit_test(test_limits),          cmocka_unit_test(test_usage),
      cmocka_unit_test(test_parameters),     cmocka_unit_test(test_ask_and_columns), cmocka_unit_test(test_explain),
  };
  return cmocka_run_group_tests(tests, setup, teardown);
}
