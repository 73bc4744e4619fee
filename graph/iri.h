/// @file graph/iri.h  The IRIs that yutu makes: of entities, articles, sentences, claims, graphs.
///
/// All are made of a base (an option of the program) and data, never of running numbers of a program, so that two
/// programs that read the same text make the same IRIs. Names stand in them with their real characters; only what no
/// IRI may contain, and what would cut a path short ("/", "?", "#", "%"), is percent-encoded.
///
/// Results live in the arena and are NUL-terminated; data is NULL when the arena is exhausted and has no trap.
#ifndef YUTU_GRAPH_IRI_H
#define YUTU_GRAPH_IRI_H

#include "base/arena.h"
#include "ontology/claim.h"

#define YUTU_DEFAULT_BASE "https://w3id.org/yutu/"

/// The WGS84 vocabulary, in which the background graph gives coordinates.
#define YUTU_NS_GEO "http://www.w3.org/2003/01/geo/wgs84_pos#"

extern const yutu_slice yutu_iri_default_base;

/// An absolute IRI that other IRIs can begin with: it has a scheme, no forbidden characters, and ends in "/" or "#".
bool yutu_iri_is_base(yutu_slice base);

/// <base>id/<group>/<name>, or <base>id/<id> when there is a gazetteer id ("region/440300").
/// @param cls  gives the group; its name is used only when `id` is empty
yutu_slice yutu_iri_entity(yutu_arena *arena, yutu_slice base, yutu_class cls, yutu_slice name, yutu_slice id);

/// <base>article/<digest>
yutu_slice yutu_iri_article(yutu_arena *arena, yutu_slice base, yutu_slice digest);

/// <article>#char=BEGIN,END (RFC 5147: code points, half-open)
yutu_slice yutu_iri_sentence(yutu_arena *arena, yutu_slice article, uint32_t begin, uint32_t end);

/// <article>#claim-N
yutu_slice yutu_iri_claim(yutu_arena *arena, yutu_slice article, uint32_t number);

/// <base>graph/gazetteer
yutu_slice yutu_iri_gazetteer(yutu_arena *arena, yutu_slice base);

// ---- any IRI ----

/// Bytes of "scheme:" at the beginning, 0 when there is none.
size_t yutu_iri_scheme(yutu_slice iri);

/// Has it a scheme, and none of the characters that RDF's syntaxes forbid (space, <>"{}|\^` and controls)?
bool yutu_iri_is_absolute(yutu_slice iri);

/// Text for a literal: ill-formed UTF-8, and characters that XML cannot hold (controls but tab and line breaks, U+FFFE,
/// U+FFFF), become U+FFFD each, so that every format can carry the graph and offsets stay. The text itself when there
/// is nothing to replace.
yutu_slice yutu_text_repair(yutu_arena *arena, yutu_slice text);

#endif
