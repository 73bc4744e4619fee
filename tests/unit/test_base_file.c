#include "base/file.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "yutu-test-file-XXXXXX";

static int make_folder(void **state) {
  (void)state;
  return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int remove_folder(void **state) {
  (void)state;
  unlink("a");
  unlink("b");
  rmdir("sub");
  return chdir("..") == 0 && rmdir(folder) == 0 ? 0 : -1; // fails when a temporary file was left behind
}

static unsigned count_entries(void) {
  unsigned n = 0;
  DIR *d = opendir(".");
  assert_non_null(d);
  while (readdir(d))
    n++;
  closedir(d);
  return n - 2; // . and ..
}

static void test_round_trip(void **state) {
  (void)state;
  enum { N = 300000 };
  yutu_error err = {0};
  char *data = malloc(N);
  assert_non_null(data);
  for (size_t i = 0; i < N; i++)
    data[i] = (char)(i * 31);
  static const size_t sizes[] = {0, 1, 65535, 65536, 65537, N};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    assert_int_equal(yutu_file_write("a", data, sizes[i], &err), YUTU_OK);
    yutu_buffer b = YUTU_BUFFER_INIT;
    yutu_buffer_puts(&b, "before");
    assert_int_equal(yutu_file_read("a", N, &b, &err), YUTU_OK);
    assert_int_equal(b.len, 6 + sizes[i]);
    assert_memory_equal(b.data + 6, data, sizes[i]);
    yutu_buffer_free(&b);
  }
  free(data);
  assert_int_equal(count_entries(), 1);
}

static void test_limit(void **state) {
  (void)state;
  yutu_error err = {0};
  assert_int_equal(yutu_file_write("a", "12345", 5, &err), YUTU_OK);
  yutu_buffer b = YUTU_BUFFER_INIT;
  assert_int_equal(yutu_file_read("a", 5, &b, &err), YUTU_OK);
  assert_int_equal(yutu_file_read("a", 4, &b, &err), YUTU_ERR_LIMIT);
  assert_string_equal(err.file, "a");
  yutu_buffer_free(&b);
}

static void test_faults(void **state) {
  (void)state;
  static const struct {
    const char *path, *says;
  } reads[] = {{"absent", "No such file"}, {".", "folder"}, {"absent/a", "No such file"}};
  yutu_buffer b = YUTU_BUFFER_INIT;
  for (size_t i = 0; i < sizeof reads / sizeof *reads; i++) {
    yutu_error err = {0};
    assert_int_equal(yutu_file_read(reads[i].path, 100, &b, &err), YUTU_ERR_IO);
    assert_int_equal(err.code, YUTU_ERR_IO);
    assert_string_equal(err.file, reads[i].path);
    assert_non_null(strstr(err.message, reads[i].says));
  }
  yutu_buffer_free(&b);
  yutu_error err = {0};
  assert_int_equal(yutu_file_write("absent/a", "x", 1, &err), YUTU_ERR_IO);
  assert_string_equal(err.file, "absent/a");
}

/// When the new content cannot be put in place, the old stays and nothing is left behind.
static void test_atomic(void **state) {
  (void)state;
  yutu_error err = {0};
  assert_int_equal(mkdir("sub", 0777), 0);
  const unsigned before = count_entries();
  assert_int_equal(yutu_file_write("sub", "x", 1, &err), YUTU_ERR_IO); // a folder cannot be replaced by a file
  assert_int_equal(count_entries(), before);
  struct stat info;
  assert_int_equal(stat("sub", &info), 0);
  assert_true(S_ISDIR(info.st_mode));
}

static void test_mode(void **state) {
  (void)state;
  yutu_error err = {0};
  const mode_t old = umask(027);
  const yutu_status st = yutu_file_write("b", "x", 1, &err);
  umask(old);
  assert_int_equal(st, YUTU_OK);
  struct stat info;
  assert_int_equal(stat("b", &info), 0);
  assert_int_equal(info.st_mode & 0777, 0640); // as the user's mask says, not as the temporary file had it
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_round_trip), cmocka_unit_test(test_limit), cmocka_unit_test(test_faults),
      cmocka_unit_test(test_atomic),     cmocka_unit_test(test_mode),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
