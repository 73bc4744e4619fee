#include "graph/librdf_handle.h"

#include <stdlib.h>

int yutu_librdf_report(yutu_librdf *h) {
  librdf_log(h->world, 0, LIBRDF_LOG_ERROR, LIBRDF_FROM_STORAGE, NULL, "%s", h->error.message);
  return -1;
}

yutu_status yutu_librdf_read(yutu_librdf *h, yutu_snapshot **ret, yutu_librdf_view **ret_view) {
  *ret_view = NULL;
  if (!h->shared)
    return yutu_fail(&h->error, YUTU_ERR_USAGE, "the storage is not open");
  if (h->batch)
    return yutu_batch_snapshot(h->batch, ret, &h->error);
  if (h->view && h->view->readers > 0 && yutu_snapshot_outdated(h->view->snapshot))
    h->view = NULL; // its streams keep it; the last one releases it
  if (!h->view) {
    yutu_librdf_view *view = calloc(1, sizeof *view);
    if (!view)
      return yutu_fail(&h->error, YUTU_ERR_NOMEM, "out of memory");
    const yutu_status status = yutu_snapshot_open(h->shared->store, &view->snapshot, &h->error);
    if (status != YUTU_OK) {
      free(view);
      return status;
    }
    h->view = view;
  } else if (h->view->readers == 0) {
    YUTU_TRY(yutu_snapshot_resume(h->view->snapshot, &h->error));
  }
  h->view->readers++;
  *ret = h->view->snapshot;
  *ret_view = h->view;
  return YUTU_OK;
}

void yutu_librdf_read_done(yutu_librdf *h, yutu_librdf_view *view) {
  if (!view || --view->readers > 0)
    return;
  if (view == h->view) {
    yutu_snapshot_pause(view->snapshot);
  } else {
    yutu_snapshot_close(view->snapshot);
    free(view);
  }
}
