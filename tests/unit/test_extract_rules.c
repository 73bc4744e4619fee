// The rule language: what is refused and where, what a pattern matches, and that damaged images are noticed.
#include "base/file.h"
#include "extract/rules_model.h"
#include "tests/unit/markup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct {
  yutu_arena *arena;
  yutu_lexicon *lexicon;
} fixture;

static int setup(void **state) {
  fixture *f = calloc(1, sizeof *f);
  yutu_error err = {0};
  f->arena = yutu_arena_new(0);
  if (!f->arena || yutu_lexicon_new(NULL, 0, &f->lexicon, &err) != YUTU_OK)
    return -1;
  *state = f;
  return 0;
}

static int teardown(void **state) {
  fixture *f = *state;
  yutu_lexicon_free(f->lexicon);
  yutu_arena_free(f->arena);
  free(f);
  return 0;
}

static void begin(fixture *f) {
  yutu_arena_reset(f->arena);
}

// ---- what is refused ----

#define GOOD_END "\n emit a leads b\n example \"x\" => y\n counter \"x\"\n"

static const struct {
  const char *name, *text;
  unsigned line;
  const char *message; ///< a part of it
} wrong[] = {
    {"unknown class", "rule r\n match a:(Firm) \"成立\" b:(Program)" GOOD_END, 2, "no class Firm"},
    {"unknown set", "rule r\n match a:(Org) @found b:(Program)" GOOD_END, 2, "no set @found"},
    {"unknown part", "rule r\n match a:(Org) &le b:(Program)" GOOD_END, 2, "no part &le"},
    {"unknown brace", "rule r\n match a:(Org) {verb} b:(Program)" GOOD_END, 2, "no {verb}"},
    {"unknown relation", "rule r\n match a:(Org) \"办\" b:(Program)\n emit a runs b\n", 3, "no relation runs"},
    {"unknown variable", "rule r\n match a:(Org) \"办\" b:(Program)\n emit a leads c\n", 3, "no variable c"},
    {"unused variable", "rule r\n match a:(Org) \"办\" b:(Program)\n  c:(City)" GOOD_END, 3, "c is used nowhere"},
    {"two matches", "rule r\n match a:(Org)\n match a:(Org)\n", 3, "one match"},
    {"emit before match", "rule r\n emit a leads b\n", 2, "match must come first"},
    {"no emit", "rule r\n match (Org) \"办\"\n example \"x\" => y\n counter \"x\"\n", 1, "emits nothing"},
    {"no counter", "rule r\n match a:(Org) \"办\" b:(Program)\n emit a leads b\n example \"x\" => y\n", 1, "counter"},
    {"no example", "rule r\n match a:(Org) \"办\" b:(Program)\n emit a leads b\n counter \"x\"\n", 1, "example"},
    {"same name", "rule r\n match a:(Org) \"办\" b:(Program)" GOOD_END "rule r\n", 6, "there already"},
    {"open quote", "rule r\n match a:(Org) \"办 b:(Program)\n", 2, "no closing \""},
    {"bare Chinese", "rule r\n match a:(Org) 成立 b:(Program)\n", 2, "quotes"},
    {"empty pattern", "rule r\n match\n emit a leads b\n", 3, "empty"},
    {"empty group", "rule r\n match a:(Org) () b:(Program)\n", 2, "empty"},
    {"repeat of nothing", "rule r\n match a:(Org) (\"一\"?)* b:(Program)\n", 2, "must not be empty"},
    {"one dot", "rule r\n match a:(Org) . b:(Program)\n", 2, "gap"},
    {"long gap", "rule r\n match a:(Org) ..500 b:(Program)\n", 2, "400"},
    {"confidence", "rule r\n match a:(Org)\n confidence 2\n", 3, "0.05 to 1"},
    {"wrong classes", "rule r\n match a:(Person) \"办\" b:(City)" GOOD_END, 1, "does not allow leads"},
    {"relation of words", "rule r\n match a:(Org) t:{title}\n emit a leads t\n example \"x\" => y\n counter \"x\"\n", 1,
     "between entities"},
    {"set twice", "set s = \"一\"\nset s = \"二\"\n", 2, "there already"},
    {"empty set", "set s =\n", 2, "is empty"},
    {"example without claims", "rule r\n match a:(Org)\n example \"x\"\n counter \"x\"\n", 4, "=>"},
    {"stray word", "rule r\n match a:(Org)\n emit a leads a leads\n", 3, "nothing is expected"},
    {"outside", "match a:(Org)\n", 1, "outside of a rule"},
    {"inside of what", "rule r\n match r:inside c (City)\n", 2, "bound before"},
    {"list subject", "rule r\n match subject:(Org)+ \"办\" b:(Program)\n", 2, "needs no +"},
};

static void test_wrong(void **state) {
  fixture *f = *state;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    begin(f);
    yutu_rule_book book = {.arena = f->arena};
    yutu_error err = {0};
    yutu_status st = yutu_rules_parse(&book, "my.rules", yutu_slice_of(wrong[i].text), &err);
    if (st == YUTU_OK)
      st = yutu_rules_check(&book, &err);
    if (st != YUTU_ERR_INPUT || err.line != wrong[i].line || !strstr(err.message, wrong[i].message) ||
        strcmp(err.file, "my.rules") != 0)
      fail_msg("%s: status %d, %s:%u: %s", wrong[i].name, (int)st, err.file, err.line, err.message);
  }
}

// ---- what a pattern matches ----

static const struct {
  const char *name, *rule; ///< match and where; emits a leads b
  const char *text;
  const char *claims; ///< subject>object, sorted by appearance; "" for none
} patterns[] = {
    {"literal", "match a:(Org) \"牵头\" b:(Program)", "[甲院 Organization]牵头[乙计划 Program]", "甲院>乙计划"},
    {"literal is exact", "match a:(Org) \"牵头\" b:(Program)", "[甲院 Organization]牵着[乙计划 Program]", ""},
    {"option", "match a:(Org) \"牵头\" \"了\"? b:(Program)", "[甲院 Organization]牵头了[乙计划 Program]",
     "甲院>乙计划"},
    {"choice", "match a:(Org) (\"主抓\"|\"牵头\") b:(Program)", "[甲院 Organization]牵头[乙计划 Program]",
     "甲院>乙计划"},
    {"characters", "match a:(Org) [和与] \"丙会合办\" b:(Program)", "[甲院 Organization]与丙会合办[乙计划 Program]",
     "甲院>乙计划"},
    {"repeat", "match a:(Org) (\"很\")* \"牵头\" b:(Program)", "[甲院 Organization]很很牵头[乙计划 Program]",
     "甲院>乙计划"},
    {"gap within the clause", "match a:(Org) .. \"牵头\" b:(Program)", "[甲院 Organization]今年牵头[乙计划 Program]",
     "甲院>乙计划"},
    {"gap does not cross a comma", "match a:(Org) .. \"牵头\" b:(Program)",
     "[甲院 Organization]今年，牵头[乙计划 Program]", ""},
    {"long gap does", "match a:(Org) ... \"牵头\" b:(Program)", "[甲院 Organization]今年，牵头[乙计划 Program]",
     "甲院>乙计划"},
    {"length of a gap", "match a:(Org) ..2 \"牵头\" b:(Program)", "[甲院 Organization]一二三牵头[乙计划 Program]", ""},
    {"forbidden in a gap", "match a:(Org) ..!\"不\" \"牵头\" b:(Program)",
     "[甲院 Organization]从不轻易牵头[乙计划 Program]", ""},
    {"a literal is not inside a name", "match a:(Org) .. \"牵头\" b:(Program)",
     "[甲牵头院 Organization]说[乙计划 Program]", ""},
    {"list", "match a:(Org)+ \"牵头\" b:(Program)",
     "[甲院 Organization]、[丙所 Organization]和[丁司 Company]牵头[乙计划 Program]",
     "甲院>乙计划;丙所>乙计划;丁司>乙计划"},
    {"list with a sum", "match a:(Org)+ \"牵头\" b:(Program)",
     "[甲院 Organization]、[丙所 Organization]等八部门牵头[乙计划 Program]", "甲院>乙计划;丙所>乙计划"},
    {"list of objects", "match a:(Org) \"牵头\" b:(Program)+",
     "[甲院 Organization]牵头[乙计划 Program]、[戊工程 Program]", "甲院>乙计划;甲院>戊工程"},
    {"several in one mention", "match a:(Region) \"牵头\" b:(Program)", "[沪苏=上海+江苏 Province]牵头[乙计划 Program]",
     "上海>乙计划;江苏>乙计划"},
    {"quotes around a name", "match a:(Org) \"牵头\" b:(Program)", "[甲院 Organization]牵头“[乙计划 Program]”",
     "甲院>乙计划"},
    {"bracket after a name", "match a:(Org) \"牵头\" b:(Program)",
     "[甲院 Organization]（以下简称“甲”）牵头[乙计划 Program]", "甲院>乙计划"},
    {"clause begin", "match ^ a:(Org) \"牵头\" b:(Program)", "今年，[甲院 Organization]牵头[乙计划 Program]",
     "甲院>乙计划"},
    {"not clause begin", "match ^ a:(Org) \"牵头\" b:(Program)", "因为[甲院 Organization]牵头[乙计划 Program]", ""},
    {"clause end", "match a:(Org) \"牵头\" b:(Program) $", "[甲院 Organization]牵头[乙计划 Program]，很好",
     "甲院>乙计划"},
    {"not clause end", "match a:(Org) \"牵头\" b:(Program) $", "[甲院 Organization]牵头[乙计划 Program]的会", ""},
    {"sentence begin", "match {start} a:(Org) \"牵头\" b:(Program)", "今年，[甲院 Organization]牵头[乙计划 Program]",
     ""},
    {"head", "match a:(Org) \"牵头\" b:(Program) {head}", "[甲院 Organization]牵头[乙计划 Program]建设", "甲院>乙计划"},
    {"no head", "match a:(Org) \"牵头\" b:(Program) {head}", "[甲院 Organization]牵头[乙计划 Program]的报道", ""},
    {"number", "match a:(Org) \"牵头\" {number} \"的\" b:(Program)", "[甲院 Organization]牵头30家的[乙计划 Program]",
     "甲院>乙计划"},
    {"date", "match a:(Org) {date} \"牵头\" b:(Program)", "[甲院 Organization]2023年5月牵头[乙计划 Program]",
     "甲院>乙计划"},
    {"adverbs", "match a:(Org) {adverbs} \"牵头\" b:(Program)", "[甲院 Organization]近日已正式牵头[乙计划 Program]",
     "甲院>乙计划"},
    {"modifiers", "match a:(Org) \"牵头\" {modifiers} b:(Program)",
     "[甲院 Organization]牵头全国首个重大[乙计划 Program]", "甲院>乙计划"},
    {"subject", "match subject:(Org) \"牵头\" b:(Program)", "[甲院 Organization]在江边牵头[乙计划 Program]",
     "甲院>乙计划"},
    {"subject over a comma", "match subject:(Org) \"牵头\" b:(Program)",
     "[甲院 Organization]开会，牵头[乙计划 Program]", "甲院>乙计划"},
    {"topic", "match \"牵头\" b:(Program) topic:(Org)", "[甲院 Organization]开会。大家牵头[乙计划 Program]",
     "甲院>乙计划"},
    {"right after the subject", "match subject:(Org) {then} \"牵头\" b:(Program)",
     "[甲院 Organization]已牵头[乙计划 Program]", "甲院>乙计划"},
    {"not right after", "match subject:(Org) {then} \"牵头\" b:(Program)",
     "[甲院 Organization]开会并牵头[乙计划 Program]", ""},
    {"inner names are hidden", "match a:(Org) \"牵头\" b:(Program)",
     "[[甲院 Organization]工会 Alliance]的牵头[乙计划 Program]", ""},
    {"inner names when asked", "match a:inner(Organization) \"团队牵头\" b:(Program)",
     "[[甲院 Organization]团队牵头[乙计划 Program]会 Event]", ""},
    {"inside", "match a:(Org) \"牵头\" c:(Platform) b:inside c (Program)",
     "[甲院 Organization]牵头[[乙计划 Program]平台 Platform]", "甲院>乙计划"},
    {"where begins", "match a:(Org) \"牵头\" b:(Program)\n where b begins \"丙\"",
     "[甲院 Organization]牵头[乙计划 Program]", ""},
    {"where not ends", "match a:(Org) \"牵头\" b:(Program)\n where b not ends \"计划\"",
     "[甲院 Organization]牵头[乙计划 Program]", ""},
    {"where has", "match a:(Org) \"牵头\" b:(Program)\n where b has \"计\"", "[甲院 Organization]牵头[乙计划 Program]",
     "甲院>乙计划"},
    {"where is", "match a:(Org) \"牵头\" b:(Program)\n where a is (Company)", "[甲院 Organization]牵头[乙计划 Program]",
     ""},
    {"where count", "match a:(Org)+ \"牵头\" b:(Program)\n where a count 2", "[甲院 Organization]牵头[乙计划 Program]",
     ""},
    {"where within", "match a:(Region) \"牵头\" b:(Program) \"在\" r:(Region)\n where a within r",
     "[苏州 City]牵头[乙计划 Program]在[江苏 Province]", "苏州>乙计划"},
    {"where not within", "match a:(Region) \"牵头\" b:(Program) \"在\" r:(Region)\n where a within r",
     "[苏州 City]牵头[乙计划 Program]在[浙江 Province]", ""},
    {"where here", "match subject:(Org) \"牵头\" b:(Program)\n where subject here",
     "[甲院 Organization]开会。牵头[乙计划 Program]", ""},
    {"negation", "match a:(Org) .. \"牵头\" b:(Program)", "[甲院 Organization]没有牵头[乙计划 Program]", ""},
    {"a word that only holds a negation", "match a:(Org) .. \"牵头\" b:(Program)",
     "[甲院 Organization]不断牵头[乙计划 Program]", "甲院>乙计划"},
    {"cue over two words", "match subject:(Org) \"发布\" b:(Program)", "[甲院 Organization]开发布局[乙计划 Program]",
     ""},
    {"a pattern without a cue", "match a:(Org) b:(Program)", "[甲院 Organization][乙计划 Program]", "甲院>乙计划"},
};

static const char grammar[] =
    "set negation = \"不\" \"没有\"\nset planned = \"将\"\nset preposition = \"在\" \"由\"\nset locative = \"上\"\n"
    "set connective = \"今年\"\nset joiner = \"、\" \"和\"\nset light_noun = \"多地\"\nset self_noun = \"该校\"\n"
    "set after_head = \"建设\"\nset adverb = \"正式\" \"已\"\nset title_prefix = \"副\"\nset verb = \"牵头\" \"开会\"\n"
    "set together = \"合作\"\nset governs = \"管委会\"\nset tail_noun = \"部门\"\nset unit = \"团队\"\n"
    "set delegation = \"代表团\"\nset grounds = \"区\"\nset saying = \"说\"\nset time = \"近日\" \"今年\"\n"
    "set time_tail = \"起\"\n";

static yutu_status compile(fixture *f, const char *rules, yutu_buffer *image, yutu_error *err) {
  yutu_rule_book book = {.arena = f->arena};
  yutu_status st = yutu_rules_parse(&book, "grammar", yutu_slice_of(grammar), err);
  if (st == YUTU_OK)
    st = yutu_rules_parse(&book, "my.rules", yutu_slice_of(rules), err);
  if (st == YUTU_OK)
    st = yutu_rules_check(&book, err);
  return st == YUTU_OK ? yutu_rules_compile(&book, 0, book.rules.n, (yutu_slice){0}, image, err) : st;
}

static void name(char *out, const yutu_document *d, uint32_t thing) {
  strncat(out, d->things.at[thing].name.data, d->things.at[thing].name.len);
}

// Claims of the rule "r" as subject>object;…
static void claims_of(const yutu_document *d, char *out) {
  *out = '\0';
  for (uint32_t i = 0; i < d->claims.n; i++) {
    if (!yutu_slice_eq(d->claims.at[i].rule, YUTU_SLICE("r")))
      continue;
    if (*out)
      strcat(out, ";");
    name(out, d, d->claims.at[i].subject);
    name(strcat(out, ">"), d, d->claims.at[i].object);
  }
}

static void test_patterns(void **state) {
  fixture *f = *state;
  for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
    begin(f);
    char text[2048], found[1024];
    const bool subject = strstr(patterns[i].rule, "subject:"), topic = strstr(patterns[i].rule, "topic:");
    const char *who = subject ? "subject" : topic ? "topic" : "a";
    const bool uses_c = strstr(patterns[i].rule, "c:(Platform)") != NULL;
    snprintf(text, sizeof text, "rule r\n %s\n emit %s leads b%s\n example \"x\" => y\n counter \"x\"\n",
             patterns[i].rule, who, uses_c ? "; a leads c" : "");
    yutu_buffer image = YUTU_BUFFER_INIT;
    yutu_error err = {0};
    const yutu_rules *rules;
    yutu_document *d = NULL;
    if (compile(f, text, &image, &err) != YUTU_OK || yutu_rules_open(image.data, image.len, &rules, &err) != YUTU_OK ||
        yutu_markup_read(f->arena, f->lexicon, yutu_slice_of(patterns[i].text), &d, &err) != YUTU_OK)
      fail_msg("%s: %u: %s", patterns[i].name, err.line, err.message);
    yutu_relate(d, &rules, 1, NULL);
    claims_of(d, found);
    char *extra = uses_c ? strstr(found, ";甲院>乙计划平台") : NULL;
    if (extra)
      *extra = '\0';
    if (strcmp(found, patterns[i].claims) != 0)
      fail_msg("%s: found \"%s\", expected \"%s\"", patterns[i].name, found, patterns[i].claims);
    yutu_buffer_free(&image);
  }
}

// ---- images ----

static void test_damage(void **state) {
  fixture *f = *state;
  begin(f);
  yutu_buffer image = YUTU_BUFFER_INIT;
  yutu_error err = {0};
  const yutu_rules *rules;
  assert_int_equal(compile(f, "rule r\n match a:(Org) \"牵头\" b:(Program)" GOOD_END, &image, &err), YUTU_OK);
  assert_int_equal(yutu_rules_open(image.data, image.len, &rules, &err), YUTU_OK);
  for (size_t n = 0; n < image.len; n += 1 + n / 3)
    assert_int_equal(yutu_rules_open(image.data, n, &rules, &err), YUTU_ERR_FORMAT);
  for (size_t at = 0; at < image.len; at += 7) { // every change is seen by the checksum or before it
    image.data[at] ^= 0x41;
    assert_int_equal(yutu_rules_open(image.data, image.len, &rules, &err), YUTU_ERR_FORMAT);
    image.data[at] ^= 0x41;
  }
  assert_int_equal(yutu_rules_open(image.data, image.len, &rules, &err), YUTU_OK);
  yutu_buffer_free(&image);
}

static void test_builtin(void **state) {
  (void)state;
  const yutu_rules *builtin = yutu_rules_builtin(), *opened;
  yutu_error err = {0};
  assert_int_equal(yutu_rules_open(builtin, (size_t)builtin->size, &opened, &err), YUTU_OK);
  assert_true(yutu_rules_count(builtin, YUTU_RULES_RULES) >= 150);
  for (unsigned g = 0; g < YUTU_GRAMMAR_COUNT; g++)
    assert_int_not_equal(yutu_rules_grammar(builtin, (yutu_grammar)g), YUTU_RULES_NONE);
}

// A pattern that could be tried in a great many ways ends all the same.
static void test_limits(void **state) {
  fixture *f = *state;
  begin(f);
  yutu_buffer image = YUTU_BUFFER_INIT;
  yutu_error err = {0};
  const yutu_rules *rules;
  yutu_document *d;
  assert_int_equal(compile(f,
                           "rule r\n match a:(Org) ...300 \"一\" ...300 \"一\" ...300 \"一\" ...300 \"牵头\" ...300 "
                           "\"二\" b:(Program)" GOOD_END,
                           &image, &err),
                   YUTU_OK);
  assert_int_equal(yutu_rules_open(image.data, image.len, &rules, &err), YUTU_OK);
  char text[4096] = "[甲院 Organization]";
  for (int i = 0; i < 100; i++)
    strcat(text, "一牵头");
  strcat(text, "[乙计划 Program]");
  assert_int_equal(yutu_markup_read(f->arena, f->lexicon, yutu_slice_of(text), &d, &err), YUTU_OK);
  yutu_relate(d, &rules, 1, NULL);
  assert_int_equal(d->claims.n, 0);
  yutu_buffer_free(&image);
}

static void test_load(void **state) {
  (void)state;
  char path[] = "/tmp/yutu-rules-XXXXXX";
  const int fd = mkstemp(path);
  assert_true(fd >= 0);
  static const char mine[] = "rule mine/uses-shared-sets\n match subject:(Org) @found &le c:(Org)\n"
                             " emit subject establishes c\n example \"x\" => y\n counter \"x\"\n";
  assert_int_equal(write(fd, mine, sizeof mine - 1), sizeof mine - 1);
  close(fd);
  yutu_rules *rules = NULL;
  yutu_error err = {0};
  assert_int_equal(yutu_rules_load(path, &rules, &err), YUTU_OK);
  assert_int_equal(yutu_rules_count(rules, YUTU_RULES_RULES), 1);
  yutu_rules_free(rules);
  assert_int_equal(yutu_file_write(path, "rule x\n match (\n", 16, &err), YUTU_OK);
  assert_int_equal(yutu_rules_load(path, &rules, &err), YUTU_ERR_INPUT);
  assert_string_equal(err.file, path);
  unlink(path);
  assert_int_equal(yutu_rules_load(path, &rules, &err), YUTU_ERR_IO);
  yutu_rules_free(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_wrong, setup, teardown),
      cmocka_unit_test_setup_teardown(test_patterns, setup, teardown),
      cmocka_unit_test_setup_teardown(test_damage, setup, teardown),
      cmocka_unit_test(test_builtin),
      cmocka_unit_test_setup_teardown(test_limits, setup, teardown),
      cmocka_unit_test(test_load),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
