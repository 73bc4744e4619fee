/// @file queries/sparql/value.h  What an expression computes with: a term, its literal already understood.
///
/// Source: SPARQL 1.1 Query Language, section 17 (operand types, effective boolean value, operator mapping,
/// RDFterm-equal) and 15.1 (order of terms).
#ifndef YUTU_QUERIES_SPARQL_VALUE_H
#define YUTU_QUERIES_SPARQL_VALUE_H

#include "base/arena.h"
#include "graph/store.h"
#include "queries/sparql/calendar.h"
#include "queries/sparql/number.h"

typedef enum {
  YUTU_VALUE_UNBOUND,
  YUTU_VALUE_BLANK,
  YUTU_VALUE_IRI,
  YUTU_VALUE_BOOLEAN,
  YUTU_VALUE_INTEGER, ///< and the types derived from it
  YUTU_VALUE_DECIMAL,
  YUTU_VALUE_FLOAT,
  YUTU_VALUE_DOUBLE,
  YUTU_VALUE_CALENDAR, ///< dates and times
  YUTU_VALUE_STRING,   ///< without a language
  YUTU_VALUE_LANGUAGE, ///< with one
  YUTU_VALUE_OTHER,    ///< a datatype not known here, or a text that is none of its type
} yutu_value_kind;

typedef struct {
  yutu_value_kind kind;
  yutu_calendar_kind calendar_kind;
  yutu_id id;       ///< when it came from a solution as it is; YUTU_ID_NONE: computed
  yutu_slice text;  ///< IRI, label, lexical form; data NULL: a computed literal, its text is not made yet
  yutu_slice extra; ///< the datatype; for LANGUAGE the language
  union {
    bool boolean;
    yutu_decimal exact; ///< INTEGER, DECIMAL
    double real;        ///< FLOAT, DOUBLE
    yutu_calendar calendar;
  };
} yutu_value;

/// Understand a term; slices are borrowed from it.
void yutu_value_of_term(const yutu_term *term, yutu_value *ret);

/// Understand an id that carries its value itself. @return false when it does not
bool yutu_value_of_inline(yutu_id id, yutu_value *ret);

enum { YUTU_VALUE_TEXT_MAX = 80 }; ///< bytes that the text of any computed literal but a string needs

_Static_assert((int)YUTU_VALUE_TEXT_MAX >= (int)YUTU_NUMBER_TEXT_MAX, "room for numbers");
_Static_assert((int)YUTU_VALUE_TEXT_MAX >= (int)YUTU_CALENDAR_TEXT_MAX, "room for dates");

/// Make the text of a computed literal if it is not there yet.
void yutu_value_need_text(yutu_value *v, yutu_arena *arena);

/// The term; slices are borrowed from the value or live in the arena.
yutu_term yutu_value_term(yutu_value *v, yutu_arena *arena);

yutu_value yutu_value_boolean(bool b);
yutu_value yutu_value_integer(int64_t n);
yutu_value yutu_value_exact(yutu_value_kind kind, yutu_decimal d);
yutu_value yutu_value_real(yutu_value_kind kind, double d);
yutu_value yutu_value_string(yutu_slice text);
yutu_value yutu_value_iri(yutu_slice iri);

static inline bool yutu_value_is_number(const yutu_value *v) {
  return v->kind >= YUTU_VALUE_INTEGER && v->kind <= YUTU_VALUE_DOUBLE;
}

static inline bool yutu_value_is_literal(const yutu_value *v) {
  return v->kind >= YUTU_VALUE_BOOLEAN;
}

double yutu_value_double(const yutu_value *v); ///< of a number

enum { YUTU_ERROR = -1 }; ///< an error in the sense of SPARQL, beside 0 and 1

/// Effective boolean value: 0, 1, or YUTU_ERROR.
int yutu_value_truth(const yutu_value *v);

/// The operator =: 0, 1, or YUTU_ERROR.
int yutu_value_equal(const yutu_value *a, const yutu_value *b);

/// Are they the same term?
bool yutu_value_same(const yutu_value *a, const yutu_value *b);

/// The operators < and >: -1, 0, 1, or YUTU_INCOMPARABLE, which is an error or, with NaN, false.
int yutu_value_compare(const yutu_value *a, const yutu_value *b);

/// A total order for ORDER BY, MIN and MAX: unbound, blank nodes, IRIs, literals; literals by kind, within a kind by
/// value, strings by code points and then by language. 0 for different terms of equal value.
int yutu_value_order(const yutu_value *a, const yutu_value *b);

#endif
