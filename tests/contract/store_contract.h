// The fixture under which every engine runs the same tests: storage/store.h, sentence by sentence.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "storage/store.h"

namespace omzien::storage::contract {

struct Engine {
  std::string name;
  // A new, empty store. `folder` is the test's own and empty.
  std::function<std::unique_ptr<Store>(const std::filesystem::path& folder,
                                       std::chrono::milliseconds wait_max)>
      make;
};

std::vector<Engine> engines();

// Things to store, made of a number: the same number makes the same thing.
protocol::Handle handle_of(std::uint32_t number);
protocol::MemberId member_of(std::uint32_t number);
protocol::UploadId upload_of(std::uint32_t number);
crypto::Bytes bytes_of(std::uint32_t number, std::size_t size);
crypto::SecretBytes share_of(std::uint32_t number);
Entry entry_of(std::uint32_t number, std::size_t payload_bytes = 100);
std::vector<Entry> entries_of(std::uint32_t first_number, std::size_t count);

// An info whose head is the last of `entries`, of which the first stands at `first_seq`.
CaseInfo info_for(const std::vector<Entry>& entries, std::uint64_t first_seq = 0);

// A new folder that goes with the test.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

class StoreContract : public testing::TestWithParam<Engine> {
 protected:
  static constexpr auto kWaitMax = std::chrono::seconds(20);

  StoreContract();

  std::unique_ptr<Reader> reader() { return std::move(store_->reader().value()); }
  std::unique_ptr<Transaction> begin() { return std::move(store_->begin().value()); }

  // Does `work` in a transaction of its own and commits it.
  template <class Work>
  void commit(Work work) {
    const auto transaction = begin();
    work(*transaction);
    ASSERT_TRUE(transaction->commit());
  }

  // Commits a new case of `entries`.
  void open_case(std::uint32_t number, const std::vector<Entry>& entries) {
    commit([&](Transaction& t) {
      ASSERT_TRUE(t.open_case(handle_of(number), share_of(number), entries, info_for(entries)));
    });
  }

  TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
};

template <class T>
testing::AssertionResult is_conflict(const Result<T>& result) {
  if (!result && result.error() == Error::kConflict) return testing::AssertionSuccess();
  return testing::AssertionFailure() << (result ? "succeeded" : "another error");
}

template <class T>
testing::AssertionResult is_failed(const Result<T>& result) {
  if (!result && result.error() == Error::kFailed) return testing::AssertionSuccess();
  return testing::AssertionFailure() << (result ? "succeeded" : "another error");
}

// In each file after its fixture.
#define OMZIEN_ON_EVERY_ENGINE(Fixture)                                         \
  INSTANTIATE_TEST_SUITE_P(On, Fixture, testing::ValuesIn(contract::engines()), \
                           [](const auto& engine) { return engine.param.name; })

}  // namespace omzien::storage::contract
