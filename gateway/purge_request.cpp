#include "gateway/purge_request.h"

#include <fstream>
#include <memory>

#include "storage/describe.h"
#include "storage/files.h"

namespace omzien::gateway {
namespace {

constexpr std::string_view kPurged = "purged ";
constexpr std::string_view kFailed = "failed ";

// As long as a purge that was asked for is to come or goes on; one that found no memory is neither,
// and the file asks again.
class Busy {
 public:
  explicit Busy(std::atomic<bool>& flag) : flag_(flag) { flag_ = true; }
  ~Busy() { flag_ = false; }
  Busy(const Busy&) = delete;
  Busy& operator=(const Busy&) = delete;

 private:
  std::atomic<bool>& flag_;
};

}  // namespace

std::filesystem::path purge_file(const std::filesystem::path& store) {
  auto file = store;
  file += ".purge";
  return file;
}

std::optional<PurgeAnswer> read_purge_answer(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::string line;
  if (!std::getline(stream, line)) return std::nullopt;
  if (line.starts_with(kPurged)) return PurgeAnswer{true, line.substr(kPurged.size())};
  if (line.starts_with(kFailed)) return PurgeAnswer{false, line.substr(kFailed.size())};
  return std::nullopt;
}

PurgeRequests::PurgeRequests(const std::filesystem::path& store, const crypto::SigningKey& key,
                             Log& log)
    : file_(purge_file(store)), key_(key), log_(log) {}

void PurgeRequests::look(ExchangeService& exchange) {
  std::error_code error;
  if (busy_ || std::filesystem::file_size(file_, error) != 0 || error) return;
  exchange.purge(key_, [this, busy = std::make_shared<Busy>(busy_)](
                           const storage::Result<std::size_t>& purged) { answer(purged); });
}

void PurgeRequests::answer(const storage::Result<std::size_t>& purged) {
  const auto line = purged ? std::string(kPurged) + std::to_string(*purged)
                           : std::string(kFailed) + std::string(storage::describe(purged.error()));
  log_.line(purged ? LogLevel::kInfo : LogLevel::kError, "retention: " + line);
  // An answer that can't be written is no answer: who asked waits, and says so.
  (void)storage::write_file(file_, crypto::as_bytes(line + "\n"));
}

}  // namespace omzien::gateway
