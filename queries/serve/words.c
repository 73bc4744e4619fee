// The words of the ontology for the explorer page: how classes and relations are called.
#include "graph/serialise/escape.h"
#include "ontology/vocabulary.h"
#include "queries/serve/exchange.h"

#include <microhttpd.h>
#include <stdlib.h>

static void put_name(yutu_output *out, const char *separator, const char *name, const char *zh, const char *en) {
  yutu_put_text(out, separator);
  yutu_put_json(out, yutu_slice_of(name));
  yutu_put_text(out, ":{\"zh\":");
  yutu_put_json(out, yutu_slice_of(zh));
  yutu_put_text(out, ",\"en\":");
  yutu_put_json(out, yutu_slice_of(en));
}

static void put_words(yutu_output *out) {
  const uint64_t regions = yutu_class_set(YUTU_SLICE("Region"));
  const uint64_t organisations = yutu_class_set(YUTU_SLICE("Org"));
  const char *separator = "{\"classes\":{";
  for (yutu_class c = YUTU_CLASS_NONE + 1; c < YUTU_CLASS_COUNT; c++, separator = ",\n") {
    put_name(out, separator, yutu_class_name(c), yutu_class_label(c, true), yutu_class_label(c, false));
    yutu_put_text(out, regions >> c & 1         ? ",\"kind\":\"region\"}"
                       : organisations >> c & 1 ? ",\"kind\":\"organisation\"}"
                                                : "}");
  }
  separator = "},\n\"relations\":{";
  for (yutu_property p = YUTU_PROPERTY_NONE + 1; p < YUTU_PROPERTY_COUNT; p++, separator = ",\n") {
    put_name(out, separator, yutu_property_name(p), yutu_property_label(p, true), yutu_property_label(p, false));
    yutu_put_char(out, '}');
  }
  yutu_put_text(out, "}}\n");
}

void yutu_answer_words(yutu_exchange *x) {
  yutu_buffer text = YUTU_BUFFER_INIT;
  yutu_error err = {0};
  yutu_output *out = malloc(sizeof *out);
  yutu_status status = YUTU_ERR_NOMEM;
  if (out) {
    yutu_output_init(out, yutu_byte_sink_buffer(&text));
    put_words(out);
    status = yutu_output_finish(out, &err);
  }
  free(out);
  x->text = status == YUTU_OK ? yutu_arena_strndup(x->arena, text.data, text.len) : NULL;
  yutu_buffer_free(&text);
  if (!x->text) {
    yutu_answer_text(x, MHD_HTTP_INTERNAL_SERVER_ERROR, "out of memory");
    return;
  }
  x->status = MHD_HTTP_OK;
  yutu_answer_header(x, "Content-Type", "application/json");
  yutu_answer_header(x, "Cache-Control", "no-cache");
}
