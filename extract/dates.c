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

// A calendar date, 今年, or a word of the grammar's times at `at`; after one of them also 以来 and the like.
static uint32_t time_step(const yutu_view *v, uint32_t at, bool after) {
  moment m;
  const uint32_t c = v->masked[at];
  if (yutu_is_digit(c))
    return calendar(v, at, &m);
  if (after && (c == 0x2014 || c == '-') && at + 1 < v->n && yutu_is_digit(v->masked[at + 1])) // 15日—16日
    return at + 1;
  const uint32_t time = yutu_view_grammar(v, YUTU_GRAMMAR_TIME, at);
  return at + (time || !after ? time : yutu_view_grammar(v, YUTU_GRAMMAR_TIME_TAIL, at));
}

uint32_t yutu_date_end(const yutu_view *v, uint32_t at) {
  uint32_t end = at;
  while (end < v->n) {
    const uint32_t next = time_step(v, end, end > at);
    if (next == end)
      break;
    end = next;
  }
  return end;
}

static yutu_slice printed(const yutu_view *v, const yutu_said_date *m) {
  enum { ROOM = 40 };
  char *text = yutu_arena_alloc(v->d->arena, ROOM);
  int n = snprintf(text, ROOM, "%04d", m->year);
  if (m->month)
    n += snprintf(text + n, (size_t)(ROOM - n), "-%02d", m->month);
  if (m->month && m->day)
    n += snprintf(text + n, (size_t)(ROOM - n), "-%02d", m->day);
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

static void find_dates(yutu_view *v) {
  v->n_dates = 0;
  for (uint32_t i = 0; i < v->n && v->n_dates < YUTU_DATES_MAX; i++) {
    const uint32_t c = v->masked[i], before = i ? v->masked[i - 1] : 0;
    if (yutu_is_digit(before) || before == 0x6708 || before == 0x5E74) // inside a date
      continue;
    if (!yutu_is_digit(c) && c != 0x4ECA && c != 0x53BB && c != 0x524D && c != 0x660E && c != 0x672C) // 今 去 前 明 本
      continue;
    const moment m = resolve(v, i);
    if (m.year >= 1900 && m.year <= 2100)
      v->dates[v->n_dates++] = (yutu_said_date){.at = i, .year = m.year, .month = m.month, .day = m.day};
  }
}

yutu_slice yutu_date_of(yutu_view *v, uint32_t at) {
  if (v->n_dates == YUTU_NOWHERE)
    find_dates(v);
  const yutu_said_date *best = NULL;
  uint32_t distance = UINT32_MAX;
  for (uint32_t i = 0; i < v->n_dates; i++) {
    const uint32_t far =
        v->dates[i].at < at ? at - v->dates[i].at : 2 * (v->dates[i].at - at); // before is meant more often
    if (far < distance) {
      best = &v->dates[i];
      distance = far;
    }
  }
  return best ? printed(v, best) : (yutu_slice){0};
}
