// When people work: what they said, and how one says it (protocol/availability.h).
#pragma once

#include <functional>
#include <map>

#include "clients/core/connection.h"
#include "clients/core/identity.h"
#include "protocol/availability.h"

namespace omzien::core {

// What these people said last, checked; who said nothing is not in it. A statement that does not
// check out counts for nothing.
Result<std::map<protocol::MemberId, protocol::Availability>> fetch_availability(
    Connection&, const std::vector<protocol::MemberId>&);

// What counts today for these people of the directory.
Result<std::map<protocol::MemberId, protocol::Presence>> fetch_presences(
    Connection&, const std::vector<protocol::MemberId>&);

// Says something else from today on: `change` is given what counts now, with the day and the number
// filled in.
using AvailabilityChange = std::function<void(protocol::AvailabilityContent&)>;
Result<protocol::AvailabilityContent> say_availability(Connection&, const Member&,
                                                       const AvailabilityChange&);

}  // namespace omzien::core
