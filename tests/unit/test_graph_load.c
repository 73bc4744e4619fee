#include "tests/unit/graph_quads.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define XSD "http://www.w3.org/2001/XMLSchema#"
#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

// ---- what is read ----

static const struct {
  const char *name;
  yutu_format format;
  const char *text, *want;
} good[] = {
    {"empty", YUTU_FORMAT_NQUADS, "", ""},
    {"comments, blanks, line ends", YUTU_FORMAT_NQUADS,
     "# c\r\n\r\n \t<http://a>\t<http://b><http://c>.# c\n<http://d> <http://b> \"x\" <http://g> .",
     "<http://a> <http://b> <http://c> .\n<http://d> <http://b> \"x\" <http://g> .\n"},
    {"carriage returns alone", YUTU_FORMAT_NTRIPLES,
     "<http://a> <http://b> \"1\" .\r# c\r<http://a> <http://b> \"2\" .\r",
     "<http://a> <http://b> \"1\" .\n<http://a> <http://b> \"2\" .\n"},
    {"byte order mark", YUTU_FORMAT_NTRIPLES, "\xEF\xBB\xBF<http://a> <http://b> \"1\" .",
     "<http://a> <http://b> \"1\" .\n"},
    {"escapes", YUTU_FORMAT_NTRIPLES, "<http://\\u6DF1> <http://b> \"\\t\\b\\n\\r\\f\\\"\\'\\\\\\u6df1\\U00020BB7\" .",
     "<http://深> <http://b> \"\\t\\b\\n\\r\\f\\\"'\\\\深𠮷\" .\n"},
    {"datatypes and languages", YUTU_FORMAT_NTRIPLES,
     "<http://a> <http://b> \"1\"^^<" XSD "string> .\n<http://a> <http://b> \"1\"^^<" XSD "int> .\n"
     "<http://a> <http://b> \"1\"@ZH-hans .\n",
     "<http://a> <http://b> \"1\" .\n<http://a> <http://b> \"1\"^^<" XSD
     "int> .\n<http://a> <http://b> \"1\"@zh-Hans .\n"},
    {"blank nodes", YUTU_FORMAT_NQUADS, "_:a <http://b> _:1 _:g.", "_:fna <http://b> _:fn1 _:fng .\n"},
    {"Turtle, all sorts", YUTU_FORMAT_TURTLE,
     "@prefix : <http://e/> . PREFIX x: <http://x/#>\n@base <http://b/> .\n"
     ":s a :T ; :p 1 , -2.5 , 1e3 , true , \"a\"@EN , 'b'^^x:t , '''c\n\"'d''' , <r> , x:l.\\~o%20 , x: ; ; .",
     "<http://e/s> <" RDF "type> <http://e/T> .\n<http://e/s> <http://e/p> \"1\"^^<" XSD "integer> .\n"
     "<http://e/s> <http://e/p> \"-2.5\"^^<" XSD "decimal> .\n<http://e/s> <http://e/p> \"1e3\"^^<" XSD "double> .\n"
     "<http://e/s> <http://e/p> \"true\"^^<" XSD "boolean> .\n<http://e/s> <http://e/p> \"a\"@en .\n"
     "<http://e/s> <http://e/p> \"b\"^^<http://x/#t> .\n<http://e/s> <http://e/p> \"c\\n\\\"'d\" .\n"
     "<http://e/s> <http://e/p> <http://b/r> .\n<http://e/s> <http://e/p> <http://x/#l.~o%20> .\n"
     "<http://e/s> <http://e/p> <http://x/#> .\n"},
    {"Turtle, a number and a full stop", YUTU_FORMAT_TURTLE, "<http://a> <http://b> 5.<http://a> <http://b> .5.",
     "<http://a> <http://b> \"5\"^^<" XSD "integer> .\n<http://a> <http://b> \".5\"^^<" XSD "decimal> .\n"},
    {"Turtle, nested nodes and lists", YUTU_FORMAT_TURTLE,
     "@prefix : <http://e/> .\n[ :p [ :q () ] ] :r ( 'a' [] ) .\n( 'x' ) :s [] . [ :t 1 ] .",
     "_:fa1 <http://e/p> _:fa2 .\n_:fa2 <http://e/q> <" RDF "nil> .\n"
     "_:fa1 <http://e/r> _:fa3 .\n_:fa3 <" RDF "first> \"a\" .\n_:fa3 <" RDF "rest> _:fa4 .\n"
     "_:fa4 <" RDF "first> _:fa5 .\n_:fa4 <" RDF "rest> <" RDF "nil> .\n"
     "_:fa6 <" RDF "first> \"x\" .\n_:fa6 <" RDF "rest> <" RDF "nil> .\n_:fa6 <http://e/s> _:fa7 .\n"
     "_:fa8 <http://e/t> \"1\"^^<" XSD "integer> .\n"},
    {"Turtle, relative to the document", YUTU_FORMAT_TURTLE, "<> <#p> <../o> .",
     "<http://base/doc> <http://base/doc#p> <http://base/o> .\n"},
    {"TriG, with and without GRAPH", YUTU_FORMAT_TRIG,
     "PREFIX : <http://e/>\n:s :p 0 . { :s :p 1 . :s :p 2 } :g { :s :p 3 } GRAPH :h { :s :p 4 . } graph _:b { :s :p 5 "
     "}\n"
     "[] { :s :p 6 } GRAPH [] { :s :p 7 } :e {}",
     "<http://e/s> <http://e/p> \"0\"^^<" XSD "integer> .\n<http://e/s> <http://e/p> \"1\"^^<" XSD "integer> .\n"
     "<http://e/s> <http://e/p> \"2\"^^<" XSD "integer> .\n<http://e/s> <http://e/p> \"3\"^^<" XSD
     "integer> <http://e/g> .\n"
     "<http://e/s> <http://e/p> \"4\"^^<" XSD "integer> <http://e/h> .\n"
     "<http://e/s> <http://e/p> \"5\"^^<" XSD "integer> _:fnb .\n<http://e/s> <http://e/p> \"6\"^^<" XSD
     "integer> _:fa1 .\n"
     "<http://e/s> <http://e/p> \"7\"^^<" XSD "integer> _:fa2 .\n"},
    {"RDF/XML", YUTU_FORMAT_RDFXML,
     "<r:RDF xmlns:r='" RDF "' xmlns:e='http://e/'><e:T r:about='s'><e:p xml:lang='ZH-Hans'>深&#x20BB7;</e:p>"
     "<e:q r:nodeID='b'/><e:r r:parseType='Resource'><e:p r:datatype='" XSD "string'>x</e:p></e:r></e:T></r:RDF>",
     "<http://base/s> <" RDF "type> <http://e/T> .\n<http://base/s> <http://e/p> \"深𠮷\"@zh-Hans .\n"
     "<http://base/s> <http://e/q> _:fnb .\n_:fa1 <http://e/p> \"x\" .\n<http://base/s> <http://e/r> _:fa1 .\n"},
};

static void test_good(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    print_message("%s\n", good[i].name);
    yutu_buffer got = convert(good[i].text, strlen(good[i].text), good[i].format, YUTU_FORMAT_NQUADS, NULL, 0);
    assert_string_equal(got.data, good[i].want);
    yutu_buffer_free(&got);
  }
}

static yutu_status count(void *context, const yutu_quad *quad, yutu_error *err) {
  (void)quad;
  (void)err;
  ++*(unsigned *)context;
  return YUTU_OK;
}

// ---- what is refused ----

static const struct {
  yutu_format format;
  const char *text;
  unsigned line, column;
  const char *part; ///< of the message
} bad[] = {
    {YUTU_FORMAT_TURTLE, "<http://a> <http://b>\n  x:c .", 2, 3, "the prefix x: is not declared"},
    {YUTU_FORMAT_TURTLE, "<http://a> <http://b> \"深圳\" ; = .", 1, 30, "no meaning"},
    {YUTU_FORMAT_TURTLE, "<http://a> <http://b> \"x\n\" .", 1, 23, "line break"},
    {YUTU_FORMAT_TURTLE, "<http://a> <http://b> \"x", 1, 23, "closing quote"},
    {YUTU_FORMAT_TURTLE, "<http://a> <http://b> \"\\q\" .", 1, 23, "escape"},
    {YUTU_FORMAT_TURTLE, "<http://a> <http://b> \"\\uD800\" .", 1, 23, "escape"},
    {YUTU_FORMAT_TURTLE, "<http://a> <http://b> <http://c d> .", 1, 23, "no IRI may have"},
    {YUTU_FORMAT_TURTLE, "<http://a> <http://b> <http://c", 1, 23, "closing >"},
    {YUTU_FORMAT_TURTLE, "<http://a> <http://b> 'c'", 1, 26, "expected ."},
    {YUTU_FORMAT_TURTLE, "<http://a> 'b' 'c' .", 1, 12, "expected a predicate"},
    {YUTU_FORMAT_TURTLE, "'a' <http://b> 'c' .", 1, 1, "expected a subject"},
    {YUTU_FORMAT_TURTLE, "<http://a> <http://b> .", 1, 23, "expected an object"},
    {YUTU_FORMAT_TURTLE, "<http://a> <http://b> [ <http://c> 1 .", 1, 38, "expected ; or ]"},
    {YUTU_FORMAT_TURTLE, "<http://g> { <http://a> <http://b> 1 }", 1, 12, "TriG"},
    {YUTU_FORMAT_TURTLE, "<http://a> <http://b> 'c'@ .", 1, 26, "language"},
    {YUTU_FORMAT_TURTLE, "<http://a> <http://b> 'c'^^'d' .", 1, 28, "datatype"},
    {YUTU_FORMAT_TURTLE, "@prefix a <http://b> .", 1, 9, "expected a prefix"},
    {YUTU_FORMAT_TURTLE, "<< <http://a> <http://b> 1 >> <http://c> 1 .", 1, 1, "RDF-star"},
    {YUTU_FORMAT_TURTLE, "<http://a> <http://b> \"\xFF\" .", 1, 23, "not UTF-8"},
    {YUTU_FORMAT_TRIG, "{ <http://a> <http://b> 1", 1, 26, "expected . or }"},
    {YUTU_FORMAT_TRIG, "GRAPH { <http://a> <http://b> 1 }", 1, 7, "name of a graph"},
    {YUTU_FORMAT_RDFXML, "<x>\n<y></x>", 2, 0, ""},
    {YUTU_FORMAT_RDFXML, "not XML", 0, 0, "XML"},
};

static void test_bad(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    print_message("%s\n", bad[i].text);
    const yutu_load_options options = {.format = bad[i].format, .base = YUTU_SLICE("http://base/")};
    yutu_error err = {0};
    unsigned n = 0;
    assert_int_equal(yutu_load_bytes("f.ttl", bad[i].text, strlen(bad[i].text), &options, count, &n, NULL, &err),
                     YUTU_ERR_INPUT);
    assert_string_equal(err.file, "f.ttl");
    assert_int_equal(err.line, bad[i].line);
    assert_true(bad[i].column == 0 || err.column == bad[i].column);
    assert_non_null(strstr(err.message, bad[i].part));
    assert_true(err.message[0]);
  }
}

typedef struct {
  unsigned n, lines[20], columns[20];
} problems;

static void note(void *context, const yutu_error *problem) {
  problems *p = context;
  assert_string_equal(problem->file, "f.nq");
  assert_true(p->n < 20);
  p->lines[p->n] = problem->line;
  p->columns[p->n++] = problem->column;
}

static void test_bad_lines(void **state) {
  (void)state;
  static const char text[] = "<http://a> <http://b> \"1\" .\n"
                             "<http://a> <http://b> \"深\n"
                             "<http://a> <http://b> \"深\" x\n"
                             "<a> <http://b> \"1\" .\n"
                             "<http://a> _:b \"1\" .\n"
                             "<http://a> <http://b> \"1\"@1 .\n"
                             "<http://a> <http://b> \"\xE6\xB7\" .\n"
                             "<http://a> <http://b> \"1\" <http://g> <http://h> .\n"
                             "<http://a> <http://b> \"1\" . .\n"
                             "<http://a\\u0020> <http://b> \"1\" .\n"
                             "<http://a> <http://b> \"1\"^^<x> .\n"
                             "<http://a> <http://b> \"2\" .\n"
                             "<http://a> <http://b> \"3\"";
  static const unsigned lines[] = {2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13};
  static const unsigned columns[] = {25, 27, 1, 12, 27, 24, 38, 29, 10, 28, 26};
  problems p = {0};
  unsigned n = 0;
  yutu_error err = {0};
  yutu_load_counts counts = {0};
  const yutu_load_options options = {.format = YUTU_FORMAT_NQUADS, .on_bad_line = note, .context = &p};
  assert_int_equal(yutu_load_bytes("f.nq", text, sizeof text - 1, &options, count, &n, &counts, &err), YUTU_OK);
  assert_int_equal(n, 2);
  assert_int_equal(counts.quads, 2);
  assert_int_equal(counts.bad_lines, sizeof lines / sizeof *lines);
  assert_int_equal(p.n, sizeof lines / sizeof *lines);
  for (unsigned i = 0; i < p.n; i++) {
    assert_int_equal(p.lines[i], lines[i]);
    assert_int_equal(p.columns[i], columns[i]);
  }
}

static void test_fourth_term(void **state) {
  (void)state;
  static const char text[] = "<http://a> <http://b> \"1\" <http://g> .\n";
  yutu_load_counts counts = {0};
  unsigned n = 0;
  const yutu_load_options options = {.format = YUTU_FORMAT_NTRIPLES};
  assert_int_equal(yutu_load_bytes("f.nt", text, sizeof text - 1, &options, count, &n, &counts, NULL), YUTU_OK);
  assert_int_equal(counts.bad_lines, 1);
}

static void test_depth(void **state) {
  (void)state;
  for (int list = 0; list < 2; list++) {
    yutu_buffer text = YUTU_BUFFER_INIT;
    yutu_buffer_puts(&text, "<http://a> <http://b> ");
    for (int i = 0; i < 100 * 1000; i++)
      yutu_buffer_puts(&text, list ? "( " : "[ <http://b> ");
    const yutu_load_options options = {.format = YUTU_FORMAT_TURTLE};
    yutu_error err = {0};
    unsigned n = 0;
    assert_int_equal(yutu_load_bytes("f", text.data, text.len, &options, count, &n, NULL, &err), YUTU_ERR_LIMIT);
    assert_int_equal(n, YUTU_LOAD_DEPTH_MAX);
    yutu_buffer_free(&text);
  }
}

static void test_options(void **state) {
  (void)state;
  static const char text[] = "_:x <http://b> [] . ";
  yutu_error err = {0};
  unsigned n = 0;
  yutu_load_options options = {.format = YUTU_FORMAT_JSONLD};
  assert_int_equal(yutu_load_bytes("f", text, 1, &options, count, &n, NULL, &err), YUTU_ERR_USAGE);
  options.format = YUTU_FORMAT_NONE;
  assert_int_equal(yutu_load_file("/dev/null", &options, count, &n, NULL, &err), YUTU_ERR_USAGE);
  options.format = YUTU_FORMAT_TURTLE;
  options.blank_prefix = YUTU_SLICE("1");
  assert_int_equal(yutu_load_bytes("f", text, 1, &options, count, &n, NULL, &err), YUTU_ERR_USAGE);
  options.blank_prefix = YUTU_SLICE("f7");
  options.base = YUTU_SLICE("relative");
  assert_int_equal(yutu_load_bytes("f", text, 1, &options, count, &n, NULL, &err), YUTU_ERR_USAGE);
  options.base.len = 0;
  options.graph = yutu_iri(YUTU_SLICE("http://g"));
  yutu_buffer out = YUTU_BUFFER_INIT;
  yutu_writer *w = writer_into(&out, YUTU_FORMAT_NQUADS, NULL, 0);
  assert_int_equal(yutu_load_bytes("f", text, sizeof text - 1, &options, yutu_writer_sink, w, NULL, &err), YUTU_OK);
  assert_int_equal(yutu_writer_close(w, &err), YUTU_OK);
  assert_string_equal(out.data, "_:f7nx <http://b> _:f7a1 <http://g> .\n");
  yutu_buffer_free(&out);
  assert_int_equal(yutu_load_file("/nowhere/x.ttl", NULL, count, &n, NULL, &err), YUTU_ERR_IO);
  assert_string_equal(err.file, "/nowhere/x.ttl");
  assert_int_equal(yutu_load_file("/", &options, count, &n, NULL, &err), YUTU_ERR_IO);
}

static yutu_status refuse(void *context, const yutu_quad *quad, yutu_error *err) {
  (void)quad;
  return ++*(unsigned *)context == 2 ? yutu_fail(err, YUTU_ERR_STORE, "full") : YUTU_OK;
}

/// What the sink says ends the reading, in every format.
static void test_sink_stops(void **state) {
  (void)state;
  static const char lines[] = "<http://a> <http://b> <http://c> .\n<http://a> <http://b> <http://d> .\n"
                              "<http://a> <http://b> <http://e> .\n";
  static const char xml[] = "<r:RDF xmlns:r='" RDF "' xmlns:e='http://e/'><e:A r:about='http://a'/>"
                            "<e:A r:about='http://b'/><e:A r:about='http://c'/></r:RDF>";
  static const yutu_format formats[] = {YUTU_FORMAT_NTRIPLES, YUTU_FORMAT_TURTLE, YUTU_FORMAT_RDFXML};
  for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
    const char *text = formats[i] == YUTU_FORMAT_RDFXML ? xml : lines;
    const yutu_load_options options = {.format = formats[i], .base = YUTU_SLICE("http://base/")};
    yutu_error err = {0};
    unsigned n = 0;
    assert_int_equal(yutu_load_bytes("f", text, strlen(text), &options, refuse, &n, NULL, &err), YUTU_ERR_STORE);
    assert_string_equal(err.message, "full");
    assert_int_equal(n, 2);
  }
}

/// RDF/XML must not read other files.
static void test_no_entities(void **state) {
  (void)state;
  char path[] = "/tmp/yutu-load-XXXXXX";
  const int fd = mkstemp(path);
  assert_true(fd >= 0);
  assert_int_equal(write(fd, "SECRET", 6), 6);
  close(fd);
  char text[600];
  snprintf(text, sizeof text,
           "<!DOCTYPE r [<!ENTITY e SYSTEM 'file://%s'>]><r:RDF xmlns:r='" RDF "' xmlns:e='http://e/'>"
           "<r:Description r:about='http://a'><e:p>[&e;]</e:p></r:Description></r:RDF>",
           path);
  yutu_buffer out = YUTU_BUFFER_INIT;
  yutu_writer *w = writer_into(&out, YUTU_FORMAT_NQUADS, NULL, 0);
  const yutu_load_options options = {.format = YUTU_FORMAT_RDFXML, .base = YUTU_SLICE("http://base/")};
  yutu_error err = {0};
  const yutu_status status = yutu_load_bytes("f", text, strlen(text), &options, yutu_writer_sink, w, NULL, &err);
  assert_true(status == YUTU_OK || status == YUTU_ERR_INPUT);
  assert_int_equal(yutu_writer_close(w, &err), YUTU_OK);
  assert_null(out.data ? strstr(out.data, "SECRET") : NULL);
  yutu_buffer_free(&out);
  unlink(path);
}

// ---- files larger than the window ----

static uint32_t next_random(uint32_t *seed) {
  *seed = *seed * 1664525u + 1013904223u;
  return *seed >> 8;
}

/// Statements with literals of all lengths, some larger than the window.
static void put_many(yutu_buffer *out, bool turtle) {
  uint32_t seed = 7;
  if (turtle)
    yutu_buffer_puts(out, "@prefix ex: <http://e/> .\n");
  for (unsigned i = 0; i < 4000; i++) {
    const unsigned n = i == 2000 ? 300 * 1000 : next_random(&seed) % 200;
    yutu_buffer_printf(out, turtle ? "ex:s%u ex:p-%u '''" : "<http://e/s%u> <http://e/p-%u> \"", i, i);
    for (unsigned k = 0; k < n; k++)
      yutu_buffer_puts(out, k % 50 == 3 ? "\\u6df1" : k % 7 == 2 ? "\\\"" : k % 2 ? "圳" : "a");
    yutu_buffer_puts(out, turtle ? "'''@zh-Hans , -12.75, 1e-10,\t_:b.c, ex:o. # 注释\n" : "\"@zh-Hans .\n");
  }
}

/// A file, read through a window that moves, gives what the same bytes give in memory.
static void test_window(void **state) {
  (void)state;
  for (int turtle = 0; turtle < 2; turtle++) {
    yutu_buffer text = YUTU_BUFFER_INIT;
    put_many(&text, turtle);
    const yutu_format format = turtle ? YUTU_FORMAT_TURTLE : YUTU_FORMAT_NTRIPLES;
    yutu_buffer want = convert(text.data, text.len, format, YUTU_FORMAT_NQUADS, NULL, 0);
    char path[] = "/tmp/yutu-load-XXXXXX";
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text.data, text.len), text.len);
    close(fd);
    yutu_buffer got = YUTU_BUFFER_INIT;
    yutu_writer *w = writer_into(&got, YUTU_FORMAT_NQUADS, NULL, 0);
    const yutu_load_options options = {.format = format};
    yutu_load_counts counts = {0};
    yutu_error err = {0};
    assert_int_equal(yutu_load_file(path, &options, yutu_writer_sink, w, &counts, &err), YUTU_OK);
    assert_int_equal(yutu_writer_close(w, &err), YUTU_OK);
    assert_int_equal(counts.quads, turtle ? 20000 : 4000);
    assert_int_equal(counts.bad_lines, 0);
    assert_string_equal(got.data, want.data);
    unlink(path);
    yutu_buffer_free(&got);
    yutu_buffer_free(&want);
    yutu_buffer_free(&text);
  }
}

/// A line without an end is refused before it fills the memory.
static void test_endless_line(void **state) {
  (void)state;
  static const yutu_format formats[] = {YUTU_FORMAT_NQUADS, YUTU_FORMAT_TURTLE};
  for (size_t i = 0; i < 2; i++) {
    const yutu_load_options options = {.format = formats[i]};
    char path[] = "/tmp/yutu-load-XXXXXX";
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "\n\n<http://a", 11), 11);
    yutu_buffer piece = YUTU_BUFFER_INIT;
    for (int k = 0; k < 1024 * 1024; k++)
      yutu_buffer_putc(&piece, 'x');
    for (size_t n = 0; n <= YUTU_LOAD_LINE_MAX; n += piece.len)
      assert_int_equal(write(fd, piece.data, piece.len), piece.len);
    close(fd);
    unsigned n = 0;
    yutu_error err = {0};
    assert_int_equal(yutu_load_file(path, &options, count, &n, NULL, &err), YUTU_ERR_LIMIT);
    assert_int_equal(err.line, 3);
    unlink(path);
    yutu_buffer_free(&piece);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_good),         cmocka_unit_test(test_bad),    cmocka_unit_test(test_bad_lines),
      cmocka_unit_test(test_fourth_term),  cmocka_unit_test(test_depth),  cmocka_unit_test(test_options),
      cmocka_unit_test(test_sink_stops),   cmocka_unit_test(test_window), cmocka_unit_test(test_no_entities),
      cmocka_unit_test(test_endless_line),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
