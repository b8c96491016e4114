// Acknowledged reports per second: the gateway's use cases on SQLCipher with 1, 8 and 64 clients,
// and raw SQLCipher with one and with 64 rows a commit; in turn, each on a fresh database.
#include <condition_variable>
#include <mutex>
#include <stdexcept>

#include "crypto/verify/random.h"
#include "tests/bench/gateway_here.h"
#include "tests/bench/parts.h"
#include "tests/bench/raw_table.h"
#include "tests/bench/sealed_reports.h"

namespace omzien::bench {
namespace {

// So many clients on one thread, each with one frame under way: as a worker of gateway/http serves
// its sessions.
class Clients {
 public:
  explicit Clients(gateway::Exchange& exchange) : exchange_(exchange) {}

  // Hands in every frame; returns when all are answered.
  std::vector<crypto::Bytes> ask(const std::vector<crypto::Bytes>& frames, std::size_t clients) {
    std::vector<crypto::Bytes> answers(frames.size());
    std::size_t under_way = 0;
    for (std::size_t next = 0; next < frames.size() || under_way > 0;) {
      for (; under_way < clients && next < frames.size(); ++next, ++under_way)
        exchange_.answer(frames[next], [this, into = &answers[next]](crypto::Bytes answer) {
          *into = std::move(answer);
          const std::scoped_lock lock(mutex_);
          ++arrived_;
          some_arrived_.notify_one();
        });
      under_way -= wait();
    }
    return answers;
  }

 private:
  std::size_t wait() {
    std::unique_lock lock(mutex_);
    some_arrived_.wait(lock, [this] { return arrived_ > 0; });
    return std::exchange(arrived_, 0);
  }

  gateway::Exchange& exchange_;
  std::mutex mutex_;
  std::condition_variable some_arrived_;
  std::size_t arrived_ = 0;
};

struct Sealed {
  std::vector<crypto::Bytes> frames;
  std::vector<crypto::Bytes> kept;
};

Sealed seal_all(const kit::Organisation& organisation, std::size_t count) {
  crypto::SystemRandom random;
  const auto directory = organisation.directory();
  Sealed sealed;
  for (std::size_t i = 0; i < count; ++i) {
    const auto report = seal_report(organisation, directory, bench_day(), random);
    sealed.frames.push_back(frame_of(report, standing_beacon(), organisation.service()));
    sealed.kept.push_back(kept_bytes(report));
  }
  return sealed;
}

nlohmann::json by_gateway(const EmptyFolder& folder, const kit::Organisation& organisation,
                          const std::vector<crypto::Bytes>& frames, std::size_t clients) {
  std::filesystem::create_directories(folder / "gateway");
  GatewayHere gateway(folder / "gateway", organisation);
  std::vector<crypto::Bytes> answers;
  auto cost =
      cost_of(frames.size(), [&] { answers = Clients(gateway.exchange()).ask(frames, clients); });
  for (const auto& answer : answers)
    if (!is_done(answer)) throw std::runtime_error("a report was refused");
  return cost;
}

nlohmann::json by_raw_table(const EmptyFolder& folder, const std::vector<crypto::Bytes>& blobs,
                            std::size_t rows_per_commit) {
  std::filesystem::create_directories(folder / "raw");
  RawTable table(folder / "raw");
  return cost_of(blobs.size(), [&] { table.put(blobs, rows_per_commit); });
}

}  // namespace

nlohmann::json measure_reports(const ReportsOptions& options) {
  const auto organisation = make_organisation();
  const auto sealed = seal_all(organisation, options.reports);
  const auto gateway = [&](std::size_t clients) {
    return by_gateway(EmptyFolder(options.folder / "reports"), organisation, sealed.frames,
                      clients);
  };
  const auto raw = [&](std::size_t rows) {
    return by_raw_table(EmptyFolder(options.folder / "reports"), sealed.kept, rows);
  };
  nlohmann::json figures{{"reports", options.reports},
                         {"bytes_per_report", sealed.kept.front().size()},
                         {"rounds", nlohmann::json::array()}};
  for (std::size_t i = 0; i < options.rounds; ++i) {
    nlohmann::json round;
    if (options.clients_only != 0) {
      round["gateway"] = gateway(options.clients_only);
    } else {  // what is held against each other stands next to each other
      round["gateway_1"] = gateway(1);
      round["raw_1"] = raw(1);
      round["gateway_64"] = gateway(64);
      round["raw_64"] = raw(64);
      round["gateway_8"] = gateway(8);
    }
    figures["rounds"].push_back(round);
  }
  return figures;
}

}  // namespace omzien::bench
