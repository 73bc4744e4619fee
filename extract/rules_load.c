// Rules that are there at run time: the built-in ones, and files of the user's own.
#include "base/file.h"
#include "extract/rules_model.h"

#include <assert.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

// The image goes into the program as read-only data: see CMakeLists.txt.
__asm__(".pushsection .rodata.yutu_rules, \"a\"\n"
        ".balign 8\n"
        ".globl yutu_rules_image\n"
        ".type yutu_rules_image, @object\n"
        "yutu_rules_image:\n"
        ".incbin \"" YUTU_RULES_IMAGE "\"\n"
        ".byte 0\n"
        ".size yutu_rules_image, . - yutu_rules_image\n"
        ".popsection\n");

extern const unsigned char yutu_rules_image[];

const yutu_rules *yutu_rules_builtin(void) {
  const yutu_rules *r = (const void *)yutu_rules_image;
  assert(memcmp(r->magic, YUTU_RULES_MAGIC, sizeof r->magic) == 0 && r->version == YUTU_RULES_VERSION);
  return r; // checked whole when it was built
}

static yutu_status compile_file(yutu_arena *arena, const char *path, yutu_slice text, yutu_buffer *ret,
                                yutu_error *err) {
  yutu_rule_book book = {.arena = arena};
  const yutu_rules *builtin = yutu_rules_builtin();
  const yutu_slice prelude = {yutu_rules_at(builtin, YUTU_RULES_PRELUDE),
                              yutu_rules_count(builtin, YUTU_RULES_PRELUDE)};
  YUTU_TRY(yutu_rules_parse(&book, "built-in", prelude, err));
  const uint32_t from = book.rules.n;
  YUTU_TRY(yutu_rules_parse(&book, path, text, err));
  YUTU_TRY(yutu_rules_check(&book, err));
  return yutu_rules_compile(&book, from, book.rules.n, (yutu_slice){0}, ret, err);
}

// The arena's trap ends the compilation; what it held is in the arena.
static yutu_status compile_trapped(yutu_arena *arena, const char *path, yutu_slice text, yutu_buffer *ret,
                                   yutu_error *err) {
  jmp_buf trap;
  if (setjmp(trap))
    return yutu_fail_at(err, YUTU_ERR_NOMEM, path, 0, "needs too much memory");
  yutu_arena_trap(arena, &trap);
  return compile_file(arena, path, text, ret, err);
}

yutu_status yutu_rules_load(const char *path, yutu_rules **ret, yutu_error *err) {
  yutu_buffer text = YUTU_BUFFER_INIT, image = YUTU_BUFFER_INIT;
  yutu_arena *arena = yutu_arena_new((size_t)256 << 20);
  if (!arena)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  yutu_status st = yutu_file_read(path, YUTU_RULE_FILE_BYTES_MAX, &text, err);
  if (st == YUTU_OK)
    st = compile_trapped(arena, path, (yutu_slice){text.data ? text.data : "", text.len}, &image, err);
  yutu_arena_trap(arena, NULL);
  yutu_arena_free(arena);
  yutu_buffer_free(&text);
  const yutu_rules *opened;
  if (st == YUTU_OK)
    st = yutu_rules_open(image.data, image.len, &opened, err);
  if (st != YUTU_OK) {
    yutu_buffer_free(&image);
    return st;
  }
  *ret = (yutu_rules *)(void *)image.data; // malloc's memory: freed by yutu_rules_free
  return YUTU_OK;
}

void yutu_rules_free(yutu_rules *rules) {
  free(rules);
}
