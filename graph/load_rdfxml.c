// RDF/XML, by raptor. It may read nothing but the bytes that it is given: no entity or schema from files or the
// network.
#include "graph/iri.h"
#include "graph/load_source.h"

#include <raptor2.h>

#include <string.h>

typedef struct {
  yutu_load *load;
  raptor_parser *parser;
  yutu_status status; ///< of the first failure; nothing is delivered after it
  yutu_error error;
} reader;

static void stop(reader *r, yutu_status status) {
  r->status = status;
  raptor_parser_parse_abort(r->parser);
}

/// Fail at the place that the parser has reached. (The locators that come with messages about XML are empty.)
static yutu_status fail(reader *r, yutu_status status, const char *message) {
  raptor_locator *place = raptor_parser_get_locator(r->parser);
  const int line = place ? raptor_locator_line(place) : 0, column = place ? raptor_locator_column(place) : 0;
  const yutu_slice text = yutu_slice_trim(yutu_slice_of(message));
  r->status = yutu_fail_at(&r->error, status, r->load->source.name, line > 0 ? (unsigned)line : 0, "%.*s",
                           (int)text.len, text.data);
  r->error.column = column > 0 ? (unsigned)column : 0;
  return status;
}

static void on_message(void *context, raptor_log_message *message) {
  reader *r = context;
  if (message->level >= RAPTOR_LOG_LEVEL_ERROR && r->status == YUTU_OK && r->parser)
    fail(r, YUTU_ERR_INPUT, message->text);
}

/// Raptor asks for a label for each blank node, with the one of the file if it has one, and gives it away.
static unsigned char *on_blank(void *context, unsigned char *label) {
  const reader *r = context;
  yutu_buffer name = YUTU_BUFFER_INIT;
  if (label)
    yutu_load_blank(r->load, yutu_slice_of((const char *)label), &name);
  else
    yutu_load_new_blank(r->load, &name);
  if (label)
    raptor_free_memory(label);
  unsigned char *given = name.failed ? NULL : raptor_alloc_memory(name.len + 1);
  if (given)
    memcpy(given, name.data, name.len + 1);
  yutu_buffer_free(&name);
  return given;
}

static yutu_status iri_of(reader *r, raptor_uri *uri, yutu_slice *ret) {
  size_t n = 0;
  const char *text = (const char *)raptor_uri_as_counted_string(uri, &n);
  *ret = (yutu_slice){text, n};
  return yutu_iri_is_absolute(*ret) ? YUTU_OK : fail(r, YUTU_ERR_INPUT, "an IRI with a character that no IRI may have");
}

static yutu_status literal_of(reader *r, const raptor_term_literal_value *literal, yutu_term *ret) {
  *ret = yutu_text((yutu_slice){(const char *)literal->string, literal->string_len},
                   (yutu_slice){(const char *)literal->language, literal->language ? literal->language_len : 0});
  if (!literal->datatype)
    return YUTU_OK;
  YUTU_TRY(iri_of(r, literal->datatype, &ret->datatype));
  if (yutu_slice_eq(ret->datatype, YUTU_SLICE("http://www.w3.org/2001/XMLSchema#string")))
    ret->datatype.len = 0;
  return YUTU_OK;
}

static yutu_status term_of(reader *r, const raptor_term *term, yutu_term *ret) {
  switch (term->type) {
  case RAPTOR_TERM_TYPE_URI:
    *ret = (yutu_term){.kind = YUTU_TERM_IRI};
    return iri_of(r, term->value.uri, &ret->value);
  case RAPTOR_TERM_TYPE_LITERAL:
    return literal_of(r, &term->value.literal, ret);
  case RAPTOR_TERM_TYPE_BLANK:
    *ret = (yutu_term){.kind = YUTU_TERM_BLANK,
                       .value = {(const char *)term->value.blank.string, term->value.blank.string_len}};
    return YUTU_OK;
  case RAPTOR_TERM_TYPE_UNKNOWN:
    break;
  }
  return fail(r, YUTU_ERR_INTERNAL, "raptor delivered a term of unknown kind");
}

static void on_statement(void *context, raptor_statement *statement) {
  reader *r = context;
  if (r->status != YUTU_OK)
    return;
  yutu_quad quad = {0};
  yutu_status status = term_of(r, statement->subject, &quad.s);
  if (status == YUTU_OK)
    status = term_of(r, statement->predicate, &quad.p);
  if (status == YUTU_OK)
    status = term_of(r, statement->object, &quad.o);
  if (status == YUTU_OK)
    status = yutu_load_emit(r->load, &quad, &r->error);
  if (status != YUTU_OK)
    stop(r, status);
}

static yutu_status feed(reader *r, yutu_error *err) {
  yutu_load_source *source = &r->load->source;
  for (bool last = false; !last && r->status == YUTU_OK;) {
    if (source->at == source->end && !source->ended)
      YUTU_TRY(yutu_load_fill(source, err));
    last = source->ended;
    const size_t n = (size_t)(source->end - source->at);
    const int failed = raptor_parser_parse_chunk(r->parser, (const unsigned char *)source->at, n, last);
    source->at = source->end;
    if (failed && r->status == YUTU_OK)
      fail(r, YUTU_ERR_INPUT, "not RDF/XML");
  }
  if (r->status != YUTU_OK && err)
    *err = r->error;
  return r->status;
}

static yutu_status parse(reader *r, raptor_world *world, yutu_error *err) {
  r->parser = raptor_new_parser(world, "rdfxml");
  raptor_uri *base =
      raptor_new_uri_from_counted_string(world, (const unsigned char *)r->load->base.data, r->load->base.len);
  yutu_status status = YUTU_ERR_NOMEM;
  if (!r->parser || !base) {
    yutu_fail(err, status, "raptor cannot read RDF/XML here: out of memory");
  } else {
    raptor_parser_set_option(r->parser, RAPTOR_OPTION_NO_NET, NULL, 1);
    raptor_parser_set_option(r->parser, RAPTOR_OPTION_NO_FILE, NULL, 1);
    raptor_parser_set_option(r->parser, RAPTOR_OPTION_LOAD_EXTERNAL_ENTITIES, NULL, 0);
    raptor_parser_set_statement_handler(r->parser, r, on_statement);
    status = raptor_parser_parse_start(r->parser, base) ? yutu_fail(err, YUTU_ERR_INTERNAL, "raptor cannot start")
                                                        : feed(r, err);
  }
  if (base)
    raptor_free_uri(base);
  if (r->parser)
    raptor_free_parser(r->parser);
  return status;
}

yutu_status yutu_load_rdfxml(yutu_load *load, yutu_error *err) {
  if (load->base.len == 0)
    return yutu_fail_at(err, YUTU_ERR_USAGE, load->source.name, 0, "RDF/XML needs a base IRI");
  raptor_world *world = raptor_new_world();
  if (!world)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  reader r = {.load = load};
  raptor_world_set_log_handler(world, &r, on_message);
  raptor_world_set_generate_bnodeid_handler(world, &r, on_blank);
  const yutu_status status =
      raptor_world_open(world) ? yutu_fail(err, YUTU_ERR_INTERNAL, "raptor does not start") : parse(&r, world, err);
  raptor_free_world(world);
  return status;
}
