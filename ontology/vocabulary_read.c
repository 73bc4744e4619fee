// Turtle to triples, by raptor.
#include "base/file.h"
#include "ontology/vocabulary_model.h"

#include <raptor2.h>
#include <stdio.h>
#include <string.h>

void yutu_vocabulary_report(yutu_vocabulary *v, unsigned line, const char *format, ...) {
  va_list args;
  va_start(args, format);
  fprintf(stderr, "%s:", v->path);
  if (line)
    fprintf(stderr, "%u:", line);
  fputs(" error: ", stderr);
  vfprintf(stderr, format, args);
  fputc('\n', stderr);
  va_end(args);
  v->n_errors++;
}

static uint32_t intern(yutu_vocabulary *v, const unsigned char *text, size_t n) {
  return yutu_intern_add(v->nodes, (yutu_slice){(const char *)text, n});
}

static uint32_t node_of(yutu_vocabulary *v, const raptor_term *term) {
  if (term->type == RAPTOR_TERM_TYPE_URI) {
    size_t n;
    const unsigned char *iri = raptor_uri_as_counted_string(term->value.uri, &n);
    return intern(v, iri, n);
  }
  if (term->type == RAPTOR_TERM_TYPE_LITERAL)
    return intern(v, term->value.literal.string, term->value.literal.string_len);
  char label[64];
  const int n = snprintf(label, sizeof label, "_:%.*s", (int)term->value.blank.string_len, term->value.blank.string);
  return intern(v, (const unsigned char *)label, (size_t)n);
}

static void on_statement(void *user, raptor_statement *statement) {
  yutu_vocabulary *v = user;
  const raptor_term *o = statement->object;
  const bool literal = o->type == RAPTOR_TERM_TYPE_LITERAL;
  const yutu_vocabulary_triple triple = {
      .s = node_of(v, statement->subject),
      .p = node_of(v, statement->predicate),
      .o = node_of(v, o),
      .language = literal && o->value.literal.language
                      ? intern(v, o->value.literal.language, o->value.literal.language_len)
                      : YUTU_INTERN_NONE,
      .literal = literal,
  };
  yutu_vocabulary_triple *slot = YUTU_PUSH(v->arena, &v->triples);
  if (slot)
    *slot = triple;
}

static void on_namespace(void *user, raptor_namespace *ns) {
  yutu_vocabulary *v = user;
  const unsigned char *prefix = raptor_namespace_get_prefix(ns);
  raptor_uri *iri = raptor_namespace_get_uri(ns);
  if (!prefix || !iri)
    return;
  yutu_vocabulary_prefix *slot = YUTU_PUSH(v->arena, &v->prefixes);
  if (!slot)
    return;
  const char *text = (const char *)raptor_uri_as_string(iri);
  const size_t n = strlen((const char *)prefix);
  *slot = (yutu_vocabulary_prefix){
      .prefix = {yutu_arena_strndup(v->arena, (const char *)prefix, n), n},
      .iri = {yutu_arena_strndup(v->arena, text, strlen(text)), strlen(text)},
  };
}

static void on_log(void *user, raptor_log_message *message) {
  if (message->level < RAPTOR_LOG_LEVEL_WARN)
    return;
  const int line = message->locator ? message->locator->line : 0;
  yutu_vocabulary_report(user, line > 0 ? (unsigned)line : 0, "%s", message->text);
}

static void parse(yutu_vocabulary *v, raptor_world *world) {
  raptor_world_set_log_handler(world, v, on_log);
  raptor_parser *parser = raptor_new_parser(world, "turtle");
  raptor_uri *base = raptor_new_uri(world, (const unsigned char *)YUTU_VOCABULARY_NS);
  if (!parser || !base) {
    yutu_vocabulary_report(v, 0, "raptor has no Turtle parser");
  } else {
    raptor_parser_set_statement_handler(parser, v, on_statement);
    raptor_parser_set_namespace_handler(parser, v, on_namespace);
    if (raptor_parser_parse_start(parser, base) != 0 ||
        raptor_parser_parse_chunk(parser, (const unsigned char *)v->text.data, v->text.len, 1) != 0) {
      if (v->n_errors == 0)
        yutu_vocabulary_report(v, 0, "is not Turtle");
    }
  }
  if (base)
    raptor_free_uri(base);
  if (parser)
    raptor_free_parser(parser);
}

void yutu_vocabulary_read(yutu_vocabulary *v) {
  yutu_error err = {0};
  if (yutu_file_read(v->path, YUTU_VOCABULARY_BYTES_MAX, &v->text, &err) != YUTU_OK) {
    yutu_vocabulary_report(v, 0, "%s", err.message);
    return;
  }
  raptor_world *world = raptor_new_world();
  if (!world || raptor_world_open(world) != 0)
    yutu_vocabulary_report(v, 0, "raptor cannot be started");
  else
    parse(v, world);
  if (world)
    raptor_free_world(world);
}
