#include "queries/shapes.h"

#include "base/file.h"
#include "graph/load.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define PREFIXES                                                                                                       \
  "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <http://e/> .\n"                                              \
  "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"

static const struct {
  const char *name, *shape, *data;
  unsigned violations;
} rows[] = {
    {"class kept", ":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:class :D ] .", ":a a :C ; :p :b . :b a :D .",
     0},
    {"class broken", ":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:class :D ] .",
     ":a a :C ; :p :b, :c . :b a :D .", 1},
    {"subjects of", ":S sh:targetSubjectsOf :p ; sh:class :C .", ":a :p :x . :b :p :x . :b a :C .", 1},
    {"objects of", ":S sh:targetObjectsOf :p ; sh:nodeKind sh:IRI .", ":a :p :x, 5, \"t\" .", 2},
    {"a target node", ":S sh:targetNode :a ; sh:property [ sh:path :p ; sh:minCount 1 ] .", ":a :q :b .", 1},
    {"no target", ":S sh:class :C .", ":a :p :x .", 0},
    {"minCount", ":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:minCount 2 ] .",
     ":a a :C ; :p 1 . :b a :C ; :p 1, 2 .", 1},
    {"maxCount", ":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:maxCount 1 ] .",
     ":a a :C ; :p 1 . :b a :C ; :p 1, 2 .", 1},
    {"datatype", ":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:datatype xsd:integer ] .",
     ":a a :C ; :p 1, 1.5, \"1\" .", 2},
    {"datatype of a text that it does not have",
     ":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:datatype xsd:date ] .",
     ":a a :C ; :p \"2020-02-29\"^^xsd:date, \"2021-02-29\"^^xsd:date, \"soon\"^^xsd:date .", 2},
    {"an integer of many digits", ":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:datatype xsd:integer ] .",
     ":a a :C ; :p 1234567890123456789012345678901234567890123456789, \"1.0\"^^xsd:integer, \"+\"^^xsd:integer .", 2},
    {"string has no datatype written", ":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:datatype xsd:string ] .",
     ":a a :C ; :p \"t\", \"t\"@en, 1 .", 2},
    {"langString", ":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:datatype rdf:langString ] .",
     ":a a :C ; :p \"t\", \"t\"@en .", 1},
    {"in", ":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:in ( :x 5 ) ] .", ":a a :C ; :p :x, 5, :y, 6 .", 2},
    {"hasValue", ":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:hasValue :x ] .",
     ":a a :C ; :p :x, :y . :b a :C ; :p :y .", 1},
    {"languageIn", ":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:languageIn ( \"zh\" ) ] .",
     ":a a :C ; :p \"甲\"@zh-Hans, \"a\"@en, \"b\" .", 2},
    {"uniqueLang", ":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:uniqueLang true ] .",
     ":a a :C ; :p \"a\"@en, \"b\"@en, \"c\", \"d\" . :b a :C ; :p \"a\"@en, \"b\"@de .", 1},
    {"pattern of an IRI", ":S sh:targetClass :C ; sh:pattern \"/a[0-9]+$\" .", ":a1 a :C . :ab a :C .", 1},
    {"pattern of Chinese text", ":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:pattern \"^.{2}$\" ] .",
     ":a a :C ; :p \"深圳\", \"深圳市\" .", 1},
    {"lengths count characters",
     ":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:minLength 2 ; sh:maxLength 3 ] .",
     ":a a :C ; :p \"深\", \"深圳\", \"深圳市\", \"深圳特区\" .", 2},
    {"range", ":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:minInclusive 0 ; sh:maxInclusive 1 ] .",
     ":a a :C ; :p 0, 1.0, -0.1, 1.1, \"x\" .", 4},
    {"inverse path and equals",
     ":S sh:targetSubjectsOf :p ; sh:property [ sh:path [ sh:inversePath :p ] ; sh:equals :p ] .",
     ":a :p :b . :b :p :a . :c :p :d .", 1},
    {"node", ":T a sh:NodeShape ; sh:class :D . :S sh:targetClass :C ; sh:property [ sh:path :p ; sh:node :T ] .",
     ":a a :C ; :p :b, :c . :b a :D .", 1},
    {"or", ":S sh:targetClass :C ; sh:or ( [ sh:class :D ] [ sh:class :E ] ) .",
     ":a a :C, :D . :b a :C, :E . :c a :C .", 1},
    {"and", ":S sh:targetClass :C ; sh:and ( [ sh:class :D ] [ sh:class :E ] ) .", ":a a :C, :D . :b a :C, :E, :D .",
     1},
    {"not", ":S sh:targetClass :C ; sh:not [ sh:class :D ] .", ":a a :C, :D . :b a :C .", 1},
    {"qualified",
     ":S sh:targetClass :C ; sh:property [ sh:path :p ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1 ; "
     "sh:qualifiedValueShape [ sh:class :D ] ] .",
     ":d a :D . :e a :D . :a a :C ; :p :d, :x . :b a :C ; :p :x . :c a :C ; :p :d, :e .", 2},
    {"the same thing by two targets is looked at once",
     ":S sh:targetClass :C ; sh:targetSubjectsOf :p ; sh:property [ sh:path :q ; sh:minCount 1 ] .", ":a a :C ; :p 1 .",
     1},
    {"nothing of it in the data", ":S sh:targetClass :Nowhere ; sh:property [ sh:path :never ; sh:minCount 1 ] .",
     ":a a :C .", 0},
};

static char folder[] = "/tmp/yutu-shapes-XXXXXX";
static char shapes_path[64];

static yutu_status take_quad(void *context, const yutu_quad *quad, yutu_error *err) {
  return yutu_batch_add(context, quad, err);
}

static yutu_store *load(const char *data) {
  char text[2048];
  const int n = snprintf(text, sizeof text, PREFIXES "%s\n", data);
  const yutu_load_options options = {.format = YUTU_FORMAT_TURTLE};
  yutu_store *store = NULL;
  yutu_batch *batch = NULL;
  yutu_error err = {0};
  assert_int_equal(yutu_store_open("memory:", YUTU_STORE_CREATE, &store, &err), YUTU_OK);
  assert_int_equal(yutu_batch_begin(store, &batch, &err), YUTU_OK);
  if (yutu_load_bytes("data", text, (size_t)n, &options, take_quad, batch, NULL, &err) != YUTU_OK)
    fail_msg("%s: %s", data, err.message);
  assert_int_equal(yutu_batch_commit(batch, &err), YUTU_OK);
  return store;
}

static yutu_status open_shapes(const char *shape, yutu_shapes **ret, yutu_error *err) {
  char text[2048];
  const int n = snprintf(text, sizeof text, PREFIXES ":S a sh:NodeShape .\n%s\n", shape);
  assert_int_equal(yutu_file_write(shapes_path, text, (size_t)n, err), YUTU_OK);
  return yutu_shapes_open(shapes_path, ret, err);
}

static yutu_status count(void *context, const yutu_violation *v, yutu_error *err) {
  (void)err;
  assert_true(v->focus.kind != YUTU_TERM_NONE);
  assert_string_equal(v->shape.data, "http://e/S");
  assert_true(v->message.len > 0);
  ++*(unsigned *)context;
  return YUTU_OK;
}

static unsigned check(const yutu_shapes *shapes, yutu_store *store) {
  yutu_snapshot *snapshot = NULL;
  yutu_error err = {0};
  unsigned n = 0;
  assert_int_equal(yutu_snapshot_open(store, &snapshot, &err), YUTU_OK);
  assert_int_equal(yutu_shapes_check(shapes, snapshot, NULL, count, &n, NULL, &err), YUTU_OK);
  yutu_snapshot_close(snapshot);
  return n;
}

static void test_rows(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    yutu_shapes *shapes = NULL;
    yutu_error err = {0};
    if (open_shapes(rows[i].shape, &shapes, &err) != YUTU_OK)
      fail_msg("%s: %s", rows[i].name, err.message);
    yutu_store *store = load(rows[i].data);
    const unsigned n = check(shapes, store);
    if (n != rows[i].violations)
      fail_msg("%s: %u violations, not %u", rows[i].name, n, rows[i].violations);
    yutu_store_close(store);
    yutu_shapes_free(shapes);
  }
}

static const struct {
  const char *name, *shape, *message;
  yutu_status status;
} refused[] = {
    {"an unknown constraint", ":S sh:closed true .", "sh:closed", YUTU_ERR_UNSUPPORTED},
    {"a sequence path", ":S sh:property [ sh:path ( :p :q ) ] .", "path", YUTU_ERR_UNSUPPORTED},
    {"flags of a pattern", ":S sh:pattern \"a\" ; sh:flags \"i\" .", "flags", YUTU_ERR_UNSUPPORTED},
    {"no regular expression", ":S sh:pattern \"a(\" .", "regular expression", YUTU_ERR_INPUT},
    {"shapes in a circle", ":S sh:node :S .", "circle", YUTU_ERR_INPUT},
    {"a list without an end", ":S sh:in [ rdf:first 1 ] .", "no end", YUTU_ERR_INPUT},
    {"a list in a circle", ":S sh:in _:l . _:l rdf:first 1 ; rdf:rest _:l .", "endless", YUTU_ERR_INPUT},
    {"no Turtle", "S sh:targetClass", "", YUTU_ERR_INPUT},
};

static void test_refused(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
    yutu_shapes *shapes = NULL;
    yutu_error err = {0};
    const yutu_status status = open_shapes(refused[i].shape, &shapes, &err);
    if (status != refused[i].status || shapes || !strstr(err.message, refused[i].message))
      fail_msg("%s: status %d, '%s'", refused[i].name, status, err.message);
  }
  yutu_shapes *shapes = NULL;
  assert_int_equal(yutu_shapes_open("/no/such/file", &shapes, NULL), YUTU_ERR_IO);
}

static void test_builtin(void **state) {
  (void)state;
  yutu_shapes *shapes = NULL;
  yutu_error err = {0};
  if (yutu_shapes_open(NULL, &shapes, &err) != YUTU_OK)
    fail_msg("%s", err.message);
  yutu_shapes_free(shapes);
}

static int make_folder(void **state) {
  (void)state;
  if (!mkdtemp(folder))
    return -1;
  snprintf(shapes_path, sizeof shapes_path, "%s/shapes.ttl", folder);
  return 0;
}

static int remove_folder(void **state) {
  (void)state;
  unlink(shapes_path);
  return rmdir(folder);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_rows),
      cmocka_unit_test(test_refused),
      cmocka_unit_test(test_builtin),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
