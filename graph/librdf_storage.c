#include "graph/librdf_storage.h"

#include "graph/librdf_handle.h"
#include "graph/store_batch.h"

#include <limits.h>
#include <stdlib.h>

static yutu_librdf *handle_of(librdf_storage *storage) {
  return librdf_storage_get_instance(storage);
}

// ---- writing ----

static int begin_batch(yutu_librdf *h) {
  if (h->batch)
    return 0;
  if (!h->shared) {
    yutu_fail(&h->error, YUTU_ERR_USAGE, "the storage is not open");
    return yutu_librdf_report(h);
  }
  return yutu_batch_begin(h->shared->store, &h->batch, &h->error) == YUTU_OK ? 0 : yutu_librdf_report(h);
}

static int end_batch(yutu_librdf *h, bool commit) {
  yutu_batch *batch = h->batch;
  if (!batch)
    return 0;
  yutu_librdf_detach(h);
  h->batch = NULL;
  h->transaction = false;
  h->transaction_handle = NULL;
  if (!commit)
    yutu_batch_abort(batch);
  else if (yutu_batch_commit(batch, &h->error) != YUTU_OK)
    return yutu_librdf_report(h);
  return 0;
}

static yutu_quad quad_of(librdf_node *context, librdf_statement *statement) {
  return (yutu_quad){yutu_librdf_term(librdf_statement_get_subject(statement)),
                     yutu_librdf_term(librdf_statement_get_predicate(statement)),
                     yutu_librdf_term(librdf_statement_get_object(statement)), yutu_librdf_term(context)};
}

/// @return 0, 1 for something that is no statement, -1 on failure
static int add(librdf_storage *storage, librdf_node *context, librdf_statement *statement) {
  yutu_librdf *h = handle_of(storage);
  if (!librdf_statement_is_complete(statement))
    return 1;
  if (begin_batch(h))
    return -1;
  const yutu_quad quad = quad_of(context, statement);
  const yutu_status status = yutu_batch_add(h->batch, &quad, &h->error);
  return status == YUTU_OK ? 0 : status == YUTU_ERR_USAGE ? 1 : yutu_librdf_report(h);
}

static int remove_one(librdf_storage *storage, librdf_node *context, librdf_statement *statement) {
  yutu_librdf *h = handle_of(storage);
  if (!librdf_statement_is_complete(statement))
    return 1;
  if (begin_batch(h))
    return -1;
  const yutu_quad quad = quad_of(context, statement);
  const yutu_status status = yutu_batch_remove(h->batch, &quad, &h->error);
  return status == YUTU_OK ? 0 : status == YUTU_ERR_USAGE ? 1 : yutu_librdf_report(h);
}

static int add_statement(librdf_storage *storage, librdf_statement *statement) {
  return add(storage, NULL, statement);
}

static int remove_statement(librdf_storage *storage, librdf_statement *statement) {
  return remove_one(storage, NULL, statement);
}

/// What is no statement is left out, as librdf does.
static int add_stream(librdf_storage *storage, librdf_node *context, librdf_stream *stream) {
  for (; !librdf_stream_end(stream); librdf_stream_next(stream)) {
    librdf_statement *statement = librdf_stream_get_object(stream);
    if (!statement || add(storage, context, statement) < 0)
      return -1;
  }
  return 0;
}

static int add_statements(librdf_storage *storage, librdf_stream *stream) {
  return add_stream(storage, NULL, stream);
}

static int context_remove_statements(librdf_storage *storage, librdf_node *context) {
  yutu_librdf *h = handle_of(storage);
  if (begin_batch(h))
    return -1;
  const yutu_term graph = yutu_librdf_term(context);
  return yutu_batch_remove_graph(h->batch, &graph, NULL, &h->error) == YUTU_OK ? 0 : yutu_librdf_report(h);
}

static int sync_storage(librdf_storage *storage) {
  yutu_librdf *h = handle_of(storage);
  if (h->transaction) // ends with its commit
    return 0;
  return end_batch(h, true);
}

// ---- transactions ----

static int transaction_start_with_handle(librdf_storage *storage, void *transaction_handle) {
  yutu_librdf *h = handle_of(storage);
  if (h->transaction) {
    yutu_fail(&h->error, YUTU_ERR_USAGE, "a transaction is open already: commit it or roll it back first");
    return yutu_librdf_report(h);
  }
  if (end_batch(h, true) || begin_batch(h))
    return -1;
  h->transaction = true;
  h->transaction_handle = transaction_handle;
  return 0;
}

static int transaction_start(librdf_storage *storage) {
  return transaction_start_with_handle(storage, NULL);
}

static int end_transaction(librdf_storage *storage, bool commit) {
  yutu_librdf *h = handle_of(storage);
  if (!h->transaction) {
    yutu_fail(&h->error, YUTU_ERR_USAGE, "no transaction is open");
    return yutu_librdf_report(h);
  }
  return end_batch(h, commit);
}

static int transaction_commit(librdf_storage *storage) {
  return end_transaction(storage, true);
}

static int transaction_rollback(librdf_storage *storage) {
  return end_transaction(storage, false);
}

static void *transaction_get_handle(librdf_storage *storage) {
  return handle_of(storage)->transaction_handle;
}

// ---- questions ----

static int size(librdf_storage *storage) {
  yutu_librdf *h = handle_of(storage);
  yutu_snapshot *snapshot;
  yutu_librdf_view *view;
  yutu_store_stats stats;
  if (yutu_librdf_read(h, &snapshot, &view) != YUTU_OK)
    return yutu_librdf_report(h);
  const yutu_status status = yutu_snapshot_stats(snapshot, &stats, &h->error);
  yutu_librdf_read_done(h, view);
  if (status != YUTU_OK)
    return yutu_librdf_report(h);
  return stats.quads > INT_MAX ? -1 : (int)stats.quads; // librdf: < 0 when it cannot be said
}

/// Is there an answer at all? 0 also on failure, which is logged.
static int exists(yutu_librdf *h, const yutu_librdf_question *question) {
  yutu_snapshot *snapshot;
  yutu_librdf_view *view;
  yutu_pattern pattern;
  yutu_cursor *cursor = NULL;
  yutu_quad_ids quad;
  bool possible = false, found = false;
  yutu_status status = yutu_librdf_read(h, &snapshot, &view);
  if (status == YUTU_OK) {
    status = yutu_librdf_pattern(h, snapshot, question, &pattern, &possible);
    if (status == YUTU_OK && possible)
      status = yutu_cursor_open(snapshot, &pattern, &cursor, &h->error);
    if (cursor)
      found = yutu_cursor_next(cursor, &quad);
    yutu_cursor_close(cursor);
    yutu_librdf_read_done(h, view);
  }
  if (status != YUTU_OK)
    yutu_librdf_report(h);
  return found;
}

static int contains_statement(librdf_storage *storage, librdf_statement *statement) {
  yutu_librdf *h = handle_of(storage);
  if (h->batch) {
    const yutu_quad quad = quad_of(NULL, statement);
    bool has;
    if (yutu_batch_has(h->batch, &quad, true, &has, &h->error) == YUTU_OK)
      return has;
    yutu_librdf_report(h);
    return 0;
  }
  const yutu_librdf_question question = {.subject = librdf_statement_get_subject(statement),
                                         .predicate = librdf_statement_get_predicate(statement),
                                         .object = librdf_statement_get_object(statement)};
  return exists(h, &question);
}

static int has_arc_in(librdf_storage *storage, librdf_node *node, librdf_node *property) {
  const yutu_librdf_question question = {.predicate = property, .object = node};
  return exists(handle_of(storage), &question);
}

static int has_arc_out(librdf_storage *storage, librdf_node *node, librdf_node *property) {
  const yutu_librdf_question question = {.subject = node, .predicate = property};
  return exists(handle_of(storage), &question);
}

static librdf_iterator *get_arcs_in(librdf_storage *storage, librdf_node *node) {
  return yutu_librdf_arcs(handle_of(storage), NULL, node);
}

static librdf_iterator *get_arcs_out(librdf_storage *storage, librdf_node *node) {
  return yutu_librdf_arcs(handle_of(storage), node, NULL);
}

static librdf_stream *serialise(librdf_storage *storage) {
  const yutu_librdf_question question = {.each_context = true, .order = YUTU_ORDER_GSPO};
  return yutu_librdf_stream(handle_of(storage), &question);
}

static librdf_stream *context_serialise(librdf_storage *storage, librdf_node *context) {
  const yutu_librdf_question question = {.context = context, .default_graph = !context};
  return yutu_librdf_stream(handle_of(storage), &question);
}

static librdf_stream *find_statements_with_options(librdf_storage *storage, librdf_statement *statement,
                                                   librdf_node *context, librdf_hash *options) {
  yutu_librdf_question question = {.subject = librdf_statement_get_subject(statement),
                                   .predicate = librdf_statement_get_predicate(statement),
                                   .object = librdf_statement_get_object(statement),
                                   .context = context};
  if (options) {
    question.each_context = librdf_hash_get_as_boolean(options, "each-context") > 0;
    if (question.object && librdf_node_is_literal(question.object) &&
        librdf_hash_get_as_boolean(options, "match-substring") > 0) {
      question.substring = yutu_librdf_term(question.object).value;
      question.object = NULL;
    }
  }
  return yutu_librdf_stream(handle_of(storage), &question);
}

static librdf_stream *find_statements_in_context(librdf_storage *storage, librdf_statement *statement,
                                                 librdf_node *context) {
  return find_statements_with_options(storage, statement, context, NULL);
}

static librdf_stream *find_statements(librdf_storage *storage, librdf_statement *statement) {
  return find_statements_with_options(storage, statement, NULL, NULL);
}

static librdf_iterator *get_contexts(librdf_storage *storage) {
  return yutu_librdf_contexts(handle_of(storage));
}

static librdf_node *get_feature(librdf_storage *storage, librdf_uri *feature) {
  if (strcmp((const char *)librdf_uri_as_string(feature), LIBRDF_MODEL_FEATURE_CONTEXTS) != 0)
    return NULL;
  return librdf_new_node_from_typed_literal(librdf_storage_get_world(storage), (const unsigned char *)"1", NULL, NULL);
}

/// There is a feature, and it cannot be changed.
static int set_feature(librdf_storage *storage, librdf_uri *feature, librdf_node *value) {
  (void)storage, (void)value;
  return strcmp((const char *)librdf_uri_as_string(feature), LIBRDF_MODEL_FEATURE_CONTEXTS) == 0 ? 1 : -1;
}

// ---- life ----

static void release_shared(yutu_shared_store *shared) {
  if (shared && --shared->references == 0) {
    if (!shared->borrowed)
      yutu_store_close(shared->store);
    free(shared);
  }
}

static yutu_librdf *new_handle(librdf_storage *storage) {
  yutu_librdf *h = calloc(1, sizeof *h);
  if (h) {
    h->nodes = calloc(1, sizeof *h->nodes);
    h->ids = calloc(1, sizeof *h->ids);
    if (!h->nodes || !h->ids) {
      free(h->nodes);
      free(h->ids);
      free(h);
      return NULL;
    }
    h->world = librdf_storage_get_world(storage);
    h->storage = storage;
    librdf_storage_set_instance(storage, h);
  }
  return h;
}

static bool option_is(librdf_hash *options, const char *name, int what) {
  return options && librdf_hash_get_as_boolean(options, name) == what;
}

static int init(librdf_storage *storage, const char *name, librdf_hash *options) {
  yutu_librdf *h = new_handle(storage);
  char *dir = options ? librdf_hash_get(options, "dir") : NULL;
  if (h) {
    const char *where = dir ? dir : name && *name ? name : "memory:";
    h->where = strdup(where);
    h->begin_empty = option_is(options, "new", 1);
    h->flags = option_is(options, "write", 0) ? YUTU_STORE_READ_ONLY : YUTU_STORE_CREATE;
    if (option_is(options, "sync", 0))
      h->flags |= YUTU_STORE_NO_SYNC;
  }
  if (dir)
    librdf_free_memory(dir);
  if (options)
    librdf_free_hash(options);
  return h && h->where ? 0 : 1;
}

static int clone_storage(librdf_storage *storage, librdf_storage *old_storage) {
  const yutu_librdf *old = handle_of(old_storage);
  yutu_librdf *h = new_handle(storage);
  if (!h || !(h->where = strdup(old->where)))
    return 1;
  h->flags = old->flags;
  h->shared = old->shared;
  if (h->shared)
    h->shared->references++;
  return 0;
}

static int empty(yutu_librdf *h) {
  yutu_batch *batch;
  if (yutu_batch_begin(h->shared->store, &batch, &h->error) != YUTU_OK)
    return yutu_librdf_report(h);
  if (yutu_batch_clear(batch, &h->error) != YUTU_OK) {
    yutu_batch_abort(batch);
    return yutu_librdf_report(h);
  }
  return yutu_batch_commit(batch, &h->error) == YUTU_OK ? 0 : yutu_librdf_report(h);
}

static int share(yutu_librdf *h, yutu_store *store, bool borrowed) {
  h->shared = calloc(1, sizeof *h->shared);
  if (!h->shared)
    return 1;
  *h->shared = (yutu_shared_store){store, 1, borrowed};
  return 0;
}

static int open_storage(librdf_storage *storage, librdf_model *model) {
  yutu_librdf *h = handle_of(storage);
  yutu_store *store;
  (void)model;
  if (h->shared)
    return 0;
  if (yutu_store_open(h->where, h->flags, &store, &h->error) != YUTU_OK)
    return yutu_librdf_report(h);
  if (share(h, store, false)) {
    yutu_store_close(store);
    return 1;
  }
  if (h->begin_empty && !(h->flags & YUTU_STORE_READ_ONLY))
    return empty(h);
  return 0;
}

static void release_view(yutu_librdf *h) {
  if (h->view) {
    yutu_snapshot_close(h->view->snapshot);
    free(h->view);
    h->view = NULL;
  }
}

/// An open transaction that nobody committed is rolled back.
static int close_storage(librdf_storage *storage) {
  yutu_librdf *h = handle_of(storage);
  const int status = end_batch(h, !h->transaction);
  if (!h->streams) {
    release_view(h);
    release_shared(h->shared);
    h->shared = NULL;
  }
  return status;
}

static void terminate(librdf_storage *storage) {
  yutu_librdf *h = handle_of(storage);
  if (!h)
    return;
  close_storage(storage);
  yutu_node_cache_clear(h->nodes);
  yutu_id_cache_clear(h->ids);
  free(h->nodes);
  free(h->ids);
  free(h->where);
  free(h);
  librdf_storage_set_instance(storage, NULL);
}

/// find_sources, find_arcs and find_targets are left out: without them librdf asks find_statements, and iterates over
/// the nodes of its stream. With them it would turn every find_statements with two nodes given into such an iterator,
/// which writes into the caller's statement.
static void factory(librdf_storage_factory *f) {
  f->version = LIBRDF_STORAGE_INTERFACE_VERSION;
  f->init = init;
  f->clone = clone_storage;
  f->terminate = terminate;
  f->open = open_storage;
  f->close = close_storage;
  f->size = size;
  f->add_statement = add_statement;
  f->add_statements = add_statements;
  f->remove_statement = remove_statement;
  f->contains_statement = contains_statement;
  f->has_arc_in = has_arc_in;
  f->has_arc_out = has_arc_out;
  f->serialise = serialise;
  f->find_statements = find_statements;
  f->find_statements_with_options = find_statements_with_options;
  f->get_arcs_in = get_arcs_in;
  f->get_arcs_out = get_arcs_out;
  f->context_add_statement = add;
  f->context_remove_statement = remove_one;
  f->context_serialise = context_serialise;
  f->sync = sync_storage;
  f->context_add_statements = add_stream;
  f->context_remove_statements = context_remove_statements;
  f->find_statements_in_context = find_statements_in_context;
  f->get_contexts = get_contexts;
  f->get_feature = get_feature;
  f->set_feature = set_feature;
  f->transaction_start = transaction_start;
  f->transaction_start_with_handle = transaction_start_with_handle;
  f->transaction_commit = transaction_commit;
  f->transaction_rollback = transaction_rollback;
  f->transaction_get_handle = transaction_get_handle;
}

static const char storage_name[] = "yutu";

int yutu_librdf_register(librdf_world *world) {
  const char *name, *label;
  for (unsigned i = 0; librdf_storage_enumerate(world, i, &name, &label) == 0; i++)
    if (strcmp(name, storage_name) == 0)
      return 0;
  return librdf_storage_register_factory(world, storage_name, "Quads in sorted indexes, in a folder or in memory",
                                         factory);
}

librdf_storage *yutu_librdf_storage(librdf_world *world, yutu_store *store) {
  if (yutu_librdf_register(world))
    return NULL;
  librdf_storage *storage = librdf_new_storage(world, storage_name, NULL, NULL);
  if (storage && share(handle_of(storage), store, true)) {
    librdf_free_storage(storage);
    return NULL;
  }
  return storage;
}

yutu_store *yutu_librdf_store(librdf_storage *storage) {
  const yutu_librdf *h = handle_of(storage);
  return h->shared ? h->shared->store : NULL;
}

const yutu_error *yutu_librdf_error(librdf_storage *storage) {
  return &handle_of(storage)->error;
}
