// The pace: the mean time between a page's exchanges, the same for everybody, set by load alone
// (protocol §5).
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>

#include "gateway/clock.h"
#include "gateway/config.h"

namespace omzien::gateway {

// Follows what was worst lately: how many frames waited at one time, as when the disk is what is
// short, or how late an answer left behind its tick, as when the processor is: most frames ask
// nothing and never wait. Set anew every kWindowSeconds: at once when load grows, by halves when it
// falls. Use from any thread.
class Pace {
 public:
  static constexpr std::uint64_t kWindowSeconds = 10;
  // Later than the second is the greatest load; up to the first is none, since no system wakes a
  // thread to the millisecond.
  static constexpr std::chrono::milliseconds kLateFrom{25};
  static constexpr std::chrono::milliseconds kLateMax{250};

  Pace(const Config::Pace& range, std::uint64_t frames_max)
      : range_(range), frames_max_(frames_max) {}

  // `frames` are waiting now.
  void waiting(std::uint64_t frames);
  // An answer left so long after its tick.
  void late(std::chrono::milliseconds by);
  // Between the configured bounds, in steps of 100 ms (or the lower bound itself).
  std::uint32_t ms(const Moment&);

 private:
  void seen(double load);

  Config::Pace range_;
  std::uint64_t frames_max_;
  std::atomic<double> peak_{0};  // of load, from 0 on
  std::atomic<std::uint64_t> window_{0};
  std::atomic<std::uint32_t> ms_{0};
  std::mutex renewing_;
  double load_ = 0.0;  // 0 to 1
};

}  // namespace omzien::gateway
