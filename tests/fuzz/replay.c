// Runs a fuzz target over files and folders of inputs, without libFuzzer: each input as it is, cut at a few places, and
// with a few bytes changed, always the same ones.
#include "base/file.h"
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { CUTS = 8, CHANGES = 8, INPUT_BYTES_MAX = 1024 * 1024 };

static size_t n_inputs;

// A copy in memory of exactly its size, so that AddressSanitizer sees a read beyond the end.
static void try_bytes(const char *bytes, size_t n) {
  uint8_t *copy = malloc(n ? n : 1);
  if (!copy)
    abort();
  if (n)
    memcpy(copy, bytes, n);
  LLVMFuzzerTestOneInput(copy, n);
  free(copy);
  n_inputs++;
}

static int replay_file(const char *path) {
  yutu_buffer b = YUTU_BUFFER_INIT;
  yutu_error err = {0};
  if (yutu_file_read(path, INPUT_BYTES_MAX, &b, &err) != YUTU_OK) {
    fprintf(stderr, "%s: %s\n", path, err.message);
    return 1;
  }
  try_bytes(b.data, b.len);
  for (size_t i = 1; i < CUTS && b.len > CUTS; i++)
    try_bytes(b.data, b.len * i / CUTS);
  uint32_t state = 12345;
  for (size_t i = 0; i < CHANGES && b.len; i++) {
    state = state * 1664525u + 1013904223u;
    const size_t at = state % b.len;
    const char before = b.data[at];
    b.data[at] = (char)(state >> 16);
    try_bytes(b.data, b.len);
    b.data[at] = before;
  }
  yutu_buffer_free(&b);
  return 0;
}

static int not_hidden(const struct dirent *entry) {
  return entry->d_name[0] != '.';
}

static int replay(const char *path) {
  struct stat status;
  if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode))
    return replay_file(path);
  struct dirent **names = NULL;
  const int n = scandir(path, &names, not_hidden, alphasort);
  int failed = n < 0;
  for (int i = 0; i < n; i++) {
    char below[4096];
    snprintf(below, sizeof below, "%s/%s", path, names[i]->d_name);
    failed |= replay_file(below);
    free(names[i]);
  }
  free(names);
  return failed;
}

int main(int argc, char **argv) {
  int failed = 0;
  for (int i = 1; i < argc; i++)
    failed |= replay(argv[i]);
  printf("%zu inputs\n", n_inputs);
  return failed || !n_inputs;
}
