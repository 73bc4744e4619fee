#include "cli/options.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  const yutu_option *option;
  const char *value; // NULL for a flag
  uint64_t number;
} given;

struct yutu_arguments {
  yutu_command_id command;
  given *given;
  size_t n_given;
  const char **rest;
  size_t n_rest;
  const char **unknown; // NAME, VALUE, NAME, VALUE…
  size_t n_unknown;
  const char **list; // values, those of one option together
};

static bool applies(const yutu_option *o, yutu_command_id command) {
  return (o->commands >> command & 1u) != 0;
}

static const yutu_option *find_name(yutu_command_id command, const char *name, size_t n) {
  for (size_t i = 0; i < yutu_n_options; i++) {
    const yutu_option *o = &yutu_options[i];
    if (applies(o, command) && o->name && strlen(o->name) == n && memcmp(o->name, name, n) == 0)
      return o;
  }
  return NULL;
}

static const yutu_option *find_letter(yutu_command_id command, char letter) {
  for (size_t i = 0; i < yutu_n_options; i++)
    if (applies(&yutu_options[i], command) && yutu_options[i].letter == letter)
      return &yutu_options[i];
  return NULL;
}

static const yutu_option *find_id(yutu_command_id command, yutu_option_id id) {
  for (size_t i = 0; i < yutu_n_options; i++)
    if (applies(&yutu_options[i], command) && yutu_options[i].id == id)
      return &yutu_options[i];
  return NULL;
}

// Does the choice "a|b|c" have this word?
static bool has_choice(const char *choices, const char *word) {
  const size_t n = strlen(word);
  for (const char *p = choices; p;) {
    const char *bar = strchr(p, '|');
    const size_t length = bar ? (size_t)(bar - p) : strlen(p);
    if (length == n && memcmp(p, word, n) == 0)
      return true;
    p = bar ? bar + 1 : NULL;
  }
  return false;
}

// Digits, for a size followed by K, M or G.
static bool read_number(const char *text, bool size, uint64_t *ret) {
  if (*text < '0' || *text > '9')
    return false;
  char *end = NULL;
  errno = 0;
  const unsigned long long n = strtoull(text, &end, 10);
  if (errno)
    return false;
  unsigned shift = 0;
  if (size && *end) {
    shift = *end == 'K' ? 10 : *end == 'M' ? 20 : *end == 'G' ? 30 : 0;
    if (!shift || n > UINT64_MAX >> shift)
      return false;
    end++;
  }
  if (*end)
    return false;
  *ret = (uint64_t)n << shift;
  return true;
}

// How the option is called in messages: --format, -s.
static const char *spelled(const yutu_option *o, char room[64]) {
  if (o->name)
    snprintf(room, 64, "--%s", o->name);
  else
    snprintf(room, 64, "-%c", o->letter);
  return room;
}

static yutu_status add(yutu_arguments *a, const yutu_option *o, const char *value, yutu_error *err) {
  char name[64];
  given g = {o, value, 0};
  if (o->kind == YUTU_VALUE_CHOICE && !has_choice(o->value, value))
    return yutu_fail(err, YUTU_ERR_USAGE, "%s is one of %s, not '%s'", spelled(o, name), o->value, value);
  if ((o->kind == YUTU_VALUE_NUMBER || o->kind == YUTU_VALUE_SIZE) &&
      !read_number(value, o->kind == YUTU_VALUE_SIZE, &g.number))
    return yutu_fail(err, YUTU_ERR_USAGE, "%s takes %s, not '%s'", spelled(o, name),
                     o->kind == YUTU_VALUE_SIZE ? "a size such as 300M or 2G" : "a whole number", value);
  if (o->kind != YUTU_VALUE_LIST && o->kind != YUTU_VALUE_NONE && yutu_arguments_has(a, o->id))
    return yutu_fail(err, YUTU_ERR_USAGE, "%s is given twice", spelled(o, name));
  a->given[a->n_given++] = g;
  return YUTU_OK;
}

// Fewest insertions, deletions and replacements that make a into b; for short option names.
static unsigned distance(const char *a, size_t n, const char *b) {
  unsigned row[64];
  const size_t m = strlen(b);
  if (m >= 64)
    return UINT_MAX;
  for (unsigned j = 0; j <= m; j++)
    row[j] = j;
  for (unsigned i = 1; i <= n; i++) {
    unsigned diagonal = row[0];
    row[0] = i;
    for (unsigned j = 1; j <= m; j++) {
      const unsigned up = row[j];
      unsigned best = diagonal + (a[i - 1] != b[j - 1]);
      best = up + 1 < best ? up + 1 : best;
      best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
      diagonal = up;
      row[j] = best;
    }
  }
  return row[m];
}

static yutu_status unknown_option(yutu_command_id command, const char *name, size_t n, yutu_error *err) {
  const yutu_option *best = NULL;
  unsigned best_distance = 3;
  for (size_t i = 0; i < yutu_n_options; i++) {
    const yutu_option *o = &yutu_options[i];
    if (!applies(o, command) || !o->name)
      continue;
    const unsigned d = distance(name, n, o->name);
    if (d < best_distance) {
      best = o;
      best_distance = d;
    }
  }
  const char *verb = yutu_commands[command].name;
  if (best)
    return yutu_fail(err, YUTU_ERR_USAGE, "%s has no option --%.*s; did you mean --%s?", verb, (int)n, name,
                     best->name);
  return yutu_fail(err, YUTU_ERR_USAGE, "%s has no option --%.*s; yutu help %s lists them", verb, (int)n, name, verb);
}

// --name, --name=value, --name value. @return how many further words were used, or -1
static int parse_long(yutu_arguments *a, const char *word, const char *next, yutu_error *err) {
  const char *name = word + 2;
  const char *equals = strchr(name, '=');
  const size_t n = equals ? (size_t)(equals - name) : strlen(name);
  const yutu_option *o = find_name(a->command, name, n);
  if (!o) {
    if (a->command != YUTU_CMD_QUERY || equals == name || (!equals && (!next || strncmp(next, "--", 2) == 0))) {
      (void)!unknown_option(a->command, name, n, err);
      return -1;
    }
    a->unknown[2 * a->n_unknown] = name; // up to a '=', if there is one
    a->unknown[2 * a->n_unknown + 1] = equals ? equals + 1 : next;
    a->n_unknown++;
    return equals ? 0 : 1;
  }
  if (o->kind == YUTU_VALUE_NONE) {
    if (equals) {
      (void)!yutu_fail(err, YUTU_ERR_USAGE, "--%s takes no value", o->name);
      return -1;
    }
    return add(a, o, NULL, err) == YUTU_OK ? 0 : -1;
  }
  const char *value = equals ? equals + 1 : next;
  if (!value) {
    (void)!yutu_fail(err, YUTU_ERR_USAGE, "--%s needs a value: %s", o->name, o->value);
    return -1;
  }
  return add(a, o, value, err) == YUTU_OK ? (equals ? 0 : 1) : -1;
}

// -x, -xy of flags, -xVALUE, -x VALUE. @return how many further words were used, or -1
static int parse_letters(yutu_arguments *a, const char *word, const char *next, yutu_error *err) {
  for (const char *p = word + 1; *p; p++) {
    const yutu_option *o = find_letter(a->command, *p);
    if (!o) {
      const char *end = p + 1;
      while ((*end & 0xC0) == 0x80)
        end++;
      const char *verb = yutu_commands[a->command].name;
      (void)!yutu_fail(err, YUTU_ERR_USAGE, "%s has no option -%.*s; yutu help %s lists them", verb, (int)(end - p), p,
                       verb);
      return -1;
    }
    if (o->kind == YUTU_VALUE_NONE) {
      if (add(a, o, NULL, err) != YUTU_OK)
        return -1;
      continue;
    }
    const char *value = p[1] ? p + 1 : next;
    if (!value) {
      (void)!yutu_fail(err, YUTU_ERR_USAGE, "-%c needs a value: %s", o->letter, o->value);
      return -1;
    }
    return add(a, o, value, err) == YUTU_OK ? (p[1] ? 0 : 1) : -1;
  }
  return 0;
}

static yutu_status check_count(const yutu_arguments *a, yutu_error *err) {
  const yutu_command *c = &yutu_commands[a->command];
  // Help and version are answered whatever else is there.
  if (yutu_arguments_has(a, YUTU_OPT_HELP) || yutu_arguments_has(a, YUTU_OPT_VERSION))
    return YUTU_OK;
  if (a->n_rest < c->min_arguments)
    return yutu_fail(err, YUTU_ERR_USAGE, "%s needs %s; yutu help %s explains", c->name, c->arguments, c->name);
  if (a->n_rest > c->max_arguments)
    return yutu_fail(err, YUTU_ERR_USAGE, "%s takes %s%s%s, '%s' is too many", c->name,
                     c->max_arguments ? "no more than " : "no arguments", c->max_arguments ? c->arguments : "",
                     a->command == YUTU_CMD_CHECK ? " (-s STORE names the store)" : "", a->rest[c->max_arguments]);
  return YUTU_OK;
}

static yutu_status parse_words(yutu_arguments *a, int argc, char *const *argv, yutu_error *err) {
  bool options = true;
  for (int i = 0; i < argc; i++) {
    const char *word = argv[i];
    const char *next = i + 1 < argc ? argv[i + 1] : NULL;
    if (!options || word[0] != '-' || !word[1]) {
      a->rest[a->n_rest++] = word;
      continue;
    }
    if (strcmp(word, "--") == 0) {
      options = false;
      continue;
    }
    const int used = word[1] == '-' ? parse_long(a, word, next, err) : parse_letters(a, word, next, err);
    if (used < 0)
      return YUTU_ERR_USAGE;
    i += used;
  }
  return check_count(a, err);
}

static void gather_lists(yutu_arguments *a) {
  size_t n = 0;
  for (yutu_option_id id = 0; id <= YUTU_OPT_LAST; id++)
    for (size_t i = 0; i < a->n_given; i++)
      if (a->given[i].option->id == id)
        a->list[n++] = a->given[i].value;
}

yutu_status yutu_arguments_parse(yutu_command_id command, int argc, char *const *argv, yutu_arguments **ret,
                                 yutu_error *err) {
  size_t options = 1;
  for (int i = 0; i < argc; i++)
    options += argv[i][0] == '-' && argv[i][1] && argv[i][1] != '-' ? strlen(argv[i]) - 1 : 1; // -qh is two
  const size_t words = (size_t)argc + 1;
  yutu_arguments *a = calloc(1, sizeof *a);
  if (a) {
    a->command = command;
    a->given = calloc(options, sizeof *a->given);
    a->rest = calloc(words, sizeof *a->rest);
    a->unknown = calloc(2 * words, sizeof *a->unknown);
    a->list = calloc(options, sizeof *a->list);
  }
  if (!a || !a->given || !a->rest || !a->unknown || !a->list) {
    yutu_arguments_free(a);
    return yutu_fail(err, YUTU_ERR_NOMEM, "out of memory");
  }
  const yutu_status status = parse_words(a, argc, argv, err);
  if (status != YUTU_OK) {
    yutu_arguments_free(a);
    return status;
  }
  gather_lists(a);
  *ret = a;
  return YUTU_OK;
}

void yutu_arguments_free(yutu_arguments *a) {
  if (!a)
    return;
  free(a->given);
  free(a->rest);
  free(a->unknown);
  free(a->list);
  free(a);
}

static const given *last(const yutu_arguments *a, yutu_option_id id) {
  for (size_t i = a->n_given; i-- > 0;)
    if (a->given[i].option->id == id)
      return &a->given[i];
  return NULL;
}

bool yutu_arguments_has(const yutu_arguments *a, yutu_option_id id) {
  return last(a, id) != NULL;
}

const char *yutu_arguments_text(const yutu_arguments *a, yutu_option_id id) {
  const given *g = last(a, id);
  if (g)
    return g->value;
  const yutu_option *o = find_id(a->command, id);
  return o ? o->fallback : NULL;
}

uint64_t yutu_arguments_number(const yutu_arguments *a, yutu_option_id id) {
  const given *g = last(a, id);
  if (g)
    return g->number;
  const yutu_option *o = find_id(a->command, id);
  uint64_t n = 0;
  if (o && o->fallback)
    (void)read_number(o->fallback, true, &n);
  return n;
}

const char *const *yutu_arguments_list(const yutu_arguments *a, yutu_option_id id, size_t *ret_n) {
  size_t before = 0;
  size_t n = 0;
  for (size_t i = 0; i < a->n_given; i++) {
    before += a->given[i].option->id < id;
    n += a->given[i].option->id == id;
  }
  *ret_n = n;
  return a->list + before;
}

const char *const *yutu_arguments_rest(const yutu_arguments *a, size_t *ret_n) {
  *ret_n = a->n_rest;
  return a->rest;
}

const char *const *yutu_arguments_unknown(const yutu_arguments *a, size_t *ret_n) {
  *ret_n = a->n_unknown;
  return a->unknown;
}
