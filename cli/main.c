#include "cli/command.h"
#include "cli/help.h"
#include "cli/report.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

typedef int (*command_function)(const yutu_arguments *a);

static const command_function functions[YUTU_CMD_COUNT] = {
    [YUTU_CMD_BUILD] = yutu_cmd_build,   [YUTU_CMD_EXTRACT] = yutu_cmd_extract, [YUTU_CMD_QUERY] = yutu_cmd_query,
    [YUTU_CMD_EXPORT] = yutu_cmd_export, [YUTU_CMD_LINKS] = yutu_cmd_links,     [YUTU_CMD_SERVE] = yutu_cmd_serve,
    [YUTU_CMD_STATS] = yutu_cmd_stats,   [YUTU_CMD_LOAD] = yutu_cmd_load,       [YUTU_CMD_REMOVE] = yutu_cmd_remove,
    [YUTU_CMD_CHECK] = yutu_cmd_check,   [YUTU_CMD_HELP] = yutu_cmd_help,
};

static void print_version(void) {
  puts("yutu " YUTU_VERSION);
}

static int run(yutu_command_id command, int argc, char **argv) {
  yutu_error err = {0};
  yutu_arguments *arguments = NULL;
  if (yutu_arguments_parse(command, argc, argv, &arguments, &err) != YUTU_OK)
    return yutu_report_exit(&err);
  int exit_status = 0;
  if (yutu_arguments_has(arguments, YUTU_OPT_HELP))
    yutu_help_command(command, stdout);
  else if (yutu_arguments_has(arguments, YUTU_OPT_VERSION))
    print_version();
  else
    exit_status = functions[command](arguments);
  yutu_arguments_free(arguments);
  return exit_status;
}

// A full disk or a closed pipe shows only when the last bytes are written.
static int close_output(int exit_status) {
  const int failed = ferror(stdout);
  if (fclose(stdout) == 0 && !failed)
    return exit_status;
  yutu_error err = {0};
  (void)!yutu_fail(&err, YUTU_ERR_IO, "cannot write to standard output: %s", strerror(errno));
  const int io = yutu_report_exit(&err);
  return exit_status <= 1 ? io : exit_status;
}

static int dispatch(int argc, char **argv) {
  if (argc < 2) {
    yutu_help_commands(stderr);
    return yutu_status_exit(YUTU_ERR_USAGE);
  }
  if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
    yutu_help_commands(stdout);
    return 0;
  }
  if (strcmp(argv[1], "--version") == 0) {
    print_version();
    return 0;
  }
  const yutu_command_id command = yutu_command_find(argv[1]);
  if (command == YUTU_CMD_COUNT) {
    yutu_error err = {0};
    (void)!yutu_fail(&err, YUTU_ERR_USAGE, "no command '%s'; yutu help lists them", argv[1]);
    return yutu_report_exit(&err);
  }
  return run(command, argc - 2, argv + 2);
}

int main(int argc, char **argv) {
  // Libraries below classify characters by the locale; what we read and write is UTF-8 whatever it says.
  setlocale(LC_CTYPE, "C.UTF-8");
  return close_output(dispatch(argc, argv));
}
