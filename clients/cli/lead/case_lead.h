// `omzien case`: the reporter's lead over who reads and what happens.
#pragma once

#include "clients/cli/context.h"

namespace omzien::cli {

// All of them, under `omzien case`.
void add_case_lead(CLI::App& command, Options&);

void add_case_grant(CLI::App& command, Options&);
void add_case_identity(CLI::App& command, Options&);
void add_case_revoke(CLI::App& command, Options&);  // revoke, another
void add_case_delegate(CLI::App& command, Options&);
void add_case_dispute(CLI::App& command, Options&);
void add_case_stay(CLI::App& command, Options&);
void add_case_export(CLI::App& command, Options&);
void add_case_withdraw(CLI::App& command, Options&);
void add_case_complain(CLI::App& command, Options&);

}  // namespace omzien::cli
