// The embedded engine: one SQLCipher file in WAL mode, one connection that writes, others that
// read.
//
// Files: PATH, PATH-wal and PATH-shm are SQLCipher's; PATH.lock says that the store is open;
// PATH.datakey holds the wrapped data key (storage/data_key.h); PATH.new, PATH.restoring,
// PATH.restored and PATH.rekeyed are databases that are still being made. PATH.tombstones names
// what was destroyed (storage/tombstones.h): keep it out of backups, and never put an older one
// back.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "storage/data_key.h"

namespace omzien::storage::sqlcipher {

enum class IfMissing { kMake, kRefuse };

struct OpenOptions {
  std::filesystem::path path;  // of the database; its folder must be there
  IfMissing if_missing = IfMissing::kMake;
  std::chrono::milliseconds wait_max =
      std::chrono::seconds(10);  // begin() waits for another transaction
  std::string vfs;  // name of a VFS registered with SQLite, for tests; empty: the system's own
};

// Opens the store under its data key, first bringing it to the newest schema. Refused, with nothing
// changed:
//   kUnreachable  no such folder; no such database and `if_missing` says to refuse
//   kReadOnly     the folder or a file in it can't be written
//   kInUse        another process, or this one, has it open
//   kWrongKey     the database does not open under this key, or is not a store
//   kNewer        written by a newer version of the program
//   kFull, kDamaged, kFailed
// Throws std::runtime_error when the SQLCipher found at run time is older than 4.6.
Result<std::unique_ptr<Store>> open(const OpenOptions& options, const DataKey& key);

// Opens the store by the key file's secret; at the very first start it makes data key and database.
// Stopped at any moment of that, the next start goes on. A store of which one part is lost, or all
// but its traces, is refused (kUnreachable), never begun anew.
Result<std::unique_ptr<Store>> open(const OpenOptions& options, const KeyFileSecret& secret,
                                    crypto::Random& random);

// Whether there is no store, and what lies around its place says that there was one. Not so what a
// first start leaves that was cut off.
Result<bool> is_lost(const OpenOptions& options);

}  // namespace omzien::storage::sqlcipher
