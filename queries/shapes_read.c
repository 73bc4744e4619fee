// A shapes graph into yutu_shapes: the shapes are loaded into a store in memory and read from there.
#define PCRE2_CODE_UNIT_WIDTH 8

#include "base/file.h"
#include "graph/load.h"
#include "ontology/vocabulary.h"
#include "queries/embedded.h"
#include "queries/shapes_model.h"

#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SH "http://www.w3.org/ns/shacl#"

typedef struct {
  yutu_shapes *shapes;
  yutu_store *store;
  yutu_snapshot *snapshot;
  const char *file; // for messages
  unsigned depth;
  yutu_error *err;
} reader;

static const struct {
  const char *name;
  yutu_constraint_kind kind;
} constraints[] = {
    {"class", YUTU_SHACL_CLASS},
    {"datatype", YUTU_SHACL_DATATYPE},
    {"nodeKind", YUTU_SHACL_NODE_KIND},
    {"minCount", YUTU_SHACL_MIN_COUNT},
    {"maxCount", YUTU_SHACL_MAX_COUNT},
    {"in", YUTU_SHACL_IN},
    {"hasValue", YUTU_SHACL_HAS_VALUE},
    {"languageIn", YUTU_SHACL_LANGUAGE_IN},
    {"uniqueLang", YUTU_SHACL_UNIQUE_LANG},
    {"pattern", YUTU_SHACL_PATTERN},
    {"minLength", YUTU_SHACL_MIN_LENGTH},
    {"maxLength", YUTU_SHACL_MAX_LENGTH},
    {"minInclusive", YUTU_SHACL_MIN_INCLUSIVE},
    {"maxInclusive", YUTU_SHACL_MAX_INCLUSIVE},
    {"equals", YUTU_SHACL_EQUALS},
    {"node", YUTU_SHACL_NODE},
    {"or", YUTU_SHACL_OR},
    {"and", YUTU_SHACL_AND},
    {"not", YUTU_SHACL_NOT},
    {"property", YUTU_SHACL_PROPERTY},
    {"qualifiedValueShape", YUTU_SHACL_QUALIFIED},
};

static const struct {
  const char *name;
  yutu_target_kind kind;
} targets[] = {
    {"targetClass", YUTU_TARGET_CLASS},
    {"targetSubjectsOf", YUTU_TARGET_SUBJECTS_OF},
    {"targetObjectsOf", YUTU_TARGET_OBJECTS_OF},
    {"targetNode", YUTU_TARGET_NODE},
};

static yutu_status out_of_memory(const reader *r) {
  return yutu_fail(r->err, YUTU_ERR_NOMEM, "out of memory");
}

static yutu_status wrong(const reader *r, const char *what) {
  return yutu_fail_at(r->err, YUTU_ERR_INPUT, r->file, 0, "%s", what);
}

static bool keep(const reader *r, yutu_slice *s) {
  const char *copy = yutu_arena_strndup(r->shapes->arena, s->data ? s->data : "", s->len);
  s->data = copy;
  return copy != NULL;
}

static yutu_status keep_term(const reader *r, yutu_id id, yutu_term *ret) {
  YUTU_TRY(yutu_term_get(r->snapshot, id, ret, r->err));
  return keep(r, &ret->value) && keep(r, &ret->datatype) && keep(r, &ret->language) ? YUTU_OK : out_of_memory(r);
}

// The value of a property, or 0. With several, which one is left open.
static yutu_status value_of(const reader *r, yutu_id subject, const char *property, yutu_id *ret) {
  yutu_term term = yutu_iri(yutu_slice_of(property));
  yutu_pattern pattern = {.s = subject};
  *ret = YUTU_ID_NONE;
  YUTU_TRY(yutu_term_find(r->snapshot, &term, &pattern.p, r->err));
  if (!pattern.p)
    return YUTU_OK;
  yutu_cursor *cursor = NULL;
  YUTU_TRY(yutu_cursor_open(r->snapshot, &pattern, &cursor, r->err));
  yutu_quad_ids quad;
  if (yutu_cursor_next(cursor, &quad))
    *ret = quad.o;
  yutu_cursor_close(cursor);
  return YUTU_OK;
}

static double number_of(const yutu_term *term) {
  char text[64];
  snprintf(text, sizeof text, "%.*s", (int)term->value.len, term->value.data);
  return strtod(text, NULL);
}

// Call `take` for each member of an RDF list.
static yutu_status each_member(reader *r, yutu_id list, yutu_status (*take)(reader *, yutu_id, yutu_constraint *),
                               yutu_constraint *c) {
  enum { MEMBERS_MAX = 10000 };
  for (unsigned n = 0; n < MEMBERS_MAX; n++) {
    yutu_id first = YUTU_ID_NONE;
    YUTU_TRY(value_of(r, list, YUTU_NS_RDF "first", &first));
    if (!first)
      return n ? YUTU_OK : wrong(r, "a list is empty or is none");
    YUTU_TRY(take(r, first, c));
    YUTU_TRY(value_of(r, list, YUTU_NS_RDF "rest", &list));
    if (!list)
      return wrong(r, "a list has no end");
  }
  return wrong(r, "a list is endless or too long");
}

static yutu_status read_shape(reader *r, yutu_id id, yutu_slice around, yutu_shape **ret);

static yutu_status take_term(reader *r, yutu_id id, yutu_constraint *c) {
  yutu_term *room = YUTU_PUSH(r->shapes->arena, &c->terms);
  return room ? keep_term(r, id, room) : out_of_memory(r);
}

static yutu_status take_shape(reader *r, yutu_id id, yutu_constraint *c) {
  yutu_shape *shape = NULL;
  YUTU_TRY(read_shape(r, id, c->term.value, &shape));
  const yutu_shape **room = YUTU_PUSH(r->shapes->arena, &c->shapes);
  if (!room)
    return out_of_memory(r);
  *room = shape;
  return YUTU_OK;
}

static yutu_status compile_pattern(const reader *r, yutu_id shape, yutu_constraint *c) {
  yutu_id flags = YUTU_ID_NONE;
  YUTU_TRY(value_of(r, shape, SH "flags", &flags));
  if (flags)
    return yutu_fail_at(r->err, YUTU_ERR_UNSUPPORTED, r->file, 0, "sh:flags is not understood here");
  int code = 0;
  PCRE2_SIZE offset = 0;
  c->regex =
      pcre2_compile((PCRE2_SPTR)c->term.value.data, c->term.value.len, PCRE2_UTF | PCRE2_UCP, &code, &offset, NULL);
  if (!c->regex)
    return wrong(r, "sh:pattern is no regular expression");
  void **room = YUTU_PUSH(r->shapes->arena, &r->shapes->regexes);
  if (!room) {
    pcre2_code_free(c->regex);
    return out_of_memory(r);
  }
  *room = c->regex;
  return YUTU_OK;
}

static yutu_status read_qualified(reader *r, yutu_id shape, yutu_id value, yutu_constraint *c) {
  yutu_id id = YUTU_ID_NONE;
  yutu_term term;
  c->most = -1;
  YUTU_TRY(value_of(r, shape, SH "qualifiedMinCount", &id));
  if (id) {
    YUTU_TRY(keep_term(r, id, &term));
    c->number = number_of(&term);
  }
  YUTU_TRY(value_of(r, shape, SH "qualifiedMaxCount", &id));
  if (id) {
    YUTU_TRY(keep_term(r, id, &term));
    c->most = number_of(&term);
  }
  return take_shape(r, value, c);
}

static yutu_status read_constraint(reader *r, yutu_shape *shape, yutu_id subject, size_t row, yutu_id value) {
  yutu_constraint c = {.kind = constraints[row].kind, .name = constraints[row].name};
  c.term.value = shape->iri; // for the shapes within; else overwritten
  switch (c.kind) {
  case YUTU_SHACL_NODE:
  case YUTU_SHACL_NOT:
  case YUTU_SHACL_PROPERTY:
    YUTU_TRY(take_shape(r, value, &c));
    break;
  case YUTU_SHACL_OR:
  case YUTU_SHACL_AND:
    YUTU_TRY(each_member(r, value, take_shape, &c));
    break;
  case YUTU_SHACL_IN:
  case YUTU_SHACL_LANGUAGE_IN:
    YUTU_TRY(each_member(r, value, take_term, &c));
    break;
  case YUTU_SHACL_QUALIFIED:
    YUTU_TRY(read_qualified(r, subject, value, &c));
    break;
  default:
    YUTU_TRY(keep_term(r, value, &c.term));
    c.number = c.term.kind == YUTU_TERM_LITERAL ? number_of(&c.term) : 0;
    if (c.kind == YUTU_SHACL_PATTERN)
      YUTU_TRY(compile_pattern(r, subject, &c));
    break;
  }
  yutu_constraint *room = YUTU_PUSH(r->shapes->arena, &shape->constraints);
  if (!room)
    return out_of_memory(r);
  *room = c;
  return YUTU_OK;
}

static yutu_status read_path(reader *r, yutu_shape *shape, yutu_id path) {
  yutu_term term;
  YUTU_TRY(keep_term(r, path, &term));
  if (term.kind == YUTU_TERM_BLANK) {
    YUTU_TRY(value_of(r, path, SH "inversePath", &path));
    if (!path)
      return yutu_fail_at(r->err, YUTU_ERR_UNSUPPORTED, r->file, 0,
                          "a path is a property or its inverse; sequences and alternatives are not understood here");
    YUTU_TRY(keep_term(r, path, &term));
    shape->inverse = true;
  }
  shape->path = term.value;
  return YUTU_OK;
}

static bool is_silent(yutu_slice name) {
  static const char *const names[] = {
      "message", "name",         "description",      "order", "group", "severity", "qualifiedMinCount",
      "flags",   "defaultValue", "qualifiedMaxCount"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (yutu_slice_eq(name, yutu_slice_of(names[i])))
      return true;
  return false;
}

// One statement about a shape.
static yutu_status read_statement(reader *r, yutu_shape *shape, const yutu_quad_ids *quad) {
  const yutu_slice ns = YUTU_SLICE(SH);
  yutu_term p;
  YUTU_TRY(yutu_term_get(r->snapshot, quad->p, &p, r->err));
  if (!yutu_slice_starts(p.value, ns))
    return YUTU_OK;
  const yutu_slice name = {p.value.data + ns.len, p.value.len - ns.len};
  for (size_t i = 0; i < sizeof constraints / sizeof *constraints; i++)
    if (yutu_slice_eq(name, yutu_slice_of(constraints[i].name)))
      return read_constraint(r, shape, quad->s, i, quad->o);
  for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
    if (!yutu_slice_eq(name, yutu_slice_of(targets[i].name)))
      continue;
    yutu_target *room = YUTU_PUSH(r->shapes->arena, &shape->targets);
    if (!room)
      return out_of_memory(r);
    room->kind = targets[i].kind;
    return keep_term(r, quad->o, &room->term);
  }
  if (yutu_slice_eq(name, YUTU_SLICE("path")))
    return read_path(r, shape, quad->o);
  if (yutu_slice_eq(name, YUTU_SLICE("message"))) {
    yutu_term term;
    YUTU_TRY(keep_term(r, quad->o, &term));
    shape->message = term.value;
  }
  return is_silent(name) ? YUTU_OK
                         : yutu_fail_at(r->err, YUTU_ERR_UNSUPPORTED, r->file, 0, "sh:%.*s is not understood here",
                                        (int)name.len, name.data);
}

static yutu_status read_statements(reader *r, yutu_shape *shape, yutu_id id) {
  yutu_cursor *cursor = NULL;
  YUTU_TRY(yutu_cursor_open(r->snapshot, &(yutu_pattern){.s = id}, &cursor, r->err));
  yutu_quad_ids quad;
  yutu_status status = YUTU_OK;
  while (status == YUTU_OK && yutu_cursor_next(cursor, &quad))
    status = read_statement(r, shape, &quad);
  yutu_cursor_close(cursor);
  return status;
}

static yutu_status read_shape(reader *r, yutu_id id, yutu_slice around, yutu_shape **ret) {
  yutu_shape *shape = YUTU_NEW(r->shapes->arena, yutu_shape);
  yutu_term term;
  if (!shape)
    return out_of_memory(r);
  if (r->depth == YUTU_SHAPES_DEPTH_MAX)
    return wrong(r, "shapes are nested too deeply, or refer to each other in a circle");
  YUTU_TRY(keep_term(r, id, &term));
  shape->iri = term.kind == YUTU_TERM_IRI ? term.value : around;
  r->depth++;
  const yutu_status status = read_statements(r, shape, id);
  r->depth--;
  *ret = shape;
  return status;
}

// ---- all shapes that have targets ----

static int by_iri(const void *a, const void *b) {
  return yutu_slice_cmp((*(yutu_shape *const *)a)->iri, (*(yutu_shape *const *)b)->iri);
}

static yutu_status read_all(reader *r) {
  yutu_term type = yutu_iri(YUTU_SLICE(YUTU_NS_RDF "type"));
  yutu_term node_shape = yutu_iri(YUTU_SLICE(SH "NodeShape"));
  yutu_pattern pattern = {0};
  YUTU_TRY(yutu_term_find(r->snapshot, &type, &pattern.p, r->err));
  YUTU_TRY(yutu_term_find(r->snapshot, &node_shape, &pattern.o, r->err));
  if (!pattern.p || !pattern.o)
    return wrong(r, "no sh:NodeShape in these shapes");
  yutu_cursor *cursor = NULL;
  YUTU_TRY(yutu_cursor_open(r->snapshot, &pattern, &cursor, r->err));
  yutu_quad_ids quad;
  yutu_status status = YUTU_OK;
  while (status == YUTU_OK && yutu_cursor_next(cursor, &quad)) {
    yutu_shape *shape = NULL;
    status = read_shape(r, quad.s, (yutu_slice){"", 0}, &shape);
    yutu_shape **room = status == YUTU_OK ? YUTU_PUSH(r->shapes->arena, &r->shapes->all) : NULL;
    if (room)
      *room = shape;
    else if (status == YUTU_OK)
      status = out_of_memory(r);
  }
  yutu_cursor_close(cursor);
  if (status == YUTU_OK)
    qsort(r->shapes->all.at, r->shapes->all.n, sizeof *r->shapes->all.at, by_iri);
  return status;
}

static yutu_status take_quad(void *context, const yutu_quad *quad, yutu_error *err) {
  return yutu_batch_add(context, quad, err);
}

static yutu_status load(reader *r, const char *text, size_t n) {
  const yutu_load_options options = {.format = YUTU_FORMAT_TURTLE, .base = YUTU_SLICE("https://w3id.org/yutu/shapes")};
  yutu_batch *batch = NULL;
  YUTU_TRY(yutu_store_open("memory:", YUTU_STORE_CREATE, &r->store, r->err));
  YUTU_TRY(yutu_batch_begin(r->store, &batch, r->err));
  const yutu_status status = yutu_load_bytes(r->file, text, n, &options, take_quad, batch, NULL, r->err);
  if (status != YUTU_OK) {
    yutu_batch_abort(batch);
    return status;
  }
  YUTU_TRY(yutu_batch_commit(batch, r->err));
  return yutu_snapshot_open(r->store, &r->snapshot, r->err);
}

yutu_status yutu_shapes_open(const char *path, yutu_shapes **ret, yutu_error *err) {
  yutu_buffer bytes = YUTU_BUFFER_INIT;
  yutu_shapes *shapes = calloc(1, sizeof *shapes);
  reader r = {.shapes = shapes, .file = path ? path : "shapes.ttl", .err = err};
  yutu_status status = YUTU_OK;
  if (!shapes || !(shapes->arena = yutu_arena_new(0)))
    status = out_of_memory(&r);
  else if (path)
    status = yutu_file_read(path, YUTU_SHAPES_BYTES_MAX, &bytes, err);
  const char *text = path ? bytes.data : (const char *)yutu_shapes_files[0].text;
  if (status == YUTU_OK)
    status = load(&r, text ? text : "", path ? bytes.len : yutu_shapes_files[0].size);
  if (status == YUTU_OK)
    status = read_all(&r);
  yutu_snapshot_close(r.snapshot);
  yutu_store_close(r.store);
  yutu_buffer_free(&bytes);
  if (status != YUTU_OK) {
    yutu_shapes_free(shapes);
    return status;
  }
  *ret = shapes;
  return YUTU_OK;
}

void yutu_shapes_free(yutu_shapes *shapes) {
  if (!shapes)
    return;
  for (uint32_t i = 0; i < shapes->regexes.n; i++)
    pcre2_code_free(shapes->regexes.at[i]);
  yutu_arena_free(shapes->arena);
  free(shapes);
}
