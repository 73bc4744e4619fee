// Parameters in the text of a query: a VALUES block at the beginning of each group that uses them.
//
// A group is evaluated by itself before it is joined with what is around it, so that one block at the top does not
// reach a filter in a GRAPH, an OPTIONAL or a subselect: each group gets a block for the parameters that it uses
// itself, and the outermost one gets all. The groups of EXISTS are evaluated for each solution around them: what they
// use is given to the group around them.
#include "graph/serialise/escape.h"
#include "queries/remote/answer.h"
#include "queries/sparql/lexer.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { BINDINGS_MAX = 64, BRACES_MAX = 4096 };

typedef enum { BRACE_GROUP, BRACE_SUBSELECT, BRACE_EXISTS, BRACE_OTHER } brace_kind;

typedef struct {
  brace_kind kind;
  uint32_t token;  // of the brace
  uint32_t around; // the brace that it is in; itself for an outermost one
  uint64_t uses;   // bits: bindings
} brace;

typedef struct {
  const yutu_remote_question *question;
  yutu_arena *arena;
  yutu_slice text; // escapes of code points undone
  const yutu_token *tokens;
  uint32_t n_tokens;
  YUTU_VEC(brace) braces;
  uint64_t used; // anywhere
  bool short_construct, ends_in_values;
  yutu_buffer *out;
  yutu_error *err;
} rewriting;

static bool is_word(const yutu_token *t, const char *word) {
  return t->kind == YUTU_TOKEN_WORD && t->text.len == strlen(word) && strncasecmp(t->text.data, word, t->text.len) == 0;
}

static bool is_mark(const yutu_token *t, char c) {
  return t->kind == YUTU_TOKEN_PUNCTUATION && t->text.len == 1 && t->text.data[0] == c;
}

static uint64_t binding_bit(const rewriting *r, yutu_slice name) {
  for (size_t i = 0; i < r->question->n_bindings; i++)
    if (yutu_slice_eq(name, yutu_slice_of(r->question->bindings[i].name)))
      return UINT64_C(1) << i;
  return 0;
}

// ---- what the braces are ----

// What stands in the braces that token `at` opens.
static brace_kind kind_of(const rewriting *r, uint32_t at) {
  if (at > 0 && is_word(&r->tokens[at - 1], "construct"))
    return BRACE_OTHER;
  if (at > 0 && is_word(&r->tokens[at - 1], "exists"))
    return BRACE_EXISTS;
  uint32_t i = at;
  if (i > 0 && is_mark(&r->tokens[i - 1], ')')) // VALUES (?a ?b) {
    do
      i--;
    while (i > 0 && !is_mark(&r->tokens[i], '('));
  else if (i > 0 && r->tokens[i - 1].kind == YUTU_TOKEN_VAR) // VALUES ?a {
    i--;
  if (i > 0 && i < at && is_word(&r->tokens[i - 1], "values"))
    return BRACE_OTHER;
  return is_word(&r->tokens[at + 1], "select") ? BRACE_SUBSELECT : BRACE_GROUP;
}

static void open_brace(rewriting *r, uint32_t token, uint32_t depth, uint32_t *current) {
  if (r->braces.n == BRACES_MAX) {
    *current = UINT32_MAX;
    return;
  }
  brace *b = YUTU_PUSH(r->arena, &r->braces);
  *b = (brace){kind_of(r, token), token, depth ? *current : r->braces.n - 1, 0};
  *current = r->braces.n - 1;
}

// Who has to bind what the brace uses: groups of EXISTS leave it to the group around them.
static uint32_t responsible(const rewriting *r, uint32_t i) {
  uint32_t answer = i;
  for (uint32_t k = i; r->braces.at[k].kind != BRACE_SUBSELECT && r->braces.at[k].around != k;
       k = r->braces.at[k].around)
    if (r->braces.at[k].kind == BRACE_EXISTS)
      answer = r->braces.at[k].around;
  return answer;
}

static yutu_status scan(rewriting *r) {
  uint32_t current = 0;
  uint32_t depth = 0;
  bool construct = false;
  for (uint32_t i = 0; i < r->n_tokens; i++) {
    const yutu_token *t = &r->tokens[i];
    if (is_mark(t, '{')) {
      open_brace(r, i, depth, &current);
      if (current == UINT32_MAX)
        return yutu_fail(r->err, YUTU_ERR_LIMIT, "a query with parameters has %d groups at most", BRACES_MAX);
      depth++;
    } else if (is_mark(t, '}')) {
      current = r->braces.n ? r->braces.at[current].around : 0;
      depth -= depth > 0;
    } else if (t->kind == YUTU_TOKEN_VAR) {
      const uint64_t bit = binding_bit(r, t->text);
      r->used |= bit;
      if (depth)
        r->braces.at[responsible(r, current)].uses |= bit;
    } else if (is_word(t, "construct")) {
      construct = true;
    } else if (construct && is_word(t, "where") && !r->braces.n) {
      r->short_construct = true;
    } else if (is_word(t, "values") && !depth) {
      r->ends_in_values = true;
    }
  }
  return YUTU_OK;
}

// ---- writing ----

yutu_status yutu_remote_put_term(yutu_buffer *out, const yutu_term *term, yutu_error *err) {
  if (term->kind != YUTU_TERM_IRI && term->kind != YUTU_TERM_LITERAL)
    return yutu_fail(err, YUTU_ERR_UNSUPPORTED,
                     "only an IRI or a literal can be a parameter of another endpoint's query");
  yutu_output *output = malloc(sizeof *output);
  if (!output)
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  yutu_output_init(output, yutu_byte_sink_buffer(out));
  yutu_put_term(output, term);
  const yutu_status status = yutu_output_finish(output, err);
  free(output);
  return status;
}

static yutu_status put_values(rewriting *r, uint64_t bindings) {
  if (!bindings)
    return YUTU_OK;
  yutu_buffer_puts(r->out, " VALUES (");
  for (size_t i = 0; i < r->question->n_bindings; i++)
    if (bindings >> i & 1)
      yutu_buffer_printf(r->out, "?%s ", r->question->bindings[i].name);
  yutu_buffer_puts(r->out, ") {(");
  for (size_t i = 0; i < r->question->n_bindings; i++) {
    if (!(bindings >> i & 1))
      continue;
    YUTU_TRY(yutu_remote_put_term(r->out, &r->question->bindings[i].term, r->err));
    yutu_buffer_putc(r->out, ' ');
  }
  yutu_buffer_puts(r->out, ")} ");
  return YUTU_OK;
}

// The first group of the query's own, or UINT32_MAX.
static uint32_t outermost(const rewriting *r) {
  for (uint32_t i = 0; i < r->braces.n; i++)
    if (r->braces.at[i].around == i && r->braces.at[i].kind != BRACE_OTHER)
      return i;
  return UINT32_MAX;
}

static yutu_status put_text(rewriting *r) {
  size_t written = 0;
  const uint32_t top = r->short_construct ? UINT32_MAX : outermost(r);
  for (uint32_t i = 0; i < r->braces.n && !r->short_construct; i++) {
    const brace *b = &r->braces.at[i];
    const brace *around = &r->braces.at[b->around];
    if (b->kind == BRACE_OTHER || b->kind == BRACE_EXISTS || b->kind == BRACE_SUBSELECT)
      continue;
    uint64_t uses = i == top ? r->used : b->uses;
    if (around->kind == BRACE_SUBSELECT) // what its SELECT, GROUP BY and so on use
      uses |= around->uses;
    const size_t end = r->tokens[b->token].offset + 1;
    yutu_buffer_append(r->out, r->text.data + written, end - written);
    written = end;
    YUTU_TRY(put_values(r, uses));
  }
  yutu_buffer_append(r->out, r->text.data + written, r->text.len - written);
  if (top != UINT32_MAX || !r->used)
    return YUTU_OK;
  if (r->ends_in_values)
    return yutu_fail(r->err, YUTU_ERR_UNSUPPORTED,
                     "a query without a group of its own has parameters or a VALUES block, not both");
  yutu_buffer_putc(r->out, '\n'); // the text may end in a comment
  return put_values(r, r->used);
}

static yutu_status rewrite(rewriting *r) {
  jmp_buf trap;
  const int why = setjmp(trap);
  if (why)
    return yutu_fail(r->err, YUTU_ERR_NOMEM, "out of memory");
  yutu_arena_trap(r->arena, &trap);
  YUTU_TRY(yutu_sparql_unescape(r->question->text, r->arena, &r->text, r->err));
  YUTU_TRY(yutu_sparql_tokens(r->text, r->arena, &r->tokens, &r->n_tokens, r->err));
  YUTU_TRY(scan(r));
  return put_text(r);
}

yutu_status yutu_remote_write_query(const yutu_remote_question *q, yutu_buffer *ret, yutu_error *err) {
  if (q->n_bindings > BINDINGS_MAX)
    return yutu_fail(err, YUTU_ERR_LIMIT, "a query has %d parameters at most", BINDINGS_MAX);
  if (q->base.len) {
    const yutu_term base = yutu_iri(q->base);
    yutu_buffer_puts(ret, "BASE ");
    YUTU_TRY(yutu_remote_put_term(ret, &base, err));
    yutu_buffer_putc(ret, ' ');
  }
  if (!q->n_bindings) {
    yutu_buffer_append(ret, q->text.data, q->text.len);
    return yutu_buffer_check(ret, err);
  }
  rewriting r = {.question = q, .arena = yutu_arena_new(0), .out = ret, .err = err};
  const yutu_status status = r.arena ? rewrite(&r) : yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  yutu_arena_free(r.arena);
  return status == YUTU_OK ? yutu_buffer_check(ret, err) : status;
}
