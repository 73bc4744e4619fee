/// @file queries/sparql/number.h  Numbers: exact decimals of 38 digits, and XSD's text forms of floats.
///
/// Integers and decimals are exact; what leaves the 127 bits of a mantissa is an error of the expression, never a wrong
/// digit. A quotient has at most 18 digits behind the point, cut off (XPath leaves this to the implementation).
///
/// Source: XML Schema Definition Language 1.1 Part 2; XPath and XQuery Functions and Operators 3.1, section 4.
#ifndef YUTU_QUERIES_SPARQL_NUMBER_H
#define YUTU_QUERIES_SPARQL_NUMBER_H

#include "base/slice.h"

/// mantissa / 10^scale. For integers the scale is 0.
typedef struct {
  __int128 mantissa;
  uint8_t scale;
} yutu_decimal;

enum {
  YUTU_DECIMAL_SCALE_MAX = 38,
  YUTU_DECIMAL_QUOTIENT_DIGITS = 18,
  YUTU_NUMBER_TEXT_MAX = 64, ///< bytes that any number needs as text
};

/// Take exactly an xsd:integer / xsd:decimal. @return false: not one, or too long
bool yutu_integer_parse(yutu_slice text, yutu_decimal *ret);
bool yutu_decimal_parse(yutu_slice text, yutu_decimal *ret);

/// Take exactly an xsd:double or xsd:float.
bool yutu_double_parse(yutu_slice text, double *ret);

/// All give false on overflow (and division by zero).
bool yutu_decimal_add(yutu_decimal a, yutu_decimal b, yutu_decimal *ret);
bool yutu_decimal_subtract(yutu_decimal a, yutu_decimal b, yutu_decimal *ret);
bool yutu_decimal_multiply(yutu_decimal a, yutu_decimal b, yutu_decimal *ret);
bool yutu_decimal_divide(yutu_decimal a, yutu_decimal b, yutu_decimal *ret);

int yutu_decimal_compare(yutu_decimal a, yutu_decimal b);
double yutu_decimal_to_double(yutu_decimal a);
bool yutu_decimal_of_double(double d, yutu_decimal *ret); ///< false for what is no number or too large

typedef enum { YUTU_ROUND_HALF_UP, YUTU_ROUND_FLOOR, YUTU_ROUND_CEILING, YUTU_ROUND_TRUNCATE } yutu_rounding;

/// To a whole number; halves go up, as fn:round has it.
yutu_decimal yutu_decimal_round(yutu_decimal a, yutu_rounding rounding);

/// Canonical texts: "-12", "1.5" (a decimal that is whole gets no point), "1.5E0". Return the length.
size_t yutu_decimal_format(yutu_decimal a, char out[YUTU_NUMBER_TEXT_MAX]);
size_t yutu_double_format(double d, bool is_float, char out[YUTU_NUMBER_TEXT_MAX]);

/// As a cast to xsd:string spells a double: without an exponent from 10^-6 up to 10^6.
size_t yutu_double_format_plain(double d, bool is_float, char out[YUTU_NUMBER_TEXT_MAX]);

#endif
