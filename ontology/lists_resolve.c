// Names of entities against each other, references to rows.
#include "ontology/compile_lists.h"

#include <stdlib.h>
#include <string.h>

static int by_key(const void *a, const void *b) {
  const yutu_list_posting *x = a, *y = b;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  if (x->posting.role != y->posting.role)
    return x->posting.role < y->posting.role ? -1 : 1;
  return (x->posting.row > y->posting.row) - (x->posting.row < y->posting.row);
}

static void add_posting(yutu_lists *l, uint32_t key, uint32_t row, yutu_role role) {
  const yutu_table table = l->entities.at[row].cls == YUTU_CLASS_NONE ? YUTU_TABLE_COMPOUND : YUTU_TABLE_ENTITY;
  *YUTU_PUSH(l->arena, &l->postings) =
      (yutu_list_posting){key, {.row = row, .table = (uint8_t)table, .role = (uint8_t)role}};
}

static void collect_names(yutu_lists *l) {
  static const yutu_role roles[] = {
      [YUTU_LIST_ALIASES] = YUTU_ROLE_ALIAS, [YUTU_LIST_WEAK] = YUTU_ROLE_WEAK, [YUTU_LIST_LETTERS] = YUTU_ROLE_LETTER};
  for (uint32_t row = 0; row < l->entities.n; row++) {
    const yutu_list_entity *e = &l->entities.at[row];
    add_posting(l, e->name, row, YUTU_ROLE_NAME);
    for (unsigned i = 0; i < YUTU_LIST_FIRST_OF_ROWS; i++) {
      for (uint32_t k = 0; k < e->lists[i].n; k++)
        add_posting(l, e->lists[i].at[k], row, roles[i]);
    }
  }
  if (l->postings.n)
    qsort(l->postings.at, l->postings.n, sizeof *l->postings.at, by_key);
}

static const char *text_of(const yutu_lists *l, uint32_t string) {
  return yutu_intern_get(l->strings, string).data;
}

/// Two rows want the same name. What the base image brought along is not blamed: a user's list may share its short
/// names.
static void check_pair(yutu_lists *l, const yutu_list_posting *a, const yutu_list_posting *b) {
  const yutu_list_entity *x = &l->entities.at[a->posting.row], *y = &l->entities.at[b->posting.row];
  const char *key = text_of(l, a->key);
  if (!x->origin.line || !y->origin.line)
    return;
  if (x == y)
    yutu_list_fault(l, y->origin, "“%s” of “%s” is written twice: keep it in one column", key, text_of(l, y->name));
  else if (b->posting.role != YUTU_ROLE_ALIAS)
    return; // two names: the ids tell them apart; weak names and letters may be shared
  else if (a->posting.role == YUTU_ROLE_NAME)
    yutu_list_fault(l, y->origin, "the alias “%s” of “%s” is the name of the entity at %s:%u: make it weak or drop it",
                    key, text_of(l, y->name), l->files.at[x->origin.file], x->origin.line);
  else
    yutu_list_fault(l, y->origin,
                    "the alias “%s” of “%s” is also one of “%s” (%s:%u): make it weak in both, or drop one", key,
                    text_of(l, y->name), text_of(l, x->name), l->files.at[x->origin.file], x->origin.line);
}

static void check_names(yutu_lists *l) {
  for (uint32_t first = 0, i = 0; i < l->postings.n; i++) {
    if (l->postings.at[i].key != l->postings.at[first].key)
      first = i;
    bool reported = false;
    for (uint32_t k = first; k < i && !reported; k++) {
      const unsigned before = l->n_faults;
      check_pair(l, &l->postings.at[k], &l->postings.at[i]);
      reported = l->n_faults != before;
    }
  }
}

/// Posting range of a key, by binary search.
static uint32_t first_posting(const yutu_lists *l, uint32_t key) {
  uint32_t low = 0, high = l->postings.n;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (l->postings.at[middle].key < key)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static bool is_one_of(const yutu_lists *l, uint32_t row, uint64_t classes) {
  return classes >> l->entities.at[row].cls & 1;
}

/// The only row of these classes that has the text in this role; YUTU_ROW_NONE when none has, *ret_several when more
/// do.
static uint32_t only_row(const yutu_lists *l, uint32_t key, yutu_role role, uint64_t classes, bool *ret_several) {
  uint32_t found = YUTU_ROW_NONE;
  for (uint32_t i = first_posting(l, key); i < l->postings.n && l->postings.at[i].key == key; i++) {
    const yutu_posting *p = &l->postings.at[i].posting;
    if (p->role != role || !is_one_of(l, p->row, classes))
      continue;
    *ret_several = *ret_several || found != YUTU_ROW_NONE;
    found = p->row;
  }
  return found;
}

/// What a column may refer to.
static uint64_t classes_for(const yutu_list_entity *e, yutu_list list) {
  const uint64_t industry = UINT64_C(1) << YUTU_CLASS_INDUSTRY;
  const uint64_t all = yutu_class_set(YUTU_SLICE("Entity"));
  switch (list) {
  case YUTU_LIST_WITHIN:
    return yutu_class_set(YUTU_SLICE("Place"));
  case YUTU_LIST_MEMBERS:
    return yutu_class_set(YUTU_SLICE("Actor"));
  case YUTU_LIST_FOCUS:
    return industry;
  case YUTU_LIST_PARENTS:
    return e->cls == YUTU_CLASS_INDUSTRY ? industry : all & ~industry;
  default:
    return all;
  }
}

static const char *const list_names[YUTU_LIST_COUNT] = {"aliases", "weak",   "letters", "within",
                                                        "part_of", "parent", "members", "focus"};

/// By id, else by exact name, else by alias. YUTU_ROW_NONE after a fault.
static uint32_t resolve(yutu_lists *l, const yutu_list_entity *e, yutu_list list, uint32_t text) {
  const uint64_t classes = classes_for(e, list);
  bool several = false;
  uint32_t row = yutu_list_row_of_id(l, text);
  if (row != YUTU_ROW_NONE && is_one_of(l, row, classes))
    return row;
  row = only_row(l, text, YUTU_ROLE_NAME, classes, &several);
  if (row == YUTU_ROW_NONE)
    row = only_row(l, text, YUTU_ROLE_ALIAS, classes, &several);
  if (row != YUTU_ROW_NONE && !several)
    return row;
  if (several)
    yutu_list_fault(l, e->origin, "%s: “%s” is the name of several entities: write the id", list_names[list],
                    text_of(l, text));
  else
    yutu_list_fault(l, e->origin, "%s: nothing that can stand there is called “%s”: write an id or an exact name",
                    list_names[list], text_of(l, text));
  return YUTU_ROW_NONE;
}

static void resolve_references(yutu_lists *l, uint32_t row) {
  yutu_list_entity *e = &l->entities.at[row];
  for (unsigned i = YUTU_LIST_FIRST_OF_ROWS; i < YUTU_LIST_COUNT; i++) {
    for (uint32_t k = 0; k < e->written[i].n; k++) {
      const uint32_t to = resolve(l, e, (yutu_list)i, e->written[i].at[k]);
      if (to == row)
        yutu_list_fault(l, e->origin, "%s: “%s” refers to itself", list_names[i], text_of(l, e->name));
      else if (to != YUTU_ROW_NONE)
        *YUTU_PUSH(l->arena, &e->lists[i]) = to;
    }
  }
}

/// Length of the longest chain upwards, at most `left`.
static unsigned chain(const yutu_lists *l, uint32_t row, yutu_list list, unsigned left) {
  const yutu_number_list *up = &l->entities.at[row].lists[list];
  unsigned longest = 0;
  for (uint32_t i = 0; i < up->n && left && longest < left; i++) {
    const unsigned length = 1 + chain(l, up->at[i], list, left - 1);
    longest = length > longest ? length : longest;
  }
  return longest;
}

static void check_circles(yutu_lists *l, uint32_t row) {
  static const yutu_list upward[] = {YUTU_LIST_WITHIN, YUTU_LIST_PART_OF, YUTU_LIST_PARENTS};
  const yutu_list_entity *e = &l->entities.at[row];
  for (size_t i = 0; i < sizeof upward / sizeof *upward; i++) {
    if (e->origin.line && chain(l, row, upward[i], YUTU_LIST_DEPTH_MAX) == YUTU_LIST_DEPTH_MAX)
      yutu_list_fault(l, e->origin, "%s of “%s” goes in a circle (or is deeper than %d)", list_names[upward[i]],
                      text_of(l, e->name), YUTU_LIST_DEPTH_MAX);
  }
}

void yutu_list_resolve(yutu_lists *l) {
  collect_names(l);
  check_names(l);
  for (uint32_t row = 0; row < l->entities.n; row++)
    resolve_references(l, row);
  for (uint32_t row = 0; row < l->entities.n; row++)
    check_circles(l, row);
}
