// Clauses and their subjects, how claims are said, and what follows from names alone: on text with its names marked.
#include "extract/rules.h"
#include "extract/view.h"
#include "tests/unit/markup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static yutu_document *read_marked(fixture *f, const char *text) {
  yutu_document *d;
  yutu_error err = {0};
  yutu_arena_reset(f->arena);
  if (yutu_markup_read(f->arena, f->lexicon, yutu_slice_of(text), &d, &err) != YUTU_OK)
    fail_msg("%s: %s", text, err.message);
  return d;
}

static void name(char *out, const yutu_document *d, uint32_t thing) {
  strncat(out, d->things.at[thing].name.data, d->things.at[thing].name.len);
}

// ---- subjects ----

static const struct {
  const char *name, *text;
  const char *subjects; ///< of the last sentence's clauses: names joined by +, clauses by |, - for none
} clauses[] = {
    {"first name", "[甲市 City]推出新政。", "甲市"},
    {"carried over a comma", "[甲市 City]推出新政，完善服务。", "甲市|甲市"},
    {"its own subject", "[甲市 City]推出新政，[乙市 City]跟进。", "甲市|乙市"},
    {"a list", "[甲市 City]、[乙市 City]和[丙市 City]推出新政。", "甲市+乙市+丙市"},
    {"a list with a sum", "[甲部 GovernmentAgency]、[乙部 GovernmentAgency]等八部门推出新政。", "甲部+乙部"},
    {"adverbs and time before it", "今年以来，[甲市 City]推出新政。", "-|甲市"},
    {"not in a prepositional phrase", "在[甲市 City]，[乙公司 Company]推出新品。", "-|乙公司"},
    {"not before 的 and a noun", "[甲市 City]的企业推出新品。", "-"},
    {"not as a modifier", "[甲市 City]企业推出新品。", "-"},
    {"a noun before the name", "制造业大省[甲省 Province]推出新政。", "甲省"},
    {"light nouns", "[甲省 Province]多地推出新政。", "甲省"},
    {"的建设", "[甲中心 ResearchInstitute]的建设围绕需求。", "甲中心"},
    {"a noun that points back", "[甲市 City]推出新政，全市加强服务。", "甲市|甲市"},
    {"over a clause that is about something else", "[甲市 City]推出新政，居民增加两成，并加强服务。", "甲市|-|甲市"},
    {"relative clause of a passive", "由[甲部 GovernmentAgency]主办的[乙会 Event]开幕。", "乙会"},
    {"relative clause of a date", "成立于2018年的[甲公司 Company]是港企。", "甲公司"},
    {"as the core", "以[张三 Person]同志为核心的[甲委 GovernmentAgency]部署工作。", "甲委"},
    {"the passive's agent is no subject", "[甲平台 Platform]正式上线，由[乙公司 Company]运营。", "甲平台|甲平台"},
    {"who says something", "[张三 Person]介绍，将加强服务。", "张三|-"},
    {"a place as scene", "在[甲市 City]，聚焦创新，推出新政。", "-|甲市|甲市"},
    {"carried to the next sentence", "[甲市 City]推出新政。同时，加强服务。", "甲市|甲市"},
    {"not over a heading", "# 快讯\n# [甲市 City]推出新政\n[甲市 City]推出新政。\n# 乙\n加强服务。", "-"},
    {"the heading's topic", "# [甲市 City]加强服务\n完善政策，优化环境。", "甲市|甲市"},
    {"the title's topic", "# [甲市 City]加强服务\n[乙市 City]跟进。\n# 丙\n完善政策。", "甲市"},
    {"a semicolon returns to the topic", "# [甲市 City]加强服务\n[乙公司 Company]带来产品；推出新政。", "乙公司|甲市"},
    {"this something", "[甲市 City]推出新政。这项合作落地。", "-"},
    {"a pronoun", "[甲市 City]推出新政。她创办企业。", "-"},
    {"not with the partner of the clause before", "[甲市 City]与[乙区 District]共建园区，与[丙市 City]联合攻关。",
     "甲市+乙区|甲市"},
    {"not with several partners", "[甲市 City]与[乙市 City]、[丙市 City]签约，并与[丁市 City]联合攻关。",
     "甲市+乙市+丙市|甲市"},
    {"a list without partner stays", "[甲市 City]、[乙区 District]共建园区，与[丙市 City]联合攻关。",
     "甲市+乙区|甲市+乙区"},
    {"after those who only came", "[甲园区 Zone]昨天开园，[乙公司 Company]等50多家企业签约入驻，聚焦创新。",
     "甲园区|乙公司|甲园区"},
    {"two verbs before 的", "去年启动建设的[甲园区 Zone]，由[乙市 City]打造。", "甲园区|甲园区"},
    {"before 在会上", "[甲院 ResearchInstitute]在会上发布了报告。", "甲院"},
    {"an event as topic", "# [甲大会 Event]开幕\n昨天，聚焦创新，推出新政。", "甲大会|甲大会|甲大会"},
    {"an address before the name", "[云南省 Province][昆明市 City]推出新政。", "昆明市"},
};

static void subjects_of(const yutu_view *v, char *out) {
  *out = '\0';
  for (uint32_t i = 0; i < v->n_clauses; i++) {
    if (i)
      strcat(out, "|");
    for (uint32_t k = 0; k < v->clauses[i].subject.n; k++)
      name(k ? strcat(out, "+") : out, v->d, v->clauses[i].subject.entities[k]);
    if (!v->clauses[i].subject.n)
      strcat(out, "-");
  }
}

static void test_clauses(void **state) {
  fixture *f = *state;
  for (size_t i = 0; i < sizeof clauses / sizeof *clauses; i++) {
    yutu_document *d = read_marked(f, clauses[i].text);
    yutu_view *v = yutu_view_new(d, yutu_rules_builtin());
    yutu_carry carry = {0};
    for (uint32_t s = 0; s < d->sentences.n; s++) {
      yutu_view_fill(v, &d->sentences.at[s]);
      yutu_find_clauses(v, &carry);
    }
    char found[512];
    subjects_of(v, found);
    const size_t n = strlen(found); // the clause behind the full stop is empty
    if (n > 2 && strcmp(found + n - 2, "|-") == 0 && strcmp(found, clauses[i].subjects) != 0)
      found[n - 2] = '\0';
    if (strcmp(found, clauses[i].subjects) != 0)
      fail_msg("%s: found \"%s\", expected \"%s\"", clauses[i].name, found, clauses[i].subjects);
  }
}

// ---- claims of names ----

static const struct {
  const char *name, *text, *claims; ///< claims that must be there, joined by ;  a leading ! forbids
} names[] = {
    {"region before a district", "[[深圳市 City]福田区=福田区 District]推出新政。", "福田区 locatedIn 深圳市"},
    {"chain of regions", "[[重庆市 City][璧山区 District]万泰电力公司=万泰电力公司 Company]增产。",
     "万泰电力公司 locatedIn 璧山区; 璧山区 locatedIn 重庆市"},
    {"beside each other", "[云南省 Province][昆明市 City]推出新政。", "昆明市 locatedIn 云南省"},
    {"in brackets", "[甲公司（[天津 City]）有限公司 Company]开业。", "甲公司（天津）有限公司 locatedIn 天津"},
    {"no country for an event", "[[中国 Country]甲会 Event]开幕。", "!中国甲会 locatedIn 中国"},
    {"a team of an institute", "[[甲研究所 ResearchInstitute]珊瑚研究团队 Organization]发现新种。",
     "甲研究所珊瑚研究团队 affiliatedWith 甲研究所"},
    {"the body that runs a zone", "[[甲高新区 Zone]管委会 GovernmentAgency]表态。",
     "甲高新区管委会 affiliatedWith 甲高新区; !甲高新区管委会 locatedIn 甲高新区"},
    {"a bureau of a zone", "[[甲高新区 Zone]财政局 GovernmentAgency]表态。",
     "甲高新区财政局 affiliatedWith 甲高新区; 甲高新区财政局 locatedIn 甲高新区"},
    {"a delegation comes from elsewhere", "[[甲省 Province]代表团 Organization]到访。", "!甲省代表团 locatedIn 甲省"},
    {"a part of a zone", "[[甲新区 Zone]启动区 Zone]开工。",
     "甲新区启动区 partOf 甲新区; !甲新区启动区 locatedIn 甲新区"},
    {"a quoted zone of a region", "[甲国 Country]“[东部走廊 Zone]”招商。", "东部走廊 locatedIn 甲国"},
    {"no quoted zone of a cluster", "[甲三角 RegionCluster]“[东部走廊 Zone]”招商。", "!东部走廊 locatedIn 甲三角"},
    {"regions in a cluster's name", "[[深圳 City]—[香港 Province]集群 RegionCluster]上榜。",
     "深圳 partOf 深圳—香港集群; 香港 partOf 深圳—香港集群"},
    {"the field in the name", "[甲人工智能联盟 Alliance]落成，[人工智能 Industry]升温。",
     "甲人工智能联盟 focusesOn 人工智能"},
    {"the maker in the name", "[甲科技 Company]展示[甲科技诊断系统 Product]。", "甲科技 develops 甲科技诊断系统"},
    {"letters and together", "[川渝通办 Program]覆盖多项事务。",
     "cooperation 四川省, 重庆市 via 川渝通办; 重庆市 participatesIn 川渝通办"},
    {"letters without together", "[川渝 Zone]高竹。", "!cooperation 四川省, 重庆市 via 川渝"},
};

static void print_claim(char *out, const yutu_document *d, const yutu_claim *c) {
  *out = '\0';
  if (c->kind == YUTU_CLAIM_RELATION) {
    name(out, d, c->subject);
    strcat(strcat(strcat(out, " "), yutu_property_name(c->predicate)), " ");
    name(out, d, c->object);
    return;
  }
  strcat(out, "cooperation ");
  for (uint32_t i = 0; i < c->n_participants; i++)
    name(i ? strcat(out, ", ") : out, d, c->participants[i]);
  if (c->via != YUTU_NO_INDEX)
    name(strcat(out, " via "), d, c->via);
}

static bool says(const yutu_document *d, yutu_slice claim) {
  for (uint32_t i = 0; i < d->claims.n; i++) {
    char text[512];
    print_claim(text, d, &d->claims.at[i]);
    if (yutu_slice_eq(yutu_slice_of(text), claim))
      return true;
  }
  return false;
}

static void test_names(void **state) {
  fixture *f = *state;
  const yutu_rules *rules = yutu_rules_builtin();
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    yutu_document *d = read_marked(f, names[i].text);
    yutu_relate(d, &rules, 1, NULL);
    yutu_slice rest = yutu_slice_of(names[i].claims), piece;
    while (yutu_slice_split(&rest, ';', &piece)) {
      piece = yutu_slice_trim(piece);
      const bool forbidden = piece.data[0] == '!';
      if (forbidden)
        piece = (yutu_slice){piece.data + 1, piece.len - 1};
      if (says(d, piece) == forbidden)
        fail_msg("%s: \"%.*s\" is %s", names[i].name, (int)piece.len, piece.data,
                 forbidden ? "claimed" : "not claimed");
    }
  }
}

// ---- claims of rules: how they are said ----

static void test_saying(void **state) {
  fixture *f = *state;
  const yutu_rules *rules = yutu_rules_builtin();
  yutu_document *d =
      read_marked(f, "2018年5月，[甲市 City]和[乙大学 University]联合成立了[丙研究院 ResearchInstitute]。"
                     "[甲市 City]将发布[《丁方案》 Policy]。");
  yutu_relate(d, &rules, 1, NULL);
  bool cooperation = false, planned = false;
  for (uint32_t i = 0; i < d->claims.n; i++) {
    const yutu_claim *c = &d->claims.at[i];
    if (c->kind == YUTU_CLAIM_COOPERATION) {
      cooperation = true;
      assert_true(yutu_slice_eq(c->date, YUTU_SLICE("2018-05")));
      assert_int_equal(c->modality, YUTU_MODALITY_STATED);
      assert_int_equal(c->sentence, 0);
      assert_int_not_equal(c->via, YUTU_NO_INDEX);
    } else if (c->predicate == YUTU_PROPERTY_ISSUES) {
      planned = c->modality == YUTU_MODALITY_PLANNED;
      assert_int_equal(c->sentence, 1);
    }
    assert_true(c->confidence > 0.5 && c->confidence <= 1.0);
  }
  assert_true(cooperation);
  assert_true(planned);
}

// The explanation names the rule and its spans, and says why a sentence gave nothing.
static void test_explain(void **state) {
  fixture *f = *state;
  const yutu_rules *rules = yutu_rules_builtin();
  yutu_document *d = read_marked(f, "[甲市 City]发布[《丁方案》 Policy]。天气很好。[甲市 City]很大。");
  char *text = NULL;
  size_t n = 0;
  FILE *out = open_memstream(&text, &n);
  assert_non_null(out);
  yutu_relate(d, &rules, 1, out);
  fclose(out);
  assert_non_null(strstr(text, "甲市 issues 《丁方案》"));
  assert_non_null(strstr(text, "by issues/does at 2 \"发布\"; subject = 0–2 甲市; c = 4–9 《丁方案》"));
  assert_non_null(strstr(text, "nothing is named here"));
  assert_non_null(strstr(text, "no rule has a cue here"));
  free(text);
}

// ---- links ----

static const struct {
  const char *name, *text, *links; ///< a-b; in the order found
} links[] = {
    {"regions themselves", "[上海 City]与[江苏 Province]签署合作协议。", "上海-江苏"},
    {"all pairs", "[上海 City]、[江苏 Province]和[浙江 Province]联合发布[《甲指数》 Policy]。",
     "上海-江苏;上海-浙江;江苏-浙江"},
    {"through where they are", "[甲大学 University]位于[苏州 City]。[甲大学 University]与[温州 City]签署合作协议。",
     "苏州-温州"},
    {"through the name", "[长春理工大学 University]与[中山 City]签署合作协议。", "中山-长春市"},
    {"not a region and what holds it", "[昆明市 City]与[云南省 Province]签署合作协议。", ""},
    {"not one region twice", "[[昆明市 City]科技局 GovernmentAgency]与[昆明市 City]签署合作协议。", ""},
    {"no region known", "[甲公司 Company]与[乙公司 Company]签署合作协议。", ""},
    {"clusters are no regions of links", "[京津冀 RegionCluster]与[上海 City]签署合作协议。", ""},
};

static void test_links(void **state) {
  fixture *f = *state;
  const yutu_rules *rules = yutu_rules_builtin();
  for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
    yutu_document *d = read_marked(f, links[i].text);
    yutu_relate(d, &rules, 1, NULL);
    yutu_link_regions(d);
    char found[512] = "";
    for (uint32_t k = 0; k < d->links.n; k++) {
      assert_true(d->links.at[k].a < d->links.at[k].b && d->links.at[k].claim < d->claims.n);
      name(k ? strcat(found, ";") : found, d, d->links.at[k].a);
      name(strcat(found, "-"), d, d->links.at[k].b);
    }
    if (strcmp(found, links[i].links) != 0)
      fail_msg("%s: found \"%s\", expected \"%s\"", links[i].name, found, links[i].links);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_clauses, setup, teardown),
      cmocka_unit_test_setup_teardown(test_names, setup, teardown),
      cmocka_unit_test_setup_teardown(test_saying, setup, teardown),
      cmocka_unit_test_setup_teardown(test_explain, setup, teardown),
      cmocka_unit_test_setup_teardown(test_links, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
