// A backup; restore.h brings it back.
//
// A backup is TO, the database as of one moment, and TO.datakey, its data key as wrapped for the
// key file of that moment. It has the data key of its store, so that the tombstones, which lie
// outside every backup, still name the same cases
// (threat-model/decisions/0018-a-backup-has-its-stores-key.md).
#pragma once

#include "storage/key_file.h"
#include "storage/sqlcipher/connection.h"
#include "storage/sqlcipher/store.h"

namespace omzien::storage::sqlcipher {

struct Counted {
  std::uint64_t cases = 0;  // destroyed ones included: their headers stay
  std::uint64_t entries = 0;
};
Result<Counted> count_in(Connection&);

// While a gateway has the store open, or while nobody has: what was committed before the call is in
// it. Every page of it has been read again, and it is on disk, when it returns; before that there
// is no file TO. kConflict: TO is there already, or another backup's TO.datakey, or TO has the name
// of a part of the store. kInUse: it is being made. kUnreachable: no such store. kDamaged also: the
// store was not closed, and its journal is lost.
Result<Counted> backup(const OpenOptions& store, const KeyFileSecret& secret,
                       crypto::Random& random, const std::filesystem::path& to);

}  // namespace omzien::storage::sqlcipher
