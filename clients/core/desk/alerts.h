// Missed terms, for whom the directory names (protocol/alerts.h).
#pragma once

#include "clients/core/connection.h"
#include "clients/core/identity.h"
#include "protocol/desk_operations.h"

namespace omzien::core {

// All there are, what is due longest first. kRefused: not for this person.
Result<std::vector<protocol::RaisedAlert>> fetch_alerts(Connection&, const Identity&);

}  // namespace omzien::core
