#include "cli/jsonl.h"

#include "base/utf8.h"
#include "graph/iri.h"

typedef struct {
  const yutu_article *article;
  yutu_slice base;
  yutu_slice iri; // of the article
  yutu_arena *arena;
  yutu_buffer *out;
} json;

void yutu_json_string(yutu_buffer *out, yutu_slice s) {
  yutu_buffer_putc(out, '"');
  const char *p = s.data;
  const char *end = s.data + s.len;
  while (p < end) {
    const uint32_t c = yutu_utf8_next(&p, end);
    if (c == '"' || c == '\\')
      yutu_buffer_printf(out, "\\%c", (char)c);
    else if (c == '\n')
      yutu_buffer_puts(out, "\\n");
    else if (c == '\t')
      yutu_buffer_puts(out, "\\t");
    else if (c < 0x20)
      yutu_buffer_printf(out, "\\u%04x", (unsigned)c);
    else
      yutu_buffer_put_utf8(out, c == YUTU_UTF8_BAD ? 0xFFFD : c);
  }
  yutu_buffer_putc(out, '"');
}

// "key":
static void key(const json *j, const char *name, bool first) {
  yutu_buffer_printf(j->out, "%s\"%s\":", first ? "" : ",", name);
}

// ,"key":"value" unless the value is empty
static void field(const json *j, const char *name, yutu_slice value) {
  if (!value.len)
    return;
  key(j, name, false);
  yutu_json_string(j->out, value);
}

static yutu_slice entity_iri(const json *j, uint32_t i) {
  const yutu_entity *e = &j->article->entities[i];
  return yutu_iri_entity(j->arena, j->base, e->cls, e->name, e->id);
}

static void put_entity(const json *j, uint32_t i) {
  const yutu_entity *e = &j->article->entities[i];
  yutu_buffer_puts(j->out, i ? ",{" : "{");
  key(j, "id", true);
  yutu_json_string(j->out, entity_iri(j, i));
  field(j, "class", yutu_slice_of(yutu_class_name(e->cls)));
  field(j, "name", e->name);
  if (e->n_other_names) {
    key(j, "otherNames", false);
    for (uint32_t k = 0; k < e->n_other_names; k++) {
      yutu_buffer_putc(j->out, k ? ',' : '[');
      yutu_json_string(j->out, e->other_names[k]);
    }
    yutu_buffer_putc(j->out, ']');
  }
  field(j, "jobTitle", e->job_title);
  yutu_buffer_putc(j->out, '}');
}

static void put_sentence(const json *j, uint32_t i) {
  const yutu_sentence_ref *s = &j->article->sentences[i];
  key(j, "sentence", false);
  yutu_buffer_printf(j->out, "{\"begin\":%u,\"end\":%u,\"text\":", s->begin, s->end);
  yutu_json_string(j->out, s->printed);
  yutu_buffer_putc(j->out, '}');
}

static void put_entities_of(const json *j, const yutu_claim *c) {
  if (c->kind == YUTU_CLAIM_COOPERATION) {
    key(j, "participants", false);
    for (uint32_t k = 0; k < c->n_participants; k++) {
      yutu_buffer_putc(j->out, k ? ',' : '[');
      yutu_json_string(j->out, entity_iri(j, c->participants[k]));
    }
    yutu_buffer_putc(j->out, ']');
    if (c->via != YUTU_NO_INDEX)
      field(j, "via", entity_iri(j, c->via));
    return;
  }
  field(j, "subject", entity_iri(j, c->subject));
  if (c->kind == YUTU_CLAIM_RELATION) {
    field(j, "predicate", yutu_slice_of(yutu_property_name(c->predicate)));
    field(j, "object", entity_iri(j, c->object));
  } else {
    field(j, "indicator", c->indicator);
    key(j, "value", false);
    yutu_buffer_append(j->out, c->value.data, c->value.len); // a canonical decimal is a JSON number
    field(j, "unit", c->unit);
    field(j, "period", c->period);
  }
}

static void put_claim(const json *j, uint32_t i) {
  static const char *const kinds[] = {"relation", "cooperation", "observation"};
  const yutu_claim *c = &j->article->claims[i];
  yutu_buffer_puts(j->out, i ? ",{" : "{");
  key(j, "kind", true);
  yutu_buffer_printf(j->out, "\"%s\"", kinds[c->kind]);
  put_entities_of(j, c);
  field(j, "date", c->date);
  if (c->modality == YUTU_MODALITY_PLANNED)
    field(j, "modality", YUTU_SLICE("planned"));
  yutu_buffer_printf(j->out, ",\"confidence\":%.3g", c->confidence);
  field(j, "rule", c->rule);
  put_sentence(j, c->sentence);
  yutu_buffer_putc(j->out, '}');
}

static void put_article(const json *j) {
  const yutu_article *a = j->article;
  yutu_buffer_putc(j->out, '{');
  key(j, "article", true);
  yutu_json_string(j->out, j->iri);
  field(j, "source", a->file);
  field(j, "title", a->title);
  field(j, "date", a->date);
  field(j, "section", a->section);
  field(j, "author", a->author);
  key(j, "entities", false);
  yutu_buffer_putc(j->out, '[');
  for (uint32_t i = 0; i < a->n_entities; i++)
    put_entity(j, i);
  yutu_buffer_putc(j->out, ']');
  key(j, "claims", false);
  yutu_buffer_putc(j->out, '[');
  for (uint32_t i = 0; i < a->n_claims; i++)
    put_claim(j, i);
  yutu_buffer_putc(j->out, ']');
  key(j, "links", false);
  yutu_buffer_putc(j->out, '[');
  for (uint32_t i = 0; i < a->n_links; i++) {
    yutu_buffer_puts(j->out, i ? ",[" : "[");
    yutu_json_string(j->out, entity_iri(j, a->links[i].a));
    yutu_buffer_putc(j->out, ',');
    yutu_json_string(j->out, entity_iri(j, a->links[i].b));
    yutu_buffer_putc(j->out, ']');
  }
  yutu_buffer_puts(j->out, "]}\n");
}

yutu_status yutu_jsonl_write(const yutu_article *article, yutu_slice base, yutu_buffer *ret, yutu_error *err) {
  yutu_arena *arena = yutu_arena_new(0);
  if (!arena)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  json j = {.article = article, .base = base, .arena = arena, .out = ret};
  j.iri = yutu_iri_article(arena, base, yutu_slice_of(article->digest));
  put_article(&j);
  yutu_arena_free(arena);
  return yutu_buffer_check(ret, err);
}
