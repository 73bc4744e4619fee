// Time expressions: 2019年, 今年前三季度, 1—4月, 截至10月底, “十四五”期间, 近5年.
//
// With the article's date known, relative ones become ISO years, months and quarters; else they stay as printed.
#include "extract/figures_period.h"

#include <stdio.h>
#include <string.h>

enum { PERIOD_CHARS_MAX = 40, PHRASE_CHARS_MAX = 16, YEAR_FIRST = 1900, YEAR_LAST = 2099 };

typedef struct {
  const yutu_document *d;
  uint32_t at, end; ///< code points: how far it is read, end of the sentence
  int year;         ///< 0: unknown
  bool relative;    ///< the year was said as 今年, 去年
  char text[PERIOD_CHARS_MAX];
} reader;

static bool accept(reader *r, const char *literal) {
  const uint32_t n = yutu_text_starts(r->d->page->text.cp + r->at, r->end - r->at, literal);
  r->at += n;
  return n > 0;
}

static int number(reader *r, int digits) {
  static const char *const numerals[] = {"十二", "十一", "十", "九", "八", "七", "六", "五", "四", "三", "二", "一"};
  int value = 0;
  const uint32_t start = r->at;
  while (r->at < r->end && (int)(r->at - start) < digits && yutu_is_digit(yutu_cp_at(r->d, r->at)))
    value = value * 10 + (int)(yutu_cp_at(r->d, r->at++) - '0');
  if (r->at > start)
    return yutu_is_digit(yutu_cp_at(r->d, r->at)) ? 0 : value;
  for (int i = 0; i < 12; i++) {
    if (accept(r, numerals[i]))
      return 12 - i;
  }
  return 0;
}

static bool read_year(reader *r) {
  static const struct {
    const char *word;
    int back;
  } words[] = {{"今年", 0}, {"本年", 0}, {"去年", 1}, {"上年", 1}, {"明年", -1}, {"前年", 2}};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (accept(r, words[i].word)) {
      r->year = r->d->year ? r->d->year - words[i].back : 0;
      return r->relative = true;
    }
  }
  const uint32_t start = r->at;
  const bool whole = start == r->d->begin || !yutu_is_digit(yutu_cp_at(r->d, start - 1));
  const int year = whole && yutu_is_digit(yutu_cp_at(r->d, start)) ? number(r, 4) : 0;
  if (r->at - start == 4 && year >= YEAR_FIRST && year <= YEAR_LAST && (accept(r, "年度") || accept(r, "年"))) {
    r->year = year;
    return true;
  }
  r->at = start;
  r->year = r->d->year;
  return false;
}

static int quarter(reader *r) {
  const uint32_t start = r->at;
  accept(r, "第");
  const int q = number(r, 1);
  if (q >= 1 && q <= 4 && accept(r, "季度"))
    return q;
  r->at = start;
  return 0;
}

static bool dash(reader *r) {
  return accept(r, "—") || accept(r, "-") || accept(r, "至") || accept(r, "到") || accept(r, "～") || accept(r, "~") ||
         accept(r, "–");
}

// Months, quarters and halves after the year; ISO in r->text when the year is known.
static bool read_part(reader *r) {
  const uint32_t start = r->at;
  const int y = r->year;
  int a, b;
  if (accept(r, "上半年") || accept(r, "下半年")) {
    const bool first = yutu_cp_at(r->d, start) == 0x4E0A; // 上
    snprintf(r->text, sizeof r->text, "%04d-Q%d/Q%d", y, first ? 1 : 3, first ? 2 : 4);
    return true;
  }
  if ((a = quarter(r))) {
    snprintf(r->text, sizeof r->text, "%04d-Q%d", y, a);
    return true;
  }
  if (accept(r, "前")) {
    a = number(r, 2);
    if (a > 1 && a <= 4 && accept(r, "季度")) {
      snprintf(r->text, sizeof r->text, "%04d-Q1/Q%d", y, a);
      return true;
    }
    if (a > 1 && a <= 12 && accept(r, "个月")) {
      snprintf(r->text, sizeof r->text, "%04d-01/%04d-%02d", y, y, a);
      return true;
    }
    r->at = start;
    return false;
  }
  a = number(r, 2);
  if (a >= 1 && a <= 12 && (accept(r, "月"), dash(r)) && (b = number(r, 2)) > a && b <= 12 && accept(r, "月")) {
    snprintf(r->text, sizeof r->text, "%04d-%02d/%04d-%02d", y, a, y, b);
    accept(r, "份");
    return true;
  }
  r->at = start;
  a = number(r, 2);
  if (a >= 1 && a <= 12 && accept(r, "月")) {
    snprintf(r->text, sizeof r->text, "%04d-%02d", y, a);
    const uint32_t day = r->at;
    if (!accept(r, "份") && !accept(r, "底") && !accept(r, "末") && !accept(r, "初")) {
      b = number(r, 2);
      if (b < 1 || b > 31 || !accept(r, "日")) // the month of a day is exact enough
        r->at = day;
    }
    return true;
  }
  r->at = start;
  return false;
}

// 近5年, 五年来, 五年前, 过去20年, 未来五年内, “十四五”期间, 国庆假期期间: as printed.
static bool read_phrase(reader *r) {
  const uint32_t start = r->at;
  if (accept(r, "“十") || accept(r, "十")) {
    if (number(r, 1) && accept(r, "五")) {
      accept(r, "”");
      if (accept(r, "期间") || accept(r, "时期") || accept(r, "以来"))
        return true;
    }
    r->at = start;
  }
  const bool lead = accept(r, "近") || accept(r, "过去") || accept(r, "未来") || accept(r, "今后") || accept(r, "最近");
  if (number(r, 2) && accept(r, "年")) {
    if (accept(r, "来") || accept(r, "前") || accept(r, "多来") || accept(r, "间"))
      return true;
    if (lead) {
      if (!accept(r, "内"))
        accept(r, "间");
      return true;
    }
  }
  r->at = start;
  return false;
}

// 目前, 截至目前: the month of the article when it is known.
static bool read_now(reader *r) {
  if (!accept(r, "截至目前") && !accept(r, "目前") && !accept(r, "当前") && !accept(r, "截至今天") &&
      !accept(r, "截至日前"))
    return false;
  if (r->d->year && r->d->month)
    snprintf(r->text, sizeof r->text, "%04d-%02d", r->d->year, r->d->month);
  return true;
}

// One time expression at r->at. The text stays empty where it is to be quoted.
static bool read_period(reader *r, bool *ret_year) {
  *ret_year = false;
  if (read_now(r) || read_phrase(r))
    return true;
  const bool year = read_year(r);
  const bool part = read_part(r);
  if (!year && !part)
    return false;
  if (!r->year)
    r->text[0] = '\0';
  else if (!part) {
    snprintf(r->text, sizeof r->text, "%04d", r->year);
    *ret_year = true;
  }
  if (!accept(r, "以来") && !accept(r, "全年"))
    accept(r, "底");
  return true;
}

// Can a time expression begin with this character? Spares the rest of the text the reader.
static bool can_begin(uint32_t c) {
  static const uint32_t first[] = {
      0x4ECA, 0x672C, 0x53BB, 0x660E, 0x524D, 0x4E0A, 0x4E0B,                 // 今 本 去 明 前 上 下
      0x8FD1, 0x8FC7, 0x672A, 0x6700, 0x76EE, 0x5F53, 0x622A, 0x7B2C, 0x201C, // 近 过 未 最 目 当 截 第 “
      0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341, // 一 … 十
  };
  for (size_t i = 0; i < sizeof first / sizeof *first; i++) {
    if (first[i] == c)
      return true;
  }
  return yutu_is_digit(c);
}

// …期间 of which the words before are part: 国庆小长假期间.
static uint32_t phrase_begin(const yutu_figure_view *v, uint32_t i) {
  uint32_t k = i;
  while (k && v->part[k - 1] == YUTU_PART_NOUN && !v->mention[k - 1] &&
         v->t[i].begin - v->t[k - 1].begin <= PHRASE_CHARS_MAX)
    k--;
  return v->t[k].begin;
}

static void add(const yutu_figure_view *v, yutu_periods *ps, uint32_t begin, uint32_t end, const char *text,
                bool year) {
  if (ps->n == YUTU_PERIODS_MAX)
    return;
  yutu_period *p = &ps->at[ps->n++];
  *p = (yutu_period){.begin = begin, .end = end, .year = year};
  p->text = *text ? yutu_slice_of(yutu_arena_strndup(v->d->arena, text, strnlen(text, PERIOD_CHARS_MAX)))
                  : yutu_document_text(v->d, begin, end);
}

// 比去年, 恢复至去年同期: what the figure is measured against.
static bool compared(const yutu_figure_view *v, uint32_t i, const reader *r) {
  return (i && (yutu_figure_is(v, i - 1, "比") || yutu_figure_is(v, i - 1, "较") || yutu_figure_is(v, i - 1, "是"))) ||
         yutu_text_starts(v->d->page->text.cp + r->at, v->s->end - r->at, "同期") > 0;
}

static bool bracketed(const yutu_figure_view *v, uint32_t i) {
  return i && yutu_figure_is(v, i - 1, "（");
}

// 自今年6月起: until now.
static void since(const yutu_figure_view *v, uint32_t i, reader *r) {
  if (!i || !(yutu_figure_is(v, i - 1, "自") || yutu_figure_is(v, i - 1, "从")) || !r->year || !r->text[0])
    return;
  const uint32_t at = r->at;
  const bool open = accept(r, "起") || accept(r, "以来") || (r->at >= 2 && yutu_cp_at(r->d, r->at - 1) == 0x6765); // 来
  r->at = at;
  char text[PERIOD_CHARS_MAX];
  if (open && r->d->month && strlen(r->text) <= 7) {
    snprintf(text, sizeof text, "%.7s/%04d-%02d", r->text, r->d->year, r->d->month);
    memcpy(r->text, text, sizeof text);
  }
}

void yutu_find_periods(const yutu_figure_view *v, yutu_periods *ret) {
  if (ret->n)
    ret->last = ret->at[ret->n - 1].text;
  if (ret->block != v->s->block)
    ret->last = (yutu_slice){"", 0};
  ret->block = v->s->block;
  ret->n = 0;
  for (uint32_t i = 0; i < v->n; i++) {
    reader r = {.d = v->d, .at = v->t[i].begin, .end = v->s->end};
    bool year = false;
    if (v->mention[i] || v->t[i].kind == YUTU_TOKEN_NAME)
      continue;
    const uint32_t first = yutu_cp_at(v->d, r.at);
    if (yutu_figure_is(v, i, "期间")) {
      const uint32_t begin = phrase_begin(v, i);
      if (begin < v->t[i].begin)
        add(v, ret, begin, v->t[i].end, "", false);
      continue;
    }
    if (!can_begin(first) || !read_period(&r, &year))
      continue;
    if (!bracketed(v, i) && !compared(v, i, &r)) {
      since(v, i, &r);
      add(v, ret, v->t[i].begin, r.at, r.text, year);
    }
    while (i + 1 < v->n && v->t[i + 1].begin < r.at)
      i++;
  }
}

static const yutu_period *before(const yutu_periods *ps, uint32_t at) {
  for (uint32_t i = ps->n; i; i--) {
    if (ps->at[i - 1].end <= at)
      return &ps->at[i - 1];
  }
  return NULL;
}

yutu_slice yutu_figure_period(const yutu_figure_view *v, const yutu_periods *ps, uint32_t i, bool goes_on) {
  const yutu_statement *st = &v->statements.at[i];
  const yutu_period *p = before(ps, v->figures.at[st->figure].begin);
  if (!p)
    return ps->n == 0 && (goes_on || yutu_figure_is(v, 0, "其中")) ? ps->last : (yutu_slice){"", 0};
  // 由2015年的…升至2022年的…，年均增长…
  if (st->growth && st->carried != YUTU_NO_TOKEN && p->year && p > ps->at && p[-1].year && st->yearly) {
    char *text = yutu_arena_alloc(v->d->arena, PERIOD_CHARS_MAX);
    const int n = snprintf(text, PERIOD_CHARS_MAX, "%.*s/%.*s", (int)p[-1].text.len, p[-1].text.data, (int)p->text.len,
                           p->text.data);
    return (yutu_slice){text, (size_t)n};
  }
  return p->text;
}
