#include "tests/unit/graph_quads.h"

#include "graph/background.h"
#include "graph/iri.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/// Has the graph this statement? `object` is an IRI under <base>id/ or a vocabulary when it has a colon, else a
/// literal.
static bool has(yutu_quads quads, const char *subject, const char *predicate, const char *object) {
  for (size_t i = 0; i < quads.n; i++) {
    const yutu_quad *q = &quads.at[i];
    if (yutu_slice_ends(q->s.value, yutu_slice_of(subject)) && yutu_slice_ends(q->p.value, yutu_slice_of(predicate)) &&
        yutu_slice_ends(q->o.value, yutu_slice_of(object)))
      return true;
  }
  return false;
}

static void test_builtin(void **state) {
  (void)state;
  yutu_arena *arena = yutu_arena_new(0);
  yutu_quads quads = {0};
  yutu_error err = {0};
  assert_int_equal(yutu_background(yutu_gazetteer_builtin(), (yutu_slice){NULL, 0}, arena, &quads, &err), YUTU_OK);
  static const struct {
    const char *s, *p, *o;
  } rows[] = {
      {"/id/region/440300", "#type", "ns#City"},
      {"/id/region/440300", "#notation", "440300"},
      {"/id/region/440300", "#prefLabel", "深圳市"},
      {"/id/region/110000", "#prefLabel", "Beijing"},
      {"/id/region/440300", "#altLabel", "深圳"},
      {"/id/region/440300", "#locatedIn", "/id/region/440000"},
      {"/id/region/440300", "#lat", ""},
      {"/id/region/440300", "#long", ""},
      {"/id/region/310000", "#hiddenLabel", "沪"},
      {"/id/region/310000", "#type", "ns#City"},
      {"/id/region/310000", "#type", "ns#Province"},
      {"/id/country/GB", "#type", "ns#Country"},
      {"/id/country/GB", "#notation", "GB"},
      {"/id/region/310000", "#partOf", "/id/region/长江三角洲"},
      {"graph/gazetteer#industries", "#type", "#ConceptScheme"},
      {"/id/industry/新能源", "#inScheme", "#industries"},
      {"/id/industry/新能源", "#topConceptOf", "#industries"},
      {"graph/gazetteer#industries", "#hasTopConcept", "/id/industry/新能源"},
      {"graph/gazetteer", "#versionInfo", ""},
      {"", "#broader", "/id/industry/新能源"},
      {"/id/org/国家自然科学基金委员会", "#operates", "/id/initiative/国家自然科学基金"},
      {"/id/org/商务部", "#organizes", "/id/initiative/中国国际投资贸易洽谈会"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    if (!has(quads, rows[i].s, rows[i].p, rows[i].o))
      fail_msg("no %s %s %s", rows[i].s, rows[i].p, rows[i].o);
  }
  assert_false(has(quads, "/id/region/长江三角洲", "#notation", ""));
  const yutu_slice graph = yutu_iri_gazetteer(arena, yutu_iri_default_base);
  for (size_t i = 0; i < quads.n; i++)
    assert_true(yutu_slice_eq(quads.at[i].g.value, graph));
  yutu_arena_free(arena);
}

/// A gazetteer of a few lines, compiled here.
static yutu_gazetteer *compile(const char *lines, yutu_buffer *image) {
  char path[] = "/tmp/yutu-list-XXXXXX.tsv";
  const int fd = mkstemps(path, 4);
  assert_true(fd >= 0);
  assert_int_equal(write(fd, lines, strlen(lines)), strlen(lines));
  close(fd);
  const char *paths[] = {path};
  yutu_error err = {0};
  if (yutu_gazetteer_compile(paths, 1, image, &err) != YUTU_OK)
    fail_msg("%s:%u %s", err.file, err.line, err.message);
  unlink(path);
  yutu_gazetteer *g = NULL;
  assert_int_equal(yutu_gazetteer_open(image->data, image->len, &g, &err), YUTU_OK);
  return g;
}

#define HEAD "# title: t\n# source: s\n# licence: l\nclass\tname\taliases\ten\n"

static void test_version(void **state) {
  (void)state;
  static const char *const lists[] = {HEAD "Company\t甲公司\t甲\t\n", HEAD "Company\t甲公司\t甲|乙\t\n",
                                      HEAD "Company\t甲公司\t甲\tA\n", HEAD "Company\t甲公司\t甲\t\n"};
  char versions[4][YUTU_BACKGROUND_VERSION_HEX + 1];
  yutu_error err = {0};
  for (size_t i = 0; i < 4; i++) {
    yutu_buffer image = YUTU_BUFFER_INIT;
    yutu_gazetteer *g = compile(lists[i], &image);
    assert_int_equal(yutu_background_version(g, (yutu_slice){NULL, 0}, versions[i], &err), YUTU_OK);
    char other[YUTU_BACKGROUND_VERSION_HEX + 1];
    assert_int_equal(yutu_background_version(g, YUTU_SLICE("http://b/"), other, &err), YUTU_OK);
    assert_string_not_equal(other, versions[i]);
    yutu_gazetteer_free(g);
    yutu_buffer_free(&image);
  }
  assert_string_not_equal(versions[0], versions[1]);
  assert_string_not_equal(versions[0], versions[2]);
  assert_string_equal(versions[0], versions[3]);
}

/// Written when it changes, and at no other time.
static void test_store(void **state) {
  (void)state;
  yutu_error err = {0};
  yutu_store *store = NULL;
  assert_int_equal(yutu_store_open("memory:", YUTU_STORE_CREATE, &store, &err), YUTU_OK);
  yutu_buffer first = YUTU_BUFFER_INIT, second = YUTU_BUFFER_INIT;
  yutu_gazetteer *one = compile(HEAD "Company\t甲公司\t甲\t\n", &first);
  yutu_gazetteer *two = compile(HEAD "Company\t甲公司\t乙\t\n", &second);
  const yutu_slice base = {NULL, 0};
  uint64_t changed = 0;
  assert_int_equal(yutu_background_store(store, one, base, &changed, &err), YUTU_OK);
  assert_true(changed > 3);
  assert_int_equal(yutu_background_store(store, one, base, &changed, &err), YUTU_OK);
  assert_int_equal(changed, 0);
  assert_int_equal(yutu_background_store(store, two, base, &changed, &err), YUTU_OK);
  assert_int_equal(changed, 4); // an alias and the version go, others come
  yutu_gazetteer_free(one);
  yutu_gazetteer_free(two);
  yutu_buffer_free(&first);
  yutu_buffer_free(&second);
  yutu_store_close(store);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_builtin),
      cmocka_unit_test(test_version),
      cmocka_unit_test(test_store),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
