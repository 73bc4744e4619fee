// The writers. Called with a file and a format, the program converts instead of testing: tests/store/roundtrip.test
// compares what comes out with what other programs read.
#include "tests/unit/graph_quads.h"

#include "graph/serialise/escape.h"
#include "graph/serialise/sorter.h"

#include <stdlib.h>
#include <string.h>

#define EX "http://example.org/"
#define XSD "http://www.w3.org/2001/XMLSchema#"

static const yutu_prefix prefixes[] = {
    {{"ex", 2}, {EX, sizeof EX - 1}},
    {{"xsd", 3}, {XSD, sizeof XSD - 1}},
};

static void assert_converts(const char *text, yutu_format to, const char *want) {
  yutu_buffer got = convert(text, strlen(text), YUTU_FORMAT_TRIG, to, prefixes, 2);
  assert_string_equal(got.data, want);
  yutu_buffer_free(&got);
}

static yutu_slice text(const char *s) {
  return yutu_slice_of(s);
}

static yutu_quad quad(const char *s, const char *p, yutu_term o) {
  return (yutu_quad){.s = yutu_iri(text(s)), .p = yutu_iri(text(p)), .o = o};
}

// ---- terms ----

static void test_strings(void **state) {
  (void)state;
  static const struct {
    const char *text;
    size_t n;
    const char *want;
  } rows[] = {
      {"", 0, "\"\""},
      {"深圳𠮷", 10, "\"深圳𠮷\""},
      {"a\"b\\c", 5, "\"a\\\"b\\\\c\""},
      {"\n\r\t\b\f", 5, "\"\\n\\r\\t\\b\\f\""},
      {"\0\x01\x1F\x7F", 4, "\"\\u0000\\u0001\\u001F\\u007F\""},
      {"\xC2\x85 \xE2\x80\xA8 \xE2\x80\xA9", 10, "\"\\u0085 \\u2028 \\u2029\""},
      {"\xC2\xA0\xE2\x80\x9C’", 8, "\"\xC2\xA0\xE2\x80\x9C’\""},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    yutu_buffer out = YUTU_BUFFER_INIT;
    yutu_output *output = malloc(sizeof *output);
    yutu_output_init(output, yutu_byte_sink_buffer(&out));
    yutu_put_string(output, (yutu_slice){rows[i].text, rows[i].n});
    yutu_error err = {0};
    assert_int_equal(yutu_output_finish(output, &err), YUTU_OK);
    assert_string_equal(out.data, rows[i].want);
    yutu_buffer_free(&out);
    free(output);
  }
}

static void test_terms(void **state) {
  (void)state;
  const struct {
    yutu_term term;
    const char *want;
  } rows[] = {
      {yutu_iri(text("http://a/深圳")), "<http://a/深圳>"},
      {yutu_iri(text("http://a b<>\"{}|\\^`\x01")),
       "<http://a\\u0020b\\u003C\\u003E\\u0022\\u007B\\u007D\\u007C\\u005C\\u005E\\u0060\\u0001>"},
      {yutu_text(text("x"), text("zh-hans")), "\"x\"@zh-Hans"},
      {yutu_text(text("x"), text("en-gb")), "\"x\"@en-GB"},
      {yutu_text(text("x"), text("ZH-HANT-hk")), "\"x\"@zh-Hant-HK"},
      {yutu_text(text("x"), text("en-x-us-abcd")), "\"x\"@en-x-us-abcd"},
      {yutu_typed(text("5"), text(XSD "integer")), "\"5\"^^<" XSD "integer>"},
      {yutu_typed(text("5"), text(XSD "string")), "\"5\""},
      {{.kind = YUTU_TERM_BLANK, .value = text("b1")}, "_:b1"},
      {{.kind = YUTU_TERM_BLANK, .value = text("a.b")}, "_:x-612E62"},
      {{.kind = YUTU_TERM_BLANK, .value = text("x-1")}, "_:x-782D31"},
      {{.kind = YUTU_TERM_BLANK, .value = text("")}, "_:x-"},
      {{.kind = YUTU_TERM_BLANK, .value = text("-")}, "_:x-2D"},
      {{.kind = YUTU_TERM_BLANK, .value = text("号")}, "_:x-E58FB7"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    yutu_buffer out = YUTU_BUFFER_INIT;
    yutu_output *output = malloc(sizeof *output);
    yutu_output_init(output, yutu_byte_sink_buffer(&out));
    yutu_put_term(output, &rows[i].term);
    yutu_error err = {0};
    assert_int_equal(yutu_output_finish(output, &err), YUTU_OK);
    assert_string_equal(out.data, rows[i].want);
    yutu_buffer_free(&out);
    free(output);
  }
}

static void test_split_iri(void **state) {
  (void)state;
  static const struct {
    const char *iri;
    size_t cut;
  } rows[] = {
      {EX "abc", sizeof EX - 1}, {EX "a/b#c-1", sizeof EX + 3}, {EX "城市", sizeof EX - 1}, {EX "123", sizeof EX + 2},
      {EX "12a", sizeof EX + 1}, {EX "-a", sizeof EX},          {EX "", sizeof EX - 1},     {EX "a%20", sizeof EX + 3},
      {"urn:x:_1", 6},           {EX "a。b", sizeof EX + 3},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    assert_int_equal(yutu_split_iri(text(rows[i].iri)), rows[i].cut);
}

// ---- formats ----

static const char sample[] = "@prefix ex: <" EX "> .\n"
                             "ex:a a ex:T ; ex:p 1 , 2 ; ex:q \"x\"@en .\n"
                             "ex:b ex:p ex:a .\n"
                             "ex:g { ex:a ex:p ex:b . _:n ex:p true . }\n";

static void test_lines(void **state) {
  (void)state;
  assert_converts(sample, YUTU_FORMAT_NQUADS,
                  "<" EX "a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <" EX "T> .\n"
                  "<" EX "a> <" EX "p> \"1\"^^<" XSD "integer> .\n"
                  "<" EX "a> <" EX "p> \"2\"^^<" XSD "integer> .\n"
                  "<" EX "a> <" EX "q> \"x\"@en .\n"
                  "<" EX "b> <" EX "p> <" EX "a> .\n"
                  "<" EX "a> <" EX "p> <" EX "b> <" EX "g> .\n"
                  "_:fnn <" EX "p> \"true\"^^<" XSD "boolean> <" EX "g> .\n");
  assert_converts("<http://a> <http://b> 'c' . <http://g> { <http://a> <http://b> 'd' }", YUTU_FORMAT_NTRIPLES,
                  "<http://a> <http://b> \"c\" .\n<http://a> <http://b> \"d\" .\n");
  assert_converts("", YUTU_FORMAT_NQUADS, "");
}

static void test_turtle(void **state) {
  (void)state;
  assert_converts(sample, YUTU_FORMAT_TURTLE,
                  "@prefix ex: <" EX "> .\n@prefix xsd: <" XSD "> .\n\n"
                  "ex:a a ex:T ;\n    ex:p 1 , 2 ;\n    ex:q \"x\"@en .\n\n"
                  "ex:b ex:p ex:a .\n\n"
                  "ex:a ex:p ex:b .\n\n"
                  "_:fnn ex:p true .\n");
  assert_converts(sample, YUTU_FORMAT_TRIG,
                  "@prefix ex: <" EX "> .\n@prefix xsd: <" XSD "> .\n\n"
                  "{\n    ex:a a ex:T ;\n        ex:p 1 , 2 ;\n        ex:q \"x\"@en .\n\n"
                  "    ex:b ex:p ex:a .\n}\n\n"
                  "ex:g {\n    ex:a ex:p ex:b .\n\n    _:fnn ex:p true .\n}\n");
  assert_converts("", YUTU_FORMAT_TURTLE, "@prefix ex: <" EX "> .\n@prefix xsd: <" XSD "> .\n");
}

/// What may stand in Turtle without quotes, and what may be shortened by a prefix.
static void test_turtle_short_forms(void **state) {
  (void)state;
  static const struct {
    const char *object, *want;
  } rows[] = {
      {"0", "0"},
      {"-5", "-5"},
      {"+5", "\"+5\"^^xsd:integer"},
      {"05", "\"05\"^^xsd:integer"},
      {"-0", "\"-0\"^^xsd:integer"},
      {"0.9", "0.9"},
      {"-0.50", "-0.50"},
      {".5", "\".5\"^^xsd:decimal"},
      {"0.1234567", "\"0.1234567\"^^xsd:decimal"},
      {"\"5.\"^^<" XSD "decimal>", "\"5.\"^^xsd:decimal"},
      {"\"5\"^^<" XSD "decimal>", "\"5\"^^xsd:decimal"},
      {"1e3", "\"1e3\"^^xsd:double"},
      {"\"x\"^^<" XSD "integer>", "\"x\"^^xsd:integer"},
      {"\"1\"^^<" XSD "boolean>", "\"1\"^^xsd:boolean"},
      {"false", "false"},
      {"\"5\"^^<" XSD "string>", "\"5\""},
      {"<" EX "440300>", "ex:440300"},
      {"<" EX "城市>", "ex:城市"},
      {"<" EX "a-b_c>", "ex:a-b_c"},
      {"<" EX "-a>", "<" EX "-a>"},
      {"<" EX "a/b>", "<" EX "a/b>"},
      {"<" EX "a.b>", "<" EX "a.b>"},
      {"<" EX "a%20b>", "<" EX "a%20b>"},
      {"<" EX ">", "<" EX ">"},
      {"<" EX "x，y>", "<" EX "x，y>"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char in[300], want[400];
    snprintf(in, sizeof in, "<" EX "s> <" EX "p> %s .", rows[i].object);
    snprintf(want, sizeof want, "@prefix ex: <" EX "> .\n@prefix xsd: <" XSD "> .\n\nex:s ex:p %s .\n", rows[i].want);
    assert_converts(in, YUTU_FORMAT_TURTLE, want);
  }
}

static void test_jsonld(void **state) {
  (void)state;
  assert_converts(sample, YUTU_FORMAT_JSONLD,
                  "{\n  \"@context\": {\n    \"ex\": \"" EX "\",\n    \"xsd\": \"" XSD "\"\n  },\n  \"@graph\": [\n"
                  "    {\"@id\": \"ex:a\",\n     \"@type\": [\"ex:T\"],\n"
                  "     \"ex:p\": [{\"@value\": \"1\", \"@type\": \"xsd:integer\"}, "
                  "{\"@value\": \"2\", \"@type\": \"xsd:integer\"}],\n"
                  "     \"ex:q\": [{\"@value\": \"x\", \"@language\": \"en\"}]},\n"
                  "    {\"@id\": \"ex:b\",\n     \"ex:p\": [{\"@id\": \"ex:a\"}]},\n"
                  "    {\"@id\": \"ex:g\", \"@graph\": [\n"
                  "      {\"@id\": \"ex:a\",\n       \"ex:p\": [{\"@id\": \"ex:b\"}]},\n"
                  "      {\"@id\": \"_:fnn\",\n       \"ex:p\": [{\"@value\": \"true\", \"@type\": \"xsd:boolean\"}]}\n"
                  "    ]}\n  ]\n}\n");
  assert_converts("", YUTU_FORMAT_JSONLD,
                  "{\n  \"@context\": {\n    \"ex\": \"" EX "\",\n    \"xsd\": \"" XSD
                  "\"\n  },\n  \"@graph\": [\n  ]\n}\n");
  // a predicate that comes again opens a second node, since a key must not stand twice
  const char again[] = "<http://s> <http://p> 'a' ; <http://q> 'b' ; <http://p> 'c' .";
  yutu_buffer got = convert(again, sizeof again - 1, YUTU_FORMAT_TURTLE, YUTU_FORMAT_JSONLD, NULL, 0);
  assert_string_equal(got.data, "{\n  \"@context\": {},\n  \"@graph\": [\n"
                                "    {\"@id\": \"http://s\",\n     \"http://p\": [{\"@value\": \"a\"}],\n"
                                "     \"http://q\": [{\"@value\": \"b\"}]},\n"
                                "    {\"@id\": \"http://s\",\n     \"http://p\": [{\"@value\": \"c\"}]}\n  ]\n}\n");
  yutu_buffer_free(&got);
}

static void test_rdfxml(void **state) {
  (void)state;
  assert_converts("<" EX "s> <" EX "p> 'a<b>&\"c\"' , 5 , 'x'@zh-Hans , _:a.b ; <http://other/q> <" EX "o&o> .",
                  YUTU_FORMAT_RDFXML,
                  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"\n    xmlns:ex=\"" EX "\"\n"
                  "    xmlns:xsd=\"" XSD "\">\n"
                  "  <rdf:Description rdf:about=\"" EX "s\">\n"
                  "    <ex:p>a&lt;b&gt;&amp;&quot;c&quot;</ex:p>\n"
                  "    <ex:p rdf:datatype=\"" XSD "integer\">5</ex:p>\n"
                  "    <ex:p xml:lang=\"zh-Hans\">x</ex:p>\n"
                  "    <ex:p rdf:nodeID=\"nfna.2Eb\"/>\n"
                  "    <ns:q xmlns:ns=\"http://other/\" rdf:resource=\"" EX "o&amp;o\"/>\n"
                  "  </rdf:Description>\n</rdf:RDF>\n");
}

// ---- refusals ----

static yutu_status write_one(yutu_format format, const yutu_quad *q, yutu_error *err) {
  yutu_buffer out = YUTU_BUFFER_INIT;
  yutu_writer *w = writer_into(&out, format, prefixes, 2);
  const yutu_status status = yutu_writer_quad(w, q, err);
  yutu_writer_abort(w);
  yutu_buffer_free(&out);
  return status;
}

static void test_refusals(void **state) {
  (void)state;
  const yutu_term o = yutu_iri(text(EX "o"));
  const struct {
    yutu_format format;
    yutu_quad quad;
    yutu_status want;
  } rows[] = {
      {YUTU_FORMAT_RDFXML, quad(EX "s", EX "123", o), YUTU_ERR_UNSUPPORTED},
      {YUTU_FORMAT_RDFXML, quad(EX "s", EX, o), YUTU_ERR_UNSUPPORTED},
      {YUTU_FORMAT_RDFXML, quad(EX "s", "http://www.w3.org/1999/02/22-rdf-syntax-ns#li", o), YUTU_ERR_UNSUPPORTED},
      {YUTU_FORMAT_RDFXML, quad(EX "s", "http://www.w3.org/1999/02/22-rdf-syntax-ns#_1", o), YUTU_OK},
      {YUTU_FORMAT_RDFXML, quad(EX "s", "http://www.w3.org/2000/xmlns/a", o), YUTU_ERR_UNSUPPORTED},
      {YUTU_FORMAT_RDFXML, quad(EX "s", EX "p", yutu_text(text("\x01"), text(""))), YUTU_ERR_UNSUPPORTED},
      {YUTU_FORMAT_RDFXML, quad(EX "s", EX "p", yutu_text(text("\uFFFF"), text(""))), YUTU_ERR_UNSUPPORTED},
      {YUTU_FORMAT_RDFXML, quad(EX "s", EX "p", yutu_text(text("\uFFFD\uFB01"), text(""))), YUTU_OK},
      {YUTU_FORMAT_JSONLD, quad("ex:s", EX "p", o), YUTU_ERR_UNSUPPORTED},
      {YUTU_FORMAT_JSONLD, quad("ex://s", EX "p", o), YUTU_OK},
      {YUTU_FORMAT_JSONLD, quad("urn:s", EX "p", o), YUTU_OK},
      {YUTU_FORMAT_NQUADS, {yutu_text(text("s"), text("")), o, o, {0}}, YUTU_ERR_USAGE},
      {YUTU_FORMAT_NQUADS, {o, yutu_text(text("s"), text("")), o, {0}}, YUTU_ERR_USAGE},
      {YUTU_FORMAT_NQUADS, {o, o, {0}, {0}}, YUTU_ERR_USAGE},
      {YUTU_FORMAT_NQUADS, {o, o, o, yutu_text(text("s"), text(""))}, YUTU_ERR_USAGE},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    yutu_error err = {0};
    assert_int_equal(write_one(rows[i].format, &rows[i].quad, &err), rows[i].want);
    assert_true(rows[i].want == YUTU_OK || err.message[0]);
  }
}

static void test_bad_prefixes(void **state) {
  (void)state;
  static const yutu_prefix bad[][2] = {
      {{{"1a", 2}, {EX, 5}}, {{"b", 1}, {EX, 5}}},
      {{{"", 0}, {EX, 5}}, {{"b", 1}, {EX, 5}}},
      {{{"a:b", 3}, {EX, 5}}, {{"b", 1}, {EX, 5}}},
      {{{"a", 1}, {EX, 5}}, {{"a", 1}, {XSD, 5}}},
  };
  yutu_buffer out = YUTU_BUFFER_INIT;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    yutu_writer *w = NULL;
    yutu_error err = {0};
    assert_int_equal(yutu_writer_open(YUTU_FORMAT_TURTLE, yutu_byte_sink_buffer(&out), bad[i], 2, &w, &err),
                     YUTU_ERR_USAGE);
    assert_null(w);
  }
  yutu_buffer_free(&out);
}

/// A full disk is noticed in every format, at the latest when the writer is closed.
static void test_full_disk(void **state) {
  (void)state;
  const yutu_quad q = quad(EX "s", EX "p", yutu_text(text("x"), text("")));
  for (int format = YUTU_FORMAT_NONE + 1; format < YUTU_FORMAT_COUNT; format++) {
    for (unsigned n = 1; n <= 20000; n *= 20000) {
      FILE *full = fopen("/dev/full", "w");
      assert_non_null(full);
      yutu_writer *w = NULL;
      yutu_error err = {0};
      assert_int_equal(yutu_writer_open((yutu_format)format, yutu_byte_sink_file(full), NULL, 0, &w, &err), YUTU_OK);
      yutu_status status = YUTU_OK;
      for (unsigned i = 0; i < n && status == YUTU_OK; i++)
        status = yutu_writer_quad(w, &q, &err);
      const yutu_status end = yutu_writer_close(w, &err);
      assert_int_equal(end, YUTU_ERR_IO);
      assert_non_null(strstr(err.message, "No space left"));
      assert_true(n == 1 || status == YUTU_ERR_IO || format >= YUTU_FORMAT_GRAPHML);
      fclose(full);
    }
  }
}

static void test_formats(void **state) {
  (void)state;
  static const struct {
    const char *name, *path;
    yutu_format want;
  } rows[] = {
      {"turtle", "a/b.ttl", YUTU_FORMAT_TURTLE},
      {"TTL", "x.TTL", YUTU_FORMAT_TURTLE},
      {"text/turtle", "x.y.ttl", YUTU_FORMAT_TURTLE},
      {"nquads", "x.nq", YUTU_FORMAT_NQUADS},
      {"application/n-triples", "x.nt", YUTU_FORMAT_NTRIPLES},
      {"rdfxml", "x.owl", YUTU_FORMAT_RDFXML},
      {"jsonld", "x.jsonld", YUTU_FORMAT_JSONLD},
      {"csv", "x.csv", YUTU_FORMAT_CSV},
      {"", "ttl", YUTU_FORMAT_NONE},
      {"nonsense", "a.ttl/b", YUTU_FORMAT_NONE},
      {"turtles", "x.", YUTU_FORMAT_NONE},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    assert_int_equal(yutu_format_by_name(text(rows[i].name)), rows[i].want);
    assert_int_equal(yutu_format_by_path(text(rows[i].path)), rows[i].want);
  }
}

static void test_default_prefixes(void **state) {
  (void)state;
  yutu_arena *arena = yutu_arena_new(0);
  size_t n = 0;
  const yutu_prefix *own = yutu_prefixes_default((yutu_slice){NULL, 0}, arena, &n);
  const char in[] = "<https://w3id.org/yutu/id/region/440300> <https://w3id.org/yutu/ns#linkedWith> "
                    "<https://w3id.org/yutu/id/region/810000> ; <https://schema.org/name> "
                    "<https://w3id.org/yutu/id/org/香港理工大学> .";
  yutu_buffer got = convert(in, sizeof in - 1, YUTU_FORMAT_TURTLE, YUTU_FORMAT_TURTLE, own, n);
  assert_non_null(strstr(got.data, "\nid-region:440300 yutu:linkedWith id-region:810000 ;\n"
                                   "    schema:name id-org:香港理工大学 .\n"));
  yutu_buffer_free(&got);
  yutu_arena_free(arena);
}

// ---- sorting ----

/// Any order and any memory give the same quads in the same order.
static void test_sorter(void **state) {
  (void)state;
  enum { N = 5000 };
  yutu_buffer first = YUTU_BUFFER_INIT;
  for (unsigned round = 0; round < 3; round++) {
    yutu_sorter *sorter = NULL;
    yutu_error err = {0};
    assert_int_equal(yutu_sorter_new(true, round == 0 ? 0 : YUTU_SORTER_MEMORY_LEAST, &sorter, &err), YUTU_OK);
    for (unsigned i = 0; i < 2 * N; i++) {
      const unsigned k = (i * (round == 2 ? 7919u : 1u)) % N; // each number twice
      char s[64], o[64];
      snprintf(s, sizeof s, EX "%u", k / 3);
      snprintf(o, sizeof o, "%u", k);
      yutu_quad q = quad(s, k % 3 ? EX "p" : "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
                         k % 3 ? yutu_text(text(o), text(k % 2 ? "zh" : "")) : yutu_iri(text(EX "T")));
      if (k % 5)
        q.g = yutu_iri(text(k % 7 ? EX "g" : EX "h"));
      assert_int_equal(yutu_sorter_add(sorter, &q, &err), YUTU_OK);
    }
    yutu_buffer out = YUTU_BUFFER_INIT;
    yutu_writer *w = writer_into(&out, YUTU_FORMAT_NQUADS, NULL, 0);
    assert_int_equal(yutu_sorter_run(sorter, yutu_writer_sink, w, &err), YUTU_OK);
    assert_int_equal(yutu_writer_close(w, &err), YUTU_OK);
    yutu_sorter_free(sorter);
    unsigned lines = 0;
    for (size_t i = 0; i < out.len; i++)
      lines += out.data[i] == '\n';
    assert_int_equal(lines, N);
    if (round == 0) {
      first = out;
    } else {
      assert_string_equal(out.data, first.data);
      yutu_buffer_free(&out);
    }
  }
  yutu_buffer_free(&first);
}

static void test_sorter_union(void **state) {
  (void)state;
  yutu_sorter *sorter = NULL;
  yutu_error err = {0};
  assert_int_equal(yutu_sorter_new(false, 0, &sorter, &err), YUTU_OK);
  const char in[] =
      "<http://b> a <http://c> . <http://g> { <http://b> a <http://c> . <http://a> <http://p> '2', '10' }";
  const yutu_load_options options = {.format = YUTU_FORMAT_TRIG};
  assert_int_equal(yutu_load_bytes("x", in, sizeof in - 1, &options, yutu_sorter_sink, sorter, NULL, &err), YUTU_OK);
  yutu_buffer out = YUTU_BUFFER_INIT;
  yutu_writer *w = writer_into(&out, YUTU_FORMAT_NQUADS, NULL, 0);
  assert_int_equal(yutu_sorter_run(sorter, yutu_writer_sink, w, &err), YUTU_OK);
  assert_int_equal(yutu_writer_close(w, &err), YUTU_OK);
  assert_string_equal(out.data, "<http://a> <http://p> \"10\" .\n<http://a> <http://p> \"2\" .\n"
                                "<http://b> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://c> .\n");
  yutu_buffer_free(&out);
  yutu_sorter_free(sorter);
}

// ---- conversion for roundtrip.test ----

static void say_bad_line(void *context, const yutu_error *problem) {
  (void)context;
  fprintf(stderr, "%s:%u:%u: %s\n", problem->file, problem->line, problem->column, problem->message);
}

static int convert_file(const char *path, const char *format) {
  yutu_error err = {0};
  yutu_writer *w = NULL;
  yutu_arena *arena = yutu_arena_new(0);
  size_t n = 0;
  const yutu_prefix *own = yutu_prefixes_default((yutu_slice){NULL, 0}, arena, &n);
  const yutu_load_options options = {.base = YUTU_SLICE("http://base/doc"), .on_bad_line = say_bad_line};
  yutu_load_counts counts = {0};
  yutu_status status =
      yutu_writer_open(yutu_format_by_name(text(format)), yutu_byte_sink_file(stdout), own, n, &w, &err);
  if (status == YUTU_OK)
    status = yutu_load_file(path, &options, yutu_writer_sink, w, &counts, &err);
  if (status == YUTU_OK)
    status = yutu_writer_close(w, &err);
  else
    yutu_writer_abort(w);
  yutu_arena_free(arena);
  if (status != YUTU_OK)
    fprintf(stderr, "%s:%u:%u: %s\n", err.file, err.line, err.column, err.message);
  return status != YUTU_OK ? yutu_status_exit(status) : counts.bad_lines ? 3 : 0;
}

int main(int argc, char **argv) {
  if (argc == 3)
    return convert_file(argv[1], argv[2]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_strings),          cmocka_unit_test(test_terms),
      cmocka_unit_test(test_split_iri),        cmocka_unit_test(test_lines),
      cmocka_unit_test(test_turtle),           cmocka_unit_test(test_turtle_short_forms),
      cmocka_unit_test(test_jsonld),           cmocka_unit_test(test_rdfxml),
      cmocka_unit_test(test_refusals),         cmocka_unit_test(test_bad_prefixes),
      cmocka_unit_test(test_full_disk),        cmocka_unit_test(test_formats),
      cmocka_unit_test(test_sorter),           cmocka_unit_test(test_sorter_union),
      cmocka_unit_test(test_default_prefixes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
