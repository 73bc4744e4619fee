#include "graph/derive.h"

/// "region/310000": GB/T 2260 codes of provinces end in four zeros.
static bool has_province_code(yutu_slice id) {
  const yutu_slice region = YUTU_SLICE("region/"), zeros = YUTU_SLICE("0000");
  return yutu_slice_starts(id, region) && id.len == region.len + 6 && yutu_slice_ends(id, zeros);
}

void yutu_derive_types(yutu_statements *all, uint32_t entity, yutu_class cls, yutu_slice name, yutu_slice id) {
  yutu_statements_add_type(all, entity, cls);
  if (cls == YUTU_CLASS_CITY && has_province_code(id))
    yutu_statements_add_type(all, entity, YUTU_CLASS_PROVINCE);
  if (cls == YUTU_CLASS_PROVINCE && yutu_slice_ends(name, YUTU_SLICE("市")))
    yutu_statements_add_type(all, entity, YUTU_CLASS_CITY);
}

void yutu_derive_cooperation(yutu_statements *all, const uint32_t *participants, uint32_t n) {
  if (n > YUTU_COOPERATION_PAIRS_MAX)
    return;
  for (uint32_t i = 0; i < n; i++) {
    for (uint32_t k = i + 1; k < n; k++) {
      if (participants[i] != participants[k])
        yutu_statements_add_relation(all, participants[i], YUTU_PROPERTY_COOPERATES_WITH, participants[k]);
    }
  }
}

void yutu_derive_parent(yutu_statements *all, uint32_t child, yutu_class child_class, uint32_t parent,
                        yutu_class parent_class) {
  static const struct {
    yutu_property relation;
    bool from_parent;
  } candidates[] = {
      {YUTU_PROPERTY_AFFILIATED_WITH, false},
      {YUTU_PROPERTY_OPERATES, true},
      {YUTU_PROPERTY_ORGANIZES, true},
      {YUTU_PROPERTY_PART_OF, false},
  };
  if (child_class == YUTU_CLASS_INDUSTRY && parent_class == YUTU_CLASS_INDUSTRY) {
    yutu_statements_add_iri(all, child, YUTU_NS_SKOS "broader", yutu_statements_iri(all, parent));
    return;
  }
  for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
    const bool turned = candidates[i].from_parent;
    const yutu_class from = turned ? parent_class : child_class, to = turned ? child_class : parent_class;
    if (yutu_property_allows(candidates[i].relation, from, to)) {
      yutu_statements_add_relation(all, turned ? parent : child, candidates[i].relation, turned ? child : parent);
      return;
    }
  }
}
