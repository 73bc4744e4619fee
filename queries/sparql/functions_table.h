/// @file queries/sparql/functions_table.h  The evaluators behind the table in functions.c, by the file they are in.
///
/// Signatures as in functions.h: X(name) evaluates values, L(name) expressions.
#ifndef YUTU_QUERIES_SPARQL_FUNCTIONS_TABLE_H
#define YUTU_QUERIES_SPARQL_FUNCTIONS_TABLE_H

#include "queries/sparql/exec.h"

#define YUTU_EAGER(name) bool yutu_fn_##name(yutu_exec *x, const yutu_value *args, uint32_t n, yutu_value *ret)
#define YUTU_LAZY(name) bool yutu_fn_##name(yutu_exec *x, const yutu_expr *e, yutu_value *ret)

// functions_term.c
YUTU_LAZY(bound);
YUTU_LAZY(if);
YUTU_LAZY(coalesce);
YUTU_EAGER(str);
YUTU_EAGER(lang);
YUTU_EAGER(langmatches);
YUTU_EAGER(datatype);
YUTU_EAGER(iri);
YUTU_EAGER(bnode);
YUTU_EAGER(same_term);
YUTU_EAGER(is_iri);
YUTU_EAGER(is_blank);
YUTU_EAGER(is_literal);
YUTU_EAGER(is_numeric);
YUTU_EAGER(strdt);
YUTU_EAGER(strlang);
YUTU_EAGER(uuid);
YUTU_EAGER(struuid);

// functions_string.c
YUTU_EAGER(strlen);
YUTU_EAGER(substr);
YUTU_EAGER(ucase);
YUTU_EAGER(lcase);
YUTU_EAGER(strstarts);
YUTU_EAGER(strends);
YUTU_EAGER(contains);
YUTU_EAGER(strbefore);
YUTU_EAGER(strafter);
YUTU_EAGER(encode_for_uri);
YUTU_EAGER(concat);

// functions_regex.c
YUTU_LAZY(regex);
YUTU_LAZY(replace);
void yutu_regex_forget(void *remembered); ///< NULL-safe; frees what these two left in yutu_exec.remembered

// functions_number.c
YUTU_EAGER(abs);
YUTU_EAGER(round);
YUTU_EAGER(ceil);
YUTU_EAGER(floor);
YUTU_EAGER(rand);

// functions_time.c
YUTU_EAGER(now);
YUTU_EAGER(year);
YUTU_EAGER(month);
YUTU_EAGER(day);
YUTU_EAGER(hours);
YUTU_EAGER(minutes);
YUTU_EAGER(seconds);
YUTU_EAGER(timezone);
YUTU_EAGER(tz);

// functions_hash.c
YUTU_EAGER(md5);
YUTU_EAGER(sha1);
YUTU_EAGER(sha256);
YUTU_EAGER(sha384);
YUTU_EAGER(sha512);

// functions_cast.c
YUTU_EAGER(cast_string);
YUTU_EAGER(cast_boolean);
YUTU_EAGER(cast_integer);
YUTU_EAGER(cast_decimal);
YUTU_EAGER(cast_float);
YUTU_EAGER(cast_double);
YUTU_EAGER(cast_datetime);
YUTU_EAGER(cast_date);

/// The next 64 bits of the run's generator of random numbers.
uint64_t yutu_exec_random(yutu_exec *x);

/// A string made of pieces in the scratch arena.
yutu_slice yutu_exec_copy(yutu_exec *x, yutu_slice s);

#endif
