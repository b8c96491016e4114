// Somebody leaves: the day of it is the day on which the directory that says so is signed.
#pragma once

#include "clients/cli/admin.h"

namespace omzien::cli {

Result<void> admin_remove(Context&, const AdminOptions&);

// Whoever leaves stays in the directory, as somebody who left: who nobody knows any more can't be
// passed over when a case gets new keys, and nobody could be let out of it. They stay left, since
// what others wrote since stands on that, and with every signing key, since what they wrote stands
// on those. `before`: what was published last, or null.
Result<void> check_nothing_undone(const protocol::DirectoryContent&,
                                  const protocol::Directory* before);

// Before signing: nobody leaves on a day that is over, unless a directory has said so already, and
// then nothing moves it. Whose day moved comes back.
std::vector<protocol::Person> settle_leaving(protocol::DirectoryContent&,
                                             const protocol::Directory* before,
                                             protocol::Day today);
// The same days into the files of the folder.
Result<void> write_leaving(const OrganisationFolder&, const std::vector<protocol::Person>& moved);

// What to say about those who leave with this directory.
std::string leaving_lines(const protocol::DirectoryContent&, const protocol::Directory* before,
                          protocol::Day today);

}  // namespace omzien::cli
