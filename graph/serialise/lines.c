// N-Triples and N-Quads: a statement a line.
#include "graph/serialise/escape.h"
#include "graph/serialise/serialiser.h"

static yutu_status put_quad(yutu_writer *w, const yutu_quad *quad, yutu_error *err) {
  (void)err;
  yutu_put_term(&w->out, &quad->s);
  yutu_put_char(&w->out, ' ');
  yutu_put_term(&w->out, &quad->p);
  yutu_put_char(&w->out, ' ');
  yutu_put_term(&w->out, &quad->o);
  if (quad->g.kind != YUTU_TERM_NONE && w->format == YUTU_FORMAT_NQUADS) {
    yutu_put_char(&w->out, ' ');
    yutu_put_term(&w->out, &quad->g);
  }
  yutu_put(&w->out, " .\n", 3);
  return YUTU_OK;
}

const yutu_serialiser yutu_serialiser_lines = {.quad = put_quad};
