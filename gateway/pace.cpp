#include "gateway/pace.h"

#include <algorithm>
#include <cmath>

namespace omzien::gateway {
namespace {

constexpr double kStepMs = 100.0;

}  // namespace

void Pace::seen(double load) {
  auto peak = peak_.load(std::memory_order_relaxed);
  while (peak < load && !peak_.compare_exchange_weak(peak, load, std::memory_order_relaxed)) {
  }
}

void Pace::waiting(std::uint64_t frames) {
  seen(static_cast<double>(frames) / static_cast<double>(frames_max_));
}

void Pace::late(std::chrono::milliseconds by) {
  const auto part = std::chrono::duration<double>(by - kLateFrom) / (kLateMax - kLateFrom);
  if (part > 0) seen(part);
}

std::uint32_t Pace::ms(const Moment& now) {
  // Windows count from 1, so that the very first call sets one.
  const auto window = now.steady() / kWindowSeconds + 1;
  if (window_.load(std::memory_order_acquire) != window) {
    const std::scoped_lock lock(renewing_);
    if (window_.load(std::memory_order_relaxed) < window) {
      const auto load = std::min(1.0, peak_.exchange(0, std::memory_order_relaxed));
      load_ = std::max(load, load_ / 2.0);
      const auto extra = load_ * static_cast<double>(range_.ms_max - range_.ms_min);
      const auto stepped = std::floor(extra / kStepMs) * kStepMs;
      ms_.store(range_.ms_min + static_cast<std::uint32_t>(stepped), std::memory_order_relaxed);
      window_.store(window, std::memory_order_release);
    }
  }
  return ms_.load(std::memory_order_relaxed);
}

}  // namespace omzien::gateway
