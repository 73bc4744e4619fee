#include "ontology/gazetteer.h"

#include "base/file.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/// A reproducible generator (xorshift64*).
static uint64_t seed = 88172645463325252u;

static uint32_t random_below(uint32_t n) {
  seed ^= seed >> 12;
  seed ^= seed << 25;
  seed ^= seed >> 27;
  return (uint32_t)((seed * 2685821657736338717u) >> 33) % n;
}

enum { WORDS_MAX = 3000, LENGTH_MAX = 8, TEXT = 4000 };

typedef struct {
  uint32_t text[LENGTH_MAX];
  uint32_t n;
} word;

/// Code points of several ranges: few, so that words share beginnings, or many, so that codes of two bytes occur.
static uint32_t random_character(uint32_t variety) {
  static const uint32_t firsts[] = {'a', 0x4E00, 0x20000, 0xFF08};
  return firsts[random_below(4)] + random_below(variety);
}

static bool same(const word *w, const uint32_t *text, uint32_t n) {
  return w->n <= n && memcmp(w->text, text, w->n * sizeof *text) == 0;
}

static uint32_t make_words(word *words, uint32_t n, uint32_t variety) {
  uint32_t made = 0;
  for (uint32_t i = 0; i < n; i++) {
    word *w = &words[made];
    w->n = 1 + random_below(LENGTH_MAX);
    for (uint32_t k = 0; k < w->n; k++)
      w->text[k] = random_character(variety);
    if (made && random_below(3) == 0) { // continue another word
      const word *other = &words[random_below(made)];
      const uint32_t keep = other->n < w->n ? other->n : w->n;
      memcpy(w->text, other->text, keep * sizeof *w->text);
    }
    bool there = false;
    for (uint32_t k = 0; k < made && !there; k++)
      there = words[k].n == w->n && same(&words[k], w->text, w->n);
    made += !there;
  }
  return made;
}

static yutu_gazetteer *compile_words(const word *words, uint32_t n, yutu_buffer *image) {
  yutu_error err = {0};
  yutu_buffer list = YUTU_BUFFER_INIT;
  yutu_buffer_puts(&list, "word\n");
  for (uint32_t i = 0; i < n; i++) {
    for (uint32_t k = 0; k < words[i].n; k++)
      yutu_buffer_put_utf8(&list, words[i].text[k]);
    yutu_buffer_putc(&list, '\n');
  }
  static const char *const paths[] = {"translit.tsv"};
  yutu_gazetteer *g = NULL;
  assert_int_equal(yutu_file_write(paths[0], list.data, list.len, &err), YUTU_OK);
  assert_int_equal(yutu_gazetteer_compile(paths, 1, image, &err), YUTU_OK);
  assert_int_equal(yutu_gazetteer_open(image->data, image->len, &g, &err), YUTU_OK);
  unlink(paths[0]);
  yutu_buffer_free(&list);
  return g;
}

/// At every position of a random text made of pieces of the words, the trie must say what a plain search says.
static void compare(const yutu_gazetteer *g, const word *words, uint32_t n_words, uint32_t variety) {
  static uint32_t text[TEXT + LENGTH_MAX];
  uint32_t n = 0;
  while (n < TEXT) {
    const word *w = &words[random_below(n_words)];
    const uint32_t piece = random_below(w->n + 1);
    memcpy(text + n, w->text, piece * sizeof *text);
    n += piece;
    if (random_below(5) == 0)
      text[n++] = random_below(2) ? random_character(variety) : 0x10FFFF + random_below(3);
  }
  n = TEXT;
  for (uint32_t at = 0; at < n; at++) {
    yutu_key keys[LENGTH_MAX + 1];
    const uint32_t found = yutu_gazetteer_prefixes(g, YUTU_TRIE_NAMES, text + at, n - at, keys, LENGTH_MAX + 1);
    uint32_t expected = 0;
    for (uint32_t i = 0; i < n_words; i++)
      expected += same(&words[i], text + at, n - at);
    assert_int_equal(found, expected);
    for (uint32_t i = 0; i < found; i++) {
      assert_true(i == 0 || keys[i].length > keys[i - 1].length);
      assert_int_equal(keys[i].n_postings, 1);
      assert_int_equal(keys[i].postings->table, YUTU_TABLE_TRANSLIT);
      const word *w = &words[keys[i].postings->row];
      assert_true(w->n == keys[i].length && same(w, text + at, n - at));
    }
    if (found > 1) // no more than asked for, the shortest first
      assert_int_equal(yutu_gazetteer_prefixes(g, YUTU_TRIE_NAMES, text + at, n - at, keys, 1), 1);
  }
}

static void test_against_search(void **state) {
  (void)state;
  static const struct { uint32_t n, variety; } rows[] = {{1, 1}, {40, 2}, {400, 3}, {1000, 40}, {WORDS_MAX, 700}};
  static word words[WORDS_MAX];
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    yutu_buffer image = YUTU_BUFFER_INIT;
    const uint32_t n = make_words(words, rows[i].n, rows[i].variety);
    yutu_gazetteer *g = compile_words(words, n, &image);
    assert_int_equal(yutu_gazetteer_words(g, YUTU_TABLE_TRANSLIT), n);
    compare(g, words, n, rows[i].variety);
    yutu_gazetteer_free(g);
    yutu_buffer_free(&image);
  }
}

static void test_find(void **state) {
  (void)state;
  static const word words[] = {{{0x6DF1}, 1}, {{0x6DF1, 0x5733}, 2}, {{0x20BB7, 0x5408, 0x80A5}, 3}};
  yutu_buffer image = YUTU_BUFFER_INIT;
  yutu_gazetteer *g = compile_words(words, 3, &image);
  static const struct {
    const char *text;
    uint32_t length; // 0: not there
  } rows[] = {{"深", 1},   {"深圳", 2},   {"深圳市", 0}, {"圳", 0},          {"", 0}, {"𠮷合肥", 3}, {"𠮷合", 0},
              {"\xFF", 0}, {"深\xE5", 0}, {"a", 0},      {"深圳\xF0\xA0", 0}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    yutu_key key = {0};
    assert_int_equal(yutu_gazetteer_find(g, yutu_slice_of(rows[i].text), &key), rows[i].length != 0);
    assert_int_equal(key.length, rows[i].length);
  }
  yutu_key key;
  assert_false(yutu_gazetteer_find(g, (yutu_slice){NULL, 0}, &key));
  assert_int_equal(yutu_gazetteer_prefixes(g, YUTU_TRIE_HANT, words[0].text, 1, &key, 1), 0);
  yutu_gazetteer_free(g);
  yutu_buffer_free(&image);
}

static char folder[] = "yutu-test-trie-XXXXXX";

static int make_folder(void **state) {
  (void)state;
  return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int remove_folder(void **state) {
  (void)state;
  return chdir("..") == 0 && rmdir(folder) == 0 ? 0 : -1;
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_against_search), cmocka_unit_test(test_find)};
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
