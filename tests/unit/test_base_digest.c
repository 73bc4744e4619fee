#include "base/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/// The examples of FIPS 180-2, appendix B, and the empty message.
static void test_known(void **state) {
  (void)state;
  static const struct {
    const char *text;
    const char *sum;
  } rows[] = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
  };
  char sum[YUTU_DIGEST_HEX + 1];
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    yutu_digest(rows[i].text, strlen(rows[i].text), sum);
    assert_string_equal(sum, rows[i].sum);
  }
}

static void test_million(void **state) {
  (void)state;
  enum { N = 1000000 };
  char *text = malloc(N), sum[YUTU_DIGEST_HEX + 1];
  assert_non_null(text);
  memset(text, 'a', N);
  yutu_digest(text, N, sum);
  free(text);
  assert_string_equal(sum, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_known), cmocka_unit_test(test_million)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
