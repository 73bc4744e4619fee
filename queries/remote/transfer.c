#include "queries/remote/transfer.h"

#include "base/utf8.h"
#include "queries/remote/remote.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

enum { LOOK_MS = 200, REFUSAL_SHOWN = 240 };

struct yutu_transfer {
  yutu_transfer_request request;
  CURL *easy;
  CURLM *multi;
  struct curl_slist *headers;
  yutu_buffer bytes; // that arrived and were not read yet
  bool handed_out;   // what is in `bytes` is the caller's last piece
  bool done;
  CURLcode result; // CURLE_OK until done
  char message[CURL_ERROR_SIZE];
};

void yutu_form_escape(yutu_buffer *form, yutu_slice value) {
  static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  for (size_t i = 0; i < value.len; i++) {
    const char c = value.data[i];
    if (c && strchr(plain, c))
      yutu_buffer_putc(form, c);
    else
      yutu_buffer_printf(form, "%%%02X", (unsigned char)c);
  }
}

const char *yutu_address_shown(const char *address, char *room, size_t n) {
  const char *host = strstr(address, "://");
  host = host ? host + 3 : address;
  const char *slash = host + strcspn(host, "/?#");
  const char *at = memchr(host, '@', (size_t)(slash - host));
  snprintf(room, n, "%.*s%s", (int)(host - address), address, at ? at + 1 : host);
  return room;
}

// ---- failures ----

static yutu_status network_failed(const yutu_transfer *t, yutu_error *err) {
  char shown[300];
  yutu_address_shown(t->request.address, shown, sizeof shown);
  if (t->result == CURLE_OPERATION_TIMEDOUT && t->request.timeout_ms)
    return yutu_fail(err, YUTU_ERR_LIMIT, "%s: out of time after %u seconds", shown, t->request.timeout_ms / 1000);
  return yutu_fail(err, YUTU_ERR_IO, "%s: %s", shown, t->message[0] ? t->message : curl_easy_strerror(t->result));
}

// The first line of a text that is not blank, without control characters.
static void first_line(yutu_slice text, char *ret, size_t size) {
  yutu_slice line = {"", 0};
  while (!yutu_slice_trim(line).len && yutu_slice_split(&text, '\n', &line))
    ;
  line = yutu_slice_trim(line);
  const char *p = line.data;
  const char *end = line.data + line.len;
  size_t n = 0;
  while (p < end && n + 4 < size) {
    const uint32_t c = yutu_utf8_next(&p, end);
    n += yutu_utf8_encode(c < 0x20 || c == 0x7F ? ' ' : c, ret + n);
  }
  ret[n] = '\0';
}

static yutu_status refused(yutu_transfer *t, long code, yutu_error *err) {
  char shown[300];
  char line[REFUSAL_SHOWN];
  yutu_buffer page = YUTU_BUFFER_INIT;
  yutu_slice piece = {NULL, 0};
  while (page.len < YUTU_REMOTE_REFUSAL_MAX && yutu_transfer_read(t, &piece, NULL) == YUTU_OK && piece.len) {
    const size_t room = YUTU_REMOTE_REFUSAL_MAX - page.len;
    yutu_buffer_append(&page, piece.data, piece.len < room ? piece.len : room);
  }
  first_line((yutu_slice){page.data ? page.data : "", page.len}, line, sizeof line);
  yutu_buffer_free(&page);
  const yutu_status status = code == 400 ? YUTU_ERR_QUERY : code == 504 ? YUTU_ERR_LIMIT : YUTU_ERR_STORE;
  return yutu_fail(err, status, "%s answers %ld%s%s", yutu_address_shown(t->request.address, shown, sizeof shown), code,
                   line[0] ? ": " : "", line);
}

// ---- the bytes ----

static size_t take_bytes(char *bytes, size_t size, size_t n, void *context) {
  yutu_transfer *t = context;
  yutu_buffer_append(&t->bytes, bytes, size * n);
  return t->bytes.failed ? 0 : size * n;
}

static void note_done(yutu_transfer *t) {
  int left;
  for (CURLMsg *m; (m = curl_multi_info_read(t->multi, &left));) {
    if (m->msg == CURLMSG_DONE) {
      t->done = true;
      t->result = m->data.result;
    }
  }
}

// Go on until there are bytes or the end.
static yutu_status advance(yutu_transfer *t, yutu_error *err) {
  while (!t->bytes.len && !t->done) {
    int running = 0;
    if (t->request.cancel && *t->request.cancel)
      return yutu_fail(err, YUTU_ERR_INTERRUPTED, "interrupted");
    CURLMcode rc = curl_multi_perform(t->multi, &running);
    note_done(t);
    if (rc == CURLM_OK && !t->bytes.len && !t->done)
      rc = curl_multi_poll(t->multi, NULL, 0, LOOK_MS, NULL);
    if (rc != CURLM_OK)
      return yutu_fail(err, YUTU_ERR_INTERNAL, "the HTTP library failed: %s", curl_multi_strerror(rc));
  }
  YUTU_TRY(yutu_buffer_check(&t->bytes, err));
  return !t->bytes.len && t->result != CURLE_OK ? network_failed(t, err) : YUTU_OK;
}

yutu_status yutu_transfer_read(yutu_transfer *t, yutu_slice *ret, yutu_error *err) {
  if (t->handed_out)
    yutu_buffer_clear(&t->bytes);
  t->handed_out = false;
  YUTU_TRY(advance(t, err));
  *ret = (yutu_slice){t->bytes.data, t->bytes.len};
  t->handed_out = true;
  return YUTU_OK;
}

// ---- life ----

static bool set_up(yutu_transfer *t) {
  const yutu_transfer_request *r = &t->request;
  char accept[300];
  snprintf(accept, sizeof accept, "Accept: %s", r->accept);
  t->easy = curl_easy_init();
  t->multi = curl_multi_init();
  t->headers = curl_slist_append(NULL, accept);
  if (!t->easy || !t->multi || !t->headers)
    return false;
  bool ok = curl_easy_setopt(t->easy, CURLOPT_URL, r->address) == CURLE_OK;
  ok &= curl_easy_setopt(t->easy, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK;
  ok &= curl_easy_setopt(t->easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https") == CURLE_OK;
  ok &= curl_easy_setopt(t->easy, CURLOPT_FOLLOWLOCATION, 1L) == CURLE_OK;
  ok &= curl_easy_setopt(t->easy, CURLOPT_MAXREDIRS, (long)YUTU_REMOTE_REDIRECTS_MAX) == CURLE_OK;
  ok &= curl_easy_setopt(t->easy, CURLOPT_POSTREDIR, (long)CURL_REDIR_POST_ALL) == CURLE_OK;
  ok &= curl_easy_setopt(t->easy, CURLOPT_POST, 1L) == CURLE_OK;
  ok &= curl_easy_setopt(t->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->form.len) == CURLE_OK;
  ok &= curl_easy_setopt(t->easy, CURLOPT_POSTFIELDS, r->form.data) == CURLE_OK;
  ok &= curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers) == CURLE_OK;
  ok &= curl_easy_setopt(t->easy, CURLOPT_USERAGENT, "yutu/" YUTU_VERSION) == CURLE_OK;
  ok &= curl_easy_setopt(t->easy, CURLOPT_ACCEPT_ENCODING, "") == CURLE_OK;
  ok &= curl_easy_setopt(t->easy, CURLOPT_NOSIGNAL, 1L) == CURLE_OK;
  ok &= curl_easy_setopt(t->easy, CURLOPT_CONNECTTIMEOUT, (long)YUTU_REMOTE_CONNECT_SECONDS) == CURLE_OK;
  ok &= curl_easy_setopt(t->easy, CURLOPT_TIMEOUT_MS, (long)r->timeout_ms) == CURLE_OK;
  ok &= curl_easy_setopt(t->easy, CURLOPT_ERRORBUFFER, t->message) == CURLE_OK;
  ok &= curl_easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, take_bytes) == CURLE_OK;
  ok &= curl_easy_setopt(t->easy, CURLOPT_WRITEDATA, t) == CURLE_OK;
  return ok && curl_multi_add_handle(t->multi, t->easy) == CURLM_OK;
}

yutu_status yutu_transfer_begin(const yutu_transfer_request *request, yutu_transfer **ret, yutu_error *err) {
  yutu_transfer *t = calloc(1, sizeof *t);
  if (!t)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  t->request = *request;
  yutu_status status = set_up(t) ? YUTU_OK : yutu_fail(err, YUTU_ERR_INTERNAL, "the HTTP library cannot be set up");
  if (status == YUTU_OK)
    status = advance(t, err);
  long code = 0;
  if (status == YUTU_OK) {
    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &code);
    if (code < 200 || code > 299)
      status = refused(t, code, err);
  }
  if (status != YUTU_OK) {
    yutu_transfer_free(t);
    return status;
  }
  *ret = t;
  return YUTU_OK;
}

void yutu_transfer_free(yutu_transfer *t) {
  if (!t)
    return;
  if (t->multi && t->easy)
    curl_multi_remove_handle(t->multi, t->easy);
  curl_easy_cleanup(t->easy);
  curl_multi_cleanup(t->multi);
  curl_slist_free_all(t->headers);
  yutu_buffer_free(&t->bytes);
  free(t);
}

yutu_slice yutu_transfer_type(const yutu_transfer *t) {
  char *type = NULL;
  curl_easy_getinfo(t->easy, CURLINFO_CONTENT_TYPE, &type);
  return yutu_slice_of(type ? type : "");
}
