// Who would read what, as an adviser types it for a proposal.
#pragma once

#include <string>
#include <vector>

#include "clients/core/errors.h"
#include "clients/core/event.h"
#include "protocol/directory.h"

namespace omzien::cli {

struct ReaderOptions {
  std::vector<std::string>
      readers;  // NAME or NAME:compartment,compartment; `summary` when none is named
  std::vector<std::string> units;  // each triage committee member of these units: the summary
  std::vector<std::string>
      left_out;       // names that the committee does without: a conflict of interest
  std::string until;  // the last day, "2026-11-23"; empty: until revoked
};

// Ascending, as a proposal lists them. kBadInput names what does not fit.
core::Result<std::vector<core::ProposedReader>> find_proposed_readers(const ReaderOptions&,
                                                                      const protocol::Directory&,
                                                                      protocol::Day today);

// "2026-11-23"; nothing when it is no day.
std::optional<protocol::Day> read_day(const std::string& text);

}  // namespace omzien::cli
