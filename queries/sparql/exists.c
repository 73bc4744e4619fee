#include "queries/sparql/exists.h"

#include "queries/sparql/plan.h"
#include "queries/sparql/table.h"

enum {
  KEYS_MAX = 4,
  REMEMBERED_MAX = 1 << 18, ///< then everything is forgotten and begun again
  TRIAL = 4096,             ///< after so many questions at least one of ten must have been answered from memory
};

struct yutu_exists {
  yutu_exec *x;
  yutu_op *op;
  bool remember;
  uint32_t vars[KEYS_MAX];
  yutu_table answers; ///< values of `vars`, then 1 or 0
  uint32_t asked, remembered;
};

static bool is_volatile(const yutu_algebra *node) {
  bool is = node->expr && yutu_expr_is_volatile(node->expr);
  for (uint32_t i = 0; i < node->n_children && !is; i++)
    is = is_volatile(node->children[i]);
  for (uint32_t i = 0; i < node->n_keys && !is; i++)
    is = node->keys[i].expr && yutu_expr_is_volatile(node->keys[i].expr);
  return is;
}

yutu_exists *yutu_exists_new(yutu_exec *x, const yutu_algebra *pattern, yutu_op *op, const uint64_t *seen) {
  yutu_exists *e = YUTU_NEW(x->arena, yutu_exists);
  const uint32_t words = x->query->set_words, n = yutu_varset_count(seen, words);
  e->x = x;
  e->op = op;
  e->remember = n <= KEYS_MAX && !is_volatile(pattern);
  uint32_t i = 0;
  for (uint32_t v = UINT32_MAX; e->remember && yutu_varset_next(seen, words, &v);)
    e->vars[i++] = v;
  yutu_table_init(&e->answers, x, i + 1, i);
  return e;
}

static bool ask(yutu_exists *e) {
  yutu_op_open(e->op);
  const bool found = yutu_op_next(e->op);
  yutu_op_rewind(e->op);
  return found;
}

bool yutu_exists_test(yutu_exists *e) {
  if (!e->remember)
    return ask(e);
  yutu_id key[KEYS_MAX];
  const uint32_t n = e->answers.n_keys;
  for (uint32_t i = 0; i < n; i++)
    key[i] = e->x->reg[e->vars[i]];
  e->asked++;
  uint32_t row = yutu_table_find(&e->answers, key);
  if (row != YUTU_NO_ROW) {
    e->remembered++;
    return yutu_table_row(&e->answers, row)[n] != 0;
  }
  const bool found = ask(e);
  if (e->answers.n == REMEMBERED_MAX)
    yutu_table_clear(&e->answers);
  bool added;
  row = yutu_table_add(&e->answers, key, &added);
  yutu_table_row(&e->answers, row)[n] = found;
  if (e->asked == TRIAL && e->remembered < TRIAL / 10) {
    e->remember = false;
    yutu_table_free(&e->answers);
  }
  return found;
}

void yutu_exists_release(yutu_exists *e) {
  yutu_table_free(&e->answers);
}

const yutu_op *yutu_exists_op(const yutu_exists *e) {
  return e->op;
}
