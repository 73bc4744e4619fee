// What a name means, asked of an endpoint: the same rules as queries/names.h.
#include "ontology/vocabulary.h"
#include "queries/remote/answer.h"

#include <string.h>

enum { THINGS_LIMIT = 100, ROWS_LIMIT = 5000, ARTICLES_LIMIT = 100 };

static const char prefixes[] = "PREFIX yutu: <" YUTU_NS ">\nPREFIX skos: <" YUTU_NS_SKOS ">\n"
                               "PREFIX schema: <" YUTU_NS_SCHEMA ">\nPREFIX dcterms: <" YUTU_NS_DCTERMS ">\n";

static yutu_status out_of_memory(yutu_error *err) {
  return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
}

// ---- parts of queries ----

// VALUES ?variable { the name in every language that labels come in }. Stores differ in the case of tags.
static yutu_status put_names(yutu_buffer *out, const char *variable, yutu_slice name, yutu_error *err) {
  static const char *const plain[] = {"", "zh", "en"};
  static const char *const cased[] = {"zh-hans", "zh-Hans", "zh-hant", "zh-Hant"};
  yutu_buffer_printf(out, "VALUES ?%s {", variable);
  for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
    const yutu_term term = yutu_text(name, yutu_slice_of(plain[i]));
    YUTU_TRY(yutu_remote_put_term(out, &term, err));
    yutu_buffer_putc(out, ' ');
  }
  const yutu_term bare = yutu_text(name, (yutu_slice){NULL, 0});
  for (size_t i = 0; i < sizeof cased / sizeof *cased; i++) { // our serialiser would mend the case
    YUTU_TRY(yutu_remote_put_term(out, &bare, err));
    yutu_buffer_printf(out, "@%s ", cased[i]);
  }
  yutu_buffer_puts(out, "}\n");
  return YUTU_OK;
}

static void put_classes(yutu_buffer *out, uint64_t classes) {
  if (classes == UINT64_MAX)
    return;
  yutu_buffer_puts(out, "VALUES ?wanted {");
  for (yutu_class c = YUTU_CLASS_NONE + 1; c < YUTU_CLASS_COUNT; c++)
    if (classes >> c & 1)
      yutu_buffer_printf(out, "yutu:%s ", yutu_class_name(c));
  yutu_buffer_puts(out, "}\n?thing a ?wanted .\n");
}

static void put_details(yutu_buffer *out) {
  yutu_buffer_printf(out,
                     "} LIMIT %d }\n"
                     "OPTIONAL { ?thing a ?class }\n"
                     "OPTIONAL { ?thing skos:prefLabel ?label }\n"
                     "OPTIONAL { ?thing yutu:locatedIn ?place . ?place skos:prefLabel ?within }\n"
                     "} ORDER BY ?rank ?thing ?class ?label ?within LIMIT %d",
                     THINGS_LIMIT, ROWS_LIMIT);
}

// Things that bear the name: by label, code, other label, hidden label.
static yutu_status write_exact(yutu_buffer *out, uint64_t classes, yutu_slice name, yutu_error *err) {
  yutu_buffer_puts(out, prefixes);
  yutu_buffer_puts(out, "SELECT ?rank ?thing ?class ?label ?within WHERE { { SELECT DISTINCT ?rank ?thing WHERE {\n");
  YUTU_TRY(put_names(out, "name", name, err));
  yutu_buffer_puts(out, "VALUES (?p ?rank) { (skos:prefLabel 1) (skos:notation 2) (skos:altLabel 3) "
                        "(skos:hiddenLabel 4) }\n?thing ?p ?name .\n");
  put_classes(out, classes);
  put_details(out);
  return yutu_buffer_check(out, err);
}

// Things whose names contain the text.
static yutu_status write_similar(yutu_buffer *out, uint64_t classes, yutu_slice part, yutu_error *err) {
  const yutu_term term = yutu_text(part, (yutu_slice){NULL, 0});
  yutu_buffer_puts(out, prefixes);
  yutu_buffer_puts(out, "SELECT ?rank ?thing ?class ?label ?within WHERE { { SELECT DISTINCT ?rank ?thing WHERE {\n"
                        "VALUES (?p ?rank) { (skos:prefLabel 1) (skos:altLabel 2) }\n?thing ?p ?name .\n"
                        "FILTER(CONTAINS(STR(?name), ");
  YUTU_TRY(yutu_remote_put_term(out, &term, err));
  yutu_buffer_puts(out, "))\n");
  put_classes(out, classes);
  put_details(out);
  return yutu_buffer_check(out, err);
}

// ---- candidates ----

typedef struct {
  yutu_remote *remote;
  yutu_slice rank; // only the things of the best rank count
  yutu_candidates found;
  bool chinese_label, chinese_within; // of the candidate that is read
} gathering;

static bool is_chinese(const yutu_term *t) {
  return yutu_slice_starts(t->language, YUTU_SLICE("zh"));
}

static bool keep(const gathering *g, yutu_slice *s) {
  return yutu_remote_keep(g->remote->arena, s);
}

// The Chinese one of several texts, else the first.
static bool take_text(const gathering *g, const yutu_term *from, yutu_slice *to, bool *chinese) {
  if (from->kind != YUTU_TERM_LITERAL || (to->len && (*chinese || !is_chinese(from))))
    return true;
  *to = from->value;
  *chinese = is_chinese(from);
  return keep(g, to);
}

static void take_class(yutu_candidate *c, yutu_slice iri) {
  const yutu_slice ns = YUTU_SLICE(YUTU_NS);
  if (!yutu_slice_starts(iri, ns))
    return;
  const yutu_class cls = yutu_class_find((yutu_slice){iri.data + ns.len, iri.len - ns.len});
  if (cls != YUTU_CLASS_NONE && (c->cls == YUTU_CLASS_NONE || cls < c->cls))
    c->cls = cls;
}

static bool begin_candidate(gathering *g, const yutu_term *thing) {
  if (g->found.n == YUTU_CANDIDATES_MAX) {
    g->found.more = true;
    return true;
  }
  yutu_candidate *c = &g->found.at[g->found.n++];
  *c = (yutu_candidate){.iri = thing->value};
  g->chinese_label = g->chinese_within = false;
  return keep(g, &c->iri);
}

// Columns: rank, thing, class, label, within; rows of a thing stand together.
static yutu_status take_candidate(gathering *g, const yutu_term *row, yutu_error *err) {
  if (row[1].kind != YUTU_TERM_IRI || g->found.more)
    return YUTU_OK;
  if (!g->found.n) {
    g->rank = row[0].value;
    if (!keep(g, &g->rank))
      return out_of_memory(err);
  } else if (!yutu_slice_eq(g->rank, row[0].value)) {
    return YUTU_OK;
  }
  if ((!g->found.n || !yutu_slice_eq(g->found.at[g->found.n - 1].iri, row[1].value)) && !begin_candidate(g, &row[1]))
    return out_of_memory(err);
  if (g->found.more)
    return YUTU_OK;
  yutu_candidate *c = &g->found.at[g->found.n - 1];
  take_class(c, row[2].value);
  return take_text(g, &row[3], &c->name, &g->chinese_label) && take_text(g, &row[4], &c->within, &g->chinese_within)
             ? YUTU_OK
             : out_of_memory(err);
}

typedef yutu_status (*row_taker)(void *context, const yutu_term *row, yutu_error *err);

static yutu_status each_row(yutu_remote *remote, const yutu_buffer *text, size_t n_columns, row_taker take,
                            void *context, yutu_error *err) {
  const yutu_remote_question question = {.text = {text->data, text->len}};
  yutu_remote_answer *answer = NULL;
  YUTU_TRY(yutu_remote_ask(remote, &question, &answer, err));
  const yutu_rows *rows = yutu_remote_rows(answer);
  yutu_status status = rows->form == YUTU_QUERY_SELECT && rows->n_columns == n_columns
                           ? YUTU_OK
                           : yutu_fail(err, YUTU_ERR_INPUT, "the endpoint does not answer what it was asked");
  const yutu_term *row = NULL;
  while (status == YUTU_OK && (status = rows->next(rows->context, &row, err)) == YUTU_OK && row)
    status = take(context, row, err);
  yutu_remote_answer_free(answer);
  return status;
}

static yutu_status take_row(void *context, const yutu_term *row, yutu_error *err) {
  return take_candidate(context, row, err);
}

static yutu_slice last_part(yutu_slice iri) {
  size_t i = iri.len;
  while (i > 0 && iri.data[i - 1] != '/' && iri.data[i - 1] != '#')
    i--;
  return i < iri.len ? (yutu_slice){iri.data + i, iri.len - i} : iri;
}

static yutu_status gather(gathering *g, bool exact, uint64_t classes, yutu_slice name, yutu_error *err) {
  yutu_buffer text = YUTU_BUFFER_INIT;
  yutu_status status = (exact ? write_exact : write_similar)(&text, classes, name, err);
  if (status == YUTU_OK)
    status = each_row(g->remote, &text, 5, take_row, g, err);
  yutu_buffer_free(&text);
  g->found.exact = exact;
  for (size_t i = 0; i < g->found.n; i++)
    if (!g->found.at[i].name.len)
      g->found.at[i].name = last_part(g->found.at[i].iri);
  return status;
}

yutu_status yutu_remote_name(yutu_remote *remote, uint64_t classes, yutu_slice name, yutu_candidate *ret,
                             yutu_candidates *ret_candidates, yutu_error *err) {
  gathering g = {.remote = remote};
  YUTU_TRY(gather(&g, true, classes, name, err));
  if (!g.found.n && name.len)
    YUTU_TRY(gather(&g, false, classes, name, err));
  return yutu_names_settle(&g.found, name, ret, ret_candidates, err);
}

// ---- articles ----

typedef struct {
  yutu_arena *arena;
  yutu_slice rank, iri;
  size_t n;
} article_search;

static yutu_status take_article(void *context, const yutu_term *row, yutu_error *err) {
  article_search *s = context;
  if (s->n && !yutu_slice_eq(s->rank, row[0].value))
    return YUTU_OK;
  if (s->n++)
    return YUTU_OK;
  s->rank = row[0].value;
  s->iri = row[1].value;
  return yutu_remote_keep(s->arena, &s->rank) && yutu_remote_keep(s->arena, &s->iri) ? YUTU_OK : out_of_memory(err);
}

static yutu_status write_articles(yutu_buffer *out, yutu_slice name, yutu_error *err) {
  const yutu_term term = yutu_text(name, (yutu_slice){NULL, 0});
  yutu_buffer_puts(out, prefixes);
  yutu_buffer_puts(out, "SELECT DISTINCT ?rank ?article WHERE {\n{ ?article a schema:NewsArticle . BIND(");
  YUTU_TRY(yutu_remote_put_term(out, &term, err));
  yutu_buffer_puts(out, " AS ?key) FILTER(STR(?article) = ?key || STRENDS(STR(?article), CONCAT(\"/\", ?key)))\n"
                        "BIND(1 AS ?rank) } UNION {\n");
  YUTU_TRY(put_names(out, "source", name, err));
  yutu_buffer_puts(out, "?article dcterms:source ?source BIND(2 AS ?rank) } UNION {\n");
  YUTU_TRY(put_names(out, "title", name, err));
  yutu_buffer_printf(out, "?article dcterms:title ?title BIND(3 AS ?rank) } } ORDER BY ?rank ?article LIMIT %d",
                     ARTICLES_LIMIT);
  return yutu_buffer_check(out, err);
}

yutu_status yutu_remote_article(yutu_remote *remote, yutu_slice name, yutu_slice *ret, yutu_error *err) {
  article_search s = {.arena = remote->arena};
  yutu_buffer text = YUTU_BUFFER_INIT;
  yutu_status status = write_articles(&text, name, err);
  if (status == YUTU_OK)
    status = each_row(remote, &text, 2, take_article, &s, err);
  yutu_buffer_free(&text);
  return status == YUTU_OK ? yutu_names_settle_article(s.n, s.iri, name, ret, err) : status;
}
