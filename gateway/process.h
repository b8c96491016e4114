// What this process may not do, and how much it may hold open. Called first thing in main.
#pragma once

#include <cstdint>

namespace omzien::gateway {

// Files are made for this user alone (umask 077); no core file and no ptrace by the same user,
// since memory holds headers and addresses while a connection stands; no new privileges through
// exec; a peer that has gone is an error of the write, not a signal.
void harden_process();

// Raises the number of file descriptors to what the system allows; says how many that is.
std::uint64_t raise_descriptor_limit();

}  // namespace omzien::gateway
