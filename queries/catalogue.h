/// @file queries/catalogue.h  Queries with a name: what they are for, what can be asked of them, and their text.
///
/// Source: catalogue/*.rq, part of the program, and a folder of the user's own. queries/README.md has the format of the
/// comment at the top of such a file.
#ifndef YUTU_QUERIES_CATALOGUE_H
#define YUTU_QUERIES_CATALOGUE_H

#include "base/slice.h"
#include "base/status.h"
#include "queries/names.h"
#include "queries/sparql/sparql.h"

enum { YUTU_PARAMETERS_MAX = 16 };

/// Slices here and below are borrowed from the catalogue, or from the text that was described.
typedef struct {
  yutu_slice name;
  yutu_slice kind; ///< a class of the ontology or several with '|', or one of article, class, text, number, year, date
  bool optional;
  yutu_slice example; ///< a value
  yutu_slice zh, en;  ///< what it means
} yutu_parameter;

typedef struct {
  yutu_slice name;
  yutu_slice file;   ///< for messages
  yutu_slice zh, en; ///< title
  yutu_slice about;
  yutu_slice example; ///< a command
  yutu_slice text;    ///< the query
  yutu_parameter parameters[YUTU_PARAMETERS_MAX];
  size_t n_parameters;
} yutu_catalogue_entry;

typedef struct yutu_catalogue yutu_catalogue;

/// @param folder    *.rq files here go before the built-in ones of the same name; may be NULL. Borrowed for the call.
/// @param[out] ret  Owned; free with yutu_catalogue_free().
/// @retval YUTU_ERR_INPUT  a comment at the top of a file is wrong; `err` names file and line
/// @retval YUTU_ERR_IO     the folder cannot be read
YUTU_NODISCARD yutu_status yutu_catalogue_open(const char *folder, yutu_catalogue **ret, yutu_error *err);
void yutu_catalogue_free(yutu_catalogue *catalogue); ///< NULL-safe.

size_t yutu_catalogue_count(const yutu_catalogue *catalogue);
const yutu_catalogue_entry *yutu_catalogue_get(const yutu_catalogue *catalogue, size_t i);         ///< sorted by name
const yutu_catalogue_entry *yutu_catalogue_find(const yutu_catalogue *catalogue, yutu_slice name); ///< or NULL

/// Read what the comment at the top of a query says. A text without such a comment gives an entry without parameters.
/// @param file,text  borrowed by the entry
/// @retval YUTU_ERR_INPUT  a line of the comment is wrong
YUTU_NODISCARD yutu_status yutu_catalogue_describe(yutu_slice file, yutu_slice text, yutu_catalogue_entry *ret,
                                                   yutu_error *err);

/// What a query is asked of, as far as its parameters go: where names are looked up, and who is told of the terms.
typedef struct {
  yutu_status (*thing)(void *context, uint64_t classes, yutu_slice name, yutu_candidate *ret,
                       yutu_candidates *ret_candidates, yutu_error *err); ///< as yutu_names_one()
  yutu_status (*article)(void *context, yutu_slice name, yutu_slice *ret_iri, yutu_error *err);
  yutu_status (*bind)(void *context, const char *name, const yutu_term *term, yutu_error *err); ///< takes copies
  void *context;
} yutu_parameter_source;

/// Make a term of a value that a person typed, by the parameter's kind, and bind it.
/// @param entry           says which parameters there are; one that it lacks is bound by the look of its value
/// @param[out] ret_candidates  n is 0, or the things that the value may mean, when the call failed
/// @retval YUTU_ERR_USAGE  the query has no such parameter, or the value is unknown, ambiguous or not of its kind
YUTU_NODISCARD yutu_status yutu_catalogue_bind(const yutu_catalogue_entry *entry, yutu_query *query,
                                               yutu_snapshot *snapshot, yutu_slice name, yutu_slice value,
                                               yutu_candidates *ret_candidates, yutu_error *err);

/// The same for a query that is asked of something else than a snapshot.
/// @param query  says which variables there are
YUTU_NODISCARD yutu_status yutu_catalogue_bind_at(const yutu_catalogue_entry *entry, const yutu_query *query,
                                                  const yutu_parameter_source *source, yutu_slice name,
                                                  yutu_slice value, yutu_candidates *ret_candidates, yutu_error *err);

#endif
