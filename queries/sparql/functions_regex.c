/// REGEX and REPLACE, by PCRE2 in UTF mode: XPath's regular expressions are nearly a part of Perl's. What XPath has and
/// Perl has not (class subtraction, \i, \c, blocks such as \p{IsGreek}) is an error of the expression.
/// Work is bounded by PCRE2's match limit, so a pattern cannot hang the query.

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "queries/sparql/functions_table.h"

#include <stdlib.h>
#include <string.h>

enum { MATCH_LIMIT = 5000000, HEAP_LIMIT_KIB = 64 * 1024 };

/// The pattern compiled last for one expression: most have a constant one.
typedef struct {
  char *pattern;
  size_t pattern_len;
  char flags[8];
  pcre2_code *code; ///< NULL: the pattern is none
  pcre2_match_data *data;
  pcre2_match_context *context;
} compiled;

static void forget_pattern(compiled *c) {
  pcre2_code_free(c->code);
  pcre2_match_data_free(c->data);
  free(c->pattern);
  c->code = NULL;
  c->data = NULL;
  c->pattern = NULL;
}

void yutu_regex_forget(void *remembered) {
  compiled *c = remembered;
  if (!c)
    return;
  forget_pattern(c);
  pcre2_match_context_free(c->context);
  free(c);
}

static bool options_of(yutu_slice flags, uint32_t *ret) {
  *ret = PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_NO_UTF_CHECK;
  for (size_t i = 0; i < flags.len; i++) {
    switch (flags.data[i]) {
    case 'i':
      *ret |= PCRE2_CASELESS;
      break;
    case 's':
      *ret |= PCRE2_DOTALL;
      break;
    case 'm':
      *ret |= PCRE2_MULTILINE;
      break;
    case 'x':
      *ret |= PCRE2_EXTENDED;
      break;
    case 'q':
      *ret |= PCRE2_LITERAL;
      break;
    default:
      return false;
    }
  }
  if (*ret & PCRE2_LITERAL) // the others but i mean nothing then, and PCRE2 refuses them
    *ret &= PCRE2_UTF | PCRE2_CASELESS | PCRE2_LITERAL | PCRE2_NO_UTF_CHECK;
  return true;
}

static void compile(compiled *c, yutu_slice pattern, yutu_slice flags) {
  forget_pattern(c);
  c->pattern = malloc(pattern.len + 1);
  uint32_t options;
  if (!c->pattern || !options_of(flags, &options))
    return;
  memcpy(c->pattern, pattern.data, pattern.len);
  c->pattern_len = pattern.len;
  memset(c->flags, 0, sizeof c->flags);
  memcpy(c->flags, flags.data, flags.len);
  int error;
  PCRE2_SIZE where;
  c->code = pcre2_compile((PCRE2_SPTR)pattern.data, pattern.len, options, &error, &where, NULL);
  if (!c->code)
    return;
  pcre2_jit_compile(c->code, PCRE2_JIT_COMPLETE); // without it matching is slower, nothing else
  c->data = pcre2_match_data_create_from_pattern(c->code, NULL);
  if (!c->data)
    forget_pattern(c);
}

/// The compiled pattern of a call, or NULL when it is none.
static compiled *compiled_of(yutu_exec *x, const yutu_expr *e, const yutu_value *pattern, const yutu_value *flags) {
  const yutu_slice none = {"", 0};
  const yutu_slice f = flags ? flags->text : none;
  compiled *c = x->remembered[e->serial];
  if (!c) {
    c = calloc(1, sizeof *c);
    if (!c)
      yutu_exec_fail(x, YUTU_ERR_NOMEM, "out of memory");
    x->remembered[e->serial] = c;
    c->context = pcre2_match_context_create(NULL);
    if (!c->context)
      yutu_exec_fail(x, YUTU_ERR_NOMEM, "out of memory");
    pcre2_set_match_limit(c->context, MATCH_LIMIT);
    pcre2_set_heap_limit(c->context, HEAP_LIMIT_KIB);
  }
  if (f.len >= sizeof c->flags)
    return NULL;
  const bool same = c->pattern && c->pattern_len == pattern->text.len &&
                    memcmp(c->pattern, pattern->text.data, c->pattern_len) == 0 && strlen(c->flags) == f.len &&
                    memcmp(c->flags, f.data, f.len) == 0;
  if (!same)
    compile(c, pattern->text, f);
  return c->code ? c : NULL;
}

static bool is_string(const yutu_value *v) {
  return v->kind == YUTU_VALUE_STRING || v->kind == YUTU_VALUE_LANGUAGE;
}

/// Match from `from` on: 1, 0, or YUTU_ERROR when the limits were reached.
static int match(compiled *c, yutu_slice text, size_t from) {
  const int rc = pcre2_match(c->code, (PCRE2_SPTR)text.data, text.len, from, PCRE2_NO_UTF_CHECK, c->data, c->context);
  return rc >= 0 ? 1 : rc == PCRE2_ERROR_NOMATCH ? 0 : YUTU_ERROR;
}

YUTU_LAZY(regex) {
  yutu_value text, pattern, flags;
  if (!yutu_evaluate(x, e->args[0], &text) || !is_string(&text) || !yutu_evaluate(x, e->args[1], &pattern) ||
      pattern.kind != YUTU_VALUE_STRING)
    return false;
  if (e->n_args == 3 && (!yutu_evaluate(x, e->args[2], &flags) || flags.kind != YUTU_VALUE_STRING))
    return false;
  compiled *c = compiled_of(x, e, &pattern, e->n_args == 3 ? &flags : NULL);
  const int found = c ? match(c, text.text, 0) : YUTU_ERROR;
  if (found == YUTU_ERROR)
    return false;
  *ret = yutu_value_boolean(found);
  return true;
}

// ---- REPLACE ----

/// A string that grows in the scratch arena.
typedef YUTU_VEC(char) text_vec;

static void append(yutu_exec *x, text_vec *out, const char *s, size_t n) {
  for (size_t i = 0; i < n; i++)
    *YUTU_PUSH(x->scratch, out) = s[i];
}

/// $N stands for a group, \$ and \\ for the character; anything else after them is an error (fn:replace).
static bool append_replacement(yutu_exec *x, const compiled *c, yutu_slice text, yutu_slice with, bool literal,
                               text_vec *out) {
  const PCRE2_SIZE *at = pcre2_get_ovector_pointer(c->data);
  const uint32_t n_groups = pcre2_get_ovector_count(c->data);
  for (size_t i = 0; i < with.len; i++) {
    const char ch = with.data[i], next = i + 1 < with.len ? with.data[i + 1] : '\0';
    if (literal || (ch != '\\' && ch != '$')) {
      append(x, out, &ch, 1);
    } else if (ch == '\\') {
      if (next != '\\' && next != '$')
        return false;
      append(x, out, &next, 1);
      i++;
    } else {
      if (next < '0' || next > '9')
        return false;
      uint32_t group = (uint32_t)(next - '0');
      i++;
      while (i + 1 < with.len && with.data[i + 1] >= '0' && with.data[i + 1] <= '9' &&
             group * 10 + (uint32_t)(with.data[i + 1] - '0') < n_groups)
        group = group * 10 + (uint32_t)(with.data[++i] - '0');
      if (group < n_groups && at[2 * group] != PCRE2_UNSET)
        append(x, out, text.data + at[2 * group], at[2 * group + 1] - at[2 * group]);
    }
  }
  return true;
}

static bool replace_all(yutu_exec *x, compiled *c, yutu_slice text, yutu_slice with, bool literal, yutu_slice *ret) {
  if (match(c, (yutu_slice){"", 0}, 0) != 0)
    return false; // a pattern that matches nothing at all is an error (FORX0003)
  text_vec out = {0};
  size_t from = 0;
  int found;
  while ((found = match(c, text, from)) == 1) {
    yutu_exec_tick(x);
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer(c->data);
    const size_t begin = at[0], end = at[1];
    if (end <= from && end == begin) { // an empty match inside the text: step over a character
      if (from >= text.len)
        break;
      size_t next = from + 1;
      while (next < text.len && ((unsigned char)text.data[next] & 0xC0) == 0x80)
        next++;
      append(x, &out, text.data + from, next - from);
      from = next;
      continue;
    }
    append(x, &out, text.data + from, begin - from);
    if (!append_replacement(x, c, text, with, literal, &out))
      return false;
    from = end;
  }
  if (found == YUTU_ERROR)
    return false;
  append(x, &out, text.data + from, text.len - from);
  *ret = (yutu_slice){out.at ? out.at : "", out.n};
  return true;
}

YUTU_LAZY(replace) {
  yutu_value text, pattern, with, flags;
  if (!yutu_evaluate(x, e->args[0], &text) || !is_string(&text) || !yutu_evaluate(x, e->args[1], &pattern) ||
      pattern.kind != YUTU_VALUE_STRING || !yutu_evaluate(x, e->args[2], &with) || with.kind != YUTU_VALUE_STRING)
    return false;
  if (e->n_args == 4 && (!yutu_evaluate(x, e->args[3], &flags) || flags.kind != YUTU_VALUE_STRING))
    return false;
  compiled *c = compiled_of(x, e, &pattern, e->n_args == 4 ? &flags : NULL);
  const bool literal = e->n_args == 4 && flags.text.len && memchr(flags.text.data, 'q', flags.text.len);
  yutu_slice replaced;
  if (!c || !replace_all(x, c, text.text, with.text, literal, &replaced))
    return false;
  *ret = (yutu_value){.kind = text.kind, .text = replaced, .extra = text.extra};
  return true;
}
