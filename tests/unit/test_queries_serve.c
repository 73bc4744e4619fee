// The parts of queries/serve that need no network: forms, content negotiation, the stream, the pool.
#include "queries/serve/form.h"
#include "queries/serve/negotiate.h"
#include "queries/serve/pool.h"
#include "queries/serve/stream.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

// ---- forms ----

static void forms_are_decoded(void **state) {
  (void)state;
  yutu_form form = {.arena = yutu_arena_new(0)};
  yutu_slice value;
  assert_int_equal(
      yutu_form_read(&form, YUTU_SLICE("query=ASK+%7B%7D&graph=%E6%B7%B1&graph=b%2531&default&&x==y"), NULL), YUTU_OK);
  assert_int_equal(form.fields.n, 5);
  assert_int_equal(yutu_form_find(&form, "query", &value), 1);
  assert_true(yutu_slice_eq(value, YUTU_SLICE("ASK {}")));
  assert_int_equal(yutu_form_find(&form, "graph", &value), 2);
  assert_true(yutu_slice_eq(value, YUTU_SLICE("深")));
  assert_true(yutu_slice_eq(form.fields.at[2].value, YUTU_SLICE("b%31"))); // undone once, not twice
  assert_int_equal(yutu_form_find(&form, "default", &value), 1);
  assert_null(value.data);
  assert_int_equal(yutu_form_find(&form, "x", &value), 1);
  assert_true(yutu_slice_eq(value, YUTU_SLICE("=y")));
  assert_int_equal(yutu_form_find(&form, "Query", &value), 0);
  yutu_arena_free(form.arena);
}

static void wrong_forms_are_refused(void **state) {
  (void)state;
  static const char *const texts[] = {"a=%", "a=%4", "a=%zz", "%g1=b", "a=%FF", "a=\xE6\xB7", "a=%ED%A0%80"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    yutu_form form = {.arena = yutu_arena_new(0)};
    yutu_error err = {0};
    assert_int_equal(yutu_form_read(&form, yutu_slice_of(texts[i]), &err), YUTU_ERR_INPUT);
    assert_true(err.message[0]);
    yutu_arena_free(form.arena);
  }
  yutu_form form = {.arena = yutu_arena_new(0)};
  yutu_status status = YUTU_OK;
  for (int i = 0; i < 1000 && status == YUTU_OK; i++)
    status = yutu_form_read(&form, YUTU_SLICE("a=b"), NULL);
  assert_int_equal(status, YUTU_ERR_LIMIT);
  yutu_arena_free(form.arena);
}

// ---- negotiation ----

static const struct {
  const char *accept, *rows, *graph; // media type that is sent, up to its parameters; NULL: 406
} accepts[] = {
    {"", "application/sparql-results+json", "text/turtle"},
    {"*/*", "application/sparql-results+json", "text/turtle"},
    {"text/csv", "text/csv", NULL},
    {"Text/CSV; charset=utf-8", "text/csv", NULL},
    {"text/*", "text/csv", "text/turtle"},
    {"application/rdf+xml", NULL, "application/rdf+xml"},
    {"application/sparql-results+xml, application/rdf+xml", "application/sparql-results+xml", "application/rdf+xml"},
    {"text/csv;q=0.5, application/sparql-results+xml;q=0.7", "application/sparql-results+xml", NULL},
    {"text/csv;q=0, text/*", "text/tab-separated-values", "text/turtle"},
    {"application/sparql-results+json;q=0.1, */*;q=0.05", "application/sparql-results+json", "text/turtle"},
    {"application/sparql-results+json;q=0.05, */*;q=0.1", "application/sparql-results+xml", "text/turtle"},
    {"application/json", "application/json", "application/json"},
    {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml", "application/xml"},
    {"application/n-triples;q=1.0,text/turtle;q=0.999", NULL, "application/n-triples"},
    {"image/png", NULL, NULL},
    {"*/*;q=0", NULL, NULL},
    {"text/turtlex, text", NULL, NULL},
    {",,;q, /", NULL, NULL},
};

static void check_choice(const char *accept, yutu_query_form form, const char *expected) {
  size_t n = 0;
  const yutu_offer *offers = yutu_offers(form, &n);
  const int choice = yutu_negotiate(yutu_slice_of(accept), offers, n);
  if (!expected) {
    assert_int_equal(choice, YUTU_NO_OFFER);
    return;
  }
  assert_int_not_equal(choice, YUTU_NO_OFFER);
  assert_true(yutu_is_media_type(yutu_slice_of(yutu_offer_sent(&offers[choice])), expected));
  assert_non_null(yutu_results_media_type(offers[choice].format, form)); // the writer can do it
}

static void the_best_format_is_chosen(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof accepts / sizeof *accepts; i++) {
    check_choice(accepts[i].accept, YUTU_QUERY_SELECT, accepts[i].rows);
    check_choice(accepts[i].accept, YUTU_QUERY_ASK, accepts[i].rows);
    check_choice(accepts[i].accept, YUTU_QUERY_CONSTRUCT, accepts[i].graph);
    check_choice(accepts[i].accept, YUTU_QUERY_DESCRIBE, accepts[i].graph);
  }
}

static void media_types_have_parameters(void **state) {
  (void)state;
  assert_true(yutu_is_media_type(YUTU_SLICE(" Application/SPARQL-query ; charset=UTF-8"), "application/sparql-query"));
  assert_false(yutu_is_media_type(YUTU_SLICE(""), "application/sparql-query"));
  assert_true(
      yutu_slice_eq(yutu_media_parameter(YUTU_SLICE("a/b; x=1; Charset=\"UTF-16\""), "charset"), YUTU_SLICE("UTF-16")));
  assert_int_equal(yutu_media_parameter(YUTU_SLICE("a/b; charset"), "charset").len, 0);
}

// ---- the stream ----

typedef struct {
  yutu_stream *stream;
  atomic_int sleeps, wakes;
  pthread_mutex_t mutex;
  pthread_cond_t changed;
} sleeper;

static void on_sleep(void *context) {
  ((sleeper *)context)->sleeps++;
}

static void on_wake(void *context) {
  sleeper *s = context;
  pthread_mutex_lock(&s->mutex);
  s->wakes++;
  pthread_cond_signal(&s->changed);
  pthread_mutex_unlock(&s->mutex);
}

static void wait_for_wake(sleeper *s) {
  pthread_mutex_lock(&s->mutex);
  while (s->wakes < s->sleeps)
    pthread_cond_wait(&s->changed, &s->mutex);
  pthread_mutex_unlock(&s->mutex);
}

static void open_sleeper(sleeper *s, size_t room) {
  *s = (sleeper){.mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
  s->stream = yutu_stream_new(room, (yutu_stream_reader){on_sleep, on_wake, s});
}

enum { SENT_BYTES = 1000000 };

static char sent_byte(size_t i) {
  return (char)(i * 31 % 251);
}

static void *write_all(void *context) {
  yutu_stream *stream = context;
  char piece[777];
  for (size_t i = 0; i < SENT_BYTES;) {
    const size_t n = 1 + i % sizeof piece < SENT_BYTES - i ? 1 + i % sizeof piece : SENT_BYTES - i;
    for (size_t k = 0; k < n; k++)
      piece[k] = sent_byte(i + k);
    if (yutu_stream_write(stream, piece, n, 0, NULL) != YUTU_OK)
      return NULL;
    i += n;
  }
  yutu_stream_end(stream, true);
  return stream;
}

static void bytes_arrive_in_order(void **state) {
  (void)state;
  sleeper s;
  open_sleeper(&s, 1000);
  pthread_t writer;
  yutu_stream_await(s.stream);
  pthread_create(&writer, NULL, write_all, s.stream);
  size_t n = 0;
  char piece[313];
  for (;;) {
    wait_for_wake(&s);
    const ssize_t taken = yutu_stream_read(s.stream, piece, sizeof piece);
    if (taken == YUTU_STREAM_END)
      break;
    assert_true(taken >= 0);
    for (ssize_t i = 0; i < taken; i++)
      assert_int_equal(piece[i], sent_byte(n + (size_t)i));
    n += (size_t)taken;
  }
  assert_int_equal(n, SENT_BYTES);
  assert_int_equal(s.sleeps, s.wakes);
  void *whole = NULL;
  pthread_join(writer, &whole);
  assert_non_null(whole);
  yutu_stream_free(s.stream);
}

static void a_writer_gives_up(void **state) {
  (void)state;
  sleeper s;
  char bytes[100] = {0};
  open_sleeper(&s, 64);
  const uint64_t begin = yutu_stream_clock();
  assert_int_equal(yutu_stream_write(s.stream, bytes, sizeof bytes, begin + 100, NULL), YUTU_ERR_LIMIT);
  assert_true(yutu_stream_clock() >= begin + 100);
  yutu_stream_close(s.stream);
  assert_int_equal(yutu_stream_write(s.stream, bytes, 1, 0, NULL), YUTU_ERR_INTERRUPTED);
  yutu_stream_free(s.stream);
}

static void a_short_answer_can_be_taken_back(void **state) {
  (void)state;
  sleeper s;
  size_t n = 0;
  char bytes[64] = {0};
  open_sleeper(&s, 64);
  yutu_stream_await(s.stream);
  assert_int_equal(yutu_stream_write(s.stream, bytes, 20, 0, NULL), YUTU_OK);
  assert_int_equal(s.wakes, 0);
  assert_true(yutu_stream_take_back(s.stream));
  assert_int_equal(yutu_stream_write(s.stream, bytes, 10, 0, NULL), YUTU_OK);
  assert_false(yutu_stream_ended(s.stream, &n));
  yutu_stream_end(s.stream, true);
  assert_int_equal(s.wakes, 1);
  assert_true(yutu_stream_ended(s.stream, &n));
  assert_int_equal(n, 10);
  assert_int_equal(yutu_stream_read(s.stream, bytes, sizeof bytes), 10);
  assert_int_equal(yutu_stream_read(s.stream, bytes, sizeof bytes), YUTU_STREAM_END);
  yutu_stream_free(s.stream);
  open_sleeper(&s, 64);
  assert_int_equal(yutu_stream_write(s.stream, bytes, 40, 0, NULL), YUTU_OK);
  assert_false(yutu_stream_take_back(s.stream));
  yutu_stream_end(s.stream, false);
  assert_int_equal(yutu_stream_read(s.stream, bytes, sizeof bytes), 40);
  assert_int_equal(yutu_stream_read(s.stream, bytes, sizeof bytes), YUTU_STREAM_BROKEN);
  yutu_stream_free(s.stream);
}

// ---- the pool ----

typedef struct {
  yutu_task task; // first
  atomic_int ran, done, refused, cancelled;
  atomic_bool left, until_cancelled;
} errand;

static void run_errand(yutu_task *task) {
  errand *e = (errand *)task;
  e->ran++;
  while (e->until_cancelled && !e->cancelled)
    usleep(1000);
}

static void finish_errand(yutu_task *task) {
  ((errand *)task)->done++;
}

static void refuse_errand(yutu_task *task) {
  ((errand *)task)->refused++;
}

static bool errand_is_left(yutu_task *task) {
  return ((errand *)task)->left;
}

static void cancel_errand(yutu_task *task) {
  ((errand *)task)->cancelled++;
}

static const yutu_task errand_task = {run_errand, finish_errand, refuse_errand, errand_is_left, cancel_errand, NULL, 0};

static void wait_until(atomic_int *count, int n) {
  for (int i = 0; i < 5000 && *count < n; i++)
    usleep(1000);
  assert_int_equal(*count, n);
}

static void tasks_run_wait_and_are_refused(void **state) {
  (void)state;
  yutu_pool *pool = NULL;
  errand e[4];
  memset(e, 0, sizeof e);
  for (size_t i = 0; i < 4; i++)
    e[i].task = errand_task;
  assert_int_equal(yutu_pool_new(1, 1, 300, &pool, NULL), YUTU_OK);
  e[0].until_cancelled = true;
  assert_true(yutu_pool_submit(pool, &e[0].task));
  wait_until(&e[0].ran, 1);
  assert_true(yutu_pool_submit(pool, &e[1].task));  // waits
  assert_false(yutu_pool_submit(pool, &e[2].task)); // too many
  wait_until(&e[1].refused, 1);                     // no thread became free
  assert_int_equal(e[1].ran, 0);
  e[0].left = true; // nobody waits for it any more
  wait_until(&e[0].done, 1);
  assert_true(e[0].cancelled >= 1);
  assert_true(yutu_pool_submit(pool, &e[3].task));
  wait_until(&e[3].done, 1);
  yutu_pool_free(pool);
}

static void closing_ends_everything(void **state) {
  (void)state;
  yutu_pool *pool = NULL;
  errand e[3];
  memset(e, 0, sizeof e);
  assert_int_equal(yutu_pool_new(2, 8, 60000, &pool, NULL), YUTU_OK);
  for (size_t i = 0; i < 3; i++) {
    e[i].task = errand_task;
    e[i].until_cancelled = true;
    assert_true(yutu_pool_submit(pool, &e[i].task));
  }
  wait_until(&e[0].ran, 1);
  wait_until(&e[1].ran, 1);
  yutu_pool_close(pool);
  assert_int_equal(e[0].done + e[1].done, 2);
  assert_int_equal(e[2].refused, 1);
  assert_false(yutu_pool_submit(pool, &e[2].task));
  yutu_pool_free(pool);
  yutu_pool_free(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(forms_are_decoded),
      cmocka_unit_test(wrong_forms_are_refused),
      cmocka_unit_test(the_best_format_is_chosen),
      cmocka_unit_test(media_types_have_parameters),
      cmocka_unit_test(bytes_arrive_in_order),
      cmocka_unit_test(a_writer_gives_up),
      cmocka_unit_test(a_short_answer_can_be_taken_back),
      cmocka_unit_test(tasks_run_wait_and_are_refused),
      cmocka_unit_test(closing_ends_everything),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
