/// @file cli/text_table.h  Chinese text in columns of a terminal.
#ifndef YUTU_CLI_TEXT_TABLE_H
#define YUTU_CLI_TEXT_TABLE_H

#include "base/slice.h"

#include <stdio.h>

/// Columns of the terminal on standard output; 100 when it is none.
unsigned yutu_terminal_width(void);

/// The text, and blanks up to `columns`. A longer text sticks out.
void yutu_put_padded(yutu_slice text, size_t columns, FILE *out);

/// The text broken into lines of `width` columns that begin at column `indent`; the cursor stands there already. White
/// space, line breaks too, becomes one blank, and none between two Chinese characters. Ends with a line feed.
void yutu_put_wrapped(yutu_slice text, size_t indent, size_t width, FILE *out);

/// A CSV field (RFC 4180): in quotes when it must be.
void yutu_put_csv(yutu_slice text, FILE *out);

#endif
