/// @file graph/statements.h  The statements of one graph on their way to becoming quads: added in any order, given out
/// sorted, each once.
///
/// Order: subjects as they were first named, of a subject rdf:type first and then by predicate and object, by bytes. So
/// the same facts give the same quads, and statements of one subject stand together.
///
/// Nothing needs to be checked while adding: a failure (memory, an unusable IRI) is kept and reported at the end.
#ifndef YUTU_GRAPH_STATEMENTS_H
#define YUTU_GRAPH_STATEMENTS_H

#include "base/arena.h"
#include "base/intern.h"
#include "graph/sink.h"
#include "ontology/vocabulary.h"

typedef struct {
  uint32_t subject;     ///< number
  yutu_slice predicate; ///< IRI
  yutu_term object;
} yutu_statement;

/// Zero-initialise but for `arena`; there is nothing to free. Everything lives in the arena.
typedef struct {
  yutu_arena *arena;
  yutu_intern *subjects; ///< IRIs
  YUTU_VEC(yutu_statement) all;
  yutu_slice class_iris[YUTU_CLASS_COUNT];       ///< made when first asked for
  yutu_slice property_iris[YUTU_PROPERTY_COUNT]; ///< likewise
  bool failed;
} yutu_statements;

/// The number of a subject, given in order of first naming. Numbers of this kind may be kept; the same IRI has one.
uint32_t yutu_statements_subject(yutu_statements *all, yutu_slice iri);
yutu_slice yutu_statements_iri(const yutu_statements *all, uint32_t subject);

/// @param predicate  IRI, static
/// @param object     borrowed until the arena is reset
void yutu_statements_add(yutu_statements *all, uint32_t subject, const char *predicate, yutu_term object);

/// The object is an IRI.
void yutu_statements_add_iri(yutu_statements *all, uint32_t subject, const char *predicate, yutu_slice object);

/// The object is a literal; nothing is added when the text is empty. Characters that RDF's formats cannot all hold are
/// replaced (yutu_text_repair).
/// @param language  static; NULL or "": none
void yutu_statements_add_text(yutu_statements *all, uint32_t subject, const char *predicate, yutu_slice text,
                              const char *language);

/// The object is a literal of a datatype (IRI, static).
void yutu_statements_add_typed(yutu_statements *all, uint32_t subject, const char *predicate, yutu_slice text,
                               const char *datatype);

void yutu_statements_add_type(yutu_statements *all, uint32_t subject, yutu_class cls);

/// The plain triple of a relation between two subjects; in both directions when the relation is symmetric.
void yutu_statements_add_relation(yutu_statements *all, uint32_t subject, yutu_property relation, uint32_t object);

yutu_slice yutu_statements_class(yutu_statements *all, yutu_class cls);            ///< IRI
yutu_slice yutu_statements_property(yutu_statements *all, yutu_property property); ///< IRI

/// Sort, drop what is there twice, and make quads of a graph. The statements are used up.
/// @param[out] ret  in the arena
/// @retval YUTU_ERR_NOMEM  the arena is exhausted
YUTU_NODISCARD yutu_status yutu_statements_take(yutu_statements *all, yutu_slice graph, yutu_quads *ret,
                                                yutu_error *err);

#endif
