#include "graph/load.h"

#include "graph/iri.h"
#include "graph/iri_resolve.h"
#include "graph/load_source.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WINDOW_FIRST = 256 * 1024 };

static yutu_status grow(yutu_load_source *source, size_t kept, yutu_error *err) {
  const size_t size = source->size ? source->size * 2 : WINDOW_FIRST;
  if (kept >= YUTU_LOAD_LINE_MAX)
    return yutu_fail_at(err, YUTU_ERR_LIMIT, source->name, 0,
                        "a line or term of more than %d bytes; is this the right format?", YUTU_LOAD_LINE_MAX);
  char *room = realloc(source->room, size);
  if (!room)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  source->room = room;
  source->size = size;
  return YUTU_OK;
}

yutu_status yutu_load_fill(yutu_load_source *source, yutu_error *err) {
  if (source->fd < 0) {
    source->ended = true;
    return YUTU_OK;
  }
  const size_t kept = (size_t)(source->end - source->at);
  source->offset += (size_t)(source->at - source->from);
  if (kept)
    memmove(source->room, source->at, kept);
  if (kept * 2 >= source->size)
    YUTU_TRY(grow(source, kept, err));
  ssize_t n;
  do
    n = read(source->fd, source->room + kept, source->size - kept);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    return yutu_fail_at(err, YUTU_ERR_IO, source->name, 0, "cannot be read: %s", strerror(errno));
  source->ended = n == 0;
  source->at = source->from = source->room;
  source->end = source->room + kept + (size_t)n;
  return YUTU_OK;
}

yutu_status yutu_load_emit(yutu_load *load, const yutu_quad *quad, yutu_error *err) {
  load->counts.quads++;
  if (quad->g.kind != YUTU_TERM_NONE || load->options->graph.kind == YUTU_TERM_NONE)
    return load->sink(load->sink_context, quad, err);
  yutu_quad placed = *quad;
  placed.g = load->options->graph;
  return load->sink(load->sink_context, &placed, err);
}

static void put_blank_prefix(const yutu_load *load, char mark, yutu_buffer *ret) {
  const yutu_slice prefix = load->options->blank_prefix.len ? load->options->blank_prefix : YUTU_SLICE("f");
  yutu_buffer_append(ret, prefix.data, prefix.len);
  yutu_buffer_putc(ret, mark);
}

void yutu_load_blank(const yutu_load *load, yutu_slice label, yutu_buffer *ret) {
  put_blank_prefix(load, 'n', ret);
  yutu_buffer_append(ret, label.data, label.len);
}

void yutu_load_new_blank(yutu_load *load, yutu_buffer *ret) {
  put_blank_prefix(load, 'a', ret);
  yutu_buffer_printf(ret, "%llu", (unsigned long long)++load->n_blanks);
}

static yutu_status check_options(const char *name, const yutu_load_options *o, yutu_error *err) {
  bool sound = o->blank_prefix.len == 0 || isalpha((unsigned char)o->blank_prefix.data[0]);
  for (size_t i = 0; i < o->blank_prefix.len; i++)
    sound = sound && isalnum((unsigned char)o->blank_prefix.data[i]);
  if (!sound)
    return yutu_fail(err, YUTU_ERR_USAGE, "a prefix of blank nodes is made of ASCII letters and digits");
  if (o->base.len && !yutu_iri_is_absolute(o->base))
    return yutu_fail(err, YUTU_ERR_USAGE, "the base %.*s is not an absolute IRI", (int)o->base.len, o->base.data);
  if (o->format == YUTU_FORMAT_NONE)
    return yutu_fail_at(err, YUTU_ERR_USAGE, name, 0, "no known extension of an RDF file; name the format");
  if (!yutu_format_get(o->format)->readable)
    return yutu_fail_at(err, YUTU_ERR_USAGE, name, 0, "%s is written, not read", yutu_format_get(o->format)->name);
  return YUTU_OK;
}

/// A byte order mark is no part of any of the formats, but some programs write one.
static yutu_status skip_mark(yutu_load_source *source, yutu_error *err) {
  while (source->end - source->at < 3 && !source->ended)
    YUTU_TRY(yutu_load_fill(source, err));
  if (source->end - source->at >= 3 && memcmp(source->at, "\xEF\xBB\xBF", 3) == 0)
    source->at += 3;
  return YUTU_OK;
}

static yutu_status dispatch(yutu_load *load, yutu_error *err) {
  YUTU_TRY(skip_mark(&load->source, err));
  switch (load->options->format) {
  case YUTU_FORMAT_NTRIPLES:
  case YUTU_FORMAT_NQUADS:
    return yutu_load_lines(load, load->options->format == YUTU_FORMAT_NQUADS, err);
  case YUTU_FORMAT_TURTLE:
  case YUTU_FORMAT_TRIG:
    return yutu_load_turtle(load, load->options->format == YUTU_FORMAT_TRIG, err);
  default:
    return yutu_load_rdfxml(load, err);
  }
}

static yutu_status run(yutu_load *load, yutu_load_counts *ret_counts, yutu_error *err) {
  yutu_status status = check_options(load->source.name, load->options, err);
  if (status == YUTU_OK)
    status = dispatch(load, err);
  if (ret_counts)
    *ret_counts = load->counts;
  free(load->source.room);
  return status;
}

yutu_status yutu_load_bytes(const char *name, const void *bytes, size_t n, const yutu_load_options *options,
                            yutu_quad_sink sink, void *context, yutu_load_counts *ret_counts, yutu_error *err) {
  const yutu_load_options defaults = {0};
  yutu_load load = {
      .source = {.name = name, .fd = -1, .at = bytes, .from = bytes, .end = (const char *)bytes + n, .ended = true},
      .options = options ? options : &defaults,
      .sink = sink,
      .sink_context = context,
  };
  load.base = load.options->base;
  return run(&load, ret_counts, err);
}

static int open_input(const char *path) {
  return strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
}

yutu_status yutu_load_file(const char *path, const yutu_load_options *options, yutu_quad_sink sink, void *context,
                           yutu_load_counts *ret_counts, yutu_error *err) {
  yutu_load_options chosen = options ? *options : (yutu_load_options){0};
  if (chosen.format == YUTU_FORMAT_NONE)
    chosen.format = yutu_format_by_path(yutu_slice_of(path));
  yutu_buffer own_iri = YUTU_BUFFER_INIT;
  YUTU_TRY(yutu_iri_of_file(path, &own_iri, err));
  const int fd = open_input(path);
  if (fd < 0) {
    yutu_buffer_free(&own_iri);
    return yutu_fail_at(err, YUTU_ERR_IO, path, 0, "cannot be opened: %s", strerror(errno));
  }
  yutu_load load = {
      .source = {.name = path, .fd = fd},
      .options = &chosen,
      .base = chosen.base.len ? chosen.base : (yutu_slice){own_iri.data, own_iri.len},
      .sink = sink,
      .sink_context = context,
  };
  const yutu_status status = run(&load, ret_counts, err);
  if (fd != STDIN_FILENO)
    close(fd);
  yutu_buffer_free(&own_iri);
  return status;
}
