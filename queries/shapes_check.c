// Is everything that a shape is for as it says?
#define PCRE2_CODE_UNIT_WIDTH 8

#include "base/utf8.h"
#include "ontology/vocabulary.h"
#include "queries/shapes_model.h"

#include <math.h>
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REGEX_MATCH_LIMIT = 1000 * 1000 };

typedef struct {
  yutu_snapshot *snapshot;
  const volatile sig_atomic_t *cancel;
  yutu_violation_sink sink;
  void *context;
  pcre2_match_data *match;
  pcre2_match_context *limits;
  yutu_id type; // rdf:type; 0: the data has none
  uint64_t checked;
  yutu_error *err;
} checker;

typedef struct {
  yutu_id *at;
  size_t n, room;
} id_list;

static yutu_status out_of_memory(const checker *c) {
  return yutu_fail(c->err, YUTU_ERR_NOMEM, "out of memory");
}

// ---- reading the data ----

static yutu_status find(const checker *c, const yutu_term *term, yutu_id *ret) {
  return yutu_term_find(c->snapshot, term, ret, c->err);
}

static yutu_status push(const checker *c, id_list *list, yutu_id id) {
  if (list->n == list->room) {
    const size_t room = list->room ? 2 * list->room : 16;
    yutu_id *at = realloc(list->at, room * sizeof *at);
    if (!at)
      return out_of_memory(c);
    list->at = at;
    list->room = room;
  }
  list->at[list->n++] = id;
  return YUTU_OK;
}

// Append the subjects or objects of what a pattern finds; equal ones that follow each other once.
static yutu_status gather(const checker *c, const yutu_pattern *pattern, bool subjects, id_list *ret) {
  yutu_cursor *cursor = NULL;
  YUTU_TRY(yutu_cursor_open(c->snapshot, pattern, &cursor, c->err));
  yutu_quad_ids quad;
  yutu_status status = YUTU_OK;
  while (status == YUTU_OK && yutu_cursor_next(cursor, &quad)) {
    const yutu_id id = subjects ? quad.s : quad.o;
    if (!ret->n || ret->at[ret->n - 1] != id)
      status = push(c, ret, id);
  }
  yutu_cursor_close(cursor);
  return status;
}

static yutu_status values_of(const checker *c, const yutu_shape *shape, yutu_id focus, id_list *ret) {
  if (!shape->path.len)
    return push(c, ret, focus);
  const yutu_term property = yutu_iri(shape->path);
  yutu_pattern pattern = {0};
  YUTU_TRY(find(c, &property, &pattern.p));
  if (!pattern.p)
    return YUTU_OK;
  if (shape->inverse)
    pattern.o = focus;
  else
    pattern.s = focus;
  return gather(c, &pattern, shape->inverse, ret);
}

// ---- one value ----

static bool of_kind(const yutu_term *term, yutu_slice kind) {
  static const struct {
    const char *name;
    bool iri, literal, blank;
  } kinds[] = {{"IRI", true, false, false},         {"Literal", false, true, false},
               {"BlankNode", false, false, true},   {"BlankNodeOrIRI", true, false, true},
               {"IRIOrLiteral", true, true, false}, {"BlankNodeOrLiteral", false, true, true}};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (yutu_slice_ends(kind, yutu_slice_of(kinds[i].name)) && kind.data[kind.len - strlen(kinds[i].name) - 1] == '#')
      return term->kind == YUTU_TERM_IRI       ? kinds[i].iri
             : term->kind == YUTU_TERM_LITERAL ? kinds[i].literal
                                               : kinds[i].blank;
  return false;
}

// RFC 4647 basic filtering: "zh" takes "zh-hans". Tags have no case.
static bool of_language(yutu_slice language, const yutu_constraint *k) {
  for (uint32_t i = 0; i < k->terms.n; i++) {
    const yutu_slice range = k->terms.at[i].value;
    if (range.len <= language.len && strncasecmp(range.data, language.data, range.len) == 0 &&
        (range.len == language.len || language.data[range.len] == '-'))
      return language.len > 0;
  }
  return false;
}

static bool matches(const checker *c, const yutu_constraint *k, yutu_slice text) {
  return pcre2_match(k->regex, (PCRE2_SPTR)text.data, text.len, 0, 0, c->match, c->limits) >= 0;
}

static double number_of(const yutu_term *term) {
  char text[64];
  if (term->kind != YUTU_TERM_LITERAL || term->value.len >= sizeof text)
    return NAN;
  memcpy(text, term->value.data, term->value.len);
  text[term->value.len] = '\0';
  char *end = NULL;
  const double n = strtod(text, &end);
  return end != text && !*end ? n : NAN;
}

static yutu_status is_one_of(const checker *c, const yutu_constraint *k, yutu_id value, bool *ret) {
  *ret = false;
  for (uint32_t i = 0; i < k->terms.n && !*ret; i++) {
    yutu_id id = YUTU_ID_NONE;
    YUTU_TRY(find(c, &k->terms.at[i], &id));
    *ret = id == value;
  }
  return YUTU_OK;
}

static yutu_status is_a(const checker *c, yutu_id value, const yutu_term *cls, bool *ret) {
  yutu_id id = YUTU_ID_NONE;
  YUTU_TRY(find(c, cls, &id));
  *ret = c->type && id && yutu_snapshot_has(c->snapshot, &(yutu_quad_ids){.s = value, .p = c->type, .o = id});
  return YUTU_OK;
}

static yutu_status check_shape(checker *c, const yutu_shape *shape, yutu_id focus, bool report, bool *ret);

static yutu_status count_conforming(checker *c, const yutu_constraint *k, yutu_id value, uint32_t *ret) {
  *ret = 0;
  for (uint32_t i = 0; i < k->shapes.n; i++) {
    bool ok = false;
    YUTU_TRY(check_shape(c, k->shapes.at[i], value, false, &ok));
    *ret += ok;
  }
  return YUTU_OK;
}

// Constraints that are about each value by itself.
static yutu_status value_ok(checker *c, const yutu_constraint *k, yutu_id value, const yutu_term *term, bool *ret) {
  uint32_t n = 0;
  switch (k->kind) {
  case YUTU_SHACL_CLASS:
    return is_a(c, value, &k->term, ret);
  case YUTU_SHACL_IN:
    return is_one_of(c, k, value, ret);
  case YUTU_SHACL_NODE:
  case YUTU_SHACL_AND:
    YUTU_TRY(count_conforming(c, k, value, &n));
    *ret = n == k->shapes.n;
    return YUTU_OK;
  case YUTU_SHACL_OR:
    YUTU_TRY(count_conforming(c, k, value, &n));
    *ret = n > 0;
    return YUTU_OK;
  case YUTU_SHACL_NOT:
    YUTU_TRY(count_conforming(c, k, value, &n));
    *ret = n == 0;
    return YUTU_OK;
  case YUTU_SHACL_DATATYPE:
    *ret = yutu_shapes_datatype(term, k->term.value);
    return YUTU_OK;
  case YUTU_SHACL_NODE_KIND:
    *ret = of_kind(term, k->term.value);
    return YUTU_OK;
  case YUTU_SHACL_LANGUAGE_IN:
    *ret = of_language(term->language, k);
    return YUTU_OK;
  case YUTU_SHACL_PATTERN:
    *ret = term->kind != YUTU_TERM_BLANK && matches(c, k, term->value);
    return YUTU_OK;
  case YUTU_SHACL_MIN_LENGTH:
    *ret = term->kind != YUTU_TERM_BLANK && (double)yutu_utf8_length(term->value.data, term->value.len) >= k->number;
    return YUTU_OK;
  case YUTU_SHACL_MAX_LENGTH:
    *ret = term->kind != YUTU_TERM_BLANK && (double)yutu_utf8_length(term->value.data, term->value.len) <= k->number;
    return YUTU_OK;
  case YUTU_SHACL_MIN_INCLUSIVE:
    *ret = number_of(term) >= k->number;
    return YUTU_OK;
  case YUTU_SHACL_MAX_INCLUSIVE:
    *ret = number_of(term) <= k->number;
    return YUTU_OK;
  default:
    *ret = true;
    return YUTU_OK;
  }
}

// ---- all values of a path together ----

static bool contains(const id_list *list, yutu_id id) {
  for (size_t i = 0; i < list->n; i++)
    if (list->at[i] == id)
      return true;
  return false;
}

static yutu_status same_values(const checker *c, const yutu_constraint *k, yutu_id focus, const id_list *values,
                               bool *ret) {
  id_list others = {0};
  yutu_pattern pattern = {.s = focus};
  YUTU_TRY(find(c, &k->term, &pattern.p));
  const yutu_status status = pattern.p ? gather(c, &pattern, false, &others) : YUTU_OK;
  *ret = others.n == values->n;
  for (size_t i = 0; i < others.n && *ret; i++)
    *ret = contains(values, others.at[i]);
  free(others.at);
  return status;
}

static yutu_status languages_differ(const checker *c, const id_list *values, bool *ret) {
  *ret = true;
  for (size_t i = 0; i < values->n && *ret; i++) {
    yutu_term a;
    YUTU_TRY(yutu_term_get(c->snapshot, values->at[i], &a, c->err));
    for (size_t k = 0; k < i && a.language.len && *ret; k++) {
      yutu_term b;
      YUTU_TRY(yutu_term_get(c->snapshot, values->at[k], &b, c->err));
      *ret = !yutu_slice_eq(a.language, b.language);
    }
  }
  return YUTU_OK;
}

static yutu_status set_ok(checker *c, const yutu_constraint *k, yutu_id focus, const id_list *values, bool *ret) {
  yutu_id id = YUTU_ID_NONE;
  double n = 0;
  switch (k->kind) {
  case YUTU_SHACL_MIN_COUNT:
    *ret = (double)values->n >= k->number;
    return YUTU_OK;
  case YUTU_SHACL_MAX_COUNT:
    *ret = (double)values->n <= k->number;
    return YUTU_OK;
  case YUTU_SHACL_HAS_VALUE:
    YUTU_TRY(find(c, &k->term, &id));
    *ret = id && contains(values, id);
    return YUTU_OK;
  case YUTU_SHACL_EQUALS:
    return same_values(c, k, focus, values, ret);
  case YUTU_SHACL_UNIQUE_LANG:
    *ret = true;
    return yutu_slice_eq(k->term.value, YUTU_SLICE("true")) ? languages_differ(c, values, ret) : YUTU_OK;
  case YUTU_SHACL_QUALIFIED:
    for (size_t i = 0; i < values->n; i++) {
      uint32_t conforming = 0;
      YUTU_TRY(count_conforming(c, k, values->at[i], &conforming));
      n += conforming;
    }
    *ret = n >= k->number && (k->most < 0 || n <= k->most);
    return YUTU_OK;
  default:
    *ret = true;
    return YUTU_OK;
  }
}

static bool is_about_set(yutu_constraint_kind kind) {
  return kind == YUTU_SHACL_MIN_COUNT || kind == YUTU_SHACL_MAX_COUNT || kind == YUTU_SHACL_HAS_VALUE ||
         kind == YUTU_SHACL_EQUALS || kind == YUTU_SHACL_UNIQUE_LANG || kind == YUTU_SHACL_QUALIFIED;
}

// ---- shapes ----

static yutu_status violation(const checker *c, const yutu_shape *shape, const yutu_constraint *k, yutu_id focus,
                             yutu_id value) {
  char asked[64];
  snprintf(asked, sizeof asked, "sh:%s is not kept", k->name);
  yutu_violation v = {.path = shape->path, .shape = shape->iri, .message = shape->message};
  if (!v.message.len)
    v.message = yutu_slice_of(asked);
  YUTU_TRY(yutu_term_get(c->snapshot, focus, &v.focus, c->err));
  if (value)
    YUTU_TRY(yutu_term_get(c->snapshot, value, &v.value, c->err));
  return c->sink(c->context, &v, c->err);
}

static yutu_status check_set(checker *c, const yutu_shape *shape, const yutu_constraint *k, yutu_id focus,
                             const id_list *values, bool report, bool *ret) {
  bool ok = true;
  YUTU_TRY(set_ok(c, k, focus, values, &ok));
  *ret = *ret && ok;
  return ok || !report ? YUTU_OK : violation(c, shape, k, focus, YUTU_ID_NONE);
}

static yutu_status check_values(checker *c, const yutu_shape *shape, const yutu_constraint *k, yutu_id focus,
                                const id_list *values, bool report, bool *ret) {
  for (size_t i = 0; i < values->n && (report || *ret); i++) {
    bool ok = true;
    if (k->kind == YUTU_SHACL_PROPERTY) {
      YUTU_TRY(check_shape(c, k->shapes.at[0], values->at[i], report, &ok));
    } else {
      yutu_term term;
      YUTU_TRY(yutu_term_get(c->snapshot, values->at[i], &term, c->err));
      YUTU_TRY(value_ok(c, k, values->at[i], &term, &ok));
      if (!ok && report)
        YUTU_TRY(violation(c, shape, k, focus, shape->path.len ? values->at[i] : YUTU_ID_NONE));
    }
    *ret = *ret && ok;
  }
  return YUTU_OK;
}

// @param report  tell of each violation; else stop at the first
static yutu_status check_shape(checker *c, const yutu_shape *shape, yutu_id focus, bool report, bool *ret) {
  id_list values = {0};
  yutu_status status = values_of(c, shape, focus, &values);
  *ret = true;
  for (uint32_t i = 0; i < shape->constraints.n && status == YUTU_OK && (report || *ret); i++) {
    const yutu_constraint *k = &shape->constraints.at[i];
    status = is_about_set(k->kind) ? check_set(c, shape, k, focus, &values, report, ret)
                                   : check_values(c, shape, k, focus, &values, report, ret);
  }
  free(values.at);
  return status;
}

// ---- targets ----

static int by_id(const void *a, const void *b) {
  const yutu_id x = *(const yutu_id *)a;
  const yutu_id y = *(const yutu_id *)b;
  return x < y ? -1 : x > y;
}

static yutu_status gather_target(const checker *c, const yutu_target *target, id_list *ret) {
  yutu_id id = YUTU_ID_NONE;
  YUTU_TRY(find(c, &target->term, &id));
  if (!id)
    return YUTU_OK;
  switch (target->kind) {
  case YUTU_TARGET_CLASS:
    return c->type ? gather(c, &(yutu_pattern){.p = c->type, .o = id}, true, ret) : YUTU_OK;
  case YUTU_TARGET_SUBJECTS_OF:
    return gather(c, &(yutu_pattern){.p = id}, true, ret);
  case YUTU_TARGET_OBJECTS_OF:
    return gather(c, &(yutu_pattern){.p = id}, false, ret);
  case YUTU_TARGET_NODE:
    return push(c, ret, id);
  }
  return YUTU_OK;
}

static yutu_status check_targets(checker *c, const yutu_shape *shape, id_list *focuses) {
  for (uint32_t i = 0; i < shape->targets.n; i++)
    YUTU_TRY(gather_target(c, &shape->targets.at[i], focuses));
  if (focuses->n)
    qsort(focuses->at, focuses->n, sizeof *focuses->at, by_id);
  for (size_t i = 0; i < focuses->n; i++) {
    if (i && focuses->at[i] == focuses->at[i - 1])
      continue;
    if (c->cancel && *c->cancel)
      return yutu_fail(c->err, YUTU_ERR_INTERRUPTED, "interrupted");
    bool ok = true;
    YUTU_TRY(check_shape(c, shape, focuses->at[i], true, &ok));
    c->checked++;
  }
  return YUTU_OK;
}

static yutu_status check_all(checker *c, const yutu_shapes *shapes) {
  const yutu_term type = yutu_iri(YUTU_SLICE(YUTU_NS_RDF "type"));
  YUTU_TRY(find(c, &type, &c->type));
  c->match = pcre2_match_data_create(1, NULL);
  c->limits = pcre2_match_context_create(NULL);
  if (!c->match || !c->limits)
    return out_of_memory(c);
  pcre2_set_match_limit(c->limits, REGEX_MATCH_LIMIT);
  for (uint32_t i = 0; i < shapes->all.n; i++) {
    id_list focuses = {0};
    const yutu_status status = check_targets(c, shapes->all.at[i], &focuses);
    free(focuses.at);
    YUTU_TRY(status);
  }
  return YUTU_OK;
}

yutu_status yutu_shapes_check(const yutu_shapes *shapes, yutu_snapshot *snapshot, const volatile sig_atomic_t *cancel,
                              yutu_violation_sink sink, void *context, uint64_t *ret_checked, yutu_error *err) {
  checker c = {.snapshot = snapshot, .cancel = cancel, .sink = sink, .context = context, .err = err};
  const yutu_status status = check_all(&c, shapes);
  pcre2_match_data_free(c.match);
  pcre2_match_context_free(c.limits);
  if (status == YUTU_OK && ret_checked)
    *ret_checked = c.checked;
  return status;
}
