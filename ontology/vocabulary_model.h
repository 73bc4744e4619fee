/// @file ontology/vocabulary_model.h  yutu.ttl in memory, for the vocabulary compiler only.
///
/// The ontology has a few hundred triples, so everything is kept as an array of interned triples and every question is
/// a scan. Nodes are numbers of the intern table: IRIs as they are, blank nodes as "_:label", literals as their text.
#ifndef YUTU_ONTOLOGY_VOCABULARY_MODEL_H
#define YUTU_ONTOLOGY_VOCABULARY_MODEL_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/intern.h"

#define YUTU_VOCABULARY_NS "https://w3id.org/yutu/ns#"

enum {
  YUTU_VOCABULARY_BYTES_MAX = 4 * 1024 * 1024, ///< largest ontology file
  YUTU_VOCABULARY_CLASSES_MAX = 62,            ///< concrete classes: bit sets of uint64_t, bit 0 is "none"
};

typedef struct {
  uint32_t s, p, o;
  uint32_t language; ///< of a literal, or YUTU_INTERN_NONE
  bool literal;      ///< the object is a literal
} yutu_vocabulary_triple;

typedef struct {
  yutu_slice prefix, iri;
} yutu_vocabulary_prefix;

/// A declared term of our namespace.
typedef struct {
  uint32_t node;
  yutu_slice name;    ///< local name: GovernmentAgency
  const char *symbol; ///< GOVERNMENT_AGENCY
  yutu_slice zh, en;  ///< labels
  yutu_slice comment;
  yutu_slice group; ///< IRI group of a concrete class, else empty
  uint64_t below;   ///< classes: the concrete classes that it comprises
  uint64_t domain;  ///< relations: the concrete classes allowed as subject
  uint64_t range;   ///< relations: the concrete classes allowed as object
  uint32_t number;  ///< of a concrete class or relation: 1, 2, …; else 0
  bool is_class, is_property, is_object_property, is_symmetric, is_inverse;
} yutu_vocabulary_term;

typedef struct {
  const char *path;
  yutu_buffer text;
  yutu_arena *arena;
  yutu_intern *nodes;
  YUTU_VEC(yutu_vocabulary_triple) triples;
  YUTU_VEC(yutu_vocabulary_prefix) prefixes;
  YUTU_VEC(yutu_vocabulary_term) terms; ///< in the order of the file
  uint32_t n_classes;                   ///< concrete ones
  uint32_t n_relations;                 ///< object properties between entities
  unsigned n_errors;                    ///< messages printed to standard error so far
} yutu_vocabulary;

/// Print "file:line: error: …" to standard error and count it. `line` 0: unknown.
void yutu_vocabulary_report(yutu_vocabulary *v, unsigned line, const char *format, ...) YUTU_PRINTF(3, 4);

/// Read the Turtle file into triples and prefixes. Faults are reported and counted.
void yutu_vocabulary_read(yutu_vocabulary *v);

/// Make the terms out of the triples and check them. Faults are reported and counted.
void yutu_vocabulary_resolve(yutu_vocabulary *v);

/// Line at which a term's block begins (the line that starts with prefix:Name), or where it is first used.
unsigned yutu_vocabulary_line(const yutu_vocabulary *v, uint32_t node);

/// The generated files, appended.
void yutu_vocabulary_write_header(const yutu_vocabulary *v, yutu_buffer *out);
void yutu_vocabulary_write_source(const yutu_vocabulary *v, yutu_buffer *out);

#endif
