// RDF/XML: one rdf:Description per subject. XML cannot hold everything that RDF can: such statements are refused.
#include "graph/serialise/escape.h"
#include "graph/serialise/serialiser.h"
#include "ontology/vocabulary.h"

#include <ctype.h>
#include <strings.h>

typedef struct {
  yutu_grouping last;
} rdfxml;

/// XML keeps names that begin with "xml" for itself.
static bool usable(const yutu_prefix *p) {
  return !(p->name.len >= 3 && strncasecmp(p->name.data, "xml", 3) == 0);
}

static bool is_rdf(const yutu_prefix *p) {
  return yutu_slice_eq(p->iri, YUTU_SLICE(YUTU_NS_RDF));
}

static bool is_named_rdf(const yutu_prefix *p) {
  return yutu_slice_eq(p->name, YUTU_SLICE("rdf"));
}

static yutu_status begin(yutu_writer *w, yutu_error *err) {
  yutu_put_text(&w->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF xmlns:rdf=\"" YUTU_NS_RDF "\"");
  for (size_t i = 0; i < w->n_prefixes; i++) {
    const yutu_prefix *p = &w->prefixes[i];
    if (is_named_rdf(p) && !is_rdf(p))
      return yutu_fail(err, YUTU_ERR_USAGE, "in RDF/XML the prefix rdf: can only stand for %s", YUTU_NS_RDF);
    if (is_named_rdf(p) || !usable(p))
      continue;
    yutu_put_text(&w->out, "\n    xmlns:");
    yutu_put_slice(&w->out, p->name);
    yutu_put_text(&w->out, "=\"");
    yutu_put_xml_lossy(&w->out, p->iri);
    yutu_put_char(&w->out, '"');
  }
  yutu_put_text(&w->out, ">\n");
  return YUTU_OK;
}

static yutu_status refuse_character(yutu_error *err) {
  return yutu_fail(err, YUTU_ERR_UNSUPPORTED,
                   "XML 1.0 has no way to write a control character that a term contains; choose another format");
}

static yutu_status put_attribute(yutu_writer *w, const char *name, yutu_slice value, yutu_error *err) {
  yutu_put_char(&w->out, ' ');
  yutu_put_text(&w->out, name);
  yutu_put_text(&w->out, "=\"");
  if (!yutu_put_xml(&w->out, value))
    return refuse_character(err);
  yutu_put_char(&w->out, '"');
  return YUTU_OK;
}

/// Labels of blank nodes become XML names: "n", then the label with everything but letters and digits as ".HEX".
static void put_node_id(yutu_writer *w, yutu_slice label) {
  static const char hex[] = "0123456789ABCDEF";
  yutu_put_text(&w->out, " rdf:nodeID=\"n");
  for (size_t i = 0; i < label.len; i++) {
    const unsigned char c = (unsigned char)label.data[i];
    if (isalnum(c))
      yutu_put_char(&w->out, (char)c);
    else
      yutu_put(&w->out, (const char[3]){'.', hex[c >> 4], hex[c & 15]}, 3);
  }
  yutu_put_char(&w->out, '"');
}

static yutu_status put_node(yutu_writer *w, const char *attribute, const yutu_term *node, yutu_error *err) {
  if (node->kind == YUTU_TERM_IRI)
    return put_attribute(w, attribute, node->value, err);
  put_node_id(w, node->value);
  return YUTU_OK;
}

/// A predicate as an element name.
typedef struct {
  yutu_slice prefix; ///< declared in the root, or "ns" declared on the spot
  yutu_slice space, local;
  bool declare;
} element_name;

/// Names in the RDF namespace that the syntax uses itself.
static bool is_syntax_name(yutu_slice local) {
  static const char *const names[] = {"RDF",      "ID", "about", "parseType", "resource",        "nodeID",
                                      "datatype", "li", "bagID", "aboutEach", "aboutEachPrefix", "Description"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (yutu_slice_eq(local, yutu_slice_of(names[i])))
      return true;
  }
  return false;
}

/// XML binds this one to xmlns: and lets no other prefix stand for it. (Its own, …/namespace, is cut elsewhere.)
static bool is_reserved_space(yutu_slice space) {
  return yutu_slice_eq(space, YUTU_SLICE("http://www.w3.org/2000/xmlns/"));
}

static yutu_status name_element(const yutu_writer *w, yutu_slice predicate, element_name *ret, yutu_error *err) {
  const size_t cut = yutu_split_iri(predicate);
  const yutu_slice space = {predicate.data, cut}, local = {predicate.data + cut, predicate.len - cut};
  const bool syntax = yutu_slice_eq(space, YUTU_SLICE(YUTU_NS_RDF)) && is_syntax_name(local);
  if (cut == predicate.len || cut == 0 || syntax || is_reserved_space(space))
    return yutu_fail(err, YUTU_ERR_UNSUPPORTED,
                     "the predicate <%.*s> cannot be the name of an XML element; choose another format",
                     (int)predicate.len, predicate.data);
  *ret = (element_name){.prefix = YUTU_SLICE("ns"), .space = space, .local = local, .declare = true};
  if (yutu_slice_eq(space, YUTU_SLICE(YUTU_NS_RDF)))
    *ret = (element_name){.prefix = YUTU_SLICE("rdf"), .space = space, .local = local};
  for (size_t i = 0; i < w->n_prefixes && ret->declare; i++) {
    if (yutu_slice_eq(w->prefixes[i].iri, space) && usable(&w->prefixes[i])) {
      ret->prefix = w->prefixes[i].name;
      ret->declare = false;
    }
  }
  return YUTU_OK;
}

static void put_name(yutu_writer *w, const element_name *name) {
  yutu_put_slice(&w->out, name->prefix);
  yutu_put_char(&w->out, ':');
  yutu_put_slice(&w->out, name->local);
}

static yutu_status put_literal(yutu_writer *w, const element_name *name, const yutu_term *o, yutu_error *err) {
  if (o->language.len) {
    yutu_put_text(&w->out, " xml:lang=\"");
    yutu_put_language(&w->out, o->language);
    yutu_put_char(&w->out, '"');
  } else if (!yutu_is_plain_datatype(o->datatype)) {
    YUTU_TRY(put_attribute(w, "rdf:datatype", o->datatype, err));
  }
  yutu_put_char(&w->out, '>');
  if (!yutu_put_xml(&w->out, o->value))
    return refuse_character(err);
  yutu_put_text(&w->out, "</");
  put_name(w, name);
  yutu_put_text(&w->out, ">\n");
  return YUTU_OK;
}

static yutu_status put_property(yutu_writer *w, const yutu_quad *quad, yutu_error *err) {
  element_name name = {0};
  YUTU_TRY(name_element(w, quad->p.value, &name, err));
  yutu_put_text(&w->out, "    <");
  put_name(w, &name);
  if (name.declare)
    YUTU_TRY(put_attribute(w, "xmlns:ns", name.space, err));
  if (quad->o.kind == YUTU_TERM_LITERAL)
    return put_literal(w, &name, &quad->o, err);
  YUTU_TRY(put_node(w, "rdf:resource", &quad->o, err));
  yutu_put_text(&w->out, "/>\n");
  return YUTU_OK;
}

static yutu_status put_quad(yutu_writer *w, const yutu_quad *quad, yutu_error *err) {
  rdfxml *state = w->state;
  const bool first = !state->last.any;
  yutu_news news;
  YUTU_TRY(yutu_grouping_next(&state->last, quad, false, &news, err));
  if (news >= YUTU_NEW_SUBJECT) {
    yutu_put_text(&w->out, first ? "  <rdf:Description" : "  </rdf:Description>\n  <rdf:Description");
    YUTU_TRY(put_node(w, "rdf:about", &quad->s, err));
    yutu_put_text(&w->out, ">\n");
  }
  return put_property(w, quad, err);
}

static yutu_status end(yutu_writer *w, yutu_error *err) {
  (void)err;
  const rdfxml *state = w->state;
  yutu_put_text(&w->out, state->last.any ? "  </rdf:Description>\n</rdf:RDF>\n" : "</rdf:RDF>\n");
  return YUTU_OK;
}

static void release(yutu_writer *w) {
  rdfxml *state = w->state;
  yutu_grouping_free(&state->last);
}

const yutu_serialiser yutu_serialiser_rdfxml = {sizeof(rdfxml), begin, put_quad, end, release};
