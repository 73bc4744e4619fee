#include "base/digest.h"
#include "graph/iri.h"
#include "graph/iri_resolve.h"
#include "queries/sparql/functions_table.h"
#include "queries/sparql/vocabulary.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

YUTU_LAZY(bound) {
  *ret = yutu_value_boolean(x->reg[e->args[0]->index] != YUTU_ID_NONE);
  return true;
}

YUTU_LAZY(if) {
  yutu_value condition;
  if (!yutu_evaluate(x, e->args[0], &condition))
    return false;
  const int truth = yutu_value_truth(&condition);
  return truth != YUTU_ERROR && yutu_evaluate(x, e->args[truth ? 1 : 2], ret);
}

YUTU_LAZY(coalesce) {
  for (uint32_t i = 0; i < e->n_args; i++) {
    if (yutu_evaluate(x, e->args[i], ret))
      return true;
  }
  return false;
}

YUTU_EAGER(str) {
  (void)n;
  if (args->kind == YUTU_VALUE_BLANK)
    return false;
  yutu_value v = *args;
  yutu_value_need_text(&v, x->scratch);
  *ret = yutu_value_string(v.text);
  return true;
}

YUTU_EAGER(lang) {
  (void)x, (void)n;
  if (!yutu_value_is_literal(args))
    return false;
  *ret = yutu_value_string(args->kind == YUTU_VALUE_LANGUAGE ? args->extra : (yutu_slice){"", 0});
  return true;
}

YUTU_EAGER(langmatches) {
  (void)x, (void)n;
  if (args[0].kind != YUTU_VALUE_STRING || args[1].kind != YUTU_VALUE_STRING)
    return false;
  const yutu_slice tag = args[0].text, range = args[1].text;
  bool matches;
  if (yutu_slice_eq(range, YUTU_SLICE("*")))
    matches = tag.len > 0;
  else
    matches = range.len && tag.len >= range.len && strncasecmp(tag.data, range.data, range.len) == 0 &&
              (tag.len == range.len || tag.data[range.len] == '-');
  *ret = yutu_value_boolean(matches);
  return true;
}

YUTU_EAGER(datatype) {
  (void)x, (void)n;
  if (!yutu_value_is_literal(args))
    return false;
  *ret = yutu_value_iri(args->kind == YUTU_VALUE_STRING     ? YUTU_SLICE(YUTU_XSD "string")
                        : args->kind == YUTU_VALUE_LANGUAGE ? YUTU_SLICE(YUTU_RDF "langString")
                                                            : args->extra);
  return true;
}

YUTU_EAGER(iri) {
  (void)n;
  if (args->kind == YUTU_VALUE_IRI) {
    *ret = *args;
    return true;
  }
  if (args->kind != YUTU_VALUE_STRING)
    return false;
  if (yutu_iri_is_absolute(args->text)) {
    *ret = yutu_value_iri(args->text);
    return true;
  }
  if (!x->query->base.len)
    return false;
  const size_t room = x->query->base.len + args->text.len + 16;
  char *out = yutu_arena_alloc(x->scratch, room); // before the buffer: nothing may fail while that holds memory
  yutu_buffer iri = {.limit = room};
  yutu_iri_resolve(x->query->base, args->text, &iri);
  const size_t len = iri.failed ? 0 : iri.len;
  if (len)
    memcpy(out, iri.data, len);
  yutu_buffer_free(&iri);
  *ret = yutu_value_iri((yutu_slice){out, len});
  return len && yutu_iri_is_absolute(ret->text);
}

/// BNODE(label) is the same node for the same label within one solution only.
YUTU_EAGER(bnode) {
  if (n == 0) {
    const yutu_id id = yutu_exec_fresh_blank(x);
    yutu_exec_value(x, id, ret);
    return true;
  }
  if (args->kind != YUTU_VALUE_STRING)
    return false;
  char digest[YUTU_DIGEST_HEX + 1], label[YUTU_DIGEST_HEX + 40];
  yutu_digest(args->text.data, args->text.len, digest);
  const int len = snprintf(label, sizeof label, "yutu-query-%llu-%s", (unsigned long long)x->row, digest);
  *ret = (yutu_value){.kind = YUTU_VALUE_BLANK, .text = yutu_exec_copy(x, (yutu_slice){label, (size_t)len})};
  return true;
}

YUTU_EAGER(same_term) {
  (void)x, (void)n;
  *ret = yutu_value_boolean(yutu_value_same(&args[0], &args[1]));
  return true;
}

YUTU_EAGER(is_iri) {
  (void)x, (void)n;
  *ret = yutu_value_boolean(args->kind == YUTU_VALUE_IRI);
  return true;
}

YUTU_EAGER(is_blank) {
  (void)x, (void)n;
  *ret = yutu_value_boolean(args->kind == YUTU_VALUE_BLANK);
  return true;
}

YUTU_EAGER(is_literal) {
  (void)x, (void)n;
  *ret = yutu_value_boolean(yutu_value_is_literal(args));
  return true;
}

YUTU_EAGER(is_numeric) {
  (void)x, (void)n;
  *ret = yutu_value_boolean(yutu_value_is_number(args));
  return true;
}

YUTU_EAGER(strdt) {
  (void)x, (void)n;
  if (args[0].kind != YUTU_VALUE_STRING || args[1].kind != YUTU_VALUE_IRI ||
      yutu_slice_eq(args[1].text, YUTU_SLICE(YUTU_RDF "langString")))
    return false;
  const bool plain = yutu_slice_eq(args[1].text, YUTU_SLICE(YUTU_XSD "string"));
  const yutu_term term = yutu_typed(args[0].text, plain ? (yutu_slice){NULL, 0} : args[1].text);
  yutu_value_of_term(&term, ret);
  return true;
}

/// A language tag by the shape that all syntaxes share: letters, then hyphens and letters or digits.
static bool is_language(yutu_slice tag) {
  bool first = true, after_hyphen = true;
  for (size_t i = 0; i < tag.len; i++) {
    const char c = tag.data[i];
    if (c == '-') {
      if (after_hyphen)
        return false;
      first = false;
      after_hyphen = true;
    } else if (((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (!first && c >= '0' && c <= '9')) {
      after_hyphen = false;
    } else {
      return false;
    }
  }
  return !after_hyphen;
}

YUTU_EAGER(strlang) {
  (void)n;
  if (args[0].kind != YUTU_VALUE_STRING || args[1].kind != YUTU_VALUE_STRING || !is_language(args[1].text))
    return false;
  char *tag = yutu_arena_strndup(x->scratch, args[1].text.data, args[1].text.len);
  for (char *c = tag; *c; c++) {
    if (*c >= 'A' && *c <= 'Z')
      *c = (char)(*c | 0x20);
  }
  *ret = (yutu_value){.kind = YUTU_VALUE_LANGUAGE, .text = args[0].text, .extra = {tag, args[1].text.len}};
  return true;
}

/// RFC 4122, version 4.
static yutu_slice make_uuid(yutu_exec *x, const char *prefix) {
  const uint64_t a = yutu_exec_random(x), b = yutu_exec_random(x);
  char text[64];
  const int n = snprintf(text, sizeof text, "%s%08x-%04x-4%03x-%04x-%012llx", prefix, (unsigned)(a >> 32),
                         (unsigned)(a >> 16 & 0xFFFF), (unsigned)(a & 0xFFF), (unsigned)(0x8000 | (b >> 48 & 0x3FFF)),
                         (unsigned long long)(b & UINT64_C(0xFFFFFFFFFFFF)));
  return yutu_exec_copy(x, (yutu_slice){text, (size_t)n});
}

YUTU_EAGER(uuid) {
  (void)args, (void)n;
  *ret = yutu_value_iri(make_uuid(x, "urn:uuid:"));
  return true;
}

YUTU_EAGER(struuid) {
  (void)args, (void)n;
  *ret = yutu_value_string(make_uuid(x, ""));
  return true;
}
