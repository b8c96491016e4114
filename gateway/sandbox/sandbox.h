// What this process may ask of the system once it serves (design §10): what serving takes, and
// nothing else. Whoever takes it over through a mistake in a parser cannot start a program, open a
// connection to anywhere, ask who is connected, or look into another process.
#pragma once

#include <stdexcept>

namespace omzien::gateway::sandbox {

// This system cannot close it (no seccomp): nothing was changed.
class SandboxError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Closes it, for every thread there is and will be, for good. A call that is not among
// allowed.cpp's ends the process at once (SIGSYS). Everything that listens has to listen by then:
// no socket can be made any more. Throws SandboxError.
void close();

}  // namespace omzien::gateway::sandbox
