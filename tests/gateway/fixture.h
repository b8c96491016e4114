// A gateway in this process, on an engine that forgets, with a clock that stands still until it is
// set.
#pragma once

#include <atomic>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/exchange_service.h"
#include "storage/data_key.h"
#include "storage/memory/memory_store.h"
#include "tests/kit/asking.h"
#include "tests/kit/case_builder.h"

namespace omzien::gateway {

class SettableClock final : public Clock {
 public:
  explicit SettableClock(std::uint64_t seconds) : seconds_(seconds) {}
  std::uint64_t seconds() override { return seconds_; }
  std::uint64_t passed() override { return passed_; }
  // Somebody sets it: no time passes.
  void set(std::uint64_t seconds) { seconds_ = seconds; }
  void advance(std::uint64_t seconds) {
    seconds_ += seconds;
    passed_ += seconds;
  }

 private:
  std::atomic<std::uint64_t> seconds_;
  std::atomic<std::uint64_t> passed_{1'000};
};

// Keeps the lines, for tests that look for what must or must not be in them.
class KeptLog final : public Log {
 public:
  void line(LogLevel, std::string_view text) override {
    const std::scoped_lock lock(mutex_);
    text_ += std::string(text) + "\n";
  }
  std::string text() {
    const std::scoped_lock lock(mutex_);
    return text_;
  }

 private:
  std::mutex mutex_;
  std::string text_;
};

// A folder that goes when the test does.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  std::filesystem::path operator/(const char* name) const { return path_ / name; }
  void write(const char* name, crypto::ByteView bytes) const;

 private:
  std::filesystem::path path_;
};

inline constexpr protocol::Day kToday = 20'000;
inline constexpr std::uint64_t kNoon = kToday * kSecondsPerDay + 43'200;

// The clock stands at noon of kToday. A test that needs other limits sets them before start().
class GatewayTest : public testing::Test {
 protected:
  using Status = rules::Status;
  using Kind = rules::OperationKind;
  using Compartment = rules::Compartment;

  GatewayTest();

  // The gateway, started at first use.
  ExchangeService& gateway();
  kit::Asking& client();
  People& people();
  void restart();

  kit::CaseBuilder new_case(std::string_view seed = "case") { return {organisation_, seed}; }
  // A case that mieke (holder) and youssef can read, opened.
  kit::CaseBuilder opened_case(std::string_view seed = "case");
  const crypto::SigningKey& key_of(const char* name) { return *organisation_.member(name).key; }
  // SQLCipher instead of memory; before the gateway starts.
  void store_in(const ScratchFolder& folder);
  static storage::DataKey data_key();  // of that store, "store.db" in its folder
  // The organisation publishes another version of its directory, and the gateway takes it.
  void publish_directory();

  kit::Organisation organisation_{"organisation", kToday - 1};
  ScratchFolder folder_;
  SettableClock clock_{kNoon};
  KeptLog log_;
  Limits limits_;
  Config::Pace pace_;
  std::unique_ptr<storage::Store> store_ = storage::make_memory_store();

 private:
  std::unique_ptr<People> people_;
  std::unique_ptr<ExchangeService> gateway_;
  std::unique_ptr<kit::Asking> client_;
};

}  // namespace omzien::gateway
