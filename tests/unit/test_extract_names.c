// Names found in small texts, through the whole extractor.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "extract/extract.h"

#include <stdlib.h>
#include <string.h>

static yutu_extractor *extractor;

static int set_up(void **state) {
  (void)state;
  return yutu_extractor_new(NULL, &extractor, NULL) == YUTU_OK ? 0 : -1;
}

static int tear_down(void **state) {
  (void)state;
  yutu_extractor_free(extractor);
  return 0;
}

typedef struct {
  const char *name;
  yutu_class cls;
  bool found, right_class;
} wanted;

static bool named(const yutu_entity *e, const char *name) {
  if (yutu_slice_eq(e->name, yutu_slice_of(name)))
    return true;
  for (uint32_t i = 0; i < e->n_other_names; i++) {
    if (yutu_slice_eq(e->other_names[i], yutu_slice_of(name)))
      return true;
  }
  return false;
}

static yutu_status look(void *context, const yutu_article *article, yutu_error *err) {
  (void)err;
  wanted *w = context;
  for (uint32_t i = 0; i < article->n_entities; i++) {
    if (named(&article->entities[i], w->name)) {
      w->found = true;
      w->right_class |= w->cls == article->entities[i].cls;
    }
  }
  return YUTU_OK;
}

static const struct {
  const char *why, *text, *name;
  yutu_class cls; ///< YUTU_CLASS_NONE: the name must not be found
} rows[] = {
    {"a region by its short form", "甘肃印发实施方案。", "甘肃", YUTU_CLASS_PROVINCE},
    {"a county name that the province before it decides", "在福建东山举行。", "东山", YUTU_CLASS_DISTRICT},
    {"letters are several regions", "沪苏浙皖共同打造平台。", "皖", YUTU_CLASS_PROVINCE},
    {"letters of a road do not act", "沿着川藏公路前行。", "川", YUTU_CLASS_NONE},
    {"a zone with brackets", "西部（重庆）科学城加快建设。", "西部（重庆）科学城", YUTU_CLASS_ZONE},
    {"a zone with a dash", "走进天津滨海—中关村科技园。", "天津滨海—中关村科技园", YUTU_CLASS_ZONE},
    {"an institute inside a longer sentence", "由中国科学院深圳先进技术研究院与香港科技大学共同牵头。",
     "中国科学院深圳先进技术研究院", YUTU_CLASS_RESEARCH_INSTITUTE},
    {"its partner", "由中国科学院深圳先进技术研究院与香港科技大学共同牵头。", "香港科技大学", YUTU_CLASS_UNIVERSITY},
    {"a bureau by region and stem", "青岛市科技局介绍了情况。", "青岛市科技局", YUTU_CLASS_GOVERNMENT_AGENCY},
    {"the city's bureau without the city", "苏州举行会议，市商务局作了介绍。", "市商务局",
     YUTU_CLASS_GOVERNMENT_AGENCY},
    {"another country's ministry", "老挝公安部参加了行动。", "老挝公安部", YUTU_CLASS_GOVERNMENT_AGENCY},
    {"a firm with a legal form", "杭州某地的明川微纳科技有限公司成立。", "明川微纳科技有限公司", YUTU_CLASS_COMPANY},
    {"its short form", "明川微纳科技有限公司成立。此后明川微纳发展很快。", "明川微纳", YUTU_CLASS_COMPANY},
    {"a firm behind two regions is named without them", "宁波市鄞州区华泽电机公司投产。", "华泽电机公司",
     YUTU_CLASS_COMPANY},
    {"firms in a list", "引进了瑞声、凌霄、博纳三家，华为、瑞科达、凌云光电等龙头企业入驻。", "瑞科达",
     YUTU_CLASS_COMPANY},
    {"industries in a list", "聚焦量子信息、空天材料、脑机接口等领域。", "空天材料", YUTU_CLASS_INDUSTRY},
    {"a person behind a post", "会长周铭远介绍，项目顺利。", "周铭远", YUTU_CLASS_PERSON},
    {"a person before a verb of saying", "李承谦表示，合作顺利。", "李承谦", YUTU_CLASS_PERSON},
    {"two ordinary words are no person", "需要引进人才和培养研究生。", "和培养", YUTU_CLASS_NONE},
    {"the reporter is no person of the story", "本报讯（记者 王小明）深圳今天发布消息。", "王小明", YUTU_CLASS_NONE},
    {"a document in title marks", "两部门印发《关于推动数据流通的意见》。", "关于推动数据流通的意见",
     YUTU_CLASS_POLICY},
    {"a plan behind a verb that takes plans", "前不久，甘肃印发提升制造能力实施方案。", "提升制造能力实施方案",
     YUTU_CLASS_POLICY},
    {"an event with its edition", "第六届云河创新发展论坛在兰州举行。", "第六届云河创新发展论坛", YUTU_CLASS_EVENT},
    {"the same event without it", "第六届云河创新发展论坛开幕。云河创新发展论坛已办五届。", "云河创新发展论坛",
     YUTU_CLASS_EVENT},
    {"a quoted programme with a region in it", "“川渝通办”覆盖更多事项。", "川渝通办", YUTU_CLASS_PROGRAM},
    {"scare quotes name nothing", "成为创新的“强磁场”。", "强磁场", YUTU_CLASS_NONE},
    {"a generic platform is no name", "两地搭建交流平台。", "交流平台", YUTU_CLASS_NONE},
    {"中国 sets the scene", "中国电影票房增长。", "中国", YUTU_CLASS_NONE},
    {"中国 beside another country is a party", "中国和法国签署协议。", "中国", YUTU_CLASS_COUNTRY},
    {"a town only behind its county", "来自淳安县枫树岭镇的代表。", "枫树岭镇", YUTU_CLASS_DISTRICT},
    {"a definition", "云河区域创新研究院（以下简称“云研院”）成立。云研院设三个中心。", "云研院",
     YUTU_CLASS_RESEARCH_INSTITUTE},
};

static void test_names(void **state) {
  (void)state;
  unsigned failed = 0;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    wanted w = {.name = rows[i].name, .cls = rows[i].cls};
    assert_int_equal(yutu_extract(extractor, "test", rows[i].text, strlen(rows[i].text), look, &w, NULL), YUTU_OK);
    const bool right = rows[i].cls == YUTU_CLASS_NONE ? !w.found : w.right_class;
    if (!right) {
      print_error("%s: %s %s in %s\n", rows[i].why, rows[i].name,
                  !w.found                   ? "not found"
                  : w.cls == YUTU_CLASS_NONE ? "found"
                                             : "found with another class",
                  rows[i].text);
      failed++;
    }
  }
  assert_int_equal(failed, 0);
}

// The same text gives the same entities however its lines are cut.
static yutu_status collect(void *context, const yutu_article *article, yutu_error *err) {
  (void)err;
  char *out = context;
  strcat(out, article->digest);
  for (uint32_t i = 0; i < article->n_entities; i++) {
    strcat(out, "|");
    strcat(out, article->entities[i].name.data);
  }
  return YUTU_OK;
}

static void test_layout_does_not_matter(void **state) {
  (void)state;
  const char plain[] =
      "两地共建创新走廊\n昨天上午，无锡和常州在太湖湾科创城签署协议，决定共同建设一条贯通两地的创新走廊，"
      "首批十个项目同时开工，江南大学和常州大学参加签约，总投资超过百亿元。\n";
  const char wrapped[] = "两地共建创新走廊\n\n昨天上午，无锡和常州在太湖\n\n湾科创城签署协议，决定共同建\n\n设一条贯通"
                         "两地的创新走廊，首\n\n"
                         "批十个项目同时开工，江南大学\n\n和常州大学参加签约，总投资超\n\n过百亿元。\n";
  char a[2048] = "", b[2048] = "";
  assert_int_equal(yutu_extract(extractor, "a", plain, sizeof plain - 1, collect, a, NULL), YUTU_OK);
  assert_int_equal(yutu_extract(extractor, "b", wrapped, sizeof wrapped - 1, collect, b, NULL), YUTU_OK);
  assert_string_equal(a, b);
}

static void test_hostile_input(void **state) {
  (void)state;
  // Long runs, nested quotes, closings without openings: no crash, a status.
  static const char *const pieces[] = {"“",  "”",  "（", "）", "《", "1",  "a",
                                       "深", "、", "》", "。", " ",  "\n", "研究院"};
  char text[40000];
  for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
    text[0] = '\0';
    for (size_t n = 0; n + 16 < sizeof text - 4; n += strlen(pieces[i]))
      strcpy(text + n, pieces[i]);
    char out[65536] = "";
    (void)out;
    wanted w = {.name = "x"};
    const yutu_status st = yutu_extract(extractor, "hostile", text, strlen(text), look, &w, NULL);
    assert_true(st == YUTU_OK || st == YUTU_ERR_LIMIT || st == YUTU_ERR_INPUT);
  }
  wanted w = {.name = "x"};
  assert_int_equal(yutu_extract(extractor, "empty", "", 0, look, &w, NULL), YUTU_OK);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_names),
      cmocka_unit_test(test_layout_does_not_matter),
      cmocka_unit_test(test_hostile_input),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
