// The way of a file, from bytes to articles.
#include "extract/extract.h"

#include "extract/document.h"
#include "extract/rules.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

enum { RULES_MAX = 17 };

struct yutu_extractor {
  yutu_lexicon *lexicon;
  yutu_arena *arena;
  const yutu_rules *rules[RULES_MAX]; ///< [0] the built-in ones
  yutu_rules *owned[RULES_MAX];
  size_t n_rules;
  FILE *explain;
};

// Memory of one file: text, lattice and claims take about 400 bytes a character.
static const size_t ARENA_LIMIT = (size_t)8 << 30;

yutu_status yutu_extractor_new(const yutu_extractor_options *options, yutu_extractor **ret, yutu_error *err) {
  const yutu_extractor_options none = {0};
  options = options ? options : &none;
  yutu_extractor *x = calloc(1, sizeof *x);
  if (!x)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  yutu_status st = yutu_lexicon_new(options->gazetteers, options->n_gazetteers, &x->lexicon, err);
  x->arena = yutu_arena_new(ARENA_LIMIT);
  if (st == YUTU_OK && !x->arena)
    st = yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  x->rules[x->n_rules++] = yutu_rules_builtin();
  for (size_t i = 0; i < options->n_rules && st == YUTU_OK; i++) {
    if (x->n_rules == RULES_MAX) {
      st = yutu_fail(err, YUTU_ERR_USAGE, "more than %d rule files; merge some", RULES_MAX - 1);
      break;
    }
    st = yutu_rules_load(options->rules[i], &x->owned[x->n_rules], err);
    if (st == YUTU_OK) {
      x->rules[x->n_rules] = x->owned[x->n_rules];
      x->n_rules++;
    }
  }
  x->explain = options->explain;
  if (st != YUTU_OK) {
    yutu_extractor_free(x);
    return st;
  }
  *ret = x;
  return YUTU_OK;
}

void yutu_extractor_free(yutu_extractor *x) {
  if (!x)
    return;
  for (size_t i = 1; i < x->n_rules; i++)
    yutu_rules_free(x->owned[i]);
  yutu_lexicon_free(x->lexicon);
  yutu_arena_free(x->arena);
  free(x);
}

static yutu_status extract_article(yutu_extractor *x, const yutu_page *page, const yutu_source *source,
                                   const char *name, uint32_t begin, uint32_t end, yutu_article *ret) {
  yutu_document *d = YUTU_NEW(x->arena, yutu_document);
  d->arena = x->arena;
  d->lexicon = x->lexicon;
  d->page = page;
  d->begin = begin;
  d->end = end;
  yutu_find_metadata(d);
  yutu_find_sentences(d);
  yutu_find_tokens(d);
  yutu_find_names(d);
  yutu_relate(d, x->rules, x->n_rules, x->explain);
  yutu_find_figures(d);
  yutu_link_regions(d);
  yutu_document_article(d, source, name, ret);
  return YUTU_OK;
}

// Where the article that starts at block b ends: before the next start, or where it gets too long.
static uint32_t article_end(const yutu_page *page, uint32_t b) {
  uint32_t end = b + 1;
  while (end < page->n_blocks && !page->blocks[end].starts_article &&
         page->blocks[end].end - page->blocks[b].begin <= YUTU_ARTICLE_CHARS_MAX)
    end++;
  return end;
}

yutu_status yutu_extract(yutu_extractor *x, const char *name, const void *bytes, size_t n_bytes, yutu_article_sink sink,
                         void *context, yutu_error *err) {
  if (n_bytes > YUTU_FILE_BYTES_MAX)
    return yutu_fail_at(err, YUTU_ERR_LIMIT, name, 0, "is larger than %d bytes; split it", YUTU_FILE_BYTES_MAX);
  jmp_buf trap;
  const int sprung = setjmp(trap);
  if (sprung) {
    yutu_arena_trap(x->arena, NULL);
    yutu_arena_reset(x->arena);
    return sprung == 1 ? yutu_fail_at(err, YUTU_ERR_NOMEM, name, 0, "out of memory")
                       : yutu_fail_at(err, YUTU_ERR_LIMIT, name, 0, "needs too much memory; split it");
  }
  yutu_arena_reset(x->arena);
  yutu_arena_trap(x->arena, &trap);
  yutu_source source;
  yutu_text lines;
  yutu_page page;
  bool traditional = false;
  yutu_status st = yutu_decode(x->arena, name, bytes, n_bytes, &source, err);
  if (st == YUTU_OK) {
    yutu_normalise(x->arena, x->lexicon, &source, &lines, &traditional);
    yutu_lay_out(x->arena, &lines, &page);
    page.traditional = traditional;
    for (uint32_t b = 0; b < page.n_blocks && st == YUTU_OK;) {
      const uint32_t end = article_end(&page, b);
      yutu_article article;
      st = extract_article(x, &page, &source, name, page.blocks[b].begin, page.blocks[end - 1].end, &article);
      yutu_arena_trap(x->arena, NULL); // the sink holds resources of its own
      if (st == YUTU_OK)
        st = sink(context, &article, err);
      yutu_arena_trap(x->arena, &trap);
      b = end;
    }
  }
  yutu_arena_trap(x->arena, NULL);
  return st;
}
