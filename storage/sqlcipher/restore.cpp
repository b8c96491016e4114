#include "storage/sqlcipher/restore.h"

#include <algorithm>

#include "storage/files.h"
#include "storage/sqlcipher/database.h"
#include "storage/sqlcipher/paths.h"
#include "storage/sqlcipher/process_lock.h"
#include "storage/sqlcipher/rekey.h"
#include "storage/sqlcipher/replay.h"

namespace omzien::storage::sqlcipher {
namespace {

using std::filesystem::path;

Result<crypto::SecretBytes> whole_file(const path& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  if (error) return tl::unexpected(Error::kUnreachable);
  return read_file(file, static_cast<std::size_t>(size), Readers::kAnybody);
}

Result<void> put_tombstones(const OpenOptions& options, const path& given) {
  const path place = beside(options.path, ".tombstones");
  const auto bytes = whole_file(given);
  if (!bytes) return tl::unexpected(bytes.error());
  const auto has = is_there(place);
  if (!has) return tl::unexpected(has.error());
  if (!*has) return write_file(place, bytes->reveal());
  const auto present = whole_file(place);
  if (!present) return tl::unexpected(present.error());
  if (!std::ranges::equal(present->reveal(), bytes->reveal()))
    return tl::unexpected(Error::kConflict);
  return {};
}

Result<void> demand_no_store(const OpenOptions& options) {
  for (const char* ending : {"", "-wal", "-journal", ".datakey"}) {
    const auto has = is_there(beside(options.path, ending));
    if (!has) return tl::unexpected(has.error());
    if (*has) return tl::unexpected(Error::kConflict);
  }
  return {};
}

// Not while a first start is about to take the place (open.cpp).
Result<ProcessLock> lock_place(const OpenOptions& options) {
  const auto alone = lock_keys(options.path);
  if (!alone) return tl::unexpected(alone.error());
  return ProcessLock::take(options.path);
}

Result<std::uint64_t> unnamed_in(Connection& backup, const DataKey& key, const RestoreFrom& from) {
  const auto destroyed = destroyed_cases(backup);
  if (!destroyed) return tl::unexpected(destroyed.error());
  if (!from.tombstones) return destroyed->size();
  auto naming = tombstone_key_in(backup, key);
  if (!naming) return tl::unexpected(naming.error());
  const auto has = is_there(*from.tombstones);
  if (!has) return tl::unexpected(has.error());
  if (!*has) return tl::unexpected(Error::kUnreachable);
  const auto tombstones = Tombstones::open(*from.tombstones, std::move(*naming));
  if (!tombstones) return tl::unexpected(tombstones.error());
  return static_cast<std::uint64_t>(
      std::count_if(destroyed->begin(), destroyed->end(),
                    [&](const auto& handle) { return !tombstones->contains(handle); }));
}

Result<void> demand_named(Connection& backup, const DataKey& key, const RestoreFrom& from) {
  if (from.tombstones_lost) return {};
  const auto count = unnamed_in(backup, key, from);
  if (!count) return tl::unexpected(count.error());
  if (*count != 0) return tl::unexpected(Error::kConflict);
  return {};
}

}  // namespace

Result<std::uint64_t> unnamed(const OpenOptions& given, const RestoreFrom& from) {
  demand_sqlcipher();
  const auto key = read_data_key(beside(from.backup, ".datakey"), from.secret);
  if (!key) return tl::unexpected(key.error());
  const auto opened =
      open_reader(with_absolute_path(given), std::filesystem::absolute(from.backup), *key);
  if (!opened) return tl::unexpected(opened.error());
  return unnamed_in(**opened, *key, from);
}

Result<Counted> restore(const OpenOptions& given, const KeyFileSecret& secret,
                        crypto::Random& random, const RestoreFrom& from) {
  demand_sqlcipher();
  const OpenOptions options = with_absolute_path(given);
  {
    // The backup first: a lock that is left where no store was would say that one is lost.
    const auto key = read_data_key(beside(from.backup, ".datakey"), from.secret);
    if (!key) return tl::unexpected(key.error());
    const auto opened = open_reader(options, std::filesystem::absolute(from.backup), *key);
    if (!opened) return tl::unexpected(opened.error());
    if (auto whole = demand_named(**opened, *key, from); !whole)
      return tl::unexpected(whole.error());
    auto lock = lock_place(options);
    if (!lock) return tl::unexpected(lock.error());
    if (auto none = demand_no_store(options); !none) return tl::unexpected(none.error());
    // Of a first start that was cut off: it would be taken for what is restored here.
    if (auto removed = remove_database(beside(options.path, ".new")); !removed)
      return tl::unexpected(removed.error());
    if (from.tombstones)
      if (auto put = put_tombstones(options, *from.tombstones); !put)
        return tl::unexpected(put.error());
    if (auto made = make_restored_database(options, *key, **opened); !made)
      return tl::unexpected(made.error());
    // Whatever stood here before, and however it ended: what comes has no journal.
    if (auto closed = lock->mark_closed(); !closed) return tl::unexpected(closed.error());
    // From here on every start finds a store, as after a first start that was cut off.
    if (auto kept = write_data_key(beside(options.path, ".datakey"), *key, secret, random); !kept)
      return tl::unexpected(kept.error());
    if (auto named = take_new_database(options); !named) return tl::unexpected(named.error());
  }
  // Opening replays the tombstones, and brings an older schema up to date.
  if (const auto store = open(options, secret, random); !store)
    return tl::unexpected(store.error());
  const auto key = read_data_key(beside(options.path, ".datakey"), secret);
  if (!key) return tl::unexpected(key.error());
  const auto opened = open_reader(options, options.path, *key);
  if (!opened) return tl::unexpected(opened.error());
  return count_in(**opened);
}

}  // namespace omzien::storage::sqlcipher
