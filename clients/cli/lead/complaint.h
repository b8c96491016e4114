// A complaint about how a case is handled: a second case of the same words, that whoever reads the
// first one neither sees nor hears of. (The gateway sees that one connection asks for both.)
#pragma once

#include "clients/cli/context.h"
#include "clients/cli/render.h"

namespace omzien::cli {

// Adds it to what is shown of the first case, under "complaint": null when there is none.
Result<void> add_complaint(Context&, core::Connection&, const core::Reporter& complaint, Rendered&);

}  // namespace omzien::cli
