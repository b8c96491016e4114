// What was destroyed stays destroyed: at opening, store and tombstones are brought to agree.
#pragma once

#include "storage/sqlcipher/connection.h"
#include "storage/tombstones.h"

namespace omzien::storage::sqlcipher {

// Destroys again what the tombstones name, in a store that is an older copy; and adds to them what
// the store has destroyed and a crash kept from being written down. On disk when it returns,
// and scrubbed unless a reader is in the way.
Result<void> replay(Connection& writer, Tombstones& tombstones);

// The cases that have no share any more.
Result<std::vector<protocol::Handle>> destroyed_cases(Connection&);

// Empties the WAL into the database. kFailed: a reader is in the way.
Result<void> checkpoint(Connection& writer);

}  // namespace omzien::storage::sqlcipher
