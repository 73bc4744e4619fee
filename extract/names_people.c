// People: a surname and a given name beside a post or a verb of saying. The lists hold surnames, the characters of
// given names and titles, never people.
#include "extract/names.h"

#include <string.h>

enum {
  SCORE_PERSON = 260,
  SCORE_CHAR = 45,
  FOREIGN_CHARS_MAX = 14,
};

static bool saying(const yutu_document *d, uint32_t at, uint32_t end) {
  return yutu_lexicon_cue(d->lexicon, YUTU_CUE_SAYING, d->page->text.cp + at, end - at) > 0;
}

static bool title_at(const yutu_document *d, const yutu_sentence *s, uint32_t at) {
  const yutu_token *t = yutu_token_at(d, s, at);
  const yutu_kinds *kinds = yutu_lexicon_kinds(d->lexicon);
  return t && t->word.title && t->word.title_kind != kinds->byline && t->word.title_kind != kinds->role;
}

static bool title_before(const yutu_document *d, const yutu_sentence *s, uint32_t at, bool *ret_byline) {
  const yutu_token *t = yutu_token_before(d, s, at);
  if (!t || !t->word.title || t->word.title == YUTU_SIDE_AFTER)
    return false;
  *ret_byline = t->word.title_kind == yutu_lexicon_kinds(d->lexicon)->byline;
  return true;
}

// May a name end here: punctuation, a word that goes on with the sentence, the end?
static int right_context(const yutu_document *d, const yutu_sentence *s, uint32_t at) {
  if (at >= s->end)
    return 2;
  const uint32_t c = yutu_cp(d, at);
  if (!yutu_is_han(c))
    return yutu_is_latin(c) || yutu_is_digit(c) ? 0 : 2;
  if (saying(d, at, s->end) || title_at(d, s, at))
    return 3;
  const yutu_token *t = yutu_token_at(d, s, at);
  return t &&
         (t->word.generic == YUTU_GENERIC_FUNCTION || t->word.generic == YUTU_GENERIC_VERB || t->end - t->begin >= 2);
}

typedef struct {
  uint32_t end;
  int quality; ///< 0: no name
} person;

// A name does not cut words apart, nor is it one: 才能|根据, 高效, 和|企业.
static bool cuts_words(const yutu_document *d, const yutu_sentence *s, uint32_t begin, uint32_t end, bool framed) {
  enum { COMMON_COST_MAX = 1250 };
  for (uint32_t i = s->token; i < s->token + s->n_tokens; i++) {
    const yutu_token *t = &d->tokens.at[i];
    if (t->end <= begin || t->begin >= end)
      continue;
    if (t->kind == YUTU_TOKEN_NAME && t->role <= YUTU_ROLE_ALIAS)
      return true;
    if (t->word.generic != YUTU_GENERIC_NONE && t->end - t->begin == 1 && !t->word.surname && !framed)
      return true;
    if (t->begin == begin && t->end - t->begin >= 2 && (t->word.suffix || t->word.stem || t->word.title))
      return true;
    if (t->end - t->begin < 2 || !t->word.known || (t->begin == begin && t->word.surname && t->end < end))
      continue;
    if (t->end > end && !saying(d, end, s->end))
      return true;
    if (t->begin < begin || t->begin == begin || (t->end <= end && t->word.cost < COMMON_COST_MAX && !framed))
      return true;
  }
  return false;
}

// The likeliest name that starts with a surname at `at`.
static person read_name(const yutu_document *d, const yutu_sentence *s, uint32_t at, bool post) {
  uint32_t surname = 0;
  const uint32_t *cp = d->page->text.cp;
  const int32_t weight = yutu_lexicon_surname(d->lexicon, cp + at, s->end - at, &surname);
  person best = {0, 0};
  if (weight < 0)
    return best;
  const int common = weight >= 10000 ? 4 : weight >= 1000 ? 3 : weight >= 100 ? 2 : 1;
  for (uint32_t n = 1; n <= 2; n++) {
    const uint32_t end = at + surname + n;
    if (end > s->end)
      break;
    const yutu_given a = yutu_lexicon_given(d->lexicon, cp[at + surname]);
    const yutu_given b = n == 2 ? yutu_lexicon_given(d->lexicon, cp[at + surname + 1]) : a;
    if (!yutu_is_han(cp[end - 1]) || !yutu_is_han(cp[at + surname]))
      break;
    const int given =
        n == 1 ? (a.single < 0 ? 0 : a.single) : ((a.first < 0 ? 0 : a.first) + (b.second < 0 ? 0 : b.second));
    const int right = right_context(d, s, end);
    if ((right == 0 && given < 6) ||
        cuts_words(d, s, at, end, post && (right == 3 || (common >= 3 && right && n == 2))))
      continue;
    const int quality = common + given + 3 * right + (n == 2 ? 2 : 0);
    if (quality > best.quality)
      best = (person){end, quality};
  }
  return best;
}

static void add_person(yutu_names *ns, uint32_t begin, const person *p) {
  yutu_candidate_add(ns, begin, p->end, YUTU_CLASS_PERSON, YUTU_HOW_PERSON,
                     SCORE_PERSON + SCORE_CHAR * (int32_t)(p->end - begin) + 5 * p->quality);
}

// 乔治·史密斯: transliteration characters around a middle dot, beside a title or a verb of saying.
static void foreign(yutu_names *ns, const yutu_sentence *s, uint32_t dot) {
  const yutu_document *d = ns->d;
  uint32_t begin = dot, end = dot + 1;
  while (begin > s->begin && dot - begin < FOREIGN_CHARS_MAX / 2 &&
         yutu_lexicon_translit(d->lexicon, yutu_cp(d, begin - 1)))
    begin--;
  while (end < s->end && end - dot < FOREIGN_CHARS_MAX &&
         (yutu_lexicon_translit(d->lexicon, yutu_cp(d, end)) || yutu_cp(d, end) == 0xB7))
    end++;
  bool byline = false;
  if (dot - begin < 2 || end - dot < 3)
    return;
  if (title_before(d, s, begin, &byline) || saying(d, end, s->end) || title_at(d, s, end))
    yutu_candidate_add(ns, begin, end, YUTU_CLASS_PERSON, YUTU_HOW_PERSON,
                       SCORE_PERSON + SCORE_CHAR * (int32_t)(end - begin));
}

void yutu_names_people(yutu_names *ns, const yutu_sentence *s) {
  const yutu_document *d = ns->d;
  uint32_t byline_end = 0;
  for (uint32_t at = s->begin; at < s->end; at++) {
    const uint32_t c = yutu_cp(d, at);
    if (c == 0xB7)
      foreign(ns, s, at);
    if (!yutu_is_han(c))
      continue;
    bool byline = false;
    const bool titled = title_before(d, s, at, &byline);
    if (byline) { // 记者 张三: protected, but no person of the story
      const person p = read_name(d, s, at, true);
      byline_end = p.quality >= 9 ? p.end : byline_end;
      continue;
    }
    if (at < byline_end)
      continue;
    // Without a post before it the name must be told by what follows, and begin where a word begins.
    if (!titled && !yutu_token_at(d, s, at))
      continue;
    const yutu_token *before = yutu_token_before(d, s, at);
    const bool post = titled && before->word.title_kind != yutu_lexicon_kinds(d->lexicon)->role;
    const person p = read_name(d, s, at, post);
    if (!p.quality)
      continue;
    const bool told = saying(d, p.end, s->end) || title_at(d, s, p.end);
    if (post ? p.quality >= 9 : titled ? p.quality >= 15 : (told && p.quality >= 19))
      add_person(ns, at, &p);
  }
}
