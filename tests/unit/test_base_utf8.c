#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_decode(void **state) {
  (void)state;
  static const struct {
    const char *bytes;
    uint32_t code_point; // of the first
    size_t step;
  } rows[] = {
      {"a", 'a', 1},
      {"\x7F", 0x7F, 1},
      {"\xC2\x80", 0x80, 2},
      {"\xDF\xBF", 0x7FF, 2},
      {"\xE0\xA0\x80", 0x800, 3},
      {"京", 0x4EAC, 3},
      {"\xED\x9F\xBF", 0xD7FF, 3},
      {"\xEE\x80\x80", 0xE000, 3},
      {"𠮷", 0x20BB7, 4},
      {"\xF4\x8F\xBF\xBF", 0x10FFFF, 4},
      // ill-formed: one byte is passed over
      {"\x80", YUTU_UTF8_BAD, 1},
      {"\xC0\x80", YUTU_UTF8_BAD, 1},
      {"\xC1\xBF", YUTU_UTF8_BAD, 1},
      {"\xE0\x9F\xBF", YUTU_UTF8_BAD, 1},
      {"\xED\xA0\x80", YUTU_UTF8_BAD, 1},
      {"\xF0\x8F\xBF\xBF", YUTU_UTF8_BAD, 1},
      {"\xF4\x90\x80\x80", YUTU_UTF8_BAD, 1},
      {"\xF5\x80\x80\x80", YUTU_UTF8_BAD, 1},
      {"\xFF", YUTU_UTF8_BAD, 1},
      {"\xE4\xBA", YUTU_UTF8_BAD, 1},
      {"\xE4\xBAz", YUTU_UTF8_BAD, 1},
      {"\xF0\xA0\xAE", YUTU_UTF8_BAD, 1},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const char *p = rows[i].bytes, *end = p + strlen(p);
    assert_int_equal(yutu_utf8_next(&p, end), rows[i].code_point);
    assert_int_equal(p - rows[i].bytes, rows[i].step);
    assert_int_equal(yutu_utf8_check(rows[i].bytes, strlen(rows[i].bytes)),
                     rows[i].code_point == YUTU_UTF8_BAD ? 0 : strlen(rows[i].bytes));
  }
}

static void test_encode(void **state) {
  (void)state;
  for (uint32_t c = 0; c <= 0x10FFFF; c++) {
    char bytes[4];
    const size_t n = yutu_utf8_encode(c, bytes);
    const char *p = bytes;
    const uint32_t back = yutu_utf8_next(&p, bytes + n);
    assert_int_equal(back, c >= 0xD800 && c < 0xE000 ? 0xFFFD : c);
    assert_true(p == bytes + n);
  }
  char bytes[4];
  assert_int_equal(yutu_utf8_encode(0x110000, bytes), 3);
  assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
}

static void test_measure(void **state) {
  (void)state;
  static const struct {
    const char *s;
    size_t check, length, columns;
  } rows[] = {
      {"", 0, 0, 0},        {"abc", 3, 3, 3}, {"域图 yutu", 11, 7, 9}, {"，。", 6, 2, 4},
      {"e\u0301", 3, 2, 1}, {"𠮷", 4, 1, 2},  {"京\xFFz", 3, 3, 4},    {"\xE4\xBA", 0, 2, 2},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const size_t n = strlen(rows[i].s);
    assert_int_equal(yutu_utf8_check(rows[i].s, n), rows[i].check);
    assert_int_equal(yutu_utf8_length(rows[i].s, n), rows[i].length);
    assert_int_equal(yutu_utf8_columns(rows[i].s, n), rows[i].columns);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_decode),
      cmocka_unit_test(test_encode),
      cmocka_unit_test(test_measure),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
