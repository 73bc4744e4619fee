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
  const bool joined = i > begin && v->part[i - 1] == YUTU_PART_JOIN;
  for (uint32_t k = i; k > begin; k--) {
    if (yutu_figure_is(v, k - 1, "占") || (yutu_figure_is(v, k - 1, "与") && opens(v, k - 1, begin)))
      return BEFORE_OTHER;
    if (v->part[k - 1] == YUTU_PART_PREPOSITION)
      return yutu_figure_is(v, k - 1, "在") || yutu_figure_is(v, k - 1, "于") ? BEFORE_PLACE : BEFORE_OTHER;
    const uint8_t part = v->part[k - 1];
    // 由 兵团 第九 师 和…; 与 泰国、缅甸 等 9个 东盟国家
    const bool number =
        part == YUTU_PART_NUMBER && (joined ? !yutu_figure_at(v, k - 1) : yutu_figure_at(v, k - 1) != NULL);
    if (part != YUTU_PART_NOUN && part != YUTU_PART_DE && part != YUTU_PART_JOIN && part != YUTU_PART_PLACE &&
        !number && !yutu_figure_is(v, k - 1, "等"))
      break;
    if (!joined && v->mention[k - 1] && k < i && !v->mention[k] && !yutu_figure_is(v, k, "等") &&
        v->part[k] != YUTU_PART_JOIN && v->part[k] != YUTU_PART_DE)
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
  const yutu_class cls = v->d->things.at[c->subject].cls;
  const bool place = yutu_is_region(cls) || cls == YUTU_CLASS_ZONE;
  for (uint32_t k = last_token(v, c->at) + 1; k < i; k++) {
    const bool of =
        v->part[k] == YUTU_PART_DE && k + 1 == i && yutu_is_organisation(v->d->mentions.at[v->mention[i] - 1].cls);
    if ((v->part[k] != YUTU_PART_NOUN || !place) && v->part[k] != YUTU_PART_OPEN && !(of && place))
      return false; // 柳州 的 某公司 is the company
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

static bool verb_between(const yutu_figure_view *v, uint32_t begin, uint32_t end) {
  while (begin < end && !yutu_verbal(v, begin))
    begin++;
  return begin < end;
}

// 某中心 设在 园区: something that no list knows does something to the name at token i.
static bool object_of(const yutu_figure_view *v, uint32_t begin, uint32_t i) {
  uint32_t verb = i;
  while (verb > begin && v->part[verb - 1] == YUTU_PART_OPEN)
    verb--;
  if (verb <= begin + 1 || v->part[verb - 1] != YUTU_PART_SOFT || v->t[verb - 1].end - v->t[verb - 1].begin < 2)
    return false;
  const uint32_t noun = verb - 2;
  return v->part[noun] == YUTU_PART_NOUN && !v->mention[noun] && v->t[noun].word.pos[0] == 'n';
}

static void read_mention(yutu_figure_scene *scene, const yutu_figure_view *v, yutu_figure_clause *c, uint32_t i,
                         bool acting) {
  const yutu_mention *m = mention_at(v, i);
  const uint32_t thing = m->entities[0];
  if (region_class(m->cls) && m->n_entities == 1)
    scene->region = thing;
  if (m->cls == YUTU_CLASS_EVENT)
    scene->event = thing;
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
    if (m->n_entities > 1 && c->subject != YUTU_NO_INDEX && verb_between(v, last_token(v, c->at) + 1, i))
      return;                // 北京输出津冀技术合同
    if (m->n_entities > 1) { // 沪苏浙皖, or 四地 after their names
      c->group = true;
      c->unnamed |= !yutu_is_region(m->cls); // 双方, each of them
      c->at = i;
    } else if (c->subject == YUTU_NO_INDEX && object_of(v, c->begin, i)) {
      c->unnamed = true; // 某中心设在园区
      c->at = i;
    } else if (more_exact(v, c, i)) {
      c->subject = thing;
      c->at = i;
      c->listed = of_list;
      c->unnamed = false;
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

// Does a relative clause end at token i: 江苏布局 的, 甲与乙共建 的, 丙研制的?
static bool relative(const yutu_figure_view *v, uint32_t i, const yutu_figure_clause *c, bool acting) {
  enum { DE = 0x7684 };
  const yutu_token *t = &v->t[i];
  if (v->part[i] == YUTU_PART_DE)
    return acting || (c->subject != YUTU_NO_INDEX && i > c->begin && yutu_verbal(v, i - 1));
  return c->subject != YUTU_NO_INDEX && t->kind == YUTU_TOKEN_WORD && t->end - t->begin > 2 &&
         yutu_cp_at(v->d, t->end - 1) == DE;
}

// Is what an organisation's relative clause describes, from token i on, a thing of its own rather than something that
// it counts: 某大学研制的土壤调理剂, ，某所研制的“星座”首批12颗卫星; not 新增进入的7家企业?
static bool nameless(const yutu_figure_view *v, uint32_t i, const yutu_figure_clause *c) {
  if (!yutu_is_organisation(v->d->things.at[c->subject].cls))
    return false;
  if (i < c->end && v->part[i] == YUTU_PART_OPEN)
    return true;
  for (; i < c->end; i++) {
    if (yutu_figure_at(v, i))
      return false;
  }
  return true;
}

// 这一工程 at token i: something that the article does not name.
static bool points_at_thing(const yutu_figure_view *v, uint32_t i, const yutu_figure_clause *c) {
  return c->subject == YUTU_NO_INDEX && yutu_cue_at(v, i, YUTU_CUE_DETERMINER) && opens(v, i, c->begin) &&
         i + 1 < c->end && !v->mention[i + 1] && yutu_cue_at(v, i + 1, YUTU_CUE_FIG_THING);
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
      if (c->founds && yutu_can_have_figures(m->cls) && m->n_entities == 1 && !yutu_is_region(m->cls) &&
          governed(v, i, c->begin) == BEFORE_NOTHING)
        c->made = m->entities[0];
      read_mention(scene, v, c, i, acting);
      continue;
    }
    if (yutu_cue_at(v, i, YUTU_CUE_FIG_DOCUMENT) && c->subject == YUTU_NO_INDEX && opens(v, i, c->begin) &&
        scene->issued != YUTU_NO_INDEX) { // 《…》发布。方案提出…
      c->subject = scene->issued;
      c->at = i;
    }
    if (points_at_thing(v, i, c)) {
      c->unnamed = true;
      c->at = i;
    }
    c->source |= yutu_cue_at(v, i, YUTU_CUE_FIG_SOURCE) || (issuing && yutu_figure_is(v, i, "数据"));
    c->local |= yutu_cue_at(v, i, YUTU_CUE_FIG_LOCAL) && !(acting && yutu_figure_is(v, i, "当地"));
    c->founds |= yutu_cue_at(v, i, YUTU_CUE_FIG_FOUND) && (yutu_verbal(v, i) || v->t[i].end - v->t[i].begin > 2);
    if (!acting && !c->group && group_word(v, i) && (c->subject == YUTU_NO_INDEX || c->several || c->listed)) {
      c->group = true;
      c->at = i;
    }
    if (yutu_cue_at(v, i, YUTU_CUE_FIG_NATION) && opens(v, i, c->begin))
      c->national = true;
    if (relative(v, i, c, acting)) {
      acting = issuing = false;
      c->tentative = true;
      c->unnamed = c->subject != YUTU_NO_INDEX && nameless(v, i + 1, c);
    } else if (yutu_figure_is(v, i, "以来") && c->object != YUTU_NO_INDEX) { // 开展专项行动以来
      c->subject = c->object;
      c->at = i;
      c->several = c->group = false;
    } else if (yutu_figure_is(v, i, "由") && v->part[i] == YUTU_PART_PREPOSITION) { // whoever does it, it is not theirs
      acting = true;
    } else if (acts(v, i, c->begin)) {
      acting = true;
      issuing = issuing || yutu_cue_at(v, i, YUTU_CUE_FIG_ISSUE) || yutu_figure_is(v, i, "即");
    }
  }
}

void yutu_figure_scene_start(yutu_figure_scene *scene) {
  scene->section = UINT32_MAX;
  scene->subject = scene->topic = scene->title = scene->region = scene->event = scene->issued = YUTU_NO_INDEX;
  scene->national = false;
  scene->headings = 0;
}

void yutu_figure_scene_read(yutu_figure_scene *scene, const yutu_figure_view *v) {
  if (v->s->section != scene->section) {
    scene->section = v->s->section;
    scene->subject = scene->topic = scene->issued = scene->region = scene->event = YUTU_NO_INDEX;
    scene->national = false;
  }
  if (v->s->block != scene->block && !v->s->heading) { // a new paragraph starts from what the text is about
    const uint32_t about = scene->topic != YUTU_NO_INDEX ? scene->topic : scene->title;
    if (about != YUTU_NO_INDEX && yutu_can_have_figures(v->d->things.at[about].cls))
      scene->subject = about;
  }
  scene->block = v->s->block;
  scene->n_clauses = 0;
  for (uint32_t i = 0; i < v->n && scene->n_clauses < YUTU_FIGURE_CLAUSES_MAX;) {
    const uint32_t end = yutu_clause_end(v, i);
    yutu_figure_clause *c = &scene->clauses[scene->n_clauses];
    *c = (yutu_figure_clause){.begin = i,
                              .end = end,
                              .subject = YUTU_NO_INDEX,
                              .place = YUTU_NO_INDEX,
                              .object = YUTU_NO_INDEX,
                              .made = YUTU_NO_INDEX,
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
  bool national = false, unnamed = false;
  for (uint32_t i = 0; i < scene->n_clauses; i++) {
    const uint32_t object = scene->clauses[i].object;
    if (object != YUTU_NO_INDEX && v->d->things.at[object].cls == YUTU_CLASS_POLICY)
      scene->issued = object;
  }
  for (uint32_t i = 0; i < scene->n_clauses; i++) {
    const yutu_figure_clause *c = &scene->clauses[i];
    if (c->source)
      continue;
    unnamed |= c->unnamed && subject == YUTU_NO_INDEX;
    if (subject == YUTU_NO_INDEX && !c->group && !c->unnamed)
      subject = c->subject;
    if (place == YUTU_NO_INDEX)
      place = c->place;
    national |= c->national && subject == YUTU_NO_INDEX;
  }
  if (subject == YUTU_NO_INDEX)
    subject = place;
  if (first != YUTU_NO_INDEX && yutu_can_have_figures(v->d->things.at[first].cls) &&
      (subject == YUTU_NO_INDEX || v->d->things.at[subject].cls == YUTU_CLASS_POLICY))
    subject = first;
  if (subject != YUTU_NO_INDEX) {
    scene->subject = subject;
    scene->national = false;
  } else if (unnamed) {
    scene->subject = YUTU_NO_INDEX; // the next sentence may go on about it
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
