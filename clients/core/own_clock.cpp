#include "clients/core/own_clock.h"

#include <algorithm>
#include <chrono>

namespace omzien::core {

protocol::Day own_day() {
  const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return static_cast<protocol::Day>(now.time_since_epoch().count());
}

bool same_day(protocol::Day one, protocol::Day other) {
  return std::max(one, other) - std::min(one, other) <= 1;
}

std::optional<Alarm> other_day(const protocol::Chain& chain, protocol::Day served,
                               protocol::Day own) {
  const auto newest = chain.head_day();
  if ((newest <= own || same_day(newest, own)) && same_day(served, own)) return std::nullopt;
  return Alarm{chain.next_seq() - 1, AlarmKind::kOtherDay,
               "the gateway counts other days than this device's clock; one of them is wrong"};
}

}  // namespace omzien::core
