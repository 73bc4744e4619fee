// Turtle and TriG: grouped by graph and subject, with prefixes, and with Turtle's short forms where every parser reads
// the very same term back.
#include "base/utf8.h"
#include "graph/serialise/escape.h"
#include "graph/serialise/serialiser.h"
#include "ontology/vocabulary.h"

#include <ctype.h>

typedef struct {
  yutu_grouping last;
  bool in_graph; ///< between { and }
} turtle;

static yutu_status begin(yutu_writer *w, yutu_error *err) {
  (void)err;
  for (size_t i = 0; i < w->n_prefixes; i++) {
    yutu_put_text(&w->out, "@prefix ");
    yutu_put_slice(&w->out, w->prefixes[i].name);
    yutu_put_text(&w->out, ": ");
    yutu_put_iriref(&w->out, w->prefixes[i].iri);
    yutu_put_text(&w->out, " .\n");
  }
  return YUTU_OK;
}

/// A local name that needs no escape in any version of Turtle.
static bool is_simple_local(const char *p, const char *end) {
  if (p == end || *p == '-')
    return false;
  while (p < end) {
    const uint32_t c = yutu_utf8_next(&p, end);
    const bool ascii = c < 0x80 && (isalnum((int)c) || c == '_' || c == '-');
    if (!ascii && !(c >= 0x4E00 && c <= 0x9FA5))
      return false;
  }
  return true;
}

static void put_iri(yutu_writer *w, yutu_slice iri) {
  const yutu_prefix *prefix = yutu_prefix_for(w, iri);
  if (!prefix || !is_simple_local(iri.data + prefix->iri.len, iri.data + iri.len)) {
    yutu_put_iriref(&w->out, iri);
    return;
  }
  yutu_put_slice(&w->out, prefix->name);
  yutu_put_char(&w->out, ':');
  yutu_put(&w->out, iri.data + prefix->iri.len, iri.len - prefix->iri.len);
}

/// Digits from *p on: how many.
static size_t digits(const char **p, const char *end) {
  const char *const from = *p;
  while (*p < end && isdigit((unsigned char)**p))
    ++*p;
  return (size_t)(*p - from);
}

enum { DECIMAL_DIGITS_MAX = 6 }; ///< parsers that go through a decimal type print more of them with an exponent

/// May the number stand without quotes? Only forms that survive a parser which keeps the value instead of the text: no
/// plus sign, no superfluous zero in front, no minus zero.
static bool is_short_number(yutu_slice text, bool decimal) {
  const char *p = text.data, *const end = p + text.len;
  const bool minus = p < end && *p == '-';
  p += minus;
  const bool zero = p < end && *p == '0';
  const size_t whole = digits(&p, end);
  if (whole == 0 || (zero && whole > 1) || (minus && zero && !decimal))
    return false;
  if (!decimal)
    return p == end;
  if (p == end || *p++ != '.')
    return false;
  const size_t fraction = digits(&p, end);
  return p == end && fraction >= 1 && fraction <= DECIMAL_DIGITS_MAX;
}

static bool is_short(const yutu_term *o) {
  if (yutu_slice_eq(o->datatype, YUTU_SLICE(YUTU_NS_XSD "integer")))
    return is_short_number(o->value, false);
  if (yutu_slice_eq(o->datatype, YUTU_SLICE(YUTU_NS_XSD "decimal")))
    return is_short_number(o->value, true);
  return yutu_slice_eq(o->datatype, YUTU_SLICE(YUTU_NS_XSD "boolean")) &&
         (yutu_slice_eq(o->value, YUTU_SLICE("true")) || yutu_slice_eq(o->value, YUTU_SLICE("false")));
}

static void put_object(yutu_writer *w, const yutu_term *o) {
  if (o->kind == YUTU_TERM_IRI) {
    put_iri(w, o->value);
  } else if (o->kind == YUTU_TERM_LITERAL && !o->language.len && is_short(o)) {
    yutu_put_slice(&w->out, o->value);
  } else if (o->kind == YUTU_TERM_LITERAL && !o->language.len && !yutu_is_plain_datatype(o->datatype)) {
    yutu_put_string(&w->out, o->value);
    yutu_put_text(&w->out, "^^");
    put_iri(w, o->datatype);
  } else {
    yutu_put_term(&w->out, o);
  }
}

static void put_node(yutu_writer *w, const yutu_term *node) {
  if (node->kind == YUTU_TERM_IRI)
    put_iri(w, node->value);
  else
    yutu_put_blank(&w->out, node->value);
}

static void put_predicate(yutu_writer *w, yutu_slice iri) {
  if (yutu_slice_eq(iri, YUTU_SLICE(YUTU_NS_RDF "type")))
    yutu_put_char(&w->out, 'a');
  else
    put_iri(w, iri);
}

static void end_subject(yutu_writer *w) {
  const turtle *state = w->state;
  if (state->last.any)
    yutu_put_text(&w->out, " .\n");
}

static void end_graph(yutu_writer *w) {
  turtle *state = w->state;
  end_subject(w);
  if (state->in_graph)
    yutu_put_text(&w->out, "}\n");
  state->in_graph = false;
}

static void begin_graph(yutu_writer *w, const yutu_term *graph) {
  turtle *state = w->state;
  yutu_put_char(&w->out, '\n');
  if (w->format != YUTU_FORMAT_TRIG)
    return;
  if (graph->kind != YUTU_TERM_NONE) {
    put_node(w, graph);
    yutu_put_char(&w->out, ' ');
  }
  yutu_put_text(&w->out, "{\n");
  state->in_graph = true;
}

static yutu_status put_quad(yutu_writer *w, const yutu_quad *quad, yutu_error *err) {
  turtle *state = w->state;
  const bool first = !state->last.any;
  yutu_grouping *last = &state->last;
  yutu_news news;
  YUTU_TRY(yutu_grouping_next(last, quad, w->format == YUTU_FORMAT_TRIG, &news, err));
  const char *const indent = w->format == YUTU_FORMAT_TRIG ? "    " : "";
  if (news == YUTU_NEW_OBJECT) {
    yutu_put_text(&w->out, " , ");
    put_object(w, &quad->o);
    return YUTU_OK;
  }
  if (news == YUTU_NEW_PREDICATE) {
    yutu_put_text(&w->out, " ;\n    ");
    yutu_put_text(&w->out, indent);
  } else {
    if (news == YUTU_NEW_GRAPH && !first)
      end_graph(w);
    else if (!first)
      yutu_put_text(&w->out, " .\n\n");
    if (news == YUTU_NEW_GRAPH)
      begin_graph(w, &quad->g);
    yutu_put_text(&w->out, indent);
    put_node(w, &quad->s);
    yutu_put_char(&w->out, ' ');
  }
  put_predicate(w, quad->p.value);
  yutu_put_char(&w->out, ' ');
  put_object(w, &quad->o);
  return YUTU_OK;
}

static yutu_status end(yutu_writer *w, yutu_error *err) {
  (void)err;
  end_graph(w);
  return YUTU_OK;
}

static void release(yutu_writer *w) {
  turtle *state = w->state;
  yutu_grouping_free(&state->last);
}

const yutu_serialiser yutu_serialiser_turtle = {sizeof(turtle), begin, put_quad, end, release};
