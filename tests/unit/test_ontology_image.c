#include "ontology/image.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/// The CRC-32 check value, and those of some short texts.
static void test_checksum(void **state) {
  (void)state;
  static const struct {
    const char *text;
    uint32_t sum;
  } rows[] = {{"", 0}, {"123456789", 0xCBF43926}, {"a", 0xE8B7BE43}, {"abc", 0x352441C2}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    assert_int_equal(yutu_image_checksum(rows[i].text, strlen(rows[i].text)), rows[i].sum);
}

static void make_image(yutu_buffer *image) {
  static const char entities[] = "id\tclass\tname\taliases\tweak\tletters\twithin\ten\n"
                                 "region/440000\tProvince\t广东省\t广东\t\t粤\t\tGuangdong\n"
                                 "region/440300\tCity\t深圳市\t深圳\t鹏城\t深\tregion/440000\t\n";
  static const char words[] = "word\tside\tkind\n市长\tboth\toffice\n院士\tafter\tacademic\n";
  static const char *const paths[] = {"a.tsv", "titles.tsv"};
  yutu_error err = {0};
  assert_int_equal(yutu_file_write(paths[0], entities, sizeof entities - 1, &err), YUTU_OK);
  assert_int_equal(yutu_file_write(paths[1], words, sizeof words - 1, &err), YUTU_OK);
  assert_int_equal(yutu_gazetteer_compile(paths, 2, image, &err), YUTU_OK);
  unlink(paths[0]);
  unlink(paths[1]);
}

static size_t touch_posting(const yutu_gazetteer *g, const yutu_posting *p) {
  if (p->table > YUTU_TABLE_COMPOUND)
    return yutu_gazetteer_word(g, (yutu_table)p->table, p->row).len;
  assert_true(p->row < yutu_gazetteer_entities(g));
  return yutu_gazetteer_class(g, p->row);
}

/// Read everything that can be read. What comes out does not matter; ASan watches the bounds.
static size_t touch(const yutu_gazetteer *g) {
  static const uint32_t text[] = {0x6DF1, 0x5733, 0x5E02,   0x957F,   0x5E7F,
                                  0x4E1C, 0x7701, 0x10FFFF, 0x110000, 0xFFFFFFFF};
  size_t sum = 0;
  for (uint32_t row = 0; row < yutu_gazetteer_entities(g); row++) {
    yutu_gazetteer_entity e;
    yutu_gazetteer_get(g, row, &e);
    sum += strlen(e.name.data) + strlen(e.id.data) + strlen(e.en.data) + strlen(e.source.data);
    sum += strlen(yutu_class_name(yutu_gazetteer_class(g, row)));
    for (uint32_t i = 0; i < e.n_aliases; i++)
      sum += strlen(yutu_gazetteer_string(g, e.aliases[i]).data);
    for (uint32_t i = 0; i < e.n_letters; i++)
      sum += strlen(yutu_gazetteer_string(g, e.letters[i]).data);
    for (uint32_t i = 0; i < e.n_within; i++)
      sum += yutu_gazetteer_class(g, e.within[i]);
    sum += yutu_gazetteer_by_id(g, e.id) == row;
  }
  for (unsigned t = YUTU_TABLE_COMMON; t < YUTU_TABLE_COUNT; t++) {
    for (uint32_t row = 0; row < yutu_gazetteer_words(g, (yutu_table)t); row++) {
      sum += yutu_gazetteer_word(g, (yutu_table)t, row).len;
      for (unsigned c = 0; c < YUTU_CELLS_MAX; c++)
        sum += yutu_gazetteer_symbol_text(g, yutu_gazetteer_cell(g, (yutu_table)t, row, c)).len;
    }
  }
  for (unsigned trie = 0; trie < YUTU_TRIE_COUNT; trie++) {
    for (uint32_t at = 0; at < sizeof text / sizeof *text; at++) {
      yutu_key keys[8];
      const uint32_t n =
          yutu_gazetteer_prefixes(g, (yutu_trie)trie, text + at, (uint32_t)(sizeof text / sizeof *text) - at, keys, 8);
      for (uint32_t i = 0; i < n; i++) {
        for (uint32_t k = 0; k < keys[i].n_postings; k++)
          sum += touch_posting(g, &keys[i].postings[k]);
      }
    }
  }
  sum += (size_t)(yutu_gazetteer_symbol(g, "office") + 1);
  return sum;
}

/// Every byte changed: opening must fail.
static void test_flips(void **state) {
  (void)state;
  yutu_buffer image = YUTU_BUFFER_INIT;
  make_image(&image);
  yutu_gazetteer *g = NULL;
  assert_int_equal(yutu_gazetteer_open(image.data, image.len, &g, NULL), YUTU_OK);
  assert_true(touch(g) > 100);
  for (size_t i = 0; i < image.len; i += i < 1500 ? 1 : 5) {
    image.data[i] ^= 0x40;
    g = NULL;
    yutu_error err = {0};
    assert_int_equal(yutu_gazetteer_open(image.data, image.len, &g, &err), YUTU_ERR_FORMAT);
    assert_null(g);
    assert_true(err.message[0] != '\0');
    image.data[i] ^= 0x40;
  }
  assert_int_equal(yutu_gazetteer_open(image.data, image.len, &g, NULL), YUTU_OK);
  yutu_buffer_free(&image);
}

/// Bytes changed by somebody who mends the checksum: opening fails, or everything stays in bounds.
static void test_forged(void **state) {
  (void)state;
  yutu_buffer image = YUTU_BUFFER_INIT;
  make_image(&image);
  yutu_gazetteer *header = (void *)image.data;
  unsigned opened = 0, refused = 0;
  static const unsigned char masks[] = {0x01, 0x80, 0xFF};
  for (size_t i = YUTU_IMAGE_CHECKED_FROM; i < image.len; i += i < 1500 ? 1 : 5) {
    const unsigned char mask = masks[i % 3];
    const uint32_t sum = header->checksum;
    image.data[i] = (char)(image.data[i] ^ mask);
    header->checksum = yutu_image_checksum(image.data + YUTU_IMAGE_CHECKED_FROM, image.len - YUTU_IMAGE_CHECKED_FROM);
    yutu_gazetteer *g = NULL;
    if (yutu_gazetteer_open(image.data, image.len, &g, NULL) == YUTU_OK) {
      opened++;
      touch(g);
    } else {
      refused++;
    }
    image.data[i] = (char)(image.data[i] ^ mask);
    header->checksum = sum;
  }
  assert_true(opened > 0 && refused > 0);
  yutu_buffer_free(&image);
}

static void test_sizes(void **state) {
  (void)state;
  yutu_buffer image = YUTU_BUFFER_INIT;
  make_image(&image);
  yutu_gazetteer *g = NULL;
  for (size_t n = 0; n < image.len; n += n < 600 ? 1 : 101) {
    unsigned char *cut = malloc(n + 1); // its own block, so that reading beyond is seen
    assert_non_null(cut);
    memcpy(cut, image.data, n);
    assert_int_equal(yutu_gazetteer_open(cut, n, &g, NULL), YUTU_ERR_FORMAT);
    free(cut);
  }
  yutu_buffer_append(&image, "\0\0\0\0\0\0\0\0", 8);
  assert_int_equal(yutu_gazetteer_open(image.data, image.len, &g, NULL), YUTU_ERR_FORMAT);
  assert_int_equal(yutu_gazetteer_open(image.data + 1, image.len - 9, &g, NULL), YUTU_ERR_USAGE);
  yutu_buffer_free(&image);
}

/// The image in the program is whole, and knows what every reader of Chinese news knows.
static void test_builtin(void **state) {
  (void)state;
  const yutu_gazetteer *builtin = yutu_gazetteer_builtin();
  yutu_gazetteer *g = NULL;
  yutu_error err = {0};
  assert_int_equal((uintptr_t)builtin % 4096, 0);
  assert_int_equal(yutu_gazetteer_open(builtin, builtin->size, &g, &err), YUTU_OK);
  assert_ptr_equal(g, builtin);
  static const struct {
    const char *name, *id;
  } rows[] = {{"深圳", "region/440300"}, {"上海市", "region/310000"}, {"英国", "country/GB"}, {"粤", "region/440000"}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    yutu_key key;
    assert_true(yutu_gazetteer_find(builtin, yutu_slice_of(rows[i].name), &key));
    bool found = false;
    for (uint32_t k = 0; k < key.n_postings; k++) {
      yutu_gazetteer_entity e;
      if (key.postings[k].table != YUTU_TABLE_ENTITY)
        continue;
      yutu_gazetteer_get(builtin, key.postings[k].row, &e);
      found = found || yutu_slice_eq(e.id, yutu_slice_of(rows[i].id));
    }
    assert_true(found);
  }
  for (unsigned t = YUTU_TABLE_COMMON; t < YUTU_TABLE_COUNT; t++)
    assert_true(yutu_gazetteer_words(builtin, (yutu_table)t) > 0); // no table was forgotten
}

static char folder[] = "yutu-test-image-XXXXXX";

static int make_folder(void **state) {
  (void)state;
  return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int remove_folder(void **state) {
  (void)state;
  return chdir("..") == 0 && rmdir(folder) == 0 ? 0 : -1;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_checksum), cmocka_unit_test(test_flips),   cmocka_unit_test(test_forged),
      cmocka_unit_test(test_sizes),    cmocka_unit_test(test_builtin),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
