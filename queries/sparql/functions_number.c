#include "queries/sparql/functions_table.h"

#include <math.h>

YUTU_EAGER(abs) {
  (void)x, (void)n;
  if (!yutu_value_is_number(args))
    return false;
  if (args->kind > YUTU_VALUE_DECIMAL)
    *ret = yutu_value_real(args->kind, fabs(args->real));
  else
    *ret = yutu_value_exact(
        args->kind,
        (yutu_decimal){args->exact.mantissa < 0 ? -args->exact.mantissa : args->exact.mantissa, args->exact.scale});
  return true;
}

static bool round_value(const yutu_value *v, yutu_rounding rounding, double real, yutu_value *ret) {
  if (!yutu_value_is_number(v))
    return false;
  if (v->kind > YUTU_VALUE_DECIMAL)
    *ret = yutu_value_real(v->kind, real);
  else
    *ret = yutu_value_exact(v->kind, yutu_decimal_round(v->exact, rounding));
  return true;
}

static double real_of(const yutu_value *v) {
  return v->kind == YUTU_VALUE_FLOAT || v->kind == YUTU_VALUE_DOUBLE ? v->real : 0;
}

YUTU_EAGER(round) {
  (void)x, (void)n;
  const double d = real_of(args);
  // Halves go up; a number that has no fraction stays as it is, since adding a half could change it.
  return round_value(args, YUTU_ROUND_HALF_UP, floor(d) == d ? d : copysign(floor(d + 0.5), d), ret);
}

YUTU_EAGER(ceil) {
  (void)x, (void)n;
  return round_value(args, YUTU_ROUND_CEILING, ceil(real_of(args)), ret);
}

YUTU_EAGER(floor) {
  (void)x, (void)n;
  return round_value(args, YUTU_ROUND_FLOOR, floor(real_of(args)), ret);
}

/// xorshift128+; seeded once per run (exec_setup.c).
uint64_t yutu_exec_random(yutu_exec *x) {
  uint64_t a = x->random[0];
  const uint64_t b = x->random[1];
  x->random[0] = b;
  a ^= a << 23;
  x->random[1] = a ^ b ^ (a >> 17) ^ (b >> 26);
  return x->random[1] + b;
}

YUTU_EAGER(rand) {
  (void)args, (void)n;
  *ret = yutu_value_real(YUTU_VALUE_DOUBLE, (double)(yutu_exec_random(x) >> 11) / (double)(UINT64_C(1) << 53));
  return true;
}
