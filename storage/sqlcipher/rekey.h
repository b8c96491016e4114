// Another data key: the whole database under it, and the tombstones still readable.
//
// A new key *file* needs none of this: rewrap_data_key() (storage/data_key.h) does that while a
// gateway runs.
#pragma once

#include "storage/sqlcipher/connection.h"
#include "storage/sqlcipher/store.h"
#include "storage/tombstones.h"

namespace omzien::storage::sqlcipher {

// Makes a random data key and puts the store under it. Stopped at any moment, the store opens under
// the key file, with all that was in it. kInUse: a gateway has it open, and its connections would
// not outlive their key. Backups made before keep the data key of their time.
Result<void> change_data_key(const OpenOptions& store, const KeyFileSecret& secret,
                             crypto::Random& random);

// Part of every opening, once the data key is known and while nobody has the database open: gives
// the database of a change that had been decided its name, or throws away one that had not.
Result<void> settle_data_key(const OpenOptions& absolute, const DataKey& key);

// Under which key this store's tombstones are: that of the first data key it ever had.
Result<TombstoneKey> tombstone_key_in(Connection& connection, const DataKey& key);

}  // namespace omzien::storage::sqlcipher
