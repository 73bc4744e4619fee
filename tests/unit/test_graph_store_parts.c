// The parts below the store: ids, the hash, packed blocks, sorting.
#include "graph/store_block.h"
#include "graph/store_hash.h"
#include "graph/store_sort.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define XSD "http://www.w3.org/2001/XMLSchema#"

static uint64_t seed = 1;

static uint64_t rnd(void) {
  seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return seed >> 20;
}

// ---- ids ----

static yutu_id literal_id(const char *text, const char *type) {
  char datatype[96];
  snprintf(datatype, sizeof datatype, XSD "%s", type);
  return yutu_id_of_literal(yutu_slice_of(text), yutu_slice_of(datatype));
}

static void test_inline(void **state) {
  (void)state;
  static const struct {
    const char *text, *type;
    yutu_inline_kind kind;
    int64_t integer;
    unsigned scale;
  } rows[] = {
      {"0", "integer", YUTU_INLINE_INTEGER, 0, 0},
      {"7", "integer", YUTU_INLINE_INTEGER, 7, 0},
      {"-7", "integer", YUTU_INLINE_INTEGER, -7, 0},
      {"4503599627370495", "integer", YUTU_INLINE_INTEGER, INT64_C(4503599627370495), 0},
      {"-4503599627370495", "integer", YUTU_INLINE_INTEGER, -INT64_C(4503599627370495), 0},
      {"4503599627370496", "integer", YUTU_INLINE_NONE, 0, 0},
      {"99999999999999999999999", "integer", YUTU_INLINE_NONE, 0, 0},
      {"007", "integer", YUTU_INLINE_NONE, 0, 0},
      {"+7", "integer", YUTU_INLINE_NONE, 0, 0},
      {"-0", "integer", YUTU_INLINE_NONE, 0, 0},
      {"", "integer", YUTU_INLINE_NONE, 0, 0},
      {"-", "integer", YUTU_INLINE_NONE, 0, 0},
      {"7 ", "integer", YUTU_INLINE_NONE, 0, 0},
      {"7", "int", YUTU_INLINE_NONE, 0, 0},
      {"0.45", "decimal", YUTU_INLINE_DECIMAL, 45, 2},
      {"0.450", "decimal", YUTU_INLINE_DECIMAL, 450, 3},
      {"-0.5", "decimal", YUTU_INLINE_DECIMAL, -5, 1},
      {"-12.000001", "decimal", YUTU_INLINE_DECIMAL, -12000001, 6},
      {"5", "decimal", YUTU_INLINE_DECIMAL, 5, 0},
      {"5.0", "decimal", YUTU_INLINE_DECIMAL, 50, 1},
      {"0.0", "decimal", YUTU_INLINE_DECIMAL, 0, 1},
      {"-562949952.999999", "decimal", YUTU_INLINE_DECIMAL, -INT64_C(562949952999999), 6},
      {"562949953", "decimal", YUTU_INLINE_NONE, 0, 0},
      {"9999999999999999.999999", "decimal", YUTU_INLINE_NONE, 0, 0},
      {"-0.0", "decimal", YUTU_INLINE_NONE, 0, 0},
      {"5.", "decimal", YUTU_INLINE_NONE, 0, 0},
      {".5", "decimal", YUTU_INLINE_NONE, 0, 0},
      {"1.0000001", "decimal", YUTU_INLINE_NONE, 0, 0},
      {"99999999999999", "decimal", YUTU_INLINE_NONE, 0, 0},
      {"1.5e3", "decimal", YUTU_INLINE_NONE, 0, 0},
      {"true", "boolean", YUTU_INLINE_BOOLEAN, 1, 0},
      {"false", "boolean", YUTU_INLINE_BOOLEAN, 0, 0},
      {"1", "boolean", YUTU_INLINE_NONE, 0, 0},
      {"1970-01-01", "date", YUTU_INLINE_DATE, 0, 0},
      {"1969-12-31", "date", YUTU_INLINE_DATE, -1, 0},
      {"2020-02-29", "date", YUTU_INLINE_DATE, 18321, 0},
      {"0001-01-01", "date", YUTU_INLINE_DATE, -719162, 0},
      {"9999-12-31", "date", YUTU_INLINE_DATE, 2932896, 0},
      {"2021-02-29", "date", YUTU_INLINE_NONE, 0, 0},
      {"1900-02-29", "date", YUTU_INLINE_NONE, 0, 0},
      {"2000-02-29", "date", YUTU_INLINE_DATE, 11016, 0},
      {"2020-13-01", "date", YUTU_INLINE_NONE, 0, 0},
      {"2020-00-01", "date", YUTU_INLINE_NONE, 0, 0},
      {"2020-01-00", "date", YUTU_INLINE_NONE, 0, 0},
      {"2020-01-01Z", "date", YUTU_INLINE_NONE, 0, 0},
      {"0000-01-01", "date", YUTU_INLINE_NONE, 0, 0},
      {"2018", "gYear", YUTU_INLINE_YEAR, 2018, 0},
      {"0001", "gYear", YUTU_INLINE_YEAR, 1, 0},
      {"0000", "gYear", YUTU_INLINE_NONE, 0, 0},
      {"-2018", "gYear", YUTU_INLINE_NONE, 0, 0},
      {"20180", "gYear", YUTU_INLINE_NONE, 0, 0},
      {"2018", "string", YUTU_INLINE_NONE, 0, 0},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const yutu_id id = literal_id(rows[i].text, rows[i].type);
    assert_int_equal(id != YUTU_ID_NONE, rows[i].kind != YUTU_INLINE_NONE);
    if (id == YUTU_ID_NONE)
      continue;
    yutu_inline_value value;
    yutu_slice datatype;
    char text[YUTU_INLINE_TEXT_MAX];
    assert_int_equal(yutu_id_inline(id, &value), rows[i].kind);
    assert_int_equal(value.integer, rows[i].integer);
    assert_int_equal(value.scale, rows[i].scale);
    assert_int_equal(yutu_id_kind(id), YUTU_TERM_LITERAL);
    assert_false(yutu_id_in_dictionary(id));
    assert_int_equal(yutu_id_print(id, text, &datatype), strlen(rows[i].text));
    assert_string_equal(text, rows[i].text);
    assert_true(yutu_slice_ends(datatype, yutu_slice_of(rows[i].type)));
    assert_true(id < YUTU_ID_MASK);
  }
}

/// Ids of a kind sort by value, and yutu_id_at_least() finds where values begin.
static void test_values_sort(void **state) {
  (void)state;
  static const struct {
    const char *type;
    yutu_inline_kind kind;
    const char *texts[9]; ///< ascending
  } rows[] = {
      {"integer", YUTU_INLINE_INTEGER, {"-100000000", "-10", "-9", "-1", "0", "1", "9", "10", "100000000"}},
      {"decimal", YUTU_INLINE_DECIMAL, {"-10.5", "-10", "-0.25", "-0.2", "0.1", "0.19", "0.2", "1.00", "12"}},
      {"date",
       YUTU_INLINE_DATE,
       {"0800-03-01", "1969-12-31", "1970-01-01", "1999-12-31", "2000-01-01", "2000-02-28", "2000-02-29", "2000-03-01",
        "2020-11-17"}},
      {"gYear", YUTU_INLINE_YEAR, {"0221", "1368", "1949", "1978", "1999", "2000", "2001", "2018", "2049"}},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    for (int a = 0; a < 9; a++) {
      const yutu_id id = literal_id(rows[i].texts[a], rows[i].type);
      assert_int_not_equal(id, YUTU_ID_NONE);
      for (int b = 0; b < 9; b++) {
        yutu_inline_value value;
        const yutu_id other = literal_id(rows[i].texts[b], rows[i].type);
        assert_int_equal(id < other, a < b);
        yutu_id_inline(other, &value);
        assert_int_equal(id >= yutu_id_at_least(rows[i].kind, value), a >= b);
        value.integer *= 100000;
        value.scale += 5; // the same value
        if (rows[i].kind == YUTU_INLINE_DECIMAL)
          assert_int_equal(id >= yutu_id_at_least(rows[i].kind, value), a >= b);
      }
      const yutu_inline_value least = {INT64_MIN, 0}, most = {INT64_MAX, 0};
      assert_true(id >= yutu_id_at_least(rows[i].kind, least));
      assert_true(id < yutu_id_at_least(rows[i].kind, most));
    }
  }
  assert_true(literal_id("5.0", "decimal") > literal_id("5", "decimal")); // equal values, different ids
}

// ---- hash ----

/// Against SIPHASH of OpenSSL with 16 bytes of output, key and message bytes 0, 1, 2, …
static void test_hash(void **state) {
  (void)state;
  static const struct {
    size_t n;
    unsigned char hash[16];
  } rows[] = {
      {8, {0x3b, 0x62, 0xa9, 0xba, 0x62, 0x58, 0xf5, 0x61, 0x0f, 0x83, 0xe2, 0x64, 0xf3, 0x14, 0x97, 0xb4}},
      {9, {0x26, 0x44, 0x99, 0x06, 0x0a, 0xd9, 0xba, 0xab, 0xc4, 0x7f, 0x8b, 0x02, 0xbb, 0x6d, 0x71, 0xed}},
      {15, {0x54, 0x93, 0xe9, 0x99, 0x33, 0xb0, 0xa8, 0x11, 0x7e, 0x08, 0xec, 0x0f, 0x97, 0xcf, 0xc3, 0xd9}},
      {16, {0x6e, 0xe2, 0xa4, 0xca, 0x67, 0xb0, 0x54, 0xbb, 0xfd, 0x33, 0x15, 0xbf, 0x85, 0x23, 0x05, 0x77}},
      {23, {0xc9, 0xd1, 0x84, 0xdd, 0xd5, 0xa9, 0xf5, 0xe0, 0xcf, 0x8c, 0xe2, 0x9a, 0x9a, 0xbf, 0x69, 0x1c}},
  };
  static const uint64_t key[2] = {UINT64_C(0x0706050403020100), UINT64_C(0x0f0e0d0c0b0a0908)};
  unsigned char message[32];
  for (unsigned char i = 0; i < sizeof message; i++)
    message[i] = i;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const yutu_hash128 hash = yutu_store_hash(key, UINT64_C(0x0706050403020100), message + 8, rows[i].n - 8);
    assert_memory_equal(&hash.a, rows[i].hash, 8);
    assert_memory_equal(&hash.b, rows[i].hash + 8, 8);
  }
}

// ---- blocks ----

static yutu_id random_id(int bits) {
  static const yutu_tag tags[] = {YUTU_TAG_IRI,           YUTU_TAG_BLANK,   YUTU_TAG_LITERAL, YUTU_TAG_INTEGER,
                                  YUTU_TAG_INTEGER_BELOW, YUTU_TAG_DECIMAL, YUTU_TAG_DATE,    YUTU_TAG_YEAR};
  return yutu_id_make(tags[rnd() % 8], (rnd() << 24 ^ rnd()) & ((UINT64_C(1) << bits) - 1));
}

static int by_tuple(const void *a, const void *b) {
  return yutu_tuple_cmp(a, b);
}

static void test_blocks(void **state) {
  (void)state;
  enum { N = 4000 };
  static yutu_tuple tuples[N];
  for (int bits = 1; bits <= YUTU_PAYLOAD_BITS; bits += 3) {
    for (int i = 0; i < N; i++)
      for (int k = 0; k < 4; k++)
        tuples[i].v[k] = i > 0 && rnd() % 3 ? tuples[i - 1].v[k] : random_id(bits);
    qsort(tuples, N, sizeof *tuples, by_tuple);
    int n = 1;
    for (int i = 1; i < N; i++)
      if (yutu_tuple_cmp(&tuples[n - 1], &tuples[i]) < 0)
        tuples[n++] = tuples[i];
    for (int from = 0; from < n;) {
      yutu_block_writer writer;
      yutu_block_start(&writer);
      int to = from;
      while (to < n && yutu_block_put(&writer, &tuples[to]))
        to++;
      size_t size;
      const unsigned char *packed = yutu_block_finish(&writer, &size);
      assert_true(to > from && size <= YUTU_BLOCK_BYTES && to - from <= YUTU_BLOCK_TUPLES_MAX);
      unsigned char key[YUTU_BLOCK_KEY], copy[YUTU_BLOCK_BYTES + YUTU_BLOCK_SLACK];
      yutu_block_key(&tuples[to - 1], key);
      memcpy(copy, packed, size);
      const yutu_tuple last = yutu_block_key_tuple(key);
      yutu_block_reader reader;
      assert_true(yutu_block_open(&reader, &last, copy, size));
      for (; from < to; from++) {
        assert_true(yutu_block_next(&reader));
        assert_memory_equal(&reader.now, &tuples[from], sizeof reader.now);
      }
      assert_false(yutu_block_next(&reader));
    }
  }
}

/// Keys sort as tuples do.
static void test_keys(void **state) {
  (void)state;
  for (int i = 0; i < 1000; i++) {
    yutu_tuple a, b;
    for (int k = 0; k < 4; k++) {
      a.v[k] = random_id(30);
      b.v[k] = rnd() % 2 ? a.v[k] : random_id(30);
    }
    unsigned char x[YUTU_BLOCK_KEY], y[YUTU_BLOCK_KEY];
    yutu_block_key(&a, x);
    yutu_block_key(&b, y);
    const int order = memcmp(x, y, sizeof x);
    assert_int_equal((order > 0) - (order < 0), yutu_tuple_cmp(&a, &b));
  }
}

/// Any bytes are safe to read.
static void test_damaged_blocks(void **state) {
  (void)state;
  for (int i = 0; i < 20000; i++) {
    const size_t n = rnd() % (YUTU_BLOCK_BYTES + 1);
    unsigned char *bytes = malloc(n + YUTU_BLOCK_SLACK);
    for (size_t k = 0; k < n + YUTU_BLOCK_SLACK; k++)
      bytes[k] = (unsigned char)rnd();
    if (n > 1 && rnd() % 2)
      bytes[1] = 0;
    const yutu_tuple last = {{random_id(50), random_id(50), random_id(50), random_id(50)}};
    yutu_block_reader reader;
    unsigned count = 0;
    if (yutu_block_open(&reader, &last, bytes, n))
      while (yutu_block_next(&reader))
        count++;
    assert_true(count <= YUTU_BLOCK_TUPLES_MAX);
    free(bytes);
  }
}

// ---- sorting ----

static void test_sort(void **state) {
  (void)state;
  static const size_t sizes[] = {0, 1, 2, 3, 100, 1024, 1025, 30000};
  for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
    const size_t n = sizes[k];
    yutu_op *ops = malloc((n + 1) * sizeof *ops), *scratch = malloc((n + 1) * sizeof *scratch);
    for (int index = 0; index < YUTU_INDEXES; index++) {
      for (size_t i = 0; i < n; i++)
        for (int place = 0; place < 4; place++)
          ops[i].v[place] = random_id(place == 1 ? 3 : 12) | (place == 3 && rnd() % 2 ? YUTU_OP_REMOVE : 0);
      yutu_sort(ops, scratch, n, (yutu_index)index);
      for (size_t i = 1; i < n; i++) {
        yutu_quad_ids a = ops[i - 1].quad, b = ops[i].quad;
        a.g &= ~YUTU_OP_REMOVE;
        b.g &= ~YUTU_OP_REMOVE;
        const yutu_tuple x = yutu_index_tuple((yutu_index)index, &a), y = yutu_index_tuple((yutu_index)index, &b);
        assert_true(yutu_tuple_cmp(&x, &y) <= 0);
      }
      for (size_t i = 0; i < n; i++) // equal ones keep their order: number them
        ops[i].v[0] = i;
      yutu_sort_by(ops, scratch, n, YUTU_PLACE_P);
      for (size_t i = 1; i < n; i++)
        assert_true(ops[i - 1].v[1] < ops[i].v[1] || (ops[i - 1].v[1] == ops[i].v[1] && ops[i - 1].v[0] < ops[i].v[0]));
    }
    free(ops);
    free(scratch);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_inline), cmocka_unit_test(test_values_sort),    cmocka_unit_test(test_hash),
      cmocka_unit_test(test_blocks), cmocka_unit_test(test_damaged_blocks), cmocka_unit_test(test_keys),
      cmocka_unit_test(test_sort),
  };
  return cmocka_run_group_tests_name("graph_store_parts", tests, NULL, NULL);
}
