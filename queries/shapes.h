/// @file queries/shapes.h  Is a graph as the ontology's shapes say? SHACL Core, as much of it as ontology/shapes.ttl
/// uses.
///
/// Targets: targetClass, targetSubjectsOf, targetObjectsOf, targetNode. Paths: a property or its inverse. Constraints:
/// class, datatype, nodeKind, minCount, maxCount, in, hasValue, languageIn, uniqueLang, pattern, minLength, maxLength,
/// minInclusive, maxInclusive, equals, node, or, and, not, property, qualifiedValueShape. Anything else in a shapes
/// graph is refused: a constraint that is not understood must not count as kept.
/// Asked of the union of all graphs. Subclasses are not looked for: shapes list the classes that have instances.
///
/// Source: Shapes Constraint Language (SHACL), W3C Recommendation of 20 July 2017.
#ifndef YUTU_QUERIES_SHAPES_H
#define YUTU_QUERIES_SHAPES_H

#include "graph/store.h"

#include <signal.h>

enum {
  YUTU_SHAPES_BYTES_MAX = 4 * 1024 * 1024,
  YUTU_SHAPES_DEPTH_MAX = 32, ///< shapes within shapes
};

typedef struct yutu_shapes yutu_shapes;

/// The shapes that are part of the program, or those of a file (Turtle).
/// @param path      NULL: the built-in ones
/// @param[out] ret  Owned; free with yutu_shapes_free().
/// @retval YUTU_ERR_INPUT        not Turtle, or a shape is wrong
/// @retval YUTU_ERR_UNSUPPORTED  a part of SHACL that is not understood here; the message names it
YUTU_NODISCARD yutu_status yutu_shapes_open(const char *path, yutu_shapes **ret, yutu_error *err);
void yutu_shapes_free(yutu_shapes *shapes); ///< NULL-safe.

/// One thing that is not as a shape says. Slices are borrowed during the call.
typedef struct {
  yutu_term focus;    ///< what was looked at
  yutu_term value;    ///< the value that is wrong; kind NONE: there are too few or too many
  yutu_slice path;    ///< IRI of the property; empty: `focus` itself is wrong
  yutu_slice shape;   ///< IRI of the shape, or of the one around it
  yutu_slice message; ///< the shape's own, or what was asked for
} yutu_violation;

/// Anything but YUTU_OK stops the check and is returned.
typedef yutu_status (*yutu_violation_sink)(void *context, const yutu_violation *violation, yutu_error *err);

/// Look at everything that the shapes are for, in the order of the shapes' IRIs.
/// @param cancel            when it becomes non-zero the check ends; may be NULL
/// @param[out] ret_checked  how many things were looked at (one is counted for each shape); may be NULL
YUTU_NODISCARD yutu_status yutu_shapes_check(const yutu_shapes *shapes, yutu_snapshot *snapshot,
                                             const volatile sig_atomic_t *cancel, yutu_violation_sink sink,
                                             void *context, uint64_t *ret_checked, yutu_error *err);

#endif
