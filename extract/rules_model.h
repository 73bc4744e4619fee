/// @file extract/rules_model.h  Rule files in memory, between the parser and the compiler.
///
/// Everything lives in the book's arena; source texts are borrowed. Used when rules are compiled and by the tests,
/// never while matching.
#ifndef YUTU_EXTRACT_RULES_MODEL_H
#define YUTU_EXTRACT_RULES_MODEL_H

#include "base/arena.h"
#include "base/buffer.h"
#include "extract/rules_image.h"

enum {
  YUTU_RULE_FILE_BYTES_MAX = 4 * 1024 * 1024,
  YUTU_RULE_DEPTH_MAX = 24,  ///< groups within groups, parts within parts
  YUTU_RULE_CODE_MAX = 4000, ///< instructions of one rule
  YUTU_RULE_GAP = 16,        ///< characters of `..`
  YUTU_RULE_GAP_LONG = 60,   ///< characters of `...`
  YUTU_RULE_GAP_MAX = 400,   ///< characters of `...N`
};

typedef enum {
  YUTU_NODE_LITERAL,  ///< text
  YUTU_NODE_SET,      ///< set
  YUTU_NODE_MENTION,  ///< mask, slot, flags
  YUTU_NODE_SUBJECT,  ///< mask, slot, flags: 1 for the topic
  YUTU_NODE_INSIDE,   ///< mask, slot, set: the slot of the name that holds it
  YUTU_NODE_GAP,      ///< gap, max, set (forbidden)
  YUTU_NODE_ATOM,     ///< atom, slot
  YUTU_NODE_ASSERT,   ///< assertion
  YUTU_NODE_SEQUENCE, ///< children
  YUTU_NODE_CHOICE,   ///< children
  YUTU_NODE_OPTION,   ///< child: once or not at all
  YUTU_NODE_REPEAT,   ///< child: any number of times
} yutu_node_kind;

typedef struct yutu_node yutu_node;
struct yutu_node {
  yutu_node_kind kind;
  yutu_slice text;
  uint32_t set; ///< or YUTU_RULES_NONE
  uint64_t mask;
  uint32_t slot;  ///< or YUTU_RULES_NONE
  unsigned flags; ///< yutu_mention_flag
  uint32_t gap, max, atom, assertion;
  bool cue;                ///< marked as the cue with `!`
  yutu_node *first, *next; ///< children; next sibling
};

typedef struct {
  yutu_slice name;
  const char *path;
  unsigned line;
  YUTU_VEC(yutu_slice) literals;
} yutu_rule_set;

/// A piece of pattern with a name: `part name = …`.
typedef struct {
  yutu_slice name;
  yutu_node *node;
} yutu_rule_part;

typedef struct {
  yutu_slice name;
  unsigned line;
  unsigned uses; ///< in emit, where
  bool text;     ///< bound to words ({title}), not to entities
  bool list;
} yutu_rule_variable;

typedef struct {
  yutu_slice text;
  yutu_slice expected; ///< as written after =>; empty for a counter-example
  unsigned line;
} yutu_rule_example;

typedef struct {
  yutu_slice name;
  const char *path;
  unsigned line;
  yutu_node *match;
  bool cueless; ///< `cue none`: tried from every mention that it can begin with
  double confidence;
  int32_t priority;
  yutu_rule_variable variables[YUTU_RULE_SLOTS_MAX];
  uint32_t n_variables;
  YUTU_VEC(yutu_condition) conditions; ///< masks and sets by their number in the book
  YUTU_VEC(yutu_emit) emits;
  YUTU_VEC(yutu_slice) texts; ///< that emits refer to
  YUTU_VEC(yutu_rule_example) examples;
  YUTU_VEC(yutu_rule_example) counters;
} yutu_rule_source;

typedef struct {
  yutu_arena *arena;
  YUTU_VEC(yutu_rule_set) sets;
  YUTU_VEC(yutu_rule_part) parts;
  YUTU_VEC(yutu_rule_source) rules;
  YUTU_VEC(uint64_t) masks; ///< that conditions refer to
} yutu_rule_book;

/// Read one rule file into the book. Sets and parts of files read before can be used.
/// @param arena  of the book, with a trap set
/// @param text   Borrowed by the book.
/// @retval YUTU_ERR_INPUT  a wrong rule; `err` names file and line
YUTU_NODISCARD yutu_status yutu_rules_parse(yutu_rule_book *book, const char *path, yutu_slice text, yutu_error *err);

/// Check what can be checked only in the whole: cue, variables, predicates' domains and ranges, examples.
YUTU_NODISCARD yutu_status yutu_rules_check(const yutu_rule_book *book, yutu_error *err);

/// Compile rules [begin, end) of a checked book into an image.
/// @param prelude  source text that is kept for further files; may be empty
YUTU_NODISCARD yutu_status yutu_rules_compile(const yutu_rule_book *book, uint32_t begin, uint32_t end,
                                              yutu_slice prelude, yutu_buffer *ret, yutu_error *err);

/// The node that makes the rule worth trying (a literal or set that is always there), or NULL.
const yutu_node *yutu_rule_cue(const yutu_rule_book *book, const yutu_rule_source *rule);

/// Can the node match without text?
bool yutu_node_empty(const yutu_node *node);

#endif
