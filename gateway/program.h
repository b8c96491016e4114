// What the commands of the program share: how they end, and what they open.
#pragma once

#include <memory>
#include <stdexcept>
#include <string_view>

#include "gateway/config.h"
#include "gateway/log.h"
#include "storage/key_file.h"
#include "storage/sqlcipher/store.h"

namespace omzien::gateway {

enum Exit : int {
  kDone = 0,
  kDefect = 1,
  kBadInput = 2,
  kRefused = 3,
  kUnreachable = 4,
  kUnverified = 5,
};

// The store, its key or a backup cannot be used; `path` is what it is about.
class StoreError : public std::runtime_error {
 public:
  // `hint`: what to do about it, where more is known than the error tells.
  StoreError(const std::filesystem::path& path, storage::Error error, std::string_view hint = {});
  Exit exit_code() const;

 private:
  storage::Error error_;
};

// Throw StoreError.
storage::KeyFileSecret read_key(const std::filesystem::path& key_file);
// At the very first start it makes the store, and says so: a path that was mistyped, or a disk that
// is not mounted, looks just like one.
std::unique_ptr<storage::Store> open_store(const Config&, const storage::KeyFileSecret&, Log&);

// Throws ConfigError: no such engine.
void demand_known_engine(const Config&);
// Throws ConfigError for an engine that keeps no files.
storage::sqlcipher::OpenOptions files_of(const Config&);

protocol::ServiceId service_of(const Config&);

}  // namespace omzien::gateway
