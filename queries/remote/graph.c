// Triples out of N-Triples or Turtle. N-Triples is parsed while it arrives, some lines at a time; Turtle as a whole.
#include "graph/load.h"
#include "queries/remote/answer.h"

#include <string.h>

enum { LINES_BYTES = 64 * 1024 };

static const yutu_slice columns[] = {{"subject", 7}, {"predicate", 9}, {"object", 6}};

static yutu_status out_of_memory(yutu_error *err) {
  return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
}

static bool keep_term(yutu_arena *arena, yutu_term *t) {
  return yutu_remote_keep(arena, &t->value) && yutu_remote_keep(arena, &t->datatype) &&
         yutu_remote_keep(arena, &t->language);
}

static yutu_status take_triple(void *context, const yutu_quad *quad, yutu_error *err) {
  yutu_remote_answer *a = context;
  yutu_quad *copy = YUTU_PUSH(a->rows_arena, &a->triples);
  if (!copy)
    return out_of_memory(err);
  *copy = *quad;
  return keep_term(a->rows_arena, &copy->s) && keep_term(a->rows_arena, &copy->p) && keep_term(a->rows_arena, &copy->o)
             ? YUTU_OK
             : out_of_memory(err);
}

static void note_bad_line(void *context, const yutu_error *problem) {
  yutu_error *first = context;
  if (first->code == YUTU_OK)
    *first = *problem;
}

// Wait for more text: some lines of it, or all. @param[out] ret_n  bytes that can be parsed
static yutu_status gather(yutu_remote_answer *a, size_t *ret_n, yutu_error *err) {
  const bool lines = a->format == YUTU_FORMAT_NTRIPLES;
  a->text.limit = lines ? YUTU_REMOTE_VALUE_MAX : YUTU_REMOTE_GRAPH_MAX;
  for (;;) {
    const char *last = lines && a->text.len >= LINES_BYTES ? memrchr(a->text.data, '\n', a->text.len) : NULL;
    if (last || a->ended) {
      *ret_n = last ? (size_t)(last - a->text.data) + 1 : a->text.len;
      return YUTU_OK;
    }
    yutu_slice piece = {NULL, 0};
    YUTU_TRY(yutu_transfer_read(a->transfer, &piece, err));
    a->ended = piece.len == 0;
    yutu_buffer_append(&a->text, piece.data, piece.len);
    YUTU_TRY(yutu_buffer_check(&a->text, err));
  }
}

static yutu_status parse(yutu_remote_answer *a, yutu_error *err) {
  size_t n = 0;
  yutu_error bad_line = {0};
  const yutu_load_options options = {.format = a->format,
                                     .base = yutu_slice_of("http://answer.invalid/"),
                                     .on_bad_line = note_bad_line,
                                     .context = &bad_line};
  YUTU_TRY(gather(a, &n, err));
  yutu_arena_reset(a->rows_arena);
  memset(&a->triples, 0, sizeof a->triples);
  a->next_triple = 0;
  if (!n)
    return YUTU_OK;
  YUTU_TRY(yutu_load_bytes("the answer", a->text.data, n, &options, take_triple, a, NULL, err));
  if (bad_line.code != YUTU_OK) {
    if (err)
      *err = bad_line;
    return bad_line.code;
  }
  memmove(a->text.data, a->text.data + n, a->text.len - n);
  a->text.len -= n;
  return YUTU_OK;
}

static yutu_status next_triple(void *context, const yutu_term **ret_row, yutu_error *err) {
  yutu_remote_answer *a = context;
  *ret_row = NULL;
  while (a->next_triple == a->triples.n) {
    if (a->ended && !a->text.len)
      return YUTU_OK;
    YUTU_TRY(parse(a, err));
  }
  if (a->row_limit && a->n_rows == a->row_limit) {
    a->truncated = true;
    return YUTU_OK;
  }
  const yutu_quad *triple = &a->triples.at[a->next_triple++];
  a->row[0] = triple->s;
  a->row[1] = triple->p;
  a->row[2] = triple->o;
  a->n_rows++;
  *ret_row = a->row;
  return YUTU_OK;
}

yutu_status yutu_remote_open_graph(yutu_remote_answer *a, yutu_error *err) {
  a->row = YUTU_NEW_ARRAY(a->arena, yutu_term, 3);
  a->rows =
      (yutu_rows){.form = YUTU_QUERY_CONSTRUCT, .columns = columns, .n_columns = 3, .next = next_triple, .context = a};
  return a->row ? YUTU_OK : out_of_memory(err);
}
