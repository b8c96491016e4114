#include "storage/sqlcipher/rekey.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>

#include "storage/sqlcipher/database.h"
#include "storage/sqlcipher/paths.h"
#include "storage/sqlcipher/process_lock.h"
#include "storage/sqlcipher/replay.h"

namespace omzien::storage::sqlcipher {
namespace {

using std::filesystem::path;

// PATH.rekeyed: the database under its next key, until that is decided.
path rekeyed(const OpenOptions& options) { return beside(options.path, ".rekeyed"); }

// Everything that is in the store, journal included, in the database file alone.
Result<std::unique_ptr<Connection>> open_whole(const OpenOptions& options, const DataKey& key) {
  auto writer = open_writer(options, options.path, key);
  if (!writer) return writer;
  if (auto whole = checkpoint(**writer); !whole) return tl::unexpected(whole.error());
  return writer;
}

Result<void> keep_tombstone_key(Connection& connection, const TombstoneKey& key) {
  auto use =
      connection.use("INSERT INTO tombstone_keys (id, key) VALUES (1, ?1) ON CONFLICT DO NOTHING");
  use.bind(key.reveal());
  if (const auto ran = use.run(); !ran) return tl::unexpected(ran.error());
  return {};
}

}  // namespace

Result<Descriptor> lock_keys(const path& database) {
  Descriptor folder(::open(database.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder) return tl::unexpected(error_of_errno(errno));
  while (::flock(folder.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return tl::unexpected(Error::kInUse);
    if (errno != EINTR) return tl::unexpected(error_of_errno(errno));
  }
  return folder;
}

Result<void> change_key_file(const OpenOptions& given, const KeyFileSecret& before,
                             const KeyFileSecret& after, crypto::Random& random) {
  const OpenOptions options = with_absolute_path(given);
  const auto alone = lock_keys(options.path);
  if (!alone) return tl::unexpected(alone.error());
  const path wrapped = beside(options.path, ".datakey");
  if (read_data_key(wrapped, after)) return {};
  return rewrap_data_key(wrapped, before, after, random);
}

Result<TombstoneKey> tombstone_key_in(Connection& connection, const DataKey& key) {
  // A backup of an older schema, which is not brought up to date to be looked at.
  const auto has = connection.number(
      "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'tombstone_keys'");
  if (!has) return tl::unexpected(has.error());
  if (*has == 0) return tombstone_key(key);
  auto use = connection.use("SELECT key FROM tombstone_keys");
  const auto row = use.step();
  if (!row) return tl::unexpected(row.error());
  if (!*row) return tombstone_key(key);
  auto kept = TombstoneKey::from(use.view(0));
  if (!kept) return tl::unexpected(Error::kDamaged);
  return std::move(*kept);
}

Result<void> change_data_key(const OpenOptions& given, const KeyFileSecret& secret,
                             crypto::Random& random) {
  demand_sqlcipher();
  const OpenOptions options = with_absolute_path(given);
  const auto alone = lock_keys(options.path);
  if (!alone) return tl::unexpected(alone.error());
  // Where no store is, no lock is left either: the first start would take it for a lost one's.
  const path wrapped = beside(options.path, ".datakey");
  if (const auto has = is_there(wrapped); !has || !*has) return tl::unexpected(Error::kUnreachable);
  auto lock = ProcessLock::take(options.path);
  if (!lock) return tl::unexpected(lock.error());
  const auto key = read_data_key(wrapped, secret);
  if (!key) return tl::unexpected(key.error());
  if (auto settled = settle_data_key(options, *key); !settled) return settled;
  if (auto whole = demand_journal(options.path, *lock); !whole) return whole;
  const auto next = crypto::random_key<DataKey>(random);
  {
    const auto before = open_whole(options, *key);
    if (!before) return tl::unexpected(before.error());
    // The journal is empty and may go.
    if (auto closed = lock->mark_closed(); !closed) return closed;
    const auto tombstones = tombstone_key_in(**before, *key);
    if (!tombstones) return tl::unexpected(tombstones.error());
    const auto after = copy_to_file(options, **before, rekeyed(options), next);
    if (!after) return tl::unexpected(after.error());
    if (auto kept = keep_tombstone_key(**after, *tombstones); !kept) return kept;
  }
  // Complete, its own journal gone for good, before anything relies on it.
  if (auto synced = sync_folder_of(options.path); !synced) return synced;
  // This decides: one file, replaced at once, says under which key the store is.
  if (auto decided = write_data_key(wrapped, next, secret, random); !decided) return decided;
  return settle_data_key(options, next);
}

Result<void> settle_data_key(const OpenOptions& options, const DataKey& key) {
  const path waiting = rekeyed(options);
  const auto has = is_there(waiting);
  if (!has) return tl::unexpected(has.error());
  if (!*has) return {};
  const auto unfinished = is_there(beside(waiting, "-journal"));
  if (!unfinished) return tl::unexpected(unfinished.error());
  if (*unfinished) return remove_database(waiting);
  {
    const auto opened = open_reader(options, waiting, key);
    if (!opened && opened.error() != Error::kWrongKey) return tl::unexpected(opened.error());
    if (!opened) return remove_database(waiting);
  }
  // The journals are the old database's, and hold nothing that it does not. Gone for good before
  // the new one comes: beside it they would be taken for its own.
  if (auto removed = remove_journals(options.path); !removed) return removed;
  if (auto synced = sync_folder_of(options.path); !synced) return synced;
  return rename_file(waiting, options.path);
}

}  // namespace omzien::storage::sqlcipher
