// The system calls that serving takes, with why.
#pragma once

#include <span>

namespace omzien::gateway::sandbox {

std::span<const char* const> allowed_calls();

}  // namespace omzien::gateway::sandbox
