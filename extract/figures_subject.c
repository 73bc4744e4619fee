// Whom a figure is about: the entity at the head of its noun phrase, else who acts in its clause, else in the clauses
// and sentences before, else what the heading names. What is said of a whole nation is of nobody in particular.
#include "extract/figures_subject.h"

#include "extract/names.h"

static bool cue(const yutu_figure_view *v, uint32_t i, yutu_cue_kind kind) {
  return i < v->n && yutu_has_cue(&v->t[i], kind);
}

static bool can_have_figures(yutu_class cls) {
  return cls != YUTU_CLASS_INDUSTRY && cls != YUTU_CLASS_PERSON && cls != YUTU_CLASS_COUNTRY;
}

static const yutu_mention *mention_at(const yutu_figure_view *v, uint32_t i) {
  return i < v->n && v->mention[i] ? &v->d->mentions.at[v->mention[i] - 1] : NULL;
}

// ---- clauses ----

static bool begins(const yutu_figure_view *v, uint32_t i, uint32_t begin) {
  return v->mention[i] && (i == begin || v->mention[i - 1] != v->mention[i]);
}

static uint32_t last_token(const yutu_figure_view *v, uint32_t i) {
  while (i + 1 < v->n && v->mention[i + 1] == v->mention[i])
    i++;
  return i;
}

// Nothing but time, adverbs and the like stands before token i in its clause.
static bool opens(const yutu_figure_view *v, uint32_t i, uint32_t begin) {
  while (i > begin) {
    const uint8_t part = v->part[--i];
    if (part == YUTU_PART_NOUN || part == YUTU_PART_SOFT || part == YUTU_PART_VERB || part == YUTU_PART_PREPOSITION ||
        part == YUTU_PART_DE)
      return false;
  }
  return true;
}

typedef enum { BEFORE_NOTHING, BEFORE_PLACE, BEFORE_OTHER } before;

// The preposition that governs the mention at token i.
static before governed(const yutu_figure_view *v, uint32_t i, uint32_t begin) {
  while (i > begin && v->part[i - 1] == YUTU_PART_OPEN)
    i--;
  for (uint32_t k = i; k > begin; k--) {
    if (yutu_figure_is(v, k - 1, "占"))
      return BEFORE_OTHER;
    if (yutu_figure_is(v, k - 1, "与") && opens(v, k - 1, begin))
      return BEFORE_OTHER;
    if (v->part[k - 1] == YUTU_PART_PREPOSITION)
      return yutu_figure_is(v, k - 1, "在") || yutu_figure_is(v, k - 1, "于") ? BEFORE_PLACE : BEFORE_OTHER;
    if (v->part[k - 1] != YUTU_PART_NOUN && v->part[k - 1] != YUTU_PART_DE && v->part[k - 1] != YUTU_PART_JOIN &&
        v->part[k - 1] != YUTU_PART_PLACE)
      break;
    if (v->mention[k - 1] && k != i && v->part[k - 1] != YUTU_PART_JOIN && k + 1 < i)
      break;
  }
  return BEFORE_NOTHING;
}

static bool region_class(yutu_class cls) {
  return yutu_is_region(cls) && cls != YUTU_CLASS_COUNTRY;
}

// A later mention right behind the subject is more exact: 浙江 嘉兴, 德国 博世集团, 工业基地 邯郸 复兴区.
static bool more_exact(const yutu_figure_view *v, const yutu_figure_clause *c, uint32_t i) {
  if (c->subject == YUTU_NO_INDEX || c->tentative)
    return true;
  if (!yutu_is_region(v->d->things.at[c->subject].cls))
    return false;
  for (uint32_t k = last_token(v, c->at) + 1; k < i; k++) {
    if (v->part[k] != YUTU_PART_NOUN && v->part[k] != YUTU_PART_OPEN)
      return false;
  }
  return true;
}

static bool acts(const yutu_figure_view *v, uint32_t i, uint32_t begin) {
  if (v->part[i] == YUTU_PART_VERB)
    return !yutu_figure_is(v, i, "是");
  return v->part[i] == YUTU_PART_SOFT && (opens(v, i, begin) || yutu_figure_is(v, i + 1, "了") ||
                                          (i > begin && v->part[i - 1] == YUTU_PART_ADVERB));
}

// X、Y等51个平台: X is one of them.
static bool listed(const yutu_figure_view *v, uint32_t i) {
  bool list = false;
  for (i = last_token(v, i) + 1; i < v->n; i++) {
    list |= v->part[i] == YUTU_PART_JOIN;
    if (yutu_figure_is(v, i, "等"))
      return true;
    if (v->part[i] == YUTU_PART_NUMBER)
      return list && yutu_figure_at(v, i);
    if (v->part[i] != YUTU_PART_JOIN && v->part[i] != YUTU_PART_NOUN && v->part[i] != YUTU_PART_OPEN &&
        v->part[i] != YUTU_PART_CLOSE && v->part[i] != YUTU_PART_SOFT)
      return false;
  }
  return false;
}

// 在苏州，… or 在南京开工的…, not …在江苏点火.
static bool placed(const yutu_figure_view *v, uint32_t i, uint32_t begin) {
  while (i > begin && !yutu_figure_is(v, i, "在") && !yutu_figure_is(v, i, "于"))
    i--;
  return opens(v, i, begin);
}

static void read_mention(yutu_figure_scene *scene, const yutu_figure_view *v, yutu_figure_clause *c, uint32_t i,
                         bool acting) {
  const yutu_mention *m = mention_at(v, i);
  const uint32_t thing = m->entities[0];
  if (region_class(m->cls) && m->n_entities == 1)
    scene->region = thing;
  if (m->cls == YUTU_CLASS_GOVERNMENT_AGENCY && c->speaks_for == YUTU_NO_INDEX)
    c->speaks_for = yutu_region_of_name(v, i);
  if (m->cls == YUTU_CLASS_INDUSTRY && c->industry == YUTU_NO_INDEX)
    c->industry = thing;
  if (m->cls == YUTU_CLASS_COUNTRY && opens(v, i, c->begin) && last_token(v, i) + 1 < c->end &&
      v->part[last_token(v, i) + 1] == YUTU_PART_NOUN && !v->mention[last_token(v, i) + 1])
    c->national = true;
  if (!can_have_figures(m->cls))
    return;
  const bool of_list = listed(v, i);
  if (of_list && !opens(v, i, c->begin))
    return;
  const uint32_t next = last_token(v, i) + 1;
  if (yutu_figure_is(v, next, "下") || yutu_figure_is(v, next, "中")) // “零关税”政策下: a condition
    return;
  const before how = governed(v, i, c->begin);
  if (how == BEFORE_PLACE && m->n_entities == 1) {
    if (placed(v, i, c->begin) && m->cls != YUTU_CLASS_GOVERNMENT_AGENCY)
      c->place = thing;
  } else if (how == BEFORE_NOTHING && !acting) {
    if (more_exact(v, c, i)) {
      c->subject = thing;
      c->at = i;
      c->group = m->n_entities > 1;
      c->listed = of_list;
    } else {
      c->several = true;
    }
  }
}

// 两地, 三省一市
static bool group_word(const yutu_figure_view *v, uint32_t i) {
  return cue(v, i, YUTU_CUE_REGIONS_2) || cue(v, i, YUTU_CUE_REGIONS_3) || cue(v, i, YUTU_CUE_REGIONS_4);
}

static void read_clause(yutu_figure_scene *scene, const yutu_figure_view *v, yutu_figure_clause *c) {
  bool acting = false, issuing = false; // a verb has been read
  for (uint32_t i = c->begin; i < c->end; i++) {
    if (v->mention[i]) {
      if (!begins(v, i, c->begin))
        continue;
      const yutu_mention *m = mention_at(v, i);
      if (issuing && c->object == YUTU_NO_INDEX && can_have_figures(m->cls) && m->n_entities == 1 &&
          !yutu_is_region(m->cls))
        c->object = m->entities[0];
      read_mention(scene, v, c, i, acting);
      continue;
    }
    c->source |= cue(v, i, YUTU_CUE_FIG_SOURCE) || (issuing && yutu_figure_is(v, i, "数据"));
    c->local |= cue(v, i, YUTU_CUE_FIG_LOCAL);
    if (!acting && c->subject == YUTU_NO_INDEX && !c->group && group_word(v, i)) {
      c->group = true;
      c->at = i;
    }
    if (cue(v, i, YUTU_CUE_FIG_NATION) && opens(v, i, c->begin))
      c->national = true;
    if (v->part[i] == YUTU_PART_DE && acting) {
      acting = issuing = false;
      c->tentative = true;
    } else if (yutu_figure_is(v, i, "以来") && c->object != YUTU_NO_INDEX) { // 开展专项行动以来
      c->subject = c->object;
      c->at = i;
      c->several = c->group = false;
    } else if (acts(v, i, c->begin)) {
      acting = true;
      issuing = issuing || cue(v, i, YUTU_CUE_FIG_ISSUE);
    }
  }
}

void yutu_figure_scene_start(yutu_figure_scene *scene, const yutu_document *d) {
  (void)d;
  scene->section = UINT32_MAX;
  scene->subject = scene->topic = scene->title = scene->region = YUTU_NO_INDEX;
  scene->national = false;
  scene->headings = 0;
}

void yutu_figure_scene_read(yutu_figure_scene *scene, const yutu_figure_view *v) {
  if (v->s->section != scene->section) {
    scene->section = v->s->section;
    scene->subject = scene->topic = YUTU_NO_INDEX;
    scene->national = false;
  }
  scene->n_clauses = 0;
  for (uint32_t i = 0; i < v->n && scene->n_clauses < YUTU_FIGURE_CLAUSES_MAX;) {
    const uint32_t end = yutu_clause_end(v, i);
    yutu_figure_clause *c = &scene->clauses[scene->n_clauses];
    *c = (yutu_figure_clause){.begin = i, .end = end, .subject = YUTU_NO_INDEX, .place = YUTU_NO_INDEX,
                              .object = YUTU_NO_INDEX, .speaks_for = YUTU_NO_INDEX, .industry = YUTU_NO_INDEX};
    c->closed = end < v->n && yutu_figure_is(v, end, "；");
    if (end > i) {
      read_clause(scene, v, c);
      if (!c->source)
        c->speaks_for = YUTU_NO_INDEX;
      scene->n_clauses++;
    }
    i = end + 1;
  }
}

void yutu_figure_scene_end(yutu_figure_scene *scene, const yutu_figure_view *v, uint32_t first) {
  uint32_t subject = YUTU_NO_INDEX, place = YUTU_NO_INDEX;
  bool national = false;
  for (uint32_t i = 0; i < scene->n_clauses; i++) {
    const yutu_figure_clause *c = &scene->clauses[i];
    if (c->source)
      continue;
    if (subject == YUTU_NO_INDEX && !c->group)
      subject = c->subject;
    if (place == YUTU_NO_INDEX)
      place = c->place;
    national |= c->national && subject == YUTU_NO_INDEX;
  }
  if (subject == YUTU_NO_INDEX)
    subject = place;
  if (first != YUTU_NO_INDEX && (subject == YUTU_NO_INDEX || v->d->things.at[subject].cls == YUTU_CLASS_POLICY))
    subject = first;
  if (subject != YUTU_NO_INDEX) {
    scene->subject = subject;
    scene->national = false;
  } else if (national) {
    scene->subject = YUTU_NO_INDEX;
    scene->national = true;
  }
  if (v->s->heading) {
    scene->topic = subject;
    if (!scene->headings++)
      scene->title = subject;
  }
}

// ---- the subject of a statement ----

static uint32_t clause_of(const yutu_figure_scene *scene, uint32_t token) {
  uint32_t i = 0;
  while (i + 1 < scene->n_clauses && scene->clauses[i].end <= token)
    i++;
  return i;
}

static uint32_t group_topic(const yutu_figure_scene *scene, const yutu_figure_view *v) {
  const uint32_t tries[] = {scene->topic, scene->title};
  for (size_t i = 0; i < 2; i++) {
    if (tries[i] != YUTU_NO_INDEX && can_have_figures(v->d->things.at[tries[i]].cls))
      return tries[i];
  }
  uint32_t found = YUTU_NO_INDEX; // the cluster that the article speaks of
  for (uint32_t i = 0; i < v->d->things.n; i++) {
    const yutu_thing *t = &v->d->things.at[i];
    if (t->cls == YUTU_CLASS_REGION_CLUSTER && t->n_mentions > 1 &&
        (found == YUTU_NO_INDEX || t->n_mentions > v->d->things.at[found].n_mentions))
      found = i;
  }
  return found;
}

static uint32_t of_mention(const yutu_figure_scene *scene, const yutu_figure_view *v, uint32_t mention) {
  const yutu_mention *m = &v->d->mentions.at[mention - 1];
  if (m->n_entities > 1)
    return group_topic(scene, v);
  return can_have_figures(m->cls) ? m->entities[0] : YUTU_NO_INDEX;
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
  return region_class(cls) || cls == YUTU_CLASS_ZONE;
}

static uint32_t local_region(const yutu_figure_scene *scene, const yutu_figure_view *v, uint32_t clause) {
  uint32_t at = scene->clauses[clause].begin;
  while (at < v->n && !cue(v, at, YUTU_CUE_FIG_LOCAL))
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

// In the words of somebody: 我们的研发投入…
static bool speaks(const yutu_figure_view *v, uint32_t token) {
  for (uint32_t i = yutu_clause_begin(v, token); i <= token && i < v->n; i++) {
    if (yutu_figure_is(v, i, "我们") || yutu_figure_is(v, i, "我") || yutu_figure_is(v, i, "咱们"))
      return true;
  }
  return false;
}

// Who says it, after the quotation: the organisation of the speaker if it is named, else the speaker.
static uint32_t speaker(const yutu_figure_view *v, uint32_t token) {
  uint32_t found = YUTU_NO_INDEX;
  for (uint32_t i = token; i < v->n; i++) {
    const yutu_mention *m = mention_at(v, i);
    if (m && m->n_entities == 1 && found == YUTU_NO_INDEX &&
        (m->cls == YUTU_CLASS_PERSON || yutu_is_organisation(m->cls)))
      found = m->entities[0];
    if (cue(v, i, YUTU_CUE_SAYING))
      return found;
  }
  return YUTU_NO_INDEX;
}

static bool initiative(yutu_class cls) {
  return cls == YUTU_CLASS_PROGRAM || cls == YUTU_CLASS_POLICY || cls == YUTU_CLASS_PLATFORM || cls == YUTU_CLASS_EVENT;
}

uint32_t yutu_figure_subject(const yutu_figure_scene *scene, const yutu_figure_view *v, const yutu_statement *st,
                             double *ret_sure) {
  const uint32_t k = clause_of(scene, st->from);
  const yutu_figure_clause *c = &scene->clauses[k];
  *ret_sure = 0.95;
  if (st->region != YUTU_NO_INDEX)
    return st->region;
  if (st->head && !st->in_object && of_mention(scene, v, st->head) != YUTU_NO_INDEX)
    return of_mention(scene, v, st->head);
  if (speaks(v, st->from))
    return speaker(v, st->from);
  if (st->object)
    return of_mention(scene, v, st->object);
  bool national = st->national;
  if (!national) {
    *ret_sure = 0.9;
    uint32_t found = from_clause(scene, v, c, st->from);
    if (found == YUTU_NO_INDEX && c->group && c->at < st->from)
      return found;
    if (found != YUTU_NO_INDEX)
      return found;
    *ret_sure = 0.85;
    if ((st->local || (c->local && !st->whole.len)) && (found = local_region(scene, v, k)) != YUTU_NO_INDEX)
      return found;
    national = c->national;
    bool closed = false;
    for (uint32_t i = k; i && !national; i--) {
      const yutu_figure_clause *earlier = &scene->clauses[i - 1];
      if (cue(v, c->begin, YUTU_CUE_FIG_CONTENT) && earlier->object != YUTU_NO_INDEX)
        return earlier->object;
      closed |= earlier->closed;
      if (!closed || (!earlier->several && earlier->subject != YUTU_NO_INDEX))
        found = from_clause(scene, v, earlier, v->n);
      if (found == YUTU_NO_INDEX && earlier->local)
        found = local_region(scene, v, i - 1);
      if (found != YUTU_NO_INDEX)
        return st->head && v->d->things.at[found].cls == YUTU_CLASS_POLICY ? of_mention(scene, v, st->head) : found;
      national = earlier->national;
    }
  }
  if (national || scene->national) {
    *ret_sure = 0.6;
    if (!st->national && !st->industry && scene->topic != YUTU_NO_INDEX &&
        initiative(v->d->things.at[scene->topic].cls))
      return scene->topic; // 全国计划招聘…: said of the plan that the heading names
    *ret_sure = 0.8;
    return st->industry ? v->d->mentions.at[st->industry - 1].entities[0] : YUTU_NO_INDEX;
  }
  *ret_sure = 0.7;
  const uint32_t own[] = {st->itself, st->head, st->inner};
  for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
    if (own[i] && of_mention(scene, v, own[i]) != YUTU_NO_INDEX)
      return of_mention(scene, v, own[i]);
  }
  for (uint32_t i = 0; i <= k; i++) {
    if (scene->clauses[i].speaks_for != YUTU_NO_INDEX)
      return scene->clauses[i].speaks_for;
  }
  if (scene->subject != YUTU_NO_INDEX)
    return scene->subject;
  *ret_sure = 0.6;
  if (scene->topic != YUTU_NO_INDEX)
    return scene->topic;
  *ret_sure = 0.5;
  return scene->title;
}
