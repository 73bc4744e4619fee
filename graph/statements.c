#include "graph/statements.h"

#include "graph/iri.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static bool ready(yutu_statements *all) {
  if (!all->subjects)
    all->subjects = yutu_intern_new(all->arena);
  all->failed = all->failed || !all->subjects;
  return !all->failed;
}

uint32_t yutu_statements_subject(yutu_statements *all, yutu_slice iri) {
  uint32_t number = YUTU_INTERN_NONE;
  if (ready(all) && iri.data)
    number = yutu_intern_add(all->subjects, iri);
  if (number == YUTU_INTERN_NONE)
    all->failed = true;
  return number;
}

yutu_slice yutu_statements_iri(const yutu_statements *all, uint32_t subject) {
  return subject == YUTU_INTERN_NONE ? (yutu_slice){NULL, 0} : yutu_intern_get(all->subjects, subject);
}

void yutu_statements_add(yutu_statements *all, uint32_t subject, const char *predicate, yutu_term object) {
  if (!ready(all) || subject == YUTU_INTERN_NONE || !object.value.data) {
    all->failed = true;
    return;
  }
  yutu_statement *statement = YUTU_PUSH(all->arena, &all->all);
  if (statement)
    *statement = (yutu_statement){subject, yutu_slice_of(predicate), object};
  else
    all->failed = true;
}

void yutu_statements_add_iri(yutu_statements *all, uint32_t subject, const char *predicate, yutu_slice object) {
  yutu_statements_add(all, subject, predicate, yutu_iri(object));
}

void yutu_statements_add_text(yutu_statements *all, uint32_t subject, const char *predicate, yutu_slice text,
                              const char *language) {
  if (text.len)
    yutu_statements_add(all, subject, predicate,
                        yutu_text(yutu_text_repair(all->arena, text), yutu_slice_of(language)));
}

void yutu_statements_add_typed(yutu_statements *all, uint32_t subject, const char *predicate, yutu_slice text,
                               const char *datatype) {
  yutu_statements_add(all, subject, predicate, yutu_typed(text, yutu_slice_of(datatype)));
}

/// YUTU_NS and the name, made once.
static yutu_slice term_iri(yutu_statements *all, yutu_slice *made, const char *name) {
  if (!made->data) {
    const size_t space = sizeof YUTU_NS - 1, n = space + strlen(name);
    char *iri = yutu_arena_alloc(all->arena, n + 1);
    if (!iri) {
      all->failed = true;
      return (yutu_slice){NULL, 0};
    }
    memcpy(iri, YUTU_NS, space);
    memcpy(iri + space, name, n - space);
    *made = (yutu_slice){iri, n};
  }
  return *made;
}

yutu_slice yutu_statements_class(yutu_statements *all, yutu_class cls) {
  assert(cls > YUTU_CLASS_NONE && cls < YUTU_CLASS_COUNT);
  return term_iri(all, &all->class_iris[cls], yutu_class_name(cls));
}

yutu_slice yutu_statements_property(yutu_statements *all, yutu_property property) {
  assert(property > YUTU_PROPERTY_NONE && property < YUTU_PROPERTY_COUNT);
  return term_iri(all, &all->property_iris[property], yutu_property_name(property));
}

void yutu_statements_add_type(yutu_statements *all, uint32_t subject, yutu_class cls) {
  yutu_statements_add_iri(all, subject, YUTU_NS_RDF "type", yutu_statements_class(all, cls));
}

static void add_relation(yutu_statements *all, uint32_t subject, const char *predicate, uint32_t object) {
  if (predicate)
    yutu_statements_add_iri(all, subject, predicate, yutu_statements_iri(all, object));
}

void yutu_statements_add_relation(yutu_statements *all, uint32_t subject, yutu_property relation, uint32_t object) {
  const char *const predicate = yutu_statements_property(all, relation).data;
  add_relation(all, subject, predicate, object);
  if (yutu_property_symmetric(relation))
    add_relation(all, object, predicate, subject);
}

static int compare_predicates(yutu_slice a, yutu_slice b) {
  if (a.data == b.data)
    return 0;
  const bool type_a = yutu_slice_eq(a, YUTU_SLICE(YUTU_NS_RDF "type"));
  const bool type_b = yutu_slice_eq(b, YUTU_SLICE(YUTU_NS_RDF "type"));
  return type_a || type_b ? type_b - type_a : yutu_slice_cmp(a, b);
}

static int compare(const void *a, const void *b) {
  const yutu_statement *x = a, *y = b;
  if (x->subject != y->subject)
    return x->subject < y->subject ? -1 : 1;
  int order = compare_predicates(x->predicate, y->predicate);
  if (!order)
    order = (x->object.kind > y->object.kind) - (x->object.kind < y->object.kind);
  if (!order)
    order = yutu_slice_cmp(x->object.value, y->object.value);
  if (!order)
    order = yutu_slice_cmp(x->object.datatype, y->object.datatype);
  return order ? order : yutu_slice_cmp(x->object.language, y->object.language);
}

yutu_status yutu_statements_take(yutu_statements *all, yutu_slice graph, yutu_quads *ret, yutu_error *err) {
  yutu_quad *quads = YUTU_NEW_ARRAY(all->arena, yutu_quad, all->all.n + 1);
  if (all->failed || !quads || !graph.data)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory for the statements of one graph");
  yutu_statement *const at = all->all.at;
  if (all->all.n)
    qsort(at, all->all.n, sizeof *at, compare);
  size_t n = 0;
  for (uint32_t i = 0; i < all->all.n; i++) {
    if (i == 0 || compare(&at[i - 1], &at[i]) != 0)
      quads[n++] = (yutu_quad){yutu_iri(yutu_statements_iri(all, at[i].subject)), yutu_iri(at[i].predicate),
                               at[i].object, yutu_iri(graph)};
  }
  *ret = (yutu_quads){quads, n};
  return YUTU_OK;
}
