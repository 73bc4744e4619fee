/// @file queries/embedded.h  Files of the source that are part of the program; made by catalogue/embed.cmake.
#ifndef YUTU_QUERIES_EMBEDDED_H
#define YUTU_QUERIES_EMBEDDED_H

#include <stddef.h>

typedef struct {
  const char *name;          ///< "partners.rq"
  const unsigned char *text; ///< static; NUL-terminated
  size_t size;               ///< bytes, without the NUL
} yutu_embedded_file;

extern const yutu_embedded_file yutu_catalogue_files[]; ///< queries/catalogue/*.rq, sorted by name
extern const size_t yutu_n_catalogue_files;

extern const yutu_embedded_file yutu_links_files[]; ///< queries/links/*.rq
extern const size_t yutu_n_links_files;

extern const yutu_embedded_file yutu_shapes_files[]; ///< ontology/shapes.ttl
extern const size_t yutu_n_shapes_files;

extern const yutu_embedded_file yutu_page_files[]; ///< queries/page: index.html, page.css, page.js
extern const size_t yutu_n_page_files;

#endif
