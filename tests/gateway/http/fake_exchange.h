// A double at the boundary between HTTP and the use cases. The real exchange has its own tests;
// here it would hide what these look at: sockets, deadlines and ticks. Answers from another thread,
// as it does.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

#include "gateway/exchange.h"

namespace omzien::gateway::http::testing {

class FakeExchange final : public Exchange {
 public:
  // How long every answer takes.
  std::atomic<std::chrono::milliseconds> delay{std::chrono::milliseconds(0)};
  std::atomic<int> asked{0};
  // How long asking holds up the thread that asks, as a machine with too much to do would.
  std::atomic<std::chrono::milliseconds> holds_up{std::chrono::milliseconds(0)};
  // The latest that an answer left after its tick.
  std::atomic<std::chrono::milliseconds> latest{std::chrono::milliseconds(0)};

  ~FakeExchange() override { drain(); }

  // The request's bytes, each one higher.
  void answer(crypto::Bytes request, Done done) override {
    ++asked;
    std::this_thread::sleep_for(holds_up.load());
    const std::lock_guard lock(mutex_);
    running_.emplace_back(
        [request = std::move(request), done = std::move(done), wait = delay.load()]() mutable {
          std::this_thread::sleep_for(wait);
          for (auto& byte : request) ++byte;
          done(std::move(request));
        });
  }

  // As many bytes, all 0xEE.
  crypto::Bytes later(crypto::ByteView request) override {
    return crypto::Bytes(request.size(), 0xEE);
  }

  void sent_late(std::chrono::milliseconds by) override { latest = std::max(latest.load(), by); }

  void drain() override {
    const std::lock_guard lock(mutex_);
    for (auto& thread : running_) thread.join();
    running_.clear();
  }

 private:
  std::mutex mutex_;
  std::vector<std::thread> running_;
};

}  // namespace omzien::gateway::http::testing
