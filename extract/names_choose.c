// The choice among overlapping candidates, and small questions about tokens.
#include "extract/names.h"

#include <stdlib.h>
#include <string.h>

yutu_candidate *yutu_candidate_add(yutu_names *ns, uint32_t begin, uint32_t end, yutu_class cls, yutu_how how,
                                   int32_t score) {
  yutu_candidate *c = YUTU_PUSH(ns->d->arena, &ns->candidates);
  *c = (yutu_candidate){.begin = begin,
                        .end = end,
                        .core = begin,
                        .cls = cls,
                        .how = how,
                        .score = score,
                        .ref = YUTU_NO_INDEX,
                        .thing = YUTU_NO_INDEX};
  return c;
}

static int by_end(const void *left, const void *right) {
  const yutu_candidate *a = left, *b = right;
  if (a->end != b->end)
    return a->end < b->end ? -1 : 1;
  if (a->begin != b->begin)
    return a->begin < b->begin ? -1 : 1;
  if (a->score != b->score)
    return a->score > b->score ? -1 : 1;
  if (a->how != b->how)
    return a->how < b->how ? -1 : 1;
  return a->cls != b->cls ? (a->cls < b->cls ? -1 : 1) : 0;
}

// A name that contains gazetteer names must not lose to them plus its rest.
static void reward_nesting(yutu_names *ns, const yutu_sentence *s) {
  enum { REWARD = 250 };
  const yutu_document *d = ns->d;
  for (uint32_t i = 0; i < ns->candidates.n; i++) {
    yutu_candidate *c = &ns->candidates.at[i];
    if (c->how == YUTU_HOW_GAZETTEER || c->how == YUTU_HOW_WEAK || c->how == YUTU_HOW_LETTERS)
      continue;
    for (uint32_t k = s->token; k < s->token + s->n_tokens; k++) {
      const yutu_token *t = &d->tokens.at[k];
      if (t->kind == YUTU_TOKEN_NAME && t->begin >= c->begin && t->end <= c->end &&
          t->end - t->begin < c->end - c->begin)
        c->score += REWARD;
    }
  }
}

// Weighted interval scheduling: best[i] is the best sum over the first i candidates by end.
uint32_t yutu_names_choose(yutu_names *ns, const yutu_sentence *s) {
  const uint32_t n = ns->candidates.n;
  yutu_candidate *c = ns->candidates.at;
  if (!n)
    return 0;
  reward_nesting(ns, s);
  qsort(c, n, sizeof *c, by_end);
  int64_t *best = YUTU_NEW_ARRAY(ns->d->arena, int64_t, n + 1);
  uint32_t *before = YUTU_NEW_ARRAY(ns->d->arena, uint32_t, n + 1);
  bool *taken = YUTU_NEW_ARRAY(ns->d->arena, bool, n + 1);
  for (uint32_t i = 0; i < n; i++) {
    uint32_t low = 0, high = i; // how many candidates end at or before c[i].begin
    while (low < high) {
      const uint32_t mid = (low + high) / 2;
      if (c[mid].end <= c[i].begin)
        low = mid + 1;
      else
        high = mid;
    }
    before[i] = low;
    const int64_t with = best[low] + c[i].score;
    taken[i] = with > best[i];
    best[i + 1] = taken[i] ? with : best[i];
  }
  // Walk back from the end; what is chosen gathers at the back of the array, then moves to the front.
  uint32_t first = n;
  for (uint32_t i = n; i;) {
    if (!taken[i - 1]) {
      i--;
      continue;
    }
    const yutu_candidate chosen = c[i - 1];
    i = before[i - 1];
    c[--first] = chosen; // first > i - 1 always: candidates below i are still unread
  }
  memmove(c, c + first, (n - first) * sizeof *c);
  return n - first;
}

const yutu_token *yutu_token_at(const yutu_document *d, const yutu_sentence *s, uint32_t at) {
  const uint32_t i = at >= s->begin && at < s->end ? d->token_from[at - d->begin] : 0;
  return i ? &d->tokens.at[i - 1] : NULL;
}

const yutu_token *yutu_token_before(const yutu_document *d, const yutu_sentence *s, uint32_t at) {
  const uint32_t i = at > s->begin && at <= s->end ? d->token_to[at - d->begin] : 0;
  return i ? &d->tokens.at[i - 1] : NULL;
}

bool yutu_token_cue(const yutu_document *d, const yutu_token *t, yutu_cue_kind kind) {
  (void)d;
  return t && (t->word.cues[kind / 64] >> kind % 64 & 1);
}

uint32_t yutu_cp(const yutu_document *d, uint32_t at) {
  return at < d->page->text.n ? d->page->text.cp[at] : 0;
}

bool yutu_is_region(yutu_class cls) {
  return cls == YUTU_CLASS_COUNTRY || cls == YUTU_CLASS_PROVINCE || cls == YUTU_CLASS_CITY ||
         cls == YUTU_CLASS_DISTRICT || cls == YUTU_CLASS_REGION_CLUSTER;
}

bool yutu_is_organisation(yutu_class cls) {
  return cls == YUTU_CLASS_COMPANY || cls == YUTU_CLASS_UNIVERSITY || cls == YUTU_CLASS_RESEARCH_INSTITUTE ||
         cls == YUTU_CLASS_GOVERNMENT_AGENCY || cls == YUTU_CLASS_ALLIANCE || cls == YUTU_CLASS_ORGANIZATION;
}
