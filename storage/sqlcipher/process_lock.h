// One process at a time: a lock file beside the database, held as long as the store is open.
//
// SQLite would let two writers take turns; two gateways would then each believe to hold the only
// queue. The lock is the system's (flock): it goes with the process, however that ends.
#pragma once

#include "storage/files.h"

namespace omzien::storage::sqlcipher {

class ProcessLock {
 public:
  // On `<database>.lock`, made if it is not there. kInUse: somebody else holds it.
  static Result<ProcessLock> take(const std::filesystem::path& database);

 private:
  explicit ProcessLock(Descriptor file) : file_(std::move(file)) {}
  Descriptor file_;
};

}  // namespace omzien::storage::sqlcipher
