#include "queries/sparql/unicode.h"

#include <stdlib.h>
#include <unicode/ucasemap.h>
#include <unicode/ucol.h>
#include <unicode/uloc.h>

typedef int32_t (*case_mapping)(const UCaseMap *, char *, int32_t, const char *, int32_t, UErrorCode *);

static yutu_slice change_case(yutu_arena *arena, yutu_slice text, case_mapping map) {
  bool ascii = true;
  for (size_t i = 0; i < text.len && ascii; i++)
    ascii = (unsigned char)text.data[i] < 0x80;
  const size_t room = ascii ? text.len + 1 : text.len * 3 + 1; // no character becomes longer than three of itself
  char *out = yutu_arena_alloc(arena, room);
  if (room > INT32_MAX)
    return text;
  UErrorCode error = U_ZERO_ERROR;
  UCaseMap *root = ucasemap_open("", 0, &error);
  const int32_t n = U_SUCCESS(error) ? map(root, out, (int32_t)room, text.data, (int32_t)text.len, &error) : 0;
  ucasemap_close(root);
  return U_SUCCESS(error) ? (yutu_slice){out, (size_t)n} : text;
}

yutu_slice yutu_unicode_upper(yutu_arena *arena, yutu_slice text) {
  return change_case(arena, text, ucasemap_utf8ToUpper);
}

yutu_slice yutu_unicode_lower(yutu_arena *arena, yutu_slice text) {
  return change_case(arena, text, ucasemap_utf8ToLower);
}

struct yutu_collation {
  UCollator *collator;
};

yutu_status yutu_collation_open(const char *locale, yutu_collation **ret, yutu_error *err) {
  char id[ULOC_FULLNAME_CAPACITY], language[ULOC_LANG_CAPACITY];
  UErrorCode error = U_ZERO_ERROR;
  uloc_forLanguageTag(locale, id, sizeof id, NULL, &error);
  uloc_getLanguage(id, language, sizeof language, &error);
  bool known = false;
  for (int32_t i = 0, n = ucol_countAvailable(); i < n && !known && U_SUCCESS(error); i++) {
    char available[ULOC_LANG_CAPACITY];
    UErrorCode ignored = U_ZERO_ERROR;
    uloc_getLanguage(ucol_getAvailable(i), available, sizeof available, &ignored);
    known = language[0] && yutu_slice_eq(yutu_slice_of(available), yutu_slice_of(language));
  }
  if (U_FAILURE(error) || !known)
    return yutu_fail(err, YUTU_ERR_USAGE, "no collation \"%s\"; give a language, for example zh or en", locale);
  UCollator *collator = ucol_open(id, &error);
  yutu_collation *collation = malloc(sizeof *collation);
  if (U_FAILURE(error) || !collation) {
    ucol_close(collator);
    free(collation);
    return yutu_fail(err, YUTU_ERR_INTERNAL, "the collation \"%s\" cannot be opened: %s", locale, u_errorName(error));
  }
  collation->collator = collator;
  *ret = collation;
  return YUTU_OK;
}

void yutu_collation_free(yutu_collation *collation) {
  if (!collation)
    return;
  ucol_close(collation->collator);
  free(collation);
}

int yutu_collation_compare(const yutu_collation *collation, yutu_slice a, yutu_slice b) {
  UErrorCode error = U_ZERO_ERROR;
  const UCollationResult c = ucol_strcollUTF8(collation->collator, a.data ? a.data : "", (int32_t)a.len,
                                              b.data ? b.data : "", (int32_t)b.len, &error);
  return U_FAILURE(error) ? yutu_slice_cmp(a, b) : c == UCOL_LESS ? -1 : c == UCOL_GREATER;
}
