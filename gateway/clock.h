// What time it is, for a gateway that keeps nothing finer than a day.
#pragma once

#include <atomic>
#include <cstdint>

#include "protocol/ids.h"

namespace omzien::gateway {

inline constexpr std::uint64_t kSecondsPerDay = 86'400;

// What time it is, and how much has passed; a parameter, so that tests can set it. From any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::uint64_t seconds() = 0;  // since 1970-01-01 UTC, as somebody set it
  // On a clock that nobody sets and that goes on while the machine sleeps; from anywhere.
  virtual std::uint64_t passed() = 0;
};

class SystemClock final : public Clock {
 public:
  std::uint64_t seconds() override;
  std::uint64_t passed() override;
};

// One reading of the clock. Its seconds serve beacons, pace and the minute's quota alone and go
// nowhere.
class Moment {
 public:
  Moment() = default;
  explicit Moment(std::uint64_t seconds) : Moment(seconds, seconds) {}
  Moment(std::uint64_t seconds, std::uint64_t steady) : seconds_(seconds), steady_(steady) {}

  std::uint64_t seconds() const { return seconds_; }
  // The same at the start, and counted on from there whatever the clock is set to: what only has
  // to go on takes its windows from here.
  std::uint64_t steady() const { return steady_; }
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
  std::uint64_t steady_ = 0;
};

// Readings that never go back: after a jump the gateway stays at the latest day it has seen until
// the clock has caught up. So no day decreases; and what is counted in seconds goes on, or a clock
// that was ahead for a moment would let no report in until its day came. Use from any thread.
class Timekeeper {
 public:
  explicit Timekeeper(Clock& clock)
      : clock_(clock), start_(clock.seconds()), passed_at_start_(clock.passed()) {}
  Moment now();
  // Whether the clock stands more than an hour behind the latest moment.
  bool is_put_back();

 private:
  Clock& clock_;
  const std::uint64_t start_;
  const std::uint64_t passed_at_start_;
  std::atomic<std::uint64_t> latest_{0};
};

}  // namespace omzien::gateway
