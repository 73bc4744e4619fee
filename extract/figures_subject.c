// Whom a figure is about: the entity at the head of its noun phrase, else who acts in its clause, else in the clauses
// and sentences before, else what the heading names. What is said of a whole nation is of nobody in particular.
#include "extract/figures_subject.h"

// How sure a subject is by where it was found.
static const double SURE_HEAD = 0.95, SURE_CLAUSE = 0.9, SURE_SENTENCE = 0.85, SURE_INDUSTRY = 0.8, SURE_BEFORE = 0.7,
                    SURE_HEADING = 0.6, SURE_TITLE = 0.5;

typedef struct {
  const yutu_figure_scene *scene;
  const yutu_figure_view *v;
  const yutu_statement *st;
  uint32_t clause; ///< of the statement
  bool national;   ///< the scope is a nation
  bool settled;    ///< the search is over, with or without a subject
  double sure;
} search;

static uint32_t clause_of(const yutu_figure_scene *scene, uint32_t token) {
  uint32_t i = 0;
  while (i + 1 < scene->n_clauses && scene->clauses[i].end <= token)
    i++;
  return i;
}

static yutu_class class_of(const yutu_figure_view *v, uint32_t thing) {
  return thing == YUTU_NO_INDEX ? YUTU_CLASS_NONE : v->d->things.at[thing].cls;
}

static bool in_section(const yutu_figure_view *v, uint32_t thing) {
  const yutu_sentence *first = v->d->sentences.at;
  for (const yutu_sentence *s = v->s; s->section == v->s->section; s--) {
    for (uint32_t i = s->mention; i < s->mention + s->n_mentions; i++) {
      if (v->d->mentions.at[i].entities[0] == thing)
        return true;
    }
    if (s == first)
      break;
  }
  return false;
}

// The cluster that the article speaks of most.
static uint32_t main_cluster(const yutu_figure_view *v) {
  uint32_t found = YUTU_NO_INDEX;
  for (uint32_t i = 0; i < v->d->things.n; i++) {
    const yutu_thing *t = &v->d->things.at[i];
    if (t->cls == YUTU_CLASS_REGION_CLUSTER && t->n_mentions > 1 && in_section(v, i) &&
        (found == YUTU_NO_INDEX || t->n_mentions > v->d->things.at[found].n_mentions))
      found = i;
  }
  return found;
}

// What 两地 or 三省一市 have together is of the whole that the heading or the article is about.
static uint32_t group_topic(const yutu_figure_scene *scene, const yutu_figure_view *v) {
  if (class_of(v, scene->topic) == YUTU_CLASS_REGION_CLUSTER)
    return scene->topic;
  if (class_of(v, scene->title) == YUTU_CLASS_REGION_CLUSTER)
    return scene->title;
  const uint32_t tries[] = {main_cluster(v), scene->topic, scene->title};
  for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
    if (tries[i] != YUTU_NO_INDEX && yutu_can_have_figures(class_of(v, tries[i])))
      return tries[i];
  }
  return YUTU_NO_INDEX;
}

static uint32_t of_mention(const yutu_figure_scene *scene, const yutu_figure_view *v, uint32_t mention) {
  const yutu_mention *m = &v->d->mentions.at[mention - 1];
  if (m->n_entities > 1)
    return group_topic(scene, v);
  return yutu_can_have_figures(m->cls) ? m->entities[0] : YUTU_NO_INDEX;
}

// Can the thing be meant by the local word at token i: 全省, 市内, 园区?
static bool fits(const yutu_figure_view *v, uint32_t i, uint32_t thing) {
  if (thing == YUTU_NO_INDEX)
    return false;
  const yutu_class cls = v->d->things.at[thing].cls;
  for (uint32_t k = v->t[i].begin; k < v->t[i].end; k++) {
    switch (yutu_cp_at(v->d, k)) {
    case 0x7701: // 省
      return cls == YUTU_CLASS_PROVINCE;
    case 0x5E02: // 市
      return cls == YUTU_CLASS_CITY;
    case 0x53BF: // 县
      return cls == YUTU_CLASS_DISTRICT;
    case 0x56ED: // 园
      return cls == YUTU_CLASS_ZONE;
    case 0x533A:                                                                                         // 区
      if (k > v->t[i].begin && (yutu_cp_at(v->d, k - 1) == 0x8303 || yutu_cp_at(v->d, k - 1) == 0x7247)) // 示范区 片区
        return cls == YUTU_CLASS_ZONE;
      return cls == YUTU_CLASS_ZONE || cls == YUTU_CLASS_DISTRICT;
    default:
      break;
    }
  }
  return (yutu_is_region(cls) && cls != YUTU_CLASS_COUNTRY) || cls == YUTU_CLASS_ZONE;
}

static uint32_t local_region(const yutu_figure_scene *scene, const yutu_figure_view *v, uint32_t clause) {
  uint32_t at = scene->clauses[clause].begin;
  while (at < v->n && !yutu_cue_at(v, at, YUTU_CUE_FIG_LOCAL))
    at++;
  if (at == v->n)
    return YUTU_NO_INDEX;
  for (uint32_t i = clause + 1; i; i--) {
    if (fits(v, at, scene->clauses[i - 1].subject))
      return scene->clauses[i - 1].subject;
  }
  const uint32_t tries[] = {scene->subject, scene->region, scene->topic, scene->title};
  for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
    if (fits(v, at, tries[i]))
      return tries[i];
  }
  return YUTU_NO_INDEX;
}

// Where several act together: in this clause or those before; the first of them when there is no place.
static uint32_t place_of(const yutu_figure_scene *scene, const yutu_figure_clause *c) {
  for (const yutu_figure_clause *k = c + 1; k > scene->clauses && (k == c + 1 || !k[-1].closed); k--) {
    if (k[-1].place != YUTU_NO_INDEX)
      return k[-1].place;
  }
  return c->subject;
}

static uint32_t from_clause(const yutu_figure_scene *scene, const yutu_figure_view *v, const yutu_figure_clause *c,
                            uint32_t token) {
  if (c->source || c->unnamed)
    return YUTU_NO_INDEX;
  if (c->group && c->at < token)
    return group_topic(scene, v);
  if (c->subject != YUTU_NO_INDEX && c->at < token && !c->listed) {
    return c->several ? place_of(scene, c) : c->subject;
  }
  return c->place;
}

static bool first_person(const yutu_figure_view *v, uint32_t i) {
  return yutu_figure_is(v, i, "我们") || yutu_figure_is(v, i, "我") || yutu_figure_is(v, i, "咱们");
}

// Does the quotation that a sentence before has opened say 我们?
static bool quoted_first_person(const yutu_figure_view *v) {
  enum { OPENING = 0x201C };
  const yutu_document *d = v->d;
  for (const yutu_sentence *s = v->s; s > d->sentences.at && s[-1].block == s->block;) {
    s--;
    bool first = false, open = false;
    for (uint32_t i = s->token; i < s->token + s->n_tokens; i++) {
      const yutu_token *t = &d->tokens.at[i];
      const uint32_t n = t->end - t->begin;
      const uint32_t *cp = d->page->text.cp + t->begin;
      open |= cp[0] == OPENING;
      first |= yutu_text_starts(cp, n, "我们") == n || yutu_text_starts(cp, n, "我") == n ||
               yutu_text_starts(cp, n, "咱们") == n;
    }
    if (first || open)
      return first;
  }
  return false;
}

// In the words of somebody: 我们的研发投入…, “目前，我负责…，月工资4000元”, and further sentences up to the closing
// quote.
static bool speaks(const yutu_figure_view *v, uint32_t token) {
  enum { OPENING = 0x201C, CLOSING = 0x201D };
  const uint32_t clause = yutu_clause_begin(v, token);
  uint32_t depth = 0;
  bool first = false;
  for (uint32_t i = 0; i < token && i < v->n; i++) {
    const uint32_t c = yutu_cp_at(v->d, v->t[i].begin);
    depth += c == OPENING;
    depth -= c == CLOSING && depth;
    first = first_person(v, i) ? depth > 0 || i >= clause : first && (depth > 0 || i >= clause);
  }
  for (uint32_t i = token; i < v->n && !first && !depth; i++) {
    const uint32_t c = yutu_cp_at(v->d, v->t[i].begin);
    if (c == OPENING || c == CLOSING)
      return c == CLOSING && quoted_first_person(v);
  }
  return first;
}

static bool can_speak(const yutu_mention *m) {
  return m->n_entities == 1 && !(m->flags & YUTU_MENTION_NESTED) &&
         (m->cls == YUTU_CLASS_PERSON || yutu_is_organisation(m->cls));
}

// Who says it in a sentence of the document, from code point `at` on: the organisation of the speaker if it is named
// before him, else the speaker.
static uint32_t speaker_in(const yutu_document *d, uint32_t sentence, uint32_t at) {
  const yutu_sentence *s = &d->sentences.at[sentence];
  const uint32_t *cp = d->page->text.cp;
  uint32_t says = 0;
  for (uint32_t i = s->token; i < s->token + s->n_tokens && !says; i++) {
    if (d->tokens.at[i].begin >= at && yutu_has_cue(&d->tokens.at[i], YUTU_CUE_SAYING))
      says = d->tokens.at[i].begin;
  }
  for (uint32_t i = s->mention; !says && i < s->mention + s->n_mentions; i++) { // 王明说: no token of its own
    const uint32_t end = d->mentions.at[i].end;
    if (d->mentions.at[i].begin >= at && yutu_lexicon_cue(d->lexicon, YUTU_CUE_SAYING, cp + end, s->end - end))
      says = end;
  }
  for (uint32_t i = s->mention; says && i < s->mention + s->n_mentions; i++) {
    const yutu_mention *m = &d->mentions.at[i];
    if (m->begin >= at && m->end <= says && can_speak(m))
      return m->entities[0];
  }
  return YUTU_NO_INDEX;
}

// The speaker is named after the quotation, in its last sentence or the one behind it.
static uint32_t speaker(const yutu_figure_view *v, uint32_t token) {
  const yutu_document *d = v->d;
  const uint32_t found = speaker_in(d, v->sentence, v->t[token < v->n ? token : v->n - 1].begin);
  const uint32_t next = v->sentence + 1;
  if (found != YUTU_NO_INDEX || next >= d->sentences.n || d->sentences.at[next].block != v->s->block ||
      yutu_cp_at(d, v->s->end - 1) != 0x201D) // ”
    return found;
  return speaker_in(d, next, d->sentences.at[next].begin);
}

static bool initiative(yutu_class cls) {
  return cls == YUTU_CLASS_PROGRAM || cls == YUTU_CLASS_POLICY || cls == YUTU_CLASS_PLATFORM || cls == YUTU_CLASS_EVENT;
}

// By what the statement itself names.
static uint32_t stated(search *x) {
  const yutu_statement *st = x->st;
  x->sure = SURE_HEAD;
  x->settled = true;
  if (st->region != YUTU_NO_INDEX)
    return st->region;
  if (st->head && !st->in_object && of_mention(x->scene, x->v, st->head) != YUTU_NO_INDEX)
    return of_mention(x->scene, x->v, st->head);
  if (speaks(x->v, st->from))
    return speaker(x->v, st->from);
  if (st->object)
    return of_mention(x->scene, x->v, st->object);
  x->settled = false;
  return YUTU_NO_INDEX;
}

// First token of the clause that is no time, adverb or approximator.
static uint32_t opening(const yutu_figure_view *v, const yutu_figure_clause *c) {
  uint32_t i = c->begin;
  while (i < c->end && (v->part[i] == YUTU_PART_TIME || v->part[i] == YUTU_PART_ADVERB ||
                        yutu_cue_at(v, i, YUTU_CUE_FIG_ABOUT) || yutu_cue_at(v, i, YUTU_CUE_FIG_PLAN)))
    i++;
  return i;
}

// By what the clause before founds: 共建某产业园，首批12个项目总投资86亿元. Without a name it is of nobody.
static uint32_t founded(search *x) {
  for (uint32_t i = x->clause; i; i--) {
    const yutu_figure_clause *c = &x->scene->clauses[i], *earlier = c - 1;
    if (c->subject != YUTU_NO_INDEX || c->group || !yutu_cue_at(x->v, opening(x->v, c), YUTU_CUE_FIG_OWN))
      return YUTU_NO_INDEX;
    x->sure = SURE_SENTENCE;
    x->settled = earlier->founds;
    if (earlier->founds)
      return earlier->made;
  }
  return YUTU_NO_INDEX;
}

// By the event where it happens: 在论坛上，30个项目签约; 会上发布12项成果.
static uint32_t at_event(search *x) {
  const yutu_figure_clause *clauses = x->scene->clauses;
  bool happens = false, meeting = false;
  for (uint32_t i = clauses[x->clause].begin; i < clauses[x->clause].end; i++)
    happens |= yutu_cue_at(x->v, i, YUTU_CUE_FIG_AT_EVENT);
  if (!happens)
    return YUTU_NO_INDEX;
  x->sure = SURE_SENTENCE;
  for (uint32_t i = x->clause + 1; i; i--) {
    const uint32_t tries[] = {clauses[i - 1].place, clauses[i - 1].subject};
    for (size_t k = 0; k < sizeof tries / sizeof *tries; k++) {
      if (class_of(x->v, tries[k]) == YUTU_CLASS_EVENT) {
        x->settled = true;
        return tries[k];
      }
    }
  }
  for (uint32_t i = 0; i < clauses[x->clause].end && !meeting; i++)
    meeting = yutu_cue_at(x->v, i, YUTU_CUE_FIG_MEETING);
  x->settled = meeting && clauses[x->clause].subject == YUTU_NO_INDEX && x->scene->event != YUTU_NO_INDEX;
  return x->settled ? x->scene->event : YUTU_NO_INDEX;
}

// 某公司…，在上海设立3个中心: who acts in the clauses before does so there.
static bool acts_before(const search *x) {
  for (uint32_t i = x->clause; i; i--) {
    const yutu_figure_clause *c = &x->scene->clauses[i - 1];
    if (c->closed || c->source)
      return false;
    if (c->unnamed || (c->subject != YUTU_NO_INDEX && !yutu_is_region(class_of(x->v, c->subject))))
      return true;
  }
  return false;
}

// 甲的模型、乙的系统等130个项目: the clause's subject is among the counted.
static bool one_of_list(const yutu_figure_view *v, const yutu_figure_clause *c, uint32_t figure) {
  if (c->subject == YUTU_NO_INDEX || c->at >= figure)
    return false;
  for (uint32_t i = c->at; i < figure; i++) {
    if (!v->mention[i] && (v->part[i] == YUTU_PART_VERB || v->part[i] == YUTU_PART_ADVERB ||
                           v->part[i] == YUTU_PART_PREPOSITION || v->part[i] == YUTU_PART_SOFT))
      return false;
  }
  return true;
}

// By who acts in its clause or where.
static uint32_t acting(search *x) {
  const yutu_figure_clause *c = &x->scene->clauses[x->clause];
  uint32_t found =
      x->st->of_list && one_of_list(x->v, c, x->st->from) ? c->place : from_clause(x->scene, x->v, c, x->st->from);
  const bool lasting = x->v->figures.at[x->st->figure].kind == YUTU_FIGURE_TIME;
  if (found != YUTU_NO_INDEX && found == c->place && c->subject == YUTU_NO_INDEX && acts_before(x) && !lasting)
    return YUTU_NO_INDEX; // the search goes on there
  x->sure = SURE_CLAUSE;
  x->settled = found != YUTU_NO_INDEX || ((c->group || c->unnamed) && c->at < x->st->from);
  if (x->settled) {
    return found != YUTU_NO_INDEX && lasting && yutu_is_region(x->v->d->things.at[found].cls)
               ? YUTU_NO_INDEX // 在上海已运行30个月: of something else
               : found;
  }
  x->sure = SURE_SENTENCE;
  if (x->st->local || (c->local && !x->st->whole.len))
    found = local_region(x->scene, x->v, x->clause);
  x->settled = found != YUTU_NO_INDEX;
  x->national = c->national;
  return found;
}

// By who acts in the clauses before.
static uint32_t acted(search *x) {
  const yutu_figure_clause *c = &x->scene->clauses[x->clause];
  bool closed = false;
  for (uint32_t i = x->clause; i && !x->national; i--) {
    const yutu_figure_clause *earlier = &x->scene->clauses[i - 1];
    uint32_t found = YUTU_NO_INDEX;
    x->settled = true;
    if (earlier->unnamed)
      return YUTU_NO_INDEX;
    if (yutu_cue_at(x->v, c->begin, YUTU_CUE_FIG_CONTENT) && earlier->object != YUTU_NO_INDEX)
      return earlier->object; // 印发方案，包含…
    closed |= earlier->closed;
    if (!closed || (!earlier->several && earlier->subject != YUTU_NO_INDEX))
      found = from_clause(x->scene, x->v, earlier, x->v->n);
    if (found == YUTU_NO_INDEX && earlier->local)
      found = local_region(x->scene, x->v, i - 1);
    if (found != YUTU_NO_INDEX) // 《清单》明确成渝项目593个: not of the document
      return x->st->head && x->v->d->things.at[found].cls == YUTU_CLASS_POLICY ? of_mention(x->scene, x->v, x->st->head)
                                                                               : found;
    x->settled = false;
    x->national = earlier->national;
  }
  return YUTU_NO_INDEX;
}

static uint32_t of_nation(search *x) {
  const yutu_figure_scene *scene = x->scene;
  const yutu_statement *st = x->st;
  x->settled = true;
  x->sure = SURE_HEADING;
  if (!st->national && !st->industry && scene->topic != YUTU_NO_INDEX &&
      initiative(x->v->d->things.at[scene->topic].cls))
    return scene->topic; // 全国计划招聘…: said of the plan that the heading names
  x->sure = SURE_INDUSTRY;
  return st->industry ? x->v->d->mentions.at[st->industry - 1].entities[0] : YUTU_NO_INDEX;
}

// By what the sentence names in passing, else by what went before.
static uint32_t remembered(search *x) {
  const yutu_figure_scene *scene = x->scene;
  const yutu_statement *st = x->st;
  const uint32_t own[] = {st->itself, st->in_object ? 0 : st->head, st->inner};
  x->sure = SURE_BEFORE;
  for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
    if (own[i] && of_mention(scene, x->v, own[i]) != YUTU_NO_INDEX)
      return of_mention(scene, x->v, own[i]);
  }
  for (uint32_t i = 0; i <= x->clause; i++) {
    if (scene->clauses[i].speaks_for != YUTU_NO_INDEX)
      return scene->clauses[i].speaks_for;
  }
  if (scene->subject != YUTU_NO_INDEX)
    return scene->subject;
  if (st->head && of_mention(scene, x->v, st->head) != YUTU_NO_INDEX)
    return of_mention(scene, x->v, st->head);
  x->sure = scene->topic != YUTU_NO_INDEX ? SURE_HEADING : SURE_TITLE;
  return scene->topic != YUTU_NO_INDEX ? scene->topic : scene->title;
}

// 11个项目落户，项目总投资…: those counted before.
static bool counted_already(const search *x, uint32_t i) {
  const yutu_slice word = yutu_document_text(x->v->d, x->v->t[i].begin, x->v->t[i].end);
  for (uint32_t k = 0; k < x->st->figure && k < x->v->statements.n; k++) {
    const yutu_statement *st = &x->v->statements.at[k];
    if (st->figure < x->st->figure && yutu_slice_ends(st->core, word))
      return true;
  }
  return false;
}

// Does the clause speak of something that no region can be: 项目总投资…, 该装置面积…? Not of how many: 项目12个.
static bool of_a_thing(const search *x) {
  const yutu_figure_clause *c = &x->scene->clauses[x->clause];
  const uint32_t i = opening(x->v, c);
  const uint32_t figure = x->v->figures.at[x->st->figure].token;
  if (i < figure && counted_already(x, i))
    return false;
  if (i + 1 >= figure || x->v->mention[i])
    return false;
  const yutu_token *t = &x->v->t[i];
  if (yutu_cp_at(x->v->d, t->begin) == 0x8BE5 && t->end - t->begin > 1) // 该园区 as one word
    return !yutu_cue_at(x->v, i, YUTU_CUE_FIG_LOCAL);
  if (yutu_cue_at(x->v, i, YUTU_CUE_DETERMINER))
    return !x->v->mention[i + 1] && !yutu_cue_at(x->v, i + 1, YUTU_CUE_FIG_LOCAL);
  return yutu_cue_at(x->v, i, YUTU_CUE_FIG_THING) &&
         (x->v->part[i + 1] == YUTU_PART_NOUN || x->v->part[i + 1] == YUTU_PART_TIME ||
          yutu_cue_at(x->v, i + 1, YUTU_CUE_FIG_OWN));
}

uint32_t yutu_figure_subject(const yutu_figure_scene *scene, const yutu_figure_view *v, const yutu_statement *st,
                             double *ret_sure) {
  search x = {.scene = scene, .v = v, .st = st, .clause = clause_of(scene, st->from), .national = st->national};
  uint32_t found = stated(&x);
  if (!x.settled && !x.national)
    found = founded(&x);
  if (!x.settled && !x.national)
    found = at_event(&x);
  if (!x.settled && !x.national)
    found = acting(&x);
  if (!x.settled && !x.national)
    found = acted(&x);
  if (!x.settled && (x.national || scene->national))
    found = of_nation(&x);
  if (!x.settled)
    found = remembered(&x);
  const yutu_class cls = class_of(v, found);
  if (x.sure <= SURE_SENTENCE &&
      (yutu_is_region(cls) || cls == YUTU_CLASS_ZONE || cls == YUTU_CLASS_GOVERNMENT_AGENCY) && of_a_thing(&x))
    found = YUTU_NO_INDEX;
  *ret_sure = x.sure;
  return found;
}
