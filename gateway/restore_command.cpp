// `restore`: which tombstones go with it, said before anything is made.
#include <iostream>

#include "crypto/verify/random.h"
#include "gateway/store_commands.h"
#include "storage/sqlcipher/restore.h"
#include "storage/tombstones.h"

namespace omzien::gateway {
namespace {

using std::filesystem::path;

path beside_store(const Config& config) {
  auto name = config.store.path;
  name += ".tombstones";
  return name;
}

std::string records(std::uintmax_t count) {
  return std::to_string(count) + (count == 1 ? " record" : " records");
}

// A restored store without what was withdrawn since would bring it back: somebody has to say where
// that is, or that there is nothing. Not even those that lie there already are taken unasked: they
// may be an earlier restore's.
void demand_said(const Config& config, const RestoreCommand& command) {
  const auto lying = beside_store(config);
  const auto has = storage::tombstones_in(lying);
  if (!command.tombstones.empty()) {
    if (storage::tombstones_in(command.tombstones)) return;
    throw StoreError(command.tombstones, storage::Error::kUnreachable);
  }
  if (has)
    throw ConfigError("tombstones with " + records(*has) + " lie there already, " + lying.string() +
                      ": if they are the newest, name them with --tombstones; else move them away "
                      "and name those that are");
  if (command.no_tombstones || command.tombstones_lost) return;
  throw ConfigError(
      "the newest tombstones are needed, or what was withdrawn since this backup comes back: name "
      "them with --tombstones. If nothing was ever withdrawn, say --no-tombstones");
}

// Why a restore was refused with kConflict.
std::string conflict(const Config& config, const storage::sqlcipher::OpenOptions& options,
                     const storage::sqlcipher::RestoreFrom& from) {
  const auto missing = storage::sqlcipher::unnamed(options, from);
  if (std::filesystem::exists(config.store.path) || !missing || *missing == 0)
    return config.store.path.string() +
           ": a store, or other tombstones, are there already; nothing was written over";
  if (!from.tombstones)
    return "something was withdrawn or purged: " + std::to_string(*missing) +
           " cases of this backup are destroyed. Name the newest tombstones with --tombstones; "
           "only if they are gone for good, say --tombstones-lost. Nothing was made";
  return from.tombstones->string() +
         ": these tombstones are older than the backup, or another store's: they lack " +
         std::to_string(*missing) +
         " of the cases that are destroyed in it. With them, what was withdrawn since would live "
         "again. Nothing was made";
}

}  // namespace

Exit restore(const Config& config, const RestoreCommand& command) {
  const auto options = files_of(config);
  demand_said(config, command);
  crypto::SystemRandom random;
  const auto own = command.key_file.empty() ? config.store.key_file : command.key_file;
  storage::sqlcipher::RestoreFrom from{command.from, read_key(own), std::nullopt,
                                       command.tombstones_lost};
  if (!command.tombstones.empty()) from.tombstones = command.tombstones;
  const auto counted =
      storage::sqlcipher::restore(options, read_key(config.store.key_file), random, from);
  if (!counted && counted.error() == storage::Error::kConflict)
    throw ConfigError(conflict(config, options, from));
  if (!counted) throw StoreError(command.from, counted.error());
  if (from.tombstones)
    std::cout << "tombstones: " << records(storage::tombstones_in(*from.tombstones).value_or(0))
              << ", " << from.tombstones->string() << '\n';
  if (command.tombstones_lost)
    std::cerr
        << "omzien-gateway: WITHOUT TOMBSTONES: every case that was withdrawn or purged since "
           "this backup lives again, with all that was said in it\n";
  std::cout << "restored " << counted->cases << " cases, " << counted->entries
            << " entries: " << config.store.path.string() << '\n';
  return kDone;
}

}  // namespace omzien::gateway
