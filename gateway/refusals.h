// What a failing store refused, as the log may have it: each kind once a day, and how many there
// were at the turn of the day. Whoever keeps the log puts a time on each line: of one damaged case
// a line for each refusal would be the time of every visit by its people.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "gateway/log.h"
#include "protocol/ids.h"
#include "storage/store.h"

namespace omzien::gateway {

class Refusals {
 public:
  enum class Kind { kRead, kWrite };

  explicit Refusals(Log& log) : log_(log) {}
  Refusals(const Refusals&) = delete;
  Refusals& operator=(const Refusals&) = delete;

  // Both from any thread. Days do not go back: one that is over counts as the latest.
  void add(Kind, storage::Error, protocol::Day today, std::uint64_t exchanges = 1);
  // Says how many there were on the day before, once it is over.
  void tend(protocol::Day today);

 private:
  std::vector<std::string> turn_to(protocol::Day today);
  void say(const std::vector<std::string>& lines);

  Log& log_;
  std::mutex mutex_;
  protocol::Day day_ = 0;                                             // guarded by mutex_
  std::map<std::pair<Kind, storage::Error>, std::uint64_t> refused_;  // on day_; and so is this
};

}  // namespace omzien::gateway
