// A document's claims, and its end form: the yutu_article that leaves the extractor.
#include "extract/document.h"

#include "base/digest.h"

#include <stdlib.h>
#include <string.h>

static bool same_claim(const yutu_claim *a, const yutu_claim *b) {
  if (a->kind != b->kind)
    return false;
  switch (a->kind) {
  case YUTU_CLAIM_RELATION:
    return a->subject == b->subject && a->predicate == b->predicate && a->object == b->object;
  case YUTU_CLAIM_COOPERATION:
    return a->via == b->via && a->n_participants == b->n_participants &&
           memcmp(a->participants, b->participants, a->n_participants * sizeof *a->participants) == 0;
  case YUTU_CLAIM_OBSERVATION:
    return a->subject == b->subject && yutu_slice_eq(a->indicator, b->indicator) && yutu_slice_eq(a->value, b->value) &&
           yutu_slice_eq(a->unit, b->unit) && yutu_slice_eq(a->period, b->period);
  }
  return false;
}

static int by_number(const void *a, const void *b) {
  const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

void yutu_document_claim(yutu_document *d, const yutu_claim *claim) {
  yutu_claim c = *claim;
  if (c.kind == YUTU_CLAIM_COOPERATION) {
    uint32_t *sorted = YUTU_NEW_ARRAY(d->arena, uint32_t, c.n_participants), n = 0;
    memcpy(sorted, c.participants, c.n_participants * sizeof *sorted);
    qsort(sorted, c.n_participants, sizeof *sorted, by_number);
    for (uint32_t i = 0; i < c.n_participants; i++) {
      if (!n || sorted[n - 1] != sorted[i])
        sorted[n++] = sorted[i];
    }
    if (n < 2)
      return;
    c.participants = sorted;
    c.n_participants = n;
  } else if (c.kind == YUTU_CLAIM_RELATION && c.subject == c.object) {
    return;
  }
  for (uint32_t i = 0; i < d->claims.n; i++) {
    yutu_claim *old = &d->claims.at[i];
    if (!same_claim(old, &c))
      continue;
    if (old->modality == YUTU_MODALITY_PLANNED && c.modality == YUTU_MODALITY_STATED)
      old->modality = YUTU_MODALITY_STATED;
    if (c.confidence > old->confidence)
      old->confidence = c.confidence;
    if (!old->date.len)
      old->date = c.date;
    return;
  }
  *YUTU_PUSH(d->arena, &d->claims) = c;
}

// ---- the article ----

static int by_slice(const void *a, const void *b) {
  return yutu_slice_cmp(*(const yutu_slice *)a, *(const yutu_slice *)b);
}

static yutu_slice joined_titles(const yutu_document *d, const yutu_thing *t) {
  size_t length = 0;
  for (uint32_t i = 0; i < t->titles.n; i++)
    length += t->titles.at[i].len + 3;
  char *text = yutu_arena_alloc(d->arena, length + 1), *p = text;
  for (uint32_t i = 0; i < t->titles.n; i++) {
    if (i)
      p = (char *)memcpy(p, "；", 3) + 3;
    memcpy(p, t->titles.at[i].data, t->titles.at[i].len);
    p += t->titles.at[i].len;
  }
  return (yutu_slice){text, (size_t)(p - text)};
}

static yutu_entity entity_of(const yutu_document *d, const yutu_thing *t) {
  yutu_entity e = {.cls = t->cls, .name = t->name, .job_title = joined_titles(d, t)};
  if (t->ref != YUTU_NO_INDEX) {
    yutu_gazetteer_entity known;
    yutu_lexicon_entity(d->lexicon, t->ref, &known);
    e.name = known.name;
    e.id = known.id;
  }
  yutu_slice *others = YUTU_NEW_ARRAY(d->arena, yutu_slice, t->names.n + 1);
  for (uint32_t i = 0; i < t->names.n; i++) {
    if (!yutu_slice_eq(t->names.at[i], e.name))
      others[e.n_other_names++] = t->names.at[i];
  }
  if (e.n_other_names)
    qsort(others, e.n_other_names, sizeof *others, by_slice);
  e.other_names = others;
  return e;
}

// Entities that are mentioned or that a claim needs, numbered anew in the order of things.
static uint32_t *number_entities(const yutu_document *d, yutu_article *a) {
  uint32_t *number = YUTU_NEW_ARRAY(d->arena, uint32_t, d->things.n + 1);
  bool *needed = YUTU_NEW_ARRAY(d->arena, bool, d->things.n + 1);
  for (uint32_t i = 0; i < d->things.n; i++)
    needed[i] = d->things.at[i].n_mentions > 0;
  for (uint32_t i = 0; i < d->claims.n; i++) {
    const yutu_claim *c = &d->claims.at[i];
    if (c->kind != YUTU_CLAIM_COOPERATION)
      needed[c->subject] = true;
    if (c->kind == YUTU_CLAIM_RELATION)
      needed[c->object] = true;
    if (c->kind == YUTU_CLAIM_COOPERATION && c->via != YUTU_NO_INDEX)
      needed[c->via] = true;
    for (uint32_t k = 0; k < c->n_participants; k++)
      needed[c->participants[k]] = true;
  }
  for (uint32_t i = 0; i < d->links.n; i++)
    needed[d->links.at[i].a] = needed[d->links.at[i].b] = true;
  yutu_entity *entities = YUTU_NEW_ARRAY(d->arena, yutu_entity, d->things.n + 1);
  for (uint32_t i = 0; i < d->things.n; i++) {
    if (needed[i]) {
      number[i] = a->n_entities;
      entities[a->n_entities++] = entity_of(d, &d->things.at[i]);
    }
  }
  a->entities = entities;
  return number;
}

static void finish_claims(const yutu_document *d, const yutu_source *source, const uint32_t *number, yutu_article *a) {
  yutu_sentence_ref *sentences = YUTU_NEW_ARRAY(d->arena, yutu_sentence_ref, d->sentences.n + 1);
  uint32_t *used = YUTU_NEW_ARRAY(d->arena, uint32_t, d->sentences.n + 1); // new number + 1
  yutu_claim *claims = YUTU_NEW_ARRAY(d->arena, yutu_claim, d->claims.n + 1);
  for (uint32_t i = 0; i < d->claims.n; i++) {
    yutu_claim c = d->claims.at[i];
    if (!used[c.sentence]) {
      const yutu_sentence *s = &d->sentences.at[c.sentence];
      const uint32_t begin = d->page->text.source[s->begin], end = d->page->text.source[s->end - 1] + 1;
      sentences[a->n_sentences] = (yutu_sentence_ref){
          .begin = begin, .end = end, .printed = yutu_text_utf8(d->arena, source->cp + begin, end - begin)};
      used[c.sentence] = ++a->n_sentences;
    }
    c.sentence = used[c.sentence] - 1;
    if (c.kind != YUTU_CLAIM_COOPERATION)
      c.subject = number[c.subject];
    if (c.kind == YUTU_CLAIM_RELATION)
      c.object = number[c.object];
    if (c.kind == YUTU_CLAIM_COOPERATION) {
      uint32_t *participants = YUTU_NEW_ARRAY(d->arena, uint32_t, c.n_participants);
      for (uint32_t k = 0; k < c.n_participants; k++)
        participants[k] = number[c.participants[k]];
      c.participants = participants;
      c.via = c.via == YUTU_NO_INDEX ? c.via : number[c.via];
    }
    claims[i] = c;
  }
  a->sentences = sentences;
  a->claims = claims;
  a->n_claims = d->claims.n;
}

void yutu_document_article(const yutu_document *d, const yutu_source *source, const char *file, yutu_article *ret) {
  yutu_article a = {.title = d->title, .author = d->author, .section = d->section_name};
  const char *slash = strrchr(file, '/');
  a.file = yutu_slice_of(slash ? slash + 1 : file);
  const yutu_slice text = yutu_document_text(d, d->begin, d->end);
  char hex[YUTU_DIGEST_HEX + 1];
  yutu_digest(text.data, text.len, hex);
  memcpy(a.digest, hex, 16);
  if (d->year && d->month && d->day) {
    char *date = yutu_arena_alloc(d->arena, 48);
    a.date = (yutu_slice){date, (size_t)snprintf(date, 48, "%04d-%02d-%02d", d->year, d->month, d->day)};
  }
  const uint32_t *number = number_entities(d, &a);
  finish_claims(d, source, number, &a);
  yutu_region_link *links = YUTU_NEW_ARRAY(d->arena, yutu_region_link, d->links.n + 1);
  for (uint32_t i = 0; i < d->links.n; i++) {
    const uint32_t x = number[d->links.at[i].a], y = number[d->links.at[i].b];
    links[i] = (yutu_region_link){.a = x < y ? x : y, .b = x < y ? y : x, .claim = d->links.at[i].claim};
  }
  a.links = links;
  a.n_links = d->links.n;
  *ret = a;
}
