#include "base/intern.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void test_numbers(void **state) {
  (void)state;
  yutu_arena *a = yutu_arena_new(0);
  yutu_intern *t = yutu_intern_new(a);
  static const struct {
    const char *text;
    uint32_t number;
  } rows[] = {{"深圳", 0}, {"", 1}, {"深", 2}, {"深圳", 0}, {"深圳市", 3}, {"", 1}, {"深", 2}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    assert_int_equal(yutu_intern_add(t, yutu_slice_of(rows[i].text)), rows[i].number);
  assert_int_equal(yutu_intern_count(t), 4);
  assert_int_equal(yutu_intern_find(t, YUTU_SLICE("广州")), YUTU_INTERN_NONE);
  assert_int_equal(yutu_intern_add(t, (yutu_slice){"a\0b", 3}), 4); // bytes, not C strings
  assert_int_equal(yutu_intern_find(t, (yutu_slice){"a\0c", 3}), YUTU_INTERN_NONE);
  yutu_arena_free(a);
}

static void test_many(void **state) {
  (void)state;
  enum { N = 50000 };
  yutu_arena *a = yutu_arena_new(0);
  yutu_intern *t = yutu_intern_new(a);
  char text[32];
  const char *first = NULL;
  for (uint32_t i = 0; i < N; i++) {
    const int n = snprintf(text, sizeof text, "%u", i * 7);
    assert_int_equal(yutu_intern_add(t, (yutu_slice){text, (size_t)n}), i);
    first = i ? first : yutu_intern_get(t, 0).data;
  }
  assert_ptr_equal(yutu_intern_get(t, 0).data, first); // strings stay where they are
  for (uint32_t i = 0; i < N; i++) {
    const int n = snprintf(text, sizeof text, "%u", i * 7);
    assert_int_equal(yutu_intern_find(t, (yutu_slice){text, (size_t)n}), i);
    assert_string_equal(yutu_intern_get(t, i).data, text);
  }
  yutu_arena_free(a);
}

static void test_exhausted(void **state) {
  (void)state;
  yutu_arena *a = yutu_arena_new(4096);
  yutu_intern *t = yutu_intern_new(a);
  char text[32];
  uint32_t i = 0;
  while (snprintf(text, sizeof text, "%u", i) > 0 && yutu_intern_add(t, yutu_slice_of(text)) != YUTU_INTERN_NONE)
    i++;
  assert_in_range(i, 8, 4096);
  assert_int_equal(yutu_intern_find(t, YUTU_SLICE("7")), 7); // what was there is still there
  yutu_arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_numbers),
      cmocka_unit_test(test_many),
      cmocka_unit_test(test_exhausted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
