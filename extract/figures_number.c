// Numbers with their units: 1.29万个, 25,627人次, 30多家, 三分之一, 半数, 六大展区, 近万个.
//
// The unit keeps its scale (2.97 万家). What only approximates is dropped. Years, dates, ordinals, ranges and
// numbers inside names are no figures.
#include "extract/extract.h"
#include "extract/figures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  VALUE_CHARS_MAX = 24,
  UNIT_CHARS_MAX = 12,
  NUMBER_CHARS_MAX = 20,
  SCALE_CHARS_MAX = 3,      ///< 万亿, 百万亿
  SMALLEST_IN_CHINESE = 10, ///< 一家, 两个, 三类 set the scene; 三万只 is a figure
};

typedef struct {
  const uint32_t *cp; ///< text from the number on
  uint32_t n;         ///< to the end of the sentence
  uint32_t at;        ///< how far it is read
  char value[VALUE_CHARS_MAX];
  uint32_t scale, scale_end; ///< 万, 亿 between number and unit; equal: none
  bool chinese;              ///< in Chinese numerals
  bool bare;                 ///< only a scale: 近万个
  bool fraction;             ///< value is per cent
} number;

static uint32_t cp_of(const number *m, uint32_t i) {
  return i < m->n ? m->cp[i] : 0;
}

static bool is(const number *m, uint32_t i, const char *literal) {
  return i < m->n && yutu_text_starts(m->cp + i, m->n - i, literal) > 0;
}

static int digit_of(uint32_t c) {
  switch (c) {
  case 0x3007: // 〇
  case 0x96F6: // 零
    return 0;
  case 0x4E00: // 一
    return 1;
  case 0x4E24: // 两
  case 0x4E8C: // 二
    return 2;
  case 0x4E09: // 三
    return 3;
  case 0x56DB: // 四
    return 4;
  case 0x4E94: // 五
    return 5;
  case 0x516D: // 六
    return 6;
  case 0x4E03: // 七
    return 7;
  case 0x516B: // 八
    return 8;
  case 0x4E5D: // 九
    return 9;
  default:
    return -1;
  }
}

static uint32_t ten_of(uint32_t c) {
  return c == 0x5341 ? 10 : c == 0x767E ? 100 : c == 0x5343 ? 1000 : 0; // 十 百 千
}

static uint32_t scale_of(uint32_t c) {
  return c == 0x4E07 ? 10000 : c == 0x4EBF ? 100000000 : 0; // 万 亿
}

static bool more(uint32_t c) {
  return c == 0x591A || c == 0x4F59 || c == 0x6765; // 多 余 来
}

static void set_value(number *m, double value) {
  snprintf(m->value, sizeof m->value, "%.1f", value);
  char *point = strchr(m->value, '.');
  if (point && strcmp(point, ".0") == 0)
    *point = '\0';
}

static uint64_t chinese_value(const uint32_t *cp, uint32_t n) {
  uint64_t total = 0, section = 0, digit = 0;
  bool positional = n > 1;
  for (uint32_t i = 0; i < n && positional; i++)
    positional = digit_of(cp[i]) >= 0;
  for (uint32_t i = 0; i < n; i++) {
    if (positional) {
      total = total * 10 + (uint64_t)digit_of(cp[i]);
    } else if (digit_of(cp[i]) >= 0) {
      digit = (uint64_t)digit_of(cp[i]);
    } else if (ten_of(cp[i])) {
      section += (digit || section ? digit : 1) * ten_of(cp[i]);
      digit = 0;
    } else {
      total = (total + section + digit) * scale_of(cp[i]);
      section = digit = 0;
    }
  }
  return total + section + digit;
}

// 三百五十, 三万 (scale apart), 两千, 千 after an approximator.
static bool read_chinese(number *m) {
  uint32_t n = 0;
  while (n < NUMBER_CHARS_MAX && (digit_of(cp_of(m, n)) >= 0 || ten_of(cp_of(m, n)) || scale_of(cp_of(m, n))))
    n++;
  uint32_t base = n;
  while (base && scale_of(m->cp[base - 1]))
    base--;
  if (!n)
    return false;
  m->chinese = true;
  m->bare = !base || (base == 1 && ten_of(m->cp[0]) >= 100);
  snprintf(m->value, sizeof m->value, "%llu", base ? (unsigned long long)chinese_value(m->cp, base) : 1ULL);
  m->scale = base;
  m->scale_end = m->at = n;
  return true;
}

// 1.29, 25,627
static bool read_digits(number *m) {
  uint32_t k = 0;
  bool point = false;
  for (m->at = 0; m->at < m->n && k + 1 < VALUE_CHARS_MAX; m->at++) {
    const uint32_t c = m->cp[m->at];
    if (yutu_is_digit(c)) {
      m->value[k++] = (char)c;
    } else if (c == '.' && !point && yutu_is_digit(cp_of(m, m->at + 1))) {
      point = true;
      m->value[k++] = '.';
    } else if (!((c == ',' || c == 0xFF0C) && !point && yutu_is_digit(cp_of(m, m->at + 1)) &&
                 yutu_is_digit(cp_of(m, m->at + 2)) && yutu_is_digit(cp_of(m, m->at + 3)) &&
                 !yutu_is_digit(cp_of(m, m->at + 4)))) {
      break;
    }
  }
  while (point && k && (m->value[k - 1] == '0' || m->value[k - 1] == '.'))
    point = m->value[--k] != '.';
  m->value[k] = '\0';
  const size_t zeros = strspn(m->value, "0");
  if (zeros && m->value[zeros] != '.' && m->value[zeros])
    memmove(m->value, m->value + zeros, strlen(m->value + zeros) + 1);
  m->scale = m->scale_end = m->at;
  return k > 0;
}

// 三分之一, 百分之五, 1/3, 3/10, 半数: per cent.
static bool read_fraction(number *m) {
  static const char *const halves[] = {"半数", "一半", "过半"};
  for (size_t i = 0; i < sizeof halves / sizeof *halves; i++) {
    if (is(m, 0, halves[i])) {
      m->at = 2;
      set_value(m, 50);
      return m->fraction = true;
    }
  }
  uint32_t over = 0;
  while (over < 4 && (digit_of(cp_of(m, over)) >= 0 || ten_of(cp_of(m, over))))
    over++;
  if (over && is(m, over, "分之")) {
    uint32_t n = over + 2;
    while (n - over < 8 && (digit_of(cp_of(m, n)) >= 0 || ten_of(cp_of(m, n))))
      n++;
    const double whole = m->cp[0] == 0x767E && over == 1 ? 100 : (double)chinese_value(m->cp, over);
    if (n == over + 2 || whole < 1)
      return false;
    set_value(m, 100 * (double)chinese_value(m->cp + over + 2, n - over - 2) / whole);
    m->at = n;
    return m->fraction = true;
  }
  if (yutu_is_digit(cp_of(m, 0)) && cp_of(m, 1) == '/' && yutu_is_digit(cp_of(m, 2))) {
    uint32_t n = 2;
    double whole = 0;
    while (n < 5 && yutu_is_digit(cp_of(m, n)))
      whole = whole * 10 + (m->cp[n++] - '0');
    if (m->cp[0] - '0' >= whole)
      return false;
    set_value(m, 100 * (m->cp[0] - '0') / whole);
    m->at = n;
    return m->fraction = true;
  }
  return false;
}

static bool read_number(number *m) {
  if (read_fraction(m))
    return true;
  if (!(yutu_is_digit(cp_of(m, 0)) ? read_digits(m) : read_chinese(m)))
    return false;
  if (more(cp_of(m, m->at)))
    m->at++;
  if (m->scale == m->scale_end) {
    m->scale = m->at;
    while (scale_of(cp_of(m, m->at)) || (!m->chinese && ten_of(cp_of(m, m->at)) >= 100))
      m->at++;
    m->scale_end = m->at;
    if (m->scale < m->at && more(cp_of(m, m->at)))
      m->at++;
  }
  return true;
}

// ---- units ----

typedef struct {
  uint32_t end; ///< after the unit, relative to the number
  char text[4 * UNIT_CHARS_MAX];
  uint16_t measure; ///< kind, 0: only a scale
  bool group;
} unit;

static bool boundary(const yutu_figure_view *v, uint32_t at) {
  return at >= v->s->end || yutu_token_at_cp(v, at) != YUTU_NO_TOKEN;
}

static void append(unit *u, const number *m, uint32_t begin, uint32_t end, yutu_arena *arena) {
  const yutu_slice s = yutu_text_utf8(arena, m->cp + begin, end - begin);
  const size_t n = strlen(u->text);
  if (n + s.len < sizeof u->text) {
    memcpy(u->text + n, s.data, s.len);
    u->text[n + s.len] = '\0';
  }
}

// The longest measure word at m->at that ends where a token ends.
static bool read_unit(const yutu_figure_view *v, const number *m, uint32_t begin, unit *u) {
  const yutu_document *d = v->d;
  yutu_entry entries[YUTU_ENTRIES_MAX];
  const uint32_t rest = m->n - m->at;
  const uint32_t found = rest ? yutu_lexicon_look(d->lexicon, m->cp + m->at, rest, entries) : 0;
  uint32_t length = 0;
  *u = (unit){.end = m->at};
  for (uint32_t i = 0; i < found; i++) {
    const yutu_entry *e = &entries[i];
    if (e->word && e->word->measure && e->length > length && e->length < UNIT_CHARS_MAX &&
        (boundary(v, begin + m->at + e->length) || (e->length == 1 && m->cp[m->at] == 0x4E2A))) { // 个
      length = e->length;
      u->measure = e->word->measure;
    }
  }
  append(u, m, m->scale, m->scale_end, d->arena);
  if (length) {
    append(u, m, m->at, m->at + length, d->arena);
    u->end = m->at + length;
    return true;
  }
  if (is(m, m->at, "大") && m->scale == m->scale_end && boundary(v, begin + m->at + 1)) {
    strcpy(u->text, "个");
    u->end = m->at + 1;
    u->measure = (uint16_t)yutu_lexicon_kinds(d->lexicon)->count;
    return u->group = true;
  }
  if (m->scale == m->scale_end || m->bare || !boundary(v, begin + m->at))
    return false;
  const uint32_t next = yutu_token_at_cp(v, begin + m->at);
  if (next != YUTU_NO_TOKEN && yutu_cue_at(v, next, YUTU_CUE_FIG_PEOPLE)) { // 300万群众
    u->measure = (uint16_t)yutu_lexicon_kinds(d->lexicon)->person;
    return true;
  }
  return m->cp[m->scale_end - 1] == 0x4EBF; // 亿
}

// 亿元人民币 is 亿元.
static void plain_money(unit *u) {
  static const char tail[] = "人民币";
  const size_t n = strlen(u->text), k = sizeof tail - 1;
  if (n > k && strcmp(u->text + n - k, tail) == 0)
    u->text[n - k] = '\0';
}

static yutu_figure_kind kind_of(const yutu_figure_view *v, const unit *u) {
  const yutu_kinds *k = yutu_lexicon_kinds(v->d->lexicon);
  if (u->measure == k->percent)
    return strstr(u->text, "点") ? YUTU_FIGURE_POINTS : YUTU_FIGURE_PERCENT;
  return u->measure == k->count || u->measure == k->person ? YUTU_FIGURE_COUNT
         : u->measure == k->multiple                       ? YUTU_FIGURE_MULTIPLE
         : u->measure == k->time                           ? YUTU_FIGURE_TIME
                                                           : YUTU_FIGURE_AMOUNT;
}

// ---- what is no figure ----

// 第二十二届, 前4个月, 每千人, G60, 2—3分钟, ＋1
static bool bad_before(const yutu_figure_view *v, uint32_t i) {
  if (!i)
    return false;
  const yutu_token *t = &v->t[i - 1];
  const uint32_t c = yutu_cp_at(v->d, t->end - 1);
  if (yutu_has_cue(t, YUTU_CUE_FIG_NOT_COUNT) || t->kind == YUTU_TOKEN_LATIN)
    return true;
  if (t->kind == YUTU_TOKEN_PUNCT && i > 1 && v->t[i - 2].kind == YUTU_TOKEN_NUMBER)
    return c == '-' || c == 0x2014 || c == '~' || c == 0xFF5E || c == '+' || c == '.' || c == 0x2013; // — ～ –
  return c == '+' || (yutu_figure_is(v, i - 1, "至") && i > 1 && v->t[i - 2].kind == YUTU_TOKEN_NUMBER);
}

static bool bad_after(const yutu_figure_view *v, uint32_t next) {
  if (next >= v->n)
    return false;
  const yutu_token *t = &v->t[next];
  const uint32_t c = yutu_cp_at(v->d, t->begin);
  if (t->kind == YUTU_TOKEN_PUNCT && next + 1 < v->n && v->t[next + 1].kind == YUTU_TOKEN_NUMBER)
    return c == '-' || c == 0x2014 || c == '~' || c == 0xFF5E || c == '+' || c == 0x2013;
  return t->kind == YUTU_TOKEN_LATIN && v->t[next - 1].end == t->begin;
}

static bool in_title(const yutu_figure_view *v, uint32_t i) {
  if (v->mention[i]) {
    const yutu_mention *m = &v->d->mentions.at[v->mention[i] - 1];
    return m->n_entities == 1 && !(m->flags & YUTU_MENTION_ANAPHOR);
  }
  uint32_t depth = 0;
  for (uint32_t k = 0; k < i; k++) {
    const uint32_t c = yutu_cp_at(v->d, v->t[k].begin);
    depth += c == 0x300A;
    depth -= c == 0x300B && depth;
  }
  return depth > 0;
}

static bool close_before(const yutu_figure_view *v, uint32_t i) {
  return i && (yutu_has_cue(&v->t[i - 1], YUTU_CUE_FIG_ABOUT) || yutu_has_cue(&v->t[i - 1], YUTU_CUE_FIG_REACH) ||
               v->part[i - 1] == YUTU_PART_NOUN);
}

// 一家, 两类, 十多种, 百家 set the scene; 三万只, 近万个, 等八个 are figures.
static bool scene_setting(const yutu_figure_view *v, const number *m, const unit *u, uint32_t i) {
  if (!m->chinese || m->fraction || u->group || strcmp(u->text, "成") == 0 || strcmp(u->text, "番") == 0)
    return strcmp(m->value, "0") == 0;
  if (m->bare)
    return m->cp[0] == 0x767E || !close_before(v, i); // 百
  if (m->scale < m->scale_end)
    return false;
  const long value = strtol(m->value, NULL, 10);
  const bool rough = more(cp_of(m, m->at - 1));
  return value <= SMALLEST_IN_CHINESE && !(value > 2 && !rough && i && yutu_figure_is(v, i - 1, "等"));
}

// 2024年, 3月, 一期, 千亿级
static bool no_unit(const yutu_figure_view *v, const number *m, const unit *u) {
  const uint32_t n = u->end - m->at;
  return n && u->end > m->at && yutu_lexicon_cue(v->d->lexicon, YUTU_CUE_FIG_NO_UNIT, m->cp + m->at, n) == n;
}

// Only a list makes a group a figure: 等六大展区, 设有十大展区. 三大产业 is a name for them.
static bool counts_group(const yutu_figure_view *v, uint32_t i) {
  return i && (yutu_figure_is(v, i - 1, "等") || yutu_has_cue(&v->t[i - 1], YUTU_CUE_FIG_HAVE));
}

// Number and unit at token i. False: there is none.
static bool read_measured(const yutu_figure_view *v, uint32_t i, number *m, unit *u) {
  const uint32_t begin = v->t[i].begin;
  *m = (number){.cp = v->d->page->text.cp + begin, .n = v->s->end - begin};
  *u = (unit){0};
  if (!read_number(m) || m->scale_end - m->scale > SCALE_CHARS_MAX)
    return false;
  if (!m->fraction)
    return read_unit(v, m, begin, u);
  strcpy(u->text, "%");
  u->end = m->at + (cp_of(m, m->at) == '%');
  u->measure = (uint16_t)yutu_lexicon_kinds(v->d->lexicon)->percent;
  return boundary(v, begin + u->end);
}

static void push(yutu_figure_view *v, uint32_t i, uint32_t next, const number *m, const unit *u) {
  yutu_arena *arena = v->d->arena;
  const uint32_t begin = v->t[i].begin;
  yutu_figure *f = YUTU_PUSH(arena, &v->figures);
  *f = (yutu_figure){.begin = begin, .end = begin + u->end, .token = i, .next = next, .kind = kind_of(v, u)};
  f->group = u->group;
  f->fraction = m->fraction;
  f->round = m->bare;
  f->money = u->measure && u->measure == yutu_lexicon_kinds(v->d->lexicon)->money;
  f->value = yutu_slice_of(yutu_arena_strndup(arena, m->value, strlen(m->value)));
  f->unit = yutu_slice_of(yutu_arena_strndup(arena, u->text, strlen(u->text)));
  for (uint32_t k = i; k < next; k++)
    v->part[k] = YUTU_PART_NUMBER;
  if (!u->measure) { // 总价值431亿: money
    f->kind = YUTU_FIGURE_AMOUNT;
    f->money = true;
    f->unit = yutu_figure_join(v, f->unit, YUTU_SLICE("元"));
  }
}

// Read the figure at token i, if there is one. @return the next token to look at
static uint32_t add(yutu_figure_view *v, uint32_t i) {
  number m;
  unit u;
  if (!read_measured(v, i, &m, &u))
    return i + 1;
  uint32_t next = i + 1;
  while (next < v->n && v->t[next].begin < v->t[i].begin + u.end)
    next++;
  if ((u.group && !counts_group(v, i)) || bad_before(v, i) || bad_after(v, next) || in_title(v, i) ||
      scene_setting(v, &m, &u, i) || no_unit(v, &m, &u))
    return next;
  if (!u.measure && next < v->n && v->part[next] != YUTU_PART_STOP && v->part[next] != YUTU_PART_JOIN)
    return next;
  plain_money(&u);
  if (strcmp(u.text, "成") == 0) {
    set_value(&m, 10 * strtod(m.value, NULL));
    strcpy(u.text, "%");
  }
  push(v, i, next, &m, &u);
  return next;
}

void yutu_find_numbers(yutu_figure_view *v) {
  for (uint32_t i = 0; i < v->n;) {
    const uint32_t c = yutu_cp_at(v->d, v->t[i].begin);
    const bool numeral = yutu_is_digit(c) || digit_of(c) >= 0 || ten_of(c) || scale_of(c) || c == 0x534A || c == 0x8FC7;
    i = numeral && v->t[i].kind != YUTU_TOKEN_NAME && v->t[i].kind != YUTU_TOKEN_LATIN ? add(v, i) : i + 1;
  }
}
