#include "queries/names.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  yutu_snapshot *snapshot;
  uint64_t classes;
  yutu_id type, pref_label, located_in;
  yutu_candidates *ret;
  yutu_error *err;
} search;

static yutu_status find_iri(yutu_snapshot *snapshot, const char *iri, yutu_id *ret, yutu_error *err) {
  const yutu_term term = yutu_iri(yutu_slice_of(iri));
  return yutu_term_find(snapshot, &term, ret, err);
}

// Visit what a pattern finds until `visit` says false.
typedef yutu_status (*visitor)(void *context, const yutu_quad_ids *quad, bool *ret_go_on, yutu_error *err);

static yutu_status each(yutu_snapshot *snapshot, const yutu_pattern *pattern, visitor visit, void *context,
                        yutu_error *err) {
  yutu_cursor *cursor = NULL;
  YUTU_TRY(yutu_cursor_open(snapshot, pattern, &cursor, err));
  yutu_quad_ids quad;
  bool go_on = true;
  yutu_status status = YUTU_OK;
  while (status == YUTU_OK && go_on && yutu_cursor_next(cursor, &quad))
    status = visit(context, &quad, &go_on, err);
  yutu_cursor_close(cursor);
  return status;
}

static bool is_chinese(yutu_slice language) {
  return yutu_slice_starts(language, YUTU_SLICE("zh"));
}

// ---- labels ----

typedef struct {
  yutu_snapshot *snapshot;
  yutu_slice best;
  bool chinese;
} label_search;

static yutu_status see_label(void *context, const yutu_quad_ids *quad, bool *ret_go_on, yutu_error *err) {
  label_search *s = context;
  yutu_term term;
  YUTU_TRY(yutu_term_get(s->snapshot, quad->o, &term, err));
  if (!s->best.data || (is_chinese(term.language) && !s->chinese)) {
    s->best = term.value;
    s->chinese = is_chinese(term.language);
  }
  *ret_go_on = !s->chinese;
  return YUTU_OK;
}

static yutu_slice last_part(yutu_slice iri) {
  size_t i = iri.len;
  while (i > 0 && iri.data[i - 1] != '/' && iri.data[i - 1] != '#')
    i--;
  return i < iri.len ? (yutu_slice){iri.data + i, iri.len - i} : iri;
}

yutu_status yutu_names_label(yutu_snapshot *snapshot, yutu_id id, yutu_slice *ret, yutu_error *err) {
  yutu_id pref_label = YUTU_ID_NONE;
  YUTU_TRY(find_iri(snapshot, YUTU_NS_SKOS "prefLabel", &pref_label, err));
  label_search s = {.snapshot = snapshot};
  if (pref_label)
    YUTU_TRY(each(snapshot, &(yutu_pattern){.s = id, .p = pref_label}, see_label, &s, err));
  if (!s.best.data) {
    yutu_term term;
    YUTU_TRY(yutu_term_get(snapshot, id, &term, err));
    s.best = last_part(term.value);
  }
  *ret = s.best;
  return YUTU_OK;
}

// ---- candidates ----

typedef struct {
  yutu_snapshot *snapshot;
  uint64_t found; // bits 1 << yutu_class
} class_search;

static yutu_status see_class(void *context, const yutu_quad_ids *quad, bool *ret_go_on, yutu_error *err) {
  class_search *s = context;
  yutu_term term;
  YUTU_TRY(yutu_term_get(s->snapshot, quad->o, &term, err));
  *ret_go_on = true;
  if (!yutu_slice_starts(term.value, YUTU_SLICE(YUTU_NS)))
    return YUTU_OK;
  const size_t skip = sizeof YUTU_NS - 1;
  s->found |= UINT64_C(1) << yutu_class_find((yutu_slice){term.value.data + skip, term.value.len - skip});
  return YUTU_OK;
}

static yutu_status see_object(void *context, const yutu_quad_ids *quad, bool *ret_go_on, yutu_error *err) {
  (void)err;
  *(yutu_id *)context = quad->o;
  *ret_go_on = false;
  return YUTU_OK;
}

// Describe a thing and put it among the candidates, unless it is there, or of other classes than those asked for.
static yutu_status offer(search *s, yutu_id id) {
  yutu_candidate c = {0};
  yutu_term term;
  YUTU_TRY(yutu_term_get(s->snapshot, id, &term, s->err));
  if (term.kind != YUTU_TERM_IRI)
    return YUTU_OK;
  c.iri = term.value;
  for (size_t i = 0; i < s->ret->n; i++)
    if (yutu_slice_eq(s->ret->at[i].iri, c.iri))
      return YUTU_OK;
  class_search classes = {.snapshot = s->snapshot};
  if (s->type)
    YUTU_TRY(each(s->snapshot, &(yutu_pattern){.s = id, .p = s->type}, see_class, &classes, s->err));
  if (s->classes != UINT64_MAX && !(classes.found & s->classes & ~UINT64_C(1)))
    return YUTU_OK;
  if (s->ret->n == YUTU_CANDIDATES_MAX) {
    s->ret->more = true;
    return YUTU_OK;
  }
  while (c.cls < YUTU_CLASS_COUNT && (!c.cls || !(classes.found >> c.cls & 1)))
    c.cls++;
  if (c.cls == YUTU_CLASS_COUNT)
    c.cls = YUTU_CLASS_NONE;
  YUTU_TRY(yutu_names_label(s->snapshot, id, &c.name, s->err));
  yutu_id place = YUTU_ID_NONE;
  if (s->located_in)
    YUTU_TRY(each(s->snapshot, &(yutu_pattern){.s = id, .p = s->located_in}, see_object, &place, s->err));
  if (place)
    YUTU_TRY(yutu_names_label(s->snapshot, place, &c.within, s->err));
  s->ret->at[s->ret->n++] = c;
  return YUTU_OK;
}

static yutu_status see_bearer(void *context, const yutu_quad_ids *quad, bool *ret_go_on, yutu_error *err) {
  (void)err;
  search *s = context;
  *ret_go_on = true;
  return offer(s, quad->s);
}

// Everything that has `name`, in any language that labels come in, as its `predicate`.
static yutu_status bearers(search *s, const char *predicate, yutu_slice name) {
  static const char *const languages[] = {"zh-hans", "zh", "zh-hant", "", "en"};
  yutu_id p = YUTU_ID_NONE;
  YUTU_TRY(find_iri(s->snapshot, predicate, &p, s->err));
  for (size_t i = 0; p && i < sizeof languages / sizeof *languages; i++) {
    const yutu_term term = yutu_text(name, yutu_slice_of(languages[i]));
    yutu_id o = YUTU_ID_NONE;
    YUTU_TRY(yutu_term_find(s->snapshot, &term, &o, s->err));
    if (o)
      YUTU_TRY(each(s->snapshot, &(yutu_pattern){.p = p, .o = o}, see_bearer, s, s->err));
  }
  return YUTU_OK;
}

// ---- names that contain the text: what may have been meant ----

typedef struct {
  search *s;
  yutu_slice part;
  yutu_id last; // object looked at last, and whether it contains the text: equal ones follow each other
  bool contains;
} part_search;

static yutu_status see_part(void *context, const yutu_quad_ids *quad, bool *ret_go_on, yutu_error *err) {
  part_search *p = context;
  if (quad->o != p->last) {
    yutu_term term;
    YUTU_TRY(yutu_term_get(p->s->snapshot, quad->o, &term, err));
    p->last = quad->o;
    p->contains = memmem(term.value.data, term.value.len, p->part.data, p->part.len) != NULL;
  }
  if (p->contains)
    YUTU_TRY(offer(p->s, quad->s));
  *ret_go_on = !p->s->ret->more;
  return YUTU_OK;
}

static yutu_status similar(search *s, const char *predicate, yutu_slice part) {
  yutu_id p = YUTU_ID_NONE;
  YUTU_TRY(find_iri(s->snapshot, predicate, &p, s->err));
  if (!p || !part.len)
    return YUTU_OK;
  part_search context = {.s = s, .part = part};
  return each(s->snapshot, &(yutu_pattern){.p = p, .order = YUTU_ORDER_POS}, see_part, &context, s->err);
}

static int by_iri(const void *a, const void *b) {
  return yutu_slice_cmp(((const yutu_candidate *)a)->iri, ((const yutu_candidate *)b)->iri);
}

static yutu_status find(search *s, yutu_slice name) {
  static const char *const predicates[] = {YUTU_NS_SKOS "prefLabel", YUTU_NS_SKOS "notation", YUTU_NS_SKOS "altLabel",
                                           YUTU_NS_SKOS "hiddenLabel"};
  YUTU_TRY(find_iri(s->snapshot, YUTU_NS_RDF "type", &s->type, s->err));
  YUTU_TRY(find_iri(s->snapshot, YUTU_NS_SKOS "prefLabel", &s->pref_label, s->err));
  YUTU_TRY(find_iri(s->snapshot, YUTU_IRI_LOCATED_IN, &s->located_in, s->err));
  s->ret->exact = true;
  for (size_t i = 0; i < sizeof predicates / sizeof *predicates && !s->ret->n; i++)
    YUTU_TRY(bearers(s, predicates[i], name));
  if (!s->ret->n) {
    s->ret->exact = false;
    YUTU_TRY(similar(s, YUTU_NS_SKOS "prefLabel", name));
    if (!s->ret->n)
      YUTU_TRY(similar(s, YUTU_NS_SKOS "altLabel", name));
  }
  qsort(s->ret->at, s->ret->n, sizeof *s->ret->at, by_iri);
  return YUTU_OK;
}

yutu_status yutu_names_find(yutu_snapshot *snapshot, uint64_t classes, yutu_slice name, yutu_candidates *ret,
                            yutu_error *err) {
  yutu_candidates found = {.n = 0};
  search s = {.snapshot = snapshot, .classes = classes, .ret = &found, .err = err};
  YUTU_TRY(find(&s, name));
  *ret = found;
  return YUTU_OK;
}

yutu_status yutu_names_settle(const yutu_candidates *found, yutu_slice name, yutu_candidate *ret,
                              yutu_candidates *ret_candidates, yutu_error *err) {
  if (found->exact && found->n == 1) {
    *ret = found->at[0];
    return YUTU_OK;
  }
  *ret_candidates = *found;
  if (found->n && found->exact)
    return yutu_fail(err, YUTU_ERR_USAGE,
                     "'%.*s' may mean several things; give a fuller name, or one of these IRIs in <>", (int)name.len,
                     name.data);
  return yutu_fail(err, YUTU_ERR_USAGE, "nothing of the kind asked for is called '%.*s'%s", (int)name.len, name.data,
                   found->n ? "; did you mean one of these?" : "");
}

yutu_status yutu_names_one(yutu_snapshot *snapshot, uint64_t classes, yutu_slice name, yutu_candidate *ret,
                           yutu_candidates *ret_candidates, yutu_error *err) {
  yutu_candidates found;
  YUTU_TRY(yutu_names_find(snapshot, classes, name, &found, err));
  return yutu_names_settle(&found, name, ret, ret_candidates, err);
}

// ---- articles ----

typedef struct {
  yutu_snapshot *snapshot;
  yutu_slice name;
  yutu_id last; // equal ones may follow each other, one for each graph
  size_t n;
  yutu_article_visitor visit;
  void *context;
} article_search;

static yutu_status see_article(void *context, const yutu_quad_ids *quad, bool *ret_go_on, yutu_error *err) {
  article_search *s = context;
  *ret_go_on = true;
  if (quad->s == s->last)
    return YUTU_OK;
  s->last = quad->s;
  s->n++;
  yutu_term term;
  YUTU_TRY(yutu_term_get(s->snapshot, quad->s, &term, err));
  return s->visit(s->context, term.value, err);
}

static yutu_status see_key(void *context, const yutu_quad_ids *quad, bool *ret_go_on, yutu_error *err) {
  article_search *s = context;
  yutu_term term;
  YUTU_TRY(yutu_term_get(s->snapshot, quad->s, &term, err));
  *ret_go_on = true;
  if (yutu_slice_eq(last_part(term.value), s->name) || yutu_slice_eq(term.value, s->name))
    return see_article(context, quad, ret_go_on, err);
  return YUTU_OK;
}

static yutu_status articles_with(article_search *s, const char *predicate, yutu_error *err) {
  static const char *const languages[] = {"", "zh-hans", "zh", "zh-hant"};
  yutu_id p = YUTU_ID_NONE;
  YUTU_TRY(find_iri(s->snapshot, predicate, &p, err));
  for (size_t k = 0; p && k < sizeof languages / sizeof *languages; k++) {
    const yutu_term term = yutu_text(s->name, yutu_slice_of(languages[k]));
    yutu_id o = YUTU_ID_NONE;
    YUTU_TRY(yutu_term_find(s->snapshot, &term, &o, err));
    if (o)
      YUTU_TRY(each(s->snapshot, &(yutu_pattern){.p = p, .o = o}, see_article, s, err));
  }
  return YUTU_OK;
}

yutu_status yutu_names_articles(yutu_snapshot *snapshot, yutu_slice name, yutu_article_visitor visit, void *context,
                                yutu_error *err) {
  article_search s = {.snapshot = snapshot, .name = name, .visit = visit, .context = context};
  yutu_id type = YUTU_ID_NONE;
  yutu_id article = YUTU_ID_NONE;
  YUTU_TRY(find_iri(snapshot, YUTU_NS_RDF "type", &type, err));
  YUTU_TRY(find_iri(snapshot, YUTU_NS_SCHEMA "NewsArticle", &article, err));
  if (type && article)
    YUTU_TRY(each(snapshot, &(yutu_pattern){.p = type, .o = article}, see_key, &s, err));
  if (!s.n)
    YUTU_TRY(articles_with(&s, YUTU_NS_DCTERMS "source", err));
  if (!s.n)
    YUTU_TRY(articles_with(&s, YUTU_NS_DCTERMS "title", err));
  return YUTU_OK;
}

typedef struct {
  yutu_slice iri;
  size_t n;
} one_article;

static yutu_status see_one(void *context, yutu_slice iri, yutu_error *err) {
  (void)err;
  one_article *one = context;
  one->iri = iri;
  one->n++;
  return YUTU_OK;
}

yutu_status yutu_names_settle_article(size_t n, yutu_slice iri, yutu_slice name, yutu_slice *ret, yutu_error *err) {
  if (n != 1)
    return yutu_fail(err, YUTU_ERR_USAGE,
                     n ? "several articles have the name '%.*s'; yutu query articles lists their keys"
                       : "no article has the key, file name or title '%.*s'; yutu query articles lists them",
                     (int)name.len, name.data);
  *ret = iri;
  return YUTU_OK;
}

yutu_status yutu_names_article(yutu_snapshot *snapshot, yutu_slice name, yutu_slice *ret, yutu_error *err) {
  one_article one = {.n = 0};
  YUTU_TRY(yutu_names_articles(snapshot, name, see_one, &one, err));
  return yutu_names_settle_article(one.n, one.iri, name, ret, err);
}
