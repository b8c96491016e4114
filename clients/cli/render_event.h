// What stands in an event, as JSON: for cases that are shown and for texts that wait.
#pragma once

#include <nlohmann/json.hpp>

#include "clients/core/event.h"

namespace omzien::cli {

// Adds `event`, the kind's name, and its fields under the names of proto/omzien/event.proto.
// Members stand by their ids.
void put_event(nlohmann::json& row, const core::Event&);

nlohmann::json reader_row(const core::ProposedReader&);

// A day as "2026-11-23"; JSON null for 0.
nlohmann::json day_or_null(protocol::Day);

}  // namespace omzien::cli
