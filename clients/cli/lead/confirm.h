// Asking before something that can't be undone.
#pragma once

#include <string>

#include "clients/core/errors.h"

namespace omzien::cli {

// Says on stderr what will happen and waits for `word` to be typed (either case). `yes`: said
// already, for scripts. kBadInput when it is not typed, or there is no terminal to type at; nothing
// was sent then.
core::Result<void> confirm(const std::string& what_will_happen, const std::string& word, bool yes);

}  // namespace omzien::cli
