// One connection to the database file, opened with its key and set up as the store needs it.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "storage/data_key.h"
#include "storage/sqlcipher/statement.h"

namespace omzien::storage::sqlcipher {

// Throws std::runtime_error when the library found at run time is not SQLCipher 4.6 or newer.
void demand_sqlcipher();

enum class Role {
  kWriter,  // may write
  kReader,  // may not
};

struct ConnectionOptions {
  std::filesystem::path path;  // must be there; an empty file becomes a database
  Role role = Role::kReader;
  std::chrono::milliseconds wait_max{};  // for a lock that SQLite itself holds for a moment
  std::string vfs;                       // name of the VFS below SQLCipher; empty: the system's own
};

// Used by one thread at a time.
class Connection {
 public:
  // kWrongKey: the file does not open under this key. Errors as in storage/store.h.
  static Result<std::unique_ptr<Connection>> open(const ConnectionOptions& options,
                                                  const DataKey& key);

  // The statement of this text, prepared at its first use. The text must be a literal: it is kept.
  // One use of a text at a time.
  Use use(std::string_view sql);

  // Runs statements whose rows nobody needs. Not for anything that comes from outside.
  Result<void> execute(const char* sql);

  // The one number that `sql` yields; kDamaged when it yields nothing.
  Result<std::uint64_t> number(std::string_view sql);

  // Makes this the connection that writes: WAL, fsync at every commit, deleted bytes overwritten.
  // Changes the file, so call it only once it is known to be a store.
  Result<void> set_up_writer();

  // Replaces all that `to` holds with what this one does, as of one moment; whoever writes beside
  // it goes on. On disk when it returns. `to` writes, is not this database, and may have another
  // key.
  Result<void> copy_into(Connection& to);

  // Makes the database one file, with no journal beside it from now on. Nobody else has it open.
  Result<void> leave_wal();

  // Closing will not empty the journal into the database, nor remove it.
  void leave_journal();

  // Reads every page that holds something and checks its MAC, but for those this connection still
  // remembers. kDamaged: one is not what was written under this key, or they make no database.
  Result<void> check_every_page();

  // For a lock that SQLite holds for a moment; as in ConnectionOptions.
  void wait_at_most(std::chrono::milliseconds wait_max) {
    sqlite3_busy_timeout(database_.get(), static_cast<int>(wait_max.count()));
  }

  bool in_transaction() const { return sqlite3_get_autocommit(database_.get()) == 0; }

 private:
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
  };

  Connection() = default;
  Result<void> unlock(const DataKey& key);
  Result<void> expect(std::string_view sql, std::string_view answer, Error otherwise);
  tl::unexpected<Error> error(int result_code) const;

  std::unique_ptr<sqlite3, Close> database_;
  Statement probe_;  // these go before the database
  std::unordered_map<std::string_view, Statement> statements_;
};

}  // namespace omzien::storage::sqlcipher
