/// @file extract/names.h  Inside of the name finder: candidates, the choice among them, and what an article knows.
///
/// Two rounds over the article. The first finds names that show themselves: gazetteer names, names by grammar, quotes,
/// people beside their posts. What it finds is known in the second, which finds short forms, repetitions and generic
/// words that refer back. In each round the candidates of a sentence compete: the set of non-overlapping ones with the
/// highest sum of scores wins.
#ifndef YUTU_EXTRACT_NAMES_H
#define YUTU_EXTRACT_NAMES_H

#include "base/intern.h"
#include "extract/analysis.h"

typedef enum {
  YUTU_HOW_GAZETTEER, ///< a name or alias in the gazetteer
  YUTU_HOW_WEAK,      ///< a weak gazetteer name that something confirms
  YUTU_HOW_LETTERS,   ///< 沪苏浙皖, 川渝
  YUTU_HOW_SUFFIX,    ///< grammar: ends like a name of its class
  YUTU_HOW_STEM,      ///< region and bureau: 昆明市科技局
  YUTU_HOW_TITLE,     ///< in title marks 《》
  YUTU_HOW_QUOTE,     ///< in quotes
  YUTU_HOW_PERSON,    ///< surname, given name and a post or a verb of saying beside them
  YUTU_HOW_CONTEXT,   ///< no form of its own, but a post or an apposition tells: 推想科技 董事长
  YUTU_HOW_KNOWN,     ///< a form of an entity that the article names elsewhere
  YUTU_HOW_ANAPHOR,   ///< 该公司, 合作区, 双方
} yutu_how;

enum { YUTU_LETTERS_MAX = 10 };

typedef struct {
  uint32_t begin, end;
  uint32_t core; ///< where the name proper begins, after region or parent prefixes; = begin when there are none
  yutu_class cls;
  int32_t score;
  yutu_how how;
  uint32_t ref;                    ///< lexicon entity or YUTU_NO_INDEX
  uint32_t thing;                  ///< KNOWN, ANAPHOR: index of the thing, else YUTU_NO_INDEX
  uint32_t refs[YUTU_LETTERS_MAX]; ///< LETTERS: lexicon entities
  uint32_t n_refs;
} yutu_candidate;

/// A form that the article has taught: text → thing.
typedef struct {
  yutu_slice form; ///< UTF-8
  const uint32_t *cp;
  uint32_t n;
  uint32_t thing;
} yutu_known;

typedef struct {
  yutu_document *d;
  YUTU_VEC(yutu_candidate) candidates; ///< of the sentence at hand
  YUTU_VEC(yutu_known) known;
  uint32_t *known_first; ///< hash of first two characters → 1 + index into `known`, chained by known_next
  YUTU_VEC(uint32_t) known_next;
  yutu_intern *index;                  ///< group and name, or gazetteer entity → number in `indexed`
  YUTU_VEC(uint32_t) indexed;          ///< thing
  uint32_t round;          ///< 1 or 2
  YUTU_VEC(uint32_t) seen; ///< lexicon entities that the article surely names (regions, for weak names)
} yutu_names;

/// Append a candidate with defaults (core = begin, no ref, no thing); returns it for further filling.
yutu_candidate *yutu_candidate_add(yutu_names *ns, uint32_t begin, uint32_t end, yutu_class cls, yutu_how how,
                                   int32_t score);

// ---- generators: each adds candidates for one sentence ----
void yutu_names_gazetteer(yutu_names *ns, const yutu_sentence *s);
void yutu_names_letters(yutu_names *ns, const yutu_sentence *s);
void yutu_names_grammar(yutu_names *ns, const yutu_sentence *s);
void yutu_names_marked(yutu_names *ns, const yutu_sentence *s); ///< 《》 and quotes
void yutu_names_people(yutu_names *ns, const yutu_sentence *s);
void yutu_names_context(yutu_names *ns, const yutu_sentence *s);
void yutu_names_known(yutu_names *ns, const yutu_sentence *s);

/// Keep the best set of candidates; the kept ones come first, by begin. @return how many.
uint32_t yutu_names_choose(yutu_names *ns, const yutu_sentence *s);

// ---- small questions about tokens ----

/// The token that begins at `at` within the sentence, or NULL.
const yutu_token *yutu_token_at(const yutu_document *d, const yutu_sentence *s, uint32_t at);
/// The token that ends at `at`, or NULL.
const yutu_token *yutu_token_before(const yutu_document *d, const yutu_sentence *s, uint32_t at);
/// Is the token as a whole a cue of this kind?
bool yutu_token_cue(const yutu_document *d, const yutu_token *t, yutu_cue_kind kind);
uint32_t yutu_cp(const yutu_document *d, uint32_t at);

bool yutu_is_region(yutu_class cls);       ///< country to cluster
bool yutu_is_organisation(yutu_class cls); ///< company to organization

#endif
