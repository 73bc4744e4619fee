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

// The cluster that the article speaks of most.
static uint32_t main_cluster(const yutu_figure_view *v) {
  uint32_t found = YUTU_NO_INDEX;
  for (uint32_t i = 0; i < v->d->things.n; i++) {
    const yutu_thing *t = &v->d->things.at[i];
    if (t->cls == YUTU_CLASS_REGION_CLUSTER && t->n_mentions > 1 &&
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
    case 0x533A: // 区
    case 0x56ED: // 园
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
  if (c->source)
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
      return c == CLOSING;
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

// By who acts in its clause or where.
static uint32_t acting(search *x) {
  const yutu_figure_clause *c = &x->scene->clauses[x->clause];
  uint32_t found = from_clause(x->scene, x->v, c, x->st->from);
  x->sure = SURE_CLAUSE;
  x->settled = found != YUTU_NO_INDEX || (c->group && c->at < x->st->from);
  if (x->settled) {
    const bool lasting = x->v->figures.at[x->st->figure].kind == YUTU_FIGURE_TIME;
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

uint32_t yutu_figure_subject(const yutu_figure_scene *scene, const yutu_figure_view *v, const yutu_statement *st,
                             double *ret_sure) {
  search x = {.scene = scene, .v = v, .st = st, .clause = clause_of(scene, st->from), .national = st->national};
  uint32_t found = stated(&x);
  if (!x.settled && !x.national)
    found = acting(&x);
  if (!x.settled && !x.national)
    found = acted(&x);
  if (!x.settled && (x.national || scene->national))
    found = of_nation(&x);
  if (!x.settled)
    found = remembered(&x);
  *ret_sure = x.sure;
  return found;
}
