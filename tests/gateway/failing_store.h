// A store that passes everything on to another one, until it is told to fail.
#pragma once

#include <atomic>
#include <functional>

#include "storage/store.h"

namespace omzien::gateway {

class FailingStore final : public storage::Store {
 public:
  explicit FailingStore(storage::Store& inner) : inner_(inner) {}

  struct Faults {
    std::atomic<bool> begin{false};
    std::atomic<bool> append{false};
    std::atomic<bool> commit{false};
    std::optional<protocol::Handle> damaged;  // its page is; set while nothing is handed in
    std::atomic<bool> read{false};
    std::atomic<int> commits{0};
    std::atomic<bool> scrub{false};
    std::atomic<int> scrubs{0};
    std::atomic<int> readers{0};             // that were asked for
    std::atomic<bool> out_of_memory{false};  // reader() and begin() throw
    std::atomic<std::size_t> rows{0};        // entries that transactions read
    std::atomic<std::size_t> bytes{0};       // and what these had, payloads included
    std::atomic<std::size_t> kept{0};        // certificates and records that transactions read
    std::atomic<bool> hold{false};           // begin() waits while this stands
    std::function<void()> after_share;       // the next reader runs it, once it read a case's share
  } faults;

  storage::Result<std::unique_ptr<storage::Reader>> reader() override;
  storage::Result<std::unique_ptr<storage::Transaction>> begin() override;
  storage::Result<void> scrub() override {
    ++faults.scrubs;
    if (faults.scrub) return tl::unexpected(storage::Error::kFailed);
    return inner_.scrub();
  }

 private:
  storage::Store& inner_;
};

}  // namespace omzien::gateway
