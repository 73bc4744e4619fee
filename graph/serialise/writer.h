/// @file graph/serialise/writer.h  Quads out, in any format: one interface, one file per format.
///
/// All RDF writers stream: memory does not grow with the graph. Statements come out in the order in which they go in;
/// statements of one subject that come together are grouped (graph/serialise/sorter.h brings any input into one order).
/// The network writers (GraphML, GEXF, DOT, CSV) keep nodes and edges until the end, since both need counts and labels.
/// Text is UTF-8, real characters; literals keep their lexical form and datatype exactly; xsd:string is never spelled
/// out; language tags appear in the case that RFC 5646 recommends (zh-Hans, en-GB). Terms must be well-formed UTF-8.
#ifndef YUTU_GRAPH_SERIALISE_WRITER_H
#define YUTU_GRAPH_SERIALISE_WRITER_H

#include "base/arena.h"
#include "graph/serialise/format.h"
#include "graph/serialise/output.h"
#include "graph/sink.h"

typedef struct yutu_writer yutu_writer;

/// A short name for the beginning of IRIs.
typedef struct {
  yutu_slice name; ///< ASCII letters, digits, "-" and "_", beginning with a letter
  yutu_slice iri;
} yutu_prefix;

enum { YUTU_PREFIXES_MAX = 256 };

/// The prefixes of the vocabularies that yutu writes, one for articles and one for each group of entities: id-org: is
/// <base>id/org/.
/// @param base        empty: the default base
/// @param arena       the prefixes live in it
/// @param[out] ret_n  how many
/// @return NULL when the arena is exhausted and has no trap
const yutu_prefix *yutu_prefixes_default(yutu_slice base, yutu_arena *arena, size_t *ret_n);

/// Open a writer. Formats without prefixes ignore them.
/// @param prefixes  Borrowed until the writer is closed; may be NULL.
/// @param[out] ret  Owned: yutu_writer_close() or yutu_writer_abort() frees it.
/// @retval YUTU_ERR_USAGE  a prefix is no name, or is there twice
YUTU_NODISCARD yutu_status yutu_writer_open(yutu_format format, yutu_byte_sink sink, const yutu_prefix *prefixes,
                                            size_t n_prefixes, yutu_writer **ret, yutu_error *err);

/// Write one quad. Formats without graphs ignore its graph.
/// @retval YUTU_ERR_IO           the sink failed, now or earlier
/// @retval YUTU_ERR_USAGE        not an RDF statement: a literal subject, say
/// @retval YUTU_ERR_UNSUPPORTED  the format cannot express the statement: the message says why
YUTU_NODISCARD yutu_status yutu_writer_quad(yutu_writer *writer, const yutu_quad *quad, yutu_error *err);

/// The same as a yutu_quad_sink: the context is the writer.
yutu_status yutu_writer_sink(void *writer, const yutu_quad *quad, yutu_error *err);

/// End the document and flush. Frees the writer, also on failure.
YUTU_NODISCARD yutu_status yutu_writer_close(yutu_writer *writer, yutu_error *err);

void yutu_writer_abort(yutu_writer *writer); ///< Frees without ending the document. NULL-safe.

#endif
