#include "graph/serialise/serialiser.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>

static const yutu_serialiser *serialiser_of(yutu_format format) {
  switch (format) {
  case YUTU_FORMAT_NTRIPLES:
  case YUTU_FORMAT_NQUADS:
    return &yutu_serialiser_lines;
  case YUTU_FORMAT_TURTLE:
  case YUTU_FORMAT_TRIG:
    return &yutu_serialiser_turtle;
  case YUTU_FORMAT_JSONLD:
    return &yutu_serialiser_jsonld;
  case YUTU_FORMAT_RDFXML:
    return &yutu_serialiser_rdfxml;
  case YUTU_FORMAT_GRAPHML:
  case YUTU_FORMAT_GEXF:
  case YUTU_FORMAT_DOT:
  case YUTU_FORMAT_CSV:
  case YUTU_FORMAT_CSV_NODES:
    return &yutu_serialiser_network;
  case YUTU_FORMAT_NONE:
  case YUTU_FORMAT_COUNT:
    break;
  }
  return NULL;
}

static bool is_prefix_name(yutu_slice name) {
  if (name.len == 0 || !isalpha((unsigned char)name.data[0]))
    return false;
  for (size_t i = 0; i < name.len; i++) {
    const unsigned char c = (unsigned char)name.data[i];
    if (!isalnum(c) && c != '-' && c != '_')
      return false;
  }
  return true;
}

static yutu_status check_prefixes(const yutu_prefix *prefixes, size_t n, yutu_error *err) {
  if (n > YUTU_PREFIXES_MAX)
    return yutu_fail(err, YUTU_ERR_LIMIT, "%zu prefixes; at most %d are possible", n, YUTU_PREFIXES_MAX);
  for (size_t i = 0; i < n; i++) {
    const yutu_slice name = prefixes[i].name;
    if (!is_prefix_name(name))
      return yutu_fail(err, YUTU_ERR_USAGE, "\"%.*s\" cannot be a prefix: use letters, digits, - and _", (int)name.len,
                       name.data);
    for (size_t k = 0; k < i; k++) {
      if (yutu_slice_eq(prefixes[k].name, name))
        return yutu_fail(err, YUTU_ERR_USAGE, "the prefix %.*s: is there twice", (int)name.len, name.data);
    }
  }
  return YUTU_OK;
}

yutu_status yutu_writer_open(yutu_format format, yutu_byte_sink sink, const yutu_prefix *prefixes, size_t n_prefixes,
                             yutu_writer **ret, yutu_error *err) {
  const yutu_serialiser *serialiser = serialiser_of(format);
  if (!serialiser)
    return yutu_fail(err, YUTU_ERR_USAGE, "no format to write in; name one");
  YUTU_TRY(check_prefixes(prefixes, n_prefixes, err));
  yutu_writer *w = malloc(sizeof *w);
  void *state = calloc(1, serialiser->state_size + 1);
  if (!w || !state) {
    free(w);
    free(state);
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  }
  w->serialiser = serialiser;
  w->format = format;
  w->prefixes = prefixes;
  w->n_prefixes = n_prefixes;
  w->state = state;
  yutu_output_init(&w->out, sink);
  const yutu_status status = serialiser->begin ? serialiser->begin(w, err) : YUTU_OK;
  if (status != YUTU_OK) {
    yutu_writer_abort(w);
    return status;
  }
  *ret = w;
  return YUTU_OK;
}

static bool is_statement(const yutu_quad *q) {
  return (q->s.kind == YUTU_TERM_IRI || q->s.kind == YUTU_TERM_BLANK) && q->p.kind == YUTU_TERM_IRI &&
         q->o.kind != YUTU_TERM_NONE && q->g.kind != YUTU_TERM_LITERAL;
}

yutu_status yutu_writer_quad(yutu_writer *writer, const yutu_quad *quad, yutu_error *err) {
  if (!is_statement(quad))
    return yutu_fail(err, YUTU_ERR_USAGE,
                     "not an RDF statement: a subject is an IRI or a blank node, a predicate is "
                     "an IRI, a graph is no literal");
  YUTU_TRY(writer->serialiser->quad(writer, quad, err));
  return yutu_output_check(&writer->out, err);
}

yutu_status yutu_writer_sink(void *writer, const yutu_quad *quad, yutu_error *err) {
  return yutu_writer_quad(writer, quad, err);
}

yutu_status yutu_writer_close(yutu_writer *writer, yutu_error *err) {
  yutu_status status = writer->serialiser->end ? writer->serialiser->end(writer, err) : YUTU_OK;
  if (status == YUTU_OK)
    status = yutu_output_finish(&writer->out, err);
  yutu_writer_abort(writer);
  return status;
}

void yutu_writer_abort(yutu_writer *writer) {
  if (!writer)
    return;
  if (writer->serialiser->release)
    writer->serialiser->release(writer);
  free(writer->state);
  free(writer);
}

const yutu_prefix *yutu_prefix_for(const yutu_writer *writer, yutu_slice iri) {
  const yutu_prefix *best = NULL;
  for (size_t i = 0; i < writer->n_prefixes; i++) {
    const yutu_prefix *p = &writer->prefixes[i];
    if (p->iri.len && p->iri.len < iri.len && (!best || p->iri.len > best->iri.len) && yutu_slice_starts(iri, p->iri))
      best = p;
  }
  return best;
}
