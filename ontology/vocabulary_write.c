// Checked terms to C.
#include "ontology/vocabulary_model.h"

#include <ctype.h>
#include <inttypes.h>

static const char notice[] =
    "// Generated from ontology/yutu.ttl by ontology/compile_vocabulary.c. Edit that file instead.\n";

/// A C string literal; Chinese stays readable.
static void put_literal(yutu_buffer *out, yutu_slice s) {
  yutu_buffer_putc(out, '"');
  for (size_t i = 0; i < s.len; i++) {
    const unsigned char c = (unsigned char)s.data[i];
    if (c == '"' || c == '\\')
      yutu_buffer_printf(out, "\\%c", c);
    else if (c < 0x20 || c == '?')
      yutu_buffer_printf(out, "\\%03o", c);
    else
      yutu_buffer_putc(out, (char)c);
  }
  yutu_buffer_putc(out, '"');
}

static bool is_relation(const yutu_vocabulary_term *t) {
  return !t->is_class && t->number;
}

static void put_enum(const yutu_vocabulary *v, bool classes, yutu_buffer *out) {
  const char *upper = classes ? "CLASS" : "PROPERTY", *lower = classes ? "class" : "property";
  yutu_buffer_printf(out, "typedef enum {\n  YUTU_%s_NONE = 0,\n", upper);
  for (uint32_t i = 0; i < v->terms.n; i++) {
    const yutu_vocabulary_term *t = &v->terms.at[i];
    if (t->number && t->is_class == classes)
      yutu_buffer_printf(out, "  YUTU_%s_%s, ///< %.*s\n", upper, t->symbol, (int)t->zh.len, t->zh.data);
  }
  yutu_buffer_printf(out, "  YUTU_%s_COUNT\n} yutu_%s;\n\n", upper, lower);
}

static void put_iris(const yutu_vocabulary *v, yutu_buffer *out) {
  yutu_buffer_puts(out, "// Namespaces. String literals, so that they join: YUTU_NS_RDF \"type\".\n");
  yutu_buffer_puts(out, "#define YUTU_NS \"" YUTU_VOCABULARY_NS "\"\n");
  for (uint32_t i = 0; i < v->prefixes.n; i++) {
    const yutu_vocabulary_prefix *p = &v->prefixes.at[i];
    if (yutu_slice_eq(p->iri, YUTU_SLICE(YUTU_VOCABULARY_NS)))
      continue;
    yutu_buffer_puts(out, "#define YUTU_NS_");
    for (size_t k = 0; k < p->prefix.len; k++)
      yutu_buffer_putc(out, (char)toupper((unsigned char)p->prefix.data[k]));
    yutu_buffer_putc(out, ' ');
    put_literal(out, p->iri);
    yutu_buffer_putc(out, '\n');
  }
  yutu_buffer_puts(out, "\n// Every term of the ontology.\n");
  for (uint32_t i = 0; i < v->terms.n; i++) {
    const yutu_vocabulary_term *t = &v->terms.at[i];
    yutu_buffer_printf(out, "#define YUTU_IRI_%s YUTU_NS \"%.*s\"\n", t->symbol, (int)t->name.len, t->name.data);
  }
}

static const char declarations[] =
    "\n/// Local name (\"GovernmentAgency\"). Static. \"\" for NONE and anything out of range, here and below.\n"
    "const char *yutu_class_name(yutu_class cls);\n"
    "/// IRI group of its instances (\"org\"). Static.\n"
    "const char *yutu_class_group(yutu_class cls);\n"
    "/// Label for people, in Chinese or English. Static.\n"
    "const char *yutu_class_label(yutu_class cls, bool chinese);\n"
    "/// By local name; YUTU_CLASS_NONE when there is no such class.\n"
    "yutu_class yutu_class_find(yutu_slice name);\n"
    "/// The classes below a class of the ontology by local name, also below one without instances of its own "
    "(\"Org\",\n"
    "/// \"Region\", \"Actor\"): bit 1 << cls for each. 0 when there is no such class.\n"
    "uint64_t yutu_class_set(yutu_slice name);\n\n"
    "/// Local name (\"locatedIn\"). Static.\n"
    "const char *yutu_property_name(yutu_property property);\n"
    "/// Label for people, in Chinese or English. Static.\n"
    "const char *yutu_property_label(yutu_property property, bool chinese);\n"
    "/// By local name; YUTU_PROPERTY_NONE when there is no such relation.\n"
    "yutu_property yutu_property_find(yutu_slice name);\n"
    "/// Do domain and range allow a subject and an object of these classes? False for NONE.\n"
    "bool yutu_property_allows(yutu_property property, yutu_class subject, yutu_class object);\n"
    "/// Is it written in both directions?\n"
    "bool yutu_property_symmetric(yutu_property property);\n\n"
    "#endif\n";

void yutu_vocabulary_write_header(const yutu_vocabulary *v, yutu_buffer *out) {
  yutu_buffer_puts(out, notice);
  yutu_buffer_puts(
      out, "/// @file ontology/vocabulary.h  Classes, relations and IRIs of the ontology. All data is static.\n");
  yutu_buffer_puts(out, "#ifndef YUTU_ONTOLOGY_VOCABULARY_H\n#define YUTU_ONTOLOGY_VOCABULARY_H\n\n");
  yutu_buffer_puts(out, "#include \"base/slice.h\"\n\n#include <stdbool.h>\n#include <stdint.h>\n\n");
  yutu_buffer_puts(out, "/// The classes that have instances, in the order of yutu.ttl.\n");
  put_enum(v, true, out);
  yutu_buffer_puts(out, "/// The relations between entities, in the order of yutu.ttl.\n");
  put_enum(v, false, out);
  put_iris(v, out);
  yutu_buffer_puts(out, declarations);
}

static void put_entry(const yutu_vocabulary_term *t, yutu_buffer *out) {
  yutu_buffer_printf(out, "    [YUTU_%s_%s] = {", t->is_class ? "CLASS" : "PROPERTY", t->symbol);
  put_literal(out, t->name);
  yutu_buffer_puts(out, ", ");
  put_literal(out, t->zh);
  yutu_buffer_puts(out, ", ");
  put_literal(out, t->en);
  if (t->is_class) {
    yutu_buffer_puts(out, ", ");
    put_literal(out, t->group);
  } else {
    yutu_buffer_printf(out, ", UINT64_C(0x%" PRIX64 "), UINT64_C(0x%" PRIX64 "), %s", t->domain, t->range,
                       t->is_symmetric ? "true" : "false");
  }
  yutu_buffer_puts(out, "},\n");
}

static const char functions[] =
    "static size_t class_index(yutu_class cls) {\n"
    "  return (size_t)cls < YUTU_CLASS_COUNT ? (size_t)cls : YUTU_CLASS_NONE;\n"
    "}\n\n"
    "static size_t property_index(yutu_property property) {\n"
    "  return (size_t)property < YUTU_PROPERTY_COUNT ? (size_t)property : YUTU_PROPERTY_NONE;\n"
    "}\n\n"
    "const char *yutu_class_name(yutu_class cls) {\n  return classes[class_index(cls)].name;\n}\n\n"
    "const char *yutu_class_group(yutu_class cls) {\n  return classes[class_index(cls)].group;\n}\n\n"
    "const char *yutu_class_label(yutu_class cls, bool chinese) {\n"
    "  return chinese ? classes[class_index(cls)].zh : classes[class_index(cls)].en;\n}\n\n"
    "yutu_class yutu_class_find(yutu_slice name) {\n"
    "  for (size_t i = 1; i < YUTU_CLASS_COUNT; i++) {\n"
    "    if (yutu_slice_eq(yutu_slice_of(classes[i].name), name))\n"
    "      return (yutu_class)i;\n"
    "  }\n"
    "  return YUTU_CLASS_NONE;\n"
    "}\n\n"
    "uint64_t yutu_class_set(yutu_slice name) {\n"
    "  for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {\n"
    "    if (yutu_slice_eq(yutu_slice_of(sets[i].name), name))\n"
    "      return sets[i].below;\n"
    "  }\n"
    "  return 0;\n"
    "}\n\n"
    "const char *yutu_property_name(yutu_property property) {\n  return "
    "properties[property_index(property)].name;\n}\n\n"
    "const char *yutu_property_label(yutu_property property, bool chinese) {\n"
    "  return chinese ? properties[property_index(property)].zh : properties[property_index(property)].en;\n}\n\n"
    "yutu_property yutu_property_find(yutu_slice name) {\n"
    "  for (size_t i = 1; i < YUTU_PROPERTY_COUNT; i++) {\n"
    "    if (yutu_slice_eq(yutu_slice_of(properties[i].name), name))\n"
    "      return (yutu_property)i;\n"
    "  }\n"
    "  return YUTU_PROPERTY_NONE;\n"
    "}\n\n"
    "bool yutu_property_allows(yutu_property property, yutu_class subject, yutu_class object) {\n"
    "  const size_t p = property_index(property);\n"
    "  return (properties[p].domain >> class_index(subject) & 1) && (properties[p].range >> class_index(object) & 1);\n"
    "}\n\n"
    "bool yutu_property_symmetric(yutu_property property) {\n"
    "  return properties[property_index(property)].symmetric;\n"
    "}\n";

void yutu_vocabulary_write_source(const yutu_vocabulary *v, yutu_buffer *out) {
  yutu_buffer_puts(out, notice);
  yutu_buffer_puts(out, "#include \"ontology/vocabulary.h\"\n\n");
  yutu_buffer_puts(out,
                   "static const struct {\n  const char *name, *zh, *en, *group;\n} classes[YUTU_CLASS_COUNT] = {\n"
                   "    [YUTU_CLASS_NONE] = {\"\", \"\", \"\", \"\"},\n");
  for (uint32_t i = 0; i < v->terms.n; i++) {
    if (v->terms.at[i].is_class && v->terms.at[i].number)
      put_entry(&v->terms.at[i], out);
  }
  yutu_buffer_puts(out, "};\n\n// Bit 1 << class for each class below.\nstatic const struct {\n  const char *name;\n"
                        "  uint64_t below;\n} sets[] = {\n");
  for (uint32_t i = 0; i < v->terms.n; i++) {
    const yutu_vocabulary_term *t = &v->terms.at[i];
    if (t->is_class && t->below)
      yutu_buffer_printf(out, "    {\"%.*s\", UINT64_C(0x%" PRIX64 ")},\n", (int)t->name.len, t->name.data, t->below);
  }
  yutu_buffer_puts(
      out, "};\n\n// Domain and range as bits 1 << class.\nstatic const struct {\n"
           "  const char *name, *zh, *en;\n  uint64_t domain, range;\n  bool symmetric;\n"
           "} properties[YUTU_PROPERTY_COUNT] = {\n    [YUTU_PROPERTY_NONE] = {\"\", \"\", \"\", 0, 0, false},\n");
  for (uint32_t i = 0; i < v->terms.n; i++) {
    if (is_relation(&v->terms.at[i]))
      put_entry(&v->terms.at[i], out);
  }
  yutu_buffer_puts(out, "};\n\n");
  yutu_buffer_puts(out, functions);
}
