// A gateway's use cases in this process, on the SQLCipher engine: no HTTP, a clock that stands
// still, so that what was signed beforehand stays fresh, and no quota that a bench could reach.
#pragma once

#include "gateway/exchange_service.h"
#include "tests/bench/bench.h"
#include "tests/kit/organisation.h"

namespace omzien::bench {

// The invented organisation of every part. Its members' X-Wing keys are real ones, so that what is
// sealed to them is sealed as a client does it. Made on a day that stays the same for 100 days:
// programs that are started apart agree on its directory.
kit::Organisation make_organisation();
protocol::Day bench_day();

// Noon of today.
gateway::Moment standing_time();
protocol::Beacon standing_beacon();

class GatewayHere {
 public:
  // Makes the store in `folder`, or opens the one that is there.
  GatewayHere(const std::filesystem::path& folder, const kit::Organisation&);
  ~GatewayHere();

  storage::Store& store() { return *store_; }
  gateway::ExchangeService& exchange() { return *exchange_; }
  // As after a restart: nothing is remembered of any case.
  void restart_use_cases();

 private:
  class StandingClock;
  class NoLog;

  std::unique_ptr<NoLog> log_;
  std::unique_ptr<StandingClock> clock_;
  gateway::Limits limits_;
  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<gateway::People> people_;
  std::unique_ptr<gateway::ExchangeService> exchange_;
};

// Opens the engine alone, as GatewayHere does.
std::unique_ptr<storage::Store> open_store(const std::filesystem::path& folder);

// Seconds that a backup of the store in `folder` takes, while it is open or not; nothing where the
// disk has no room for one. Leaves none behind.
std::optional<double> backup_seconds(const std::filesystem::path& folder);

}  // namespace omzien::bench
