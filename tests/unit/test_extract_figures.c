// Figures through the whole extractor: what counts as a figure, what it measures, whom it is about and when.
#include "extract/extract.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { LINE_MAX_BYTES = 4096 };

// "subject|indicator|value unit|period" of each observation, joined with "\n"; a claim that is only planned ends in
// "!".
typedef struct {
  char text[LINE_MAX_BYTES];
  size_t n;
} lines;

static yutu_status collect(void *context, const yutu_article *a, yutu_error *err) {
  (void)err;
  lines *out = context;
  for (uint32_t i = 0; i < a->n_claims; i++) {
    const yutu_claim *c = &a->claims[i];
    if (c->kind != YUTU_CLAIM_OBSERVATION)
      continue;
    assert_true(c->confidence > 0 && c->confidence <= 1);
    assert_true(c->rule.len > strlen("figures/"));
    const yutu_slice subject = a->entities[c->subject].name;
    out->n += (size_t)snprintf(out->text + out->n, sizeof out->text - out->n, "%s%.*s|%.*s|%.*s%.*s|%.*s%s",
                               out->n ? "\n" : "", (int)subject.len, subject.data, (int)c->indicator.len,
                               c->indicator.data, (int)c->value.len, c->value.data, (int)c->unit.len, c->unit.data,
                               (int)c->period.len, c->period.data, c->modality == YUTU_MODALITY_PLANNED ? "!" : "");
    assert_true(out->n < sizeof out->text);
  }
  return YUTU_OK;
}

static void extract(yutu_extractor *x, const char *text, lines *out) {
  yutu_error err = {0};
  *out = (lines){0};
  assert_int_equal(yutu_extract(x, "row", text, strlen(text), collect, out, &err), YUTU_OK);
}

typedef struct {
  const char *name, *text, *want;
} row;

static void check(void **state, const row *rows, size_t n) {
  unsigned failed = 0;
  for (size_t i = 0; i < n; i++) {
    char text[LINE_MAX_BYTES];
    snprintf(text, sizeof text, "要闻速览\n%s\n", rows[i].text);
    lines got;
    extract(*state, text, &got);
    if (strcmp(got.text, rows[i].want) != 0) {
      print_error("%s: %s\n  got:\n%s\n  want:\n%s\n", rows[i].name, rows[i].text, got.text, rows[i].want);
      failed++;
    }
  }
  assert_int_equal(failed, 0);
}

#define CHECK(rows) check(state, rows, sizeof rows / sizeof *rows)

static void test_numbers(void **state) {
  static const row rows[] = {
      {"plain", "宁波市拥有科技企业312家。", "宁波市|科技企业|312家|"},
      {"separator", "宁波市拥有科技企业1,312家。", "宁波市|科技企业|1312家|"},
      {"scale stays in the unit", "宁波市拥有科技企业2.50万家。", "宁波市|科技企业|2.5万家|"},
      {"more than", "宁波市拥有科技企业300多家。", "宁波市|科技企业|300家|"},
      {"more than, scale", "宁波市拥有科技企业3万余家。", "宁波市|科技企业|3万家|"},
      {"Chinese numeral", "宁波市拥有科技企业三千二百家。", "宁波市|科技企业|3200家|"},
      {"Chinese numeral, scale", "宁波市拥有科技企业三万家。", "宁波市|科技企业|3万家|"},
      {"only a scale", "宁波市拥有科技企业近万家。", ""},
      {"set in brackets", "宁波市共享仪器1.4万台（套）。", "宁波市|共享仪器|1.4万台（套）|"},
      {"yuan renminbi", "宁波市签约总金额超过850亿元人民币。", "宁波市|签约总金额|850亿元|"},
      {"scale without a unit is money", "宁波市设备总价值超31亿。", "宁波市|设备总价值|31亿元|"},
      {"tenths", "宁波市研发人员占比超过三成。", "宁波市|研发人员占比|30%|"},
      {"half", "宁波市研发人员占比过半。", "宁波市|研发人员占比|50%|"},
      {"third", "宁波市研发投入占全省的三分之一。", "宁波市|研发投入占全省比重|33.3%|"},
      {"slash", "宁波市集聚了全省近1/8的高新技术企业。", "宁波市|高新技术企业占全省比重|12.5%|"},
      {"people without a measure word", "宁波市覆盖近300万群众。", "宁波市|群众|300万|"},
      {"doubling", "宁波市科技企业数量翻一番。", "宁波市|科技企业数量增长率|100%|"},
  };
  CHECK(rows);
}

static void test_no_figures(void **state) {
  static const row rows[] = {
      {"years and dates", "2023年5月4日，宁波市召开会议。", ""},
      {"ordinal", "宁波市举办第五届大赛，居全省第二位。", ""},
      {"months", "前8个月，宁波市经济平稳。", ""},
      {"range", "宁波市用3-5年时间建设园区。", ""},
      {"two-digit growth", "宁波市产值实现两位数增长。", ""},
      {"vague", "宁波市数十家企业参加活动。", ""},
      {"one", "宁波市的一家企业研发了一套系统。", ""},
      {"group as a name", "宁波市推动三大产业发展。", ""},
      {"nation", "全国高新技术企业达40万家。", ""},
      {"nation carried", "我国算力规模增长。其中，服务器超过1000万台。", ""},
      {"criterion", "宁波市奖励营业收入超100亿元的企业。", ""},
      {"criterion without 的", "宁波市引进5000万元以上项目841个。", "宁波市|引进5000万元以上项目|841个|"},
      {"rating in a name", "宁波市750千伏输变电工程投运。", ""},
      {"provinces that act", "东部8个省市向宁波市投入资金。", ""},
      {"aspects of a list", "宁波市在人才、资金等5个方面深化协作。", ""},
      {"extent", "宁波市在50公里范围内布局产业链。", ""},
      {"words of somebody unknown", "宁波市产业兴旺。“我们的企业去年营业收入达5亿元。”", ""},
      {"no subject", "会上签约项目12个。", ""},
  };
  CHECK(rows);
}

static void test_indicators(void **state) {
  static const row rows[] = {
      {"after the noun, list", "宁波市拥有独角兽企业15家，“小巨人”企业135家。",
       "宁波市|独角兽企业|15家|\n宁波市|“小巨人”企业|135家|"},
      {"before the noun", "宁波市建设12个重大科技平台。", "宁波市|重大科技平台|12个|"},
      {"before the noun, relative clause", "宁波市发布21项具有影响力的科技成果。", "宁波市|科技成果|21项|"},
      {"short noun with its predicate", "宁波市有30多个项目签约。", "宁波市|签约项目|30个|"},
      {"reaching", "宁波市技术合同成交额首次突破1500亿元。", "宁波市|技术合同成交额|1500亿元|"},
      {"group after a list", "宁波市设立数字乡村、智慧农业等六大展区。", "宁波市|展区|6个|"},
      {"from and to", "宁波市外贸总额由2015年的700亿元升至2022年的3000亿元，年均增长23%。",
       "宁波市|外贸总额|700亿元|2015\n宁波市|外贸总额|3000亿元|2022\n宁波市|外贸总额年均增长率|23%|2015/2022"},
      {"growth carried", "宁波市进出口总额320亿元，同比增长14.4%。",
       "宁波市|进出口总额|320亿元|\n宁波市|进出口总额增长率|14.4%|"},
      {"growth of an aspect", "宁波市对外贸易向好。进口方面，同比增长8%。", "宁波市|进口增长率|8%|"},
      {"decrease is negative", "宁波市工业投资同比下降3.2%。", "宁波市|工业投资增长率|-3.2%|"},
      {"respectively", "宁波市高技术制造业和装备制造业增加值分别增长11.3%和11%。",
       "宁波市|高技术制造业增加值增长率|11.3%|\n宁波市|装备制造业增加值增长率|11%|"},
      {"respectively, subjects", "宁波、温州、绍兴进出口分别增长7%、8%和9%。",
       "宁波市|进出口增长率|7%|\n温州市|进出口增长率|8%|\n绍兴市|进出口增长率|9%|"},
      {"both the same", "宁波市高新技术企业、科技型中小企业均突破1万家。",
       "宁波市|高新技术企业|1万家|\n宁波市|科技型中小企业|1万家|"},
      {"whole of what was counted", "宁波市重点项目593个、总投资约5.2万亿元。",
       "宁波市|重点项目|593个|\n宁波市|重点项目总投资|5.2万亿元|"},
      {"total after a signing", "在宁波，42个产业项目签约，总额超900亿元。",
       "宁波市|产业项目|42个|\n宁波市|产业项目总额|900亿元|"},
      {"spending and what for", "宁波市投入12亿元扶持企业改造。", "宁波市|扶持企业改造投入|12亿元|"},
      {"share carried", "宁波市有高新技术企业930家，占全省的8.2%。",
       "宁波市|高新技术企业|930家|\n宁波市|高新技术企业占全省比重|8.2%|"},
      {"share moves", "宁波市产值占全省比重从6.3%提高到6.5%以上。",
       "宁波市|产值占全省比重|6.3%|\n宁波市|产值占全省比重|6.5%|"},
      {"points", "宁波市产值比上半年提高1.9个百分点，高于全省2个百分点。",
       "宁波市|产值提高|1.9个百分点|\n宁波市|产值高于全省|2个百分点|"},
      {"rate", "宁波市项目开工率65.38%。", "宁波市|项目开工率|65.38%|"},
      {"area before its noun", "宁波市已筹集37万平方米科研空间。", "宁波市|科研空间|37万平方米|"},
      {"measure in the clause before", "宁波市外贸规模持续扩大，达到3000亿元。", "宁波市|外贸规模|3000亿元|"},
      {"persons and what they do", "宁波市已有2万人次享受了补贴。", "宁波市|享受了补贴|2万人次|"},
      {"by whom the value is made", "宁波市机械行业完成产值2200亿元。", "宁波市|机械行业产值|2200亿元|"},
      {"torn word", "宁波市过海车辆突破260万辆次。", "宁波市|过海车辆|260万辆次|"},
      {"some of those counted", "宁波市187家企业中有100多家和高校有协作关系。",
       "宁波市|企业|187家|\n宁波市|和高校有协作关系企业|100家|"},
      {"condition in front", "宁波市项目全部达产后年货物吞吐量可达150万吨。", "宁波市|年货物吞吐量|150万吨|"},
      {"levels, respectively", "宁波市高校、企业数量分别达到11所、30家。",
       "宁波市|高校数量|11所|\n宁波市|企业数量|30家|"},
      {"quote that goes on", "宁波市203项服务事项“同事同标”。", "宁波市|服务事项|203项|"},
      {"size tells which", "宁波市8个产业规模超千亿元。", "宁波市|规模超千亿元产业|8个|"},
  };
  CHECK(rows);
}

static void test_subjects(void **state) {
  static const row rows[] = {
      {"place opens the sentence", "在绍兴，新签约项目达到15个。", "绍兴市|新签约项目|15个|"},
      {"more exact behind it", "浙江宁波新增专利300件。", "宁波市|专利|300件|"},
      {"carried over commas", "宁波市加快转型，出台政策，拥有专利3000件。", "宁波市|专利|3000件|"},
      {"carried over sentences", "宁波市加快转型。目前拥有专利3000件。", "宁波市|专利|3000件|目前"},
      {"who says it is not the subject", "据浙江省统计局统计，宁波市拥有专利3000件。", "宁波市|专利|3000件|"},
      {"agency speaks for its region", "宁波是港口城市。宁波市科技局介绍，今年将新增企业200家。",
       "宁波市|企业|200家|今年!"},
      {"whole province", "浙江省举行大会，全省共有18个高新区和37家高校。", "浙江省|高新区|18个|\n浙江省|高校|37家|"},
      {"what they join", "去年有60多家以光学为基础的企业落户绍兴。", "绍兴市|落户企业|60家|去年"},
      {"industry within the nation", "全国消费回升。其中，新能源汽车销量同比增长31.6%。",
       "新能源汽车|销量增长率|31.6%|"},
      {"members of a list are not it", "宁波市发布成果。阿里云、海康威视等12家企业参加。", "宁波市|参加企业|12家|"},
      {"speaker of a quotation", "宁波市产业兴旺。“我们的研发人员超过3000人。”阳光电源董事长王明说。",
       "阳光电源股份有限公司|研发人员|3000人|"},
      {"attribute of a name", "总投资25亿元的宁波国际会议中心开工。", "宁波国际会议中心|总投资|25亿元|"},
      {"attributes of a name", "全长39公里、面积416平方公里的宁波科创大走廊东起余姚。",
       "宁波科创大走廊|全长|39公里|\n宁波科创大走廊|面积|416平方公里|"},
      {"end of a name", "宁波科创大走廊启动建设。宁波市出台政策。目前，大走廊企业总数突破10万家。",
       "宁波科创大走廊|企业总数|10万家|目前"},
      {"this one", "阳光电源公司总部设在合肥市。该公司研发人员达3000人。", "阳光电源股份有限公司|研发人员|3000人|"},
      {"thing without a name", "宁波市召开会议。该项目总投资35亿元。", ""},
      {"just founded", "宁波市与绍兴市共建甬绍光电产业园，首批12个项目总投资86亿元。",
       "甬绍光电产业园|项目|12个|\n甬绍光电产业园|项目总投资|86亿元|"},
      {"founded without a name", "宁波市设立了一批园区，总投资86亿元。", ""},
      {"head of a relative clause", "浙江大学与国家电网共建的宁波电力研究院去年承担课题46项。",
       "宁波电力研究院|承担课题|46项|去年"},
      {"relative clause about nothing named", "浙江大学研制的土壤调理剂，已在宁波、绍兴的农田推广了30万亩。", ""},
      {"what 由 governs", "宁波光电产业园投产，由浙江大学和绍兴市共同建设，年吞吐量可达150万吨。",
       "宁波光电产业园|年吞吐量|150万吨|"},
      {"where somebody acts", "阳光电源公司加快布局，在宁波设立3000个网点。", "阳光电源股份有限公司|网点|3000个|"},
      {"at an event", "第五届宁波创新论坛举行。会上签约项目40个。", "第五届宁波创新论坛|签约项目|40个|"},
      {"object of the clause's verb", "宁波市输出津冀技术合同累计达4.9万项。", "宁波市|技术合同|4.9万项|"},
      {"document", "浙江省发布《科技强省行动计划》，包含“产学研融合”等17项任务。", "科技强省行动计划|任务|17项|"},
  };
  CHECK(rows);
}

static void test_periods(void **state) {
  static const row rows[] = {
      {"year", "2021年，宁波市拥有专利3000件。", "宁波市|专利|3000件|2021"},
      {"this year, unknown", "今年，宁波市拥有专利3000件。", "宁波市|专利|3000件|今年"},
      {"quarters", "2021年12月，会议召开。今年前三季度，宁波市进出口320亿元。", "宁波市|进出口|320亿元|2021-Q1/Q3"},
      {"months", "2021年12月，会议召开。今年1—4月，宁波市进出口320亿元。", "宁波市|进出口|320亿元|2021-01/2021-04"},
      {"last year", "2021年12月，会议召开。去年，宁波市进出口320亿元。", "宁波市|进出口|320亿元|2020"},
      {"plan period", "“十四五”期间，宁波市组建创新联合体49家。", "宁波市|创新联合体|49家|“十四五”期间"},
      {"some years", "近5年，宁波市进出口年均增长6%。", "宁波市|进出口年均增长率|6%|近5年"},
      {"goal", "到2025年，宁波市力争高新技术企业达到1万家。", "宁波市|高新技术企业|1万家|2025!"},
      {"since is not when it speaks", "自2020年12月以来，政策落地。今年，宁波市进出口320亿元。",
       "宁波市|进出口|320亿元|今年"},
      {"goes on", "2021年，宁波市有重点项目82个。其中，产业项目32个。",
       "宁波市|重点项目|82个|2021\n宁波市|产业项目|32个|2021"},
  };
  CHECK(rows);
}

static void test_headings(void **state) {
  lines got;
  extract(*state, "宁波市新增专利近4000件\n今年，宁波市新增专利3987件。\n", &got); // rounded in the heading
  assert_string_equal(got.text, "宁波市|专利|3987件|今年");
  extract(*state, "宁波市新增专利近4000件\n今年，宁波市科技创新成果丰硕。\n", &got); // nowhere else
  assert_string_equal(got.text, "宁波市|专利|4000件|");
  extract(*state, "要闻速览\n宁波市有专利3000件。\n目前，宁波市有专利3000件。\n", &got); // said twice
  assert_string_equal(got.text, "宁波市|专利|3000件|");
}

static void test_paragraphs(void **state) {
  lines got;
  extract(*state, "宁波市：科技创新成果丰硕\n阳光电源公司扩大生产。\n目前拥有专利3000件。\n",
          &got); // from the heading again
  assert_string_equal(got.text, "宁波市|专利|3000件|目前");
}

static int set_up(void **state) {
  yutu_error err = {0};
  yutu_extractor *x = NULL;
  if (yutu_extractor_new(NULL, &x, &err) != YUTU_OK)
    return 1;
  *state = x;
  return 0;
}

static int tear_down(void **state) {
  yutu_extractor_free(*state);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_numbers),    cmocka_unit_test(test_no_figures), cmocka_unit_test(test_indicators),
      cmocka_unit_test(test_subjects),   cmocka_unit_test(test_periods),    cmocka_unit_test(test_headings),
      cmocka_unit_test(test_paragraphs),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
