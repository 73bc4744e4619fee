#include "cli/help.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 80 };

// Break a paragraph at blanks. `column` is where the cursor stands; further lines begin at `indent`.
static void paragraph(FILE *out, const char *text, size_t column, size_t indent) {
  bool first = true;
  while (*text) {
    const size_t n = strcspn(text, " ");
    const size_t columns = yutu_utf8_columns(text, n);
    if (!first && column + 1 + columns > WIDTH) {
      fprintf(out, "\n%*s", (int)indent, "");
      column = indent;
      first = true;
    }
    fprintf(out, "%s%.*s", first ? "" : " ", (int)n, text);
    column += columns + !first;
    first = false;
    text += n;
    text += *text == ' ';
  }
  fputc('\n', out);
}

static void exits(FILE *out) {
  fputs("Exit status: 0 done; 1 the answer is no; 2 usage; 3 bad input; 4 store or I/O;\n"
        "5 internal error; 130 interrupted.\n",
        out);
}

void yutu_help_commands(FILE *out) {
  fputs("yutu 域图: a knowledge graph of regional innovation from Chinese news\n\n"
        "usage: yutu COMMAND [OPTION…] [ARGUMENT…]\n\n",
        out);
  for (unsigned i = 0; i < YUTU_CMD_COUNT; i++)
    fprintf(out, "  %-9s %s\n", yutu_commands[i].name, yutu_commands[i].summary);
  fputs("\nyutu help COMMAND explains a command. Data goes to standard output, everything else\n"
        "to standard error; - is standard input.\n\n",
        out);
  exits(out);
}

// "-f, --format turtle|nquads" into `room`
static void spelling(const yutu_option *o, char *room, size_t size) {
  const char *value = o->value ? o->value : "";
  const char *blank = o->value ? " " : "";
  if (o->letter && o->name)
    snprintf(room, size, "-%c, --%s%s%s", o->letter, o->name, blank, value);
  else if (o->name)
    snprintf(room, size, "    --%s%s%s", o->name, blank, value);
  else
    snprintf(room, size, "-%c%s%s", o->letter, blank, value);
}

void yutu_help_command(yutu_command_id command, FILE *out) {
  enum { INDENT = 26 };
  const yutu_command *c = &yutu_commands[command];
  fprintf(out, "usage: yutu %s [OPTION…]%s%s\n\n", c->name, *c->arguments ? " " : "", c->arguments);
  paragraph(out, c->details, 0, 0);
  fputs("\nOptions:\n", out);
  for (size_t i = 0; i < yutu_n_options; i++) {
    const yutu_option *o = &yutu_options[i];
    if (!(o->commands >> command & 1u))
      continue;
    char name[200];
    spelling(o, name, sizeof name);
    const size_t n = strlen(name);
    fprintf(out, "  %s", name);
    if (n + 2 < INDENT)
      fprintf(out, "%*s", (int)(INDENT - n - 2), "");
    else
      fprintf(out, "\n%*s", INDENT, "");
    char text[400];
    snprintf(text, sizeof text, "%s%s%s%s", o->help, o->fallback ? " (default: " : "", o->fallback ? o->fallback : "",
             o->fallback ? ")" : "");
    paragraph(out, text, INDENT, INDENT);
  }
  fputs("\nExamples:\n", out);
  for (const char *p = c->examples; *p;) {
    const size_t n = strcspn(p, "\n");
    fprintf(out, "  %.*s\n", (int)n, p);
    p += n + (p[n] == '\n');
  }
  fputc('\n', out);
  exits(out);
}

// ---- manual page ----

// Text for roff: backslashes, hyphens, and a dot or quote that begins a line.
static void roff(FILE *out, const char *text, size_t n) {
  if (n && (*text == '.' || *text == '\''))
    fputs("\\&", out);
  for (size_t i = 0; i < n; i++) {
    if (text[i] == '\\')
      fputs("\\e", out);
    else if (text[i] == '-')
      fputs("\\-", out);
    else if (text[i] == '\'')
      fputs("\\(aq", out);
    else
      fputc(text[i], out);
  }
}

static void roff_text(FILE *out, const char *text) {
  roff(out, text, strlen(text));
}

static void man_command(FILE *out, yutu_command_id command) {
  const yutu_command *c = &yutu_commands[command];
  fputs(".SS \"yutu ", out);
  roff_text(out, c->name);
  fprintf(out, " [OPTION…]%s", *c->arguments ? " " : "");
  roff_text(out, c->arguments);
  fputs("\"\n", out);
  roff_text(out, c->details);
  fputc('\n', out);
  for (size_t i = 0; i < yutu_n_options; i++) {
    const yutu_option *o = &yutu_options[i];
    if (!(o->commands >> command & 1u) || o->id == YUTU_OPT_HELP || o->id == YUTU_OPT_VERSION)
      continue;
    fputs(".TP\n", out);
    if (o->letter) {
      fprintf(out, "\\fB\\-%c\\fR", o->letter);
      if (o->name)
        fputs(", ", out);
    }
    if (o->name) {
      fputs("\\fB\\-\\-", out);
      roff_text(out, o->name);
      fputs("\\fR", out);
    }
    if (o->value) {
      fputs(" \\fI", out);
      roff_text(out, o->value);
      fputs("\\fR", out);
    }
    fputc('\n', out);
    roff_text(out, o->help);
    if (o->fallback) {
      fputs(" (default: ", out);
      roff_text(out, o->fallback);
      fputc(')', out);
    }
    fputc('\n', out);
  }
  fputs(".PP\n.nf\n.RS\n", out);
  roff_text(out, c->examples);
  fputs("\n.RE\n.fi\n", out);
}

void yutu_help_man(FILE *out) {
  fputs(".\\\" Made by yutu help \\-\\-man from the option table; do not edit.\n"
        ".TH YUTU 1 \"\" \"yutu " YUTU_VERSION "\" \"User Commands\"\n"
        ".SH NAME\nyutu \\- a knowledge graph of regional innovation from Chinese news\n"
        ".SH SYNOPSIS\n\\fByutu\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR…] [\\fIARGUMENT\\fR…]\n"
        ".SH DESCRIPTION\nReads Chinese news about regional innovation and builds a knowledge graph in which every "
        "relation, cooperation and figure has the sentence that says it.\nData goes to standard output, everything "
        "else to standard error; \\- is standard input. Every command takes \\fB\\-\\-help\\fR and "
        "\\fB\\-\\-version\\fR.\n"
        ".SH COMMANDS\n",
        out);
  for (unsigned i = 0; i < YUTU_CMD_COUNT; i++)
    man_command(out, (yutu_command_id)i);
  fputs(".SH EXIT STATUS\n"
        ".TP\n0\ndone\n.TP\n1\nthe answer is no: ASK is false, a shape is violated\n.TP\n2\nusage: an unknown option, "
        "a wrong query\n.TP\n3\nbad input: reported with file, line and reason; the rest was done\n.TP\n4\nthe store "
        "or the operating system refused\n.TP\n5\ninternal error\n.TP\n130\ninterrupted\n"
        ".SH FILES\n.TP\n\\fI./yutu.store\\fR\nthe store, unless \\fB\\-s\\fR names another\n",
        out);
}

// ---- completion ----

// Words after --option for one command: the options, and the choices of each option that has some.
static void bash_command(FILE *out, yutu_command_id command) {
  fprintf(out, "    %s)\n      case $prev in\n", yutu_commands[command].name);
  for (size_t i = 0; i < yutu_n_options; i++) {
    const yutu_option *o = &yutu_options[i];
    if (!(o->commands >> command & 1u) || o->kind == YUTU_VALUE_NONE)
      continue;
    fputs("        ", out);
    if (o->letter)
      fprintf(out, "-%c%s", o->letter, o->name ? " | " : "");
    if (o->name)
      fprintf(out, "--%s", o->name);
    fputs(") ", out);
    if (o->kind == YUTU_VALUE_CHOICE) {
      fputs("words='", out);
      for (const char *p = o->value; *p; p++)
        fputc(*p == '|' ? ' ' : *p, out);
      fputs("' ;;\n", out);
    } else {
      fputs("files=yes ;;\n", out);
    }
  }
  fputs("        *)\n          words='", out);
  for (size_t i = 0; i < yutu_n_options; i++) {
    const yutu_option *o = &yutu_options[i];
    if ((o->commands >> command & 1u) && o->name)
      fprintf(out, "--%s ", o->name);
  }
  fputs("'\n", out);
  if (command == YUTU_CMD_QUERY)
    fputs("          [[ $current == -* ]] || words+=$(yutu query --list --format csv 2>/dev/null | "
          "sed -n '2,$s/,.*//p' | tr '\\n' ' ')\n",
          out);
  if (command == YUTU_CMD_HELP)
    fputs("          [[ $current == -* ]] || words+=$commands\n", out);
  fputs("          files=yes\n          ;;\n      esac\n      ;;\n", out);
}

void yutu_help_bash(FILE *out) {
  fputs("# bash completion for yutu, made by: yutu help --completion bash\n"
        "_yutu() {\n"
        "  local current=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
        "  local words='' files='' commands='",
        out);
  for (unsigned i = 0; i < YUTU_CMD_COUNT; i++)
    fprintf(out, "%s%s", i ? " " : "", yutu_commands[i].name);
  fputs("'\n"
        "  COMPREPLY=()\n"
        "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
        "    mapfile -t COMPREPLY < <(compgen -W \"$commands --help --version\" -- \"$current\")\n"
        "    return\n"
        "  fi\n"
        "  case ${COMP_WORDS[1]} in\n",
        out);
  for (unsigned i = 0; i < YUTU_CMD_COUNT; i++)
    bash_command(out, (yutu_command_id)i);
  fputs("  esac\n"
        "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
        "  if [ \"$files\" ] && [[ $current != -* ]]; then\n"
        "    mapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < <(compgen -f -- \"$current\")\n"
        "  fi\n"
        "}\n"
        "complete -o filenames -F _yutu yutu\n",
        out);
}
