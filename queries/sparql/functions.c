#include "queries/sparql/functions.h"

#include "queries/sparql/functions_table.h"
#include "queries/sparql/vocabulary.h"

#include <string.h>
#include <strings.h>

#define ANY UINT32_MAX
#define E(name, min, max, function)                                                                                    \
  { name, min, max, false, false, yutu_fn_##function, NULL }
#define L(name, min, max, function)                                                                                    \
  { name, min, max, false, false, NULL, yutu_fn_##function }
#define V(name, min, max, function)                                                                                    \
  { name, min, max, false, true, yutu_fn_##function, NULL } // two calls may differ

static const yutu_function functions[] = {
    {"BOUND", 1, 1, true, false, NULL, yutu_fn_bound},
    L("IF", 3, 3, if),
    L("COALESCE", 0, ANY, coalesce),
    L("REGEX", 2, 3, regex),
    L("REPLACE", 3, 4, replace),
    E("STR", 1, 1, str),
    E("LANG", 1, 1, lang),
    E("LANGMATCHES", 2, 2, langmatches),
    E("DATATYPE", 1, 1, datatype),
    E("IRI", 1, 1, iri),
    E("URI", 1, 1, iri),
    V("BNODE", 0, 1, bnode),
    V("RAND", 0, 0, rand),
    V("UUID", 0, 0, uuid),
    V("STRUUID", 0, 0, struuid),
    E("ABS", 1, 1, abs),
    E("CEIL", 1, 1, ceil),
    E("FLOOR", 1, 1, floor),
    E("ROUND", 1, 1, round),
    E("CONCAT", 0, ANY, concat),
    E("STRLEN", 1, 1, strlen),
    E("UCASE", 1, 1, ucase),
    E("LCASE", 1, 1, lcase),
    E("ENCODE_FOR_URI", 1, 1, encode_for_uri),
    E("CONTAINS", 2, 2, contains),
    E("STRSTARTS", 2, 2, strstarts),
    E("STRENDS", 2, 2, strends),
    E("STRBEFORE", 2, 2, strbefore),
    E("STRAFTER", 2, 2, strafter),
    E("SUBSTR", 2, 3, substr),
    E("YEAR", 1, 1, year),
    E("MONTH", 1, 1, month),
    E("DAY", 1, 1, day),
    E("HOURS", 1, 1, hours),
    E("MINUTES", 1, 1, minutes),
    E("SECONDS", 1, 1, seconds),
    E("TIMEZONE", 1, 1, timezone),
    E("TZ", 1, 1, tz),
    E("NOW", 0, 0, now),
    E("MD5", 1, 1, md5),
    E("SHA1", 1, 1, sha1),
    E("SHA256", 1, 1, sha256),
    E("SHA384", 1, 1, sha384),
    E("SHA512", 1, 1, sha512),
    E("STRDT", 2, 2, strdt),
    E("STRLANG", 2, 2, strlang),
    E("sameTerm", 2, 2, same_term),
    E("isIRI", 1, 1, is_iri),
    E("isURI", 1, 1, is_iri),
    E("isBLANK", 1, 1, is_blank),
    E("isLITERAL", 1, 1, is_literal),
    E("isNUMERIC", 1, 1, is_numeric),
    E(YUTU_XSD "string", 1, 1, cast_string),
    E(YUTU_XSD "boolean", 1, 1, cast_boolean),
    E(YUTU_XSD "integer", 1, 1, cast_integer),
    E(YUTU_XSD "decimal", 1, 1, cast_decimal),
    E(YUTU_XSD "float", 1, 1, cast_float),
    E(YUTU_XSD "double", 1, 1, cast_double),
    E(YUTU_XSD "dateTime", 1, 1, cast_datetime),
    E(YUTU_XSD "date", 1, 1, cast_date),
};

const yutu_function *yutu_function_at(uint32_t index) {
  return &functions[index];
}

uint32_t yutu_function_of_name(yutu_slice name) {
  for (uint32_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    if (strlen(functions[i].name) == name.len && strncasecmp(functions[i].name, name.data, name.len) == 0)
      return i;
  }
  return YUTU_FUNCTION_NONE;
}

uint32_t yutu_function_of_iri(yutu_slice iri) {
  if (!yutu_slice_starts(iri, YUTU_SLICE(YUTU_XSD)))
    return YUTU_FUNCTION_NONE;
  for (uint32_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    if (yutu_slice_eq(iri, yutu_slice_of(functions[i].name)))
      return i;
  }
  return YUTU_FUNCTION_NONE;
}
