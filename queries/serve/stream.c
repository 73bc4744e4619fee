#include "queries/serve/stream.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct yutu_stream {
  pthread_mutex_t mutex;
  pthread_cond_t changed; // for the writer: there is room, or the reader is gone
  yutu_stream_reader reader;
  size_t room, begin, n; // the bytes are a ring: n of them from `begin`
  bool open, ended, broken, closed, asleep;
  char bytes[];
};

uint64_t yutu_stream_clock(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000 + 1;
}

yutu_stream *yutu_stream_new(size_t room, yutu_stream_reader reader) {
  yutu_stream *s = calloc(1, sizeof *s + room);
  if (!s)
    return NULL;
  s->room = room;
  s->reader = reader;
  pthread_condattr_t monotonic;
  pthread_condattr_init(&monotonic);
  pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  pthread_mutex_init(&s->mutex, NULL);
  pthread_cond_init(&s->changed, &monotonic);
  pthread_condattr_destroy(&monotonic);
  return s;
}

void yutu_stream_free(yutu_stream *s) {
  if (!s)
    return;
  pthread_cond_destroy(&s->changed);
  pthread_mutex_destroy(&s->mutex);
  free(s);
}

static void rouse(yutu_stream *s) {
  if (!s->asleep)
    return;
  s->asleep = false;
  s->reader.wake(s->reader.context);
}

static void doze(yutu_stream *s) {
  assert(!s->asleep);
  s->asleep = true;
  s->reader.sleep(s->reader.context);
}

// ---- the reader ----

void yutu_stream_await(yutu_stream *s) {
  pthread_mutex_lock(&s->mutex);
  doze(s);
  pthread_mutex_unlock(&s->mutex);
}

ssize_t yutu_stream_read(yutu_stream *s, void *bytes, size_t n) {
  ssize_t taken = 0;
  pthread_mutex_lock(&s->mutex);
  while (s->n && (size_t)taken < n) { // twice at most: to the end of the ring, then from its beginning
    size_t piece = s->room - s->begin < s->n ? s->room - s->begin : s->n;
    if (piece > n - (size_t)taken)
      piece = n - (size_t)taken;
    memcpy((char *)bytes + taken, s->bytes + s->begin, piece);
    s->begin = (s->begin + piece) % s->room;
    s->n -= piece;
    taken += (ssize_t)piece;
  }
  if (taken)
    pthread_cond_signal(&s->changed);
  else if (s->broken)
    taken = YUTU_STREAM_BROKEN;
  else if (s->ended)
    taken = YUTU_STREAM_END;
  else
    doze(s);
  pthread_mutex_unlock(&s->mutex);
  return taken;
}

void yutu_stream_close(yutu_stream *s) {
  pthread_mutex_lock(&s->mutex);
  s->closed = true;
  s->asleep = false;
  pthread_cond_signal(&s->changed);
  pthread_mutex_unlock(&s->mutex);
}

bool yutu_stream_ask_sleeper(yutu_stream *s, bool (*question)(void *context)) {
  pthread_mutex_lock(&s->mutex);
  const bool answer = s->asleep && question(s->reader.context);
  pthread_mutex_unlock(&s->mutex);
  return answer;
}

bool yutu_stream_ended(yutu_stream *s, size_t *ret_n) {
  pthread_mutex_lock(&s->mutex);
  const bool ended = s->ended && !s->broken;
  *ret_n = s->n;
  pthread_mutex_unlock(&s->mutex);
  return ended;
}

// ---- the writer ----

// Wait until there is room or no use in waiting. The stream is locked.
static yutu_status wait_for_room(yutu_stream *s, uint64_t deadline_ms, yutu_error *err) {
  const struct timespec until = {.tv_sec = (time_t)(deadline_ms / 1000),
                                 .tv_nsec = (long)(deadline_ms % 1000) * 1000000};
  while (!s->closed && s->n == s->room) {
    if (!deadline_ms)
      pthread_cond_wait(&s->changed, &s->mutex);
    else if (pthread_cond_timedwait(&s->changed, &s->mutex, &until) != 0 && s->n == s->room && !s->closed)
      return yutu_fail(err, YUTU_ERR_LIMIT, "the client took the answer too slowly");
  }
  return s->closed ? yutu_fail(err, YUTU_ERR_INTERRUPTED, "the client is gone") : YUTU_OK;
}

static void put(yutu_stream *s, const char *bytes, size_t n) {
  const size_t end = (s->begin + s->n) % s->room;
  const size_t piece = s->room - end < n ? s->room - end : n;
  memcpy(s->bytes + end, bytes, piece);
  memcpy(s->bytes, bytes + piece, n - piece);
  s->n += n;
}

yutu_status yutu_stream_write(yutu_stream *s, const void *bytes, size_t n, uint64_t deadline_ms, yutu_error *err) {
  const char *p = bytes;
  yutu_status status = YUTU_OK;
  pthread_mutex_lock(&s->mutex);
  while (n && (status = wait_for_room(s, deadline_ms, err)) == YUTU_OK) {
    const size_t piece = s->room - s->n < n ? s->room - s->n : n;
    put(s, p, piece);
    p += piece;
    n -= piece;
    s->open = s->open || s->n > s->room / 2;
    if (s->open)
      rouse(s);
  }
  pthread_mutex_unlock(&s->mutex);
  return status;
}

bool yutu_stream_take_back(yutu_stream *s) {
  pthread_mutex_lock(&s->mutex);
  const bool can = !s->open;
  if (can)
    s->begin = s->n = 0;
  pthread_mutex_unlock(&s->mutex);
  return can;
}

void yutu_stream_end(yutu_stream *s, bool whole) {
  pthread_mutex_lock(&s->mutex);
  s->open = true;
  s->ended = true;
  s->broken = !whole;
  rouse(s);
  pthread_mutex_unlock(&s->mutex);
}
