#include "tests/unit/markup.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 16, DEPTH_MAX = 3 };

typedef struct {
  uint32_t begin, end;
  yutu_mention mention;
} marked_name;

typedef struct {
  yutu_arena *arena;
  yutu_document *d;
  yutu_page *page;
  yutu_error *err;
  const char *at, *end;
  YUTU_VEC(marked_name) names;
  YUTU_VEC(yutu_block) blocks;
  unsigned depth;
} reader;

uint32_t yutu_markup_thing(const yutu_document *d, yutu_slice name) {
  for (uint32_t i = 0; i < d->things.n; i++) {
    if (yutu_slice_eq(d->things.at[i].name, name))
      return i;
  }
  return YUTU_NO_INDEX;
}

static uint32_t known_entity(const reader *r, yutu_slice name, yutu_class cls) {
  uint32_t cp[64], n = 0;
  const char *p = name.data, *end = name.data + name.len;
  while (p < end && n < 64)
    cp[n++] = yutu_utf8_next(&p, end);
  yutu_entry entry;
  if (!yutu_lexicon_find(r->d->lexicon, cp, n, &entry))
    return YUTU_NO_INDEX;
  for (uint32_t i = 0; i < entry.n_names; i++) {
    if (entry.names[i].table == YUTU_TABLE_ENTITY && yutu_lexicon_class(r->d->lexicon, entry.names[i].row) == cls)
      return entry.names[i].row;
  }
  return YUTU_NO_INDEX;
}

static uint32_t thing_of(reader *r, yutu_slice name, yutu_class cls) {
  uint32_t thing = yutu_markup_thing(r->d, name);
  if (thing == YUTU_NO_INDEX) {
    yutu_thing *t = YUTU_PUSH(r->arena, &r->d->things);
    *t = (yutu_thing){.cls = cls, .name = name, .ref = known_entity(r, name, cls)};
    thing = r->d->things.n - 1;
  }
  return thing;
}

static void put(reader *r, uint32_t c) {
  r->page->text.cp[r->page->text.n] = c;
  r->page->text.source[r->page->text.n] = r->page->text.n;
  r->page->text.n++;
}

static yutu_status wrong(const reader *r, const char *what) {
  return yutu_fail(r->err, YUTU_ERR_INPUT, "%s before \"%.*s\"", what, (int)(r->end - r->at > 30 ? 30 : r->end - r->at),
                   r->at);
}

static yutu_status read_text(reader *r);

// What stands after the surface form: [=canonical+canonical] blank [~]Class ]
static yutu_status read_class(reader *r, marked_name *name) {
  yutu_slice canonical = {0};
  if (*r->at == '=') {
    const char *begin = ++r->at;
    const char *blank = NULL;
    while (r->at < r->end && *r->at != ']') {
      if (*r->at == ' ')
        blank = r->at;
      r->at++;
    }
    if (!blank)
      return wrong(r, "no class");
    canonical = (yutu_slice){begin, (size_t)(blank - begin)};
    r->at = blank;
  }
  r->at++;
  if (r->at < r->end && *r->at == '~') {
    name->mention.flags |= YUTU_MENTION_ANAPHOR;
    r->at++;
  }
  const char *begin = r->at;
  while (r->at < r->end && *r->at != ']')
    r->at++;
  const yutu_class cls = yutu_class_find((yutu_slice){begin, (size_t)(r->at - begin)});
  if (r->at == r->end || !cls)
    return wrong(r, "no class");
  r->at++;
  if (!canonical.len)
    canonical = yutu_text_utf8(r->arena, r->page->text.cp + name->begin, name->end - name->begin);
  uint32_t *entities = YUTU_NEW_ARRAY(r->arena, uint32_t, NAMES_MAX), n = 0;
  for (yutu_slice piece; n < NAMES_MAX && yutu_slice_split(&canonical, '+', &piece);)
    entities[n++] = thing_of(r, piece, cls);
  name->mention.entities = entities;
  name->mention.n_entities = n;
  name->mention.cls = r->d->things.at[entities[0]].cls;
  const yutu_slice form = yutu_text_utf8(r->arena, r->page->text.cp + name->begin, name->end - name->begin);
  for (uint32_t i = 0; i < n; i++) {
    yutu_thing *t = &r->d->things.at[entities[i]];
    t->n_mentions++;
    *YUTU_PUSH(r->arena, &t->names) = form;
  }
  return YUTU_OK;
}

// Does the name end here: a blank, an ASCII word and a bracket, or = ?
static bool name_ends(const reader *r) {
  if (*r->at == '=')
    return true;
  if (*r->at != ' ')
    return false;
  const char *p = r->at + 1;
  while (p < r->end && ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || *p == '~'))
    p++;
  return p < r->end && *p == ']' && p > r->at + 1;
}

static yutu_status read_name(reader *r) {
  if (++r->depth > DEPTH_MAX)
    return wrong(r, "too deep");
  marked_name name = {.begin = r->page->text.n};
  r->at++;
  while (r->at < r->end && !name_ends(r))
    YUTU_TRY(read_text(r));
  if (r->at == r->end || r->page->text.n == name.begin)
    return wrong(r, "an open bracket");
  name.end = r->page->text.n;
  name.mention.begin = name.begin;
  name.mention.end = name.end;
  r->depth--;
  if (r->depth)
    name.mention.flags |= YUTU_MENTION_NESTED;
  YUTU_TRY(read_class(r, &name));
  *YUTU_PUSH(r->arena, &r->names) = name;
  return YUTU_OK;
}

static yutu_status read_text(reader *r) {
  if (*r->at == '[')
    return read_name(r);
  const uint32_t c = yutu_utf8_next(&r->at, r->end);
  if (c == YUTU_UTF8_BAD)
    return wrong(r, "no UTF-8");
  put(r, c);
  return YUTU_OK;
}

static yutu_status read_lines(reader *r) {
  while (r->at < r->end) {
    yutu_block block = {.begin = r->page->text.n, .kind = YUTU_BLOCK_PARAGRAPH};
    if (r->end - r->at > 2 && r->at[0] == '#' && r->at[1] == ' ') {
      block.kind = YUTU_BLOCK_HEADING;
      r->at += 2;
    }
    while (r->at < r->end && *r->at != '\n')
      YUTU_TRY(read_text(r));
    if (r->at < r->end)
      r->at++;
    block.end = r->page->text.n;
    if (block.end > block.begin)
      *YUTU_PUSH(r->arena, &r->blocks) = block;
    put(r, '\n');
  }
  return YUTU_OK;
}

static int by_place(const void *left, const void *right) {
  const marked_name *a = left, *b = right;
  if (a->begin != b->begin)
    return a->begin < b->begin ? -1 : 1;
  return a->end != b->end ? (a->end > b->end ? -1 : 1) : 0;
}

static void place_mentions(reader *r) {
  qsort(r->names.at, r->names.n, sizeof *r->names.at, by_place);
  uint32_t next = 0;
  for (uint32_t i = 0; i < r->d->sentences.n; i++) {
    yutu_sentence *s = &r->d->sentences.at[i];
    s->mention = r->d->mentions.n;
    for (; next < r->names.n && r->names.at[next].begin < s->end; next++) {
      if (r->names.at[next].begin >= s->begin && r->names.at[next].end <= s->end) {
        if (s->heading)
          r->names.at[next].mention.flags |= YUTU_MENTION_TOPIC;
        *YUTU_PUSH(r->arena, &r->d->mentions) = r->names.at[next].mention;
      }
    }
    s->n_mentions = r->d->mentions.n - s->mention;
  }
}

yutu_status yutu_markup_read(yutu_arena *arena, const yutu_lexicon *lexicon, yutu_slice marked, yutu_document **ret,
                             yutu_error *err) {
  reader r = {.arena = arena, .err = err, .at = marked.data, .end = marked.data + marked.len};
  r.d = YUTU_NEW(arena, yutu_document);
  r.page = YUTU_NEW(arena, yutu_page);
  r.page->text.cp = YUTU_NEW_ARRAY(arena, uint32_t, marked.len + 2);
  r.page->text.source = YUTU_NEW_ARRAY(arena, uint32_t, marked.len + 2);
  *r.d = (yutu_document){.arena = arena, .lexicon = lexicon, .page = r.page};
  YUTU_TRY(read_lines(&r));
  r.page->blocks = r.blocks.at;
  r.page->n_blocks = r.blocks.n;
  r.d->end = r.page->text.n;
  yutu_find_sentences(r.d);
  yutu_find_tokens(r.d);
  place_mentions(&r);
  *ret = r.d;
  return YUTU_OK;
}
