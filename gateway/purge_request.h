// How a running gateway is asked to purge: a file PATH.purge beside the store. Empty, it asks; then
// the gateway puts its answer in its place, one line. Whoever may make files there may also stop
// the gateway or take its store away, so this gives nobody anything new; and it needs no address to
// listen at and no number of a process.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>

#include "gateway/exchange_service.h"

namespace omzien::gateway {

std::filesystem::path purge_file(const std::filesystem::path& store);

// What the line of an answer says.
struct PurgeAnswer {
  bool done = false;
  std::string text;  // how many, or why not
};
std::optional<PurgeAnswer> read_purge_answer(const std::filesystem::path& file);

// The gateway's side.
class PurgeRequests {
 public:
  PurgeRequests(const std::filesystem::path& store, const crypto::SigningKey& key, Log& log);

  // Looks for the file; cheap when there is none. One call at a time.
  void look(ExchangeService&);

 private:
  void answer(const storage::Result<std::size_t>& purged);

  std::filesystem::path file_;
  const crypto::SigningKey& key_;
  Log& log_;
  std::atomic<bool> busy_{false};
};

}  // namespace omzien::gateway
