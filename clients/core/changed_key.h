// When somebody's signing key became one that nothing but the organisation's root vouches for.
#pragma once

#include "protocol/directory.h"

namespace omzien::core {

// The last day on which their key became one that the key before it did not sign: people are shown
// "changed on (day)" (protocol §4). However many were vouched for since, because whoever holds a
// false key can sign the next one. 0: never.
protocol::Day key_changed_day(const protocol::Person&);

}  // namespace omzien::core
