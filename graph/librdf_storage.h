/// @file graph/librdf_storage.h  The store as a storage of librdf, for any program that uses Redland.
///
///     yutu_librdf_register(world);
///     librdf_storage *storage = librdf_new_storage(world, "yutu", NULL, "dir='news.store'");
///     librdf_model *model = librdf_new_model(world, storage, NULL);
///
/// Options: `dir` names the folder (so does the storage's name; without either it is memory:); `new='yes'` begins with
/// nothing in it; `write='no'` opens for reading only; `sync='no'` commits without fsync.
///
/// What it holds is a set: a statement added twice is there once in a context, and once without. Context-less
/// statements are the default graph. Of what librdf offers,
/// - serialise, contexts and find in a context give every statement of every context, with its context;
/// - find, sources, arcs and targets give every statement once, whatever its contexts; librdf_stream_get_context2()
///   then says one of them. The option `each-context='yes'` of find with options asks for all;
/// - find with options also knows `match-substring='yes'`: a literal object is looked for within the objects;
/// - add and remove without a context touch the default graph only, contains and size look at all contexts.
///
/// Changes are collected in a batch that the program's own questions see. librdf_model_sync(), a transaction's commit,
/// and closing make it durable and visible to others; until then other writers wait. A stream stays valid, and goes on,
/// while the program adds, removes and commits. One storage is for one thread.
#ifndef YUTU_GRAPH_LIBRDF_STORAGE_H
#define YUTU_GRAPH_LIBRDF_STORAGE_H

#include "graph/store.h"

#include <librdf.h>

/// Make the storage "yutu" known to a world; again does nothing. @return 0, or non-zero when librdf refused
int yutu_librdf_register(librdf_world *world);

/// A storage on an open store.
/// @param store  Borrowed; must outlive the storage.
/// @return Owned; free with librdf_free_storage(). NULL when out of memory.
librdf_storage *yutu_librdf_storage(librdf_world *world, yutu_store *store);

/// The native store behind a storage "yutu" that is open; borrowed.
yutu_store *yutu_librdf_store(librdf_storage *storage);

/// Why the last call failed that did; borrowed, never NULL. librdf's own log gets the message too.
const yutu_error *yutu_librdf_error(librdf_storage *storage);

#endif
