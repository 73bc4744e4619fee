// N-Triples and N-Quads, a statement a line, made for speed: a table decides byte by byte, and terms without escapes
// are slices of the window. A wrong line is reported and skipped.
#include "base/utf8.h"
#include "graph/iri.h"
#include "graph/load_chars.h"
#include "graph/load_source.h"
#include "ontology/vocabulary.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/// Where a run of plain bytes ends, in IRIs and in literals.
enum { IRI_STOP = 1, STRING_STOP = 2 };

static const unsigned char stops[256] = {
    [0x00 ... 0x09] = IRI_STOP,
    ['\n'] = IRI_STOP | STRING_STOP,
    [0x0B ... 0x0C] = IRI_STOP,
    ['\r'] = IRI_STOP | STRING_STOP,
    [0x0E ... 0x20] = IRI_STOP,
    ['"'] = IRI_STOP | STRING_STOP,
    ['<'] = IRI_STOP,
    ['>'] = IRI_STOP,
    ['\\'] = IRI_STOP | STRING_STOP,
    ['^'] = IRI_STOP,
    ['`'] = IRI_STOP,
    ['{'] = IRI_STOP,
    ['|'] = IRI_STOP,
    ['}'] = IRI_STOP,
};

typedef struct {
  yutu_load *load;
  bool graphs;         ///< N-Quads
  const char *p, *end; ///< of the line
  char *scratch;       ///< unescaped text of this statement goes here: never more than the line has
  size_t scratch_size;
  char *free;           ///< of the scratch
  yutu_buffer blank[3]; ///< labels of subject, object and graph
  const char *wrong;    ///< message; p is where
} reader;

static bool refuse(reader *r, const char *where, const char *message) {
  r->p = where;
  r->wrong = message;
  return false;
}

static void skip_blanks(reader *r) {
  while (r->p < r->end && (*r->p == ' ' || *r->p == '\t'))
    r->p++;
}

/// From the first backslash on: unescape into the scratch up to the closing byte.
static bool read_escaped(reader *r, const char *from, char close, yutu_slice *ret) {
  const int stop = close == '>' ? IRI_STOP : STRING_STOP;
  char *const begin = r->free, *to = begin;
  const char *p = from;
  for (;;) {
    const char *const run = p;
    while (p < r->end && !(stops[(unsigned char)*p] & stop))
      p++;
    memcpy(to, run, (size_t)(p - run));
    to += p - run;
    if (p == r->end || (*p != '\\' && *p != close))
      return refuse(r, p, close == '>' ? "a character that no IRI may have" : "a literal without its closing quote");
    if (*p == close)
      break;
    uint32_t c = 0;
    size_t n = yutu_numeric_escape(p, r->end, &c);
    if (n == 0 && close == '"' && r->end - p >= 2 && (c = (unsigned char)yutu_letter_escape(p[1])) != 0)
      n = 2;
    if (n == 0 || (close == '>' && !yutu_is_iri_char(c)))
      return refuse(r, p, "an escape that is not allowed here");
    to += yutu_utf8_encode(c, to);
    p += n;
  }
  *ret = (yutu_slice){begin, (size_t)(to - begin)};
  r->free = to;
  r->p = p + 1;
  return true;
}

/// Text up to the closing byte; r->p is behind the opening one.
static inline bool read_until(reader *r, char close, int stop, yutu_slice *ret) {
  const char *const from = r->p, *p = from;
  while (p < r->end && !(stops[(unsigned char)*p] & stop))
    p++;
  if (p == r->end || *p != close)
    return read_escaped(r, from, close, ret);
  *ret = (yutu_slice){from, (size_t)(p - from)};
  r->p = p + 1;
  return true;
}

static bool read_iri(reader *r, yutu_slice *ret) {
  const char *const from = r->p++;
  if (!read_until(r, '>', IRI_STOP, ret))
    return false;
  return yutu_iri_scheme(*ret) || refuse(r, from, "an IRI without a scheme; relative IRIs are not allowed here");
}

static bool read_blank(reader *r, yutu_buffer *label, yutu_term *ret) {
  const char *const from = r->p;
  if (r->end - from < 3 || from[1] != ':')
    return refuse(r, from, "a blank node without a label");
  const char *p = from + 2, *last = p; // last: behind the last character that is no dot
  while (p < r->end) {
    const char *next = p;
    const uint32_t c = yutu_utf8_next(&next, r->end);
    const bool first = p == from + 2;
    const bool dot = c == '.' && !first;
    if (!dot && !(first ? yutu_is_label_start(c) : yutu_is_name_char(c)))
      break;
    p = next;
    last = dot ? last : p;
  }
  if (last == from + 2)
    return refuse(r, from, "a blank node without a label");
  yutu_buffer_clear(label);
  yutu_load_blank(r->load, (yutu_slice){from + 2, (size_t)(last - from - 2)}, label);
  *ret = (yutu_term){.kind = YUTU_TERM_BLANK, .value = {label->data, label->len}};
  r->p = last;
  return true;
}

static bool read_language(reader *r, yutu_slice *ret) {
  const char *const from = ++r->p;
  bool letters_only = true;
  const char *p = from;
  while (p < r->end && (isalpha((unsigned char)*p) || (!letters_only && isdigit((unsigned char)*p)) ||
                        (*p == '-' && p > from && p[-1] != '-'))) {
    letters_only = letters_only && *p != '-';
    p++;
  }
  if (p == from || p[-1] == '-')
    return refuse(r, from, "a language tag is missing or wrong");
  char *const tag = r->free;
  for (const char *q = from; q < p; q++)
    *r->free++ = (char)tolower((unsigned char)*q);
  *ret = (yutu_slice){tag, (size_t)(p - from)};
  r->p = p;
  return true;
}

static bool read_literal(reader *r, yutu_term *ret) {
  *ret = (yutu_term){.kind = YUTU_TERM_LITERAL};
  r->p++;
  if (!read_until(r, '"', STRING_STOP, &ret->value))
    return false;
  if (r->p == r->end)
    return true;
  if (*r->p == '@')
    return read_language(r, &ret->language);
  if (*r->p != '^')
    return true;
  if (r->end - r->p < 3 || r->p[1] != '^' || r->p[2] != '<')
    return refuse(r, r->p, "expected ^^<datatype>");
  r->p += 2;
  if (!read_iri(r, &ret->datatype))
    return false;
  if (yutu_slice_eq(ret->datatype, YUTU_SLICE(YUTU_NS_XSD "string")))
    ret->datatype.len = 0;
  return true;
}

static inline bool read_node(reader *r, yutu_buffer *label, yutu_term *ret, const char *message) {
  skip_blanks(r);
  const char c = r->p < r->end ? *r->p : '\0';
  if (c == '<') {
    *ret = (yutu_term){.kind = YUTU_TERM_IRI};
    return read_iri(r, &ret->value);
  }
  return c == '_' && label ? read_blank(r, label, ret) : refuse(r, r->p, message);
}

static bool read_statement(reader *r, yutu_quad *ret) {
  *ret = (yutu_quad){0};
  r->free = r->scratch;
  if (!read_node(r, &r->blank[0], &ret->s, "expected a subject: <IRI> or _:label") ||
      !read_node(r, NULL, &ret->p, "expected a predicate: <IRI>"))
    return false;
  skip_blanks(r);
  const bool literal = r->p < r->end && *r->p == '"';
  if (literal ? !read_literal(r, &ret->o)
              : !read_node(r, &r->blank[1], &ret->o, "expected an object: <IRI>, _:label or \"literal\""))
    return false;
  skip_blanks(r);
  if (r->p < r->end && *r->p != '.') {
    if (!r->graphs)
      return refuse(r, r->p, *r->p == '<' ? "a fourth term; is this N-Quads?" : "expected a full stop");
    if (!read_node(r, &r->blank[2], &ret->g, "expected a graph or a full stop"))
      return false;
    skip_blanks(r);
  }
  if (r->p == r->end || *r->p != '.')
    return refuse(r, r->p, "expected a full stop");
  r->p++;
  skip_blanks(r);
  const bool done = r->p == r->end || *r->p == '#' || *r->p == '\r';
  return done || refuse(r, r->p, "something behind the full stop");
}

/// Names the place of r->p in the line that begins at `begin`.
static void report(reader *r, const char *begin, unsigned line) {
  yutu_load *load = r->load;
  load->counts.bad_lines++;
  if (!load->options->on_bad_line)
    return;
  yutu_error problem = {0};
  yutu_fail_at(&problem, YUTU_ERR_INPUT, load->source.name, line, "%s; line skipped", r->wrong);
  problem.column = (unsigned)yutu_utf8_length(begin, (size_t)(r->p - begin)) + 1;
  problem.offset = load->source.offset + (size_t)(r->p - load->source.from);
  load->options->on_bad_line(load->options->context, &problem);
}

static yutu_status make_scratch(reader *r, size_t n, yutu_error *err) {
  if (n <= r->scratch_size)
    return YUTU_OK;
  char *scratch = realloc(r->scratch, n * 2);
  if (!scratch)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  r->scratch = scratch;
  r->scratch_size = n * 2;
  return YUTU_OK;
}

/// The statements of one line. There is more than one only where lines end in carriage returns alone.
static yutu_status read_line(reader *r, const char *begin, const char *end, unsigned line, yutu_error *err) {
  YUTU_TRY(make_scratch(r, (size_t)(end - begin), err));
  const size_t sound = yutu_utf8_check(begin, (size_t)(end - begin));
  r->p = begin;
  r->end = end;
  if (begin + sound < end) {
    refuse(r, begin + sound, "not UTF-8");
    report(r, begin, line);
    return YUTU_OK;
  }
  for (;;) {
    while (r->p < r->end && (*r->p == ' ' || *r->p == '\t' || *r->p == '\r'))
      r->p++;
    if (r->p < r->end && *r->p == '#') {
      const char *next = memchr(r->p, '\r', (size_t)(r->end - r->p));
      r->p = next ? next : r->end;
      continue;
    }
    if (r->p == r->end)
      return YUTU_OK;
    yutu_quad quad;
    if (!read_statement(r, &quad)) {
      report(r, begin, line);
      return YUTU_OK;
    }
    YUTU_TRY(yutu_buffer_check(&r->blank[0], err));
    YUTU_TRY(yutu_buffer_check(&r->blank[1], err));
    YUTU_TRY(yutu_buffer_check(&r->blank[2], err));
    YUTU_TRY(yutu_load_emit(r->load, &quad, err));
  }
}

static yutu_status read_all(reader *r, yutu_error *err) {
  yutu_load_source *source = &r->load->source;
  unsigned line = 1;
  for (;; line++) {
    const char *newline = NULL;
    size_t searched = 0;
    for (;;) {
      const size_t n = (size_t)(source->end - source->at);
      if (n > searched)
        newline = memchr(source->at + searched, '\n', n - searched);
      searched = n;
      if (newline || source->ended)
        break;
      const yutu_status status = yutu_load_fill(source, err);
      if (status == YUTU_ERR_LIMIT && err)
        err->line = line;
      if (status != YUTU_OK)
        return status;
    }
    const char *const begin = source->at, *const end = newline ? newline : source->end;
    if (!newline && begin == end)
      return YUTU_OK;
    YUTU_TRY(read_line(r, begin, end, line, err));
    source->at = newline ? newline + 1 : end;
  }
}

yutu_status yutu_load_lines(yutu_load *load, bool graphs, yutu_error *err) {
  reader r = {.load = load, .graphs = graphs};
  const yutu_status status = read_all(&r, err);
  free(r.scratch);
  for (size_t i = 0; i < sizeof r.blank / sizeof *r.blank; i++)
    yutu_buffer_free(&r.blank[i]);
  return status;
}
