#include "cli/text_table.h"

#include "base/utf8.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

unsigned yutu_terminal_width(void) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
    return size.ws_col;
  return 100;
}

void yutu_put_padded(yutu_slice text, size_t columns, FILE *out) {
  const size_t n = yutu_utf8_columns(text.data, text.len);
  fwrite(text.data, 1, text.len, out);
  if (n < columns)
    fprintf(out, "%*s", (int)(columns - n), "");
}

static bool is_space(uint32_t c) {
  return c <= ' ' || c == 0x3000;
}

// Must not begin a line.
static bool closes(uint32_t c) {
  static const uint32_t closing[] = {0xFF0C, 0x3002, 0x3001, 0xFF1B, 0xFF1A, 0xFF1F, 0xFF01,
                                     0x201D, 0x2019, 0xFF09, 0x300B, 0x300D, '%',    0xFF05};
  for (size_t i = 0; i < sizeof closing / sizeof *closing; i++)
    if (c == closing[i])
      return true;
  return false;
}

void yutu_put_wrapped(yutu_slice text, size_t indent, size_t width, FILE *out) {
  const char *p = text.data;
  const char *end = text.data + text.len;
  size_t column = 0;
  bool space = false; // some was skipped
  bool wide = true;   // the last character: no blank is put after a wide one
  while (p < end) {
    const char *from = p;
    const uint32_t c = yutu_utf8_next(&p, end);
    if (is_space(c)) {
      space = true;
      continue;
    }
    const size_t columns = yutu_utf8_columns(from, (size_t)(p - from));
    const bool blank = space && !wide && columns < 2 && column > 0;
    if (column > 0 && column + blank + columns > width && !closes(c)) {
      fprintf(out, "\n%*s", (int)indent, "");
      column = 0;
    } else if (blank) {
      fputc(' ', out);
      column++;
    }
    fwrite(from, 1, (size_t)(p - from), out);
    column += columns;
    wide = columns == 2;
    space = false;
  }
  fputc('\n', out);
}

void yutu_put_csv(yutu_slice text, FILE *out) {
  bool quotes = false;
  for (size_t i = 0; i < text.len; i++)
    quotes = quotes || strchr("\",\r\n", text.data[i]) != NULL;
  if (quotes)
    fputc('"', out);
  for (size_t i = 0; i < text.len; i++) {
    if (text.data[i] == '"')
      fputc('"', out);
    fputc(text.data[i], out);
  }
  if (quotes)
    fputc('"', out);
}
