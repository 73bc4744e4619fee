#include "queries/names.h"

#include "graph/load.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char data[] =
    "@prefix yutu: <https://w3id.org/yutu/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "@prefix dcterms: <http://purl.org/dc/terms/> . @prefix schema: <https://schema.org/> .\n"
    "@prefix r: <https://w3id.org/yutu/id/region/> . @prefix o: <https://w3id.org/yutu/id/org/> .\n"
    "GRAPH <https://w3id.org/yutu/graph/gazetteer> {\n"
    "r:440300 a yutu:City ; skos:prefLabel \"深圳市\"@zh-Hans, \"Shenzhen\"@en ; skos:altLabel \"深圳\"@zh-Hans ;\n"
    "  skos:hiddenLabel \"深\"@zh-Hans ; skos:notation \"440300\" .\n"
    "r:110105 a yutu:District ; skos:prefLabel \"朝阳区\"@zh-Hans ; skos:altLabel \"朝阳\"@zh-Hans ;\n"
    "  yutu:locatedIn r:110000 .\n"
    "r:220104 a yutu:District ; skos:prefLabel \"朝阳区\"@zh-Hans ; yutu:locatedIn r:220100 .\n"
    "r:211300 a yutu:City ; skos:prefLabel \"朝阳市\"@zh-Hans ; skos:altLabel \"朝阳\"@zh-Hans .\n"
    "r:110000 a yutu:City, yutu:Province ; skos:prefLabel \"北京市\"@zh-Hans .\n"
    "r:220100 a yutu:City ; skos:prefLabel \"长春市\"@zh-Hans .\n"
    "}\n"
    "GRAPH <https://w3id.org/yutu/article/0123456789abcdef> {\n"
    "<https://w3id.org/yutu/article/0123456789abcdef> a schema:NewsArticle ; dcterms:source \"a.txt\" ;\n"
    "  dcterms:title \"标题\"@zh-Hans .\n"
    "r:440300 a yutu:City ; skos:prefLabel \"深圳市\"@zh-Hans .\n"
    "o:深圳大学 a yutu:University ; skos:prefLabel \"深圳大学\"@zh-Hans ; skos:altLabel \"深圳\"@zh-Hans .\n"
    "o:无名 a yutu:Company .\n"
    "}\n"
    "GRAPH <https://w3id.org/yutu/article/fedcba9876543210> {\n"
    "<https://w3id.org/yutu/article/fedcba9876543210> a schema:NewsArticle ; dcterms:source \"a.txt\" .\n"
    "<https://w3id.org/yutu/article/00000000ffffffff> a schema:NewsArticle ; dcterms:source \"b.txt\" ;\n"
    "  dcterms:title \"标题\"@zh-Hans .\n"
    "}\n";

static const struct {
  const char *name, *classes, *text;
  unsigned n;
  bool exact;
  const char *first; // last part of the first candidate's IRI
} rows[] = {
    {"preferred label", "Region", "深圳市", 1, true, "440300"},
    {"another label", "Region", "深圳", 1, true, "440300"},
    {"of any class, two things", "Entity", "深圳", 2, true, "深圳大学"},
    {"hidden label", "Region", "深", 1, true, "440300"},
    {"code", "Region", "440300", 1, true, "440300"},
    {"English", "Region", "Shenzhen", 1, true, "440300"},
    {"two of the same name", "Region", "朝阳区", 2, true, "110105"},
    {"two by another label", "Region", "朝阳", 2, true, "110105"},
    {"one class decides", "City", "朝阳", 1, true, "211300"},
    {"part of a name", "Region", "朝", 3, false, "110105"},
    {"part of another label", "Org", "深", 1, false, "深圳大学"},
    {"of the wrong class", "Person", "深圳市", 0, false, NULL},
    {"unknown", "Region", "乌有乡", 0, false, NULL},
    {"nothing", "Region", "", 0, false, NULL},
};

static yutu_store *store;
static yutu_snapshot *snapshot;

static yutu_status take_quad(void *context, const yutu_quad *quad, yutu_error *err) {
  return yutu_batch_add(context, quad, err);
}

static int open_store(void **state) {
  (void)state;
  const yutu_load_options options = {.format = YUTU_FORMAT_TRIG};
  yutu_batch *batch = NULL;
  yutu_error err = {0};
  if (yutu_store_open("memory:", YUTU_STORE_CREATE, &store, &err) != YUTU_OK ||
      yutu_batch_begin(store, &batch, &err) != YUTU_OK ||
      yutu_load_bytes("data", data, sizeof data - 1, &options, take_quad, batch, NULL, &err) != YUTU_OK ||
      yutu_batch_commit(batch, &err) != YUTU_OK || yutu_snapshot_open(store, &snapshot, &err) != YUTU_OK) {
    print_error("%u: %s\n", err.line, err.message);
    return -1;
  }
  return 0;
}

static int close_store(void **state) {
  (void)state;
  yutu_snapshot_close(snapshot);
  yutu_store_close(store);
  return 0;
}

static void test_rows(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    yutu_candidates found = {0};
    yutu_error err = {0};
    const uint64_t classes = yutu_class_set(yutu_slice_of(rows[i].classes));
    assert_true(classes != 0);
    assert_int_equal(yutu_names_find(snapshot, classes, yutu_slice_of(rows[i].text), &found, &err), YUTU_OK);
    if (found.n != rows[i].n || (found.n && found.exact != rows[i].exact))
      fail_msg("%s: %zu found, exact %d", rows[i].name, found.n, found.exact);
    if (rows[i].first && !yutu_slice_ends(found.at[0].iri, yutu_slice_of(rows[i].first)))
      fail_msg("%s: first is %.*s", rows[i].name, (int)found.at[0].iri.len, found.at[0].iri.data);
  }
}

static void test_one(void **state) {
  (void)state;
  const uint64_t regions = yutu_class_set(YUTU_SLICE("Region"));
  yutu_candidate one = {0};
  yutu_candidates several = {0};
  yutu_error err = {0};
  assert_int_equal(yutu_names_one(snapshot, regions, YUTU_SLICE("深圳"), &one, &several, &err), YUTU_OK);
  assert_true(yutu_slice_eq(one.name, YUTU_SLICE("深圳市")));
  assert_int_equal(one.cls, YUTU_CLASS_CITY);
  assert_int_equal(yutu_names_one(snapshot, regions, YUTU_SLICE("朝阳区"), &one, &several, &err), YUTU_ERR_USAGE);
  assert_int_equal(several.n, 2);
  assert_true(yutu_slice_eq(several.at[0].within, YUTU_SLICE("北京市")));
  assert_true(yutu_slice_eq(several.at[1].within, YUTU_SLICE("长春市")));
  assert_non_null(strstr(err.message, "several"));
  assert_int_equal(yutu_names_one(snapshot, regions, YUTU_SLICE("乌有乡"), &one, &several, &err), YUTU_ERR_USAGE);
  assert_int_equal(several.n, 0);
}

static void test_label(void **state) {
  (void)state;
  static const struct {
    const char *iri, *label;
  } labels[] = {{"https://w3id.org/yutu/id/region/440300", "深圳市"}, {"https://w3id.org/yutu/id/org/无名", "无名"}};
  for (size_t i = 0; i < 2; i++) {
    const yutu_term term = yutu_iri(yutu_slice_of(labels[i].iri));
    yutu_id id = YUTU_ID_NONE;
    yutu_slice label;
    assert_int_equal(yutu_term_find(snapshot, &term, &id, NULL), YUTU_OK);
    assert_int_equal(yutu_names_label(snapshot, id, &label, NULL), YUTU_OK);
    assert_true(yutu_slice_eq(label, yutu_slice_of(labels[i].label)));
  }
}

static yutu_status count(void *context, yutu_slice iri, yutu_error *err) {
  (void)err;
  assert_true(yutu_slice_starts(iri, YUTU_SLICE("https://w3id.org/yutu/article/")));
  ++*(unsigned *)context;
  return YUTU_OK;
}

static void test_articles(void **state) {
  (void)state;
  static const struct {
    const char *name;
    unsigned n;
  } articles[] = {{"0123456789abcdef", 1},
                  {"https://w3id.org/yutu/article/0123456789abcdef", 1},
                  {"a.txt", 2},
                  {"b.txt", 1},
                  {"标题", 2},
                  {"c.txt", 0}};
  for (size_t i = 0; i < sizeof articles / sizeof *articles; i++) {
    unsigned n = 0;
    yutu_slice iri;
    yutu_error err = {0};
    const yutu_slice name = yutu_slice_of(articles[i].name);
    assert_int_equal(yutu_names_articles(snapshot, name, count, &n, &err), YUTU_OK);
    if (n != articles[i].n)
      fail_msg("%s: %u articles", articles[i].name, n);
    assert_int_equal(yutu_names_article(snapshot, name, &iri, &err), n == 1 ? YUTU_OK : YUTU_ERR_USAGE);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_rows),
      cmocka_unit_test(test_one),
      cmocka_unit_test(test_label),
      cmocka_unit_test(test_articles),
  };
  return cmocka_run_group_tests(tests, open_store, close_store);
}
