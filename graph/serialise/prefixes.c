#include "graph/serialise/writer.h"

#include "graph/iri.h"
#include "ontology/vocabulary.h"

#define VOCABULARY(name, iri)                                                                                          \
  {                                                                                                                    \
    {name, sizeof name - 1}, {                                                                                         \
      iri, sizeof iri - 1                                                                                              \
    }                                                                                                                  \
  }

static const yutu_prefix vocabularies[] = {
    VOCABULARY("dcterms", YUTU_NS_DCTERMS), VOCABULARY("geo", YUTU_NS_GEO),       VOCABULARY("nif", YUTU_NS_NIF),
    VOCABULARY("owl", YUTU_NS_OWL),         VOCABULARY("prov", YUTU_NS_PROV),     VOCABULARY("rdf", YUTU_NS_RDF),
    VOCABULARY("rdfs", YUTU_NS_RDFS),       VOCABULARY("schema", YUTU_NS_SCHEMA), VOCABULARY("skos", YUTU_NS_SKOS),
    VOCABULARY("xsd", YUTU_NS_XSD),         VOCABULARY("yutu", YUTU_NS),
};

enum { N_VOCABULARIES = sizeof vocabularies / sizeof *vocabularies };

/// Is this the first class of its group?
static bool opens_group(int cls) {
  const yutu_slice group = yutu_slice_of(yutu_class_group((yutu_class)cls));
  for (int i = YUTU_CLASS_NONE + 1; i < cls; i++) {
    if (yutu_slice_eq(group, yutu_slice_of(yutu_class_group((yutu_class)i))))
      return false;
  }
  return group.len != 0;
}

/// "id-org"
static yutu_slice group_prefix(yutu_arena *arena, yutu_slice group) {
  char *text = yutu_arena_alloc(arena, group.len + sizeof "id-");
  if (!text)
    return (yutu_slice){NULL, 0};
  return (yutu_slice){text, (size_t)sprintf(text, "id-%.*s", (int)group.len, group.data)};
}

/// <base>id/org/
static yutu_slice group_space(yutu_arena *arena, yutu_slice base, yutu_slice group) {
  char local[64];
  const int n = snprintf(local, sizeof local, "%.*s/", (int)group.len, group.data);
  return yutu_iri_entity(arena, base, YUTU_CLASS_NONE, (yutu_slice){NULL, 0}, (yutu_slice){local, (size_t)n});
}

const yutu_prefix *yutu_prefixes_default(yutu_slice base, yutu_arena *arena, size_t *ret_n) {
  if (base.len == 0)
    base = yutu_iri_default_base;
  yutu_prefix *prefixes = YUTU_NEW_ARRAY(arena, yutu_prefix, N_VOCABULARIES + YUTU_CLASS_COUNT + 1);
  if (!prefixes)
    return NULL;
  size_t n = 0;
  prefixes[n++] = (yutu_prefix){YUTU_SLICE("article"), yutu_iri_article(arena, base, (yutu_slice){NULL, 0})};
  memcpy(prefixes + n, vocabularies, sizeof vocabularies);
  n += N_VOCABULARIES;
  for (int cls = YUTU_CLASS_NONE + 1; cls < YUTU_CLASS_COUNT; cls++) {
    const yutu_slice group = yutu_slice_of(yutu_class_group((yutu_class)cls));
    if (opens_group(cls))
      prefixes[n++] = (yutu_prefix){group_prefix(arena, group), group_space(arena, base, group)};
  }
  for (size_t i = 0; i < n; i++) {
    if (!prefixes[i].iri.data || !prefixes[i].name.data)
      return NULL;
  }
  *ret_n = n;
  return prefixes;
}
