/// @file queries/sparql/vocabulary.h  Namespaces that the language itself knows.
#ifndef YUTU_QUERIES_SPARQL_VOCABULARY_H
#define YUTU_QUERIES_SPARQL_VOCABULARY_H

#define YUTU_RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define YUTU_XSD "http://www.w3.org/2001/XMLSchema#"

#endif
