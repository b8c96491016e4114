// One gateway in memory under a session of operations drawn from an input, and a model that says
// what it must have kept: exactly what it accepted, as a chain in which every rule holds.
#pragma once

#include <filesystem>
#include <vector>

#include "gateway/exchange_service.h"
#include "protocol/access.h"
#include "storage/memory/memory_store.h"
#include "tests/fuzz/target.h"
#include "tests/kit/asking.h"
#include "tests/kit/case_builder.h"
#include "tests/kit/random_moves.h"

namespace omzien::fuzz {

class SteppedClock final : public gateway::Clock {
 public:
  static constexpr protocol::Day kFirstDay = 20'600;

  std::uint64_t seconds() override { return seconds_; }
  std::uint64_t passed() override { return seconds_; }
  void advance(std::uint64_t seconds) { seconds_ += seconds; }
  protocol::Day day() const {
    return static_cast<protocol::Day>(seconds_ / gateway::kSecondsPerDay);
  }

 private:
  std::atomic<std::uint64_t> seconds_ = kFirstDay * gateway::kSecondsPerDay + 43'200;
};

class SilentLog final : public gateway::Log {
 public:
  void line(gateway::LogLevel, std::string_view) override {}
};

// What the model knows of a case.
struct ModelCase {
  kit::CaseBuilder builder;
  protocol::Access access;
  std::vector<protocol::SubmittedEntry> accepted;

  bool withdrawn() const { return access.withdrawn().has_value(); }
};

class ExchangeModel {
 public:
  explicit ExchangeModel(Input& input);

  void step();
  // Reads every case back and compares.
  void check();

 private:
  void open_case();
  void move(ModelCase&);
  void repeat(ModelCase&);
  void spoil(protocol::SubmittedEntry&);
  void put_chunk(const ModelCase&);
  void read_as_stranger(const ModelCase&);
  void ask_anything();
  void accept(ModelCase&, const protocol::SubmittedEntry&);
  ModelCase& some_case() { return cases_[input_.below(cases_.size())]; }
  const crypto::SigningKey& somebody(const ModelCase&);

  Input& input_;
  const kit::Organisation& organisation_;
  const protocol::Directory& directory_;
  SteppedClock clock_;
  SilentLog log_;
  std::unique_ptr<storage::Store> store_ = storage::make_memory_store();
  std::unique_ptr<gateway::People> people_;
  std::unique_ptr<gateway::ExchangeService> gateway_;
  std::unique_ptr<kit::Asking> client_;
  std::vector<ModelCase> cases_;
};

}  // namespace omzien::fuzz
