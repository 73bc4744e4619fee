// The network as GraphML, GEXF, DOT and CSV.
#include "graph/serialise/escape.h"
#include "graph/serialise/network.h"

#include <stdio.h>

static const char *relation(const yutu_network_edge *edge) {
  return yutu_property_name((yutu_property)edge->relation);
}

static bool directed(const yutu_network_edge *edge) {
  return !yutu_property_symmetric((yutu_property)edge->relation);
}

static void put_number(yutu_output *out, uint32_t number) {
  char text[16];
  snprintf(text, sizeof text, "%u", number);
  yutu_put_text(out, text);
}

/// Thickness of an edge: its claims; background knowledge has none and still is an edge.
static void put_weight(yutu_output *out, const yutu_network_edge *edge) {
  put_number(out, edge->n_claims ? edge->n_claims : 1);
}

// ---- GraphML ----

static void graphml_data(yutu_output *out, const char *key, yutu_slice value) {
  yutu_put_text(out, "<data key=\"");
  yutu_put_text(out, key);
  yutu_put_text(out, "\">");
  yutu_put_xml_lossy(out, value);
  yutu_put_text(out, "</data>");
}

static void graphml_edge(const yutu_network *net, uint32_t number, yutu_output *out) {
  const yutu_network_edge *edge = &net->edges.at[number];
  yutu_put_text(out, "    <edge id=\"e");
  put_number(out, number);
  yutu_put_text(out, "\" source=\"n");
  put_number(out, edge->from);
  yutu_put_text(out, "\" target=\"n");
  put_number(out, edge->to);
  yutu_put_text(out, directed(edge) ? "\">" : "\" directed=\"false\">");
  graphml_data(out, "relation", yutu_slice_of(relation(edge)));
  yutu_put_text(out, "<data key=\"claims\">");
  put_number(out, edge->n_claims);
  yutu_put_text(out, "</data><data key=\"weight\">");
  put_weight(out, edge);
  yutu_put_text(out, "</data>");
  const yutu_slice evidence = yutu_network_evidence(net, edge);
  if (evidence.len)
    graphml_data(out, "evidence", evidence);
  yutu_put_text(out, "</edge>\n");
}

void yutu_network_put_graphml(const yutu_network *net, yutu_output *out) {
  yutu_put_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
                     "  <key id=\"iri\" for=\"node\" attr.name=\"iri\" attr.type=\"string\"/>\n"
                     "  <key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n"
                     "  <key id=\"type\" for=\"node\" attr.name=\"type\" attr.type=\"string\"/>\n"
                     "  <key id=\"relation\" for=\"edge\" attr.name=\"relation\" attr.type=\"string\"/>\n"
                     "  <key id=\"claims\" for=\"edge\" attr.name=\"claims\" attr.type=\"int\"/>\n"
                     "  <key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n"
                     "  <key id=\"evidence\" for=\"edge\" attr.name=\"evidence\" attr.type=\"string\"/>\n"
                     "  <graph id=\"yutu\" edgedefault=\"directed\">\n");
  for (uint32_t i = 0; i < net->n_nodes; i++) {
    yutu_put_text(out, "    <node id=\"n");
    put_number(out, i);
    yutu_put_text(out, "\">");
    graphml_data(out, "iri", yutu_network_iri(net, i));
    graphml_data(out, "label", yutu_network_label(net, i));
    yutu_put_text(out, "<data key=\"type\">");
    yutu_network_put_types(net, i, out);
    yutu_put_text(out, "</data></node>\n");
  }
  for (uint32_t i = 0; i < net->edges.n; i++)
    graphml_edge(net, i, out);
  yutu_put_text(out, "  </graph>\n</graphml>\n");
}

// ---- GEXF ----

static void gexf_value(yutu_output *out, const char *attribute, yutu_slice value) {
  yutu_put_text(out, "<attvalue for=\"");
  yutu_put_text(out, attribute);
  yutu_put_text(out, "\" value=\"");
  yutu_put_xml_lossy(out, value);
  yutu_put_text(out, "\"/>");
}

static void gexf_edge(const yutu_network *net, uint32_t number, yutu_output *out) {
  const yutu_network_edge *edge = &net->edges.at[number];
  yutu_put_text(out, "      <edge id=\"");
  put_number(out, number);
  yutu_put_text(out, "\" source=\"");
  yutu_put_xml_lossy(out, yutu_network_iri(net, edge->from));
  yutu_put_text(out, "\" target=\"");
  yutu_put_xml_lossy(out, yutu_network_iri(net, edge->to));
  yutu_put_text(out, directed(edge) ? "\" type=\"directed\" label=\"" : "\" type=\"undirected\" label=\"");
  yutu_put_text(out, relation(edge));
  yutu_put_text(out, "\" weight=\"");
  put_weight(out, edge);
  yutu_put_text(out, "\"><attvalues>");
  gexf_value(out, "relation", yutu_slice_of(relation(edge)));
  yutu_put_text(out, "<attvalue for=\"claims\" value=\"");
  put_number(out, edge->n_claims);
  yutu_put_text(out, "\"/>");
  const yutu_slice evidence = yutu_network_evidence(net, edge);
  if (evidence.len)
    gexf_value(out, "evidence", evidence);
  yutu_put_text(out, "</attvalues></edge>\n");
}

void yutu_network_put_gexf(const yutu_network *net, yutu_output *out) {
  yutu_put_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\">\n"
                     "  <graph mode=\"static\" defaultedgetype=\"directed\">\n"
                     "    <attributes class=\"node\">\n"
                     "      <attribute id=\"type\" title=\"type\" type=\"string\"/>\n"
                     "    </attributes>\n"
                     "    <attributes class=\"edge\">\n"
                     "      <attribute id=\"relation\" title=\"relation\" type=\"string\"/>\n"
                     "      <attribute id=\"claims\" title=\"claims\" type=\"integer\"/>\n"
                     "      <attribute id=\"evidence\" title=\"evidence\" type=\"string\"/>\n"
                     "    </attributes>\n"
                     "    <nodes>\n");
  for (uint32_t i = 0; i < net->n_nodes; i++) {
    yutu_put_text(out, "      <node id=\"");
    yutu_put_xml_lossy(out, yutu_network_iri(net, i));
    yutu_put_text(out, "\" label=\"");
    yutu_put_xml_lossy(out, yutu_network_label(net, i));
    yutu_put_text(out, "\"><attvalues><attvalue for=\"type\" value=\"");
    yutu_network_put_types(net, i, out);
    yutu_put_text(out, "\"/></attvalues></node>\n");
  }
  yutu_put_text(out, "    </nodes>\n    <edges>\n");
  for (uint32_t i = 0; i < net->edges.n; i++)
    gexf_edge(net, i, out);
  yutu_put_text(out, "    </edges>\n  </graph>\n</gexf>\n");
}

// ---- DOT ----

/// A quoted string. Graphviz reads backslashes and entities in labels, so both are written out of harm's way.
static void dot_string(yutu_output *out, yutu_slice text) {
  yutu_put_char(out, '"');
  for (size_t i = 0; i < text.len; i++) {
    const char c = text.data[i];
    if (c == '"' || c == '\\')
      yutu_put(out, (const char[2]){'\\', c}, 2);
    else if (c == '&')
      yutu_put_text(out, "&amp;");
    else if (c == '\n')
      yutu_put_text(out, "\\n");
    else
      yutu_put_char(out, (unsigned char)c < 0x20 ? ' ' : c);
  }
  yutu_put_char(out, '"');
}

static void dot_node(const yutu_network *net, uint32_t number, yutu_output *out) {
  yutu_put_text(out, "  n");
  put_number(out, number);
  yutu_put_text(out, " [label=");
  dot_string(out, yutu_network_label(net, number));
  yutu_put_text(out, ", type=\"");
  yutu_network_put_types(net, number, out);
  yutu_put_text(out, "\", URL=");
  dot_string(out, yutu_network_iri(net, number));
  yutu_put_text(out, "];\n");
}

static void dot_edge(const yutu_network *net, const yutu_network_edge *edge, yutu_output *out) {
  yutu_put_text(out, "  n");
  put_number(out, edge->from);
  yutu_put_text(out, " -> n");
  put_number(out, edge->to);
  yutu_put_text(out, " [label=\"");
  yutu_put_text(out, relation(edge));
  yutu_put_text(out, "\", claims=");
  put_number(out, edge->n_claims);
  yutu_put_text(out, ", weight=");
  put_weight(out, edge);
  const yutu_slice evidence = yutu_network_evidence(net, edge);
  if (evidence.len) {
    yutu_put_text(out, ", tooltip=");
    dot_string(out, evidence);
  }
  yutu_put_text(out, directed(edge) ? "];\n" : ", dir=none];\n");
}

void yutu_network_put_dot(const yutu_network *net, yutu_output *out) {
  yutu_put_text(out, "digraph yutu {\n  charset=\"UTF-8\";\n  node [shape=box];\n");
  for (uint32_t i = 0; i < net->n_nodes; i++)
    dot_node(net, i, out);
  for (uint32_t i = 0; i < net->edges.n; i++)
    dot_edge(net, &net->edges.at[i], out);
  yutu_put_text(out, "}\n");
}

// ---- CSV (RFC 4180, but lines end in a line feed alone; headers are those that Gephi looks for) ----

static void csv_cell(yutu_output *out, yutu_slice text) {
  bool quote = false;
  for (size_t i = 0; i < text.len; i++)
    quote = quote || strchr("\",\r\n", text.data[i]);
  if (!quote) {
    yutu_put_slice(out, text);
    return;
  }
  yutu_put_char(out, '"');
  for (size_t i = 0; i < text.len; i++) {
    if (text.data[i] == '"')
      yutu_put_char(out, '"');
    yutu_put_char(out, text.data[i]);
  }
  yutu_put_char(out, '"');
}

void yutu_network_put_csv_nodes(const yutu_network *net, yutu_output *out) {
  yutu_put_text(out, "Id,Label,Type\n");
  for (uint32_t i = 0; i < net->n_nodes; i++) {
    csv_cell(out, yutu_network_iri(net, i));
    yutu_put_char(out, ',');
    csv_cell(out, yutu_network_label(net, i));
    yutu_put_char(out, ',');
    yutu_network_put_types(net, i, out);
    yutu_put_char(out, '\n');
  }
}

static void csv_end(const yutu_network *net, uint32_t node, yutu_output *out) {
  yutu_put_char(out, ',');
  csv_cell(out, yutu_network_label(net, node));
  yutu_put_char(out, ',');
  yutu_network_put_types(net, node, out);
}

void yutu_network_put_csv_edges(const yutu_network *net, yutu_output *out) {
  yutu_put_text(out, "Source,Target,Type,Label,Weight,Claims,SourceLabel,SourceType,TargetLabel,TargetType,Evidence\n");
  for (uint32_t i = 0; i < net->edges.n; i++) {
    const yutu_network_edge *edge = &net->edges.at[i];
    csv_cell(out, yutu_network_iri(net, edge->from));
    yutu_put_char(out, ',');
    csv_cell(out, yutu_network_iri(net, edge->to));
    yutu_put_text(out, directed(edge) ? ",Directed," : ",Undirected,");
    yutu_put_text(out, relation(edge));
    yutu_put_char(out, ',');
    put_weight(out, edge);
    yutu_put_char(out, ',');
    put_number(out, edge->n_claims);
    csv_end(net, edge->from, out);
    csv_end(net, edge->to, out);
    yutu_put_char(out, ',');
    csv_cell(out, yutu_network_evidence(net, edge));
    yutu_put_char(out, '\n');
  }
}
