// Forms that the article has taught, wherever they stand again.
#include "extract/names.h"

#include <string.h>

enum {
  SCORE_KNOWN = 230,
  SCORE_CHAR = 46, ///< a little above the other generators: what is known wins ties
};

static bool inside_word(const yutu_document *d, const yutu_sentence *s, uint32_t begin, uint32_t end) {
  // A short form must not cut common words at both its edges.
  return !yutu_token_at(d, s, begin) && !yutu_token_before(d, s, end);
}

void yutu_names_known(yutu_names *ns, const yutu_sentence *s) {
  const yutu_document *d = ns->d;
  if (!ns->known.n)
    return;
  const uint32_t *cp = d->page->text.cp;
  for (uint32_t at = s->begin; at < s->end; at++) {
    for (uint32_t k = ns->known_first[cp[at] & 1023]; k; k = ns->known_next.at[k - 1]) {
      const yutu_known *form = &ns->known.at[k - 1];
      if (form->n == 0 || form->n > s->end - at || memcmp(form->cp, cp + at, form->n * sizeof *cp) != 0)
        continue;
      if (form->n <= 3 && inside_word(d, s, at, at + form->n))
        continue;
      const yutu_thing *thing = &d->things.at[form->thing];
      yutu_candidate *c = yutu_candidate_add(ns, at, at + form->n, thing->cls, YUTU_HOW_KNOWN,
                                             SCORE_KNOWN + SCORE_CHAR * (int32_t)form->n);
      c->thing = form->thing;
      c->ref = thing->ref;
    }
  }
}
