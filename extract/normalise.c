// Width, punctuation, invisible characters, pinyin glosses and script, one code point at a time.
#include "extract/text.h"

#include "base/utf8.h"
#include "extract/lexicon.h"

#include <string.h>
#include <unicode/unorm2.h>

static void put(yutu_text *t, uint32_t c, uint32_t source) {
  if (t->n == t->room)
    return; // room was made for the worst case
  t->cp[t->n] = c;
  t->source[t->n++] = source;
}

// Characters that NFKC would spell out in ASCII or that have several look-alikes.
static uint32_t fold_punctuation(uint32_t c) {
  switch (c) {
  case 0x2022: // •
  case 0x30FB: // ・
  case 0x2027:
  case 0x22C5:
  case 0xFF65:
    return 0xB7; // ·
  case 0x2013:
  case 0x2015:
  case 0x2500:
  case 0xFF0D:
  case 0x2212:
    return c == 0x2212 || c == 0xFF0D ? '-' : 0x2014;
  case 0x300C:
  case 0xFE41:
    return 0x201C;
  case 0x300D:
  case 0xFE42:
    return 0x201D;
  case 0x300E:
    return 0x2018;
  case 0x300F:
    return 0x2019;
  case 0xFF5E:
  case 0x301C:
    return '~';
  case 0xFE51:
  case 0xFF64:
    return 0x3001; // 、
  case 0x2026:
  case 0x2014:
  case 0x22EF:
  case 0x3000:
    return c == 0x3000 ? ' ' : c == 0x22EF ? 0x2026 : c;
  default:
    return 0;
  }
}

static bool invisible(uint32_t c) {
  return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF || c == 0xFFFD ||
         (c >= 0xE000 && c <= 0xF8FF) || (c >= 0x80 && c < 0xA0);
}

// Fold one code point to one or more; most text takes the first branch.
static void fold(yutu_text *t, const UNormalizer2 *nfkc, uint32_t c, uint32_t source) {
  if (yutu_is_han(c) && c < 0xF900) {
    put(t, c, source);
    return;
  }
  if (invisible(c))
    return;
  const uint32_t simple = fold_punctuation(c);
  if (simple) {
    put(t, simple, source);
    return;
  }
  if (c < 0x80 || (c >= 0x3001 && c <= 0x3011) || (c >= 0x2018 && c <= 0x201D)) {
    put(t, c == '\t' ? ' ' : c, source);
    return;
  }
  if (c == 0xA0 || (c >= 0x2000 && c <= 0x200A)) {
    put(t, ' ', source);
    return;
  }
  UChar piece[32];
  UErrorCode status = U_ZERO_ERROR;
  const int32_t n = unorm2_getDecomposition(nfkc, (UChar32)c, piece, 32, &status);
  if (n <= 0 || U_FAILURE(status) || (c >= 0xC0 && c < 0x250)) { // letters with accents stay whole: pinyin
    put(t, c, source);
    return;
  }
  for (int32_t i = 0; i < n;) {
    UChar32 out;
    U16_NEXT(piece, i, n, out);
    put(t, (uint32_t)out, source);
  }
}

static bool pinyin_letter(uint32_t c, bool *tone) {
  static const char toned[] = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ";
  if ((c >= 'a' && c <= 'z') || c == 0xFC)
    return true;
  for (const char *p = toned, *end = toned + sizeof toned - 1; p < end;) {
    if (yutu_utf8_next(&p, end) == c)
      return *tone = true;
  }
  return false;
}

// Length of a gloss such as (wǎng) at cp[i], which follows a Han character; 0 if there is none. `toneless`: (wang) is
// one, too.
static uint32_t gloss(const uint32_t *cp, uint32_t n, uint32_t i, bool toneless) {
  enum { SYLLABLE_MAX = 7 };
  if (cp[i] != '(' || i == 0 || !yutu_is_han(cp[i - 1]))
    return 0;
  bool tone = false;
  uint32_t end = i + 1;
  while (end < n && end - i <= SYLLABLE_MAX && pinyin_letter(cp[end], &tone))
    end++;
  return (tone || (toneless && end > i + 1)) && end < n && cp[end] == ')' ? end + 1 - i : 0;
}

// A page that glosses with plain letters does so all over.
static bool glossed_without_tones(const yutu_source *s) {
  enum { GLOSSES_MIN = 8, PER_MILLE_MIN = 30 };
  uint32_t han = 0, glosses = 0;
  for (uint32_t i = 0; i < s->n; i++) {
    han += yutu_is_han(s->cp[i]);
    glosses += gloss(s->cp, s->n, i, true) > 0;
  }
  return glosses >= GLOSSES_MIN && (uint64_t)glosses * 1000 >= (uint64_t)han * PER_MILLE_MIN;
}

static bool chinese(uint32_t c) {
  return yutu_is_han(c) || (c >= 0x3001 && c <= 0x3011) || (c >= 0x2018 && c <= 0x201D) || c >= 0xFF01 || c == 0x2026 ||
         c == '%';
}

static uint32_t neighbour(const yutu_text *t, uint32_t i, int step) {
  for (uint32_t j = i + (uint32_t)step; j < t->n; j += (uint32_t)step) { // wraps below 0 to a huge value: ends
    if (t->cp[j] != ' ' && t->cp[j] != '\n')
      return t->cp[j];
  }
  return '\n';
}

// An ASCII quote opens or closes by what is beside it, else by turns.
static uint32_t quote(const yutu_text *t, uint32_t i, bool single, bool *open) {
  const uint32_t before = i ? t->cp[i - 1] : '\n', after = i + 1 < t->n ? t->cp[i + 1] : '\n';
  bool opens = !*open;
  if (before == '\n' || before == 0xFF1A || before == 0xFF0C)
    opens = true;
  else if (yutu_is_terminal(before) && *open)
    opens = false;
  else if (after == '\n' && *open)
    opens = false;
  *open = opens;
  return single ? (opens ? 0x2018 : 0x2019) : (opens ? 0x201C : 0x201D);
}

static uint32_t wide(uint32_t c) {
  return c == ',' || c == ';' || c == ':' || c == '?' || c == '!' ? c + 0xFEE0 : c;
}

// Chinese punctuation in its full-width form wherever it stands in Chinese.
static void widen(yutu_text *t) {
  bool open_double = false, open_single = false;
  for (uint32_t i = 0; i < t->n; i++) {
    const uint32_t c = t->cp[i], before = neighbour(t, i, -1), after = neighbour(t, i, 1);
    switch (c) {
    case ',':
    case ';':
    case ':':
    case '?':
    case '!':
      if ((chinese(before) || chinese(after)) && !(yutu_is_digit(before) && yutu_is_digit(after) && c != ';'))
        t->cp[i] = wide(c);
      break;
    case '(':
      t->cp[i] = 0xFF08;
      break;
    case ')':
      t->cp[i] = 0xFF09;
      break;
    case '"':
      t->cp[i] = quote(t, i, false, &open_double);
      break;
    case '\'':
      if (!yutu_is_latin(before) || !yutu_is_latin(after))
        t->cp[i] = quote(t, i, true, &open_single);
      break;
    case 0x201C:
      open_double = true;
      break;
    case 0x201D:
      open_double = false;
      break;
    default:
      break;
    }
  }
}

enum { HANT_PER_MILLE_MIN = 100, HANT_KEYS_MAX = 12 };

// Share of characters that only traditional script has.
static bool is_traditional(const yutu_gazetteer *g, const yutu_text *t) {
  uint32_t han = 0, traditional = 0;
  yutu_key keys[HANT_KEYS_MAX];
  for (uint32_t i = 0; i < t->n; i++) {
    if (yutu_is_han(t->cp[i])) {
      han++;
      traditional += yutu_gazetteer_prefixes(g, YUTU_TRIE_HANT, t->cp + i, 1, keys, 1) > 0;
    }
  }
  return han >= 20 && (uint64_t)traditional * 1000 > (uint64_t)han * HANT_PER_MILLE_MIN;
}

// Convert by longest match; layout blanks inside a phrase do not hide it. Every phrase keeps its length.
static void simplify(yutu_arena *arena, const yutu_gazetteer *g, yutu_text *t) {
  uint32_t *cp = YUTU_NEW_ARRAY(arena, uint32_t, t->n + 1), *at = YUTU_NEW_ARRAY(arena, uint32_t, t->n + 1), n = 0;
  for (uint32_t i = 0; i < t->n; i++) {
    if (t->cp[i] != ' ' && t->cp[i] != '\n') {
      cp[n] = t->cp[i];
      at[n++] = i;
    }
  }
  for (uint32_t i = 0; i < n;) {
    yutu_key keys[HANT_KEYS_MAX];
    const uint32_t found = yutu_gazetteer_prefixes(g, YUTU_TRIE_HANT, cp + i, n - i, keys, HANT_KEYS_MAX);
    if (!found) {
      i++;
      continue;
    }
    const yutu_key *longest = &keys[found - 1];
    const yutu_slice simple =
        yutu_gazetteer_symbol_text(g, yutu_gazetteer_cell(g, YUTU_TABLE_HANT, longest->postings[0].row, 0));
    const char *p = simple.data, *end = p + simple.len;
    uint32_t k = 0;
    for (; k < longest->length && p < end; k++)
      t->cp[at[i + k]] = yutu_utf8_next(&p, end);
    i += longest->length;
  }
}

void yutu_normalise(yutu_arena *arena, const yutu_lexicon *lexicon, const yutu_source *source, yutu_text *ret,
                    bool *ret_traditional) {
  enum { EXPANSION_MAX = 4 };
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&status);
  uint32_t special = 0;
  for (uint32_t i = 0; i < source->n; i++)
    special += source->cp[i] >= 0x3200 && source->cp[i] < 0x3400;
  yutu_text t = {.room = source->n + special * EXPANSION_MAX + 64};
  t.cp = YUTU_NEW_ARRAY(arena, uint32_t, t.room);
  t.source = YUTU_NEW_ARRAY(arena, uint32_t, t.room);
  const bool toneless = glossed_without_tones(source);
  for (uint32_t i = 0; i < source->n; i++) {
    const uint32_t skip = gloss(source->cp, source->n, i, toneless);
    if (skip) {
      i += skip - 1;
      continue;
    }
    fold(&t, nfkc, source->cp[i], i);
  }
  widen(&t);
  const yutu_gazetteer *g = yutu_lexicon_gazetteer(lexicon);
  *ret_traditional = is_traditional(g, &t);
  if (*ret_traditional)
    simplify(arena, g, &t);
  *ret = t;
}
