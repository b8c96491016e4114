// Compartment keys, and the commitment that pins each before it opens anything (protocol §3).
//
// ChaCha20-Poly1305 does not commit to its key: one ciphertext can be made that opens to different
// texts under two keys. The commitment in the entry that starts an epoch shuts that out, since two
// keys with the same commitment would be a collision of HMAC-SHA256. Order for a reader: unwrap,
// `matches`, then open.
#pragma once

#include "crypto/verify/case_share.h"
#include "crypto/verify/secret.h"

namespace omzien::crypto {

// One compartment's key of one epoch.
using CompartmentKey = SecretKey<struct CompartmentKeyTag, 32>;

// HKDF-Expand(key, info = tag epoch_commitment, 32).
EpochCommitment commit(const CompartmentKey& key);
bool matches(const EpochCommitment& commitment, const CompartmentKey& key);

}  // namespace omzien::crypto
