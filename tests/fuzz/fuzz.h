/// @file tests/fuzz/fuzz.h  The entry that libFuzzer and replay.c call.
#ifndef YUTU_TESTS_FUZZ_H
#define YUTU_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/// Try one input. Any bytes are safe; a crash, a sanitizer's report or an endless loop is the find.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
