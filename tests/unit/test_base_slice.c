#include "base/slice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static yutu_slice of(const char *s) {
  return yutu_slice_of(s);
}

static void test_compare(void **state) {
  (void)state;
  static const struct {
    const char *a, *b;
    int order;
  } rows[] = {
      {"", "", 0},     {NULL, "", 0},    {"a", "", 1},      {"a", "b", -1},  {"ab", "a", 1},
      {"京", "京", 0}, {"京", "沪", -1}, {"深圳", "深", 1}, {"z", "京", -1}, {"\xEF\xBC\x8C", "𠮷", -1},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const int order = yutu_slice_cmp(of(rows[i].a), of(rows[i].b));
    assert_int_equal((order > 0) - (order < 0), rows[i].order);
    assert_int_equal(yutu_slice_eq(of(rows[i].a), of(rows[i].b)), rows[i].order == 0);
    const int reverse = yutu_slice_cmp(of(rows[i].b), of(rows[i].a));
    assert_int_equal((reverse > 0) - (reverse < 0), -rows[i].order);
  }
}

static void test_ends(void **state) {
  (void)state;
  static const struct {
    const char *s, *piece;
    bool starts, ends;
  } rows[] = {
      {"深圳市", "深圳", true, false}, {"深圳市", "市", false, true}, {"市", "深圳市", false, false},
      {"市", "市", true, true},        {"市", "", true, true},        {"", "", true, true},
      {"", "a", false, false},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    assert_int_equal(yutu_slice_starts(of(rows[i].s), of(rows[i].piece)), rows[i].starts);
    assert_int_equal(yutu_slice_ends(of(rows[i].s), of(rows[i].piece)), rows[i].ends);
  }
}

static void test_trim(void **state) {
  (void)state;
  static const struct {
    const char *s, *trimmed;
  } rows[] = {{"  a b\t\r\n", "a b"}, {"", ""}, {" \v\f ", ""}, {"a", "a"}, {"\u3000a", "\u3000a"}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    assert_true(yutu_slice_eq(yutu_slice_trim(of(rows[i].s)), of(rows[i].trimmed)));
}

static void test_split(void **state) {
  (void)state;
  static const struct {
    const char *s;
    const char *pieces[4]; // up to the first NULL
  } rows[] = {
      {"a|b|c", {"a", "b", "c"}}, {"a||", {"a", "", ""}}, {"", {""}}, {"|", {"", ""}}, {"深|圳", {"深", "圳"}},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    yutu_slice rest = of(rows[i].s), piece;
    size_t n = 0;
    while (yutu_slice_split(&rest, '|', &piece)) {
      assert_non_null(rows[i].pieces[n]);
      assert_true(yutu_slice_eq(piece, of(rows[i].pieces[n++])));
    }
    assert_null(rows[i].pieces[n]);
    assert_null(rest.data);
  }
  yutu_slice nothing = {NULL, 0}, piece;
  assert_false(yutu_slice_split(&nothing, '|', &piece));
}

static void test_hash(void **state) {
  (void)state;
  char text[64];
  uint64_t seen[64];
  for (size_t n = 0; n < sizeof text; n++) { // prefixes of zeros differ only in their length
    memset(text, 0, sizeof text);
    seen[n] = yutu_hash(text, n);
    assert_true(seen[n] == yutu_hash(text, n));
    for (size_t k = 0; k < n; k++)
      assert_true(seen[k] != seen[n]);
    for (size_t byte = 0; byte < n; byte++) { // every byte counts
      text[byte] = 1;
      assert_true(yutu_hash(text, n) != seen[n]);
      text[byte] = 0;
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_compare), cmocka_unit_test(test_ends), cmocka_unit_test(test_trim),
      cmocka_unit_test(test_split),   cmocka_unit_test(test_hash),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
