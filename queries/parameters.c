// Values that a person types, as terms: the part of catalogue.h that looks things up.
#include "base/buffer.h"
#include "ontology/vocabulary.h"
#include "queries/catalogue.h"

#include <string.h>

typedef struct {
  const yutu_catalogue_entry *entry;
  const yutu_query *query;
  const yutu_parameter_source *source;
  const char *name; // NUL-terminated
  yutu_slice value;
  yutu_candidates *ret_candidates;
  yutu_error *err;
} binding;

static bool digits(const char *s, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (s[i] < '0' || s[i] > '9')
      return false;
  return n > 0;
}

// 2021, 2021-05 or 2021-05-01: its XSD datatype, or NULL.
static const char *date_type(yutu_slice v) {
  if (v.len == 4 && digits(v.data, 4))
    return YUTU_NS_XSD "gYear";
  if (v.len < 7 || !digits(v.data, 4) || v.data[4] != '-' || !digits(v.data + 5, 2))
    return NULL;
  const int month = (v.data[5] - '0') * 10 + v.data[6] - '0';
  if (month < 1 || month > 12)
    return NULL;
  if (v.len == 7)
    return YUTU_NS_XSD "gYearMonth";
  if (v.len != 10 || v.data[7] != '-' || !digits(v.data + 8, 2))
    return NULL;
  const int day = (v.data[8] - '0') * 10 + v.data[9] - '0';
  return day >= 1 && day <= 31 ? YUTU_NS_XSD "date" : NULL;
}

// -12 or 3.5: its XSD datatype, or NULL.
static const char *number_type(yutu_slice v) {
  const char *p = v.data;
  const char *end = v.data + v.len;
  if (p < end && (*p == '-' || *p == '+'))
    p++;
  const char *dot = memchr(p, '.', (size_t)(end - p));
  if (!dot)
    return digits(p, (size_t)(end - p)) ? YUTU_NS_XSD "integer" : NULL;
  return digits(p, (size_t)(dot - p)) && digits(dot + 1, (size_t)(end - dot - 1)) ? YUTU_NS_XSD "decimal" : NULL;
}

static bool is_iri(yutu_slice v) {
  return v.len > 2 && v.data[0] == '<' && v.data[v.len - 1] == '>';
}

static yutu_status bind_term(const binding *b, yutu_term term) {
  return b->source->bind(b->source->context, b->name, &term, b->err);
}

static yutu_status bind_iri(const binding *b) {
  return bind_term(b, yutu_iri((yutu_slice){b->value.data + 1, b->value.len - 2}));
}

static yutu_status bind_typed(const binding *b, const char *type, const char *wanted) {
  if (!type)
    return yutu_fail(b->err, YUTU_ERR_USAGE, "--%s takes %s, not '%.*s'", b->name, wanted, (int)b->value.len,
                     b->value.data);
  return bind_term(b, yutu_typed(b->value, yutu_slice_of(type)));
}

static yutu_status bind_class(const binding *b) {
  for (yutu_class cls = YUTU_CLASS_NONE + 1; cls < YUTU_CLASS_COUNT; cls++) {
    const char *name = yutu_class_name(cls);
    if (yutu_slice_eq(b->value, yutu_slice_of(name)) ||
        yutu_slice_eq(b->value, yutu_slice_of(yutu_class_label(cls, true))) ||
        yutu_slice_eq(b->value, yutu_slice_of(yutu_class_label(cls, false)))) {
      char iri[200];
      snprintf(iri, sizeof iri, "%s%s", YUTU_NS, name);
      return bind_term(b, yutu_iri(yutu_slice_of(iri)));
    }
  }
  return yutu_fail(b->err, YUTU_ERR_USAGE, "--%s takes a class such as Company, University or Zone, not '%.*s'",
                   b->name, (int)b->value.len, b->value.data);
}

static yutu_status bind_entity(const binding *b, uint64_t classes) {
  yutu_candidate found;
  YUTU_TRY(b->source->thing(b->source->context, classes, b->value, &found, b->ret_candidates, b->err));
  return bind_term(b, yutu_iri(found.iri));
}

static yutu_status bind_article(const binding *b) {
  yutu_slice iri = {NULL, 0};
  YUTU_TRY(b->source->article(b->source->context, b->value, &iri, b->err));
  return bind_term(b, yutu_iri(iri));
}

static yutu_status bind_kind(const binding *b, yutu_slice kind) {
  if (yutu_slice_eq(kind, YUTU_SLICE("text")))
    return bind_term(b, yutu_text(b->value, (yutu_slice){NULL, 0}));
  if (yutu_slice_eq(kind, YUTU_SLICE("number")))
    return bind_typed(b, number_type(b->value), "a number");
  if (yutu_slice_eq(kind, YUTU_SLICE("year")))
    return bind_typed(b, b->value.len == 4 ? date_type(b->value) : NULL, "a year");
  if (yutu_slice_eq(kind, YUTU_SLICE("date")))
    return bind_typed(b, date_type(b->value), "a date such as 2021, 2021-05 or 2021-05-01");
  if (is_iri(b->value))
    return bind_iri(b);
  if (yutu_slice_eq(kind, YUTU_SLICE("article")))
    return bind_article(b);
  if (yutu_slice_eq(kind, YUTU_SLICE("class")))
    return bind_class(b);
  uint64_t classes = 0;
  yutu_slice word;
  while (yutu_slice_split(&kind, '|', &word))
    classes |= yutu_class_set(word);
  return bind_entity(b, classes);
}

// A parameter that nothing is said of: by the look of its value.
static yutu_status bind_guess(const binding *b) {
  if (is_iri(b->value))
    return bind_iri(b);
  const char *type = b->value.len > 4 ? date_type(b->value) : NULL; // four digits are a number
  type = type ? type : number_type(b->value);
  return type ? bind_term(b, yutu_typed(b->value, yutu_slice_of(type))) : bind_entity(b, UINT64_MAX);
}

static bool has_variable(const yutu_query *query, yutu_slice name) {
  size_t n = 0;
  const yutu_slice *variables = yutu_query_variables(query, &n);
  for (size_t i = 0; i < n; i++)
    if (yutu_slice_eq(variables[i], name))
      return true;
  return false;
}

yutu_status yutu_catalogue_bind_at(const yutu_catalogue_entry *entry, const yutu_query *query,
                                   const yutu_parameter_source *source, yutu_slice name, yutu_slice value,
                                   yutu_candidates *ret_candidates, yutu_error *err) {
  char text[128];
  ret_candidates->n = 0;
  if (name.len >= sizeof text)
    return yutu_fail(err, YUTU_ERR_USAGE, "no parameter is called '%.*s'", (int)name.len, name.data);
  memcpy(text, name.data, name.len);
  text[name.len] = '\0';
  const binding b = {entry, query, source, text, value, ret_candidates, err};
  for (size_t i = 0; i < entry->n_parameters; i++)
    if (yutu_slice_eq(entry->parameters[i].name, name))
      return bind_kind(&b, entry->parameters[i].kind);
  if (!entry->n_parameters && !entry->zh.len)
    return has_variable(query, name) ? bind_guess(&b)
                                     : yutu_fail(err, YUTU_ERR_USAGE, "the query has no variable ?%s", text);
  yutu_buffer list = YUTU_BUFFER_INIT;
  for (size_t i = 0; i < entry->n_parameters; i++)
    yutu_buffer_printf(&list, "%s--%.*s", i ? ", " : "", (int)entry->parameters[i].name.len,
                       entry->parameters[i].name.data);
  const yutu_status status = yutu_fail(err, YUTU_ERR_USAGE, "%.*s has no parameter --%s; it has %s",
                                       (int)entry->name.len, entry->name.data, text, list.data ? list.data : "none");
  yutu_buffer_free(&list);
  return status;
}

// ---- a snapshot as the source ----

typedef struct {
  yutu_query *query;
  yutu_snapshot *snapshot;
} local;

static yutu_status local_thing(void *context, uint64_t classes, yutu_slice name, yutu_candidate *ret,
                               yutu_candidates *ret_candidates, yutu_error *err) {
  return yutu_names_one(((const local *)context)->snapshot, classes, name, ret, ret_candidates, err);
}

static yutu_status local_article(void *context, yutu_slice name, yutu_slice *ret_iri, yutu_error *err) {
  return yutu_names_article(((const local *)context)->snapshot, name, ret_iri, err);
}

static yutu_status local_bind(void *context, const char *name, const yutu_term *term, yutu_error *err) {
  return yutu_query_bind(((const local *)context)->query, name, term, err);
}

yutu_status yutu_catalogue_bind(const yutu_catalogue_entry *entry, yutu_query *query, yutu_snapshot *snapshot,
                                yutu_slice name, yutu_slice value, yutu_candidates *ret_candidates, yutu_error *err) {
  local context = {query, snapshot};
  const yutu_parameter_source source = {local_thing, local_article, local_bind, &context};
  return yutu_catalogue_bind_at(entry, query, &source, name, value, ret_candidates, err);
}
