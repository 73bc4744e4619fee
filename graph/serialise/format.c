#include "graph/serialise/format.h"

#include <assert.h>
#include <strings.h>

static const yutu_format_facts formats[YUTU_FORMAT_COUNT] = {
    [YUTU_FORMAT_NONE] = {"", "", "", false, false, false},
    [YUTU_FORMAT_NTRIPLES] = {"ntriples", "nt", "application/n-triples", false, true, false},
    [YUTU_FORMAT_NQUADS] = {"nquads", "nq", "application/n-quads", true, true, false},
    [YUTU_FORMAT_TURTLE] = {"turtle", "ttl", "text/turtle", false, true, false},
    [YUTU_FORMAT_TRIG] = {"trig", "trig", "application/trig", true, true, false},
    [YUTU_FORMAT_JSONLD] = {"jsonld", "jsonld", "application/ld+json", true, false, false},
    [YUTU_FORMAT_RDFXML] = {"rdfxml", "rdf owl xml", "application/rdf+xml", false, true, false},
    [YUTU_FORMAT_GRAPHML] = {"graphml", "graphml", "application/graphml+xml", false, false, true},
    [YUTU_FORMAT_GEXF] = {"gexf", "gexf", "application/gexf+xml", false, false, true},
    [YUTU_FORMAT_DOT] = {"dot", "dot gv", "text/vnd.graphviz", false, false, true},
    [YUTU_FORMAT_CSV] = {"csv", "csv", "text/csv", false, false, true},
    [YUTU_FORMAT_CSV_NODES] = {"csv-nodes", "", "", false, false, true},
};

const yutu_format_facts *yutu_format_get(yutu_format format) {
  assert(format > YUTU_FORMAT_NONE && format < YUTU_FORMAT_COUNT);
  return &formats[format];
}

static bool same(yutu_slice a, yutu_slice b) {
  return a.len == b.len && a.len != 0 && strncasecmp(a.data, b.data, a.len) == 0;
}

static bool has_extension(const yutu_format_facts *f, yutu_slice extension) {
  yutu_slice rest = yutu_slice_of(f->extensions);
  for (yutu_slice one; yutu_slice_split(&rest, ' ', &one);) {
    if (same(one, extension))
      return true;
  }
  return false;
}

yutu_format yutu_format_by_name(yutu_slice name) {
  for (int i = YUTU_FORMAT_NONE + 1; i < YUTU_FORMAT_COUNT; i++) {
    const yutu_format_facts *f = &formats[i];
    if (same(name, yutu_slice_of(f->name)) || same(name, yutu_slice_of(f->media_type)) || has_extension(f, name))
      return (yutu_format)i;
  }
  return YUTU_FORMAT_NONE;
}

yutu_format yutu_format_by_path(yutu_slice path) {
  size_t at = path.len;
  while (at > 0 && path.data[at - 1] != '.' && path.data[at - 1] != '/')
    at--;
  if (at == 0 || path.data[at - 1] != '.')
    return YUTU_FORMAT_NONE;
  const yutu_slice extension = {path.data + at, path.len - at};
  for (int i = YUTU_FORMAT_NONE + 1; i < YUTU_FORMAT_COUNT; i++) {
    if (has_extension(&formats[i], extension))
      return (yutu_format)i;
  }
  return YUTU_FORMAT_NONE;
}
