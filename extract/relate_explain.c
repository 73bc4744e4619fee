// Why a sentence gave the claims that it gave, or none.
#include "extract/relate.h"

static const char *class_of(const yutu_document *d, uint32_t thing) {
  return yutu_class_name(d->things.at[thing].cls);
}

static void print_slice(FILE *out, yutu_slice s) {
  fwrite(s.data, 1, s.len, out);
}

static void print_thing(FILE *out, const yutu_document *d, uint32_t thing) {
  print_slice(out, d->things.at[thing].name);
}

static void print_claim(FILE *out, const yutu_document *d, const yutu_claim *c) {
  if (c->kind == YUTU_CLAIM_RELATION) {
    print_thing(out, d, c->subject);
    fprintf(out, " %s ", yutu_property_name(c->predicate));
    print_thing(out, d, c->object);
  } else {
    fputs("cooperation ", out);
    for (uint32_t i = 0; i < c->n_participants; i++) {
      if (i)
        fputs(", ", out);
      print_thing(out, d, c->participants[i]);
    }
    if (c->via != YUTU_NO_INDEX) {
      fputs(" via ", out);
      print_thing(out, d, c->via);
    }
  }
  fprintf(out, "  %.2f%s", c->confidence, c->modality == YUTU_MODALITY_PLANNED ? " planned" : "");
  if (c->date.len)
    fprintf(out, " %.*s", (int)c->date.len, c->date.data);
}

static void print_match(FILE *out, const yutu_view *v, const yutu_match *m) {
  fputs("      by ", out);
  print_slice(out, yutu_rules_string(m->rules, m->rule->name));
  if (m->cue_begin != YUTU_NOWHERE) {
    fprintf(out, " at %u \"", v->s->begin + m->cue_begin);
    print_slice(out, yutu_document_text(v->d, v->s->begin + m->cue_begin, v->s->begin + m->cue_end));
    fputc('"', out);
  }
  for (uint32_t i = 0; i < m->rule->n_slots; i++) {
    const yutu_binding *b = &m->bindings[i];
    if (!b->bound)
      continue;
    fputs("; ", out);
    print_slice(out, yutu_rules_string(m->rules, m->rule->slots[i]));
    const uint32_t begin = b->subject ? b->subject->begin : v->s->begin + b->begin;
    const uint32_t end = b->subject ? b->subject->end : v->s->begin + b->end;
    fprintf(out, " = %u–%u ", begin, end);
    print_slice(out, yutu_document_text(v->d, begin, end));
  }
  fputc('\n', out);
}

static void print_mentions(FILE *out, const yutu_view *v) {
  fputs("    mentions:", out);
  for (uint32_t i = 0; i < v->n_items; i++) {
    const yutu_mention *m = yutu_view_mention(v, i);
    fputc(' ', out);
    print_slice(out, yutu_document_text(v->d, m->begin, m->end));
    fprintf(out, "/%s%s", class_of(v->d, m->entities[0]), v->items[i].inner ? "(inner)" : "");
  }
  fputc('\n', out);
}

static void print_clauses(FILE *out, const yutu_view *v) {
  for (uint32_t i = 0; i < v->n_clauses; i++) {
    const yutu_clause *c = &v->clauses[i];
    fprintf(out, "    clause %u–%u subject ", v->s->begin + c->begin, v->s->begin + c->end);
    if (c->subject.n)
      print_slice(out, yutu_document_text(v->d, c->subject.begin, c->subject.end));
    else
      fputs("none", out);
    fprintf(out, "%s\n", !c->subject.n || c->own ? "" : " (carried)");
  }
}

void yutu_explain(FILE *out, const yutu_view *v, const yutu_findings *findings) {
  fprintf(out, "%u–%u ", v->s->begin, v->s->end);
  print_slice(out, yutu_document_text(v->d, v->s->begin, v->s->end));
  fputc('\n', out);
  if (!v->n_items) {
    fputs("    no claim: nothing is named here\n", out);
    return;
  }
  print_mentions(out, v);
  print_clauses(out, v);
  for (uint32_t i = 0; i < findings->at.n; i++) {
    const yutu_finding *f = &findings->at.at[i];
    fputs("    ", out);
    print_claim(out, v->d, &f->claim);
    fputc('\n', out);
    print_match(out, v, f->match);
    if (f->stronger) {
      fputs("      void: the rule ", out);
      print_slice(out, yutu_rules_string(f->stronger->rules, f->stronger->rule->name));
      fputs(" says it better\n", out);
    }
  }
  if (!findings->at.n)
    fprintf(out, "    no claim: %s\n",
            findings->n_matches ? "what fits is denied, or the ontology does not allow it"
            : findings->n_cues  ? "there are cues, but no names that fit around them"
                                : "no rule has a cue here");
}
