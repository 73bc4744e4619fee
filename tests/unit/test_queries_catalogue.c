#include "queries/catalogue.h"

#include "graph/load.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// ---- the comment at the top ----

static const struct {
  const char *name, *text, *message;
  unsigned line;
} wrong[] = {
    {"a title in one language", "# title: 一\nASK {}\n", "title", 1},
    {"a parameter without a kind", "# title: 一 | One\n# param: x\nASK {}\n", "KIND", 2},
    {"an unknown kind", "# param: x Nonsense 1 | 一 | one\nASK {}\n", "KIND", 1},
    {"one of several kinds is unknown", "# param: x Region|Nonsense 1 | 一 | one\nASK {}\n", "KIND", 1},
    {"no meaning", "# param: x Region 上海\nASK {}\n", "meaning", 1},
};

static void test_wrong_comments(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    yutu_catalogue_entry entry = {0};
    yutu_error err = {0};
    const yutu_status status =
        yutu_catalogue_describe(YUTU_SLICE("dir/q.rq"), yutu_slice_of(wrong[i].text), &entry, &err);
    if (status != YUTU_ERR_INPUT || err.line != wrong[i].line || strcmp(err.file, "dir/q.rq") != 0 ||
        !strstr(err.message, wrong[i].message))
      fail_msg("%s: status %d, line %u, '%s'", wrong[i].name, status, err.line, err.message);
  }
}

static void test_comment(void **state) {
  (void)state;
  const yutu_slice text = YUTU_SLICE("# title: 一个 | One\n# about: What it is: this.\n# something else\n"
                                     "# param: where Region|Zone? 上海 | 地区 | the region\n# example: yutu query one\n"
                                     "\n# param: late text x | 一 | one\nASK {}\n");
  yutu_catalogue_entry e = {0};
  assert_int_equal(yutu_catalogue_describe(YUTU_SLICE("a/b/one.rq"), text, &e, NULL), YUTU_OK);
  assert_true(yutu_slice_eq(e.name, YUTU_SLICE("one")));
  assert_true(yutu_slice_eq(e.zh, YUTU_SLICE("一个")));
  assert_true(yutu_slice_eq(e.en, YUTU_SLICE("One")));
  assert_true(yutu_slice_eq(e.about, YUTU_SLICE("What it is: this.")));
  assert_true(yutu_slice_eq(e.example, YUTU_SLICE("yutu query one")));
  assert_int_equal(e.n_parameters, 1); // what comes after an empty line is an ordinary comment
  assert_true(e.parameters[0].optional);
  assert_true(yutu_slice_eq(e.parameters[0].kind, YUTU_SLICE("Region|Zone")));
  assert_true(yutu_slice_eq(e.parameters[0].example, YUTU_SLICE("上海")));
  assert_true(yutu_slice_eq(e.parameters[0].en, YUTU_SLICE("the region")));
}

// ---- the built-in queries ----

static bool has_variable(const yutu_query *query, yutu_slice name) {
  size_t n = 0;
  const yutu_slice *variables = yutu_query_variables(query, &n);
  for (size_t i = 0; i < n; i++)
    if (yutu_slice_eq(variables[i], name))
      return true;
  return false;
}

static void test_builtin(void **state) {
  (void)state;
  yutu_catalogue *catalogue = NULL;
  yutu_error err = {0};
  assert_int_equal(yutu_catalogue_open(NULL, &catalogue, &err), YUTU_OK);
  assert_true(yutu_catalogue_count(catalogue) >= 25);
  for (size_t i = 0; i < yutu_catalogue_count(catalogue); i++) {
    const yutu_catalogue_entry *e = yutu_catalogue_get(catalogue, i);
    yutu_query *query = NULL;
    if (yutu_sparql_parse(e->text, (yutu_slice){NULL, 0}, &query, &err) != YUTU_OK)
      fail_msg("%.*s:%u: %s", (int)e->name.len, e->name.data, err.line, err.message);
    for (size_t k = 0; k < e->n_parameters; k++)
      if (!has_variable(query, e->parameters[k].name))
        fail_msg("%.*s does not use its parameter %.*s", (int)e->name.len, e->name.data, (int)e->parameters[k].name.len,
                 e->parameters[k].name.data);
    assert_ptr_equal(yutu_catalogue_find(catalogue, e->name), e);
    yutu_query_free(query);
  }
  assert_null(yutu_catalogue_find(catalogue, YUTU_SLICE("no such query")));
  yutu_catalogue_free(catalogue);
}

// ---- values ----

static const char data[] =
    "@prefix yutu: <https://w3id.org/yutu/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "@prefix dcterms: <http://purl.org/dc/terms/> . @prefix schema: <https://schema.org/> .\n"
    "<http://e/sz> a yutu:City ; skos:prefLabel \"深圳市\"@zh-Hans ; skos:altLabel \"深圳\"@zh-Hans .\n"
    "<http://e/a> a yutu:District ; skos:prefLabel \"朝阳区\"@zh-Hans .\n"
    "<http://e/b> a yutu:District ; skos:prefLabel \"朝阳区\"@zh-Hans .\n"
    "<http://e/article/00ff> a schema:NewsArticle ; dcterms:source \"x.txt\" .\n";

static const struct {
  const char *name, *kind, *value, *term; // the term bound, as BIND(?x AS ?y) gives it back; NULL: refused
  unsigned candidates;
} values[] = {
    {"a name", "Region", "深圳", "http://e/sz", 0},
    {"an IRI", "Region", "<http://e/other>", "http://e/other", 0},
    {"a name of several", "Region", "朝阳区", NULL, 2},
    {"a part of a name", "Region", "深", NULL, 1},
    {"an unknown name", "Region", "乌有", NULL, 0},
    {"a name of the wrong kind", "Person", "深圳", NULL, 0},
    {"an article", "article", "x.txt", "http://e/article/00ff", 0},
    {"an article by its key", "article", "00ff", "http://e/article/00ff", 0},
    {"no article", "article", "y.txt", NULL, 0},
    {"a class", "class", "University", "https://w3id.org/yutu/ns#University", 0},
    {"a class by its Chinese name", "class", "高校", "https://w3id.org/yutu/ns#University", 0},
    {"no class", "class", "大象", NULL, 0},
    {"text", "text", "a\" } b", "a\" } b", 0},
    {"an integer", "number", "-12", "-12", 0},
    {"a decimal", "number", "3.5", "3.5", 0},
    {"no number", "number", "3.", NULL, 0},
    {"no number either", "number", "1e5", NULL, 0},
    {"a year", "year", "2019", "2019", 0},
    {"no year", "year", "2019-01", NULL, 0},
    {"a month", "date", "2019-01", "2019-01", 0},
    {"a day", "date", "2019-01-31", "2019-01-31", 0},
    {"no month", "date", "2019-13", NULL, 0},
    {"no day", "date", "2019-01-32", NULL, 0},
    {"no date", "date", "gestern", NULL, 0},
};

static yutu_store *store;
static yutu_snapshot *snapshot;

static yutu_status take_quad(void *context, const yutu_quad *quad, yutu_error *err) {
  return yutu_batch_add(context, quad, err);
}

static int open_store(void **state) {
  (void)state;
  const yutu_load_options options = {.format = YUTU_FORMAT_TURTLE};
  yutu_batch *batch = NULL;
  return yutu_store_open("memory:", YUTU_STORE_CREATE, &store, NULL) != YUTU_OK ||
         yutu_batch_begin(store, &batch, NULL) != YUTU_OK ||
         yutu_load_bytes("data", data, sizeof data - 1, &options, take_quad, batch, NULL, NULL) != YUTU_OK ||
         yutu_batch_commit(batch, NULL) != YUTU_OK || yutu_snapshot_open(store, &snapshot, NULL) != YUTU_OK;
}

static int close_store(void **state) {
  (void)state;
  yutu_snapshot_close(snapshot);
  yutu_store_close(store);
  return 0;
}

static void expect_answer(const char *name, yutu_query *query, const char *want) {
  const yutu_query_options options = {.snapshot = snapshot};
  yutu_result *result = NULL;
  const yutu_term *row = NULL;
  assert_int_equal(yutu_query_run(query, &options, &result, NULL), YUTU_OK);
  assert_int_equal(yutu_result_next(result, &row, NULL), YUTU_OK);
  if (!row || !yutu_slice_eq(row[0].value, yutu_slice_of(want)))
    fail_msg("%s: not %s", name, want);
  yutu_result_free(result);
}

static void test_values(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
    char text[256];
    snprintf(text, sizeof text, "# title: 一 | One\n# param: x %s v | 一 | one\nSELECT ?y { BIND(?x AS ?y) }",
             values[i].kind);
    yutu_catalogue_entry entry = {0};
    yutu_query *query = NULL;
    yutu_candidates candidates = {.n = 99};
    yutu_error err = {0};
    assert_int_equal(yutu_catalogue_describe(YUTU_SLICE("q.rq"), yutu_slice_of(text), &entry, &err), YUTU_OK);
    assert_int_equal(yutu_sparql_parse(entry.text, (yutu_slice){NULL, 0}, &query, &err), YUTU_OK);
    const yutu_status status = yutu_catalogue_bind(&entry, query, snapshot, YUTU_SLICE("x"),
                                                   yutu_slice_of(values[i].value), &candidates, &err);
    if (status != (values[i].term ? YUTU_OK : YUTU_ERR_USAGE) || candidates.n != values[i].candidates)
      fail_msg("%s: status %d, %zu candidates, '%s'", values[i].name, status, candidates.n, err.message);
    if (values[i].term)
      expect_answer(values[i].name, query, values[i].term);
    assert_int_equal(yutu_catalogue_bind(&entry, query, snapshot, YUTU_SLICE("z"), YUTU_SLICE("1"), &candidates, &err),
                     YUTU_ERR_USAGE);
    assert_non_null(strstr(err.message, "--x"));
    yutu_query_free(query);
  }
}

static void test_guesses(void **state) {
  (void)state;
  static const struct {
    const char *value, *term;
  } guesses[] = {{"深圳", "http://e/sz"},
                 {"<http://e/i>", "http://e/i"},
                 {"2019", "2019"},
                 {"2019-05", "2019-05"},
                 {"1.5", "1.5"}};
  yutu_catalogue_entry entry = {0};
  const yutu_slice text = YUTU_SLICE("SELECT ?y { BIND(?x AS ?y) }");
  assert_int_equal(yutu_catalogue_describe(YUTU_SLICE("-e"), text, &entry, NULL), YUTU_OK);
  for (size_t i = 0; i < sizeof guesses / sizeof *guesses; i++) {
    yutu_query *query = NULL;
    yutu_candidates candidates;
    assert_int_equal(yutu_sparql_parse(text, (yutu_slice){NULL, 0}, &query, NULL), YUTU_OK);
    assert_int_equal(yutu_catalogue_bind(&entry, query, snapshot, YUTU_SLICE("x"), yutu_slice_of(guesses[i].value),
                                         &candidates, NULL),
                     YUTU_OK);
    expect_answer(guesses[i].value, query, guesses[i].term);
    assert_int_equal(
        yutu_catalogue_bind(&entry, query, snapshot, YUTU_SLICE("unused"), YUTU_SLICE("深圳"), &candidates, NULL),
        YUTU_ERR_USAGE);
    yutu_query_free(query);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_wrong_comments), cmocka_unit_test(test_comment), cmocka_unit_test(test_builtin),
      cmocka_unit_test(test_values),         cmocka_unit_test(test_guesses),
  };
  return cmocka_run_group_tests(tests, open_store, close_store);
}
