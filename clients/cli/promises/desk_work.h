// `omzien desk alerts|label|belongs|handbook`: what helps at work, and what must not be missed.
#pragma once

#include "clients/cli/desk.h"

namespace omzien::cli {

void add_desk_work(CLI::App& desk, Options&);

}  // namespace omzien::cli
