/// @file extract/compile_rules_main.c  Rule files → image, at build time.
///
/// yutu-compile-rules OUT FILE…    compile; the first file (grammar and shared sets) is kept in the image as the
///                                 beginning of every further rule file
/// yutu-compile-rules --check FILE…  read and check only
#include "base/file.h"
#include "extract/rules_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static yutu_status read_all(yutu_rule_book *book, char **paths, int n, yutu_slice *ret_first, yutu_error *err) {
  for (int i = 0; i < n; i++) {
    yutu_buffer text = YUTU_BUFFER_INIT;
    yutu_status st = yutu_file_read(paths[i], YUTU_RULE_FILE_BYTES_MAX, &text, err);
    const yutu_slice copy = {yutu_arena_strndup(book->arena, text.data ? text.data : "", text.len), text.len};
    yutu_buffer_free(&text);
    if (st == YUTU_OK && !copy.data)
      st = yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
    if (st == YUTU_OK)
      st = yutu_rules_parse(book, paths[i], copy, err);
    if (i == 0)
      *ret_first = copy;
    YUTU_TRY(st);
  }
  return yutu_rules_check(book, err);
}

static yutu_status grammar_complete(const yutu_rules *r, const char *path, yutu_error *err) {
  for (unsigned g = 0; g < YUTU_GRAMMAR_COUNT; g++) {
    if (yutu_rules_grammar(r, (yutu_grammar)g) == YUTU_RULES_NONE)
      return yutu_fail_at(err, YUTU_ERR_INPUT, path, 0, "the set %s is missing", yutu_grammar_name((yutu_grammar)g));
  }
  return YUTU_OK;
}

static yutu_status compile(yutu_arena *arena, const char *out, char **paths, int n, yutu_error *err) {
  yutu_rule_book book = {.arena = arena};
  yutu_slice prelude = {0};
  YUTU_TRY(read_all(&book, paths, n, &prelude, err));
  if (!out)
    return YUTU_OK;
  yutu_buffer image = YUTU_BUFFER_INIT;
  const yutu_rules *opened = NULL;
  yutu_status st = yutu_rules_compile(&book, 0, book.rules.n, prelude, &image, err);
  if (st == YUTU_OK)
    st = yutu_rules_open(image.data, image.len, &opened, err);
  if (st == YUTU_OK)
    st = grammar_complete(opened, paths[0], err);
  if (st == YUTU_OK)
    st = yutu_file_write(out, image.data, image.len, err);
  yutu_buffer_free(&image);
  return st;
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: %s OUT|--check FILE...\n", argv[0]);
    return 2;
  }
  yutu_error err = {0};
  yutu_arena *arena = yutu_arena_new(0);
  jmp_buf trap;
  yutu_status st = YUTU_ERR_NOMEM;
  if (arena && setjmp(trap) == 0) {
    yutu_arena_trap(arena, &trap);
    st = compile(arena, strcmp(argv[1], "--check") == 0 ? NULL : argv[1], argv + 2, argc - 2, &err);
  }
  if (st != YUTU_OK) {
    if (err.file[0])
      fprintf(stderr, "%s:%u: ", err.file, err.line);
    fprintf(stderr, "error: %s\n", err.message[0] ? err.message : "out of memory");
  }
  if (arena) {
    yutu_arena_trap(arena, NULL);
    yutu_arena_free(arena);
  }
  return st == YUTU_OK ? 0 : 1;
}
