/// @file extract/figures_subject.h  Whom a figure is about.
#ifndef YUTU_EXTRACT_FIGURES_SUBJECT_H
#define YUTU_EXTRACT_FIGURES_SUBJECT_H

#include "extract/figures_scene.h"

/// The thing that a statement is about, or YUTU_NO_INDEX. @param[out] ret_sure  0 to 1
uint32_t yutu_figure_subject(const yutu_figure_scene *scene, const yutu_figure_view *v, const yutu_statement *st,
                             double *ret_sure);

#endif
