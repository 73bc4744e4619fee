/// @file tests/unit/graph_quads.h  What the tests of graph/ share: quads as N-Quads text, and loading from a string.
#ifndef YUTU_TESTS_UNIT_GRAPH_QUADS_H
#define YUTU_TESTS_UNIT_GRAPH_QUADS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "graph/load.h"
#include "graph/serialise/writer.h"

/// A writer into a buffer.
static inline yutu_writer *writer_into(yutu_buffer *out, yutu_format format, const yutu_prefix *prefixes, size_t n) {
  yutu_writer *writer = NULL;
  yutu_error err = {0};
  assert_int_equal(yutu_writer_open(format, yutu_byte_sink_buffer(out), prefixes, n, &writer, &err), YUTU_OK);
  return writer;
}

/// RDF text into another format; the text of that must be freed with yutu_buffer_free().
static inline yutu_buffer convert(const char *text, size_t n, yutu_format from, yutu_format to,
                                  const yutu_prefix *prefixes, size_t n_prefixes) {
  yutu_buffer out = YUTU_BUFFER_INIT;
  yutu_error err = {0};
  yutu_writer *writer = writer_into(&out, to, prefixes, n_prefixes);
  const yutu_load_options options = {.format = from, .base = YUTU_SLICE("http://base/doc")};
  const yutu_status status = yutu_load_bytes("text", text, n, &options, yutu_writer_sink, writer, NULL, &err);
  if (status != YUTU_OK)
    fail_msg("line %u column %u: %s\n%s", err.line, err.column, err.message, text);
  assert_int_equal(yutu_writer_close(writer, &err), YUTU_OK);
  if (!out.data)
    yutu_buffer_puts(&out, "");
  return out;
}

#endif
