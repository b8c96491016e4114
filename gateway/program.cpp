#include "gateway/program.h"

#include "crypto/verify/random.h"
#include "gateway/people.h"
#include "storage/describe.h"
#include "storage/memory/memory_store.h"

namespace omzien::gateway {

namespace {

constexpr std::string_view kLostStore =
    "There was a store here, and its database is lost. Put it back, or restore a backup. Only if a "
    "new and empty store is wanted, move away what lies beside its place first.";

}  // namespace

StoreError::StoreError(const std::filesystem::path& path, storage::Error error,
                       std::string_view hint)
    : std::runtime_error(path.string() + ": " + std::string(storage::describe(error)) +
                         (hint.empty() ? "" : " ") + std::string(hint)),
      error_(error) {}

Exit StoreError::exit_code() const {
  switch (error_) {
    case storage::Error::kDamaged: return kUnverified;
    case storage::Error::kExposed:
    case storage::Error::kWrongKey:
    case storage::Error::kNewer:
    case storage::Error::kConflict: return kBadInput;
    default: return kUnreachable;  // a disk that is full, or away, or another gateway's: try again
  }
}

storage::KeyFileSecret read_key(const std::filesystem::path& key_file) {
  auto secret = storage::read_key_file(key_file);
  if (!secret) throw StoreError(key_file, secret.error());
  return std::move(*secret);
}

void demand_known_engine(const Config& config) {
  if (config.store.engine == "sqlcipher" || config.store.engine == "memory") return;
  throw ConfigError("[store] engine: \"" + config.store.engine +
                    "\" is none of \"sqlcipher\" and, for tests, \"memory\"");
}

storage::sqlcipher::OpenOptions files_of(const Config& config) {
  demand_known_engine(config);
  if (config.store.engine != "sqlcipher")
    throw ConfigError("[store] engine: \"" + config.store.engine + "\" keeps no files");
  storage::sqlcipher::OpenOptions options;
  options.path = config.store.path;
  // SQLite keeps the journal beside the file itself, and all else lies beside the name: after a
  // crash the store would be called damaged, though nothing is lost.
  std::error_code none;
  if (std::filesystem::is_symlink(options.path, none))
    throw ConfigError(
        "[store] path: " + options.path.string() +
        " is a link. Name the file that it leads to, and put what lies beside the link "
        "(.datakey, .lock, .tombstones) beside that");
  return options;
}

std::unique_ptr<storage::Store> open_store(const Config& config,
                                           const storage::KeyFileSecret& secret, Log& log) {
  if (config.store.engine == "memory") return storage::make_memory_store();
  const auto options = files_of(config);
  // With a key there is a database, at worst one that a restore had not named yet.
  std::error_code ignored;
  const bool is_there = std::filesystem::exists(options.path, ignored) ||
                        std::filesystem::exists(options.path.string() + ".datakey", ignored);
  crypto::SystemRandom random;
  auto store = storage::sqlcipher::open(options, secret, random);
  if (!store) {
    const auto lost = storage::sqlcipher::is_lost(options);
    throw StoreError(options.path, store.error(), lost && *lost ? kLostStore : "");
  }
  if (!is_there)
    log.line(LogLevel::kWarning, "made a new, empty store at " + options.path.string());
  return std::move(*store);
}

protocol::ServiceId service_of(const Config& config) {
  if (config.directory.service_id) return *config.directory.service_id;
  return service_of_bundle(config.directory.path);
}

}  // namespace omzien::gateway
