/// @file cli/help.h  The option table (cli/options.h) as help text, manual page and bash completion.
#ifndef YUTU_CLI_HELP_H
#define YUTU_CLI_HELP_H

#include "cli/options.h"

#include <stdio.h>

void yutu_help_commands(FILE *out);                         ///< what there is: one line for each command
void yutu_help_command(yutu_command_id command, FILE *out); ///< one command with its options and examples
void yutu_help_man(FILE *out);                              ///< yutu(1) in roff
void yutu_help_bash(FILE *out);                             ///< completion for bash

#endif
