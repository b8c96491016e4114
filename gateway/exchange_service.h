// The exchange behind its entrance (exchange.h): checks on worker threads, reads beside each other,
// one writer. Every answer carries beacon, pace, day and the directory's hash, whatever was asked.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "gateway/exchange.h"
#include "gateway/pace.h"
#include "gateway/upkeep.h"
#include "gateway/writer.h"

namespace omzien::gateway {

// `Done` is called on a thread of the service; on the caller's, before answer() returns, when the
// frame asks nothing or there is no room to wait.
class ExchangeService final : public Exchange {
 public:
  // What it works on outlives it.
  struct Parts {
    storage::Store& store;
    People& people;
    Clock& clock;
    Log& log;
  };
  ExchangeService(const Parts&, storage::BeaconKey beacon_key, const Limits&, const Config::Pace&);
  ~ExchangeService() override;

  void answer(crypto::Bytes request, Done done) override;
  crypto::Bytes later(crypto::ByteView request) override;
  void sent_late(std::chrono::milliseconds by) override { pace_.late(by); }
  void drain() override;

  // upkeep.h
  void tend() { upkeep_.tend(); }
  void purge(const crypto::SigningKey& key, Upkeep::Purged done) {
    upkeep_.purge(key, std::move(done));
  }

 private:
  class Place;
  struct Job;

  bool admit(std::size_t bytes);
  void give_back(std::size_t bytes);
  crypto::Bytes reply(protocol::FrameSize size, Results results);
  void work(const std::stop_token& stop);
  std::unique_ptr<Job> next_job(const std::stop_token& stop);
  void serve(Job& job);
  Results read(CheckedFrame& frame);

  storage::Store& store_;
  People& people_;
  Refusals refusals_;
  Limits limits_;
  Timekeeper time_;
  Beacons beacons_;
  Pace pace_;
  Cases cases_;
  Quotas no_quotas_;  // reads need none
  std::mutex mutex_;
  std::condition_variable_any arrived_;
  std::condition_variable emptied_;
  std::deque<std::unique_ptr<Job>> jobs_;
  std::uint64_t frames_ = 0;  // handed in and not yet answered
  std::uint64_t bytes_ = 0;
  Upkeep upkeep_;  // before the writer, which does its chores to the last
  Writer writer_;
  std::vector<std::jthread> workers_;  // last: they use all of the above
};

}  // namespace omzien::gateway
