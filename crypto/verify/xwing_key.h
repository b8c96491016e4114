// The public half of X-Wing (ML-KEM-768 with X25519; draft-connolly-cfrg-xwing-kem-10): types and
// names that whoever only stores and passes on keys needs. Encapsulation stands in
// crypto/open/xwing.h.
#pragma once

#include "crypto/verify/bytes.h"
#include "crypto/verify/hash.h"

namespace omzien::crypto {

// ML-KEM-768 encapsulation key (1,184 bytes) ‖ X25519 public key (32 bytes).
using XWingPublicKey = FixedBytes<struct XWingPublicKeyTag, 1216>;

// ML-KEM-768 ciphertext (1,088 bytes) ‖ X25519 public key (32 bytes). In HPKE this is `enc`.
using XWingCiphertext = FixedBytes<struct XWingCiphertextTag, 1120>;

// The name by which keys are fetched and grants are bound: SHA-256 of the 1,216 bytes.
Digest xwing_key_hash(const XWingPublicKey& key);

}  // namespace omzien::crypto
