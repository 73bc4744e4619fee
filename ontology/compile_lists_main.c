/// @file ontology/compile_lists_main.c  Lists → image, at build time.
///
/// yutu-compile-lists [-k] OUT PATH…; every fault is a line on standard error; exit status 1 after any, with nothing
/// written. With -k the rows that are right are compiled all the same: for trying lists that are still being written.
#include "base/file.h"
#include "ontology/compile_lists.h"

#include <stdio.h>
#include <string.h>

static void print_fault(void *context, const yutu_error *fault) {
  (void)context;
  if (fault->file[0])
    fprintf(stderr, "%s:", fault->file);
  if (fault->line)
    fprintf(stderr, "%u:", fault->line);
  fprintf(stderr, " error: %s\n", fault->message);
}

int main(int argc, char **argv) {
  const bool keep_going = argc > 1 && strcmp(argv[1], "-k") == 0;
  if (argc < 3 + keep_going) {
    fprintf(stderr, "usage: %s [-k] OUT PATH...\n", argv[0]);
    return 2;
  }
  const char *out = argv[1 + keep_going];
  const char *const *paths = (const char *const *)argv + 2 + keep_going;
  yutu_buffer image = YUTU_BUFFER_INIT;
  yutu_error err = {0};
  yutu_status st =
      yutu_lists_compile(NULL, paths, (size_t)(argc - 2 - keep_going), keep_going, print_fault, NULL, &image, &err);
  if (st == YUTU_OK) {
    st = yutu_file_write(out, image.data, image.len, &err);
    if (st != YUTU_OK)
      print_fault(NULL, &err);
  } else if (err.file[0] == '\0') {
    print_fault(NULL, &err); // not a fault of one list
  }
  yutu_buffer_free(&image);
  return st == YUTU_OK ? 0 : 1;
}
