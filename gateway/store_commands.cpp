#include "gateway/store_commands.h"

#include <iostream>
#include <thread>

#include "crypto/verify/random.h"
#include "gateway/console_log.h"
#include "gateway/directory_seen.h"
#include "gateway/purge_request.h"
#include "gateway/retention.h"
#include "storage/files.h"
#include "storage/sqlcipher/backup.h"
#include "storage/sqlcipher/paths.h"
#include "storage/sqlcipher/rekey.h"

namespace omzien::gateway {
namespace {

using std::filesystem::path;

constexpr std::chrono::minutes kPurgePatience{2};
constexpr std::chrono::milliseconds kLookAgain{100};

path beside(const path& store, const char* ending) {
  auto name = store;
  name += ending;
  return name;
}

// Why a backup was refused with kConflict.
std::string backup_conflict(const storage::sqlcipher::OpenOptions& options, const path& to) {
  if (storage::sqlcipher::is_named_as_part(options.path, to))
    return to.string() + " is a name that the store itself uses; nothing was made";
  if (std::filesystem::exists(to))
    return to.string() + " is there already; nothing was written over";
  return beside(to, ".datakey").string() +
         " is there already, and another backup's: move it to that one; nothing was written over";
}

// Asks the gateway that has the store open, and waits for its answer.
Exit ask_to_purge(const path& store) {
  const auto file = purge_file(store);
  if (read_purge_answer(file)) (void)storage::remove_file(file);  // to somebody who went away
  if (auto made = storage::make_file(file); !made) throw StoreError(file, made.error());
  const auto until = std::chrono::steady_clock::now() + kPurgePatience;
  while (std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(kLookAgain);
    const auto answer = read_purge_answer(file);
    if (!answer) continue;
    (void)storage::remove_file(file);
    (answer->done ? std::cout << "purged " << answer->text << " cases\n"
                  : std::cerr << "omzien-gateway: " << answer->text << '\n');
    return answer->done ? kDone : kUnreachable;
  }
  (void)storage::remove_file(file);
  std::cerr << "omzien-gateway: the gateway that has this store open did not answer\n";
  return kUnreachable;
}

}  // namespace

Exit back_up(const Config& config, const BackupCommand& command) {
  const auto options = files_of(config);
  crypto::SystemRandom random;
  const auto counted =
      storage::sqlcipher::backup(options, read_key(config.store.key_file), random, command.to);
  if (!counted && counted.error() == storage::Error::kConflict)
    throw ConfigError(backup_conflict(options, command.to));
  if (!counted && counted.error() == storage::Error::kInUse)
    throw ConfigError("a backup to " + command.to.string() +
                      " is in use, by whoever makes it just now; nothing was changed");
  if (!counted) throw StoreError(command.to, counted.error());
  std::cout << "backed up " << counted->cases << " cases, " << counted->entries
            << " entries: " << command.to.string() << '\n';
  return kDone;
}

Exit rekey(const Config& config, const RekeyCommand& command) {
  const auto options = files_of(config);
  crypto::SystemRandom random;
  const auto secret = read_key(config.store.key_file);
  if (command.data_key) {
    const auto changed = storage::sqlcipher::change_data_key(options, secret, random);
    if (!changed && changed.error() == storage::Error::kInUse)
      throw ConfigError(
          "the data key is changed while no gateway runs, nor another rekey: stop it first");
    if (!changed) throw StoreError(config.store.path, changed.error());
    std::cout << "the store has another data key; backups from before keep theirs\n";
    return kDone;
  }
  const auto changed =
      storage::sqlcipher::change_key_file(options, secret, read_key(command.key_file), random);
  if (!changed && changed.error() == storage::Error::kInUse)
    throw ConfigError("the keys of this store are being changed just now; nothing was changed");
  if (!changed) throw StoreError(beside(config.store.path, ".datakey"), changed.error());
  std::cout
      << "the store opens with " << command.key_file.string()
      << " from the next start on: set [store] key_file to it. Backups from before still open "
         "with the old one\n";
  return kDone;
}

Exit purge(const Config& config) {
  auto options = files_of(config);
  // Run by a timer that nobody watches: a path that is wrong is said, not made.
  options.if_missing = storage::sqlcipher::IfMissing::kRefuse;
  const auto secret = read_key(config.store.key_file);
  crypto::SystemRandom random;
  const auto store = storage::sqlcipher::open(options, secret, random);
  if (!store && store.error() == storage::Error::kInUse) return ask_to_purge(options.path);
  if (!store) throw StoreError(options.path, store.error());
  ConsoleLog log(config.log_level);
  SystemClock clock;
  const Moment now(clock.seconds());
  const People people(config.directory.path, service_of(config), now.day(), log);
  const auto in_force = people.in_force();
  if (auto newest = demand_not_older(**store, *in_force); !newest)
    throw StoreError(options.path, newest.error());
  Cases cases(1);
  const crypto::SigningKey key(storage::signing_seed(secret));
  const auto purged = purge_all({**store, cases, key, random}, in_force->directory, now);
  if (!purged) throw StoreError(options.path, purged.error());
  std::cout << "purged " << *purged << " cases\n";
  return kDone;
}

}  // namespace omzien::gateway
