#include "cli/links_report.h"

#include "base/utf8.h"
#include "cli/jsonl.h"
#include "cli/text_table.h"

#include <inttypes.h>

enum { NAME_COLUMNS_MAX = 36, SENTENCE_COLUMNS_MIN = 30 };

static size_t columns(yutu_slice s) {
  return yutu_utf8_columns(s.data, s.len);
}

static size_t max(size_t a, size_t b) {
  return a > b ? a : b;
}

static void put(yutu_slice s, FILE *out) {
  fwrite(s.data, 1, s.len, out);
}

// ---- pairs ----

void yutu_pairs_table(const yutu_region_pair *pairs, size_t n, bool one_sided, unsigned width, FILE *out) {
  size_t left = 4;
  size_t right = 4;
  for (size_t i = 0; i < n; i++) {
    left = max(left, columns(pairs[i].a_name));
    right = max(right, columns(pairs[i].b_name));
  }
  left = left < NAME_COLUMNS_MAX ? left : NAME_COLUMNS_MAX;
  right = right < NAME_COLUMNS_MAX ? right : NAME_COLUMNS_MAX;
  const size_t indent = (one_sided ? 0 : left + 2) + right + 2 + 6 + 6;
  const size_t room = width > indent + SENTENCE_COLUMNS_MIN ? width - indent : SENTENCE_COLUMNS_MIN;
  if (!one_sided) {
    yutu_put_padded(YUTU_SLICE("地区"), left + 2, out);
  }
  yutu_put_padded(YUTU_SLICE("地区"), right + 2, out);
  fputs("合作  文章  例句\n", out);
  for (size_t i = 0; i < n; i++) {
    const yutu_region_pair *p = &pairs[i];
    if (!one_sided)
      yutu_put_padded(p->a_name, left + 2, out);
    yutu_put_padded(p->b_name, right + 2, out);
    fprintf(out, "%4" PRIu64 "  %4" PRIu64 "  ", p->cooperations, p->articles);
    yutu_put_wrapped(p->sentence, indent, room, out);
  }
}

void yutu_pairs_csv(const yutu_region_pair *pairs, size_t n, FILE *out) {
  fputs("region,other,cooperations,articles,sentence,region_iri,other_iri\r\n", out);
  for (size_t i = 0; i < n; i++) {
    const yutu_region_pair *p = &pairs[i];
    yutu_put_csv(p->a_name, out);
    fputc(',', out);
    yutu_put_csv(p->b_name, out);
    fprintf(out, ",%" PRIu64 ",%" PRIu64 ",", p->cooperations, p->articles);
    yutu_put_csv(p->sentence, out);
    fputc(',', out);
    yutu_put_csv(p->a, out);
    fputc(',', out);
    yutu_put_csv(p->b, out);
    fputs("\r\n", out);
  }
}

static yutu_status flush_json(yutu_buffer *b, FILE *out, yutu_error *err) {
  const yutu_status status = yutu_buffer_check(b, err);
  if (status == YUTU_OK && b->len)
    fwrite(b->data, 1, b->len, out);
  yutu_buffer_free(b);
  return status;
}

static void json_field(yutu_buffer *b, const char *name, yutu_slice value, bool first) {
  yutu_buffer_printf(b, "%s\"%s\": ", first ? "" : ", ", name);
  yutu_json_string(b, value);
}

yutu_status yutu_pairs_json(const yutu_region_pair *pairs, size_t n, FILE *out, yutu_error *err) {
  yutu_buffer b = YUTU_BUFFER_INIT;
  yutu_buffer_puts(&b, "[");
  for (size_t i = 0; i < n; i++) {
    const yutu_region_pair *p = &pairs[i];
    yutu_buffer_puts(&b, i ? ",\n  {" : "\n  {");
    json_field(&b, "region", p->a_name, true);
    json_field(&b, "regionIri", p->a, false);
    json_field(&b, "other", p->b_name, false);
    json_field(&b, "otherIri", p->b, false);
    yutu_buffer_printf(&b, ", \"cooperations\": %" PRIu64 ", \"articles\": %" PRIu64, p->cooperations, p->articles);
    json_field(&b, "sentence", p->sentence, false);
    yutu_buffer_puts(&b, "}");
  }
  yutu_buffer_puts(&b, "\n]\n");
  return flush_json(&b, out, err);
}

// ---- ties ----

static void put_participants(const yutu_region_tie *t, const char *between, FILE *out) {
  for (size_t i = 0; i < t->n_participants; i++) {
    fputs(i ? between : "", out);
    put(t->participants[i], out);
  }
}

void yutu_ties_table(const yutu_region_tie *ties, size_t n, unsigned width, FILE *out) {
  enum { INDENT = 12 };
  const size_t room = width > INDENT + SENTENCE_COLUMNS_MIN ? width - INDENT : SENTENCE_COLUMNS_MIN;
  for (size_t i = 0; i < n; i++) {
    const yutu_region_tie *t = &ties[i];
    fputs(i ? "\n" : "", out);
    yutu_put_padded(t->date, INDENT, out);
    put_participants(t, "、", out);
    if (t->via.len) {
      fputs("  → ", out);
      put(t->via, out);
    }
    fprintf(out, "%s\n%*s", t->planned ? " （计划）" : "", INDENT, "");
    yutu_put_wrapped(t->sentence, INDENT, room, out);
    fprintf(out, "%*s", INDENT, "");
    if (t->title.len) {
      fputs("《", out);
      put(t->title, out);
      fputs("》 ", out);
    }
    put(t->reported, out);
    fputs(t->reported.len ? " " : "", out);
    put(t->source, out);
    fputc('\n', out);
  }
}

void yutu_ties_csv(const yutu_region_tie *ties, size_t n, FILE *out) {
  fputs("date,participants,via,planned,sentence,title,reported,source,claim\r\n", out);
  for (size_t i = 0; i < n; i++) {
    const yutu_region_tie *t = &ties[i];
    yutu_put_csv(t->date, out);
    fputs(",\"", out);
    put_participants(t, "、", out); // names have no quotes: extraction takes them as ends of names
    fputs("\",", out);
    const yutu_slice fields[] = {
        t->via,  t->planned ? YUTU_SLICE("true") : YUTU_SLICE("false"), t->sentence, t->title, t->reported, t->source,
        t->claim};
    for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) {
      fputs(k ? "," : "", out);
      yutu_put_csv(fields[k], out);
    }
    fputs("\r\n", out);
  }
}

yutu_status yutu_ties_json(const yutu_region_tie *ties, size_t n, FILE *out, yutu_error *err) {
  yutu_buffer b = YUTU_BUFFER_INIT;
  yutu_buffer_puts(&b, "[");
  for (size_t i = 0; i < n; i++) {
    const yutu_region_tie *t = &ties[i];
    yutu_buffer_puts(&b, i ? ",\n  {" : "\n  {");
    json_field(&b, "claim", t->claim, true);
    yutu_buffer_puts(&b, ", \"participants\": [");
    for (size_t k = 0; k < t->n_participants; k++) {
      yutu_buffer_puts(&b, k ? ", " : "");
      yutu_json_string(&b, t->participants[k]);
    }
    yutu_buffer_printf(&b, "], \"planned\": %s", t->planned ? "true" : "false");
    const struct {
      const char *name;
      yutu_slice value;
    } fields[] = {{"via", t->via},     {"date", t->date},         {"sentence", t->sentence}, {"article", t->article},
                  {"title", t->title}, {"reported", t->reported}, {"source", t->source}};
    for (size_t k = 0; k < sizeof fields / sizeof *fields; k++)
      if (fields[k].value.len)
        json_field(&b, fields[k].name, fields[k].value, false);
    yutu_buffer_puts(&b, "}");
  }
  yutu_buffer_puts(&b, "\n]\n");
  return flush_json(&b, out, err);
}
