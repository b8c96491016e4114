// `omzien case answer`.
#pragma once

#include "clients/cli/context.h"

namespace omzien::cli {

void add_case_answer(CLI::App& command, Options&);

}  // namespace omzien::cli
