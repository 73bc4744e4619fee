/// @file extract/figures_scene.h  Who acts in the clauses of a sentence, and what sentences hand on to each other.
#ifndef YUTU_EXTRACT_FIGURES_SCENE_H
#define YUTU_EXTRACT_FIGURES_SCENE_H

#include "extract/figures.h"
#include "extract/names.h"

enum { YUTU_FIGURE_CLAUSES_MAX = 64 };

/// Who acts in a clause, as far as it matters to figures. Things are indexes into the document's or YUTU_NO_INDEX.
typedef struct {
  uint32_t begin, end; ///< tokens
  uint32_t subject;    ///< thing
  uint32_t at;         ///< token of the subject
  uint32_t place;      ///< thing: 在苏州
  uint32_t object;     ///< thing that it issues or starts: what the next clause may be about
  uint32_t made;       ///< thing that it founds or builds
  uint32_t industry;   ///< thing
  uint32_t speaks_for; ///< region whose agency says what follows: 合肥市科技局局长表示
  bool tentative;      ///< it may belong to a relative clause: 江苏布局的…
  bool unnamed;        ///< the subject is something without a name: 某大学研制的…
  bool founds;         ///< it founds or builds something, named or not
  bool several;        ///< further subjects beside this one
  bool listed;         ///< it is the first of 甲、乙等30家
  bool closed;         ///< a semicolon follows
  bool group;          ///< the subject stands for several things: 两地
  bool national;       ///< 全国…
  bool source;         ///< only tells who says it
  bool local;          ///< 全省…
} yutu_figure_clause;

/// What sentences hand on to the next.
typedef struct {
  uint32_t section, block;
  uint32_t subject; ///< of the last sentence
  uint32_t topic;   ///< of the section's heading
  uint32_t title;   ///< of the article's title
  uint32_t issued;  ///< document issued in a sentence before
  uint32_t region;  ///< last one named
  uint32_t event;   ///< last one named
  bool national;
  yutu_figure_clause clauses[YUTU_FIGURE_CLAUSES_MAX];
  uint32_t n_clauses;
  uint32_t headings; ///< read so far
} yutu_figure_scene;

void yutu_figure_scene_start(yutu_figure_scene *scene);
/// The clauses of the sentence in the view.
void yutu_figure_scene_read(yutu_figure_scene *scene, const yutu_figure_view *v);
/// After the sentence: what the next one inherits. @param first  thing that its first figure is about
void yutu_figure_scene_end(yutu_figure_scene *scene, const yutu_figure_view *v, uint32_t first);

/// Can an entity of this class have figures? Not industries, people and countries, which need more evidence.
static inline bool yutu_can_have_figures(yutu_class cls) {
  return cls != YUTU_CLASS_INDUSTRY && cls != YUTU_CLASS_PERSON && cls != YUTU_CLASS_COUNTRY;
}

#endif
