// Opening a store: the lock, the file, the key, the schema; and making all of them at the first
// start.
#include <cerrno>
#include <sys/stat.h>

#include "storage/files.h"
#include "storage/sqlcipher/database.h"
#include "storage/sqlcipher/paths.h"
#include "storage/sqlcipher/process_lock.h"
#include "storage/sqlcipher/rekey.h"
#include "storage/sqlcipher/replay.h"
#include "storage/sqlcipher/sqlcipher_store.h"

namespace omzien::storage::sqlcipher {
namespace {

using std::filesystem::path;

Result<std::unique_ptr<Store>> open_locked(const OpenOptions& options, const DataKey& key,
                                           ProcessLock lock) {
  if (auto settled = settle_data_key(options, key); !settled)
    return tl::unexpected(settled.error());
  // SQLite takes a file of no bytes for a new database; here it is one that was lost.
  struct stat status {};
  if (::stat(options.path.c_str(), &status) != 0) return tl::unexpected(error_of_errno(errno));
  if (!S_ISREG(status.st_mode) || status.st_size == 0) return tl::unexpected(Error::kWrongKey);
  if (auto whole = demand_journal(options.path, lock); !whole) return tl::unexpected(whole.error());
  auto writer = open_writer(options, options.path, key);
  if (!writer) return tl::unexpected(writer.error());
  auto naming = tombstone_key_in(**writer, key);
  if (!naming) return tl::unexpected(naming.error());
  auto tombstones = Tombstones::open(beside(options.path, ".tombstones"), std::move(*naming));
  if (!tombstones) return tl::unexpected(tombstones.error());
  if (auto agreed = replay(**writer, *tombstones); !agreed) return tl::unexpected(agreed.error());
  // The journal is there by now; that it is has to be on disk before it is relied on.
  if (auto synced = sync_folder_of(options.path); !synced) return tl::unexpected(synced.error());
  if (auto marked = lock.mark_open(); !marked) return tl::unexpected(marked.error());
  return make_sqlcipher_store(connection_options(options, options.path, Role::kReader), key.copy(),
                              std::move(*writer), std::move(*tombstones), std::move(lock));
}

Result<bool> any_is_there(const path& database, std::initializer_list<const char*> endings) {
  for (const char* ending : endings)
    if (const auto has = is_there(beside(database, ending)); !has || *has) return has;
  return false;
}

// Looked at before anything is made there: not even a lock for a store that is to be there already.
// Whether there is one.
Result<bool> demand_place(const OpenOptions& options) {
  const auto has = any_is_there(options.path, {"", ".datakey"});
  if (!has || *has) return has;
  if (options.if_missing == IfMissing::kRefuse) return tl::unexpected(Error::kUnreachable);
  const auto lost = is_lost(options);
  if (!lost) return tl::unexpected(lost.error());
  if (*lost) return tl::unexpected(Error::kUnreachable);
  return false;
}

// The lock of a store that is there or is going to be. A first start makes PATH.new before it, and
// has that on disk first: whatever cuts it off, a lock without anything else is what is left of a
// store that was there.
Result<ProcessLock> lock_place(const OpenOptions& options) {
  const auto before = demand_place(options);
  if (!before) return tl::unexpected(before.error());
  if (*before) return ProcessLock::take(options.path);
  const auto alone = lock_keys(options.path);
  if (!alone) return tl::unexpected(alone.error());
  // Somebody else may have made a store there meanwhile, or begun to restore one.
  const auto now = demand_place(options);
  if (!now) return tl::unexpected(now.error());
  if (!*now) {
    auto made = make_file(beside(options.path, ".new"));
    if (!made && made.error() == Error::kConflict) made = sync_folder_of(options.path);
    if (!made) return tl::unexpected(made.error());
  }
  return ProcessLock::take(options.path);
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

Result<bool> is_lost(const OpenOptions& given) {
  const path database = with_absolute_path(given).path;
  const auto has = any_is_there(database, {"", ".datakey"});
  if (!has) return has;
  if (*has) return false;
  const auto left = any_is_there(database, {".tombstones", "-wal"});
  if (!left || *left) return left;
  // A first start makes PATH.new, and then its lock.
  const auto begun = is_there(beside(database, ".new"));
  if (!begun) return begun;
  if (*begun) return false;
  return is_there(beside(database, ".lock"));
}

Result<std::unique_ptr<Store>> open(const OpenOptions& given, const KeyFileSecret& secret,
                                    crypto::Random& random) {
  demand_sqlcipher();
  const OpenOptions options = with_absolute_path(given);
  auto lock = lock_place(options);
  if (!lock) return tl::unexpected(lock.error());
  const auto key = ready_data_key(options, secret, random);
  if (!key) return tl::unexpected(key.error());
  return open_locked(options, *key, std::move(*lock));
}

}  // namespace omzien::storage::sqlcipher
