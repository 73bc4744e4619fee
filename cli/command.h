/// @file cli/command.h  One function per command. Each prints its own errors and returns the exit status.
#ifndef YUTU_CLI_COMMAND_H
#define YUTU_CLI_COMMAND_H

#include "cli/options.h"

int yutu_cmd_build(const yutu_arguments *a);
int yutu_cmd_extract(const yutu_arguments *a);
int yutu_cmd_query(const yutu_arguments *a);
int yutu_cmd_export(const yutu_arguments *a);
int yutu_cmd_links(const yutu_arguments *a);
int yutu_cmd_serve(const yutu_arguments *a);
int yutu_cmd_stats(const yutu_arguments *a);
int yutu_cmd_load(const yutu_arguments *a);
int yutu_cmd_remove(const yutu_arguments *a);
int yutu_cmd_check(const yutu_arguments *a);
int yutu_cmd_help(const yutu_arguments *a);

#endif
