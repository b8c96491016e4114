// The days of a case against this device's own clock. The gateway gives every entry its day; terms,
// silence, dormant grants and retention count by it, and nobody else would notice one that lies
// ahead or stands still.
#pragma once

#include <optional>

#include "clients/core/alarm.h"
#include "protocol/chain.h"

namespace omzien::core {

// Today, UTC, by the device's own clock.
protocol::Day own_day();

// Whether two honest clocks may say these: a day more or less is midnight, or a clock that was set
// by local time.
bool same_day(protocol::Day, protocol::Day);

// The alarm, at the newest entry, when its day lies ahead of `own`, or when `served`, the gateway's
// day as the case was fetched, is another than `own`. `chain` is not empty.
std::optional<Alarm> other_day(const protocol::Chain& chain, protocol::Day served,
                               protocol::Day own);

}  // namespace omzien::core
