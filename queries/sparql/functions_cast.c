#include "queries/sparql/functions_table.h"
#include "queries/sparql/vocabulary.h"

#include <math.h>

/// The text of a string without white space around it, as XSD reads all types but strings.
static bool text_of(const yutu_value *v, yutu_slice *ret) {
  if (v->kind != YUTU_VALUE_STRING)
    return false;
  *ret = yutu_slice_trim(v->text);
  return true;
}

/// Read a text as a literal of a type; an error when it is none.
static bool read_as(yutu_slice text, yutu_slice datatype, yutu_value_kind kind, yutu_value *ret) {
  const yutu_term term = yutu_typed(text, datatype);
  yutu_value_of_term(&term, ret);
  return ret->kind == kind;
}

YUTU_EAGER(cast_string) {
  (void)n;
  yutu_value v = *args;
  char text[YUTU_NUMBER_TEXT_MAX];
  switch (v.kind) {
  case YUTU_VALUE_BLANK:
  case YUTU_VALUE_UNBOUND:
    return false;
  case YUTU_VALUE_BOOLEAN:
    *ret = yutu_value_string(v.boolean ? YUTU_SLICE("true") : YUTU_SLICE("false"));
    return true;
  case YUTU_VALUE_INTEGER:
  case YUTU_VALUE_DECIMAL:
    *ret = yutu_value_string(yutu_exec_copy(x, (yutu_slice){text, yutu_decimal_format(v.exact, text)}));
    return true;
  case YUTU_VALUE_FLOAT:
  case YUTU_VALUE_DOUBLE: {
    const size_t len = yutu_double_format_plain(v.real, v.kind == YUTU_VALUE_FLOAT, text);
    *ret = yutu_value_string(yutu_exec_copy(x, (yutu_slice){text, len}));
    return true;
  }
  default:
    yutu_value_need_text(&v, x->scratch);
    *ret = yutu_value_string(v.text);
    return true;
  }
}

YUTU_EAGER(cast_boolean) {
  (void)x, (void)n;
  yutu_slice text;
  if (text_of(args, &text))
    return read_as(text, YUTU_SLICE(YUTU_XSD "boolean"), YUTU_VALUE_BOOLEAN, ret) &&
           (*ret = yutu_value_boolean(ret->boolean), true);
  if (args->kind != YUTU_VALUE_BOOLEAN && !yutu_value_is_number(args))
    return false;
  *ret = yutu_value_boolean(yutu_value_truth(args) == 1);
  return true;
}

/// A number as an exact one.
static bool exact_of(const yutu_value *v, yutu_decimal *ret) {
  if (v->kind == YUTU_VALUE_BOOLEAN)
    *ret = (yutu_decimal){v->boolean, 0};
  else if (v->kind == YUTU_VALUE_INTEGER || v->kind == YUTU_VALUE_DECIMAL)
    *ret = v->exact;
  else
    return yutu_value_is_number(v) && yutu_decimal_of_double(v->real, ret);
  return true;
}

YUTU_EAGER(cast_integer) {
  (void)x, (void)n;
  yutu_slice text;
  yutu_decimal d;
  if (text_of(args, &text) ? !yutu_integer_parse(text, &d) : !exact_of(args, &d))
    return false;
  *ret = yutu_value_exact(YUTU_VALUE_INTEGER, yutu_decimal_round(d, YUTU_ROUND_TRUNCATE));
  return true;
}

YUTU_EAGER(cast_decimal) {
  (void)x, (void)n;
  yutu_slice text;
  yutu_decimal d;
  if (text_of(args, &text) ? !yutu_decimal_parse(text, &d) : !exact_of(args, &d))
    return false;
  *ret = yutu_value_exact(YUTU_VALUE_DECIMAL, d);
  return true;
}

static bool cast_real(const yutu_value *v, yutu_value_kind kind, yutu_value *ret) {
  yutu_slice text;
  double d;
  if (text_of(v, &text)) {
    if (!yutu_double_parse(text, &d))
      return false;
  } else if (v->kind == YUTU_VALUE_BOOLEAN) {
    d = v->boolean;
  } else if (yutu_value_is_number(v)) {
    d = yutu_value_double(v);
  } else {
    return false;
  }
  *ret = yutu_value_real(kind, d);
  return true;
}

YUTU_EAGER(cast_float) {
  (void)x, (void)n;
  return cast_real(args, YUTU_VALUE_FLOAT, ret);
}

YUTU_EAGER(cast_double) {
  (void)x, (void)n;
  return cast_real(args, YUTU_VALUE_DOUBLE, ret);
}

YUTU_EAGER(cast_datetime) {
  (void)x, (void)n;
  yutu_slice text;
  if (text_of(args, &text))
    return read_as(text, YUTU_SLICE(YUTU_XSD "dateTime"), YUTU_VALUE_CALENDAR, ret);
  if (args->kind != YUTU_VALUE_CALENDAR || args->calendar_kind > YUTU_CALENDAR_DATE)
    return false;
  *ret = *args;
  if (args->calendar_kind == YUTU_CALENDAR_DATE) { // its first instant
    *ret = (yutu_value){.kind = YUTU_VALUE_CALENDAR,
                        .calendar_kind = YUTU_CALENDAR_DATE_TIME,
                        .calendar = args->calendar,
                        .extra = YUTU_SLICE(YUTU_XSD "dateTime")};
  }
  return true;
}

YUTU_EAGER(cast_date) {
  (void)x, (void)n;
  yutu_slice text;
  if (text_of(args, &text))
    return read_as(text, YUTU_SLICE(YUTU_XSD "date"), YUTU_VALUE_CALENDAR, ret);
  if (args->kind != YUTU_VALUE_CALENDAR || args->calendar_kind > YUTU_CALENDAR_DATE)
    return false;
  *ret = *args;
  if (args->calendar_kind == YUTU_CALENDAR_DATE_TIME) {
    yutu_calendar c = args->calendar;
    c.seconds -= c.hour * 3600 + c.minute * 60 + c.second;
    c.hour = c.minute = c.second = 0;
    c.fraction = 0;
    *ret = (yutu_value){.kind = YUTU_VALUE_CALENDAR,
                        .calendar_kind = YUTU_CALENDAR_DATE,
                        .calendar = c,
                        .extra = YUTU_SLICE(YUTU_XSD "date")};
  }
  return true;
}
