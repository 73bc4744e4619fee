/// @file tests/unit/markup.h  Text with its names marked → a document, so that rules can be tried without a name
/// finder.
///
///     [香港理工大学 University]和[福田区 District]联合成立了[智慧城市研究机构=研究机构 ResearchInstitute]。
///
/// A name ends with a blank and its class. `=` gives the canonical name (several, for 沪苏浙皖, joined by +). Brackets
/// may be nested: the inner name is a nested mention. `~` before the class makes an anaphor: [该公司=甲公司 ~Company].
/// A line that begins with "# " is a heading. Names that the gazetteer knows refer to it.
#ifndef YUTU_TESTS_MARKUP_H
#define YUTU_TESTS_MARKUP_H

#include "extract/analysis.h"

/// Everything lives in the arena.
/// @retval YUTU_ERR_INPUT  wrong marking; `err` says where
YUTU_NODISCARD yutu_status yutu_markup_read(yutu_arena *arena, const yutu_lexicon *lexicon, yutu_slice marked,
                                            yutu_document **ret, yutu_error *err);

/// The thing with this canonical name, or YUTU_NO_INDEX.
uint32_t yutu_markup_thing(const yutu_document *d, yutu_slice name);

#endif
