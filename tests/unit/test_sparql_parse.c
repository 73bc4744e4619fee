#include "queries/sparql/sparql.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static yutu_status parse(const char *text, yutu_query **ret, yutu_error *err) {
  return yutu_sparql_parse(yutu_slice_of(text), (yutu_slice){NULL, 0}, ret, err);
}

static void test_forms(void **state) {
  (void)state;
  static const struct {
    const char *text;
    yutu_query_form form;
  } rows[] = {
      {"SELECT * {}", YUTU_QUERY_SELECT},
      {"select distinct ?x where { ?x a ?y } order by ?x limit 3 offset 2", YUTU_QUERY_SELECT},
      {"ASK { ?s ?p ?o }", YUTU_QUERY_ASK},
      {"CONSTRUCT WHERE { ?s ?p ?o }", YUTU_QUERY_CONSTRUCT},
      {"DESCRIBE <http://a/b>", YUTU_QUERY_DESCRIBE},
      {"BASE <http://a/> PREFIX : <x#> DESCRIBE <b> :c", YUTU_QUERY_DESCRIBE},
      {"SELECT ?上海 { ?上海 <http://a/在> \"中国\"@zh-Hans, '''a\n'b''', -5, +.5e-3, true }", YUTU_QUERY_SELECT},
      {"SELECT * { ?s \\u003Chttp://a/\\u4E0A> ?o }", YUTU_QUERY_SELECT},
      {"SELECT * { ?s <http://a/p>+/^<http://a/q>|!(<http://a/r>|^a) ?o . }", YUTU_QUERY_SELECT},
      {"SELECT * { [] a [ a [] ; ] . (1 2 (3)) a () }", YUTU_QUERY_SELECT},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    yutu_query *query = NULL;
    yutu_error err = {0};
    if (parse(rows[i].text, &query, &err) != YUTU_OK)
      fail_msg("%s: %u:%u %s", rows[i].text, err.line, err.column, err.message);
    assert_int_equal(yutu_query_kind(query), rows[i].form);
    yutu_query_free(query);
  }
}

static void test_places_of_errors(void **state) {
  (void)state;
  static const struct {
    const char *text;
    yutu_status status;
    unsigned line, column;
  } rows[] = {
      {"", YUTU_ERR_QUERY, 1, 1},
      {"SELECT ?x\nWHERE { ?x a }", YUTU_ERR_QUERY, 2, 14},
      {"SELECT ?x {\n  ?上海 :在 ?x }", YUTU_ERR_QUERY, 2, 7},
      {"SELECT * { ?x ?y \"a\n\" }", YUTU_ERR_QUERY, 1, 18},
      {"SELECT * { ?x ?y 'a' . # 注释\n ) }", YUTU_ERR_QUERY, 2, 2},
      {"SELECT * { SERVICE <http://a> {} }", YUTU_ERR_UNSUPPORTED, 1, 12},
      {"\nDELETE WHERE { ?s ?p ?o }", YUTU_ERR_UNSUPPORTED, 2, 1},
      {"SELECT * { <relative> ?p ?o }", YUTU_ERR_QUERY, 1, 12},
      {"SELECT * { ?s ?p '\\x' }", YUTU_ERR_QUERY, 1, 19},
      {"SELECT * { ?s ?p \"\\uD800\" }", YUTU_ERR_QUERY, 1, 19},
      {"SELECT * { ?s ?p \xFF }", YUTU_ERR_QUERY, 1, 18},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    yutu_query *query = NULL;
    yutu_error err = {0};
    assert_int_equal(parse(rows[i].text, &query, &err), rows[i].status);
    if (err.line != rows[i].line || err.column != rows[i].column)
      fail_msg("%s: %u:%u %s", rows[i].text, err.line, err.column, err.message);
    assert_null(query);
  }
}

/// `n` times `piece` between two texts.
static char *repeat(const char *before, const char *piece, size_t n, const char *after) {
  char *text = malloc(strlen(before) + n * strlen(piece) + strlen(after) + 1), *p = text;
  assert_non_null(text);
  p = stpcpy(p, before);
  for (size_t i = 0; i < n; i++)
    p = stpcpy(p, piece);
  strcpy(p, after);
  return text;
}

static void test_limits(void **state) {
  (void)state;
  static const struct {
    const char *before, *piece, *after;
    size_t n;
    yutu_status status;
  } rows[] = {
      {"SELECT * ", "{", "", 100000, YUTU_ERR_LIMIT},
      {"SELECT * { FILTER ", "(", "", 100000, YUTU_ERR_LIMIT},
      {"SELECT * { FILTER (", "!", "?x) }", 100000, YUTU_ERR_LIMIT},
      {"SELECT * { ?x ", "(", "", 100000, YUTU_ERR_LIMIT},
      {"SELECT * { ?x ?y ", "[ a ", "", 100000, YUTU_ERR_LIMIT},
      {"SELECT * { ", "OPTIONAL {} ", "}", 5000, YUTU_ERR_LIMIT},
      {"SELECT * { FILTER(1", " + 1", ") }", 5000, YUTU_ERR_LIMIT},
      {"SELECT * { ", "[] a []. ", "}", 5000, YUTU_ERR_LIMIT}, // blank nodes are variables
      {"SELECT * { FILTER(?x = 1", " || ?x = 2", ") }", 20000, YUTU_OK},
      {"SELECT * { ", "FILTER(?x) ", "}", 20000, YUTU_OK},
      {"SELECT * { {}", " UNION {}", "}", 20000, YUTU_OK},
      {"SELECT * { ", "?s ?p ?o . ", "}", 20000, YUTU_OK},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    yutu_query *query = NULL;
    yutu_error err = {0};
    char *text = repeat(rows[i].before, rows[i].piece, rows[i].n, rows[i].after);
    const yutu_status status = parse(text, &query, &err);
    free(text);
    if (status != rows[i].status)
      fail_msg("%s: %s", rows[i].piece, err.message);
    yutu_query_free(query);
  }
  yutu_query *query = NULL;
  yutu_error err = {0};
  char *text = repeat("SELECT * {}", " ", YUTU_QUERY_BYTES_MAX, "");
  assert_int_equal(parse(text, &query, &err), YUTU_ERR_LIMIT);
  free(text);
}

static void test_what_a_query_names(void **state) {
  (void)state;
  yutu_query *query = NULL;
  assert_int_equal(parse("SELECT ?a FROM <http://a/g> FROM NAMED <http://a/h> { ?a ?b $c { SELECT ?d { ?d ?b ?e } } }",
                         &query, NULL),
                   YUTU_OK);
  static const char *const names[] = {"a", "b", "c", "d", "e"};
  size_t n;
  const yutu_slice *variables = yutu_query_variables(query, &n);
  assert_int_equal(n, 5);
  for (size_t i = 0; i < n; i++)
    assert_true(yutu_slice_eq(variables[i], yutu_slice_of(names[i])));
  const yutu_query_graph *graphs = yutu_query_graphs(query, &n);
  assert_int_equal(n, 2);
  assert_false(graphs[0].named);
  assert_true(yutu_slice_eq(graphs[0].iri, YUTU_SLICE("http://a/g")));
  assert_true(graphs[1].named);
  yutu_query_free(query);
  yutu_query_free(NULL);
}

/// Cutting a query anywhere gives an error or a query, never anything worse.
static void test_every_beginning(void **state) {
  (void)state;
  static const char text[] =
      "PREFIX : <http://a/> SELECT (GROUP_CONCAT(DISTINCT ?l; SEPARATOR=\"、\") AS ?ls) ?g FROM :g "
      "WHERE { { ?s :p/^:q* ?o ; :r [ a :T ], \"上\"@zh OPTIONAL { ?o ?p -1.5e3 FILTER(?p != :x && "
      "NOT EXISTS { ?s a ?t }) } } UNION { GRAPH ?g { VALUES (?s ?o) { (UNDEF 1) } } MINUS { _:b "
      ":p 'x'^^:t } } BIND(IF(?o IN (1, 2), STR(?s), 1/0) AS ?l) } GROUP BY ?g HAVING(COUNT(*) > 1) "
      "ORDER BY DESC(?ls) LIMIT 10 OFFSET 2 VALUES ?g { :g }";
  yutu_query *query = NULL;
  assert_int_equal(parse(text, &query, NULL), YUTU_OK);
  yutu_query_free(query);
  for (size_t n = 0; n + 1 < sizeof text; n++) {
    query = NULL;
    yutu_error err = {0};
    char *cut = malloc(n + 1); // exactly as long, so that reading behind it is noticed
    assert_non_null(cut);
    memcpy(cut, text, n);
    const yutu_status status = yutu_sparql_parse((yutu_slice){cut, n}, (yutu_slice){NULL, 0}, &query, &err);
    assert_true(status == YUTU_OK || (status == YUTU_ERR_QUERY && err.line == 1 && err.column >= 1));
    yutu_query_free(query);
    free(cut);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_forms),           cmocka_unit_test(test_places_of_errors),
      cmocka_unit_test(test_limits),          cmocka_unit_test(test_what_a_query_names),
      cmocka_unit_test(test_every_beginning),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
