// What people name on the command line: other people, parts of a case, days.
#pragma once

#include <string>
#include <vector>

#include "clients/core/errors.h"
#include "clients/core/lead/next_epochs.h"
#include "protocol/access.h"

namespace omzien::cli {

using core::Result;

// By name, among those who are still here. kBadInput names who is not there.
Result<std::vector<protocol::MemberId>> people_named(const std::vector<std::string>& names,
                                                     const protocol::Directory&,
                                                     protocol::Day today);
Result<protocol::MemberId> person_named(const std::string& name, const protocol::Directory&,
                                        protocol::Day today);
// The same for who is in the case, dormant or past their last day, too: whoever has left the
// organisation can be let out, and one of two who have the name is the one who is in.
Result<std::vector<protocol::MemberId>> insiders_named(const std::vector<std::string>& names,
                                                       const protocol::Access&,
                                                       const protocol::Directory&,
                                                       protocol::Day today);
Result<protocol::MemberId> insider_named(const std::string& name, const protocol::Access&,
                                         const protocol::Directory&, protocol::Day today);
// "mieke, youssef"; "unknown" for who is not in the directory.
std::string names_of(const std::vector<protocol::MemberId>&, const protocol::Directory&);
// A line for each of them whose signing key was openly replaced, with the last day on which it was:
// to be read before anything is sealed to them (protocol §4). Empty where none was.
std::string changed_keys(const std::vector<protocol::MemberId>&, const protocol::Directory&);

// The triage committee of a unit, but for those left out. kBadInput: no such unit, nobody in it, or
// somebody left out who is not in it.
Result<std::vector<protocol::MemberId>> committee(const std::string& unit,
                                                  const std::vector<std::string>& left_out,
                                                  const protocol::Directory&, protocol::Day today);

// Compartments by name; "summary" alone for a committee's members, what an adviser gets for
// others, when none is named.
Result<core::Compartments> parts_named(const std::vector<std::string>& names,
                                       const std::vector<protocol::MemberId>& people,
                                       const protocol::Directory&);
std::string names_of(const core::Compartments&);

// "2027-03-01"; 0 when empty. kBadInput: no date, or before `today`.
Result<protocol::Day> last_day_named(const std::string& date, protocol::Day today);

// What may be given by name: everything but notes and sheets.
std::vector<std::string> part_names();

}  // namespace omzien::cli
