// What every sealed entry is made of: for the files here that seal, and for them alone.
#pragma once

#include "clients/core/seal.h"
#include "protocol/wraps.h"

namespace omzien::core {

// The header of the next entry at this place, but for what it says about its payload. Its day is
// never before the head's.
protocol::Header next_header(const Identity& author, const Place&, rules::EntryKind,
                             protocol::Fields, crypto::Random&);

// Hashes the payload, signs, and advances the place.
SealedEntry finish(const Identity& author, Place&, protocol::Header, crypto::Bytes payload);

// Who is let in, as an entry lists them.
protocol::GrantMember member_of(const Grantee&);

// One reader's HPKE message (protocol/wraps.h): the keys that `member` lists, sealed to `to`. All
// of them must be in the ring.
protocol::Wrap seal_wrap(const Identity& author, const Place&, const crypto::XWingPublicKey& to,
                         const protocol::GrantMember&, const KeyRing&, crypto::Random&);

}  // namespace omzien::core
