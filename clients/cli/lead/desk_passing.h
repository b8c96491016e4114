// `omzien desk`: passing a case on, leaving it, and keeping it alive.
#pragma once

#include "clients/cli/context.h"

namespace omzien::cli {

void add_desk_passing(CLI::App& command, Options&);

}  // namespace omzien::cli
