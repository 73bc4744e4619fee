#include "graph/serialise/output.h"

#include <errno.h>

static yutu_status file_failed(yutu_error *err) {
  return yutu_fail(err, YUTU_ERR_IO, "cannot write the output: %s", strerror(errno));
}

static yutu_status file_write(void *context, const void *bytes, size_t n, yutu_error *err) {
  errno = 0;
  return fwrite(bytes, 1, n, context) == n ? YUTU_OK : file_failed(err);
}

static yutu_status file_flush(void *context, yutu_error *err) {
  errno = 0;
  return fflush(context) == 0 && !ferror(context) ? YUTU_OK : file_failed(err);
}

yutu_byte_sink yutu_byte_sink_file(FILE *file) {
  return (yutu_byte_sink){file_write, file_flush, file};
}

static yutu_status buffer_write(void *context, const void *bytes, size_t n, yutu_error *err) {
  yutu_buffer_append(context, bytes, n);
  return yutu_buffer_check(context, err);
}

yutu_byte_sink yutu_byte_sink_buffer(yutu_buffer *buffer) {
  return (yutu_byte_sink){buffer_write, NULL, buffer};
}

void yutu_output_init(yutu_output *out, yutu_byte_sink sink) {
  out->sink = sink;
  out->status = YUTU_OK;
  out->n = 0;
}

static void forward(yutu_output *out, const void *bytes, size_t n) {
  if (out->status == YUTU_OK && n)
    out->status = out->sink.write(out->sink.context, bytes, n, &out->error);
}

void yutu_output_send(yutu_output *out, const void *bytes, size_t n) {
  forward(out, out->data, out->n);
  out->n = 0;
  if (n > sizeof out->data) {
    forward(out, bytes, n);
  } else if (n) {
    memcpy(out->data, bytes, n);
    out->n = n;
  }
}

yutu_status yutu_output_finish(yutu_output *out, yutu_error *err) {
  yutu_output_send(out, NULL, 0);
  if (out->status == YUTU_OK && out->sink.flush)
    out->status = out->sink.flush(out->sink.context, &out->error);
  return yutu_output_check(out, err);
}

yutu_status yutu_output_check(const yutu_output *out, yutu_error *err) {
  if (out->status != YUTU_OK && err)
    *err = out->error;
  return out->status;
}
