#include "cli/command.h"
#include "cli/report.h"
#include "graph/store.h"
#include "ontology/vocabulary.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { COUNTS_MAX = YUTU_CLASS_COUNT + YUTU_PROPERTY_COUNT + 16 };

typedef struct {
  const char *group; // "articles", "entities", …
  const char *name;  // for JSON
  const char *label; // for people; may be NULL
  uint64_t n;
} count;

typedef struct {
  yutu_snapshot *snapshot;
  count counts[COUNTS_MAX];
  size_t n_counts;
} counts;

static void put(counts *c, const char *group, const char *name, const char *label, uint64_t n) {
  c->counts[c->n_counts++] = (count){group, name, label, n};
}

// How many triples the union of graphs has with this predicate and object; NULL is any object.
static yutu_status triples(counts *c, const char *predicate, const char *object, uint64_t *ret, yutu_error *err) {
  yutu_pattern pattern = {0};
  yutu_term term = yutu_iri(yutu_slice_of(predicate));
  *ret = 0;
  YUTU_TRY(yutu_term_find(c->snapshot, &term, &pattern.p, err));
  if (object) {
    term = yutu_iri(yutu_slice_of(object));
    YUTU_TRY(yutu_term_find(c->snapshot, &term, &pattern.o, err));
  }
  if (!pattern.p || (object && !pattern.o))
    return YUTU_OK;
  yutu_cursor *cursor = NULL;
  YUTU_TRY(yutu_cursor_open(c->snapshot, &pattern, &cursor, err));
  yutu_quad_ids quad;
  uint64_t n = 0;
  while (yutu_cursor_next(cursor, &quad))
    n++;
  yutu_cursor_close(cursor);
  *ret = n;
  return YUTU_OK;
}

static yutu_status collect(counts *c, yutu_error *err) {
  static const struct {
    const char *name, *label, *iri;
  } claims[] = {{"relations", "关系", YUTU_NS_RDF "Statement"},
                {"cooperations", "合作", YUTU_IRI_COOPERATION},
                {"observations", "数据", YUTU_NS_SCHEMA "Observation"}};
  uint64_t n = 0;
  char iri[256];
  YUTU_TRY(triples(c, YUTU_NS_RDF "type", YUTU_NS_SCHEMA "NewsArticle", &n, err));
  put(c, "articles", "articles", "文章", n);
  for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
    YUTU_TRY(triples(c, YUTU_NS_RDF "type", claims[i].iri, &n, err));
    put(c, "claims", claims[i].name, claims[i].label, n);
  }
  for (yutu_class cls = YUTU_CLASS_NONE + 1; cls < YUTU_CLASS_COUNT; cls++) {
    snprintf(iri, sizeof iri, "%s%s", YUTU_NS, yutu_class_name(cls));
    YUTU_TRY(triples(c, YUTU_NS_RDF "type", iri, &n, err));
    put(c, "entities", yutu_class_name(cls), yutu_class_label(cls, true), n);
  }
  for (yutu_property p = YUTU_PROPERTY_NONE + 1; p < YUTU_PROPERTY_COUNT; p++) {
    snprintf(iri, sizeof iri, "%s%s", YUTU_NS, yutu_property_name(p));
    YUTU_TRY(triples(c, iri, NULL, &n, err));
    put(c, "triples", yutu_property_name(p), yutu_property_label(p, true), n);
  }
  yutu_store_stats s;
  YUTU_TRY(yutu_snapshot_stats(c->snapshot, &s, err));
  put(c, "store", "quads", NULL, s.quads);
  put(c, "store", "graphs", NULL, s.graphs);
  put(c, "store", "terms", NULL, s.terms);
  put(c, "store", "bytes", NULL, s.bytes_on_disk);
  return YUTU_OK;
}

static void print_table(const counts *c) {
  const char *group = "";
  for (size_t i = 0; i < c->n_counts; i++) {
    const count *k = &c->counts[i];
    if (!k->n && k->label)
      continue;
    if (strcmp(group, k->group) != 0)
      printf("%s\n", k->group);
    group = k->group;
    printf("  %-18s %10" PRIu64 "  %s\n", k->name, k->n, k->label ? k->label : "");
  }
}

static void print_json(const counts *c) {
  const char *group = NULL;
  for (size_t i = 0; i < c->n_counts; i++) {
    const count *k = &c->counts[i];
    const bool same = group && strcmp(group, k->group) == 0;
    if (!same)
      printf("%s\n  \"%s\": {", group ? "}," : "{", k->group);
    printf("%s\"%s\": %" PRIu64, same ? ", " : "", k->name, k->n);
    group = k->group;
  }
  puts("}\n}");
}

int yutu_cmd_stats(const yutu_arguments *a) {
  counts c = {.n_counts = 0};
  yutu_error err = {0};
  yutu_store *store = NULL;
  yutu_status status = yutu_store_open(yutu_arguments_text(a, YUTU_OPT_STORE), YUTU_STORE_READ_ONLY, &store, &err);
  if (status == YUTU_OK)
    status = yutu_snapshot_open(store, &c.snapshot, &err);
  if (status == YUTU_OK)
    status = collect(&c, &err);
  yutu_snapshot_close(c.snapshot);
  yutu_store_close(store);
  if (status != YUTU_OK)
    return yutu_report_exit(&err);
  if (strcmp(yutu_arguments_text(a, YUTU_OPT_FORMAT), "json") == 0)
    print_json(&c);
  else
    print_table(&c);
  return 0;
}
