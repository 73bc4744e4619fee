/// @file extract/rules_image.h  Layout of compiled rules, shared by their compiler and the matcher.
///
/// The image is its own handle: a yutu_rules is the header at its beginning, everything else is reached by offsets from
/// there, so it can be embedded, copied and shared by threads. Numbers are in the byte order of the machine that made
/// it. Sections begin at multiples of 8. Opening checks magic, version, checksum and every number that is an index.
#ifndef YUTU_EXTRACT_RULES_IMAGE_H
#define YUTU_EXTRACT_RULES_IMAGE_H

#include "base/buffer.h"
#include "base/slice.h"
#include "extract/rules.h"
#include "ontology/vocabulary.h"

#include <stdint.h>

#define YUTU_RULES_MAGIC "YUTURUL" // 8 bytes with its NUL

enum {
  YUTU_RULES_VERSION = 1,
  YUTU_RULES_BYTE_ORDER = 0x01020304,
  YUTU_RULES_ALIGNMENT = 8,
  YUTU_RULE_SLOTS_MAX = 8,      ///< variables of a rule
  YUTU_RULE_NEEDS_MAX = 4,      ///< mandatory classes that are checked before a rule is tried
  YUTU_RULE_CUE_INDEX = 4096,   ///< slots of the index of cue literals by their first two characters
  YUTU_RULE_FIRST_INDEX = 4096, ///< slots of the index of grammar sets by first character
};

#define YUTU_RULES_NONE UINT32_MAX

/// Sets that the engine itself asks. A rule file with grammar (rules/grammar.rules) must define them all.
typedef enum {
  YUTU_GRAMMAR_NEGATION,     ///< before a verb: nothing is claimed
  YUTU_GRAMMAR_PLANNED,      ///< before a verb: planned or hoped
  YUTU_GRAMMAR_PREPOSITION,  ///< begins a phrase that holds no subject
  YUTU_GRAMMAR_LOCATIVE,     ///< ends such a phrase: 上, 中, 期间
  YUTU_GRAMMAR_CONNECTIVE,   ///< may stand before a subject: 此外, 同时
  YUTU_GRAMMAR_JOINER,       ///< joins the members of a list
  YUTU_GRAMMAR_LIGHT_NOUN,   ///< after a name: still the thing named (江苏多地, 川渝两地)
  YUTU_GRAMMAR_SELF_NOUN,    ///< as a subject: the one talked about (全市, 当地, 该校)
  YUTU_GRAMMAR_AFTER_HEAD,   ///< after a name as an object: the name is the object itself (A建设, A项目)
  YUTU_GRAMMAR_ADVERB,       ///< words between subject and verb that change nothing
  YUTU_GRAMMAR_TITLE_PREFIX, ///< belongs to the post after it: 时任, 常务
  YUTU_GRAMMAR_VERB,         ///< surely a verb, whatever the word lists say
  YUTU_GRAMMAR_TOGETHER,     ///< in the name of something that regions do together: 合作, 通办
  YUTU_GRAMMAR_GOVERNS,      ///< ends the name of the body that runs a zone: 管委会
  YUTU_GRAMMAR_TAIL_NOUN,    ///< what a list sums up as, though it might be a verb: 等30家组织
  YUTU_GRAMMAR_UNIT,         ///< ends the name of a part of the body named before: 研究团队
  YUTU_GRAMMAR_DELEGATION,   ///< ends the name of those who come from a place: 代表团
  YUTU_GRAMMAR_SAYING,       ///< after a person: what follows is said by, but not about that person
  YUTU_GRAMMAR_GROUNDS,      ///< ends the name of a zone that others can lie in: 高新区
  YUTU_GRAMMAR_ARRIVAL,      ///< ends a clause that tells only who came: 入驻
  YUTU_GRAMMAR_SECTION,      ///< ends the name of a part of the zone or event that it begins with: 启动区, 专场
  YUTU_GRAMMAR_TIME,         ///< a time: 近日, 上半年
  YUTU_GRAMMAR_TIME_TAIL,    ///< after a date: 以来
  YUTU_GRAMMAR_COUNT
} yutu_grammar;

/// Name of a grammar set as rule files spell it ("negation"). Static.
const char *yutu_grammar_name(yutu_grammar grammar);

typedef enum {
  YUTU_OP_MATCH,   ///< the end
  YUTU_OP_LITERAL, ///< a: literal
  YUTU_OP_SET,     ///< a: set
  YUTU_OP_MENTION, ///< a: mask, b: slot or NONE, c: yutu_mention_flag
  YUTU_OP_SUBJECT, ///< a: mask, b: slot, c: 1 for the topic instead; takes no text
  YUTU_OP_INSIDE,  ///< a: mask, b: slot, c: slot of the name that holds it; takes no text
  YUTU_OP_GAP,     ///< a: most characters, b: yutu_gap, c: set that must not occur, or NONE
  YUTU_OP_ATOM,    ///< a: yutu_atom, b: slot or NONE
  YUTU_OP_ASSERT,  ///< a: yutu_assert; takes no text
  YUTU_OP_SPLIT,   ///< try a, then b (instructions of the rule)
  YUTU_OP_JUMP,    ///< a: instruction
  YUTU_OP_COUNT
} yutu_op;

typedef enum {
  YUTU_MENTION_LIST = 1,       ///< with all members of a coordinated list
  YUTU_MENTION_ALSO_INNER = 2, ///< nested mentions as well
} yutu_mention_flag;

typedef enum {
  YUTU_GAP_CLAUSE,    ///< anything within the clause
  YUTU_GAP_SENTENCE,  ///< across commas
  YUTU_GAP_ADVERBS,   ///< adverbs, times, dates
  YUTU_GAP_MODIFIERS, ///< what stands between a verb and the noun it governs
  YUTU_GAP_COUNT
} yutu_gap;

typedef enum {
  YUTU_ATOM_NUMBER, ///< a number with its measure word
  YUTU_ATOM_DATE,   ///< a date or time expression
  YUTU_ATOM_TITLE,  ///< a post, or several: 党组成员、副局长
  YUTU_ATOM_NOUN,   ///< one noun that is no name
  YUTU_ATOM_COUNT
} yutu_atom;

typedef enum {
  YUTU_ASSERT_CLAUSE_BEGIN,
  YUTU_ASSERT_CLAUSE_END,
  YUTU_ASSERT_SENTENCE_BEGIN,
  YUTU_ASSERT_SENTENCE_END,
  YUTU_ASSERT_HEAD, ///< the name just read is the object itself, not a part of a longer noun
  YUTU_ASSERT_THEN, ///< nothing but adverbs since the clause's subject, or since its beginning when that is carried
  YUTU_ASSERT_COUNT
} yutu_assert;

typedef struct {
  uint32_t op, a, b, c;
} yutu_instruction;

/// Where a match can begin.
typedef enum {
  YUTU_FIRST_CUE,     ///< at the cue itself
  YUTU_FIRST_MENTION, ///< at a mention
  YUTU_FIRST_CLAUSE,  ///< where a clause begins
  YUTU_FIRST_ANY,
} yutu_first;

typedef struct {
  uint64_t needs[YUTU_RULE_NEEDS_MAX]; ///< class sets; the sentence must mention a member of each. 0: unused
  uint64_t first_mask;                 ///< classes that a match can begin with (FIRST_MENTION)
  uint32_t name;                       ///< string
  uint32_t code, n_code;
  uint32_t cue;   ///< instruction of the rule that matches its cue, or NONE
  uint32_t first; ///< yutu_first
  uint32_t condition, n_conditions;
  uint32_t emit, n_emits;
  uint32_t confidence; ///< thousandths
  int32_t priority;
  uint32_t n_slots;
  uint32_t inner;      ///< 1: the pattern asks for nested mentions
  uint32_t first_list; ///< 1: the mention that it begins with takes a whole list
  uint32_t across;     ///< 1: a match can go on over a comma
  uint32_t unused;
  uint64_t subject_mask;               ///< classes of the subject that the pattern begins with, 0: it does not
  uint64_t first_characters;           ///< FIRST_ANY: bit yutu_rules_first_bit() of each character that can be first
  uint32_t slots[YUTU_RULE_SLOTS_MAX]; ///< strings: names of the variables
} yutu_rule;

typedef enum {
  YUTU_WHERE_BEGINS, ///< operand: set
  YUTU_WHERE_ENDS,
  YUTU_WHERE_HAS,
  YUTU_WHERE_IS,     ///< operand: mask; of every entity
  YUTU_WHERE_COUNT,  ///< operand: least number of entities
  YUTU_WHERE_WITHIN, ///< operand: slot
  YUTU_WHERE_HERE,   ///< named in this sentence, not carried
  YUTU_WHERE_KINDS
} yutu_where;

typedef struct {
  uint32_t kind; ///< yutu_where
  uint32_t slot;
  uint32_t operand;
  uint32_t negated;
} yutu_condition;

typedef enum { YUTU_EMIT_RELATION, YUTU_EMIT_COOPERATION, YUTU_EMIT_TITLE, YUTU_EMIT_KINDS } yutu_emit_kind;

typedef struct {
  uint32_t kind;     ///< yutu_emit_kind
  uint32_t property; ///< RELATION
  uint32_t a;        ///< RELATION: subject's slot. TITLE: person's slot. COOPERATION: bit set of slots
  uint32_t b;        ///< RELATION: object's slot. TITLE: slot of the post, or NONE. COOPERATION: via's slot, or NONE
  uint32_t text;     ///< TITLE: string, when b is NONE
  uint32_t with;     ///< COOPERATION: slot of those whom each of the others works with, one by one, or NONE
} yutu_emit;

typedef struct {
  uint32_t text, n; ///< code points from TEXT[text] on
} yutu_rule_literal;

typedef struct {
  uint32_t literal, n; ///< literals sorted by code points
} yutu_rule_set_range;

/// A text that makes rules worth trying.
typedef struct {
  uint32_t literal;
  uint32_t rule, n_rules; ///< of CUE_RULES
} yutu_cue;

typedef struct {
  uint32_t begin, n; ///< of POOL
} yutu_rule_string;

typedef enum {
  YUTU_RULES_POOL,     ///< char
  YUTU_RULES_STRINGS,  ///< yutu_rule_string
  YUTU_RULES_TEXT,     ///< uint32_t: code points
  YUTU_RULES_LITERALS, ///< yutu_rule_literal
  YUTU_RULES_SETS,     ///< yutu_rule_set_range
  YUTU_RULES_MASKS,    ///< uint64_t: sets of classes
  YUTU_RULES_CODE,     ///< yutu_instruction
  YUTU_RULES_RULES,    ///< yutu_rule
  YUTU_RULES_CONDITIONS,
  YUTU_RULES_EMITS,
  YUTU_RULES_CUES,      ///< yutu_cue, each text once, by slot of the first character
  YUTU_RULES_CUE_RULES, ///< uint32_t: rules, for each cue ascending
  YUTU_RULES_CUE_SLOTS, ///< uint32_t[YUTU_RULE_CUE_INDEX + 1]: first cue of each slot
  YUTU_RULES_CUELESS,   ///< uint32_t: rules without a cue
  YUTU_RULES_GRAMMAR,   ///< uint32_t[YUTU_GRAMMAR_COUNT]: sets, or NONE
  YUTU_RULES_FIRST,     ///< uint32_t[YUTU_RULE_FIRST_INDEX]: grammar sets (bits) with a member that begins so
  YUTU_RULES_PRELUDE,   ///< char: source text that further rule files are compiled with
  YUTU_RULES_SECTIONS
} yutu_rules_section;

typedef struct {
  uint64_t offset; ///< bytes from the beginning of the image
  uint64_t count;  ///< items
} yutu_rules_range;

struct yutu_rules {
  char magic[8];
  uint32_t version, byte_order;
  uint64_t size;     ///< of the whole image, in bytes
  uint32_t checksum; ///< of everything after it
  uint32_t n_sections;
  yutu_rules_range sections[YUTU_RULES_SECTIONS];
};

/// Bytes of one item of a section.
size_t yutu_rules_item_size(unsigned section);

/// Check an image: any bytes are safe. @param image  Borrowed, 8-byte aligned.
/// @retval YUTU_ERR_FORMAT  damaged, or of another version
YUTU_NODISCARD yutu_status yutu_rules_open(const void *image, size_t n_bytes, const yutu_rules **ret, yutu_error *err);

static inline const void *yutu_rules_at(const yutu_rules *r, yutu_rules_section section) {
  return (const char *)r + r->sections[section].offset;
}

static inline uint32_t yutu_rules_count(const yutu_rules *r, yutu_rules_section section) {
  return (uint32_t)r->sections[section].count;
}

/// @param second  0 for a text of one character
static inline uint32_t yutu_rules_cue_slot(uint32_t first, uint32_t second) {
  return ((first * 2654435761u) ^ (second * 2246822519u)) >> 20;
}

static inline uint64_t yutu_rules_first_bit(uint32_t c) {
  return 1ull << ((c * 2654435761u) >> 26);
}

static inline uint32_t yutu_rules_first_slot(uint32_t c) {
  return (c * 2654435761u) >> 20;
}

yutu_slice yutu_rules_string(const yutu_rules *r, uint32_t string);

/// Length of the longest member of the set that text[0, n) begins with, at most `longest`; 0 when none.
uint32_t yutu_rules_set_at(const yutu_rules *r, uint32_t set, const uint32_t *text, uint32_t n, uint32_t longest);

/// Is the text exactly a member of the set?
bool yutu_rules_set_is(const yutu_rules *r, uint32_t set, const uint32_t *text, uint32_t n);

/// Length of the longest member that text[0, n) ends with; 0 when none.
uint32_t yutu_rules_set_before(const yutu_rules *r, uint32_t set, const uint32_t *text, uint32_t n);

static inline uint32_t yutu_rules_grammar(const yutu_rules *r, yutu_grammar grammar) {
  return ((const uint32_t *)yutu_rules_at(r, YUTU_RULES_GRAMMAR))[grammar];
}

_Static_assert(sizeof(yutu_rule) % 8 == 0, "rules are aligned");
_Static_assert(sizeof(struct yutu_rules) % 8 == 0, "sections begin aligned");

#endif
