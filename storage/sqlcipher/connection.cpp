// sqlcipher's header declares sqlite3_key only under this name, which the library was built with.
#define SQLITE_HAS_CODEC 1
#include "storage/sqlcipher/connection.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "storage/sqlcipher/error_of.h"
#include "storage/sqlcipher/wiped_memory.h"

namespace omzien::storage::sqlcipher {
namespace {

// SQLCipher writes lines with a clock time to stderr when something fails: never ours.
constexpr const char* kSilence = "PRAGMA cipher_log_level = NONE; PRAGMA cipher_log = off";

// cipher_memory_security (which locks and wipes all of SQLite's memory) stays off: it halved the
// speed of writing and of reading, and what lies in that memory is ciphertext but for the case
// shares, which wiped_memory.h sees to. SQLCipher wipes its own copies of the key in any case.
constexpr const char* kForAll =
    "PRAGMA foreign_keys = ON;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA cache_size = -8000";  // KiB

// FULL: fsync at every commit. A checkpoint each 4,000 pages (16 MB) cost a tenth less than each
// 1,000.
constexpr const char* kForWriter =
    "PRAGMA synchronous = FULL;"
    "PRAGMA secure_delete = ON;"
    "PRAGMA wal_autocheckpoint = 4000;"
    "PRAGMA journal_size_limit = 33554432;"
    "PRAGMA cache_size = -32000";

// The form in which SQLCipher takes 32 bytes as the key itself: x'…' with 64 hexadecimal digits.
crypto::SecretBytes as_raw_key(const DataKey& key) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  crypto::SecretBytes text(3 + 2 * DataKey::kSize);
  auto* out = text.reveal_mutable().data();
  *out++ = 'x';
  *out++ = '\'';
  for (const std::uint8_t byte : key.reveal()) {
    *out++ = static_cast<std::uint8_t>(kDigits[byte >> 4]);
    *out++ = static_cast<std::uint8_t>(kDigits[byte & 15]);
  }
  *out = '\'';
  return text;
}

}  // namespace

void demand_sqlcipher() {
  (void)wipe_what_sqlite_frees();  // too late in tests that put a file system below SQLite first
  sqlite3* memory = nullptr;
  sqlite3_open(":memory:", &memory);
  const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> closing(memory, &sqlite3_close);
  std::string found = "plain SQLite";
  sqlite3_exec(
      memory, "PRAGMA cipher_version",
      [](void* out, int, char** values, char**) {
        *static_cast<std::string*>(out) = values[0];
        return 0;
      },
      &found, nullptr);
  int major = 0;
  int minor = 0;
  const char* end = found.data() + found.size();
  const auto [dot, bad] = std::from_chars(found.data(), end, major);
  if (bad == std::errc() && dot != end) std::from_chars(dot + 1, end, minor);
  if (major > 4 || (major == 4 && minor >= 6)) return;
  throw std::runtime_error("SQLCipher 4.6 or newer is needed, not " + found);
}

Result<std::unique_ptr<Connection>> Connection::open(const ConnectionOptions& options,
                                                     const DataKey& key) {
  std::unique_ptr<Connection> connection(new Connection());
  const int access = options.role == Role::kWriter ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  sqlite3* database = nullptr;
  const int result_code = sqlite3_open_v2(options.path.c_str(), &database,
                                          access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                                          options.vfs.empty() ? nullptr : options.vfs.c_str());
  connection->database_.reset(database);
  if (result_code != SQLITE_OK) return connection->error(result_code);
  sqlite3_busy_timeout(database, static_cast<int>(options.wait_max.count()));
  // Closing must not tidy up a file that turns out to be somebody else's.
  connection->leave_journal();
  if (auto done = connection->unlock(key); !done) return tl::unexpected(done.error());
  if (auto done = connection->execute(kForAll); !done) return tl::unexpected(done.error());
  return connection;
}

Result<void> Connection::unlock(const DataKey& key) {
  if (auto done = execute(kSilence); !done) return done;
  {
    const auto text = as_raw_key(key);
    const auto bytes = text.reveal();
    const int result_code =
        sqlite3_key(database_.get(), bytes.data(), static_cast<int>(bytes.size()));
    if (result_code != SQLITE_OK) return error(result_code);
  }
  // The first key of a process starts SQLCipher, and with it what it says by itself.
  if (auto done = execute(kSilence); !done) return done;
  // The key is tried at the first page that is read.
  const auto tried = number("SELECT count(*) FROM sqlite_schema");
  if (!tried) return tl::unexpected(tried.error());
  sqlite3_stmt* probe = nullptr;
  const int result_code = sqlite3_prepare_v3(database_.get(), "SELECT 1 FROM sqlite_schema LIMIT 1",
                                             -1, SQLITE_PREPARE_PERSISTENT, &probe, nullptr);
  probe_.reset(probe);
  if (result_code != SQLITE_OK) return error(result_code);
  return {};
}

Result<void> Connection::set_up_writer() {
  if (auto wal = expect("PRAGMA journal_mode = WAL", "wal", Error::kFailed); !wal) return wal;
  if (auto done = execute(kForWriter); !done) return done;
  const int result_code =
      sqlite3_db_config(database_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
  if (result_code != SQLITE_OK) return error(result_code);
  return {};
}

// What a statement answers in its one row may be another thing than what was asked for.
Result<void> Connection::expect(std::string_view sql, std::string_view answer, Error otherwise) {
  auto use = this->use(sql);
  const auto row = use.step();
  if (!row) return tl::unexpected(row.error());
  if (!*row || !std::ranges::equal(use.view(0), crypto::as_bytes(answer)))
    return tl::unexpected(otherwise);
  return {};
}

Use Connection::use(std::string_view sql) {
  auto it = statements_.find(sql);
  if (it == statements_.end()) {
    sqlite3_stmt* statement = nullptr;
    const int result_code =
        sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (result_code != SQLITE_OK) return Use(database_.get(), nullptr, nullptr, result_code);
    it = statements_.emplace(sql, Statement(statement)).first;
  }
  return Use(database_.get(), it->second.get(), probe_.get(), SQLITE_OK);
}

Result<void> Connection::execute(const char* sql) {
  const int result_code = sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr);
  if (result_code != SQLITE_OK) return error(result_code);
  return {};
}

Result<std::uint64_t> Connection::number(std::string_view sql) {
  auto use = this->use(sql);
  const auto row = use.step();
  if (!row) return tl::unexpected(row.error());
  if (!*row) return tl::unexpected(Error::kDamaged);
  return use.number<std::uint64_t>(0);
}

Result<void> Connection::copy_into(Connection& to) {
  sqlite3_backup* copying =
      sqlite3_backup_init(to.database_.get(), "main", database_.get(), "main");
  if (copying == nullptr) return to.error(sqlite3_errcode(to.database_.get()));
  // In one step, so that it is one moment's.
  sqlite3_backup_step(copying, -1);
  // Says what the step said, unless that was its end.
  const int result_code = sqlite3_backup_finish(copying);
  if (result_code != SQLITE_OK) return to.error(result_code);
  return {};
}

Result<void> Connection::leave_wal() {
  return expect("PRAGMA journal_mode = DELETE", "delete", Error::kFailed);
}

void Connection::leave_journal() {
  sqlite3_db_config(database_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

// Not `PRAGMA cipher_integrity_check`: it reckons where a page lies in 32 bits, and calls every
// page beyond 4 GiB wrong (SQLCipher's issue 604). SQLite's own check reads each through the same
// MAC.
Result<void> Connection::check_every_page() {
  return expect("PRAGMA quick_check(1)", "ok", Error::kDamaged);
}

tl::unexpected<Error> Connection::error(int result_code) const {
  return tl::unexpected(error_of(result_code, database_.get()));
}

}  // namespace omzien::storage::sqlcipher
