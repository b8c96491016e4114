// What the reports are held against: SQLCipher itself, putting the same bytes into one plain rowid
// table. Key, WAL, fsync at every commit, cache and checkpoints as storage/sqlcipher has them, and
// nothing else: no second table, no index, no check.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "crypto/verify/bytes.h"

struct sqlite3;

namespace omzien::bench {

class RawTable {
 public:
  // Makes the database in `folder`. Throws std::runtime_error when SQLCipher refuses anything.
  explicit RawTable(const std::filesystem::path& folder);

  // Puts one row a blob, `rows_per_commit` in each transaction.
  void put(const std::vector<crypto::Bytes>& blobs, std::size_t rows_per_commit);

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };

  void execute(const char* sql);
  void must(int result_code, int wanted) const;

  std::unique_ptr<sqlite3, Close> database_;
};

}  // namespace omzien::bench
