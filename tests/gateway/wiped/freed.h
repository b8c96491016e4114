// What stands in memory as it is let go of: this program's own `free` looks. So a test can say
// that a secret was overwritten first, wherever it had been copied to.
#pragma once

#include <cstddef>
#include <string>

namespace omzien::testing {

// Looks from now on for `mark` (16 bytes or more, kept by the caller) in every block that is freed,
// by whichever thread, but those that said that they are to be ignored.
void look_for(const std::string& mark);
// The blocks that had it. Stops looking.
std::size_t blocks_with_it();

// The thread that plays the client: its own copies are not what is looked for.
void ignore_this_thread();

}  // namespace omzien::testing
