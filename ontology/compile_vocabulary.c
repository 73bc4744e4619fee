/// @file ontology/compile_vocabulary.c  yutu.ttl → vocabulary.h and vocabulary.c, at build time.
///
/// compile-vocabulary ONTOLOGY.ttl OUT.h OUT.c; exit status 1 after any message, with nothing written.
#include "base/file.h"
#include "ontology/vocabulary_model.h"

#include <stdio.h>

static bool write_out(const char *path, const yutu_buffer *out) {
  yutu_error err = {0};
  yutu_status st = yutu_buffer_check(out, &err);
  if (st == YUTU_OK)
    st = yutu_file_write(path, out->data, out->len, &err);
  if (st != YUTU_OK)
    fprintf(stderr, "%s: error: %s\n", path, err.message);
  return st == YUTU_OK;
}

static bool compile(yutu_vocabulary *v, const char *header, const char *source) {
  yutu_vocabulary_read(v);
  if (v->n_errors == 0)
    yutu_vocabulary_resolve(v);
  if (v->n_errors == 0 && (v->n_classes == 0 || v->n_relations == 0))
    yutu_vocabulary_report(v, 0, "has no classes with an IRI group, or no relations between them");
  if (v->n_errors)
    return false;
  yutu_buffer h = YUTU_BUFFER_INIT, c = YUTU_BUFFER_INIT;
  yutu_vocabulary_write_header(v, &h);
  yutu_vocabulary_write_source(v, &c);
  const bool ok = write_out(header, &h) && write_out(source, &c);
  yutu_buffer_free(&h);
  yutu_buffer_free(&c);
  return ok;
}

int main(int argc, char **argv) {
  if (argc != 4) {
    fprintf(stderr, "usage: %s ONTOLOGY.ttl OUT.h OUT.c\n", argv[0]);
    return 2;
  }
  jmp_buf out_of_memory;
  yutu_vocabulary v = {.path = argv[1], .arena = yutu_arena_new(0)};
  if (!v.arena || setjmp(out_of_memory)) {
    fputs("out of memory\n", stderr);
    return 1;
  }
  yutu_arena_trap(v.arena, &out_of_memory);
  v.nodes = yutu_intern_new(v.arena);
  const bool ok = compile(&v, argv[2], argv[3]);
  yutu_buffer_free(&v.text);
  yutu_arena_free(v.arena);
  return ok ? 0 : 1;
}
