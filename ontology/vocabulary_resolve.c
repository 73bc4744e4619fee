// Triples to checked terms.
#include "ontology/vocabulary_model.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define NS_RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define NS_RDFS "http://www.w3.org/2000/01/rdf-schema#"
#define NS_OWL "http://www.w3.org/2002/07/owl#"

enum { DEPTH_MAX = 32 }; // of subclass chains and lists; more is a cycle

static uint32_t node(const yutu_vocabulary *v, const char *iri) {
  return yutu_intern_find(v->nodes, yutu_slice_of(iri));
}

static const yutu_vocabulary_triple *find(const yutu_vocabulary *v, uint32_t s, const char *predicate) {
  const uint32_t p = node(v, predicate);
  for (uint32_t i = 0; i < v->triples.n; i++) {
    if (v->triples.at[i].s == s && v->triples.at[i].p == p)
      return &v->triples.at[i];
  }
  return NULL;
}

static bool has(const yutu_vocabulary *v, uint32_t s, const char *predicate, const char *object) {
  const uint32_t p = node(v, predicate), o = node(v, object);
  for (uint32_t i = 0; i < v->triples.n; i++) {
    const yutu_vocabulary_triple *t = &v->triples.at[i];
    if (t->s == s && t->p == p && t->o == o && !t->literal)
      return true;
  }
  return false;
}

static unsigned count(const yutu_vocabulary *v, uint32_t s, const char *predicate) {
  const uint32_t p = node(v, predicate);
  unsigned n = 0;
  for (uint32_t i = 0; i < v->triples.n; i++)
    n += v->triples.at[i].s == s && v->triples.at[i].p == p;
  return n;
}

static bool ours(const yutu_vocabulary *v, uint32_t n) {
  const yutu_slice iri = yutu_intern_get(v->nodes, n);
  return yutu_slice_starts(iri, YUTU_SLICE(YUTU_VOCABULARY_NS)) && iri.len > sizeof YUTU_VOCABULARY_NS - 1;
}

static yutu_slice local_name(const yutu_vocabulary *v, uint32_t n) {
  const yutu_slice iri = yutu_intern_get(v->nodes, n);
  return (yutu_slice){iri.data + sizeof YUTU_VOCABULARY_NS - 1, iri.len - (sizeof YUTU_VOCABULARY_NS - 1)};
}

unsigned yutu_vocabulary_line(const yutu_vocabulary *v, uint32_t n) {
  if (!v->text.data || !ours(v, n))
    return 0;
  const yutu_slice name = local_name(v, n);
  yutu_slice prefix = YUTU_SLICE("yutu");
  for (uint32_t i = 0; i < v->prefixes.n; i++) {
    if (yutu_slice_eq(v->prefixes.at[i].iri, YUTU_SLICE(YUTU_VOCABULARY_NS)))
      prefix = v->prefixes.at[i].prefix;
  }
  char token[256];
  snprintf(token, sizeof token, "%.*s:%.*s", (int)prefix.len, prefix.data, (int)name.len, name.data);
  const size_t n_token = strlen(token);
  unsigned line = 1, used = 0;
  for (const char *p = v->text.data; p < v->text.data + v->text.len; line++) {
    const char *end = strchrnul(p, '\n');
    for (const char *hit = p; (hit = strstr(hit, token)) != NULL && hit < end; hit += n_token) {
      const bool whole = !isalnum((unsigned char)hit[n_token]) && (hit == p || !isalnum((unsigned char)hit[-1]));
      if (whole && hit == p)
        return line;
      if (whole && !used && *p != '#')
        used = line;
    }
    p = end + 1;
  }
  return used;
}

static yutu_vocabulary_term *term_of(const yutu_vocabulary *v, uint32_t n) {
  for (uint32_t i = 0; i < v->terms.n; i++) {
    if (v->terms.at[i].node == n)
      return &v->terms.at[i];
  }
  return NULL;
}

/// governmentAgency and GovernmentAgency → GOVERNMENT_AGENCY.
static const char *symbol_of(yutu_vocabulary *v, yutu_slice name) {
  char out[256];
  size_t n = 0;
  for (size_t i = 0; i < name.len && n < sizeof out - 2; i++) {
    const unsigned char c = (unsigned char)name.data[i];
    if (i && isupper(c))
      out[n++] = '_';
    out[n++] = (char)toupper(c);
  }
  return yutu_arena_strndup(v->arena, out, n);
}

static yutu_slice label(yutu_vocabulary *v, const yutu_vocabulary_term *t, const char *predicate,
                        const char *language) {
  const uint32_t p = node(v, predicate);
  yutu_slice found = {NULL, 0};
  for (uint32_t i = 0; i < v->triples.n; i++) {
    const yutu_vocabulary_triple *r = &v->triples.at[i];
    if (r->s != t->node || r->p != p || r->language == YUTU_INTERN_NONE ||
        strcasecmp(yutu_intern_get(v->nodes, r->language).data, language) != 0)
      continue;
    if (found.data)
      yutu_vocabulary_report(v, yutu_vocabulary_line(v, t->node), "two labels of %.*s in %s: keep one",
                             (int)t->name.len, t->name.data, language);
    found = yutu_intern_get(v->nodes, r->o);
  }
  if (!found.data || found.len == 0)
    yutu_vocabulary_report(v, yutu_vocabulary_line(v, t->node), "%.*s has no %s in %s: add it", (int)t->name.len,
                           t->name.data, strrchr(predicate, '#') + 1, language);
  return found;
}

static void declare(yutu_vocabulary *v, uint32_t n) {
  yutu_vocabulary_term *t = YUTU_PUSH(v->arena, &v->terms);
  t->node = n;
  t->name = local_name(v, n);
  t->symbol = symbol_of(v, t->name);
  t->is_class = has(v, n, NS_RDF "type", NS_OWL "Class");
  t->is_object_property = has(v, n, NS_RDF "type", NS_OWL "ObjectProperty");
  t->is_property = t->is_object_property || has(v, n, NS_RDF "type", NS_OWL "DatatypeProperty");
  t->is_symmetric = has(v, n, NS_RDF "type", NS_OWL "SymmetricProperty");
  t->is_inverse = find(v, n, NS_OWL "inverseOf") != NULL;
  const bool other =
      has(v, n, NS_RDF "type", NS_OWL "AnnotationProperty") || has(v, n, NS_RDF "type", NS_OWL "NamedIndividual");
  if (t->is_class + t->is_property + other != 1)
    yutu_vocabulary_report(v, yutu_vocabulary_line(v, n),
                           "%.*s must be one of owl:Class, owl:ObjectProperty, owl:DatatypeProperty, "
                           "owl:AnnotationProperty, owl:NamedIndividual",
                           (int)t->name.len, t->name.data);
  t->zh = label(v, t, NS_RDFS "label", "zh-Hans");
  t->en = label(v, t, NS_RDFS "label", "en");
  t->comment = label(v, t, NS_RDFS "comment", "en");
}

/// Each subject with a type is a term; a second block of the same subject is a slip.
static void declare_all(yutu_vocabulary *v) {
  uint32_t last = YUTU_INTERN_NONE;
  for (uint32_t i = 0; i < v->triples.n; i++) {
    const uint32_t s = v->triples.at[i].s;
    if (s == last || !ours(v, s))
      continue;
    last = s;
    if (term_of(v, s))
      yutu_vocabulary_report(v, yutu_vocabulary_line(v, s), "%.*s is declared twice: join the two blocks",
                             (int)local_name(v, s).len, local_name(v, s).data);
    else if (find(v, s, NS_RDF "type"))
      declare(v, s);
  }
  for (uint32_t i = 0; i < v->terms.n; i++) {
    for (uint32_t j = 0; j < i; j++) {
      if (strcmp(v->terms.at[i].symbol, v->terms.at[j].symbol) == 0)
        yutu_vocabulary_report(v, yutu_vocabulary_line(v, v->terms.at[i].node),
                               "%.*s and %.*s make the same C name %s: rename one", (int)v->terms.at[i].name.len,
                               v->terms.at[i].name.data, (int)v->terms.at[j].name.len, v->terms.at[j].name.data,
                               v->terms.at[i].symbol);
    }
  }
}

static void check_uses(yutu_vocabulary *v) {
  bool *seen = YUTU_NEW_ARRAY(v->arena, bool, yutu_intern_count(v->nodes));
  for (uint32_t i = 0; i < v->triples.n; i++) {
    const yutu_vocabulary_triple *t = &v->triples.at[i];
    const uint32_t used[] = {t->s, t->p, t->literal ? t->p : t->o};
    for (size_t k = 0; k < sizeof used / sizeof *used; k++) {
      if (seen[used[k]] || !ours(v, used[k]) || term_of(v, used[k]))
        continue;
      seen[used[k]] = true;
      yutu_vocabulary_report(v, yutu_vocabulary_line(v, used[k]), "yutu:%.*s is not declared: give it an rdf:type",
                             (int)local_name(v, used[k]).len, local_name(v, used[k]).data);
    }
  }
}

static bool is_below(const yutu_vocabulary *v, uint32_t cls, uint32_t super, unsigned depth) {
  if (cls == super)
    return true;
  if (depth == DEPTH_MAX)
    return false;
  const uint32_t p = node(v, NS_RDFS "subClassOf");
  for (uint32_t i = 0; i < v->triples.n; i++) {
    if (v->triples.at[i].s == cls && v->triples.at[i].p == p && is_below(v, v->triples.at[i].o, super, depth + 1))
      return true;
  }
  return false;
}

/// The concrete classes of a class or of a union of classes.
static uint64_t classes_of(const yutu_vocabulary *v, uint32_t n, unsigned depth) {
  uint64_t set = 0;
  for (uint32_t i = 0; i < v->terms.n; i++) {
    const yutu_vocabulary_term *t = &v->terms.at[i];
    if (t->is_class && t->number && is_below(v, t->node, n, 0))
      set |= UINT64_C(1) << t->number;
  }
  const yutu_vocabulary_triple *of_union = find(v, n, NS_OWL "unionOf");
  if (!of_union || depth == DEPTH_MAX)
    return set;
  const yutu_vocabulary_triple *rest = of_union;
  for (unsigned i = 0; rest && i < DEPTH_MAX; i++, rest = find(v, rest->o, NS_RDF "rest")) {
    const yutu_vocabulary_triple *first = find(v, rest->o, NS_RDF "first");
    if (first)
      set |= classes_of(v, first->o, depth + 1);
  }
  return set;
}

static void number_classes(yutu_vocabulary *v) {
  for (uint32_t i = 0; i < v->terms.n; i++) {
    yutu_vocabulary_term *t = &v->terms.at[i];
    const yutu_vocabulary_triple *group = find(v, t->node, YUTU_VOCABULARY_NS "iriGroup");
    if (!group)
      continue;
    if (!t->is_class || count(v, t->node, YUTU_VOCABULARY_NS "iriGroup") > 1)
      yutu_vocabulary_report(v, yutu_vocabulary_line(v, t->node), "yutu:iriGroup belongs once, and only on a class");
    if (v->n_classes == YUTU_VOCABULARY_CLASSES_MAX) {
      yutu_vocabulary_report(v, yutu_vocabulary_line(v, t->node), "more than %d classes with an IRI group",
                             YUTU_VOCABULARY_CLASSES_MAX);
      return;
    }
    t->group = yutu_intern_get(v->nodes, group->o);
    t->number = ++v->n_classes;
  }
  for (uint32_t i = 0; i < v->terms.n; i++) {
    if (v->terms.at[i].is_class)
      v->terms.at[i].below = classes_of(v, v->terms.at[i].node, 0);
  }
}

static void check_property(yutu_vocabulary *v, yutu_vocabulary_term *t) {
  const unsigned line = yutu_vocabulary_line(v, t->node);
  if (t->is_inverse) {
    const yutu_vocabulary_triple *of = find(v, t->node, NS_OWL "inverseOf");
    const yutu_vocabulary_term *other = term_of(v, of->o);
    if (!other || !other->is_object_property || other->is_inverse)
      yutu_vocabulary_report(v, line, "owl:inverseOf of %.*s must name an object property that is no inverse itself",
                             (int)t->name.len, t->name.data);
    return;
  }
  static const char *const sides[] = {NS_RDFS "domain", NS_RDFS "range"};
  uint64_t sets[2] = {0, 0};
  for (size_t i = 0; i < 2; i++) {
    const unsigned n = count(v, t->node, sides[i]);
    if (n != 1)
      yutu_vocabulary_report(v, line, "%.*s has %s rdfs:%s: give it one (owl:unionOf for several classes)",
                             (int)t->name.len, t->name.data, n ? "more than one" : "no", strrchr(sides[i], '#') + 1);
    else
      sets[i] = classes_of(v, find(v, t->node, sides[i])->o, 0);
  }
  if (t->is_object_property && sets[0] && sets[1]) {
    t->domain = sets[0];
    t->range = sets[1];
    t->number = ++v->n_relations;
  }
}

void yutu_vocabulary_resolve(yutu_vocabulary *v) {
  declare_all(v);
  check_uses(v);
  number_classes(v);
  for (uint32_t i = 0; i < v->terms.n; i++) {
    if (v->terms.at[i].is_property)
      check_property(v, &v->terms.at[i]);
  }
}
