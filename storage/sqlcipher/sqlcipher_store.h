// The open store: hands out readers from a pool and the one transaction at a time.
#pragma once

#include "storage/sqlcipher/connection.h"
#include "storage/sqlcipher/process_lock.h"
#include "storage/sqlcipher/store.h"
#include "storage/tombstones.h"

namespace omzien::storage::sqlcipher {

// `writer` is open on a database of the newest schema that agrees with `tombstones`; `reading`
// opens connections beside it under `key`.
std::unique_ptr<Store> make_sqlcipher_store(ConnectionOptions reading, DataKey key,
                                            std::unique_ptr<Connection> writer,
                                            Tombstones tombstones, ProcessLock lock);

}  // namespace omzien::storage::sqlcipher
