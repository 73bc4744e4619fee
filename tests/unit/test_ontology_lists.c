#include "ontology/gazetteer.h"

#include "base/file.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/// A list to be written to a file before compiling.
typedef struct {
  const char *name, *text;
} list;

enum { LISTS_MAX = 6 };

static const list regions = {"regions.tsv", "# source: test\n"
                                            "id\tclass\tname\taliases\tweak\tletters\twithin\tlat\tlon\ten\n"
                                            "region/440000\tProvince\t广东省\t广东\t\t粤\t\t23.1\t113.26\tGuangdong\n"
                                            "region/440300\tCity\t深圳市\t深圳\t\t深\tregion/440000\t\t\t\n"
                                            "region/440304\tDistrict\t福田区\t福田\t\t\t深圳市\t\t\t\n"
                                            "region/110105\tDistrict\t朝阳区\t\t朝阳\t\t\t\t\t\n"
                                            "region/220104\tDistrict\t朝阳区\t\t朝阳\t\t\t-0.5\t-180\t\n"};

static void write_lists(const list *lists, const char **paths, size_t *ret_n) {
  size_t n = 0;
  for (; n < LISTS_MAX && lists[n].name; n++) {
    yutu_error err = {0};
    assert_int_equal(yutu_file_write(lists[n].name, lists[n].text, strlen(lists[n].text), &err), YUTU_OK);
    paths[n] = lists[n].name;
  }
  *ret_n = n;
}

static void remove_lists(const char *const *paths, size_t n) {
  for (size_t i = 0; i < n; i++)
    unlink(paths[i]);
}

static yutu_status compile(const list *lists, yutu_buffer *image, yutu_error *err) {
  const char *paths[LISTS_MAX];
  size_t n;
  write_lists(lists, paths, &n);
  const yutu_status st = yutu_gazetteer_compile(paths, n, image, err);
  remove_lists(paths, n);
  return st;
}

static yutu_gazetteer *open_lists(const list *lists, yutu_buffer *image) {
  yutu_error err = {0};
  yutu_gazetteer *g = NULL;
  assert_int_equal(compile(lists, image, &err), YUTU_OK);
  assert_int_equal(yutu_gazetteer_open(image->data, image->len, &g, &err), YUTU_OK);
  return g;
}

/// "table/role/row …" of a key.
static const char *meanings(const yutu_gazetteer *g, const char *text) {
  static char out[200];
  yutu_key key;
  out[0] = '\0';
  if (yutu_gazetteer_find(g, yutu_slice_of(text), &key)) {
    for (uint32_t i = 0; i < key.n_postings; i++)
      sprintf(out + strlen(out), "%s%u/%u/%u", i ? " " : "", key.postings[i].table, key.postings[i].role,
              key.postings[i].row);
  }
  return out;
}

static void assert_slice(yutu_slice s, const char *expected) {
  assert_true(yutu_slice_eq(s, yutu_slice_of(expected)));
}

static void test_entities(void **state) {
  (void)state;
  const list lists[] = {regions,
                        {"zones.tsv", "# class: Zone\nname\taliases\twithin\tpart_of\tfocus\n"
                                      "深圳国家高新技术产业开发区\t深圳高新区\tregion/440300\t\t集成电路|芯片\n"
                                      "南山园区\t\t深圳\t深圳高新区\t\n"},
                        {"industries.tsv", "# class: Industry\nname\taliases\tparent\n"
                                           "集成电路\tIC\t电子信息\n电子信息\t\t\n芯片\t\t集成电路\n"},
                        {"compounds.tsv", "# class: Compound\nname\tmembers\n深粤\tregion/440300|广东省\n"},
                        {0}};
  yutu_buffer image = YUTU_BUFFER_INIT;
  yutu_gazetteer *g = open_lists(lists, &image);
  assert_int_equal(yutu_gazetteer_entities(g), 11);
  static const struct {
    const char *text, *meanings;
  } rows[] = {
      {"深圳市", "0/1/1"},     {"深圳", "0/2/1"},  {"深", "0/4/1"}, {"福田", "0/2/2"}, {"朝阳区", "0/1/3 0/1/4"},
      {"朝阳", "0/3/3 0/3/4"}, {"深粤", "1/1/10"}, {"IC", "0/2/7"}, {"Guangdong", ""},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    assert_string_equal(meanings(g, rows[i].text), rows[i].meanings);

  yutu_gazetteer_entity e;
  yutu_gazetteer_get(g, 0, &e);
  assert_int_equal(e.cls, YUTU_CLASS_PROVINCE);
  assert_slice(e.id, "region/440000");
  assert_slice(e.name, "广东省");
  assert_slice(e.en, "Guangdong");
  assert_slice(e.source, "regions.tsv");
  assert_true(e.has_place && e.lat > 23.0999 && e.lat < 23.1001 && e.lon > 113.2599 && e.lon < 113.2601);
  assert_int_equal(e.n_aliases, 1);
  assert_slice(yutu_gazetteer_string(g, e.aliases[0]), "广东");
  assert_int_equal(e.n_letters, 1);
  assert_slice(yutu_gazetteer_string(g, e.letters[0]), "粤");
  yutu_gazetteer_get(g, 4, &e);
  assert_true(e.has_place && e.lat == -0.5 && e.lon == -180);
  assert_int_equal(e.n_aliases, 1); // weak ones are there too
  yutu_gazetteer_get(g, 2, &e);
  assert_false(e.has_place);
  assert_true(e.n_within == 1 && e.within[0] == 1);
  yutu_gazetteer_get(g, 5, &e);
  assert_slice(e.id, "zone/深圳国家高新技术产业开发区");
  assert_true(e.n_focus == 2 && e.focus[0] == 7 && e.focus[1] == 9);
  yutu_gazetteer_get(g, 6, &e);
  assert_true(e.n_within == 1 && e.within[0] == 1 && e.n_part_of == 1 && e.part_of[0] == 5);
  yutu_gazetteer_get(g, 7, &e);
  assert_true(e.n_parents == 1 && e.parents[0] == 8);
  yutu_gazetteer_get(g, 10, &e);
  assert_int_equal(e.cls, YUTU_CLASS_NONE);
  assert_slice(e.id, "");
  assert_true(e.n_members == 2 && e.members[0] == 1 && e.members[1] == 0);

  assert_int_equal(yutu_gazetteer_by_id(g, YUTU_SLICE("region/440304")), 2);
  assert_int_equal(yutu_gazetteer_by_id(g, YUTU_SLICE("industry/芯片")), 9);
  assert_int_equal(yutu_gazetteer_by_id(g, YUTU_SLICE("")), YUTU_ROW_NONE);
  assert_int_equal(yutu_gazetteer_by_id(g, YUTU_SLICE("region/999999")), YUTU_ROW_NONE);
  yutu_gazetteer_free(g);
  yutu_buffer_free(&image);
}

static void test_words(void **state) {
  (void)state;
  static const list lists[] = {
      {"common.tsv", "word\tfreq\tpos\n的\t900\tu\n合作\t99\tvn\n深圳\t1\tn\n"},
      {"surnames.tsv", "word\tweight\n王\t72.5\n"},
      {"suffixes.tsv", "word\tclass\tstrength\n中心\tResearchInstitute\t2\n中心\tPlatform\t1\n"},
      {"measures.tsv",
       "word\tkind\tbase\tfactor\n家\tcount\t\t1\n亿元\tmoney\tCNY\t100000000\n纳米\tlength\tm\t0.000000001\n"},
      {"hant.tsv", "trad\tsimp\tkind\n後\t后\tchar\n"},
      {0}};
  yutu_buffer image = YUTU_BUFFER_INIT;
  yutu_gazetteer *g = open_lists(lists, &image);
  static const struct {
    yutu_table table;
    uint32_t row, column;
    int32_t number;     // of a cell without symbol
    const char *symbol; // text of a cell with symbol
  } rows[] = {
      {YUTU_TABLE_COMMON, 0, 0, 11, NULL}, // -100 ln(900 / 1000)
      {YUTU_TABLE_COMMON, 1, 0, 231, NULL},
      {YUTU_TABLE_COMMON, 2, 0, 691, NULL},
      {YUTU_TABLE_COMMON, 1, 1, 0, "vn"},
      {YUTU_TABLE_SURNAME, 0, 0, 72500, NULL},
      {YUTU_TABLE_SURNAME, 0, 1, 0, NULL}, // has no such column
      {YUTU_TABLE_SUFFIX, 0, 0, YUTU_CLASS_RESEARCH_INSTITUTE, NULL},
      {YUTU_TABLE_SUFFIX, 1, 0, YUTU_CLASS_PLATFORM, NULL},
      {YUTU_TABLE_SUFFIX, 1, 1, 1, NULL},
      {YUTU_TABLE_MEASURE, 0, 0, 0, "count"},
      {YUTU_TABLE_MEASURE, 0, 1, 0, ""},
      {YUTU_TABLE_MEASURE, 0, 2, 1000, NULL},
      {YUTU_TABLE_MEASURE, 1, 2, 0, NULL}, // does not fit
      {YUTU_TABLE_MEASURE, 1, 3, 0, "100000000"},
      {YUTU_TABLE_MEASURE, 2, 3, 0, "0.000000001"},
      {YUTU_TABLE_HANT, 0, 0, 0, "后"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const int32_t cell = yutu_gazetteer_cell(g, rows[i].table, rows[i].row, rows[i].column);
    if (rows[i].symbol) {
      assert_slice(yutu_gazetteer_symbol_text(g, cell), rows[i].symbol);
      assert_int_equal(yutu_gazetteer_symbol(g, rows[i].symbol), cell);
    } else {
      assert_int_equal(cell, rows[i].number);
    }
  }
  assert_string_equal(meanings(g, "中心"), "7/0/0 7/0/1");
  assert_slice(yutu_gazetteer_word(g, YUTU_TABLE_COMMON, 1), "合作");
  assert_int_equal(yutu_gazetteer_words(g, YUTU_TABLE_COMMON), 3);
  assert_int_equal(yutu_gazetteer_words(g, YUTU_TABLE_TITLE), 0);
  assert_int_equal(yutu_gazetteer_symbol(g, "absent"), -1);
  assert_slice(yutu_gazetteer_symbol_text(g, -1), "");
  assert_slice(yutu_gazetteer_symbol_text(g, 1000), "");
  assert_string_equal(meanings(g, "後"), ""); // stands in the other trie
  yutu_key key;
  static const uint32_t text[] = {0x5F8C};
  assert_int_equal(yutu_gazetteer_prefixes(g, YUTU_TRIE_HANT, text, 1, &key, 1), 1);
  assert_int_equal(key.postings->table, YUTU_TABLE_HANT);
  yutu_gazetteer_free(g);
  yutu_buffer_free(&image);
}

static void test_faults(void **state) {
  (void)state;
  static const struct {
    list lists[3];
    const char *file;
    unsigned line;
    const char *says;
  } rows[] = {
      {{{"a.tsv", "# class: Zone\nname\ten\n甲\tA\n乙\n"}}, "a.tsv", 4, "1 cells"},
      {{{"a.tsv", "# class: Zone\nname\tcolour\n甲\tred\n"}}, "a.tsv", 2, "unknown column “colour”"},
      {{{"a.tsv", "# class: Zone\naliases\n甲\n"}}, "a.tsv", 2, "no column “name”"},
      {{{"a.tsv", "# class: Town\nname\n甲\n"}}, "a.tsv", 2, "“# class: Town”"},
      {{{"a.tsv", "class\tname\nZone\t甲\nTown\t乙\n"}}, "a.tsv", 3, "“Town” is no class"},
      {{{"a.tsv", "name\n甲\n"}}, "a.tsv", 2, "is no class"},
      {{{"a.tsv", "# class: Zone\nname\taliases\n\t甲\n"}}, "a.tsv", 3, "empty name"},
      {{{"a.tsv", "# class: Zone\nname\taliases\n甲\t乙||丙\n"}}, "a.tsv", 3, "empty name"},
      {{{"a.tsv", "# class: Zone\nname\taliases\n甲\t乙 |丙\n"}}, "a.tsv", 3, "“乙 ” has blanks"},
      {{{"a.tsv", "# class: Zone\nid\tname\nregion/1\t甲\n"}}, "a.tsv", 3, "must begin with “zone/”"},
      {{{"a.tsv", "# class: Zone\nname\tletters\n甲\t乙丙\n"}}, "a.tsv", 3, "single characters"},
      {{{"a.tsv", "# class: Zone\nname\tlat\tlon\n甲\t91\t0\n"}}, "a.tsv", 3, "no latitude"},
      {{{"a.tsv", "# class: Zone\nname\tlat\tlon\n甲\t1\t\n"}}, "a.tsv", 3, "no latitude"},
      {{{"a.tsv", "# class: Zone\nname\tlat\tlon\n甲\t1e1\t2\n"}}, "a.tsv", 3, "no latitude"},
      {{{"a.tsv", "# class: Zone\nname\n甲\n乙\n甲\n"}}, "a.tsv", 5, "same IRI (zone/甲) as the row at a.tsv:3"},
      {{{"a.tsv", "# class: Company\nname\n甲\n"}, {"b.tsv", "# class: University\nname\n甲\n"}},
       "b.tsv",
       3,
       "a.tsv:3"},
      {{{"a.tsv", "# class: Zone\nname\taliases\n甲\t丙\n乙\t甲\n"}}, "a.tsv", 4, "name of the entity at a.tsv:3"},
      {{{"a.tsv", "# class: Zone\nname\taliases\n甲\t丙\n乙\t丙\n"}}, "a.tsv", 4, "also one of “甲” (a.tsv:3)"},
      {{{"a.tsv", "# class: Zone\nname\taliases\tweak\n甲\t丙\t丙\n"}}, "a.tsv", 3, "written twice"},
      {{{"a.tsv", "# class: Zone\nname\taliases\n甲\t甲\n"}}, "a.tsv", 3, "written twice"},
      {{{"a.tsv", "# class: Zone\nname\twithin\n甲\tregion/440300\n"}}, "a.tsv", 3, "within: nothing that can stand"},
      {{{"a.tsv", "# class: Industry\nname\tparent\n甲\t乙\n"}}, "a.tsv", 3, "parent: nothing that can stand"},
      {{{"a.tsv", "# class: Zone\nname\tfocus\n甲\t乙\n乙\t\n"}}, "a.tsv", 3, "focus: nothing that can stand"},
      {{{"a.tsv", "# class: Zone\nname\twithin\n甲\t乙\n乙\t甲\n"}}, "a.tsv", 3, "in a circle"},
      {{{"a.tsv", "# class: Zone\nname\twithin\n甲\t甲\n"}}, "a.tsv", 3, "refers to itself"},
      {{{"a.tsv", "# class: Compound\nname\tmembers\n甲\t乙\n"}}, "a.tsv", 3, "two members"},
      {{{"a.tsv", "id\tclass\tname\twithin\nregion/1\tCity\t甲\t\nregion/2\tCity\t甲\t\nregion/3\tCity\t乙\t甲\n"}},
       "a.tsv",
       4,
       "several entities"},
      {{{"other.tsv", "word\n甲\n"}}, "other.tsv", 0, "no word list is called so"},
      {{{"common.tsv", "word\tfreq\n甲\t1\n"}}, "common.tsv", 1, "“pos” is missing"},
      {{{"translit.tsv", "word\tmore\n甲\t1\n"}}, "translit.tsv", 1, "2 columns"},
      {{{"common.tsv", "word\tfreq\tpos\n甲\t0\tn\n"}}, "common.tsv", 2, "“0” is not a count"},
      {{{"given.tsv", "word\tfirst\tsecond\tsingle\n甲\t1\t1.5\t1\n"}}, "given.tsv", 2, "“1.5” is not a whole"},
      {{{"suffixes.tsv", "word\tclass\tstrength\n甲\tTown\t1\n"}}, "suffixes.tsv", 2, "“Town” is no class"},
      {{{"measures.tsv", "word\tkind\tbase\tfactor\n甲\tcount\t\t1.\n"}}, "measures.tsv", 2, "“1.” is not a decimal"},
      {{{"translit.tsv", "word\n甲\n乙\n甲\n"}}, "translit.tsv", 4, "there already (translit.tsv:2)"},
      {{{"suffixes.tsv", "word\tclass\tstrength\n甲\tZone\t1\n甲\tZone\t1\n"}}, "suffixes.tsv", 3, "same row"},
      {{{"hant.tsv", "word\tsimp\tkind\n甲\t乙\tchar\n"}}, "hant.tsv", 1, "first column of hant.tsv is “trad”"},
      {{{"a.tsv", "# class: Zone\nname\n\xFF\n"}}, "a.tsv", 3, "UTF-8"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    yutu_error err = {0};
    yutu_buffer image = YUTU_BUFFER_INIT;
    list lists[LISTS_MAX] = {0};
    memcpy(lists, rows[i].lists, sizeof rows[i].lists);
    assert_int_equal(compile(lists, &image, &err), YUTU_ERR_INPUT);
    assert_string_equal(err.file, rows[i].file);
    assert_int_equal(err.line, rows[i].line);
    if (!strstr(err.message, rows[i].says))
      fail_msg("“%s” does not say “%s”", err.message, rows[i].says);
    assert_int_equal(image.len, 0);
    yutu_buffer_free(&image);
  }
  static const char *const absent[] = {"absent.tsv"};
  yutu_buffer image = YUTU_BUFFER_INIT;
  assert_int_equal(yutu_gazetteer_compile(absent, 1, &image, NULL), YUTU_ERR_IO);
}

/// A user's list on top of an image: refers to it, replaces rows of it, and leaves the rest as it was.
static void test_extend(void **state) {
  (void)state;
  const list base_lists[] = {regions, {"common.tsv", "word\tfreq\tpos\n的\t900\tu\n合作\t100\tvn\n"}, {0}};
  static const list more[] = {{"own.tsv", "id\tclass\tname\taliases\twithin\n\tCompany\t甲公司\t深圳\t福田区\n"
                                          "region/440304\tDistrict\t福田区\t\tregion/440300\n"},
                              {"common.tsv", "word\tfreq\tpos\n合作\t300\tv\n"},
                              {0}};
  yutu_buffer image = YUTU_BUFFER_INIT, extended = YUTU_BUFFER_INIT;
  yutu_gazetteer *base = open_lists(base_lists, &image), *g = NULL;
  yutu_error err = {0};
  const char *paths[LISTS_MAX];
  size_t n;
  write_lists(more, paths, &n);
  assert_int_equal(yutu_gazetteer_extend(base, paths, n, &extended, &err), YUTU_OK);
  remove_lists(paths, n);
  assert_int_equal(yutu_gazetteer_open(extended.data, extended.len, &g, &err), YUTU_OK);
  assert_int_equal(yutu_gazetteer_entities(g), 6);
  yutu_gazetteer_entity e;
  yutu_gazetteer_get(g, 5, &e);
  assert_slice(e.id, "org/甲公司");
  assert_slice(e.source, "own.tsv");
  assert_true(e.n_within == 1 && e.within[0] == 2);
  assert_string_equal(meanings(g, "深圳"), "0/2/1 0/2/5"); // shared: for the reader of the text to tell
  assert_string_equal(meanings(g, "福田"), "");            // the row was written anew without it
  assert_string_equal(meanings(g, "福田区"), "0/1/2");
  assert_string_equal(meanings(g, "朝阳"), "0/3/3 0/3/4"); // still weak
  assert_int_equal(yutu_gazetteer_words(g, YUTU_TABLE_COMMON), 2);
  assert_int_equal(yutu_gazetteer_cell(g, YUTU_TABLE_COMMON, 0, 0), 29);  // -100 ln(900 / 1200)
  assert_int_equal(yutu_gazetteer_cell(g, YUTU_TABLE_COMMON, 1, 0), 139); // -100 ln(300 / 1200)
  assert_slice(yutu_gazetteer_symbol_text(g, yutu_gazetteer_cell(g, YUTU_TABLE_COMMON, 1, 1)), "v");
  yutu_buffer_free(&extended);
  yutu_buffer_free(&image);
}

/// The same lists give the same bytes, from files or from their folder, and an image with nothing on top gives itself.
static void test_determinism(void **state) {
  (void)state;
  const list lists[] = {{"a.tsv", "# class: Zone\nname\taliases\twithin\n甲区\t甲\t深圳市\n"},
                        regions,
                        {"translit.tsv", "word\n阿\n埃\n"},
                        {0}};
  const char *paths[LISTS_MAX];
  size_t n;
  yutu_error err = {0};
  yutu_buffer one = YUTU_BUFFER_INIT, two = YUTU_BUFFER_INIT, three = YUTU_BUFFER_INIT, again = YUTU_BUFFER_INIT;
  write_lists(lists, paths, &n);
  static const char *const folder[] = {"."}, *const with_slash[] = {"./"};
  assert_int_equal(yutu_gazetteer_compile(paths, n, &one, &err), YUTU_OK);
  assert_int_equal(yutu_gazetteer_compile(folder, 1, &two, &err), YUTU_OK);
  assert_int_equal(yutu_gazetteer_compile(with_slash, 1, &three, &err), YUTU_OK);
  remove_lists(paths, n);
  assert_int_equal(one.len, two.len);
  assert_memory_equal(one.data, two.data, one.len);
  assert_int_equal(one.len, three.len);
  assert_memory_equal(one.data, three.data, one.len);
  yutu_gazetteer *g;
  assert_int_equal(yutu_gazetteer_open(one.data, one.len, &g, &err), YUTU_OK);
  assert_int_equal(yutu_gazetteer_extend(g, NULL, 0, &again, &err), YUTU_OK);
  assert_int_equal(again.len, one.len);
  yutu_buffer once_more = YUTU_BUFFER_INIT;
  assert_int_equal(yutu_gazetteer_open(again.data, again.len, &g, &err), YUTU_OK);
  assert_int_equal(yutu_gazetteer_extend(g, NULL, 0, &once_more, &err), YUTU_OK);
  assert_int_equal(once_more.len, again.len);
  assert_memory_equal(once_more.data, again.data, again.len);
  yutu_buffer_free(&one);
  yutu_buffer_free(&two);
  yutu_buffer_free(&three);
  yutu_buffer_free(&again);
  yutu_buffer_free(&once_more);
}

static char work_folder[] = "yutu-test-lists-XXXXXX";

static int make_folder(void **state) {
  (void)state;
  return mkdtemp(work_folder) && chdir(work_folder) == 0 ? 0 : -1;
}

static int remove_folder(void **state) {
  (void)state;
  return chdir("..") == 0 && rmdir(work_folder) == 0 ? 0 : -1;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_entities), cmocka_unit_test(test_words),       cmocka_unit_test(test_faults),
      cmocka_unit_test(test_extend),   cmocka_unit_test(test_determinism),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
