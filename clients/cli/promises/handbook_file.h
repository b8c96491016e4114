// DIR/handbook.toml: what the administrator writes, and advisers get as the signed handbook.
//
//   [nl.checklists]               kind of case = the items, in order
//   [nl.glossary.KEY]             term, meaning
//   [nl.snippets.KEY]             title, text
#pragma once

#include <filesystem>

#include "clients/core/errors.h"
#include "protocol/handbook.h"

namespace omzien::cli {

// Version 1, of no day: publishing compares it with what was published.
core::Result<protocol::Handbook> read_handbook(const std::filesystem::path&);
// A few in Dutch and English, to change.
core::Result<void> write_first_handbook(const std::filesystem::path&);

}  // namespace omzien::cli
