#include "clients/cli/lead/confirm.h"

#include <algorithm>
#include <cctype>
#include <iostream>
#include <unistd.h>

namespace omzien::cli {

core::Result<void> confirm(const std::string& what_will_happen, const std::string& word, bool yes) {
  std::cerr << what_will_happen << '\n';
  if (yes) return {};
  if (::isatty(STDIN_FILENO) == 0)
    return core::fail(core::ErrorKind::kBadInput,
                      "this asks before it goes on: give --yes, or run it at a terminal. Nothing "
                      "was changed.");
  std::cerr << "Type \"" << word << "\" to go on: " << std::flush;
  std::string typed;
  std::getline(std::cin, typed);
  std::transform(typed.begin(), typed.end(), typed.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (typed == word) return {};
  return core::fail(core::ErrorKind::kBadInput, "not done; nothing was changed");
}

}  // namespace omzien::cli
