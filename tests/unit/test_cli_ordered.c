#include "cli/ordered.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

enum { ITEMS = 500 };

typedef struct {
  size_t next;     // item that must be taken next
  size_t stop_at;  // take fails here
  size_t n_failed; // results of work that failed
  long n_alive;    // results made and not yet freed, changed by the threads
  int begin_fails;
} state;

static yutu_status begin(void *context, void **ret_worker, yutu_error *err) {
  const state *s = context;
  if (s->begin_fails)
    return yutu_fail(err, YUTU_ERR_INPUT, "cannot begin");
  *ret_worker = malloc(1);
  return YUTU_OK;
}

static void end(void *context, void *worker) {
  (void)context;
  free(worker);
}

// Items take different times, so that threads finish out of order; every seventh fails.
static yutu_status work(void *context, void *worker, size_t item, void **ret_result, yutu_error *err) {
  state *s = context;
  assert_non_null(worker);
  const struct timespec pause = {0, (long)(item * 7919 % 13) * 20000};
  nanosleep(&pause, NULL);
  size_t *result = malloc(sizeof *result);
  *result = item * item;
  __atomic_add_fetch(&s->n_alive, 1, __ATOMIC_RELAXED);
  *ret_result = result;
  return item % 7 == 3 ? yutu_fail(err, YUTU_ERR_INPUT, "item %zu", item) : YUTU_OK;
}

static void drop(void *context, void *result) {
  state *s = context;
  __atomic_sub_fetch(&s->n_alive, 1, __ATOMIC_RELAXED);
  free(result);
}

static yutu_status take(void *context, size_t item, void *result, yutu_status status, const yutu_error *work_err,
                        yutu_error *err) {
  state *s = context;
  char message[32];
  const size_t value = *(size_t *)result;
  drop(context, result);
  assert_int_equal(item, s->next++);
  assert_int_equal(value, item * item);
  if (status != YUTU_OK) {
    snprintf(message, sizeof message, "item %zu", item);
    assert_string_equal(work_err->message, message);
    s->n_failed++;
  }
  return item == s->stop_at ? yutu_fail(err, YUTU_ERR_STORE, "full") : YUTU_OK;
}

static yutu_status run(state *s, size_t n, unsigned jobs, yutu_error *err) {
  const yutu_ordered o = {
      .n = n, .jobs = jobs, .begin = begin, .end = end, .work = work, .take = take, .drop = drop, .context = s};
  return yutu_ordered_run(&o, err);
}

static void test_order(void **unused) {
  (void)unused;
  static const unsigned jobs[] = {0, 1, 2, 7, 1000};
  for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
    state s = {.stop_at = SIZE_MAX};
    assert_int_equal(run(&s, ITEMS, jobs[i], NULL), YUTU_OK);
    assert_int_equal(s.next, ITEMS);
    assert_int_equal(s.n_failed, (ITEMS + 3) / 7);
    assert_int_equal(s.n_alive, 0);
  }
}

static void test_nothing(void **unused) {
  (void)unused;
  state s = {.stop_at = SIZE_MAX};
  assert_int_equal(run(&s, 0, 4, NULL), YUTU_OK);
  assert_int_equal(s.next, 0);
}

static void test_take_stops(void **unused) {
  (void)unused;
  state s = {.stop_at = 50};
  yutu_error err = {0};
  assert_int_equal(run(&s, ITEMS, 4, &err), YUTU_ERR_STORE);
  assert_string_equal(err.message, "full");
  assert_int_equal(s.next, 51);
  assert_int_equal(s.n_alive, 0);
}

static void test_begin_fails(void **unused) {
  (void)unused;
  state s = {.stop_at = SIZE_MAX, .begin_fails = 1};
  yutu_error err = {0};
  assert_int_equal(run(&s, ITEMS, 4, &err), YUTU_ERR_INPUT);
  assert_string_equal(err.message, "cannot begin");
  assert_int_equal(s.next, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_order),
      cmocka_unit_test(test_nothing),
      cmocka_unit_test(test_take_stops),
      cmocka_unit_test(test_begin_fails),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
