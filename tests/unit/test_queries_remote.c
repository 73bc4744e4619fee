// The parts of queries/remote that need no network: parameters in the text of a query, JSON.
#include "queries/remote/answer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// ---- parameters ----

#define A " VALUES (?a ) {(<http://e/a> )} "
#define B " VALUES (?b ) {(\"x\\\"} DROP\"@zh )} "
#define AB " VALUES (?a ?b ) {(<http://e/a> \"x\\\"} DROP\"@zh )} "

static const struct {
  const char *text, *expected;
} queries[] = {
    {"SELECT * { ?a ?p ?o }", "SELECT * {" A " ?a ?p ?o }"},
    {"SELECT * { ?s ?p ?o }", "SELECT * { ?s ?p ?o }"},
    {"SELECT $a WHERE { $a ?p $b }", "SELECT $a WHERE {" AB " $a ?p $b }"},
    // a filter inside a group does not see what is outside
    {"SELECT * { GRAPH ?g { ?s ?p ?o FILTER(?o = ?b) } }",
     "SELECT * {" B " GRAPH ?g {" B " ?s ?p ?o FILTER(?o = ?b) } }"},
    {"ASK { { ?s ?p ?a } UNION { ?s ?p 1 } }", "ASK {" A " {" A " ?s ?p ?a } UNION { ?s ?p 1 } }"},
    {"ASK { ?s ?p ?o OPTIONAL { ?o ?q ?r FILTER(?r > ?b) } }",
     "ASK {" B " ?s ?p ?o OPTIONAL {" B " ?o ?q ?r FILTER(?r > ?b) } }"},
    {"SELECT ?s { { SELECT DISTINCT ?s WHERE { ?s ?p ?o FILTER(?o = ?b) } } ?s ?p ?a }",
     "SELECT ?s {" AB " { SELECT DISTINCT ?s WHERE {" B " ?s ?p ?o FILTER(?o = ?b) } } ?s ?p ?a }"},
    // a subselect whose own clauses use it
    {"SELECT * { { SELECT (CONCAT(?b, ?x) AS ?y) { ?s ?p ?x } } }",
     "SELECT * {" B " { SELECT (CONCAT(?b, ?x) AS ?y) {" B " ?s ?p ?x } } }"},
    // EXISTS is evaluated for each solution around it
    {"ASK { GRAPH ?g { ?s ?p ?o FILTER NOT EXISTS { ?o ?q ?a } } }",
     "ASK {" A " GRAPH ?g {" A " ?s ?p ?o FILTER NOT EXISTS { ?o ?q ?a } } }"},
    {"ASK { ?s ?p ?o MINUS { ?s ?q ?a } }", "ASK {" A " ?s ?p ?o MINUS {" A " ?s ?q ?a } }"},
    // other braces
    {"CONSTRUCT { ?a <http://e/p> ?o } WHERE { ?s ?p ?o }", "CONSTRUCT { ?a <http://e/p> ?o } WHERE {" A " ?s ?p ?o }"},
    {"SELECT * { VALUES ?x { 1 2 } VALUES (?y ?z) { (1 2) } ?a ?x ?y }",
     "SELECT * {" A " VALUES ?x { 1 2 } VALUES (?y ?z) { (1 2) } ?a ?x ?y }"},
    {"SELECT * { ?a ?p ?o } VALUES ?o { 1 }", "SELECT * {" A " ?a ?p ?o } VALUES ?o { 1 }"},
    // no group of its own
    {"CONSTRUCT WHERE { ?a ?p ?o }", "CONSTRUCT WHERE { ?a ?p ?o }\n" A},
    {"DESCRIBE ?a # that", "DESCRIBE ?a # that\n" A},
    {"DESCRIBE ?a { ?a ?p ?o }", "DESCRIBE ?a {" A " ?a ?p ?o }"},
    // what only looks like a variable or a brace
    {"SELECT * { ?s ?p \"?a { \" . # ?a {\n ?s <http://e/?a> '''{?b}''' }",
     "SELECT * { ?s ?p \"?a { \" . # ?a {\n ?s <http://e/?a> '''{?b}''' }"},
    {"SELECT * { ?ab ?p ?ba }", "SELECT * { ?ab ?p ?ba }"},
};

static const yutu_binding bindings[] = {
    {"a", {.kind = YUTU_TERM_IRI, .value = {"http://e/a", 10}}},
    {"b", {.kind = YUTU_TERM_LITERAL, .value = {"x\"} DROP", 8}, .language = {"zh", 2}}},
};

static yutu_remote_question question_of(const char *text) {
  return (yutu_remote_question){.text = yutu_slice_of(text), .bindings = bindings, .n_bindings = 2};
}

static void parameters_become_values(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
    yutu_buffer out = YUTU_BUFFER_INIT;
    yutu_error err = {0};
    const yutu_remote_question q = question_of(queries[i].text);
    assert_int_equal(yutu_remote_write_query(&q, &out, &err), YUTU_OK);
    assert_string_equal(out.data, queries[i].expected);
    yutu_query *query = NULL; // what comes out is SPARQL again
    assert_int_equal(yutu_sparql_parse((yutu_slice){out.data, out.len}, (yutu_slice){NULL, 0}, &query, &err), YUTU_OK);
    yutu_query_free(query);
    yutu_buffer_free(&out);
  }
}

static void what_cannot_be_a_parameter_is_refused(void **state) {
  (void)state;
  yutu_buffer out = YUTU_BUFFER_INIT;
  yutu_remote_question q = question_of("CONSTRUCT WHERE { ?a ?p ?o } VALUES ?o { 1 }");
  assert_int_equal(yutu_remote_write_query(&q, &out, NULL), YUTU_ERR_UNSUPPORTED);
  const yutu_binding blank = {"a", {.kind = YUTU_TERM_BLANK, .value = {"x", 1}}};
  q = (yutu_remote_question){.text = YUTU_SLICE("ASK { ?a ?p ?o }"), .bindings = &blank, .n_bindings = 1};
  assert_int_equal(yutu_remote_write_query(&q, &out, NULL), YUTU_ERR_UNSUPPORTED);
  yutu_buffer_free(&out);
}

static void the_base_comes_first(void **state) {
  (void)state;
  yutu_buffer out = YUTU_BUFFER_INIT;
  const yutu_remote_question q = {.text = YUTU_SLICE("ASK {<x> ?p ?o}"), .base = YUTU_SLICE("http://e/")};
  assert_int_equal(yutu_remote_write_query(&q, &out, NULL), YUTU_OK);
  assert_string_equal(out.data, "BASE <http://e/> ASK {<x> ?p ?o}");
  yutu_buffer_free(&out);
}

static void addresses_are_told_from_folders(void **state) {
  (void)state;
  assert_true(yutu_remote_is_address("http://localhost/sparql"));
  assert_true(yutu_remote_is_address("HTTPS://e/"));
  assert_false(yutu_remote_is_address("./yutu.store"));
  assert_false(yutu_remote_is_address("memory:"));
  assert_false(yutu_remote_is_address("http:/x"));
  char room[300];
  assert_string_equal(yutu_address_shown("http://u:p@h:1/x?y@z", room, sizeof room), "http://h:1/x?y@z");
  assert_string_equal(yutu_address_shown("http://h/@", room, sizeof room), "http://h/@");
}

// ---- JSON ----

typedef struct {
  yutu_slice text;
  size_t step; // bytes handed out at a time
} pieces;

static yutu_status read_piece(void *context, yutu_slice *ret, yutu_error *err) {
  (void)err;
  pieces *p = context;
  const size_t n = p->step < p->text.len ? p->step : p->text.len;
  *ret = (yutu_slice){p->text.data, n};
  p->text.data += n;
  p->text.len -= n;
  return YUTU_OK;
}

static const struct {
  const char *text, *expected; // NULL: refused
} strings[] = {
    {"\"\"", ""},
    {" \t\n \"深圳\"", "深圳"},
    {"\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "a\"\\/\b\f\n\r\t"},
    {"\"\\u6df1\\u0041\"", "深A"},
    {"\"\\uD840\\uDC00\"", "𠀀"},
    {"\"\\uD840x\"", "\xEF\xBF\xBDx"},
    {"\"\\uDC00\"", "\xEF\xBF\xBD"},
    {"\"\\uD840\\uD840\\uDC00\"", "\xEF\xBF\xBD𠀀"},
    {"\"\\uD840\\u0041\"", "\xEF\xBF\xBD"
                           "A"},
    {"\"\\u12\"", NULL},
    {"\"\\x\"", NULL},
    {"\"a", NULL},
    {"\"a\nb\"", NULL},
    {"\"\xE6\xB7\"", NULL},
    {"a", NULL},
    {"", NULL},
};

static void strings_are_read_whatever_the_pieces(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
    for (size_t step = 1; step < 20; step += 6) {
      pieces p = {yutu_slice_of(strings[i].text), step};
      yutu_json json = {.source = {read_piece, &p}};
      yutu_slice value;
      yutu_error err = {0};
      const yutu_status status = yutu_json_text(&json, &value, &err);
      assert_int_equal(status, strings[i].expected ? YUTU_OK : YUTU_ERR_INPUT);
      if (strings[i].expected)
        assert_true(yutu_slice_eq(value, yutu_slice_of(strings[i].expected)));
      yutu_json_free(&json);
    }
  }
}

static const struct {
  const char *text;
  bool ok;
} values[] = {
    {"{\"a\": [1, -2.5e+3, true, false, null, {}, []], \"b\": \"]\"}", true},
    {"[[[[[[[[]]]]]]]]", true},
    {"{\"a\" 1}", false},
    {"[1,]", false},
    {"[1 2]", false},
    {"{", false},
    {"", false},
    {"[1111111111111111111111111111111111111111]", false},
};

static void values_are_passed_over(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
    pieces p = {yutu_slice_of(values[i].text), 3};
    yutu_json json = {.source = {read_piece, &p}};
    assert_int_equal(yutu_json_skip(&json, NULL), values[i].ok ? YUTU_OK : YUTU_ERR_INPUT);
    yutu_json_free(&json);
  }
  char deep[200];
  memset(deep, '[', sizeof deep);
  pieces p = {{deep, sizeof deep}, 50};
  yutu_json json = {.source = {read_piece, &p}};
  assert_int_equal(yutu_json_skip(&json, NULL), YUTU_ERR_INPUT);
  yutu_json_free(&json);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(parameters_become_values),
      cmocka_unit_test(what_cannot_be_a_parameter_is_refused),
      cmocka_unit_test(the_base_comes_first),
      cmocka_unit_test(addresses_are_told_from_folders),
      cmocka_unit_test(strings_are_read_whatever_the_pieces),
      cmocka_unit_test(values_are_passed_over),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
