// A list of names of a user's own: the reader, then the compiler, then the image it makes.
#include "ontology/gazetteer.h"
#include "ontology/tsv.h"
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static void read_rows(yutu_slice text) {
  yutu_tsv tsv;
  yutu_slice cells[YUTU_TSV_COLUMNS_MAX];
  yutu_error err = {0};
  if (yutu_tsv_open("input.tsv", text, &tsv, &err) != YUTU_OK)
    return;
  bool more = true;
  size_t bytes = 0;
  while (more) // a wrong row does not end the file
    if (yutu_tsv_next(&tsv, cells, &more, &err) == YUTU_OK && more)
      for (unsigned i = 0; i < tsv.n_columns; i++)
        bytes += cells[i].len;
  if (bytes > text.len)
    abort();
}

static void compile(yutu_slice text) {
  const int fd = memfd_create("input.tsv", 0);
  if (fd < 0 || write(fd, text.data, text.len) != (ssize_t)text.len)
    abort();
  char path[64];
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  const char *const paths[] = {path};
  yutu_buffer image = YUTU_BUFFER_INIT;
  yutu_error err = {0};
  yutu_gazetteer *g = NULL;
  if (yutu_gazetteer_compile(paths, 1, &image, &err) == YUTU_OK) {
    if (yutu_gazetteer_open(image.data, image.len, &g, &err) != YUTU_OK)
      abort(); // what we compiled must open
    for (uint32_t i = 0; i < yutu_gazetteer_entities(g); i++) {
      yutu_gazetteer_entity e;
      yutu_gazetteer_get(g, i, &e);
    }
  }
  yutu_gazetteer_free(g);
  yutu_buffer_free(&image);
  close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const yutu_slice text = {(const char *)data, size};
  read_rows(text);
  compile(text);
  return 0;
}
