#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void test_alloc(void **state) {
  (void)state;
  yutu_arena *a = yutu_arena_new(0);
  assert_non_null(a);
  static const size_t sizes[] = {0, 1, 15, 16, 17, 4096, 300000, 1, 2000000, 7};
  unsigned char *pieces[sizeof sizes / sizeof *sizes];
  for (unsigned round = 0; round < 3; round++) {
    size_t sum = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
      pieces[i] = yutu_arena_alloc(a, sizes[i]);
      assert_non_null(pieces[i]);
      assert_int_equal((uintptr_t)pieces[i] % 16, 0);
      for (size_t k = 0; k < sizes[i]; k++)
        assert_int_equal(pieces[i][k], 0); // also after a reset
      if (sizes[i])
        memset(pieces[i], (int)i + 1, sizes[i]);
      sum += sizes[i];
      assert_true(yutu_arena_used(a) >= sum);
    }
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
      for (size_t k = 0; k < sizes[i]; k++)
        assert_int_equal(pieces[i][k], i + 1); // no two overlap
    }
    yutu_arena_reset(a);
    assert_int_equal(yutu_arena_used(a), 0);
  }
  yutu_arena_free(a);
  yutu_arena_free(NULL);
}

static void test_strndup(void **state) {
  (void)state;
  yutu_arena *a = yutu_arena_new(0);
  assert_string_equal(yutu_arena_strndup(a, "深圳市", 6), "深圳");
  assert_string_equal(yutu_arena_strndup(a, NULL, 0), "");
  yutu_arena_free(a);
}

static void test_limit(void **state) {
  (void)state;
  yutu_arena *a = yutu_arena_new(1000);
  assert_non_null(yutu_arena_alloc(a, 900));
  assert_null(yutu_arena_alloc(a, 200));
  assert_non_null(yutu_arena_alloc(a, 80));
  assert_null(yutu_arena_alloc(a, SIZE_MAX));
  assert_null(yutu_arena_alloc(a, SIZE_MAX - 8));
  yutu_arena_reset(a);
  assert_non_null(yutu_arena_alloc(a, 900));
  yutu_arena_free(a);
}

/// What the trap was called with when `size` bytes are wanted; 0: it did not spring.
static int sprung(yutu_arena *a, size_t size) {
  jmp_buf trap;
  const int why = setjmp(trap);
  if (!why) {
    yutu_arena_trap(a, &trap);
    yutu_arena_alloc(a, size);
  }
  yutu_arena_trap(a, NULL);
  return why;
}

static void test_trap(void **state) {
  (void)state;
  yutu_arena *a = yutu_arena_new(1000);
  assert_int_equal(sprung(a, 500), 0);
  assert_int_equal(sprung(a, 501), 2);
  assert_int_equal(sprung(a, SIZE_MAX), 1);
  assert_null(yutu_arena_alloc(a, 501)); // the trap was taken away
  yutu_arena_free(a);
}

static void test_vector(void **state) {
  (void)state;
  yutu_arena *a = yutu_arena_new(0);
  YUTU_VEC(uint32_t) numbers = {0};
  enum { N = 10000 };
  for (uint32_t i = 0; i < N; i++) {
    uint32_t *slot = YUTU_PUSH(a, &numbers);
    assert_int_equal(*slot, 0);
    *slot = i * 3;
  }
  assert_int_equal(numbers.n, N);
  for (uint32_t i = 0; i < N; i++)
    assert_int_equal(numbers.at[i], i * 3);
  yutu_arena_free(a);

  a = yutu_arena_new(64);
  YUTU_VEC(uint64_t) few = {0};
  for (uint32_t i = 0; i < 8; i++)
    assert_non_null(YUTU_PUSH(a, &few));
  assert_null(YUTU_PUSH(a, &few));
  assert_int_equal(few.n, 8);
  yutu_arena_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_alloc), cmocka_unit_test(test_strndup), cmocka_unit_test(test_limit),
      cmocka_unit_test(test_trap),  cmocka_unit_test(test_vector),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
