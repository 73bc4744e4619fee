// The image of the built-in lists, put into the program by the assembler.
#include "ontology/image.h"

#include <assert.h>
#include <string.h>

__asm__(".pushsection .rodata.yutu_lists, \"a\"\n"
        ".balign 4096\n"
        ".globl yutu_lists_image\n"
        ".type yutu_lists_image, @object\n"
        "yutu_lists_image:\n"
        ".incbin \"" YUTU_LISTS_IMAGE "\"\n"
        ".globl yutu_lists_image_end\n"
        "yutu_lists_image_end:\n"
        ".byte 0\n"
        ".size yutu_lists_image, . - yutu_lists_image\n"
        ".popsection\n");

extern const unsigned char yutu_lists_image[], yutu_lists_image_end[];

const yutu_gazetteer *yutu_gazetteer_builtin(void) {
  const yutu_gazetteer *g = (const void *)yutu_lists_image;
  assert(memcmp(g->magic, YUTU_IMAGE_MAGIC, sizeof g->magic) == 0 && g->version == YUTU_IMAGE_VERSION &&
         g->size == (uint64_t)(yutu_lists_image_end - yutu_lists_image));
  return g;
}
