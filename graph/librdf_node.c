#include "graph/librdf_node.h"

#include "graph/store_internal.h"

#include <string.h>

static yutu_slice slice_of_uri(librdf_uri *uri) {
  size_t n;
  const unsigned char *s = librdf_uri_as_counted_string(uri, &n);
  return (yutu_slice){(const char *)s, n};
}

static yutu_term term_of_literal(librdf_node *node) {
  size_t n;
  const unsigned char *s = librdf_node_get_literal_value_as_counted_string(node, &n);
  yutu_term term = {.kind = YUTU_TERM_LITERAL, .value = {(const char *)s, n}};
  librdf_uri *datatype = librdf_node_get_literal_value_datatype_uri(node);
  if (datatype)
    term.datatype = slice_of_uri(datatype);
  else
    term.language = yutu_slice_of(librdf_node_get_literal_value_language(node));
  return term;
}

yutu_term yutu_librdf_term(librdf_node *node) {
  size_t n;
  if (!node)
    return (yutu_term){.kind = YUTU_TERM_NONE};
  if (librdf_node_is_resource(node))
    return yutu_iri(slice_of_uri(librdf_node_get_uri(node)));
  if (librdf_node_is_literal(node))
    return term_of_literal(node);
  const unsigned char *label = librdf_node_get_counted_blank_identifier(node, &n);
  return (yutu_term){.kind = YUTU_TERM_BLANK, .value = {(const char *)label, n}};
}

static librdf_node *node_of_literal(librdf_world *world, const yutu_term *term) {
  char language[256]; // librdf takes its length but reads up to a NUL
  librdf_uri *datatype = NULL;
  if (term->language.len >= sizeof language)
    return NULL;
  if (term->language.len)
    memcpy(language, term->language.data, term->language.len);
  language[term->language.len] = '\0';
  if (term->datatype.len &&
      !(datatype = librdf_new_uri2(world, (const unsigned char *)term->datatype.data, term->datatype.len)))
    return NULL;
  librdf_node *node = librdf_new_node_from_typed_counted_literal(
      world, (const unsigned char *)(term->value.len ? term->value.data : ""), term->value.len,
      term->language.len ? language : NULL, term->language.len, datatype);
  if (datatype)
    librdf_free_uri(datatype);
  return node;
}

librdf_node *yutu_librdf_node(librdf_world *world, const yutu_term *term) {
  const unsigned char *value = (const unsigned char *)term->value.data;
  switch (term->kind) {
  case YUTU_TERM_IRI:
    return librdf_new_node_from_counted_uri_string(world, value, term->value.len);
  case YUTU_TERM_BLANK:
    return librdf_new_node_from_counted_blank_identifier(world, value, term->value.len);
  case YUTU_TERM_LITERAL:
    return node_of_literal(world, term);
  case YUTU_TERM_NONE:
    break;
  }
  return NULL;
}

void yutu_node_cache_clear(yutu_node_cache *cache) {
  for (size_t i = 0; i < YUTU_NODE_CACHE; i++) {
    if (cache->at[i].node)
      librdf_free_node(cache->at[i].node);
    cache->at[i].node = NULL;
    cache->at[i].id = YUTU_ID_NONE;
  }
}

librdf_node *yutu_node_of_id(yutu_node_cache *cache, librdf_world *world, yutu_snapshot *snapshot, yutu_id id,
                             yutu_error *err) {
  const size_t i = (size_t)(id * UINT64_C(0x9e3779b97f4a7c15) >> 40) & (YUTU_NODE_CACHE - 1);
  if (cache->at[i].id != id) {
    yutu_term term;
    if (yutu_term_get(snapshot, id, &term, err) != YUTU_OK)
      return NULL;
    librdf_node *node = yutu_librdf_node(world, &term);
    if (!node) {
      yutu_fail(err, YUTU_ERR_NOMEM, "librdf cannot make a node");
      return NULL;
    }
    if (cache->at[i].node)
      librdf_free_node(cache->at[i].node);
    cache->at[i].id = id;
    cache->at[i].node = node;
  }
  return librdf_new_node_from_node(cache->at[i].node);
}

void yutu_id_cache_clear(yutu_id_cache *cache) {
  for (size_t i = 0; i < YUTU_NODE_CACHE; i++) {
    if (cache->at[i].uri)
      librdf_free_uri(cache->at[i].uri);
    cache->at[i].uri = NULL;
  }
}

yutu_status yutu_id_of_node(yutu_id_cache *cache, yutu_snapshot *snapshot, librdf_node *node, yutu_id *ret,
                            yutu_error *err) {
  const yutu_term term = yutu_librdf_term(node);
  if (!cache || term.kind != YUTU_TERM_IRI)
    return yutu_term_find(snapshot, &term, ret, err);
  const uint64_t state = yutu_snapshot_state(snapshot);
  if (cache->state != state) {
    yutu_id_cache_clear(cache);
    cache->state = state;
  }
  librdf_uri *uri = librdf_node_get_uri(node);
  const size_t i = (size_t)((uintptr_t)uri * UINT64_C(0x9e3779b97f4a7c15) >> 40) & (YUTU_NODE_CACHE - 1);
  if (cache->at[i].uri == uri) {
    *ret = cache->at[i].id;
    return YUTU_OK;
  }
  YUTU_TRY(yutu_term_find(snapshot, &term, ret, err));
  if (cache->at[i].uri)
    librdf_free_uri(cache->at[i].uri);
  cache->at[i].uri = librdf_new_uri_from_uri(uri);
  cache->at[i].id = *ret;
  return YUTU_OK;
}
