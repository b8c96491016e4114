// What time it is, for a gateway that keeps nothing finer than a day.
#pragma once

#include <atomic>
#include <cstdint>

#include "protocol/ids.h"

namespace omzien::gateway {

inline constexpr std::uint64_t kSecondsPerDay = 86'400;

// A source of seconds since 1970-01-01 UTC; a parameter, so that tests can set it.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::uint64_t seconds() = 0;  // from any thread
};

class SystemClock final : public Clock {
 public:
  std::uint64_t seconds() override;
};

// One reading of the clock. Its seconds serve beacons and pace alone and go nowhere.
class Moment {
 public:
  Moment() = default;
  explicit Moment(std::uint64_t seconds) : seconds_(seconds) {}

  std::uint64_t seconds() const { return seconds_; }
  protocol::Day day() const { return static_cast<protocol::Day>(seconds_ / kSecondsPerDay); }

  // Whether an entry of `day` may be appended to a case whose newest entry is of `head_day` (0:
  // none):
  // - today, always;
  // - yesterday, in the first two hours after midnight UTC, since a frame is frozen a slot ahead
  //   and an answer may have been lost;
  // - the head's own day when that lies ahead, as after a clock that was wrong and was set back:
  //   or nothing could be added to the case until that day came.
  bool accepts(protocol::Day day, protocol::Day head_day) const;

 private:
  std::uint64_t seconds_ = 0;
};

// Readings that never go back: after a jump the gateway stays at the latest moment it has seen
// until the clock has caught up. So no day decreases and no beacon comes to life again. Use from
// any thread.
class Timekeeper {
 public:
  explicit Timekeeper(Clock& clock) : clock_(clock) {}
  Moment now();

 private:
  Clock& clock_;
  std::atomic<std::uint64_t> latest_{0};
};

}  // namespace omzien::gateway
