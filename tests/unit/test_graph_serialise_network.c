// The network of entities as GraphML, GEXF, DOT and CSV.
#include "tests/unit/graph_quads.h"

#include "ontology/vocabulary.h"

#include <stdlib.h>
#include <string.h>

#define HEAD                                                                                                           \
  "@prefix : <http://e/> . @prefix y: <" YUTU_NS "> . @prefix skos: <" YUTU_NS_SKOS "> .\n"                            \
  "@prefix rdf: <" YUTU_NS_RDF "> . @prefix prov: <" YUTU_NS_PROV "> . @prefix nif: <" YUTU_NS_NIF "> .\n"

/// Statements on purpose in an order in which everything is used before it is known.
static const char sample[] =
    HEAD ":c2 rdf:subject :sz ; rdf:predicate y:establishes ; rdf:object :lab ; prov:wasDerivedFrom :s2 ; y:confidence "
         "0.9 .\n"
         ":c1 rdf:subject :sz ; rdf:predicate y:establishes ; rdf:object :lab ; prov:wasDerivedFrom :s1 ; y:confidence "
         "0.7 .\n"
         ":k1 a y:Cooperation ; y:participant :uni , :sz ; prov:wasDerivedFrom :s1 ; y:confidence 0.8 ; y:via :lab .\n"
         ":k2 a y:Cooperation ; y:participant :sz , :uni , :hk ; prov:wasDerivedFrom :s3 ; y:confidence 0.8 .\n"
         ":uni y:cooperatesWith :sz . :sz y:cooperatesWith :uni ; y:establishes :lab , :nowhere ; y:locatedIn :gd .\n"
         ":s1 nif:anchorOf \"第一句\\\"引\\\", <b>&\"@zh . :s2 nif:anchorOf \"第二句\\n换行\"@zh . :s3 nif:anchorOf "
         "\"三\"@zh .\n"
         ":sz a y:City ; skos:prefLabel \"Shenzhen\"@en , \"深圳市\"@zh-Hans ; skos:altLabel \"深\"@zh-Hans .\n"
         ":uni a y:University ; skos:prefLabel \"大学\"@zh-Hans . :hk a y:Province .\n"
         ":lab a y:Platform ; skos:prefLabel \"\\\"实验\\\" 室,a\"@zh-Hans . :gd a y:City , y:Province ; "
         "skos:prefLabel \"粤\"@zh .\n";

static void assert_network(const char *text, yutu_format format, const char *want) {
  yutu_buffer got = convert(text, strlen(text), YUTU_FORMAT_TRIG, format, NULL, 0);
  assert_string_equal(got.data, want);
  yutu_buffer_free(&got);
}

static void test_csv(void **state) {
  (void)state;
  assert_network(sample, YUTU_FORMAT_CSV,
                 "Source,Target,Type,Label,Weight,Claims,SourceLabel,SourceType,TargetLabel,TargetType,Evidence\n"
                 "http://e/sz,http://e/gd,Directed,locatedIn,1,0,深圳市,City,粤,Province|City,\n"
                 "http://e/sz,http://e/lab,Directed,establishes,2,2,深圳市,City,\"\"\"实验\"\" 室,a\",Platform,"
                 "\"第二句\n换行\"\n"
                 "http://e/sz,http://e/uni,Undirected,cooperatesWith,2,2,深圳市,City,大学,University,"
                 "\"第一句\"\"引\"\", <b>&\"\n");
  assert_network(
      sample, YUTU_FORMAT_CSV_NODES,
      "Id,Label,Type\nhttp://e/gd,粤,Province|City\nhttp://e/hk,hk,Province\n"
      "http://e/lab,\"\"\"实验\"\" 室,a\",Platform\nhttp://e/sz,深圳市,City\nhttp://e/uni,大学,University\n");
  assert_network("", YUTU_FORMAT_CSV_NODES, "Id,Label,Type\n");
}

static void test_dot(void **state) {
  (void)state;
  assert_network(sample, YUTU_FORMAT_DOT,
                 "digraph yutu {\n  charset=\"UTF-8\";\n  node [shape=box];\n"
                 "  n0 [label=\"粤\", type=\"Province|City\", URL=\"http://e/gd\"];\n"
                 "  n1 [label=\"hk\", type=\"Province\", URL=\"http://e/hk\"];\n"
                 "  n2 [label=\"\\\"实验\\\" 室,a\", type=\"Platform\", URL=\"http://e/lab\"];\n"
                 "  n3 [label=\"深圳市\", type=\"City\", URL=\"http://e/sz\"];\n"
                 "  n4 [label=\"大学\", type=\"University\", URL=\"http://e/uni\"];\n"
                 "  n3 -> n0 [label=\"locatedIn\", claims=0, weight=1];\n"
                 "  n3 -> n2 [label=\"establishes\", claims=2, weight=2, tooltip=\"第二句\\n换行\"];\n"
                 "  n3 -> n4 [label=\"cooperatesWith\", claims=2, weight=2, tooltip=\"第一句\\\"引\\\", <b>&amp;\", "
                 "dir=none];\n}\n");
}

static void assert_contains(const char *text, yutu_format format, const char *const *parts, size_t n) {
  yutu_buffer got = convert(text, strlen(text), YUTU_FORMAT_TRIG, format, NULL, 0);
  for (size_t i = 0; i < n; i++) {
    if (!strstr(got.data, parts[i]))
      fail_msg("no %s in %s", parts[i], got.data);
  }
  yutu_buffer_free(&got);
}

static void test_graphml(void **state) {
  (void)state;
  static const char *const parts[] = {
      "<node id=\"n3\"><data key=\"iri\">http://e/sz</data><data key=\"label\">深圳市</data>"
      "<data key=\"type\">City</data></node>\n",
      "<edge id=\"e1\" source=\"n3\" target=\"n2\"><data key=\"relation\">establishes</data><data "
      "key=\"claims\">2</data>"
      "<data key=\"weight\">2</data><data key=\"evidence\">第二句&#10;换行</data></edge>\n",
      "target=\"n4\" directed=\"false\"><data key=\"relation\">cooperatesWith",
      "第一句&quot;引&quot;, &lt;b&gt;&amp;</data>",
  };
  assert_contains(sample, YUTU_FORMAT_GRAPHML, parts, sizeof parts / sizeof *parts);
}

static void test_gexf(void **state) {
  (void)state;
  static const char *const parts[] = {
      "<node id=\"http://e/gd\" label=\"粤\"><attvalues><attvalue for=\"type\" "
      "value=\"Province|City\"/></attvalues></node>\n",
      "<edge id=\"2\" source=\"http://e/sz\" target=\"http://e/uni\" type=\"undirected\" label=\"cooperatesWith\" "
      "weight=\"2\"><attvalues><attvalue for=\"relation\" value=\"cooperatesWith\"/><attvalue for=\"claims\" "
      "value=\"2\"/>"
      "<attvalue for=\"evidence\" value=\"第一句&quot;引&quot;, &lt;b&gt;&amp;\"/></attvalues></edge>\n",
  };
  assert_contains(sample, YUTU_FORMAT_GEXF, parts, sizeof parts / sizeof *parts);
}

/// The same statements in another order and in several graphs give the same network.
static void test_order(void **state) {
  (void)state;
  const size_t head = sizeof HEAD - 1;
  yutu_buffer turned = YUTU_BUFFER_INIT;
  yutu_buffer_append(&turned, sample, head);
  size_t end = sizeof sample - 1;
  while (end > head) { // line by line, the last first, each in a graph of its own
    size_t begin = end - 1;
    while (begin > head && sample[begin - 1] != '\n')
      begin--;
    yutu_buffer_printf(&turned, ":g%zu { %.*s }\n", begin, (int)(end - begin), sample + begin);
    end = begin;
  }
  for (int format = YUTU_FORMAT_GRAPHML; format < YUTU_FORMAT_COUNT; format++) {
    yutu_buffer want = convert(sample, sizeof sample - 1, YUTU_FORMAT_TRIG, (yutu_format)format, NULL, 0);
    assert_network(turned.data, (yutu_format)format, want.data);
    yutu_buffer_free(&want);
  }
  yutu_buffer_free(&turned);
}

/// Text that XML cannot hold does not spoil the document: this is a picture of the graph, not the graph.
static void test_controls(void **state) {
  (void)state;
  static const char text[] = HEAD ":a a y:City ; skos:prefLabel \"\\u0001\\uFFFFx\"@zh .";
  static const char *const parts[] = {"\uFFFD\uFFFDx"};
  assert_contains(text, YUTU_FORMAT_GRAPHML, parts, 1);
  assert_contains(text, YUTU_FORMAT_GEXF, parts, 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_csv),  cmocka_unit_test(test_dot),   cmocka_unit_test(test_graphml),
      cmocka_unit_test(test_gexf), cmocka_unit_test(test_order), cmocka_unit_test(test_controls),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
