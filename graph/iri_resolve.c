#include "graph/iri_resolve.h"

#include "base/utf8.h"
#include "graph/iri.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/// The five components of RFC 3986; those that are absent have no data.
typedef struct {
  yutu_slice scheme, authority, path, query, fragment;
} parts;

/// Cut s at the first of the delimiters; what is before it.
static yutu_slice until(yutu_slice *s, const char *delimiters) {
  size_t n = 0;
  while (n < s->len && !strchr(delimiters, s->data[n]))
    n++;
  const yutu_slice piece = {s->data, n};
  *s = (yutu_slice){s->data + n, s->len - n};
  return piece;
}

static yutu_slice after(yutu_slice s, size_t n) {
  return (yutu_slice){s.data + n, s.len - n};
}

static parts split(yutu_slice iri) {
  parts p = {0};
  const size_t scheme = yutu_iri_scheme(iri);
  yutu_slice rest = after(iri, scheme);
  if (scheme)
    p.scheme = (yutu_slice){iri.data, scheme - 1};
  if (yutu_slice_starts(rest, YUTU_SLICE("//"))) {
    rest = after(rest, 2);
    p.authority = until(&rest, "/?#");
  }
  p.path = until(&rest, "?#");
  if (rest.len && rest.data[0] == '?') {
    rest = after(rest, 1);
    p.query = until(&rest, "#");
  }
  if (rest.len)
    p.fragment = after(rest, 1);
  return p;
}

/// The last segment of what was appended since `from` goes, with the slash before it.
static void drop_segment(yutu_buffer *ret, size_t from) {
  size_t n = ret->len;
  while (n > from && ret->data[n - 1] != '/')
    n--;
  ret->len = n > from ? n - 1 : from;
  if (ret->data)
    ret->data[ret->len] = '\0';
}

/// Append the path without its "." and ".." segments (section 5.2.4).
static void put_path(yutu_buffer *ret, yutu_slice path) {
  const size_t from = ret->len;
  while (path.len) {
    if (yutu_slice_starts(path, YUTU_SLICE("../"))) {
      path = after(path, 3);
    } else if (yutu_slice_starts(path, YUTU_SLICE("./"))) {
      path = after(path, 2);
    } else if (yutu_slice_starts(path, YUTU_SLICE("/./"))) {
      path = after(path, 2);
    } else if (yutu_slice_eq(path, YUTU_SLICE("/."))) {
      path = YUTU_SLICE("/");
    } else if (yutu_slice_starts(path, YUTU_SLICE("/../")) || yutu_slice_eq(path, YUTU_SLICE("/.."))) {
      path = path.len == 3 ? YUTU_SLICE("/") : after(path, 3);
      drop_segment(ret, from);
    } else if (yutu_slice_eq(path, YUTU_SLICE(".")) || yutu_slice_eq(path, YUTU_SLICE(".."))) {
      path.len = 0;
    } else {
      const bool slash = path.data[0] == '/';
      yutu_slice rest = after(path, slash);
      const yutu_slice segment = until(&rest, "/");
      if (slash)
        yutu_buffer_putc(ret, '/');
      yutu_buffer_append(ret, segment.data, segment.len);
      path = rest;
    }
  }
}

static void put_part(yutu_buffer *ret, const char *mark, yutu_slice part) {
  if (part.data) {
    yutu_buffer_puts(ret, mark);
    yutu_buffer_append(ret, part.data, part.len);
  }
}

/// A relative path behind the base's folder (section 5.2.3).
static void put_merged(yutu_buffer *ret, const parts *base, yutu_slice path) {
  yutu_buffer merged = YUTU_BUFFER_INIT;
  if (base->authority.data && base->path.len == 0) {
    yutu_buffer_putc(&merged, '/');
  } else {
    size_t n = base->path.len;
    while (n > 0 && base->path.data[n - 1] != '/')
      n--;
    yutu_buffer_append(&merged, base->path.data, n);
  }
  yutu_buffer_append(&merged, path.data, path.len);
  if (merged.failed)
    ret->failed = true;
  else
    put_path(ret, (yutu_slice){merged.data, merged.len});
  yutu_buffer_free(&merged);
}

void yutu_iri_resolve(yutu_slice base, yutu_slice reference, yutu_buffer *ret) {
  const parts r = split(reference);
  if (r.scheme.data) {
    yutu_buffer_append(ret, reference.data, reference.len);
    return;
  }
  const parts b = split(base);
  put_part(ret, "", b.scheme);
  yutu_buffer_putc(ret, ':');
  put_part(ret, "//", r.authority.data ? r.authority : b.authority);
  if (r.authority.data || (r.path.len && r.path.data[0] == '/'))
    put_path(ret, r.path);
  else if (r.path.len)
    put_merged(ret, &b, r.path);
  else
    yutu_buffer_append(ret, b.path.data, b.path.len);
  const bool same_document = !r.authority.data && r.path.len == 0;
  put_part(ret, "?", r.query.data || !same_document ? r.query : b.query);
  put_part(ret, "#", r.fragment);
}

static void put_file_path(yutu_buffer *ret, const char *path) {
  for (const char *p = path, *end = path + strlen(path); p < end;) {
    const char *const from = p;
    const uint32_t c = yutu_utf8_next(&p, end);
    const bool stands =
        c >= 0x80 ? c != YUTU_UTF8_BAD && c >= 0xA0 : c > 0x20 && !strchr("<>\"{}|\\^`?#%[]\x7F", (int)c);
    if (stands) {
      yutu_buffer_append(ret, from, (size_t)(p - from));
      continue;
    }
    for (const char *byte = from; byte < p; byte++)
      yutu_buffer_printf(ret, "%%%02X", (unsigned char)*byte);
  }
}

yutu_status yutu_iri_of_file(const char *path, yutu_buffer *ret, yutu_error *err) {
  yutu_buffer encoded = YUTU_BUFFER_INIT;
  if (path[0] != '/') {
    char *folder = getcwd(NULL, 0);
    if (!folder)
      return yutu_fail_at(err, YUTU_ERR_IO, path, 0, "cannot tell the working directory: %s", strerror(errno));
    if (strcmp(folder, "/") != 0)
      put_file_path(&encoded, folder);
    yutu_buffer_putc(&encoded, '/');
    free(folder);
  }
  put_file_path(&encoded, path);
  const yutu_status status = yutu_buffer_check(&encoded, err);
  if (status == YUTU_OK) {
    yutu_buffer_puts(ret, "file://");
    put_path(ret, (yutu_slice){encoded.data, encoded.len});
  }
  yutu_buffer_free(&encoded);
  return status == YUTU_OK ? yutu_buffer_check(ret, err) : status;
}
