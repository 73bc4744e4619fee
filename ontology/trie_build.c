#include "ontology/trie_build.h"

#include <stdlib.h>
#include <string.h>

enum {
  CODE_POINTS = 0x110000,
  WIDTHS = 8,       // families of up to 1, 2, 4, … children, and all wider ones
  TRIES_MAX = 1024, // free units looked at before a family goes to the end of the array
  TRIES_SKIP = 32,  // after a longer search the next one of this width starts so much further on
};

/// A key in bytes.
typedef struct {
  const uint8_t *bytes;
  uint32_t n, number;
} coded_key;

/// A node of the tree: keys [low, high) share the `depth` bytes that lead to it. Its children stand one after the other
/// in the array of nodes, ascending by byte.
typedef struct {
  uint32_t low, high, depth;
  uint32_t parent, children, n_children; // node numbers
  uint32_t key;                          // that ends here, or YUTU_IMAGE_NONE
  uint32_t base, unit;
  uint8_t byte; // by which the parent leads here
} node;

/// A base depends on nothing but the bytes of the children, so all are found first, those of the widest families before
/// others; what is left between them is filled by the many narrow ones.
typedef struct {
  yutu_arena *arena;
  YUTU_VEC(node) nodes; // breadth first
  bool *taken;          // units; the free ones form a circular list through unit 0, which is the root's
  uint32_t *next, *previous;
  uint32_t n_units, units_room;
  uint32_t start[WIDTHS]; // where to begin looking, by width of the family: before it there is hardly room
} builder;

typedef struct {
  uint32_t code_point, count;
} usage;

static int by_usage(const void *a, const void *b) {
  const usage *x = a, *y = b;
  if (x->count != y->count)
    return x->count < y->count ? 1 : -1;
  return (x->code_point > y->code_point) - (x->code_point < y->code_point);
}

static int by_bytes(const void *a, const void *b) {
  const coded_key *x = a, *y = b;
  const uint32_t n = x->n < y->n ? x->n : y->n;
  for (uint32_t i = 0; i < n; i++) {
    if (x->bytes[i] != y->bytes[i])
      return x->bytes[i] < y->bytes[i] ? -1 : 1;
  }
  return (x->n > y->n) - (x->n < y->n);
}

/// Frequent code points get the small codes: those that are one byte long.
static yutu_status assign_codes(yutu_arena *arena, const yutu_trie_key *keys, uint32_t n_keys, uint32_t **ret_code_of,
                                uint32_t *ret_n, yutu_error *err) {
  uint32_t *counts = YUTU_NEW_ARRAY(arena, uint32_t, CODE_POINTS);
  for (uint32_t k = 0; k < n_keys; k++) {
    for (uint32_t i = 0; i < keys[k].n; i++)
      counts[keys[k].text[i]]++;
  }
  uint32_t n = 0;
  for (uint32_t c = 0; c < CODE_POINTS; c++)
    n += counts[c] != 0;
  if (n > YUTU_TRIE_CODES_MAX)
    return yutu_fail(err, YUTU_ERR_LIMIT, "%u different characters in the lists, %d are supported", n,
                     YUTU_TRIE_CODES_MAX);
  usage *used = YUTU_NEW_ARRAY(arena, usage, n);
  uint32_t i = 0;
  for (uint32_t c = 0; c < CODE_POINTS; c++) {
    if (counts[c])
      used[i++] = (usage){c, counts[c]};
  }
  if (n)
    qsort(used, n, sizeof *used, by_usage);
  for (i = 0; i < n; i++)
    counts[used[i].code_point] = i + 1;
  *ret_code_of = counts;
  *ret_n = n;
  return YUTU_OK;
}

/// How many codes can be one byte when the others are two: the rest of the bytes must do as first bytes.
static uint32_t single_bytes(uint32_t n_codes) {
  const uint32_t leads = n_codes > 256 ? (n_codes - 256 + 254) / 255 : 0;
  return 256 - leads;
}

static coded_key encode(yutu_arena *arena, const yutu_trie_key *key, const uint32_t *code_of, uint32_t n_single,
                        uint32_t number) {
  uint8_t *bytes = YUTU_NEW_ARRAY(arena, uint8_t, (size_t)key->n * 2);
  uint32_t n = 0;
  for (uint32_t i = 0; i < key->n; i++) {
    const uint32_t code = code_of[key->text[i]] - 1;
    if (code >= n_single)
      bytes[n++] = (uint8_t)(n_single + (code - n_single) / 256);
    bytes[n++] = (uint8_t)(code < n_single ? code : (code - n_single) % 256);
  }
  return (coded_key){bytes, n, number};
}

static void make_pages(yutu_arena *arena, const uint32_t *code_of, yutu_trie_parts *ret) {
  uint16_t *pages = YUTU_NEW_ARRAY(arena, uint16_t, YUTU_IMAGE_PAGES);
  uint16_t n = 1; // page 0 is empty
  for (uint32_t c = 0; c < CODE_POINTS; c++) {
    if (code_of[c] && !pages[c >> 8])
      pages[c >> 8] = n++;
  }
  uint16_t *codes = YUTU_NEW_ARRAY(arena, uint16_t, (size_t)n * 256);
  for (uint32_t c = 0; c < CODE_POINTS; c++) {
    if (code_of[c])
      codes[(uint32_t)pages[c >> 8] << 8 | (c & 0xFF)] = (uint16_t)code_of[c];
  }
  ret->pages = pages;
  ret->codes = codes;
  ret->n_codes = (uint32_t)n * 256;
}

static void make_nodes(builder *b, const coded_key *keys, uint32_t n_keys) {
  *YUTU_PUSH(b->arena, &b->nodes) = (node){.high = n_keys, .key = YUTU_IMAGE_NONE};
  for (uint32_t i = 0; i < b->nodes.n; i++) {
    node here = b->nodes.at[i];
    uint32_t k = here.low;
    if (k < here.high && keys[k].n == here.depth) // sorted: the key that ends here is the first
      here.key = keys[k++].number;
    here.children = b->nodes.n;
    while (k < here.high) {
      const uint32_t low = k;
      const uint8_t byte = keys[k].bytes[here.depth];
      while (k < here.high && keys[k].bytes[here.depth] == byte)
        k++;
      *YUTU_PUSH(b->arena, &b->nodes) =
          (node){.low = low, .high = k, .depth = here.depth + 1, .parent = i, .key = YUTU_IMAGE_NONE, .byte = byte};
    }
    here.n_children = b->nodes.n - here.children;
    b->nodes.at[i] = here;
  }
}

static uint32_t *grown(yutu_arena *arena, const uint32_t *old, uint32_t n, uint32_t room) {
  uint32_t *more = YUTU_NEW_ARRAY(arena, uint32_t, room);
  if (n)
    memcpy(more, old, n * sizeof *more);
  return more;
}

/// Make units up to `n`; the new ones join the end of the free list.
static void extend(builder *b, uint32_t n) {
  if (n > b->units_room) {
    const uint32_t room = n * 2;
    b->next = grown(b->arena, b->next, b->n_units, room);
    b->previous = grown(b->arena, b->previous, b->n_units, room);
    bool *taken = YUTU_NEW_ARRAY(b->arena, bool, room);
    if (b->n_units)
      memcpy(taken, b->taken, b->n_units * sizeof *taken);
    b->taken = taken;
    b->units_room = room;
  }
  for (; b->n_units < n; b->n_units++) {
    const uint32_t last = b->n_units ? b->previous[0] : 0;
    b->next[b->n_units] = 0;
    b->previous[b->n_units] = last;
    b->next[last] = b->n_units;
    b->previous[0] = b->n_units;
  }
}

static void take(builder *b, uint32_t unit) {
  b->next[b->previous[unit]] = b->next[unit];
  b->previous[b->next[unit]] = b->previous[unit];
  b->taken[unit] = true;
}

static bool fits(const builder *b, const node *family, uint32_t base) {
  const node *children = &b->nodes.at[family->children];
  for (uint32_t i = 0; i < family->n_children; i++) {
    const uint32_t unit = base + children[i].byte;
    if (unit < b->n_units && b->taken[unit])
      return false;
  }
  return true;
}

static unsigned width_of(uint32_t n_children) {
  unsigned width = 0;
  while (width + 1 < WIDTHS && n_children > UINT32_C(1) << width)
    width++;
  return width;
}

/// The first free unit from `unit` on, or n_units. The units below 256 stay free: so a base is never 0, which leaves
/// have.
static uint32_t next_free(const builder *b, uint32_t unit) {
  unit = unit < 256 ? 256 : unit;
  while (unit < b->n_units && b->taken[unit])
    unit++;
  return unit;
}

/// A base at which all children find a free unit.
static uint32_t find_base(builder *b, const node *family) {
  const uint32_t first = b->nodes.at[family->children].byte;
  uint32_t *start = &b->start[width_of(family->n_children)];
  uint32_t skip = 0;
  *start = next_free(b, *start);
  uint32_t unit = *start < b->n_units ? *start : 0;
  for (unsigned tries = 0; unit && tries < TRIES_MAX; unit = b->next[unit], tries++) {
    if (tries == TRIES_SKIP)
      skip = unit;
    if (fits(b, family, unit - first)) {
      *start = skip ? skip : *start;
      return unit - first;
    }
  }
  *start = skip ? skip : *start;
  return b->n_units - first;
}

static void place(builder *b, node *family) {
  const node *children = &b->nodes.at[family->children];
  family->base = find_base(b, family);
  extend(b, family->base + children[family->n_children - 1].byte + 1);
  for (uint32_t i = 0; i < family->n_children; i++)
    take(b, family->base + children[i].byte);
}

static int by_width(const void *a, const void *b, void *nodes) {
  const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  const uint32_t n = ((const node *)nodes)[x].n_children, m = ((const node *)nodes)[y].n_children;
  return n != m ? (n < m ? 1 : -1) : (x > y) - (x < y);
}

static void place_all(builder *b) {
  uint32_t *order = YUTU_NEW_ARRAY(b->arena, uint32_t, b->nodes.n);
  uint32_t n = 0;
  for (uint32_t i = 0; i < b->nodes.n; i++) {
    if (b->nodes.at[i].n_children)
      order[n++] = i;
  }
  if (n)
    qsort_r(order, n, sizeof *order, by_width, b->nodes.at);
  extend(b, 256); // the root and what next_free() passes over
  for (uint32_t i = 0; i < n; i++)
    place(b, &b->nodes.at[order[i]]);
}

static yutu_trie_unit *make_units(builder *b) {
  yutu_trie_unit *units = YUTU_NEW_ARRAY(b->arena, yutu_trie_unit, b->n_units);
  for (uint32_t i = 0; i < b->n_units; i++)
    units[i] = (yutu_trie_unit){0, YUTU_IMAGE_NONE, YUTU_IMAGE_NONE};
  for (uint32_t i = 0; i < b->nodes.n; i++) { // breadth first: parents have their unit before their children
    node *here = &b->nodes.at[i];
    const node *parent = &b->nodes.at[here->parent];
    here->unit = i ? parent->base + here->byte : 0;
    units[here->unit] = (yutu_trie_unit){here->base, i ? parent->unit : YUTU_IMAGE_NONE, here->key};
  }
  return units;
}

yutu_status yutu_trie_build(yutu_arena *arena, const yutu_trie_key *keys, uint32_t n_keys, yutu_trie_parts *ret,
                            yutu_error *err) {
  uint32_t *code_of = NULL;
  uint32_t n_codes = 0;
  YUTU_TRY(assign_codes(arena, keys, n_keys, &code_of, &n_codes, err));
  const uint32_t n_single = single_bytes(n_codes);
  coded_key *coded = YUTU_NEW_ARRAY(arena, coded_key, n_keys);
  for (uint32_t k = 0; k < n_keys; k++)
    coded[k] = encode(arena, &keys[k], code_of, n_single, k);
  if (n_keys)
    qsort(coded, n_keys, sizeof *coded, by_bytes);
  builder b = {.arena = arena};
  make_nodes(&b, coded, n_keys);
  place_all(&b);
  yutu_trie_parts parts = {.units = make_units(&b), .n_units = b.n_units, .n_single = n_single};
  make_pages(arena, code_of, &parts);
  *ret = parts;
  return YUTU_OK;
}
