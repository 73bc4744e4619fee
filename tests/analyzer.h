/// @file tests/analyzer.h  For clang-tidy alone (./run lint): the analyzer sees no further than a declaration, so it must
/// be told that yutu_fail() returns the failure that it is given, and never YUTU_OK.
#ifndef YUTU_TESTS_ANALYZER_H
#define YUTU_TESTS_ANALYZER_H

#include "base/status.h"

#define yutu_fail(err, code, ...) ((void)!(yutu_fail)((err), (code), __VA_ARGS__), (code))
#define yutu_fail_at(err, code, ...) ((void)!(yutu_fail_at)((err), (code), __VA_ARGS__), (code))

#endif
