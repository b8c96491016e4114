// Opening a store: the lock, the file, the key, the schema; and making all of them at the first
// start.
#include <cerrno>
#include <sys/stat.h>

#include "storage/files.h"
#include "storage/sqlcipher/migrate.h"
#include "storage/sqlcipher/process_lock.h"
#include "storage/sqlcipher/replay.h"
#include "storage/sqlcipher/sqlcipher_store.h"

namespace omzien::storage::sqlcipher {
namespace {

using std::filesystem::path;

path beside(const path& database, const char* ending) {
  auto name = database;
  name += ending;
  return name;
}

// A relative path or one that begins with "file:" means what it says.
OpenOptions with_absolute_path(const OpenOptions& options) {
  OpenOptions absolute = options;
  std::error_code ignored;
  absolute.path = std::filesystem::absolute(options.path, ignored);
  return absolute;
}

Result<bool> is_there(const path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) == 0) return true;
  if (errno == ENOENT) return false;
  return tl::unexpected(error_of_errno(errno));
}

ConnectionOptions connection_options(const OpenOptions& options, const path& file, Role role) {
  return {file, role, options.wait_max, options.vfs};
}

// A writing connection to a database of the newest schema.
Result<std::unique_ptr<Connection>> open_writer(const OpenOptions& options, const path& file,
                                                const DataKey& key) {
  auto writer = Connection::open(connection_options(options, file, Role::kWriter), key);
  if (!writer) return writer;
  if (auto migrated = migrate(**writer); !migrated) return tl::unexpected(migrated.error());
  if (auto ready = (*writer)->set_up_writer(); !ready) return tl::unexpected(ready.error());
  return writer;
}

// Makes PATH.new, a complete and empty database that nobody has open. Whatever an interrupted start
// left there was never served, so it is thrown away.
Result<void> make_new_database(const OpenOptions& options, const DataKey& key) {
  const path fresh = beside(options.path, ".new");
  for (const char* ending : {"", "-wal", "-shm", "-journal"}) {
    if (auto removed = remove_file(beside(fresh, ending)); !removed) return removed;
  }
  if (auto made = make_file(fresh); !made) return made;
  auto writer = open_writer(options, fresh, key);
  if (!writer) return tl::unexpected(writer.error());
  if (auto whole = (*writer)->execute("PRAGMA wal_checkpoint(TRUNCATE)"); !whole) return whole;
  return {};
}

Result<void> take_new_database(const OpenOptions& options) {
  return rename_file(beside(options.path, ".new"), options.path);
}

Result<std::unique_ptr<Store>> open_locked(const OpenOptions& options, const DataKey& key,
                                           ProcessLock lock) {
  // SQLite takes a file of no bytes for a new database; here it is one that was lost.
  struct stat status {};
  if (::stat(options.path.c_str(), &status) != 0) return tl::unexpected(error_of_errno(errno));
  if (!S_ISREG(status.st_mode) || status.st_size == 0) return tl::unexpected(Error::kWrongKey);
  auto writer = open_writer(options, options.path, key);
  if (!writer) return tl::unexpected(writer.error());
  auto tombstones = Tombstones::open(beside(options.path, ".tombstones"), tombstone_key(key));
  if (!tombstones) return tl::unexpected(tombstones.error());
  if (auto agreed = replay(**writer, *tombstones); !agreed) return tl::unexpected(agreed.error());
  return make_sqlcipher_store(connection_options(options, options.path, Role::kReader), key.copy(),
                              std::move(*writer), std::move(*tombstones), std::move(lock));
}

// The data key of a store, made with its database if this is the very first start.
Result<DataKey> ready_data_key(const OpenOptions& options, const KeyFileSecret& secret,
                               crypto::Random& random) {
  const path wrapped = beside(options.path, ".datakey");
  const auto has_key = is_there(wrapped);
  if (!has_key) return tl::unexpected(has_key.error());
  const auto has_database = is_there(options.path);
  if (!has_database) return tl::unexpected(has_database.error());
  if (*has_key) {
    auto key = read_data_key(wrapped, secret);
    // With a key there is a whole database, at worst one under its first name.
    if (!key || *has_database) return key;
    if (auto taken = take_new_database(options); !taken) return tl::unexpected(taken.error());
    return key;
  }
  if (*has_database || options.if_missing == IfMissing::kRefuse)
    return tl::unexpected(Error::kUnreachable);
  auto key = crypto::random_key<DataKey>(random);
  if (auto made = make_new_database(options, key); !made) return tl::unexpected(made.error());
  if (auto kept = write_data_key(wrapped, key, secret, random); !kept)
    return tl::unexpected(kept.error());
  if (auto taken = take_new_database(options); !taken) return tl::unexpected(taken.error());
  return key;
}

}  // namespace

Result<std::unique_ptr<Store>> open(const OpenOptions& given, const DataKey& key) {
  demand_sqlcipher();
  const OpenOptions options = with_absolute_path(given);
  auto lock = ProcessLock::take(options.path);
  if (!lock) return tl::unexpected(lock.error());
  const auto has_database = is_there(options.path);
  if (!has_database) return tl::unexpected(has_database.error());
  if (!*has_database) {
    if (options.if_missing == IfMissing::kRefuse) return tl::unexpected(Error::kUnreachable);
    if (auto made = make_new_database(options, key); !made) return tl::unexpected(made.error());
    if (auto taken = take_new_database(options); !taken) return tl::unexpected(taken.error());
  }
  return open_locked(options, key, std::move(*lock));
}

Result<std::unique_ptr<Store>> open(const OpenOptions& given, const KeyFileSecret& secret,
                                    crypto::Random& random) {
  demand_sqlcipher();
  const OpenOptions options = with_absolute_path(given);
  auto lock = ProcessLock::take(options.path);
  if (!lock) return tl::unexpected(lock.error());
  const auto key = ready_data_key(options, secret, random);
  if (!key) return tl::unexpected(key.error());
  return open_locked(options, *key, std::move(*lock));
}

}  // namespace omzien::storage::sqlcipher
