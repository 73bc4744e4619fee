// Turtle and TriG (RDF 1.1), with and without the GRAPH keyword.
#include "graph/iri.h"
#include "graph/iri_resolve.h"
#include "graph/load_turtle_lexer.h"

#include "base/intern.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { PREFIX_BYTES_MAX = 64 * 1024 * 1024 }; ///< of all declared prefixes together

/// A term that is kept while others are read.
typedef struct {
  yutu_term_kind kind;
  yutu_buffer text; ///< value, datatype, language
  size_t value_len, datatype_len;
} held;

/// What is open at one depth of nesting: the objects to come belong to these.
typedef struct {
  held subject, predicate;
} level;

typedef struct {
  yutu_load *load;
  yutu_turtle_lexer lexer;
  bool graphs; ///< TriG
  yutu_buffer base;
  yutu_arena *arena; ///< prefixes
  yutu_intern *prefixes;
  YUTU_VEC(yutu_slice) spaces; ///< by number of the prefix
  held graph, object;
  level levels[YUTU_LOAD_DEPTH_MAX + 1];
} parser;

static yutu_status fail(const parser *p, yutu_error *err, const char *message) {
  return yutu_turtle_fail(&p->lexer, err, message);
}

static yutu_status next(parser *p, yutu_error *err) {
  return yutu_turtle_next(&p->lexer, err);
}

static yutu_slice text_of(const parser *p) {
  return (yutu_slice){p->lexer.text.data, p->lexer.text.len};
}

static bool is_mark(const parser *p, char mark) {
  return p->lexer.kind == YUTU_TOKEN_MARK && p->lexer.mark == mark;
}

static bool is_keyword(const parser *p, const char *word) {
  return p->lexer.kind == YUTU_TOKEN_WORD && strcasecmp(p->lexer.text.data, word) == 0;
}

static bool is_word(const parser *p, const char *word) {
  return p->lexer.kind == YUTU_TOKEN_WORD && strcmp(p->lexer.text.data, word) == 0;
}

static yutu_status expect(parser *p, char mark, const char *message, yutu_error *err) {
  return is_mark(p, mark) ? next(p, err) : fail(p, err, message);
}

// ---- terms ----

static void hold(held *h, yutu_term_kind kind, yutu_slice value) {
  yutu_buffer_clear(&h->text);
  yutu_buffer_append(&h->text, value.data, value.len);
  h->kind = kind;
  h->value_len = value.len;
  h->datatype_len = 0;
}

static yutu_term term_of(const held *h) {
  const char *const text = h->text.data;
  const size_t both = h->value_len + h->datatype_len;
  if (h->kind == YUTU_TERM_NONE)
    return (yutu_term){0};
  return (yutu_term){
      h->kind, {text, h->value_len}, {text + h->value_len, h->datatype_len}, {text + both, h->text.len - both}};
}

static yutu_status emit(parser *p, const level *at, const held *object, yutu_error *err) {
  YUTU_TRY(yutu_buffer_check(&at->subject.text, err));
  YUTU_TRY(yutu_buffer_check(&at->predicate.text, err));
  YUTU_TRY(yutu_buffer_check(&object->text, err));
  YUTU_TRY(yutu_buffer_check(&p->graph.text, err));
  const yutu_quad quad = {term_of(&at->subject), term_of(&at->predicate), term_of(object), term_of(&p->graph)};
  return yutu_load_emit(p->load, &quad, err);
}

/// A node of its own.
static void hold_new_blank(parser *p, held *h) {
  hold(h, YUTU_TERM_BLANK, (yutu_slice){NULL, 0});
  yutu_load_new_blank(p->load, &h->text);
  h->value_len = h->text.len;
}

/// The IRI of the current token, appended.
static yutu_status put_iri(parser *p, yutu_buffer *ret, yutu_error *err) {
  const yutu_slice text = text_of(p);
  if (p->lexer.kind == YUTU_TOKEN_PREFIXED) {
    const yutu_slice prefix = {text.data, p->lexer.prefix_len};
    const uint32_t number = yutu_intern_find(p->prefixes, prefix);
    if (number == YUTU_INTERN_NONE) {
      char message[200];
      snprintf(message, sizeof message, "the prefix %.*s: is not declared; declare it with @prefix",
               prefix.len <= 100 ? (int)prefix.len : 0, prefix.data);
      return fail(p, err, message);
    }
    const yutu_slice space = p->spaces.at[number];
    yutu_buffer_append(ret, space.data, space.len);
    yutu_buffer_append(ret, text.data + prefix.len, text.len - prefix.len);
  } else {
    const size_t from = ret->len;
    if (p->base.len)
      yutu_iri_resolve((yutu_slice){p->base.data, p->base.len}, text, ret);
    else
      yutu_buffer_append(ret, text.data, text.len);
    YUTU_TRY(yutu_buffer_check(ret, err));
    if (!yutu_iri_is_absolute((yutu_slice){ret->data + from, ret->len - from}))
      return fail(p, err, "a relative IRI, and no base to read it by; add @base");
  }
  return yutu_buffer_check(ret, err);
}

static bool is_iri(const parser *p) {
  return p->lexer.kind == YUTU_TOKEN_IRI || p->lexer.kind == YUTU_TOKEN_PREFIXED;
}

static yutu_status read_iri(parser *p, held *h, yutu_error *err) {
  hold(h, YUTU_TERM_IRI, (yutu_slice){NULL, 0});
  YUTU_TRY(put_iri(p, &h->text, err));
  h->value_len = h->text.len;
  return next(p, err);
}

static yutu_status read_blank(parser *p, held *h, yutu_error *err) {
  hold(h, YUTU_TERM_BLANK, (yutu_slice){NULL, 0});
  yutu_load_blank(p->load, text_of(p), &h->text);
  h->value_len = h->text.len;
  return next(p, err);
}

static yutu_status read_string(parser *p, held *h, yutu_error *err) {
  hold(h, YUTU_TERM_LITERAL, text_of(p));
  YUTU_TRY(next(p, err));
  if (p->lexer.kind == YUTU_TOKEN_AT) {
    for (size_t i = 0; i < p->lexer.text.len; i++)
      yutu_buffer_putc(&h->text, (char)tolower((unsigned char)p->lexer.text.data[i]));
    return next(p, err);
  }
  if (p->lexer.kind != YUTU_TOKEN_TYPED)
    return YUTU_OK;
  YUTU_TRY(next(p, err));
  if (!is_iri(p))
    return fail(p, err, "expected the IRI of a datatype behind ^^");
  YUTU_TRY(put_iri(p, &h->text, err));
  h->datatype_len = h->text.len - h->value_len;
  const yutu_slice datatype = {h->text.data + h->value_len, h->datatype_len};
  if (yutu_slice_eq(datatype, YUTU_SLICE(YUTU_NS_XSD "string"))) {
    h->text.len = h->value_len;
    h->datatype_len = 0;
  }
  return next(p, err);
}

static yutu_status read_short(parser *p, held *h, yutu_slice datatype, yutu_error *err) {
  hold(h, YUTU_TERM_LITERAL, text_of(p));
  yutu_buffer_append(&h->text, datatype.data, datatype.len);
  h->datatype_len = datatype.len;
  return next(p, err);
}

static yutu_status read_literal(parser *p, held *h, yutu_error *err) {
  switch (p->lexer.kind) {
  case YUTU_TOKEN_STRING:
    return read_string(p, h, err);
  case YUTU_TOKEN_INTEGER:
    return read_short(p, h, YUTU_SLICE(YUTU_NS_XSD "integer"), err);
  case YUTU_TOKEN_DECIMAL:
    return read_short(p, h, YUTU_SLICE(YUTU_NS_XSD "decimal"), err);
  case YUTU_TOKEN_DOUBLE:
    return read_short(p, h, YUTU_SLICE(YUTU_NS_XSD "double"), err);
  default:
    if (is_word(p, "true") || is_word(p, "false"))
      return read_short(p, h, YUTU_SLICE(YUTU_NS_XSD "boolean"), err);
    return fail(p, err, "expected an object: <IRI>, prefix:name, _:label, \"literal\", [ ] or ( )");
  }
}

// ---- statements ----

static yutu_status read_predicates(parser *p, unsigned depth, yutu_error *err);
static yutu_status read_object(parser *p, unsigned depth, yutu_error *err);

static yutu_status deeper(const parser *p, unsigned depth, yutu_error *err) {
  if (depth <= YUTU_LOAD_DEPTH_MAX)
    return YUTU_OK;
  return yutu_fail_at(err, YUTU_ERR_LIMIT, p->load->source.name, p->lexer.line,
                      "brackets within brackets, %d deep; "
                      "write the inner ones as nodes of their own",
                      YUTU_LOAD_DEPTH_MAX);
}

/// The statements between [ and ], of the subject at this depth; [ is behind us.
static yutu_status read_properties(parser *p, unsigned depth, yutu_error *err) {
  if (!is_mark(p, ']'))
    YUTU_TRY(read_predicates(p, depth, err));
  return expect(p, ']', "expected ; or ]", err);
}

/// The items between ( and ); the subject at this depth is the list's first node, and ( is behind us.
static yutu_status read_items(parser *p, unsigned depth, yutu_error *err) {
  level *at = &p->levels[depth];
  for (;;) {
    hold(&at->predicate, YUTU_TERM_IRI, YUTU_SLICE(YUTU_NS_RDF "first"));
    YUTU_TRY(read_object(p, depth, err));
    hold(&at->predicate, YUTU_TERM_IRI, YUTU_SLICE(YUTU_NS_RDF "rest"));
    if (is_mark(p, ')'))
      break;
    hold_new_blank(p, &p->object);
    YUTU_TRY(emit(p, at, &p->object, err));
    hold(&at->subject, YUTU_TERM_BLANK, (yutu_slice){p->object.text.data, p->object.text.len});
  }
  hold(&p->object, YUTU_TERM_IRI, YUTU_SLICE(YUTU_NS_RDF "nil"));
  YUTU_TRY(emit(p, at, &p->object, err));
  return next(p, err);
}

/// An object that is a node with statements of its own, [ … ] or ( … ).
static yutu_status read_nested(parser *p, unsigned depth, bool list, yutu_error *err) {
  YUTU_TRY(deeper(p, depth + 1, err));
  YUTU_TRY(next(p, err));
  if (list && is_mark(p, ')')) {
    hold(&p->object, YUTU_TERM_IRI, YUTU_SLICE(YUTU_NS_RDF "nil"));
    YUTU_TRY(emit(p, &p->levels[depth], &p->object, err));
    return next(p, err);
  }
  level *inner = &p->levels[depth + 1];
  hold_new_blank(p, &inner->subject);
  YUTU_TRY(emit(p, &p->levels[depth], &inner->subject, err));
  return list ? read_items(p, depth + 1, err) : read_properties(p, depth + 1, err);
}

static yutu_status read_object(parser *p, unsigned depth, yutu_error *err) {
  if (is_mark(p, '[') || is_mark(p, '('))
    return read_nested(p, depth, is_mark(p, '('), err);
  if (is_iri(p))
    YUTU_TRY(read_iri(p, &p->object, err));
  else if (p->lexer.kind == YUTU_TOKEN_BLANK)
    YUTU_TRY(read_blank(p, &p->object, err));
  else
    YUTU_TRY(read_literal(p, &p->object, err));
  return emit(p, &p->levels[depth], &p->object, err);
}

static yutu_status read_verb(parser *p, held *predicate, yutu_error *err) {
  if (is_iri(p))
    return read_iri(p, predicate, err);
  if (!is_word(p, "a"))
    return fail(p, err, "expected a predicate: <IRI>, prefix:name or a");
  hold(predicate, YUTU_TERM_IRI, YUTU_SLICE(YUTU_NS_RDF "type"));
  return next(p, err);
}

/// Predicates and objects of the subject at this depth.
static yutu_status read_predicates(parser *p, unsigned depth, yutu_error *err) {
  for (;;) {
    YUTU_TRY(read_verb(p, &p->levels[depth].predicate, err));
    YUTU_TRY(read_object(p, depth, err));
    while (is_mark(p, ',')) {
      YUTU_TRY(next(p, err));
      YUTU_TRY(read_object(p, depth, err));
    }
    if (!is_mark(p, ';'))
      return YUTU_OK;
    while (is_mark(p, ';'))
      YUTU_TRY(next(p, err));
    if (!is_iri(p) && !is_word(p, "a"))
      return YUTU_OK;
  }
}

/// What a statement begins with.
typedef enum { NODE, EMPTY_BRACKETS, FULL_BRACKETS, LIST } opening;

/// A list as subject: its node must stay while its items move on, so the items have the depth below.
static yutu_status read_subject_list(parser *p, yutu_error *err) {
  held *subject = &p->levels[0].subject;
  if (is_mark(p, ')')) {
    hold(subject, YUTU_TERM_IRI, YUTU_SLICE(YUTU_NS_RDF "nil"));
    return next(p, err);
  }
  hold_new_blank(p, subject);
  hold(&p->levels[1].subject, YUTU_TERM_BLANK, (yutu_slice){subject->text.data, subject->text.len});
  return read_items(p, 1, err);
}

static yutu_status read_subject(parser *p, opening *ret, yutu_error *err) {
  held *subject = &p->levels[0].subject;
  *ret = NODE;
  if (is_iri(p))
    return read_iri(p, subject, err);
  if (p->lexer.kind == YUTU_TOKEN_BLANK)
    return read_blank(p, subject, err);
  if (is_mark(p, '(')) {
    *ret = LIST;
    YUTU_TRY(next(p, err));
    return read_subject_list(p, err);
  }
  if (!is_mark(p, '['))
    return fail(p, err, "expected a subject: <IRI>, prefix:name, _:label, [ ] or ( )");
  YUTU_TRY(next(p, err));
  *ret = is_mark(p, ']') ? EMPTY_BRACKETS : FULL_BRACKETS;
  hold_new_blank(p, subject);
  return read_properties(p, 0, err);
}

/// The rest of a statement whose subject has been read. [ … ] says something already.
static yutu_status read_rest(parser *p, opening subject, yutu_error *err) {
  if (subject == FULL_BRACKETS && (is_mark(p, '.') || is_mark(p, '}')))
    return YUTU_OK;
  return read_predicates(p, 0, err);
}

/// Statements between { and }, of the graph in p->graph; p is at {.
static yutu_status read_block(parser *p, yutu_error *err) {
  YUTU_TRY(expect(p, '{', "expected {", err));
  while (!is_mark(p, '}')) {
    opening subject;
    YUTU_TRY(read_subject(p, &subject, err));
    YUTU_TRY(read_rest(p, subject, err));
    if (is_mark(p, '.'))
      YUTU_TRY(next(p, err));
    else if (!is_mark(p, '}'))
      return fail(p, err, "expected . or }");
  }
  hold(&p->graph, YUTU_TERM_NONE, (yutu_slice){NULL, 0});
  return next(p, err);
}

/// GRAPH label { … }; GRAPH is behind us.
static yutu_status read_graph(parser *p, yutu_error *err) {
  if (is_iri(p)) {
    YUTU_TRY(read_iri(p, &p->graph, err));
  } else if (p->lexer.kind == YUTU_TOKEN_BLANK) {
    YUTU_TRY(read_blank(p, &p->graph, err));
  } else if (is_mark(p, '[')) {
    hold_new_blank(p, &p->graph);
    YUTU_TRY(next(p, err));
    YUTU_TRY(expect(p, ']', "expected ]; a graph's name has no statements", err));
  } else {
    return fail(p, err, "expected the name of a graph");
  }
  return read_block(p, err);
}

static yutu_status read_statement(parser *p, yutu_error *err) {
  opening subject;
  YUTU_TRY(read_subject(p, &subject, err));
  if (is_mark(p, '{') && subject <= EMPTY_BRACKETS) {
    if (!p->graphs)
      return fail(p, err, "graphs are TriG, not Turtle; name the file .trig");
    const held *name = &p->levels[0].subject;
    hold(&p->graph, name->kind, (yutu_slice){name->text.data, name->text.len});
    return read_block(p, err);
  }
  YUTU_TRY(read_rest(p, subject, err));
  return expect(p, '.', "expected . at the end of the statement", err);
}

// ---- directives ----

static yutu_status read_base(parser *p, yutu_error *err) {
  if (p->lexer.kind != YUTU_TOKEN_IRI)
    return fail(p, err, "expected <IRI> as base");
  yutu_buffer base = YUTU_BUFFER_INIT;
  const yutu_status status = put_iri(p, &base, err);
  if (status != YUTU_OK) {
    yutu_buffer_free(&base);
    return status;
  }
  yutu_buffer_free(&p->base);
  p->base = base;
  return next(p, err);
}

static yutu_status too_many_prefixes(const parser *p, yutu_error *err) {
  return yutu_fail_at(err, YUTU_ERR_LIMIT, p->load->source.name, p->lexer.line, "more than %d bytes of prefixes",
                      PREFIX_BYTES_MAX);
}

static yutu_status read_prefix(parser *p, yutu_error *err) {
  if (p->lexer.kind != YUTU_TOKEN_PREFIXED || p->lexer.prefix_len != p->lexer.text.len)
    return fail(p, err, "expected a prefix: name and colon");
  const uint32_t number = yutu_intern_add(p->prefixes, text_of(p));
  if (number == YUTU_INTERN_NONE)
    return too_many_prefixes(p, err);
  if (number == p->spaces.n) {
    const yutu_slice *added = YUTU_PUSH(p->arena, &p->spaces);
    if (!added)
      return too_many_prefixes(p, err);
  }
  YUTU_TRY(next(p, err));
  if (p->lexer.kind != YUTU_TOKEN_IRI)
    return fail(p, err, "expected <IRI> for the prefix");
  yutu_buffer space = YUTU_BUFFER_INIT;
  yutu_status status = put_iri(p, &space, err);
  if (status == YUTU_OK) {
    const char *kept = yutu_arena_strndup(p->arena, space.data, space.len);
    p->spaces.at[number] = (yutu_slice){kept, space.len};
    status = kept ? next(p, err) : too_many_prefixes(p, err);
  }
  yutu_buffer_free(&space);
  return status;
}

/// @prefix and @base end with a full stop, PREFIX and BASE without.
static yutu_status read_directive(parser *p, bool prefix, bool dot, yutu_error *err) {
  YUTU_TRY(next(p, err));
  YUTU_TRY(prefix ? read_prefix(p, err) : read_base(p, err));
  return dot ? expect(p, '.', "expected . behind the declaration", err) : YUTU_OK;
}

static yutu_status read_document(parser *p, yutu_error *err) {
  YUTU_TRY(next(p, err));
  while (p->lexer.kind != YUTU_TOKEN_END) {
    const bool at = p->lexer.kind == YUTU_TOKEN_AT;
    if (at && yutu_slice_eq(text_of(p), YUTU_SLICE("prefix"))) {
      YUTU_TRY(read_directive(p, true, true, err));
    } else if (at && yutu_slice_eq(text_of(p), YUTU_SLICE("base"))) {
      YUTU_TRY(read_directive(p, false, true, err));
    } else if (is_keyword(p, "prefix") || is_keyword(p, "base")) {
      YUTU_TRY(read_directive(p, is_keyword(p, "prefix"), false, err));
    } else if (p->graphs && is_keyword(p, "graph")) {
      YUTU_TRY(next(p, err));
      YUTU_TRY(read_graph(p, err));
    } else if (p->graphs && is_mark(p, '{')) {
      YUTU_TRY(read_block(p, err));
    } else {
      YUTU_TRY(read_statement(p, err));
    }
  }
  return YUTU_OK;
}

static void free_parser(parser *p) {
  for (size_t i = 0; i <= YUTU_LOAD_DEPTH_MAX; i++) {
    yutu_buffer_free(&p->levels[i].subject.text);
    yutu_buffer_free(&p->levels[i].predicate.text);
  }
  yutu_buffer_free(&p->graph.text);
  yutu_buffer_free(&p->object.text);
  yutu_buffer_free(&p->lexer.text);
  yutu_buffer_free(&p->base);
  yutu_arena_free(p->arena);
  free(p);
}

yutu_status yutu_load_turtle(yutu_load *load, bool graphs, yutu_error *err) {
  parser *p = calloc(1, sizeof *p);
  yutu_arena *arena = yutu_arena_new(PREFIX_BYTES_MAX);
  yutu_intern *prefixes = arena ? yutu_intern_new(arena) : NULL;
  if (!p || !prefixes) {
    yutu_arena_free(arena);
    free(p);
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  }
  p->load = load;
  p->lexer = (yutu_turtle_lexer){.source = &load->source, .next_line = 1, .next_column = 1};
  p->lexer.text.limit = YUTU_LOAD_LINE_MAX;
  p->graphs = graphs;
  p->arena = arena;
  p->prefixes = prefixes;
  yutu_buffer_append(&p->base, load->base.data, load->base.len);
  yutu_status status = yutu_buffer_check(&p->base, err);
  if (status == YUTU_OK)
    status = read_document(p, err);
  free_parser(p);
  return status;
}
