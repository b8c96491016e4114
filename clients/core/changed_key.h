// When somebody's signing key became one that nothing but the organisation's root vouches for.
#pragma once

#include "clients/core/errors.h"
#include "protocol/directory.h"

namespace omzien::core {

// The last day on which their key became one that the key before it did not sign: people are shown
// "changed on (day)" (protocol §4). However many were vouched for since, because whoever holds a
// false key can sign the next one. 0: never.
protocol::Day key_changed_day(const protocol::Person&);

// Whether the key of `before` has a successor that it did not sign, or stands there no more.
bool key_was_replaced(const crypto::SigningPublicKey& before, const protocol::Person& now);

// kRefused: nobody is let in by a yes that was given without having been shown this.
Error not_as_shown(const protocol::Person&);

}  // namespace omzien::core
