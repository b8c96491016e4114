// A case as JSON (contracts) and as lines for people.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "clients/cli/render_event.h"
#include "clients/core/case_state.h"

namespace omzien::cli {

struct Rendered {
  nlohmann::json object;
  std::string lines;
};

std::string_view name_of(core::AlarmKind);

Rendered render_case(const core::OpenedCase&, const core::CaseState&);

// The object's lines (render_lines.cpp): what was done without consent first, what waits for an
// answer second.
std::string lines_of(const nlohmann::json& object);

}  // namespace omzien::cli
