/// @file extract/document.h  From the document under analysis to the article that leaves the extractor.
#ifndef YUTU_EXTRACT_DOCUMENT_H
#define YUTU_EXTRACT_DOCUMENT_H

#include "extract/analysis.h"

/// Title, byline, section and date of the article, as far as its text tells.
void yutu_find_metadata(yutu_document *d);

/// The finished record; borrowed from the document's arena.
void yutu_document_article(const yutu_document *d, const yutu_source *source, const char *file, yutu_article *ret);

#endif
