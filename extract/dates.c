// Dates and times in a sentence.
#include "extract/view.h"

#include <stdio.h>

static bool literal(const yutu_view *v, uint32_t at, const char *text, uint32_t *ret_end) {
  const uint32_t n = at < v->n ? yutu_text_starts(v->masked + at, v->n - at, text) : 0;
  if (n)
    *ret_end = at + n;
  return n > 0;
}

// 1–4 digits.
static uint32_t digits(const yutu_view *v, uint32_t at, int *ret) {
  int value = 0;
  uint32_t end = at;
  while (end < v->n && end - at < 4 && yutu_is_digit(v->masked[end]))
    value = value * 10 + (int)(v->masked[end++] - '0');
  if (end > at)
    *ret = value;
  return end;
}

typedef struct {
  int year, month, day; ///< 0: not said
} moment;

// 2018年5月12日, 5月, 12日. @return its end, or `at`
static uint32_t calendar(const yutu_view *v, uint32_t at, moment *ret) {
  moment m = {0};
  uint32_t end = at;
  for (;;) {
    int value = 0;
    const uint32_t stop = digits(v, end, &value);
    if (stop == end || stop >= v->n)
      break;
    if (v->masked[stop] == 0x5E74 && stop - end == 4 && !m.year) // 年
      m.year = value;
    else if (v->masked[stop] == 0x6708 && stop - end <= 2 && value >= 1 && value <= 12 && !m.month) // 月
      m.month = value;
    else if ((v->masked[stop] == 0x65E5 || v->masked[stop] == 0x53F7) && stop - end <= 2 && value >= 1 && value <= 31 &&
             !m.day) // 日 号
      m.day = value;
    else
      break;
    end = stop + 1;
  }
  if (end > at)
    *ret = m;
  return end;
}

static uint32_t relative_year(const yutu_view *v, uint32_t at, int *ret) {
  static const struct {
    const char *word;
    int years;
  } words[] = {{"今年", 0}, {"本年", 0}, {"去年", -1}, {"前年", -2}, {"明年", 1}};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    uint32_t end;
    if (literal(v, at, words[i].word, &end)) {
      *ret = words[i].years;
      return end;
    }
  }
  return at;
}

uint32_t yutu_date_end(const yutu_view *v, uint32_t at) {
  static const char *const times[] = {"今天", "昨天", "明天", "近日", "日前", "近期", "不久前", "前不久", "目前", "眼下",
                                      "当前", "近年来", "上午", "下午", "晚间", "上个月", "本月", "近来", "最近",
                                      "如今", "现在", "此前", "今晨", "当天", "当日", "同日", NULL};
  static const char *const tails[] = {"以来", "上半年", "下半年", "年初", "年底", "初", "底", "末", "起", "期间",
                                      "一季度", "前三季度", "上旬", "中旬", "下旬", NULL};
  uint32_t end = at;
  for (bool more = true; more && end < v->n;) {
    more = false;
    moment m;
    int years;
    uint32_t next = calendar(v, end, &m);
    if (next == end)
      next = relative_year(v, end, &years);
    for (const char *const *t = times; next == end && *t; t++)
      (void)literal(v, end, *t, &next);
    for (const char *const *t = tails; next == end && end > at && *t; t++)
      (void)literal(v, end, *t, &next);
    if (next == end && end > at && (v->masked[end] == 0x2014 || v->masked[end] == '-') && end + 1 < v->n &&
        yutu_is_digit(v->masked[end + 1])) // 15日—16日
      next = end + 1;
    more = next > end;
    end = next;
  }
  return end;
}

static yutu_slice printed(const yutu_view *v, moment m) {
  enum { ROOM = 40 };
  char *text = yutu_arena_alloc(v->d->arena, ROOM);
  int n = snprintf(text, ROOM, "%04d", m.year);
  if (m.month)
    n += snprintf(text + n, (size_t)(ROOM - n), "-%02d", m.month);
  if (m.month && m.day)
    n += snprintf(text + n, (size_t)(ROOM - n), "-%02d", m.day);
  return (yutu_slice){text, (size_t)n};
}

// The date at `at` with what the article's own date adds; year 0 when it stays open.
static moment resolve(const yutu_view *v, uint32_t at) {
  moment m = {0};
  int years = 0;
  uint32_t end = relative_year(v, at, &years);
  if (end > at) {
    (void)calendar(v, end, &m);
    m.year = v->d->year ? v->d->year + years : 0;
    return m;
  }
  end = calendar(v, at, &m);
  uint32_t after = end;
  if (end > at && !m.month && (literal(v, end, "以来", &after) || literal(v, end, "起", &after)))
    return m;
  if (!m.year && m.month && v->d->year && (v->d->month == 0 || m.month <= v->d->month))
    m.year = v->d->year;
  return m;
}

yutu_slice yutu_date_of(const yutu_view *v, uint32_t at) {
  moment best = {0};
  uint32_t distance = UINT32_MAX;
  for (uint32_t i = 0; i < v->n; i++) {
    if (i && (yutu_is_digit(v->masked[i - 1]) || v->masked[i - 1] == 0x6708 || v->masked[i - 1] == 0x5E74))
      continue; // inside a date
    if (!yutu_is_digit(v->masked[i]) && v->masked[i] != 0x4ECA && v->masked[i] != 0x53BB && v->masked[i] != 0x524D &&
        v->masked[i] != 0x660E && v->masked[i] != 0x672C) // 今 去 前 明 本
      continue;
    const moment m = resolve(v, i);
    const uint32_t far = i < at ? at - i : 2 * (i - at); // what stands before is meant more often
    if (m.year >= 1900 && m.year <= 2100 && far < distance) {
      best = m;
      distance = far;
    }
  }
  return best.year ? printed(v, best) : (yutu_slice){0};
}
