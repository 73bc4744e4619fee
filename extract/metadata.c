// Title, byline, newspaper section and date of an article.
//
// The date is what the text says of itself: a date in a line above it, a full date in its first sentences, or a day
// with 今天 or 近日 and the year that the text speaks from.
#include "extract/document.h"

#include <stdlib.h>

enum {
  TITLE_CHARS_MAX = 80,
  HEAD_CHARS_MAX = 200,
  HEAD_LINE_CHARS_MAX = 60,
  AUTHOR_CHARS_MAX = 20,
  YEAR_FIRST = 1990,
  YEAR_LAST = 2099
};

static bool at(const yutu_document *d, uint32_t i, uint32_t end, const char *literal) {
  return yutu_text_starts(d->page->text.cp + i, end - i, literal) > 0;
}

// Number in digits at i; 0 when there is none. *ret_end: after it.
static int number_at(const yutu_document *d, uint32_t i, uint32_t end, uint32_t *ret_end) {
  int value = 0;
  uint32_t k = i;
  while (k < end && k - i < 4 && yutu_is_digit(yutu_cp_at(d, k)))
    value = value * 10 + (int)(yutu_cp_at(d, k++) - '0');
  *ret_end = k;
  return value;
}

static int year_at(const yutu_document *d, uint32_t i, uint32_t end, uint32_t *ret_end) {
  if (i > d->begin && yutu_is_digit(yutu_cp_at(d, i - 1)))
    return 0;
  const int year = number_at(d, i, end, ret_end);
  if (*ret_end - i != 4 || year < YEAR_FIRST || year > YEAR_LAST || yutu_is_digit(yutu_cp_at(d, *ret_end)))
    return 0;
  return year;
}

// 自2020年12月以来, 2016年起: does something only begin with the year before `i`?
static bool begins_with(const yutu_document *d, uint32_t i) {
  uint32_t k = i;
  if (at(d, k, d->end, "年"))
    k++;
  uint32_t end;
  const int month = number_at(d, k, d->end, &end);
  if (end > k && month >= 1 && month <= 12 && at(d, end, d->end, "月"))
    k = end + 1;
  return at(d, k, d->end, "以来") || at(d, k, d->end, "起") || at(d, k, d->end, "至今");
}

// The year that the text speaks from: the latest one that it names, goals (到2025年), spans and beginnings aside.
static int find_year(const yutu_document *d) {
  int latest = 0;
  for (uint32_t i = d->begin; i < d->end; i++) {
    uint32_t end;
    const int year = year_at(d, i, d->end, &end);
    if (!year)
      continue;
    const uint32_t before = i > d->begin ? yutu_cp_at(d, i - 1) : 0;
    const bool goal = before == 0x5230 || before == 0x81F3 || before == 0x2014 || before == '-' || before == 0x2F ||
                      before == 0x524D; // 到 至 — - / 前
    const uint32_t after = yutu_cp_at(d, end);
    if (!goal && (after == 0x5E74 || yutu_is_han(after)) && !at(d, end, d->end, "年底前") && !begins_with(d, end) &&
        year > latest)
      latest = year;
    i = end - 1;
  }
  if (!latest) {
    for (uint32_t i = d->begin; i < d->end; i++) { // the first year of a five-year plan
      if (at(d, i, d->end, "十五五”开局") || at(d, i, d->end, "“十五五”开好局"))
        return 2026;
      if (at(d, i, d->end, "十四五”开局"))
        return 2021;
    }
  }
  return latest;
}

// 11月17日 at i.
static bool day_at(const yutu_document *d, uint32_t i, int *ret_month, int *ret_day) {
  uint32_t k;
  const int month = number_at(d, i, d->end, &k);
  if (k == i || month < 1 || month > 12 || !at(d, k, d->end, "月"))
    return false;
  const uint32_t first = k + 1;
  const int day = number_at(d, first, d->end, &k);
  if (k == first || day < 1 || day > 31 || !at(d, k, d->end, "日"))
    return false;
  *ret_month = month;
  *ret_day = day;
  return true;
}

// The day of publication above the text: 2021-07-09 14:20, 2021/7/9, 2021.7.9, or 2021年7月9日 in a line of its own.
static bool published_at(const yutu_document *d, uint32_t i, uint32_t end, int *ret_month, int *ret_day) {
  uint32_t k;
  const int year = year_at(d, i, end, &k);
  if (!year || k >= end)
    return false;
  const uint32_t mark = yutu_cp_at(d, k);
  if (mark == 0x5E74)
    return day_at(d, k + 1, ret_month, ret_day);
  if (mark != '-' && mark != '/' && mark != '.')
    return false;
  const uint32_t first = k + 1;
  const int month = number_at(d, first, end, &k);
  if (k == first || k - first > 2 || month < 1 || month > 12 || k >= end || yutu_cp_at(d, k) != mark)
    return false;
  const uint32_t second = k + 1;
  const int day = number_at(d, second, end, &k);
  if (k == second || k - second > 2 || day < 1 || day > 31)
    return false;
  *ret_month = month;
  *ret_day = day;
  return true;
}

static bool find_publication(yutu_document *d) {
  for (uint32_t b = 0; b < d->page->n_blocks; b++) {
    const yutu_block *block = &d->page->blocks[b];
    if (block->begin < d->begin || block->end > d->end)
      continue;
    if (block->begin - d->begin > HEAD_CHARS_MAX)
      return false;
    if (block->end - block->begin > HEAD_LINE_CHARS_MAX)
      continue;
    for (uint32_t i = block->begin; i < block->end; i++) {
      uint32_t end;
      if (published_at(d, i, block->end, &d->month, &d->day)) {
        d->year = year_at(d, i, block->end, &end);
        return true;
      }
    }
  }
  return false;
}

static void find_date(yutu_document *d) {
  if (find_publication(d))
    return;
  d->year = find_year(d);
  int month = 0, day = 0;
  for (uint32_t i = d->begin; i < d->end; i++) {
    if (!yutu_is_digit(yutu_cp_at(d, i)) || (i > d->begin && yutu_is_digit(yutu_cp_at(d, i - 1))))
      continue;
    uint32_t end;
    const int year = year_at(d, i, d->end, &end);
    if (year && yutu_cp_at(d, end) == 0x5E74 && day_at(d, end + 1, &month, &day) && year == d->year &&
        i - d->begin < 400) {
      d->month = month;
      d->day = day;
      return;
    }
    // 今天（4月25日）, 4月16日消息, 4月16日电, 近日
    const bool today = i >= d->begin + 3 && (at(d, i - 3, d->end, "今天（") || at(d, i - 3, d->end, "今日（"));
    if (day_at(d, i, &month, &day) && (today || i - d->begin < 30) && d->year && !d->month) {
      d->month = month;
      d->day = day;
      if (today)
        return;
    }
  }
}

// The first name of a byline without its marks, 本报记者 and what follows; empty for a photo credit.
static yutu_slice author_of(const yutu_document *d, const yutu_block *b) {
  static const char *const before[] = {"本报记者", "特派记者", "实习记者", "记者", "通讯员", "作者",
                                       "□",        "►",        "▶",        "：",   " "};
  static const char *const credits[] = {"图片来源", "图为", "来源", "责任编辑", "责编", "编辑"};
  static const char *const after[] = {"本报", "特派记者", "实习记者", "记者", "通讯员", "实习生", "来源", "责任编辑",
                                      "责编", "编辑",     "（",       "(",    "|",      "摄影",   "文/",  "图/"};
  uint32_t begin = b->begin;
  bool said = false;
  for (uint32_t i = b->begin; !said && i < b->end; i++) { // 2021-07-09 来源：… 作者：…
    if (at(d, i, b->end, "作者：")) {
      begin = i;
      said = true;
    }
  }
  for (size_t i = 0; !said && i < sizeof credits / sizeof *credits; i++) {
    if (at(d, b->begin, b->end, credits[i]))
      return (yutu_slice){NULL, 0};
  }
  if (b->end - b->begin < 2 || at(d, b->end - 1, b->end, "摄") || at(d, b->end - 2, b->end, "供图"))
    return (yutu_slice){NULL, 0};
  for (size_t i = 0; i < sizeof before / sizeof *before;) {
    const uint32_t n = yutu_text_starts(d->page->text.cp + begin, b->end - begin, before[i]);
    begin += n;
    i = n ? 0 : i + 1;
  }
  uint32_t end = begin;
  for (bool stop = false; end < b->end && !stop; end += !stop) {
    stop = yutu_is_digit(yutu_cp_at(d, end));
    for (size_t i = 0; !stop && i < sizeof after / sizeof *after; i++)
      stop = at(d, end, b->end, after[i]);
  }
  while (end > begin && (yutu_cp_at(d, end - 1) == ' ' || yutu_cp_at(d, end - 1) == 0x3000))
    end--;
  for (uint32_t i = begin; i < end; i++) { // 记者：…？ is a question
    const uint32_t c = yutu_cp_at(d, i);
    if (c == 0xFF0C || c == 0xFF1F || c == 0xFF01 || c == 0xFF1B)
      return (yutu_slice){NULL, 0};
  }
  return begin < end && end - begin <= AUTHOR_CHARS_MAX ? yutu_document_text(d, begin, end) : (yutu_slice){NULL, 0};
}

void yutu_find_metadata(yutu_document *d) {
  uint8_t best = UINT8_MAX;
  for (uint32_t b = 0; b < d->page->n_blocks; b++) {
    const yutu_block *block = &d->page->blocks[b];
    if (block->begin < d->begin || block->end > d->end)
      continue;
    if (block->kind == YUTU_BLOCK_HEADING && block->level < best && block->end - block->begin >= 5 &&
        block->end - block->begin <= TITLE_CHARS_MAX) {
      best = block->level;
      d->title = yutu_document_text(d, block->begin, block->end);
    } else if (block->kind == YUTU_BLOCK_BYLINE && !d->author.len) {
      d->author = author_of(d, block);
    }
  }
  find_date(d);
}
