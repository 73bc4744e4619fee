/// @file queries/sparql/functions.h  The functions of SPARQL by name, and how each is evaluated.
///
/// A new function is one row of the table in functions.c and one evaluator in the functions_*.c of its kind.
#ifndef YUTU_QUERIES_SPARQL_FUNCTIONS_H
#define YUTU_QUERIES_SPARQL_FUNCTIONS_H

#include "queries/sparql/algebra.h"
#include "queries/sparql/value.h"

typedef struct yutu_exec yutu_exec;

enum { YUTU_FUNCTION_NONE = UINT32_MAX, YUTU_FUNCTION_ARGS_MAX = 7 };

/// Evaluate on values that are there. @return false: an error in the sense of SPARQL
typedef bool (*yutu_function_eager)(yutu_exec *x, const yutu_value *args, uint32_t n, yutu_value *ret);

/// Evaluate on expressions: for functions that do not need all their arguments, or remember something about them.
typedef bool (*yutu_function_lazy)(yutu_exec *x, const yutu_expr *expr, yutu_value *ret);

typedef struct {
  const char *name;
  uint8_t min_args;
  uint32_t max_args;
  bool wants_variable; ///< its first argument must be a variable
  bool is_volatile;    ///< two calls with the same arguments may differ
  yutu_function_eager eager;
  yutu_function_lazy lazy;
} yutu_function;

/// Static.
const yutu_function *yutu_function_at(uint32_t index);

/// The number of a built-in function, letter case aside, or YUTU_FUNCTION_NONE.
uint32_t yutu_function_of_name(yutu_slice name);

/// The number of a function that has an IRI (a cast), or YUTU_FUNCTION_NONE.
uint32_t yutu_function_of_iri(yutu_slice iri);

#endif
