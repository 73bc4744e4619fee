// A rule file of a user's own: parser, check, compiler, and what was compiled on a text.
#include "extract/rules_model.h"
#include "tests/fuzz/fuzz.h"

#include <setjmp.h>
#include <stdlib.h>

static yutu_status compile(yutu_arena *arena, yutu_slice text, yutu_buffer *image) {
  yutu_rule_book book = {.arena = arena};
  yutu_error err = {0};
  YUTU_TRY(yutu_rules_parse(&book, "input.rules", text, &err));
  YUTU_TRY(yutu_rules_check(&book, &err));
  return yutu_rules_compile(&book, 0, book.rules.n, (yutu_slice){0}, image, &err);
}

// Not inlined: its locals must not live in the frame that longjmp() comes back to.
__attribute__((noinline)) static void compile_and_open(yutu_arena *arena, const uint8_t *data, size_t size,
                                                       yutu_buffer *image) {
  const yutu_rules *rules;
  yutu_error err = {0};
  if (compile(arena, (yutu_slice){(const char *)data, size}, image) == YUTU_OK &&
      yutu_rules_open(image->data, image->len, &rules, &err) != YUTU_OK)
    abort(); // what we compiled must open
}

// Everything that is big is in the arena, so its trap can end the compilation anywhere.
static void with_trap(yutu_arena *arena, const uint8_t *data, size_t size, yutu_buffer *image) {
  jmp_buf trap;
  if (setjmp(trap))
    return;
  yutu_arena_trap(arena, &trap);
  compile_and_open(arena, data, size, image);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  enum { ARENA = 64 * 1024 * 1024 };
  yutu_buffer image = YUTU_BUFFER_INIT;
  yutu_arena *arena = yutu_arena_new(ARENA);
  if (!arena)
    return 0;
  with_trap(arena, data, size, &image);
  yutu_arena_trap(arena, NULL);
  yutu_arena_free(arena);
  yutu_buffer_free(&image);
  return 0;
}
