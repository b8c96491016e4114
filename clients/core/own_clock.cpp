#include "clients/core/own_clock.h"

#include <chrono>
#include <cstdlib>

namespace omzien::core {
namespace {

constexpr std::int64_t kDaysApart = 1;

}  // namespace

protocol::Day own_day() {
  const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return static_cast<protocol::Day>(now.time_since_epoch().count());
}

std::optional<Alarm> other_day(const protocol::Chain& chain, protocol::Day served,
                               protocol::Day own) {
  const auto ahead = [own](protocol::Day day) { return std::int64_t{day} - std::int64_t{own}; };
  if (ahead(chain.head_day()) <= kDaysApart && std::abs(ahead(served)) <= kDaysApart)
    return std::nullopt;
  return Alarm{chain.next_seq() - 1, AlarmKind::kOtherDay,
               "the gateway counts other days than this device's clock; one of them is wrong"};
}

}  // namespace omzien::core
