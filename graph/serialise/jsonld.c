// JSON-LD 1.0 and 1.1: one document with a context of prefixes; a named graph is a node with @graph.
// Every literal is a value object with its text, so that nothing passes through JSON's numbers.
#include "graph/serialise/escape.h"
#include "graph/serialise/serialiser.h"
#include "ontology/vocabulary.h"

enum { KEYS_MAX = 512 }; ///< different keys in one node; more open a second node of the same subject

/// A key may stand in a node once only. A predicate that comes again after another one opens a second node of the same
/// subject, which means the same. So the keys of the open node are remembered, by hash: a collision costs nothing but
/// such a second node.
typedef struct {
  yutu_grouping last;
  bool in_graph;      ///< inside the @graph of a named graph
  bool graph_started; ///< the innermost @graph has a node already
  bool top_started;   ///< the outermost @graph has a node already
  bool type_key;      ///< the open key is @type
  size_t n_keys;
  uint64_t keys[KEYS_MAX];
} jsonld;

static bool ends_in_delimiter(yutu_slice iri) {
  return iri.len && strchr(":/?#[]@", iri.data[iri.len - 1]) != NULL;
}

static yutu_status begin(yutu_writer *w, yutu_error *err) {
  (void)err;
  yutu_put_text(&w->out, "{\n  \"@context\": {");
  for (size_t i = 0; i < w->n_prefixes; i++) {
    const yutu_prefix *p = &w->prefixes[i];
    const bool simple = ends_in_delimiter(p->iri); // else a reader of JSON-LD 1.1 must be told that it is a prefix
    yutu_put_text(&w->out, i ? ",\n    " : "\n    ");
    yutu_put_json(&w->out, p->name);
    yutu_put_text(&w->out, simple ? ": " : ": {\"@prefix\": true, \"@id\": ");
    yutu_put_json(&w->out, p->iri);
    if (!simple)
      yutu_put_char(&w->out, '}');
  }
  yutu_put_text(&w->out, w->n_prefixes ? "\n  },\n  \"@graph\": [" : "},\n  \"@graph\": [");
  return YUTU_OK;
}

/// Would a reader take the IRI's scheme for one of our prefixes?
static bool looks_compact(const yutu_writer *w, yutu_slice iri) {
  yutu_slice rest = iri, scheme;
  if (!yutu_slice_split(&rest, ':', &scheme) || !rest.data || yutu_slice_starts(rest, YUTU_SLICE("//")))
    return false;
  for (size_t i = 0; i < w->n_prefixes; i++) {
    if (yutu_slice_eq(w->prefixes[i].name, scheme))
      return true;
  }
  return false;
}

/// A quoted IRI, shortened by a prefix when there is one.
static yutu_status put_iri(yutu_writer *w, yutu_slice iri, yutu_error *err) {
  const yutu_prefix *prefix = yutu_prefix_for(w, iri);
  const yutu_slice local = prefix ? (yutu_slice){iri.data + prefix->iri.len, iri.len - prefix->iri.len} : iri;
  if (prefix && !yutu_slice_starts(local, YUTU_SLICE("//"))) {
    yutu_put_char(&w->out, '"');
    yutu_put_slice(&w->out, prefix->name);
    yutu_put_char(&w->out, ':');
    yutu_put_json_text(&w->out, local);
    yutu_put_char(&w->out, '"');
    return YUTU_OK;
  }
  if (looks_compact(w, iri))
    return yutu_fail(err, YUTU_ERR_UNSUPPORTED,
                     "JSON-LD would read the beginning of <%.*s> as a prefix; write without that prefix", (int)iri.len,
                     iri.data);
  yutu_put_json(&w->out, iri);
  return YUTU_OK;
}

static yutu_status put_node(yutu_writer *w, const yutu_term *node, yutu_error *err) {
  if (node->kind == YUTU_TERM_IRI)
    return put_iri(w, node->value, err);
  yutu_put_char(&w->out, '"');
  yutu_put_blank(&w->out, node->value);
  yutu_put_char(&w->out, '"');
  return YUTU_OK;
}

static yutu_status put_literal(yutu_writer *w, const yutu_term *o, yutu_error *err) {
  yutu_put_text(&w->out, "{\"@value\": ");
  yutu_put_json(&w->out, o->value);
  if (o->language.len) {
    yutu_put_text(&w->out, ", \"@language\": \"");
    yutu_put_language(&w->out, o->language);
    yutu_put_char(&w->out, '"');
  } else if (!yutu_is_plain_datatype(o->datatype)) {
    yutu_put_text(&w->out, ", \"@type\": ");
    YUTU_TRY(put_iri(w, o->datatype, err));
  }
  yutu_put_char(&w->out, '}');
  return YUTU_OK;
}

static yutu_status put_value(yutu_writer *w, const yutu_term *o, yutu_error *err) {
  const jsonld *state = w->state;
  if (o->kind == YUTU_TERM_LITERAL)
    return put_literal(w, o, err);
  if (state->type_key)
    return put_node(w, o, err);
  yutu_put_text(&w->out, "{\"@id\": ");
  YUTU_TRY(put_node(w, o, err));
  yutu_put_char(&w->out, '}');
  return YUTU_OK;
}

static uint64_t key_hash(yutu_slice predicate, bool type_key) {
  return yutu_hash(predicate.data, predicate.len) ^ (uint64_t)type_key;
}

/// Note the key. @return false when the open node has it, or has no room for it.
static bool add_key(jsonld *state, uint64_t key) {
  for (size_t i = 0; i < state->n_keys; i++) {
    if (state->keys[i] == key)
      return false;
  }
  if (state->n_keys == KEYS_MAX)
    return false;
  state->keys[state->n_keys++] = key;
  return true;
}

static void indent(yutu_writer *w) {
  const jsonld *state = w->state;
  yutu_put_text(&w->out, state->in_graph ? "\n      " : "\n    ");
}

static void separate(yutu_writer *w, bool *started) {
  if (*started)
    yutu_put_char(&w->out, ',');
  *started = true;
}

static void end_node(yutu_writer *w) {
  yutu_put_text(&w->out, "]}");
}

static void end_graph(yutu_writer *w) {
  jsonld *state = w->state;
  if (state->in_graph)
    yutu_put_text(&w->out, "\n    ]}");
  state->in_graph = false;
}

static yutu_status begin_graph(yutu_writer *w, const yutu_term *graph, yutu_error *err) {
  jsonld *state = w->state;
  if (graph->kind == YUTU_TERM_NONE)
    return YUTU_OK;
  separate(w, &state->top_started);
  yutu_put_text(&w->out, "\n    {\"@id\": ");
  YUTU_TRY(put_node(w, graph, err));
  yutu_put_text(&w->out, ", \"@graph\": [");
  state->in_graph = true;
  state->graph_started = false;
  return YUTU_OK;
}

static yutu_status begin_node(yutu_writer *w, const yutu_term *subject, yutu_error *err) {
  jsonld *state = w->state;
  separate(w, state->in_graph ? &state->graph_started : &state->top_started);
  indent(w);
  yutu_put_text(&w->out, "{\"@id\": ");
  state->n_keys = 0;
  return put_node(w, subject, err);
}

static yutu_status begin_key(yutu_writer *w, yutu_slice predicate, yutu_error *err) {
  const jsonld *state = w->state;
  yutu_put_char(&w->out, ',');
  indent(w);
  yutu_put_char(&w->out, ' ');
  if (state->type_key)
    yutu_put_text(&w->out, "\"@type\"");
  else
    YUTU_TRY(put_iri(w, predicate, err));
  yutu_put_text(&w->out, ": [");
  return YUTU_OK;
}

static yutu_status put_quad(yutu_writer *w, const yutu_quad *quad, yutu_error *err) {
  jsonld *state = w->state;
  const bool first = !state->last.any;
  yutu_news news;
  YUTU_TRY(yutu_grouping_next(&state->last, quad, true, &news, err));
  const bool type_key =
      quad->o.kind != YUTU_TERM_LITERAL && yutu_slice_eq(quad->p.value, YUTU_SLICE(YUTU_NS_RDF "type"));
  const uint64_t key = key_hash(quad->p.value, type_key);
  if (news == YUTU_NEW_OBJECT && type_key != state->type_key)
    news = YUTU_NEW_PREDICATE;
  if (news == YUTU_NEW_PREDICATE && !add_key(state, key))
    news = YUTU_NEW_SUBJECT;
  state->type_key = type_key;
  if (news == YUTU_NEW_OBJECT) {
    yutu_put_text(&w->out, ", ");
    return put_value(w, &quad->o, err);
  }
  if (news == YUTU_NEW_PREDICATE) {
    yutu_put_char(&w->out, ']');
  } else {
    if (!first)
      end_node(w);
    if (news == YUTU_NEW_GRAPH) {
      end_graph(w);
      YUTU_TRY(begin_graph(w, &quad->g, err));
    }
    YUTU_TRY(begin_node(w, &quad->s, err));
    add_key(state, key);
  }
  YUTU_TRY(begin_key(w, quad->p.value, err));
  return put_value(w, &quad->o, err);
}

static yutu_status end(yutu_writer *w, yutu_error *err) {
  (void)err;
  jsonld *state = w->state;
  if (state->last.any)
    end_node(w);
  end_graph(w);
  yutu_put_text(&w->out, "\n  ]\n}\n");
  return YUTU_OK;
}

static void release(yutu_writer *w) {
  jsonld *state = w->state;
  yutu_grouping_free(&state->last);
}

const yutu_serialiser yutu_serialiser_jsonld = {sizeof(jsonld), begin, put_quad, end, release};
