// `omzien verify file`: one's own copy of a case, or the proof of a withdrawal. Asks no gateway.
#pragma once

#include "clients/cli/context.h"

namespace omzien::cli {

void add_verify_file(CLI::App& command, Options&);

}  // namespace omzien::cli
