#include "queries/sparql/terms.h"

#include "queries/sparql/exec.h"

#include <stdio.h>
#include <string.h>

static uint64_t hash_term(const yutu_term *t) {
  return yutu_hash(t->value.data, t->value.len) ^ (yutu_hash(t->datatype.data, t->datatype.len) * 3) ^
         (yutu_hash(t->language.data, t->language.len) * 5) ^ (uint64_t)t->kind;
}

static bool same_term(const yutu_term *a, const yutu_term *b) {
  return a->kind == b->kind && yutu_slice_eq(a->value, b->value) && yutu_slice_eq(a->datatype, b->datatype) &&
         yutu_slice_eq(a->language, b->language);
}

static void grow_slots(yutu_exec *x, yutu_terms *t) {
  const uint32_t n = t->n_slots ? t->n_slots * 2 : 256;
  t->slots = yutu_exec_resize(x, t->slots, t->n_slots * sizeof *t->slots, n * sizeof *t->slots);
  t->n_slots = n;
  memset(t->slots, 0, n * sizeof *t->slots);
  for (uint32_t i = 0; i < t->n; i++) {
    uint32_t slot = (uint32_t)t->entries[i].hash & (n - 1);
    while (t->slots[slot])
      slot = (slot + 1) & (n - 1);
    t->slots[slot] = i + 1;
  }
}

static yutu_slice keep(yutu_exec *x, yutu_slice s) {
  if (!s.len)
    return (yutu_slice){"", 0};
  yutu_exec_charge(x, s.len + 1);
  return (yutu_slice){yutu_arena_strndup(x->terms.texts, s.data, s.len), s.len};
}

static yutu_id add(yutu_exec *x, const yutu_term *term, uint64_t hash, uint32_t slot) {
  yutu_terms *t = &x->terms;
  if (t->n == t->room) {
    const uint32_t room = t->room ? t->room * 2 : 128;
    t->entries = yutu_exec_resize(x, t->entries, t->room * sizeof *t->entries, room * sizeof *t->entries);
    t->room = room;
  }
  yutu_id id = YUTU_ID_NONE;
  yutu_exec_try(x, yutu_term_find(x->snapshot, term, &id, &x->error));
  const yutu_term copy = {term->kind, keep(x, term->value), keep(x, term->datatype), keep(x, term->language)};
  t->entries[t->n] = (yutu_term_entry){hash, id ? id : YUTU_ID_LOCAL | t->n, copy};
  t->slots[slot] = ++t->n;
  return t->entries[t->n - 1].id;
}

static yutu_id intern_term(yutu_exec *x, const yutu_term *term) {
  yutu_terms *t = &x->terms;
  if (t->n * 2 >= t->n_slots)
    grow_slots(x, t);
  const uint64_t hash = hash_term(term);
  uint32_t slot = (uint32_t)hash & (t->n_slots - 1);
  for (; t->slots[slot]; slot = (slot + 1) & (t->n_slots - 1)) {
    const yutu_term_entry *e = &t->entries[t->slots[slot] - 1];
    if (e->hash == hash && same_term(&e->term, term))
      return e->id;
  }
  return add(x, term, hash, slot);
}

yutu_id yutu_exec_intern(yutu_exec *x, yutu_value *v) {
  if (v->kind == YUTU_VALUE_UNBOUND)
    return YUTU_ID_NONE;
  if (!v->id) {
    const yutu_term term = yutu_value_term(v, x->scratch);
    v->id = intern_term(x, &term);
  }
  return v->id;
}

yutu_id yutu_exec_fresh_blank(yutu_exec *x) {
  return YUTU_ID_LOCAL | YUTU_ID_FRESH_BLANK | x->blanks++;
}

static void local_term(yutu_exec *x, yutu_id id, yutu_term *ret) {
  if (!(id & YUTU_ID_FRESH_BLANK)) {
    *ret = x->terms.entries[id & ~YUTU_ID_LOCAL].term;
    return;
  }
  char label[40];
  const int n = snprintf(label, sizeof label, "yutu-query-%llu",
                         (unsigned long long)(id & ~(YUTU_ID_LOCAL | YUTU_ID_FRESH_BLANK)));
  *ret = (yutu_term){.kind = YUTU_TERM_BLANK, .value = {yutu_arena_strndup(x->scratch, label, (size_t)n), (size_t)n}};
}

void yutu_exec_term(yutu_exec *x, yutu_id id, yutu_term *ret) {
  if (id == YUTU_ID_NONE) {
    *ret = (yutu_term){0};
    return;
  }
  if (yutu_id_is_local(id)) {
    local_term(x, id, ret);
    return;
  }
  yutu_value v;
  if (yutu_value_of_inline(id, &v)) {
    *ret = yutu_value_term(&v, x->scratch);
    return;
  }
  const size_t slot = (id ^ id >> 10) % YUTU_TERM_CACHE;
  if (x->terms.cache[slot].id != id) {
    yutu_exec_try(x, yutu_term_get(x->snapshot, id, &x->terms.cache[slot].term, &x->error));
    x->terms.cache[slot].id = id;
  }
  *ret = x->terms.cache[slot].term;
}

void yutu_exec_value(yutu_exec *x, yutu_id id, yutu_value *ret) {
  if (!yutu_id_is_local(id) && yutu_value_of_inline(id, ret))
    return;
  yutu_term term;
  yutu_exec_term(x, id, &term);
  yutu_value_of_term(&term, ret);
  ret->id = id;
}
