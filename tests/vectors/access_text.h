// What the rules found about a case, as text: the same in C++ and TypeScript, so that a digest of
// it can be compared.
#pragma once

#include <string>

#include "protocol/access.h"

namespace omzien::vectors {

// One line for each thing, fields separated by spaces, `-` for none, in Access's own order.
std::string text_of(const protocol::Access&, const protocol::Directory&, protocol::Day today);

// As TypeScript names it.
std::string name_of(protocol::Breach);

// The same, or "ok".
std::string name_of(const tl::expected<void, protocol::Breach>& verdict);

}  // namespace omzien::vectors
