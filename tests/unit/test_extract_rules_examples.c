// Every rule on its examples and counter-examples: alone, so that no other rule helps or hinders.
#include "base/file.h"
#include "extract/rules_model.h"
#include "tests/unit/markup.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { FILES_MAX = 64, CLAIMS_MAX = 64, TEXT_MAX = 4096 };

typedef struct {
  yutu_arena *arena;   ///< of the rules
  yutu_arena *scratch; ///< of one example
  yutu_lexicon *lexicon;
  yutu_rule_book book;
  unsigned failures;
} fixture;

// ---- what a document says, as text ----

static void name(char *out, const yutu_document *d, uint32_t thing) {
  strncat(out, d->things.at[thing].name.data, d->things.at[thing].name.len);
}

static void print_claim(char *out, const yutu_document *d, const yutu_claim *c) {
  if (c->kind == YUTU_CLAIM_RELATION) {
    name(out, d, c->subject);
    strcat(strcat(strcat(out, " "), yutu_property_name(c->predicate)), " ");
    name(out, d, c->object);
  } else {
    strcat(out, "cooperation ");
    for (uint32_t i = 0; i < c->n_participants; i++) {
      strcat(out, i ? ", " : "");
      name(out, d, c->participants[i]);
    }
    if (c->via != YUTU_NO_INDEX)
      name(strcat(out, " via "), d, c->via);
  }
}

static int by_text(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool planned(const yutu_claim *c) {
  return c->modality == YUTU_MODALITY_PLANNED;
}

// Claims of the rule and titles, sorted.
static size_t found_claims(fixture *f, const yutu_document *d, yutu_slice rule, char **ret, bool *ret_planned) {
  size_t n = 0;
  *ret_planned = false;
  for (uint32_t i = 0; i < d->claims.n && n < CLAIMS_MAX; i++) {
    if (!yutu_slice_eq(d->claims.at[i].rule, rule))
      continue;
    ret[n] = yutu_arena_alloc(f->scratch, TEXT_MAX);
    print_claim(ret[n++], d, &d->claims.at[i]);
    *ret_planned |= planned(&d->claims.at[i]);
  }
  for (uint32_t i = 0; i < d->things.n; i++) {
    for (uint32_t k = 0; k < d->things.at[i].titles.n && n < CLAIMS_MAX; k++) {
      ret[n] = yutu_arena_alloc(f->scratch, TEXT_MAX);
      name(strcat(ret[n], "title "), d, i);
      snprintf(ret[n] + strlen(ret[n]), TEXT_MAX - strlen(ret[n]), " \"%.*s\"", (int)d->things.at[i].titles.at[k].len,
               d->things.at[i].titles.at[k].data);
      n++;
    }
  }
  qsort(ret, n, sizeof *ret, by_text);
  return n;
}

static size_t expected_claims(fixture *f, yutu_slice text, char **ret, bool *ret_planned) {
  size_t n = 0;
  static const char mark[] = "(planned)";
  *ret_planned = yutu_slice_ends(text, yutu_slice_of(mark));
  if (*ret_planned)
    text.len -= sizeof mark - 1;
  for (yutu_slice piece; n < CLAIMS_MAX && yutu_slice_split(&text, ';', &piece);) {
    piece = yutu_slice_trim(piece);
    if (piece.len)
      ret[n++] = yutu_arena_strndup(f->scratch, piece.data, piece.len);
  }
  qsort(ret, n, sizeof *ret, by_text);
  return n;
}

static void fail_example(fixture *f, const yutu_rule_source *rule, const yutu_rule_example *e, const char *what) {
  print_error("%s:%u: %.*s: %s\n", rule->path, e->line, (int)rule->name.len, rule->name.data, what);
  f->failures++;
}

static void try_example(fixture *f, const yutu_rules *compiled, const yutu_rules *grammar, const yutu_rule_source *rule,
                        const yutu_rule_example *e) {
  yutu_error err = {0};
  yutu_document *d;
  yutu_arena_reset(f->scratch);
  if (yutu_markup_read(f->scratch, f->lexicon, e->text, &d, &err) != YUTU_OK) {
    fail_example(f, rule, e, err.message);
    return;
  }
  const yutu_rules *both[] = {grammar, compiled};
  yutu_relate(d, both, 2, NULL);
  char *found[CLAIMS_MAX], *wanted[CLAIMS_MAX];
  bool found_planned, wanted_planned;
  const size_t n = found_claims(f, d, rule->name, found, &found_planned);
  const size_t k = expected_claims(f, e->expected, wanted, &wanted_planned);
  char message[TEXT_MAX * 2] = "";
  for (size_t i = 0; i < n || i < k; i++) {
    if (i < n && i < k && strcmp(found[i], wanted[i]) == 0)
      continue;
    snprintf(message, sizeof message, "found \"%s\", expected \"%s\"", i < n ? found[i] : "nothing more",
             i < k ? wanted[i] : "nothing more");
    fail_example(f, rule, e, message);
    return;
  }
  if (k && wanted_planned != found_planned)
    fail_example(f, rule, e, wanted_planned ? "is not seen as planned" : "is taken for planned");
}

static void try_rule(fixture *f, const yutu_rules *grammar, uint32_t number) {
  const yutu_rule_source *rule = &f->book.rules.at[number];
  yutu_buffer image = YUTU_BUFFER_INIT;
  yutu_error err = {0};
  const yutu_rules *compiled;
  assert_int_equal(yutu_rules_compile(&f->book, number, number + 1, (yutu_slice){0}, &image, &err), YUTU_OK);
  assert_int_equal(yutu_rules_open(image.data, image.len, &compiled, &err), YUTU_OK);
  for (uint32_t i = 0; i < rule->examples.n; i++)
    try_example(f, compiled, grammar, rule, &rule->examples.at[i]);
  for (uint32_t i = 0; i < rule->counters.n; i++)
    try_example(f, compiled, grammar, rule, &rule->counters.at[i]);
  yutu_buffer_free(&image);
}

// ---- the rule files ----

static void read_rules(fixture *f, const char *path) {
  yutu_buffer text = YUTU_BUFFER_INIT;
  yutu_error err = {0};
  assert_int_equal(yutu_file_read(path, YUTU_RULE_FILE_BYTES_MAX, &text, &err), YUTU_OK);
  const yutu_slice copy = {yutu_arena_strndup(f->arena, text.data, text.len), text.len};
  yutu_buffer_free(&text);
  if (yutu_rules_parse(&f->book, yutu_arena_strndup(f->arena, path, strlen(path)), copy, &err) != YUTU_OK)
    fail_msg("%s:%u: %s", err.file, err.line, err.message);
}

static int rule_file(const struct dirent *entry) {
  const size_t n = strlen(entry->d_name);
  return n > 6 && strcmp(entry->d_name + n - 6, ".rules") == 0 && strcmp(entry->d_name, "grammar.rules") != 0;
}

static void read_folder(fixture *f) {
  const char *source = getenv("YUTU_SOURCE");
  if (!source)
    skip();
  char folder[1024], path[2048];
  snprintf(folder, sizeof folder, "%s/extract/rules", source);
  snprintf(path, sizeof path, "%s/grammar.rules", folder);
  read_rules(f, path);
  struct dirent **entries;
  const int n = scandir(folder, &entries, rule_file, alphasort);
  assert_in_range(n, 1, FILES_MAX);
  for (int i = 0; i < n; i++) {
    snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
    read_rules(f, path);
    free(entries[i]);
  }
  free(entries);
}

static void test_examples(void **state) {
  (void)state;
  static fixture f;
  yutu_error err = {0};
  f.arena = yutu_arena_new(0);
  f.scratch = yutu_arena_new(0);
  f.book.arena = f.arena;
  assert_int_equal(yutu_lexicon_new(NULL, 0, &f.lexicon, &err), YUTU_OK);
  read_folder(&f);
  if (yutu_rules_check(&f.book, &err) != YUTU_OK)
    fail_msg("%s:%u: %s", err.file, err.line, err.message);
  yutu_buffer image = YUTU_BUFFER_INIT;
  const yutu_rules *grammar; // the sets alone
  assert_int_equal(yutu_rules_compile(&f.book, 0, 0, (yutu_slice){0}, &image, &err), YUTU_OK);
  assert_int_equal(yutu_rules_open(image.data, image.len, &grammar, &err), YUTU_OK);
  assert_true(f.book.rules.n >= 150);
  for (uint32_t i = 0; i < f.book.rules.n; i++)
    try_rule(&f, grammar, i);
  yutu_buffer_free(&image);
  yutu_lexicon_free(f.lexicon);
  yutu_arena_free(f.scratch);
  yutu_arena_free(f.arena);
  assert_int_equal(f.failures, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_examples)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
