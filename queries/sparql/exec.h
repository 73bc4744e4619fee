/// @file queries/sparql/exec.h  A run of a query: registers, operators, and what they share.
///
/// A solution is not passed around: every variable has one register, an operator writes those that it binds, and its
/// consumer reads them until it asks for the next solution. A register that is not 0 when an operator is opened is
/// bound from outside: the operator takes it as a constant. So index joins, OPTIONAL and EXISTS need no copying.
///
/// The rules that keep this sound:
/// - An operator zeroes exactly the registers that it bound itself: when it binds anew, ends, or is rewound.
/// - Whoever leaves an operator before its end rewinds it.
/// - What must not see bindings from outside (the planner says) runs with those registers hidden (yutu_exec_hide).
///
/// Failures (time, memory, the store, Ctrl-C) jump to the trap set by yutu_result_next(); operators hold everything
/// that is to be released in themselves, so nothing is lost on the way.
#ifndef YUTU_QUERIES_SPARQL_EXEC_H
#define YUTU_QUERIES_SPARQL_EXEC_H

#include "queries/sparql/algebra.h"
#include "queries/sparql/functions.h"
#include "queries/sparql/terms.h"
#include "queries/sparql/unicode.h"
#include "queries/sparql/value.h"

#include <setjmp.h>
#include <time.h>

typedef struct yutu_op yutu_op;

typedef struct {
  void (*open)(yutu_op *op);
  bool (*next)(yutu_op *op);    ///< false: ended, and all its registers are 0 again
  void (*rewind)(yutu_op *op);  ///< zero its registers and rewind its children
  void (*release)(yutu_op *op); ///< give back what it holds outside the plan's arena; may be NULL
} yutu_op_class;

struct yutu_op {
  const yutu_op_class *class;
  yutu_exec *x;
  yutu_op *all; ///< chain of all operators of the run
  bool active;
  // For --explain.
  const char *label;
  uint32_t n_children;
  yutu_op *children[2]; ///< more: see `more`
  yutu_op **more;
  double estimate;
  uint64_t rows, opens;
};

static inline void yutu_op_rewind(yutu_op *op) {
  if (op->active) {
    op->active = false;
    op->class->rewind(op);
  }
}

static inline void yutu_op_open(yutu_op *op) {
  yutu_op_rewind(op);
  op->active = true;
  op->opens++;
  op->class->open(op);
}

static inline bool yutu_op_next(yutu_op *op) {
  if (op->class->next(op)) {
    op->rows++;
    return true;
  }
  op->active = false;
  return false;
}

/// Ids in ascending order.
typedef struct {
  yutu_id *at;
  size_t n;
} yutu_id_list;

bool yutu_id_list_has(const yutu_id_list *list, yutu_id id);

/// What patterns are asked of.
typedef struct {
  yutu_default_graph mode;
  yutu_id_list graphs; ///< the default graph is the union of these, for YUTU_DEFAULT_GIVEN
  bool named_all;
  yutu_id_list named;
} yutu_dataset;

typedef struct yutu_exists yutu_exists; ///< exists.h

struct yutu_exec {
  yutu_query *query;
  yutu_query_options options;
  yutu_snapshot *snapshot;
  yutu_dataset dataset;
  yutu_id *reg;
  uint32_t n_regs;
  uint64_t *preset;    ///< variables bound by parameters: their registers are never hidden
  yutu_arena *arena;   ///< the plan: operators and labels
  yutu_arena *scratch; ///< values of the expression at hand
  unsigned evaluating; ///< depth of evaluation; scratch is emptied at 0
  yutu_terms terms;
  yutu_id *constant_ids; ///< of the text's constants, then of the parameters by number of their name
  yutu_value *constant_values;
  yutu_exists **exists; ///< by serial of the EXISTS expression
  void **remembered;    ///< by serial of any expression: see functions_regex.c
  yutu_op *all_ops;
  size_t memory_used;
  uint32_t ticks;
  uint64_t deadline_ns;      ///< 0: none
  yutu_collation *collation; ///< NULL: by code points
  struct timespec now;       ///< of NOW(): one moment for the whole run
  uint64_t random[2];
  uint64_t blanks; ///< made by BNODE() and CONSTRUCT
  uint64_t row;    ///< number of the solution at hand, for BNODE(label)
  yutu_status status;
  yutu_error error;
  jmp_buf trap;
};

// ---- failing ----

_Noreturn void yutu_exec_fail(yutu_exec *x, yutu_status status, const char *format, ...) YUTU_PRINTF(3, 4);

/// Fail with what `x->error` says, if `status` is not YUTU_OK.
void yutu_exec_try(yutu_exec *x, yutu_status status);

void yutu_exec_check(yutu_exec *x); ///< time and Ctrl-C

/// To be called in every loop that is not bounded by the query's text.
static inline void yutu_exec_tick(yutu_exec *x) {
  if ((++x->ticks & 0x3FF) == 0)
    yutu_exec_check(x);
}

// ---- memory, counted against the limit ----

/// Resize. @param bytes the size so far, 0 with NULL
void *yutu_exec_resize(yutu_exec *x, void *p, size_t bytes, size_t new_bytes);
void yutu_exec_release(yutu_exec *x, void *p, size_t bytes);
void yutu_exec_charge(yutu_exec *x, size_t bytes); ///< for memory that somebody else allocated

// ---- registers ----

/// Zero all registers but those in `keep` and the preset ones; what they held goes to `saved` (n_regs ids).
void yutu_exec_hide(yutu_exec *x, const uint64_t *keep, yutu_id *saved);
void yutu_exec_restore(yutu_exec *x, const yutu_id *saved);

/// Registers written from a row that is kept somewhere.
typedef struct {
  uint32_t n;
  const uint32_t *vars;
  bool *own; ///< written by this binder
} yutu_binder;

yutu_binder yutu_binder_new(yutu_exec *x, const uint32_t *vars, uint32_t n);
/// @return false when a register holds something else; then nothing is written
bool yutu_binder_bind(yutu_exec *x, yutu_binder *b, const yutu_id *values);
void yutu_binder_unbind(yutu_exec *x, yutu_binder *b);

// ---- terms and values ----

void yutu_exec_term(yutu_exec *x, yutu_id id, yutu_term *ret);
void yutu_exec_value(yutu_exec *x, yutu_id id, yutu_value *ret);
yutu_id yutu_exec_intern(yutu_exec *x, yutu_value *v); ///< the id of a value, a local one if the store has none
yutu_id yutu_exec_fresh_blank(yutu_exec *x);

// ---- expressions (expression.c) ----

/// @return false: an error in the sense of SPARQL. The value is good until the outermost evaluation ends.
bool yutu_evaluate(yutu_exec *x, const yutu_expr *e, yutu_value *ret);

/// + - * / on two numbers, promoted as XPath says. @return false: not numbers, overflow, division by zero
bool yutu_value_arithmetic(yutu_expr_op op, const yutu_value *a, const yutu_value *b, yutu_value *ret);

/// Evaluate as a condition: true only for true.
bool yutu_test(yutu_exec *x, const yutu_expr *e);

/// Evaluate to an id; YUTU_ID_NONE for an error.
yutu_id yutu_evaluate_id(yutu_exec *x, const yutu_expr *e);

static inline void yutu_evaluation_begin(yutu_exec *x) {
  x->evaluating++;
}

static inline void yutu_evaluation_end(yutu_exec *x) {
  enum { KEPT_BYTES = 64 * 1024 };
  if (--x->evaluating == 0 && yutu_arena_used(x->scratch) > KEPT_BYTES)
    yutu_arena_reset(x->scratch);
}

#endif
