// The scene of a sentence: subject, place and scope of each clause.
//
// The subject is the entity named before the clause's first verb that no preposition governs. 在苏州，… opens a place.
#include "extract/figures_scene.h"

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
        part == YUTU_PART_DE || part == YUTU_PART_JOIN)
      return false;
  }
  return true;
}

typedef enum { BEFORE_NOTHING, BEFORE_PLACE, BEFORE_OTHER } before;

// The preposition that governs the mention at token i, alone or as one of a list.
static before governed(const yutu_figure_view *v, uint32_t i, uint32_t begin) {
  while (i > begin && v->part[i - 1] == YUTU_PART_OPEN)
    i--;
  for (uint32_t k = i; k > begin; k--) {
    if (yutu_figure_is(v, k - 1, "占") || (yutu_figure_is(v, k - 1, "与") && opens(v, k - 1, begin)))
      return BEFORE_OTHER;
    if (v->part[k - 1] == YUTU_PART_PREPOSITION)
      return yutu_figure_is(v, k - 1, "在") || yutu_figure_is(v, k - 1, "于") ? BEFORE_PLACE : BEFORE_OTHER;
    const uint8_t part = v->part[k - 1];
    if (part != YUTU_PART_NOUN && part != YUTU_PART_DE && part != YUTU_PART_JOIN && part != YUTU_PART_PLACE)
      break;
    if (v->mention[k - 1] && k < i && !v->mention[k] && v->part[k] != YUTU_PART_JOIN && v->part[k] != YUTU_PART_DE)
      break; // another name stands between
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
  return v->part[i] == YUTU_PART_SOFT &&
         (opens(v, i, begin) || yutu_figure_is(v, i + 1, "了") || (i > begin && v->part[i - 1] == YUTU_PART_ADVERB));
}

// X、Y等51个平台: X is one of them.
static bool listed(const yutu_figure_view *v, uint32_t i) {
  bool list = i && v->part[i - 1] == YUTU_PART_JOIN;
  if (!list && (yutu_figure_is(v, last_token(v, i) + 1, "与") || yutu_figure_is(v, last_token(v, i) + 1, "同")))
    return false; // 甲与乙、丙等30家企业共建: 甲 acts
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

// 落户的 广东 企业: after a relative clause and before a noun it is only part of what is spoken of.
static bool modifier(const yutu_figure_view *v, uint32_t i, uint32_t begin) {
  const uint32_t next = last_token(v, i) + 1;
  return i > begin + 1 && v->part[i - 1] == YUTU_PART_DE && yutu_verbal(v, i - 2) && next < v->n &&
         v->part[next] == YUTU_PART_NOUN && !v->mention[next];
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
  if (!yutu_can_have_figures(m->cls))
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
  } else if (how == BEFORE_NOTHING && !acting && !modifier(v, i, c->begin)) {
    if (m->n_entities > 1) { // 沪苏浙皖, or 四地 after their names
      c->group = true;
      c->at = i;
    } else if (more_exact(v, c, i)) {
      c->subject = thing;
      c->at = i;
      c->listed = of_list;
    } else {
      c->several = true;
    }
  }
}

// 两地, 三省一市
static bool group_word(const yutu_figure_view *v, uint32_t i) {
  return yutu_cue_at(v, i, YUTU_CUE_REGIONS_2) || yutu_cue_at(v, i, YUTU_CUE_REGIONS_3) ||
         yutu_cue_at(v, i, YUTU_CUE_REGIONS_4);
}

static void read_clause(yutu_figure_scene *scene, const yutu_figure_view *v, yutu_figure_clause *c) {
  bool acting = false, issuing = false; // a verb has been read
  for (uint32_t i = c->begin; i < c->end; i++) {
    if (v->mention[i]) {
      if (!begins(v, i, c->begin))
        continue;
      const yutu_mention *m = mention_at(v, i);
      if (issuing && c->object == YUTU_NO_INDEX && yutu_can_have_figures(m->cls) && m->n_entities == 1 &&
          !yutu_is_region(m->cls))
        c->object = m->entities[0];
      read_mention(scene, v, c, i, acting);
      continue;
    }
    if (yutu_cue_at(v, i, YUTU_CUE_FIG_DOCUMENT) && c->subject == YUTU_NO_INDEX && opens(v, i, c->begin) &&
        scene->issued != YUTU_NO_INDEX) { // 《…》发布。方案提出…
      c->subject = scene->issued;
      c->at = i;
    }
    c->source |= yutu_cue_at(v, i, YUTU_CUE_FIG_SOURCE) || (issuing && yutu_figure_is(v, i, "数据"));
    c->local |= yutu_cue_at(v, i, YUTU_CUE_FIG_LOCAL);
    if (!acting && !c->group && group_word(v, i) && (c->subject == YUTU_NO_INDEX || c->several || c->listed)) {
      c->group = true;
      c->at = i;
    }
    if (yutu_cue_at(v, i, YUTU_CUE_FIG_NATION) && opens(v, i, c->begin))
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
      issuing = issuing || yutu_cue_at(v, i, YUTU_CUE_FIG_ISSUE);
    }
  }
}

void yutu_figure_scene_start(yutu_figure_scene *scene) {
  scene->section = UINT32_MAX;
  scene->subject = scene->topic = scene->title = scene->region = scene->issued = YUTU_NO_INDEX;
  scene->national = false;
  scene->headings = 0;
}

void yutu_figure_scene_read(yutu_figure_scene *scene, const yutu_figure_view *v) {
  if (v->s->section != scene->section) {
    scene->section = v->s->section;
    scene->subject = scene->topic = scene->issued = scene->region = YUTU_NO_INDEX;
    scene->national = false;
  }
  scene->n_clauses = 0;
  for (uint32_t i = 0; i < v->n && scene->n_clauses < YUTU_FIGURE_CLAUSES_MAX;) {
    const uint32_t end = yutu_clause_end(v, i);
    yutu_figure_clause *c = &scene->clauses[scene->n_clauses];
    *c = (yutu_figure_clause){.begin = i,
                              .end = end,
                              .subject = YUTU_NO_INDEX,
                              .place = YUTU_NO_INDEX,
                              .object = YUTU_NO_INDEX,
                              .speaks_for = YUTU_NO_INDEX,
                              .industry = YUTU_NO_INDEX};
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
    const uint32_t object = scene->clauses[i].object;
    if (object != YUTU_NO_INDEX && v->d->things.at[object].cls == YUTU_CLASS_POLICY)
      scene->issued = object;
  }
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
