// The pace: the mean time between a page's exchanges, the same for everybody, set by load alone
// (protocol §5).
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>

#include "gateway/clock.h"
#include "gateway/config.h"

namespace omzien::gateway {

// Follows the greatest number of frames that waited at one time. Set anew every kWindowSeconds: at
// once when load grows, by halves when it falls. Use from any thread.
class Pace {
 public:
  static constexpr std::uint64_t kWindowSeconds = 10;

  Pace(const Config::Pace& range, std::uint64_t frames_max)
      : range_(range), frames_max_(frames_max) {}

  // `frames` are waiting now.
  void waiting(std::uint64_t frames);
  // Between the configured bounds, in steps of 100 ms (or the lower bound itself).
  std::uint32_t ms(const Moment&);

 private:
  Config::Pace range_;
  std::uint64_t frames_max_;
  std::atomic<std::uint64_t> peak_{0};
  std::atomic<std::uint64_t> window_{0};
  std::atomic<std::uint32_t> ms_{0};
  std::mutex renewing_;
  double load_ = 0.0;  // 0 to 1
};

}  // namespace omzien::gateway
