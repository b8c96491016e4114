// sqlcipher's header declares sqlite3_key only under this name.
#define SQLITE_HAS_CODEC 1
#include "tests/bench/raw_table.h"

#include <algorithm>
#include <sqlite3.h>
#include <stdexcept>
#include <string>

namespace omzien::bench {

void RawTable::Close::operator()(sqlite3* database) const { sqlite3_close(database); }

void RawTable::must(int result_code, int wanted) const {
  if (result_code != wanted)
    throw std::runtime_error(std::string("SQLCipher: ") + sqlite3_errmsg(database_.get()));
}

void RawTable::execute(const char* sql) {
  must(sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr), SQLITE_OK);
}

RawTable::RawTable(const std::filesystem::path& folder) {
  sqlite3* database = nullptr;
  const int opened =
      sqlite3_open_v2((folder / "raw.db").c_str(), &database,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  database_.reset(database);
  must(opened, SQLITE_OK);
  execute("PRAGMA cipher_log_level = NONE; PRAGMA cipher_log = off");
  const std::string key = "x'" + std::string(64, '9') + "'";
  must(sqlite3_key(database_.get(), key.data(), static_cast<int>(key.size())), SQLITE_OK);
  execute(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;"
      "PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 33554432;"
      "PRAGMA cache_size = -32000;"
      "CREATE TABLE reports (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)");
}

void RawTable::put(const std::vector<crypto::Bytes>& blobs, std::size_t rows_per_commit) {
  sqlite3_stmt* prepared = nullptr;
  must(sqlite3_prepare_v2(database_.get(), "INSERT INTO reports (bytes) VALUES (?1)", -1, &prepared,
                          nullptr),
       SQLITE_OK);
  const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> insert(prepared,
                                                                          &sqlite3_finalize);
  for (std::size_t next = 0; next < blobs.size();) {
    execute("BEGIN IMMEDIATE");
    const auto end = std::min(blobs.size(), next + rows_per_commit);
    for (; next < end; ++next) {
      const auto& blob = blobs[next];
      must(sqlite3_bind_blob64(prepared, 1, blob.data(), blob.size(), SQLITE_STATIC), SQLITE_OK);
      must(sqlite3_step(prepared), SQLITE_DONE);
      must(sqlite3_reset(prepared), SQLITE_OK);
    }
    execute("COMMIT");
  }
}

}  // namespace omzien::bench
