// Sentences of an article: within blocks, at 。！？ with the closing quotes after them.
#include "extract/analysis.h"
#include "extract/extract.h"

#include <string.h>

yutu_slice yutu_document_text(const yutu_document *d, uint32_t begin, uint32_t end) {
  return yutu_text_utf8(d->arena, d->page->text.cp + begin, end - begin);
}

static void add(yutu_document *d, uint32_t block, uint32_t begin, uint32_t end, uint32_t section) {
  const uint32_t *cp = d->page->text.cp;
  while (begin < end && cp[begin] == ' ')
    begin++;
  if (begin == end)
    return;
  yutu_sentence *s = YUTU_PUSH(d->arena, &d->sentences);
  *s = (yutu_sentence){.begin = begin,
                       .end = end,
                       .block = block,
                       .section = section,
                       .heading = d->page->blocks[block].kind == YUTU_BLOCK_HEADING};
}

// Where the sentence that starts at `begin` ends.
static uint32_t sentence_end(const uint32_t *cp, uint32_t begin, uint32_t end) {
  uint32_t depth = 0, comma = begin;
  for (uint32_t i = begin; i < end; i++) {
    const uint32_t c = cp[i];
    if (c == 0xFF08 || c == 0x300A)
      depth++;
    else if ((c == 0xFF09 || c == 0x300B) && depth)
      depth--;
    else if (c == 0xFF0C || c == 0xFF1B)
      comma = i + 1;
    if (yutu_is_terminal(c) && (depth == 0 || i - begin > 120)) {
      i++;
      while (i < end && i - begin < YUTU_SENTENCE_CHARS_MAX && (yutu_is_closing(cp[i]) || yutu_is_terminal(cp[i])))
        i++;
      return i;
    }
    if (i - begin >= YUTU_SENTENCE_CHARS_MAX)
      return comma > begin ? comma : i;
  }
  return end;
}

// Where the story begins after 本报讯, 科技日报讯（记者 …）, 央广网上海4月16日消息（记者 …）, 新华社北京5月2日电.
static uint32_t after_lead(const yutu_document *d, const yutu_block *b) {
  enum { LEAD_CHARS_MAX = 30, BRACKET_CHARS_MAX = 40 };
  static const char *const ends[] = {"讯", "消息", "电"};
  const uint32_t *cp = d->page->text.cp;
  for (uint32_t i = b->begin;
       i < b->end && i - b->begin < LEAD_CHARS_MAX && !yutu_is_terminal(cp[i]) && cp[i] != 0xFF0C; i++) {
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
      const uint32_t n = yutu_text_starts(cp + i, b->end - i, ends[k]);
      if (!n)
        continue;
      const bool bracket = cp[i + n] == 0xFF08 && i + n < b->end;
      const bool paper = i >= b->begin + 2 && yutu_text_starts(cp + b->begin, b->end - b->begin, "本报");
      if (!bracket && !(paper && i == b->begin + 2) && !yutu_text_starts(cp + b->begin, b->end - b->begin, "新华社"))
        continue;
      uint32_t at = i + n;
      while (bracket && at < b->end && at - i < BRACKET_CHARS_MAX && cp[at - 1] != 0xFF09)
        at++;
      return at;
    }
  }
  return b->begin;
}

// （王井怀）, 特派记者 …: a byline at the end of a paragraph.
static bool is_signature(const uint32_t *cp, uint32_t begin, uint32_t end) {
  enum { SIGNATURE_CHARS_MAX = 24 };
  if (end - begin > SIGNATURE_CHARS_MAX)
    return false;
  return (cp[begin] == 0xFF08 && cp[end - 1] == 0xFF09) || yutu_text_starts(cp + begin, end - begin, "特派记者") ||
         yutu_text_starts(cp + begin, end - begin, "本报记者");
}

void yutu_find_sentences(yutu_document *d) {
  uint32_t section = 0;
  for (uint32_t b = 0; b < d->page->n_blocks; b++) {
    const yutu_block *block = &d->page->blocks[b];
    if (block->begin < d->begin || block->end > d->end || block->kind == YUTU_BLOCK_BYLINE)
      continue;
    if (block->kind == YUTU_BLOCK_HEADING)
      section++;
    for (uint32_t at = after_lead(d, block); at < block->end;) {
      const uint32_t end = sentence_end(d->page->text.cp, at, block->end);
      if (!is_signature(d->page->text.cp, at, end))
        add(d, b, at, end, section);
      at = end;
    }
  }
}
