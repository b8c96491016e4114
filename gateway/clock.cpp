#include "gateway/clock.h"

#include <algorithm>
#include <chrono>
#include <ctime>

namespace omzien::gateway {
namespace {

constexpr std::uint64_t kYesterdaySeconds = 7'200;
// Less is what a clock is corrected by, and what nobody need be told.
constexpr std::uint64_t kPutBackSeconds = 3'600;

}  // namespace

std::uint64_t SystemClock::seconds() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(
      std::max<std::int64_t>(0, std::chrono::floor<std::chrono::seconds>(now).count()));
}

std::uint64_t SystemClock::passed() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return static_cast<std::uint64_t>(now.tv_sec);
}

bool Moment::accepts(protocol::Day day, protocol::Day head_day) const {
  const auto today = this->day();
  if (day == today) return true;
  if (day + 1 == today) return seconds_ % kSecondsPerDay < kYesterdaySeconds;
  return day > today && day == head_day;
}

Moment Timekeeper::now() {
  const auto read = clock_.seconds();
  auto latest = latest_.load(std::memory_order_relaxed);
  while (latest < read && !latest_.compare_exchange_weak(latest, read, std::memory_order_relaxed)) {
  }
  return {std::max(latest, read), start_ + (clock_.passed() - passed_at_start_)};
}

bool Timekeeper::is_put_back() {
  return clock_.seconds() + kPutBackSeconds < latest_.load(std::memory_order_relaxed);
}

}  // namespace omzien::gateway
