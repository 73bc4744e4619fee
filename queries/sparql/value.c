#include "queries/sparql/value.h"

#include "queries/sparql/vocabulary.h"

#include <math.h>
#include <string.h>

// ---- from terms ----

typedef struct {
  const char *name;
  yutu_value_kind kind;
  yutu_calendar_kind calendar_kind;
} datatype;

static const datatype datatypes[] = {
    {"integer", YUTU_VALUE_INTEGER, 0},
    {"decimal", YUTU_VALUE_DECIMAL, 0},
    {"double", YUTU_VALUE_DOUBLE, 0},
    {"boolean", YUTU_VALUE_BOOLEAN, 0},
    {"date", YUTU_VALUE_CALENDAR, YUTU_CALENDAR_DATE},
    {"dateTime", YUTU_VALUE_CALENDAR, YUTU_CALENDAR_DATE_TIME},
    {"gYear", YUTU_VALUE_CALENDAR, YUTU_CALENDAR_YEAR},
    {"float", YUTU_VALUE_FLOAT, 0},
    {"int", YUTU_VALUE_INTEGER, 0},
    {"long", YUTU_VALUE_INTEGER, 0},
    {"short", YUTU_VALUE_INTEGER, 0},
    {"byte", YUTU_VALUE_INTEGER, 0},
    {"nonNegativeInteger", YUTU_VALUE_INTEGER, 0},
    {"positiveInteger", YUTU_VALUE_INTEGER, 0},
    {"nonPositiveInteger", YUTU_VALUE_INTEGER, 0},
    {"negativeInteger", YUTU_VALUE_INTEGER, 0},
    {"unsignedLong", YUTU_VALUE_INTEGER, 0},
    {"unsignedInt", YUTU_VALUE_INTEGER, 0},
    {"unsignedShort", YUTU_VALUE_INTEGER, 0},
    {"unsignedByte", YUTU_VALUE_INTEGER, 0},
    {"time", YUTU_VALUE_CALENDAR, YUTU_CALENDAR_TIME},
    {"gYearMonth", YUTU_VALUE_CALENDAR, YUTU_CALENDAR_YEAR_MONTH},
    {"gMonth", YUTU_VALUE_CALENDAR, YUTU_CALENDAR_MONTH},
    {"gMonthDay", YUTU_VALUE_CALENDAR, YUTU_CALENDAR_MONTH_DAY},
    {"gDay", YUTU_VALUE_CALENDAR, YUTU_CALENDAR_DAY},
    {"dateTimeStamp", YUTU_VALUE_CALENDAR, YUTU_CALENDAR_DATE_TIME},
    {"string", YUTU_VALUE_STRING, 0},
};

static const datatype *datatype_of(yutu_slice iri) {
  const size_t space = sizeof YUTU_XSD - 1;
  if (iri.len <= space || memcmp(iri.data, YUTU_XSD, space) != 0)
    return NULL;
  const yutu_slice name = {iri.data + space, iri.len - space};
  for (size_t i = 0; i < sizeof datatypes / sizeof *datatypes; i++) {
    if (datatypes[i].name[0] == name.data[0] && yutu_slice_eq(name, yutu_slice_of(datatypes[i].name)))
      return &datatypes[i];
  }
  return NULL;
}

static bool parse_boolean(yutu_slice text, bool *ret) {
  *ret = yutu_slice_eq(text, YUTU_SLICE("true")) || yutu_slice_eq(text, YUTU_SLICE("1"));
  return *ret || yutu_slice_eq(text, YUTU_SLICE("false")) || yutu_slice_eq(text, YUTU_SLICE("0"));
}

/// The derived integer types have bounds.
static bool in_range(yutu_decimal d, const char *name) {
  static const struct {
    const char *name;
    bool has_min, has_max;
    __int128 min, max;
  } bounds[] = {
      {"int", true, true, INT32_MIN, INT32_MAX},    {"long", true, true, INT64_MIN, INT64_MAX},
      {"short", true, true, INT16_MIN, INT16_MAX},  {"byte", true, true, INT8_MIN, INT8_MAX},
      {"nonNegativeInteger", true, false, 0, 0},    {"positiveInteger", true, false, 1, 0},
      {"nonPositiveInteger", false, true, 0, 0},    {"negativeInteger", false, true, 0, -1},
      {"unsignedLong", true, true, 0, UINT64_MAX},  {"unsignedInt", true, true, 0, UINT32_MAX},
      {"unsignedShort", true, true, 0, UINT16_MAX}, {"unsignedByte", true, true, 0, UINT8_MAX},
  };
  for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
    if (strcmp(name, bounds[i].name) == 0)
      return (!bounds[i].has_min || d.mantissa >= bounds[i].min) && (!bounds[i].has_max || d.mantissa <= bounds[i].max);
  }
  return true;
}

static bool understand(yutu_value *v, const datatype *type) {
  switch (type->kind) {
  case YUTU_VALUE_BOOLEAN:
    return parse_boolean(v->text, &v->boolean);
  case YUTU_VALUE_INTEGER:
    return yutu_integer_parse(v->text, &v->exact) && (type == datatypes || in_range(v->exact, type->name));
  case YUTU_VALUE_DECIMAL:
    return yutu_decimal_parse(v->text, &v->exact);
  case YUTU_VALUE_FLOAT:
    if (!yutu_double_parse(v->text, &v->real))
      return false;
    v->real = (double)(float)v->real;
    return true;
  case YUTU_VALUE_DOUBLE:
    return yutu_double_parse(v->text, &v->real);
  case YUTU_VALUE_CALENDAR:
    v->calendar_kind = type->calendar_kind;
    return yutu_calendar_parse(v->text, type->calendar_kind, &v->calendar);
  default:
    return true;
  }
}

void yutu_value_of_term(const yutu_term *term, yutu_value *ret) {
  yutu_value v = {.text = term->value};
  switch (term->kind) {
  case YUTU_TERM_NONE:
    break;
  case YUTU_TERM_IRI:
    v.kind = YUTU_VALUE_IRI;
    break;
  case YUTU_TERM_BLANK:
    v.kind = YUTU_VALUE_BLANK;
    break;
  case YUTU_TERM_LITERAL:
    if (term->language.len) {
      v.kind = YUTU_VALUE_LANGUAGE;
      v.extra = term->language;
    } else if (!term->datatype.len) {
      v.kind = YUTU_VALUE_STRING;
    } else {
      v.extra = term->datatype;
      const datatype *type = datatype_of(term->datatype);
      v.kind = type && understand(&v, type) ? type->kind : YUTU_VALUE_OTHER;
    }
    if (!v.text.data)
      v.text.data = "";
  }
  *ret = v;
}

bool yutu_value_of_inline(yutu_id id, yutu_value *ret) {
  yutu_inline_value in;
  const yutu_inline_kind kind = yutu_id_inline(id, &in);
  yutu_value v = {.id = id};
  switch (kind) {
  case YUTU_INLINE_NONE:
    return false;
  case YUTU_INLINE_INTEGER:
    v.kind = YUTU_VALUE_INTEGER;
    v.exact = (yutu_decimal){in.integer, 0};
    v.extra = YUTU_SLICE(YUTU_XSD "integer");
    break;
  case YUTU_INLINE_DECIMAL:
    v.kind = YUTU_VALUE_DECIMAL;
    v.exact = (yutu_decimal){in.integer, (uint8_t)in.scale};
    v.extra = YUTU_SLICE(YUTU_XSD "decimal");
    break;
  case YUTU_INLINE_BOOLEAN:
    v.kind = YUTU_VALUE_BOOLEAN;
    v.boolean = in.integer != 0;
    v.extra = YUTU_SLICE(YUTU_XSD "boolean");
    break;
  case YUTU_INLINE_DATE:
    v.kind = YUTU_VALUE_CALENDAR;
    v.calendar_kind = YUTU_CALENDAR_DATE;
    v.calendar = yutu_calendar_of_days(in.integer);
    v.extra = YUTU_SLICE(YUTU_XSD "date");
    break;
  case YUTU_INLINE_YEAR:
    v.kind = YUTU_VALUE_CALENDAR;
    v.calendar_kind = YUTU_CALENDAR_YEAR;
    v.calendar = yutu_calendar_of_year(in.integer);
    v.extra = YUTU_SLICE(YUTU_XSD "gYear");
    break;
  }
  *ret = v;
  return true;
}

// ---- to terms ----

void yutu_value_need_text(yutu_value *v, yutu_arena *arena) {
  if (v->text.data || v->kind == YUTU_VALUE_UNBOUND)
    return;
  char text[YUTU_VALUE_TEXT_MAX];
  size_t n = 0;
  switch (v->kind) {
  case YUTU_VALUE_BOOLEAN:
    v->text = v->boolean ? YUTU_SLICE("true") : YUTU_SLICE("false");
    return;
  case YUTU_VALUE_INTEGER:
  case YUTU_VALUE_DECIMAL:
    n = yutu_decimal_format(v->exact, text);
    break;
  case YUTU_VALUE_FLOAT:
  case YUTU_VALUE_DOUBLE:
    n = yutu_double_format(v->real, v->kind == YUTU_VALUE_FLOAT, text);
    break;
  case YUTU_VALUE_CALENDAR:
    n = yutu_calendar_format(&v->calendar, v->calendar_kind, text);
    break;
  default:
    break;
  }
  v->text = (yutu_slice){yutu_arena_strndup(arena, text, n), n};
}

yutu_term yutu_value_term(yutu_value *v, yutu_arena *arena) {
  yutu_value_need_text(v, arena);
  switch (v->kind) {
  case YUTU_VALUE_UNBOUND:
    return (yutu_term){0};
  case YUTU_VALUE_BLANK:
    return (yutu_term){.kind = YUTU_TERM_BLANK, .value = v->text};
  case YUTU_VALUE_IRI:
    return yutu_iri(v->text);
  case YUTU_VALUE_STRING:
    return yutu_text(v->text, (yutu_slice){NULL, 0});
  case YUTU_VALUE_LANGUAGE:
    return yutu_text(v->text, v->extra);
  default:
    return yutu_typed(v->text, v->extra);
  }
}

yutu_value yutu_value_boolean(bool b) {
  return (yutu_value){.kind = YUTU_VALUE_BOOLEAN, .boolean = b, .extra = YUTU_SLICE(YUTU_XSD "boolean")};
}

yutu_value yutu_value_exact(yutu_value_kind kind, yutu_decimal d) {
  return (yutu_value){.kind = kind,
                      .exact = d,
                      .extra =
                          kind == YUTU_VALUE_INTEGER ? YUTU_SLICE(YUTU_XSD "integer") : YUTU_SLICE(YUTU_XSD "decimal")};
}

yutu_value yutu_value_integer(int64_t n) {
  return yutu_value_exact(YUTU_VALUE_INTEGER, (yutu_decimal){n, 0});
}

yutu_value yutu_value_real(yutu_value_kind kind, double d) {
  return (yutu_value){.kind = kind,
                      .real = kind == YUTU_VALUE_FLOAT ? (double)(float)d : d,
                      .extra = kind == YUTU_VALUE_FLOAT ? YUTU_SLICE(YUTU_XSD "float") : YUTU_SLICE(YUTU_XSD "double")};
}

yutu_value yutu_value_string(yutu_slice text) {
  return (yutu_value){.kind = YUTU_VALUE_STRING, .text = {text.data ? text.data : "", text.len}};
}

yutu_value yutu_value_iri(yutu_slice iri) {
  return (yutu_value){.kind = YUTU_VALUE_IRI, .text = iri};
}

double yutu_value_double(const yutu_value *v) {
  return v->kind <= YUTU_VALUE_DECIMAL ? yutu_decimal_to_double(v->exact) : v->real;
}

// ---- operators ----

/// A literal of a boolean or numeric type whose text is none of it.
static bool is_ill_typed(const yutu_value *v) {
  const datatype *type = v->kind == YUTU_VALUE_OTHER ? datatype_of(v->extra) : NULL;
  return type && type->kind >= YUTU_VALUE_BOOLEAN && type->kind <= YUTU_VALUE_DOUBLE;
}

int yutu_value_truth(const yutu_value *v) {
  switch (v->kind) {
  case YUTU_VALUE_BOOLEAN:
    return v->boolean;
  case YUTU_VALUE_INTEGER:
  case YUTU_VALUE_DECIMAL:
    return v->exact.mantissa != 0;
  case YUTU_VALUE_FLOAT:
  case YUTU_VALUE_DOUBLE:
    return v->real != 0 && !isnan(v->real);
  case YUTU_VALUE_STRING:
    return v->text.len > 0;
  default:
    return is_ill_typed(v) ? 0 : YUTU_ERROR;
  }
}

bool yutu_value_same(const yutu_value *a, const yutu_value *b) {
  if (a->id && b->id)
    return a->id == b->id;
  yutu_value x = *a, y = *b;
  char room[2][YUTU_VALUE_TEXT_MAX];
  yutu_value *both[] = {&x, &y};
  if (a->kind != b->kind)
    return false;
  for (int i = 0; i < 2; i++) { // texts of computed literals, without an arena
    yutu_value *v = both[i];
    if (v->text.data)
      continue;
    size_t n = 0;
    if (v->kind == YUTU_VALUE_INTEGER || v->kind == YUTU_VALUE_DECIMAL)
      n = yutu_decimal_format(v->exact, room[i]);
    else if (v->kind == YUTU_VALUE_FLOAT || v->kind == YUTU_VALUE_DOUBLE)
      n = yutu_double_format(v->real, v->kind == YUTU_VALUE_FLOAT, room[i]);
    else if (v->kind == YUTU_VALUE_CALENDAR)
      n = yutu_calendar_format(&v->calendar, v->calendar_kind, room[i]);
    else if (v->kind == YUTU_VALUE_BOOLEAN)
      n = (size_t)(stpcpy(room[i], v->boolean ? "true" : "false") - room[i]);
    v->text = (yutu_slice){room[i], n};
  }
  return yutu_slice_eq(x.text, y.text) && yutu_slice_eq(x.extra, y.extra);
}

static int compare_numbers(const yutu_value *a, const yutu_value *b) {
  if (a->kind <= YUTU_VALUE_DECIMAL && b->kind <= YUTU_VALUE_DECIMAL)
    return yutu_decimal_compare(a->exact, b->exact);
  double x = yutu_value_double(a), y = yutu_value_double(b);
  if (a->kind != YUTU_VALUE_DOUBLE && b->kind != YUTU_VALUE_DOUBLE) { // promoted to float
    x = (double)(float)x;
    y = (double)(float)y;
  }
  if (isnan(x) || isnan(y))
    return YUTU_INCOMPARABLE;
  return (x > y) - (x < y);
}

static int compare_slices(yutu_slice a, yutu_slice b) {
  const int c = yutu_slice_cmp(a, b);
  return (c > 0) - (c < 0);
}

int yutu_value_compare(const yutu_value *a, const yutu_value *b) {
  if (yutu_value_is_number(a) && yutu_value_is_number(b))
    return compare_numbers(a, b);
  if (a->kind != b->kind)
    return YUTU_INCOMPARABLE;
  switch (a->kind) {
  case YUTU_VALUE_STRING:
    return compare_slices(a->text, b->text);
  case YUTU_VALUE_LANGUAGE: // an extension that the standard allows: strings of one language
    return yutu_slice_eq(a->extra, b->extra) ? compare_slices(a->text, b->text) : YUTU_INCOMPARABLE;
  case YUTU_VALUE_BOOLEAN:
    return a->boolean - b->boolean;
  case YUTU_VALUE_CALENDAR:
    return a->calendar_kind == b->calendar_kind ? yutu_calendar_compare(&a->calendar, &b->calendar) : YUTU_INCOMPARABLE;
  default:
    return YUTU_INCOMPARABLE;
  }
}

int yutu_value_equal(const yutu_value *a, const yutu_value *b) {
  if (a->kind == YUTU_VALUE_UNBOUND || b->kind == YUTU_VALUE_UNBOUND)
    return YUTU_ERROR;
  if (yutu_value_is_number(a) && yutu_value_is_number(b))
    return compare_numbers(a, b) == 0;
  if (!yutu_value_is_literal(a) || !yutu_value_is_literal(b))
    return yutu_value_same(a, b);
  if (a->kind != b->kind && (a->kind == YUTU_VALUE_LANGUAGE || b->kind == YUTU_VALUE_LANGUAGE))
    return 0; // whatever the other means, it has no language
  if (a->kind == YUTU_VALUE_OTHER || b->kind == YUTU_VALUE_OTHER)
    return yutu_value_same(a, b) ? 1 : YUTU_ERROR; // two literals that may mean the same
  if (a->kind != b->kind)
    return 0;
  switch (a->kind) {
  case YUTU_VALUE_STRING:
    return yutu_slice_eq(a->text, b->text);
  case YUTU_VALUE_LANGUAGE:
    return yutu_slice_eq(a->text, b->text) && yutu_slice_eq(a->extra, b->extra);
  case YUTU_VALUE_BOOLEAN:
    return a->boolean == b->boolean;
  default:
    break;
  }
  if (a->calendar_kind != b->calendar_kind)
    return 0;
  const int c = yutu_calendar_compare(&a->calendar, &b->calendar);
  return c == YUTU_INCOMPARABLE ? YUTU_ERROR : c == 0;
}

/// Kinds whose values are put in order together.
static int family(const yutu_value *v) {
  static const int families[] = {0, 1, 2, 3, 4, 4, 4, 4, 5, 6, 6, 7};
  return families[v->kind];
}

static int order_numbers(const yutu_value *a, const yutu_value *b) {
  const int c = compare_numbers(a, b);
  if (c != YUTU_INCOMPARABLE)
    return c;
  return (int)isnan(yutu_value_double(b)) - (int)isnan(yutu_value_double(a)); // NaN before all numbers
}

int yutu_value_order(const yutu_value *a, const yutu_value *b) {
  if (family(a) != family(b))
    return family(a) < family(b) ? -1 : 1;
  int c = 0;
  switch (a->kind) {
  case YUTU_VALUE_UNBOUND:
    return 0;
  case YUTU_VALUE_BOOLEAN:
    return a->boolean - b->boolean;
  case YUTU_VALUE_INTEGER:
  case YUTU_VALUE_DECIMAL:
  case YUTU_VALUE_FLOAT:
  case YUTU_VALUE_DOUBLE:
    return order_numbers(a, b);
  case YUTU_VALUE_CALENDAR:
    c = (int)a->calendar_kind - (int)b->calendar_kind;
    return c ? c : yutu_calendar_order(&a->calendar, &b->calendar);
  default:
    c = compare_slices(a->text, b->text);
    return c ? c : compare_slices(a->extra, b->extra);
  }
}
