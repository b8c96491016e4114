// Names of things in the protocol: public, fixed-size, never mixed up because each is its own type.
#pragma once

#include "crypto/verify/bytes.h"
#include "crypto/verify/hash.h"
#include "omzien/rules.h"

namespace omzien::protocol {

// SHA-256 of the organisation's root public key; names the organisation in every signature and key.
using ServiceId = crypto::FixedBytes<struct ServiceIdTag, 32>;

// SHA-256 of the reporter's Ed25519 public key: the case's name.
using Handle = crypto::FixedBytes<struct HandleTag, 32>;

// A person in the directory; random, stays when their name or keys change.
using MemberId = crypto::FixedBytes<struct MemberIdTag, rules::kMemberIdBytes>;

// One upload of chunks; random, chosen by the client, meaningful only within its case.
using UploadId = crypto::FixedBytes<struct UploadIdTag, rules::kUploadIdBytes>;

// The gateway's sign of freshness (protocol §5).
using Beacon = crypto::FixedBytes<struct BeaconTag, rules::kBeaconBytes>;

// Makes an entry's payload hash its own, whatever the payload.
using Salt = crypto::FixedBytes<struct SaltTag, rules::kSaltBytes>;

// Whole days since 1970-01-01, UTC. Nothing in Omzien keeps a finer clock.
using Day = std::uint32_t;

}  // namespace omzien::protocol
