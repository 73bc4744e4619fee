/// @file graph/serialise/escape.h  Terms and text as the formats spell them.
///
/// Input is well-formed UTF-8. What these write is read back to the same characters by any conforming parser.
#ifndef YUTU_GRAPH_SERIALISE_ESCAPE_H
#define YUTU_GRAPH_SERIALISE_ESCAPE_H

#include "graph/serialise/output.h"
#include "graph/term.h"

// ---- N-Triples, N-Quads, Turtle, TriG ----

/// "text" in quotes. Control characters, quotes and backslashes are escaped, and so are the characters at which some
/// programs break lines (U+0085, U+2028, U+2029), so that a statement is one line for everybody.
void yutu_put_string(yutu_output *out, yutu_slice text);

/// <iri>. Characters that no IRI may have are written as \u escapes.
void yutu_put_iriref(yutu_output *out, yutu_slice iri);

/// _:label. A label with characters that the formats do not allow is written in hexadecimal; different labels stay
/// different.
void yutu_put_blank(yutu_output *out, yutu_slice label);

/// The tag in the case that RFC 5646 recommends: zh-Hans, en-GB.
void yutu_put_language(yutu_output *out, yutu_slice language);

/// A term as N-Quads has it.
void yutu_put_term(yutu_output *out, const yutu_term *term);

// ---- JSON and XML ----

/// "text" in quotes.
void yutu_put_json(yutu_output *out, yutu_slice text);

/// The same without the quotes, for a string made of several pieces.
void yutu_put_json_text(yutu_output *out, yutu_slice text);

/// Text for an element or for an attribute in double quotes. @return false when XML 1.0 cannot hold a character of it;
/// nothing after that character is written.
bool yutu_put_xml(yutu_output *out, yutu_slice text);

/// The same for text that may lose such characters: they become U+FFFD.
void yutu_put_xml_lossy(yutu_output *out, yutu_slice text);

// ---- questions of the formats ----

/// Is it xsd:string, or no datatype at all? Then it is not spelled out.
bool yutu_is_plain_datatype(yutu_slice datatype);

/// A namespace and a local name that are an IRI together. Of the characters of a local name only those are used on
/// which XML's editions, Turtle and their common parsers agree: ASCII letters, digits, "_", "-", and CJK ideographs.
/// @return bytes of the namespace; iri.len when no local name can be split off
size_t yutu_split_iri(yutu_slice iri);

#endif
