// The description of the service, in RDF: what a client finds at /sparql when it asks nothing.
// Terms: https://www.w3.org/TR/sparql11-service-description/ and https://www.w3.org/TR/void/
#include "ontology/vocabulary.h"
#include "queries/results/results.h"
#include "queries/serve/exchange.h"

#include <inttypes.h>
#include <microhttpd.h>

#define SD "http://www.w3.org/ns/sparql-service-description#"
#define VOID "http://rdfs.org/ns/void#"
#define FORMATS "http://www.w3.org/ns/formats/"

enum { TRIPLES_MAX = 40 };

typedef struct {
  yutu_exchange *x;
  yutu_term triples[TRIPLES_MAX][3];
  size_t n, next;
} description;

static const char *keep(description *d, const char *a, const char *b) {
  char text[800];
  const int n = snprintf(text, sizeof text, "%s%s", a, b);
  const char *copy = yutu_arena_strndup(d->x->arena, text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1);
  return copy ? copy : "";
}

static void say(description *d, const char *s, const char *p, yutu_term o) {
  yutu_term *triple = d->triples[d->n++];
  triple[0] = yutu_iri(yutu_slice_of(s));
  triple[1] = yutu_iri(yutu_slice_of(p));
  triple[2] = o;
}

static void say_iri(description *d, const char *s, const char *p, const char *o) {
  say(d, s, p, yutu_iri(yutu_slice_of(o)));
}

static void say_number(description *d, const char *s, const char *p, uint64_t n) {
  char digits[24];
  snprintf(digits, sizeof digits, "%" PRIu64, n);
  say(d, s, p, yutu_typed(yutu_slice_of(keep(d, digits, "")), YUTU_SLICE(YUTU_NS_XSD "integer")));
}

static void describe(description *d, const yutu_store_stats *stats) {
  static const char *const formats[] = {"SPARQL_Results_JSON",
                                        "SPARQL_Results_XML",
                                        "SPARQL_Results_CSV",
                                        "SPARQL_Results_TSV",
                                        "Turtle",
                                        "N-Triples",
                                        "JSON-LD",
                                        "RDF_XML"};
  const char *endpoint = keep(d, yutu_exchange_root(d->x), "/sparql");
  const char *service = keep(d, endpoint, "#service");
  const char *dataset = keep(d, endpoint, "#dataset");
  const char *graph = keep(d, endpoint, "#default-graph");
  say_iri(d, service, YUTU_NS_RDF "type", SD "Service");
  say_iri(d, service, SD "endpoint", endpoint);
  say_iri(d, service, SD "supportedLanguage", SD "SPARQL11Query");
  say_iri(d, service, SD "feature", SD "UnionDefaultGraph");
  for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
    say_iri(d, service, SD "resultFormat", keep(d, FORMATS, formats[i]));
  say_iri(d, service, SD "defaultDataset", dataset);
  say_iri(d, dataset, YUTU_NS_RDF "type", SD "Dataset");
  say_iri(d, dataset, SD "defaultGraph", graph);
  say_iri(d, graph, YUTU_NS_RDF "type", SD "Graph");
  say_number(d, graph, VOID "triples", stats->triples);
  say_number(d, graph, VOID "distinctSubjects", stats->subjects);
  say_number(d, graph, VOID "distinctObjects", stats->objects);
  say_number(d, graph, VOID "properties", stats->predicates);
}

static yutu_status next_triple(void *context, const yutu_term **ret_row, yutu_error *err) {
  (void)err;
  description *d = context;
  *ret_row = d->next < d->n ? d->triples[d->next++] : NULL;
  return YUTU_OK;
}

static yutu_status answer(description *d, yutu_error *err) {
  const yutu_offer *offer = yutu_exchange_negotiate(d->x, YUTU_QUERY_CONSTRUCT);
  if (!offer)
    return YUTU_OK;
  yutu_snapshot *snapshot = NULL;
  yutu_store_stats stats;
  YUTU_TRY(yutu_snapshot_open(d->x->server->store, &snapshot, err));
  const yutu_status status = yutu_snapshot_stats(snapshot, &stats, err);
  yutu_snapshot_close(snapshot);
  if (status != YUTU_OK)
    return status;
  describe(d, &stats);
  yutu_answer_open(d->x, yutu_offer_sent(offer));
  FILE *out = yutu_exchange_stream(d->x);
  if (!out)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  const yutu_rows rows = {.form = YUTU_QUERY_CONSTRUCT, .next = next_triple, .context = d};
  const yutu_status written = yutu_rows_write(&rows, offer->format, out, err);
  fclose(out);
  return written;
}

void yutu_service_describe(yutu_exchange *x) {
  description d = {.x = x};
  yutu_error err = {0};
  const yutu_status status = answer(&d, &err);
  yutu_exchange_finish(x, status, &err);
}
