/// @file extract/things.h  The entities of an article while they are being found.
#ifndef YUTU_EXTRACT_THINGS_H
#define YUTU_EXTRACT_THINGS_H

#include "extract/names.h"

/// The thing that a candidate names: found by gazetteer entity, by what it was taught, or by its own text; made when
/// it is new. Adds the text to the thing's names.
uint32_t yutu_thing_of(yutu_names *ns, const yutu_candidate *c);

/// The thing of a gazetteer entity, made when it is new.
uint32_t yutu_thing_of_entity(yutu_names *ns, uint32_t entity);

/// Add a form to a thing's names (once).
void yutu_thing_name(yutu_names *ns, uint32_t thing, yutu_slice name);

/// Teach a form: from now on it names the thing. A form that two things share is forgotten.
void yutu_teach(yutu_names *ns, uint32_t thing, uint32_t begin, uint32_t end);

/// Teach the forms that follow from the thing's full form at [begin, end) with its name proper from `core`:
/// 瑞派宁 of 苏州瑞派宁科技有限公司, 中关村论坛年会 of 2026中关村论坛年会, and what （以下简称“…”） defines.
void yutu_teach_forms(yutu_names *ns, const yutu_sentence *s, const yutu_candidate *c, uint32_t thing);

/// Generic words that refer back to things of the article: 该公司, 合作区, 双方, 三省一市. Adds mentions to the
/// sentence's, which must be the document's last ones.
void yutu_refer_back(yutu_names *ns, yutu_sentence *s);

#endif
