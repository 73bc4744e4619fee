// Figures stated of entities: observations with indicator, value, unit and period.
#include "extract/figures.h"

#include "extract/figures_period.h"
#include "extract/figures_subject.h"

#include <string.h>

enum { INDICATOR_BYTES_MAX = 120, ALIKE_AT_LEAST = 60 };

static const double SURE_CARRIED = 0.7;     // from the sentence before
static const double SURE_OF_HEADING = 0.85; // a heading's figure needs a subject of its own

typedef struct {
  uint32_t subject, sentence, section;
  yutu_slice indicator, value, unit;
} record;

typedef struct {
  yutu_document *d;
  yutu_figure_view *v;
  yutu_figure_scene scene;
  yutu_periods periods; ///< of the sentence
  YUTU_VEC(record) records;
  uint32_t *subjects; ///< of the statements of the sentence
} finder;

// Shared characters of two indicators, in hundredths of their mean length (Dice).
static uint32_t alike(yutu_slice a, yutu_slice b) {
  uint8_t used[INDICATOR_BYTES_MAX] = {0};
  uint32_t common = 0, n = 0;
  for (size_t i = 0; i + 2 < a.len; i += 3) {
    n++;
    for (size_t k = 0; k + 2 < b.len && k < INDICATOR_BYTES_MAX; k += 3) {
      if (!used[k] && memcmp(a.data + i, b.data + k, 3) == 0) {
        used[k] = 1;
        common++;
        break;
      }
    }
  }
  n += (uint32_t)(b.len / 3);
  return n ? 200 * common / n : 0;
}

// Said before: the headline's figure again, or a repetition.
static bool known(const finder *x, uint32_t subject, const yutu_statement *st) {
  for (uint32_t i = 0; i < x->records.n; i++) {
    const record *r = &x->records.at[i];
    if (r->sentence != x->v->sentence && r->subject == subject && yutu_slice_eq(r->value, st->value) &&
        yutu_slice_eq(r->unit, st->unit) && alike(r->indicator, st->indicator) >= ALIKE_AT_LEAST)
      return true;
  }
  return false;
}

// Does the body below the heading tell a figure of this unit? Then the heading's is that one, rounded.
static bool body_tells(const finder *x, const yutu_statement *st) {
  for (uint32_t i = 0; i < x->records.n; i++) {
    const record *r = &x->records.at[i];
    const bool here = r->section == x->v->s->section;
    if (yutu_slice_eq(r->unit, st->unit) && (here || yutu_slice_eq(r->value, st->value)))
      return true;
  }
  return false;
}

static bool planned(const yutu_figure_view *v, const yutu_statement *st) {
  const uint32_t clause = yutu_clause_begin(v, st->from);
  for (uint32_t i = 0; i < v->figures.at[st->figure].token; i++) {
    if (yutu_has_cue(&v->t[i], YUTU_CUE_FIG_GOAL) || (i >= clause && yutu_has_cue(&v->t[i], YUTU_CUE_FIG_PLAN)))
      return true;
  }
  return false;
}

// 新能源汽车销量 of 新能源汽车 is its 销量.
static yutu_slice without_subject(const yutu_figure_view *v, yutu_slice indicator, uint32_t subject) {
  const yutu_thing *t = &v->d->things.at[subject];
  for (uint32_t i = 0; i < t->names.n; i++) {
    const yutu_slice name = t->names.at[i];
    if (indicator.len > name.len && yutu_slice_starts(indicator, name))
      return (yutu_slice){indicator.data + name.len, indicator.len - name.len};
  }
  return indicator;
}

static void claim(finder *x, uint32_t i) {
  yutu_figure_view *v = x->v;
  yutu_statement *st = &v->statements.at[i];
  double sure = 0;
  uint32_t subject = YUTU_NO_INDEX;
  if (st->carried != YUTU_NO_TOKEN) {
    subject = x->subjects[st->carried];
    sure = 0.9;
  } else {
    subject = yutu_figure_subject(&x->scene, v, st, &sure);
  }
  x->subjects[i] = subject;
  if (subject != YUTU_NO_INDEX)
    st->indicator = without_subject(v, st->indicator, subject);
  if (subject == YUTU_NO_INDEX || !st->indicator.len || st->indicator.len > INDICATOR_BYTES_MAX || !st->value.len ||
      known(x, subject, st) || (v->s->heading && (sure < SURE_OF_HEADING || body_tells(x, st))))
    return;
  *YUTU_PUSH(x->d->arena, &x->records) =
      (record){subject, v->sentence, v->s->section, st->indicator, st->value, st->unit};
  const yutu_claim c = {.kind = YUTU_CLAIM_OBSERVATION,
                        .modality = planned(v, st) ? YUTU_MODALITY_PLANNED : YUTU_MODALITY_STATED,
                        .sentence = v->sentence,
                        .confidence = sure * st->sure,
                        .rule = yutu_slice_of(st->rule),
                        .subject = subject,
                        .object = YUTU_NO_INDEX,
                        .via = YUTU_NO_INDEX,
                        .indicator = st->indicator,
                        .value = st->value,
                        .unit = st->unit,
                        .period = yutu_figure_period(v, &x->periods, i, sure <= SURE_CARRIED)};
  yutu_document_claim(x->d, &c);
}

static void read_sentence(finder *x, uint32_t sentence, bool headings) {
  yutu_figure_view *v = x->v;
  yutu_figure_view_fill(v, sentence);
  yutu_find_numbers(v);
  yutu_figure_scene_read(&x->scene, v);
  uint32_t first = YUTU_NO_INDEX; // whom the first figure is about
  if (v->figures.n && v->s->heading == headings) {
    yutu_find_statements(v);
    if (v->statements.n)
      yutu_find_periods(v, &x->periods);
    x->subjects = YUTU_NEW_ARRAY(x->d->arena, uint32_t, v->statements.n + 1);
    for (uint32_t i = 0; i < v->statements.n; i++)
      claim(x, i);
    first = v->statements.n ? x->subjects[0] : first;
  }
  yutu_figure_scene_end(&x->scene, v, first);
}

void yutu_find_figures(yutu_document *d) {
  finder x = {.d = d, .v = yutu_figure_view_new(d)};
  const uint32_t n_mentions = d->mentions.n;
  yutu_figure_scene_start(&x.scene);
  for (uint32_t i = 0; i < d->sentences.n; i++)
    read_sentence(&x, i, false);
  for (uint32_t i = 0; i < d->sentences.n; i++) { // headings last: they repeat what the text says
    yutu_figure_scene_start(&x.scene);
    if (d->sentences.at[i].heading)
      read_sentence(&x, i, true);
  }
  d->mentions.n = n_mentions;
}
