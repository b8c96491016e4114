// Gathers a keyholder's compartment keys from the entries that give them. Every key is held against
// the commitment of its epoch before it opens anything (protocol §3).
#pragma once

#include <vector>

#include "clients/core/identity.h"
#include "clients/core/seal.h"
#include "protocol/access.h"

namespace omzien::core {

enum class UnwrapProblem {
  kStrangersKey,  // names this member, but was sealed to a key that is not theirs
  kOtherKey,      // opens to a key the epoch did not commit to; not taken
  kAltered,       // does not open, or is not shaped as the payload must be
};

// Adds the keys that the owner derives, of every epoch they started so far. A member derives none.
void derive_keys(KeyRing&, const protocol::Access&, const Identity&);

// Adds what one entry's payload holds for this keyholder: a member who is named, the owner of what
// a member started. Nothing when it names somebody else.
std::vector<UnwrapProblem> unwrap_grant(KeyRing&, const protocol::Access&, const protocol::Header&,
                                        const protocol::Grant&, crypto::ByteView payload,
                                        const Identity&);
std::vector<UnwrapProblem> unwrap_revoke(KeyRing&, const protocol::Access&, const protocol::Header&,
                                         const protocol::Revoke&, crypto::ByteView payload,
                                         const Identity&);

}  // namespace omzien::core
