/// @file graph/ingest.h  From what an article says to the quads of its graph.
///
/// One named graph per article, named by the article's IRI: the article itself, types and labels of the entities it
/// names, a plain triple for each relation, a claim with its sentence for each relation, cooperation, figure and tie
/// between regions. No blank nodes; the same article gives the same quads in the same order, each once.
///
/// Claims are numbered from 1 in the article's order; the ties between regions go on counting behind them, each an
/// rdf:Statement of yutu:linkedWith that rests on the sentence of its cooperation and names it (prov:wasInfluencedBy).
#ifndef YUTU_GRAPH_INGEST_H
#define YUTU_GRAPH_INGEST_H

#include "base/arena.h"
#include "graph/sink.h"
#include "ontology/claim.h"

/// The quads of an article's graph.
/// @param article   borrowed; the quads refer to its strings
/// @param base      of all IRIs (graph/iri.h); empty: the default
/// @param arena     the quads live in it. One arena may serve article after article when it is reset between them.
/// @param[out] ret  at least one quad; all have the article's graph
/// @retval YUTU_ERR_USAGE     the base cannot be one
/// @retval YUTU_ERR_INTERNAL  the article refers to an entity or sentence that it does not have
/// @retval YUTU_ERR_NOMEM     the arena is exhausted
YUTU_NODISCARD yutu_status yutu_ingest(const yutu_article *article, yutu_slice base, yutu_arena *arena, yutu_quads *ret,
                                       yutu_error *err);

/// The same, quad by quad into a sink: for a filter that prints.
YUTU_NODISCARD yutu_status yutu_ingest_into(const yutu_article *article, yutu_slice base, yutu_arena *arena,
                                            yutu_quad_sink sink, void *context, yutu_error *err);

#endif
