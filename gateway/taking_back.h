// Taking access away must never wait, however full the day or the case: not for a flood of invented
// cases, not for a colleague who writes without end. So entries that do nothing else pass every
// quota (0036 in threat-model/decisions). What they may cost is bounded all the same: each ends a
// grant or a delegation, wakes one that waited, or ends the case, so they are no more than what was
// given before; and who gives pays for the taking back in advance.
#pragma once

#include <span>

#include "gateway/checked_frame.h"
#include "protocol/access.h"

namespace omzien::gateway {

// Whether all of the entries are of these: a revocation with the keys of those who stay, the end of
// a delegation, a release, a withdrawal.
bool only_takes_back(std::span<const CheckedEntry>);

// Bytes that one revocation may have in a case of so many members: header, signature, and the next
// keys of all compartments for each who stays.
std::uint64_t revocation_bytes_max(std::size_t members);

// How many members have a grant, whatever it is worth today.
std::size_t members_of(const protocol::Access&);

// Bytes that it may take to take everything back, one by one: a revocation for each member, and the
// end of each delegation. For one adviser and one stand-in some 7 KB.
std::uint64_t taking_back_bytes_max(const protocol::Access&);

}  // namespace omzien::gateway
