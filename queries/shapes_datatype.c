// sh:datatype: SHACL has a literal like "abc"^^xsd:integer violate it too.
#include "ontology/vocabulary.h"
#include "queries/shapes_model.h"
#include "queries/sparql/calendar.h"
#include "queries/sparql/number.h"

// However many digits: a number too long to calculate with is a number all the same.
static bool is_decimal(yutu_slice text, bool may_have_point) {
  size_t digits = 0;
  size_t points = 0;
  for (size_t i = text.len && (text.data[0] == '+' || text.data[0] == '-'); i < text.len; i++) {
    if (text.data[i] >= '0' && text.data[i] <= '9')
      digits++;
    else if (text.data[i] == '.' && may_have_point)
      points++;
    else
      return false;
  }
  return digits > 0 && points <= 1;
}

static bool is_boolean(yutu_slice text) {
  return yutu_slice_eq(text, YUTU_SLICE("true")) || yutu_slice_eq(text, YUTU_SLICE("false")) ||
         yutu_slice_eq(text, YUTU_SLICE("1")) || yutu_slice_eq(text, YUTU_SLICE("0"));
}

static bool is_date_or_time(yutu_slice text, yutu_slice name, bool *ret_known) {
  static const struct {
    const char *name;
    yutu_calendar_kind kind;
  } kinds[] = {{"date", YUTU_CALENDAR_DATE},           {"dateTime", YUTU_CALENDAR_DATE_TIME},
               {"time", YUTU_CALENDAR_TIME},           {"gYear", YUTU_CALENDAR_YEAR},
               {"gMonth", YUTU_CALENDAR_MONTH},        {"gYearMonth", YUTU_CALENDAR_YEAR_MONTH},
               {"gMonthDay", YUTU_CALENDAR_MONTH_DAY}, {"gDay", YUTU_CALENDAR_DAY}};
  yutu_calendar parsed;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (yutu_slice_eq(name, yutu_slice_of(kinds[i].name)))
      return yutu_calendar_parse(text, kinds[i].kind, &parsed);
  *ret_known = false;
  return false;
}

static bool is_well_formed(yutu_slice text, yutu_slice datatype) {
  const yutu_slice xsd = YUTU_SLICE(YUTU_NS_XSD);
  if (!yutu_slice_starts(datatype, xsd))
    return true;
  const yutu_slice name = {datatype.data + xsd.len, datatype.len - xsd.len};
  double number;
  bool known = true;
  if (yutu_slice_eq(name, YUTU_SLICE("integer")) || yutu_slice_eq(name, YUTU_SLICE("decimal")))
    return is_decimal(text, name.data[0] == 'd');
  if (yutu_slice_eq(name, YUTU_SLICE("double")) || yutu_slice_eq(name, YUTU_SLICE("float")))
    return yutu_double_parse(text, &number);
  if (yutu_slice_eq(name, YUTU_SLICE("boolean")))
    return is_boolean(text);
  return is_date_or_time(text, name, &known) || !known;
}

bool yutu_shapes_datatype(const yutu_term *term, yutu_slice datatype) {
  if (term->kind != YUTU_TERM_LITERAL)
    return false;
  if (term->language.len)
    return yutu_slice_eq(datatype, YUTU_SLICE(YUTU_NS_RDF "langString"));
  return yutu_slice_eq(datatype, term->datatype.len ? term->datatype : YUTU_SLICE(YUTU_NS_XSD "string")) &&
         is_well_formed(term->value, datatype);
}
