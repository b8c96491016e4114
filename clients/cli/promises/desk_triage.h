// `omzien desk assess|decide|recuse|sensitive|consult`: what must be so before a case closes.
#pragma once

#include "clients/cli/desk.h"

namespace omzien::cli {

void add_desk_triage(CLI::App& desk, Options&);

// kRefused, saying what is missing, when a member can't close the case today.
Result<void> check_close(const core::CaseState&, protocol::Day today);

}  // namespace omzien::cli
