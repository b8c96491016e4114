// The commands of `omzien`, one function a word. Each adds its options and says what runs.
#pragma once

#include "clients/cli/context.h"

namespace omzien::cli {

void add_admin(CLI::App&, Options&);
void add_key(CLI::App&, Options&);
void add_report(CLI::App&, Options&);
void add_case(CLI::App&, Options&);
void add_desk(CLI::App&, Options&);
void add_verify(CLI::App&, Options&);
void add_outbox(CLI::App&, Options&);

}  // namespace omzien::cli
