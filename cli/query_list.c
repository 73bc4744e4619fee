#include "cli/query_list.h"

#include "base/utf8.h"

#define SLICE(s) (int)(s).len, (s).data

static void list_parameter(const yutu_parameter *p, FILE *out) {
  char left[200];
  snprintf(left, sizeof left, "%s--%.*s %.*s%s", p->optional ? "[" : "", SLICE(p->name), SLICE(p->kind),
           p->optional ? "]" : "");
  fprintf(out, "    %-34s %.*s · %.*s\n", left, SLICE(p->zh), SLICE(p->en));
}

void yutu_query_list(const yutu_catalogue *catalogue, FILE *out) {
  for (size_t i = 0; i < yutu_catalogue_count(catalogue); i++) {
    const yutu_catalogue_entry *e = yutu_catalogue_get(catalogue, i);
    fprintf(out, "%s%.*s  %.*s%s%.*s\n", i ? "\n" : "", SLICE(e->name), SLICE(e->zh), e->en.len ? " · " : "",
            SLICE(e->en));
    if (e->about.len)
      fprintf(out, "    %.*s\n", SLICE(e->about));
    for (size_t k = 0; k < e->n_parameters; k++)
      list_parameter(&e->parameters[k], out);
    if (e->example.len)
      fprintf(out, "    $ %.*s\n", SLICE(e->example));
  }
}

static void put_csv(yutu_slice s, FILE *out) {
  fputc('"', out);
  for (size_t i = 0; i < s.len; i++) {
    if (s.data[i] == '"')
      fputc('"', out);
    fputc(s.data[i], out);
  }
  fputc('"', out);
}

void yutu_query_list_csv(const yutu_catalogue *catalogue, FILE *out) {
  fputs("name,title\r\n", out);
  for (size_t i = 0; i < yutu_catalogue_count(catalogue); i++) {
    const yutu_catalogue_entry *e = yutu_catalogue_get(catalogue, i);
    fprintf(out, "%.*s,", SLICE(e->name));
    put_csv(e->en, out);
    fputs("\r\n", out);
  }
}

void yutu_candidates_list(const yutu_candidates *candidates, FILE *out) {
  for (size_t i = 0; i < candidates->n; i++) {
    const yutu_candidate *c = &candidates->at[i];
    fprintf(out, "  %.*s", SLICE(c->name));
    if (c->within.len)
      fprintf(out, " (%.*s)", SLICE(c->within));
    if (c->cls)
      fprintf(out, ", %s", yutu_class_label(c->cls, true));
    fprintf(out, "  <%.*s>\n", SLICE(c->iri));
  }
  if (candidates->more)
    fputs("  and more\n", out);
}
