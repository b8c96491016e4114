// What a shown case says about promises: who works when, which terms were missed and who was told,
// and what it lacks before it closes.
#pragma once

#include "clients/cli/render.h"
#include "clients/core/connection.h"

namespace omzien::cli {

// Adds to `access` when each works, who stands in, and since when their key is another one that
// nobody vouched for; and `alerts` and `triage`.
core::Result<void> add_promises(core::Connection&, const core::OpenedCase&, const core::CaseState&,
                                Rendered&);

}  // namespace omzien::cli
