// One's own copy of a case, as a folder of two files:
//
//   case.txt    for reading: plain text, UTF-8
//   case.json   for checking: {omzien: "case", version: 1, service_id, handle, handle_words,
//               directory, entries: [{header, signature, payload?, key?}, …]}, bytes in hexadecimal
//
// `omzien verify file` checks the second, and that the first says what it says.
#pragma once

#include <filesystem>

#include <nlohmann/json.hpp>

#include "clients/core/lead/own_copy.h"

namespace omzien::cli {

nlohmann::json to_json(const core::OwnCopy&);
// Nothing when it is no such object.
std::optional<core::OwnCopy> copy_from(const nlohmann::json&);

// What case.txt says: the case as everybody sees it who has the copy, and nothing else.
std::string text_of(const core::OpenedCase&, const protocol::Directory&);

// Makes the folder; it must not be there yet. Files readable by their owner alone.
core::Result<void> write_copy(const std::filesystem::path& folder, const core::OwnCopy&,
                              const protocol::Directory&);

}  // namespace omzien::cli
