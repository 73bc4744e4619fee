#include "cli/options.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { WORDS_MAX = 12 };

static const struct {
  const char *name;
  yutu_command_id command;
  const char *words[WORDS_MAX]; // NULL-terminated
  const char *message;          // part of the error's message, or NULL
} refused[] = {
    {"unknown option", YUTU_CMD_BUILD, {"--frobnicate", "x"}, "no option --frobnicate"},
    {"a near miss is guessed", YUTU_CMD_EXPORT, {"--formt", "dot"}, "did you mean --format"},
    {"unknown letter", YUTU_CMD_BUILD, {"-z", "x"}, "no option -z"},
    {"unknown letter of three bytes", YUTU_CMD_BUILD, {"-深", "x"}, "no option -深;"},
    {"no value", YUTU_CMD_EXPORT, {"--format"}, "needs a value"},
    {"no value after a letter", YUTU_CMD_EXPORT, {"-s"}, "needs a value"},
    {"no such choice", YUTU_CMD_EXPORT, {"--format", "jpeg"}, "not 'jpeg'"},
    {"the beginning of a choice is none", YUTU_CMD_EXPORT, {"--format", "turt"}, "not 'turt'"},
    {"no number", YUTU_CMD_BUILD, {"--jobs", "many", "x"}, "whole number"},
    {"no negative number", YUTU_CMD_BUILD, {"--jobs=-1", "x"}, "whole number"},
    {"too large a number", YUTU_CMD_BUILD, {"--jobs=99999999999999999999999", "x"}, "whole number"},
    {"a size with an unknown letter", YUTU_CMD_QUERY, {"--memory", "3X", "x"}, "a size"},
    {"too large a size", YUTU_CMD_QUERY, {"--memory", "18446744073709551615G", "x"}, "a size"},
    {"twice", YUTU_CMD_BUILD, {"-s", "a", "--store", "b", "x"}, "given twice"},
    {"a flag with a value", YUTU_CMD_QUERY, {"--list=all"}, "takes no value"},
    {"too few", YUTU_CMD_BUILD, {"-q"}, "needs INPUT"},
    {"too many", YUTU_CMD_LINKS, {"a", "b", "c"}, "'c' is too many"},
    {"an option of another command", YUTU_CMD_BUILD, {"--format", "turtle", "x"}, "no option --format"},
    {"a parameter without a value", YUTU_CMD_QUERY, {"partners", "--region"}, "no option --region"},
    {"parameters are for query alone", YUTU_CMD_LINKS, {"--region", "上海"}, "no option --region"},
};

static int count(const char *const *words) {
  int n = 0;
  while (n < WORDS_MAX && words[n])
    n++;
  return n;
}

static yutu_status parse(yutu_command_id command, const char *const *words, yutu_arguments **ret, yutu_error *err) {
  return yutu_arguments_parse(command, count(words), (char *const *)words, ret, err);
}

static void test_refused(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
    yutu_arguments *a = NULL;
    yutu_error err = {0};
    const yutu_status status = parse(refused[i].command, refused[i].words, &a, &err);
    if (status != YUTU_ERR_USAGE || a || !strstr(err.message, refused[i].message))
      fail_msg("%s: status %d, message '%s'", refused[i].name, status, err.message);
  }
}

static void test_values(void **state) {
  (void)state;
  static const char *const words[] = {"-qj3",      "one", "--base=http://e/", "--rules", "a", "--rules=b", "--",
                                      "--not-one", "-",   "--gazetteer",      NULL};
  yutu_arguments *a = NULL;
  yutu_error err = {0};
  assert_int_equal(parse(YUTU_CMD_BUILD, words, &a, &err), YUTU_OK);
  assert_true(yutu_arguments_has(a, YUTU_OPT_QUIET));
  assert_false(yutu_arguments_has(a, YUTU_OPT_STORE));
  assert_string_equal(yutu_arguments_text(a, YUTU_OPT_STORE), "./yutu.store");
  assert_int_equal(yutu_arguments_number(a, YUTU_OPT_JOBS), 3);
  assert_string_equal(yutu_arguments_text(a, YUTU_OPT_BASE), "http://e/");
  size_t n = 0;
  const char *const *rules = yutu_arguments_list(a, YUTU_OPT_RULES, &n);
  assert_int_equal(n, 2);
  assert_string_equal(rules[0], "a");
  assert_string_equal(rules[1], "b");
  (void)yutu_arguments_list(a, YUTU_OPT_GAZETTEER, &n);
  assert_int_equal(n, 0);
  const char *const *rest = yutu_arguments_rest(a, &n);
  assert_int_equal(n, 4);
  assert_string_equal(rest[0], "one");
  assert_string_equal(rest[1], "--not-one");
  assert_string_equal(rest[2], "-");
  assert_string_equal(rest[3], "--gazetteer");
  yutu_arguments_free(a);
}

static void test_two_lists(void **state) {
  (void)state;
  static const char *const words[] = {"--named-graph", "g1", "--data", "d1", "--named-graph=g2", "--data=d2", NULL};
  yutu_arguments *a = NULL;
  assert_int_equal(parse(YUTU_CMD_QUERY, words, &a, NULL), YUTU_OK);
  size_t n_data = 0;
  size_t n_named = 0;
  const char *const *data = yutu_arguments_list(a, YUTU_OPT_DATA, &n_data);
  const char *const *named = yutu_arguments_list(a, YUTU_OPT_NAMED_GRAPH, &n_named);
  assert_int_equal(n_data, 2);
  assert_int_equal(n_named, 2);
  assert_string_equal(data[0], "d1");
  assert_string_equal(data[1], "d2");
  assert_string_equal(named[0], "g1");
  assert_string_equal(named[1], "g2");
  yutu_arguments_free(a);
}

static void test_parameters(void **state) {
  (void)state;
  static const char *const words[] = {"partners", "--region", "上海", "--since=2019", "--memory", "300M", NULL};
  yutu_arguments *a = NULL;
  assert_int_equal(parse(YUTU_CMD_QUERY, words, &a, NULL), YUTU_OK);
  size_t n = 0;
  const char *const *pairs = yutu_arguments_unknown(a, &n);
  assert_int_equal(n, 2);
  assert_string_equal(pairs[0], "region");
  assert_string_equal(pairs[1], "上海");
  assert_string_equal(pairs[2], "since=2019");
  assert_string_equal(pairs[3], "2019");
  assert_int_equal(yutu_arguments_number(a, YUTU_OPT_MEMORY), 300u << 20);
  assert_int_equal(yutu_arguments_number(a, YUTU_OPT_TIMEOUT), 60);
  yutu_arguments_free(a);
}

static void test_help_needs_nothing_else(void **state) {
  (void)state;
  static const char *const words[] = {"--help", NULL};
  for (unsigned i = 0; i < YUTU_CMD_COUNT; i++) {
    yutu_arguments *a = NULL;
    assert_int_equal(parse((yutu_command_id)i, words, &a, NULL), YUTU_OK);
    assert_true(yutu_arguments_has(a, YUTU_OPT_HELP));
    yutu_arguments_free(a);
  }
}

// No command has two options of one name or letter, or an option whose fallback it would refuse.
static void test_table(void **state) {
  (void)state;
  for (unsigned c = 0; c < YUTU_CMD_COUNT; c++) {
    assert_int_equal(yutu_command_find(yutu_commands[c].name), c);
    for (size_t i = 0; i < yutu_n_options; i++) {
      const yutu_option *o = &yutu_options[i];
      if (!(o->commands >> c & 1u))
        continue;
      assert_true(o->name || o->letter);
      assert_true((o->kind == YUTU_VALUE_NONE) == !o->value);
      for (size_t k = i + 1; k < yutu_n_options; k++) {
        const yutu_option *other = &yutu_options[k];
        if (!(other->commands >> c & 1u))
          continue;
        assert_true(!o->letter || o->letter != other->letter);
        assert_true(!o->name || !other->name || strcmp(o->name, other->name) != 0);
        assert_int_not_equal(o->id, other->id);
      }
      if (o->fallback && o->name) {
        char word[200];
        snprintf(word, sizeof word, "--%s=%s", o->name, o->fallback);
        const char *words[] = {word, "x", NULL};
        yutu_arguments *a = NULL;
        yutu_error err = {0};
        if (parse((yutu_command_id)c, words, &a, &err) != YUTU_OK)
          assert_non_null(strstr(err.message, "too many"));
        yutu_arguments_free(a);
      }
    }
  }
  assert_int_equal(yutu_command_find("frobnicate"), YUTU_CMD_COUNT);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_refused),    cmocka_unit_test(test_values), cmocka_unit_test(test_two_lists),
      cmocka_unit_test(test_parameters), cmocka_unit_test(test_table),  cmocka_unit_test(test_help_needs_nothing_else),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
