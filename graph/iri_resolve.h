/// @file graph/iri_resolve.h  Relative IRI references to IRIs (RFC 3986, section 5.2).
#ifndef YUTU_GRAPH_IRI_RESOLVE_H
#define YUTU_GRAPH_IRI_RESOLVE_H

#include "base/buffer.h"
#include "base/slice.h"

/// Append the IRI that `reference` means where `base` is the base. A reference with a scheme is taken as it is, without
/// touching its path.
/// @param base      an absolute IRI
/// @param[out] ret  appended to; check it with yutu_buffer_check()
void yutu_iri_resolve(yutu_slice base, yutu_slice reference, yutu_buffer *ret);

/// Append the file: IRI of a path; a relative path is taken from the working directory. Bytes that are no part of
/// well-formed UTF-8 and characters that an IRI cannot have are percent-encoded.
YUTU_NODISCARD yutu_status yutu_iri_of_file(const char *path, yutu_buffer *ret, yutu_error *err);

#endif
