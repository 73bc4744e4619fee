/// @file ontology/claim.h  What one article says: the record that extract/ makes and graph/ takes.
///
/// Everything here is borrowed from the document's arena and valid until that arena is reset. Strings are UTF-8,
/// NUL-terminated, simplified script; only a sentence's `printed` quotes the source as it stands.
/// Entities, sentences and claims refer to each other by index into the article's arrays.
#ifndef YUTU_ONTOLOGY_CLAIM_H
#define YUTU_ONTOLOGY_CLAIM_H

#include "base/slice.h"
#include "ontology/vocabulary.h"

enum { YUTU_NO_INDEX = UINT32_MAX };

/// A thing that the article names.
typedef struct {
  yutu_class cls;
  yutu_slice name;               ///< canonical name: the gazetteer's, else the fullest form in the text
  const yutu_slice *other_names; ///< further forms used in the text, sorted, without `name`
  uint32_t n_other_names;
  yutu_slice id;        ///< IRI local part from the gazetteer ("region/440300"), else empty: made of class and name
  yutu_slice job_title; ///< of a Person: posts, "；"-separated; else empty
} yutu_entity;

/// A sentence that a claim rests on.
typedef struct {
  uint32_t begin, end; ///< code points of the source file, half-open (RFC 5147)
  yutu_slice printed;  ///< the source's own characters from begin to end
} yutu_sentence_ref;

typedef enum { YUTU_CLAIM_RELATION, YUTU_CLAIM_COOPERATION, YUTU_CLAIM_OBSERVATION } yutu_claim_kind;
typedef enum { YUTU_MODALITY_STATED, YUTU_MODALITY_PLANNED } yutu_modality;

/// One checkable statement. Which fields are meant depends on `kind`.
typedef struct {
  yutu_claim_kind kind;
  yutu_modality modality;
  uint32_t sentence; ///< index of the sentence that says it
  double confidence; ///< 0 to 1
  yutu_slice rule;   ///< "establishes/jointly": the rule that drew it
  yutu_slice date;   ///< "2018", "2020-11" or "2020-11-17"; empty when not said

  // RELATION: subject predicate object. OBSERVATION: subject is what the figure is about.
  uint32_t subject;
  yutu_property predicate;
  uint32_t object;

  // COOPERATION
  const uint32_t *participants; ///< at least two, ascending
  uint32_t n_participants;
  uint32_t via; ///< entity, or YUTU_NO_INDEX

  // OBSERVATION
  yutu_slice indicator; ///< "高新技术企业"
  yutu_slice value;     ///< canonical decimal, "930", "4.2", "-3"
  yutu_slice unit;      ///< "家", "亿元", "%"
  yutu_slice period;    ///< "2019", "2020-Q1/Q3", or as printed; empty when not said
} yutu_claim;

/// Two regions that a claim ties together; a < b by index.
typedef struct {
  uint32_t a, b;
  uint32_t claim; ///< the cooperation that ties them
} yutu_region_link;

/// One article of a file.
typedef struct {
  char digest[17];    ///< first 16 hexadecimal digits of SHA-256 of the normalised text
  yutu_slice file;    ///< as named on the command line, last part only
  yutu_slice title;   ///< may be empty
  yutu_slice date;    ///< ISO date or empty
  yutu_slice section; ///< of the newspaper; may be empty
  yutu_slice author;  ///< byline; may be empty
  const yutu_entity *entities;
  uint32_t n_entities;
  const yutu_sentence_ref *sentences;
  uint32_t n_sentences;
  const yutu_claim *claims;
  uint32_t n_claims;
  const yutu_region_link *links;
  uint32_t n_links;
} yutu_article;

#endif
