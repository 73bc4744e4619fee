#include "tests/unit/graph_quads.h"

#include "graph/ingest.h"
#include "graph/iri.h"

#include <stdlib.h>
#include <string.h>

#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define SKOS "http://www.w3.org/2004/02/skos/core#"
#define NS "https://w3id.org/yutu/ns#"

static const yutu_slice base = {"http://b/", 9};

static const yutu_slice other_names[] = {{"深", 3}, {"深圳", 6}};

static yutu_entity entity(yutu_class cls, const char *name, const char *id) {
  return (yutu_entity){.cls = cls, .name = yutu_slice_of(name), .id = yutu_slice_of(id)};
}

static yutu_slice text(const char *s) {
  return yutu_slice_of(s);
}

/// The graph of an article.
static yutu_buffer ingest_as(const yutu_article *article, yutu_format format) {
  yutu_buffer out = YUTU_BUFFER_INIT;
  yutu_error err = {0};
  yutu_arena *arena = yutu_arena_new(0);
  size_t n = 0;
  const yutu_prefix *prefixes = yutu_prefixes_default(base, arena, &n);
  yutu_writer *w = writer_into(&out, format, prefixes, n);
  const yutu_status status = yutu_ingest_into(article, base, arena, yutu_writer_sink, w, &err);
  if (status != YUTU_OK)
    fail_msg("%s", err.message);
  assert_int_equal(yutu_writer_close(w, &err), YUTU_OK);
  yutu_arena_free(arena);
  return out;
}

static yutu_buffer ingest(const yutu_article *article) {
  return ingest_as(article, YUTU_FORMAT_NQUADS);
}

/// The graph of the sample, as Turtle without its prefixes.
static const char whole[] = "article:0123456789abcdef a schema:NewsArticle ;\n"
                            "    dcterms:date \"2020-11-17\"^^xsd:date ;\n"
                            "    dcterms:source \"a.txt\" ;\n"
                            "    dcterms:title \"题目\"@zh-Hans ;\n"
                            "    schema:articleSection \"要闻\" ;\n"
                            "    schema:author \"某某\" .\n"
                            "\n"
                            "id-region:440300 a yutu:City ;\n"
                            "    skos:altLabel \"深\"@zh-Hans , \"深圳\"@zh-Hans ;\n"
                            "    skos:prefLabel \"深圳市\"@zh-Hans ;\n"
                            "    yutu:cooperatesWith id-org:香港理工大学 ;\n"
                            "    yutu:establishes <http://b/id/initiative/x%20y> ;\n"
                            "    yutu:linkedWith id-region:810000 .\n"
                            "\n"
                            "id-org:香港理工大学 a yutu:University ;\n"
                            "    skos:prefLabel \"香港理工大学\"@zh-Hans ;\n"
                            "    yutu:cooperatesWith id-region:440300 .\n"
                            "\n"
                            "<http://b/id/initiative/x%20y> a yutu:Platform ;\n"
                            "    skos:prefLabel \"x y\"@zh-Hans .\n"
                            "\n"
                            "id-person:邹可 a yutu:Person ;\n"
                            "    skos:prefLabel \"邹可\"@zh-Hans ;\n"
                            "    schema:jobTitle \"党组成员\"@zh-Hans , \"副局长\"@zh-Hans .\n"
                            "\n"
                            "id-region:810000 a yutu:Province ;\n"
                            "    skos:prefLabel \"香港特别行政区\"@zh-Hans ;\n"
                            "    yutu:linkedWith id-region:440300 .\n"
                            "\n"
                            "<http://b/article/0123456789abcdef#claim-1> a rdf:Statement ;\n"
                            "    dcterms:date \"2018\"^^xsd:gYear ;\n"
                            "    rdf:object <http://b/id/initiative/x%20y> ;\n"
                            "    rdf:predicate yutu:establishes ;\n"
                            "    rdf:subject id-region:440300 ;\n"
                            "    prov:wasDerivedFrom <http://b/article/0123456789abcdef#char=10,20> ;\n"
                            "    yutu:confidence 0.9 ;\n"
                            "    yutu:modality yutu:Planned ;\n"
                            "    yutu:rule \"establishes/jointly\" .\n"
                            "\n"
                            "<http://b/article/0123456789abcdef#char=10,20> a nif:RFC5147String ;\n"
                            "    nif:anchorOf \"第一\\n句。\"@zh ;\n"
                            "    nif:referenceContext article:0123456789abcdef .\n"
                            "\n"
                            "<http://b/article/0123456789abcdef#claim-2> a yutu:Cooperation ;\n"
                            "    prov:wasDerivedFrom <http://b/article/0123456789abcdef#char=30,40> ;\n"
                            "    yutu:confidence 1.0 ;\n"
                            "    yutu:participant id-org:香港理工大学 , id-region:440300 ;\n"
                            "    yutu:rule \"cooperation/with\" ;\n"
                            "    yutu:via <http://b/id/initiative/x%20y> .\n"
                            "\n"
                            "<http://b/article/0123456789abcdef#char=30,40> a nif:RFC5147String ;\n"
                            "    nif:anchorOf \"第二句。\"@zh ;\n"
                            "    nif:referenceContext article:0123456789abcdef .\n"
                            "\n"
                            "<http://b/article/0123456789abcdef#claim-3> a schema:Observation ;\n"
                            "    prov:wasDerivedFrom <http://b/article/0123456789abcdef#char=30,40> ;\n"
                            "    schema:observationAbout id-region:440300 ;\n"
                            "    schema:observationPeriod \"2019\" ;\n"
                            "    schema:unitText \"家\" ;\n"
                            "    schema:value 930 ;\n"
                            "    schema:variableMeasured \"高新技术企业\"@zh-Hans ;\n"
                            "    yutu:confidence 0.67 ;\n"
                            "    yutu:rule \"figure/count\" .\n"
                            "\n"
                            "<http://b/article/0123456789abcdef#claim-4> a rdf:Statement ;\n"
                            "    rdf:object id-region:810000 ;\n"
                            "    rdf:predicate yutu:linkedWith ;\n"
                            "    rdf:subject id-region:440300 ;\n"
                            "    prov:wasDerivedFrom <http://b/article/0123456789abcdef#char=30,40> ;\n"
                            "    prov:wasInfluencedBy <http://b/article/0123456789abcdef#claim-2> ;\n"
                            "    yutu:confidence 1.0 ;\n"
                            "    yutu:rule \"cooperation/with\" .\n";

typedef struct {
  yutu_article article;
  yutu_entity entities[5];
  yutu_sentence_ref sentences[3];
  yutu_claim claims[3];
  yutu_region_link links[1];
  uint32_t participants[2];
} sample;

static void make_sample(sample *s) {
  memset(s, 0, sizeof *s);
  s->entities[0] = entity(YUTU_CLASS_CITY, "深圳市", "region/440300");
  s->entities[0].other_names = other_names;
  s->entities[0].n_other_names = 2;
  s->entities[1] = entity(YUTU_CLASS_UNIVERSITY, "香港理工大学", "");
  s->entities[2] = entity(YUTU_CLASS_PLATFORM, "x y", "");
  s->entities[3] = entity(YUTU_CLASS_PERSON, "邹可", "");
  s->entities[3].job_title = text("副局长；党组成员");
  s->entities[4] = entity(YUTU_CLASS_PROVINCE, "香港特别行政区", "region/810000");
  s->sentences[0] = (yutu_sentence_ref){10, 20, text("第一\n句。")};
  s->sentences[1] = (yutu_sentence_ref){30, 40, text("第二句。")};
  s->sentences[2] = (yutu_sentence_ref){50, 60, text("没有用到的句子。")};
  s->claims[0] = (yutu_claim){.kind = YUTU_CLAIM_RELATION,
                              .modality = YUTU_MODALITY_PLANNED,
                              .sentence = 0,
                              .confidence = 0.9,
                              .rule = text("establishes/jointly"),
                              .date = text("2018"),
                              .subject = 0,
                              .predicate = YUTU_PROPERTY_ESTABLISHES,
                              .object = 2};
  s->participants[0] = 0;
  s->participants[1] = 1;
  s->claims[1] = (yutu_claim){.kind = YUTU_CLAIM_COOPERATION,
                              .sentence = 1,
                              .confidence = 1,
                              .rule = text("cooperation/with"),
                              .participants = s->participants,
                              .n_participants = 2,
                              .via = 2};
  s->claims[2] = (yutu_claim){.kind = YUTU_CLAIM_OBSERVATION,
                              .sentence = 1,
                              .confidence = 2 / 3.0,
                              .rule = text("figure/count"),
                              .subject = 0,
                              .indicator = text("高新技术企业"),
                              .value = text("930"),
                              .unit = text("家"),
                              .period = text("2019")};
  s->links[0] = (yutu_region_link){0, 4, 1};
  s->article = (yutu_article){.digest = "0123456789abcdef",
                              .file = text("a.txt"),
                              .title = text("题目"),
                              .date = text("2020-11-17"),
                              .section = text("要闻"),
                              .author = text("某某"),
                              .entities = s->entities,
                              .n_entities = 5,
                              .sentences = s->sentences,
                              .n_sentences = 3,
                              .claims = s->claims,
                              .n_claims = 3,
                              .links = s->links,
                              .n_links = 1};
}

static void test_whole(void **state) {
  (void)state;
  sample s;
  make_sample(&s);
  yutu_buffer got = ingest_as(&s.article, YUTU_FORMAT_TURTLE);
  const char *prefixes_end = strstr(got.data, "\n\n");
  assert_non_null(prefixes_end);
  assert_string_equal(prefixes_end + 2, whole);
  yutu_buffer_free(&got);
}

/// Every quad is in the graph that has the article's name.
static void test_graph_name(void **state) {
  (void)state;
  sample s;
  make_sample(&s);
  yutu_arena *arena = yutu_arena_new(0);
  yutu_quads quads = {0};
  yutu_error err = {0};
  assert_int_equal(yutu_ingest(&s.article, base, arena, &quads, &err), YUTU_OK);
  for (size_t i = 0; i < quads.n; i++) {
    assert_int_equal(quads.at[i].g.kind, YUTU_TERM_IRI);
    assert_true(yutu_slice_eq(quads.at[i].g.value, text("http://b/article/0123456789abcdef")));
  }
  yutu_arena_free(arena);
}

static unsigned occurrences(const char *in, const char *what) {
  unsigned n = 0;
  for (const char *p = in; (p = strstr(p, what)); p++)
    n++;
  return n;
}

/// Two claims of one triple: two statements, one plain triple. Two entities of one IRI: one entity.
static void test_duplicates(void **state) {
  (void)state;
  sample s;
  make_sample(&s);
  s.claims[2] = s.claims[0];
  s.claims[2].sentence = 1;
  s.entities[3] = s.entities[0];
  s.participants[1] = 3; // the same city under another number: nobody cooperates with itself
  yutu_buffer got = ingest(&s.article);
  assert_int_equal(occurrences(got.data, "> <" RDF "predicate> <" NS "establishes>"), 2);
  assert_int_equal(occurrences(got.data, "440300> <" NS "establishes> <http://b/id/initiative/x%20y>"), 1);
  assert_int_equal(occurrences(got.data, "440300> <" SKOS "prefLabel>"), 1);
  assert_int_equal(occurrences(got.data, "cooperatesWith"), 0);
  yutu_buffer_free(&got);
}

static void test_municipality(void **state) {
  (void)state;
  static const struct {
    yutu_class cls;
    const char *name, *id;
    bool city, province;
  } rows[] = {
      {YUTU_CLASS_CITY, "上海市", "region/310000", true, true},
      {YUTU_CLASS_PROVINCE, "上海市", "region/310000", true, true},
      {YUTU_CLASS_CITY, "深圳市", "region/440300", true, false},
      {YUTU_CLASS_PROVINCE, "广东省", "region/440000", false, true},
      {YUTU_CLASS_CITY, "香港", "", true, false},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const yutu_entity e = entity(rows[i].cls, rows[i].name, rows[i].id);
    const yutu_article article = {.digest = "0123456789abcdef", .entities = &e, .n_entities = 1};
    yutu_buffer got = ingest(&article);
    assert_int_equal(occurrences(got.data, NS "City>"), rows[i].city);
    assert_int_equal(occurrences(got.data, NS "Province>"), rows[i].province);
    yutu_buffer_free(&got);
  }
}

/// Whatever a document contains, each line is read back, and to the number of quads that went in.
static void test_hostile_text(void **state) {
  (void)state;
  static const char *const names[] = {
      "a\"b\\c",   "<http://x> .", "\n\r\t",       "\x01\x02\x7F", "a\xFF\xC0\xAF", "\xED\xA0\x80",
      "𠮷\uE000",  "\uFFFF\uFFFE", "\u2028\u2029", "%41%",         "../..",         "  ",
      "'''\"\"\"", "_:b",          "\\u0041",      "a@en",         "x\"@zh^^<y>",   "\xF4\x90\x80\x80",
  };
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    sample s;
    make_sample(&s);
    s.entities[2].name = s.entities[3].job_title = s.article.title = s.article.file = text(names[i]);
    s.sentences[0].printed = s.claims[0].rule = s.claims[0].date = text(names[i]);
    s.claims[2].indicator = s.claims[2].value = s.claims[2].unit = s.claims[2].period = text(names[i]);
    yutu_buffer got = ingest(&s.article);
    const unsigned lines = occurrences(got.data, "\n");
    yutu_load_counts counts = {0};
    yutu_buffer again = YUTU_BUFFER_INIT;
    yutu_writer *w = writer_into(&again, YUTU_FORMAT_NQUADS, NULL, 0);
    const yutu_load_options options = {.format = YUTU_FORMAT_NQUADS};
    yutu_error err = {0};
    assert_int_equal(yutu_load_bytes("x", got.data, got.len, &options, yutu_writer_sink, w, &counts, &err), YUTU_OK);
    assert_int_equal(yutu_writer_close(w, &err), YUTU_OK);
    assert_int_equal(counts.bad_lines, 0);
    assert_int_equal(counts.quads, lines);
    assert_string_equal(again.data, got.data);
    yutu_buffer_free(&again);
    // RDF/XML, which can hold least, holds it as well
    yutu_buffer xml = convert(got.data, got.len, YUTU_FORMAT_NQUADS, YUTU_FORMAT_RDFXML, NULL, 0);
    assert_int_equal(occurrences(xml.data, "</rdf:RDF>"), 1);
    yutu_buffer_free(&xml);
    yutu_buffer_free(&got);
  }
}

static void test_damaged(void **state) {
  (void)state;
  yutu_arena *arena = yutu_arena_new(0);
  for (int fault = 0; fault < 9; fault++) {
    sample s;
    make_sample(&s);
    uint32_t *const places[] = {&s.claims[0].subject, &s.claims[0].object,  &s.claims[0].sentence, &s.participants[1],
                                &s.claims[1].via,     &s.claims[2].subject, &s.links[0].b,         &s.links[0].claim};
    if (fault < 8)
      *places[fault] = 99;
    else
      s.entities[0].cls = YUTU_CLASS_NONE;
    yutu_quads quads = {0};
    yutu_error err = {0};
    assert_int_equal(yutu_ingest(&s.article, base, arena, &quads, &err), YUTU_ERR_INTERNAL);
    assert_null(quads.at);
  }
  sample s;
  make_sample(&s);
  yutu_quads quads = {0};
  yutu_error err = {0};
  assert_int_equal(yutu_ingest(&s.article, text("http://no-end"), arena, &quads, &err), YUTU_ERR_USAGE);
  yutu_arena_free(arena);
}

static void test_no_memory(void **state) {
  (void)state;
  sample s;
  make_sample(&s);
  for (size_t limit = 16; limit < 20000; limit += limit / 4) {
    yutu_arena *arena = yutu_arena_new(limit);
    yutu_quads quads = {0};
    yutu_error err = {0};
    const yutu_status status = yutu_ingest(&s.article, base, arena, &quads, &err);
    assert_true(status == YUTU_ERR_NOMEM || limit > 8000);
    yutu_arena_free(arena);
  }
}

/// More participants than can be joined pair by pair are still all named.
static void test_many_participants(void **state) {
  (void)state;
  enum { N = 150 };
  static const uint32_t sizes[] = {20, N};
  yutu_entity *entities = calloc(N, sizeof *entities);
  uint32_t participants[N];
  char names[N][16];
  for (uint32_t i = 0; i < N; i++) {
    snprintf(names[i], sizeof names[i], "企业%u", i);
    entities[i] = entity(YUTU_CLASS_COMPANY, names[i], "");
    participants[i] = i;
  }
  const yutu_sentence_ref sentence = {0, 1, text("x")};
  for (size_t i = 0; i < 2; i++) {
    const yutu_claim claim = {.kind = YUTU_CLAIM_COOPERATION,
                              .rule = text("r"),
                              .participants = participants,
                              .n_participants = sizes[i],
                              .via = YUTU_NO_INDEX};
    const yutu_article article = {.digest = "0123456789abcdef",
                                  .entities = entities,
                                  .n_entities = N,
                                  .sentences = &sentence,
                                  .n_sentences = 1,
                                  .claims = &claim,
                                  .n_claims = 1};
    yutu_buffer got = ingest(&article);
    assert_int_equal(occurrences(got.data, NS "participant>"), sizes[i]);
    assert_int_equal(occurrences(got.data, NS "cooperatesWith>"), i == 0 ? 20 * 19 : 0);
    yutu_buffer_free(&got);
  }
  free(entities);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_whole),        cmocka_unit_test(test_graph_name),        cmocka_unit_test(test_duplicates),
      cmocka_unit_test(test_municipality), cmocka_unit_test(test_hostile_text),      cmocka_unit_test(test_damaged),
      cmocka_unit_test(test_no_memory),    cmocka_unit_test(test_many_participants),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
