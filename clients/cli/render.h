// A case as JSON (contracts) and as lines for people.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "clients/core/case_state.h"

namespace omzien::cli {

struct Rendered {
  nlohmann::json object;
  std::string lines;
};

Rendered render_case(const core::OpenedCase&, const core::CaseState&);

// A day as "2026-11-23"; JSON null for 0.
nlohmann::json day_or_null(protocol::Day);

}  // namespace omzien::cli
