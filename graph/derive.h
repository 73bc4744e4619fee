/// @file graph/derive.h  What follows from an entity's or a claim's own words and is written along with them.
///
/// Inverse relations (yutu:establishedBy …) are not written: the ontology declares them for reasoners, and a query
/// reads a relation from either side. Symmetric relations are written in both directions
/// (yutu_statements_add_relation).
#ifndef YUTU_GRAPH_DERIVE_H
#define YUTU_GRAPH_DERIVE_H

#include "graph/statements.h"

/// More participants than these are all named at the cooperation, but are not joined pair by pair.
enum { YUTU_COOPERATION_PAIRS_MAX = 100 };

/// The entity's class. A municipality is a City and a Province at once: a city whose code is of province level
/// (region/310000), or a province that calls itself a city (上海市).
void yutu_derive_types(yutu_statements *all, uint32_t entity, yutu_class cls, yutu_slice name, yutu_slice id);

/// yutu:cooperatesWith between any two of the participants.
/// @param participants  subject numbers; one may stand there twice
void yutu_derive_cooperation(yutu_statements *all, const uint32_t *participants, uint32_t n);

/// What "parent" in a list of entities means, by the classes: a broader industry, the body that an organisation is
/// affiliated with, that operates a platform or programme, or that organizes an event. Nothing is written where no
/// relation of the ontology fits.
void yutu_derive_parent(yutu_statements *all, uint32_t child, yutu_class child_class, uint32_t parent,
                        yutu_class parent_class);

#endif
