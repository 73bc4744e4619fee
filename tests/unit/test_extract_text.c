// Decoding, normalising and undoing the layout.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "extract/lexicon.h"
#include "extract/text.h"

#include <string.h>

static yutu_arena *arena;
static yutu_lexicon *lexicon;

static int set_up(void **state) {
  (void)state;
  arena = yutu_arena_new(0);
  return arena && yutu_lexicon_new(NULL, 0, &lexicon, NULL) == YUTU_OK ? 0 : -1;
}

static int tear_down(void **state) {
  (void)state;
  yutu_lexicon_free(lexicon);
  yutu_arena_free(arena);
  return 0;
}

static yutu_page read_page(const char *text, size_t n) {
  yutu_source source;
  yutu_text lines;
  yutu_page page;
  assert_int_equal(yutu_decode(arena, "test", text, n, &source, NULL), YUTU_OK);
  bool traditional = false;
  yutu_normalise(arena, lexicon, &source, &lines, &traditional);
  yutu_lay_out(arena, &lines, &page);
  page.traditional = traditional;
  return page;
}

// Blocks joined by "|", headings in "#…".
static const char *shape(const yutu_page *page) {
  static char out[4096];
  out[0] = '\0';
  for (uint32_t i = 0; i < page->n_blocks; i++) {
    const yutu_block *b = &page->blocks[i];
    if (i)
      strcat(out, "|");
    strcat(out, b->kind == YUTU_BLOCK_HEADING ? "#" : b->kind == YUTU_BLOCK_BYLINE ? "@" : "");
    strcat(out, yutu_text_utf8(arena, page->text.cp + b->begin, b->end - b->begin).data);
  }
  return out;
}

static void test_normalise(void **state) {
  (void)state;
  static const struct {
    const char *name, *text, *expected;
  } rows[] = {
      {"half-width punctuation in Chinese", "深圳,广州;佛山.", "#深圳，广州；佛山."},
      {"decimals and thousands stay", "共1.5万人,合25,627次。", "共1.5万人，合25,627次。"},
      {"full-width digits and letters", "２０２０年ＡＩ大会。", "2020年AI大会。"},
      {"straight quotes open and close by turns", "推进\"三网\"和\"两化\"建设。", "推进“三网”和“两化”建设。"},
      {"blanks inside Chinese go, between words they stay", "新 款 Spark Pro 发 布。", "新款Spark Pro发布。"},
      {"zero-width characters go", "深\xE2\x80\x8B圳。", "深圳。"},
      {"pinyin glosses go, real brackets stay", "创(chuàng)新和上海(浦东)。", "创新和上海（浦东）。"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const yutu_page page = read_page(rows[i].text, strlen(rows[i].text));
    if (strcmp(shape(&page), rows[i].expected) != 0)
      fail_msg("%s: got %s", rows[i].name, shape(&page));
  }
}

static void test_script(void **state) {
  (void)state;
  const char traditional[] = "長三角區域與廣東省將聯合發佈創新指數，並推動數據開放與產業轉型。";
  yutu_page page = read_page(traditional, sizeof traditional - 1);
  assert_true(page.traditional);
  assert_string_equal(shape(&page), "长三角区域与广东省将联合发布创新指数，并推动数据开放与产业转型。");
  // A simplified page with a few characters that converters damage is left alone.
  const char simplified[] = "昇腾生态显著扩大，乾隆年间的著作在什么地方展出，今天的论坛没有说明。企业负责人介绍，新产品"
                            "已经投产，订单排到明年，工厂正在扩建第二条生产线。";
  page = read_page(simplified, sizeof simplified - 1);
  assert_false(page.traditional);
  assert_string_equal(shape(&page), "昇腾生态显著扩大，乾隆年间的著作在什么地方展出，今天的论坛没有说明。企业负责人介绍"
                                    "，新产品已经投产，订单排到明年，工厂正在扩建第二条生产线。");
}

static void test_source_map(void **state) {
  (void)state;
  const char text[] = "甲\n\n深 圳ＡＢ。";
  const yutu_page page = read_page(text, sizeof text - 1);
  for (uint32_t i = 0; i < page.text.n; i++) {
    if (page.text.cp[i] == 0x5733) // 圳 stands behind 甲, two line ends, 深 and a blank
      assert_int_equal(page.text.source[i], 5);
    if (i)
      assert_true(page.text.source[i] >= page.text.source[i - 1]);
  }
}

static void test_columns(void **state) {
  (void)state;
  // 13-character columns with an empty line after each, as newspapers set them; the second paragraph starts anew.
  const char text[] = "两地共建创新走廊\n\n"
                      "昨天上午，两市签署协议，决定\n\n共同建设一条贯通两地的创新走\n\n廊，首批十个项目同时开工，总\n\n"
                      "投资超过百亿元。\n\n"
                      "据介绍，走廊全长六十公里，沿\n\n线布局三个园区，将吸引两百家\n\n企业入驻，双方还将共享大型仪\n\n"
                      "器设备和实验室。\n\n";
  const yutu_page page = read_page(text, sizeof text - 1);
  assert_string_equal(
      shape(&page),
      "#两地共建创新走廊|"
      "昨天上午，两市签署协议，决定共同建设一条贯通两地的创新走廊，首批十个项目同时开工，总投资超过百亿元。|"
      "据介绍，走廊全长六十公里，沿线布局三个园区，将吸引两百家企业入驻，双方还将共享大型仪器设备和实验室。");
}

static void test_articles(void **state) {
  (void)state;
  const char text[] = "# 甲市出台人才新政\n本报记者 张三\n甲市昨天出台人才新政，面向全国招才引智。\n"
                      "## 乙园区开园\n本报讯（记者 李四）乙园区今天开园，首批企业入驻。\n";
  const yutu_page page = read_page(text, sizeof text - 1);
  assert_int_equal(page.n_blocks, 5);
  assert_true(page.blocks[0].starts_article);
  assert_int_equal(page.blocks[1].kind, YUTU_BLOCK_BYLINE);
  assert_false(page.blocks[2].starts_article);
  assert_true(page.blocks[3].starts_article); // the heading before the lead belongs to the article
  assert_false(page.blocks[4].starts_article);
}

static void test_bad_input(void **state) {
  (void)state;
  yutu_source source;
  yutu_error err = {0};
  const char gbk[] = "\xC9\xEE\xDB\xDA\xB4\xB4\xD0\xC2\n\xC9\xEE\xDB\xDA\xB4\xB4\xD0\xC2";
  assert_int_equal(yutu_decode(arena, "gbk.txt", gbk, sizeof gbk - 1, &source, &err), YUTU_ERR_INPUT);
  assert_string_equal(err.file, "gbk.txt");
  assert_int_equal(err.line, 1);
  const char utf16[] = "\xFF\xFE\xF1\x6D\x33\x57"; // 深圳
  assert_int_equal(yutu_decode(arena, "u16", utf16, sizeof utf16 - 1, &source, NULL), YUTU_OK);
  assert_int_equal(source.n, 2);
  assert_int_equal(source.cp[1], 0x5733);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_normalise), cmocka_unit_test(test_script),   cmocka_unit_test(test_source_map),
      cmocka_unit_test(test_columns),   cmocka_unit_test(test_articles), cmocka_unit_test(test_bad_input),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
