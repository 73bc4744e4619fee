/// @file graph/number.h  Numbers and dates as canonical literals.
#ifndef YUTU_GRAPH_NUMBER_H
#define YUTU_GRAPH_NUMBER_H

#include "base/arena.h"
#include "graph/term.h"

/// A number as xsd:integer, or as xsd:decimal when it has a fraction, in canonical form: no plus sign, no superfluous
/// zeros. Text that is no number becomes a plain string.
/// @return value.data is NULL when the arena is exhausted and has no trap
yutu_term yutu_number_term(yutu_arena *arena, yutu_slice text);

/// xsd:decimal with at least one digit behind the point ("1.0") and at most `digits` (0 to 9), rounded half away from
/// zero. Not a number counts as zero.
yutu_term yutu_decimal_term(yutu_arena *arena, double value, unsigned digits);

/// "2020-11-17" as xsd:date, "2020-11" as xsd:gYearMonth, "2020" as xsd:gYear; anything else as a plain string.
yutu_term yutu_date_term(yutu_slice text);

#endif
