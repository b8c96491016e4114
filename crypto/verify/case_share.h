// What the gateway holds or checks of a case's keys: the case share, and the type of commitments.
#pragma once

#include "crypto/verify/bytes.h"
#include "crypto/verify/hash.h"
#include "crypto/verify/secret.h"

namespace omzien::crypto {

// 32 random bytes from the reporter's client, kept by the gateway apart from the ciphertext, mixed
// into every event and file key. Once destroyed, phrase and key files open nothing (protocol §3).
using CaseShare = SecretKey<struct CaseShareTag, 32>;

// SHA-256 over the fields (tag case_share_commitment, share); stands in the Open entry.
Digest case_share_commitment(const CaseShare& share);

// A commitment to one compartment's key of one epoch; stands in the entry that starts the epoch.
// Made and compared by crypto/open/commitment.h.
using EpochCommitment = FixedBytes<struct EpochCommitmentTag, 32>;

}  // namespace omzien::crypto
