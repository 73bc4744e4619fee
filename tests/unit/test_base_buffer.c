#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void test_append(void **state) {
  (void)state;
  yutu_buffer b = YUTU_BUFFER_INIT;
  yutu_buffer_puts(&b, "域");
  yutu_buffer_put_utf8(&b, 0x56FE);
  yutu_buffer_putc(&b, ' ');
  yutu_buffer_printf(&b, "%s %d", "yutu", 42);
  yutu_buffer_append(&b, NULL, 0);
  assert_string_equal(b.data, "域图 yutu 42");
  assert_int_equal(b.len, strlen(b.data));
  assert_int_equal(yutu_buffer_check(&b, NULL), YUTU_OK);
  yutu_buffer_append(&b, "a\0b", 3);
  assert_int_equal(b.len, strlen("域图 yutu 42") + 3);
  yutu_buffer_clear(&b);
  assert_int_equal(b.len, 0);
  assert_string_equal(b.data, "");
  yutu_buffer_free(&b);
  assert_null(b.data);
  yutu_buffer_free(&b);
  yutu_buffer_free(NULL);
}

static void test_grow(void **state) {
  (void)state;
  yutu_buffer b = YUTU_BUFFER_INIT;
  enum { N = 100000 };
  for (unsigned i = 0; i < N; i++)
    yutu_buffer_putc(&b, (char)('a' + i % 26));
  assert_int_equal(b.len, N);
  for (unsigned i = 0; i < N; i++)
    assert_int_equal(b.data[i], 'a' + i % 26);
  assert_int_equal(b.data[N], '\0');
  yutu_buffer_free(&b);
}

static void test_limit(void **state) {
  (void)state;
  yutu_error err = {0};
  yutu_buffer b = {.limit = 10};
  yutu_buffer_puts(&b, "12345678");
  assert_false(b.failed);
  yutu_buffer_puts(&b, "90");
  assert_false(b.failed); // the limit itself is allowed
  yutu_buffer_printf(&b, "%d", 1);
  assert_true(b.failed);
  yutu_buffer_puts(&b, "");
  assert_string_equal(b.data, "1234567890"); // nothing after the first failure
  assert_int_equal(yutu_buffer_check(&b, &err), YUTU_ERR_LIMIT);
  assert_int_equal(err.code, YUTU_ERR_LIMIT);
  assert_non_null(strstr(err.message, "10"));
  yutu_buffer_clear(&b);
  yutu_buffer_puts(&b, "again");
  assert_int_equal(yutu_buffer_check(&b, &err), YUTU_OK);
  assert_string_equal(b.data, "again");
  yutu_buffer_append(&b, "x", SIZE_MAX - 2); // cannot be: must fail before any byte is read
  assert_true(b.failed);
  yutu_buffer_free(&b);
}

static void test_limit_at_once(void **state) {
  (void)state;
  yutu_buffer b = {.limit = 10};
  yutu_buffer_puts(&b, "a single piece that is over the limit");
  assert_int_equal(yutu_buffer_check(&b, NULL), YUTU_ERR_LIMIT);
  yutu_buffer_free(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_append),
      cmocka_unit_test(test_grow),
      cmocka_unit_test(test_limit),
      cmocka_unit_test(test_limit_at_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
