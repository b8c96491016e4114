// The days of a week, as people write them: mon, tue, wed, thu, fri, sat, sun.
#pragma once

#include <string>
#include <vector>

#include "clients/core/errors.h"

namespace omzien::cli {

// A mask (protocol::works_on). Names one by one, or joined by commas; "mon-fri" for a run.
// kBadInput names what is no day.
core::Result<std::uint32_t> read_week(const std::vector<std::string>& names);
std::vector<std::string> week_names(std::uint32_t working_days);

}  // namespace omzien::cli
