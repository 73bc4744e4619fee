/// @file cli/jsonl.h  An article and its claims as one line of JSON.
#ifndef YUTU_CLI_JSONL_H
#define YUTU_CLI_JSONL_H

#include "base/buffer.h"
#include "ontology/claim.h"

/// Append one line. IRIs are those of the graph; whatever is not said is left out.
/// @param base  of the IRIs
YUTU_NODISCARD yutu_status yutu_jsonl_write(const yutu_article *article, yutu_slice base, yutu_buffer *ret,
                                            yutu_error *err);

/// A JSON string, quotes and all; ill-formed UTF-8 becomes U+FFFD.
void yutu_json_string(yutu_buffer *out, yutu_slice s);

#endif
