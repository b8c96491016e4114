// What --attach sends: a copy without what tells about whoever made the file.
#pragma once

#include <string>
#include <vector>

#include "clients/cli/context.h"

namespace omzien::cli {

struct CleanedFiles {
  std::vector<std::string> paths;  // to send in place of those that were named
  std::vector<std::string> made;   // of these, copies that were not there before
};

// Paths to send in place of these. Each that can be cleaned gets a copy beside it,
// FILE.cleaned/FILE, the same each time, so that a cut-off upload goes on; it tells on stderr what
// was removed. A kind that is not known goes as it is, and that is told. kBadInput: broken, of a
// kind that tells and is not cleaned, or something else has the copy's name.
Result<CleanedFiles> cleaned_files(const std::vector<std::string>& paths);

// Removes the copy, if this is one. What arrived needs it no more.
void forget_cleaned(const std::string& path);

}  // namespace omzien::cli
