// A store made of a backup (backup.h), where none is.
//
// What was withdrawn since the backup is in it still, and only the tombstones say so. Ones that are
// older than the backup would say nothing, and nobody would notice: so they have to name at least
// what is destroyed in the backup itself.
#pragma once

#include "storage/sqlcipher/backup.h"

namespace omzien::storage::sqlcipher {

struct RestoreFrom {
  std::filesystem::path backup;
  KeyFileSecret secret;  // of the key file that the backup was made under
  std::optional<std::filesystem::path> tombstones;  // put beside the store, where none are
  bool tombstones_lost = false;  // they are nowhere any more: restore without, whatever comes back
};

// Makes a store of a backup, where none is, wrapped for `secret`; then destroys again what the
// tombstones name. Stopped at any moment, the next restore goes on, or the next start where all was
// copied; no start begins an empty store in its place. Refused, it changes nothing. kConflict:
// there is a store, or other tombstones than these, or cases that unnamed() counts and the
// tombstones are not lost. kWrongKey, kDamaged: of the backup.
Result<Counted> restore(const OpenOptions& store, const KeyFileSecret& secret,
                        crypto::Random& random, const RestoreFrom& from);

// How many cases are destroyed in the backup and not named by the tombstones that are given; all
// of them, when none are. One is enough: these are older than the backup, or another store's.
Result<std::uint64_t> unnamed(const OpenOptions& store, const RestoreFrom& from);

}  // namespace omzien::storage::sqlcipher
