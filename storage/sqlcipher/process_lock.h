// One process at a time: a lock file beside the database, held as long as the store is open.
//
// SQLite would let two writers take turns; two gateways would then each believe to hold the only
// queue. The lock is the system's (flock): it goes with the process, however that ends.
//
// What the file holds, one byte or none, says whether the store was closed: after a crash its last
// commits may stand in the journal alone, and a journal that was lost must not go unnoticed.
#pragma once

#include "storage/files.h"

namespace omzien::storage::sqlcipher {

// The file, made if it is not there, under the system's lock for as long as the descriptor is open.
// Whoever holds it may remove it. kInUse: somebody else holds it.
Result<Descriptor> lock_file(const std::filesystem::path& file);

class ProcessLock {
 public:
  // On `<database>.lock`, made if it is not there. kInUse: somebody else holds it.
  static Result<ProcessLock> take(const std::filesystem::path& database);

  // Whether whoever held it last did not say that the store is closed.
  bool was_left_open() const { return left_open_; }

  // On disk when they return.
  Result<void> mark_open();
  Result<void> mark_closed();

 private:
  ProcessLock(Descriptor file, bool left_open) : file_(std::move(file)), left_open_(left_open) {}
  Descriptor file_;
  bool left_open_;
};

// A store that was not closed has a journal, and what was committed last may stand in it alone.
// SQLite would go on without it. kDamaged: it is not there.
Result<void> demand_journal(const std::filesystem::path& database, const ProcessLock& lock);
// The same for whoever reads the store without the lock, while somebody holds it or not. Before
// they open it: SQLite would put an empty journal in the lost one's place.
Result<void> demand_journal(const std::filesystem::path& database);

}  // namespace omzien::storage::sqlcipher
