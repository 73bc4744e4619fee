// A compiled image back to rows, so that further lists can be put on top of it.
#include "ontology/compile_lists.h"

static uint32_t copy_string(yutu_lists *l, const yutu_gazetteer *base, uint32_t number) {
  return number == YUTU_IMAGE_NONE ? YUTU_INTERN_NONE
                                   : yutu_intern_add(l->strings, yutu_gazetteer_string(base, number));
}

static void copy_entity(yutu_lists *l, const yutu_gazetteer *base, const yutu_image_entity *from) {
  yutu_list_entity e = {
      .cls = (yutu_class)from->cls,
      .name = copy_string(l, base, from->name),
      .id = copy_string(l, base, from->id),
      .en = copy_string(l, base, from->en),
      .source = copy_string(l, base, from->source),
      .has_place = from->has_place != 0,
      .lat = from->lat,
      .lon = from->lon,
  };
  const uint32_t *at = (const uint32_t *)yutu_image_section_at(base, YUTU_SECTION_LISTS) + from->lists;
  for (unsigned i = 0; i < YUTU_LIST_COUNT; i++) {
    for (uint32_t k = 0; k < from->counts[i]; k++, at++)
      *YUTU_PUSH(l->arena, &e.lists[i]) = i < YUTU_LIST_FIRST_OF_ROWS ? copy_string(l, base, *at) : *at;
  }
  if (e.id != YUTU_INTERN_NONE)
    yutu_list_set_row_of_id(l, e.id, l->entities.n);
  *YUTU_PUSH(l->arena, &l->entities) = e;
}

void yutu_list_read_image(yutu_lists *l, const yutu_gazetteer *base) {
  const yutu_image_entity *entities = yutu_image_section_at(base, YUTU_SECTION_ENTITIES);
  for (uint32_t row = 0; row < yutu_gazetteer_entities(base); row++)
    copy_entity(l, base, &entities[row]);
  for (const yutu_word_table *t = yutu_word_tables; t->file; t++) {
    for (uint32_t row = 0; row < yutu_gazetteer_words(base, t->table); row++) {
      const yutu_slice word = yutu_gazetteer_word(base, t->table, row);
      yutu_list_word w = {.word = yutu_intern_add(l->strings, word)};
      for (unsigned i = 0; i < YUTU_CELLS_MAX && t->cells[i].kind != YUTU_CELL_END; i++) {
        w.cells[i] = yutu_gazetteer_cell(base, t->table, row, i);
        if (t->cells[i].kind == YUTU_CELL_SYMBOL || t->cells[i].kind == YUTU_CELL_DECIMAL)
          w.cells[i] = (int32_t)yutu_intern_add(l->strings, yutu_gazetteer_symbol_text(base, w.cells[i]));
      }
      *YUTU_PUSH(l->arena, &l->words[t->table]) = w;
    }
  }
}
