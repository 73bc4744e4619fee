/// @file queries/sparql/calendar.h  XSD's dates and times: read, put in order, taken apart.
///
/// Source: XML Schema Definition Language 1.1 Part 2, sections 3.3.7–3.3.14 and D.3 (seven-property model).
#ifndef YUTU_QUERIES_SPARQL_CALENDAR_H
#define YUTU_QUERIES_SPARQL_CALENDAR_H

#include "base/slice.h"

typedef enum {
  YUTU_CALENDAR_DATE_TIME,
  YUTU_CALENDAR_DATE,
  YUTU_CALENDAR_TIME,
  YUTU_CALENDAR_YEAR,
  YUTU_CALENDAR_YEAR_MONTH,
  YUTU_CALENDAR_MONTH,
  YUTU_CALENDAR_MONTH_DAY,
  YUTU_CALENDAR_DAY,
} yutu_calendar_kind;

#define YUTU_SECOND_FRACTION UINT64_C(1000000000000000000) ///< parts of a second

typedef struct {
  int64_t seconds;   ///< since 1970-01-01T00:00:00; UTC if there is a zone, else local
  uint64_t fraction; ///< of a second, in YUTU_SECOND_FRACTION parts
  int64_t year;
  int16_t zone; ///< minutes east of UTC
  uint8_t month, day, hour, minute, second;
  bool has_zone;
} yutu_calendar;

/// Take exactly a lexical form of the kind; false when it is none.
bool yutu_calendar_parse(yutu_slice text, yutu_calendar_kind kind, yutu_calendar *ret);

/// From days since 1970-01-01, without a zone.
yutu_calendar yutu_calendar_of_days(int64_t days);
yutu_calendar yutu_calendar_of_year(int64_t year);
int64_t yutu_days_of_date(int64_t year, unsigned month, unsigned day);

enum { YUTU_INCOMPARABLE = 2 };

/// -1, 0, 1, or YUTU_INCOMPARABLE: one has a zone, the other not, and they are less than 14 hours apart.
int yutu_calendar_compare(const yutu_calendar *a, const yutu_calendar *b);

/// The same made total: what has no zone counts as UTC, and comes first among equals.
int yutu_calendar_order(const yutu_calendar *a, const yutu_calendar *b);

enum { YUTU_CALENDAR_TEXT_MAX = 80 };

/// The canonical text of an xsd:dateTime, xsd:date or xsd:gYear. Returns the length.
size_t yutu_calendar_format(const yutu_calendar *c, yutu_calendar_kind kind, char out[YUTU_CALENDAR_TEXT_MAX]);

#endif
