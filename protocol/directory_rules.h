// What a directory must hold to besides its signature.
#pragma once

#include "protocol/directory.h"

namespace omzien::protocol {

bool content_holds(const DirectoryContent&, const ServiceId&);

// From the day that somebody leaves, or that a key is replaced, so many days are good for entries
// that name an earlier version: until a gateway has the new one, nobody can name it. A week holds
// the way from the offline machine to the gateway, with a weekend and a holiday in it.
inline constexpr Day kDirectoryGraceDays = 7;

// Who is shown beside people's names and is none of them, in whatever letters: `reporter`,
// `gateway`, and `unknown` for a key that is nobody's.
bool is_reserved_name(std::string_view name);

}  // namespace omzien::protocol
