#include "tests/bench/gateway_here.h"

#include <fstream>
#include <iostream>
#include <limits>

#include "crypto/open/xwing.h"
#include "crypto/verify/random.h"
#include "storage/sqlcipher/backup.h"
#include "storage/sqlcipher/store.h"
#include "tests/bench/parts.h"

namespace omzien::bench {
namespace {

constexpr std::uint64_t kSecondsPerDay = gateway::kSecondsPerDay;

storage::BeaconKey beacon_key() { return *storage::BeaconKey::from(crypto::Bytes(32, 7)); }

storage::KeyFileSecret secret() { return *storage::KeyFileSecret::from(crypto::Bytes(32, 9)); }

storage::sqlcipher::OpenOptions options_of(const std::filesystem::path& folder) {
  storage::sqlcipher::OpenOptions options;
  options.path = folder / "store.db";
  return options;
}

gateway::Limits without_quotas() {
  gateway::Limits limits;
  limits.cases_opened_per_minute_max = limits.cases_opened_per_day_max =
      limits.unanswered_bytes_per_day_max = std::numeric_limits<std::uint32_t>::max();
  limits.unanswered_bytes_per_day_max <<= 16;
  return limits;
}

void write(const std::filesystem::path& path, crypto::ByteView bytes) {
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
}

}  // namespace

class GatewayHere::StandingClock final : public gateway::Clock {
 public:
  std::uint64_t seconds() override { return standing_time().seconds(); }
  std::uint64_t passed() override { return 0; }
};

// What a store has to say belongs to whoever reads the figures.
class GatewayHere::NoLog final : public gateway::Log {
 public:
  void line(gateway::LogLevel level, std::string_view text) override {
    if (level == gateway::LogLevel::kError) std::cerr << text << '\n';
  }
};

protocol::Day bench_day() {
  static const auto today = gateway::Moment(gateway::SystemClock().seconds()).day();
  return today;
}

gateway::Moment standing_time() {
  return gateway::Moment(bench_day() * kSecondsPerDay + kSecondsPerDay / 2);
}

protocol::Beacon standing_beacon() { return gateway::Beacons(beacon_key()).at(standing_time()); }

kit::Organisation make_organisation() {
  constexpr protocol::Day kSameFor = 100;
  kit::Organisation organisation("bench", bench_day() - bench_day() % kSameFor);
  organisation.add_extras(32);
  crypto::FixedRandom random("bench x-wing");
  for (auto& member : organisation.members())
    member.xwing_key = crypto::xwing_public_key(crypto::random_key<crypto::XWingSeed>(random));
  return organisation;
}

std::unique_ptr<storage::Store> open_store(const std::filesystem::path& folder) {
  crypto::SystemRandom random;
  return std::move(storage::sqlcipher::open(options_of(folder), secret(), random).value());
}

std::optional<double> backup_seconds(const std::filesystem::path& folder) {
  constexpr std::uintmax_t kSpareTimes = 3;  // others use the disk, too
  const auto bytes = std::filesystem::file_size(folder / "store.db");
  if (std::filesystem::space(folder).available < kSpareTimes * bytes) return std::nullopt;
  const EmptyFolder apart(folder / "backup");
  crypto::SystemRandom random;
  return seconds_of([&] {
    storage::sqlcipher::backup(options_of(folder), secret(), random, apart / "store.db").value();
  });
}

GatewayHere::GatewayHere(const std::filesystem::path& folder, const kit::Organisation& organisation)
    : log_(std::make_unique<NoLog>()),
      clock_(std::make_unique<StandingClock>()),
      limits_(without_quotas()),
      store_(open_store(folder)) {
  write(folder / "bundle", organisation.bundle());
  people_ = std::make_unique<gateway::People>(folder / "bundle", organisation.service(),
                                              bench_day(), *log_);
  restart_use_cases();
}

GatewayHere::~GatewayHere() = default;

void GatewayHere::restart_use_cases() {
  exchange_.reset();
  exchange_ = std::make_unique<gateway::ExchangeService>(
      gateway::ExchangeService::Parts{*store_, *people_, *clock_, *log_}, beacon_key(), limits_,
      gateway::Config::Pace{});
}

nlohmann::json write_organisation(const std::filesystem::path& folder) {
  const auto organisation = make_organisation();
  write(folder / "directory.omz", organisation.bundle());
  write(folder / "empty.frame", *protocol::encode_request({}, protocol::FrameSize::kSmall));
  return {{"service_id", organisation.service().hex()}};
}

}  // namespace omzien::bench
