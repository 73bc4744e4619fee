// Names in marks: 《…》 is a document or a work; a quoted name is what the noun beside it says.
#include "extract/names.h"

#include <string.h>

enum {
  TITLE_CHARS_MAX = 60,
  QUOTE_CHARS_MAX = 20,
  SCORE_TITLE = 600,
  SCORE_QUOTE = 170,
  SCORE_CHAR = 45,
};

// Position of the partner of the mark at `at`, or 0.
static uint32_t partner(const yutu_document *d, uint32_t at, uint32_t end, uint32_t max) {
  const uint32_t open = yutu_cp(d, at), close = yutu_closing_of(open);
  uint32_t depth = 0;
  for (uint32_t i = at; i < end && i - at <= max; i++) {
    if (yutu_cp(d, i) == open)
      depth++;
    else if (yutu_cp(d, i) == close && --depth == 0)
      return i;
  }
  return 0;
}

// 四个中心, 三大平台: a count, no name.
static bool counted(const yutu_document *d, const yutu_sentence *s, uint32_t at) {
  const yutu_token *t = yutu_token_at(d, s, at);
  return t && (t->kind == YUTU_TOKEN_NUMBER || t->word.pos[0] == 'm');
}

// Class by the longest listed suffix at the end of [begin, end).
static yutu_class suffix_class(const yutu_document *d, uint32_t begin, uint32_t end, uint8_t *ret_strength) {
  enum { SUFFIX_CHARS_MAX = 8 };
  for (uint32_t n = end - begin < SUFFIX_CHARS_MAX ? end - begin : SUFFIX_CHARS_MAX; n; n--) {
    yutu_entry entry;
    if (yutu_lexicon_find(d->lexicon, d->page->text.cp + end - n, n, &entry) && entry.word &&
        entry.word->suffix != YUTU_CLASS_NONE &&
        (n > 1 || entry.word->suffix == YUTU_CLASS_PRODUCT || entry.word->suffix == YUTU_CLASS_PLATFORM)) {
      *ret_strength = entry.word->strength;
      return entry.word->suffix;
    }
  }
  return YUTU_CLASS_NONE;
}

static uint32_t listed(const yutu_document *d, uint32_t begin, uint32_t end, yutu_class *ret_class) {
  yutu_entry entry;
  if (!yutu_lexicon_find(d->lexicon, d->page->text.cp + begin, end - begin, &entry))
    return YUTU_NO_INDEX;
  for (uint32_t i = 0; i < entry.n_names; i++) {
    if (entry.names[i].role <= YUTU_ROLE_ALIAS && entry.names[i].table == YUTU_TABLE_ENTITY) {
      const uint32_t entity = entry.names[i].row;
      *ret_class = yutu_lexicon_class(d->lexicon, entity);
      return entity;
    }
  }
  return YUTU_NO_INDEX;
}

static void add_title(yutu_names *ns, uint32_t begin, uint32_t close) {
  const yutu_document *d = ns->d;
  uint8_t strength = 0;
  yutu_class cls = YUTU_CLASS_NONE;
  const uint32_t ref = listed(d, begin + 1, close, &cls);
  if (ref == YUTU_NO_INDEX) {
    uint32_t end = close; // …规划（2021—2035年）》
    if (yutu_is_closing(yutu_cp(d, end - 1)))
      while (end > begin + 1 && yutu_cp(d, end) != 0xFF08)
        end--;
    while (end > begin + 1 && (yutu_is_digit(yutu_cp(d, end - 1)) || yutu_cp(d, end - 1) == '.'))
      end--; // 指引1.0, 指数2024
    cls = suffix_class(d, begin + 1, end > begin + 1 ? end : close, &strength);
    cls = cls == YUTU_CLASS_PROGRAM || cls == YUTU_CLASS_POLICY ? YUTU_CLASS_POLICY : YUTU_CLASS_PRODUCT;
  }
  yutu_candidate *c = yutu_candidate_add(ns, begin, close + 1, cls, YUTU_HOW_TITLE,
                                         SCORE_TITLE + SCORE_CHAR * (int32_t)(close + 1 - begin));
  c->ref = ref;
}

static bool holds_region(const yutu_document *d, const yutu_sentence *s, uint32_t begin, uint32_t end) {
  for (uint32_t at = begin; at < end;) {
    const yutu_token *t = yutu_token_at(d, s, at);
    if (!t || t->end > end)
      return false;
    if (t->kind == YUTU_TOKEN_NAME && t->end - t->begin < end - begin) {
      const yutu_class cls = yutu_lexicon_class(d->lexicon, t->entity);
      if ((yutu_is_region(cls) && cls != YUTU_CLASS_COUNTRY) || cls == YUTU_CLASS_NONE)
        return true;
    }
    at = t->end;
  }
  return false;
}

// A word before or after the quote that says what it names.
static yutu_class told_by_neighbours(const yutu_names *ns, const yutu_sentence *s, uint32_t begin, uint32_t close) {
  const yutu_document *d = ns->d;
  const yutu_token *before = yutu_token_before(d, s, begin);
  if (before && before->word.suffix != YUTU_CLASS_NONE) {
    switch (before->word.suffix) {
    case YUTU_CLASS_PRODUCT:
    case YUTU_CLASS_PLATFORM:
      return before->word.suffix;
    case YUTU_CLASS_PROGRAM:
    case YUTU_CLASS_COMPANY:
      return before->word.strength >= 2 ? before->word.suffix : YUTU_CLASS_NONE;
    default:
      break;
    }
  }
  const yutu_token *after = yutu_token_at(d, s, close + 1);
  while (after && yutu_cp(d, after->begin) == 0x201C) { // “天府通办”“渝快办”移动端
    const uint32_t end = partner(d, after->begin, s->end, QUOTE_CHARS_MAX);
    after = end ? yutu_token_at(d, s, end + 1) : NULL;
  }
  enum { NOUNS_AHEAD = 3 };
  const yutu_token *noun = after;
  for (unsigned k = 0; noun && k < NOUNS_AHEAD && noun->kind != YUTU_TOKEN_PUNCT && !noun->word.generic; k++) {
    if (noun->word.suffix == YUTU_CLASS_PRODUCT && noun->word.strength >= 2)
      return YUTU_CLASS_PRODUCT; // “绝影X30”四足|机器人
    noun = yutu_token_at(d, s, noun->end);
  }
  if (after && after->word.strength >= 2 &&
      (after->word.suffix == YUTU_CLASS_PROGRAM || after->word.suffix == YUTU_CLASS_PLATFORM ||
       after->word.suffix == YUTU_CLASS_POLICY))
    return after->word.suffix;
  if (yutu_token_cue(d, after, YUTU_CUE_QUOTED_PROGRAM) ||
      (close - begin > 4 && after && after->word.suffix == YUTU_CLASS_EVENT &&
       after->word.strength == 1)) // “产业大招商”活动
    return YUTU_CLASS_PROGRAM;
  if (yutu_token_cue(d, after, YUTU_CUE_QUOTED_POLICY))
    return YUTU_CLASS_POLICY;
  if (yutu_token_cue(d, after, YUTU_CUE_QUOTED_PLATFORM))
    return YUTU_CLASS_PLATFORM;
  return YUTU_CLASS_NONE;
}

// The same words in quotes three times in an article name something.
static bool quoted_often(const yutu_document *d, uint32_t begin, uint32_t close) {
  enum { OFTEN = 3 };
  const uint32_t *cp = d->page->text.cp, n = close + 1 - begin;
  uint32_t times = 0;
  for (uint32_t i = d->begin; i + n <= d->end && times < OFTEN; i++)
    times += cp[i] == cp[begin] && memcmp(cp + i, cp + begin, n * sizeof *cp) == 0;
  return times == OFTEN;
}

static void add_quote(yutu_names *ns, const yutu_sentence *s, uint32_t begin, uint32_t close) {
  const yutu_document *d = ns->d;
  for (uint32_t i = begin + 1; i < close; i++) {
    const uint32_t c = yutu_cp(d, i);
    if (c == 0xFF0C || c == 0x3002 || c == 0x3001 || c == 0xFF1A || c == 0xFF01 || c == 0xFF1F)
      return;
  }
  const uint32_t length = close - begin - 1;
  uint8_t strength = 0;
  yutu_class cls = YUTU_CLASS_NONE;
  const uint32_t ref = listed(d, begin + 1, close, &cls);
  if (ref == YUTU_NO_INDEX) {
    cls = told_by_neighbours(ns, s, begin, close);
    if (cls == YUTU_CLASS_NONE && length >= 6 &&
        yutu_token_cue(d, yutu_token_at(d, s, begin + 1), YUTU_CUE_GREAT_NUMBER) &&
        suffix_class(d, begin + 1, close, &strength) != YUTU_CLASS_NONE && strength >= 2 &&
        suffix_class(d, begin + 1, close, &strength) != YUTU_CLASS_PROGRAM)
      cls = YUTU_CLASS_PROGRAM; // “十大科技产业服务平台”: a programme to build them
    if (cls == YUTU_CLASS_NONE && length >= 3 && yutu_cp(d, close - 1) == 0x53F7)
      cls = YUTU_CLASS_PRODUCT; // “…一号”
    if (cls == YUTU_CLASS_NONE && length >= 4 && length <= 10 && holds_region(d, s, begin + 1, close))
      cls = YUTU_CLASS_PROGRAM; // “川渝通办”, “科创天津”
    if (cls == YUTU_CLASS_NONE && length >= 4 && length <= 8 && quoted_often(d, begin, close))
      cls = YUTU_CLASS_PROGRAM;
    if (cls == YUTU_CLASS_NONE && length >= 3) {
      cls = suffix_class(d, begin + 1, close, &strength);
      const bool product = cls == YUTU_CLASS_PRODUCT;
      const yutu_token *before = yutu_token_before(d, s, begin);
      const bool in_zone = cls == YUTU_CLASS_ZONE && before && before->kind == YUTU_TOKEN_NAME &&
                           yutu_lexicon_class(d->lexicon, before->entity) == YUTU_CLASS_ZONE; // …科学城“大创谷”
      if ((strength < 2 && !product && !in_zone) || (length < 4 && cls != YUTU_CLASS_PLATFORM && !in_zone) ||
          yutu_is_region(cls) || cls == YUTU_CLASS_INDUSTRY || cls == YUTU_CLASS_COMPANY ||
          cls == YUTU_CLASS_ORGANIZATION || counted(d, s, begin + 1))
        return;
    }
  }
  if (cls == YUTU_CLASS_NONE || length < 2)
    return;
  yutu_candidate *c =
      yutu_candidate_add(ns, begin, close + 1, cls, YUTU_HOW_QUOTE, SCORE_QUOTE + SCORE_CHAR * (int32_t)length);
  c->ref = ref;
}

void yutu_names_marked(yutu_names *ns, const yutu_sentence *s) {
  const yutu_document *d = ns->d;
  for (uint32_t i = s->begin; i < s->end; i++) {
    const uint32_t c = yutu_cp(d, i);
    if (c != 0x300A && c != 0x201C && c != 0x2018)
      continue;
    const bool title = c == 0x300A;
    const uint32_t close = partner(d, i, s->end, title ? TITLE_CHARS_MAX : QUOTE_CHARS_MAX);
    if (!close || close == i + 1)
      continue;
    if (title)
      add_title(ns, i, close);
    else
      add_quote(ns, s, i, close);
  }
}
