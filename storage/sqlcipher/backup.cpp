#include "storage/sqlcipher/backup.h"

#include "storage/files.h"
#include "storage/sqlcipher/database.h"
#include "storage/sqlcipher/paths.h"
#include "storage/sqlcipher/process_lock.h"

namespace omzien::storage::sqlcipher {
namespace {

using std::filesystem::path;

// Whoever makes a backup of that name, as long as it takes: two would write into one TO.part. Ends
// with its file, or with the process.
class Turn {
 public:
  static Result<Turn> take(const path& to) {
    auto name = beside(to, ".part.lock");
    auto file = lock_file(name);
    if (!file) return tl::unexpected(file.error());
    return Turn(std::move(name), std::move(*file));
  }
  Turn(Turn&&) = default;
  Turn& operator=(Turn&&) = delete;
  ~Turn() {
    if (file_) (void)remove_file(name_);
  }

 private:
  Turn(path name, Descriptor file) : name_(std::move(name)), file_(std::move(file)) {}
  path name_;
  Descriptor file_;
};

// TO.datakey may be what is left of a backup that was cut off, and is written again then. That of
// another one, which lies elsewhere by now, opens it alone.
Result<void> demand_free(const path& to, const DataKey& key, const KeyFileSecret& secret) {
  const auto taken = is_there(to);
  if (!taken) return tl::unexpected(taken.error());
  if (*taken) return tl::unexpected(Error::kConflict);
  const auto wrapped = beside(to, ".datakey");
  const auto has_key = is_there(wrapped);
  if (!has_key) return tl::unexpected(has_key.error());
  if (!*has_key) return {};
  const auto present = read_data_key(wrapped, secret);
  if (!present || !crypto::constant_time_equal(present->reveal(), key.reveal()))
    return tl::unexpected(Error::kConflict);
  return {};
}

}  // namespace

Result<Counted> count_in(Connection& connection) {
  const auto cases = connection.number("SELECT count(*) FROM cases");
  if (!cases) return tl::unexpected(cases.error());
  const auto entries = connection.number("SELECT count(*) FROM entries");
  if (!entries) return tl::unexpected(entries.error());
  return Counted{*cases, *entries};
}

Result<Counted> backup(const OpenOptions& given, const KeyFileSecret& secret,
                       crypto::Random& random, const path& to) {
  demand_sqlcipher();
  const OpenOptions options = with_absolute_path(given);
  // Under such a name the next start, restore or rekey would take it for its own: put it in the
  // store's place, with all that came since gone, or remove it.
  if (is_named_as_part(options.path, to)) return tl::unexpected(Error::kConflict);
  const auto key = read_data_key(beside(options.path, ".datakey"), secret);
  if (!key) return tl::unexpected(key.error());
  const auto turn = Turn::take(to);
  if (!turn) return tl::unexpected(turn.error());
  if (auto free = demand_free(to, *key, secret); !free) return tl::unexpected(free.error());
  if (auto whole = demand_journal(options.path); !whole) return tl::unexpected(whole.error());
  const auto from = open_reader(options, options.path, *key);
  if (!from) return tl::unexpected(from.error());

  const path part = std::filesystem::absolute(beside(to, ".part"));
  const auto counted = [&]() -> Result<Counted> {
    const auto copy = copy_to_file(options, **from, part, *key);
    if (!copy) return tl::unexpected(copy.error());
    return count_in(**copy);
  }();
  if (!counted) {
    (void)remove_database(part);
    return counted;
  }
  // Nor what came there by other hands meanwhile: its key would be written over before it.
  if (auto free = demand_free(to, *key, secret); !free) {
    (void)remove_database(part);
    return tl::unexpected(free.error());
  }
  // The key first: a backup that is there can be opened.
  if (auto kept = write_data_key(beside(to, ".datakey"), *key, secret, random); !kept)
    return tl::unexpected(kept.error());
  if (auto named = rename_file(part, to); !named) return tl::unexpected(named.error());
  return counted;
}

}  // namespace omzien::storage::sqlcipher
