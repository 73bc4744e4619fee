#include "cli/command.h"
#include "cli/help.h"
#include "cli/report.h"

int yutu_cmd_help(const yutu_arguments *a) {
  size_t n = 0;
  const char *const *names = yutu_arguments_rest(a, &n);
  if (yutu_arguments_has(a, YUTU_OPT_COMPLETION)) {
    yutu_help_bash(stdout);
    return 0;
  }
  if (yutu_arguments_has(a, YUTU_OPT_MAN)) {
    yutu_help_man(stdout);
    return 0;
  }
  if (!n) {
    yutu_help_commands(stdout);
    return 0;
  }
  const yutu_command_id command = yutu_command_find(names[0]);
  if (command == YUTU_CMD_COUNT) {
    yutu_error err = {0};
    (void)!yutu_fail(&err, YUTU_ERR_USAGE, "no command '%s'; yutu help lists them", names[0]);
    return yutu_report_exit(&err);
  }
  yutu_help_command(command, stdout);
  return 0;
}
