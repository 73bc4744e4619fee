/// @file queries/shapes_model.h  Shapes as they are held in memory; between shapes_read.c and shapes_check.c.
#ifndef YUTU_QUERIES_SHAPES_MODEL_H
#define YUTU_QUERIES_SHAPES_MODEL_H

#include "base/arena.h"
#include "queries/shapes.h"

typedef struct yutu_shape yutu_shape;

typedef enum {
  YUTU_TARGET_CLASS,
  YUTU_TARGET_SUBJECTS_OF,
  YUTU_TARGET_OBJECTS_OF,
  YUTU_TARGET_NODE,
} yutu_target_kind;

typedef struct {
  yutu_target_kind kind;
  yutu_term term;
} yutu_target;

typedef enum {
  YUTU_SHACL_CLASS,
  YUTU_SHACL_DATATYPE,
  YUTU_SHACL_NODE_KIND,
  YUTU_SHACL_MIN_COUNT,
  YUTU_SHACL_MAX_COUNT,
  YUTU_SHACL_IN,
  YUTU_SHACL_HAS_VALUE,
  YUTU_SHACL_LANGUAGE_IN,
  YUTU_SHACL_UNIQUE_LANG,
  YUTU_SHACL_PATTERN,
  YUTU_SHACL_MIN_LENGTH,
  YUTU_SHACL_MAX_LENGTH,
  YUTU_SHACL_MIN_INCLUSIVE,
  YUTU_SHACL_MAX_INCLUSIVE,
  YUTU_SHACL_EQUALS,
  YUTU_SHACL_NODE,
  YUTU_SHACL_OR,
  YUTU_SHACL_AND,
  YUTU_SHACL_NOT,
  YUTU_SHACL_PROPERTY,
  YUTU_SHACL_QUALIFIED,
} yutu_constraint_kind;

typedef struct {
  yutu_constraint_kind kind;
  const char *name;                    ///< "minCount"; static
  yutu_term term;                      ///< class, datatype, node kind, value, property; pattern and bounds as literals
  double number;                       ///< of a count, length or bound
  double most;                         ///< of QUALIFIED: qualifiedMaxCount; `number` is qualifiedMinCount
  void *regex;                         ///< of PATTERN: a pcre2_code, owned by yutu_shapes
  YUTU_VEC(yutu_term) terms;           ///< of IN and LANGUAGE_IN
  YUTU_VEC(const yutu_shape *) shapes; ///< of NODE, OR, AND, NOT, PROPERTY, QUALIFIED
} yutu_constraint;

/// Everything lives in the arena of yutu_shapes.
struct yutu_shape {
  yutu_slice iri;  ///< its own, or of the shape around it
  yutu_slice path; ///< IRI of the property; empty: a node shape
  bool inverse;    ///< the path is taken backwards
  yutu_slice message;
  YUTU_VEC(yutu_target) targets;
  YUTU_VEC(yutu_constraint) constraints;
};

struct yutu_shapes {
  yutu_arena *arena;
  YUTU_VEC(yutu_shape *) all; ///< that have a name, sorted by IRI
  YUTU_VEC(void *) regexes;   ///< pcre2_code, owned
};

/// Is it a literal of this datatype, and its text one that the datatype has? Texts are looked at for numbers, booleans,
/// dates and times; any other datatype has all texts.
bool yutu_shapes_datatype(const yutu_term *term, yutu_slice datatype);

#endif
