#include "ontology/vocabulary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void test_classes(void **state) {
  (void)state;
  static const struct {
    yutu_class cls;
    const char *name, *group;
  } rows[] = {
      {YUTU_CLASS_COUNTRY, "Country", "country"},
      {YUTU_CLASS_PROVINCE, "Province", "region"},
      {YUTU_CLASS_CITY, "City", "region"},
      {YUTU_CLASS_DISTRICT, "District", "region"},
      {YUTU_CLASS_REGION_CLUSTER, "RegionCluster", "region"},
      {YUTU_CLASS_ZONE, "Zone", "zone"},
      {YUTU_CLASS_COMPANY, "Company", "org"},
      {YUTU_CLASS_UNIVERSITY, "University", "org"},
      {YUTU_CLASS_RESEARCH_INSTITUTE, "ResearchInstitute", "org"},
      {YUTU_CLASS_GOVERNMENT_AGENCY, "GovernmentAgency", "org"},
      {YUTU_CLASS_ALLIANCE, "Alliance", "org"},
      {YUTU_CLASS_ORGANIZATION, "Organization", "org"},
      {YUTU_CLASS_PROGRAM, "Program", "initiative"},
      {YUTU_CLASS_POLICY, "Policy", "initiative"},
      {YUTU_CLASS_PLATFORM, "Platform", "initiative"},
      {YUTU_CLASS_EVENT, "Event", "initiative"},
      {YUTU_CLASS_PERSON, "Person", "person"},
      {YUTU_CLASS_PRODUCT, "Product", "product"},
      {YUTU_CLASS_INDUSTRY, "Industry", "industry"},
  };
  assert_int_equal(YUTU_CLASS_COUNT, sizeof rows / sizeof *rows + 1); // a new class belongs into this list
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    assert_string_equal(yutu_class_name(rows[i].cls), rows[i].name);
    assert_string_equal(yutu_class_group(rows[i].cls), rows[i].group);
    assert_int_equal(yutu_class_find(yutu_slice_of(rows[i].name)), rows[i].cls);
    assert_true((unsigned char)yutu_class_label(rows[i].cls, true)[0] >= 0xE4); // Chinese
    assert_true((unsigned char)yutu_class_label(rows[i].cls, false)[0] < 0x80);
    assert_true(yutu_class_set(yutu_slice_of(rows[i].name)) == UINT64_C(1) << rows[i].cls);
  }
}

static void test_no_class(void **state) {
  (void)state;
  static const char *const names[] = {"", "city", "City ", "Region", "Cooperation", "locatedIn", "None"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    assert_int_equal(yutu_class_find(yutu_slice_of(names[i])), YUTU_CLASS_NONE);
  static const yutu_class wrong[] = {YUTU_CLASS_NONE, YUTU_CLASS_COUNT, (yutu_class)-1};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    assert_string_equal(yutu_class_name(wrong[i]), "");
    assert_string_equal(yutu_class_group(wrong[i]), "");
    assert_string_equal(yutu_class_label(wrong[i], true), "");
    assert_false(yutu_property_allows(YUTU_PROPERTY_LOCATED_IN, wrong[i], YUTU_CLASS_CITY));
    assert_false(yutu_property_allows(YUTU_PROPERTY_LOCATED_IN, YUTU_CLASS_CITY, wrong[i]));
  }
}

static void test_sets(void **state) {
  (void)state;
  static const struct {
    const char *name;
    yutu_class in, out;
  } rows[] = {
      {"Region", YUTU_CLASS_REGION_CLUSTER, YUTU_CLASS_ZONE}, {"Place", YUTU_CLASS_ZONE, YUTU_CLASS_COMPANY},
      {"Org", YUTU_CLASS_ALLIANCE, YUTU_CLASS_ZONE},          {"Actor", YUTU_CLASS_CITY, YUTU_CLASS_PERSON},
      {"Initiative", YUTU_CLASS_EVENT, YUTU_CLASS_PRODUCT},   {"Entity", YUTU_CLASS_INDUSTRY, YUTU_CLASS_NONE},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const uint64_t set = yutu_class_set(yutu_slice_of(rows[i].name));
    assert_true(set >> rows[i].in & 1);
    assert_false(set >> rows[i].out & 1);
  }
  assert_true(yutu_class_set(YUTU_SLICE("Cooperation")) == 0);
  assert_true(yutu_class_set(YUTU_SLICE("")) == 0);
}

static void test_relations(void **state) {
  (void)state;
  static const char *const names[] = {"locatedIn", "partOf",    "establishes", "leads",          "participatesIn",
                                      "organizes", "operates",  "issues",      "supports",       "affiliatedWith",
                                      "develops",  "focusesOn", "worksFor",    "cooperatesWith", "linkedWith"};
  assert_int_equal(YUTU_PROPERTY_COUNT, sizeof names / sizeof *names + 1);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const yutu_property p = yutu_property_find(yutu_slice_of(names[i]));
    assert_int_not_equal(p, YUTU_PROPERTY_NONE);
    assert_string_equal(yutu_property_name(p), names[i]);
    assert_true((unsigned char)yutu_property_label(p, true)[0] >= 0xE4);
    assert_true((unsigned char)yutu_property_label(p, false)[0] < 0x80);
    assert_int_equal(yutu_property_symmetric(p), p == YUTU_PROPERTY_COOPERATES_WITH || p == YUTU_PROPERTY_LINKED_WITH);
  }
  static const char *const no_relation[] = {"", "participant", "via", "establishedBy", "confidence", "City"};
  for (size_t i = 0; i < sizeof no_relation / sizeof *no_relation; i++)
    assert_int_equal(yutu_property_find(yutu_slice_of(no_relation[i])), YUTU_PROPERTY_NONE);
  assert_string_equal(yutu_property_name(YUTU_PROPERTY_COUNT), "");
}

static void test_allows(void **state) {
  (void)state;
  static const struct {
    yutu_property property;
    yutu_class subject, object;
    bool allowed;
  } rows[] = {
      {YUTU_PROPERTY_LOCATED_IN, YUTU_CLASS_COMPANY, YUTU_CLASS_ZONE, true},
      {YUTU_PROPERTY_LOCATED_IN, YUTU_CLASS_EVENT, YUTU_CLASS_CITY, true},
      {YUTU_PROPERTY_LOCATED_IN, YUTU_CLASS_PERSON, YUTU_CLASS_CITY, false},
      {YUTU_PROPERTY_LOCATED_IN, YUTU_CLASS_CITY, YUTU_CLASS_COMPANY, false},
      {YUTU_PROPERTY_PART_OF, YUTU_CLASS_ZONE, YUTU_CLASS_ZONE, true},
      {YUTU_PROPERTY_PART_OF, YUTU_CLASS_CITY, YUTU_CLASS_PROVINCE, false},
      {YUTU_PROPERTY_ESTABLISHES, YUTU_CLASS_UNIVERSITY, YUTU_CLASS_RESEARCH_INSTITUTE, true},
      {YUTU_PROPERTY_ESTABLISHES, YUTU_CLASS_CITY, YUTU_CLASS_EVENT, false},
      {YUTU_PROPERTY_LEADS, YUTU_CLASS_GOVERNMENT_AGENCY, YUTU_CLASS_PROGRAM, true},
      {YUTU_PROPERTY_LEADS, YUTU_CLASS_PERSON, YUTU_CLASS_PROGRAM, false},
      {YUTU_PROPERTY_PARTICIPATES_IN, YUTU_CLASS_PERSON, YUTU_CLASS_EVENT, true},
      {YUTU_PROPERTY_PARTICIPATES_IN, YUTU_CLASS_PRODUCT, YUTU_CLASS_EVENT, false},
      {YUTU_PROPERTY_ORGANIZES, YUTU_CLASS_ALLIANCE, YUTU_CLASS_EVENT, true},
      {YUTU_PROPERTY_OPERATES, YUTU_CLASS_COMPANY, YUTU_CLASS_ZONE, true},
      {YUTU_PROPERTY_ISSUES, YUTU_CLASS_PROVINCE, YUTU_CLASS_POLICY, true},
      {YUTU_PROPERTY_ISSUES, YUTU_CLASS_POLICY, YUTU_CLASS_PROVINCE, false},
      {YUTU_PROPERTY_SUPPORTS, YUTU_CLASS_CITY, YUTU_CLASS_COMPANY, true},
      {YUTU_PROPERTY_AFFILIATED_WITH, YUTU_CLASS_COMPANY, YUTU_CLASS_COMPANY, true},
      {YUTU_PROPERTY_AFFILIATED_WITH, YUTU_CLASS_CITY, YUTU_CLASS_COMPANY, false},
      {YUTU_PROPERTY_DEVELOPS, YUTU_CLASS_PERSON, YUTU_CLASS_PRODUCT, true},
      {YUTU_PROPERTY_FOCUSES_ON, YUTU_CLASS_ZONE, YUTU_CLASS_INDUSTRY, true},
      {YUTU_PROPERTY_FOCUSES_ON, YUTU_CLASS_INDUSTRY, YUTU_CLASS_INDUSTRY, false},
      {YUTU_PROPERTY_WORKS_FOR, YUTU_CLASS_PERSON, YUTU_CLASS_GOVERNMENT_AGENCY, true},
      {YUTU_PROPERTY_WORKS_FOR, YUTU_CLASS_COMPANY, YUTU_CLASS_PERSON, false},
      {YUTU_PROPERTY_COOPERATES_WITH, YUTU_CLASS_CITY, YUTU_CLASS_UNIVERSITY, true},
      {YUTU_PROPERTY_LINKED_WITH, YUTU_CLASS_CITY, YUTU_CLASS_COUNTRY, true},
      {YUTU_PROPERTY_LINKED_WITH, YUTU_CLASS_CITY, YUTU_CLASS_REGION_CLUSTER, false},
      {YUTU_PROPERTY_NONE, YUTU_CLASS_CITY, YUTU_CLASS_CITY, false},
      {YUTU_PROPERTY_COUNT, YUTU_CLASS_CITY, YUTU_CLASS_CITY, false},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    assert_int_equal(yutu_property_allows(rows[i].property, rows[i].subject, rows[i].object), rows[i].allowed);
}

static void test_iris(void **state) {
  (void)state;
  assert_string_equal(YUTU_NS, "https://w3id.org/yutu/ns#");
  assert_string_equal(YUTU_IRI_GOVERNMENT_AGENCY, "https://w3id.org/yutu/ns#GovernmentAgency");
  assert_string_equal(YUTU_IRI_CONFIDENCE, "https://w3id.org/yutu/ns#confidence");
  assert_string_equal(YUTU_IRI_PLANNED, "https://w3id.org/yutu/ns#Planned");
  assert_string_equal(YUTU_NS_SCHEMA "Observation", "https://schema.org/Observation");
  assert_string_equal(YUTU_NS_RDF "type", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_classes),   cmocka_unit_test(test_no_class), cmocka_unit_test(test_sets),
      cmocka_unit_test(test_relations), cmocka_unit_test(test_allows),   cmocka_unit_test(test_iris),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
