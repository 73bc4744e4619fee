// Layout undone: hard-wrapped lines joined, blanks inside Chinese dropped, headings, bylines and article starts found.
#include "extract/text.h"

#include <string.h>

typedef struct {
  uint32_t begin, end; ///< trimmed, in the text with line ends
  uint32_t width;      ///< in half-width columns
  uint16_t indent;     ///< blanks before
  bool blank_before;   ///< an empty line stands before it
} line;

typedef YUTU_VEC(line) line_vec;

typedef struct {
  bool on;
  bool exact;     ///< most lines have exactly the full measure: cut by a machine, not set by a printer
  bool by_count;  ///< lines are cut by characters, not by columns
  uint32_t width; ///< the full line's measure
  bool spaced;    ///< an empty line follows every line, so empty lines mean nothing
} wrapping;

static void split_lines(yutu_arena *arena, const yutu_text *t, line_vec *lines) {
  bool blank = true;
  for (uint32_t i = 0; i < t->n;) {
    uint32_t end = i;
    while (end < t->n && t->cp[end] != '\n')
      end++;
    uint32_t a = i, b = end;
    while (a < b && t->cp[a] == ' ')
      a++;
    while (b > a && t->cp[b - 1] == ' ')
      b--;
    if (a == b) {
      blank = true;
    } else {
      line *l = YUTU_PUSH(arena, lines);
      *l = (line){.begin = a, .end = b, .indent = (uint16_t)(a - i < 99 ? a - i : 99), .blank_before = blank};
      for (uint32_t k = a; k < b; k++)
        l->width += t->cp[k] < 0x1100 ? 1 : 2;
      blank = false;
    }
    i = end + 1;
  }
}

static uint32_t measure(const line *l, bool by_count) {
  return by_count ? l->end - l->begin : l->width;
}

// The commonest line length, and how many lines come near it.
static uint32_t densest(const line_vec *lines, bool by_count, uint32_t tolerance, uint32_t *ret_width) {
  enum { MEASURE_MAX = 128 };
  uint32_t histogram[MEASURE_MAX + 1] = {0}, best = 0;
  for (uint32_t i = 0; i + 1 < lines->n; i++) {
    const uint32_t m = measure(&lines->at[i], by_count);
    if (m <= MEASURE_MAX)
      histogram[m]++;
  }
  for (uint32_t w = 8; w <= MEASURE_MAX; w++) {
    uint32_t sum = 0;
    for (uint32_t k = w - tolerance; k <= w; k++)
      sum += histogram[k];
    if (sum > best) {
      best = sum;
      *ret_width = w;
    }
  }
  return best;
}

static wrapping find_wrapping(const line_vec *lines) {
  wrapping w = {0};
  enum { LINES_MIN = 6 };
  if (lines->n < LINES_MIN)
    return w;
  uint32_t columns = 0, count = 0, blanks = 0;
  const uint32_t near_columns = densest(lines, false, 3, &columns), near_count = densest(lines, true, 1, &count);
  const uint32_t near = near_count >= near_columns ? near_count : near_columns;
  if (near * 2 < lines->n)
    return w;
  w.on = true;
  w.by_count = near_count >= near_columns;
  w.width = w.by_count ? count : columns;
  uint32_t same = 0;
  for (uint32_t i = 0; i < lines->n; i++)
    same += measure(&lines->at[i], w.by_count) == w.width;
  w.exact = same * 10 >= lines->n * 6;
  for (uint32_t i = 1; i < lines->n; i++)
    blanks += lines->at[i].blank_before;
  w.spaced = blanks * 10 >= (lines->n - 1) * 8;
  return w;
}

static bool ends_sentence(const yutu_text *t, const line *l) {
  uint32_t e = l->end;
  while (e > l->begin && yutu_is_closing(t->cp[e - 1]))
    e--;
  return e > l->begin && (yutu_is_terminal(t->cp[e - 1]) || t->cp[e - 1] == 0x2026 || t->cp[e - 1] == 0xFF1B);
}

static bool has(const yutu_text *t, const line *l, uint32_t c) {
  for (uint32_t i = l->begin; i < l->end; i++) {
    if (t->cp[i] == c)
      return true;
  }
  return false;
}

static uint32_t starts(const yutu_text *t, const line *l, const char *literal) {
  return yutu_text_starts(t->cp + l->begin, l->end - l->begin, literal);
}

static bool contains(const yutu_text *t, uint32_t begin, uint32_t end, const char *literal) {
  for (uint32_t i = begin; i < end; i++) {
    if (yutu_text_starts(t->cp + i, end - i, literal))
      return true;
  }
  return false;
}

static bool marked(uint32_t c) {
  return c == '#' || c == 0x25A1 || c == 0x25A0 || c == 0x25BA || c == 0x25B6 || c == 0x25CF || c == 0x25C6 ||
         c == 0x25B2 || c == 0x3010 || c == 0x2605;
}

// 科技日报讯（记者 …）, 本报讯, 新华社北京5月2日电, 央广网上海4月16日消息（记者 …）
static bool is_lead(const yutu_text *t, const line *l) {
  if (starts(t, l, "本报讯") || starts(t, l, "本报综合") || starts(t, l, "新华社"))
    return true;
  uint32_t end = l->end < l->begin + 24 ? l->end : l->begin + 24;
  for (uint32_t i = l->begin; i < end; i++) {
    if (t->cp[i] == 0x3002 || t->cp[i] == 0xFF0C)
      return false;
    if (yutu_text_starts(t->cp + i, l->end - i, "讯（") || yutu_text_starts(t->cp + i, l->end - i, "消息（") ||
        yutu_text_starts(t->cp + i, l->end - i, "电（"))
      return i > l->begin + 1;
  }
  return false;
}

static bool is_byline(const yutu_text *t, const line *l) {
  enum { BYLINE_MAX = 40 };
  if (l->end - l->begin > BYLINE_MAX || has(t, l, 0x3002))
    return false;
  const uint32_t c = t->cp[l->begin];
  if (c == 0x25A1 || c == 0x25BA || c == 0x25B6 || starts(t, l, "本报记者") || starts(t, l, "记者 ") ||
      starts(t, l, "特派记者") || starts(t, l, "图片来源") || starts(t, l, "图为") || starts(t, l, "来源：") ||
      starts(t, l, "责任编辑") || starts(t, l, "责编") || starts(t, l, "编辑：") || starts(t, l, "记者：") ||
      starts(t, l, "作者：") || starts(t, l, "通讯员"))
    return true;
  if (yutu_is_digit(c) && contains(t, l->begin, l->end, "来源：")) // 2021-07-09 14:20 来源：…
    return true;
  const uint32_t n = l->end - l->begin;
  return n >= 4 && (yutu_text_starts(t->cp + l->end - 2, 2, "供图") || yutu_text_starts(t->cp + l->end - 1, 1, "摄"));
}

static bool is_heading(const yutu_text *t, const line *l) {
  enum { HEADING_MAX = 48 };
  if (t->cp[l->begin] == '#')
    return true;
  return l->end - l->begin <= HEADING_MAX && !ends_sentence(t, l) && t->cp[l->end - 1] != 0xFF0C &&
         t->cp[l->end - 1] != 0x3001;
}

// The longest line around: a box on the page has narrower lines than its columns.
static uint32_t local_width(const line_vec *lines, const wrapping *w, uint32_t i) {
  enum { AROUND = 2 };
  uint32_t longest = 0;
  for (uint32_t k = i > AROUND ? i - AROUND : 0; k <= i + AROUND && k < lines->n; k++) {
    const uint32_t m = measure(&lines->at[k], w->by_count);
    longest = m > longest ? m : longest;
  }
  return longest < w->width ? longest : w->width;
}

// Does line i + 1 go on where line i stops?
static bool joins(const yutu_text *t, const wrapping *w, const line_vec *lines, uint32_t i) {
  const line *a = &lines->at[i], *b = a + 1;
  if (t->cp[a->begin] == '#' || marked(t->cp[b->begin]) || is_lead(t, b))
    return false;
  if (w->on) {
    if (b->blank_before && !w->spaced && (ends_sentence(t, a) || b->indent > 0))
      return false;
    if (b->indent >= 2 && ends_sentence(t, a))
      return false;
    // A printer's lines vary: punctuation hangs, and a paragraph's first line lost its indent.
    const uint32_t character = w->by_count ? 1 : 2;
    if (w->exact || ends_sentence(t, a))
      return measure(a, w->by_count) + character >= w->width;
    if (is_lead(t, a) || has(t, a, 0xFF0C) || has(t, a, 0x3002))
      return true; // within a sentence
    return measure(a, w->by_count) + 3 * character >= local_width(lines, w, i);
  }
  if (ends_sentence(t, a) || is_byline(t, a) || is_byline(t, b))
    return false;
  // A paragraph cut by the page: it has commas or stops, but no end.
  enum { PARAGRAPH_MIN = 25 };
  return a->end - a->begin >= PARAGRAPH_MIN && (has(t, a, 0x3002) || has(t, a, 0xFF0C)) && b->indent < 2;
}

// Copy a line, keeping one blank only where Latin words or numbers would run together.
static void copy_line(yutu_text *out, const yutu_text *t, const line *l) {
  for (uint32_t i = l->begin; i < l->end; i++) {
    const uint32_t c = t->cp[i];
    if (c == ' ') {
      const uint32_t before = out->n ? out->cp[out->n - 1] : 0, after = i + 1 < l->end ? t->cp[i + 1] : 0;
      if (!(before < 0x1100 && before > ' ' && after < 0x1100 && after > ' '))
        continue;
    }
    out->cp[out->n] = c;
    out->source[out->n++] = t->source[i];
  }
}

static void close_block(yutu_arena *arena, yutu_page *page, const yutu_text *t, const line *first, const line *last,
                        uint32_t begin, uint32_t *room) {
  yutu_arena_grow(arena, (void **)&page->blocks, room, page->n_blocks, sizeof *page->blocks);
  yutu_block *b = &page->blocks[page->n_blocks++];
  *b = (yutu_block){.begin = begin, .end = page->text.n};
  const bool single = first == last;
  if (single && is_byline(t, first)) {
    b->kind = YUTU_BLOCK_BYLINE;
  } else if (single && is_heading(t, first)) {
    b->kind = YUTU_BLOCK_HEADING;
    b->level = 2;
    if (page->text.cp[begin] == '#') {
      uint32_t level = 0;
      while (begin + level < page->text.n && page->text.cp[begin + level] == '#')
        level++;
      b->level = (uint8_t)(level < 6 ? level : 6);
      b->begin += level;
      while (b->begin < b->end && page->text.cp[b->begin] == ' ')
        b->begin++;
    }
  } else if (!single && last - first <= 3 && page->text.n - begin <= 40 && !ends_sentence(t, last) &&
             !contains(&page->text, begin, page->text.n, "，")) {
    b->kind = YUTU_BLOCK_HEADING; // a headline over several lines
    b->level = 2;
  }
  b->starts_article = is_lead(t, first);
}

// An article starts at the headings that stand before a byline or a lead.
static void find_articles(yutu_page *page) {
  bool seen_text = false;
  uint32_t run = YUTU_NO_BLOCK; // first block of the heading run before i
  for (uint32_t i = 0; i < page->n_blocks; i++) {
    yutu_block *b = &page->blocks[i];
    if (b->kind == YUTU_BLOCK_HEADING) {
      run = run == YUTU_NO_BLOCK ? i : run;
      b->starts_article = b->level == 1 && seen_text && page->text.cp[b->begin - 1] == '#';
      if (b->starts_article)
        seen_text = false;
      continue;
    }
    const bool begins = b->starts_article || (b->kind == YUTU_BLOCK_BYLINE && run != YUTU_NO_BLOCK);
    b->starts_article = false;
    if (begins && seen_text)
      page->blocks[run == YUTU_NO_BLOCK ? i : run].starts_article = true;
    seen_text |= b->kind == YUTU_BLOCK_PARAGRAPH;
    run = YUTU_NO_BLOCK;
  }
  if (page->n_blocks)
    page->blocks[0].starts_article = true;
}

void yutu_lay_out(yutu_arena *arena, const yutu_text *t, yutu_page *ret) {
  line_vec lines = {0};
  split_lines(arena, t, &lines);
  const wrapping w = find_wrapping(&lines);
  yutu_page page = {.text.room = t->n + 1};
  page.text.cp = YUTU_NEW_ARRAY(arena, uint32_t, page.text.room);
  page.text.source = YUTU_NEW_ARRAY(arena, uint32_t, page.text.room);
  uint32_t room = 0;
  for (uint32_t i = 0; i < lines.n;) {
    const uint32_t begin = page.text.n;
    uint32_t last = i;
    copy_line(&page.text, t, &lines.at[i]);
    while (last + 1 < lines.n && joins(t, &w, &lines, last)) {
      const uint32_t before = page.text.cp[page.text.n - 1], after = t->cp[lines.at[last + 1].begin];
      if (yutu_is_latin(before) && yutu_is_latin(after) && t->cp[lines.at[last].end - 1] != '-') {
        page.text.cp[page.text.n] = ' ';
        page.text.source[page.text.n++] = t->source[lines.at[last].end - 1];
      }
      copy_line(&page.text, t, &lines.at[++last]);
    }
    close_block(arena, &page, t, &lines.at[i], &lines.at[last], begin, &room);
    i = last + 1;
  }
  find_articles(&page);
  *ret = page;
}
