// Which request is answered by what, and which is refused before it is looked at.
#include "base/digest.h"
#include "base/utf8.h"
#include "queries/embedded.h"
#include "queries/serve/exchange.h"

#include <inttypes.h>
#include <microhttpd.h>
#include <string.h>
#include <strings.h>

enum { READS = YUTU_METHOD_GET | YUTU_METHOD_HEAD };

static const char page_policy[] = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
                                  "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
static const char data_policy[] = "default-src 'none'; frame-ancestors 'none'";

// ---- pages ----

static void answer_page(yutu_exchange *x, const char *name, const char *type) {
  size_t i = 0;
  while (i < yutu_n_page_files && strcmp(yutu_page_files[i].name, name) != 0)
    i++;
  if (i == yutu_n_page_files) {
    yutu_answer_text(x, MHD_HTTP_NOT_FOUND, "there is no page %s", name);
    return;
  }
  char digest[YUTU_DIGEST_HEX + 1];
  char tag[24];
  yutu_digest(yutu_page_files[i].text, yutu_page_files[i].size, digest);
  snprintf(tag, sizeof tag, "\"%.16s\"", digest);
  yutu_answer_header(x, "ETag", tag);
  yutu_answer_header(x, "Cache-Control", "no-cache");
  yutu_answer_header(x, "Content-Security-Policy", page_policy);
  if (yutu_slice_eq(x->known_tag, yutu_slice_of(tag)))
    x->status = MHD_HTTP_NOT_MODIFIED;
  else
    yutu_answer_fixed(x, MHD_HTTP_OK, type, yutu_page_files[i].text, yutu_page_files[i].size);
}

static void answer_index(yutu_exchange *x) {
  answer_page(x, "index.html", "text/html; charset=utf-8");
}

static void answer_style(yutu_exchange *x) {
  answer_page(x, "page.css", "text/css; charset=utf-8");
}

static void answer_script(yutu_exchange *x) {
  answer_page(x, "page.js", "text/javascript; charset=utf-8");
}

static void answer_health(yutu_exchange *x) {
  yutu_error err = {0};
  yutu_snapshot *snapshot = NULL;
  yutu_store_stats stats = {0};
  yutu_status status = yutu_snapshot_open(x->server->store, &snapshot, &err);
  if (status == YUTU_OK)
    status = yutu_snapshot_stats(snapshot, &stats, &err);
  yutu_snapshot_close(snapshot);
  if (status != YUTU_OK) {
    yutu_answer_text(x, MHD_HTTP_SERVICE_UNAVAILABLE, "%s", err.message);
    return;
  }
  yutu_answer_text(x, MHD_HTTP_OK,
                   "{\"status\":\"ok\",\"version\":\"%s\",\"quads\":%" PRIu64 ",\"graphs\":%" PRIu64 "}", YUTU_VERSION,
                   stats.quads, stats.graphs);
  yutu_answer_header(x, "Content-Type", "application/json");
  yutu_answer_header(x, "Cache-Control", "no-store");
}

// ---- the table ----

typedef struct {
  const char *path;
  unsigned methods; ///< besides OPTIONS
  void (*answer)(yutu_exchange *x);
} route;

static const route routes[] = {
    {"/", READS, answer_index},
    {"/page.css", READS, answer_style},
    {"/page.js", READS, answer_script},
    {"/words.json", READS, yutu_answer_words},
    {"/health", READS, answer_health},
    {"/sparql", READS | YUTU_METHOD_POST, yutu_protocol_ask},
    {"/data", READS, yutu_graph_store_get},
};

static const route *route_of(const char *path) {
  for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
    const size_t n = strlen(routes[i].path);
    if (strncmp(path, routes[i].path, n) == 0 && (!path[n] || (n > 1 && strcmp(path + n, "/") == 0)))
      return &routes[i];
  }
  return NULL;
}

// ---- what is refused at once ----

static const char *allowed(const route *r) {
  return r->methods & YUTU_METHOD_POST ? "GET, HEAD, POST, OPTIONS" : "GET, HEAD, OPTIONS";
}

// The name before the port, without the brackets of an IPv6 address.
static yutu_slice name_of(yutu_slice host) {
  const char *end = host.len && host.data[0] == '[' ? memchr(host.data, ']', host.len)
                    : host.len                      ? memchr(host.data, ':', host.len)
                                                    : NULL;
  if (end && *end == ']')
    return (yutu_slice){host.data + 1, (size_t)(end - host.data) - 1};
  return end ? (yutu_slice){host.data, (size_t)(end - host.data)} : host;
}

// A page on the web may have its own name point to this machine, to read what only this machine should. Such a request
// still says the page's name in Host.
static bool is_misdirected(const yutu_exchange *x) {
  static const char *const ours[] = {"localhost", "::1"};
  const yutu_slice name = name_of(x->host);
  if (!x->server->loopback || !x->host.len || yutu_slice_starts(name, YUTU_SLICE("127.")))
    return false;
  for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
    if (name.len == strlen(ours[i]) && strncasecmp(name.data, ours[i], name.len) == 0)
      return false;
  return !yutu_slice_eq(name, yutu_slice_of(x->server->host));
}

static void allow_origin(yutu_exchange *x, const route *r) {
  const yutu_serve_options *o = &x->server->options;
  if (o->n_origins)
    yutu_answer_header(x, "Vary", "Accept, Origin");
  for (size_t i = 0; i < o->n_origins && x->origin.len; i++) {
    const bool all = strcmp(o->origins[i], "*") == 0;
    if (!all && !yutu_slice_eq(x->origin, yutu_slice_of(o->origins[i])))
      continue;
    yutu_answer_header(x, "Access-Control-Allow-Origin", o->origins[i]);
    if (x->method == YUTU_METHOD_OPTIONS) {
      yutu_answer_header(x, "Access-Control-Allow-Methods", allowed(r));
      yutu_answer_header(x, "Access-Control-Allow-Headers", "Accept, Content-Type");
      yutu_answer_header(x, "Access-Control-Max-Age", "86400");
    }
    return;
  }
}

static bool is_utf8_charset(yutu_slice type) {
  const yutu_slice charset = yutu_media_parameter(type, "charset");
  static const char *const names[] = {"utf-8", "utf8", "us-ascii"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (charset.len == strlen(names[i]) && strncasecmp(charset.data, names[i], charset.len) == 0)
      return true;
  return charset.len == 0;
}

static void check_body(yutu_exchange *x) {
  if (!yutu_is_media_type(x->content_type, "application/x-www-form-urlencoded") &&
      !yutu_is_media_type(x->content_type, "application/sparql-query"))
    yutu_answer_text(x, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE,
                     "a query comes as application/sparql-query or application/x-www-form-urlencoded; this server only "
                     "reads, so that nothing else is understood");
  else if (!is_utf8_charset(x->content_type))
    yutu_answer_text(x, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE, "a query comes in UTF-8");
  else if (x->content_length > YUTU_SERVE_BODY_MAX)
    yutu_answer_text(x, MHD_HTTP_CONTENT_TOO_LARGE, "a query has %d bytes at most", YUTU_SERVE_BODY_MAX);
}

void yutu_route_begin(yutu_exchange *x) {
  const route *r = route_of(x->path);
  yutu_answer_header(x, "X-Content-Type-Options", "nosniff");
  if (is_misdirected(x)) {
    yutu_answer_text(x, MHD_HTTP_MISDIRECTED_REQUEST,
                     "this server is %s and answers only to this name, not to '%.*s'; yutu serve --host binds it to "
                     "another address",
                     x->server->address, x->host.len < 100 ? (int)x->host.len : 100, x->host.data);
    return;
  }
  if (!r) {
    yutu_answer_text(x, MHD_HTTP_NOT_FOUND, "nothing is here; there are / (a page), /sparql, /data and /health");
    return;
  }
  allow_origin(x, r);
  yutu_answer_header(x, "Content-Security-Policy", data_policy);
  if (x->method == YUTU_METHOD_OPTIONS) {
    x->status = MHD_HTTP_NO_CONTENT;
    yutu_answer_header(x, "Allow", allowed(r));
  } else if (!(x->method & r->methods)) {
    yutu_answer_header(x, "Allow", allowed(r));
    yutu_answer_text(x, MHD_HTTP_METHOD_NOT_ALLOWED, "%s is not possible here; this server only reads", x->method_name);
  } else if (x->method == YUTU_METHOD_POST) {
    check_body(x);
  }
}

void yutu_route(yutu_exchange *x) {
  yutu_error err = {0};
  if (yutu_buffer_check(&x->body, &err) != YUTU_OK) {
    yutu_answer_text(x, x->body.over ? MHD_HTTP_CONTENT_TOO_LARGE : MHD_HTTP_INTERNAL_SERVER_ERROR,
                     x->body.over ? "a query has %d bytes at most" : "out of memory (%d bytes at most)",
                     YUTU_SERVE_BODY_MAX);
    return;
  }
  const yutu_slice body = {x->body.data, x->body.len};
  if (body.len && yutu_utf8_check(body.data, body.len) != body.len) {
    yutu_answer_text(x, MHD_HTTP_BAD_REQUEST, "the query is not UTF-8");
    return;
  }
  yutu_status status = yutu_form_read(&x->form, x->query, &err);
  if (status == YUTU_OK && yutu_is_media_type(x->content_type, "application/x-www-form-urlencoded"))
    status = yutu_form_read(&x->form, body, &err);
  if (status != YUTU_OK)
    yutu_answer_text(x, MHD_HTTP_BAD_REQUEST, "%s", err.message);
  else
    route_of(x->path)->answer(x);
}
