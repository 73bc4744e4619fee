#include "queries/serve/pool.h"

#include "queries/serve/stream.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  yutu_pool *pool;
  pthread_t id;
  yutu_task *task; // that it runs; NULL: idle
} worker;

struct yutu_pool {
  pthread_mutex_t mutex;
  pthread_cond_t work;    // for the workers: there is a task, or the end
  pthread_cond_t waiting; // for the watcher: there is something to look after, or the end
  yutu_task *first, **last;
  size_t n_waiting, max_waiting;
  unsigned n_running, wait_ms;
  bool stop, has_watcher, closed;
  pthread_t watcher;
  unsigned n_workers;
  worker workers[];
};

// The first of the waiting tasks; the pool is locked.
static yutu_task *take(yutu_pool *p) {
  yutu_task *task = p->first;
  if (!task)
    return NULL;
  p->first = task->next;
  if (!p->first)
    p->last = &p->first;
  p->n_waiting--;
  return task;
}

static void *work(void *context) {
  worker *w = context;
  yutu_pool *p = w->pool;
  pthread_mutex_lock(&p->mutex);
  while (!p->stop) {
    yutu_task *task = take(p);
    if (!task) {
      pthread_cond_wait(&p->work, &p->mutex);
      continue;
    }
    w->task = task;
    p->n_running++;
    pthread_mutex_unlock(&p->mutex);
    task->run(task);
    pthread_mutex_lock(&p->mutex);
    w->task = NULL; // from here on the watcher does not know it
    p->n_running--;
    pthread_mutex_unlock(&p->mutex);
    task->done(task);
    pthread_mutex_lock(&p->mutex);
  }
  pthread_mutex_unlock(&p->mutex);
  return NULL;
}

// ---- the watcher ----

// Take overdue and abandoned tasks out of the queue, as a list. The pool is locked.
static yutu_task *weed(yutu_pool *p) {
  yutu_task *out = NULL;
  const uint64_t now = yutu_stream_clock();
  yutu_task **link = &p->first;
  while (*link) {
    yutu_task *task = *link;
    if (task->overdue_ms > now && !task->abandoned(task)) {
      link = &task->next;
      continue;
    }
    *link = task->next;
    p->n_waiting--;
    task->next = out;
    out = task;
  }
  p->last = link;
  return out;
}

static void refuse_all(yutu_task *list) {
  while (list) {
    yutu_task *next = list->next;
    list->refuse(list);
    list = next;
  }
}

static void cancel_abandoned(yutu_pool *p) {
  for (unsigned i = 0; i < p->n_workers; i++)
    if (p->workers[i].task && p->workers[i].task->abandoned(p->workers[i].task))
      p->workers[i].task->cancel(p->workers[i].task);
}

static void *watch(void *context) {
  yutu_pool *p = context;
  pthread_mutex_lock(&p->mutex);
  while (!p->stop) {
    if (!p->n_running && !p->n_waiting) {
      pthread_cond_wait(&p->waiting, &p->mutex);
      continue;
    }
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += YUTU_POOL_TICK_MS * 1000000L;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    while (!p->stop && pthread_cond_timedwait(&p->waiting, &p->mutex, &until) == 0)
      ;
    cancel_abandoned(p);
    yutu_task *weeds = weed(p);
    pthread_mutex_unlock(&p->mutex);
    refuse_all(weeds);
    pthread_mutex_lock(&p->mutex);
  }
  pthread_mutex_unlock(&p->mutex);
  return NULL;
}

// ---- life ----

yutu_status yutu_pool_new(unsigned threads, size_t queue, unsigned wait_ms, yutu_pool **ret, yutu_error *err) {
  yutu_pool *p = calloc(1, sizeof *p + threads * sizeof *p->workers);
  if (!p)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  p->last = &p->first;
  p->max_waiting = queue;
  p->wait_ms = wait_ms;
  pthread_condattr_t monotonic;
  pthread_condattr_init(&monotonic);
  pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  pthread_mutex_init(&p->mutex, NULL);
  pthread_cond_init(&p->work, NULL);
  pthread_cond_init(&p->waiting, &monotonic);
  pthread_condattr_destroy(&monotonic);
  int rc = pthread_create(&p->watcher, NULL, watch, p);
  p->has_watcher = rc == 0;
  pthread_mutex_lock(&p->mutex); // the watcher counts the workers
  for (unsigned i = 0; i < threads && rc == 0; i++) {
    p->workers[i].pool = p;
    rc = pthread_create(&p->workers[i].id, NULL, work, &p->workers[i]);
    p->n_workers += rc == 0;
  }
  pthread_mutex_unlock(&p->mutex);
  if (rc != 0) {
    yutu_pool_free(p);
    return yutu_fail(err, YUTU_ERR_INTERNAL, "cannot start a thread: %s", strerror(rc));
  }
  *ret = p;
  return YUTU_OK;
}

bool yutu_pool_submit(yutu_pool *p, yutu_task *task) {
  pthread_mutex_lock(&p->mutex);
  // An idle worker takes its task from the queue too.
  const bool room = !p->stop && p->n_waiting < p->max_waiting + (p->n_workers - p->n_running);
  if (room) {
    task->next = NULL;
    task->overdue_ms = yutu_stream_clock() + p->wait_ms;
    *p->last = task;
    p->last = &task->next;
    p->n_waiting++;
    pthread_cond_signal(&p->work);
    pthread_cond_signal(&p->waiting);
  }
  pthread_mutex_unlock(&p->mutex);
  return room;
}

void yutu_pool_close(yutu_pool *p) {
  if (p->closed)
    return;
  pthread_mutex_lock(&p->mutex);
  p->stop = true;
  yutu_task *waiting = p->first;
  p->first = NULL;
  for (unsigned i = 0; i < p->n_workers; i++)
    if (p->workers[i].task)
      p->workers[i].task->cancel(p->workers[i].task);
  pthread_cond_broadcast(&p->work);
  pthread_cond_broadcast(&p->waiting);
  pthread_mutex_unlock(&p->mutex);
  refuse_all(waiting);
  for (unsigned i = 0; i < p->n_workers; i++)
    pthread_join(p->workers[i].id, NULL);
  if (p->has_watcher)
    pthread_join(p->watcher, NULL);
  p->closed = true;
}

void yutu_pool_free(yutu_pool *p) {
  if (!p)
    return;
  yutu_pool_close(p);
  pthread_cond_destroy(&p->work);
  pthread_cond_destroy(&p->waiting);
  pthread_mutex_destroy(&p->mutex);
  free(p);
}
