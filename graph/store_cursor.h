/// @file graph/store_cursor.h  Cursors beyond the public interface.
#ifndef YUTU_GRAPH_STORE_CURSOR_H
#define YUTU_GRAPH_STORE_CURSOR_H

#include "graph/store_internal.h"

/// Release the cursors that a snapshot keeps for reuse.
void yutu_cursors_free(yutu_snapshot *snapshot);

/// The first answer after `last`, which the same pattern gave on another snapshot.
bool yutu_cursor_next_after(yutu_cursor *cursor, const yutu_quad_ids *last, yutu_quad_ids *ret);

/// The graph of the last answer, also where answers leave it out.
yutu_id yutu_cursor_graph(const yutu_cursor *cursor);

/// The position of a cursor in its index, and the least tuple of its range.
yutu_index_cursor *yutu_cursor_inside(yutu_cursor *cursor, yutu_tuple *ret_low);

#endif
