// What opening, appending, reading and an inbox cost at each size: the same operations through the
// gateway's use cases, store by store in turn, each round on use cases that remember no case.
#include <algorithm>
#include <random>
#include <stdexcept>
#include <string>

#include "crypto/verify/random.h"
#include "tests/bench/gateway_here.h"
#include "tests/bench/sealed_reports.h"
#include "tests/bench/stores.h"
#include "tests/kit/asking.h"

namespace omzien::bench {
namespace {

using rules::OperationKind;

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// One store, and the cases in it that can be asked about, in an order of chance.
class Asked {
 public:
  Asked(const std::filesystem::path& folder, std::size_t cases, const kit::Organisation& whose)
      : cases_(cases), organisation_(whose) {
    opening_seconds_ = seconds_of([&] { gateway_.emplace(folder, organisation_); });
    bytes_ = bytes_when_filled(folder);
    backup_seconds_ = backup_seconds(folder);
    const auto reader = gateway_->store().reader().value();
    for (std::size_t i = 0; i < std::min(kKnownCases, cases); ++i)
      known_.push_back(known_case(organisation_, i, *reader));
    std::shuffle(known_.begin(), known_.end(), std::mt19937(kOrder));
  }

  nlohmann::json about() const {
    nlohmann::json found{
        {"cases", cases_},
        {"opening_seconds", opening_seconds_},
        {"bytes_per_case", static_cast<double>(bytes_) / static_cast<double>(cases_)}};
    if (backup_seconds_) found["backup_seconds"] = *backup_seconds_;
    return found;
  }

  // Median microseconds of each operation.
  nlohmann::json round(std::size_t operations) {
    gateway_->restart_use_cases();
    return {{"open", each(operations, [&](std::size_t) { return open(); })},
            {"append", each(operations, [&](std::size_t) { return append(next_known()); })},
            {"read", each(operations, [&](std::size_t) { return read(next_known()); })},
            {"inbox", each(operations, [&](std::size_t i) { return inbox(i); })}};
  }

 private:
  static constexpr std::mt19937::result_type kOrder = 1;  // of chance, and each run's the same

  kit::CaseBuilder& next_known() { return known_[next_++ % known_.size()]; }

  template <class Frame>
  double each(std::size_t operations, Frame frame) {
    std::vector<double> took;
    for (std::size_t i = 0; i < operations; ++i) {
      auto asked = frame(i);
      crypto::Bytes answer;
      took.push_back(1e6 * seconds_of([&] {
                       answer = kit::exchange(gateway_->exchange(), std::move(asked));
                     }));
      if (!is_done(answer)) throw std::runtime_error("an operation was refused");
    }
    return median(std::move(took));
  }

  crypto::Bytes ask(OperationKind kind, crypto::Bytes body, const crypto::SigningKey& key) {
    return signed_frame(kind, std::move(body), key, standing_beacon(), organisation_.service());
  }

  crypto::Bytes open() {
    crypto::SystemRandom random;
    kit::CaseBuilder builder(organisation_, crypto::random_value<protocol::Handle>(random).hex());
    builder.on(bench_day());
    const auto opening = ordinary_opening(builder, opened_++);
    return ask(OperationKind::kOpen, protocol::encode(opening), builder.owner());
  }

  crypto::Bytes append(kit::CaseBuilder& known) {
    protocol::Append body;
    body.entries.push_back(next_message(known));
    return ask(OperationKind::kAppend, protocol::encode(body), known.owner());
  }

  crypto::Bytes read(kit::CaseBuilder& known) {
    return ask(OperationKind::kRead, protocol::encode(protocol::Read{known.handle(), 0}),
               known.owner());
  }

  crypto::Bytes inbox(std::size_t i) {
    const auto& reader = organisation_.member(i % 2 == 0 ? "mieke" : "youssef");
    return ask(OperationKind::kInbox, protocol::encode(protocol::Inbox{}), *reader.key);
  }

  std::size_t cases_;
  const kit::Organisation& organisation_;
  double opening_seconds_ = 0;
  std::optional<double> backup_seconds_;
  std::optional<GatewayHere> gateway_;
  std::uintmax_t bytes_ = 0;
  std::vector<kit::CaseBuilder> known_;
  std::size_t next_ = 0;
  std::size_t opened_ = 0;
};

// Rounds that are not counted. The backups have pushed the stores out of the system's memory, and
// how fast they come back tells about the disk.
constexpr std::size_t kRoundsBefore = 5;

}  // namespace

nlohmann::json measure_growth(const GrowthOptions& options) {
  fill_stores(options.stores);  // where they are of another day: midnight may have passed since
  const auto organisation = make_organisation();
  std::vector<std::unique_ptr<Asked>> stores;
  nlohmann::json figures{{"stores", nlohmann::json::array()}, {"rounds", nlohmann::json::array()}};
  for (const auto cases : options.stores.cases) {
    stores.push_back(
        std::make_unique<Asked>(store_folder(options.stores, cases), cases, organisation));
    figures["stores"].push_back(stores.back()->about());
  }
  for (std::size_t i = 0; i < kRoundsBefore; ++i)
    for (const auto& store : stores) store->round(options.operations);
  for (std::size_t i = 0; i < options.rounds; ++i) {
    nlohmann::json round;
    for (std::size_t s = 0; s < stores.size(); ++s)
      round[std::to_string(options.stores.cases[s])] = stores[s]->round(options.operations);
    figures["rounds"].push_back(round);
  }
  return figures;
}

}  // namespace omzien::bench
