// When people work, as JSON and as words: in what reporters and advisers are shown.
#pragma once

#include <nlohmann/json.hpp>

#include "protocol/availability.h"

namespace omzien::cli {

// {works: ["mon", …] or null, away_until, away_from, stand_in}; null where there is none.
nlohmann::json presence_row(const protocol::Presence&, const protocol::Directory&);
// " works mon, tue; away until 2026-12-01; ruud stands in"; empty when the row says nothing.
std::string presence_line(const nlohmann::json& row);

}  // namespace omzien::cli
