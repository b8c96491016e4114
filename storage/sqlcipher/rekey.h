// Another key file for the data key; and another data key: the whole database under it, and the
// tombstones still readable.
#pragma once

#include "storage/files.h"
#include "storage/sqlcipher/connection.h"
#include "storage/sqlcipher/store.h"
#include "storage/tombstones.h"

namespace omzien::storage::sqlcipher {

// One change of keys at a time, held on the store's folder: each reads the wrapped data key and
// writes it anew, and a key that is written over is lost with all that is under it. Held as well
// while a store's lock is made where no store is, by a first start or a restore. kInUse: another
// one is at work.
Result<Descriptor> lock_keys(const std::filesystem::path& database);

// Wraps the data key for another key file, while a gateway has the store open or not. Done before:
// no error. kWrongKey: it is neither's.
Result<void> change_key_file(const OpenOptions& store, const KeyFileSecret& before,
                             const KeyFileSecret& after, crypto::Random& random);

// Makes a random data key and puts the store under it. Stopped at any moment, the store opens under
// the key file, with all that was in it. kInUse: a gateway has it open, and its connections would
// not outlive their key; or the keys are being changed just now. Backups made before keep the data
// key of their time.
Result<void> change_data_key(const OpenOptions& store, const KeyFileSecret& secret,
                             crypto::Random& random);

// Part of every opening, once the data key is known and while nobody has the database open: gives
// the database of a change that had been decided its name, or throws away one that had not.
Result<void> settle_data_key(const OpenOptions& absolute, const DataKey& key);

// Under which key this store's tombstones are: that of the first data key it ever had.
Result<TombstoneKey> tombstone_key_in(Connection& connection, const DataKey& key);

}  // namespace omzien::storage::sqlcipher
