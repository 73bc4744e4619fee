#include "cli/ordered.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

typedef struct {
  void *result;
  yutu_status status;
  yutu_error err;
  bool done;
} slot;

typedef struct {
  const yutu_ordered *o;
  pthread_mutex_t lock;
  pthread_cond_t changed; // a result is there, one was taken, or the run stops
  slot *slots;            // item i in slots[i % n_slots]
  size_t n_slots;
  size_t next;  // first item that no thread has begun
  size_t taken; // items handed out
  unsigned alive;
  bool stop;
  yutu_status begin_status;
  yutu_error begin_err;
} run;

// The next item to work on, or false when there is none.
static bool next_item(run *r, size_t *ret) {
  pthread_mutex_lock(&r->lock);
  while (!r->stop && r->next < r->o->n && r->next >= r->taken + r->n_slots)
    pthread_cond_wait(&r->changed, &r->lock);
  const bool any = !r->stop && r->next < r->o->n;
  if (any)
    *ret = r->next++;
  pthread_mutex_unlock(&r->lock);
  return any;
}

static void *thread(void *context) {
  run *r = context;
  const yutu_ordered *o = r->o;
  void *worker = NULL;
  yutu_error err = {0};
  const yutu_status begun = o->begin ? o->begin(o->context, &worker, &err) : YUTU_OK;
  size_t item;
  while (begun == YUTU_OK && next_item(r, &item)) {
    slot *s = &r->slots[item % r->n_slots]; // nobody else's until it is done
    s->result = NULL;
    s->err = (yutu_error){0};
    s->status = o->work(o->context, worker, item, &s->result, &s->err);
    pthread_mutex_lock(&r->lock);
    s->done = true;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->lock);
  }
  if (begun == YUTU_OK && o->end)
    o->end(o->context, worker);
  pthread_mutex_lock(&r->lock);
  r->alive--;
  if (begun != YUTU_OK && r->begin_status == YUTU_OK) {
    r->begin_status = begun;
    r->begin_err = err;
    r->stop = true;
  }
  pthread_cond_broadcast(&r->changed);
  pthread_mutex_unlock(&r->lock);
  return NULL;
}

static yutu_status take_all(run *r, yutu_error *err) {
  const yutu_ordered *o = r->o;
  for (size_t i = 0; i < o->n; i++) {
    slot *s = &r->slots[i % r->n_slots];
    pthread_mutex_lock(&r->lock);
    while (!s->done && r->alive > 0 && !r->stop)
      pthread_cond_wait(&r->changed, &r->lock);
    const bool done = s->done;
    pthread_mutex_unlock(&r->lock);
    if (!done)
      return YUTU_OK; // a thread could not begin: the caller knows
    void *result = s->result;
    s->result = NULL;
    const yutu_status status = o->take(o->context, i, result, s->status, &s->err, err);
    pthread_mutex_lock(&r->lock);
    s->done = false;
    r->taken = i + 1;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->lock);
    YUTU_TRY(status);
  }
  return YUTU_OK;
}

static yutu_status run_threads(run *r, unsigned jobs, yutu_error *err) {
  pthread_t threads[YUTU_JOBS_MAX];
  unsigned n = 0;
  pthread_mutex_lock(&r->lock);
  while (n < jobs && pthread_create(&threads[n], NULL, thread, r) == 0)
    n++;
  r->alive = n;
  pthread_mutex_unlock(&r->lock);
  yutu_status status =
      n ? take_all(r, err) : yutu_fail(err, YUTU_ERR_INTERNAL, "no thread can be started; try --jobs 1");
  pthread_mutex_lock(&r->lock);
  r->stop = true;
  pthread_cond_broadcast(&r->changed);
  pthread_mutex_unlock(&r->lock);
  for (unsigned i = 0; i < n; i++)
    pthread_join(threads[i], NULL);
  if (status == YUTU_OK && r->begin_status != YUTU_OK) {
    status = r->begin_status;
    if (err)
      *err = r->begin_err;
  }
  return status;
}

yutu_status yutu_ordered_run(const yutu_ordered *o, yutu_error *err) {
  if (!o->n)
    return YUTU_OK;
  unsigned jobs = o->jobs < 1 ? 1 : o->jobs > YUTU_JOBS_MAX ? YUTU_JOBS_MAX : o->jobs;
  if (jobs > o->n)
    jobs = (unsigned)o->n;
  run r = {.o = o, .n_slots = (size_t)jobs * YUTU_ORDERED_AHEAD};
  r.slots = calloc(r.n_slots, sizeof *r.slots);
  if (!r.slots)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  pthread_mutex_init(&r.lock, NULL);
  pthread_cond_init(&r.changed, NULL);
  const yutu_status status = run_threads(&r, jobs, err);
  for (size_t i = 0; i < r.n_slots; i++)
    if (r.slots[i].result)
      o->drop(o->context, r.slots[i].result);
  pthread_cond_destroy(&r.changed);
  pthread_mutex_destroy(&r.lock);
  free(r.slots);
  return status;
}
