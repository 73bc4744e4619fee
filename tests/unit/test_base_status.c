#include "base/status.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_fail(void **state) {
  (void)state;
  yutu_error err = {.column = 7, .offset = 9};
  assert_int_equal(yutu_fail_at(&err, YUTU_ERR_INPUT, "a.tsv", 12, "one\ntwo\r%d", 3), YUTU_ERR_INPUT);
  assert_int_equal(err.code, YUTU_ERR_INPUT);
  assert_int_equal(err.line, 12);
  assert_int_equal(err.column, 0);
  assert_int_equal(err.offset, 0);
  assert_string_equal(err.file, "a.tsv");
  assert_string_equal(err.message, "one two 3");
  assert_int_equal(yutu_fail(&err, YUTU_ERR_IO, "in %s: %s", err.file, err.message), YUTU_ERR_IO); // may quote itself
  assert_string_equal(err.message, "in a.tsv: one two 3");
  assert_string_equal(err.file, "");
  assert_int_equal(yutu_fail(NULL, YUTU_ERR_NOMEM, "nobody listens"), YUTU_ERR_NOMEM);
}

static void test_long_message(void **state) {
  (void)state;
  yutu_error err = {0};
  yutu_fail_at(&err, YUTU_ERR_INPUT, NULL, 0, "%0*d", 2 * YUTU_ERROR_MESSAGE_MAX, 1);
  assert_int_equal(strlen(err.message), YUTU_ERROR_MESSAGE_MAX - 1);
}

static yutu_status twice(yutu_status first, int *ret_reached) {
  YUTU_TRY(first);
  *ret_reached = 1;
  return YUTU_OK;
}

static void test_try(void **state) {
  (void)state;
  int reached = 0;
  assert_int_equal(twice(YUTU_ERR_LIMIT, &reached), YUTU_ERR_LIMIT);
  assert_int_equal(reached, 0);
  assert_int_equal(twice(YUTU_OK, &reached), YUTU_OK);
  assert_int_equal(reached, 1);
}

static void test_exit(void **state) {
  (void)state;
  static const struct {
    yutu_status status;
    const char *name;
    int exit;
  } rows[] = {
      {YUTU_OK, "ok", 0},
      {YUTU_ERR_USAGE, "usage", 2},
      {YUTU_ERR_INPUT, "input", 3},
      {YUTU_ERR_FORMAT, "format", 4},
      {YUTU_ERR_LIMIT, "limit", 3},
      {YUTU_ERR_NOMEM, "memory", 5},
      {YUTU_ERR_IO, "io", 4},
      {YUTU_ERR_STORE, "store", 4},
      {YUTU_ERR_QUERY, "query", 2},
      {YUTU_ERR_UNSUPPORTED, "unsupported", 2},
      {YUTU_ERR_INTERRUPTED, "interrupted", 130},
      {YUTU_ERR_INTERNAL, "internal", 5},
      {(yutu_status)99, "unknown", 5},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    assert_string_equal(yutu_status_name(rows[i].status), rows[i].name);
    assert_int_equal(yutu_status_exit(rows[i].status), rows[i].exit);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_fail),
      cmocka_unit_test(test_long_message),
      cmocka_unit_test(test_try),
      cmocka_unit_test(test_exit),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
