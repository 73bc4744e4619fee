/// @file queries/names.h  From a name that a person types to the thing in the graph that bears it.
///
/// A name is a preferred label, a code, another label or a hidden one (weak short names, letters) of the store's union
/// of graphs, in this order: a thing that is called so goes before one that is also called so.
#ifndef YUTU_QUERIES_NAMES_H
#define YUTU_QUERIES_NAMES_H

#include "graph/store.h"
#include "ontology/vocabulary.h"

enum { YUTU_CANDIDATES_MAX = 12 };

/// Slices are borrowed: valid until the snapshot closes.
typedef struct {
  yutu_slice iri;
  yutu_slice name;   ///< preferred label
  yutu_slice within; ///< preferred label of where it lies, or empty
  yutu_class cls;    ///< of its classes the first in the ontology
} yutu_candidate;

typedef struct {
  yutu_candidate at[YUTU_CANDIDATES_MAX]; ///< in the order of their IRIs
  size_t n;
  bool more;  ///< there are others
  bool exact; ///< they bear the name; else their names only contain it
} yutu_candidates;

/// All things of these classes that bear the name, or, when none does, things whose names contain it.
/// @param classes   bits 1 << yutu_class, as of yutu_class_set(); UINT64_MAX: any class, or none
YUTU_NODISCARD yutu_status yutu_names_find(yutu_snapshot *snapshot, uint64_t classes, yutu_slice name,
                                           yutu_candidates *ret, yutu_error *err);

/// The same for a name that must mean one thing.
/// @param[out] ret_candidates  filled when the name is unknown or means several things
/// @retval YUTU_ERR_USAGE  unknown or ambiguous; the message says which
YUTU_NODISCARD yutu_status yutu_names_one(yutu_snapshot *snapshot, uint64_t classes, yutu_slice name,
                                          yutu_candidate *ret, yutu_candidates *ret_candidates, yutu_error *err);

/// What yutu_names_one() makes of what was found.
YUTU_NODISCARD yutu_status yutu_names_settle(const yutu_candidates *found, yutu_slice name, yutu_candidate *ret,
                                             yutu_candidates *ret_candidates, yutu_error *err);

/// The preferred Chinese label of a thing, else any label, else the last part of its IRI.
YUTU_NODISCARD yutu_status yutu_names_label(yutu_snapshot *snapshot, yutu_id id, yutu_slice *ret, yutu_error *err);

/// Anything but YUTU_OK stops the search and is returned. @param iri borrowed until the snapshot closes
typedef yutu_status (*yutu_article_visitor)(void *context, yutu_slice iri, yutu_error *err);

/// All articles with this key (the last part of the IRI) or IRI, else all from a file of this name, else all with this
/// title.
YUTU_NODISCARD yutu_status yutu_names_articles(yutu_snapshot *snapshot, yutu_slice name, yutu_article_visitor visit,
                                               void *context, yutu_error *err);

/// The same for a name that must mean one article. @param[out] ret its IRI, borrowed until the snapshot closes
/// @retval YUTU_ERR_USAGE  none, or several; the message says which
YUTU_NODISCARD yutu_status yutu_names_article(yutu_snapshot *snapshot, yutu_slice name, yutu_slice *ret,
                                              yutu_error *err);

/// What yutu_names_article() makes of n articles, the first of which is `iri`.
YUTU_NODISCARD yutu_status yutu_names_settle_article(size_t n, yutu_slice iri, yutu_slice name, yutu_slice *ret,
                                                     yutu_error *err);

#endif
