#include "queries/links.h"

#include "graph/load.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// Two articles; A is tied to B by three cooperations (one planned, one whose statement runs from B to A), to C by one.
// The sentence of B and C also ties nothing else: a sentence with two cooperations must not mix their participants.
static const char data[] =
    "@prefix yutu: <https://w3id.org/yutu/ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "@prefix dcterms: <http://purl.org/dc/terms/> . @prefix schema: <https://schema.org/> .\n"
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix prov: <http://www.w3.org/ns/prov#> .\n"
    "@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> . @prefix : <http://e/> .\n"
    ":g1 {\n"
    "  :g1 a schema:NewsArticle ; dcterms:title \"一\"@zh-Hans ; dcterms:source \"1.txt\" .\n"
    "  :A skos:prefLabel \"甲\"@zh-Hans . :B skos:prefLabel \"乙\"@zh-Hans . :C skos:prefLabel \"丙\"@zh-Hans .\n"
    "  :P skos:prefLabel \"平台\"@zh-Hans .\n"
    "  :s1 nif:anchorOf \"甲乙合作，甲丙合作。\"@zh .\n"
    "  :c1 a yutu:Cooperation ; yutu:participant :A, :B ; yutu:via :P ; prov:wasDerivedFrom :s1 ;\n"
    "    dcterms:date \"2020\"^^<http://www.w3.org/2001/XMLSchema#gYear> .\n"
    "  :c2 a yutu:Cooperation ; yutu:participant :A, :C ; prov:wasDerivedFrom :s1 .\n"
    "  :t1 rdf:subject :A ; rdf:predicate yutu:linkedWith ; rdf:object :B ; prov:wasInfluencedBy :c1 ;\n"
    "    prov:wasDerivedFrom :s1 .\n"
    "  :t2 rdf:subject :A ; rdf:predicate yutu:linkedWith ; rdf:object :C ; prov:wasInfluencedBy :c2 ;\n"
    "    prov:wasDerivedFrom :s1 .\n"
    "}\n"
    ":g2 {\n"
    "  :g2 a schema:NewsArticle ; dcterms:source \"2.txt\" ;\n"
    "    dcterms:date \"2019-05-01\"^^<http://www.w3.org/2001/XMLSchema#date> .\n"
    "  :A skos:prefLabel \"甲\"@zh-Hans . :B skos:prefLabel \"乙\"@zh-Hans . :U skos:prefLabel \"大学\"@zh-Hans .\n"
    "  :s2 nif:anchorOf \"乙将与甲和大学合作。\"@zh .\n"
    "  :c3 a yutu:Cooperation ; yutu:participant :A, :B, :U ; yutu:modality yutu:Planned ; prov:wasDerivedFrom :s2 .\n"
    "  :t3 rdf:subject :B ; rdf:predicate yutu:linkedWith ; rdf:object :A ; prov:wasInfluencedBy :c3 ;\n"
    "    prov:wasDerivedFrom :s2 .\n"
    "  :c4 a yutu:Cooperation ; yutu:participant :A, :B ; prov:wasDerivedFrom :s2 .\n"
    "  :t4 rdf:subject :A ; rdf:predicate yutu:linkedWith ; rdf:object :B ; prov:wasInfluencedBy :c4 ;\n"
    "    prov:wasDerivedFrom :s2 .\n"
    "}\n";

static yutu_store *store;
static yutu_links links;

static yutu_status take_quad(void *context, const yutu_quad *quad, yutu_error *err) {
  return yutu_batch_add(context, quad, err);
}

static int open_store(void **state) {
  (void)state;
  const yutu_load_options options = {.format = YUTU_FORMAT_TRIG};
  yutu_batch *batch = NULL;
  yutu_error err = {0};
  links.arena = yutu_arena_new(0);
  if (!links.arena || yutu_store_open("memory:", YUTU_STORE_CREATE, &store, &err) != YUTU_OK ||
      yutu_batch_begin(store, &batch, &err) != YUTU_OK ||
      yutu_load_bytes("data", data, sizeof data - 1, &options, take_quad, batch, NULL, &err) != YUTU_OK ||
      yutu_batch_commit(batch, &err) != YUTU_OK || yutu_snapshot_open(store, &links.snapshot, &err) != YUTU_OK) {
    print_error("%u: %s\n", err.line, err.message);
    return -1;
  }
  return 0;
}

static int close_store(void **state) {
  (void)state;
  yutu_snapshot_close(links.snapshot);
  yutu_store_close(store);
  yutu_arena_free(links.arena);
  return 0;
}

#define ASSERT_TEXT(slice, text) assert_true(yutu_slice_eq((slice), YUTU_SLICE(text)))

static void test_pairs(void **state) {
  (void)state;
  const yutu_region_pair *pairs = NULL;
  size_t n = 0;
  assert_int_equal(yutu_links_pairs(&links, (yutu_slice){NULL, 0}, 0, &pairs, &n, NULL), YUTU_OK);
  assert_int_equal(n, 2);
  ASSERT_TEXT(pairs[0].a, "http://e/A");
  ASSERT_TEXT(pairs[0].b, "http://e/B");
  ASSERT_TEXT(pairs[0].a_name, "甲");
  ASSERT_TEXT(pairs[0].b_name, "乙");
  assert_int_equal(pairs[0].cooperations, 3);
  assert_int_equal(pairs[0].articles, 2);
  ASSERT_TEXT(pairs[1].b_name, "丙");
  assert_int_equal(pairs[1].cooperations, 1);
  assert_int_equal(yutu_links_pairs(&links, (yutu_slice){NULL, 0}, 1, &pairs, &n, NULL), YUTU_OK);
  assert_int_equal(n, 1);
}

static void test_partners(void **state) {
  (void)state;
  const yutu_region_pair *pairs = NULL;
  size_t n = 0;
  assert_int_equal(yutu_links_pairs(&links, YUTU_SLICE("http://e/B"), 0, &pairs, &n, NULL), YUTU_OK);
  assert_int_equal(n, 1);
  ASSERT_TEXT(pairs[0].a_name, "乙");
  ASSERT_TEXT(pairs[0].b_name, "甲");
  assert_int_equal(pairs[0].cooperations, 3);
  assert_int_equal(yutu_links_pairs(&links, YUTU_SLICE("http://e/A"), 0, &pairs, &n, NULL), YUTU_OK);
  assert_int_equal(n, 2);
  assert_int_equal(yutu_links_pairs(&links, YUTU_SLICE("http://e/nowhere"), 0, &pairs, &n, NULL), YUTU_OK);
  assert_int_equal(n, 0);
}

static void test_ties(void **state) {
  (void)state;
  const yutu_region_tie *ties = NULL;
  size_t n = 0;
  assert_int_equal(yutu_links_ties(&links, YUTU_SLICE("http://e/B"), YUTU_SLICE("http://e/A"), &ties, &n, NULL),
                   YUTU_OK);
  assert_int_equal(n, 3);
  // By date: what the text says, else the article's.
  ASSERT_TEXT(ties[0].claim, "http://e/c3");
  assert_true(ties[0].planned);
  assert_int_equal(ties[0].n_participants, 3);
  ASSERT_TEXT(ties[0].reported, "2019-05-01");
  ASSERT_TEXT(ties[0].date, "");
  ASSERT_TEXT(ties[1].claim, "http://e/c4");
  assert_false(ties[1].planned);
  assert_int_equal(ties[1].n_participants, 2);
  ASSERT_TEXT(ties[2].claim, "http://e/c1");
  ASSERT_TEXT(ties[2].via, "平台");
  ASSERT_TEXT(ties[2].date, "2020");
  ASSERT_TEXT(ties[2].title, "一");
  ASSERT_TEXT(ties[2].source, "1.txt");
  assert_int_equal(ties[2].n_participants, 2);
  // The other cooperation of the same sentence is not among them.
  assert_int_equal(yutu_links_ties(&links, YUTU_SLICE("http://e/A"), YUTU_SLICE("http://e/C"), &ties, &n, NULL),
                   YUTU_OK);
  assert_int_equal(n, 1);
  ASSERT_TEXT(ties[0].claim, "http://e/c2");
  assert_int_equal(yutu_links_ties(&links, YUTU_SLICE("http://e/B"), YUTU_SLICE("http://e/C"), &ties, &n, NULL),
                   YUTU_OK);
  assert_int_equal(n, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_pairs),
      cmocka_unit_test(test_partners),
      cmocka_unit_test(test_ties),
  };
  return cmocka_run_group_tests(tests, open_store, close_store);
}
