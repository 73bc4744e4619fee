// Clauses and their subjects.
//
// The subject of a clause is the first noun phrase that is not governed by a preposition, when its last word is a name
// (北京, 制造业大省江苏) and not a noun that a name only modifies (北京的企业, 北京企业). A clause that begins with a
// verb takes the subject of the clause before it; a sentence that begins so, the subject of the sentence before it
// within the section, or the topic of the section's heading. A noun that only points back (全市, 当地, 该校) counts as
// no subject of its own.
#include "extract/names.h"
#include "extract/view.h"

#include <string.h>

enum {
  FACTOR_CLAUSE = 97,    ///< per cent: carried over a comma
  FACTOR_SENTENCE = 88,  ///< carried from the sentence before
  FACTOR_TOPIC = 80,     ///< taken from the heading
  FACTOR_PARAGRAPH = 65, ///< carried from the paragraph before
  FACTOR_OVER = 85,      ///< carried over a clause with a subject that is no name
  FACTOR_SCENE = 85,     ///< a place that the clause before set the scene with
};

typedef enum {
  FOUND_NONE, ///< the clause begins with its verb
  FOUND_NAMED,
  FOUND_OTHER, ///< a subject that is no name
  FOUND_SELF,  ///< a noun that points back
  FOUND_OWN,   ///< something of the one that was talked about: 这里的制造业
  FOUND_SCENE, ///< nothing but 在 and a place
} found;

typedef struct {
  const yutu_view *v;
  uint32_t at, end;
  uint32_t item;   ///< first item of the list that ends the noun phrase so far, or YUTU_NOWHERE
  bool any;        ///< the noun phrase has a word
  bool self;       ///< and it points back
  bool owner;      ///< what modifies it points back
  bool determined; ///< it began with 这 or 该: what follows is a noun, whatever it looks like
  bool after_name; ///< the last word is the name itself
  bool quoted;     ///< and stands in quotes: what follows says only what it is (“数字湾区”平台)
} scan;

static const yutu_token *token(const scan *s) {
  return yutu_view_token(s->v, s->at);
}

static uint32_t grammar(const scan *s, yutu_grammar g) {
  return yutu_view_grammar(s->v, g, s->at);
}

// Step over a mention with the list that it begins.
static void take_item(scan *s, uint32_t item) {
  const yutu_view *v = s->v;
  uint32_t last = item;
  while (v->items[last].next != YUTU_NOWHERE && v->items[v->items[last].next].end <= s->end)
    last = v->items[last].next;
  s->item = item;
  s->any = true;
  s->after_name = !s->determined; // 这一大湾区协同创新的平台
  s->quoted = v->items[last].to > v->items[last].end && yutu_is_closing(v->cp[v->items[last].end]);
  s->self = false;
  uint32_t tails[YUTU_TAILS_MAX];
  (void)yutu_list_tails(v, last, tails);
  s->at = tails[0];
}

static bool relative(const yutu_view *v, uint32_t at) {
  return at < v->n && v->masked[at] == 0x7684; // 的
}

// 的 before a name that ends the modifier of that name: 由A主办的|B, 以A为核心的|B; but not 在A举办的B上.
static bool modifies_name(const yutu_view *v, uint32_t at) {
  if (!relative(v, at) || at + 1 >= v->n || !v->item_at[at + 1])
    return false;
  uint32_t last = v->item_at[at + 1] - 1, tails[YUTU_TAILS_MAX];
  while (v->items[last].next != YUTU_NOWHERE)
    last = v->items[last].next;
  (void)yutu_list_tails(v, last, tails);
  return !yutu_view_grammar(v, YUTU_GRAMMAR_LOCATIVE, tails[0]);
}

// Where the phrase ends that the preposition at s->at begins: after 上, 中 or 期间, before a verb, at the clause's end.
static void skip_phrase(scan *s, uint32_t n) {
  const yutu_view *v = s->v;
  const uint32_t c = v->masked[s->at];
  if (c == 0x7531 || c == 0x88AB || c == 0x7ECF) { // 由 被 经: a relative clause, when a name follows it
    for (uint32_t at = s->at + n; at < s->end; at++) {
      if (modifies_name(v, at) && (c == 0x88AB || yutu_verb_before(v, at))) {
        s->at = at + 1;
        return;
      }
    }
  }
  s->at += n;
  while (s->at < s->end) {
    if (modifies_name(v, s->at) && (c != 0x7531 || yutu_verb_before(v, s->at))) { // 由|河南侧的A|组成 is none
      s->at++;
      return;
    }
    if (v->masked[s->at] == 0) {
      const uint32_t item = v->item_at[s->at];
      s->at = item ? v->items[item - 1].to : s->at + 1;
      continue;
    }
    const uint32_t locative = grammar(s, YUTU_GRAMMAR_LOCATIVE);
    if (locative) {
      s->at += locative;
      return;
    }
    if (v->item_at[s->at]) { // an opening quote before a name
      s->at = v->items[v->item_at[s->at] - 1].to;
      continue;
    }
    const yutu_token *t = token(s);
    const uint32_t end = t ? t->end - v->s->begin : s->at + 1;
    if (t && yutu_verb_at(v, s->at) && !relative(v, end))
      return;
    s->at = end;
  }
}

// A verb before any noun: 成立于2018年的A, 位于宁波的A, 展出的A go on after 的; everything else has no subject of its
// own.
static bool skip_relative(scan *s) {
  const yutu_view *v = s->v;
  const yutu_token *t = token(s);
  uint32_t at = t ? t->end - v->s->begin : s->at + 1;
  for (const yutu_token *next = yutu_view_token(v, at); at < s->end && next && yutu_verb_at(v, at);
       next = yutu_view_token(v, at)) // 启动|建设|的A
    at = next->end - v->s->begin;
  const uint32_t last = v->masked[at - 1];
  if ((at < s->end && v->masked[at] == 0x4E8E) || last == 0x4E8E || last == 0x5728 || last == 0x81EA) { // 于 在 自
    while (at < s->end && v->masked[at] != 0x7684)
      at++;
  }
  if (at >= s->end || v->masked[at] != 0x7684)
    return false;
  s->at = at + 1;
  return true;
}

static uint32_t light_noun(const scan *s) {
  return s->after_name ? yutu_light_noun(s->v, s->at) : 0;
}

static void drop_noun(scan *s) {
  s->owner |= s->self;
  s->item = YUTU_NOWHERE;
  s->self = s->after_name = false;
  s->any = true;
}

typedef enum { GO_ON, DONE } step;

// 这, 该, 此 and what is made with them.
static bool determiner(const yutu_view *v, uint32_t at) {
  switch (v->masked[at]) {
  case 0x8FD9: // 这
  case 0x8BE5: // 该
  case 0x6B64: // 此
  case 0x90A3: // 那
    return true;
  default:
    return false;
  }
}

// 我, 你, 他, 她, 它 and what is made with them.
static bool pronoun(const yutu_view *v, uint32_t at) {
  switch (v->masked[at]) {
  case 0x6211: // 我
  case 0x4F60: // 你
  case 0x4ED6: // 他
  case 0x5979: // 她
  case 0x5B83: // 它
    return true;
  default:
    return false;
  }
}

static step step_word(scan *s, const yutu_token *t) {
  const yutu_view *v = s->v;
  const uint32_t end = t->end - v->s->begin;
  const char pos = t->word.pos[0];
  if (yutu_verb_at(v, s->at)) {
    if (s->determined) {
      s->determined = false;
      s->any = true;
      s->at = end;
      return GO_ON;
    }
    return s->any || !skip_relative(s) ? DONE : GO_ON;
  }
  const uint32_t light = light_noun(s), self = s->any ? 0 : grammar(s, YUTU_GRAMMAR_SELF_NOUN);
  if (s->after_name && s->quoted && pos == 'n') {
    s->quoted = false;
    s->at = end;
    return GO_ON;
  }
  if (light || self) {
    s->any = true;
    s->self = self > 0;
    s->at += light ? light : self;
    return GO_ON;
  }
  const uint32_t adverb = grammar(s, YUTU_GRAMMAR_ADVERB);
  if (adverb || pos == 'd' || (pos == 'a' && t->word.pos[1] == 'd')) {
    if (s->any)
      return DONE;
    s->at = adverb ? s->at + adverb : end;
    return GO_ON;
  }
  if (!s->any && determiner(v, s->at))
    s->determined = true;
  if (pronoun(v, s->at))
    s->any = true; // somebody, but no name
  if (pos == 'c' || pos == 'r' || pos == 't' || pos == 'y' || pos == 'u' || t->word.generic == YUTU_GENERIC_FUNCTION) {
    if (s->any && pos != 'c' && pos != 'u')
      return DONE;
  } else {
    s->any = true;
    s->self = s->determined = s->after_name = false;
  }
  s->at = end;
  return GO_ON;
}

static step step_once(scan *s) {
  const yutu_view *v = s->v;
  if (v->item_at[s->at]) {
    take_item(s, v->item_at[s->at] - 1);
    return GO_ON;
  }
  const uint32_t c = v->masked[s->at];
  if (c == 0) {
    s->at++;
    return GO_ON;
  }
  if (c == 0xFF08 || c == 0x3010) { // （…） 【…】
    const uint32_t close = c == 0xFF08 ? 0xFF09 : 0x3011;
    while (s->at < s->end && v->masked[s->at] != close)
      s->at++;
    s->at++;
    return GO_ON;
  }
  if (c == 0x7684) { // 的: what came before modifies, but 的建设 is the thing itself
    const uint32_t light = light_noun(s);
    if (!light)
      drop_noun(s);
    s->at += light ? light : 1;
    return GO_ON;
  }
  const uint32_t date = yutu_date_end(v, s->at), connective = s->any ? 0 : grammar(s, YUTU_GRAMMAR_CONNECTIVE);
  if (date > s->at || connective) {
    if (s->any)
      return DONE;
    s->at = connective ? s->at + connective : date;
    return GO_ON;
  }
  const uint32_t preposition = grammar(s, YUTU_GRAMMAR_PREPOSITION);
  if (preposition) {
    if (s->any)
      return DONE;
    skip_phrase(s, preposition);
    return GO_ON;
  }
  const yutu_token *t = token(s);
  if (s->any && t && c == 0x5728 && v->masked[t->end - v->s->begin - 1] == 0x4E0A) // 在会上 may be one word
    return DONE;
  if (t && t->kind == YUTU_TOKEN_WORD)
    return step_word(s, t);
  if (t && (t->kind == YUTU_TOKEN_NUMBER || t->kind == YUTU_TOKEN_LATIN || t->kind == YUTU_TOKEN_OTHER ||
            t->kind == YUTU_TOKEN_NAME)) {
    s->any = true;
    s->after_name = s->self = false;
  }
  s->at = t ? t->end - v->s->begin : s->at + 1;
  return GO_ON;
}

// 在苏州，: the place is what the next clauses are about when they have no subject.
static bool scene(const yutu_view *v, uint32_t begin, uint32_t end, uint32_t *ret_item) {
  if (v->masked[begin] != 0x5728) // 在
    return false;
  for (uint32_t at = begin + 1; at < end;) {
    if (v->item_at[at]) {
      uint32_t item = v->item_at[at] - 1;
      const uint32_t beside = v->items[item].end < end ? v->item_at[v->items[item].end] : 0;
      if (beside) // 浙江|嘉兴
        item = beside - 1;
      *ret_item = item;
      const yutu_class cls = yutu_view_mention(v, item)->cls;
      return v->items[item].to == end && (yutu_is_region(cls) || cls == YUTU_CLASS_ZONE);
    }
    const uint32_t next = yutu_gap_step(v, YUTU_GAP_MODIFIERS, at);
    if (next == YUTU_NOWHERE)
      return false;
    at = next;
  }
  return false;
}

static found find_subject(const yutu_view *v, uint32_t begin, uint32_t end, uint32_t *ret_item) {
  scan s = {.v = v, .at = begin, .end = end, .item = YUTU_NOWHERE};
  while (s.at < s.end && step_once(&s) == GO_ON)
    ;
  if (!s.any)
    return scene(v, begin, end, ret_item) ? FOUND_SCENE : FOUND_NONE;
  if (s.after_name && s.item != YUTU_NOWHERE) {
    *ret_item = s.item;
    return FOUND_NAMED;
  }
  return s.self ? FOUND_SELF : s.owner ? FOUND_OWN : FOUND_OTHER;
}

// All entities of the list that begins with `item`.
static yutu_subject subject_of(const yutu_view *v, uint32_t item) {
  yutu_subject s = {.begin = v->items[item].begin + v->s->begin, .factor = 1.0};
  uint32_t count = 0, last = item;
  for (uint32_t i = item; i != YUTU_NOWHERE; i = v->items[i].next) {
    count += yutu_view_mention(v, i)->n_entities;
    last = i;
  }
  s.end = v->items[last].end + v->s->begin;
  uint32_t *entities = YUTU_NEW_ARRAY(v->d->arena, uint32_t, count);
  for (uint32_t i = item; i != YUTU_NOWHERE; i = v->items[i].next) {
    const yutu_mention *m = yutu_view_mention(v, i);
    for (uint32_t k = 0; k < m->n_entities; k++) {
      entities[s.n++] = m->entities[k];
      s.classes |= 1ull << v->d->things.at[m->entities[k]].cls;
    }
  }
  s.entities = entities;
  return s;
}

// 与, 同 or 和 before a name.
static bool with_name(const yutu_view *v, uint32_t at) {
  const uint32_t c = v->masked[at];
  return (c == 0x4E0E || c == 0x540C || c == 0x548C) && v->item_at[at + 1]; // ends at the 0 behind the sentence
}

// Does the clause without a subject begin with a partner: 与无锡市联合实施…, 还同A签约?
static bool names_partner(const yutu_view *v, const yutu_clause *c) {
  uint32_t at = c->begin, n = 0;
  while (
      at < c->end && !with_name(v, at) &&
      ((n = yutu_view_grammar(v, YUTU_GRAMMAR_ADVERB, at)) || (n = yutu_view_grammar(v, YUTU_GRAMMAR_CONNECTIVE, at))))
    at += n;
  return at < c->end && with_name(v, at);
}

// A与B、C共建…，|与D实施…: the second clause is about A alone, with a new partner. 和 divides only two.
static yutu_subject without_partner(const yutu_view *v, const yutu_subject *s) {
  const uint32_t begin = s->begin - v->s->begin, item = s->begin >= v->s->begin && begin < v->n ? v->item_at[begin] : 0;
  if (s->n < 2 || !item || v->items[item - 1].next == YUTU_NOWHERE)
    return *s;
  const bool two = v->items[v->items[item - 1].next].next == YUTU_NOWHERE;
  uint32_t last = item - 1, kept = yutu_view_mention(v, last)->n_entities;
  while (!with_name(v, v->items[last].to) || (v->masked[v->items[last].to] == 0x548C && !two)) { // 和
    last = v->items[last].next;
    if (last == YUTU_NOWHERE)
      return *s;
    kept += yutu_view_mention(v, last)->n_entities;
  }
  if (kept >= s->n)
    return *s;
  yutu_subject left = *s;
  left.n = kept;
  left.end = v->items[last].end + v->s->begin;
  left.classes = 0;
  for (uint32_t i = 0; i < kept; i++)
    left.classes |= 1ull << v->d->things.at[left.entities[i]].cls;
  return left;
}

static yutu_subject weaker(const yutu_subject *s, unsigned percent) {
  yutu_subject w = *s;
  w.factor *= percent / 100.0;
  return w;
}

static uint32_t clause_end(const yutu_view *v, uint32_t begin) {
  uint32_t at = begin;
  while (at < v->n && !yutu_view_stop(v, at))
    at++;
  return at;
}

// 李明介绍，: the next clauses are not about 李明.
static bool says(const yutu_view *v, const yutu_clause *c) {
  if (c->subject.classes != 1ull << YUTU_CLASS_PERSON)
    return false;
  for (uint32_t at = c->subject.end - v->s->begin; at < c->end; at++) {
    if (yutu_view_grammar(v, YUTU_GRAMMAR_SAYING, at))
      return true;
  }
  return false;
}

// The firm or institute whose 董事长 or 院长 speaks: 公司 and 学校 in what follows mean it.
static yutu_subject speaker_body(const yutu_view *v, const yutu_clause *c) {
  uint32_t best = YUTU_NOWHERE;
  for (uint32_t i = 0; i < v->n_items && v->items[i].begin < c->subject.begin - v->s->begin; i++) {
    const yutu_class cls = yutu_view_mention(v, i)->cls;
    if (v->items[i].begin >= c->begin && !v->items[i].inner &&
        (cls == YUTU_CLASS_COMPANY || cls == YUTU_CLASS_UNIVERSITY || cls == YUTU_CLASS_RESEARCH_INSTITUTE))
      best = i;
  }
  return best == YUTU_NOWHERE ? (yutu_subject){0} : subject_of(v, best);
}

// Is there a region, zone or organisation in it?
static bool actor(const yutu_subject *s) {
  for (unsigned cls = 1; cls < YUTU_CLASS_COUNT; cls++) {
    if ((s->classes >> cls & 1) &&
        (yutu_is_region((yutu_class)cls) || yutu_is_organisation((yutu_class)cls) || cls == YUTU_CLASS_ZONE))
      return true;
  }
  return false;
}

// Whom a sentence without a subject of its own is about: within a paragraph the sentence before tells, at its beginning
// the heading, then the title.
static yutu_subject carried(const yutu_view *v, const yutu_carry *carry) {
  if (carry->last.n && carry->block == v->s->block)
    return weaker(&carry->last, FACTOR_SENTENCE);
  if (carry->topic.n || carry->title.n)
    return weaker(carry->topic.n ? &carry->topic : &carry->title, FACTOR_TOPIC);
  return weaker(&carry->last, FACTOR_PARAGRAPH);
}

// A等50多家企业签约入驻，: the next clauses are about where they came to.
static bool tells_arrival(const yutu_view *v, const yutu_clause *c) {
  return yutu_rules_set_before(v->grammar, yutu_rules_grammar(v->grammar, YUTU_GRAMMAR_ARRIVAL), v->masked + c->begin,
                               c->end - c->begin) > 0;
}

void yutu_find_clauses(yutu_view *v, yutu_carry *carry) {
  if (carry->section != v->s->section) {
    carry->section = v->s->section;
    carry->topic = carry->last = (yutu_subject){0};
  }
  yutu_subject now = v->s->heading ? (yutu_subject){0} : carried(v, carry);
  yutu_subject main = {0}, first = {0};
  v->topic = now;
  v->n_clauses = 0;
  for (uint32_t at = 0; at < v->n && v->n_clauses < YUTU_CLAUSES_MAX;) {
    yutu_clause *c = &v->clauses[v->n_clauses++];
    *c = (yutu_clause){.begin = at, .end = v->n_clauses == YUTU_CLAUSES_MAX ? v->n : clause_end(v, at)};
    uint32_t item = 0;
    switch (find_subject(v, c->begin, c->end, &item)) {
    case FOUND_NAMED:
      c->subject = subject_of(v, item);
      c->own = true;
      if (says(v, c)) {
        const yutu_subject body = speaker_body(v, c);
        if (body.n)
          now = weaker(&body, FACTOR_SENTENCE);
        break;
      }
      if (main.n && tells_arrival(v, c))
        break;
      now = c->subject;
      if (!first.n)
        first = now;
      if (!main.n && actor(&now))
        main = now;
      break;
    case FOUND_OWN:
      c->subject = (yutu_subject){0};
      now = weaker(&now, FACTOR_OVER);
      break;
    case FOUND_OTHER:
      c->subject = (yutu_subject){0};
      now = main.n ? weaker(&now, FACTOR_OVER) : (yutu_subject){0};
      break;
    case FOUND_SCENE:
      now = subject_of(v, item);
      now.factor = FACTOR_SCENE / 100.0;
      break;
    case FOUND_SELF:
    case FOUND_NONE:
      if (now.n && now.factor == 1.0)
        now = weaker(&now, FACTOR_CLAUSE);
      c->subject = names_partner(v, c) ? without_partner(v, &now) : now;
      break;
    }
    if (c->end < v->n && v->masked[c->end] == 0xFF1B && carry->topic.n) // ； begins anew
      now = weaker(&carry->topic, FACTOR_TOPIC);
    at = c->end + 1;
  }
  if (v->s->heading) {
    carry->topic = main.n ? main : first;
    if (!carry->titled)
      carry->title = carry->topic;
    carry->titled = true;
  } else if (main.n || first.n) {
    carry->last = main.n ? main : first;
    carry->block = v->s->block;
  }
}

const yutu_clause *yutu_clause_at(const yutu_view *v, uint32_t at) {
  uint32_t low = 0, high = v->n_clauses; // first clause that begins after `at`
  while (low < high) {
    const uint32_t mid = (low + high) / 2;
    if (v->clauses[mid].begin <= at)
      low = mid + 1;
    else
      high = mid;
  }
  return low ? &v->clauses[low - 1] : NULL;
}
