/// @file cli/query_list.h  The catalogue, and what a name may mean, for people.
#ifndef YUTU_CLI_QUERY_LIST_H
#define YUTU_CLI_QUERY_LIST_H

#include "queries/catalogue.h"

#include <stdio.h>

void yutu_query_list(const yutu_catalogue *catalogue, FILE *out);     ///< with parameters and examples
void yutu_query_list_csv(const yutu_catalogue *catalogue, FILE *out); ///< name,title

/// One line for each thing: its name, where it lies, its class, its IRI.
void yutu_candidates_list(const yutu_candidates *candidates, FILE *out);

#endif
