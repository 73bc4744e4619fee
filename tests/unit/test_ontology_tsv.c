#include "ontology/tsv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void test_rows(void **state) {
  (void)state;
  static const struct {
    const char *text;
    unsigned n_columns;
    const char *cells; // of all rows, joined by blanks; a fault is !LINE
  } rows[] = {
      {"a\tb\n1\t2\n3\t4\n", 2, "1 2 3 4"},
      {"a\tb\n1\t2", 2, "1 2"},
      {"a\tb\n1\t\n\t2\n", 2, "1 _ _ 2"},
      {"a\r\n1\r\n", 1, "1"},
      {"\xEF\xBB\xBF"
       "a\n1\n",
       1, "1"},
      {"# x: y\n\na\n\n# c\n1\n\n", 1, "1"},
      {"a\n", 1, ""},
      {"a", 1, ""},
      {"a\tb\n1\n2\t3\n4\t5\t6\n7\t8\n", 2, "!2 2 3 !4 7 8"},
      {"名\n深圳\n", 1, "深圳"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    yutu_tsv t;
    yutu_error err = {0};
    yutu_slice cells[YUTU_TSV_COLUMNS_MAX];
    char all[200] = "";
    assert_int_equal(yutu_tsv_open("a.tsv", yutu_slice_of(rows[i].text), &t, &err), YUTU_OK);
    assert_int_equal(t.n_columns, rows[i].n_columns);
    for (bool more = true; more;) {
      if (yutu_tsv_next(&t, cells, &more, &err) != YUTU_OK) {
        assert_string_equal(err.file, "a.tsv");
        sprintf(all + strlen(all), "!%u ", err.line);
        continue;
      }
      for (unsigned k = 0; more && k < t.n_columns; k++)
        sprintf(all + strlen(all), "%.*s ", cells[k].len ? (int)cells[k].len : 1, cells[k].len ? cells[k].data : "_");
    }
    if (all[0])
      all[strlen(all) - 1] = '\0';
    assert_string_equal(all, rows[i].cells);
  }
}

static void test_bad_heads(void **state) {
  (void)state;
  static const struct {
    const char *text;
    unsigned line;
    const char *says;
  } rows[] = {
      {"", 0, "header row"},
      {"# only: comments\n", 0, "header row"},
      {"# x: y\na\t\tb\n", 2, "column 2 has no name"},
      {"\n\na\tb\ta\n", 3, "“a” is there twice"},
      {"a\tb\tc\td\te\tf\tg\th\ti\tj\tk\tl\tm\tn\to\tp\tq\tr\ts\tt\tu\tv\tw\tx\ty\n", 1, "more than 24"},
      {"a\n1\n\xFF\n", 3, "UTF-8"},
      {"a\n\xE4\xBA\n", 2, "UTF-8"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    yutu_tsv t;
    yutu_error err = {0};
    assert_int_equal(yutu_tsv_open("a.tsv", yutu_slice_of(rows[i].text), &t, &err), YUTU_ERR_INPUT);
    assert_string_equal(err.file, "a.tsv");
    assert_int_equal(err.line, rows[i].line);
    assert_non_null(strstr(err.message, rows[i].says));
  }
  yutu_tsv t;
  assert_int_equal(yutu_tsv_open("a.tsv", (yutu_slice){"a\n\0\n", 4}, &t, NULL), YUTU_ERR_INPUT);
}

static void test_meta(void **state) {
  (void)state;
  static const char text[] = "# title: some list\n#class:Zone\n# a comment without colon\n# url: https://x/\na\tb\n";
  yutu_tsv t;
  assert_int_equal(yutu_tsv_open("a.tsv", yutu_slice_of(text), &t, NULL), YUTU_OK);
  static const struct {
    const char *key, *value;
  } rows[] = {{"title", "some list"}, {"class", "Zone"}, {"url", "https://x/"}, {"absent", ""}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    assert_true(yutu_slice_eq(yutu_tsv_meta(&t, rows[i].key), yutu_slice_of(rows[i].value)));
  assert_int_equal(yutu_tsv_column(&t, "b"), 1);
  assert_int_equal(yutu_tsv_column(&t, "c"), -1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_rows),
      cmocka_unit_test(test_bad_heads),
      cmocka_unit_test(test_meta),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
